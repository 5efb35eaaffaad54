//! Mail on its way out, beside the request that wanted it.

use std::{sync::Arc, time::Duration};

use domain::mail::{Mail, Outbox};
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{config::Settings, problem::chain};

/// Mails under way at once; one more is dropped, as asking again costs little. Each is a task and a connection.
const AT_ONCE: usize = 64;

/// Before the second and the third attempt: a server that restarts, a network that blinks. Who gets nothing asks
/// again.
const PAUSES: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(15)];

/// Sends mails in tasks of the process, so that no answer waits for a mail server, nor tells by its time that one
/// was asked. Cheap to clone.
#[derive(Clone)]
pub struct Post {
    outbox: Outbox,
    places: Arc<Semaphore>,
    tasks: TaskTracker,
    shutdown: CancellationToken,
}

impl Post {
    /// With the outbox that the settings describe.
    pub fn new(settings: &Settings, tasks: TaskTracker, shutdown: CancellationToken) -> Self {
        let base = match &settings.calls.public_url {
            Some(url) => url.to_string(),
            None => format!("http://{}", settings.http.bind),
        };
        let outbox = settings.mail.outbox(settings.database.is_embedded(), &base);
        let outbox = outbox.expect("the settings were checked with the same function");
        Self { outbox, places: Arc::new(Semaphore::new(AT_ONCE)), tasks, shutdown }
    }

    /// What jobs send with.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// The server's address, without a slash at its end.
    pub fn base(&self) -> &str {
        self.outbox.base()
    }

    /// Sends it, later and without a word about its fate but in the log.
    pub fn send(&self, mail: Mail) {
        self.send_what(async move { Ok(Some(mail)) });
    }

    /// [`send`](Self::send) of what `written` gives, which is waited for outside of the request, too.
    pub fn send_what(&self, written: impl Future<Output = domain::Result<Option<Mail>>> + Send + 'static) {
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            return tracing::warn!(mails = AT_ONCE, "a mail was dropped: too many are under way");
        };
        let post = self.clone();
        self.tasks.spawn(async move {
            let _place = place;
            let work = async {
                match written.await {
                    Ok(Some(mail)) => post.deliver(&mail).await,
                    Ok(None) => {}
                    Err(error) => tracing::error!(error = %chain(&error), "a mail was not written"),
                }
            };
            post.shutdown.run_until_cancelled(work).await;
        });
    }

    async fn deliver(&self, mail: &Mail) {
        let mut pauses = PAUSES.into_iter();
        loop {
            let Err(error) = self.outbox.send(mail).await else { return };
            match pauses.next() {
                Some(pause) if error.is_passing() => tokio::time::sleep(pause).await,
                _ => return tracing::error!(mail.about = %mail.about, error.kind = %error, "a mail was not sent"),
            }
        }
    }
}

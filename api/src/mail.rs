//! Mail on its way out, beside the request that wanted it.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::mail::Mail;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp,
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{config::Settings, problem::chain};

/// Mails under way at once; one more is dropped, as asking again costs little. Each is a task and a connection.
const AT_ONCE: usize = 64;

/// For one attempt. Greylisting servers answer at once; a dead one does not hold a task for long.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Before the second and the third attempt: a server that restarts, a network that blinks. Who gets nothing asks
/// again.
const PAUSES: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(15)];

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// A way to the addressee.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Hands one mail over; its link begins with `base`.
    async fn send(&self, mail: &Mail, base: &str) -> Result<(), Error>;
}

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the mail cannot be written")]
    Unwritable(#[from] lettre::error::Error),
    #[error("an address cannot be written to")]
    Address(#[from] lettre::address::AddressError),
    #[error("the mail server did not take it")]
    Smtp(#[from] smtp::Error),
}

impl Error {
    /// Whether another try may help.
    fn is_passing(&self) -> bool {
        matches!(self, Self::Smtp(error) if !error.is_permanent())
    }
}

/// Sends mails in tasks of the process, so that no answer waits for a mail server, nor tells by its time that one
/// was asked. Cheap to clone.
#[derive(Clone)]
pub struct Post {
    mailer: Arc<dyn Mailer>,
    /// What links begin with.
    base: Arc<str>,
    places: Arc<Semaphore>,
    tasks: TaskTracker,
    shutdown: CancellationToken,
}

impl Post {
    /// By SMTP where it is configured; otherwise to the log on the embedded default, and nowhere with PostgreSQL.
    pub fn new(settings: &Settings, tasks: TaskTracker, shutdown: CancellationToken) -> Self {
        let accounts = &settings.accounts;
        let mailer: Arc<dyn Mailer> = match (&accounts.smtp_url, &accounts.mail_from) {
            (Some(url), Some(from)) => {
                let transport = transport(url).expect("the settings were checked with the same function");
                Arc::new(Smtp { transport, from: from.clone() })
            }
            _ if settings.database.is_embedded() => Arc::new(Log),
            _ => Arc::new(Nowhere),
        };
        let base = match &settings.calls.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("http://{}", settings.http.bind),
        };
        Self { mailer, base: base.into(), places: Arc::new(Semaphore::new(AT_ONCE)), tasks, shutdown }
    }

    /// The server's address, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.base
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
            let Err(error) = self.mailer.send(mail, &self.base).await else { return };
            match pauses.next() {
                Some(pause) if error.is_passing() => tokio::time::sleep(pause).await,
                _ => return tracing::error!(mail.about = %mail.about, error.kind = %error, "a mail was not sent"),
            }
        }
    }
}

/// The connection that a URL describes; made anew for each mail, for they are few.
pub(crate) fn transport(url: &SecretString) -> Result<Transport, smtp::Error> {
    Ok(Transport::from_url(url.expose_secret())?.timeout(Some(TIMEOUT)).build())
}

struct Smtp {
    transport: Transport,
    from: Mailbox,
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &Mail, base: &str) -> Result<(), Error> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.to.as_str().parse()?))
            .subject(&mail.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text(base))?;
        self.transport.send(message).await?;
        Ok(())
    }
}

/// For a server on somebody's own machine, who reads its log: the only place where a link is printed.
struct Log;

#[async_trait]
impl Mailer for Log {
    async fn send(&self, mail: &Mail, base: &str) -> Result<(), Error> {
        tracing::info!(mail.about = %mail.about, mail.link = mail.link(base), "no SMTP_URL: this would be mailed");
        Ok(())
    }
}

/// Said at the start: see `start`.
struct Nowhere;

#[async_trait]
impl Mailer for Nowhere {
    async fn send(&self, mail: &Mail, _: &str) -> Result<(), Error> {
        tracing::warn!(mail.about = %mail.about, "no SMTP_URL: a mail was not sent");
        Ok(())
    }
}

//! Listening, and stopping in an orderly way.

mod connection;

use std::{sync::Arc, time::Duration};

use poem::{
    Server,
    listener::{Acceptor, Listener, TcpAcceptor, TcpListener},
    web::{LocalAddr, RemoteAddr},
};
use tokio::{net::TcpStream, sync::Semaphore};

use self::connection::Connection;
use crate::{AppState, app, feed, live};

/// Idle keep-alive connections are closed after this: longer than the 60 s of common load balancers, so that it is
/// they who close first.
const IDLE: Duration = Duration::from_secs(75);
/// Between two failed accepts (out of file descriptors): poem itself would try again at once, for ever.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);
/// For the head of a request to come whole, and for a peer to take some of an answer. Twilio's and any browser's head is
/// one packet; a telephone's worst connection needs a second or two.
const PATIENCE: Duration = Duration::from_secs(15);
/// After calls were told to end: enough to send what they must and to write their last rows.
const CLOSING: Duration = Duration::from_secs(5);

/// For background work to end: a little more than the worker's own grace for running jobs.
const BACKGROUND: Duration = Duration::from_secs(12);

/// A listener that is ready to serve: TCP_NODELAY, a bound on connections, and a pause after a failed accept.
pub struct Door {
    inner: TcpAcceptor,
    places: Arc<Semaphore>,
    patience: Duration,
}

impl Door {
    /// Binds the address of the settings (port 0: any free one).
    pub async fn open(settings: &crate::config::HttpConfig) -> std::io::Result<Self> {
        let inner = TcpListener::bind(settings.bind).into_acceptor().await?;
        let places = Arc::new(Semaphore::new(settings.max_connections as usize));
        Ok(Self { inner, places, patience: PATIENCE.min(settings.request_timeout()) })
    }

    /// The address bound.
    pub fn address(&self) -> std::net::SocketAddr {
        let address = self.inner.local_addr().into_iter().find_map(|address| address.as_socket_addr().copied());
        address.expect("a TCP listener has a socket address")
    }
}

impl Acceptor for Door {
    type Io = Connection<TcpStream>;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.inner.local_addr()
    }

    async fn accept(
        &mut self,
    ) -> std::io::Result<(Connection<TcpStream>, LocalAddr, RemoteAddr, poem::http::uri::Scheme)> {
        // Waiting here leaves further callers in the kernel's backlog instead of in our memory.
        let place = self.places.clone().acquire_owned().await.expect("the semaphore is never closed");
        match self.inner.accept().await {
            Ok((stream, local, remote, scheme)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "TCP_NODELAY refused");
                }
                Ok((Connection::new(stream, self.patience, place), local, remote, scheme))
            }
            Err(error) => {
                tracing::warn!(%error, "accept failed");
                tokio::time::sleep(ACCEPT_PAUSE).await;
                Err(error)
            }
        }
    }
}

/// Serves until `stop` resolves, then lets running calls end.
///
/// From `stop` on no call is taken any more, but HTTP is answered: running calls still ask what comes next. When
/// the last call is over, or [`crate::config::CallConfig::drain`] has passed, calls are ended, then HTTP.
pub async fn serve(state: AppState, door: Door, stop: impl Future<Output = ()>) -> std::io::Result<()> {
    let drained = async {
        stop.await;
        tracing::info!(calls = state.tasks.len(), "stopping: no new calls");
        state.draining.cancel();
        state.tasks.close();
        if tokio::time::timeout(state.settings.calls.drain(), state.tasks.wait()).await.is_err() {
            tracing::warn!(calls = state.tasks.len(), "calls cut off by the stop");
        }
        state.shutdown.cancel();
        let _ = tokio::time::timeout(CLOSING, state.tasks.wait()).await;
    };
    state.background.spawn(live::end_over(state.clone()));
    state.background.spawn(live::renew_slots(state.clone()));
    state.background.spawn(feed::tell(state.clone()));
    Server::new_with_acceptor(door)
        .idle_timeout(IDLE)
        .run_with_graceful_shutdown(app::app(state.clone()), drained, Some(CLOSING))
        .await?;
    state.background.close();
    if tokio::time::timeout(BACKGROUND, state.background.wait()).await.is_err() {
        tracing::warn!(tasks = state.background.len(), "background work cut off by the stop");
    }
    if let Err(error) = state.database.close().await {
        tracing::warn!(%error, "the database did not close");
    }
    Ok(())
}

//! A small HTTP server that lives as long as the value that holds it.

use std::{io, net::SocketAddr, time::Duration};

use poem::{
    Endpoint, Server,
    http::uri::Scheme,
    listener::{Acceptor, TcpAcceptor},
    web::{LocalAddr, RemoteAddr},
};
use tokio::net::{TcpListener, TcpStream, ToSocketAddrs};
use tokio_util::{
    sync::{CancellationToken, DropGuard},
    task::TaskTracker,
};

/// Stops the server when dropped.
#[derive(Debug)]
pub(crate) struct Serving {
    pub address: SocketAddr,
    _stop: DropGuard,
    tasks: TaskTracker,
}

impl Serving {
    /// Binds `address` and serves `endpoint` there.
    pub async fn start(address: impl ToSocketAddrs, endpoint: impl Endpoint + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let acceptor = NoDelay(TcpAcceptor::from_tokio(listener)?);
        let token = CancellationToken::new();
        let tasks = TaskTracker::new();
        let stopped = token.clone().cancelled_owned();
        tasks.spawn(async move {
            // Zero: a request that hangs on purpose must not hold the end up.
            let served =
                Server::new_with_acceptor(acceptor).run_with_graceful_shutdown(endpoint, stopped, Some(Duration::ZERO));
            if let Err(error) = served.await {
                tracing::error!(error = %error, "the server ended");
            }
        });
        tasks.close();
        Ok(Self { address, _stop: token.drop_guard(), tasks })
    }

    /// Until the server ends: for ever, unless it fails.
    pub async fn ended(&self) {
        self.tasks.wait().await;
    }
}

/// Without it small answers wait up to 40 ms for the acknowledgement of those before.
struct NoDelay(TcpAcceptor);

impl Acceptor for NoDelay {
    type Io = TcpStream;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.0.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        let accepted = self.0.accept().await?;
        accepted.0.set_nodelay(true)?;
        Ok(accepted)
    }
}

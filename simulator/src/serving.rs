//! A small HTTP server that lives as long as the value that holds it.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::Duration,
};

use poem::{
    Endpoint, Server,
    http::uri::Scheme,
    listener::{Acceptor, TcpAcceptor},
    web::{LocalAddr, RemoteAddr},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream, ToSocketAddrs},
};
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
    pub async fn start(
        address: impl ToSocketAddrs,
        lines: Lines,
        endpoint: impl Endpoint + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let acceptor = LineAcceptor { tcp: TcpAcceptor::from_tokio(listener)?, lines };
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

/// The connections that are open now, each with a token that fires when its client is gone.
///
/// poem 3.1 goes on with the request of a client that has left, and its body is never told; who wants to know asks
/// here.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lines(Arc<Mutex<HashMap<SocketAddr, CancellationToken>>>);

impl Lines {
    /// Fires when the sender of this request has closed his connection.
    pub fn gone(&self, request: &poem::Request) -> CancellationToken {
        let address = request.remote_addr().as_socket_addr();
        // Not there: the connection is closed already, or there never was one.
        address.and_then(|address| self.lock().get(address).cloned()).unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<SocketAddr, CancellationToken>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct LineAcceptor {
    tcp: TcpAcceptor,
    lines: Lines,
}

impl Acceptor for LineAcceptor {
    type Io = Line;

    fn local_addr(&self) -> Vec<LocalAddr> {
        self.tcp.local_addr()
    }

    async fn accept(&mut self) -> io::Result<(Self::Io, LocalAddr, RemoteAddr, Scheme)> {
        let (stream, local, remote, scheme) = self.tcp.accept().await?;
        // Without it small answers wait up to 40 ms for the acknowledgement of those before.
        stream.set_nodelay(true)?;
        let peer = stream.peer_addr()?;
        let gone = CancellationToken::new();
        self.lines.lock().insert(peer, gone.clone());
        Ok((Line { stream, peer, gone, lines: self.lines.clone() }, local, remote, scheme))
    }
}

struct Line {
    stream: TcpStream,
    peer: SocketAddr,
    gone: CancellationToken,
    lines: Lines,
}

impl AsyncRead for Line {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buffer);
        let is_over = match &read {
            Poll::Ready(Ok(())) => buffer.filled().len() == before && buffer.remaining() > 0,
            Poll::Ready(Err(_)) => true,
            Poll::Pending => false,
        };
        if is_over {
            self.gone.cancel();
        }
        read
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, buffers)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.gone.cancel();
        self.lines.lock().remove(&self.peer);
    }
}

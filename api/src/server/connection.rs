//! An accepted connection, which does not wait for ever: neither for the head of a request that comes byte by byte, nor
//! for a peer that takes nothing of its answer. Poem's own limit is for idle connections, and each byte puts it off.

use std::{
    future::Future,
    io::{Error, ErrorKind, IoSlice, Result},
    pin::{Pin, pin},
    task::{Context, Poll, ready},
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::OwnedSemaphorePermit,
    time::{Instant, Sleep},
};

/// What ends the head of a request, over HTTP/1 and in HTTP/2's opening.
const END: &[u8] = b"\r\n\r\n";

/// With its place among [`crate::config::HttpConfig::max_connections`].
pub struct Connection<S> {
    stream: S,
    head: Head,
    /// When the head must be there, or the peer must have taken something; asked only while one is waited for.
    deadline: Pin<Box<Sleep>>,
    is_stalled: bool,
    patience: Duration,
    _place: OwnedSemaphorePermit,
}

/// Where the request is that is being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Head {
    /// Nothing of it has come.
    Awaited,
    /// Its beginning has; so many bytes of [`END`] were the last ones.
    Begun(usize),
    /// All of it has. From here on the time of the whole request counts, or that of the socket it became.
    Complete,
}

impl<S> Connection<S> {
    pub fn new(stream: S, patience: Duration, place: OwnedSemaphorePermit) -> Self {
        let deadline = Box::pin(tokio::time::sleep(patience));
        Self { stream, head: Head::Awaited, deadline, is_stalled: false, patience, _place: place }
    }

    fn wait_from_now(&mut self) {
        let deadline = Instant::now() + self.patience;
        self.deadline.as_mut().reset(deadline);
    }

    fn has_read(&mut self, bytes: &[u8]) {
        let mut matched = match self.head {
            _ if bytes.is_empty() => return,
            Head::Complete => return,
            Head::Awaited => {
                self.wait_from_now();
                0
            }
            Head::Begun(matched) => matched,
        };
        for byte in bytes {
            matched = match *byte {
                byte if byte == END[matched] => matched + 1,
                b'\r' => 1,
                _ => 0,
            };
            if matched == END.len() {
                self.head = Head::Complete;
                return;
            }
        }
        self.head = Head::Begun(matched);
    }

    /// After an answer the next request's head is awaited; not after one that says to go on, or to go on otherwise.
    fn has_written(&mut self, bytes: &[u8]) {
        let is_http_1 = bytes.starts_with(b"HTTP/1.");
        let is_interim = bytes.get(9) == Some(&b'1');
        if is_http_1 && !is_interim {
            self.head = Head::Awaited;
        }
    }

    /// What a write came to: one that is stuck must get on before the deadline.
    fn progress<T>(&mut self, context: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.is_stalled = false;
            return written;
        }
        if !self.is_stalled {
            self.is_stalled = true;
            self.wait_from_now();
        }
        ready!(self.deadline.as_mut().poll(context));
        Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the peer takes nothing")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Connection<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let this = &mut *self;
        let before = buffer.filled().len();
        let read = pin!(&mut this.stream).poll_read(context, buffer);
        this.has_read(&buffer.filled()[before..]);
        if read.is_pending() && matches!(this.head, Head::Begun(_)) {
            ready!(this.deadline.as_mut().poll(context));
            return Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "the head of a request did not come")));
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Connection<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let this = &mut *self;
        let written = pin!(&mut this.stream).poll_write(context, bytes);
        if written.is_ready() {
            this.has_written(bytes);
        }
        this.progress(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let this = &mut *self;
        let written = pin!(&mut this.stream).poll_write_vectored(context, slices);
        if written.is_ready() {
            this.has_written(slices.first().map_or(&[][..], |first| first));
        }
        this.progress(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        pin!(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<()>> {
        pin!(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use std::sync::Arc;

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex},
        sync::Semaphore,
        time::{advance, sleep, timeout},
    };

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(15);
    const LONG: Duration = Duration::from_secs(3_600);

    fn pair() -> (DuplexStream, Connection<DuplexStream>) {
        let (peer, stream) = duplex(64);
        let place = Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap();
        (peer, Connection::new(stream, PATIENCE, place))
    }

    /// Reads until the deadline passes.
    async fn gives_up(connection: &mut Connection<DuplexStream>) -> bool {
        let mut bytes = [0; 64];
        let reading = async {
            loop {
                match connection.read(&mut bytes).await {
                    Ok(_) => {}
                    Err(error) => return error.kind() == ErrorKind::TimedOut,
                }
            }
        };
        timeout(LONG, reading).await.unwrap_or(false)
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_comes_byte_by_byte_is_not_waited_for() {
        let (mut peer, mut connection) = pair();
        let began = Instant::now();
        let dripping = async {
            loop {
                if peer.write_all(b"a").await.is_err() {
                    return;
                }
                sleep(Duration::from_secs(1)).await;
            }
        };
        tokio::select! {
            gave_up = gives_up(&mut connection) => assert!(gave_up),
            () = dripping => panic!("the connection is open"),
        }
        assert!(began.elapsed() <= PATIENCE + Duration::from_secs(1), "{:?}", began.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_has_the_time_of_its_request_and_a_pause_between_two_is_nobodys_fault() {
        let (mut peer, mut connection) = pair();
        assert!(!gives_up(&mut connection).await, "nothing has begun");
        for half in ["POST / HTTP/1.1\r\nContent-Length: 9\r\n\r", "\n"] {
            peer.write_all(half.as_bytes()).await.unwrap();
        }
        assert!(!gives_up(&mut connection).await, "the head is there");
        connection.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").await.unwrap();
        peer.write_all(b"slow").await.unwrap();
        assert!(!gives_up(&mut connection).await, "the body is on its way");
        connection.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
        assert!(!gives_up(&mut connection).await, "the next one has not begun");
        peer.write_all(b"GET / HTT").await.unwrap();
        assert!(gives_up(&mut connection).await, "it has, and stops");
    }

    #[tokio::test(start_paused = true)]
    async fn a_socket_may_be_silent() {
        let (mut peer, mut connection) = pair();
        let head = b"GET /ws HTTP/1.1\r\n\r\n";
        peer.write_all(head).await.unwrap();
        connection.read_exact(&mut head.clone()).await.unwrap();
        connection.write_all(b"HTTP/1.1 101 Switching Protocols\r\n\r\n").await.unwrap();
        for _ in 0..3 {
            peer.write_all(b"x").await.unwrap();
            assert!(!gives_up(&mut connection).await);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_peer_that_takes_nothing_is_given_up_and_a_slow_one_is_not() {
        let (mut peer, mut connection) = pair();
        let slow = async {
            let mut taken = [0; 32];
            for _ in 0..10 {
                sleep(PATIENCE - Duration::from_secs(1)).await;
                peer.read_exact(&mut taken).await.unwrap();
            }
        };
        let (written, ()) = tokio::join!(connection.write_all(&[b'x'; 320]), slow);
        written.unwrap();
        let error = connection.write_all(&[b'x'; 320]).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TimedOut);
        advance(PATIENCE).await;
    }
}

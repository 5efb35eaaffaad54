//! The sending half of a socket, with a deadline on every write.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::{Sink, SinkExt, Stream, StreamExt};
use poem::web::websocket::{CloseCode, Message};
use tokio::time::{Instant, Sleep};
use voice::line::LineClosed;

/// A peer that takes nothing for this long is gone, whatever TCP believes.
const DEADLINE: Duration = Duration::from_secs(5);
/// A live peer answers a close at once.
const GOODBYE: Duration = Duration::from_secs(2);

/// Sends messages; fails when one has not been taken within five seconds.
pub(crate) struct Writer<S> {
    socket: S,
    /// Made when a write first has to wait: most sockets never need it.
    deadline: Option<Pin<Box<Sleep>>>,
    is_waiting: bool,
}

impl<S: Sink<Message, Error = std::io::Error> + Unpin> Writer<S> {
    pub fn new(socket: S) -> Self {
        Self { socket, deadline: None, is_waiting: false }
    }

    /// Says goodbye, and reads `rest`, the socket's other half, until the peer has said so too or two seconds have
    /// passed: what is dropped with bytes unread is reset, and our last words with it.
    pub async fn close<R>(mut self, code: CloseCode, reason: &str, mut rest: R)
    where
        R: Stream<Item = std::io::Result<Message>> + Unpin,
    {
        // A peer that takes no goodbye needs none.
        if self.send(Message::close_with(code, reason)).await.is_ok() {
            let rest = async { while let Some(Ok(_)) = rest.next().await {} };
            let _ = tokio::time::timeout(GOODBYE, rest).await;
        }
    }

    fn within(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<std::io::Result<()>>,
    ) -> Poll<Result<(), LineClosed>> {
        if let Poll::Ready(written) = written {
            self.is_waiting = false;
            return Poll::Ready(written.map_err(closed));
        }
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep(DEADLINE)));
        if !self.is_waiting {
            self.is_waiting = true;
            deadline.as_mut().reset(Instant::now() + DEADLINE);
        }
        ready!(deadline.as_mut().poll(context));
        Poll::Ready(Err(LineClosed(format!("no write was taken within {} s", DEADLINE.as_secs()))))
    }
}

fn closed(error: std::io::Error) -> LineClosed {
    LineClosed(error.to_string())
}

impl<S: Sink<Message, Error = std::io::Error> + Unpin> Sink<Message> for Writer<S> {
    type Error = LineClosed;

    fn poll_ready(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        let written = self.socket.poll_ready_unpin(context);
        self.within(context, written)
    }

    fn start_send(mut self: Pin<&mut Self>, message: Message) -> Result<(), LineClosed> {
        self.socket.start_send_unpin(message).map_err(closed)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        let written = self.socket.poll_flush_unpin(context);
        self.within(context, written)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        let written = self.socket.poll_close_unpin(context);
        self.within(context, written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes nothing.
    struct Stuck;

    impl Sink<Message> for Stuck {
        type Error = std::io::Error;

        fn poll_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn start_send(self: Pin<&mut Self>, _: Message) -> std::io::Result<()> {
            Ok(())
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
            Poll::Pending
        }

        fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<std::io::Result<()>> {
            Poll::Pending
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_half_dead_peer_is_given_up_after_five_seconds() {
        let began = Instant::now();
        let sent = Writer::new(Stuck).send(Message::text("hello")).await;
        assert!(sent.is_err());
        assert_eq!(began.elapsed().as_secs(), 5);
    }
}

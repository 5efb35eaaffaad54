//! What the agent says: a conversation's output as frames.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::{Sink, SinkExt};
use poem::web::websocket::Message;
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval},
};
use tokio_util::sync::PollSender;
use voice::{
    audio::wav,
    line::{LineClosed, Output},
};

use super::{OUTPUT_RATE, messages::Outgoing};
use crate::live::Writer;

/// Messages between a conversation and its socket: a gulp of audio with its marks is five.
pub const QUEUE: usize = 64;
/// Keeps middleboxes from forgetting an idle socket; the answers show that the client is there.
const PING: Duration = Duration::from_secs(20);
/// Bytes of one reply's audio, three minutes: no reply is longer, and the client must take it in one message.
const WHOLE_REPLY: usize = 8 << 20;

/// The whole audio of one reply.
pub struct Reply {
    pub number: u32,
    pub wav: Vec<u8>,
}

/// How audio goes out.
pub enum Playback {
    /// As binary frames.
    Stream,
    /// Collected, and handed over when the reply is whole.
    Whole { pcm: Vec<u8>, replies: mpsc::Sender<Reply> },
}

/// A conversation's output.
pub struct SocketOutput {
    out: PollSender<Message>,
    playback: Playback,
}

impl SocketOutput {
    pub fn new(out: mpsc::Sender<Message>, playback: Playback) -> Self {
        Self { out: PollSender::new(out), playback }
    }

    fn message(&mut self, output: Output) -> Option<Message> {
        match (&mut self.playback, output) {
            (Playback::Stream, Output::Audio(frames)) => Some(Message::Binary(frames.into())),
            (Playback::Stream, Output::Mark(name)) => Some(Outgoing::Mark { name: &name }.message()),
            (Playback::Stream, Output::Clear) => Some(Outgoing::Clear.message()),
            (Playback::Stream, Output::EndOfReply { .. }) => None,
            (Playback::Whole { pcm, .. }, Output::Audio(frames)) => {
                let room = WHOLE_REPLY.saturating_sub(pcm.len());
                pcm.extend_from_slice(&frames[..frames.len().min(room)]);
                None
            }
            (Playback::Whole { pcm, .. }, Output::Clear) => {
                pcm.clear();
                None
            }
            (Playback::Whole { .. }, Output::Mark(_)) => None,
            (Playback::Whole { pcm, replies }, Output::EndOfReply { number }) => {
                let samples: Vec<i16> =
                    std::mem::take(pcm).chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
                if !samples.is_empty()
                    && replies.try_send(Reply { number, wav: wav::encode(OUTPUT_RATE, &samples) }).is_err()
                {
                    tracing::warn!(turn.number = number, "a reply's audio is lost: its socket takes no more");
                }
                None
            }
        }
    }
}

fn closed<E>(_: E) -> LineClosed {
    LineClosed("the socket is closed".to_owned())
}

impl Sink<Output> for SocketOutput {
    type Error = LineClosed;

    fn poll_ready(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        self.out.poll_ready_unpin(context).map_err(closed)
    }

    fn start_send(mut self: Pin<&mut Self>, output: Output) -> Result<(), LineClosed> {
        match self.message(output) {
            Some(message) => self.out.start_send_unpin(message).map_err(closed),
            None => Ok(()),
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        self.out.poll_flush_unpin(context).map_err(closed)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        ready!(self.out.poll_flush_unpin(context)).map_err(closed)?;
        Poll::Ready(Ok(()))
    }
}

/// Sends what is queued, and pings, until nobody queues any more or the socket takes no more. Gives the writer
/// back; the queue is closed either way.
pub async fn send<W>(mut writer: Writer<W>, mut queue: mpsc::Receiver<Message>) -> Writer<W>
where
    W: Sink<Message, Error = std::io::Error> + Unpin,
{
    let mut ping = interval(PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ping.reset();
    loop {
        let message = tokio::select! {
            message = queue.recv() => message,
            _ = ping.tick() => Some(Message::ping(Vec::new())),
        };
        let Some(message) = message else { return writer };
        let sent = async {
            writer.feed(message).await?;
            // What is queued already goes out in the same write.
            while let Ok(message) = queue.try_recv() {
                writer.feed(message).await?;
            }
            writer.flush().await
        };
        if let Err(error) = sent.await {
            tracing::info!(%error, "a socket is given up");
            return writer;
        }
    }
}

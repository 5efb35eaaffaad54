//! A media stream's socket as a line: messages become input, output becomes messages, in the socket's own task.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use poem::web::websocket::Message;
use tokio::time::{Instant, Sleep};
use voice::{
    line::{Input, LineClosed, Output},
    media_stream::{self, Decoder, FRAME_BYTES, Inbound, Start, StreamClock},
};

use crate::live::Writer;

/// Twilio sends 50 messages a second: a socket that is silent for this long is dead, though TCP may not know yet.
const SILENT: Duration = Duration::from_secs(20);
/// Messages that make no sense before the peer is given up: a stray one is forgiven, a stream of them is no Twilio.
const MALFORMED: u32 = 100;
/// Messages before `start`: Twilio sends one.
const BEFORE_START: u32 = 8;

/// How a stream's input came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamEnd {
    /// Twilio said so: the call is over.
    Stopped,
    /// The socket closed, broke, fell silent or talked nonsense. The call may well go on.
    Lost(&'static str),
}

/// Why a stream never began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotStarted {
    #[error("closed before it began")]
    Closed,
    #[error("other messages came where `start` belongs")]
    OutOfOrder,
    #[error("a message that makes no sense")]
    Malformed(#[from] media_stream::Malformed),
}

/// Reads up to `start`. The caller bounds the time.
pub async fn start<R>(socket: &mut R) -> Result<Start, NotStarted>
where
    R: Stream<Item = std::io::Result<Message>> + Unpin,
{
    let mut decoder = Decoder::default();
    for _ in 0..BEFORE_START {
        let message = match socket.next().await {
            Some(Ok(Message::Text(message))) => message,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
            Some(Ok(Message::Binary(_))) => return Err(NotStarted::OutOfOrder),
            Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(NotStarted::Closed),
        };
        match decoder.decode(&message)? {
            Inbound::Start(start) => return Ok(start),
            Inbound::Connected | Inbound::Unknown(_) => {}
            _ => return Err(NotStarted::OutOfOrder),
        }
    }
    Err(NotStarted::OutOfOrder)
}

/// What the caller says and presses.
pub struct CallInput<R> {
    socket: R,
    decoder: Decoder,
    clock: StreamClock,
    began: Instant,
    heard: Instant,
    silence: Pin<Box<Sleep>>,
    malformed: u32,
    end: Option<StreamEnd>,
}

impl<R> CallInput<R> {
    /// The input of a stream whose `start` has just been read from `socket`.
    pub fn new(socket: R) -> Self {
        let now = Instant::now();
        Self {
            socket,
            decoder: Decoder::default(),
            clock: StreamClock::default(),
            began: now,
            heard: now,
            silence: Box::pin(tokio::time::sleep_until(now + SILENT)),
            malformed: 0,
            end: None,
        }
    }

    /// How it ended; `None`: it has not.
    pub fn end(&self) -> Option<StreamEnd> {
        self.end
    }

    pub fn into_socket(self) -> R {
        self.socket
    }

    fn lost(&mut self, why: &'static str) -> Poll<Option<Input>> {
        self.end = Some(StreamEnd::Lost(why));
        Poll::Ready(None)
    }

    /// The input that a message is, if it is any.
    fn read(&mut self, message: &str) -> Option<Input> {
        match self.decoder.decode(message) {
            Ok(Inbound::Media { timestamp_ms, payload }) => {
                let elapsed_ms = self.heard.duration_since(self.began).as_millis() as u64;
                let at_ms = self.clock.trust(timestamp_ms, elapsed_ms);
                Some(Input::Audio { at_ms: Some(at_ms), bytes: payload })
            }
            Ok(Inbound::Mark(name)) => Some(Input::MarkPlayed(name)),
            Ok(Inbound::Dtmf(digit)) => Some(Input::Dtmf(digit)),
            Ok(Inbound::Stop) => {
                self.end = Some(StreamEnd::Stopped);
                Some(Input::HungUp)
            }
            Ok(Inbound::Unknown(event)) => {
                tracing::debug!(stream.event = event, "an event that this version does not know");
                None
            }
            Ok(Inbound::Connected | Inbound::Start(_)) => self.malformed("`connected` or `start` in mid-stream"),
            Err(malformed) => self.malformed(&malformed.to_string()),
        }
    }

    fn malformed(&mut self, why: &str) -> Option<Input> {
        self.malformed += 1;
        // The first few tell what is wrong; a log line for each would be the peer's to multiply.
        if self.malformed <= 3 {
            tracing::warn!(reason = why, "a stream message was dropped");
        }
        None
    }
}

impl<R: Stream<Item = std::io::Result<Message>> + Unpin> Stream for CallInput<R> {
    type Item = Input;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Input>> {
        loop {
            if self.end.is_some() {
                return Poll::Ready(None);
            }
            let Poll::Ready(message) = self.socket.poll_next_unpin(context) else {
                // Looked at only when there is nothing to read: the timer is not touched 50 times a second.
                ready!(self.silence.as_mut().poll(context));
                let until = self.heard + SILENT;
                if until <= Instant::now() {
                    return self.lost("silent");
                }
                self.silence.as_mut().reset(until);
                continue;
            };
            self.heard = Instant::now();
            let input = match message {
                Some(Ok(Message::Text(message))) => self.read(&message),
                Some(Ok(Message::Binary(_))) => self.malformed("binary"),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => None,
                Some(Ok(Message::Close(_))) | None => return self.lost("closed"),
                Some(Err(error)) => {
                    tracing::warn!(%error, "a stream's socket broke");
                    return self.lost("broken");
                }
            };
            if input.is_some() {
                return Poll::Ready(input);
            }
            if self.malformed >= MALFORMED {
                return self.lost("talks nonsense");
            }
        }
    }
}

/// What the agent says.
pub struct CallOutput<W> {
    writer: Writer<W>,
    stream_sid: Arc<str>,
    /// Taken and not yet handed to the socket.
    pending: Pending,
}

enum Pending {
    Nothing,
    /// Whole frames; each goes out as a message of its own.
    Audio(Bytes),
    Message(String),
}

impl<W: Sink<Message, Error = std::io::Error> + Unpin> CallOutput<W> {
    pub fn new(writer: Writer<W>, stream_sid: &str) -> Self {
        Self { writer, stream_sid: stream_sid.into(), pending: Pending::Nothing }
    }

    pub fn into_writer(self) -> Writer<W> {
        self.writer
    }

    /// The next message of what is pending.
    fn next_message(&mut self) -> Option<String> {
        let mut message = String::new();
        match std::mem::replace(&mut self.pending, Pending::Nothing) {
            Pending::Nothing => return None,
            Pending::Message(message) => return Some(message),
            Pending::Audio(mut frames) => {
                let frame = frames.split_to(frames.len().min(FRAME_BYTES));
                media_stream::media(&mut message, &self.stream_sid, &frame);
                if !frames.is_empty() {
                    self.pending = Pending::Audio(frames);
                }
            }
        }
        Some(message)
    }

    fn poll_pending(&mut self, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        while !matches!(self.pending, Pending::Nothing) {
            ready!(self.writer.poll_ready_unpin(context))?;
            if let Some(message) = self.next_message() {
                self.writer.start_send_unpin(Message::Text(message))?;
            }
        }
        Poll::Ready(Ok(()))
    }
}

impl<W: Sink<Message, Error = std::io::Error> + Unpin> Sink<Output> for CallOutput<W> {
    type Error = LineClosed;

    fn poll_ready(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        self.poll_pending(context)
    }

    fn start_send(mut self: Pin<&mut Self>, output: Output) -> Result<(), LineClosed> {
        self.pending = match output {
            Output::Audio(frames) if frames.is_empty() => Pending::Nothing,
            Output::Audio(frames) => Pending::Audio(frames),
            Output::Mark(name) => {
                let mut message = String::new();
                media_stream::mark(&mut message, &self.stream_sid, &name);
                Pending::Message(message)
            }
            Output::Clear => {
                let mut message = String::new();
                media_stream::clear(&mut message, &self.stream_sid);
                Pending::Message(message)
            }
            Output::EndOfReply { .. } => Pending::Nothing,
        };
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        ready!(self.poll_pending(context))?;
        self.writer.poll_flush_unpin(context)
    }

    fn poll_close(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<(), LineClosed>> {
        ready!(self.poll_pending(context))?;
        self.writer.poll_close_unpin(context)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use futures_util::stream;

    use super::*;

    fn text(message: &str) -> std::io::Result<Message> {
        Ok(Message::text(message))
    }

    fn media(timestamp: u64) -> std::io::Result<Message> {
        let payload = "/".repeat(212) + "////"; // 162 bytes
        text(&format!(r#"{{"event":"media","media":{{"timestamp":"{timestamp}","payload":"{payload}"}}}}"#))
    }

    fn input(
        messages: Vec<std::io::Result<Message>>,
    ) -> CallInput<impl Stream<Item = std::io::Result<Message>> + Unpin> {
        CallInput::new(stream::iter(messages).chain(stream::pending()))
    }

    #[tokio::test(start_paused = true)]
    async fn nonsense_is_dropped_and_the_call_goes_on() {
        let mut input = input(vec![
            text("{"),
            Ok(Message::binary(vec![1, 2, 3])),
            text(r#"{"event":"start","start":{"streamSid":"M","callSid":"C","accountSid":"A"}}"#),
            text(r#"{"event":"applause"}"#),
            media(u64::MAX),
            media(0),
            text(r#"{"event":"dtmf","dtmf":{"digit":"5"}}"#),
            text(r#"{"event":"mark","mark":{"name":"a"}}"#),
            text(r#"{"event":"stop"}"#),
            media(1),
        ]);
        for _ in 0..2 {
            assert!(matches!(input.next().await, Some(Input::Audio { at_ms: Some(0), .. })));
        }
        assert_eq!(input.next().await, Some(Input::Dtmf('5')));
        assert_eq!(input.next().await, Some(Input::MarkPlayed("a".to_owned())));
        assert_eq!(input.next().await, Some(Input::HungUp));
        assert_eq!(input.next().await, None);
        assert_eq!(input.end(), Some(StreamEnd::Stopped));
    }

    #[tokio::test(start_paused = true)]
    async fn a_stream_of_nonsense_is_given_up() {
        let mut input = input((0..200).map(|_| text("nonsense")).collect());
        assert_eq!(input.next().await, None);
        assert_eq!(input.end(), Some(StreamEnd::Lost("talks nonsense")));
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_socket_is_lost_and_a_slow_one_is_not() {
        let slow = stream::unfold(0, |count| async move {
            tokio::time::sleep(Duration::from_secs(if count < 3 { 15 } else { 60 })).await;
            Some((media(count), count + 1))
        });
        let mut input = CallInput::new(Box::pin(slow));
        let began = Instant::now();
        for _ in 0..3 {
            assert!(input.next().await.is_some());
        }
        assert_eq!(input.next().await, None);
        assert_eq!(began.elapsed().as_secs(), 65);
        assert_eq!(input.end(), Some(StreamEnd::Lost("silent")));
    }

    #[tokio::test]
    async fn a_socket_that_just_closes_is_no_hang_up() {
        let mut input = CallInput::new(stream::iter(vec![Ok(Message::close())]));
        assert_eq!(input.next().await, None);
        assert_eq!(input.end(), Some(StreamEnd::Lost("closed")));
    }

    #[tokio::test]
    async fn audio_goes_out_frame_by_frame_and_in_order() {
        let (sent, mut received) = tokio::sync::mpsc::channel(16);
        let socket = Box::pin(futures_util::sink::unfold(sent, |sent, message: Message| async move {
            sent.send(message).await.unwrap();
            Ok::<_, std::io::Error>(sent)
        }));
        let mut output = CallOutput::new(Writer::new(socket), "MZ1");
        output.feed(Output::Audio(Bytes::from(vec![0xff; 2 * FRAME_BYTES + 10]))).await.unwrap();
        output.feed(Output::Mark("m".to_owned())).await.unwrap();
        output.feed(Output::EndOfReply { number: 1 }).await.unwrap();
        output.feed(Output::Clear).await.unwrap();
        output.flush().await.unwrap();
        let mut sent = Vec::new();
        while let Ok(message) = received.try_recv() {
            let Message::Text(text) = message else { panic!("not text") };
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            let payload = json["media"]["payload"].as_str().map(str::len);
            sent.push((json["event"].as_str().unwrap().to_owned(), payload));
        }
        let expected =
            [("media", Some(216)), ("media", Some(216)), ("media", Some(16)), ("mark", None), ("clear", None)];
        assert_eq!(sent, expected.map(|(event, length)| (event.to_owned(), length)));
    }
}

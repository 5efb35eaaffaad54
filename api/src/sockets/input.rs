//! What a client says: its frames as input of a conversation.

use std::{
    io::Cursor,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use poem::web::websocket::Message;
use tokio::{
    sync::mpsc,
    task::JoinHandle,
    time::{Instant, Sleep},
};
use voice::{
    audio::{DecodeError, decode_file},
    line::Input,
};

use super::messages::{self, Incoming, Refused};

/// The client is pinged every 20 s and has to answer: three lost answers in a row, and it is gone.
pub const SILENT: Duration = Duration::from_secs(65);
/// Longest utterance in a file.
const UTTERANCE: Duration = Duration::from_secs(120);
/// Characters of a typed message, as over HTTP.
const TEXT: usize = 4_000;
/// Bytes of streamed audio in one message: two seconds. More is no stream.
const STREAMED: usize = 64_000;
/// Messages in a row that were refused before the client is given up.
const REFUSED: u32 = 100;

/// The reading half of a socket as input.
pub struct SocketInput<R> {
    socket: R,
    /// Where refusals are told. One that finds it full is not told: the client does not read.
    out: mpsc::Sender<Message>,
    decoding: Option<JoinHandle<Result<Vec<i16>, DecodeError>>>,
    heard: Instant,
    silence: Pin<Box<Sleep>>,
    refused: u32,
}

impl<R> SocketInput<R> {
    pub fn new(socket: R, out: mpsc::Sender<Message>) -> Self {
        let heard = Instant::now();
        let silence = Box::pin(tokio::time::sleep_until(heard + SILENT));
        Self { socket, out, decoding: None, heard, silence, refused: 0 }
    }

    pub fn into_socket(self) -> R {
        self.socket
    }

    fn refuse(&mut self, refused: &Refused) {
        self.refused += 1;
        tracing::debug!(code = refused.code, "a socket message is refused");
        let _ = self.out.try_send(refused.outgoing().message());
    }

    /// The input that a text frame is; a file to be decoded first becomes one later.
    fn read(&mut self, text: &str) -> Result<Option<Input>, Refused> {
        match messages::read(text)? {
            Incoming::TextInput { text } => {
                let text = text.trim();
                if text.is_empty() || text.chars().count() > TEXT {
                    return Err(Refused::new("invalid", format!("`text` must be 1 to {TEXT} characters long")));
                }
                Ok(Some(Input::Text(text.to_owned())))
            }
            Incoming::AudioChunk { audio_data, format } => {
                let audio = STANDARD
                    .decode(audio_data.trim())
                    .map_err(|_| Refused::new("invalid", "`audio_data` is not base64"))?;
                if format == "pcm16" {
                    return streamed(audio).map(Some);
                }
                if !FILES.contains(&format.as_str()) {
                    let known = format!("`format` must be pcm16, {}", FILES.join(", "));
                    return Err(Refused::new("unsupported_media", known));
                }
                self.decoding = Some(tokio::task::spawn_blocking(move || decode_file(Cursor::new(audio), UTTERANCE)));
                Ok(None)
            }
            Incoming::Interrupt => Ok(Some(Input::Interrupt)),
            Incoming::MarkPlayed { name } => Ok(Some(Input::MarkPlayed(name))),
            Incoming::Unknown => unreachable!("`read` refuses it"),
        }
    }

    /// A decoded file. What it holds decides what it is, whatever `format` said.
    fn decoded(decoded: Result<Vec<i16>, DecodeError>) -> Result<Input, Refused> {
        decoded.map(Input::Utterance).map_err(|error| {
            let code = match &error {
                DecodeError::Unsupported(_) => "unsupported_media",
                DecodeError::TooLong(_) => "payload_too_large",
                DecodeError::Garbled(_) | DecodeError::Empty => "invalid",
                DecodeError::Io(_) => "internal",
            };
            Refused::new(code, error.to_string())
        })
    }
}

const FILES: [&str; 7] = ["wav", "mp3", "m4a", "aac", "ogg", "webm", "flac"];

fn streamed(pcm: Vec<u8>) -> Result<Input, Refused> {
    match pcm.len() {
        0 => Err(Refused::new("invalid", "there is no audio in it")),
        odd if odd % 2 == 1 => Err(Refused::new("invalid", "16-bit samples come in pairs of bytes")),
        long if long > STREAMED => {
            Err(Refused::new("payload_too_large", "more than two seconds of audio in one message"))
        }
        _ => Ok(Input::Audio { at_ms: None, bytes: Bytes::from(pcm) }),
    }
}

impl<R: Stream<Item = std::io::Result<Message>> + Unpin> Stream for SocketInput<R> {
    type Item = Input;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Input>> {
        loop {
            if self.refused >= REFUSED {
                tracing::warn!("a socket sends nothing but nonsense and is given up");
                return Poll::Ready(None);
            }
            // What comes while a file is decoded waits in the socket: utterances keep their order.
            if let Some(decoding) = &mut self.decoding {
                let decoded = ready!(Pin::new(decoding).poll(context));
                self.decoding = None;
                let decoded = decoded.unwrap_or_else(|panic| Err(DecodeError::Garbled(panic.to_string())));
                match Self::decoded(decoded) {
                    Ok(input) => {
                        self.refused = 0;
                        return Poll::Ready(Some(input));
                    }
                    Err(refused) => self.refuse(&refused),
                }
                continue;
            }
            let Poll::Ready(message) = self.socket.poll_next_unpin(context) else {
                ready!(self.silence.as_mut().poll(context));
                let until = self.heard + SILENT;
                if until <= Instant::now() {
                    tracing::info!("a socket fell silent");
                    return Poll::Ready(None);
                }
                self.silence.as_mut().reset(until);
                continue;
            };
            self.heard = Instant::now();
            let read = match message {
                Some(Ok(Message::Text(text))) => self.read(&text),
                Some(Ok(Message::Binary(pcm))) => streamed(pcm).map(Some),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Close(_))) | None => return Poll::Ready(None),
                Some(Err(error)) => {
                    // Too long a message ends here too: what follows it on the wire cannot be told apart.
                    tracing::info!(%error, "a socket broke");
                    return Poll::Ready(None);
                }
            };
            match read {
                Ok(Some(input)) => {
                    self.refused = 0;
                    return Poll::Ready(Some(input));
                }
                Ok(None) => {}
                Err(refused) => self.refuse(&refused),
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use futures_util::stream;
    use voice::audio::wav;

    use super::*;

    fn text(json: serde_json::Value) -> std::io::Result<Message> {
        Ok(Message::text(json.to_string()))
    }

    fn input(
        messages: Vec<std::io::Result<Message>>,
    ) -> (SocketInput<impl Stream<Item = std::io::Result<Message>> + Unpin>, mpsc::Receiver<Message>) {
        let (out, told) = mpsc::channel(16);
        (SocketInput::new(stream::iter(messages).chain(stream::pending()), out), told)
    }

    fn code(told: &mut mpsc::Receiver<Message>) -> String {
        let Ok(Message::Text(text)) = told.try_recv() else { panic!("nothing was told") };
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        json["code"].as_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn a_file_is_an_utterance_and_what_follows_waits_for_it() {
        let file = STANDARD.encode(wav::encode(16_000, &[1_000; 1_600]));
        let (mut input, _told) = input(vec![
            text(serde_json::json!({"type": "audio_chunk", "audio_data": file, "format": "wav"})),
            text(serde_json::json!({"type": "text_input", "text": " hello "})),
        ]);
        let Some(Input::Utterance(pcm)) = input.next().await else { panic!("no utterance") };
        assert_eq!(pcm.len(), 1_600);
        assert_eq!(input.next().await, Some(Input::Text("hello".to_owned())));
    }

    #[tokio::test(start_paused = true)]
    async fn what_cannot_be_used_is_refused_and_the_socket_goes_on() {
        let chunk = |data: &str, format: &str| {
            text(serde_json::json!({"type": "audio_chunk", "audio_data": data, "format": format}))
        };
        let (mut input, mut told) = input(vec![
            chunk("!", "wav"),
            chunk("AAA=", "midi"),
            chunk("AA==", "pcm16"),
            chunk("", "pcm16"),
            Ok(Message::binary(vec![0; STREAMED + 2])),
            text(serde_json::json!({"type": "text_input", "text": "  "})),
            chunk(&STANDARD.encode("this is no audio at all"), "mp3"),
            Ok(Message::binary(vec![1, 2])),
        ]);
        assert_eq!(input.next().await, Some(Input::Audio { at_ms: None, bytes: Bytes::from_static(&[1, 2]) }));
        for expected in
            ["invalid", "unsupported_media", "invalid", "invalid", "payload_too_large", "invalid", "unsupported_media"]
        {
            assert_eq!(code(&mut told), expected);
        }
        assert_eq!(input.next().await, None, "a silent socket is given up");
    }

    #[tokio::test]
    async fn a_stream_of_nonsense_is_given_up() {
        let (mut input, _told) = input((0..200).map(|_| Ok(Message::text("{"))).collect());
        assert_eq!(input.next().await, None);
    }
}

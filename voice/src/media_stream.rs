//! Twilio's Media Streams protocol: the messages of a bidirectional stream, to and from text frames.
//!
//! A codec, nothing else: no socket, no clock, no decision. A call has 50 messages a second in each direction,
//! so a `media` message is parsed in one pass over borrowed text and decoded into a buffer that is used again.
//! Facts: <https://www.twilio.com/docs/voice/media-streams/websocket-messages>.

mod clock;
mod decode;
mod encode;

use std::{collections::HashMap, fmt};

use bytes::Bytes;
use secrecy::SecretString;

pub use clock::StreamClock;
pub use decode::Decoder;
pub use encode::{FRAME_BYTES, clear, mark, media};

/// The longest message that is read. Twilio's are below 1 KiB; a `start` with all custom parameters it allows
/// stays below 32 KiB.
pub const MAX_MESSAGE_BYTES: usize = 64 * 1024;

/// The longest audio payload that is taken from one message, in decoded bytes: one second of µ-law. Twilio
/// sends 160.
pub const MAX_PAYLOAD_BYTES: usize = 8_000;

/// One message from Twilio.
#[derive(Debug)]
pub enum Inbound {
    /// The first message of a socket; says nothing about the call.
    Connected,
    /// The second: which call this is.
    Start(Start),
    /// Caller audio.
    Media {
        /// Milliseconds since the stream began, as Twilio claims: pass it through [`StreamClock`].
        timestamp_ms: u64,
        /// µ-law, 8 kHz, mono: 1 to [`MAX_PAYLOAD_BYTES`] bytes.
        payload: Bytes,
    },
    /// A key pressed: `0`–`9`, `*`, `#`, `A`–`D`.
    Dtmf(char),
    /// All audio before the mark of this name has been played, or was dropped by a `clear`.
    Mark(String),
    /// The stream is over: the call ended or was redirected.
    Stop,
    /// An event this version does not know; new ones may appear without notice.
    Unknown(String),
}

/// What `start` says.
#[derive(Debug)]
pub struct Start {
    /// `MZ…`: goes into every message back.
    pub stream_sid: String,
    /// `CA…`
    pub call_sid: String,
    /// `AC…`
    pub account_sid: String,
    pub parameters: Parameters,
}

/// The `<Parameter>`s of the TwiML that opened the stream. They may be secrets: `Debug` prints names only.
#[derive(Default)]
pub struct Parameters(HashMap<String, SecretString>);

impl Parameters {
    /// The value of the parameter of this name; `None`: there is none.
    pub fn get(&self, name: &str) -> Option<&SecretString> {
        self.0.get(name)
    }
}

impl FromIterator<(String, String)> for Parameters {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(parameters: I) -> Self {
        Self(parameters.into_iter().map(|(name, value)| (name, value.into())).collect())
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// Why a message was not understood. Carries nothing of the message: it may hold speech or a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("longer than 64 KiB")]
    TooLong,
    #[error("not the JSON that was expected")]
    Json,
    #[error("the part that the event names is missing")]
    Incomplete,
    #[error("audio that is not µ-law at 8,000 Hz, mono")]
    Format,
    #[error("a payload that is not base64")]
    Base64,
    #[error("an empty payload")]
    EmptyPayload,
    #[error("a payload longer than one second")]
    LongPayload,
    #[error("a digit that no telephone has")]
    Digit,
}

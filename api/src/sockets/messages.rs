//! The messages, as JSON. See [`super`] for what they mean.

use poem::web::websocket::Message;
use serde::{Deserialize, Serialize};
use voice::event::EndReason;

/// From the client.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Incoming {
    AudioChunk {
        audio_data: String,
        format: String,
    },
    TextInput {
        text: String,
    },
    Interrupt,
    MarkPlayed {
        name: String,
    },
    #[serde(other)]
    Unknown,
}

/// To the client.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Outgoing<'a> {
    Session {
        session_id: &'a str,
        conversation_id: String,
        persona: &'a str,
        voice: &'a str,
        resumed: bool,
        audio_in: &'static str,
        audio_out: &'static str,
    },
    Transcription {
        #[serde(skip_serializing_if = "Option::is_none")]
        turn: Option<u32>,
        text: &'a str,
    },
    Saying {
        turn: u32,
        text: &'a str,
    },
    ConversationResponse {
        turn: u32,
        text: &'a str,
        heard_text: &'a str,
        interrupted: bool,
    },
    AudioResponse {
        turn: u32,
        audio_base64: String,
        format: &'static str,
    },
    Mark {
        name: &'a str,
    },
    Clear,
    Error {
        code: &'static str,
        message: &'a str,
    },
    Ended {
        reason: &'a EndReason,
    },
}

impl Outgoing<'_> {
    /// The text frame.
    pub fn message(&self) -> Message {
        Message::Text(serde_json::to_string(self).expect("strings and numbers are always JSON"))
    }
}

/// Why a message was not acted on: a stable code, and words for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    pub code: &'static str,
    pub message: String,
}

impl Refused {
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    pub fn outgoing(&self) -> Outgoing<'_> {
        Outgoing::Error { code: self.code, message: &self.message }
    }
}

/// Reads one text frame.
pub fn read(text: &str) -> Result<Incoming, Refused> {
    match serde_json::from_str(text) {
        Ok(Incoming::Unknown) => {
            Err(Refused::new("unknown_message", "`type` must be audio_chunk, text_input, interrupt or mark_played"))
        }
        Ok(message) => Ok(message),
        // The position helps; serde's words might repeat what was said.
        Err(error) if error.is_data() => {
            Err(Refused::new("invalid", "a field is missing or of the wrong kind for this `type`"))
        }
        Err(error) => {
            let place = format!("not JSON at line {}, column {}", error.line(), error.column());
            Err(Refused::new("bad_request", place))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_message_has_a_code() {
        let code = |text| read(text).err().map(|refused| refused.code);
        assert_eq!(code(r#"{"type":"text_input","text":"hello"}"#), None);
        assert_eq!(code(r#"{"type":"interrupt"}"#), None);
        assert_eq!(code(r#"{"type":"sing"}"#), Some("unknown_message"));
        assert_eq!(code(r#"{"type":"text_input"}"#), Some("invalid"));
        assert_eq!(code(r#"{"type":"text_input","text":7}"#), Some("invalid"));
        assert_eq!(code(r#"{"text":"hello"}"#), Some("invalid"));
        assert_eq!(code("hello"), Some("bad_request"));
        assert_eq!(code(""), Some("bad_request"));
    }
}

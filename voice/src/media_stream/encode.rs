//! Messages to Twilio. Each is appended to a `String` of the caller's, so that one allocation can serve many.

use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};

/// 20 ms of µ-law: what one `media` message should carry. Twilio takes any length; whole frames of this one
/// leave no gap in what carriers play.
pub const FRAME_BYTES: usize = 160;

/// Appends a `media` message with `payload`: µ-law, 8 kHz, mono, no header.
pub fn media(out: &mut String, stream_sid: &str, payload: &[u8]) {
    // 55 for the fixed text, so that the frame's one allocation is made here.
    out.reserve(55 + stream_sid.len() + payload.len().div_ceil(3) * 4);
    out.push_str(r#"{"event":"media","streamSid":"#);
    string(out, stream_sid);
    out.push_str(r#","media":{"payload":""#);
    STANDARD.encode_string(payload, out);
    out.push_str(r#""}}"#);
}

/// Appends a `mark` message: Twilio sends the name back when all before it has been played or dropped.
pub fn mark(out: &mut String, stream_sid: &str, name: &str) {
    out.push_str(r#"{"event":"mark","streamSid":"#);
    string(out, stream_sid);
    out.push_str(r#","mark":{"name":"#);
    string(out, name);
    out.push_str("}}");
}

/// Appends a `clear` message: Twilio drops what it has not played and sends all pending marks back.
pub fn clear(out: &mut String, stream_sid: &str) {
    out.push_str(r#"{"event":"clear","streamSid":"#);
    string(out, stream_sid);
    out.push('}');
}

/// Appends a JSON string.
fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            control if control < ' ' => {
                write!(out, "\\u{:04x}", control as u32).expect("writing to a String cannot fail");
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut String)) -> String {
        let mut out = String::new();
        write(&mut out);
        out
    }

    #[test]
    fn the_messages_are_the_documented_ones() {
        assert_eq!(
            written(|out| media(out, "MZ1", &[0xff, 0xfe, 0xfd])),
            r#"{"event":"media","streamSid":"MZ1","media":{"payload":"//79"}}"#
        );
        assert_eq!(
            written(|out| mark(out, "MZ1", "turn-12-seg-3")),
            r#"{"event":"mark","streamSid":"MZ1","mark":{"name":"turn-12-seg-3"}}"#
        );
        assert_eq!(written(|out| clear(out, "MZ1")), r#"{"event":"clear","streamSid":"MZ1"}"#);
    }

    #[test]
    fn a_media_message_needs_one_allocation() {
        let message = written(|out| media(out, "MZ0123456789abcdef0123456789abcdef", &[0xff; FRAME_BYTES]));
        assert!(message.capacity() <= message.len() + 8, "{} for {}", message.capacity(), message.len());
    }
}

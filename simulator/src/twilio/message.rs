//! The JSON of a media stream, from Twilio's side.
//!
//! Source: Twilio's "Media Streams – WebSocket messages". Numbers travel as strings, except in `mediaFormat`.

use std::{borrow::Cow, fmt::Write};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::json;

/// Writes what Twilio sends on one stream, counting as it does.
#[derive(Debug)]
pub struct Writer {
    stream_sid: String,
    sequence: u64,
    chunk: u64,
}

impl Writer {
    pub fn new(stream_sid: impl Into<String>) -> Self {
        Self { stream_sid: stream_sid.into(), sequence: 0, chunk: 0 }
    }

    pub fn connected(&self) -> String {
        json!({ "event": "connected", "protocol": "Call", "version": "1.0.0" }).to_string()
    }

    pub fn start(&mut self, account_sid: &str, call_sid: &str, parameters: &[(String, String)]) -> String {
        let parameters: serde_json::Map<_, _> =
            parameters.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
        json!({
            "event": "start",
            "sequenceNumber": self.next(),
            "start": {
                "accountSid": account_sid,
                "streamSid": self.stream_sid,
                "callSid": call_sid,
                "tracks": ["inbound"],
                "mediaFormat": { "encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1 },
                "customParameters": parameters,
            },
            "streamSid": self.stream_sid,
        })
        .to_string()
    }

    /// One chunk of the caller's audio. `base64` is trusted: a misbehaving script may pass anything.
    pub fn media(&mut self, at_ms: u64, base64: &str) -> String {
        self.sequence += 1;
        self.chunk += 1;
        // Written by hand: at 50 a second for each call it is the one hot place of the simulator.
        let mut text = String::with_capacity(200 + base64.len());
        write!(
            text,
            r#"{{"event":"media","sequenceNumber":"{}","media":{{"track":"inbound","chunk":"{}","timestamp":"{}","payload":"{}"}},"streamSid":"{}"}}"#,
            self.sequence, self.chunk, at_ms, base64, self.stream_sid
        )
        .expect("writing into a string cannot fail");
        text
    }

    pub fn dtmf(&mut self, digit: char) -> String {
        json!({
            "event": "dtmf",
            "streamSid": self.stream_sid,
            "sequenceNumber": self.next(),
            "dtmf": { "track": "inbound_track", "digit": digit.to_string() },
        })
        .to_string()
    }

    pub fn mark(&mut self, name: &str) -> String {
        json!({
            "event": "mark",
            "sequenceNumber": self.next(),
            "streamSid": self.stream_sid,
            "mark": { "name": name },
        })
        .to_string()
    }

    pub fn stop(&mut self, account_sid: &str, call_sid: &str) -> String {
        json!({
            "event": "stop",
            "sequenceNumber": self.next(),
            "streamSid": self.stream_sid,
            "stop": { "accountSid": account_sid, "callSid": call_sid },
        })
        .to_string()
    }

    fn next(&mut self) -> String {
        self.sequence += 1;
        self.sequence.to_string()
    }
}

/// What a server may send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromServer {
    /// µ-law audio of any length above 0.
    Media(Bytes),
    Mark(String),
    Clear,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw<'a> {
    #[serde(borrow)]
    event: Cow<'a, str>,
    #[serde(borrow)]
    stream_sid: Option<Cow<'a, str>>,
    #[serde(borrow)]
    media: Option<RawMedia<'a>>,
    mark: Option<RawMark>,
}

#[derive(Deserialize)]
struct RawMedia<'a> {
    #[serde(borrow)]
    payload: Cow<'a, str>,
}

#[derive(Deserialize)]
struct RawMark {
    name: String,
}

/// Reads a server's message; the error is what Twilio's 31924 would be about.
pub fn parse(text: &str, stream_sid: &str) -> Result<FromServer, String> {
    let raw: Raw<'_> = serde_json::from_str(text).map_err(|error| format!("malformed message: {error}"))?;
    if raw.stream_sid.as_deref() != Some(stream_sid) {
        return Err(format!("{} without this stream's streamSid", raw.event));
    }
    match raw.event.as_ref() {
        "media" => {
            let media = raw.media.ok_or("media without payload")?;
            let bytes = STANDARD.decode(media.payload.as_bytes()).map_err(|error| format!("payload: {error}"))?;
            if bytes.is_empty() {
                return Err("empty payload".to_owned());
            }
            if bytes.starts_with(b"RIFF") {
                return Err("payload with a WAV header".to_owned());
            }
            Ok(FromServer::Media(bytes.into()))
        }
        "mark" => Ok(FromServer::Mark(raw.mark.ok_or("mark without a name")?.name)),
        "clear" => Ok(FromServer::Clear),
        other => Err(format!("unknown event {other:?}")),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::Value;

    use super::*;

    #[test]
    fn numbers_travel_as_strings_and_count_over_all_kinds() {
        let mut writer = Writer::new("MZ1");
        let start: Value = serde_json::from_str(&writer.start("AC1", "CA1", &[("a".into(), "b".into())])).unwrap();
        assert_eq!(start["sequenceNumber"], "1");
        assert_eq!(start["start"]["customParameters"]["a"], "b");
        assert_eq!(start["start"]["mediaFormat"]["sampleRate"], 8000);
        writer.mark("m");
        let media: Value = serde_json::from_str(&writer.media(40, "AAAA")).unwrap();
        assert_eq!(media["sequenceNumber"], "3");
        assert_eq!(media["media"]["chunk"], "1");
        assert_eq!(media["media"]["timestamp"], "40");
        assert_eq!(media["media"]["payload"], "AAAA");
    }

    #[test]
    fn a_servers_mistakes_are_named() {
        for (text, part) in [
            ("{", "malformed"),
            (r#"{"event":"media","streamSid":"MZ1"}"#, "without payload"),
            (r#"{"event":"media","streamSid":"MZ1","media":{"payload":"%"}}"#, "payload"),
            (r#"{"event":"media","streamSid":"MZ1","media":{"payload":""}}"#, "empty"),
            (r#"{"event":"media","streamSid":"MZ1","media":{"payload":"UklGRgAA"}}"#, "WAV"),
            (r#"{"event":"media","streamSid":"MZ2","media":{"payload":"AAAA"}}"#, "streamSid"),
            (r#"{"event":"clear"}"#, "streamSid"),
            (r#"{"event":"mark","streamSid":"MZ1"}"#, "name"),
            (r#"{"event":"stop","streamSid":"MZ1"}"#, "unknown"),
        ] {
            let error = parse(text, "MZ1").unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
        assert_eq!(
            parse(r#"{"event":"media","streamSid":"MZ1","media":{"payload":"AAAA"}}"#, "MZ1"),
            Ok(FromServer::Media(Bytes::from_static(&[0, 0, 0])))
        );
    }
}

//! Messages from Twilio.

use std::{borrow::Cow, collections::HashMap, fmt};

use base64::{
    Engine as _,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use bytes::BytesMut;
use serde::{
    Deserialize, Deserializer,
    de::{Error, Visitor},
};

use super::{Inbound, MAX_MESSAGE_BYTES, MAX_PAYLOAD_BYTES, Malformed, Start};

/// Standard alphabet; padding or none: both are seen in the wild.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// How much is allocated at once for payloads: 25 of 160 bytes, half a second.
const BUFFER_BYTES: usize = 4_000;

/// Reads the messages of one stream. Holds the buffer that payloads are decoded into: its memory is used again
/// as soon as the payloads in it have been dropped.
#[derive(Default)]
pub struct Decoder {
    payloads: BytesMut,
}

impl Decoder {
    /// Reads one text frame.
    pub fn decode(&mut self, message: &str) -> Result<Inbound, Malformed> {
        if message.len() > MAX_MESSAGE_BYTES {
            return Err(Malformed::TooLong);
        }
        let envelope: Envelope<'_> = serde_json::from_str(message).map_err(|_| Malformed::Json)?;
        match envelope.event.as_ref() {
            "media" => self.media(envelope.media.ok_or(Malformed::Incomplete)?),
            "mark" => Ok(Inbound::Mark(envelope.mark.ok_or(Malformed::Incomplete)?.name)),
            "dtmf" => dtmf(&envelope.dtmf.ok_or(Malformed::Incomplete)?),
            "connected" => Ok(Inbound::Connected),
            "start" => start(envelope.start.ok_or(Malformed::Incomplete)?),
            "stop" => Ok(Inbound::Stop),
            unknown => Ok(Inbound::Unknown(unknown.chars().take(32).collect())),
        }
    }

    fn media(&mut self, media: Media<'_>) -> Result<Inbound, Malformed> {
        let text = media.payload.as_bytes();
        if text.is_empty() {
            return Err(Malformed::EmptyPayload);
        }
        // The estimate is exact but for padding (at most two bytes too many).
        let room = base64::decoded_len_estimate(text.len());
        if room > MAX_PAYLOAD_BYTES + 2 {
            return Err(Malformed::LongPayload);
        }
        if self.payloads.capacity() < room {
            self.payloads.reserve(room.max(BUFFER_BYTES));
        }
        self.payloads.resize(room, 0);
        let length = BASE64.decode_slice(text, &mut self.payloads).map_err(|_| Malformed::Base64)?;
        match length {
            0 => Err(Malformed::EmptyPayload),
            _ if length > MAX_PAYLOAD_BYTES => Err(Malformed::LongPayload),
            _ => {
                Ok(Inbound::Media { timestamp_ms: media.timestamp.0, payload: self.payloads.split_to(length).freeze() })
            }
        }
    }
}

fn dtmf(dtmf: &Dtmf<'_>) -> Result<Inbound, Malformed> {
    let mut characters = dtmf.digit.chars();
    match (characters.next(), characters.next()) {
        (Some(digit @ ('0'..='9' | '*' | '#' | 'A'..='D')), None) => Ok(Inbound::Dtmf(digit)),
        _ => Err(Malformed::Digit),
    }
}

fn start(start: RawStart) -> Result<Inbound, Malformed> {
    if let Some(format) = start.media_format
        && (format.encoding != "audio/x-mulaw" || format.sample_rate.0 != 8_000 || format.channels.0 != 1)
    {
        return Err(Malformed::Format);
    }
    Ok(Inbound::Start(Start {
        stream_sid: start.stream_sid,
        call_sid: start.call_sid,
        account_sid: start.account_sid,
        parameters: start.custom_parameters.unwrap_or_default().into_iter().collect(),
    }))
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    event: Cow<'a, str>,
    #[serde(borrow, default)]
    media: Option<Media<'a>>,
    #[serde(default)]
    mark: Option<Mark>,
    #[serde(borrow, default)]
    dtmf: Option<Dtmf<'a>>,
    #[serde(default)]
    start: Option<RawStart>,
}

#[derive(Deserialize)]
struct Media<'a> {
    #[serde(borrow)]
    payload: Cow<'a, str>,
    #[serde(default)]
    timestamp: Lenient,
}

#[derive(Deserialize)]
struct Mark {
    name: String,
}

#[derive(Deserialize)]
struct Dtmf<'a> {
    #[serde(borrow)]
    digit: Cow<'a, str>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawStart {
    stream_sid: String,
    call_sid: String,
    account_sid: String,
    #[serde(default)]
    media_format: Option<MediaFormat>,
    #[serde(default)]
    custom_parameters: Option<HashMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MediaFormat {
    encoding: String,
    sample_rate: Lenient,
    channels: Lenient,
}

/// A whole number that arrives as a string, and sometimes as a number. Negative or fractional ones, and those
/// beyond 64 bits, are brought to the nearest that fits: an absurd clock is no reason to lose the audio.
#[derive(Default)]
struct Lenient(u64);

impl<'de> Deserialize<'de> for Lenient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Whole;

        impl Visitor<'_> for Whole {
            type Value = u64;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number, as a string or a number")
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<u64, E> {
                Ok(number)
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<u64, E> {
                Ok(u64::try_from(number).unwrap_or(0))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<u64, E> {
                // `as` saturates, and takes NaN for 0.
                Ok(number as u64)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<u64, E> {
                text.parse().or_else(|_| text.parse::<f64>().map(|number| number as u64)).map_err(E::custom)
            }
        }

        deserializer.deserialize_any(Whole).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn decode(message: &str) -> Result<Inbound, Malformed> {
        Decoder::default().decode(message)
    }

    #[test]
    fn the_documented_messages_are_read() {
        assert!(matches!(
            decode(r#"{"event":"connected","protocol":"Call","version":"1.0.0"}"#),
            Ok(Inbound::Connected)
        ));
        let start = r#"{"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{"accountSid":"AC1",
            "streamSid":"MZ1","callSid":"CA1","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw",
            "sampleRate":8000,"channels":1},"customParameters":{"token":"secret"}}}"#;
        let Ok(Inbound::Start(start)) = decode(start) else { panic!("not a start") };
        assert_eq!((start.stream_sid.as_str(), start.call_sid.as_str()), ("MZ1", "CA1"));
        assert_eq!(start.account_sid, "AC1");
        assert_eq!(start.parameters.get("token").map(ExposeSecret::expose_secret), Some("secret"));
        assert!(!format!("{start:?}").contains("secret"), "a secret is printed");
        assert!(matches!(
            decode(r#"{"event":"media","sequenceNumber":"4","streamSid":"MZ1","media":{"track":"inbound","chunk":"2","timestamp":"5","payload":"//79"}}"#),
            Ok(Inbound::Media { timestamp_ms: 5, payload }) if payload[..] == [0xff, 0xfe, 0xfd]
        ));
        assert!(matches!(
            decode(
                r#"{"event":"dtmf","streamSid":"MZ1","sequenceNumber":"5","dtmf":{"track":"inbound_track","digit":"1"}}"#
            ),
            Ok(Inbound::Dtmf('1'))
        ));
        assert!(matches!(
            decode(r#"{"event":"mark","sequenceNumber":"4","streamSid":"MZ1","mark":{"name":"my label"}}"#),
            Ok(Inbound::Mark(name)) if name == "my label"
        ));
        assert!(matches!(
            decode(
                r#"{"event":"stop","sequenceNumber":"5","streamSid":"MZ1","stop":{"accountSid":"AC1","callSid":"CA1"}}"#
            ),
            Ok(Inbound::Stop)
        ));
    }

    #[test]
    fn numbers_are_read_leniently() {
        for (timestamp, expected) in [
            (r#""20""#, 20),
            ("20", 20),
            ("20.7", 20),
            ("-3", 0),
            (r#""-3""#, 0),
            (r#""1e3""#, 1_000),
            ("99999999999999999999999", u64::MAX),
            (r#""99999999999999999999999""#, u64::MAX),
        ] {
            let message = format!(r#"{{"event":"media","media":{{"timestamp":{timestamp},"payload":"/w=="}}}}"#);
            assert!(
                matches!(decode(&message), Ok(Inbound::Media { timestamp_ms, .. }) if timestamp_ms == expected),
                "{timestamp}"
            );
        }
        let start = |rate: &str| {
            format!(
                r#"{{"event":"start","start":{{"streamSid":"M","callSid":"C","accountSid":"A",
                "mediaFormat":{{"encoding":"audio/x-mulaw","sampleRate":{rate},"channels":"1"}}}}}}"#
            )
        };
        assert!(matches!(decode(&start(r#""8000""#)), Ok(Inbound::Start(_))));
        assert!(matches!(decode(&start("16000")), Err(Malformed::Format)));
    }

    #[test]
    fn an_escaped_or_unpadded_payload_is_read() {
        for payload in [r"\/\/79", "//4", "//4="] {
            let message = format!(r#"{{"event":"media","media":{{"payload":"{payload}"}}}}"#);
            assert!(matches!(decode(&message), Ok(Inbound::Media { .. })), "{payload}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_and_nothing_of_it_is_repeated() {
        let long = "A".repeat(10_700);
        let huge = "A".repeat(MAX_MESSAGE_BYTES);
        for (message, expected) in [
            ("", Malformed::Json),
            ("[]", Malformed::Json),
            ("{}", Malformed::Json),
            (r#"{"event":5}"#, Malformed::Json),
            (r#"{"event":"media"}"#, Malformed::Incomplete),
            (r#"{"event":"media","media":{}}"#, Malformed::Json),
            (r#"{"event":"media","media":{"timestamp":"soon","payload":"/w=="}}"#, Malformed::Json),
            (r#"{"event":"media","media":{"payload":""}}"#, Malformed::EmptyPayload),
            (r#"{"event":"media","media":{"payload":"=="}}"#, Malformed::Base64),
            (r#"{"event":"media","media":{"payload":"A"}}"#, Malformed::Base64),
            (r#"{"event":"media","media":{"payload":"sécret"}}"#, Malformed::Base64),
            (&format!(r#"{{"event":"media","media":{{"payload":"{long}"}}}}"#), Malformed::LongPayload),
            (&format!(r#"{{"event":"media","media":{{"payload":"{huge}"}}}}"#), Malformed::TooLong),
            (r#"{"event":"dtmf","dtmf":{"digit":"x"}}"#, Malformed::Digit),
            (r#"{"event":"dtmf","dtmf":{"digit":"12"}}"#, Malformed::Digit),
            (r#"{"event":"start","start":{}}"#, Malformed::Json),
            (r#"{"event":"mark"}"#, Malformed::Incomplete),
        ] {
            assert_eq!(decode(message).err(), Some(expected), "{}", &message[..message.len().min(80)]);
        }
    }

    #[test]
    fn an_unknown_event_is_no_error() {
        assert!(matches!(decode(r#"{"event":"applause","clap":1}"#), Ok(Inbound::Unknown(name)) if name == "applause"));
    }

    #[test]
    fn the_buffer_is_used_again() {
        let mut decoder = Decoder::default();
        let message = format!(r#"{{"event":"media","media":{{"timestamp":"0","payload":"{}"}}}}"#, "/".repeat(212));
        let mut places = std::collections::HashSet::new();
        for _ in 0..500 {
            let Ok(Inbound::Media { payload, .. }) = decoder.decode(&message) else { panic!("not media") };
            places.insert(payload.as_ptr());
        }
        assert!(places.len() <= 2 * BUFFER_BYTES / 159, "{} places", places.len());
    }
}

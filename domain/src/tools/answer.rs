//! What the model sees of a server's answer.

use std::collections::BTreeMap;

use entity::tool::Fields;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use voice::tool::Outcome;

use super::call::{Called, refused};
use crate::outbound::Answer;

/// Characters that the model sees: a few pages, sent to it in each turn from now on.
const LONGEST: usize = 8_000;
/// Of a refusal.
const LONGEST_REFUSAL: usize = 1_000;

pub(super) fn read(answer: &Answer, fields: Option<&Fields>, secrets: &BTreeMap<String, SecretString>) -> Called {
    let status = Some(answer.status);
    let failed = |message: &str| Called { status, ..Called::failed(Outcome::Failed, "answer", message.to_owned()) };
    let Ok(text) = str::from_utf8(&answer.body) else { return failed("the answer is no text") };
    // PostgreSQL keeps no NUL.
    let text = without(secrets, text.replace('\0', ""));
    if !(200..300).contains(&answer.status) {
        return refused(answer.status, &cut(text.trim(), LONGEST_REFUSAL));
    }
    let seen = match fields {
        None => text,
        Some(fields) => match serde_json::from_str::<Value>(&text) {
            Ok(body) => picked(&body, fields),
            Err(_) => return failed("the answer is no JSON, of which fields could be picked"),
        },
    };
    let seen = if seen.trim().is_empty() { r#"{"done":true}"#.to_owned() } else { cut(&seen, LONGEST) };
    Called { outcome: Outcome::Done, text: seen, status, latency: std::time::Duration::ZERO, problem: None }
}

/// The fields, null where the answer has none.
fn picked(body: &Value, fields: &Fields) -> String {
    let pick = |pointer: &str| body.pointer(pointer).cloned().unwrap_or_default();
    let picked: Map<_, _> = fields.0.iter().map(|field| (field.name.clone(), pick(&field.pointer))).collect();
    Value::Object(picked).to_string()
}

/// Some servers say back what they were sent; a model would say it to the caller.
fn without(secrets: &BTreeMap<String, SecretString>, mut text: String) -> String {
    // A shorter one would be found in words that have nothing to do with it.
    const SHORTEST: usize = 8;
    for secret in secrets.values() {
        let whole = secret.expose_secret();
        // What follows `Bearer` or `Basic` is the secret by itself.
        let last = whole.rsplit(' ').next().unwrap_or(whole);
        for value in [whole, last].into_iter().filter(|value| value.len() >= SHORTEST) {
            text = text.replace(value, "[secret]");
        }
    }
    text
}

fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}… (cut off here)", &text[..at]),
    }
}

#[cfg(test)]
mod tests {
    use entity::tool::Field;

    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer { status, content_type: None, body: body.to_owned().into() }
    }

    fn fields(fields: &[(&str, &str)]) -> Fields {
        let field = |(name, pointer): &(&str, &str)| Field { name: (*name).to_owned(), pointer: (*pointer).to_owned() };
        Fields(fields.iter().map(field).collect())
    }

    #[test]
    fn the_model_sees_what_the_tenant_picked_and_no_more_than_it_can_read() {
        let whole = read(&answer(200, r#"{"a": 1}"#), None, &none());
        assert_eq!((whole.text.as_str(), whole.outcome, whole.problem), (r#"{"a": 1}"#, Outcome::Done, None));
        let order = r#"{"order": {"state": "sent", "lines": [{"sku": "x"}]}, "secret": 1}"#;
        let picked = fields(&[("state", "/order/state"), ("sku", "/order/lines/0/sku"), ("eta", "/order/eta")]);
        let seen: Value = serde_json::from_str(&read(&answer(200, order), Some(&picked), &none()).text).expect("JSON");
        assert_eq!(seen, serde_json::json!({"state": "sent", "sku": "x", "eta": null}));
        assert_eq!(read(&answer(204, ""), None, &none()).text, r#"{"done":true}"#);
        let long = read(&answer(200, &"é".repeat(9_000)), None, &none()).text;
        assert_eq!(long.chars().filter(|c| *c == 'é').count(), 8_000);
        assert!(long.ends_with("(cut off here)"));
    }

    fn none() -> BTreeMap<String, SecretString> {
        BTreeMap::new()
    }

    #[test]
    fn a_server_that_says_secrets_back_tells_the_model_none() {
        let secret = |name: &str, value: &str| (name.to_owned(), SecretString::from(value));
        let secrets = BTreeMap::from([secret("Authorization", "Bearer abcdefgh1234"), secret("X-Pin", "12")]);
        let echo = r#"{"authorization": "Bearer abcdefgh1234", "token": "abcdefgh1234", "pin": "12"}"#;
        for status in [200, 401] {
            let seen = read(&answer(status, echo), None, &secrets).text;
            assert!(!seen.contains("abcdefgh") && seen.contains("[secret]"), "{seen}");
        }
    }

    #[test]
    fn what_went_wrong_is_said_to_the_model_and_to_the_tenant() {
        let gone = read(&answer(404, r#"{"message": "no order 7"}"#), None, &none());
        assert_eq!((gone.outcome, gone.status), (Outcome::Failed, Some(404)));
        assert!(gone.text.contains("404") && gone.text.contains("no order 7"), "{}", gone.text);
        assert_eq!(gone.problem.map(|problem| problem.kind), Some("status"));
        let html = read(&answer(200, "<html>"), Some(&fields(&[("a", "/a")])), &none());
        assert_eq!(html.problem.map(|problem| problem.kind), Some("answer"));
        let binary = Answer { status: 200, content_type: None, body: bytes::Bytes::from_static(&[0xff, 0xfe]) };
        assert_eq!(read(&binary, None, &none()).problem.map(|problem| problem.kind), Some("answer"));
    }
}

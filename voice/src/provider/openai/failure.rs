//! What an error answer means.
//!
//! Kept of it: status, `type`, `code` and `param` where they are identifiers, and the request id. The free text
//! (`message`) is dropped: servers quote the input and parts of the key in it.

use std::time::{Duration, SystemTime};

use reqwest::header::HeaderMap;
use serde::Deserialize;
use serde_json::Value;

use crate::provider::ErrorKind;

/// The verdict on one failed exchange.
#[derive(Debug, PartialEq)]
pub(super) struct Failure {
    pub kind: ErrorKind,
    pub message: String,
    pub retry_after: Option<Duration>,
    pub about_format: Option<AboutFormat>,
}

/// What a server has against `response_format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AboutFormat {
    /// It does not know it, or not with this model.
    Unknown,
    /// This schema is none that it can hold a model to.
    Schema,
}

/// `{"type", "message", "param", "code"}`; any of them may be missing, and `code` a number.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ErrorObject {
    r#type: Option<Value>,
    param: Option<Value>,
    code: Option<Value>,
}

/// The error in a body, if it has one: `{"error": {…}}`, or `{"error": "…"}` as some servers write.
pub(super) fn find(body: &[u8]) -> Option<ErrorObject> {
    #[derive(Deserialize)]
    struct Body {
        error: Value,
    }
    let Body { error } = serde_json::from_slice(body).ok()?;
    (!error.is_null()).then(|| serde_json::from_value(error).unwrap_or_default())
}

/// An answer with an error status. `now` is for a `retry-after` that is a date.
pub(super) fn of_answer(status: u16, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Failure {
    let error = find(body).unwrap_or_default();
    let mut kind = error.kind(Some(status));
    match headers.get("x-should-retry").map(|value| value.as_bytes()) {
        Some(b"true") if kind == ErrorKind::Refused => kind = ErrorKind::Unavailable,
        Some(b"false") if kind.is_retryable() => kind = ErrorKind::Refused,
        _ => {}
    }
    let about_format = (kind == ErrorKind::Refused).then(|| about_format(body)).flatten();
    let message = error.message(Some(status), headers);
    Failure { kind, message, retry_after: retry_after(headers, now), about_format }
}

/// Servers say in `param` what they refuse, or in words only, or (behind a framework) in a structure of their own: all of
/// it is searched, none of it kept.
fn about_format(body: &[u8]) -> Option<AboutFormat> {
    let body = String::from_utf8_lossy(body).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|words| body.contains(words));
    if !says(&["response_format", "json_schema", "json_object"]) {
        return None;
    }
    Some(if says(&["invalid schema", "invalid_json_schema"]) { AboutFormat::Schema } else { AboutFormat::Unknown })
}

/// An error object inside an answer that began well.
pub(super) fn of_object(error: &ErrorObject, headers: &HeaderMap) -> Failure {
    Failure { kind: error.kind(None), message: error.message(None, headers), retry_after: None, about_format: None }
}

impl ErrorObject {
    fn kind(&self, status: Option<u16>) -> ErrorKind {
        let is = |name: &str| [&self.code, &self.r#type].into_iter().flatten().any(|value| value == name);
        if is("insufficient_quota") || is("credit_balance_exhausted") {
            return ErrorKind::QuotaExhausted;
        }
        let number = || self.code.as_ref().and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok());
        match status.or_else(number) {
            Some(401 | 403) => ErrorKind::Unauthorized,
            Some(402) => ErrorKind::QuotaExhausted,
            Some(408) => ErrorKind::Timeout,
            Some(409) => ErrorKind::Unavailable,
            Some(429) => ErrorKind::RateLimited,
            Some(300..500) => ErrorKind::Refused,
            Some(_) => ErrorKind::Unavailable,
            None if is("rate_limit_exceeded") || is("slow_down") => ErrorKind::RateLimited,
            None if is("invalid_api_key") => ErrorKind::Unauthorized,
            None if is("invalid_request_error") => ErrorKind::Refused,
            None => ErrorKind::Unavailable,
        }
    }

    fn message(&self, status: Option<u16>, headers: &HeaderMap) -> String {
        let mut parts = Vec::new();
        match status {
            Some(status) => parts.push(format!("status {status}")),
            None => parts.push("error within the answer".to_owned()),
        }
        for (name, value) in [("type", &self.r#type), ("code", &self.code), ("param", &self.param)] {
            match value {
                Some(Value::String(text)) if is_identifier(text) => parts.push(format!("{name} {text}")),
                Some(Value::Number(number)) => parts.push(format!("{name} {number}")),
                _ => {}
            }
        }
        if let Some(id) = request_id(headers) {
            parts.push(format!("request {id}"));
        }
        parts.join(", ")
    }
}

/// The provider's own name for this exchange: what its support asks for.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    headers.get("x-request-id").and_then(|value| value.to_str().ok()).filter(|id| is_identifier(id))
}

/// How long to wait before asking again: `retry-after-ms`, else `retry-after` in seconds or as a date.
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    if let Some(ms) = text("retry-after-ms").and_then(|ms| ms.parse::<f64>().ok()) {
        return Duration::try_from_secs_f64(ms / 1_000.0).ok();
    }
    let after = text("retry-after")?;
    match after.parse::<f64>() {
        Ok(seconds) => Duration::try_from_secs_f64(seconds).ok(),
        Err(_) => Some(httpdate::parse_http_date(after).ok()?.duration_since(now).unwrap_or_default()),
    }
}

/// Whether a server's word can go into a log: an identifier cannot be a sentence that somebody said, and a key
/// is no part of these fields.
fn is_identifier(text: &str) -> bool {
    (1..=80).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.[]:".contains(&byte))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use reqwest::header::{HeaderName, HeaderValue};

    use super::*;

    fn answer(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Failure {
        let headers = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        // Sun, 06 Nov 1994 08:49:37 GMT
        of_answer(status, &headers, body.as_bytes(), SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777))
    }

    #[test]
    fn each_status_has_its_kind() {
        for (status, kind) in [
            (302, ErrorKind::Refused),
            (400, ErrorKind::Refused),
            (401, ErrorKind::Unauthorized),
            (402, ErrorKind::QuotaExhausted),
            (403, ErrorKind::Unauthorized),
            (404, ErrorKind::Refused),
            (408, ErrorKind::Timeout),
            (409, ErrorKind::Unavailable),
            (429, ErrorKind::RateLimited),
            (500, ErrorKind::Unavailable),
            (503, ErrorKind::Unavailable),
            (529, ErrorKind::Unavailable),
        ] {
            assert_eq!(answer(status, &[], "<html>").kind, kind, "{status}");
        }
    }

    #[test]
    fn an_exhausted_quota_is_told_from_a_rate_limit_by_code_or_type() {
        for body in [
            r#"{"error":{"code":"insufficient_quota","type":"requests"}}"#,
            r#"{"error":{"code":null,"type":"insufficient_quota"}}"#,
            r#"{"error":{"code":"credit_balance_exhausted"}}"#,
        ] {
            assert_eq!(answer(429, &[], body).kind, ErrorKind::QuotaExhausted, "{body}");
        }
        assert_eq!(answer(429, &[], r#"{"error":{"code":"rate_limit_exceeded"}}"#).kind, ErrorKind::RateLimited);
    }

    #[test]
    fn what_is_refused_for_its_format_is_told_from_other_refusals() {
        for (status, body, about) in [
            (
                400,
                r#"{"error":{"param":"response_format","message":"not supported with this model"}}"#,
                Some(AboutFormat::Unknown),
            ),
            (
                422,
                r#"{"detail":[{"loc":["body","response_format"],"msg":"extra fields"}]}"#,
                Some(AboutFormat::Unknown),
            ),
            (400, r#"{"error":"'response_format.type' must be 'json_schema'"}"#, Some(AboutFormat::Unknown)),
            (
                400,
                r#"{"error":{"param":"response_format","message":"Invalid schema for response_format 'a'"}}"#,
                Some(AboutFormat::Schema),
            ),
            (400, r#"{"error":{"param":"messages","message":"too long"}}"#, None),
            (429, r#"{"error":{"message":"too many tokens for response_format"}}"#, None),
            (500, "response_format", None),
        ] {
            assert_eq!(answer(status, &[], body).about_format, about, "{body}");
        }
    }

    #[test]
    fn the_message_holds_codes_and_the_request_id_and_never_free_text() {
        let body = r#"{"error":{"message":"Incorrect key sk-abc: 'my name is Bob'","type":"invalid_request_error",
            "param":"messages[0].content","code":"my name is Bob"}}"#;
        let failure = answer(400, &[("x-request-id", "req_7")], body);
        assert_eq!(failure.message, "status 400, type invalid_request_error, param messages[0].content, request req_7");
    }

    #[test]
    fn retry_after_is_read_in_all_its_forms() {
        let after = |name, value| answer(429, &[(name, value)], "").retry_after;
        assert_eq!(after("retry-after-ms", "250"), Some(Duration::from_millis(250)));
        assert_eq!(after("retry-after", "2"), Some(Duration::from_secs(2)));
        assert_eq!(after("retry-after", "1.5"), Some(Duration::from_millis(1_500)));
        assert_eq!(after("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"), Some(Duration::from_secs(10)));
        assert_eq!(after("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT"), Some(Duration::ZERO));
        for nonsense in ["soon", "-1", "NaN", "inf", "1e300", ""] {
            assert_eq!(after("retry-after", nonsense), None, "{nonsense}");
        }
        let both = answer(429, &[("retry-after-ms", "40"), ("retry-after", "9")], "");
        assert_eq!(both.retry_after, Some(Duration::from_millis(40)));
    }

    #[test]
    fn the_server_may_forbid_or_ask_for_a_retry() {
        assert_eq!(answer(503, &[("x-should-retry", "false")], "").kind, ErrorKind::Refused);
        assert_eq!(answer(400, &[("x-should-retry", "true")], "").kind, ErrorKind::Unavailable);
        assert_eq!(answer(401, &[("x-should-retry", "true")], "").kind, ErrorKind::Unauthorized);
    }

    #[test]
    fn an_error_inside_an_answer_is_sorted_by_its_words_or_number() {
        let kind = |body: &str| find(body.as_bytes()).unwrap().kind(None);
        assert_eq!(kind(r#"{"error":{"code":"rate_limit_exceeded"}}"#), ErrorKind::RateLimited);
        assert_eq!(kind(r#"{"error":{"code":429}}"#), ErrorKind::RateLimited);
        assert_eq!(kind(r#"{"error":{"type":"server_error"}}"#), ErrorKind::Unavailable);
        assert_eq!(kind(r#"{"error":{"type":"invalid_request_error"}}"#), ErrorKind::Refused);
        assert_eq!(kind(r#"{"error":"something broke"}"#), ErrorKind::Unavailable);
        assert!(find(br#"{"error":null,"choices":[]}"#).is_none());
        assert!(find(br#"{"text":"hello"}"#).is_none());
    }
}

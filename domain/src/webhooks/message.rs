//! What is sent: body, headers, signature, as <https://www.standardwebhooks.com> says (specification 1.0).

use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, Utc};
use entity::{event, id::EventId};
use hmac::{Hmac, KeyInit, Mac};
use rand::Rng;
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use sha2::Sha256;

const PREFIX: &str = "whsec_";

/// Random bytes of a secret: 24 to 64 are asked for.
const SECRET: usize = 32;

/// `whsec_` and base64.
pub(super) fn new_secret() -> SecretString {
    let mut bytes = [0; SECRET];
    rand::rng().fill_bytes(&mut bytes);
    format!("{PREFIX}{}", BASE64_STANDARD.encode(bytes)).into()
}

/// The same text for each try of an event.
pub(super) fn body(event: &event::Model) -> String {
    json!({ "type": event.r#type, "timestamp": event.created_at, "data": event.data }).to_string()
}

/// All but the signature.
pub(super) fn plain_headers(id: EventId, at: DateTime<Utc>) -> [(&'static str, String); 3] {
    [
        ("content-type", "application/json".to_owned()),
        // The event's own id: a repeat is known by it.
        ("webhook-id", id.to_string()),
        ("webhook-timestamp", at.timestamp().to_string()),
    ]
}

pub(super) fn headers(id: EventId, at: DateTime<Utc>, body: &str, secrets: &[SecretString]) -> HeaderMap {
    let mut headers: HeaderMap = plain_headers(id, at)
        .into_iter()
        .filter_map(|(name, value)| Some((HeaderName::from_static(name), HeaderValue::try_from(value).ok()?)))
        .collect();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let signatures: Vec<_> = secrets.iter().map(|secret| sign(secret, id, at, body)).collect();
    let mut value = HeaderValue::try_from(signatures.join(" ")).expect("base64 can stand in a header");
    value.set_sensitive(true);
    headers.insert(HeaderName::from_static("webhook-signature"), value);
    headers
}

/// `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`.
fn sign(secret: &SecretString, id: EventId, at: DateTime<Utc>, body: &str) -> String {
    let text = secret.expose_secret();
    let key = BASE64_STANDARD.decode(text.strip_prefix(PREFIX).unwrap_or(text)).unwrap_or_default();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes keys of any length");
    mac.update(format!("{id}.{}.{body}", at.timestamp()).as_bytes());
    format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use standardwebhooks::Webhook;

    use super::*;

    #[test]
    fn the_public_library_takes_what_is_signed_with_either_secret() {
        let (old, new, other) = (new_secret(), new_secret(), new_secret());
        let (id, body) = (EventId::new(), r#"{"type":"call.ended","data":{"name":"Zo\u00eb"}}"#);
        let headers = headers(id, Utc::now(), body, &[new.clone(), old.clone()]);
        let verify = |secret: &SecretString, body: &str| {
            Webhook::new(secret.expose_secret()).unwrap().verify(body.as_bytes(), &headers)
        };
        verify(&old, body).unwrap();
        verify(&new, body).unwrap();
        verify(&other, body).unwrap_err();
        verify(&new, "{}").unwrap_err();
        assert_eq!(BASE64_STANDARD.decode(&new.expose_secret()[PREFIX.len()..]).unwrap().len(), SECRET);
    }
}

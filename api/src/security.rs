//! What browsers are told to hold us to: headers on every answer, and who else's pages may ask.

mod cors;
mod pages;

use poem::http::{HeaderMap, HeaderName, HeaderValue, header};

pub use self::{cors::cors, pages::page};

/// For answers that are data: nothing in them is ever to be run, shown in a frame or submitted to.
const DATA: HeaderValue =
    HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");

const ALWAYS: [(HeaderName, HeaderValue); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// A year. Without `includeSubDomains`: other hosts of the domain are not ours to speak for.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000");

/// Puts them on an answer; what it says itself of caching, content and permissions stands. `is_https`: browsers reach us by HTTPS.
pub fn harden(headers: &mut HeaderMap, is_https: bool) {
    for (name, value) in ALWAYS {
        headers.insert(name, value);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(DATA);
    headers.entry("permissions-policy").or_insert(PERMISSIONS);
    if is_https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
}

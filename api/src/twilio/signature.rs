//! `X-Twilio-Signature`: whether a request comes from the Twilio account that owns the number.
//!
//! `base64(HMAC-SHA1(auth token, URL + what was sent))`. The URL is the one that Twilio asked for, so it is built
//! from our configured public address, never from what a proxy says. Facts and vectors:
//! <https://www.twilio.com/docs/usage/security> and the validators of Twilio's own SDKs.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// What is signed beside the URL.
#[derive(Clone, Copy, Debug)]
pub enum Sent<'a> {
    /// The decoded parameters of a form, all of them, in any order; empty for a GET.
    Form(&'a [(String, String)]),
    /// A body that is no form: the URL carries its hash as `bodySHA256`.
    #[cfg_attr(not(test), expect(dead_code, reason = "of Twilio's webhooks that we take today none has such a body"))]
    Body(&'a [u8]),
    /// A websocket handshake. Twilio signs the `wss` URL, some versions with a slash at its end, some as `https`.
    Handshake,
}

/// Whether `signature` (the header's value) is the one that the holder of `token` makes for `url`.
///
/// `url` is tried with and without a port, as Twilio's SDKs do; user information and fragment are not signed.
/// Takes the same time wherever a wrong signature differs.
pub fn is_valid(token: &SecretString, url: &str, sent: Sent<'_>, signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature.trim()) else { return false };
    if let Sent::Body(body) = sent
        && !hash_is_in(url, body)
    {
        return false;
    }
    let url = Url::read(url);
    spellings(&url, sent).iter().any(|url| mac(token, url, sent).verify_slice(&signature).is_ok())
}

/// The signature of a form posted to `url`, as Twilio would make it.
pub fn sign(token: &SecretString, url: &str, form: &[(String, String)]) -> String {
    STANDARD.encode(mac(token, url, Sent::Form(form)).finalize().into_bytes())
}

/// Of exactly this spelling of the URL.
fn mac(token: &SecretString, url: &str, sent: Sent<'_>) -> Hmac<Sha1> {
    let key = token.expose_secret().as_bytes();
    let mut mac = Hmac::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(url.as_bytes());
    if let Sent::Form(parameters) = sent {
        // By name, then by value; the same pair twice counts once.
        for (name, value) in parameters.iter().collect::<BTreeSet<_>>() {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
    }
    mac
}

/// All ways in which Twilio may have written the URL.
fn spellings(url: &Url<'_>, sent: Sent<'_>) -> Vec<String> {
    let Url { scheme, host, port, path } = *url;
    let is_handshake = matches!(sent, Sent::Handshake);
    let secure = matches!(scheme, "https" | "wss");
    let schemes = match (is_handshake, secure) {
        (true, true) => vec!["wss", "https"],
        (true, false) => vec!["ws", "http"],
        (false, _) => vec![scheme],
    };
    let paths = match path.strip_suffix('/') {
        _ if !is_handshake => vec![path.to_owned()],
        Some(bare) => vec![bare.to_owned(), path.to_owned()],
        None => vec![path.to_owned(), format!("{path}/")],
    };
    let port = port.unwrap_or(if secure { "443" } else { "80" });
    let mut urls = Vec::with_capacity(8);
    for scheme in schemes {
        for path in &paths {
            urls.push(format!("{scheme}://{host}{path}"));
            urls.push(format!("{scheme}://{host}:{port}{path}"));
        }
    }
    urls
}

/// A URL in its parts, exactly as written: a parser that normalises would change what was signed.
#[derive(Clone, Copy)]
struct Url<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    /// Path and query.
    path: &'a str,
}

impl<'a> Url<'a> {
    fn read(url: &'a str) -> Self {
        let url = url.split_once('#').map_or(url, |(url, _)| url);
        let (scheme, rest) = url.split_once("://").unwrap_or(("https", url));
        let (authority, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
        let authority = authority.rsplit_once('@').map_or(authority, |(_, authority)| authority);
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => (host, Some(port)),
            _ => (authority, None),
        };
        Self { scheme, host, port, path }
    }
}

/// Whether the URL's `bodySHA256` is the hash of `body`.
fn hash_is_in(url: &str, body: &[u8]) -> bool {
    let Some((_, query)) = url.split_once('?') else { return false };
    let Some(claimed) = query.split(['&', '#']).find_map(|pair| pair.strip_prefix("bodySHA256=")) else { return false };
    let hash: String = Sha256::digest(body).iter().map(|byte| format!("{byte:02x}")).collect();
    hash.as_bytes().ct_eq(claimed.to_ascii_lowercase().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "/myapp.php?foo=1&bar=2";

    fn call(from: &str) -> Vec<(String, String)> {
        [("From", from), ("To", "+18005551212"), ("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("Caller", from)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec()
    }

    /// Under the token of all vectors.
    fn accepts(url: &str, sent: Sent<'_>, signature: &str) -> bool {
        is_valid(&"12345".into(), url, sent, signature)
    }

    /// Exactly this spelling of the URL, so that each vector proves its own row.
    fn signed(url: &str, sent: Sent<'_>) -> String {
        STANDARD.encode(mac(&"12345".into(), url, sent).finalize().into_bytes())
    }

    #[test]
    fn the_published_vectors_are_accepted() {
        let (first, second) = (call("+14158675309"), call("+14158675310"));
        let digits =
            [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let json = r#"{"property": "value", "boolean": true}"#.as_bytes();
        let hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        let vectors = [
            (format!("https://mycompany.com{PATH}"), Sent::Form(&first), "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
            (format!("https://example.com{PATH}"), Sent::Form(&second), "L/OH5YylLD5NRKLltdqwSvS0BnU="),
            (format!("https://mycompany.com:443{PATH}"), Sent::Form(&first), "kvajT1Ptam85bY51eRf/AJRuM3w="),
            (format!("http://mycompany.com:80{PATH}"), Sent::Form(&first), "0ZXoZLH/DfblKGATFgpif+LLRf4="),
            (format!("http://mycompany.com:1234{PATH}"), Sent::Form(&first), "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
            (format!("https://mycompany.com{PATH}"), Sent::Form(&digits), "IK+Dwps556ElfBT0I3Rgjkr1wJU="),
            (
                format!("https://mycompany.com{PATH}&bodySHA256={hash}"),
                Sent::Body(json),
                "a9nBmqA0ju/hNViExpshrM61xv4=",
            ),
            ("wss://example.com/media".to_owned(), Sent::Handshake, "7PR3qMkpDyEJtMrVOY/LDyNq8J8="),
            ("wss://example.com/media/".to_owned(), Sent::Handshake, "T+WBXwUXC0/CyoZ1DA+p9ilZORs="),
        ];
        for (url, sent, signature) in vectors {
            assert_eq!(signed(&url, sent), signature, "{url}");
            assert!(accepts(&url, sent, signature), "{url}");
            assert!(!is_valid(&"54321".into(), &url, sent, signature), "another token is accepted for {url}");
        }
    }

    #[test]
    fn the_port_may_be_written_or_not() {
        let form = call("+14158675309");
        for url in [format!("https://mycompany.com{PATH}"), format!("https://mycompany.com:443{PATH}")] {
            assert!(accepts(&url, Sent::Form(&form), "RSOYDt4T1cUTdK1PDd93/VVr8B8="), "{url}");
            assert!(accepts(&url, Sent::Form(&form), "kvajT1Ptam85bY51eRf/AJRuM3w="), "{url}");
        }
    }

    #[test]
    fn user_information_and_connection_overrides_are_not_signed() {
        let url = format!("https://user:pass@mycompany.com{PATH}#rc=3&rp=ct");
        assert!(accepts(&url, Sent::Form(&call("+14158675309")), "RSOYDt4T1cUTdK1PDd93/VVr8B8="));
    }

    #[test]
    fn every_spelling_of_a_handshake_is_accepted() {
        for scheme in ["wss", "https"] {
            for port in ["", ":443"] {
                for slash in ["", "/"] {
                    let signature = signed(&format!("{scheme}://example.com{port}/media{slash}"), Sent::Handshake);
                    for ours in ["wss://example.com/media", "https://example.com:443/media/"] {
                        assert!(accepts(ours, Sent::Handshake, &signature), "{scheme} {port} {slash} for {ours}");
                    }
                }
            }
        }
        let elsewhere = signed("wss://example.com/other", Sent::Handshake);
        assert!(!accepts("wss://example.com/media", Sent::Handshake, &elsewhere));
        let form = signed("https://example.com/media/", Sent::Form(&[]));
        assert!(!accepts("https://example.com/media", Sent::Form(&[]), &form), "only handshakes may differ by a slash");
    }

    #[test]
    fn a_parameter_more_less_or_changed_is_refused() {
        let url = format!("https://mycompany.com{PATH}");
        let signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";
        let mut more = call("+14158675309");
        more.push(("New".to_owned(), String::new()));
        let mut changed = call("+14158675309");
        changed[3].1.push(' ');
        for form in [&more[..], &more[..4], &changed] {
            assert!(!accepts(&url, Sent::Form(form), signature));
        }
        for signature in ["", "x", "RSOYDt4T1cUTdK1PDd93", "kvajT1Ptam85bY51eRf/AJRuM3x="] {
            assert!(!accepts(&url, Sent::Form(&call("+14158675309")), signature));
        }
    }

    #[test]
    fn the_body_must_have_the_hash_that_was_signed() {
        let body = br#"{"CallSid":"CA1234567890ABCDE","Caller":"+12349013030"}"#;
        let url = "https://example.com/?bodySHA256=5ccde7145dfb8f56479710896586cb9d5911809d83afbe34627818790db0aec9";
        let signature = signed(url, Sent::Body(body));
        assert!(accepts(url, Sent::Body(body), &signature));
        assert!(!accepts(url, Sent::Body(b"{}"), &signature));
        let bare = signed("https://example.com/", Sent::Body(body));
        assert!(!accepts("https://example.com/", Sent::Body(body), &bare));
    }
}

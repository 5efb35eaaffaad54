//! `X-Twilio-Signature`, as the caller's side makes it.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Signs a request: base64 of the HMAC-SHA1, under the account's auth token, of the URL as requested and, for a form
/// post, of its parameters sorted by name (values of one name without duplicates, sorted).
///
/// The fragment and `user:password@` are no part of what is signed. For a GET, a websocket handshake or a JSON body
/// `params` is empty. Source: Twilio's "Webhooks security" page and the validators of its SDKs.
pub fn signature(auth_token: &str, url: &str, params: &[(String, String)]) -> String {
    let mut sorted: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (name, value) in params {
        sorted.entry(name).or_default().insert(value);
    }
    let mut mac = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(signed_url(url).as_bytes());
    for (name, values) in sorted {
        for value in values {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The URL without fragment and user information, otherwise letter for letter.
fn signed_url(url: &str) -> String {
    let url = url.split_once('#').map_or(url, |(url, _)| url);
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}://{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALL: [(&str, &str); 5] = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
        ("Caller", "+14158675309"),
    ];

    fn sign(url: &str, params: &[(&str, &str)]) -> String {
        let params: Vec<_> = params.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        signature("12345", url, &params)
    }

    #[test]
    fn the_vectors_of_twilios_own_sdks_hold() {
        for (url, expected) in [
            ("https://mycompany.com/myapp.php?foo=1&bar=2", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
            ("https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="),
            ("http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="),
            ("http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="),
        ] {
            assert_eq!(sign(url, &CALL), expected, "{url}");
        }
        let mut other = CALL;
        (other[2].1, other[4].1) = ("+14158675310", "+14158675310");
        assert_eq!(sign("https://example.com/myapp.php?foo=1&bar=2", &other), "L/OH5YylLD5NRKLltdqwSvS0BnU=");
    }

    #[test]
    fn names_sort_by_bytes_and_repeated_values_count_once() {
        let params =
            [("Sid", "CA123"), ("SidAccount", "AC123"), ("Digits", "5678"), ("Digits", "1234"), ("Digits", "1234")];
        assert_eq!(sign("https://mycompany.com/myapp.php?foo=1&bar=2", &params), "IK+Dwps556ElfBT0I3Rgjkr1wJU=");
    }

    #[test]
    fn a_json_body_is_signed_through_its_hash_in_the_url() {
        let url = "https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=\
                   0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620";
        assert_eq!(sign(url, &[]), "a9nBmqA0ju/hNViExpshrM61xv4=");
    }

    #[test]
    fn a_websocket_handshake_is_signed_as_its_url() {
        assert_eq!(sign("wss://example.com/media", &[]), "7PR3qMkpDyEJtMrVOY/LDyNq8J8=");
        assert_eq!(sign("wss://example.com/media/", &[]), "T+WBXwUXC0/CyoZ1DA+p9ilZORs=");
    }

    #[test]
    fn fragment_and_user_information_are_not_signed() {
        let plain = sign("https://example.com/a?b=c", &CALL);
        assert_eq!(sign("https://user:secret@example.com/a?b=c#rc=2&rp=ct,5xx", &CALL), plain);
    }
}

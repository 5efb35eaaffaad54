//! Our own addresses, as Twilio sees them.

use domain::twilio::Webhooks;
use poem::Request;

use crate::{config::Settings, problem::ApiError};

const STREAM: &str = "/webhooks/twilio/stream";
/// Twilio asks again, up to five times, when it cannot connect, gets no answer or a 5xx: long enough for a
/// restarted process to be back. The part behind `#` is for Twilio's client and is not signed.
const CONTINUE: &str = "/webhooks/twilio/continue#rc=5&rp=ct,rt,5xx";

/// `PUBLIC_URL`, or the address that we listen on: enough for a simulated Twilio on the same machine.
pub fn base(settings: &Settings) -> String {
    match &settings.calls.public_url {
        Some(url) => url.as_str().trim_end_matches('/').to_owned(),
        None if settings.http.bind.ip().is_unspecified() => format!("http://127.0.0.1:{}", settings.http.bind.port()),
        None => format!("http://{}", settings.http.bind),
    }
}

/// The address of one of our webhooks: `incoming`, `fallback`, `status`, `test`.
pub fn webhook(settings: &Settings, name: &str) -> String {
    format!("{}/webhooks/twilio/{name}", base(settings))
}

/// Where a number's calls, failures and states are to be sent.
pub fn webhooks(settings: &Settings) -> Webhooks {
    Webhooks::at(&base(settings))
}

/// [`webhooks`], to be written into a number's settings.
///
/// 409 (`public_url_missing`) where the real Twilio would be told an address that it cannot reach, and forget the one
/// that it has.
pub fn reachable_webhooks(settings: &Settings) -> Result<Webhooks, ApiError> {
    let is_real = settings.twilio.twilio_api_url.host_str().is_some_and(|host| host.ends_with("twilio.com"));
    if is_real && settings.calls.public_url.is_none() {
        let why =
            "the server does not know its own address: set PUBLIC_URL, or enter the addresses in Twilio's console";
        return Err(ApiError::blocked("public_url_missing", why));
    }
    Ok(webhooks(settings))
}

/// The URL that this request was sent to, as its sender wrote it. Never taken from what a proxy or the request
/// itself says of the host.
pub fn asked_for(settings: &Settings, request: &Request) -> String {
    let uri = request.original_uri();
    format!("{}{}", base(settings), uri.path_and_query().map_or(uri.path(), |path| path.as_str()))
}

/// Where media streams go: `wss://…`, or `ws://…` on one machine.
pub fn stream(settings: &Settings) -> String {
    let base = base(settings);
    let rest = base.strip_prefix("http").expect("the public URL is http or https");
    format!("ws{rest}{STREAM}")
}

/// Where Twilio asks what comes after a stream.
pub fn next(settings: &Settings) -> String {
    format!("{}{CONTINUE}", base(settings))
}

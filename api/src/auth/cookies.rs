//! The refresh token as a browser holds it: in a cookie that no script can read.
//!
//! `__Host-` cookies are set by this very host over HTTPS (or to this machine) and by no neighbour, which makes the
//! double submit hold: a page elsewhere can neither read the CSRF cookie nor plant one.

use chrono::{DateTime, Utc};
use domain::sessions::Opened;
use poem::{Request, http::header};
use rand::distr::{Alphanumeric, SampleString};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use url::{Origin, Url};

use crate::{AppState, problem::ApiError};

const REFRESH: &str = "__Host-switchboard_refresh";

/// Read by our own pages, which send it back in [`CSRF_HEADER`].
const CSRF: &str = "__Host-switchboard_csrf";

const CSRF_HEADER: &str = "X-CSRF-Token";

/// Each worth 5.95 bits.
const CSRF_LENGTH: usize = 32;

/// Lines of `Set-Cookie` that give a browser the refresh token for as long as it is good.
pub(crate) fn of(opened: &Opened, now: DateTime<Utc>) -> [String; 2] {
    let seconds = (opened.session.expires_at - now).num_seconds().max(0);
    let csrf = Alphanumeric.sample_string(&mut rand::rng(), CSRF_LENGTH);
    lines(opened.refresh_token.expose_secret(), &csrf, seconds)
}

/// And those that take it away.
pub(crate) fn none() -> [String; 2] {
    lines("", "", 0)
}

fn lines(refresh: &str, csrf: &str, seconds: i64) -> [String; 2] {
    let attributes = format!("Max-Age={seconds}; Path=/; Secure; SameSite=Strict");
    [format!("{REFRESH}={refresh}; {attributes}; HttpOnly"), format!("{CSRF}={csrf}; {attributes}")]
}

/// The refresh token of the request's cookie; `None`: there is none. It counts only together with the header that
/// proves the sender to be a page of ours (403, `csrf`).
pub(crate) fn refresh_token(request: &Request) -> Result<Option<SecretString>, ApiError> {
    let Some(token) = cookie(request, REFRESH) else { return Ok(None) };
    check_origin(request)?;
    let (sent, kept) = (request.header(CSRF_HEADER).unwrap_or_default(), cookie(request, CSRF).unwrap_or_default());
    if kept.is_empty() || !bool::from(sent.as_bytes().ct_eq(kept.as_bytes())) {
        let detail = format!("with the cookie, the header `{CSRF_HEADER}` must repeat what `{CSRF}` holds");
        return Err(ApiError::forbidden("csrf", detail));
    }
    Ok(Some(token.into()))
}

/// Refuses what a page of another origin sends (403, `foreign_origin`). No `Origin`: no page sent it.
pub(crate) fn check_origin(request: &Request) -> Result<(), ApiError> {
    let Some(origin) = request.header(header::ORIGIN) else { return Ok(()) };
    let is_ours = Url::parse(origin).is_ok_and(|url| is_ours(request, &url.origin()));
    if is_ours { Ok(()) } else { Err(ApiError::forbidden("foreign_origin", "a page of another origin sent this")) }
}

/// As PUBLIC_URL says; or the host that the request names, for whoever comes another way.
fn is_ours(request: &Request, origin: &Origin) -> bool {
    let public = request.data::<AppState>().and_then(|state| state.settings.calls.public_url.as_ref());
    if public.is_some_and(|url| url.origin() == *origin) {
        return true;
    }
    let host = request.header(header::HOST).unwrap_or_default();
    ["https", "http"].iter().any(|scheme| {
        Url::parse(&format!("{scheme}://{host}")).is_ok_and(|url| origin.is_tuple() && url.origin() == *origin)
    })
}

/// Ours hold letters and digits: nothing is quoted or escaped.
fn cookie<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let lines = request.headers().get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}

//! The admin UI: the files that `make ui` builds, carried by the program (a debug build reads them from the disk).

use poem::{
    Body, IntoResponse, Request, Response, handler,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    web::{Html, Redirect},
};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::problem::Problem;

#[derive(RustEmbed)]
#[folder = "../admin-ui/dist/"]
#[allow_missing = true]
struct Dist;

/// Its own scripts and nobody else's. Styles: menus and dialogs write elements with what they measured. `blob:`: recordings
/// and audio that the page holds itself. `'self'` means sockets of this origin, too.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
     font-src 'self'; connect-src 'self'; media-src 'self' blob:; worker-src 'self' blob:; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'",
);

/// People talk to their agents from here.
const PERMISSIONS: HeaderValue =
    HeaderValue::from_static("camera=(), display-capture=(), geolocation=(), microphone=(self), payment=(), usb=()");

/// A name under `assets/` has a hash of its content in it.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// What the build has compressed, the smaller first: coding, and the end of the file's name.
const CODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><title>Switchboard</title><h1>The admin UI is not built</h1>\
    <p>Run <code>make ui</code> (it needs Node.js 20.19 or newer), then build and start the server again. \
    The API is complete without it: <a href=\"/docs\">/docs</a>.</p></html>";

/// `/ui`, whose pages name each other from `/ui/` on.
#[handler]
pub fn enter() -> Redirect {
    Redirect::permanent("/ui/")
}

/// `/twilio/dashboard`, where the page once was.
#[handler]
pub fn twilio_dashboard() -> Redirect {
    Redirect::permanent("/ui/twilio")
}

/// A file, or the page that all addresses of the UI share.
#[handler]
pub fn serve(request: &Request) -> Response {
    let path = request.uri().path().strip_prefix("/ui/").unwrap_or_default();
    answer::<Dist>(path, request.headers())
}

fn answer<Files: RustEmbed>(path: &str, asked: &HeaderMap) -> Response {
    let mut response = if is_file(path) {
        let file = Files::get(path).map(|plain| content::<Files>(path, plain, asked));
        file.unwrap_or_else(|| Problem::new(StatusCode::NOT_FOUND, "not_found", "there is no such file").into_http())
    } else {
        let page = Files::get("index.html").map(|plain| content::<Files>("index.html", plain, asked));
        page.unwrap_or_else(|| Html(NOT_BUILT).with_status(StatusCode::SERVICE_UNAVAILABLE).into_response())
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(HeaderName::from_static("permissions-policy"), PERMISSIONS);
    response
}

/// Pages' addresses have no dot in their last part.
fn is_file(path: &str) -> bool {
    path.starts_with("assets/") || path.rsplit('/').next().is_some_and(|name| name.contains('.'))
}

fn content<Files: RustEmbed>(path: &str, plain: EmbeddedFile, asked: &HeaderMap) -> Response {
    let kind = plain.metadata.mimetype().to_owned();
    let kind = if kind.starts_with("text/") { format!("{kind}; charset=utf-8") } else { kind };
    let coded = CODINGS.iter().filter(|(coding, _)| accepts(asked, coding));
    let coded = coded.filter_map(|(coding, end)| Some((*coding, Files::get(&format!("{path}{end}"))?))).next();
    let (coding, file) = coded.map_or((None, plain), |(coding, file)| (Some(coding), file));

    let tag = tag(&file);
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tags| tags.to_str().ok());
    let is_known = known.is_some_and(|tags| tags.split(',').any(|known| known.trim() == tag));
    let caching = if path.starts_with("assets/") { FOR_EVER } else { ASK_AGAIN };
    let response = Response::builder()
        .header(header::CACHE_CONTROL, caching)
        .header(header::ETAG, tag)
        .header(header::VARY, "Accept-Encoding");
    if is_known {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    let response = response.header(header::CONTENT_TYPE, kind);
    let response = match coding {
        Some(coding) => response.header(header::CONTENT_ENCODING, coding),
        None => response,
    };
    response.body(Body::from(file.data.into_owned()))
}

/// Of the bytes that are sent: each coding has its own.
fn tag(file: &EmbeddedFile) -> String {
    let hash = file.metadata.sha256_hash();
    let hex: String = hash.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hex}\"")
}

fn accepts(asked: &HeaderMap, coding: &str) -> bool {
    let lines = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
        let is_refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case(coding) && !is_refused
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    /// A build as small as can be: a page, and a script with its compressed forms.
    #[derive(RustEmbed)]
    #[folder = "tests/ui/"]
    struct Built;

    struct Nothing;

    impl RustEmbed for Nothing {
        fn get(_: &str) -> Option<EmbeddedFile> {
            None
        }

        fn iter() -> impl Iterator<Item = Cow<'static, str>> + 'static {
            std::iter::empty()
        }
    }

    fn get<Files: RustEmbed>(path: &str, headers: &[(HeaderName, &'static str)]) -> Response {
        let asked = headers.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value))).collect();
        answer::<Files>(path, &asked)
    }

    fn header(response: &Response, name: HeaderName) -> &str {
        response.header(name).unwrap_or_default()
    }

    #[test]
    fn every_address_without_a_file_name_is_the_page() {
        for path in ["", "index.html", "agents", "agents/01936f2e", "reset"] {
            let page = get::<Built>(path, &[]);
            assert_eq!(page.status(), StatusCode::OK, "{path}");
            assert_eq!(header(&page, header::CONTENT_TYPE), "text/html; charset=utf-8", "{path}");
            assert_eq!(header(&page, header::CACHE_CONTROL), "no-cache", "{path}");
        }
        for path in ["nothing.js", "assets/nothing", "a/b.css"] {
            assert_eq!(get::<Built>(path, &[]).status(), StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[test]
    fn a_hashed_file_is_kept_for_ever_and_sent_as_the_browser_reads_it() {
        const PATH: &str = "assets/app-1a2b.js";
        let mut tags = Vec::new();
        for (accepted, coding) in
            [("", ""), ("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip")]
        {
            let script = get::<Built>(PATH, &[(header::ACCEPT_ENCODING, accepted)]);
            assert_eq!(header(&script, header::CONTENT_ENCODING), coding, "{accepted}");
            assert_eq!(header(&script, header::CONTENT_TYPE), "text/javascript; charset=utf-8");
            assert_eq!(header(&script, header::CACHE_CONTROL), "public, max-age=31536000, immutable");
            assert_eq!(header(&script, header::VARY), "Accept-Encoding");
            tags.push(header(&script, header::ETAG).to_owned());
        }
        tags.sort_unstable();
        tags.dedup();
        assert_eq!(tags.len(), 3, "each coding has a tag: {tags:?}");
    }

    #[test]
    fn what_the_browser_has_is_not_sent_again() {
        let first = get::<Built>("", &[]);
        let tag: &'static str = header(&first, header::ETAG).to_owned().leak();
        let second = get::<Built>("", &[(header::IF_NONE_MATCH, tag)]);
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(get::<Built>("", &[(header::IF_NONE_MATCH, "\"another\"")]).status(), StatusCode::OK);
    }

    #[test]
    fn without_a_build_the_page_says_how_to_make_one() {
        let page = get::<Nothing>("agents", &[]);
        assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(header(&page, header::CONTENT_TYPE), "text/html; charset=utf-8");
    }
}

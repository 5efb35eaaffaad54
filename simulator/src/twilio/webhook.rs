//! Requests that Twilio makes: signed, bounded in time, repeated as the URL's fragment says.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

use reqwest::{
    StatusCode,
    header::{CONTENT_TYPE, HeaderMap},
};
use uuid::Uuid;

use super::{
    report::Trouble,
    signature::signature,
    twiml::{Callback, Method},
};

/// The whole of a voice webhook, retries included.
const TOTAL: Duration = Duration::from_secs(15);
/// TwiML documents are small; Twilio takes no more than 64 KB.
const BODY_MAX: usize = 64 * 1024;

/// Makes the requests of one call.
#[derive(Clone, Debug)]
pub(super) struct Requester {
    pub auth_token: String,
    pub tunnel: Option<Tunnel>,
    /// Sent in place of the true signature.
    pub forged_signature: Option<String>,
}

/// Requests for `public` go to `local`, as through a load balancer or a tunnel. Signed is what is public.
#[derive(Clone, Debug)]
pub(super) struct Tunnel {
    pub public: String,
    pub local: String,
}

/// How one request ended.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: Option<u16>,
    pub took: Duration,
    pub outcome: Result<Document, Trouble>,
}

#[derive(Debug)]
pub(super) struct Document {
    pub content_type: String,
    pub body: String,
}

/// Between two tries that found nobody listening: five of them outlast a server's restart.
const REFUSED: Duration = Duration::from_secs(2);

/// The overrides in a URL's fragment. Source: Twilio's "Webhooks: connection overrides".
#[derive(Clone, Debug, PartialEq)]
struct Overrides {
    connect: Duration,
    read: Duration,
    retries: u32,
    policy: Vec<String>,
}

impl Overrides {
    fn of(url: &str) -> Self {
        let mut overrides =
            Self { connect: Duration::from_secs(5), read: TOTAL, retries: 1, policy: vec!["ct".to_owned()] };
        let fragment = url.split_once('#').map_or("", |(_, fragment)| fragment);
        for (name, value) in fragment.split('&').filter_map(|pair| pair.split_once('=')) {
            let ms = value.parse().map(Duration::from_millis);
            match name {
                "ct" => overrides.connect = ms.unwrap_or(overrides.connect).min(Duration::from_secs(10)),
                "rt" => overrides.read = ms.unwrap_or(overrides.read).min(TOTAL),
                "rc" => overrides.retries = value.parse().unwrap_or(overrides.retries).min(5),
                "rp" => overrides.policy = value.split(',').map(str::to_owned).collect(),
                _ => {}
            }
        }
        overrides
    }

    fn retry(&self, class: &str) -> bool {
        self.policy.iter().any(|policy| policy == class || policy == "all")
    }
}

impl Requester {
    /// Requests `callback` with `params`, again if its fragment says so; all tries carry the same idempotency token.
    pub async fn request(&self, callback: &Callback, params: &[(String, String)], token: Uuid) -> Answer {
        let overrides = Overrides::of(&callback.url);
        let begun = Instant::now();
        let deadline = tokio::time::Instant::now() + TOTAL;
        let mut tries = 0;
        loop {
            tries += 1;
            let attempt = self.attempt(callback, params, token, &overrides);
            let (status, class, outcome) = match tokio::time::timeout_at(deadline, attempt).await {
                Ok(result) => result,
                Err(_) => (None, "", Err(Trouble::new(11_200, format!("{}: no answer within 15 s", callback.url)))),
            };
            if outcome.is_ok() || tries > overrides.retries || !overrides.retry(class) {
                return Answer { status, took: begun.elapsed(), outcome };
            }
            if class == "ct" {
                // A refusal comes at once on one machine; over the internet a try takes its time.
                tokio::time::sleep(REFUSED).await;
            }
        }
    }

    async fn attempt(
        &self,
        callback: &Callback,
        params: &[(String, String)],
        token: Uuid,
        overrides: &Overrides,
    ) -> (Option<u16>, &'static str, Result<Document, Trouble>) {
        let fail = |code, class, message: String| (None, class, Err(Trouble::new(code, message)));
        let mut url = callback.url.split('#').next().unwrap_or_default().to_owned();
        let form = serde_urlencoded::to_string(params).unwrap_or_default();
        let signed: &[(String, String)] = match callback.method {
            Method::Post => params,
            Method::Get => {
                url.push(if url.contains('?') { '&' } else { '?' });
                url.push_str(&form);
                &[]
            }
        };
        let client = match client(overrides) {
            Ok(client) => client,
            Err(error) => return fail(11_200, "", format!("no HTTP client: {error}")),
        };
        let signature = self.forged_signature.clone().unwrap_or_else(|| signature(&self.auth_token, &url, signed));
        let reached = self.reach(&url);
        let request = match callback.method {
            Method::Get => client.get(reached),
            Method::Post => {
                client.post(reached).header(CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8").body(form)
            }
        };
        let request =
            request.header("X-Twilio-Signature", signature).header("I-Twilio-Idempotency-Token", token.to_string());
        let response = match request.send().await {
            Ok(response) => response,
            Err(error) if error.is_connect() => return fail(11_205, "ct", format!("{url}: no connection")),
            Err(error) if error.is_timeout() => return fail(11_200, "rt", format!("{url}: no answer in time")),
            Err(error) => return fail(11_200, "rt", format!("{url}: {}", error.without_url())),
        };
        let status = response.status();
        let code = Some(status.as_u16());
        if !status.is_success() {
            let class = if status.is_server_error() {
                "5xx"
            } else if status.is_client_error() {
                "4xx"
            } else {
                ""
            };
            return (code, class, Err(Trouble::new(11_200, format!("{url} answered {status}"))));
        }
        let content_type = content_type(response.headers());
        match response.text().await {
            Ok(body) if body.len() <= BODY_MAX => (code, "", Ok(document(status, content_type, body))),
            Ok(_) => (code, "", Err(Trouble::new(11_750, format!("{url}: more than 64 KB")))),
            Err(_) => (code, "rt", Err(Trouble::new(11_200, format!("{url}: answer broke off")))),
        }
    }

    /// Where a public URL is reached.
    pub fn reach(&self, url: &str) -> String {
        match &self.tunnel {
            Some(tunnel) => match url.strip_prefix(tunnel.public.as_str()) {
                Some(path) if path.is_empty() || path.starts_with(['/', '?']) => format!("{}{path}", tunnel.local),
                _ => url.to_owned(),
            },
            None => url.to_owned(),
        }
    }
}

/// The client for these overrides. The usual one is made once: it holds the trusted roots, which take a while to read.
fn client(overrides: &Overrides) -> Result<reqwest::Client, reqwest::Error> {
    static USUAL: OnceLock<reqwest::Client> = OnceLock::new();
    let usual = *overrides == Overrides::of("");
    if let Some(client) = USUAL.get().filter(|_| usual) {
        return Ok(client.clone());
    }
    // An error means that the program has installed a provider already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(overrides.connect)
        .timeout(overrides.read)
        // No connection outlives its request: the next one may come from another runtime, and Twilio's come from
        // many machines.
        .pool_max_idle_per_host(0)
        .user_agent("TwilioProxy/1.1")
        .build()?;
    Ok(if usual { USUAL.get_or_init(|| client).clone() } else { client })
}

fn document(status: StatusCode, content_type: String, body: String) -> Document {
    // 204 and an empty answer are "nothing to do".
    let body = if status == StatusCode::NO_CONTENT || body.trim().is_empty() { "<Response/>".to_owned() } else { body };
    Document { content_type, body }
}

fn content_type(headers: &HeaderMap) -> String {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_overrides_retries_and_timeouts() {
        let overrides = Overrides::of("https://a/b#ct=2000&rc=3&rp=ct,5xx&e=ashburn");
        assert_eq!(overrides.connect, Duration::from_secs(2));
        assert_eq!(overrides.retries, 3);
        assert!(overrides.retry("5xx") && overrides.retry("ct") && !overrides.retry("4xx"));
        let usual = Overrides::of("https://a/b");
        assert_eq!((usual.retries, usual.retry("ct"), usual.retry("5xx")), (1, true, false));
    }

    #[test]
    fn only_what_is_public_goes_through_the_tunnel() {
        let requester = Requester {
            auth_token: String::new(),
            tunnel: Some(Tunnel { public: "https://a.example".into(), local: "http://127.0.0.1:1".into() }),
            forged_signature: None,
        };
        assert_eq!(requester.reach("https://a.example/x?y"), "http://127.0.0.1:1/x?y");
        assert_eq!(requester.reach("https://a.example.org/x"), "https://a.example.org/x");
    }
}

//! Requests to addresses that tenants give: their tools, their webhooks, their providers.
//!
//! A tenant must not reach what only we can reach. The address of every connection is checked when the name has been
//! resolved, and that very address is connected to, so a name that answers differently the second time gains nothing.
//! Proxies of the environment are ignored, redirects are followed here, each checked again, and what comes back is
//! bounded in time and size.

mod failure;
mod networks;

use std::{
    net::{SocketAddr, ToSocketAddrs},
    sync::Arc,
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use reqwest::{
    Method, Response, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{
        ACCEPT_ENCODING, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue, LOCATION,
        RETRY_AFTER,
    },
    redirect,
};
use tokio::sync::Semaphore;
use url::{Host, Url};

use failure::Blocked;
pub use failure::Failure;
pub use networks::PrivateNetworks;

/// Redirects followed before a request is given up.
pub const MOST_REDIRECTS: usize = 3;

/// A host that is there answers the handshake within this.
const CONNECT: Duration = Duration::from_secs(3);

/// Names resolved at once. Each holds one of the runtime's 512 blocking threads for as long as its name server is
/// silent; the built-in speech engines need those too.
const LOOKUPS: usize = 64;

/// Addresses of one name that are tried.
const MOST_ADDRESSES: usize = 8;

/// The client for tenants' addresses; cloned freely, one pool a process.
#[derive(Clone)]
pub struct Outbound {
    client: reqwest::Client,
    guard: Arc<Guard>,
}

struct Guard {
    private: PrivateNetworks,
    resolver: Arc<dyn Resolve>,
}

/// One request. No `Debug`: it holds secrets.
pub struct Request {
    pub method: Method,
    /// From [`Outbound::check`].
    pub url: Url,
    pub headers: HeaderMap,
    /// Sent to the address's own origin only, not to where it redirects.
    pub secret_headers: HeaderMap,
    /// Sent again on a redirect that asks for it (307, 308), within the origin.
    pub body: Option<Bytes>,
    /// For all of it, redirects included.
    pub timeout: Duration,
    /// Bytes of the answer's body.
    pub max_bytes: usize,
}

/// What came back, whatever the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub content_type: Option<String>,
    pub body: Bytes,
}

/// What came back first, whatever the status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct First {
    pub status: u16,
    /// The header's text.
    pub retry_after: Option<String>,
    pub body: Bytes,
}

impl Outbound {
    /// A client that reaches public hosts, and what the operator allows beside them.
    ///
    /// # Panics
    /// When no rustls provider is installed as the process's default.
    pub fn new(private: PrivateNetworks) -> Self {
        Self::with_resolver(private, Arc::new(System(Arc::new(Semaphore::new(LOOKUPS)))))
    }

    /// With names resolved by another than the system; its answers are checked all the same.
    pub fn with_resolver(private: PrivateNetworks, resolver: Arc<dyn Resolve>) -> Self {
        let guard = Arc::new(Guard { private, resolver });
        let builder = reqwest::Client::builder()
            .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT)
            .tcp_nodelay(true)
            // Many tenants' hosts, few requests to each.
            .pool_max_idle_per_host(8)
            .pool_idle_timeout(Duration::from_secs(60));
        let client = guarded(builder, &guard).build().expect("a rustls provider is installed");
        Self { client, guard }
    }

    /// The guard put on a client of another make, for who needs its answers as streams. Its requests must go to
    /// addresses that passed [`check`](Self::check): an IP address in a URL is not resolved.
    pub fn guard(&self, builder: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        guarded(builder, &self.guard)
    }

    /// The address, if requests may be sent to it as far as its text tells. Names are checked when they are resolved.
    pub fn check(&self, url: &str) -> Result<Url, Failure> {
        let url = Url::parse(url).map_err(|_| Failure::Address("is not a URL"))?;
        self.check_url(&url)?;
        Ok(url)
    }

    fn check_url(&self, url: &Url) -> Result<(), Failure> {
        match url.scheme() {
            "https" => {}
            // Within an operator's own networks there may be no certificates.
            "http" if !self.guard.private.is_empty() => {}
            "http" => return Err(Failure::Address("must begin with https://")),
            _ => return Err(Failure::Address("must begin with https://, nothing else is spoken")),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Failure::Address("must hold no user and no password"));
        }
        // Below 1024 lie the services that speak other protocols than ours: mail, shells, directories.
        if url.port().is_some_and(|port| port < 1024 && port != 80 && port != 443) {
            return Err(Failure::Address("must have port 80, 443 or one from 1024"));
        }
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(name)) if !name.is_empty() => None,
            _ => return Err(Failure::Address("names no host")),
        };
        if literal.is_some_and(|address| !self.guard.private.allow(address)) {
            return Err(Failure::BlockedAddress);
        }
        Ok(())
    }

    /// Sends it once and gives the first answer, be it a redirect; of its body the first `max_bytes`, or as much as came
    /// in time.
    pub async fn send_once(&self, request: Request) -> Result<First, Failure> {
        self.check_url(&request.url)?;
        let deadline = tokio::time::Instant::now() + request.timeout;
        let asked = tokio::time::timeout_at(deadline, self.ask(&request)).await;
        let mut answer = asked.unwrap_or(Err(Failure::Timeout))?;
        let retry_after = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let mut body = BytesMut::new();
        // The status is what counts: what breaks off behind it is left out.
        while body.len() < request.max_bytes
            && let Ok(Ok(Some(chunk))) = tokio::time::timeout_at(deadline, answer.chunk()).await
        {
            body.extend_from_slice(&chunk);
        }
        body.truncate(request.max_bytes);
        Ok(First { status: answer.status().as_u16(), retry_after, body: body.freeze() })
    }

    /// Sends it and gives what comes back, redirects followed.
    pub async fn send(&self, request: Request) -> Result<Answer, Failure> {
        let timeout = request.timeout;
        tokio::time::timeout(timeout, self.follow(request)).await.unwrap_or(Err(Failure::Timeout))
    }

    async fn follow(&self, mut request: Request) -> Result<Answer, Failure> {
        for _ in 0..=MOST_REDIRECTS {
            self.check_url(&request.url)?;
            let answer = self.ask(&request).await?;
            let Some(to) = target(&answer, &request.url)? else { return read(answer, request.max_bytes).await };
            request = redirected(request, answer.status(), to)?;
        }
        Err(Failure::Redirects)
    }

    async fn ask(&self, request: &Request) -> Result<Response, Failure> {
        let mut asked = self
            .client
            .request(request.method.clone(), request.url.clone())
            .headers(request.headers.clone())
            .headers(request.secret_headers.clone())
            // A small answer that unfolds into a huge one would pass our bound.
            .header(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        if let Some(body) = &request.body {
            asked = asked.body(body.clone());
        }
        asked.send().await.map_err(|error| Failure::of(&error))
    }
}

fn guarded(builder: reqwest::ClientBuilder, guard: &Arc<Guard>) -> reqwest::ClientBuilder {
    builder
        .dns_resolver(Guarded(guard.clone()))
        // Behind a proxy we would not know whom we reach.
        .no_proxy()
        .redirect(redirect::Policy::none())
        .referer(false)
}

/// Where the answer sends us; `None`: it is the answer.
fn target(answer: &Response, from: &Url) -> Result<Option<Url>, Failure> {
    if !matches!(answer.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = answer.headers().get(LOCATION) else { return Ok(None) };
    let location = location.to_str().ok().and_then(|location| from.join(location).ok());
    location.map(Some).ok_or(Failure::Redirects)
}

/// The request for the next hop, as browsers make it, but for what another origin must not see.
fn redirected(mut request: Request, status: StatusCode, to: Url) -> Result<Request, Failure> {
    let becomes_get = match status {
        StatusCode::SEE_OTHER => request.method != Method::HEAD,
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => request.method == Method::POST,
        _ => false,
    };
    if becomes_get {
        request.method = Method::GET;
        request.body = None;
        request.headers.remove(CONTENT_TYPE);
    }
    if to.origin() != request.url.origin() {
        // It says what a caller said; nobody named this address for it.
        if request.body.is_some() {
            return Err(Failure::Redirects);
        }
        request.secret_headers.clear();
        request.headers.remove(AUTHORIZATION);
        request.headers.remove(COOKIE);
    }
    request.url = to;
    Ok(request)
}

async fn read(mut answer: Response, max_bytes: usize) -> Result<Answer, Failure> {
    let text = |name| answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    if text(CONTENT_ENCODING).is_some_and(|encoding| !encoding.trim().eq_ignore_ascii_case("identity")) {
        return Err(Failure::Unreadable);
    }
    if answer.content_length().is_some_and(|length| length > max_bytes as u64) {
        return Err(Failure::TooLarge);
    }
    let (status, content_type) = (answer.status().as_u16(), text(CONTENT_TYPE));
    let mut body = BytesMut::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| Failure::of(&error))? {
        if body.len() + chunk.len() > max_bytes {
            return Err(Failure::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, content_type, body: body.freeze() })
}

/// Answers a name only with addresses that may be connected to.
struct Guarded(Arc<Guard>);

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.0.clone();
        Box::pin(async move {
            let addresses: Vec<SocketAddr> = guard.resolver.resolve(name).await?.collect();
            // One that is not public makes the name suspect: no honest name has both.
            if addresses.iter().any(|address| !guard.private.allow(address.ip())) {
                return Err(Blocked.into());
            }
            Ok(Box::new(addresses.into_iter().take(MOST_ADDRESSES)) as Addrs)
        })
    }
}

/// The system's resolver.
struct System(Arc<Semaphore>);

impl Resolve for System {
    fn resolve(&self, name: Name) -> Resolving {
        let lookups = self.0.clone();
        Box::pin(async move {
            let place = lookups.acquire_owned().await?;
            // Held to the lookup's end, not to the future's: the thread goes on when nobody waits for it any more.
            let lookup = tokio::task::spawn_blocking(move || {
                let _place = place;
                (name.as_str(), 0).to_socket_addrs()
            });
            Ok(Box::new(lookup.await??) as Addrs)
        })
    }
}

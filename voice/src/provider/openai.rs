//! The three capabilities over OpenAI's HTTP interface, from OpenAI or from any server that speaks it.
//!
//! Each stage has an [`Endpoint`] of its own, so that servers can be mixed; all share one [`client`]. Nothing
//! here retries: [`super::policy`] does. Sources: OpenAI's OpenAPI file 2.3.0, and the behaviour of Ollama, vLLM
//! and llama.cpp where they differ.

mod api;
mod chat;
pub mod defaults;
mod endpoint;
mod failure;
mod models;
mod speech;
mod sse;
mod transcriptions;

use std::time::Duration;

pub use chat::ChatCompletions;
pub use endpoint::{Endpoint, EndpointError, TokenLimit};
pub use models::{Listed, models};
pub use speech::Speech;
pub use transcriptions::Transcriptions;

/// The HTTP client for all endpoints of a process: build one and clone it, it is a handle to one pool.
///
/// HTTP/2 where TLS negotiates it, else HTTP/1.1 with kept connections. Over HTTP/2 all requests to a host share
/// one connection and wait when the server's stream limit (often 100 to 250) is reached; a process with more
/// simultaneous requests than that to one host takes several clients.
///
/// # Panics
/// When no rustls provider is installed as the process's default, or the system has no certificate store.
pub fn client() -> reqwest::Client {
    client_builder().build().expect("a rustls provider is installed and the system has certificates")
}

/// [`client`], for who puts something on it.
pub fn client_builder() -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
        // A live turn cannot wait longer for a connection; the next provider is asked instead.
        .connect_timeout(Duration::from_secs(1))
        .tcp_nodelay(true)
        .tcp_keepalive(Duration::from_secs(30))
        // A connection that died silently is found before a turn is lost on it.
        .http2_keep_alive_interval(Duration::from_secs(20))
        .http2_keep_alive_timeout(Duration::from_secs(5))
        .http2_keep_alive_while_idle(true)
        .pool_idle_timeout(Duration::from_secs(90))
        // HTTP/1.1 servers: one connection for each of 500 calls in the busiest stage.
        .pool_max_idle_per_host(512)
        // A redirect would carry a caller's speech to an address nobody configured.
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
}

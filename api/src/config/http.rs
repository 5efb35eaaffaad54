use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use clap::Args;
use ipnet::IpNet;
use poem::http::HeaderValue;

/// The door.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "HTTP")]
pub struct HttpConfig {
    /// Address and port to listen on
    #[arg(long, env = "BIND", default_value = "127.0.0.1:4000", value_name = "ADDRESS:PORT", value_parser = address)]
    pub bind: SocketAddr,
    /// Connections open at once; more wait to be accepted
    #[arg(long, env = "MAX_CONNECTIONS", default_value_t = 12_000, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    pub max_connections: u32,
    /// Seconds that one HTTP request may take
    #[arg(long, env = "REQUEST_TIMEOUT_S", default_value_t = 60, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=3_600))]
    pub request_timeout_s: u64,
    /// Networks whose word on a client's address is taken, as `10.0.0.0/8,192.168.1.7`: the proxies in front that
    /// write `X-Forwarded-For`; without it nobody's is
    #[arg(long, env = "TRUSTED_PROXIES", value_name = "NETWORKS", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Origins whose pages may use the API from a browser, as `https://app.example.com,https://example.org`; without
    /// it none but our own
    #[arg(long, env = "CORS_ORIGINS", value_name = "ORIGINS", value_delimiter = ',', value_parser = origin)]
    pub cors_origins: Vec<HeaderValue>,
}

impl HttpConfig {
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_s)
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("{text:?} is not an address and port such as 127.0.0.1:4000"))
}

fn network(text: &str) -> Result<IpNet, String> {
    let text = text.trim();
    let single = text.parse::<IpAddr>().map(IpNet::from);
    text.parse().or(single).map_err(|_| format!("{text:?} is not a network such as 10.0.0.0/8"))
}

/// As browsers write it into `Origin`.
fn origin(text: &str) -> Result<HeaderValue, String> {
    let text = text.trim();
    let origin = text.parse::<url::Url>().ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let origin = origin.map(|url| url.origin().ascii_serialization()).filter(|origin| origin == text);
    origin.and_then(|origin| origin.parse().ok()).ok_or_else(|| {
        format!("{text:?} is not an origin such as https://app.example.com: no path, no slash at the end")
    })
}

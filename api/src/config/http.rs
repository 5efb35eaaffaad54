use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use clap::Args;
use ipnet::IpNet;

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

use std::{net::SocketAddr, time::Duration};

use clap::Args;

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
}

impl HttpConfig {
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_s)
    }
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("{text:?} is not an address and port such as 127.0.0.1:4000"))
}

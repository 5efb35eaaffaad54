use std::time::Duration;

use clap::Args;
use url::Url;

/// Calls, whatever the line.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Calls")]
pub struct CallConfig {
    /// Address under which Twilio reaches this server (https://…), as entered in the Twilio console: signatures
    /// are checked against it, and streams are sent to it; without it, the address of BIND
    #[arg(long, env = "PUBLIC_URL", value_name = "URL", value_parser = public_url)]
    pub public_url: Option<Url>,
    /// Calls and voice sockets at once; one more is told that the house is full
    #[arg(long, env = "MAX_CALLS", default_value_t = 500, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub max_calls: u32,
    /// Seconds that running calls may go on after a stop was asked for
    #[arg(long, env = "CALL_DRAIN_S", default_value_t = 30, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(0..=3_600))]
    pub call_drain_s: u64,
}

impl CallConfig {
    pub fn drain(&self) -> Duration {
        Duration::from_secs(self.call_drain_s)
    }
}

fn public_url(text: &str) -> Result<Url, String> {
    // No error repeats the text: it may carry a password.
    let url = Url::parse(text).map_err(|error| format!("not a URL: {error}"))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must carry no user and no password: streams would be sent to it with them".to_owned());
    }
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err("must be https://host[:port] (http:// for a test on one machine)".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("must carry no query and no fragment".to_owned());
    }
    Ok(url)
}

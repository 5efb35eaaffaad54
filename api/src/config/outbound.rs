use clap::Args;
use domain::outbound::PrivateNetworks;

/// Requests to addresses that tenants give.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Tenants' addresses")]
pub struct OutboundConfig {
    /// Networks that tenants' tools and providers may reach though they are not public, such as `10.1.0.0/16,::1/128`;
    /// with any, `http://` is allowed beside `https://`. Without it no tenant reaches any of them
    #[arg(long, env = "ALLOW_PRIVATE_NETWORKS", default_value = "", hide_default_value = true, value_name = "NETWORKS", value_parser = networks)]
    pub allow_private_networks: PrivateNetworks,
}

fn networks(text: &str) -> Result<PrivateNetworks, String> {
    text.parse()
}

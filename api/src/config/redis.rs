use clap::Args;
use domain::jobs::redis_url;
use secrecy::SecretString;

/// What processes tell each other by.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Redis")]
pub struct RedisConfig {
    /// `redis://…` or `rediss://…`; carries jobs between processes. Without it, jobs that another process does are
    /// found in the database within a second
    #[arg(long, env = "REDIS_URL", value_name = "URL", value_parser = redis_url)]
    pub redis_url: Option<SecretString>,
}

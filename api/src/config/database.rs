use std::path::Path;

use clap::Args;
use secrecy::{ExposeSecret, SecretString};

/// Where rows live.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Database")]
pub struct DatabaseConfig {
    /// `postgres://…` or `sqlite://…`; without it, SQLite at DATA_DIR/switchboard.db
    #[arg(long, env = "DATABASE_URL", value_name = "URL", value_parser = database_url)]
    pub database_url: Option<SecretString>,
    /// Connections in the pool
    #[arg(long, env = "DATABASE_MAX_CONNECTIONS", default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1_000))]
    pub database_max_connections: u32,
}

impl DatabaseConfig {
    /// The URL to connect to.
    pub fn url(&self, data_dir: &Path) -> SecretString {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}?mode=rwc", data_dir.join("switchboard.db").display()).into())
    }

    /// Whether the database is a file of this process (SQLite).
    pub fn is_embedded(&self) -> bool {
        self.database_url.as_ref().is_none_or(|url| url.expose_secret().starts_with("sqlite:"))
    }
}

/// The text is a secret (it may carry a password): no error repeats it.
fn database_url(text: &str) -> Result<SecretString, String> {
    let known = ["sqlite:", "postgres:", "postgresql:"].iter().any(|scheme| text.starts_with(scheme));
    if !known {
        return Err("must begin with postgres:// or sqlite://".to_owned());
    }
    Ok(SecretString::from(text))
}

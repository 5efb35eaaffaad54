//! Configuration: environment variables and flags, one struct a concern. `--help` documents all of them.
//!
//! A variable that is set but empty counts as not set, so a copied `.env` with blanks does no harm.

mod account;
mod call;
mod database;
mod http;
mod limit;
mod log;
mod operator;
mod outbound;
mod redis;
mod twilio;
mod vault;

use std::{ffi::OsString, path::PathBuf};

use clap::{Args, Parser, Subcommand};

pub use account::{AccountConfig, SignUp};
pub use call::CallConfig;
pub use database::DatabaseConfig;
pub use http::HttpConfig;
pub use limit::LimitConfig;
pub use log::{LogConfig, LogFormat, log_filter};
pub use operator::OperatorConfig;
pub use outbound::OutboundConfig;
pub use providers::{Choice, Fallback, Invalid, PriceConfig, ProviderConfig, Remote, StageConfig};
pub use redis::RedisConfig;
pub use twilio::TwilioConfig;
pub use vault::VaultConfig;
use worker::flags;
pub use worker::{KeepingConfig, MailConfig, flags::Stop};

/// Everything that Switchboard can be told from outside.
#[derive(Clone, Debug, Parser)]
#[command(
    name = "switchboard",
    version,
    about = "AI phone agents for many tenants: answers Twilio calls, browser sockets and HTTP.",
    after_help = "Every option can be given as an environment variable or in a file named .env; a flag wins over the \
                  environment, the environment over .env."
)]
pub struct Settings {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub http: HttpConfig,
    #[command(flatten)]
    pub files: FileConfig,
    #[command(flatten)]
    pub database: DatabaseConfig,
    #[command(flatten)]
    pub redis: RedisConfig,
    #[command(flatten)]
    pub vault: VaultConfig,
    #[command(flatten)]
    pub accounts: AccountConfig,
    #[command(flatten)]
    pub mail: MailConfig,
    #[command(flatten)]
    pub providers: ProviderConfig,
    #[command(flatten)]
    pub calls: CallConfig,
    #[command(flatten)]
    pub limits: LimitConfig,
    #[command(flatten)]
    pub keeping: KeepingConfig,
    #[command(flatten)]
    pub operators: OperatorConfig,
    #[command(flatten)]
    pub outbound: OutboundConfig,
    #[command(flatten)]
    pub twilio: TwilioConfig,
    #[command(flatten)]
    pub log: LogConfig,
}

/// What to do; without one the server runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Run the server (what happens without a command)
    Serve,
    /// Print the OpenAPI document and exit
    Openapi,
}

/// Where files lie.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Files")]
pub struct FileConfig {
    /// Directory of the embedded database, the vault key and the demo call's credentials; made on first start
    #[arg(long, env = "DATA_DIR", default_value = "./data", value_name = "DIR")]
    pub data_dir: PathBuf,
    /// Directory of the speech models that serve without a key
    #[arg(long, env = "MODELS_DIR", default_value = "./models", value_name = "DIR")]
    pub models_dir: PathBuf,
    /// Where recordings are stored: `file:///directory`, or `s3://bucket/prefix?endpoint=https://…&region=…` with
    /// credentials from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the machine's role; without it, DATA_DIR/blobs
    #[arg(long, env = "BLOB_URL", value_name = "URL", value_parser = domain::blobs::Place::parse)]
    pub blob_url: Option<domain::blobs::Place>,
    /// Directory of recordings that are being made; without it, DATA_DIR/spool
    #[arg(long, env = "SPOOL_DIR", value_name = "DIR")]
    pub spool_dir: Option<PathBuf>,
    /// Another Silero v6 model (ONNX, 16 kHz) for voice activity detection than the one built in
    #[arg(long, env = "VAD_MODEL", value_name = "FILE")]
    pub vad_model: Option<PathBuf>,
}

impl FileConfig {
    /// Where recordings are stored.
    pub fn blobs(&self) -> domain::blobs::Place {
        self.blob_url.clone().unwrap_or_else(|| domain::blobs::Place::Directory(self.data_dir.join("blobs")))
    }

    /// Where they are made.
    pub fn spool(&self) -> PathBuf {
        self.spool_dir.clone().unwrap_or_else(|| self.data_dir.join("spool"))
    }
}

impl Settings {
    /// Settings from these arguments (the first is the program's name) and the environment.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Stop> {
        let settings: Self = flags::read(arguments)?;
        settings.check()?;
        Ok(settings)
    }

    /// What no single value can tell by itself.
    fn check(&self) -> Result<(), Invalid> {
        self.providers.check()?;
        self.mail.check().map_err(|error| Invalid::new("MAIL_FROM", error))?;
        if !self.database.is_embedded() && self.vault.keys.is_none() {
            return Err(Invalid::new(
                "VAULT_KEYS",
                "must be given when DATABASE_URL names a PostgreSQL server: several processes share one vault",
            ));
        }
        Ok(())
    }
}

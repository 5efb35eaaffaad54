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

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, error::ErrorKind};

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
pub use worker::{KeepingConfig, MailConfig};

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

/// Why reading the settings ended without settings.
#[derive(Debug, thiserror::Error)]
pub enum Stop {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// `--help`, `--version`, or a flag that does not exist: clap's own text and exit code.
    #[error(transparent)]
    Clap(#[from] clap::Error),
}

impl Settings {
    /// Settings from these arguments (the first is the program's name) and the environment.
    pub fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, Stop> {
        let mut command = Self::command().mut_args(|arg| {
            let is_blank = arg.get_env().is_some_and(|name| std::env::var_os(name).is_some_and(|v| v.is_empty()));
            let arg = arg.hide_env_values(true);
            if is_blank { arg.env(None) } else { arg }
        });
        let settings = command
            .try_get_matches_from_mut(arguments)
            .and_then(|matches| Self::from_arg_matches(&matches))
            .map_err(|error| named(error, &command))?;
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

/// Clap's "invalid value" in our one line; anything else as it is. The value itself is never repeated: it may be
/// a secret.
fn named(error: clap::Error, command: &clap::Command) -> Stop {
    use clap::error::{ContextKind, ContextValue};
    use std::error::Error as _;

    if !matches!(error.kind(), ErrorKind::ValueValidation | ErrorKind::InvalidValue) {
        return Stop::Clap(error);
    }
    let Some(ContextValue::String(shown)) = error.get(ContextKind::InvalidArg) else { return Stop::Clap(error) };
    // Clap shows `--bind <ADDRESS>`; the argument's own name is the flag without dashes.
    let flag = shown.split_whitespace().next().unwrap_or_default().trim_start_matches("--");
    let variable = command
        .get_arguments()
        .find(|arg| arg.get_long() == Some(flag))
        .and_then(|arg| arg.get_env())
        .map_or_else(|| shown.clone(), |name| format!("{} (--{flag})", name.to_string_lossy()));
    let reason = match (error.source(), error.get(ContextKind::ValidValue)) {
        (_, Some(ContextValue::Strings(valid))) if !valid.is_empty() => format!("must be one of {}", valid.join(", ")),
        (Some(source), _) => source.to_string(),
        _ => "not a usable value".to_owned(),
    };
    Stop::Invalid(Invalid { variable, reason })
}

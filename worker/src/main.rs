//! `switchboard-worker`: does the background work of one installation, beside any number of servers.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;
use clap::Parser;
use domain::{
    blobs::Place,
    database::{self, Backend, Settings},
    jobs,
    outbound::{Outbound, PrivateNetworks},
    recordings::Recordings,
    twilio::{self, Twilio, Webhooks},
    vault::Vault,
};
use providers::{PATIENT, PriceConfig, ProviderConfig, Serving};
use secrecy::SecretString;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing::Level;
use tracing_subscriber::{EnvFilter, filter::filter_fn, layer::SubscriberExt, util::SubscriberInitExt};
use url::Url;
use worker::{
    Door, KeepingConfig, MailConfig, Terms, Work,
    flags::{self, Stop},
};

/// What shells and service managers take for "wrongly configured".
const MISCONFIGURED: u8 = 2;
/// Crates that may log below `info`: there, sqlx and its kind print whole statements.
const OURS: [&str; 3] = ["domain", "switchboard_worker", "worker"];

/// Does background work: totals, clean-up. Stop it with SIGTERM or Ctrl-C; running jobs get ten seconds.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The servers' database: `postgres://…` or `sqlite://…`. Its schema is brought up to date by them.
    #[arg(long, env = "DATABASE_URL", value_name = "URL", hide_env_values = true)]
    database_url: SecretString,
    /// Connections in the pool
    #[arg(long, env = "DATABASE_MAX_CONNECTIONS", default_value_t = 10, value_name = "N", value_parser = clap::value_parser!(u32).range(2..=1_000))]
    database_max_connections: u32,
    /// The servers' Redis: `redis://…` or `rediss://…`. Without it jobs are found in the database within a second
    #[arg(long, env = "REDIS_URL", value_name = "URL", hide_env_values = true, value_parser = jobs::redis_url)]
    redis_url: Option<SecretString>,
    /// The servers' vault keys, as they have them; of an embedded database, what is in its `vault.key`
    #[arg(long, env = "VAULT_KEYS", value_name = "KEYS", hide_env_values = true)]
    vault_keys: SecretString,
    /// Directory of recordings, where the next two name no other
    #[arg(long, env = "DATA_DIR", default_value = "./data", value_name = "DIR")]
    data_dir: PathBuf,
    /// Where the servers store recordings, as they have it; without it, DATA_DIR/blobs
    #[arg(long, env = "BLOB_URL", value_name = "URL", value_parser = Place::parse)]
    blob_url: Option<Place>,
    /// Where the servers on this machine make recordings, as they have it; without it, DATA_DIR/spool
    #[arg(long, env = "SPOOL_DIR", value_name = "DIR")]
    spool_dir: Option<PathBuf>,
    /// Where numbers are checked
    #[arg(long, env = "TWILIO_API_URL", default_value = "https://api.twilio.com", value_name = "URL", value_parser = twilio::base_url)]
    twilio_api_url: Url,
    /// The servers', as they have it: by which addresses Twilio is to call them, and links in mails lead to them. Without it,
    /// all that changes of a number at Twilio is taken for drift, and links are paths
    #[arg(long, env = "PUBLIC_URL", value_name = "URL", value_parser = twilio::base_url)]
    public_url: Option<Url>,
    /// Networks that tenants' webhooks and providers may reach though they are not public, as the servers have them
    #[arg(long, env = "ALLOW_PRIVATE_NETWORKS", default_value = "", hide_default_value = true, value_name = "NETWORKS", value_parser = networks)]
    allow_private_networks: PrivateNetworks,
    /// Directory of the speech model that transcribes without a key
    #[arg(long, env = "MODELS_DIR", default_value = "./models", value_name = "DIR")]
    models_dir: PathBuf,
    /// As the servers have them
    #[command(flatten)]
    providers: ProviderConfig,
    #[command(flatten)]
    prices: PriceConfig,
    #[command(flatten)]
    keeping: KeepingConfig,
    #[command(flatten)]
    mail: MailConfig,
    /// Where `GET /health`, `GET /health/ready` and `GET /metrics` are answered, as 127.0.0.1:4001; without it nowhere
    #[arg(long, env = "WORKER_BIND", value_name = "ADDRESS")]
    bind: Option<SocketAddr>,
    /// What is logged, in `tracing`'s words: `info`, `worker=debug,info`
    #[arg(long, env = "LOG", default_value = "info,sqlx::postgres::notice=warn", value_name = "FILTER")]
    log: EnvFilter,
}

fn networks(text: &str) -> Result<PrivateNetworks, String> {
    text.parse()
}

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    rustls::crypto::ring::default_provider().install_default().expect("nothing was installed before");
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        eprintln!("switchboard-worker: .env: {error}");
        return Ok(ExitCode::from(MISCONFIGURED));
    }
    let arguments: Arguments = match flags::read(std::env::args_os()) {
        Ok(arguments) => arguments,
        Err(Stop::Invalid(error)) => {
            eprintln!("switchboard-worker: {error}");
            return Ok(ExitCode::from(MISCONFIGURED));
        }
        Err(Stop::Clap(error)) => error.exit(),
    };
    let vault = match Vault::from_keys(&arguments.vault_keys) {
        Ok(vault) => Arc::new(vault),
        Err(error) => {
            eprintln!("switchboard-worker: VAULT_KEYS: {error}");
            return Ok(ExitCode::from(MISCONFIGURED));
        }
    };
    let capped = filter_fn(|metadata| {
        *metadata.level() <= Level::INFO
            || metadata.target().split("::").next().is_some_and(|name| OURS.contains(&name))
    });
    tracing_subscriber::fmt().with_env_filter(arguments.log).finish().with(capped).init();
    if let Err(error) = arguments.providers.check() {
        eprintln!("switchboard-worker: {error}");
        return Ok(ExitCode::from(MISCONFIGURED));
    }
    if let Err(error) = arguments.mail.check() {
        eprintln!("switchboard-worker: MAIL_FROM: {error}");
        return Ok(ExitCode::from(MISCONFIGURED));
    }
    let (config, models) = (arguments.providers, arguments.models_dir);
    let selected = tokio::task::spawn_blocking(move || providers::select(&config, &models)).await??;
    let settings = Settings { url: arguments.database_url, max_connections: arguments.database_max_connections };
    let mut db = database::connect(&settings).await.context("DATABASE_URL: no connection")?;
    if let Some(url) = &arguments.redis_url {
        db = db.with_redis(url).await.context("REDIS_URL: no connection")?;
    }

    let blobs = arguments.blob_url.unwrap_or_else(|| Place::Directory(arguments.data_dir.join("blobs")));
    let spool = arguments.spool_dir.unwrap_or_else(|| arguments.data_dir.join("spool"));
    let recordings = Recordings::open(&blobs, &spool).context("recordings cannot be kept (BLOB_URL, SPOOL_DIR)")?;
    recordings.blobs.probe().await.context("recordings cannot be stored (BLOB_URL)")?;

    let door = match arguments.bind {
        Some(address) => Some(Door::open(address).await.context("WORKER_BIND: cannot listen")?),
        None => None,
    };

    let shutdown = CancellationToken::new();
    let mut terminated = signal(SignalKind::terminate())?;
    let signals = async {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        tracing::info!("stopping");
        shutdown.cancel();
    };
    let outbound = Outbound::new(arguments.allow_private_networks);
    let limits = arguments.prices.limits();
    let prices = arguments.prices.prices;
    let serving = Serving::new(db.clone(), Arc::clone(&vault), outbound.clone(), selected.patient, PATIENT, prices)
        .knowing(selected.servers);
    let mut twilio = Twilio::new(arguments.twilio_api_url);
    if let Some(url) = &arguments.public_url {
        twilio = twilio.calling(Webhooks::at(url.as_str()));
    }
    match (&arguments.mail.smtp_url, &arguments.public_url) {
        (None, _) if db.backend() == Backend::Postgres => {
            tracing::warn!("SMTP_URL is not set: nobody is written to when a webhook is given up");
        }
        (Some(_), None) => tracing::warn!("PUBLIC_URL is not set: links in mails are paths"),
        _ => {}
    }
    let base = arguments.public_url.as_ref().map_or("", Url::as_str);
    let outbox = arguments.mail.outbox(db.backend() == Backend::Sqlite, base).context("SMTP_URL")?;
    let (retention, keep_usage_details) = (arguments.keeping.days(), arguments.keeping.retention_usage_details_days);
    let work = Work {
        database: db.clone(),
        vault,
        twilio,
        recordings,
        serving,
        outbound,
        outbox,
        retention,
        keep_usage_details,
        limits,
    };
    tracing::info!(queue = db.queue().name(), "working");
    let (terms, stopped) = (Terms::default(), CancellationToken::new());
    let answering = async {
        if let Some(door) = door {
            tracing::info!(address = %door.address(), "health and metrics");
            // Until the last job has ended.
            door.serve(&work, &terms.metrics, &stopped).await;
        }
    };
    let working = async {
        worker::run_on(work.clone(), terms.clone(), shutdown.clone()).await;
        stopped.cancel();
    };
    tokio::join!(working, answering, signals);
    db.close().await?;
    Ok(ExitCode::SUCCESS)
}

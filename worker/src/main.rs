//! `switchboard-worker`: does the background work of one installation, beside any number of servers.

use anyhow::Context;
use clap::Parser;
use domain::database::{self, Settings};
use secrecy::SecretString;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

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
    /// What is logged, in `tracing`'s words: `info`, `worker=debug,info`
    #[arg(long, env = "LOG", default_value = "info,sqlx::postgres::notice=warn", value_name = "FILTER")]
    log: EnvFilter,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    dotenvy::dotenv().ok();
    let arguments = Arguments::parse();
    tracing_subscriber::fmt().with_env_filter(arguments.log).init();
    let settings = Settings { url: arguments.database_url, max_connections: arguments.database_max_connections };
    let db = database::connect(&settings).await.context("DATABASE_URL: no connection")?;

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
    tracing::info!("working");
    tokio::join!(worker::run(db.clone(), shutdown.clone()), signals);
    Ok(db.close().await?)
}

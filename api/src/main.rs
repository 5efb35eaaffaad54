//! `switchboard`: the server, and small commands around it.

use std::{io::IsTerminal, process::ExitCode};

use anyhow::Context;
use api::config::{Command, LogConfig, LogFormat, Settings, Stop, log_filter};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::{layer::SubscriberExt, util::SubscriberInitExt};

/// Gives back what calls have used: with the C library's, a busy hour's memory stayed with the process.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// What shells and service managers take for "wrongly configured".
const MISCONFIGURED: u8 = 2;

fn main() -> ExitCode {
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        eprintln!("switchboard: .env: {error}");
        return ExitCode::from(MISCONFIGURED);
    }
    let settings = match Settings::read(std::env::args_os()) {
        Ok(settings) => settings,
        Err(Stop::Invalid(error)) => {
            eprintln!("switchboard: {error}");
            return ExitCode::from(MISCONFIGURED);
        }
        Err(Stop::Clap(error)) => error.exit(),
    };
    if settings.command == Some(Command::Openapi) {
        println!("{}", api::openapi());
        return ExitCode::SUCCESS;
    }
    log(&settings.log);
    match run(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.is::<api::config::Invalid>() => {
            eprintln!("switchboard: {error}");
            ExitCode::from(MISCONFIGURED)
        }
        Err(error) => {
            eprintln!("switchboard: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main]
async fn run(settings: Settings) -> anyhow::Result<()> {
    // Before the first HTTPS client: rustls has no provider of its own.
    let _ = rustls::crypto::ring::default_provider().install_default();
    api::open_files::raise(settings.http.max_connections);
    let state = api::start(settings).await?;
    // Before anybody can know that it listens: from here on a stop is an orderly one.
    let mut terminate = signal(SignalKind::terminate()).context("no signals")?;
    let door = api::Door::open(&state.settings.http)
        .await
        .with_context(|| format!("cannot listen on {} (BIND)", state.settings.http.bind))?;
    tracing::info!(address = %door.address(), "listening");
    let stop = CancellationToken::new();
    let impatience = async {
        next_signal(&mut terminate).await;
        stop.cancel();
        next_signal(&mut terminate).await;
    };
    tokio::select! {
        served = api::serve(state, door, stop.cancelled()) => served?,
        () = impatience => tracing::warn!("a second signal: stopped at once"),
    }
    Ok(())
}

/// SIGTERM or ctrl-c.
async fn next_signal(terminate: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

fn log(config: &LogConfig) {
    let filtered = tracing_subscriber::registry().with(log_filter(&config.filter));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    match config.format {
        LogFormat::Text => filtered.with(lines.with_ansi(std::io::stderr().is_terminal())).init(),
        LogFormat::Json => filtered.with(lines.json().flatten_event(true)).init(),
    }
}

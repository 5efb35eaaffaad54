//! The `simulator` command: place a call, serve the fakes, measure a server.

mod bench;
mod call;
mod demo;
mod serve;
mod words;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// A fake Twilio and a fake OpenAI, to try, test and measure voice agents without an account, a phone or a bill.
#[derive(Parser)]
#[command(name = "simulator", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Place one call with recorded speech and print the conversation with its latencies
    Call(call::Arguments),
    /// Serve the REST API of a fake Twilio account
    Twilio(serve::Twilio),
    /// Serve a fake OpenAI
    Openai(serve::Openai),
    /// Measure a release build of the server under 1 to 500 concurrent calls
    Bench(bench::Arguments),
    /// Measure authenticated requests of a release build's REST API
    BenchHttp(bench::http::Arguments),
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // An error means that a provider is there already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let filter = EnvFilter::try_from_env("LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match Arguments::parse().command {
        Command::Call(arguments) => Box::pin(call::run(arguments)).await,
        Command::Twilio(arguments) => Box::pin(serve::twilio(arguments)).await,
        Command::Openai(arguments) => Box::pin(serve::openai(arguments)).await,
        Command::Bench(arguments) => Box::pin(bench::run(arguments)).await,
        Command::BenchHttp(arguments) => Box::pin(bench::http::run(arguments)).await,
    }
}

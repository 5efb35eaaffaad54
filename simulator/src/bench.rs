//! `simulator bench`: a release build of the server under many concurrent calls.

pub mod http;
mod load;
mod server;
mod share;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, bail};
use clap::Args;

use self::{load::Level, server::open_files_max};

#[derive(Args)]
pub struct Arguments {
    /// The server to measure; unless given, `switchboard` beside this program
    #[arg(long, value_name = "FILE")]
    server: Option<PathBuf>,
    /// Concurrent calls, one level after another
    #[arg(long, value_delimiter = ',', default_values_t = [1, 50, 200, 500])]
    calls: Vec<usize>,
    /// Seconds that each call lasts
    #[arg(long, default_value_t = 75, value_name = "SECONDS")]
    seconds: u64,
    /// Calls that begin in a second
    #[arg(long, default_value_t = 25.0, value_name = "N")]
    arrivals: f64,
    /// Directory of the clips that callers say
    #[arg(long, default_value = "caller-audio", value_name = "DIR")]
    clips_dir: PathBuf,
    /// Directory of the server's models (its voice activity detector)
    #[arg(long, default_value = "models", value_name = "DIR")]
    models_dir: PathBuf,
    /// Milliseconds that the fake provider takes for a transcript
    #[arg(long, default_value_t = 250, value_name = "MS")]
    transcript_delay: u64,
    /// Milliseconds to its first token
    #[arg(long, default_value_t = 250, value_name = "MS")]
    token_delay: u64,
    /// Milliseconds between two tokens
    #[arg(long, default_value_t = 10, value_name = "MS")]
    token_interval: u64,
    /// Milliseconds to its first byte of speech
    #[arg(long, default_value_t = 150, value_name = "MS")]
    speech_delay: u64,
    /// Print each turn's share as well
    #[arg(long)]
    turns: bool,
    /// Keep the server's log and database here instead of in a directory that is removed
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

pub async fn run(arguments: Arguments) -> anyhow::Result<()> {
    let most = arguments.calls.iter().copied().max().unwrap_or(0);
    // A call is one socket here, one there, and up to three connections to the provider.
    let needed = 200 + most * 4;
    if open_files_max()? < needed {
        bail!("{most} calls need {needed} open files: raise the limit first, `ulimit -n {needed}`");
    }
    let binary = binary(arguments.server.as_deref())?;
    let clips = load::clips(&arguments.clips_dir)?;
    let mut levels = Vec::new();
    for &calls in &arguments.calls {
        eprintln!("{calls} calls of {} s …", arguments.seconds);
        let level = Box::pin(load::run(&arguments, &binary, calls, &clips)).await;
        let level = level.with_context(|| format!("at {calls} calls"))?;
        eprintln!("{}", level.row());
        levels.push(level);
        // What the last server left behind in the kernel, closing sockets above all, is not the next one's business.
        tokio::time::sleep(Duration::from_secs(2)).await;
    }
    println!("{}", Level::HEAD);
    for level in &levels {
        println!("{}", level.row());
    }
    println!();
    for level in &levels {
        for note in &level.notes {
            println!("{} calls: {note}", level.calls);
        }
    }
    Ok(())
}

/// The server to measure: the one named, or `switchboard` beside this program.
fn binary(named: Option<&Path>) -> anyhow::Result<PathBuf> {
    let binary = match named {
        Some(path) => path.to_owned(),
        None => std::env::current_exe()?.with_file_name("switchboard"),
    };
    if !binary.exists() {
        bail!("{} is not there: cargo build --release --bin switchboard", binary.display());
    }
    Ok(binary)
}

/// Nearest rank; NaN of no values.
fn percentile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = (sorted.len() as f64 * share).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

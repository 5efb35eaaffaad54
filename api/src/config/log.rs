use clap::{Args, ValueEnum};
use tracing::{Level, Subscriber};
use tracing_subscriber::{EnvFilter, Layer, filter::filter_fn};

/// What is logged, and how.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Log")]
pub struct LogConfig {
    /// Level, or a filter such as `info,voice=debug`; libraries log `info` and above whatever it says
    #[arg(long = "log", env = "LOG", default_value = "info,poem=warn,apalis_core=warn,sea_orm_migration=warn", value_name = "FILTER", value_parser = filter)]
    pub filter: String,
    /// Lines for people or JSON for machines
    #[arg(long = "log-format", env = "LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    pub format: LogFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    Text,
    Json,
}

/// Crates that may speak below `info`.
const OURS: [&str; 8] = ["api", "domain", "entity", "local_speech", "migration", "switchboard", "voice", "worker"];

/// What `directives` let through, of crates that are not ours never more than `info`, whatever the directives say:
/// below it tungstenite, hyper, h2, sqlx and their kind print whole messages, with tokens, typed words and audio.
pub fn log_filter<S: Subscriber>(directives: &str) -> impl Layer<S> {
    let capped = filter_fn(|metadata| {
        *metadata.level() <= Level::INFO
            || metadata.target().split("::").next().is_some_and(|name| OURS.contains(&name))
    });
    EnvFilter::new(directives).and_then(capped)
}

fn filter(text: &str) -> Result<String, String> {
    EnvFilter::try_new(text).map(|_| text.to_owned()).map_err(|error| format!("{text:?} is not a log filter: {error}"))
}

use clap::{Args, ValueEnum};

/// What is logged, and how.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Log")]
pub struct LogConfig {
    /// Level, or a filter such as `info,voice=debug`
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

fn filter(text: &str) -> Result<String, String> {
    tracing_subscriber::EnvFilter::try_new(text)
        .map(|_| text.to_owned())
        .map_err(|error| format!("{text:?} is not a log filter: {error}"))
}

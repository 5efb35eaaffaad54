use clap::Args;
use domain::limits::Limits;
use providers::PriceConfig;

/// What each tenant may use at most, unless an operator has set something else for it, and what its use costs.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct LimitConfig {
    /// Calls and voice sockets of one tenant at once, in all processes together; 0: no limit but MAX_CALLS
    #[arg(long, env = "LIMIT_CONCURRENT_CALLS", default_value_t = 100, value_name = "N", value_parser = limit())]
    pub limit_concurrent_calls: u64,
    /// Minutes of one tenant's calls and voice sockets in a month (UTC); 0: no limit
    #[arg(long, env = "LIMIT_MINUTES_PER_MONTH", default_value_t = 0, value_name = "N", value_parser = limit())]
    pub limit_minutes_per_month: u64,
    /// HTTP requests of one tenant in a second, in each process; 0: no limit
    #[arg(long, env = "LIMIT_REQUESTS_PER_SECOND", default_value_t = 100, value_name = "N", value_parser = limit())]
    pub limit_requests_per_second: u64,
    #[command(flatten)]
    pub prices: PriceConfig,
}

impl LimitConfig {
    /// 0: unlimited.
    pub fn defaults(&self) -> Limits {
        Limits {
            concurrent_calls: Some(self.limit_concurrent_calls),
            minutes_per_month: Some(self.limit_minutes_per_month),
            requests_per_second: Some(self.limit_requests_per_second),
            ..self.prices.limits()
        }
    }
}

fn limit() -> clap::builder::RangedU64ValueParser {
    clap::value_parser!(u64).range(0..=1_000_000_000)
}

use chrono::TimeDelta;
use clap::Args;
use domain::retention::Days;

/// For how long tenants' things are kept that have not said so themselves. Servers and workers are told the same.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Retention")]
pub struct KeepingConfig {
    /// Days that recordings are kept where neither the tenant nor the agent says so; without it, for ever
    #[arg(long, env = "RETENTION_RECORDINGS_DAYS", value_name = "DAYS", value_parser = days())]
    pub retention_recordings_days: Option<u32>,
    /// Days that the words of conversations are kept where the tenant does not say so; without it, for ever
    #[arg(long, env = "RETENTION_TRANSCRIPTS_DAYS", value_name = "DAYS", value_parser = days())]
    pub retention_transcripts_days: Option<u32>,
    /// Days that conversations are kept, with all that belongs to them, where the tenant does not say so; without it,
    /// for ever
    #[arg(long, env = "RETENTION_CALLS_DAYS", value_name = "DAYS", value_parser = days())]
    pub retention_calls_days: Option<u32>,
    /// Days that events and their deliveries are kept where the tenant does not say so; without it, for ever
    #[arg(long, env = "RETENTION_WEBHOOK_LOGS_DAYS", value_name = "DAYS", value_parser = days())]
    pub retention_webhook_logs_days: Option<u32>,
    /// Days that the audit log is kept where the tenant does not say so, at least 30; without it, for ever
    #[arg(long, env = "RETENTION_AUDIT_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(30..=3_650))]
    pub retention_audit_days: Option<u32>,
    /// Days that each conversation's own usage is kept, at least 40; days and months stay counted. Without it, for ever
    #[arg(long, env = "RETENTION_USAGE_DETAILS_DAYS", value_name = "DAYS", value_parser = clap::value_parser!(u32).range(40..=3_650))]
    pub retention_usage_details_days: Option<u32>,
    /// Days from the wish to delete a tenant to its deletion, in which it is suspended and can be restored
    #[arg(long, env = "TENANT_DELETION_GRACE_DAYS", default_value_t = 30, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=365))]
    pub tenant_deletion_grace_days: u32,
}

impl KeepingConfig {
    pub fn days(&self) -> Days {
        Days {
            recordings: self.retention_recordings_days,
            transcripts: self.retention_transcripts_days,
            calls: self.retention_calls_days,
            webhook_logs: self.retention_webhook_logs_days,
            audit: self.retention_audit_days,
        }
    }

    /// Of a tenant that is being deleted.
    pub fn grace(&self) -> TimeDelta {
        TimeDelta::days(self.tenant_deletion_grace_days.into())
    }
}

fn days() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..=3_650)
}

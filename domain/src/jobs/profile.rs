//! The kinds of jobs, and how each is treated: one table.

use std::{str::FromStr, time::Duration};

use chrono::TimeDelta;

/// How a kind of job is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Jobs of the kind that one worker process does at once.
    pub concurrency: usize,
    /// Longest time for one try: what takes longer hangs.
    pub timeout: Duration,
    /// Tries before a job is given up.
    pub max_attempts: i32,
    /// Wait after the first failure; it doubles with each.
    first_wait_s: u32,
    longest_wait_s: u32,
}

/// Which of a tenant's waiting jobs of one kind comes first; kinds do not wait for each other, each has its own places.
/// What has waited long enough overtakes them all: see [`due`](super::due).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i16)]
pub enum Priority {
    /// Somebody has just asked for it.
    High = 0,
    Normal = 1,
    /// Many at once that nobody waits for.
    Low = 2,
}

macro_rules! kinds {
    ($(
        $(#[$doc:meta])*
        $kind:ident = $name:literal: $concurrency:literal at once, $timeout_s:literal s,
        $attempts:literal tries $first:literal to $longest:literal s apart;
    )*) => {
        /// What a job does, without for whom.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)*
        }

        impl Kind {
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            /// Stable name for lists, logs and metrics, and the payload's tag.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $name,)*
                }
            }

            pub const fn profile(self) -> Profile {
                match self {
                    $(Self::$kind => Profile {
                        concurrency: $concurrency,
                        timeout: Duration::from_secs($timeout_s),
                        max_attempts: $attempts,
                        first_wait_s: $first,
                        longest_wait_s: $longest,
                    },)*
                }
            }
        }
    };
}

// A new kind: a row here, its payload (`jobs::Payload`), its arm in the worker's `handler::carry_out`.
// Numbers at once are small: jobs share a pool of about ten connections with everything else in the process.
kinds! {
    /// Ten tries take about a quarter of an hour, as in the next two.
    FinishConversation = "finish_conversation": 4 at once, 60 s, 10 tries 1 to 300 s apart;
    RewrapDataKeys = "rewrap_data_keys": 1 at once, 900 s, 10 tries 1 to 300 s apart;
    ResealSecrets = "reseal_secrets": 1 at once, 900 s, 10 tries 1 to 300 s apart;
    /// Asks somebody else's server, which may be slow: waits for itself alone.
    CheckPhoneNumber = "check_phone_number": 2 at once, 120 s, 10 tries 1 to 300 s apart;
    /// The same.
    CloseStaleCall = "close_stale_call": 2 at once, 120 s, 5 tries 5 to 300 s apart;
    /// Somebody has asked for it, and wants it over.
    EraseCustomer = "erase_customer": 1 at once, 900 s, 10 tries 1 to 300 s apart;
    /// Four hours of a call take a minute or two of one core. What gives up is ordered again by the sweep.
    EncodeRecording = "encode_recording": 1 at once, 900 s, 10 tries 2 to 300 s apart;
    /// One try takes a quarter of a minute at most. These tries are for failures of ours: an endpoint's own are later jobs.
    DeliverWebhook = "deliver_webhook": 8 at once, 60 s, 10 tries 1 to 300 s apart;
    /// A mail server that is away comes back within hours.
    MailDisabledWebhook = "mail_disabled_webhook": 2 at once, 60 s, 12 tries 5 to 3600 s apart;
    /// Half a gigabyte over the internet, at worst. Twilio may not have the file at once, and fails for hours.
    FetchRecording = "fetch_recording": 2 at once, 1500 s, 20 tries 5 to 3600 s apart;
    /// Somebody who has just hung up looks for it.
    BuildTranscript = "build_transcript": 4 at once, 60 s, 10 tries 1 to 300 s apart;
    /// Works for a minute and hands the rest on to another of its kind.
    ApplyRetention = "apply_retention": 1 at once, 300 s, 5 tries 30 to 900 s apart;
    /// The platform's own: its row outlives the tenant. It works for a minute and hands the rest on.
    DeleteTenant = "delete_tenant": 1 at once, 900 s, 10 tries 30 to 3600 s apart;
    /// A try lasts ten minutes and the last piece, then another job goes on; twenty without a word in between are two
    /// hours of a provider that says no. One at once, one piece at a time: callers use the same provider, or this processor.
    TranscribeRecording = "transcribe_recording": 1 at once, 1200 s, 20 tries 2 to 600 s apart;
    TranscribeUpload = "transcribe_upload": 1 at once, 1200 s, 20 tries 2 to 600 s apart;
    /// A long conversation takes a model a minute or two; who waits here waits for somebody else's server. The row gives
    /// up before its job does.
    AnalyzeConversation = "analyze_conversation": 4 at once, 600 s, 12 tries 2 to 300 s apart;
    /// The platform's own from here on: their schedule brings them again.
    EndAbandoned = "end_abandoned": 1 at once, 120 s, 3 tries 1 to 15 s apart;
    ForgetExpired = "forget_expired": 1 at once, 300 s, 3 tries 1 to 15 s apart;
    OrderNumberChecks = "order_number_checks": 1 at once, 300 s, 3 tries 1 to 15 s apart;
    OrderKeyChanges = "order_key_changes": 1 at once, 300 s, 3 tries 1 to 15 s apart;
    OrderStaleCalls = "order_stale_calls": 1 at once, 300 s, 3 tries 1 to 15 s apart;
    /// Asks each tenant's own providers, one after another.
    CheckModels = "check_models": 1 at once, 3600 s, 3 tries 60 to 600 s apart;
    RollUpUsage = "roll_up_usage": 1 at once, 300 s, 3 tries 1 to 15 s apart;
    /// Asks the store about thousands of files.
    SweepOrphans = "sweep_orphans": 1 at once, 1800 s, 3 tries 60 to 600 s apart;
    OrderRetention = "order_retention": 1 at once, 300 s, 3 tries 1 to 15 s apart;
    OrderDrafts = "order_drafts": 1 at once, 300 s, 3 tries 1 to 15 s apart;
    ForgetJobs = "forget_jobs": 1 at once, 900 s, 3 tries 1 to 15 s apart;
}

impl Profile {
    /// From a try's failure to the next try: doubles from the first wait to the longest.
    pub fn wait_after(&self, attempt: i32) -> TimeDelta {
        // More doublings reach the longest wait of any kind: a number that fits.
        let doublings = (attempt - 1).clamp(0, 20);
        let wait = (i64::from(self.first_wait_s) << doublings).min(i64::from(self.longest_wait_s));
        TimeDelta::seconds(wait)
    }
}

impl Kind {
    /// Whether nobody may take it from the list: a person has a right to it.
    pub const fn must_be_done(self) -> bool {
        matches!(self, Self::EraseCustomer | Self::DeleteTenant)
    }
}

/// No such kind in this version.
#[derive(Debug, thiserror::Error)]
#[error("no such kind of job")]
pub struct UnknownKind;

impl FromStr for Kind {
    type Err = UnknownKind;

    fn from_str(name: &str) -> Result<Self, UnknownKind> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == name).ok_or(UnknownKind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let profile = Kind::FinishConversation.profile();
        let waits: Vec<_> = (1..=10).map(|attempt| profile.wait_after(attempt).num_seconds()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
        assert_eq!(profile.wait_after(i32::MAX).num_seconds(), 300);
    }

    #[test]
    fn every_kind_is_found_by_its_name_and_can_run() {
        for kind in Kind::ALL {
            assert_eq!(kind.as_str().parse::<Kind>().ok(), Some(*kind));
            let profile = kind.profile();
            assert!(profile.concurrency > 0 && profile.max_attempts > 0 && !profile.timeout.is_zero(), "{kind:?}");
        }
        assert!("unheard_of".parse::<Kind>().is_err());
    }
}

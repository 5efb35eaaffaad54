//! Background work. The database is the ledger; what carries ids to the workers ([`Queue`]) may lose and double
//! them at will.
//!
//! A job is written in the transaction that wants it ([`add`]), pushed after the commit, claimed by lease
//! ([`claim`]) and settled by its holder ([`finish`], [`fail`]). What nobody pushed, or whose holder died, is found
//! again by [`due`] and [`sweep`]. A handler must bear running twice.

mod ledger;
mod queue;

use chrono::TimeDelta;
use entity::id::{ConversationId, CustomerId, PhoneNumberId, TenantId};
use serde::{Deserialize, Serialize};

pub use ledger::{Claimed, Failure, add, claim, due, fail, find, finish, renew, sweep};
pub use queue::Queue;

/// How long a worker holds a job before it is taken for dead; it renews at a third of this.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// Tries before a job is given up: with the backoff of [`fail`] about a quarter of an hour.
pub const MAX_ATTEMPTS: i32 = 10;

/// What is to be done: ids only, the rest is read when it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Payload {
    /// Reckon the totals of a conversation that has ended.
    FinishConversation { tenant: TenantId, conversation: ConversationId },
    /// Seal the tenant's data keys with the operator's active key.
    RewrapDataKeys { tenant: TenantId },
    /// Seal the tenant's secrets with its active data key.
    ResealSecrets { tenant: TenantId },
    /// Ask Twilio whether a number's calls still come here.
    CheckPhoneNumber { tenant: TenantId, phone_number: PhoneNumberId },
    /// Remove what is left of a customer who is being erased.
    EraseCustomer { tenant: TenantId, customer: CustomerId },
}

impl Payload {
    /// On whose behalf.
    pub const fn tenant(&self) -> TenantId {
        match self {
            Self::FinishConversation { tenant, .. }
            | Self::RewrapDataKeys { tenant }
            | Self::ResealSecrets { tenant }
            | Self::CheckPhoneNumber { tenant, .. }
            | Self::EraseCustomer { tenant, .. } => *tenant,
        }
    }

    /// Stable name for lists, logs and metrics.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::FinishConversation { .. } => "finish_conversation",
            Self::RewrapDataKeys { .. } => "rewrap_data_keys",
            Self::ResealSecrets { .. } => "reseal_secrets",
            Self::CheckPhoneNumber { .. } => "check_phone_number",
            Self::EraseCustomer { .. } => "erase_customer",
        }
    }
}

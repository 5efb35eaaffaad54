//! Background work. The database is the ledger; what carries ids to the workers ([`Queue`]) may lose and double
//! them at will.
//!
//! A job is written in the transaction that wants it ([`add`], [`add_once`]), pushed after the commit, claimed by
//! lease ([`claim`]) and settled by its holder ([`finish`], [`fail`]). What nobody pushed, or whose holder died, is
//! found again by [`due`] and [`sweep`]. A handler must bear running twice. How a [`Kind`] is treated stands in
//! [`profile`](Kind::profile).

mod desk;
mod due;
mod figures;
mod ledger;
mod profile;
mod queue;
mod schedule;

use chrono::TimeDelta;
use entity::id::{
    AnalysisId, CallId, ConversationId, CustomerId, JobId, PhoneNumberId, RecordingId, TenantId, TranscriptionId,
    UserId, WebhookDeliveryId, WebhookEndpointId,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use desk::{Filter, Whose, discard, list, look, retry};
pub use due::{Due, due};
pub use entity::job::Progress;
pub use figures::{Count, counts};
pub use ledger::{Claimed, Failure, add, add_as, add_once, claim, fail, find, finish, forget, hand_back, renew, sweep};
pub(crate) use ledger::{add_after, hasten};
pub use profile::{Kind, Priority, Profile, UnknownKind};
pub use queue::{Queue, QueueError, WINDOW, redis_url};
pub use schedule::{order_scheduled, prepare_schedules};

/// How long a worker holds a job before it is taken for dead; it renews at a third of this.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);

/// A job as it is pushed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    pub id: JobId,
    pub kind: Kind,
}

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
    /// Ask Twilio what became of a call, and close it.
    CloseStaleCall { tenant: TenantId, call: CallId },
    /// Remove what is left of a customer who is being erased.
    EraseCustomer { tenant: TenantId, customer: CustomerId },
    /// Encode what lies in the spool, and store it.
    EncodeRecording { tenant: TenantId, recording: RecordingId },
    /// Tell an endpoint of an event: one try.
    DeliverWebhook { tenant: TenantId, delivery: WebhookDeliveryId },
    /// Fetch what Twilio recorded, store it, and delete it there.
    FetchRecording {
        tenant: TenantId,
        recording: RecordingId,
        /// Where it is, should its row be gone by then; `None`: an older version ordered it.
        #[serde(default)]
        at: Option<AtTwilio>,
    },
    /// Put the transcript of a conversation together, from what there is of it by now.
    BuildTranscript { tenant: TenantId, conversation: ConversationId },
    /// Remove what the tenant keeps no longer.
    ApplyRetention { tenant: TenantId },
    /// Remove all that is left of a tenant that was deleted. The platform's own: the row outlives the tenant.
    DeleteTenant { tenant: TenantId },
    /// Transcribe a recording, or what is left of it.
    TranscribeRecording { tenant: TenantId, transcription: TranscriptionId },
    /// Transcribe a file that somebody sent, or what is left of it.
    TranscribeUpload { tenant: TenantId, transcription: TranscriptionId },
    /// Write to one of the tenant's people that a webhook endpoint was given up.
    MailDisabledWebhook { tenant: TenantId, endpoint: WebhookEndpointId, user: UserId },
    /// Ask a model what a conversation came to.
    AnalyzeConversation { tenant: TenantId, analysis: AnalysisId },
    /// End conversations whose process died, and give their slots back.
    EndAbandoned,
    /// Delete tokens, sessions and the like that have expired.
    ForgetExpired,
    /// Order [`CheckPhoneNumber`](Self::CheckPhoneNumber) where it is time.
    OrderNumberChecks,
    /// Order the vault's two where keys are to be changed.
    OrderKeyChanges,
    /// Order [`CloseStaleCall`](Self::CloseStaleCall) where nobody holds a call.
    OrderStaleCalls,
    /// Ask providers which models go out of service.
    CheckModels,
    /// Add up what conversations used by day.
    RollUpUsage,
    /// Remove files without a row, and mark rows without their file.
    SweepOrphans,
    /// Order [`ApplyRetention`](Self::ApplyRetention) for the day.
    OrderRetention,
    /// Order [`BuildTranscript`](Self::BuildTranscript) for drafts that wait for nothing any more.
    OrderDrafts,
    /// Delete jobs that were settled long ago.
    ForgetJobs,
}

/// A recording at Twilio.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtTwilio {
    /// Whose account it belongs to.
    pub phone_number: PhoneNumberId,
    /// Its SID without `RE`.
    pub sid: Uuid,
}

impl Payload {
    /// On whose behalf; `None`: the platform's own.
    pub const fn tenant(&self) -> Option<TenantId> {
        match self {
            Self::FinishConversation { tenant, .. }
            | Self::RewrapDataKeys { tenant }
            | Self::ResealSecrets { tenant }
            | Self::CheckPhoneNumber { tenant, .. }
            | Self::CloseStaleCall { tenant, .. }
            | Self::EraseCustomer { tenant, .. }
            | Self::EncodeRecording { tenant, .. }
            | Self::DeliverWebhook { tenant, .. }
            | Self::MailDisabledWebhook { tenant, .. }
            | Self::FetchRecording { tenant, .. }
            | Self::BuildTranscript { tenant, .. }
            | Self::ApplyRetention { tenant }
            | Self::TranscribeRecording { tenant, .. }
            | Self::TranscribeUpload { tenant, .. }
            | Self::AnalyzeConversation { tenant, .. } => Some(*tenant),
            Self::DeleteTenant { .. }
            | Self::EndAbandoned
            | Self::ForgetExpired
            | Self::OrderNumberChecks
            | Self::OrderKeyChanges
            | Self::OrderStaleCalls
            | Self::CheckModels
            | Self::RollUpUsage
            | Self::SweepOrphans
            | Self::OrderRetention
            | Self::OrderDrafts
            | Self::ForgetJobs => None,
        }
    }

    pub const fn kind(&self) -> Kind {
        match self {
            Self::FinishConversation { .. } => Kind::FinishConversation,
            Self::RewrapDataKeys { .. } => Kind::RewrapDataKeys,
            Self::ResealSecrets { .. } => Kind::ResealSecrets,
            Self::CheckPhoneNumber { .. } => Kind::CheckPhoneNumber,
            Self::EraseCustomer { .. } => Kind::EraseCustomer,
            Self::EncodeRecording { .. } => Kind::EncodeRecording,
            Self::FetchRecording { .. } => Kind::FetchRecording,
            Self::BuildTranscript { .. } => Kind::BuildTranscript,
            Self::DeliverWebhook { .. } => Kind::DeliverWebhook,
            Self::MailDisabledWebhook { .. } => Kind::MailDisabledWebhook,
            Self::TranscribeRecording { .. } => Kind::TranscribeRecording,
            Self::TranscribeUpload { .. } => Kind::TranscribeUpload,
            Self::AnalyzeConversation { .. } => Kind::AnalyzeConversation,
            Self::EndAbandoned => Kind::EndAbandoned,
            Self::ForgetExpired => Kind::ForgetExpired,
            Self::OrderNumberChecks => Kind::OrderNumberChecks,
            Self::OrderKeyChanges => Kind::OrderKeyChanges,
            Self::ApplyRetention { .. } => Kind::ApplyRetention,
            Self::DeleteTenant { .. } => Kind::DeleteTenant,
            Self::CloseStaleCall { .. } => Kind::CloseStaleCall,
            Self::OrderStaleCalls => Kind::OrderStaleCalls,
            Self::CheckModels => Kind::CheckModels,
            Self::RollUpUsage => Kind::RollUpUsage,
            Self::SweepOrphans => Kind::SweepOrphans,
            Self::OrderRetention => Kind::OrderRetention,
            Self::OrderDrafts => Kind::OrderDrafts,
            Self::ForgetJobs => Kind::ForgetJobs,
        }
    }
}

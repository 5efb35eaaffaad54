//! Ids: UUIDv7, so that they sort by the time of their making; one type a table, so that none is taken for another.

use std::{fmt, str::FromStr};

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
        )]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new one, later than all before it in this process.
            #[expect(clippy::new_without_default, reason = "a default that differs each time would surprise")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }

        /// Asked for by the ORM of every primary key; an id is never a number.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )*};
}

ids! {
    /// Whose data it is.
    TenantId
    UserId
    SessionId
    ApiKeyId
    InvitationId
    AgentId
    AgentVersionId
    PhoneNumberId
    CustomerId
    ConversationId
    TurnId
    CallId
    JobId
    AuditEventId
    DataKeyId
    IdempotencyKeyId
    ProviderCredentialId
    ToolId
    RecordingId
    TranscriptionId
    EventId
    WebhookEndpointId
    WebhookDeliveryId
    WebhookAttemptId
    AnalysisId
    /// One stream or socket of a conversation, which may have several after each other.
    LineId
}

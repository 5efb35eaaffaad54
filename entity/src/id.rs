//! Ids: UUIDv7, so that they sort by the time of their making; one type a table, so that none is taken for another.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
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

            /// The least that could have been made then, to the millisecond: for ranges.
            pub fn earliest(at: DateTime<Utc>) -> Self {
                // Before 1970 nothing was made.
                let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
            }

            /// When it was made, to the millisecond; `None`: it was not made by us.
            pub fn made_at(self) -> Option<DateTime<Utc>> {
                let (seconds, nanos) = self.0.get_timestamp()?.to_unix();
                DateTime::from_timestamp(seconds.try_into().ok()?, nanos)
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

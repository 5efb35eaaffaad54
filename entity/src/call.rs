//! A phone call, and what Twilio says of it.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{CallId, ConversationId, PhoneNumberId, TenantId};

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calls")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CallId,
    pub tenant_id: TenantId,
    pub conversation_id: ConversationId,
    pub phone_number_id: PhoneNumberId,
    /// Twilio's name for the call; unique.
    pub call_sid: String,
    pub account_sid: String,
    pub from_number: String,
    pub to_number: String,
    pub status: Status,
    /// Of the last status callback that was applied.
    pub sequence_number: Option<i64>,
    /// What `continue` is to answer; `None`: go on talking.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub next_step: Option<NextStep>,
    /// Media streams opened so far: more than one, when the call outlived a process.
    pub streams: i32,
    pub created_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
    pub duration_s: Option<i64>,
    /// When it was last ordered to ask Twilio what became of it; `None`: nobody had to.
    pub asked_at: Option<DateTimeUtc>,
}

/// No number: this may come into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("call::Model").field("id", &self.id).field("status", &self.status).finish_non_exhaustive()
    }
}

/// Twilio's `CallStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "kebab-case")]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Queued,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
}

impl Status {
    /// Whether the call is over; it stays so.
    pub const fn is_terminal(self) -> bool {
        !matches!(self, Self::Queued | Self::Ringing | Self::InProgress)
    }
}

/// What is to happen to a call when its media stream has ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(tag = "kind", content = "to", rename_all = "snake_case")]
pub enum NextStep {
    /// A new stream: our process died or dropped the socket.
    #[default]
    Continue,
    Hangup,
    /// An E.164 number or SIP URI to dial.
    Transfer(String),
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

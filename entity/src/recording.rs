//! What was heard in a conversation: one row for each line that it went over.

use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::id::{ConversationId, RecordingId, TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recordings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RecordingId,
    pub tenant_id: TenantId,
    pub conversation_id: ConversationId,
    pub source: Source,
    /// Twilio's name for it, `RE…`; `None`: it is our own.
    pub twilio_sid: Option<String>,
    pub state: State,
    /// In which spool directory it is, until it is ready; `None`: in none.
    pub spool_id: Option<Uuid>,
    /// Samples of one channel a second; 0: not known yet.
    pub sample_rate: i32,
    pub channels: i32,
    /// From the start of the conversation to its own: a call that outlived a process has several recordings.
    pub offset_ms: i64,
    /// `None` until it is ready, as are the next four.
    pub duration_ms: Option<i64>,
    pub content_type: Option<String>,
    pub bytes: Option<i64>,
    /// Of the stored file, lower-case hex.
    pub sha256: Option<String>,
    pub blob_key: Option<String>,
    /// When its encoding was last ordered; `None`: it is to be ordered.
    pub ordered_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub ready_at: Option<DateTimeUtc>,
    /// When it is removed; `None`: never.
    pub expires_at: Option<DateTimeUtc>,
}

/// Who recorded it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Source {
    #[default]
    Switchboard,
    Twilio,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// The line is open, or its process died.
    Recording,
    /// Twilio has it, and it is to be fetched.
    Fetching,
    /// All there is lies in the spool, and waits to be encoded.
    Recorded,
    Ready,
    /// It is lost.
    Failed,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

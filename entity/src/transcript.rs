//! What was said and heard in a conversation, in one piece: one row for each conversation.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{ConversationId, TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transcripts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    #[sea_orm(column_type = "JsonBinary")]
    pub lines: Lines,
    /// The words of the lines as they are searched for, the tenant's id before them: not for people.
    #[sea_orm(column_type = "Text")]
    pub search_text: String,
    /// ISO 639-1; `None`: nobody said which.
    pub language: Option<String>,
    pub source: Source,
    /// From the start of the conversation to its end.
    pub duration_ms: i64,
    /// Counts from 1: how often its lines have changed.
    pub revision: i32,
    pub built_at: DateTimeUtc,
    /// Since when it is final; `None`: a recording's words are still to come.
    pub ready_at: Option<DateTimeUtc>,
}

/// Where the caller's words come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// As they were understood while the line was open.
    Turns,
    /// From the recording, transcribed afterwards, where it has them.
    Recording,
}

/// In the order of their starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Lines(pub Vec<Line>);

/// What one side said without the other's coming between.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub speaker: Speaker,
    pub kind: Kind,
    /// From the start of the conversation, here and below; never before `start_ms`.
    pub start_ms: u64,
    pub end_ms: u64,
    /// What was said; of the agent: what of it was heard. Of a tool: its name.
    pub text: String,
    /// What the agent was about to say, where that is more than was heard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generated_text: Option<String>,
    /// The caller broke in.
    #[serde(default)]
    pub interrupted: bool,
    /// The number of its turn; `None`: only the recording has heard it.
    #[serde(default)]
    pub turn: Option<i32>,
    /// How a tool's call went (`done`, `failed`, …); `None`: it is none, or says nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    Caller,
    Agent,
    /// A function that the agent called.
    Tool,
}

/// What a line is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Speech,
    /// Written by the caller.
    Text,
    /// Pressed by the caller: the keys.
    Keys,
    /// A tool's call.
    Call,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

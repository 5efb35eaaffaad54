//! One turn of a conversation: written when it starts, completed when it ends.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::{ConversationId, TenantId, TurnId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "turns")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    /// Counts from 1; 0 is the greeting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Chosen by whoever records it, so that a repeated write finds its row; `None`: it is older than these ids.
    pub id: Option<TurnId>,
    pub prompt_kind: PromptKind,
    /// The caller's words or digits; `None` where the agent spoke of its own accord.
    #[sea_orm(column_type = "Text", nullable)]
    pub prompt_text: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub generated_text: String,
    /// What of it was played before the turn ended.
    #[sea_orm(column_type = "Text")]
    pub heard_text: String,
    pub interrupted: bool,
    /// As the engine reports them: a list of `{id, name, arguments, round, outcome, latency_ms, result}`.
    #[sea_orm(column_type = "JsonBinary")]
    pub tool_calls: Json,
    /// As the engine reports them: milliseconds on the media clock by the name of the step.
    #[sea_orm(column_type = "JsonBinary")]
    pub times: Json,
    /// As the engine reports it.
    #[sea_orm(column_type = "JsonBinary")]
    pub usage: Json,
    pub started_at: DateTimeUtc,
    /// `None`: it is going on, or its process died in it.
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum PromptKind {
    Greeting,
    Speech,
    Text,
    Dtmf,
    Idle,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

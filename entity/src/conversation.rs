//! One conversation, whatever the channel.

use std::collections::BTreeMap;

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{AgentId, ConversationId, CustomerId, TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "conversations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConversationId,
    pub tenant_id: TenantId,
    /// The client's name for it; unique within the tenant.
    pub session_id: String,
    pub channel: Channel,
    pub agent_id: Option<AgentId>,
    /// The version of the agent that it began with, and keeps; `None`: there is no agent.
    pub agent_version: Option<i32>,
    /// Values for the templates' variables, given at the start; `None`: none were.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub variables: Option<Variables>,
    pub persona: String,
    pub customer_id: Option<CustomerId>,
    pub status: Status,
    /// Why it ended, as the engine reports it; `None` while it is active.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub end_reason: Option<Json>,
    /// Reckoned by a job after the end.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub totals: Option<Totals>,
    pub started_at: DateTimeUtc,
    /// Last sign of life: a stream, a turn begun or ended. What shows none for hours is ended by the sweeper.
    pub active_at: DateTimeUtc,
    pub ended_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Phone,
    Socket,
    Http,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Active,
    Ended,
}

/// The session's own variables, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Variables(pub BTreeMap<String, String>);

/// What the turns of a conversation come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Totals {
    pub turns: u64,
    pub interrupted: u64,
    /// From the start of the conversation to its end.
    pub duration_ms: u64,
    /// From the caller's last word to the first frame of the reply; `None`: no turn had both.
    pub reply_latency_p50_ms: Option<u64>,
    pub reply_latency_p95_ms: Option<u64>,
    pub transcribed_ms: u64,
    pub prompt_tokens: u64,
    pub completion_tokens: u64,
    pub spoken_characters: u64,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

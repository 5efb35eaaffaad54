//! What answers a call: a persona, and what the tenant changed of it.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{AgentId, TenantId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AgentId,
    pub tenant_id: TenantId,
    pub name: String,
    /// A persona's name; it gives whatever is `None` below.
    pub persona: String,
    pub instructions: Option<String>,
    pub greeting: Option<String>,
    pub voice: Option<String>,
    /// 0.25–4.
    pub speed: Option<f32>,
    /// ISO 639-1; `None`: the recogniser decides.
    pub language: Option<String>,
    /// E.164 number or SIP URI; `None`: the agent cannot transfer.
    pub transfer_to: Option<String>,
    pub may_end_call: bool,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub turns: Option<Turns>,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub limits: Option<Limits>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Turn-taking as the tenant wants it; `None`: the engine's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Turns {
    pub end_complete_ms: Option<u64>,
    pub end_unknown_ms: Option<u64>,
    pub end_incomplete_ms: Option<u64>,
    pub interruptible: Option<bool>,
}

/// Limits as the tenant wants them; `None`: the engine's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Limits {
    pub idle_prompt_after_s: Option<u64>,
    pub silence_s: Option<u64>,
    pub max_duration_s: Option<u64>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

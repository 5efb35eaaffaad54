//! An agent as it was published. Rows are added and never changed.

use sea_orm::entity::prelude::*;

use crate::{
    agent::AgentSettings,
    id::{AgentId, AgentVersionId, TenantId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agent_versions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AgentVersionId,
    pub tenant_id: TenantId,
    pub agent_id: AgentId,
    /// Counts from 1 for each agent.
    pub number: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub settings: AgentSettings,
    pub published_at: DateTimeUtc,
    /// `user:…` or `api_key:…` with its id, `operator:…`, `system`.
    pub published_by: String,
    /// What the one who published it says of it.
    pub note: Option<String>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

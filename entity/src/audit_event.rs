//! Who did what to which thing, from where. Rows are added and never changed.

use sea_orm::entity::prelude::*;
use uuid::Uuid;

use crate::id::{AuditEventId, TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEventId,
    pub tenant_id: TenantId,
    pub at: DateTimeUtc,
    /// `user`, `api_key`, `operator` or `system`.
    pub actor_kind: String,
    /// Of the user or key; `None`: the system.
    pub actor_id: Option<Uuid>,
    /// `thing.done`, as `agent.created`.
    pub action: String,
    /// Of what it was done to.
    pub target_id: Option<String>,
    /// Names and ids, never secrets.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub details: Option<Json>,
    /// The network address that the request came from.
    pub address: Option<String>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! Something that happened to a tenant, for its webhooks and its live pages. Rows are added and never changed.

use sea_orm::entity::prelude::*;

use crate::id::{ConversationId, EventId, TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    pub tenant_id: TenantId,
    /// `thing.happened`, as `call.ended`.
    pub r#type: String,
    /// What it goes with when that is removed; `None`: it is of no conversation.
    pub conversation_id: Option<ConversationId>,
    /// What consumers read: ids, names and numbers, no secrets and no speech.
    #[sea_orm(column_type = "JsonBinary")]
    pub data: Json,
    pub created_at: DateTimeUtc,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A place among the calls that a tenant may have at once. Renewed while its conversation has a line; one that is not
//! renewed counts no longer when it expires.

use sea_orm::entity::prelude::*;

use crate::{
    conversation::Channel,
    id::{ConversationId, LineId, TenantId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "call_slots")]
pub struct Model {
    /// One conversation, one slot.
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    pub tenant_id: TenantId,
    pub channel: Channel,
    /// The line that renews it, and alone may give it back; `None`: announced, and no line has come.
    pub holder: Option<LineId>,
    pub since: DateTimeUtc,
    /// Last sign of its line.
    pub renewed_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! One try of a delivery, and what was answered.

use sea_orm::entity::prelude::*;

use crate::id::{TenantId, WebhookAttemptId, WebhookDeliveryId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_attempts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookAttemptId,
    pub tenant_id: TenantId,
    pub delivery_id: WebhookDeliveryId,
    /// When it was sent: the message's timestamp.
    pub at: DateTimeUtc,
    pub latency_ms: i64,
    /// `None`: there was no answer.
    pub status: Option<i32>,
    /// What was wrong, by a stable name; `None`: it was taken.
    pub error: Option<String>,
    /// The beginning of what was answered; `None`: there was nothing.
    #[sea_orm(column_type = "Text", nullable)]
    pub response_body: Option<String>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

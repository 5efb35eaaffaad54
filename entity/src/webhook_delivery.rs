//! An event on its way to an endpoint: one row for each pair, however often it is tried.

use sea_orm::entity::prelude::*;

use crate::id::{EventId, JobId, TenantId, WebhookDeliveryId, WebhookEndpointId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookDeliveryId,
    pub tenant_id: TenantId,
    pub endpoint_id: WebhookEndpointId,
    pub event_id: EventId,
    pub event_type: String,
    pub state: State,
    /// The one job that may try it now; another's find is out of date.
    pub job_id: Option<JobId>,
    /// Since it was ordered or last replayed: says how long the next wait is.
    pub tries: i32,
    /// All there were.
    pub attempts: i32,
    /// `None`: it has come to its end.
    pub next_attempt_at: Option<DateTimeUtc>,
    /// What the endpoint last answered; `None`: nothing yet.
    pub last_status: Option<i32>,
    /// What was last wrong, by a stable name; `None`: nothing.
    pub last_error: Option<String>,
    pub created_at: DateTimeUtc,
    pub settled_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// Waits for its first or its next try.
    Pending,
    Delivered,
    /// Given up: the dead letters.
    Dead,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

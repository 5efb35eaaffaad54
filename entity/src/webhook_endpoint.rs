//! An address of the tenant's that is told of events.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    Sealed,
    id::{TenantId, WebhookEndpointId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_endpoints")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookEndpointId,
    pub tenant_id: TenantId,
    #[sea_orm(column_type = "Text")]
    pub url: String,
    pub description: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub event_types: EventTypes,
    /// What messages are signed with: `whsec_` and base64.
    pub secret: Sealed,
    /// The one before, which signs too for a while.
    pub previous_secret: Option<Sealed>,
    /// Until when it does.
    pub previous_secret_until: Option<DateTimeUtc>,
    /// Since when it has taken nothing; `None`: it took the last message.
    pub failing_since: Option<DateTimeUtc>,
    /// Since when it is told nothing; `None`: it is told.
    pub disabled_at: Option<DateTimeUtc>,
    /// Why: `by_hand`, `gone` or `failing`.
    pub disabled_reason: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// What it is told of: types of events, or [`ALL`](Self::ALL).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct EventTypes(pub Vec<String>);

impl EventTypes {
    /// Stands for every type, those of later versions too.
    pub const ALL: &str = "*";

    pub fn hold(&self, event_type: &str) -> bool {
        self.0.iter().any(|name| name == Self::ALL || name == event_type)
    }
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

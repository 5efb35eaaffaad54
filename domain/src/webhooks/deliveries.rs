//! The delivery log.

use entity::{
    TenantScoped, event,
    id::{EventId, TenantId, WebhookDeliveryId, WebhookEndpointId},
    webhook_attempt,
    webhook_delivery::{self, State},
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::{find, message};
use crate::{
    Database, Error, Result, events,
    page::{Page, Paging},
};

/// Attempts shown of one delivery: eight of each replay.
const MOST_ATTEMPTS: u64 = 100;

/// Which deliveries are looked for; `None` asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub endpoint: Option<WebhookEndpointId>,
    pub event: Option<EventId>,
    pub event_type: Option<String>,
    pub state: Option<State>,
}

/// A delivery with all that is known of it.
#[derive(Clone, Debug)]
pub struct Detail {
    pub delivery: webhook_delivery::Model,
    /// Where it goes now.
    pub url: String,
    /// Of the last attempt, without the signature.
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// Oldest first, at most the last hundred.
    pub attempts: Vec<webhook_attempt::Model>,
}

/// Newest first.
pub async fn list_deliveries(
    db: &Database,
    tenant: TenantId,
    filter: Filter,
    paging: Paging,
) -> Result<Page<webhook_delivery::Model>> {
    if let Some(name) = &filter.event_type {
        events::check_types("event_type", std::slice::from_ref(name))?;
    }
    if let Some(endpoint) = filter.endpoint {
        find(db, tenant, endpoint).await?;
    }
    if let Some(event) = filter.event {
        events::find(db, tenant, event).await?;
    }
    let rows = webhook_delivery::Entity::of(tenant)
        .apply_if(filter.endpoint, |query, id| query.filter(webhook_delivery::Column::EndpointId.eq(id)))
        .apply_if(filter.event, |query, id| query.filter(webhook_delivery::Column::EventId.eq(id)))
        .apply_if(filter.event_type, |query, name| query.filter(webhook_delivery::Column::EventType.eq(name)))
        .apply_if(filter.state, |query, state| query.filter(webhook_delivery::Column::State.eq(state)));
    paging.newest_first(&db.of(tenant), rows, webhook_delivery::Column::Id).await
}

pub async fn find_delivery(db: &Database, tenant: TenantId, id: WebhookDeliveryId) -> Result<webhook_delivery::Model> {
    find_delivery_in(&db.of(tenant), tenant, id).await
}

pub(super) async fn find_delivery_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: WebhookDeliveryId,
) -> Result<webhook_delivery::Model> {
    let row = webhook_delivery::Entity::of(tenant).filter(webhook_delivery::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(NOT_FOUND)
}

/// A delivery, what is sent, and what came of it.
pub async fn look(db: &Database, tenant: TenantId, id: WebhookDeliveryId) -> Result<Detail> {
    let delivery = find_delivery(db, tenant, id).await?;
    let endpoint = find(db, tenant, delivery.endpoint_id).await?;
    let event = event::Entity::of(tenant).filter(event::Column::Id.eq(delivery.event_id)).one(&db.of(tenant)).await?;
    let event = event.ok_or(NOT_FOUND)?;
    let attempts = webhook_attempt::Entity::of(tenant).filter(webhook_attempt::Column::DeliveryId.eq(id));
    let attempts = attempts.order_by_desc(webhook_attempt::Column::Id).limit(MOST_ATTEMPTS);
    let mut attempts = attempts.all(&db.of(tenant)).await?;
    attempts.reverse();
    let at = attempts.last().map_or(delivery.created_at, |attempt| attempt.at);
    Ok(Detail {
        url: endpoint.url,
        headers: message::plain_headers(event.id, at).into(),
        body: message::body(&event),
        attempts,
        delivery,
    })
}

pub(super) const NOT_FOUND: Error = Error::NotFound { what: "webhook delivery" };

//! Deliveries once more: one, or all of a time.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, event,
    id::{EventId, TenantId, WebhookDeliveryId, WebhookEndpointId},
    webhook_delivery::{self, State},
    webhook_endpoint::{self, EventTypes},
};
use rand::RngExt;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    deliveries::{NOT_FOUND, find_delivery_in},
    locked, order_one,
};
use crate::{
    Database, Error, Result,
    access::By,
    audit,
    jobs::{self, Payload, Priority, Ticket},
};

/// Deliveries replayed by one request: a second of work.
const MOST: usize = 1_000;

/// Events looked at by one request.
const MOST_LOOKED_AT: usize = 10_000;

/// Of one transaction.
const BATCH: u64 = 200;

/// From one replayed message to the next: ten a second, so that an endpoint that was away is not drowned.
const APART: TimeDelta = TimeDelta::milliseconds(100);

/// What is to be replayed.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Of events that happened from this moment on.
    pub from: Option<DateTime<Utc>>,
    /// The first moment that counts no longer.
    pub to: Option<DateTime<Utc>>,
    /// Deliveries in these states; [`State::Pending`] ones are on their way anyway.
    pub states: Vec<State>,
    /// Events, too, of which the endpoint was never told: it was disabled, or had not subscribed.
    pub missed: bool,
    /// [`Replayed::next_cursor`] of the request before.
    pub cursor: Option<Uuid>,
}

/// What a replay came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    pub deliveries: u64,
    /// There may be more, from here on; `None`: that was all.
    pub next_cursor: Option<Uuid>,
}

/// Tries a delivery once more, now, with all its tries before it. One that waits is tried now instead of later.
///
/// [`Error::Blocked`]: its endpoint is disabled.
pub async fn replay(
    db: &Database,
    tenant: TenantId,
    by: &By,
    id: WebhookDeliveryId,
    now: DateTime<Utc>,
) -> Result<webhook_delivery::Model> {
    let tx = db.write(tenant).await?;
    let endpoint = find_delivery_in(&tx, tenant, id).await?.endpoint_id;
    // In the order in which whoever disables it takes them.
    check_enabled(&locked(&tx, tenant, endpoint).await?)?;
    let row = webhook_delivery::Entity::of(tenant).filter(webhook_delivery::Column::Id.eq(id)).lock_exclusive();
    let row = row.one(&tx).await?.ok_or(NOT_FOUND)?;
    let ticket = again(&tx, row, Priority::High, now).await?;
    audit::record(&tx, tenant, by, "webhook_delivery.replayed", id, None).await?;
    let row = find_delivery_in(&tx, tenant, id).await?;
    tx.commit().await?;
    db.queue().push_all(ticket);
    Ok(row)
}

/// Replays an endpoint's deliveries, oldest event first, ten a second; at most a thousand.
///
/// [`Error::Blocked`]: it is disabled.
pub async fn replay_many(
    db: &Database,
    tenant: TenantId,
    by: &By,
    id: WebhookEndpointId,
    wanted: Wanted,
    now: DateTime<Utc>,
) -> Result<Replayed> {
    for (field, at) in [("from", wanted.from), ("to", wanted.to)] {
        if at.is_some_and(|at| !audit::is_storable(at)) {
            return Err(Error::invalid(field, "must lie in the years 1 to 9999"));
        }
    }
    let (mut replayed, mut looked_at, mut cursor) = (0, 0, wanted.cursor);
    let mut is_over = false;
    while !is_over && replayed < MOST && looked_at < MOST_LOOKED_AT {
        let tx = db.write(tenant).await?;
        let endpoint = locked(&tx, tenant, id).await?;
        check_enabled(&endpoint)?;
        let events = some_events(&tx, &endpoint, &wanted, cursor).await?;
        is_over = (events.len() as u64) < BATCH;
        looked_at += events.len();
        let ids = events.iter().map(|event| event.id);
        let known = webhook_delivery::Entity::of(tenant)
            .filter(webhook_delivery::Column::EndpointId.eq(id))
            .filter(webhook_delivery::Column::EventId.is_in(ids))
            .lock_exclusive()
            .all(&tx)
            .await?;
        let mut known: HashMap<EventId, _> = known.into_iter().map(|row| (row.event_id, row)).collect();
        let mut tickets = Vec::new();
        for event in &events {
            if replayed == MOST {
                is_over = false;
                break;
            }
            cursor = Some(event.id.uuid());
            let place = i32::try_from(replayed).unwrap_or(i32::MAX);
            let at = now + APART * place + APART.checked_div(2).unwrap_or_default() * rand::rng().random_range(0..2);
            match known.remove(&event.id) {
                Some(row) if row.state != State::Pending && wanted.states.contains(&row.state) => {
                    tickets.extend(again(&tx, row, Priority::Low, at).await?);
                }
                None if wanted.missed => tickets.push(order_one(&tx, id, event, Priority::Low, at).await?),
                _ => continue,
            }
            replayed += 1;
        }
        tx.commit().await?;
        db.queue().push_all(tickets);
    }
    let tx = db.write(tenant).await?;
    let details = json!({ "deliveries": replayed });
    audit::record(&tx, tenant, by, "webhook_endpoint.replayed", id, Some(details)).await?;
    tx.commit().await?;
    Ok(Replayed { deliveries: replayed as u64, next_cursor: cursor.filter(|_| !is_over) })
}

/// Events of the time that the endpoint subscribes to, oldest first.
async fn some_events(
    conn: &impl ConnectionTrait,
    endpoint: &webhook_endpoint::Model,
    wanted: &Wanted,
    cursor: Option<Uuid>,
) -> Result<Vec<event::Model>> {
    let types = &endpoint.event_types.0;
    let types = (!types.iter().any(|name| name == EventTypes::ALL)).then_some(types);
    let events = event::Entity::of(endpoint.tenant_id)
        .apply_if(types, |query, types| query.filter(event::Column::Type.is_in(types.iter().cloned())))
        .apply_if(wanted.from, |query, from| query.filter(event::Column::CreatedAt.gte(from)))
        .apply_if(wanted.to, |query, to| query.filter(event::Column::CreatedAt.lt(to)))
        .apply_if(cursor, |query, cursor| query.filter(event::Column::Id.gt(cursor)));
    Ok(events.order_by_asc(event::Column::Id).limit(BATCH).all(conn).await?)
}

/// Gives the ticket to be pushed; `None`: it runs already.
async fn again(
    conn: &impl ConnectionTrait,
    row: webhook_delivery::Model,
    priority: Priority,
    at: DateTime<Utc>,
) -> Result<Option<Ticket>> {
    let (tenant, delivery) = (row.tenant_id, row.id);
    let payload = Payload::DeliverWebhook { tenant, delivery };
    let open = match row.job_id.filter(|_| row.state == State::Pending) {
        Some(job) => jobs::hasten(conn, tenant, job, priority, at).await?.then_some(job),
        None => None,
    };
    let ticket = match open {
        Some(id) => Ticket { id, kind: payload.kind() },
        // Its job was given up, or there is none any more.
        None => jobs::add_as(conn, &payload, priority, at).await?,
    };
    let mut row = row.into_active_model();
    row.state = Set(State::Pending);
    row.job_id = Set(Some(ticket.id));
    row.tries = Set(0);
    row.next_attempt_at = Set(Some(at));
    row.settled_at = Set(None);
    row.update(conn).await?;
    Ok(Some(ticket))
}

fn check_enabled(endpoint: &webhook_endpoint::Model) -> Result<()> {
    match endpoint.disabled_at {
        None => Ok(()),
        Some(_) => Err(Error::blocked("endpoint_disabled", "the endpoint is disabled: enable it first")),
    }
}

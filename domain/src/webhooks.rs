//! Webhooks: endpoints of the tenant's that are told of [events](crate::events), signed as
//! [Standard Webhooks](https://www.standardwebhooks.com) says.
//!
//! An event goes to an endpoint as one delivery, whose message keeps its id (the event's) through all tries and replays.
//! Each try is a job of its own, written in the transaction that records the one before: whatever dies in between costs a
//! repeat at most.

mod deliver;
mod deliveries;
mod message;
mod notice;
mod places;
mod replay;
mod retry;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, event,
    id::{TenantId, WebhookDeliveryId, WebhookEndpointId},
    sealed, tenant,
    webhook_delivery::{self, State},
    webhook_endpoint::{self, EventTypes},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};
use secrecy::SecretString;
use serde_json::json;

use crate::{
    Database, Error, Result,
    access::By,
    audit,
    events::{self, Event},
    jobs::{self, Payload, Priority, Ticket},
    outbound::Outbound,
    page::{Page, Paging},
    vault::{Place, Vault},
};

pub use deliver::{Came, Trial, deliver, test};
pub use deliveries::{Detail, Filter, find_delivery, list_deliveries, look};
pub use notice::mail_disabled;
pub use places::Places;
pub use replay::{Replayed, Wanted, replay, replay_many};
pub use retry::WAITS_S;

/// Endpoints of one tenant: each is a row more for every event.
pub const MOST_ENDPOINTS: u64 = 20;

/// How long the secret before the last one signs too.
pub const OVERLAP: TimeDelta = TimeDelta::hours(24);

const LONGEST_URL: usize = 2_000;
const LONGEST_DESCRIPTION: usize = 200;

/// What endpoints are made, told and tried with.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    pub db: &'a Database,
    pub vault: &'a Vault,
    pub outbound: &'a Outbound,
}

/// An endpoint to be made.
#[derive(Clone, Debug)]
pub struct NewEndpoint {
    pub url: String,
    pub description: Option<String>,
    /// Of [`events::TYPES`], or `*`.
    pub event_types: Vec<String>,
}

/// What shall be different about an endpoint; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub url: Option<String>,
    pub description: Option<Option<String>>,
    pub event_types: Option<Vec<String>>,
}

/// Why an endpoint is told nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disabled {
    /// Somebody of the tenant's wished it.
    ByHand,
    /// It answered 410.
    Gone,
    /// It has taken nothing for days.
    Failing,
}

impl Disabled {
    /// Stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ByHand => "by_hand",
            Self::Gone => "gone",
            Self::Failing => "failing",
        }
    }
}

/// A new endpoint, and its secret, which nobody can read again.
pub async fn create(
    means: Means<'_>,
    tenant: TenantId,
    by: &By,
    new: NewEndpoint,
) -> Result<(webhook_endpoint::Model, SecretString)> {
    let url = checked_url(means.outbound, &new.url)?;
    check_description(new.description.as_deref())?;
    let event_types = checked_types(new.event_types)?;
    let (id, now, secret) = (WebhookEndpointId::new(), entity::now(), message::new_secret());
    let tx = means.db.write(tenant).await?;
    // Of two at once the second counts the first.
    tenant::Entity::of(tenant).lock_exclusive().one(&tx).await?;
    if webhook_endpoint::Entity::of(tenant).count(&tx).await? >= MOST_ENDPOINTS {
        let why = format!("a tenant has {MOST_ENDPOINTS} webhook endpoints at most: delete one that is not used");
        return Err(Error::blocked("too_many_endpoints", why));
    }
    let row = webhook_endpoint::Model {
        id,
        tenant_id: tenant,
        url,
        description: new.description,
        event_types,
        secret: means.vault.seal(&tx, secret_place(tenant, id), &secret).await?,
        previous_secret: None,
        previous_secret_until: None,
        failing_since: None,
        disabled_at: None,
        disabled_reason: None,
        created_at: now,
        updated_at: now,
    };
    let row = row.into_active_model().insert(&tx).await?;
    audit::record(&tx, tenant, by, "webhook_endpoint.created", id, None).await?;
    tx.commit().await?;
    Ok((row, secret))
}

/// The endpoint, changed: from the next try on, those of waiting deliveries too.
pub async fn update(
    means: Means<'_>,
    tenant: TenantId,
    by: &By,
    id: WebhookEndpointId,
    change: Change,
) -> Result<webhook_endpoint::Model> {
    check_description(change.description.as_ref().and_then(Option::as_deref))?;
    let url = change.url.map(|url| checked_url(means.outbound, &url)).transpose()?;
    let event_types = change.event_types.map(checked_types).transpose()?;
    let tx = means.db.write(tenant).await?;
    let mut row = locked(&tx, tenant, id).await?.into_active_model();
    if let Some(url) = url {
        row.url = Set(url);
    }
    if let Some(description) = change.description {
        row.description = Set(description);
    }
    if let Some(event_types) = event_types {
        row.event_types = Set(event_types);
    }
    row.updated_at = Set(entity::now());
    let row = row.update(&tx).await?;
    audit::record(&tx, tenant, by, "webhook_endpoint.changed", id, None).await?;
    tx.commit().await?;
    Ok(row)
}

/// Takes it away, with its deliveries.
pub async fn delete(db: &Database, tenant: TenantId, by: &By, id: WebhookEndpointId) -> Result<()> {
    let tx = db.write(tenant).await?;
    let gone = webhook_endpoint::Entity::delete_of(tenant).filter(webhook_endpoint::Column::Id.eq(id));
    if gone.exec(&tx).await?.rows_affected == 0 {
        return Err(NOT_FOUND);
    }
    audit::record(&tx, tenant, by, "webhook_endpoint.deleted", id, None).await?;
    Ok(tx.commit().await?)
}

/// A new secret, which nobody can read again. The one before signs too for [`OVERLAP`].
pub async fn rotate_secret(
    means: Means<'_>,
    tenant: TenantId,
    by: &By,
    id: WebhookEndpointId,
    now: DateTime<Utc>,
) -> Result<(webhook_endpoint::Model, SecretString)> {
    let secret = message::new_secret();
    let tx = means.db.write(tenant).await?;
    let row = locked(&tx, tenant, id).await?;
    let before = means.vault.open(&tx, secret_place(tenant, id), &row.secret).await?;
    let mut row = row.into_active_model();
    row.previous_secret = Set(Some(means.vault.seal(&tx, previous_place(tenant, id), &before).await?));
    row.previous_secret_until = Set(Some(now + OVERLAP));
    row.secret = Set(means.vault.seal(&tx, secret_place(tenant, id), &secret).await?);
    row.updated_at = Set(now);
    let row = row.update(&tx).await?;
    audit::record(&tx, tenant, by, "webhook_endpoint.secret_rotated", id, None).await?;
    tx.commit().await?;
    Ok((row, secret))
}

/// From now on it is told of events again, of those from now on: see [`replay_many`] for the others.
pub async fn enable(
    db: &Database,
    tenant: TenantId,
    by: &By,
    id: WebhookEndpointId,
) -> Result<webhook_endpoint::Model> {
    let tx = db.write(tenant).await?;
    let mut row = locked(&tx, tenant, id).await?.into_active_model();
    (row.disabled_at, row.disabled_reason, row.failing_since) = (Set(None), Set(None), Set(None));
    row.updated_at = Set(entity::now());
    let row = row.update(&tx).await?;
    audit::record(&tx, tenant, by, "webhook_endpoint.enabled", id, None).await?;
    tx.commit().await?;
    Ok(row)
}

/// From now on it is told nothing; what waits becomes dead letters.
pub async fn disable(
    db: &Database,
    tenant: TenantId,
    by: &By,
    id: WebhookEndpointId,
    now: DateTime<Utc>,
) -> Result<webhook_endpoint::Model> {
    let tx = db.write(tenant).await?;
    locked(&tx, tenant, id).await?;
    disable_in(&tx, tenant, by, id, Disabled::ByHand, now).await?;
    let row = find_in(&tx, tenant, id).await?;
    tx.commit().await?;
    Ok(row)
}

/// [`disable`] within a transaction. Gives the jobs of whoever is to be told of it; nobody is of what was done by hand.
async fn disable_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    by: &By,
    id: WebhookEndpointId,
    why: Disabled,
    now: DateTime<Utc>,
) -> Result<Vec<Ticket>> {
    let disabled = webhook_endpoint::Entity::update_of(tenant)
        .col_expr(webhook_endpoint::Column::DisabledAt, Expr::value(now))
        .col_expr(webhook_endpoint::Column::DisabledReason, Expr::value(why.name()))
        .filter(webhook_endpoint::Column::Id.eq(id))
        .filter(webhook_endpoint::Column::DisabledAt.is_null());
    if disabled.exec(conn).await?.rows_affected == 0 {
        return Ok(Vec::new());
    }
    webhook_delivery::Entity::update_of(tenant)
        .col_expr(webhook_delivery::Column::State, Expr::value(State::Dead))
        .col_expr(webhook_delivery::Column::JobId, Expr::value(None::<uuid::Uuid>))
        .col_expr(webhook_delivery::Column::NextAttemptAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(webhook_delivery::Column::LastError, Expr::value("endpoint_disabled"))
        .col_expr(webhook_delivery::Column::SettledAt, Expr::value(now))
        .filter(webhook_delivery::Column::EndpointId.eq(id))
        .filter(webhook_delivery::Column::State.eq(State::Pending))
        .exec(conn)
        .await?;
    let details = json!({ "reason": why.name() });
    audit::record(conn, tenant, by, "webhook_endpoint.disabled", id, Some(details)).await?;
    if why == Disabled::ByHand {
        return Ok(Vec::new());
    }
    let told = Event::WebhookDisabled { endpoint: id, reason: why.name().to_owned() };
    let mut tickets = Box::pin(events::add(conn, tenant, &told, now)).await?;
    tickets.extend(notice::order(conn, tenant, id, now).await?);
    Ok(tickets)
}

pub async fn find(db: &Database, tenant: TenantId, id: WebhookEndpointId) -> Result<webhook_endpoint::Model> {
    find_in(&db.of(tenant), tenant, id).await
}

async fn find_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: WebhookEndpointId,
) -> Result<webhook_endpoint::Model> {
    let row = webhook_endpoint::Entity::of(tenant).filter(webhook_endpoint::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(NOT_FOUND)
}

/// Whoever changes it and its deliveries takes it first, and them afterwards.
async fn locked(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: WebhookEndpointId,
) -> Result<webhook_endpoint::Model> {
    let row = webhook_endpoint::Entity::of(tenant).filter(webhook_endpoint::Column::Id.eq(id));
    // Not against those who only name it: the events of a call do not wait for it.
    row.lock(LockType::NoKeyUpdate).one(conn).await?.ok_or(NOT_FOUND)
}

/// Newest first.
pub async fn list(db: &Database, tenant: TenantId, paging: Paging) -> Result<Page<webhook_endpoint::Model>> {
    let endpoints = webhook_endpoint::Entity::of(tenant);
    paging.newest_first(&db.of(tenant), endpoints, webhook_endpoint::Column::Id).await
}

/// Forgets secrets that sign no more. Gives their number.
#[expect(clippy::disallowed_methods, reason = "time passes for all tenants")]
pub async fn forget_secrets(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let past = webhook_endpoint::Entity::update_many()
        .col_expr(webhook_endpoint::Column::PreviousSecret, Expr::value(None::<Vec<u8>>))
        .col_expr(webhook_endpoint::Column::PreviousSecretUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(webhook_endpoint::Column::PreviousSecretUntil.lte(now));
    Ok(past.exec(&db.platform()).await?.rows_affected)
}

/// Orders the deliveries of an event, to whoever subscribed to its type, in the transaction that writes it.
pub(crate) async fn order(
    conn: &impl ConnectionTrait,
    event: &event::Model,
    now: DateTime<Utc>,
) -> Result<Vec<Ticket>> {
    let endpoints = webhook_endpoint::Entity::of(event.tenant_id)
        .filter(webhook_endpoint::Column::DisabledAt.is_null())
        .all(conn)
        .await?;
    let mut tickets = Vec::new();
    for endpoint in endpoints.iter().filter(|endpoint| endpoint.event_types.hold(&event.r#type)) {
        tickets.push(order_one(conn, endpoint.id, event, Priority::Normal, now).await?);
    }
    Ok(tickets)
}

async fn order_one(
    conn: &impl ConnectionTrait,
    endpoint: WebhookEndpointId,
    event: &event::Model,
    priority: Priority,
    at: DateTime<Utc>,
) -> Result<Ticket> {
    let (tenant, id) = (event.tenant_id, WebhookDeliveryId::new());
    let ticket = jobs::add_as(conn, &Payload::DeliverWebhook { tenant, delivery: id }, priority, at).await?;
    let row = webhook_delivery::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        endpoint_id: Set(endpoint),
        event_id: Set(event.id),
        event_type: Set(event.r#type.clone()),
        state: Set(State::Pending),
        job_id: Set(Some(ticket.id)),
        tries: Set(0),
        attempts: Set(0),
        next_attempt_at: Set(Some(at)),
        last_status: Set(None),
        last_error: Set(None),
        created_at: Set(entity::now()),
        settled_at: Set(None),
    };
    webhook_delivery::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(ticket)
}

const NOT_FOUND: Error = Error::NotFound { what: "webhook endpoint" };

fn checked_url(outbound: &Outbound, url: &str) -> Result<String> {
    let url = url.trim();
    if url.chars().count() > LONGEST_URL || url.chars().any(char::is_control) {
        let message = format!("must be up to {LONGEST_URL} characters long, none of them a control character");
        return Err(Error::invalid("url", message));
    }
    outbound.check(url).map_err(|failure| Error::invalid("url", failure.to_string()))?;
    Ok(url.to_owned())
}

fn check_description(text: Option<&str>) -> Result<()> {
    if text.is_some_and(|text| text.chars().count() > LONGEST_DESCRIPTION || text.contains('\0')) {
        let message = format!("must be up to {LONGEST_DESCRIPTION} characters long, none of them NUL");
        return Err(Error::invalid("description", message));
    }
    Ok(())
}

/// Each once; `*` stands alone.
fn checked_types(mut types: Vec<String>) -> Result<EventTypes> {
    if types.iter().any(|name| name == EventTypes::ALL) {
        return Ok(EventTypes(vec![EventTypes::ALL.to_owned()]));
    }
    if types.is_empty() {
        return Err(Error::invalid("event_types", "must name a type of event, or be [\"*\"] for all"));
    }
    events::check_types("event_types", &types)?;
    types.sort();
    types.dedup();
    Ok(EventTypes(types))
}

fn secret_place(tenant: TenantId, id: WebhookEndpointId) -> Place {
    Place { tenant, column: sealed::WEBHOOK_SECRET, row: id.uuid() }
}

fn previous_place(tenant: TenantId, id: WebhookEndpointId) -> Place {
    Place { tenant, column: sealed::WEBHOOK_PREVIOUS_SECRET, row: id.uuid() }
}

//! One try of a delivery.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, event,
    id::{EventId, JobId, TenantId, WebhookAttemptId, WebhookDeliveryId, WebhookEndpointId},
    webhook_attempt,
    webhook_delivery::{self, State},
    webhook_endpoint,
};
use rand::RngExt;
use reqwest::Method;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QuerySelect, sea_query::Expr,
};
use secrecy::SecretString;
use serde_json::json;
use tokio::time::Instant;

use super::{
    Disabled, Means, Places, disable_in, find, locked, message, previous_place,
    retry::{Outcome, Verdict, verdict},
    secret_place,
};
use crate::{
    Error, Result,
    access::By,
    audit,
    jobs::{self, Payload, Ticket},
    outbound::Request,
};

/// For an endpoint's whole answer: 15 to 30 s are advised.
const TIMEOUT: Duration = Duration::from_secs(15);

/// The same while somebody waits for it.
const TRIAL_TIMEOUT: Duration = Duration::from_secs(10);

/// Bytes of an answer that are kept.
const KEPT: usize = 4 << 10;

/// How long an endpoint may take nothing before a dead letter disables it.
const PERSISTENT: TimeDelta = TimeDelta::days(5);

/// What a job for a delivery came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Tried and recorded, or there was nothing to be tried.
    Done,
    /// The endpoint is busy or rests: not tried, to be done after this wait.
    NotYet(TimeDelta),
}

/// What came of a message that was sent to see what comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// The message's id.
    pub id: EventId,
    /// `None`: there was no answer.
    pub status: Option<u16>,
    pub latency: Duration,
    /// What was wrong, by a stable name; `None`: it was taken.
    pub error: Option<&'static str>,
    pub response_body: Option<String>,
}

/// What one request came to.
struct Answer {
    outcome: Outcome,
    at: DateTime<Utc>,
    latency: Duration,
    body: Option<String>,
}

/// Tries a delivery, records the try and orders the next one where there is to be one. `job`: who asks; only the
/// delivery's own may.
///
/// It may be done twice, by a process that died in between: both messages have the same id.
pub async fn deliver(
    means: Means<'_>,
    places: &Places,
    tenant: TenantId,
    id: WebhookDeliveryId,
    job: JobId,
) -> Result<Came> {
    let conn = means.db.of(tenant);
    let delivery = webhook_delivery::Entity::of(tenant).filter(webhook_delivery::Column::Id.eq(id)).one(&conn).await?;
    // Erased, settled, or another job's by now.
    let Some(delivery) = delivery.filter(|row| is_for(row, job)) else { return Ok(Came::Done) };
    let endpoint = webhook_endpoint::Entity::of(tenant).filter(webhook_endpoint::Column::Id.eq(delivery.endpoint_id));
    let event = event::Entity::of(tenant).filter(event::Column::Id.eq(delivery.event_id));
    let (Some(endpoint), Some(event)) = (endpoint.one(&conn).await?, event.one(&conn).await?) else {
        return Ok(Came::Done);
    };
    let place = match places.take(endpoint.id).await {
        Ok(place) => place,
        Err(wait) => return Ok(Came::NotYet(spread(wait))),
    };
    let secrets = secrets(means, &endpoint, entity::now()).await?;
    let answer = send(means, &endpoint.url, event.id, &message::body(&event), &secrets, TIMEOUT).await;
    place.answered();
    let jobs = record(means, &delivery, job, &answer).await?;
    tracing::debug!(
        tenant.id = %tenant,
        endpoint.id = %endpoint.id,
        event.id = %event.id,
        http.status = answer.outcome.status,
        error = answer.outcome.error(),
        latency_ms = answer.latency.as_millis() as u64,
        "webhook tried",
    );
    means.db.queue().push_all(jobs);
    Ok(Came::Done)
}

/// Sends a message of type `ping`, once and at once, be the endpoint disabled or not. Nothing of it is kept but that it was
/// done.
pub async fn test(means: Means<'_>, tenant: TenantId, by: &By, id: WebhookEndpointId) -> Result<Trial> {
    let endpoint = find(means.db, tenant, id).await?;
    let now = entity::now();
    let (event, body) = (EventId::new(), json!({ "type": "ping", "timestamp": now, "data": { "endpoint_id": id } }));
    let secrets = secrets(means, &endpoint, now).await?;
    let answer = send(means, &endpoint.url, event, &body.to_string(), &secrets, TRIAL_TIMEOUT).await;
    let error = answer.outcome.error();
    let tx = means.db.write(tenant).await?;
    audit::record(&tx, tenant, by, "webhook_endpoint.tested", id, Some(json!({ "error": error }))).await?;
    tx.commit().await?;
    let (status, latency) = (answer.outcome.status, answer.latency);
    Ok(Trial { id: event, status, latency, error, response_body: answer.body })
}

fn is_for(row: &webhook_delivery::Model, job: JobId) -> bool {
    row.state == State::Pending && row.job_id == Some(job)
}

/// So that what is put off together does not come back together.
fn spread(wait: Duration) -> TimeDelta {
    let wait = wait.mul_f64(rand::rng().random_range(1.0..1.5));
    TimeDelta::from_std(wait).unwrap_or(TimeDelta::minutes(5))
}

/// Those that sign now, the newest first.
async fn secrets(
    means: Means<'_>,
    endpoint: &webhook_endpoint::Model,
    now: DateTime<Utc>,
) -> Result<Vec<SecretString>> {
    let (tenant, id) = (endpoint.tenant_id, endpoint.id);
    let conn = means.db.of(tenant);
    let mut secrets = vec![means.vault.open(&conn, secret_place(tenant, id), &endpoint.secret).await?];
    if let (Some(previous), Some(until)) = (&endpoint.previous_secret, endpoint.previous_secret_until)
        && until > now
    {
        secrets.push(means.vault.open(&conn, previous_place(tenant, id), previous).await?);
    }
    Ok(secrets)
}

async fn send(
    means: Means<'_>,
    url: &str,
    id: EventId,
    body: &str,
    secrets: &[SecretString],
    timeout: Duration,
) -> Answer {
    let (at, began) = (entity::now(), Instant::now());
    let sent = async {
        let request = Request {
            method: Method::POST,
            url: means.outbound.check(url)?,
            headers: message::headers(id, at, body, secrets),
            secret_headers: reqwest::header::HeaderMap::new(),
            body: Some(Bytes::from(body.to_owned())),
            timeout,
            max_bytes: KEPT,
        };
        means.outbound.send_once(request).await
    };
    let answer = sent.await;
    let latency = began.elapsed();
    match answer {
        Ok(first) => {
            let body = String::from_utf8_lossy(&first.body).replace('\0', "\u{fffd}");
            let outcome = Outcome { status: Some(first.status), failure: None, retry_after: first.retry_after };
            Answer { outcome, at, latency, body: Some(body).filter(|body| !body.is_empty()) }
        }
        Err(failure) => {
            let outcome = Outcome { status: None, failure: Some(failure.kind()), retry_after: None };
            Answer { outcome, at, latency, body: None }
        }
    }
}

/// Writes the try down, and what follows from it, in one transaction. Gives the jobs to be pushed.
async fn record(
    means: Means<'_>,
    delivery: &webhook_delivery::Model,
    job: JobId,
    answer: &Answer,
) -> Result<Vec<Ticket>> {
    let (tenant, now) = (delivery.tenant_id, entity::now());
    let tx = means.db.write(tenant).await?;
    match locked(&tx, tenant, delivery.endpoint_id).await {
        // Deleted while it was told, and the delivery with it.
        Err(Error::NotFound { .. }) => return Ok(Vec::new()),
        endpoint => endpoint?,
    };
    let row = webhook_delivery::Entity::of(tenant).filter(webhook_delivery::Column::Id.eq(delivery.id));
    let Some(row) = row.lock_exclusive().one(&tx).await? else {
        // Erased while it was told.
        return Ok(Vec::new());
    };
    let status = answer.outcome.status.map(i32::from);
    let attempt = webhook_attempt::ActiveModel {
        id: Set(WebhookAttemptId::new()),
        tenant_id: Set(tenant),
        delivery_id: Set(row.id),
        at: Set(answer.at),
        latency_ms: Set(i64::try_from(answer.latency.as_millis()).unwrap_or(i64::MAX)),
        status: Set(status),
        error: Set(answer.outcome.error().map(str::to_owned)),
        response_body: Set(answer.body.clone()),
    };
    webhook_attempt::Entity::insert(attempt).exec_without_returning(&tx).await?;
    let (is_ours, tries) = (is_for(&row, job), row.tries + 1);
    let (endpoint, attempts) = (row.endpoint_id, row.attempts + 1);
    let mut row = row.into_active_model();
    row.attempts = Set(attempts);
    let mut tickets = Vec::new();
    // Another's by now (its endpoint was disabled, somebody replayed it): the try counts, the rest is not ours to say.
    if is_ours {
        row.last_status = Set(status);
        row.last_error = Set(answer.outcome.error().map(str::to_owned));
        row.tries = Set(tries);
        let verdict = verdict(&answer.outcome, tries, rand::rng().random_range(0.0..1.0), now);
        match verdict {
            Verdict::Again(wait) => {
                let again = Payload::DeliverWebhook { tenant, delivery: delivery.id };
                let ticket = jobs::add_after(&tx, tenant, job, &again, now + wait).await?;
                row.job_id = Set(Some(ticket.id));
                row.next_attempt_at = Set(Some(now + wait));
                tickets.push(ticket);
            }
            Verdict::Delivered | Verdict::Dead | Verdict::Gone => {
                let state = if verdict == Verdict::Delivered { State::Delivered } else { State::Dead };
                row.state = Set(state);
                row.job_id = Set(None);
                row.next_attempt_at = Set(None);
                row.settled_at = Set(Some(now));
            }
        }
        row.update(&tx).await?;
        tickets.extend(judge(&tx, tenant, endpoint, verdict, now).await?);
    } else {
        row.update(&tx).await?;
    }
    tx.commit().await?;
    Ok(tickets)
}

/// What the try says of the endpoint. Gives the jobs to be pushed.
async fn judge(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: WebhookEndpointId,
    verdict: Verdict,
    now: DateTime<Utc>,
) -> Result<Vec<Ticket>> {
    let failing_since = |since: Option<DateTime<Utc>>| {
        let is_news = match since {
            Some(_) => webhook_endpoint::Column::FailingSince.is_null(),
            None => webhook_endpoint::Column::FailingSince.is_not_null(),
        };
        webhook_endpoint::Entity::update_of(tenant)
            .col_expr(webhook_endpoint::Column::FailingSince, Expr::value(since))
            .filter(webhook_endpoint::Column::Id.eq(id))
            .filter(is_news)
    };
    if verdict == Verdict::Delivered {
        failing_since(None).exec(conn).await?;
        return Ok(Vec::new());
    }
    failing_since(Some(now)).exec(conn).await?;
    let why = match verdict {
        Verdict::Gone => Disabled::Gone,
        Verdict::Dead => {
            let failing = webhook_endpoint::Entity::of(tenant)
                .filter(webhook_endpoint::Column::Id.eq(id))
                .filter(webhook_endpoint::Column::FailingSince.lte(now - PERSISTENT));
            if failing.one(conn).await?.is_none() {
                return Ok(Vec::new());
            }
            Disabled::Failing
        }
        Verdict::Again(_) | Verdict::Delivered => return Ok(Vec::new()),
    };
    tracing::warn!(tenant.id = %tenant, endpoint.id = %id, reason = why.name(), "a webhook endpoint is disabled");
    disable_in(conn, tenant, &By::SYSTEM, id, why, now).await
}

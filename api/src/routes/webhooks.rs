use chrono::{DateTime, Utc};
use domain::{
    entity::{
        now, webhook_attempt,
        webhook_delivery::{self, State},
        webhook_endpoint,
    },
    page::{Page, Paging},
    webhooks::{self, Change, Detail, Filter, NewEndpoint, Trial, Wanted},
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{Example, MaybeUndefined},
};
use secrecy::{ExposeSecret, SecretString};

use super::{Tag, page, wish};
use crate::{
    AppState,
    auth::{Can, Configure, Read},
    problem::ApiError,
};

pub struct Webhooks;

const ID: &str = "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b41";
const EVENT_ID: &str = "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b42";
const DELIVERY_ID: &str = "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b43";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a constant that parses")
}

/// An endpoint to be made.
#[derive(Object)]
#[oai(example)]
struct NewWebhookEndpoint {
    /// `https://`, a public host; up to 2,000 characters.
    url: String,
    /// Up to 200 characters.
    description: Option<String>,
    /// As `GET /event-types` lists them, or `["*"]` for all, those of later versions too.
    event_types: Vec<String>,
}

impl Example for NewWebhookEndpoint {
    fn example() -> Self {
        Self {
            url: "https://hooks.bakery.example.com/switchboard".into(),
            description: Some("Orders".into()),
            event_types: vec!["call.ended".into(), "transcript.ready".into()],
        }
    }
}

/// What shall be different: a field left out stays as it is.
#[derive(Object)]
#[oai(example)]
struct WebhookEndpointChange {
    #[oai(skip_serializing_if_is_none)]
    url: Option<String>,
    /// Null: none any more.
    description: MaybeUndefined<String>,
    #[oai(skip_serializing_if_is_none)]
    event_types: Option<Vec<String>>,
}

impl Example for WebhookEndpointChange {
    fn example() -> Self {
        Self { url: None, description: MaybeUndefined::Null, event_types: Some(vec!["*".into()]) }
    }
}

/// An address that is told of events.
#[derive(Object)]
#[oai(example)]
struct WebhookEndpoint {
    id: String,
    url: String,
    description: Option<String>,
    event_types: Vec<String>,
    is_enabled: bool,
    disabled_at: Option<DateTime<Utc>>,
    /// `by_hand`, `gone` (it answered 410) or `failing` (it took nothing for five days).
    disabled_reason: Option<String>,
    /// Since when it has taken nothing; null: it took the last message, or there was none.
    failing_since: Option<DateTime<Utc>>,
    /// Until when the secret before the last rotation signs too.
    previous_secret_until: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<webhook_endpoint::Model> for WebhookEndpoint {
    fn from(row: webhook_endpoint::Model) -> Self {
        Self {
            id: row.id.to_string(),
            url: row.url,
            description: row.description,
            event_types: row.event_types.0,
            is_enabled: row.disabled_at.is_none(),
            disabled_at: row.disabled_at,
            disabled_reason: row.disabled_reason,
            failing_since: row.failing_since,
            previous_secret_until: row.previous_secret_until,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Example for WebhookEndpoint {
    fn example() -> Self {
        let new = NewWebhookEndpoint::example();
        Self {
            id: ID.into(),
            url: new.url,
            description: new.description,
            event_types: new.event_types,
            is_enabled: true,
            disabled_at: None,
            disabled_reason: None,
            failing_since: None,
            previous_secret_until: None,
            created_at: at("2026-11-22T15:04:05.123456Z"),
            updated_at: at("2026-11-22T15:04:05.123456Z"),
        }
    }
}

/// An endpoint and what its messages are signed with.
#[derive(Object)]
#[oai(example)]
struct WebhookEndpointWithSecret {
    endpoint: WebhookEndpoint,
    /// `whsec_…`, as the `standardwebhooks` libraries take it. Shown this once.
    secret: String,
}

impl From<(webhook_endpoint::Model, SecretString)> for WebhookEndpointWithSecret {
    fn from((row, secret): (webhook_endpoint::Model, SecretString)) -> Self {
        Self { endpoint: row.into(), secret: secret.expose_secret().to_owned() }
    }
}

impl Example for WebhookEndpointWithSecret {
    fn example() -> Self {
        Self { endpoint: WebhookEndpoint::example(), secret: "whsec_shown-once-and-never-again".into() }
    }
}

/// Endpoints, newest first.
#[derive(Object)]
#[oai(example)]
struct WebhookEndpointList {
    items: Vec<WebhookEndpoint>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for WebhookEndpointList {
    fn example() -> Self {
        Self { items: vec![WebhookEndpoint::example()], next_cursor: None }
    }
}

/// What came of a message of type `ping`.
#[derive(Object)]
#[oai(example)]
struct WebhookTrial {
    is_ok: bool,
    /// The message's `webhook-id`.
    webhook_id: String,
    /// Null: there was no answer.
    status: Option<u16>,
    latency_ms: u64,
    /// See `error` of an attempt; null: it was taken.
    error: Option<String>,
    /// The first 4 KiB of the answer.
    response_body: Option<String>,
}

impl From<Trial> for WebhookTrial {
    fn from(trial: Trial) -> Self {
        Self {
            is_ok: trial.error.is_none(),
            webhook_id: trial.id.to_string(),
            status: trial.status,
            latency_ms: trial.latency.as_millis() as u64,
            error: trial.error.map(str::to_owned),
            response_body: trial.response_body,
        }
    }
}

impl Example for WebhookTrial {
    fn example() -> Self {
        Self {
            is_ok: true,
            webhook_id: EVENT_ID.into(),
            status: Some(204),
            latency_ms: 84,
            error: None,
            response_body: None,
        }
    }
}

/// How far a delivery is.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum WebhookDeliveryState {
    /// Waits for its first or its next try.
    Pending,
    Delivered,
    /// Given up: it can be replayed.
    Dead,
}

impl From<State> for WebhookDeliveryState {
    fn from(state: State) -> Self {
        match state {
            State::Pending => Self::Pending,
            State::Delivered => Self::Delivered,
            State::Dead => Self::Dead,
        }
    }
}

impl From<WebhookDeliveryState> for State {
    fn from(state: WebhookDeliveryState) -> Self {
        match state {
            WebhookDeliveryState::Pending => Self::Pending,
            WebhookDeliveryState::Delivered => Self::Delivered,
            WebhookDeliveryState::Dead => Self::Dead,
        }
    }
}

/// An event on its way to an endpoint.
#[derive(Object)]
#[oai(example)]
struct WebhookDelivery {
    id: String,
    endpoint_id: String,
    /// The message's `webhook-id`, in all its tries and replays.
    event_id: String,
    event_type: String,
    state: WebhookDeliveryState,
    attempts: i32,
    /// Null: it has come to its end.
    next_attempt_at: Option<DateTime<Utc>>,
    /// What the endpoint last answered; null: nothing.
    last_status: Option<i32>,
    /// See `error` of an attempt; or `endpoint_disabled`.
    last_error: Option<String>,
    created_at: DateTime<Utc>,
    /// When it was delivered or given up.
    settled_at: Option<DateTime<Utc>>,
}

impl From<webhook_delivery::Model> for WebhookDelivery {
    fn from(row: webhook_delivery::Model) -> Self {
        Self {
            id: row.id.to_string(),
            endpoint_id: row.endpoint_id.to_string(),
            event_id: row.event_id.to_string(),
            event_type: row.event_type,
            state: row.state.into(),
            attempts: row.attempts,
            next_attempt_at: row.next_attempt_at,
            last_status: row.last_status,
            last_error: row.last_error,
            created_at: row.created_at,
            settled_at: row.settled_at,
        }
    }
}

impl Example for WebhookDelivery {
    fn example() -> Self {
        Self {
            id: DELIVERY_ID.into(),
            endpoint_id: ID.into(),
            event_id: EVENT_ID.into(),
            event_type: "call.ended".into(),
            state: WebhookDeliveryState::Pending,
            attempts: 1,
            next_attempt_at: Some(at("2026-11-22T15:04:10.323456Z")),
            last_status: Some(503),
            last_error: Some("status".into()),
            created_at: at("2026-11-22T15:04:05.123456Z"),
            settled_at: None,
        }
    }
}

/// Deliveries, newest first.
#[derive(Object)]
#[oai(example)]
struct WebhookDeliveryList {
    items: Vec<WebhookDelivery>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for WebhookDeliveryList {
    fn example() -> Self {
        Self { items: vec![WebhookDelivery::example()], next_cursor: None }
    }
}

/// One try.
#[derive(Object)]
#[oai(example)]
struct WebhookAttempt {
    id: String,
    /// When it was sent: the message's `webhook-timestamp`.
    at: DateTime<Utc>,
    /// Null: there was no answer.
    status: Option<i32>,
    latency_ms: i64,
    /// `status` (neither 2xx nor one of the next two), `redirect` (none is followed), `gone` (410), `timeout` (15 s),
    /// `invalid_address`, `blocked_address` (not a public network), `dns`, `connect`, `tls` or `unreadable`; null: it was
    /// taken.
    error: Option<String>,
    /// The first 4 KiB of the answer.
    response_body: Option<String>,
}

impl From<webhook_attempt::Model> for WebhookAttempt {
    fn from(row: webhook_attempt::Model) -> Self {
        Self {
            id: row.id.to_string(),
            at: row.at,
            status: row.status,
            latency_ms: row.latency_ms,
            error: row.error,
            response_body: row.response_body,
        }
    }
}

impl Example for WebhookAttempt {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b44".into(),
            at: at("2026-11-22T15:04:05.223456Z"),
            status: Some(503),
            latency_ms: 84,
            error: Some("status".into()),
            response_body: Some("upstream is away".into()),
        }
    }
}

/// A header of a message.
#[derive(Object)]
#[oai(example)]
struct WebhookHeader {
    name: String,
    value: String,
}

impl Example for WebhookHeader {
    fn example() -> Self {
        Self { name: "webhook-id".into(), value: EVENT_ID.into() }
    }
}

/// What is sent.
#[derive(Object)]
#[oai(example)]
struct WebhookRequest {
    url: String,
    /// As last sent, without `webhook-signature`.
    headers: Vec<WebhookHeader>,
    /// The very text that is signed.
    body: String,
}

impl Example for WebhookRequest {
    fn example() -> Self {
        Self {
            url: NewWebhookEndpoint::example().url,
            headers: vec![WebhookHeader::example()],
            body: r#"{"data":{"channel":"phone"},"timestamp":"2026-11-22T15:04:05.123456Z","type":"call.ended"}"#
                .into(),
        }
    }
}

/// A delivery with all that is known of it.
#[derive(Object)]
#[oai(example)]
struct WebhookDeliveryDetail {
    delivery: WebhookDelivery,
    request: WebhookRequest,
    /// Oldest first; at most the last hundred.
    attempts: Vec<WebhookAttempt>,
}

impl From<Detail> for WebhookDeliveryDetail {
    fn from(detail: Detail) -> Self {
        let header = |(name, value): (&str, String)| WebhookHeader { name: name.to_owned(), value };
        let headers = detail.headers.into_iter().map(header).collect();
        Self {
            delivery: detail.delivery.into(),
            request: WebhookRequest { url: detail.url, headers, body: detail.body },
            attempts: detail.attempts.into_iter().map(WebhookAttempt::from).collect(),
        }
    }
}

impl Example for WebhookDeliveryDetail {
    fn example() -> Self {
        Self {
            delivery: WebhookDelivery::example(),
            request: WebhookRequest::example(),
            attempts: vec![WebhookAttempt::example()],
        }
    }
}

/// What is to be replayed.
#[derive(Object)]
#[oai(example)]
struct WebhookReplay {
    /// Of events that happened from this moment on; without it as far back as they are kept.
    from: Option<DateTime<Utc>>,
    /// The first moment that counts no longer.
    to: Option<DateTime<Utc>>,
    /// Deliveries in these states; without it `["dead"]`. Pending ones are on their way anyway.
    states: Option<Vec<WebhookDeliveryState>>,
    /// Events of its types, too, of which it was never told: it was disabled, or had not subscribed.
    #[oai(default)]
    missed: bool,
    /// `next_cursor` of the answer before.
    cursor: Option<String>,
}

impl Example for WebhookReplay {
    fn example() -> Self {
        Self {
            from: Some(at("2026-11-20T00:00:00Z")),
            to: None,
            states: Some(vec![WebhookDeliveryState::Dead]),
            missed: true,
            cursor: None,
        }
    }
}

/// How much is replayed.
#[derive(Object)]
#[oai(example)]
struct WebhookReplayed {
    /// They are sent from now on, ten a second.
    deliveries: u64,
    /// There may be more: send the same again with it. Null: that was all.
    next_cursor: Option<String>,
}

impl Example for WebhookReplayed {
    fn example() -> Self {
        Self { deliveries: 42, next_cursor: None }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<WebhookEndpointWithSecret>),
}

#[derive(ApiResponse)]
enum Gone {
    /// It is gone
    #[oai(status = 204)]
    Gone,
}

#[OpenApi(tag = "Tag::Webhooks")]
impl Webhooks {
    /// Subscribe an endpoint
    ///
    /// The answer holds the secret that its messages are signed with, this once. Twenty endpoints at most
    /// (`too_many_endpoints`).
    #[oai(path = "/webhook-endpoints", method = "post")]
    async fn create(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        new: Json<NewWebhookEndpoint>,
    ) -> Result<Made, ApiError> {
        let NewWebhookEndpoint { url, description, event_types } = new.0;
        let new = NewEndpoint { url, description, event_types };
        let made = webhooks::create(state.webhooks(), caller.tenant(), caller.by(), new).await?;
        Ok(Made::Created(Json(made.into())))
    }

    /// The endpoints, newest first
    #[oai(path = "/webhook-endpoints", method = "get")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// Endpoints on the page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<WebhookEndpointList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let Page { items, next_cursor } =
            webhooks::list(&state.database, caller.tenant(), paging).await?.map(WebhookEndpoint::from);
        Ok(Json(WebhookEndpointList { items, next_cursor }))
    }

    /// One endpoint
    #[oai(path = "/webhook-endpoints/:id", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<WebhookEndpoint>, ApiError> {
        let id = super::id(&id, "webhook endpoint")?;
        Ok(Json(webhooks::find(&state.database, caller.tenant(), id).await?.into()))
    }

    /// Change an endpoint
    ///
    /// What waits to be delivered goes to the new address.
    #[oai(path = "/webhook-endpoints/:id", method = "patch")]
    async fn update(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        change: Json<WebhookEndpointChange>,
    ) -> Result<Json<WebhookEndpoint>, ApiError> {
        let WebhookEndpointChange { url, description, event_types } = change.0;
        let change = Change { url, description: wish(description), event_types };
        let id = super::id(&id, "webhook endpoint")?;
        Ok(Json(webhooks::update(state.webhooks(), caller.tenant(), caller.by(), id, change).await?.into()))
    }

    /// Take an endpoint away
    ///
    /// Its deliveries go with it.
    #[oai(path = "/webhook-endpoints/:id", method = "delete")]
    async fn delete(&self, caller: Can<Configure>, state: Data<&AppState>, id: Path<String>) -> Result<Gone, ApiError> {
        let id = super::id(&id, "webhook endpoint")?;
        webhooks::delete(&state.database, caller.tenant(), caller.by(), id).await?;
        Ok(Gone::Gone)
    }

    /// Change an endpoint's secret
    ///
    /// For 24 hours messages carry two signatures, one by each secret: take the new one into your program in that time.
    #[oai(path = "/webhook-endpoints/:id/rotate-secret", method = "post")]
    async fn rotate_secret(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<WebhookEndpointWithSecret>, ApiError> {
        let id = super::id(&id, "webhook endpoint")?;
        let rotated = webhooks::rotate_secret(state.webhooks(), caller.tenant(), caller.by(), id, now()).await?;
        Ok(Json(rotated.into()))
    }

    /// Send an endpoint a message, to see what comes of it
    ///
    /// One of type `ping`, signed like the others, at once and once, be the endpoint enabled or not.
    #[oai(path = "/webhook-endpoints/:id/test", method = "post")]
    async fn test(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<WebhookTrial>, ApiError> {
        let id = super::id(&id, "webhook endpoint")?;
        Ok(Json(webhooks::test(state.webhooks(), caller.tenant(), caller.by(), id).await?.into()))
    }

    /// Enable an endpoint
    ///
    /// It is told of events from now on; of those in between with `POST /webhook-endpoints/{id}/replay`.
    #[oai(path = "/webhook-endpoints/:id/enable", method = "post")]
    async fn enable(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<WebhookEndpoint>, ApiError> {
        let id = super::id(&id, "webhook endpoint")?;
        Ok(Json(webhooks::enable(&state.database, caller.tenant(), caller.by(), id).await?.into()))
    }

    /// Disable an endpoint
    ///
    /// It is told nothing from now on. What waits to be delivered is given up, and can be replayed.
    #[oai(path = "/webhook-endpoints/:id/disable", method = "post")]
    async fn disable(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<WebhookEndpoint>, ApiError> {
        let id = super::id(&id, "webhook endpoint")?;
        Ok(Json(webhooks::disable(&state.database, caller.tenant(), caller.by(), id, now()).await?.into()))
    }

    /// Replay an endpoint's deliveries
    ///
    /// Oldest first, ten a second, at most a thousand at once. A disabled endpoint is told nothing (`endpoint_disabled`).
    #[oai(path = "/webhook-endpoints/:id/replay", method = "post")]
    async fn replay_many(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        wanted: Json<WebhookReplay>,
    ) -> Result<Json<WebhookReplayed>, ApiError> {
        let WebhookReplay { from, to, states, missed, cursor } = wanted.0;
        let states = states.unwrap_or_else(|| vec![WebhookDeliveryState::Dead]);
        let cursor = cursor.as_deref().map(|text| super::id(text, "cursor")).transpose()?;
        let wanted = Wanted { from, to, states: states.into_iter().map(State::from).collect(), missed, cursor };
        let id = super::id(&id, "webhook endpoint")?;
        let (db, tenant) = (&state.database, caller.tenant());
        let replayed = webhooks::replay_many(db, tenant, caller.by(), id, wanted, now()).await?;
        let next_cursor = replayed.next_cursor.map(|cursor| cursor.to_string());
        Ok(Json(WebhookReplayed { deliveries: replayed.deliveries, next_cursor }))
    }

    /// The delivery log, newest first
    ///
    /// Kept for thirty days, and no longer than the conversation that an event tells of.
    #[oai(path = "/webhook-deliveries", method = "get")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn deliveries(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        endpoint_id: Query<Option<String>>,
        event_id: Query<Option<String>>,
        event_type: Query<Option<String>>,
        #[oai(name = "state")] is: Query<Option<WebhookDeliveryState>>,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// Deliveries on the page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<WebhookDeliveryList>, ApiError> {
        let filter = Filter {
            endpoint: endpoint_id.0.as_deref().map(|id| super::id(id, "webhook endpoint")).transpose()?,
            event: event_id.0.as_deref().map(|id| super::id(id, "event")).transpose()?,
            event_type: event_type.0,
            state: is.0.map(State::from),
        };
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let page = webhooks::list_deliveries(&state.database, caller.tenant(), filter, paging).await?;
        let Page { items, next_cursor } = page.map(WebhookDelivery::from);
        Ok(Json(WebhookDeliveryList { items, next_cursor }))
    }

    /// One delivery: what is sent, and what came of it
    #[oai(path = "/webhook-deliveries/:id", method = "get")]
    async fn delivery(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<WebhookDeliveryDetail>, ApiError> {
        let id = super::id(&id, "webhook delivery")?;
        Ok(Json(webhooks::look(&state.database, caller.tenant(), id).await?.into()))
    }

    /// Replay a delivery
    ///
    /// It is tried now, with all its tries before it; its message keeps its `webhook-id`. A disabled endpoint is told
    /// nothing (`endpoint_disabled`).
    #[oai(path = "/webhook-deliveries/:id/replay", method = "post")]
    async fn replay(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<WebhookDelivery>, ApiError> {
        let id = super::id(&id, "webhook delivery")?;
        Ok(Json(webhooks::replay(&state.database, caller.tenant(), caller.by(), id, now()).await?.into()))
    }
}

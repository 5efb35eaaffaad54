use std::{collections::VecDeque, time::Duration};

use chrono::{DateTime, Utc};
use domain::{
    Database,
    access::Principal,
    entity::{
        event,
        id::{EventId, TenantId},
        now,
    },
    events::{
        self,
        news::{self, Seen},
    },
    page::{Page, Paging},
};
use futures_util::{StreamExt, stream, stream::BoxStream};
use poem::web::{Data, sse::Event};
use poem_openapi::{
    Object, OpenApi,
    param::{Header, Query},
    payload::{EventStream, Json},
    types::{Example, ToJSON},
};

use super::{Tag, page};
use crate::{
    AppState,
    auth::{Can, Read},
    feed::Listening,
    problem::{ApiError, chain},
};

const ID: &str = "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b42";

/// Between two signs of life on a stream where nothing happens: sooner than proxies give up on a silent one (30 s and more).
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);

/// Events read at once for who comes back.
const MISSED: u64 = 100;

/// What happened to the tenant: for programs that ask, and for pages.
pub struct Events;

/// Something that happened.
#[derive(Object)]
#[oai(example)]
struct TenantEvent {
    id: String,
    #[oai(rename = "type")]
    kind: String,
    conversation_id: Option<String>,
    /// As a webhook's message holds it.
    data: serde_json::Value,
    created_at: DateTime<Utc>,
}

impl From<domain::entity::event::Model> for TenantEvent {
    fn from(row: domain::entity::event::Model) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.r#type,
            conversation_id: row.conversation_id.map(|id| id.to_string()),
            data: row.data,
            created_at: row.created_at,
        }
    }
}

impl Example for TenantEvent {
    fn example() -> Self {
        let conversation = "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11";
        Self {
            id: ID.into(),
            kind: "conversation.started".into(),
            conversation_id: Some(conversation.into()),
            data: serde_json::json!({ "conversation_id": conversation, "channel": "socket" }),
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// Events, newest first.
#[derive(Object)]
#[oai(example)]
struct TenantEventList {
    items: Vec<TenantEvent>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for TenantEventList {
    fn example() -> Self {
        Self { items: vec![TenantEvent::example()], next_cursor: None }
    }
}

/// A type of events.
#[derive(Object)]
#[oai(example)]
struct EventType {
    #[oai(rename = "type")]
    kind: String,
    description: String,
}

impl Example for EventType {
    fn example() -> Self {
        Self { kind: "call.ended".into(), description: "A telephone call is over, however it ended.".into() }
    }
}

/// All there are.
#[derive(Object)]
#[oai(example)]
struct EventTypeList {
    items: Vec<EventType>,
}

impl Example for EventTypeList {
    fn example() -> Self {
        Self { items: vec![EventType::example()] }
    }
}

#[OpenApi(tag = "Tag::Webhooks")]
impl Events {
    /// What happened, newest first
    ///
    /// Kept for thirty days, and no longer than the conversation that an event tells of.
    #[oai(path = "/events", method = "get")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// Of this type alone.
        #[oai(name = "type")]
        kind: Query<Option<String>>,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// Events on the page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<TenantEventList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let kinds: Vec<_> = kind.0.into_iter().collect();
        let page = events::list(&state.database, caller.tenant(), &kinds, paging).await?;
        let Page { items, next_cursor } = page.map(TenantEvent::from);
        Ok(Json(TenantEventList { items, next_cursor }))
    }

    /// What happens, as it happens
    ///
    /// Server-sent events: `id`, `event` (the type) and `data`, as `GET /events` lists them. It begins a quarter of a minute ago,
    /// or with `Last-Event-ID` a quarter of a minute before that event: one may come twice, with the same `id`, and none is
    /// left out. A comment every 15 s says that the stream is alive. It ends when the key is revoked, the session over or the
    /// server stopped, and when too much waits to be read: open it again with the last `id`.
    #[oai(path = "/events/stream", method = "get")]
    async fn stream(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// The last event that was heard; without it, from now on.
        #[oai(name = "Last-Event-ID")]
        last: Header<Option<String>>,
    ) -> Result<EventStream<BoxStream<'static, TenantEvent>>, ApiError> {
        let last = last.0.as_deref().map(|id| super::id(id, "event")).transpose()?;
        let Principal { tenant, .. } = *caller.principal();
        let live = state.feed.listen(tenant, caller.principal().opener()).map_err(|_| ApiError::too_many_streams())?;
        let telling = Telling {
            db: state.database.clone(),
            tenant,
            missed_after: Some(news::beginning(last, now())),
            missed: VecDeque::new(),
            live,
            told: Seen::default(),
        };
        let events = stream::unfold(telling, |mut telling| async { Some((telling.next().await?, telling)) });
        let until_the_end = events.take_until(state.shutdown.clone().cancelled_owned()).boxed();
        let told = |event: TenantEvent| Event::message(event.to_json_string()).id(event.id).event_type(event.kind);
        Ok(EventStream::new(until_the_end).keep_alive(SIGN_OF_LIFE).to_event(told))
    }

    /// The types of events
    #[oai(path = "/event-types", method = "get")]
    async fn types(&self, _caller: Can<Read>) -> Json<EventTypeList> {
        let known = |(kind, description): &(&str, &str)| EventType {
            kind: (*kind).to_owned(),
            description: (*description).to_owned(),
        };
        Json(EventTypeList { items: events::TYPES.iter().map(known).collect() })
    }
}

/// One stream: what its reader has missed, then what happens.
struct Telling {
    db: Database,
    tenant: TenantId,
    /// Where the missed ones are read on; `None`: they are all told.
    missed_after: Option<EventId>,
    missed: VecDeque<event::Model>,
    live: Listening,
    told: Seen,
}

impl Telling {
    /// `None`: the stream ends.
    async fn next(&mut self) -> Option<TenantEvent> {
        loop {
            let event = match (self.missed.pop_front(), self.missed_after) {
                (Some(event), _) => event,
                (None, Some(after)) => {
                    let missed = news::after(&self.db, self.tenant, after, MISSED).await;
                    let missed = missed
                        .inspect_err(|error| tracing::warn!(error = %chain(error), "a stream of events ends"))
                        .ok()?;
                    let is_whole = missed.len() < MISSED as usize;
                    self.missed_after = missed.last().filter(|_| !is_whole).map(|event| event.id);
                    self.missed = missed.into();
                    continue;
                }
                (None, None) => (*self.live.next().await?).clone(),
            };
            self.told.forget(now());
            if self.told.is_new(event.id) {
                return Some(event.into());
            }
        }
    }
}

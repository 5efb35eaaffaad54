use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    audit::{self, Filter},
    entity::audit_event::Model,
    page::{Page, Paging},
};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Query, payload::Json, types::Example};
use uuid::Uuid;

use super::{Tag, page};
use crate::{
    AppState,
    auth::{Administer, Can},
    problem::ApiError,
};

pub struct AuditEvents;

/// Something that was done.
#[derive(Object)]
#[oai(example)]
struct AuditEvent {
    id: String,
    at: DateTime<Utc>,
    /// `user`, `api_key`, `operator` (of the platform) or `system`.
    actor_kind: String,
    /// Null: the system.
    actor_id: Option<String>,
    /// The user's or key's; null: an operator, or the system.
    actor_name: Option<String>,
    /// `thing.done`, as `agent.created`.
    action: String,
    /// What it was done to.
    target_id: Option<String>,
    /// What else there is to know; which fields depends on the action.
    details: Option<serde_json::Value>,
    /// The network address that the request came from; null: there was none.
    address: Option<String>,
}

impl AuditEvent {
    fn new(row: Model, names: &HashMap<Uuid, String>) -> Self {
        Self {
            id: row.id.to_string(),
            at: row.at,
            actor_name: row.actor_id.filter(|_| row.actor_kind != "operator").and_then(|id| names.get(&id).cloned()),
            actor_kind: row.actor_kind,
            actor_id: row.actor_id.map(|id| id.to_string()),
            action: row.action,
            target_id: row.target_id,
            details: row.details,
            address: row.address,
        }
    }
}

impl Example for AuditEvent {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17".into(),
            at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            actor_kind: "user".into(),
            actor_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16".into()),
            actor_name: Some("Ada".into()),
            action: "api_key.created".into(),
            target_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15".into()),
            details: Some(serde_json::json!({ "name": "Web shop", "scopes": ["read", "calls"] })),
            address: Some("192.0.2.7".into()),
        }
    }
}

/// Events, newest first.
#[derive(Object)]
#[oai(example)]
struct AuditEventList {
    items: Vec<AuditEvent>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for AuditEventList {
    fn example() -> Self {
        Self { items: vec![AuditEvent::example()], next_cursor: None }
    }
}

#[OpenApi(tag = "Tag::Tenant")]
impl AuditEvents {
    /// The audit log, newest first
    ///
    /// Who did what to which thing, from where. Nothing in it can be changed.
    #[oai(path = "/audit-events", method = "get")]
    #[expect(clippy::too_many_arguments, reason = "an operation's parameters")]
    async fn list(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        /// Only what this user or API key did.
        actor_id: Query<Option<Uuid>>,
        /// Only this action, as `agent.created`.
        #[oai(validator(max_length = 100))]
        action: Query<Option<String>>,
        /// Only what was done to this thing.
        #[oai(validator(max_length = 200))]
        target_id: Query<Option<String>>,
        /// Only from this moment on.
        from: Query<Option<DateTime<Utc>>>,
        /// Only before this moment.
        to: Query<Option<DateTime<Utc>>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Events a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<AuditEventList>, ApiError> {
        let (db, tenant) = (&state.database, caller.tenant());
        let filter = Filter { actor: actor_id.0, action: action.0, target: target_id.0, from: from.0, to: to.0 };
        let page = audit::list(db, tenant, &filter, Paging::new(cursor.0.as_deref(), limit.0)?).await?;
        let actors = page.items.iter().map(|row| (row.actor_kind.as_str(), row.actor_id));
        let names = audit::names(db, tenant, actors).await?;
        let Page { items, next_cursor } = page.map(|row| AuditEvent::new(row, &names));
        Ok(Json(AuditEventList { items, next_cursor }))
    }
}

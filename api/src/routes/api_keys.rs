use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    api_keys::{self, NewKey},
    audit,
    entity::api_key::{Model, Scope as Kept},
    page::{Page, Paging},
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{Example, Password},
};
use secrecy::ExposeSecret;
use uuid::Uuid;

use super::{Tag, page};
use crate::{
    AppState,
    auth::{Administer, Can},
    problem::ApiError,
};

pub struct ApiKeys;

/// What a key is good for.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum Scope {
    /// See what the tenant has
    Read,
    /// Talk to agents, have speech recognised and spoken
    Calls,
    /// Make and change agents, personas, tools, numbers and customers
    Manage,
    /// Keys, members, credentials, limits, the audit log
    Admin,
}

impl From<Scope> for Kept {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Read => Self::Read,
            Scope::Calls => Self::Calls,
            Scope::Manage => Self::Manage,
            Scope::Admin => Self::Admin,
        }
    }
}

impl From<Kept> for Scope {
    fn from(scope: Kept) -> Self {
        match scope {
            Kept::Read => Self::Read,
            Kept::Calls => Self::Calls,
            Kept::Manage => Self::Manage,
            Kept::Admin => Self::Admin,
        }
    }
}

/// A key to be made.
#[derive(Object)]
#[oai(example)]
struct NewApiKey {
    /// 1–200 characters.
    name: String,
    /// At least one, none that the caller has not.
    scopes: Vec<Scope>,
    /// In the future; without it the key does not expire.
    expires_at: Option<DateTime<Utc>>,
}

impl Example for NewApiKey {
    fn example() -> Self {
        Self { name: "Web shop".into(), scopes: vec![Scope::Read, Scope::Calls], expires_at: None }
    }
}

/// A key, without its secret.
#[derive(Object)]
#[oai(example)]
struct ApiKey {
    id: String,
    name: String,
    /// How the key begins.
    prefix: String,
    scopes: Vec<Scope>,
    created_at: DateTime<Utc>,
    /// `user`, `api_key` or `system`.
    created_by_kind: String,
    /// Null: the system.
    created_by_id: Option<String>,
    created_by_name: Option<String>,
    /// Right to the minute; null: never.
    last_used_at: Option<DateTime<Utc>>,
    /// Null: it does not expire.
    expires_at: Option<DateTime<Utc>>,
    /// Null: it is not revoked.
    revoked_at: Option<DateTime<Utc>>,
}

impl ApiKey {
    fn new(row: Model, names: &HashMap<Uuid, String>) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            prefix: row.prefix,
            scopes: row.scopes.0.into_iter().map(Scope::from).collect(),
            created_at: row.created_at,
            created_by_kind: row.created_by_kind,
            created_by_id: row.created_by_id.map(|id| id.to_string()),
            created_by_name: row.created_by_id.and_then(|id| names.get(&id).cloned()),
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
            revoked_at: row.revoked_at,
        }
    }
}

impl Example for ApiKey {
    fn example() -> Self {
        let at = |time: &str| time.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15".into(),
            name: "Web shop".into(),
            prefix: "swb_1a2B3c4D".into(),
            scopes: vec![Scope::Read, Scope::Calls],
            created_at: at("2026-11-22T15:04:05.123456Z"),
            created_by_kind: "user".into(),
            created_by_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16".into()),
            created_by_name: Some("Ada".into()),
            last_used_at: Some(at("2026-11-22T16:00:00Z")),
            expires_at: None,
            revoked_at: None,
        }
    }
}

/// Keys, newest first.
#[derive(Object)]
#[oai(example)]
struct ApiKeyList {
    items: Vec<ApiKey>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for ApiKeyList {
    fn example() -> Self {
        Self { items: vec![ApiKey::example()], next_cursor: None }
    }
}

/// A new key, and the only sight of its secret.
#[derive(Object)]
struct MadeApiKey {
    /// The whole key. It is not kept and cannot be shown again.
    key: Password,
    api_key: ApiKey,
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<MadeApiKey>),
}

#[derive(ApiResponse)]
enum Revoked {
    /// It opens nothing any more
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Tenant")]
impl ApiKeys {
    /// Make an API key
    ///
    /// It is shown in this answer and never again. It reaches no further than its maker: a scope that the caller has
    /// not is 403. Scanners for secrets find one by `\bswb_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}\b`.
    #[oai(path = "/api-keys", method = "post")]
    async fn create(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        new: Json<NewApiKey>,
    ) -> Result<Made, ApiError> {
        let NewApiKey { name, scopes, expires_at } = new.0;
        let new = NewKey { name, scopes: scopes.into_iter().map(Kept::from).collect(), expires_at };
        let (row, key) = api_keys::create_for(&state.database, caller.principal(), caller.by(), new).await?;
        let names = names(&state, &caller, std::slice::from_ref(&row)).await?;
        let key = Password(key.expose_secret().to_owned());
        Ok(Made::Created(Json(MadeApiKey { key, api_key: ApiKey::new(row, &names) })))
    }

    /// The API keys, newest first
    ///
    /// Without their secrets; revoked and expired ones too.
    #[oai(path = "/api-keys", method = "get")]
    async fn list(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Keys a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<ApiKeyList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let page = api_keys::list(&state.database, caller.tenant(), paging).await?;
        let names = names(&state, &caller, &page.items).await?;
        let Page { items, next_cursor } = page.map(|row| ApiKey::new(row, &names));
        Ok(Json(ApiKeyList { items, next_cursor }))
    }

    /// Revoke an API key
    ///
    /// The next request with it is refused. A second time changes nothing.
    #[oai(path = "/api-keys/:id", method = "delete")]
    async fn revoke(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Revoked, ApiError> {
        api_keys::revoke(&state.database, caller.tenant(), caller.by(), super::id(&id, "API key")?).await?;
        Ok(Revoked::Done)
    }
}

/// Of those who made them.
async fn names(
    state: &AppState,
    caller: &Can<Administer>,
    rows: &[Model],
) -> Result<HashMap<Uuid, String>, domain::Error> {
    let makers = rows.iter().map(|row| (row.created_by_kind.as_str(), row.created_by_id));
    audit::names(&state.database, caller.tenant(), makers).await
}

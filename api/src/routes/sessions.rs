//! Where one is signed in.

use domain::{entity, id::SessionId, sessions};
use poem::web::Data;
use poem_openapi::{ApiResponse, Object, OpenApi, param::Path, payload::Json, types::Example};

use super::Tag;
use crate::{AppState, auth::SignedIn, problem::ApiError};

pub struct Sessions;

/// A device or program that one is signed in with.
#[derive(Object)]
#[oai(example)]
struct UserSession {
    id: String,
    tenant_id: String,
    /// Whether it is the one that asks.
    is_current: bool,
    /// What the client called itself.
    user_agent: Option<String>,
    /// The network address of its last use.
    address: Option<String>,
    created_at: chrono::DateTime<chrono::Utc>,
    /// Right to ten minutes.
    last_used_at: chrono::DateTime<chrono::Utc>,
    expires_at: chrono::DateTime<chrono::Utc>,
}

impl UserSession {
    fn new(row: entity::session::Model, current: SessionId) -> Self {
        Self {
            id: row.id.to_string(),
            tenant_id: row.tenant_id.to_string(),
            is_current: row.id == current,
            user_agent: row.user_agent,
            address: row.address,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}

impl Example for UserSession {
    fn example() -> Self {
        let at = |text: &str| text.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15".into(),
            tenant_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
            is_current: true,
            user_agent: Some("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0".into()),
            address: Some("203.0.113.7".into()),
            created_at: at("2026-11-22T15:04:05.123456Z"),
            last_used_at: at("2026-11-22T15:14:05.654321Z"),
            expires_at: at("2026-12-22T15:14:05.654321Z"),
        }
    }
}

/// Living sessions in all tenants, used last first; at most 200.
#[derive(Object)]
#[oai(example)]
struct UserSessionList {
    items: Vec<UserSession>,
}

impl Example for UserSessionList {
    fn example() -> Self {
        Self { items: vec![UserSession::example()] }
    }
}

#[derive(ApiResponse)]
enum Done {
    #[oai(status = 204)]
    NoContent,
}

#[OpenApi(tag = "Tag::Accounts")]
impl Sessions {
    /// One's own sessions, used last first
    #[oai(path = "/auth/sessions", method = "get")]
    async fn list(&self, me: SignedIn, state: Data<&AppState>) -> Result<Json<UserSessionList>, ApiError> {
        let rows = sessions::list(&state.database, me.user, entity::now()).await?;
        Ok(Json(UserSessionList { items: rows.into_iter().map(|row| UserSession::new(row, me.session)).collect() }))
    }

    /// End one of one's own sessions
    ///
    /// Its access tokens are refused from now on.
    #[oai(path = "/auth/sessions/:id", method = "delete")]
    async fn end(&self, me: SignedIn, state: Data<&AppState>, id: Path<String>) -> Result<Done, ApiError> {
        sessions::end(&state.database, me.by(), me.user, super::id(&id, "session")?).await?;
        Ok(Done::NoContent)
    }
}

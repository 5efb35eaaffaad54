use chrono::{DateTime, Utc};
use domain::{
    entity::{id::UserId, membership::Role as Kept},
    members::{self, Member as Found},
    page::Paging,
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::Example,
};

use super::{Tag, page};
use crate::{
    AppState,
    auth::{Administer, Can, SignedIn},
    problem::ApiError,
};

pub struct Members;

/// What somebody is in a tenant; each may all that those before it may.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Role {
    /// Sees all but people, keys and the audit log
    Viewer,
    /// Talks to agents, makes and changes what they need
    Member,
    /// Manages people and keys, reads the audit log
    Admin,
    /// Owns the tenant, and makes and unmakes owners
    Owner,
}

impl From<Role> for Kept {
    fn from(role: Role) -> Self {
        match role {
            Role::Viewer => Self::Viewer,
            Role::Member => Self::Member,
            Role::Admin => Self::Admin,
            Role::Owner => Self::Owner,
        }
    }
}

impl From<Kept> for Role {
    fn from(role: Kept) -> Self {
        match role {
            Kept::Viewer => Self::Viewer,
            Kept::Member => Self::Member,
            Kept::Admin => Self::Admin,
            Kept::Owner => Self::Owner,
        }
    }
}

/// Somebody who belongs to the tenant.
#[derive(Object)]
#[oai(example)]
struct Member {
    user_id: String,
    name: String,
    email: String,
    role: Role,
    joined_at: DateTime<Utc>,
}

impl From<Found> for Member {
    fn from(Found { user, membership }: Found) -> Self {
        Self {
            user_id: user.id.to_string(),
            name: user.name,
            email: user.email,
            role: membership.role.into(),
            joined_at: membership.created_at,
        }
    }
}

impl Example for Member {
    fn example() -> Self {
        Self {
            user_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16".into(),
            name: "Ada".into(),
            email: "ada@example.com".into(),
            role: Role::Admin,
            joined_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// Members; who made their account last comes first.
#[derive(Object)]
#[oai(example)]
struct MemberList {
    items: Vec<Member>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for MemberList {
    fn example() -> Self {
        Self { items: vec![Member::example()], next_cursor: None }
    }
}

/// What a member shall be.
#[derive(Object)]
#[oai(example)]
struct MemberChange {
    role: Role,
}

impl Example for MemberChange {
    fn example() -> Self {
        Self { role: Role::Viewer }
    }
}

#[derive(ApiResponse)]
enum Removed {
    /// They belong to the tenant no longer
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Tenant")]
impl Members {
    /// The tenant's people
    #[oai(path = "/members", method = "get")]
    async fn list(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Members a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<MemberList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let page = members::list(&state.database, caller.tenant(), paging).await?.map(Member::from);
        Ok(Json(MemberList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// Give a member another role
    ///
    /// It holds from their next request on. Owners are made and unmade by owners alone, and nobody gives more than
    /// they have (403, `escalation`); the last owner stays one (409, `last_owner`). What they invited to and may not
    /// any more is withdrawn.
    #[oai(path = "/members/:user_id", method = "patch")]
    async fn change(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        user_id: Path<String>,
        change: Json<MemberChange>,
    ) -> Result<Json<Member>, ApiError> {
        let (user, role): (UserId, Kept) = (super::id(&user_id, "member")?, change.role.into());
        let member = members::change_role(&state.database, caller.principal(), caller.by(), user, role).await?;
        Ok(Json(member.into()))
    }

    /// Leave the tenant
    ///
    /// Ends one's sessions there. The last owner cannot leave (409, `last_owner`).
    #[oai(path = "/members/me", method = "delete")]
    async fn leave(&self, me: SignedIn, state: Data<&AppState>) -> Result<Removed, ApiError> {
        members::leave(&state.database, me.tenant, me.by(), me.user).await?;
        Ok(Removed::Done)
    }

    /// Remove a member
    ///
    /// Ends their sessions in the tenant at once and withdraws their invitations. API keys that they made stay: revoke
    /// those by themselves. Owners are removed by owners alone (403, `escalation`), the last one by nobody (409,
    /// `last_owner`).
    #[oai(path = "/members/:user_id", method = "delete")]
    async fn remove(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        user_id: Path<String>,
    ) -> Result<Removed, ApiError> {
        let user = super::id(&user_id, "member")?;
        members::remove(&state.database, caller.principal(), caller.by(), user).await?;
        Ok(Removed::Done)
    }
}

use chrono::{DateTime, Utc};
use domain::{
    entity::tenant::{Model, Status as Kept},
    members::{self, Place},
    operators,
    page::Paging,
    tenants, users,
};
use poem::web::Data;
use poem_openapi::{ApiResponse, Enum, Object, OpenApi, param::Query, payload::Json, types::Example};

use super::{Tag, members::Role, page};
use crate::{
    AppState,
    auth::{Can, Own, Read, SignedIn},
    config::SignUp,
    problem::ApiError,
};

pub struct Tenants;

/// Whether a tenant is served.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum TenantStatus {
    Active,
    /// By an operator: nobody gets in, and callers are turned away
    Suspended,
}

impl From<Kept> for TenantStatus {
    fn from(status: Kept) -> Self {
        match status {
            Kept::Active => Self::Active,
            Kept::Suspended => Self::Suspended,
        }
    }
}

/// Whoever has agents, numbers and calls of their own here.
#[derive(Object)]
#[oai(example)]
struct Tenant {
    id: String,
    name: String,
    created_at: DateTime<Utc>,
}

impl From<Model> for Tenant {
    fn from(row: Model) -> Self {
        Self { id: row.id.to_string(), name: row.name, created_at: row.created_at }
    }
}

impl Example for Tenant {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
            name: "Corner Bakery".into(),
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// What a tenant is called.
#[derive(Object)]
#[oai(example)]
struct TenantName {
    /// 1–200 characters.
    name: String,
}

impl Example for TenantName {
    fn example() -> Self {
        Self { name: "Corner Bakery".into() }
    }
}

/// A tenant that one belongs to.
#[derive(Object)]
#[oai(example)]
struct OwnPlace {
    tenant_id: String,
    name: String,
    status: TenantStatus,
    /// What one is there.
    role: Role,
    /// The session's.
    is_current: bool,
}

impl Example for OwnPlace {
    fn example() -> Self {
        Self {
            tenant_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
            name: "Corner Bakery".into(),
            status: TenantStatus::Active,
            role: Role::Owner,
            is_current: true,
        }
    }
}

/// Tenants that one belongs to, newest first.
#[derive(Object)]
#[oai(example)]
struct OwnPlaceList {
    items: Vec<OwnPlace>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for OwnPlaceList {
    fn example() -> Self {
        Self { items: vec![OwnPlace::example()], next_cursor: None }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<Tenant>),
}

#[OpenApi(tag = "Tag::Tenant")]
impl Tenants {
    /// The tenant of the key or session
    #[oai(path = "/tenant", method = "get")]
    async fn one(&self, caller: Can<Read>, state: Data<&AppState>) -> Result<Json<Tenant>, ApiError> {
        Ok(Json(tenants::find(&state.database, caller.tenant()).await?.into()))
    }

    /// Rename the tenant
    #[oai(path = "/tenant", method = "patch")]
    async fn rename(
        &self,
        caller: Can<Own>,
        state: Data<&AppState>,
        new: Json<TenantName>,
    ) -> Result<Json<Tenant>, ApiError> {
        Ok(Json(tenants::rename(&state.database, caller.tenant(), caller.by(), &new.name).await?.into()))
    }

    /// Make another tenant
    ///
    /// Whoever is signed in owns it; `POST /auth/switch` goes there. 403 (`sign_up_closed`) where only operators make
    /// tenants.
    #[oai(path = "/tenants", method = "post")]
    async fn create(&self, me: SignedIn, state: Data<&AppState>, new: Json<TenantName>) -> Result<Made, ApiError> {
        let user = users::find(&state.database, me.user).await?;
        if state.settings.accounts.sign_up == SignUp::Closed
            && !operators::is_operator(&user, &state.settings.operators.operator_emails)
        {
            return Err(ApiError::forbidden("sign_up_closed", "only operators make tenants here"));
        }
        let row = tenants::create_for(&state.database, me.by(), me.user, &new.name).await?;
        Ok(Made::Created(Json(row.into())))
    }

    /// The tenants that one belongs to, newest first
    #[oai(path = "/auth/tenants", method = "get")]
    async fn mine(
        &self,
        me: SignedIn,
        state: Data<&AppState>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Tenants a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<OwnPlaceList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let page = members::places(&state.database, me.user, paging).await?.map(|Place { tenant, role }| OwnPlace {
            is_current: tenant.id == me.tenant,
            tenant_id: tenant.id.to_string(),
            name: tenant.name,
            status: tenant.status.into(),
            role: role.into(),
        });
        Ok(Json(OwnPlaceList { items: page.items, next_cursor: page.next_cursor }))
    }
}

use chrono::{DateTime, Utc};
use domain::{
    admission,
    entity::now,
    limits,
    operators::{self, Overview},
    page::Paging,
};
use poem::web::Data;
use poem_openapi::{
    Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{Example, MaybeUndefined},
};

use super::{
    Tag,
    limits::{LimitChange, TenantLimits},
    page,
    tenant::TenantStatus,
};
use crate::{AppState, auth::Operator, problem::ApiError};

pub struct Operators;

/// A tenant from outside: that it is there and how big, none of its content.
#[derive(Object)]
#[oai(example)]
struct TenantOverview {
    id: String,
    name: String,
    status: TenantStatus,
    created_at: DateTime<Utc>,
    /// Null: it is active.
    suspended_at: Option<DateTime<Utc>>,
    suspended_reason: Option<String>,
    /// When all of it goes; null: it is not being deleted.
    delete_at: Option<DateTime<Utc>>,
    agents: u64,
    phone_numbers: u64,
    /// Ringing ones too.
    calls_in_progress: u64,
    members: u64,
}

impl From<Overview> for TenantOverview {
    fn from(overview: Overview) -> Self {
        let Overview { tenant, agents, phone_numbers, calls_in_progress, members } = overview;
        Self {
            id: tenant.id.to_string(),
            status: TenantStatus::of(&tenant),
            delete_at: tenant.delete_at,
            name: tenant.name,
            created_at: tenant.created_at,
            suspended_at: tenant.suspended_at,
            suspended_reason: tenant.suspended_reason,
            agents,
            phone_numbers,
            calls_in_progress,
            members,
        }
    }
}

impl Example for TenantOverview {
    fn example() -> Self {
        let at = |time: &str| time.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
            name: "Corner Bakery".into(),
            status: TenantStatus::Suspended,
            created_at: at("2026-11-22T15:04:05.123456Z"),
            suspended_at: Some(at("2026-11-23T09:00:00.000001Z")),
            suspended_reason: Some("Unpaid since September".into()),
            delete_at: None,
            agents: 3,
            phone_numbers: 2,
            calls_in_progress: 0,
            members: 5,
        }
    }
}

/// Tenants, newest first.
#[derive(Object)]
#[oai(example)]
struct TenantOverviewList {
    items: Vec<TenantOverview>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for TenantOverviewList {
    fn example() -> Self {
        Self { items: vec![TenantOverview::example()], next_cursor: None }
    }
}

/// Why a tenant is suspended.
#[derive(Object)]
#[oai(example)]
struct Suspension {
    /// 1–500 characters, for the tenant's audit log.
    reason: String,
}

impl Example for Suspension {
    fn example() -> Self {
        Self { reason: "Unpaid since September".into() }
    }
}

/// What the tenant may use at most: a field left out stays as it is, null goes back to the installation's, 0 is unlimited.
#[derive(Object)]
#[oai(example)]
struct CeilingChange {
    concurrent_calls: MaybeUndefined<u64>,
    minutes_per_month: MaybeUndefined<u64>,
    /// To the millionth.
    spend_per_day_usd: MaybeUndefined<f64>,
    requests_per_second: MaybeUndefined<u64>,
}

impl From<CeilingChange> for LimitChange {
    fn from(change: CeilingChange) -> Self {
        let CeilingChange { concurrent_calls, minutes_per_month, spend_per_day_usd, requests_per_second } = change;
        Self { concurrent_calls, minutes_per_month, spend_per_day_usd, requests_per_second }
    }
}

impl Example for CeilingChange {
    fn example() -> Self {
        Self {
            concurrent_calls: MaybeUndefined::Value(20),
            minutes_per_month: MaybeUndefined::Value(0),
            spend_per_day_usd: MaybeUndefined::Null,
            requests_per_second: MaybeUndefined::Undefined,
        }
    }
}

#[OpenApi(prefix_path = "/operator", tag = "Tag::Operators")]
impl Operators {
    /// All tenants, newest first
    #[oai(path = "/tenants", method = "get")]
    async fn list(
        &self,
        _operator: Operator,
        state: Data<&AppState>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Tenants a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<TenantOverviewList>, ApiError> {
        let page = operators::tenants(&state.database, Paging::new(cursor.0.as_deref(), limit.0)?).await?;
        let page = page.map(TenantOverview::from);
        Ok(Json(TenantOverviewList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// One tenant
    #[oai(path = "/tenants/:id", method = "get")]
    async fn one(
        &self,
        _operator: Operator,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<TenantOverview>, ApiError> {
        let overview = operators::tenant(&state.database, super::id(&id, "tenant")?).await?;
        Ok(Json(overview.into()))
    }

    /// Suspend a tenant
    ///
    /// Its keys and sessions are refused at once (403, `tenant_suspended`), its callers hear that the number is not
    /// available, and conversations that are going on end within seconds. A second time changes nothing. 409 for the
    /// tenant that the operator is signed in to.
    #[oai(path = "/tenants/:id/suspend", method = "post")]
    async fn suspend(
        &self,
        operator: Operator,
        state: Data<&AppState>,
        id: Path<String>,
        suspension: Json<Suspension>,
    ) -> Result<Json<TenantOverview>, ApiError> {
        let (tenant, reason) = (super::id(&id, "tenant")?, &suspension.reason);
        let overview = operators::suspend(&state.database, tenant, operator.by(), operator.own, reason).await?;
        Ok(Json(overview.into()))
    }

    /// Delete a tenant
    ///
    /// It is suspended at once; after the time of grace everything of it goes for good. Until then
    /// `POST /operator/tenants/{id}/reactivate` takes it back. A second time changes nothing. 409 for the tenant that
    /// the operator is signed in to.
    #[oai(path = "/tenants/:id/delete", method = "post")]
    async fn delete(
        &self,
        operator: Operator,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<TenantOverview>, ApiError> {
        let (tenant, grace) = (super::id(&id, "tenant")?, state.settings.keeping.grace());
        let overview = operators::delete(&state.database, tenant, operator.by(), operator.own, grace, now()).await?;
        Ok(Json(overview.into()))
    }

    /// Let a suspended tenant in again, or restore one that is being deleted
    ///
    /// An active one stays as it is.
    #[oai(path = "/tenants/:id/reactivate", method = "post")]
    async fn reactivate(
        &self,
        operator: Operator,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<TenantOverview>, ApiError> {
        let tenant = super::id(&id, "tenant")?;
        Ok(Json(operators::reactivate(&state.database, tenant, operator.by()).await?.into()))
    }

    /// What a tenant may use, and what it has used
    #[oai(path = "/tenants/:id/limits", method = "get")]
    async fn limits(
        &self,
        _operator: Operator,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<TenantLimits>, ApiError> {
        let (db, tenant) = (&state.database, super::id(&id, "tenant")?);
        let standing = operators::limits_of(db, &state.settings.limits.defaults(), tenant).await?;
        Ok(Json(TenantLimits::new(standing, admission::used(db, tenant, now()).await?)))
    }

    /// Set what a tenant may use at most, in place of the installation's limits
    ///
    /// The tenant's own limits stay as they are; the lower one holds. What goes on when a limit is lowered may come to
    /// its end; `requests_per_second` holds within ten seconds.
    #[oai(path = "/tenants/:id/limits", method = "patch")]
    async fn change_limits(
        &self,
        operator: Operator,
        state: Data<&AppState>,
        id: Path<String>,
        change: Json<CeilingChange>,
    ) -> Result<Json<TenantLimits>, ApiError> {
        let (db, tenant) = (&state.database, super::id(&id, "tenant")?);
        let (defaults, change) = (state.settings.limits.defaults(), LimitChange::from(change.0).parse()?);
        let standing = limits::change_by_operator(db, &defaults, tenant, operator.by(), change).await?;
        Ok(Json(TenantLimits::new(standing, admission::used(db, tenant, now()).await?)))
    }
}

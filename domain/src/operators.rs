//! What the people who run the platform see of its tenants: that they are there and how big, none of their content.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{TenantScoped, agent, call, id::TenantId, membership, phone_number, tenant, user};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    Database, Error, Result,
    access::By,
    calls,
    limits::{self, Limits, Standing},
    page::{Page, Paging},
    users::Email,
};

/// A tenant from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    pub tenant: tenant::Model,
    pub agents: u64,
    pub phone_numbers: u64,
    /// Ringing ones too.
    pub calls_in_progress: u64,
    pub members: u64,
}

/// All tenants, newest first.
#[expect(clippy::disallowed_methods, reason = "an operator sees all tenants")]
pub async fn tenants(db: &Database, paging: Paging) -> Result<Page<Overview>> {
    let conn = db.platform();
    let page = paging.newest_first(&conn, tenant::Entity::find(), tenant::Column::Id).await?;
    Ok(Page { items: overviews(&conn, page.items).await?, next_cursor: page.next_cursor })
}

pub async fn tenant(db: &Database, id: TenantId) -> Result<Overview> {
    let conn = db.platform();
    let row = tenant::Entity::of(id).one(&conn).await?.ok_or(Error::NotFound { what: "tenant" })?;
    overviews(&conn, vec![row]).await?.pop().ok_or(Error::NotFound { what: "tenant" })
}

/// Whether this person runs the platform: their address is one of `operators`, and they have shown that it is theirs.
pub fn is_operator(user: &user::Model, operators: &[Email]) -> bool {
    user.email_verified_at.is_some() && operators.iter().any(|operator| operator.as_str() == user.email)
}

/// [`crate::tenants::suspend`] of any tenant but the operator's `own`, which would lock them out.
pub async fn suspend(db: &Database, tenant: TenantId, by: &By, own: TenantId, reason: &str) -> Result<Overview> {
    if tenant == own {
        return Err(Error::Conflict { what: "an operator cannot suspend the tenant that they are signed in to" });
    }
    crate::tenants::suspend(db, tenant, by, reason).await?;
    self::tenant(db, tenant).await
}

/// [`crate::tenants::reactivate`]
pub async fn reactivate(db: &Database, tenant: TenantId, by: &By) -> Result<Overview> {
    crate::tenants::reactivate(db, tenant, by).await?;
    self::tenant(db, tenant).await
}

/// [`crate::tenants::delete_by_operator`]
pub async fn delete(
    db: &Database,
    tenant: TenantId,
    by: &By,
    own: TenantId,
    grace: TimeDelta,
    now: DateTime<Utc>,
) -> Result<Overview> {
    crate::tenants::delete_by_operator(db, tenant, by, own, grace, now).await?;
    self::tenant(db, tenant).await
}

/// [`limits::of`] a tenant that must exist.
pub async fn limits_of(db: &Database, defaults: &Limits, tenant: TenantId) -> Result<Standing> {
    crate::tenants::find(db, tenant).await?;
    limits::of(db, defaults, tenant).await
}

async fn overviews(conn: &impl ConnectionTrait, tenants: Vec<tenant::Model>) -> Result<Vec<Overview>> {
    let ids: Vec<_> = tenants.iter().map(|tenant| tenant.id).collect();
    let agents = count::<agent::Entity>(conn, &ids, Condition::all()).await?;
    let numbers = count::<phone_number::Entity>(conn, &ids, Condition::all()).await?;
    let calls = count::<call::Entity>(conn, &ids, Condition::all().add(calls::is_live())).await?;
    let members = count::<membership::Entity>(conn, &ids, Condition::all()).await?;
    let of = |counts: &HashMap<TenantId, u64>, tenant: &tenant::Model| counts.get(&tenant.id).copied().unwrap_or(0);
    let overview = |tenant: tenant::Model| Overview {
        agents: of(&agents, &tenant),
        phone_numbers: of(&numbers, &tenant),
        calls_in_progress: of(&calls, &tenant),
        members: of(&members, &tenant),
        tenant,
    };
    Ok(tenants.into_iter().map(overview).collect())
}

/// Rows of each of the tenants that fit; a tenant without any is not in it.
#[expect(clippy::disallowed_methods, reason = "an operator sees all tenants")]
async fn count<E: TenantScoped>(
    conn: &impl ConnectionTrait,
    tenants: &[TenantId],
    which: Condition,
) -> Result<HashMap<TenantId, u64>> {
    let counts = E::find()
        .filter(E::TENANT.is_in(tenants.iter().copied()))
        .filter(which)
        .select_only()
        .column(E::TENANT)
        .column_as(Expr::val(1).count(), "rows")
        .group_by(E::TENANT)
        .into_tuple::<(TenantId, i64)>();
    Ok(counts.all(conn).await?.into_iter().map(|(tenant, rows)| (tenant, rows.cast_unsigned())).collect())
}

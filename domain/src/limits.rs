//! What a tenant may use at most: the installation's limits, an operator's instead of them, the tenant's own below.

use entity::{TenantScoped, id::TenantId, tenant_limits};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, sea_query::OnConflict};

use crate::{Database, Error, Result, access::By, admission, audit};

pub use entity::tenant_limits::Limits;

/// Bound on any limit: far above what anyone means, far below where sums would overflow.
const LARGEST: u64 = 1_000_000_000_000;

/// What shall be different; `None` stays as it is, `Some(None)` is set no longer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Change {
    pub concurrent_calls: Option<Option<u64>>,
    pub minutes_per_month: Option<Option<u64>>,
    /// Millionths of a US dollar.
    pub spend_per_day: Option<Option<u64>>,
    pub requests_per_second: Option<Option<u64>>,
}

/// A tenant's limits, from all sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What holds; `None`: unlimited.
    pub effective: Limits,
    /// What the tenant cannot go above; `None`: unlimited.
    pub ceiling: Limits,
    /// What the tenant has set itself; `None`: nothing.
    pub own: Limits,
}

/// The tenant's limits; `defaults` are the installation's (0: unlimited), for what no operator has set.
pub async fn of(db: &Database, defaults: &Limits, tenant: TenantId) -> Result<Standing> {
    of_in(&db.of(tenant), defaults, tenant).await
}

pub(crate) async fn of_in(conn: &impl ConnectionTrait, defaults: &Limits, tenant: TenantId) -> Result<Standing> {
    Ok(standing(defaults, row(conn, tenant).await?))
}

/// Sets the tenant's own limits. [`Error::Invalid`]: 0, or above what the operator allows.
pub async fn change(db: &Database, defaults: &Limits, tenant: TenantId, by: &By, change: Change) -> Result<Standing> {
    let tx = db.write(tenant).await?;
    admission::lock(&tx, tenant).await?;
    let (by_operator, by_tenant) = row(&tx, tenant).await?;
    let own = changed(by_tenant, &change)?;
    let standing = standing(defaults, (by_operator, own));
    for ((field, own), ceiling) in fields(&own).into_iter().zip(fields(&standing.ceiling).map(|(_, value)| value)) {
        match (own, ceiling) {
            (Some(0), _) => return Err(Error::invalid(field, "must be at least 1")),
            (Some(own), Some(ceiling)) if own > ceiling => {
                return Err(Error::invalid(field, "must not be above what the operator allows (GET /limits)"));
            }
            _ => {}
        }
    }
    write(&tx, tenant, by_operator, own).await?;
    audit::record(&tx, tenant, by, "limits.changed", tenant, details(&own)).await?;
    tx.commit().await?;
    Ok(standing)
}

/// Sets what the tenant may use at most (0: unlimited; `None`: the installation's), for an operator. What the tenant
/// has set itself and is now above holds no longer until the operator's is.
pub async fn change_by_operator(
    db: &Database,
    defaults: &Limits,
    tenant: TenantId,
    by: &By,
    change: Change,
) -> Result<Standing> {
    let tx = db.write(tenant).await?;
    admission::lock(&tx, tenant).await?;
    let (by_operator, by_tenant) = row(&tx, tenant).await?;
    let by_operator = changed(by_operator, &change)?;
    write(&tx, tenant, by_operator, by_tenant).await?;
    audit::record(&tx, tenant, by, "limits.changed_by_operator", tenant, details(&by_operator)).await?;
    tx.commit().await?;
    Ok(standing(defaults, (by_operator, by_tenant)))
}

/// What the operator and the tenant have set.
async fn row(conn: &impl ConnectionTrait, tenant: TenantId) -> Result<(Limits, Limits)> {
    let row = tenant_limits::Entity::of(tenant).one(conn).await?;
    Ok(row.map(|row| (row.by_operator, row.by_tenant)).unwrap_or_default())
}

async fn write(conn: &impl ConnectionTrait, tenant: TenantId, by_operator: Limits, by_tenant: Limits) -> Result<()> {
    let row =
        tenant_limits::ActiveModel { tenant_id: Set(tenant), by_operator: Set(by_operator), by_tenant: Set(by_tenant) };
    let again = OnConflict::column(tenant_limits::Column::TenantId)
        .update_columns([tenant_limits::Column::ByOperator, tenant_limits::Column::ByTenant])
        .to_owned();
    tenant_limits::Entity::insert(row).on_conflict(again).exec_without_returning(conn).await?;
    Ok(())
}

fn standing(defaults: &Limits, (by_operator, own): (Limits, Limits)) -> Standing {
    let ceiling = zip(&by_operator, defaults, |operators, default| operators.or(default).filter(|limit| *limit > 0));
    let effective = zip(&ceiling, &own, |ceiling, own| ceiling.into_iter().chain(own).min());
    Standing { effective, ceiling, own }
}

fn changed(limits: Limits, change: &Change) -> Result<Limits> {
    let limits = Limits {
        concurrent_calls: change.concurrent_calls.unwrap_or(limits.concurrent_calls),
        minutes_per_month: change.minutes_per_month.unwrap_or(limits.minutes_per_month),
        spend_per_day: change.spend_per_day.unwrap_or(limits.spend_per_day),
        requests_per_second: change.requests_per_second.unwrap_or(limits.requests_per_second),
    };
    match fields(&limits).into_iter().find(|(_, limit)| limit.is_some_and(|limit| limit > LARGEST)) {
        Some((field, _)) => Err(Error::invalid(field, "is too large")),
        None => Ok(limits),
    }
}

fn zip(a: &Limits, b: &Limits, with: impl Fn(Option<u64>, Option<u64>) -> Option<u64>) -> Limits {
    Limits {
        concurrent_calls: with(a.concurrent_calls, b.concurrent_calls),
        minutes_per_month: with(a.minutes_per_month, b.minutes_per_month),
        spend_per_day: with(a.spend_per_day, b.spend_per_day),
        requests_per_second: with(a.requests_per_second, b.requests_per_second),
    }
}

/// By the names that clients know.
fn fields(limits: &Limits) -> [(&'static str, Option<u64>); 4] {
    [
        ("concurrent_calls", limits.concurrent_calls),
        ("minutes_per_month", limits.minutes_per_month),
        ("spend_per_day_usd", limits.spend_per_day),
        ("requests_per_second", limits.requests_per_second),
    ]
}

fn details(limits: &Limits) -> Option<serde_json::Value> {
    serde_json::to_value(limits).ok()
}

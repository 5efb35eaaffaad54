//! Deleting a tenant: its owner or an operator asks for it, everything goes when the time of grace is over.
//!
//! Until then the tenant is suspended: nobody gets in, callers are turned away, nothing is lost. Restored, it is as it
//! was. What is left of a deleted one is a line for the operator, without its name.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, deleted_tenant,
    id::{TenantId, UserId},
    membership,
    tenant::{self, Status},
    user,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement,
    sea_query::{Expr, OnConflict},
};
use secrecy::SecretString;
use serde_json::json;

use super::{find_in, lock};
use crate::{
    Database, Error, Result,
    access::By,
    accounts, audit,
    blobs::Blobs,
    jobs::{self, Payload},
};

/// Rows, or stored files, of one go: a second or so.
const BATCH: u64 = 1_000;

/// Tenants whose time is found to be over in one go; what is left waits for the next minute.
const DUE: u64 = 100;

/// Tables that grow with a tenant's use, what belongs to others' rows first. They are emptied in batches; the rest goes
/// with the tenant's own row, which takes along whatever is its own.
const LARGE: &[&str] = &[
    "events",
    "analyses",
    "transcripts",
    "transcriptions",
    "turns",
    "calls",
    "conversations",
    "customers",
    "usage",
    "idempotency_keys",
    "refresh_tokens",
    "sessions",
    "jobs",
];

/// Suspends the tenant and has it deleted when `grace` is over, for one of its owners, whose password this must be. One
/// that is being deleted stays as it is. [`Error::Invalid`]: it is not their password; wrong ones are counted with
/// sign-ins.
pub async fn delete(
    db: &Database,
    tenant: TenantId,
    by: &By,
    (owner, password): (UserId, &SecretString),
    grace: TimeDelta,
    now: DateTime<Utc>,
) -> Result<tenant::Model> {
    accounts::confirm(db, owner, "password", password, now).await?;
    ask(db, tenant, by, grace, now).await
}

/// [`delete`] by an operator, of any tenant but their `own`.
pub async fn delete_by_operator(
    db: &Database,
    tenant: TenantId,
    by: &By,
    own: TenantId,
    grace: TimeDelta,
    now: DateTime<Utc>,
) -> Result<tenant::Model> {
    if tenant == own {
        return Err(Error::Conflict { what: "an operator cannot delete the tenant that they are signed in to" });
    }
    ask(db, tenant, by, grace, now).await
}

async fn ask(db: &Database, tenant: TenantId, by: &By, grace: TimeDelta, now: DateTime<Utc>) -> Result<tenant::Model> {
    let tx = db.write(tenant).await?;
    let before = lock(&tx, tenant).await?;
    if before.delete_at.is_some() {
        return Ok(before);
    }
    let delete_at = now + grace;
    let mut asked = tenant::Entity::update_of(tenant)
        .col_expr(tenant::Column::DeleteAskedAt, Expr::value(now))
        .col_expr(tenant::Column::DeleteAskedBy, Expr::value(by.actor.to_string()))
        .col_expr(tenant::Column::DeleteAt, Expr::value(delete_at));
    if before.status == Status::Active {
        asked = asked
            .col_expr(tenant::Column::Status, Expr::value(Status::Suspended))
            .col_expr(tenant::Column::SuspendedAt, Expr::value(now));
    }
    let row = asked.exec_with_returning(&tx).await?.into_iter().next().ok_or(Error::NotFound { what: "tenant" })?;
    audit::record(&tx, tenant, by, "tenant.deletion_asked", tenant, Some(json!({ "delete_at": delete_at }))).await?;
    tx.commit().await?;
    Ok(row)
}

/// Takes it back. One that an operator had suspended before stays suspended; one that is not being deleted stays as it
/// is.
pub async fn restore(db: &Database, tenant: TenantId, by: &By) -> Result<tenant::Model> {
    let tx = db.write(tenant).await?;
    let before = lock(&tx, tenant).await?;
    if before.delete_at.is_none() {
        return Ok(before);
    }
    let mut restored = kept(tenant);
    if before.suspended_reason.is_none() {
        restored = restored
            .col_expr(tenant::Column::Status, Expr::value(Status::Active))
            .col_expr(tenant::Column::SuspendedAt, Expr::value(None::<DateTime<Utc>>));
    }
    let row = restored.exec_with_returning(&tx).await?.into_iter().next().ok_or(Error::NotFound { what: "tenant" })?;
    audit::record(&tx, tenant, by, "tenant.restored", tenant, None).await?;
    tx.commit().await?;
    Ok(row)
}

/// A change that lets it live.
pub(super) fn kept(tenant: TenantId) -> sea_orm::UpdateMany<tenant::Entity> {
    tenant::Entity::update_of(tenant)
        .col_expr(tenant::Column::DeleteAskedAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(tenant::Column::DeleteAskedBy, Expr::value(None::<String>))
        .col_expr(tenant::Column::DeleteAt, Expr::value(None::<DateTime<Utc>>))
}

/// Those that the person owns and that are being deleted, the first asked for first.
#[expect(clippy::disallowed_methods, reason = "asks for a person's tenants: all of them")]
pub(crate) async fn being_deleted_of(conn: &impl ConnectionTrait, owner: UserId) -> Result<Vec<TenantId>> {
    let owned = membership::Entity::find()
        .filter(membership::Column::UserId.eq(owner))
        .filter(membership::Column::Role.eq(membership::Role::Owner));
    let owned: Vec<TenantId> = owned.select_only().column(membership::Column::TenantId).into_tuple().all(conn).await?;
    let rows = tenant::Entity::find()
        .filter(tenant::Column::Id.is_in(owned))
        .filter(tenant::Column::DeleteAt.is_not_null())
        .order_by_asc(tenant::Column::DeleteAskedAt);
    Ok(rows.all(conn).await?.into_iter().map(|row| row.id).collect())
}

/// Orders the deletion of those whose time is over. Gives their number.
#[expect(clippy::disallowed_methods, reason = "time passes for all tenants")]
pub async fn order_deletions(db: &Database, now: DateTime<Utc>) -> Result<usize> {
    let due = tenant::Entity::find().select_only().column(tenant::Column::Id);
    let due = due.filter(tenant::Column::DeleteAt.lte(now)).order_by_asc(tenant::Column::DeleteAt).limit(DUE);
    let due: Vec<TenantId> = due.into_tuple().all(&db.platform()).await?;
    for tenant in &due {
        let payload = Payload::DeleteTenant { tenant: *tenant };
        let job = jobs::add_once(&db.platform(), &payload, &tenant.to_string(), now).await?;
        db.queue().push(job);
    }
    Ok(due.len())
}

/// Orders another job, which goes on where one had enough.
pub async fn go_on_deleting(db: &Database, tenant: TenantId, now: DateTime<Utc>) -> Result<()> {
    let job = jobs::add(&db.platform(), &Payload::DeleteTenant { tenant }, now).await?;
    db.queue().push(job);
    Ok(())
}

/// Removes a part of a tenant whose time is over, and at last its row with all that is left: its keys go with it, and
/// whatever secret of its anyone has kept opens no more. Gives how much went: 0, when there is nothing to be removed,
/// be it that somebody restored the tenant.
pub async fn remove_some(db: &Database, blobs: &Blobs, tenant: TenantId, now: DateTime<Utc>) -> Result<u64> {
    let row = match find_in(&db.of(tenant), tenant).await {
        Err(Error::NotFound { .. }) => return Ok(0),
        row => row?,
    };
    if row.delete_at.is_none_or(|at| at > now) {
        return Ok(0);
    }
    let files = blobs.remove_some_of(tenant, usize::try_from(BATCH).expect("a thousand fits")).await?;
    if files > 0 {
        return Ok(files);
    }
    for table in LARGE {
        let rows = remove_rows(db, tenant, table).await?;
        if rows > 0 {
            return Ok(rows);
        }
    }
    finish(db, tenant, now).await
}

async fn remove_rows(db: &Database, tenant: TenantId, table: &str) -> Result<u64> {
    let conn = db.of(tenant);
    let backend = conn.get_database_backend();
    let place = if backend == DbBackend::Postgres { "ctid" } else { "rowid" };
    let sql = format!(
        "DELETE FROM {table} WHERE tenant_id = $1 AND {place} IN \
         (SELECT {place} FROM {table} WHERE tenant_id = $1 LIMIT {BATCH})"
    );
    let statement = Statement::from_sql_and_values(backend, sql, [tenant.into()]);
    Ok(conn.execute_raw(statement).await?.rows_affected())
}

/// The tenant's row, what is left with it, and people who belong nowhere else.
#[expect(clippy::disallowed_methods, reason = "people are nobody's, and the line about it is the platform's")]
async fn finish(db: &Database, tenant: TenantId, now: DateTime<Utc>) -> Result<u64> {
    let tx = db.write_platform().await?;
    let row = lock(&tx, tenant).await?;
    if row.delete_at.is_none_or(|at| at > now) {
        return Ok(0);
    }
    let people = membership::Entity::of(tenant).select_only().column(membership::Column::UserId);
    let people: Vec<UserId> = people.into_tuple().all(&tx).await?;
    tenant::Entity::delete_of(tenant).exec(&tx).await?;
    let elsewhere = membership::Entity::find().filter(membership::Column::UserId.is_in(people.iter().copied()));
    let elsewhere: Vec<UserId> =
        elsewhere.select_only().column(membership::Column::UserId).into_tuple().all(&tx).await?;
    let nowhere = people.into_iter().filter(|person| !elsewhere.contains(person));
    user::Entity::delete_many().filter(user::Column::Id.is_in(nowhere)).exec(&tx).await?;
    let line = deleted_tenant::ActiveModel {
        id: Set(tenant),
        asked_at: Set(row.delete_asked_at.unwrap_or(now)),
        asked_by: Set(row.delete_asked_by.unwrap_or_else(|| "system".to_owned())),
        deleted_at: Set(now),
    };
    let unless_there = OnConflict::new().do_nothing().to_owned();
    deleted_tenant::Entity::insert(line).on_conflict(unless_there).exec_without_returning(&tx).await?;
    tx.commit().await?;
    tracing::info!(tenant.id = %tenant, "tenant deleted");
    Ok(1)
}

/// Those that were deleted, the last first; at most 100.
#[expect(clippy::disallowed_methods, reason = "they are gone: the lines are the platform's")]
pub async fn deleted(db: &Database) -> Result<Vec<deleted_tenant::Model>> {
    let lines = deleted_tenant::Entity::find().order_by_desc(deleted_tenant::Column::DeletedAt).limit(100);
    Ok(lines.all(&db.platform()).await?)
}

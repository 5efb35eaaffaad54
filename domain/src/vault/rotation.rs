//! Keys change while everything goes on: jobs seal anew what an old key has sealed.
//!
//! *A tenant's data key* ([`rotate`], or by age): the new one seals from then on; the old one still opens, until
//! [`reseal`] has walked all columns of secrets and nobody can hold one of its secrets any more.
//! *The operator's key*: a new one in front of the ring seals; [`rewrap`] seals the data keys anew, and when
//! [`keys_in_use`] tells no use of the old one, it can be taken from the ring.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    data_key::{self, State},
    id::{DataKeyId, TenantId},
    job,
    sealed::{self, SealedColumn},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, Order, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect,
    sea_query::{Condition, Expr, Func, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

use super::{Place, Vault, data_keys, prefix, ring, seal_with};
use crate::{
    Database, Error, Result,
    access::By,
    audit,
    jobs::{self, Payload},
};

/// A data key seals for this long, then a job puts a new one in its place. AES-GCM would allow 2³² secrets; the year
/// bounds what one stolen key opens (NIST SP 800-57 asks for no more than two).
const LIFETIME: TimeDelta = TimeDelta::days(365);

/// How long a retired data key stays at least: far longer than any request or transaction, which may hold a secret that
/// it sealed or be about to write one.
const GRACE: TimeDelta = TimeDelta::hours(1);

/// Retired keys of one tenant at a time: who rotates in a loop is stopped here.
const MAX_RETIRED: u64 = 16;

/// Secrets sealed anew in one transaction: some milliseconds.
const BATCH: u64 = 100;

/// A tenant's job that failed for good (a key is lost) is not ordered again before this.
const AGAIN: TimeDelta = TimeDelta::hours(1);

/// Tenants for whom jobs of a kind are ordered at a time; the next sweep takes the next.
const MAX_ORDERS: u64 = 1_000;

/// How far one of the operator's keys is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyInUse {
    /// `false`: it is lost, and so is what it sealed.
    pub is_in_ring: bool,
    /// It seals.
    pub is_active: bool,
    /// Tenants' data keys that it sealed.
    pub data_keys: u64,
    /// Secrets that it sealed itself, from before there were data keys.
    pub secrets: u64,
}

/// What [`reseal`] has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    pub secrets: u64,
    /// Retired data keys that are gone for good.
    pub deleted_keys: u64,
}

/// The tenant's data keys, newest first; at most one is active. None before the first secret.
pub async fn list(db: &Database, tenant: TenantId) -> Result<Vec<data_key::Model>> {
    Ok(data_key::Entity::of(tenant).order_by_desc(data_key::Column::Id).all(&db.of(tenant)).await?)
}

/// Makes a new data key, which seals from now on, and orders the job that seals all secrets anew.
///
/// Works without the old key, too: who has lost it goes on by writing the secrets again. [`Error::Conflict`]: 16 old
/// keys wait for their end already.
pub async fn rotate(
    db: &Database,
    vault: &Vault,
    tenant: TenantId,
    by: &By,
    now: DateTime<Utc>,
) -> Result<data_key::Model> {
    const BUSY: Error = Error::Conflict { what: "the data key is being changed already" };
    let tx = db.write(tenant).await?;
    let retired = data_key::Entity::of(tenant).filter(data_key::Column::State.eq(State::Retired));
    if retired.count(&tx).await? >= MAX_RETIRED {
        return Err(Error::Conflict { what: "too many old data keys wait for their end: try again in an hour" });
    }
    data_key::Entity::update_of(tenant)
        .col_expr(data_key::Column::State, Expr::value(State::Retired))
        .col_expr(data_key::Column::RetiredAt, Expr::value(now))
        .filter(data_key::Column::State.eq(State::Active))
        .exec(&tx)
        .await?;
    if !data_keys::add(&tx, &vault.ring, tenant, now).await? {
        return Err(BUSY);
    }
    let row = data_keys::active(&tx, tenant).await?.ok_or(BUSY)?;
    audit::record(&tx, tenant, by, "vault.rotated", row.id, None).await?;
    let job = jobs::add(&tx, &Payload::ResealSecrets { tenant }, now).await?;
    tx.commit().await?;
    db.queue().push(job);
    Ok(row)
}

/// Seals with the tenant's active data key what it has not sealed, changes that key if it is a year old, and deletes
/// retired ones that nothing needs any more. Safe beside itself, writers and readers, and when cut off anywhere.
///
/// What does not open stays as it is, and is the error in the end.
pub async fn reseal(db: &Database, vault: &Vault, tenant: TenantId, now: DateTime<Utc>) -> Result<Resealed> {
    let active = data_keys::active(&db.of(tenant), tenant).await?;
    if active.is_some_and(|row| now - row.created_at >= LIFETIME) {
        match rotate(db, vault, tenant, &By::SYSTEM, now).await {
            // Another job was quicker.
            Ok(_) | Err(Error::Conflict { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    let mut done = Resealed::default();
    let mut failed = None;
    for column in sealed::ALL {
        let mut after = Uuid::nil();
        while let Some(last) = reseal_batch(db, vault, tenant, *column, after, &mut done, &mut failed).await? {
            after = last;
        }
    }
    done.deleted_keys = delete_retired(db, tenant, now).await?;
    failed.map_or(Ok(done), Err)
}

/// Gives the last row's id; `None`: that were the last ones.
async fn reseal_batch(
    db: &Database,
    vault: &Vault,
    tenant: TenantId,
    column: SealedColumn,
    after: Uuid,
    done: &mut Resealed,
    failed: &mut Option<Error>,
) -> Result<Option<Uuid>> {
    let SealedColumn { table, column: name, .. } = column;
    let tx = db.write(tenant).await?;
    let (id, key) = vault.active(&tx, tenant).await?;
    let select = secrets(column, tenant)
        .and_where(Expr::col("id").gt(after))
        .and_where(head(name, 17).ne(prefix(id)))
        .order_by("id", Order::Asc)
        .limit(BATCH)
        .to_owned();
    let rows = tx.query_all(&select).await?;
    let mut last = None;
    for row in &rows {
        let (row, old): (Uuid, Vec<u8>) = (row.try_get_by("id")?, row.try_get_by(name)?);
        last = Some(row);
        let place = Place { tenant, column, row };
        let secret = match vault.open(&tx, place, &entity::Sealed::from_bytes(old.clone())).await {
            Ok(secret) => secret,
            Err(error @ Error::Vault(_)) => {
                failed.get_or_insert(error);
                continue;
            }
            Err(error) => return Err(error),
        };
        // Not if it was written in between: then it is newer than what was read.
        let update = Query::update()
            .table(table)
            .value(name, seal_with(id, &key, place, &secret).as_bytes().to_vec())
            .and_where(Expr::col("tenant_id").eq(tenant))
            .and_where(Expr::col("id").eq(row))
            .and_where(Expr::col(name).eq(old))
            .to_owned();
        done.secrets += tx.execute(&update).await?.rows_affected();
    }
    tx.commit().await?;
    Ok(last.filter(|_| rows.len() as u64 == BATCH))
}

/// The tenant's secrets in one column; an empty one was forgotten.
fn secrets(column: SealedColumn, tenant: TenantId) -> SelectStatement {
    Query::select()
        .columns(["id", column.column])
        .from(column.table)
        .and_where(Expr::col("tenant_id").eq(tenant))
        .and_where(Expr::expr(Func::cust("length").arg(Expr::col(column.column))).gt(0))
        .to_owned()
}

/// The first bytes of a column: what tells the key.
fn head(column: &'static str, bytes: i32) -> SimpleExpr {
    Func::cust("substr").arg(Expr::col(column)).arg(1).arg(bytes).into()
}

async fn delete_retired(db: &Database, tenant: TenantId, now: DateTime<Utc>) -> Result<u64> {
    let tx = db.write(tenant).await?;
    let over = data_key::Entity::of(tenant)
        .filter(data_key::Column::State.eq(State::Retired))
        .filter(data_key::Column::RetiredAt.lte(now - GRACE));
    let mut deleted = 0;
    for key in over.all(&tx).await? {
        if is_needed(&tx, tenant, key.id).await? {
            continue;
        }
        let delete = data_key::Entity::delete_of(tenant).filter(data_key::Column::Id.eq(key.id));
        deleted += delete.exec(&tx).await?.rows_affected;
    }
    tx.commit().await?;
    Ok(deleted)
}

async fn is_needed(conn: &impl ConnectionTrait, tenant: TenantId, key: DataKeyId) -> Result<bool> {
    for column in sealed::ALL {
        let sealed_by = secrets(*column, tenant).and_where(head(column.column, 17).eq(prefix(key))).limit(1).to_owned();
        if conn.query_one(&sealed_by).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Seals the tenant's data keys with the operator's active key. Gives the number of those that were not. What does
/// not open stays as it is, and is the error in the end.
pub async fn rewrap(db: &Database, vault: &Vault, tenant: TenantId) -> Result<u64> {
    let (mut done, mut failed) = (0, None);
    let ring = &vault.ring;
    let others = data_key::Entity::of(tenant).filter(data_key::Column::RingKeyId.ne(ring.active_key_id()));
    for row in others.all(&db.of(tenant)).await? {
        let place = data_keys::place(tenant, row.id).bytes();
        let key = match ring.open(&place, &row.sealed) {
            Ok(key) => key,
            Err(error) => {
                failed.get_or_insert(error);
                continue;
            }
        };
        let update = data_key::Entity::update_of(tenant)
            .col_expr(data_key::Column::Sealed, Expr::value(ring.seal(&place, &key)))
            .col_expr(data_key::Column::RingKeyId, Expr::value(ring.active_key_id()))
            .filter(data_key::Column::Id.eq(row.id))
            .filter(data_key::Column::Sealed.eq(row.sealed));
        done += update.exec(&db.of(tenant)).await?.rows_affected;
    }
    failed.map_or(Ok(done), |error| Err(error.into()))
}

/// Which of the operator's keys are still needed, by id, with those of the ring that are not: they can be taken away.
/// Reads every secret's first bytes.
pub async fn keys_in_use(db: &Database, vault: &Vault) -> Result<BTreeMap<String, KeyInUse>> {
    #[derive(FromQueryResult)]
    struct Row {
        ring_key_id: String,
        count: i64,
    }
    let mut keys: BTreeMap<String, KeyInUse> =
        vault.ring.key_ids().map(|id| (id.to_owned(), KeyInUse { is_in_ring: true, ..KeyInUse::default() })).collect();
    keys.entry(vault.active_key_id().to_owned()).or_default().is_active = true;
    let select = Query::select()
        .column("ring_key_id")
        .expr_as(Expr::col("id").count(), "count")
        .from("data_keys")
        .group_by_col("ring_key_id")
        .to_owned();
    for row in db.platform().query_all(&select).await? {
        let row = Row::from_query_result(&row, "")?;
        keys.entry(row.ring_key_id).or_default().data_keys = u64::try_from(row.count).unwrap_or_default();
    }
    for (key_id, _) in sealed_by_the_ring(db).await? {
        keys.entry(key_id).or_default().secrets += 1;
    }
    Ok(keys)
}

/// The key's id and the tenant of each secret from before there were data keys.
async fn sealed_by_the_ring(db: &Database) -> Result<Vec<(String, TenantId)>> {
    let mut found = Vec::new();
    for SealedColumn { table, column, .. } in sealed::ALL {
        // Version, length of the id, the id.
        let select = Query::select()
            .column("tenant_id")
            .expr_as(head(column, 34), "head")
            .from(*table)
            .and_where(head(column, 1).eq(vec![ring::VERSION]))
            .to_owned();
        for row in db.platform().query_all(&select).await? {
            let head = entity::Sealed::from_bytes(row.try_get_by("head")?);
            let (key_id, _) = ring::split(&head)?;
            found.push((key_id.to_owned(), row.try_get_by("tenant_id")?));
        }
    }
    Ok(found)
}

/// Orders [`rewrap`] and [`reseal`] where they are wanted, and gives the number of jobs. Several processes may do so.
pub async fn order_due(db: &Database, vault: &Vault, now: DateTime<Utc>) -> Result<u64> {
    let other_key = Condition::all().add(data_key::Column::RingKeyId.ne(vault.active_key_id()));
    let old = data_key::Column::CreatedAt.lte(now - LIFETIME).and(data_key::Column::State.eq(State::Active));
    let over = data_key::Column::RetiredAt.lte(now - GRACE).and(data_key::Column::State.eq(State::Retired));
    let old_or_over = Condition::any().add(old).add(over);
    let rewrapped = order(db, other_key, |tenant| Payload::RewrapDataKeys { tenant }, now).await?;
    let resealed = order(db, old_or_over, |tenant| Payload::ResealSecrets { tenant }, now).await?;
    Ok(rewrapped + resealed)
}

/// Orders the job for tenants with such data keys.
#[expect(clippy::disallowed_methods, reason = "looks for work among all tenants")]
async fn order(db: &Database, data_keys: Condition, job: fn(TenantId) -> Payload, now: DateTime<Utc>) -> Result<u64> {
    let kind = job(TenantId::from(Uuid::nil())).kind().as_str();
    let of_the_same = Expr::col(("jobs", "tenant_id")).equals(("data_keys", "tenant_id"));
    let lately =
        Query::select().column("id").from("jobs").and_where(of_the_same).cond_where(lately(kind, now)).to_owned();
    let tenants = data_key::Entity::find()
        .select_only()
        .column(data_key::Column::TenantId)
        .distinct()
        .filter(data_keys)
        .filter(Expr::exists(lately).not())
        .limit(MAX_ORDERS);
    let tenants: Vec<TenantId> = tenants.into_tuple().all(&db.platform()).await?;
    for tenant in &tenants {
        add(db, *tenant, job(*tenant), now).await?;
    }
    Ok(tenants.len() as u64)
}

/// Orders [`reseal`] for what databases from before data keys hold. Once a start: it looks at every secret.
pub async fn order_upgrades(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let tenants: BTreeSet<_> = sealed_by_the_ring(db).await?.into_iter().map(|(_, tenant)| tenant).collect();
    let mut ordered = 0;
    for tenant in tenants {
        let payload = Payload::ResealSecrets { tenant };
        let earlier = job::Entity::of(tenant).filter(lately(payload.kind().as_str(), now));
        if earlier.one(&db.of(tenant)).await?.is_none() {
            add(db, tenant, payload, now).await?;
            ordered += 1;
        }
    }
    Ok(ordered)
}

/// Jobs of this kind that are still to be done, or were ordered a moment ago and may have failed.
fn lately(kind: &'static str, now: DateTime<Utc>) -> Condition {
    let waits = job::Column::State.is_in([job::State::Ready, job::State::Running]);
    let is_recent = Condition::any().add(waits).add(job::Column::CreatedAt.gt(now - AGAIN));
    Condition::all().add(job::Column::Kind.eq(kind)).add(is_recent)
}

async fn add(db: &Database, tenant: TenantId, payload: Payload, now: DateTime<Utc>) -> Result<()> {
    let job = jobs::add(&db.of(tenant), &payload, now).await?;
    db.queue().push(job);
    Ok(())
}

#[cfg(test)]
mod tests;

//! Creating requests that are sent again: the second time gives the first one's answer.
//!
//! A key belongs to who sent it: an answer may show a secret, which nobody else of the tenant may see by sending the
//! same key.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    Sealed, TenantScoped,
    id::{IdempotencyKeyId, TenantId},
    idempotency_key::{Column, Entity, Model},
    sealed,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::Expr,
};
use secrecy::SecretString;

use crate::{
    Database, Error, Result,
    access::{Actor, Principal},
    error::is_unique_violation,
    secret_text::sha256,
    vault::{Place, Vault},
};

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// Longest key, in bytes.
pub const MAX_LENGTH: usize = 255;

/// Rows that one statement deletes: the write lock of SQLite is held for some milliseconds at most.
const BATCH: u64 = 500;

/// Batches a sweep; what is left waits for the next.
const BATCHES: usize = 20;

/// What a key stands for now.
#[derive(Debug)]
pub enum Claim {
    /// Nothing yet: do the work, then [`answered`] or [`given_up`].
    Mine(IdempotencyKeyId),
    /// The work is done: this is what was answered, as it was given to [`answered`].
    Answered(SecretString),
    /// Another request was sent with it.
    Mismatch,
    /// The same request is at work.
    InProgress,
}

/// Claims `key` for the request that `fingerprint` tells from all others. Of two at once, one gets it. A claim ends
/// with its `lease`: whoever made it may have crashed, and the next one does the work again.
///
/// [`Error::Invalid`]: the key is empty, longer than [`MAX_LENGTH`] or not printable ASCII.
pub async fn claim(
    db: &Database,
    vault: &Vault,
    principal: &Principal,
    key: &str,
    fingerprint: &str,
    lease: Duration,
    now: DateTime<Utc>,
) -> Result<Claim> {
    let is_printable = key.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if key.is_empty() || key.len() > MAX_LENGTH || !is_printable {
        return Err(Error::invalid("Idempotency-Key", "must be 1 to 255 printable ASCII characters"));
    }
    let tenant = principal.tenant;
    let lease_until = now + TimeDelta::from_std(lease).map_err(|_| Error::invalid("lease", "too long"))?;
    let (id, hash) = (IdempotencyKeyId::new(), hash(principal, key));
    let row = entity::idempotency_key::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        hash: Set(hash.clone()),
        fingerprint: Set(fingerprint.to_owned()),
        answer: Set(None),
        lease_until: Set(Some(lease_until)),
        expires_at: Set(now + KEPT),
    };
    match row.insert(&db.of(tenant)).await {
        Ok(_) => return Ok(Claim::Mine(id)),
        Err(error) if is_unique_violation(&error) => {}
        Err(error) => return Err(error.into()),
    }
    let known = Entity::of(tenant).filter(Column::Hash.eq(hash)).one(&db.of(tenant)).await?;
    // Given up since: its sender had better ask once more.
    let Some(known) = known else { return Ok(Claim::InProgress) };
    if known.expires_at > now && known.fingerprint != fingerprint {
        return Ok(Claim::Mismatch);
    }
    match &known.answer {
        Some(answer) if known.expires_at > now => {
            Ok(Claim::Answered(vault.open(&db.of(tenant), place(tenant, known.id), answer).await?))
        }
        _ => take_over(db, &known, fingerprint, lease_until, now).await,
    }
}

/// A row that is nobody's any more becomes ours, with an id of its own: whoever had it cannot write to it.
async fn take_over(
    db: &Database,
    known: &Model,
    fingerprint: &str,
    lease_until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Claim> {
    let id = IdempotencyKeyId::new();
    let taken = Entity::update_of(known.tenant_id)
        .col_expr(Column::Id, Expr::value(id))
        .col_expr(Column::Fingerprint, Expr::value(fingerprint))
        .col_expr(Column::Answer, Expr::value(None::<Sealed>))
        .col_expr(Column::LeaseUntil, Expr::value(lease_until))
        .col_expr(Column::ExpiresAt, Expr::value(now + KEPT))
        .filter(Column::Id.eq(known.id))
        .filter(Condition::any().add(Column::ExpiresAt.lte(now)).add(Column::LeaseUntil.lte(now)))
        .exec(&db.of(known.tenant_id))
        .await?;
    Ok(if taken.rows_affected == 1 { Claim::Mine(id) } else { Claim::InProgress })
}

/// Keeps the answer for whoever sends the key again. A claim that another has taken over changes nothing.
pub async fn answered(
    db: &Database,
    vault: &Vault,
    tenant: TenantId,
    claim: IdempotencyKeyId,
    answer: &SecretString,
) -> Result<()> {
    let tx = db.write(tenant).await?;
    let sealed = vault.seal(&tx, place(tenant, claim), answer).await?;
    Entity::update_of(tenant)
        .col_expr(Column::Answer, Expr::value(sealed))
        .col_expr(Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(claim))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// Frees the key: the same request may be tried again.
pub async fn given_up(db: &Database, tenant: TenantId, claim: IdempotencyKeyId) -> Result<()> {
    Entity::delete_of(tenant).filter(Column::Id.eq(claim)).exec(&db.of(tenant)).await?;
    Ok(())
}

/// Deletes what has expired, 10,000 rows at most. Gives their number.
#[expect(clippy::disallowed_methods, reason = "what has expired is of no use to any tenant")]
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let mut swept = 0;
    for _ in 0..BATCHES {
        let expired = Entity::find().select_only().column(Column::Id).filter(Column::ExpiresAt.lte(now)).limit(BATCH);
        let deleted = Entity::delete_many().filter(Column::Id.in_subquery(expired.into_query()));
        let deleted = deleted.exec(&db.platform()).await?.rows_affected;
        swept += deleted;
        if deleted < BATCH {
            break;
        }
    }
    Ok(swept)
}

fn hash(principal: &Principal, key: &str) -> String {
    let (kind, id) = match principal.actor() {
        Actor::User(id) => ("user", id.uuid()),
        Actor::Key(id) => ("api_key", id.uuid()),
        Actor::Operator(id) => ("operator", id.uuid()),
        Actor::System => ("system", uuid::Uuid::nil()),
    };
    sha256(&format!("{kind} {id} {key}"))
}

fn place(tenant: TenantId, row: IdempotencyKeyId) -> Place {
    Place { tenant, column: sealed::IDEMPOTENCY_ANSWER, row: row.uuid() }
}

//! API keys: `swb_<8>_<32><6>`: a name for the row, a secret of 190 random bits, a checksum of all before it.
//!
//! The key is shown once; the row keeps its SHA-256. Scanners for secrets find one by
//! `\bswb_[0-9A-Za-z]{8}_[0-9A-Za-z]{38}\b`, and tell a real one by the last six characters: the first four bytes
//! (big-endian) of the SHA-256 of all before them, in base 62 with the digits `0–9A–Za–z`.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use entity::{
    TenantScoped,
    api_key::{self, Scope, Scopes},
    id::{ApiKeyId, TenantId, UserId},
    tenant::{self, Status},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter,
    QuerySelect,
};
use secrecy::SecretString;
use serde_json::json;
use subtle::ConstantTimeEq;

use crate::{
    Database, Error, Refusal, Result,
    access::{By, Principal, Who},
    audit, invitations, name,
    page::{Page, Paging},
    secret_text::{checksum, random_base62, sha256},
};

const ID_LENGTH: usize = 8;
const SECRET_LENGTH: usize = 32;
const CHECKSUM_LENGTH: usize = 6;

/// A key to be made.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// 1–200 characters.
    pub name: String,
    /// At least one, none twice.
    pub scopes: Vec<Scope>,
    /// In the future; `None`: it does not expire.
    pub expires_at: Option<DateTime<Utc>>,
}

impl NewKey {
    /// With all scopes, without an end.
    pub fn unlimited(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            scopes: vec![Scope::Read, Scope::Calls, Scope::Manage, Scope::Admin],
            expires_at: None,
        }
    }
}

/// [`create`] at somebody's wish: [`Error::Escalation`] where the key would reach further than its maker.
pub async fn create_for(
    db: &Database,
    maker: &Principal,
    by: &By,
    new: NewKey,
) -> Result<(api_key::Model, SecretString)> {
    if !new.scopes.iter().all(|scope| maker.may_grant(*scope)) {
        return Err(Error::Escalation { what: "an API key cannot have a scope that its maker has not" });
    }
    create(db, maker.tenant, by, new).await
}

/// A new key; the secret is not kept and cannot be shown again.
pub async fn create(db: &Database, tenant: TenantId, by: &By, new: NewKey) -> Result<(api_key::Model, SecretString)> {
    let tx = db.write(tenant).await?;
    let made = create_in(&tx, tenant, by, new).await?;
    tx.commit().await?;
    Ok(made)
}

pub(crate) async fn create_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    by: &By,
    new: NewKey,
) -> Result<(api_key::Model, SecretString)> {
    let (name, now) = (name::parse("name", &new.name)?, entity::now());
    check(&new, now)?;
    let (kind, maker) = by.actor.columns();
    let prefix = format!("swb_{}", random_base62(ID_LENGTH));
    let body = format!("{prefix}_{}", random_base62(SECRET_LENGTH));
    let key = format!("{body}{}", checksum(&body));
    let row = api_key::ActiveModel {
        id: Set(ApiKeyId::new()),
        tenant_id: Set(tenant),
        name: Set(name),
        prefix: Set(prefix),
        hash: Set(sha256(&key)),
        created_at: Set(now),
        last_used_at: Set(None),
        revoked_at: Set(None),
        scopes: Set(Scopes(new.scopes)),
        expires_at: Set(new.expires_at.map(|at| at.trunc_subsecs(6))),
        created_by_kind: Set(kind.to_owned()),
        created_by_id: Set(maker),
    };
    let row = row.insert(conn).await?;
    let details = json!({ "name": row.name, "scopes": row.scopes, "expires_at": row.expires_at });
    audit::record(conn, tenant, by, "api_key.created", row.id, Some(details)).await?;
    Ok((row, key.into()))
}

fn check(new: &NewKey, now: DateTime<Utc>) -> Result<()> {
    let is_repeated = |at: usize| new.scopes[..at].contains(&new.scopes[at]);
    if new.scopes.is_empty() || (0..new.scopes.len()).any(is_repeated) {
        return Err(Error::invalid("scopes", "must be at least one, and none twice"));
    }
    if new.expires_at.is_some_and(|at| at <= now || !audit::is_storable(at)) {
        return Err(Error::invalid("expires_at", "must be in the future, and in the year 9999 at the latest"));
    }
    Ok(())
}

/// Revoked and expired ones too; newest first.
pub async fn list(db: &Database, tenant: TenantId, paging: Paging) -> Result<Page<api_key::Model>> {
    paging.newest_first(&db.of(tenant), api_key::Entity::of(tenant), api_key::Column::Id).await
}

pub async fn find(db: &Database, tenant: TenantId, key: ApiKeyId) -> Result<api_key::Model> {
    let row = api_key::Entity::of(tenant).filter(api_key::Column::Id.eq(key)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "API key" })
}

/// Whose key it is; `None`: malformed, mistyped, unknown, revoked or expired. A malformed one costs no query.
/// [`Refusal::TenantSuspended`] where its tenant is.
#[expect(clippy::disallowed_methods, reason = "the key tells the tenant: none is known before")]
pub async fn authenticate(db: &Database, key: &str, now: DateTime<Utc>) -> Result<Option<Principal>> {
    let Some(prefix) = well_formed(key) else { return Ok(None) };
    let its_tenant =
        api_key::Entity::belongs_to(tenant::Entity).from(api_key::Column::TenantId).to(tenant::Column::Id).into();
    let row = api_key::Entity::find()
        .join(JoinType::InnerJoin, its_tenant)
        .select_also(tenant::Entity)
        .filter(api_key::Column::Prefix.eq(prefix))
        .filter(api_key::Column::RevokedAt.is_null())
        .one(&db.platform())
        .await?;
    let Some((row, Some(tenant))) = row else { return Ok(None) };
    let is_the_key = bool::from(sha256(key).as_bytes().ct_eq(row.hash.as_bytes()));
    if !is_the_key || row.expires_at.is_some_and(|at| at <= now) {
        return Ok(None);
    }
    if tenant.status == Status::Suspended {
        return Err(Refusal::TenantSuspended.into());
    }
    note_use(db, &row).await?;
    Ok(Some(Principal { tenant: row.tenant_id, who: Who::Key { id: row.id, scopes: row.scopes.0 } }))
}

/// Ends all keys that this person made, in all tenants.
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn revoke_all_of_in(conn: &impl ConnectionTrait, user: UserId) -> Result<()> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, entity::now().into())
        .filter(api_key::Column::CreatedByKind.eq("user"))
        .filter(api_key::Column::CreatedById.eq(user.uuid()))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// Those of `keys` that open nothing any more.
#[expect(clippy::disallowed_methods, reason = "asks for keys that were proven, whatever the tenant")]
pub async fn void_among(db: &Database, keys: &[ApiKeyId], now: DateTime<Utc>) -> Result<Vec<ApiKeyId>> {
    let void = Condition::any().add(api_key::Column::RevokedAt.is_not_null()).add(api_key::Column::ExpiresAt.lte(now));
    let rows = api_key::Entity::find().filter(api_key::Column::Id.is_in(keys.iter().copied())).filter(void);
    Ok(rows.all(&db.platform()).await?.into_iter().map(|row| row.id).collect())
}

/// Ends a key for good, with the invitations that it made; a second time changes nothing.
pub async fn revoke(db: &Database, tenant: TenantId, by: &By, key: ApiKeyId) -> Result<()> {
    find(db, tenant, key).await?;
    let tx = db.write(tenant).await?;
    let revoked = api_key::Entity::update_of(tenant)
        .col_expr(api_key::Column::RevokedAt, entity::now().into())
        .filter(api_key::Column::Id.eq(key))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(&tx)
        .await?;
    if revoked.rows_affected == 1 {
        invitations::withdraw_of_key_in(&tx, tenant, key).await?;
        audit::record(&tx, tenant, by, "api_key.revoked", key, None).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// The prefix of a key whose form and checksum are right.
fn well_formed(key: &str) -> Option<&str> {
    let length = "swb_".len() + ID_LENGTH + 1 + SECRET_LENGTH + CHECKSUM_LENGTH;
    if key.len() != length || !key.is_ascii() {
        return None;
    }
    let (body, sum) = key.split_at(length - CHECKSUM_LENGTH);
    let (prefix, secret) = body.split_at("swb_".len() + ID_LENGTH);
    let is_right = prefix.starts_with("swb_") && secret.starts_with('_') && checksum(body) == sum;
    is_right.then_some(prefix)
}

/// At most one write a minute and key.
async fn note_use(db: &Database, row: &api_key::Model) -> Result<()> {
    let now = entity::now();
    let stale = now - TimeDelta::minutes(1);
    if row.last_used_at.is_some_and(|at| at > stale) {
        return Ok(());
    }
    api_key::Entity::update_of(row.tenant_id)
        .col_expr(api_key::Column::LastUsedAt, now.into())
        .filter(api_key::Column::Id.eq(row.id))
        .filter(Condition::any().add(api_key::Column::LastUsedAt.is_null()).add(api_key::Column::LastUsedAt.lte(stale)))
        .exec(&db.of(row.tenant_id))
        .await?;
    Ok(())
}

//! API keys: `swb_<8>_<32><6>`: a name for the row, a secret of 190 random bits, a checksum of all before it.
//!
//! The key is shown once; the row keeps its SHA-256.

use chrono::TimeDelta;
use entity::{
    TenantScoped, api_key,
    id::{ApiKeyId, TenantId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;
use subtle::ConstantTimeEq;

use crate::{
    Database, Error, Result,
    secret_text::{checksum, random_base62, sha256},
};

const ID_LENGTH: usize = 8;
const SECRET_LENGTH: usize = 32;
const CHECKSUM_LENGTH: usize = 6;

/// Who speaks, as proven by a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Principal {
    pub tenant: TenantId,
    pub key: ApiKeyId,
}

/// A new key; the secret is not kept and cannot be shown again.
pub async fn create(db: &Database, tenant: TenantId, name: &str) -> Result<(api_key::Model, SecretString)> {
    create_in(db.connection(), tenant, name).await
}

pub(crate) async fn create_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    name: &str,
) -> Result<(api_key::Model, SecretString)> {
    let name = name.trim();
    if name.is_empty() || name.len() > 200 {
        return Err(Error::invalid("name", "must be 1 to 200 characters long"));
    }
    let prefix = format!("swb_{}", random_base62(ID_LENGTH));
    let body = format!("{prefix}_{}", random_base62(SECRET_LENGTH));
    let key = format!("{body}{}", checksum(&body));
    let row = api_key::ActiveModel {
        id: Set(ApiKeyId::new()),
        tenant_id: Set(tenant),
        name: Set(name.to_owned()),
        prefix: Set(prefix),
        hash: Set(sha256(&key)),
        created_at: Set(entity::now()),
        last_used_at: Set(None),
        revoked_at: Set(None),
    };
    Ok((row.insert(conn).await?, key.into()))
}

pub async fn find(db: &Database, tenant: TenantId, key: ApiKeyId) -> Result<api_key::Model> {
    let row = api_key::Entity::of(tenant).filter(api_key::Column::Id.eq(key)).one(db.connection()).await?;
    row.ok_or(Error::NotFound { what: "API key" })
}

/// Whose key it is; `None`: malformed, mistyped, unknown or revoked. A malformed one costs no query.
#[expect(clippy::disallowed_methods, reason = "the key tells the tenant: none is known before")]
pub async fn authenticate(db: &Database, key: &str) -> Result<Option<Principal>> {
    let Some(prefix) = well_formed(key) else { return Ok(None) };
    let row = api_key::Entity::find()
        .filter(api_key::Column::Prefix.eq(prefix))
        .filter(api_key::Column::RevokedAt.is_null())
        .one(db.connection())
        .await?;
    let Some(row) = row else { return Ok(None) };
    if !bool::from(sha256(key).as_bytes().ct_eq(row.hash.as_bytes())) {
        return Ok(None);
    }
    note_use(db, &row).await?;
    Ok(Some(Principal { tenant: row.tenant_id, key: row.id }))
}

/// Ends a key for good; a second time changes nothing.
pub async fn revoke(db: &Database, tenant: TenantId, key: ApiKeyId) -> Result<()> {
    find(db, tenant, key).await?;
    api_key::Entity::update_of(tenant)
        .col_expr(api_key::Column::RevokedAt, entity::now().into())
        .filter(api_key::Column::Id.eq(key))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(db.connection())
        .await?;
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
        .exec(db.connection())
        .await?;
    Ok(())
}

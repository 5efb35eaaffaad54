//! API keys: `swb_<8>_<32><6>`: a name for the row, a secret of 190 random bits, a checksum of all before it.
//!
//! The key is shown once; the row keeps its SHA-256.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    api_key::{self, Scope, Scopes},
    id::{ApiKeyId, TenantId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;
use subtle::ConstantTimeEq;

use crate::{
    Database, Error, Result,
    access::{By, Principal, Who},
    audit,
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
    /// At least one.
    pub scopes: Vec<Scope>,
    /// `None`: it does not expire.
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
    let name = new.name.trim();
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
        scopes: Set(Scopes(new.scopes)),
        expires_at: Set(new.expires_at),
    };
    let row = row.insert(conn).await?;
    audit::record(conn, tenant, by, "api_key.created", row.id, None).await?;
    Ok((row, key.into()))
}

pub async fn find(db: &Database, tenant: TenantId, key: ApiKeyId) -> Result<api_key::Model> {
    let row = api_key::Entity::of(tenant).filter(api_key::Column::Id.eq(key)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "API key" })
}

/// Whose key it is; `None`: malformed, mistyped, unknown or revoked. A malformed one costs no query.
#[expect(clippy::disallowed_methods, reason = "the key tells the tenant: none is known before")]
pub async fn authenticate(db: &Database, key: &str) -> Result<Option<Principal>> {
    let Some(prefix) = well_formed(key) else { return Ok(None) };
    let row = api_key::Entity::find()
        .filter(api_key::Column::Prefix.eq(prefix))
        .filter(api_key::Column::RevokedAt.is_null())
        .one(&db.platform())
        .await?;
    let Some(row) = row else { return Ok(None) };
    if !bool::from(sha256(key).as_bytes().ct_eq(row.hash.as_bytes())) {
        return Ok(None);
    }
    note_use(db, &row).await?;
    Ok(Some(Principal { tenant: row.tenant_id, who: Who::Key { id: row.id, scopes: row.scopes.0 } }))
}

/// Ends a key for good; a second time changes nothing.
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

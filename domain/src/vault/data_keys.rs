//! The table of data keys.

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    data_key::{self, State},
    id::{DataKeyId, TenantId},
    sealed,
};
use rand::{TryRng, rngs::SysRng};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, TryInsertResult, sea_query::OnConflict,
};
use zeroize::Zeroizing;

use super::{
    Place,
    cipher::{Cipher, KEY_LENGTH},
    ring::Ring,
};
use crate::{Error, Result};

pub(super) async fn find(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: DataKeyId,
) -> Result<Option<data_key::Model>> {
    Ok(data_key::Entity::of(tenant).filter(data_key::Column::Id.eq(id)).one(conn).await?)
}

pub(super) async fn active(conn: &impl ConnectionTrait, tenant: TenantId) -> Result<Option<data_key::Model>> {
    Ok(data_key::Entity::of(tenant).filter(data_key::Column::State.eq(State::Active)).one(conn).await?)
}

pub(super) async fn active_or_new(
    conn: &impl ConnectionTrait,
    ring: &Ring,
    tenant: TenantId,
) -> Result<data_key::Model> {
    // The second round is for who was slower than another in making the first key; the third for who then saw that
    // one retired.
    for _ in 0..3 {
        if let Some(row) = active(conn, tenant).await? {
            return Ok(row);
        }
        add(conn, ring, tenant, entity::now()).await?;
    }
    Err(Error::Conflict { what: "the data key is changed all the time" })
}

/// Writes a new active key; `false`: there is an active one, and nothing was changed.
pub(super) async fn add(
    conn: &impl ConnectionTrait,
    ring: &Ring,
    tenant: TenantId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let mut key = Zeroizing::new([0; KEY_LENGTH]);
    SysRng.try_fill_bytes(&mut *key).expect("the operating system gives random bytes once it is up");
    let id = DataKeyId::new();
    let row = data_key::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        sealed: Set(ring.seal(&place(tenant, id).bytes(), &*key)),
        ring_key_id: Set(ring.active_key_id().to_owned()),
        state: Set(State::Active),
        created_at: Set(now),
        retired_at: Set(None),
    };
    // Against the index of active keys. A conflict as an error would end the caller's transaction on PostgreSQL.
    let insert = data_key::Entity::insert(row).on_conflict(OnConflict::new().do_nothing().to_owned());
    let inserted = insert.try_insert().exec_without_returning(conn).await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1..)))
}

pub(super) fn open(ring: &Ring, row: &data_key::Model) -> Result<Cipher, super::Error> {
    let key = ring.open(&place(row.tenant_id, row.id).bytes(), &row.sealed)?;
    Cipher::new(&key).ok_or(super::Error::Malformed)
}

pub(super) fn place(tenant: TenantId, id: DataKeyId) -> Place {
    Place { tenant, column: sealed::DATA_KEY, row: id.uuid() }
}

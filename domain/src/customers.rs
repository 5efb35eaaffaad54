//! Whom agents talk to: found by what the channel knows of them, made when new.

use entity::{
    TenantScoped, customer,
    id::{CustomerId, TenantId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::OnConflict};

use crate::{Database, Error, Result, phone_numbers::is_e164};

pub async fn find(db: &Database, tenant: TenantId, id: CustomerId) -> Result<customer::Model> {
    let row = customer::Entity::of(tenant).filter(customer::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "customer" })
}

/// The customer whom the tenant calls so (1–200 characters), found or made.
pub async fn by_external_id(db: &Database, tenant: TenantId, external_id: &str) -> Result<customer::Model> {
    by_external_id_in(&db.of(tenant), tenant, external_id).await
}

pub(crate) async fn by_external_id_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    external_id: &str,
) -> Result<customer::Model> {
    if external_id.is_empty() || external_id.len() > 200 || external_id.contains('\0') {
        return Err(Error::invalid("customer_id", "must be 1 to 200 characters long, none of them NUL"));
    }
    find_or_make(conn, tenant, customer::Column::ExternalId, external_id).await
}

/// The customer with this E.164 number, found or made.
pub async fn by_phone(db: &Database, tenant: TenantId, phone: &str) -> Result<customer::Model> {
    by_phone_in(&db.of(tenant), tenant, phone).await
}

pub(crate) async fn by_phone_in(conn: &impl ConnectionTrait, tenant: TenantId, phone: &str) -> Result<customer::Model> {
    if !is_e164(phone) {
        return Err(Error::invalid("phone", "must be a + and 2 to 15 digits, the first not 0"));
    }
    find_or_make(conn, tenant, customer::Column::Phone, phone).await
}

/// `key` is one of the two columns that are unique within a tenant.
async fn find_or_make(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    key: customer::Column,
    value: &str,
) -> Result<customer::Model> {
    let found = || customer::Entity::of(tenant).filter(key.eq(value)).one(conn);
    if let Some(row) = found().await? {
        return Ok(row);
    }
    let is_phone = matches!(key, customer::Column::Phone);
    let row = customer::ActiveModel {
        id: Set(CustomerId::new()),
        tenant_id: Set(tenant),
        external_id: Set((!is_phone).then(|| value.to_owned())),
        phone: Set(is_phone.then(|| value.to_owned())),
        name: Set(None),
        created_at: Set(entity::now()),
        metadata: Set(serde_json::json!({})),
        erased_at: Set(None),
    };
    // Another may have been quicker: then theirs is the one.
    let taken = OnConflict::columns([customer::Column::TenantId, key]).do_nothing().to_owned();
    customer::Entity::insert(row).on_conflict(taken).exec_without_returning(conn).await?;
    found().await?.ok_or(Error::NotFound { what: "customer" })
}

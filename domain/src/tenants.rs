//! Tenants.

use entity::{
    id::TenantId,
    tenant::{self, Status},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};

use crate::{Database, Error, Result};

/// A new tenant.
pub async fn create(db: &Database, name: &str) -> Result<tenant::Model> {
    create_in(&db.platform(), name).await
}

pub(crate) async fn create_in(conn: &impl ConnectionTrait, name: &str) -> Result<tenant::Model> {
    let name = name.trim();
    if name.is_empty() || name.len() > 200 {
        return Err(Error::invalid("name", "must be 1 to 200 characters long"));
    }
    let row = tenant::ActiveModel {
        id: Set(TenantId::new()),
        name: Set(name.to_owned()),
        created_at: Set(entity::now()),
        status: Set(Status::Active),
        suspended_at: Set(None),
    };
    Ok(row.insert(conn).await?)
}

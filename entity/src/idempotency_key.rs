//! A creating request that its sender may send again.

use sea_orm::entity::prelude::*;

use crate::{
    Sealed,
    id::{IdempotencyKeyId, TenantId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: IdempotencyKeyId,
    pub tenant_id: TenantId,
    /// SHA-256 of the key and of who sent it, hexadecimal.
    pub hash: String,
    /// SHA-256 of the request, hexadecimal.
    pub fingerprint: String,
    /// The answer as JSON, for it may show a secret; `None`: still at work.
    pub answer: Option<Sealed>,
    /// Until then the one who works on it has it to itself; `None`: it is answered.
    pub lease_until: Option<DateTimeUtc>,
    pub expires_at: DateTimeUtc,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

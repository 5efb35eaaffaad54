//! A program's way in. The key itself is shown once and not kept.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::id::{ApiKeyId, TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiKeyId,
    pub tenant_id: TenantId,
    pub name: String,
    /// `swb_` and eight characters: finds the row, and lets a person tell keys apart.
    pub prefix: String,
    /// SHA-256 of the whole key, hexadecimal.
    pub hash: String,
    pub created_at: DateTimeUtc,
    /// Right to the minute.
    pub last_used_at: Option<DateTimeUtc>,
    pub revoked_at: Option<DateTimeUtc>,
    #[sea_orm(column_type = "JsonBinary")]
    pub scopes: Scopes,
    /// `None`: it does not expire.
    pub expires_at: Option<DateTimeUtc>,
    /// `user`, `api_key` or `system`.
    pub created_by_kind: String,
    /// Of the user or key; `None`: the system.
    pub created_by_id: Option<Uuid>,
}

/// What a key is good for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Scopes(pub Vec<Scope>);

/// One thing that a key is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    Read,
    Calls,
    Manage,
    Admin,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A person signed in to a tenant, on one device.

use sea_orm::entity::prelude::*;

use crate::id::{SessionId, TenantId, UserId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub tenant_id: TenantId,
    pub user_id: UserId,
    pub created_at: DateTimeUtc,
    /// When it was opened or refreshed last: right to an access token's lifetime.
    pub last_used_at: DateTimeUtc,
    /// With its refresh token, which moves it on.
    pub expires_at: DateTimeUtc,
    /// `None`: it lives, or has expired.
    pub ended_at: Option<DateTimeUtc>,
    /// What the browser or program calls itself.
    pub user_agent: Option<String>,
    /// The network address of its last use.
    pub address: Option<String>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

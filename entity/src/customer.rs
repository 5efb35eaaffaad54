//! Whom a tenant's agents talk to.

use sea_orm::entity::prelude::*;

use crate::id::{CustomerId, TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "customers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CustomerId,
    pub tenant_id: TenantId,
    /// The tenant's own name for them; unique within the tenant.
    pub external_id: Option<String>,
    /// As the line names it: mostly E.164, `anonymous` from a withheld number. Unique within the tenant.
    pub phone: Option<String>,
    pub name: Option<String>,
    pub created_at: DateTimeUtc,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

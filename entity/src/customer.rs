//! Whom a tenant's agents talk to.

use sea_orm::entity::prelude::*;

use crate::id::{CustomerId, TenantId};

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
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
    /// What else the tenant knows of them: always an object.
    #[sea_orm(column_type = "JsonBinary")]
    pub metadata: Json,
    /// Since when they are being erased: nothing above is left, a job removes the rest. `None`: they are not.
    pub erased_at: Option<DateTimeUtc>,
}

/// Nothing of whom it is: this may come into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("customer::Model").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

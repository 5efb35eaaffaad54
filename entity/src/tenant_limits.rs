//! What a tenant may use at most, as its operator and it itself have set it. No row: nothing was set.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::TenantId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_limits")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// Instead of the installation's; 0: unlimited.
    #[sea_orm(column_type = "JsonBinary")]
    pub by_operator: Limits,
    /// Below the operator's; never 0.
    #[sea_orm(column_type = "JsonBinary")]
    pub by_tenant: Limits,
}

/// One value a limit; what `None` and 0 mean is said where such a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Limits {
    /// Phone calls and voice sockets at once.
    pub concurrent_calls: Option<u64>,
    /// Of calls and sockets, in a UTC month.
    pub minutes_per_month: Option<u64>,
    /// Estimated cost of providers in a UTC day, millionths of a US dollar.
    pub spend_per_day: Option<u64>,
    /// HTTP requests with a key or a session, in each process.
    pub requests_per_second: Option<u64>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A tenant's key for its secrets, sealed by the operator's.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    Sealed,
    id::{DataKeyId, TenantId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "data_keys")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DataKeyId,
    pub tenant_id: TenantId,
    pub sealed: Sealed,
    /// Which of the operator's keys sealed it, as in [`sealed`](Self::sealed) itself.
    pub ring_key_id: String,
    pub state: State,
    pub created_at: DateTimeUtc,
    /// `None`: active.
    pub retired_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Seals and opens: one of each tenant.
    Active,
    /// Opens what is not sealed anew yet.
    Retired,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

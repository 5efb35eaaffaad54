//! Whoever rents the platform.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::id::TenantId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    pub name: String,
    pub created_at: DateTimeUtc,
    pub status: Status,
    /// `None`: it is active.
    pub suspended_at: Option<DateTimeUtc>,
    /// The operator's words; `None`: it is active, or suspended because it is being deleted.
    pub suspended_reason: Option<String>,
    /// Whether numbers and addresses are taken out of what was said once a conversation has ended.
    pub redact_transcripts: bool,
    /// When its deletion was asked for; `None`: it is not, as in the next two.
    pub delete_asked_at: Option<DateTimeUtc>,
    /// `user:…` or `operator:…` with their id.
    pub delete_asked_by: Option<String>,
    /// When all of it goes, unless it is restored before. Until then it is suspended.
    pub delete_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Active,
    /// By an operator, or because it is being deleted: nobody of it gets in, and its callers are turned away.
    Suspended,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

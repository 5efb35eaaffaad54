//! A model that serves a tenant and goes out of service.

use sea_orm::entity::prelude::*;

use crate::id::TenantId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "model_warnings")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// `speech_to_text`, `language_model` or `text_to_speech`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub stage: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub model: String,
    /// Whether the tenant's own credential names it, and not the operator.
    pub is_own: bool,
    pub shutdown_date: Date,
    /// At how many days before it an event told of it last: 90, 30 or 7; `None`: none has.
    pub told_days: Option<i32>,
    /// When it was last found in the provider's list.
    pub seen_at: DateTimeUtc,
    pub told_at: Option<DateTimeUtc>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

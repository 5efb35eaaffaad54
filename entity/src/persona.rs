//! A character of the tenant's own, beside the built-in ones.

use sea_orm::entity::prelude::*;

use crate::id::TenantId;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "personas")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// What agents call it by; never changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub title: String,
    pub description: String,
    /// Manner of speaking, in a few words.
    pub tone: String,
    /// The character's part of the system message.
    #[sea_orm(column_type = "Text")]
    pub prompt: String,
    pub voice: String,
    /// 0.25–4.
    pub speed: f64,
    /// ISO 639-1; `None`: the recogniser decides.
    pub language: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub greeting: String,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! What a clean-up of the platform's own did when it last ran.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "cleanups")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub at: DateTimeUtc,
    /// Numbers by name.
    #[sea_orm(column_type = "JsonBinary")]
    pub counts: Json,
    /// Where the next goes on; `None`: at the beginning.
    pub cursor: Option<Uuid>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! How often something was tried of late: sign-ins to an account, from an address.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttles")]
pub struct Model {
    /// SHA-256 of what is tried and by whom, hexadecimal: neither address stands here.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub attempts: i32,
    /// Until then, nothing more.
    pub blocked_until: Option<DateTimeUtc>,
    /// When all of it is forgotten.
    pub expires_at: DateTimeUtc,
}

/// Joins are not used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

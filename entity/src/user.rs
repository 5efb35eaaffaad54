//! A person, who may belong to several tenants.

use sea_orm::entity::prelude::*;

use crate::id::UserId;

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "users")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: UserId,
    /// As signed up with, in small letters; unique on the whole platform.
    pub email: String,
    pub name: String,
    /// Argon2id in PHC form, parameters and salt included.
    pub password_hash: String,
    /// When a link sent to the address was followed; `None`: nobody has shown that it is theirs.
    pub email_verified_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    pub password_changed_at: DateTimeUtc,
}

/// Neither the address nor the hash: this may come into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("user::Model").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Joins are not used.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! People. One stands above tenants: a membership gives a place in each.

mod email;

use chrono::{DateTime, Utc};
use entity::{id::UserId, user};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    QuerySelect, sea_query::LockType,
};

pub use self::email::Email;
use crate::{Database, Error, Result, name, passwords::Hashed};

/// A person to be made.
#[derive(Clone, Debug)]
pub struct NewUser {
    pub email: Email,
    /// 1–200 characters.
    pub name: String,
    pub password_hash: Hashed,
}

/// A new person, who belongs nowhere yet. [`Error::Conflict`]: the address has one already.
pub(crate) async fn create_in(conn: &impl ConnectionTrait, new: NewUser) -> Result<user::Model> {
    let name = name::parse("name", &new.name)?;
    let now = entity::now();
    let row = user::ActiveModel {
        id: Set(UserId::new()),
        email: Set(new.email.as_str().to_owned()),
        name: Set(name),
        password_hash: Set(new.password_hash.into_text()),
        email_verified_at: Set(None),
        created_at: Set(now),
        password_changed_at: Set(now),
    };
    row.insert(conn).await.map_err(Error::or_taken("account with this e-mail address"))
}

pub async fn find(db: &Database, user: UserId) -> Result<user::Model> {
    find_in(&db.platform(), user).await
}

#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn find_in(conn: &impl ConnectionTrait, user: UserId) -> Result<user::Model> {
    user::Entity::find_by_id(user).one(conn).await?.ok_or(Error::NotFound { what: "user" })
}

#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn by_email(conn: &impl ConnectionTrait, email: &Email) -> Result<Option<user::Model>> {
    Ok(user::Entity::find().filter(user::Column::Email.eq(email.as_str())).one(conn).await?)
}

/// Notes that a link sent to the person's address was followed; a second time changes nothing.
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn email_verified_in(conn: &impl ConnectionTrait, user: UserId) -> Result<()> {
    user::Entity::update_many()
        .col_expr(user::Column::EmailVerifiedAt, entity::now().into())
        .filter(user::Column::Id.eq(user))
        .filter(user::Column::EmailVerifiedAt.is_null())
        .exec(conn)
        .await?;
    Ok(())
}

/// The person, who stays so until the transaction ends.
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn locked_in(tx: &DatabaseTransaction, user: UserId) -> Result<user::Model> {
    let row = user::Entity::find_by_id(user).lock(LockType::NoKeyUpdate).one(tx).await?;
    row.ok_or(Error::NotFound { what: "user" })
}

/// `name` has been parsed.
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn rename_in(conn: &impl ConnectionTrait, user: UserId, name: String) -> Result<()> {
    let row = user::Entity::update_many().col_expr(user::Column::Name, name.into());
    row.filter(user::Column::Id.eq(user)).exec(conn).await?;
    Ok(())
}

/// Whether this is the person's hash still, which stays so until the transaction ends: the password was checked before
/// it, and may have been changed since.
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn has_password_in(tx: &DatabaseTransaction, user: UserId, hash: &str) -> Result<bool> {
    let row = user::Entity::find_by_id(user).lock(LockType::NoKeyUpdate).one(tx).await?;
    Ok(row.is_some_and(|row| row.password_hash == hash))
}

/// Gives the person another password; `password_changed_at` only moves with one that they chose.
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn set_password_in(
    conn: &impl ConnectionTrait,
    user: UserId,
    hash: Hashed,
    chosen_at: Option<DateTime<Utc>>,
) -> Result<()> {
    let mut change = user::Entity::update_many()
        .col_expr(user::Column::PasswordHash, hash.into_text().into())
        .filter(user::Column::Id.eq(user));
    if let Some(at) = chosen_at {
        change = change.col_expr(user::Column::PasswordChangedAt, at.into());
    }
    change.exec(conn).await?;
    Ok(())
}

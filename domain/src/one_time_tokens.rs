//! Tokens in links that were mailed: good once, for a while, for one purpose.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::UserId,
    one_time_token::{self, Purpose},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    QueryTrait,
};
use secrecy::{ExposeSecret, SecretString};

use crate::{
    Database, Error, Result,
    secret_text::{random_base62, sha256},
};

/// 238 random bits.
const TOKEN_LENGTH: usize = 40;

/// Rows deleted at once.
const BATCH: u64 = 500;

/// A new token. The secret is not kept.
pub(crate) async fn issue_in(
    conn: &impl ConnectionTrait,
    user: UserId,
    purpose: Purpose,
    lifetime: TimeDelta,
    now: DateTime<Utc>,
) -> Result<SecretString> {
    let token = random_base62(TOKEN_LENGTH);
    let row = one_time_token::ActiveModel {
        hash: Set(sha256(&token)),
        user_id: Set(user),
        purpose: Set(purpose),
        expires_at: Set(now + lifetime),
    };
    row.insert(conn).await?;
    Ok(token.into())
}

/// Whose token it is, which stays as it is; errors as of [`redeem_in`].
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn owner(db: &Database, token: &SecretString, purpose: Purpose, now: DateTime<Utc>) -> Result<UserId> {
    let row = one_time_token::Entity::find().filter(is_good(token, purpose, now)).one(&db.platform()).await?;
    row.map(|row| row.user_id).ok_or_else(useless)
}

/// Uses a token up and gives its owner; [`Error::Invalid`]: unknown, used, expired or for something else. Of two that
/// try at once, one wins.
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn redeem_in(
    conn: &impl ConnectionTrait,
    token: &SecretString,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<UserId> {
    let used = one_time_token::Entity::delete_many().filter(is_good(token, purpose, now));
    let used = used.exec_with_returning(conn).await?;
    used.into_iter().next().map(|row| row.user_id).ok_or_else(useless)
}

fn is_good(token: &SecretString, purpose: Purpose, now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(one_time_token::Column::Hash.eq(sha256(token.expose_secret())))
        .add(one_time_token::Column::Purpose.eq(purpose))
        .add(one_time_token::Column::ExpiresAt.gt(now))
}

pub(crate) fn useless() -> Error {
    Error::invalid("token", "is unknown, used or expired")
}

/// Voids what was sent for this purpose before.
#[expect(clippy::disallowed_methods, reason = "a person stands above tenants")]
pub(crate) async fn void_in(conn: &impl ConnectionTrait, user: UserId, purpose: Purpose) -> Result<()> {
    let sent = one_time_token::Entity::delete_many().filter(one_time_token::Column::UserId.eq(user));
    sent.filter(one_time_token::Column::Purpose.eq(purpose)).exec(conn).await?;
    Ok(())
}

/// Deletes a batch of what has expired. Gives its number.
#[expect(clippy::disallowed_methods, reason = "what has expired is of no use to anybody")]
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let some = one_time_token::Entity::find().select_only().column(one_time_token::Column::Hash);
    let some = some.filter(one_time_token::Column::ExpiresAt.lt(now)).limit(BATCH).into_query();
    let expired = one_time_token::Entity::delete_many().filter(one_time_token::Column::Hash.in_subquery(some));
    Ok(expired.exec(&db.platform()).await?.rows_affected)
}

//! Another password: for one that is known, for one that is forgotten.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{SessionId, TenantId, UserId},
    one_time_token::Purpose,
    user,
};
use secrecy::SecretString;

use super::{by, record_everywhere};
use crate::{
    Database, Error, Result,
    access::By,
    api_keys, audit,
    mail::Mail,
    one_time_tokens, passwords,
    sessions::{self, Client},
    throttle,
    users::{self, Email},
};

/// How long the link to a new password is good.
const RESET: TimeDelta = TimeDelta::hours(1);

/// Sets another password and ends all sessions but `session`, in all tenants.
///
/// [`Error::Invalid`]: `current` is not the password, or `new` cannot be one. Wrong ones are counted with sign-ins:
/// a stolen session is no place to guess from.
pub async fn change_password(
    db: &Database,
    tenant: TenantId,
    by: &By,
    (user, session): (UserId, SessionId),
    current: &SecretString,
    new: &SecretString,
    now: DateTime<Utc>,
) -> Result<()> {
    let user = confirm(db, user, "current_password", current, now).await?;
    let email = Email::parse(&user.email)?;
    let hash = passwords::hash(&email, new).await?;
    let tx = db.write_platform().await?;
    if !users::has_password_in(&tx, user.id, &user.password_hash).await? {
        return Err(Error::invalid("current_password", "is not your password any more"));
    }
    users::set_password_in(&tx, user.id, hash, Some(now)).await?;
    one_time_tokens::void_in(&tx, user.id, Purpose::ResetPassword).await?;
    sessions::end_everywhere_in(&tx, user.id, Some(session)).await?;
    audit::record(&tx, tenant, by, "user.password_changed", user.id, None).await?;
    Ok(tx.commit().await?)
}

/// The person, who shows by their password that it is they. [`Error::Invalid`] of `field`: it is not theirs; wrong ones
/// are counted with sign-ins.
pub(crate) async fn confirm(
    db: &Database,
    user: UserId,
    field: &'static str,
    password: &SecretString,
    now: DateTime<Utc>,
) -> Result<user::Model> {
    let user = users::find(db, user).await?;
    let of_account = throttle::SIGN_IN_TO_ACCOUNT.of_account(&Email::parse(&user.email)?);
    throttle::attempt(db, [of_account.clone()], now).await?;
    if !passwords::verify(password, Some(&user.password_hash)).await? {
        return Err(Error::invalid(field, "is not your password"));
    }
    throttle::clear(db, of_account).await?;
    Ok(user)
}

/// Counts a request for a reset from this address. It looks at no account: the answer is given before one is sought.
pub async fn may_ask_for_reset(db: &Database, client: &Client, email: &str, now: DateTime<Utc>) -> Result<Email> {
    let email = Email::parse(email)?;
    throttle::attempt(db, throttle::MAIL_FROM_ADDRESS.of_address(client.address), now).await?;
    Ok(email)
}

/// The mail with a link to a new password; earlier ones open nothing any more. `None`: there is no such account, or
/// it got three within the hour.
pub async fn reset_link(db: &Database, email: &Email, now: DateTime<Utc>) -> Result<Option<Mail>> {
    let Some(user) = users::by_email(&db.platform(), email).await? else { return Ok(None) };
    match throttle::attempt(db, [throttle::MAIL_TO_ACCOUNT.of_account(email)], now).await {
        Err(Error::Throttled { .. }) => return Ok(None),
        result => result?,
    }
    let tx = db.write_platform().await?;
    one_time_tokens::void_in(&tx, user.id, Purpose::ResetPassword).await?;
    let token = one_time_tokens::issue_in(&tx, user.id, Purpose::ResetPassword, RESET, now).await?;
    tx.commit().await?;
    Ok(Some(Mail::password_reset(&user, &token)?))
}

/// Sets the password of the token's owner and ends all their sessions; whoever follows the link has shown that the
/// address is theirs. [`Error::Invalid`]: the token is good no more, or the password cannot be one, which leaves the
/// token good.
pub async fn reset_password(
    db: &Database,
    client: &Client,
    token: &SecretString,
    new: &SecretString,
    now: DateTime<Utc>,
) -> Result<()> {
    let owner = one_time_tokens::owner(db, token, Purpose::ResetPassword, now).await?;
    let user = users::find(db, owner).await?;
    let email = Email::parse(&user.email)?;
    // Not within the transaction: it may wait for a place.
    let hash = passwords::hash(&email, new).await?;
    let tx = db.write_platform().await?;
    one_time_tokens::redeem_in(&tx, token, Purpose::ResetPassword, now).await?;
    one_time_tokens::void_in(&tx, user.id, Purpose::ResetPassword).await?;
    users::set_password_in(&tx, user.id, hash, Some(now)).await?;
    if user.email_verified_at.is_none() {
        // Who signed up with the address need not be who has it: what they kept opens nothing any more.
        api_keys::revoke_all_of_in(&tx, user.id).await?;
    }
    users::email_verified_in(&tx, user.id).await?;
    sessions::end_everywhere_in(&tx, user.id, None).await?;
    record_everywhere(&tx, &by(user.id, client), "user.password_reset", user.id).await?;
    tx.commit().await?;
    // Who was kept out by a stranger's guesses, or their own, gets in.
    throttle::clear(db, throttle::SIGN_IN_TO_ACCOUNT.of_account(&email)).await
}

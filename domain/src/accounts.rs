//! Accounts: how people sign up and in.

mod password;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{TenantId, UserId},
    membership::{self, Role},
    one_time_token::Purpose,
    session,
    tenant::{self, Status},
    user,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect,
};
use secrecy::SecretString;

pub(crate) use self::password::confirm;
pub use self::password::{change_password, may_ask_for_reset, reset_link, reset_password};
use crate::{
    Database, Error, Refusal, Result,
    access::{Actor, By},
    audit,
    mail::Mail,
    members::{self, Place},
    name, one_time_tokens,
    page::Paging,
    passwords,
    sessions::{self, Client, Opened},
    tenants, throttle,
    users::{self, Email, NewUser},
};

/// How long the link in the first mail is good.
const VERIFICATION: TimeDelta = TimeDelta::hours(48);

/// What a person says who signs up.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: String,
    /// 12–128 characters, and none of the first to be guessed.
    pub password: SecretString,
    /// 1–200 characters.
    pub name: String,
    /// 1–200 characters.
    pub tenant_name: String,
}

/// Makes a person, a tenant that they own, and their first session there; the mail asks to confirm the address.
///
/// [`Error::Conflict`](crate::Error::Conflict): the address has an account. That is told, for a person must know why
/// they cannot sign up; asking for many addresses is throttled.
pub async fn sign_up(db: &Database, client: &Client, new: NewAccount, now: DateTime<Utc>) -> Result<(Opened, Mail)> {
    let email = Email::parse(&new.email)?;
    let tenant_name = name::parse("tenant_name", &new.tenant_name)?;
    throttle::attempt(db, throttle::SIGN_UP_FROM_ADDRESS.of_address(client.address), now).await?;
    let password_hash = passwords::hash(&email, &new.password).await?;
    let tx = db.write_platform().await?;
    let user = users::create_in(&tx, NewUser { email, name: new.name, password_hash }).await?;
    let tenant = tenants::create_in(&tx, &tenant_name).await?.id;
    let owner = membership::ActiveModel {
        tenant_id: Set(tenant),
        user_id: Set(user.id),
        role: Set(Role::Owner),
        created_at: Set(now),
    };
    owner.insert(&tx).await?;
    audit::record(&tx, tenant, &by(user.id, client), "user.signed_up", user.id, None).await?;
    let opened = sessions::open_in(&tx, tenant, user.id, client, now).await?;
    let mail = verification_in(&tx, &user, now).await?;
    tx.commit().await?;
    Ok((opened, mail))
}

/// Asks a new account to confirm its address.
pub(crate) async fn verification_in(
    conn: &impl ConnectionTrait,
    user: &user::Model,
    now: DateTime<Utc>,
) -> Result<Mail> {
    let token = one_time_tokens::issue_in(conn, user.id, Purpose::VerifyEmail, VERIFICATION, now).await?;
    Mail::verification(user, &token)
}

/// A session in the tenant where the person was last; in the oldest where that one is gone.
///
/// [`Refusal::WrongCredentials`]: no such account, or not its password; which, neither answer nor time tells.
/// [`Error::Throttled`](crate::Error::Throttled): tried too often, for this account or from this address.
/// [`Refusal::NoTenant`] and [`Refusal::TenantSuspended`] are told to whoever knows the password.
pub async fn sign_in(
    db: &Database,
    client: &Client,
    email: &str,
    password: &SecretString,
    now: DateTime<Utc>,
) -> Result<Opened> {
    let user = proven(db, client, email, password, now).await?;
    let verified = user.password_hash;
    let better = match passwords::is_outdated(&verified) {
        true => Some(passwords::rehash(password).await?),
        false => None,
    };
    let tx = db.write_platform().await?;
    if !users::has_password_in(&tx, user.id, &verified).await? {
        return Err(Refusal::WrongCredentials.into());
    }
    let tenant = home(&tx, user.id).await?;
    if let Some(better) = better {
        users::set_password_in(&tx, user.id, better, None).await?;
    }
    let opened = sessions::open_in(&tx, tenant, user.id, client, now).await?;
    audit::record(&tx, tenant, &by(user.id, client), "user.signed_in", opened.session.id, None).await?;
    tx.commit().await?;
    Ok(opened)
}

/// The account with this address and password: see [`sign_in`] for what is told to others, and how often.
async fn proven(
    db: &Database,
    client: &Client,
    email: &str,
    password: &SecretString,
    now: DateTime<Utc>,
) -> Result<user::Model> {
    let email = Email::parse(email)?;
    let of_account = throttle::SIGN_IN_TO_ACCOUNT.of_account(&email);
    let of_address = throttle::SIGN_IN_FROM_ADDRESS.of_address(client.address);
    // Before the hash, which is what an attack would have us spend.
    throttle::attempt(db, [of_account.clone()].into_iter().chain(of_address.clone()), now).await?;
    let user = users::by_email(&db.platform(), &email).await?;
    let is_right = passwords::verify(password, user.as_ref().map(|user| user.password_hash.as_str())).await?;
    let Some(user) = user.filter(|_| is_right) else { return Err(Refusal::WrongCredentials.into()) };
    throttle::clear(db, of_account).await?;
    if let Some(of_address) = of_address {
        throttle::take_back(db, of_address).await?;
    }
    Ok(user)
}

/// Takes back the deletion of a tenant that the person owns; nobody is signed in to one. `tenant`: which; `None`: there
/// is only one. Refuses as [`sign_in`] does.
///
/// [`Error::NotFound`]: none that they own is being deleted. [`Error::Conflict`]: several are, and none is named.
pub async fn restore_tenant(
    db: &Database,
    client: &Client,
    (email, password): (&str, &SecretString),
    tenant: Option<TenantId>,
    now: DateTime<Utc>,
) -> Result<tenant::Model> {
    let user = proven(db, client, email, password, now).await?;
    let theirs = tenants::being_deleted_of(&db.platform(), user.id).await?;
    let tenant = match (tenant, &theirs[..]) {
        (Some(tenant), theirs) if theirs.contains(&tenant) => tenant,
        (None, [tenant]) => *tenant,
        (None, [_, _, ..]) => {
            return Err(Error::Conflict { what: "several of your tenants are being deleted: name one" });
        }
        (Some(_), _) | (None, []) => return Err(Error::NotFound { what: "tenant" }),
    };
    tenants::restore(db, tenant, &by(user.id, client)).await
}

/// Follows the link of the first mail, as who is signed in: else a stranger could sign up with somebody's address, and
/// have them confirm it. [`Error::Invalid`](crate::Error::Invalid): the token is good no more, or another account's.
pub async fn verify_email(
    db: &Database,
    user: UserId,
    by: &By,
    token: &SecretString,
    now: DateTime<Utc>,
) -> Result<()> {
    let tx = db.write_platform().await?;
    if one_time_tokens::redeem_in(&tx, token, Purpose::VerifyEmail, now).await? != user {
        // With the transaction its use is taken back.
        return Err(one_time_tokens::useless());
    }
    users::email_verified_in(&tx, user).await?;
    record_everywhere(&tx, by, "user.email_verified", user).await?;
    Ok(tx.commit().await?)
}

/// Another mail that asks to confirm the address; links of earlier ones open nothing any more.
///
/// [`Error::Conflict`]: it is confirmed. [`Error::Throttled`]: the account, or the client's address, asked for many.
pub async fn verification_again(db: &Database, user: UserId, by: &By, now: DateTime<Utc>) -> Result<Mail> {
    let email = Email::parse(&users::find(db, user).await?.email)?;
    let counts =
        [Some(throttle::MAIL_TO_ACCOUNT.of_account(&email)), throttle::MAIL_FROM_ADDRESS.of_address(by.address)];
    throttle::attempt(db, counts.into_iter().flatten(), now).await?;
    let tx = db.write_platform().await?;
    // Of two at once the second voids the first's.
    let row = users::locked_in(&tx, user).await?;
    if row.email_verified_at.is_some() {
        return Err(Error::Conflict { what: "the address is confirmed already" });
    }
    one_time_tokens::void_in(&tx, user, Purpose::VerifyEmail).await?;
    let mail = verification_in(&tx, &row, now).await?;
    tx.commit().await?;
    Ok(mail)
}

/// Gives the person another name: 1–200 characters. [`Error::Throttled`]: they had twenty within the hour.
pub async fn rename(db: &Database, user: UserId, by: &By, name: &str, now: DateTime<Utc>) -> Result<()> {
    let name = name::parse("name", name)?;
    if users::find(db, user).await?.name == name {
        return Ok(());
    }
    throttle::attempt(db, [throttle::NAMES_OF_PERSON.of_person(user)], now).await?;
    let tx = db.write_platform().await?;
    users::rename_in(&tx, user, name).await?;
    record_everywhere(&tx, by, "user.renamed", user).await?;
    Ok(tx.commit().await?)
}

/// Somebody who is signed in, as they see themselves.
#[derive(Clone, Debug)]
pub struct Profile {
    pub user: user::Model,
    pub tenant: tenant::Model,
    /// All that they belong to, newest first; at most 100.
    pub places: Vec<Place>,
}

pub async fn profile(db: &Database, tenant: TenantId, user: UserId) -> Result<Profile> {
    Ok(Profile {
        user: users::find(db, user).await?,
        tenant: tenants::find(db, tenant).await?,
        places: members::places(db, user, Paging::first(Paging::MOST)).await?.items,
    })
}

/// The tenant to sign in to: that of the last session whose place is still theirs, else the first they came to. One
/// that is suspended only where there is no other.
async fn home(conn: &impl ConnectionTrait, user: UserId) -> Result<TenantId> {
    let places = places(conn, user).await?;
    if places.is_empty() {
        return Err(Refusal::NoTenant.into());
    }
    let open: Vec<_> = places.iter().filter(|place| place.status == Status::Active).map(|place| place.id).collect();
    let first = *open.first().ok_or(Refusal::TenantSuspended)?;
    Ok(last_used(conn, user, &open).await?.unwrap_or(first))
}

#[expect(clippy::disallowed_methods, reason = "a person's sessions are their own, whatever the tenant")]
async fn last_used(conn: &impl ConnectionTrait, user: UserId, open: &[TenantId]) -> Result<Option<TenantId>> {
    let last = session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::TenantId.is_in(open.iter().copied()))
        .order_by_desc(session::Column::LastUsedAt);
    Ok(last.one(conn).await?.map(|session| session.tenant_id))
}

/// The tenants that the person belongs to, oldest membership first.
#[expect(clippy::disallowed_methods, reason = "asks for a person's tenants: all of them")]
async fn places(conn: &impl ConnectionTrait, user: UserId) -> Result<Vec<tenant::Model>> {
    let its_members =
        tenant::Entity::belongs_to(membership::Entity).from(tenant::Column::Id).to(membership::Column::TenantId).into();
    let places = tenant::Entity::find()
        .join(JoinType::InnerJoin, its_members)
        .filter(membership::Column::UserId.eq(user))
        .order_by_asc(membership::Column::CreatedAt);
    Ok(places.all(conn).await?)
}

/// What a person did to their account belongs into the log of every tenant that they have a place in.
async fn record_everywhere(conn: &impl ConnectionTrait, by: &By, action: &'static str, user: UserId) -> Result<()> {
    for place in places(conn, user).await? {
        audit::record(conn, place.id, by, action, user, None).await?;
    }
    Ok(())
}

fn by(user: UserId, client: &Client) -> By {
    By { actor: Actor::User(user), address: client.address }
}

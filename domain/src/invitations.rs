//! Invitations into a tenant: a link, good once and for a week.
//!
//! Two tokens open one: the inviter is shown the first, to pass it on; the second goes into the mail alone. Only the
//! second proves that the address is theirs who bring it: an inviter must not be able to prove somebody else's.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    id::{ApiKeyId, InvitationId, SessionId, TenantId, UserId},
    invitation,
    membership::Role,
    tenant::Status,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait,
    QueryFilter,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::{
    Database, Error, Refusal, Result,
    access::{Actor, By, Principal},
    accounts, audit,
    mail::{self, Mail},
    members,
    page::{Page, Paging},
    passwords,
    secret_text::{random_base62, sha256},
    sessions::{self, Client, Opened},
    tenants, throttle,
    users::{self, Email, NewUser},
};

/// Long enough for a holiday week; then the inviter is asked again.
const LIFETIME: TimeDelta = TimeDelta::days(7);

/// After its end it is shown for so long.
const SHOWN: TimeDelta = TimeDelta::days(30);

/// Of a token: 238 random bits.
const TOKEN_LENGTH: usize = 40;

/// An invitation, made now. The tokens are not kept and cannot be shown again.
#[derive(Clone, Debug)]
pub struct Invited {
    pub invitation: invitation::Model,
    /// For the inviter.
    pub token: SecretString,
    /// With a token of its own, for nobody but the addressee. `None`: the invitation is for whoever has the link.
    pub mail: Option<Mail>,
}

/// Somebody who takes an invitation and has no account yet.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// Needed where the invitation is for whoever has the link; else the invitation's own counts.
    pub email: Option<String>,
    /// 1–200 characters.
    pub name: String,
    /// 12–128 characters, and none of the first to be guessed.
    pub password: SecretString,
}

/// What an inviter passes on; `base` is the server's address without a slash at its end.
pub fn link(base: &str, token: &SecretString) -> String {
    mail::link_from(base, "/ui/invitation", token)
}

/// Invites an address; an earlier invitation of it into this tenant is replaced.
///
/// [`Error::Escalation`]: the role is more than the inviter has. [`Error::Conflict`]: the person is a member already.
/// [`Error::Throttled`]: the address was invited too often, here or elsewhere, or the tenant invites too many.
pub async fn invite(
    db: &Database,
    maker: &Principal,
    by: &By,
    email: &Email,
    role: Role,
    now: DateTime<Utc>,
) -> Result<Invited> {
    if !maker.may_make(role) {
        return Err(Error::Escalation { what: "nobody invites to a role that gives more than they have" });
    }
    let tenant = maker.tenant;
    // A mail to a stranger, with words of the inviter's choice.
    let counts =
        [throttle::INVITATIONS_TO_ADDRESS.of_account(email), throttle::INVITATIONS_OF_TENANT.of_tenant(tenant)];
    throttle::attempt(db, counts, now).await?;
    let tx = db.write(tenant).await?;
    // Two invitations of one address at once: the later one replaces the earlier.
    tenants::lock(&tx, tenant).await?;
    if let Some(user) = users::by_email(&tx, email).await?
        && members::is_in(&tx, tenant, user.id).await?
    {
        return Err(Error::Conflict { what: "the person is a member already" });
    }
    let earlier = invitation::Entity::delete_of(tenant).filter(invitation::Column::Email.eq(email.as_str()));
    earlier.exec(&tx).await?;
    let invited = create_in(&tx, tenant, by, Some(email), role, now).await?;
    tx.commit().await?;
    Ok(invited)
}

/// `email`: whom it is for; `None`: whoever has the link.
pub(crate) async fn create_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    by: &By,
    email: Option<&Email>,
    role: Role,
    now: DateTime<Utc>,
) -> Result<Invited> {
    let (token, mailed_token) = (random_base62(TOKEN_LENGTH), random_base62(TOKEN_LENGTH));
    let row = invitation::ActiveModel {
        id: Set(InvitationId::new()),
        tenant_id: Set(tenant),
        email: Set(email.map(|email| email.as_str().to_owned())),
        role: Set(role),
        token_hash: Set(sha256(&token)),
        mailed_token_hash: Set(email.map(|_| sha256(&mailed_token))),
        invited_by: Set(match by.actor {
            Actor::User(user) => Some(user),
            Actor::Key(_) | Actor::Operator(_) | Actor::System => None,
        }),
        invited_by_key: Set(match by.actor {
            Actor::Key(key) => Some(key),
            Actor::User(_) | Actor::Operator(_) | Actor::System => None,
        }),
        created_at: Set(now),
        expires_at: Set(now + LIFETIME),
    };
    let invitation = row.insert(conn).await?;
    audit::record(conn, tenant, by, "invitation.created", invitation.id, Some(json!({ "role": role }))).await?;
    let mail = match email {
        Some(email) => {
            let tenant = tenants::find_in(conn, tenant).await?;
            Some(Mail::invitation(email.clone(), invitation.id, &tenant, &mailed_token.into()))
        }
        None => None,
    };
    Ok(Invited { invitation, token: token.into(), mail })
}

/// Those that wait, expired ones too; newest first.
pub async fn list(db: &Database, tenant: TenantId, paging: Paging) -> Result<Page<invitation::Model>> {
    paging.newest_first(&db.of(tenant), invitation::Entity::of(tenant), invitation::Column::Id).await
}

/// Takes an invitation back.
pub async fn withdraw(db: &Database, tenant: TenantId, by: &By, id: InvitationId) -> Result<()> {
    let tx = db.write(tenant).await?;
    remove_in(&tx, tenant, id).await?;
    audit::record(&tx, tenant, by, "invitation.withdrawn", id, None).await?;
    Ok(tx.commit().await?)
}

/// Takes back what a member invited to that they may not any more: all, where they have left (`None`).
pub(crate) async fn withdraw_beyond_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    user: UserId,
    role: Option<Role>,
) -> Result<()> {
    let theirs = invitation::Entity::delete_of(tenant).filter(invitation::Column::InvitedBy.eq(user));
    let theirs = match role {
        // Whoever is no admin any more invites nobody.
        Some(Role::Owner) => return Ok(()),
        Some(Role::Admin) => theirs.filter(invitation::Column::Role.eq(Role::Owner)),
        Some(Role::Viewer | Role::Member) | None => theirs,
    };
    theirs.exec(conn).await?;
    Ok(())
}

/// Takes back what a key invited to that is revoked.
pub(crate) async fn withdraw_of_key_in(conn: &impl ConnectionTrait, tenant: TenantId, key: ApiKeyId) -> Result<()> {
    invitation::Entity::delete_of(tenant).filter(invitation::Column::InvitedByKey.eq(key)).exec(conn).await?;
    Ok(())
}

async fn remove_in(conn: &impl ConnectionTrait, tenant: TenantId, id: InvitationId) -> Result<()> {
    let removed = invitation::Entity::delete_of(tenant).filter(invitation::Column::Id.eq(id)).exec(conn).await?;
    if removed.rows_affected == 0 { Err(Error::NotFound { what: "invitation" }) } else { Ok(()) }
}

/// What an invitation offers, to whoever has its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub tenant_name: String,
    pub role: Role,
    /// `None`: it is for whoever has the link.
    pub email: Option<String>,
    pub expires_at: DateTime<Utc>,
    /// The address has an account: it is taken by signing in, not by a new password.
    pub has_account: bool,
}

/// What the token offers. [`Error::NotFound`]: unknown, expired, used or withdrawn.
pub async fn offer(db: &Database, token: &SecretString, now: DateTime<Utc>) -> Result<Offer> {
    let conn = db.platform();
    let Found { invitation, .. } = find(&conn, token, now).await?;
    let has_account = match &invitation.email {
        Some(email) => users::by_email(&conn, &Email::parse(email)?).await?.is_some(),
        None => false,
    };
    Ok(Offer {
        tenant_name: tenants::find_in(&conn, invitation.tenant_id).await?.name,
        role: invitation.role,
        email: invitation.email,
        expires_at: invitation.expires_at,
        has_account,
    })
}

/// A new person takes the invitation, and is signed in. The mail asks to confirm the address; `None`: the token came by
/// mail, which has confirmed it.
///
/// [`Error::NotFound`]: see [`offer`]. [`Error::Conflict`]: the address has an account.
pub async fn accept_as_new(
    db: &Database,
    token: &SecretString,
    new: Newcomer,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<(Opened, Option<Mail>)> {
    let Newcomer { email, name, password } = new;
    let email = address(db, token, email.as_deref(), now).await?;
    // Before the hash: it is what costs.
    if users::by_email(&db.platform(), &email).await?.is_some() {
        return Err(Error::Conflict { what: "the address has an account: sign in and accept" });
    }
    let password_hash = passwords::hash(&email, &password).await?;
    let tx = db.write_platform().await?;
    let found = take_in(&tx, token, &email, now).await?;
    let user = users::create_in(&tx, NewUser { email, name, password_hash }).await?;
    enter_in(&tx, &found, user.id, client).await?;
    let mail = match found.was_mailed {
        true => None,
        false => Some(accounts::verification_in(&tx, &user, now).await?),
    };
    let opened = sessions::open_in(&tx, found.invitation.tenant_id, user.id, client, now).await?;
    tx.commit().await?;
    Ok((opened, mail))
}

/// The address that an account made with this token has.
async fn address(db: &Database, token: &SecretString, own: Option<&str>, now: DateTime<Utc>) -> Result<Email> {
    let Found { invitation, .. } = find(&db.platform(), token, now).await?;
    match (invitation.email, own) {
        (Some(bound), _) => Email::parse(&bound),
        (None, Some(own)) => Email::parse(own),
        (None, None) => Err(Error::invalid("email", "is needed: this invitation is for whoever has the link")),
    }
}

/// Somebody who is signed in takes the invitation; their session goes over to its tenant.
///
/// [`Error::NotFound`]: see [`offer`]. [`Error::Conflict`]: it is for another address, or they are a member already.
pub async fn accept(
    db: &Database,
    token: &SecretString,
    user: UserId,
    session: SessionId,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Opened> {
    let tx = db.write_platform().await?;
    let email = Email::parse(&users::find_in(&tx, user).await?.email)?;
    let found = take_in(&tx, token, &email, now).await?;
    enter_in(&tx, &found, user, client).await?;
    let opened = sessions::switch_in(&tx, found.invitation.tenant_id, user, session, client, now).await?;
    tx.commit().await?;
    Ok(opened)
}

struct Found {
    invitation: invitation::Model,
    /// It is the mail's token.
    was_mailed: bool,
}

#[expect(clippy::disallowed_methods, reason = "the token tells the tenant: none is known before")]
async fn find(conn: &impl ConnectionTrait, token: &SecretString, now: DateTime<Utc>) -> Result<Found> {
    let hash = sha256(token.expose_secret());
    let either = Condition::any()
        .add(invitation::Column::TokenHash.eq(&hash))
        .add(invitation::Column::MailedTokenHash.eq(&hash));
    let living = invitation::Entity::find().filter(either).filter(invitation::Column::ExpiresAt.gt(now));
    let invitation = living.one(conn).await?.ok_or(Error::NotFound { what: "invitation" })?;
    let was_mailed = invitation.mailed_token_hash.as_deref() == Some(&hash);
    Ok(Found { invitation, was_mailed })
}

/// Uses the invitation up; of two at once, one does.
async fn take_in(tx: &DatabaseTransaction, token: &SecretString, email: &Email, now: DateTime<Utc>) -> Result<Found> {
    let found = find(tx, token, now).await?;
    let invitation = &found.invitation;
    if invitation.email.as_deref().is_some_and(|bound| bound != email.as_str()) {
        return Err(Error::Conflict { what: "the invitation is for another e-mail address" });
    }
    if tenants::find_in(tx, invitation.tenant_id).await?.status == Status::Suspended {
        return Err(Refusal::TenantSuspended.into());
    }
    remove_in(tx, invitation.tenant_id, invitation.id).await?;
    Ok(found)
}

async fn enter_in(tx: &DatabaseTransaction, found: &Found, user: UserId, client: &Client) -> Result<()> {
    let Found { invitation, was_mailed } = found;
    let by = By { actor: Actor::User(user), address: client.address };
    members::add_in(tx, invitation.tenant_id, user, invitation.role).await?;
    if *was_mailed {
        users::email_verified_in(tx, user).await?;
    }
    let details =
        json!({ "role": invitation.role, "invitation_id": invitation.id, "invited_by": invitation.invited_by });
    audit::record(tx, invitation.tenant_id, &by, "member.joined", user, Some(details)).await
}

/// Deletes what expired a month ago: until then an inviter sees that nobody came. Gives their number.
#[expect(clippy::disallowed_methods, reason = "what has expired is of no use to any tenant")]
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let old = invitation::Entity::delete_many().filter(invitation::Column::ExpiresAt.lt(now - SHOWN));
    Ok(old.exec(&db.platform()).await?.rows_affected)
}

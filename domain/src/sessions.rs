//! Sessions: a person signed in to one tenant, on one device.
//!
//! A session lives by its refresh token ([`refresh`]) and is used by access tokens ([`AccessTokens`]).

mod access_token;
mod refresh;
mod switch;

use std::{collections::HashSet, net::IpAddr};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    id::{SessionId, TenantId, UserId},
    membership::{self, Role},
    refresh_token, session,
    tenant::{self, Status},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, sea_query::Expr,
};
use secrecy::{ExposeSecret, SecretString};

pub(crate) use self::switch::switch_in;
pub use self::{access_token::AccessTokens, refresh::refresh, switch::switch};
use crate::{
    Database, Error, Refusal, Result,
    access::{Actor, By, Principal, Who},
    audit,
    secret_text::{random_base62, sha256},
};

/// A session that is not refreshed for so long is over.
const IDLE: TimeDelta = TimeDelta::days(30);

/// A session is over after so long, however often it was refreshed.
const LONGEST: TimeDelta = TimeDelta::days(90);

/// Of a refresh token: 238 random bits.
const TOKEN_LENGTH: usize = 40;

/// Kept of what a client calls itself.
const USER_AGENT_LENGTH: usize = 200;

/// Rows deleted at once.
const BATCH: u64 = 500;

/// Who opens or refreshes a session, as the request tells.
#[derive(Clone, Debug, Default)]
pub struct Client {
    pub address: Option<IpAddr>,
    /// The first 200 characters are kept.
    pub user_agent: Option<String>,
}

/// A session, opened or refreshed now. The token is not kept and cannot be shown again.
#[derive(Clone, Debug)]
pub struct Opened {
    pub session: session::Model,
    pub refresh_token: SecretString,
}

/// What an access token proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    pub principal: Principal,
    pub session: SessionId,
    pub user: UserId,
    pub role: Role,
}

/// Those of `sessions` that are over in that tenant: signed out, gone over to another, taken away with a membership, or
/// expired.
#[expect(clippy::disallowed_methods, reason = "asks for sessions that were proven, whatever the tenant")]
pub async fn over_among(
    db: &Database,
    sessions: &[(SessionId, TenantId)],
    now: DateTime<Utc>,
) -> Result<Vec<(SessionId, TenantId)>> {
    let rows = session::Entity::find()
        .filter(session::Column::Id.is_in(sessions.iter().map(|(session, _)| *session)))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now));
    let on: HashSet<_> = rows.all(&db.platform()).await?.into_iter().map(|row| (row.id, row.tenant_id)).collect();
    // One that is gone is over, too.
    Ok(sessions.iter().copied().filter(|session| !on.contains(session)).collect())
}

/// A new session. Whether the person belongs to the tenant is the caller's to know.
pub(crate) async fn open_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    user: UserId,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Opened> {
    let row = session::ActiveModel {
        id: Set(SessionId::new()),
        tenant_id: Set(tenant),
        user_id: Set(user),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(now + IDLE),
        ended_at: Set(None),
        user_agent: Set(client.user_agent.as_deref().map(shortened)),
        address: Set(client.address.map(|address| address.to_string())),
    };
    let session = row.insert(conn).await?;
    let refresh_token = hand_out(conn, &session).await?;
    Ok(Opened { session, refresh_token })
}

/// A refresh token that is good as long as the session.
async fn hand_out(conn: &impl ConnectionTrait, session: &session::Model) -> Result<SecretString> {
    let token = random_base62(TOKEN_LENGTH);
    let row = refresh_token::ActiveModel {
        hash: Set(sha256(&token)),
        tenant_id: Set(session.tenant_id),
        session_id: Set(session.id),
        expires_at: Set(session.expires_at),
        used_at: Set(None),
    };
    row.insert(conn).await?;
    Ok(token.into())
}

/// Whose access token this is. `None`: not ours, expired, or its session is over or its owner no longer a member.
///
/// A token of a stranger costs no query, one of ours a single one: role, membership and the tenant's state are read
/// and not believed. [`Refusal::TenantSuspended`] where it is.
pub async fn authenticate(
    db: &Database,
    tokens: &AccessTokens,
    token: &str,
    now: DateTime<Utc>,
) -> Result<Option<Proven>> {
    let Some(claims) = tokens.verify(token, now) else { return Ok(None) };
    let its_member = session::Entity::belongs_to(membership::Entity)
        .from((session::Column::TenantId, session::Column::UserId))
        .to((membership::Column::TenantId, membership::Column::UserId))
        .into();
    let its_tenant =
        session::Entity::belongs_to(tenant::Entity).from(session::Column::TenantId).to(tenant::Column::Id).into();
    let row: Option<(Role, Status)> = session::Entity::of(claims.tid)
        .join(JoinType::InnerJoin, its_member)
        .join(JoinType::InnerJoin, its_tenant)
        .filter(session::Column::Id.eq(claims.sid))
        .filter(session::Column::UserId.eq(claims.sub))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .select_only()
        .column(membership::Column::Role)
        .column(tenant::Column::Status)
        .into_tuple()
        .one(&db.of(claims.tid))
        .await?;
    let Some((role, status)) = row else { return Ok(None) };
    if status == Status::Suspended {
        return Err(Refusal::TenantSuspended.into());
    }
    let principal = Principal { tenant: claims.tid, who: Who::User { id: claims.sub, session: claims.sid, role } };
    Ok(Some(Proven { principal, session: claims.sid, user: claims.sub, role }))
}

/// The person's living sessions, in all tenants, used last first.
#[expect(clippy::disallowed_methods, reason = "a person's sessions are their own, whatever the tenant")]
pub async fn list(db: &Database, user: UserId, now: DateTime<Utc>) -> Result<Vec<session::Model>> {
    let living = session::Entity::find()
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now))
        .order_by_desc(session::Column::LastUsedAt)
        .order_by_desc(session::Column::Id)
        // Nobody reads more; a person has a handful.
        .limit(200);
    Ok(living.all(&db.platform()).await?)
}

/// Ends the session of a refresh token, used or not; one that is nobody's ends nothing.
#[expect(clippy::disallowed_methods, reason = "the token tells the tenant: none is known before")]
pub async fn sign_out(db: &Database, token: &SecretString, client: &Client) -> Result<()> {
    let token = refresh_token::Entity::find_by_id(sha256(token.expose_secret())).one(&db.platform()).await?;
    let Some(token) = token else { return Ok(()) };
    let session = session::Entity::of(token.tenant_id).filter(session::Column::Id.eq(token.session_id));
    let Some(session) = session.one(&db.of(token.tenant_id)).await? else { return Ok(()) };
    let by = By { actor: Actor::User(session.user_id), address: client.address };
    match end(db, &by, session.user_id, session.id).await {
        // It is over already.
        Err(Error::NotFound { .. }) => Ok(()),
        result => result,
    }
}

/// Ends one of the person's sessions, in whatever tenant. [`Error::NotFound`]: it is another's, or over already.
#[expect(clippy::disallowed_methods, reason = "a person's sessions are their own, whatever the tenant")]
pub async fn end(db: &Database, by: &By, user: UserId, session: SessionId) -> Result<()> {
    let tx = db.write_platform().await?;
    let ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(entity::now()))
        .filter(session::Column::Id.eq(session))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null())
        .exec_with_returning(&tx)
        .await?;
    let ended = ended.into_iter().next().ok_or(Error::NotFound { what: "session" })?;
    audit::record(&tx, ended.tenant_id, by, "user.signed_out", session, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends all of a person's sessions in the tenant: their access tokens are refused from the commit on.
pub(crate) async fn end_all_in(conn: &impl ConnectionTrait, tenant: TenantId, user: UserId) -> Result<u64> {
    let ended = session::Entity::update_of(tenant)
        .col_expr(session::Column::EndedAt, Expr::value(entity::now()))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null());
    Ok(ended.exec(conn).await?.rows_affected)
}

/// Ends all of a person's sessions in all tenants but `except`. On a connection that sees all.
#[expect(clippy::disallowed_methods, reason = "a person's sessions are their own, whatever the tenant")]
pub(crate) async fn end_everywhere_in(
    conn: &impl ConnectionTrait,
    user: UserId,
    except: Option<SessionId>,
) -> Result<u64> {
    let mut ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(entity::now()))
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null());
    if let Some(except) = except {
        ended = ended.filter(session::Column::Id.ne(except));
    }
    Ok(ended.exec(conn).await?.rows_affected)
}

/// Deletes sessions that expired, with their refresh tokens, and refresh tokens that did; a batch of each. Gives
/// their number. What was ended stays until it would have expired.
#[expect(clippy::disallowed_methods, reason = "what has expired is of no use to any tenant")]
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let some = session::Entity::find().select_only().column(session::Column::Id);
    let some = some.filter(session::Column::ExpiresAt.lt(now)).limit(BATCH).into_query();
    let sessions = session::Entity::delete_many().filter(session::Column::Id.in_subquery(some));
    let sessions = sessions.exec(&db.platform()).await?.rows_affected;
    let some = refresh_token::Entity::find().select_only().column(refresh_token::Column::Hash);
    let some = some.filter(refresh_token::Column::ExpiresAt.lt(now)).limit(BATCH).into_query();
    let tokens = refresh_token::Entity::delete_many().filter(refresh_token::Column::Hash.in_subquery(some));
    Ok(sessions + tokens.exec(&db.platform()).await?.rows_affected)
}

fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(USER_AGENT_LENGTH).collect()
}

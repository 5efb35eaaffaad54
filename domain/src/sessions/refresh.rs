//! Going on with a session: each refresh token serves once, and one seen again betrays that somebody else has it.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{TenantScoped, membership, refresh_token, session, tenant::Status};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, sea_query::Expr,
};
use secrecy::{ExposeSecret, SecretString};

use super::{Client, IDLE, LONGEST, Opened, hand_out, shortened};
use crate::{
    Database, Refusal, Result,
    access::{Actor, By},
    audit,
    secret_text::sha256,
};

/// Two tabs, or a request sent again: so soon after its use, a used token tells of haste and not of theft. Whoever
/// sends it gets nothing for it either way.
const RACE: TimeDelta = TimeDelta::seconds(10);

/// Uses a refresh token up and goes on with its session: a new one, good for 30 days, until the session is 90 days
/// old.
///
/// [`Refusal::SessionOver`]: unknown, expired, of a session that is over; or used before, which ends the session.
/// [`Refusal::RefreshRace`]: used within the last ten seconds, which ends nothing.
/// [`Refusal::TenantSuspended`]: nothing was used up.
pub async fn refresh(db: &Database, token: &SecretString, client: &Client, now: DateTime<Utc>) -> Result<Opened> {
    let tx = db.write_platform().await?;
    let Some((token, is_first_use)) = take(&tx, &sha256(token.expose_secret()), now).await? else {
        return Err(Refusal::SessionOver.into());
    };
    let Some(session) = living(&tx, &token, now).await? else { return Err(Refusal::SessionOver.into()) };
    if is_first_use {
        let opened = go_on(&tx, session, client, now).await?;
        tx.commit().await?;
        return Ok(opened);
    }
    if token.used_at.is_some_and(|at| now - at <= RACE) {
        return Err(Refusal::RefreshRace.into());
    }
    let by = By { actor: Actor::System, address: client.address };
    let mut over = session.into_active_model();
    over.ended_at = Set(Some(now));
    let over = over.update(&tx).await?;
    audit::record(&tx, over.tenant_id, &by, "session.refresh_token_reused", over.id, None).await?;
    tx.commit().await?;
    tracing::warn!(session.id = %over.id, user.id = %over.user_id, "a used refresh token came again: session ended");
    Err(Refusal::SessionOver.into())
}

/// The token with this hash, marked as used, and whether it was not before. Of two at once, one is first.
#[expect(clippy::disallowed_methods, reason = "the token tells the tenant: none is known before")]
async fn take(
    tx: &DatabaseTransaction,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<(refresh_token::Model, bool)>> {
    let used = refresh_token::Entity::update_many()
        .col_expr(refresh_token::Column::UsedAt, Expr::value(now))
        .filter(refresh_token::Column::Hash.eq(hash))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    let token = refresh_token::Entity::find_by_id(hash).one(tx).await?;
    Ok(token.filter(|token| token.expires_at > now).map(|token| (token, used.rows_affected == 1)))
}

/// The token's session, if it lives and its owner is still a member; an error where the tenant is suspended.
async fn living(
    conn: &impl ConnectionTrait,
    token: &refresh_token::Model,
    now: DateTime<Utc>,
) -> Result<Option<session::Model>> {
    let tenant = token.tenant_id;
    let session = session::Entity::of(tenant)
        .filter(session::Column::Id.eq(token.session_id))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now));
    let Some(session) = session.one(conn).await? else { return Ok(None) };
    let member = membership::Entity::of(tenant).filter(membership::Column::UserId.eq(session.user_id));
    if member.one(conn).await?.is_none() {
        return Ok(None);
    }
    match crate::tenants::find_in(conn, tenant).await?.status {
        Status::Active => Ok(Some(session)),
        Status::Suspended => Err(Refusal::TenantSuspended.into()),
    }
}

async fn go_on(
    conn: &impl ConnectionTrait,
    session: session::Model,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Opened> {
    let longest = session.created_at + LONGEST;
    let mut change = session.into_active_model();
    change.last_used_at = Set(now);
    change.expires_at = Set(longest.min(now + IDLE));
    change.user_agent = Set(client.user_agent.as_deref().map(shortened));
    change.address = Set(client.address.map(|address| address.to_string()));
    let session = change.update(conn).await?;
    let refresh_token = hand_out(conn, &session).await?;
    Ok(Opened { session, refresh_token })
}

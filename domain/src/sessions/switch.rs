//! Going over to another tenant.

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    id::{SessionId, TenantId, UserId},
    refresh_token, session,
    tenant::Status,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, Func},
};

use super::{Client, IDLE, LONGEST, Opened, hand_out, shortened};
use crate::{Database, Error, Refusal, Result, access::By, audit, members, tenants};

/// The person's session goes over to another of their tenants, with a new pair of tokens; those before are refused
/// from the commit on. It grows no older and no younger by it.
///
/// [`Error::NotFound`]: they are not a member there. [`Refusal::TenantSuspended`]: nobody of it gets in.
pub async fn switch(
    db: &Database,
    to: TenantId,
    by: &By,
    user: UserId,
    session: SessionId,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Opened> {
    let tx = db.write_platform().await?;
    let opened = switch_in(&tx, to, user, session, client, now).await?;
    audit::record(&tx, to, by, "user.switched_in", user, None).await?;
    tx.commit().await?;
    Ok(opened)
}

/// [`switch`] within a transaction that sees all tenants.
#[expect(clippy::disallowed_methods, reason = "a person's session is their own, whatever the tenant")]
pub(crate) async fn switch_in(
    tx: &impl ConnectionTrait,
    to: TenantId,
    user: UserId,
    session: SessionId,
    client: &Client,
    now: DateTime<Utc>,
) -> Result<Opened> {
    if !members::is_in(tx, to, user).await? {
        return Err(Error::NotFound { what: "tenant" });
    }
    if tenants::find_in(tx, to).await?.status == Status::Suspended {
        return Err(Refusal::TenantSuspended.into());
    }
    let living = session::Entity::find_by_id(session)
        .filter(session::Column::UserId.eq(user))
        .filter(session::Column::EndedAt.is_null())
        .filter(session::Column::ExpiresAt.gt(now));
    let session = living.one(tx).await?.ok_or(Error::Refused(Refusal::SessionOver))?;
    // Used up, and not deleted: one that comes again still betrays that somebody else has it.
    refresh_token::Entity::update_of(session.tenant_id)
        .col_expr(refresh_token::Column::TenantId, Expr::value(to))
        .col_expr(
            refresh_token::Column::UsedAt,
            Func::coalesce([Expr::col(refresh_token::Column::UsedAt), Expr::value(now)]).into(),
        )
        .filter(refresh_token::Column::SessionId.eq(session.id))
        .exec(tx)
        .await?;
    let longest = session.created_at + LONGEST;
    let mut change = session.into_active_model();
    change.tenant_id = Set(to);
    change.last_used_at = Set(now);
    change.expires_at = Set(longest.min(now + IDLE));
    change.user_agent = Set(client.user_agent.as_deref().map(shortened));
    change.address = Set(client.address.map(|address| address.to_string()));
    let session = change.update(tx).await?;
    let refresh_token = hand_out(tx, &session).await?;
    Ok(Opened { session, refresh_token })
}

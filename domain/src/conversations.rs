//! Conversations, whatever the channel.

mod abandoned;
mod totals;
mod turns;

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    conversation::{self, Channel, Status},
    id::{AgentId, ConversationId, CustomerId, JobId, TenantId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, QueryFilter, sea_query::Expr};
use voice::event::EndReason;

use crate::{
    Database, Error, Result,
    error::is_unique_violation,
    jobs::{self, Payload},
    personas,
};

pub use abandoned::end_abandoned;
pub use totals::reckon_totals;
pub use turns::{history, next_turn, turn_ended, turn_started, turns};

/// A conversation to be started.
#[derive(Clone, Debug)]
pub struct New {
    /// The client's name for it, 1–200 characters; `None`: its own id.
    pub session_id: Option<String>,
    pub channel: Channel,
    pub agent: Option<AgentId>,
    /// A persona's name.
    pub persona: String,
    pub customer: Option<CustomerId>,
}

/// A new conversation. [`Error::Conflict`]: the tenant has one of that session id.
pub async fn start(db: &Database, tenant: TenantId, new: New) -> Result<conversation::Model> {
    check(&new)?;
    insert(&db.of(tenant), tenant, new).await.map_err(Error::or_taken("session"))
}

pub async fn find(db: &Database, tenant: TenantId, id: ConversationId) -> Result<conversation::Model> {
    find_in(&db.of(tenant), tenant, id).await
}

pub(crate) async fn find_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: ConversationId,
) -> Result<conversation::Model> {
    let row = conversation::Entity::of(tenant).filter(conversation::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(Error::NotFound { what: "conversation" })
}

/// The one that the client calls so, active or ended.
pub async fn by_session(db: &Database, tenant: TenantId, session_id: &str) -> Result<conversation::Model> {
    let row = conversation::Entity::of(tenant)
        .filter(conversation::Column::SessionId.eq(session_id))
        .one(&db.of(tenant))
        .await?;
    row.ok_or(Error::NotFound { what: "session" })
}

/// The one that the client calls so, active or ended; started from `new` (whose own session id is not looked at)
/// when there is none. Of two that ask at once, both get the same.
pub async fn find_or_start(db: &Database, tenant: TenantId, session_id: &str, new: New) -> Result<conversation::Model> {
    match by_session(db, tenant, session_id).await {
        Err(Error::NotFound { .. }) => {}
        result => return result,
    }
    let new = New { session_id: Some(session_id.to_owned()), ..new };
    check(&new)?;
    match insert(&db.of(tenant), tenant, new).await {
        Err(error) if is_unique_violation(&error) => by_session(db, tenant, session_id).await,
        result => Ok(result?),
    }
}

/// Ends it and orders its totals. `false`: it had ended before, and the first reason stands.
///
/// Not for a phone call that may go on in another stream ([`EndReason::Draining`], [`EndReason::LineBroken`]):
/// leave that one active.
pub async fn end(db: &Database, tenant: TenantId, id: ConversationId, reason: &EndReason) -> Result<bool> {
    let tx = db.write(tenant).await?;
    let job = end_in(&tx, tenant, id, reason, entity::now()).await?;
    if job.is_none() {
        find_in(&tx, tenant, id).await?;
    }
    tx.commit().await?;
    if let Some(job) = job {
        db.queue().push(job);
    }
    Ok(job.is_some())
}

/// [`end`] within a transaction; the totals are due at `finish_at`. Gives the job to be pushed after the commit;
/// `None`: there was nothing to end.
pub(crate) async fn end_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: ConversationId,
    reason: &EndReason,
    finish_at: DateTime<Utc>,
) -> Result<Option<JobId>> {
    let now = entity::now();
    let reason = serde_json::to_value(reason).map_err(|source| Error::Stored { what: "end reason", source })?;
    let ended = conversation::Entity::update_of(tenant)
        .col_expr(conversation::Column::Status, Expr::value(Status::Ended))
        .col_expr(conversation::Column::EndReason, Expr::value(reason))
        .col_expr(conversation::Column::EndedAt, Expr::value(now))
        .filter(conversation::Column::Id.eq(id))
        .filter(conversation::Column::Status.eq(Status::Active))
        .exec(conn)
        .await?;
    if ended.rows_affected == 0 {
        return Ok(None);
    }
    let payload = Payload::FinishConversation { tenant, conversation: id };
    jobs::add(conn, &payload, finish_at).await.map(Some)
}

/// Notes a sign of life; [`Error::NotFound`] where the tenant has no such conversation.
pub(crate) async fn touch(conn: &impl ConnectionTrait, tenant: TenantId, id: ConversationId) -> Result<()> {
    let touched = conversation::Entity::update_of(tenant)
        .col_expr(conversation::Column::ActiveAt, Expr::value(entity::now()))
        .filter(conversation::Column::Id.eq(id))
        .exec(conn)
        .await?;
    if touched.rows_affected == 0 { Err(Error::NotFound { what: "conversation" }) } else { Ok(()) }
}

fn check(new: &New) -> Result<()> {
    if new.session_id.as_ref().is_some_and(|id| id.is_empty() || id.len() > 200) {
        return Err(Error::invalid("session_id", "must be 1 to 200 characters long"));
    }
    if personas::find(&new.persona).is_none() {
        return Err(Error::invalid("persona", "there is no such persona"));
    }
    Ok(())
}

pub(crate) async fn insert(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    new: New,
) -> Result<conversation::Model, DbErr> {
    let now = entity::now();
    let id = ConversationId::new();
    let row = conversation::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        session_id: Set(new.session_id.unwrap_or_else(|| id.to_string())),
        channel: Set(new.channel),
        agent_id: Set(new.agent),
        persona: Set(new.persona),
        customer_id: Set(new.customer),
        status: Set(Status::Active),
        end_reason: Set(None),
        totals: Set(None),
        started_at: Set(now),
        active_at: Set(now),
        ended_at: Set(None),
    };
    row.insert(conn).await
}

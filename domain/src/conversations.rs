//! Conversations, whatever the channel.

mod abandoned;
mod begin;
mod cast;
mod redacted;
mod summaries;
mod totals;
mod turns;
mod variables;

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    conversation::{self, Status},
    id::{ConversationId, TenantId, ToolId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, PaginatorTrait, QueryFilter, sea_query::Expr};
use voice::event::EndReason;

use crate::{
    Database, Error, Result, admission, agents,
    events::{self, Event},
    jobs::{self, Payload, Ticket},
    transcripts,
};

pub use abandoned::end_abandoned;
pub(crate) use begin::begin_in;
pub use begin::{Begun, Caller, Wanted, active_session, begin, open};
pub(crate) use cast::of_in as cast_in;
pub use cast::{Cast, Line, cast, speaker};
pub use redacted::redact_turns;
pub use summaries::{Filter, Summary, list, one as summary};
pub(crate) use summaries::{end_kind, first_id_at};
pub use totals::reckon_totals;
pub(crate) use totals::{percentile, reply_latency};
pub use turns::{history, next_turn, tools_used, turn_ended, turn_started, turns};
pub(crate) use turns::{storable_json, tools_called};
pub(crate) use variables::check as check_variables;

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
    begin::named(&db.of(tenant), tenant, session_id).await?.ok_or(Error::NotFound { what: "session" })
}

/// How many conversations under way name this persona.
pub(crate) async fn count_with_persona(conn: &impl ConnectionTrait, tenant: TenantId, persona: &str) -> Result<u64> {
    let named = conversation::Entity::of(tenant).filter(conversation::Column::Persona.eq(persona));
    Ok(named.filter(conversation::Column::Status.eq(Status::Active)).count(conn).await?)
}

/// How many conversations under way have an agent that names this tool, in the version that they keep.
pub(crate) async fn count_with_tool(conn: &impl ConnectionTrait, tenant: TenantId, tool: ToolId) -> Result<u64> {
    let (id, number) = (conversation::Column::AgentId, conversation::Column::AgentVersion);
    let kept = agents::of_row(tenant, (conversation::Entity, id), (conversation::Entity, number))
        .and_where(agents::names_tool("agent_versions.settings", tool))
        .to_owned();
    let under_way = conversation::Entity::of(tenant).filter(conversation::Column::Status.eq(Status::Active));
    Ok(under_way.filter(Expr::exists(kept)).count(conn).await?)
}

/// Ends it and orders its totals and its transcript. `false`: it had ended before, and the first reason stands.
///
/// Not for a phone call that may go on in another stream ([`EndReason::Draining`], [`EndReason::LineBroken`]):
/// leave that one active.
pub async fn end(db: &Database, tenant: TenantId, id: ConversationId, reason: &EndReason) -> Result<bool> {
    let tx = db.write(tenant).await?;
    let jobs = end_in(&tx, tenant, id, reason, entity::now()).await?;
    let has_ended = jobs.is_some();
    if !has_ended {
        find_in(&tx, tenant, id).await?;
    }
    tx.commit().await?;
    db.queue().push_all(jobs.into_iter().flatten());
    Ok(has_ended)
}

/// [`end`] within a transaction; the totals are due at `finish_at`. Gives the jobs to be pushed after the
/// commit; `None`: there was nothing to end.
pub(crate) async fn end_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: ConversationId,
    reason: &EndReason,
    finish_at: DateTime<Utc>,
) -> Result<Option<Vec<Ticket>>> {
    let reason = serde_json::to_value(reason).map_err(|source| Error::Stored { what: "end reason", source })?;
    end_as(conn, tenant, id, reason, finish_at).await
}

/// [`end_in`] for a reason that is not the engine's. Gives the slot back in the same transaction.
pub(crate) async fn end_as(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: ConversationId,
    reason: serde_json::Value,
    finish_at: DateTime<Utc>,
) -> Result<Option<Vec<Ticket>>> {
    let now = entity::now();
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
    admission::close_in(conn, tenant, id, now).await?;
    let payload = Payload::FinishConversation { tenant, conversation: id };
    let finishing = jobs::add(conn, &payload, finish_at).await?;
    let mut jobs = events::add(conn, tenant, &Event::ConversationEnded { conversation: id }, now).await?;
    jobs.push(finishing);
    // At once, whenever the rest is due: a turn that comes later orders it again.
    jobs.extend(transcripts::order_if_said(conn, tenant, id, now).await?);
    Ok(Some(jobs))
}

/// Notes a sign of life; [`Error::NotFound`] where the tenant has no such conversation.
pub(crate) async fn touch(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: ConversationId,
) -> Result<conversation::Model> {
    let touched = conversation::Entity::update_of(tenant)
        .col_expr(conversation::Column::ActiveAt, Expr::value(entity::now()))
        .filter(conversation::Column::Id.eq(id))
        .exec_with_returning(conn)
        .await?;
    touched.into_iter().next().ok_or(Error::NotFound { what: "conversation" })
}

//! Beginning a conversation: the one walk from what a door asks for to a row, for phone, socket and HTTP alike.

use std::collections::BTreeMap;

use entity::{
    TenantScoped,
    conversation::{self, Channel, Status, Variables},
    id::{AgentId, ConversationId, LineId, TenantId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter};

use super::{
    cast::{self, Cast},
    variables,
};
use crate::{
    Database, Error, Result,
    admission::{self, Wish},
    customers,
    error::is_unique_violation,
    events::{self, Event},
    limits::Limits,
};

/// A conversation that a door asks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub channel: Channel,
    /// The client's name for it, 1–200 characters. One that is there already is gone on with, and the rest of this is
    /// not looked at. `None`: a new one, called by its own id.
    pub session_id: Option<String>,
    /// Whose published version the conversation keeps; `None`: the tenant's oldest, if it has any.
    pub agent: Option<AgentId>,
    /// A persona's name; `None`: the agent's.
    pub persona: Option<String>,
    /// `None`: nobody in particular.
    pub caller: Option<Caller>,
    /// Values for the variables of the agent's texts.
    pub variables: BTreeMap<String, String>,
}

impl Wanted {
    /// A new one with the tenant's oldest agent as it is.
    pub const fn on(channel: Channel) -> Self {
        Self { channel, session_id: None, agent: None, persona: None, caller: None, variables: BTreeMap::new() }
    }
}

/// Whom the agent talks to, as the channel knows them; noted down as a customer when new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// By the tenant's own name, 1–200 characters.
    ExternalId(String),
    /// By E.164 number.
    Phone(String),
}

/// A conversation, begun now or before, and who speaks in it.
#[derive(Clone, Debug)]
pub struct Begun {
    pub conversation: conversation::Model,
    pub cast: Cast,
    /// `false`: the session was there already.
    pub is_new: bool,
}

/// Begins a conversation, or goes on with the session of that name. Of two that ask at once, both get the same.
///
/// [`Error::Conflict`]: the session has ended. [`Error::NotFound`]: the tenant has no such agent.
pub async fn begin(db: &Database, tenant: TenantId, wanted: Wanted) -> Result<Begun> {
    begin_with(db, tenant, wanted, None).await
}

/// [`begin`], with a slot for its line. [`Error::LimitReached`]: it may not begin now, and nothing of it is kept, so
/// that it can be asked for again. `defaults`: see [`limits::of`](crate::limits::of).
pub async fn open(db: &Database, defaults: &Limits, tenant: TenantId, wanted: Wanted, line: LineId) -> Result<Begun> {
    begin_with(db, tenant, wanted, Some((defaults, line))).await
}

async fn begin_with(db: &Database, tenant: TenantId, wanted: Wanted, slot: Option<(&Limits, LineId)>) -> Result<Begun> {
    match try_begin(db, tenant, wanted.clone(), slot).await {
        // Another was quicker with the same session.
        Err(Error::Database(error)) if is_unique_violation(&error) => try_begin(db, tenant, wanted, slot).await,
        result => result,
    }
}

async fn try_begin(db: &Database, tenant: TenantId, wanted: Wanted, slot: Option<(&Limits, LineId)>) -> Result<Begun> {
    let tx = db.write(tenant).await?;
    let channel = wanted.channel;
    let begun = begin_in(&tx, tenant, wanted).await?;
    if let Some((defaults, line)) = slot {
        let wish = Wish { tenant, conversation: begun.conversation.id, channel, line: Some(line) };
        admission::take_in(&tx, defaults, wish, entity::now()).await?;
    }
    let mut jobs = Vec::new();
    if begun.is_new {
        let started = Event::ConversationStarted { conversation: begun.conversation.id };
        jobs = events::add(&tx, tenant, &started, entity::now()).await?;
    }
    tx.commit().await?;
    db.queue().push_all(jobs);
    Ok(begun)
}

/// [`begin`] within a transaction, without its event. A broken unique index means that another was quicker with the same session.
pub(crate) async fn begin_in(conn: &impl ConnectionTrait, tenant: TenantId, wanted: Wanted) -> Result<Begun> {
    if wanted.session_id.as_ref().is_some_and(|id| id.is_empty() || id.chars().count() > 200 || id.contains('\0')) {
        return Err(Error::invalid("session_id", "must be 1 to 200 characters long, none of them NUL"));
    }
    if let Some(session_id) = &wanted.session_id
        && let Some(conversation) = named(conn, tenant, session_id).await?
    {
        let conversation = active(conversation)?;
        let cast = cast::of_in(conn, tenant, &conversation).await?;
        return Ok(Begun { conversation, cast, is_new: false });
    }
    variables::check(&wanted.variables, false)?;
    let cast = cast::choose(conn, tenant, wanted.agent, wanted.persona.as_deref()).await?;
    let customer = match &wanted.caller {
        Some(Caller::ExternalId(name)) => Some(customers::by_external_id_in(conn, tenant, name).await?.id),
        Some(Caller::Phone(phone)) => Some(customers::by_phone_in(conn, tenant, phone).await?.id),
        None => None,
    };
    let now = entity::now();
    let id = ConversationId::new();
    let row = conversation::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        session_id: Set(wanted.session_id.unwrap_or_else(|| id.to_string())),
        channel: Set(wanted.channel),
        agent_id: Set(cast.agent.as_ref().map(|agent| agent.id)),
        agent_version: Set(cast.agent.as_ref().map(|agent| agent.number)),
        variables: Set(Some(Variables(wanted.variables)).filter(|own| !own.0.is_empty())),
        persona: Set(cast.persona.name.to_string()),
        customer_id: Set(customer),
        status: Set(Status::Active),
        end_reason: Set(None),
        totals: Set(None),
        started_at: Set(now),
        active_at: Set(now),
        ended_at: Set(None),
    };
    let conversation = row.insert(conn).await?;
    let cast = cast.informed(conn, tenant, &conversation).await?;
    Ok(Begun { conversation, cast, is_new: true })
}

/// The session of that name in which something can still be said. [`Error::Conflict`]: it has ended.
pub async fn active_session(db: &Database, tenant: TenantId, session_id: &str) -> Result<conversation::Model> {
    active(super::by_session(db, tenant, session_id).await?)
}

fn active(conversation: conversation::Model) -> Result<conversation::Model> {
    match conversation.status {
        Status::Active => Ok(conversation),
        Status::Ended => Err(Error::Conflict { what: "the session has ended" }),
    }
}

pub(super) async fn named(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    session_id: &str,
) -> Result<Option<conversation::Model>> {
    let named = conversation::Entity::of(tenant).filter(conversation::Column::SessionId.eq(session_id));
    Ok(named.one(conn).await?)
}

//! Phone calls.

mod stale;
mod status;
mod stream_tokens;

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped, call, conversation,
    conversation::Channel,
    id::{CallId, ConversationId, TenantId},
    phone_number,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait,
    QueryFilter, QueryTrait, sea_query::Expr,
};

use crate::{
    Database, Error, Result,
    admission::{self, Limit, Wish},
    analyses,
    conversations::{self, Caller, Wanted},
    error::is_unique_violation,
    events::{self, Event},
    limits::Limits,
    page::{Page, Paging},
    phone_numbers::is_e164,
};

pub use entity::call::{NextStep, Status};
pub use stale::{close_stale, order_stale};
pub use status::{StatusUpdate, status};
pub use stream_tokens::{Grant, issue_stream_token, redeem_stream_token, sweep_stream_tokens};

/// What Twilio's voice webhook says.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub call_sid: String,
    pub account_sid: String,
    /// E.164, or what a withheld number or SIP caller is called by.
    pub from: String,
    pub to: String,
}

/// A call, begun now or before.
#[derive(Clone, Debug)]
pub struct Begun {
    pub call: call::Model,
    pub conversation: conversation::Model,
    /// `false`: the webhook was repeated.
    pub is_new: bool,
}

/// Begins a call: its row, its conversation with the number's agent, and the caller as a customer where their
/// number is known. The same `call_sid` again gives the same call.
///
/// [`Error::Conflict`]: the call is another number's.
pub async fn begin(db: &Database, number: &phone_number::Model, incoming: Incoming) -> Result<Begun> {
    if incoming.call_sid.is_empty() || incoming.call_sid.len() > 64 {
        return Err(Error::invalid("CallSid", "must be 1 to 64 characters long"));
    }
    if let Some(begun) = begun(db, number, &incoming.call_sid).await? {
        return Ok(begun);
    }
    match insert(db, number, &incoming).await {
        Err(Error::Database(error)) if is_unique_violation(&error) => {
            // A repeated webhook was quicker.
            let begun = begun(db, number, &incoming.call_sid).await?;
            begun.ok_or(Error::Conflict { what: "call" })
        }
        result => result,
    }
}

async fn insert(db: &Database, number: &phone_number::Model, incoming: &Incoming) -> Result<Begun> {
    let tenant = number.tenant_id;
    let tx = db.write(tenant).await?;
    let wanted = Wanted {
        agent: Some(number.agent_id),
        // A withheld number is nobody's.
        caller: is_e164(&incoming.from).then(|| Caller::Phone(incoming.from.clone())),
        ..Wanted::on(Channel::Phone)
    };
    let conversation = conversations::begin_in(&tx, tenant, wanted).await?.conversation;
    let row = call::ActiveModel {
        id: Set(CallId::new()),
        tenant_id: Set(tenant),
        conversation_id: Set(conversation.id),
        phone_number_id: Set(number.id),
        call_sid: Set(incoming.call_sid.clone()),
        account_sid: Set(incoming.account_sid.clone()),
        from_number: Set(incoming.from.clone()),
        to_number: Set(incoming.to.clone()),
        status: Set(Status::Ringing),
        sequence_number: Set(None),
        next_step: Set(None),
        streams: Set(0),
        created_at: Set(entity::now()),
        ended_at: Set(None),
        duration_s: Set(None),
        asked_at: Set(None),
    };
    let call = row.insert(&tx).await?;
    let started = Event::ConversationStarted { conversation: conversation.id };
    let jobs = events::add(&tx, tenant, &started, entity::now()).await?;
    tx.commit().await?;
    db.queue().push_all(jobs);
    Ok(Begun { call, conversation, is_new: true })
}

/// The call of an earlier webhook.
async fn begun(db: &Database, number: &phone_number::Model, call_sid: &str) -> Result<Option<Begun>> {
    let call = match find_by_sid(db, number.tenant_id, call_sid).await {
        Err(Error::NotFound { .. }) => return Ok(None),
        result => result?,
    };
    if call.phone_number_id != number.id {
        return Err(Error::Conflict { what: "call" });
    }
    let conversation = conversations::find(db, number.tenant_id, call.conversation_id).await?;
    Ok(Some(Begun { call, conversation, is_new: false }))
}

/// The call that a conversation was; [`Error::NotFound`]: it was none.
pub(crate) async fn of_conversation(db: &Database, tenant: TenantId, id: ConversationId) -> Result<call::Model> {
    let row = call::Entity::of(tenant).filter(call::Column::ConversationId.eq(id)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "call" })
}

pub async fn find(db: &Database, tenant: TenantId, id: CallId) -> Result<call::Model> {
    let row = call::Entity::of(tenant).filter(call::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "call" })
}

pub async fn find_by_sid(db: &Database, tenant: TenantId, call_sid: &str) -> Result<call::Model> {
    find_by_sid_in(&db.of(tenant), tenant, call_sid).await
}

async fn find_by_sid_in(conn: &impl ConnectionTrait, tenant: TenantId, call_sid: &str) -> Result<call::Model> {
    let row = call::Entity::of(tenant).filter(call::Column::CallSid.eq(call_sid)).one(conn).await?;
    row.ok_or(Error::NotFound { what: "call" })
}

/// Takes a slot for a call that has just begun. Where the tenant's limits leave no room for it, the call is over, and
/// this gives what the caller is to be told; so it does when asked again. `None`: go on.
pub async fn admit(db: &Database, defaults: &Limits, begun: &Begun, now: DateTime<Utc>) -> Result<Option<NextStep>> {
    let Begun { call, conversation, .. } = begun;
    if conversation.status == conversation::Status::Ended {
        return Ok(Some(call.next_step.clone().unwrap_or(NextStep::Hangup)));
    }
    let wish = Wish { tenant: call.tenant_id, conversation: conversation.id, channel: Channel::Phone, line: None };
    let tx = db.write(call.tenant_id).await?;
    match admission::take_in(&tx, defaults, wish, now).await {
        Ok(()) => {
            tx.commit().await?;
            Ok(None)
        }
        Err(Error::LimitReached(limit)) => {
            tx.rollback().await?;
            refuse(db, begun, limit).await.map(Some)
        }
        Err(error) => Err(error),
    }
}

/// Turns a call away that has just begun and for which the tenant's limits leave no room: its conversation ends, with
/// `{"kind": "refused", "limit": …}` for a reason. Gives what the caller is to be told: [`NextStep::Transfer`] where
/// the agent can transfer, otherwise [`NextStep::Hangup`].
async fn refuse(db: &Database, begun: &Begun, limit: Limit) -> Result<NextStep> {
    let Begun { call, conversation, .. } = begun;
    let tenant = call.tenant_id;
    let agent = conversations::cast(db, tenant, conversation, None).await?.agent;
    let step = agent.and_then(|agent| agent.settings.transfer_to).map_or(NextStep::Hangup, NextStep::Transfer);
    let reason = serde_json::json!({ "kind": "refused", "limit": limit.name() });
    let tx = db.write(tenant).await?;
    set_next_step_in(&tx, tenant, call.id, step.clone()).await?;
    let jobs = conversations::end_as(&tx, tenant, conversation.id, reason, entity::now()).await?;
    tx.commit().await?;
    db.queue().push_all(jobs.into_iter().flatten());
    Ok(step)
}

/// What `continue` is to answer from now on.
pub async fn set_next_step(db: &Database, tenant: TenantId, id: CallId, step: NextStep) -> Result<()> {
    set_next_step_in(&db.of(tenant), tenant, id, step).await
}

async fn set_next_step_in(conn: &impl ConnectionTrait, tenant: TenantId, id: CallId, step: NextStep) -> Result<()> {
    let step = serde_json::to_value(step).map_err(|source| Error::Stored { what: "next step", source })?;
    let set = call::Entity::update_of(tenant)
        .col_expr(call::Column::NextStep, Expr::value(step))
        .filter(call::Column::Id.eq(id))
        .exec(conn)
        .await?;
    if set.rows_affected == 0 { Err(Error::NotFound { what: "call" }) } else { Ok(()) }
}

/// What is to happen to the call now; [`NextStep::Continue`] where nothing was set.
pub async fn next_step(db: &Database, tenant: TenantId, call_sid: &str) -> Result<NextStep> {
    Ok(find_by_sid(db, tenant, call_sid).await?.next_step.unwrap_or_default())
}

/// Which calls a list has; the default: all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Only the one of this name.
    pub call_sid: Option<String>,
    /// Only those that are not over; `false`: only those that are.
    pub is_live: Option<bool>,
    /// Only those that came to this.
    pub came_to: analyses::Filter,
}

/// The tenant's calls, newest first.
pub async fn list(db: &Database, tenant: TenantId, filter: &Filter, paging: Paging) -> Result<Page<call::Model>> {
    let came_to = analyses::came_to(tenant, &filter.came_to);
    let calls = call::Entity::of(tenant)
        .apply_if(came_to, |calls, these| calls.filter(call::Column::ConversationId.in_subquery(these)))
        .apply_if(filter.call_sid.as_deref(), |calls, sid| calls.filter(call::Column::CallSid.eq(sid)))
        .apply_if(filter.is_live, |calls, yes| calls.filter(if yes { is_live() } else { is_live().not() }));
    paging.newest_first(&db.of(tenant), calls, call::Column::Id).await
}

/// Ends a call: `continue` hangs up from now on, and the process that talks on it learns of it by [`hung_up_among`]. One
/// that is over stays as it is.
///
/// [`Error::Blocked`]: it was transferred, and is out of our hands.
pub async fn hang_up(db: &Database, tenant: TenantId, id: CallId) -> Result<call::Model> {
    let tx = db.write(tenant).await?;
    let row = call::Entity::of(tenant).filter(call::Column::Id.eq(id)).one(&tx).await?;
    let call = row.ok_or(Error::NotFound { what: "call" })?;
    if call.status.is_terminal() {
        return Ok(call);
    }
    if let Some(NextStep::Transfer(_)) = call.next_step {
        let why = "the call was transferred: whoever has it now can end it".to_owned();
        return Err(Error::Blocked { code: "call_transferred", why });
    }
    set_next_step_in(&tx, tenant, id, NextStep::Hangup).await?;
    tx.commit().await?;
    Ok(call)
}

/// Those of `conversations` whose calls are to be hung up.
#[expect(clippy::disallowed_methods, reason = "asks for conversations that run in this process, whatever the tenant")]
pub async fn hung_up_among(db: &Database, conversations: &[ConversationId]) -> Result<Vec<ConversationId>> {
    let calls = call::Entity::find()
        .filter(call::Column::ConversationId.is_in(conversations.iter().copied()))
        .filter(call::Column::NextStep.is_not_null());
    let calls = calls.all(&db.platform()).await?.into_iter();
    Ok(calls.filter(|call| call.next_step == Some(NextStep::Hangup)).map(|call| call.conversation_id).collect())
}

/// Calls of the tenant that are not over: ringing ones, too.
pub async fn in_progress(db: &Database, tenant: TenantId) -> Result<u64> {
    Ok(call::Entity::of(tenant).filter(is_live()).count(&db.of(tenant)).await?)
}

/// Not over.
pub(crate) fn is_live() -> Expr {
    call::Column::Status.is_in([Status::Queued, Status::Ringing, Status::InProgress])
}

//! What a language model makes of a conversation: summary, outcome, sentiment, and the fields that the agent asks for.
//!
//! One row for each time that it was asked for, automatically at the end of a conversation or by somebody with another
//! prompt; earlier ones stay, and the last that became ready is the conversation's. What it took is counted in the
//! transaction that keeps the result. A worker that dies between the model's answer and that commit costs one answer: the
//! next try asks, and the provider charges, again.

mod ask;
mod check;
mod prompt;
mod run;
mod verdict;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    agent::{Analysis as Plan, Outcome},
    analysis::{self, Sentiment, State},
    id::{AnalysisId, CallId, ConversationId, TenantId},
    turn::{self, PromptKind},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, SelectExt,
    sea_query::{Expr, OnConflict, Query, SelectStatement},
};
use serde_json::Value;

use crate::{
    Database, Error, Result,
    access::By,
    agents, audit, calls, conversations,
    jobs::{self, Payload, Priority, Ticket},
    page::{Page, Paging},
};

pub(crate) use check::check;
pub use run::run;

/// Ordered and not settled for this long: its job was taken from the list, or died with its workers. A provider may ask
/// for hours, several times.
const LOST: TimeDelta = TimeDelta::days(3);

/// Of one conversation, waiting or under way: more only cost money.
const MOST_OPEN: u64 = 5;

/// What somebody wants to be asked; what is `None` is as the agent has it today.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    pub instructions: Option<Option<String>>,
    pub outcomes: Option<Vec<Outcome>>,
    pub fields: Option<Option<Value>>,
    pub model: Option<Option<String>>,
}

/// Which calls are looked for, by what came of them; `None` asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub outcome: Option<String>,
    pub sentiment: Option<Sentiment>,
}

/// How a conversation may have ended, where the agent does not say.
pub fn default_outcomes() -> Vec<Outcome> {
    let outcome = |name: &str, description: &str| Outcome { name: name.into(), description: description.into() };
    vec![
        outcome("resolved", "The caller got what they called for."),
        outcome("unresolved", "The caller did not get what they called for, or gave up."),
        outcome("transferred", "The caller was put through, or was to be, to somebody else."),
        outcome("voicemail", "A machine answered, and nobody spoke with the agent."),
        outcome("no_speech", "Nothing that makes sense was said."),
    ]
}

/// Orders another analysis of the conversation, be it over or not.
///
/// [`Error::Invalid`]: the wish, with its field. [`Error::Blocked`]: enough of them wait already.
pub async fn request(
    db: &Database,
    tenant: TenantId,
    by: &By,
    conversation: ConversationId,
    wish: Wish,
) -> Result<analysis::Model> {
    let tx = db.write(tenant).await?;
    let found = conversations::find_in(&tx, tenant, conversation).await?;
    let agent = match found.agent_id {
        Some(id) => match agents::find_in(&tx, tenant, id).await {
            Ok(agent) => Some(agents::published(&tx, agent).await?.settings.analysis),
            Err(Error::NotFound { .. }) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    let own = agent.unwrap_or_default();
    let plan = Plan {
        enabled: true,
        instructions: wish.instructions.unwrap_or(own.instructions),
        outcomes: wish.outcomes.unwrap_or(own.outcomes),
        fields: wish.fields.unwrap_or(own.fields),
        model: wish.model.unwrap_or(own.model),
    };
    check(&plan).map_err(|fault| Error::invalid(fault.field, fault.message))?;
    let open = analysis::Entity::of(tenant)
        .filter(analysis::Column::ConversationId.eq(conversation))
        .filter(analysis::Column::State.is_in(OPEN));
    if open.count(&tx).await? >= MOST_OPEN {
        let why = format!("{MOST_OPEN} analyses of this conversation wait already");
        return Err(Error::blocked("analyses_waiting", why));
    }
    let row = new(tenant, conversation, plan, Some(by.actor.to_string()));
    let id = row.id;
    analysis::Entity::insert(row.clone().into_active_model()).exec_without_returning(&tx).await?;
    let job = jobs::add_as(&tx, &Payload::AnalyzeConversation { tenant, analysis: id }, Priority::High, row.created_at)
        .await?;
    audit::record(&tx, tenant, by, "analysis.requested", id, None).await?;
    tx.commit().await?;
    db.queue().push(job);
    Ok(row)
}

/// Orders the analysis of a conversation whose transcript is final, where its agent wants it and the caller said
/// something, once. Gives the job to be pushed after the commit.
pub(crate) async fn order_at_end(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: ConversationId,
) -> Result<Option<Ticket>> {
    let row = conversations::find_in(conn, tenant, conversation).await?;
    let Some((agent, version)) = row.agent_id.zip(row.agent_version) else { return Ok(None) };
    let plan = agents::in_version(conn, tenant, agent, version).await?.settings.analysis;
    if !plan.enabled || !has_caller_spoken(conn, tenant, conversation).await? {
        return Ok(None);
    }
    let row = new(tenant, conversation, plan, None);
    let (id, now) = (row.id, row.created_at);
    // One for each conversation, however often its end is dealt with.
    let unless_there = OnConflict::new().do_nothing().to_owned();
    let insert = analysis::Entity::insert(row.into_active_model()).on_conflict(unless_there);
    if insert.exec_without_returning(conn).await? == 0 {
        return Ok(None);
    }
    jobs::add(conn, &Payload::AnalyzeConversation { tenant, analysis: id }, now).await.map(Some)
}

async fn has_caller_spoken(conn: &impl ConnectionTrait, tenant: TenantId, id: ConversationId) -> Result<bool> {
    let said = turn::Entity::of(tenant)
        .filter(turn::Column::ConversationId.eq(id))
        .filter(turn::Column::PromptKind.is_in([PromptKind::Speech, PromptKind::Text, PromptKind::Dtmf]))
        .filter(turn::Column::PromptText.ne(""));
    Ok(said.exists(conn).await?)
}

/// Not settled.
const OPEN: [State; 2] = [State::Queued, State::Running];

fn new(
    tenant: TenantId,
    conversation: ConversationId,
    mut plan: Plan,
    requested_by: Option<String>,
) -> analysis::Model {
    if plan.outcomes.is_empty() {
        // What was offered then is to be read later.
        plan.outcomes = default_outcomes();
    }
    analysis::Model {
        id: AnalysisId::new(),
        tenant_id: tenant,
        conversation_id: conversation,
        state: State::Queued,
        is_current: false,
        plan,
        requested_by,
        attempts: 0,
        error_kind: None,
        summary: None,
        outcome: None,
        sentiment: None,
        fields: None,
        model: None,
        left_out: 0,
        prompt_tokens: 0,
        completion_tokens: 0,
        cost: Some(0),
        created_at: entity::now(),
        ready_at: None,
    }
}

pub async fn find(db: &Database, tenant: TenantId, id: AnalysisId) -> Result<analysis::Model> {
    find_in(&db.of(tenant), tenant, id).await
}

async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId, id: AnalysisId) -> Result<analysis::Model> {
    let row = analysis::Entity::of(tenant).filter(analysis::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(Error::NotFound { what: "analysis" })
}

/// Those of a conversation, the newest first.
pub async fn list(
    db: &Database,
    tenant: TenantId,
    conversation: ConversationId,
    paging: Paging,
) -> Result<Page<analysis::Model>> {
    conversations::find(db, tenant, conversation).await?;
    let rows = analysis::Entity::of(tenant).filter(analysis::Column::ConversationId.eq(conversation));
    paging.newest_first(&db.of(tenant), rows, analysis::Column::Id).await
}

/// Those of the call's conversation, the newest first.
pub async fn of_call(db: &Database, tenant: TenantId, call: CallId, paging: Paging) -> Result<Page<analysis::Model>> {
    let conversation = calls::find(db, tenant, call).await?.conversation_id;
    list(db, tenant, conversation, paging).await
}

/// What each of these conversations came to, where it is known.
pub async fn current(
    db: &Database,
    tenant: TenantId,
    conversations: &[ConversationId],
) -> Result<HashMap<ConversationId, analysis::Model>> {
    if conversations.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = analysis::Entity::of(tenant)
        .filter(analysis::Column::ConversationId.is_in(conversations.iter().copied()))
        .filter(analysis::Column::IsCurrent.eq(true));
    let rows = rows.all(&db.of(tenant)).await?;
    Ok(rows.into_iter().map(|row| (row.conversation_id, row)).collect())
}

/// The conversations of which this became known, as a subquery; `None`: all are looked for.
pub(crate) fn came_to(tenant: TenantId, filter: &Filter) -> Option<SelectStatement> {
    if *filter == Filter::default() {
        return None;
    }
    let mut ids = Query::select();
    ids.column(analysis::Column::ConversationId)
        .from(analysis::Entity)
        .and_where(analysis::Column::TenantId.eq(tenant))
        .and_where(analysis::Column::IsCurrent.eq(true));
    if let Some(outcome) = &filter.outcome {
        ids.and_where(analysis::Column::Outcome.eq(outcome.as_str()));
    }
    if let Some(sentiment) = filter.sentiment {
        ids.and_where(analysis::Column::Sentiment.eq(sentiment));
    }
    Some(ids)
}

/// Settles those whose job is gone. Gives their number.
#[expect(clippy::disallowed_methods, reason = "jobs of all tenants get lost")]
pub async fn give_up(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let lost = analysis::Entity::update_many()
        .col_expr(analysis::Column::State, Expr::value(State::Failed))
        .col_expr(analysis::Column::ErrorKind, Expr::value("lost"))
        .filter(analysis::Column::State.is_in(OPEN))
        .filter(analysis::Column::CreatedAt.lt(now - LOST));
    Ok(lost.exec(&db.platform()).await?.rows_affected)
}

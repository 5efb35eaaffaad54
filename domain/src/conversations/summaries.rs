//! Conversations as lists show them: with who spoke, the call that one was, and what there is of it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped, agent, analysis, call,
    conversation::{self, Channel, Status},
    customer,
    id::{AgentId, ConversationId, CustomerId, PhoneNumberId, TenantId},
    recording,
};
use sea_orm::{
    ColumnTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use uuid::Uuid;

use super::find;
use crate::{
    Database, Result, analyses,
    page::{Page, Paging},
};

/// Which conversations are wanted; `None`: all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub channel: Option<Channel>,
    pub status: Option<Status>,
    pub agent: Option<AgentId>,
    pub customer: Option<CustomerId>,
    /// The tenant's number that was called.
    pub number: Option<PhoneNumberId>,
    /// Who called, as the line names them.
    pub from_number: Option<String>,
    /// The kind of the reason for which it ended: `caller_hung_up`, …
    pub end_reason: Option<String>,
    /// What came of it, by its analysis.
    pub came_to: analyses::Filter,
    /// Begun then or later.
    pub from: Option<DateTime<Utc>>,
    /// Begun before.
    pub to: Option<DateTime<Utc>>,
}

/// A conversation and what a reader wants to know of it at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    pub conversation: conversation::Model,
    /// `None`: it was no phone call.
    pub call: Option<call::Model>,
    /// `None`: it had no agent. One that was deleted keeps its name.
    pub agent_name: Option<String>,
    pub customer: Option<customer::Model>,
    /// What came of it; `None`: it is not known.
    pub analysis: Option<analysis::Model>,
    /// Whether something of it can be played.
    pub is_recorded: bool,
}

/// The tenant's conversations, newest first.
pub async fn list(db: &Database, tenant: TenantId, filter: &Filter, paging: Paging) -> Result<Page<Summary>> {
    let mut rows = conversation::Entity::of(tenant);
    rows = rows
        .apply_if(filter.channel, |rows, channel| rows.filter(conversation::Column::Channel.eq(channel)))
        .apply_if(filter.status, |rows, status| rows.filter(conversation::Column::Status.eq(status)))
        .apply_if(filter.agent, |rows, agent| rows.filter(conversation::Column::AgentId.eq(agent)))
        .apply_if(filter.customer, |rows, customer| rows.filter(conversation::Column::CustomerId.eq(customer)))
        .apply_if(filter.end_reason.as_deref(), |rows, kind| rows.filter(end_kind().eq(kind)))
        .apply_if(analyses::came_to(tenant, &filter.came_to), |rows, known| {
            rows.filter(conversation::Column::Id.in_subquery(known))
        })
        .apply_if(filter.from, |rows, from| rows.filter(conversation::Column::Id.gte(first_id_at(from))))
        .apply_if(filter.to, |rows, to| rows.filter(conversation::Column::Id.lt(first_id_at(to))));
    if filter.number.is_some() || filter.from_number.is_some() {
        let mut calls = Query::select();
        calls.column(call::Column::ConversationId).from(call::Entity).and_where(call::Column::TenantId.eq(tenant));
        if let Some(number) = filter.number {
            calls.and_where(call::Column::PhoneNumberId.eq(number));
        }
        if let Some(from) = &filter.from_number {
            calls.and_where(call::Column::FromNumber.eq(from.as_str()));
        }
        rows = rows.filter(conversation::Column::Id.in_subquery(calls));
    }
    let page = paging.newest_first(&db.of(tenant), rows, conversation::Column::Id).await?;
    let items = summed_up(db, tenant, page.items).await?;
    Ok(Page { items, next_cursor: page.next_cursor })
}

/// One of them.
pub async fn one(db: &Database, tenant: TenantId, id: ConversationId) -> Result<Summary> {
    let rows = vec![find(db, tenant, id).await?];
    let summary = summed_up(db, tenant, rows).await?.pop();
    Ok(summary.expect("there are as many as there were rows"))
}

/// A query for each table, however many rows there are.
async fn summed_up(db: &Database, tenant: TenantId, rows: Vec<conversation::Model>) -> Result<Vec<Summary>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let conn = db.of(tenant);
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let calls = call::Entity::of(tenant).filter(call::Column::ConversationId.is_in(ids.iter().copied()));
    let calls = calls.all(&conn).await?.into_iter().map(|call| (call.conversation_id, call));
    let mut calls: HashMap<_, _> = calls.collect();
    let agents = agent::Entity::of(tenant)
        .filter(agent::Column::Id.is_in(rows.iter().filter_map(|row| row.agent_id)))
        .select_only()
        .columns([agent::Column::Id, agent::Column::Name]);
    let agents: HashMap<AgentId, String> = agents.into_tuple().all(&conn).await?.into_iter().collect();
    let customers = customer::Entity::of(tenant)
        .filter(customer::Column::Id.is_in(rows.iter().filter_map(|row| row.customer_id)))
        .filter(customer::Column::ErasedAt.is_null());
    let customers = customers.all(&conn).await?.into_iter().map(|customer| (customer.id, customer));
    let customers: HashMap<_, _> = customers.collect();
    let mut known = analyses::current(db, tenant, &ids).await?;
    let recorded = recording::Entity::of(tenant)
        .filter(recording::Column::ConversationId.is_in(ids.iter().copied()))
        .filter(recording::Column::State.eq(recording::State::Ready))
        .select_only()
        .column(recording::Column::ConversationId)
        .distinct();
    let recorded: HashSet<ConversationId> = recorded.into_tuple().all(&conn).await?.into_iter().collect();
    let summary = |row: conversation::Model| Summary {
        call: calls.remove(&row.id),
        agent_name: row.agent_id.and_then(|id| agents.get(&id).cloned()),
        customer: row.customer_id.and_then(|id| customers.get(&id).cloned()),
        analysis: known.remove(&row.id),
        is_recorded: recorded.contains(&row.id),
        conversation: row,
    };
    Ok(rows.into_iter().map(summary).collect())
}

/// The kind of a conversation's end. Both databases give a field of a JSON column so.
pub(crate) fn end_kind() -> SimpleExpr {
    Expr::cust("conversations.end_reason ->> 'kind'")
}

/// No id that was made at this moment or later is smaller: ids begin with the time of their making.
pub(crate) fn first_id_at(at: DateTime<Utc>) -> ConversationId {
    // There was no conversation before 1970.
    let ms = u128::from(u64::try_from(at.timestamp_millis()).unwrap_or(0));
    ConversationId::from(Uuid::from_u128(ms << 80))
}

//! Usage by day: what a report reads, however many conversations there were.
//!
//! A row of a conversation counts either by itself or in its day, never in both: it is marked and added in one
//! transaction, and what comes late for a marked one is added to both.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    TenantScoped,
    conversation::Channel,
    id::{ConversationId, TenantId},
    usage, usage_day,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IdenStatic, Iterable, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict, SelectStatement},
};
use uuid::Uuid;

use super::Amount;
use crate::{Database, Result};

/// Rows of one transaction.
const BATCH: u64 = 500;

/// Days that are left alone: a line is there for hours, and is counted for the day of its beginning.
const OPEN: TimeDelta = TimeDelta::days(2);

/// What counts by itself.
pub(super) fn is_not_rolled() -> Expr {
    // As the indexes say it.
    Expr::cust("NOT rolled")
}

/// The rows of days, in the order of a report's columns.
pub(super) fn rolled(tenant: TenantId, from: NaiveDate, to: NaiveDate) -> SelectStatement {
    use usage_day::Column;
    let days = usage_day::Entity::of(tenant).filter(Column::Day.between(from, to)).select_only();
    let amounts = [
        Column::Conversations,
        Column::Unpriced,
        Column::DurationMs,
        Column::TranscribedMs,
        Column::PromptTokens,
        Column::CompletionTokens,
        Column::SpokenCharacters,
        Column::TranscriptionCost,
        Column::ModelCost,
        Column::SpeechCost,
    ];
    days.columns(amounts).column(Column::Day).column(Column::Channel).into_query()
}

/// Adds a batch of conversations' rows of days that are over to their days, one tenant's. Gives how many: 0, when none
/// are left, of any tenant.
#[expect(clippy::disallowed_methods, reason = "days are over for all tenants")]
pub async fn roll_up(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let is_over = usage::Column::Day.lt((now - OPEN).date_naive());
    let next = usage::Entity::find().filter(is_not_rolled()).filter(is_over.clone());
    let next = next.select_only().column(usage::Column::TenantId).order_by_asc(usage::Column::Day).limit(1);
    let Some(tenant) = next.into_tuple::<TenantId>().one(&db.platform()).await? else { return Ok(0) };
    let tx = db.write(tenant).await?;
    let some = usage::Entity::of(tenant).filter(is_not_rolled()).filter(is_over);
    let some = some.select_only().column(usage::Column::ConversationId).column(usage::Column::Day);
    let some: Vec<(ConversationId, NaiveDate)> =
        some.order_by_asc(usage::Column::Day).limit(BATCH).into_tuple().all(&tx).await?;
    let key = Expr::tuple([Expr::column(usage::Column::ConversationId), Expr::column(usage::Column::Day)]);
    let keys = some.into_iter().map(|(id, day)| Expr::tuple([Expr::value(id), Expr::value(day)]));
    let marked = usage::Entity::update_of(tenant)
        .col_expr(usage::Column::Rolled, Expr::value(true))
        .filter(key.is_in(keys))
        // Another process may have been quicker.
        .filter(is_not_rolled())
        .exec_with_returning(&tx)
        .await?;
    let mut days = BTreeMap::<NaiveDate, Vec<(Channel, Amount)>>::new();
    for row in &marked {
        let channels = days.entry(row.day).or_default();
        match channels.iter_mut().find(|(channel, _)| *channel == row.channel) {
            Some((_, sum)) => *sum += of_row(row),
            None => channels.push((row.channel, of_row(row))),
        }
    }
    for (day, channels) in days {
        for (channel, amount) in channels {
            add(&tx, tenant, day, channel, &amount).await?;
        }
    }
    tx.commit().await?;
    Ok(marked.len() as u64)
}

/// What a conversation's row counts.
fn of_row(row: &usage::Model) -> Amount {
    Amount {
        conversations: (row.conversation_id.uuid() != Uuid::nil()).into(),
        duration_ms: row.duration_ms,
        transcribed_ms: row.transcribed_ms,
        prompt_tokens: row.prompt_tokens,
        completion_tokens: row.completion_tokens,
        spoken_characters: row.spoken_characters,
        transcription_cost: row.transcription_cost,
        model_cost: row.model_cost,
        speech_cost: row.speech_cost,
        unpriced: (row.unpriced > 0).into(),
    }
}

/// Adds to a day what came late for a row that is in it already: `row` as it is now, `more` as it was added.
pub(super) async fn add_late(conn: &impl ConnectionTrait, row: &usage::Model, more: &usage::Model) -> Result<()> {
    let amount = Amount {
        // It is counted, and with it that a part of it had no price, unless this is the first such part.
        conversations: 0,
        unpriced: (more.unpriced > 0 && row.unpriced == more.unpriced).into(),
        ..of_row(more)
    };
    add(conn, row.tenant_id, row.day, row.channel, &amount).await
}

async fn add(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    day: NaiveDate,
    channel: Channel,
    amount: &Amount,
) -> Result<()> {
    let row = usage_day::ActiveModel {
        tenant_id: Set(tenant),
        day: Set(day),
        channel: Set(channel),
        conversations: Set(amount.conversations),
        duration_ms: Set(amount.duration_ms),
        transcribed_ms: Set(amount.transcribed_ms),
        prompt_tokens: Set(amount.prompt_tokens),
        completion_tokens: Set(amount.completion_tokens),
        spoken_characters: Set(amount.spoken_characters),
        transcription_cost: Set(amount.transcription_cost),
        model_cost: Set(amount.model_cost),
        speech_cost: Set(amount.speech_cost),
        unpriced: Set(amount.unpriced),
    };
    let key = [usage_day::Column::TenantId, usage_day::Column::Day, usage_day::Column::Channel];
    let mut again = OnConflict::columns(key);
    for column in usage_day::Column::iter().filter(|column| !key.iter().any(|key| key.as_str() == column.as_str())) {
        again.value(column, Expr::col((usage_day::Entity, column)).add(Expr::col(("excluded", column))));
    }
    usage_day::Entity::insert(row).on_conflict(again).exec_without_returning(conn).await?;
    Ok(())
}

/// Deletes rows of conversations that are in their days and older than this: from then on a conversation's own usage
/// is not known any more, its tenant's is. Gives how many.
#[expect(clippy::disallowed_methods, reason = "time passes for all tenants")]
pub async fn forget_details(db: &Database, before: NaiveDate) -> Result<u64> {
    let old = usage::Entity::find().filter(usage::Column::Rolled.eq(true)).filter(usage::Column::Day.lt(before));
    let old = old
        .select_only()
        .column(usage::Column::TenantId)
        .column(usage::Column::ConversationId)
        .column(usage::Column::Day)
        .limit(BATCH);
    let old: Vec<(TenantId, ConversationId, NaiveDate)> = old.into_tuple().all(&db.platform()).await?;
    if old.is_empty() {
        return Ok(0);
    }
    let key = [usage::Column::TenantId, usage::Column::ConversationId, usage::Column::Day].map(Expr::column);
    let keys =
        old.into_iter().map(|(tenant, id, day)| Expr::tuple([Expr::value(tenant), Expr::value(id), Expr::value(day)]));
    let gone = usage::Entity::delete_many().filter(Expr::tuple(key).is_in(keys)).exec(&db.platform()).await?;
    Ok(gone.rows_affected)
}

//! What tenants use: counted as it happens, in the transaction of the turn or of the line's end, so that a limit sees
//! it at once; reported by day (UTC).
//!
//! A conversation's usage belongs to the day on which the turn ended; its time with a line to the day on which that
//! began.

mod days;
mod prices;

use std::ops::AddAssign;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use entity::{
    TenantScoped, call_slot,
    conversation::Channel,
    id::{ConversationId, TenantId},
    usage,
};
use sea_orm::{
    ActiveEnum,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IdenStatic, QueryFilter, QuerySelect, QueryTrait,
    TryIntoModel,
    sea_query::{Expr, ExprTrait, Func, OnConflict, UnionType},
};
use uuid::Uuid;
use voice::event::Usage;

use crate::{Database, Error, Result, conversations};

pub use days::{forget_details, roll_up};
pub use prices::{Price, Prices, Served, Service};

/// Days in the longest report.
const LONGEST_REPORT: i64 = 366;

/// What was used by one channel in one day, or by more in more. A conversation of two days counts in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromQueryResult)]
pub struct Amount {
    pub conversations: i64,
    pub duration_ms: i64,
    pub transcribed_ms: i64,
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
    pub spoken_characters: i64,
    /// Estimated cost of what has a known price, by stage, millionths of a US dollar.
    pub transcription_cost: i64,
    pub model_cost: i64,
    pub speech_cost: i64,
    /// Conversations of which some part was served at a price that is not known, and is in none of the costs. What a
    /// tenant's own credential pays for is not among them: it costs nothing here.
    pub unpriced: i64,
}

/// A line of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub day: NaiveDate,
    pub channel: Channel,
    pub amount: Amount,
}

/// What was used from one day to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The oldest first; what has no use is left out.
    pub lines: Vec<Line>,
    /// Of all days.
    pub channels: Vec<(Channel, Amount)>,
    pub total: Amount,
}

/// What the tenant used from one day to another, both included. [`Error::Invalid`]: more than 366 days, or none.
pub async fn report(db: &Database, tenant: TenantId, from: NaiveDate, to: NaiveDate) -> Result<Report> {
    if to < from || (to - from).num_days() >= LONGEST_REPORT {
        return Err(Error::invalid("from", "must not be after `to`, nor more than 366 days before it"));
    }
    #[derive(FromQueryResult)]
    struct Row {
        day: NaiveDate,
        channel: Channel,
        #[sea_orm(nested)]
        amount: Amount,
    }
    let days = usage::Entity::of(tenant).filter(usage::Column::Day.between(from, to)).filter(days::is_not_rolled());
    let mut rows = amounts(days)
        .column(usage::Column::Day)
        .column(usage::Column::Channel)
        .group_by(usage::Column::Day)
        .group_by(usage::Column::Channel)
        .into_query();
    // One statement for both: what is rolled up in between would be in both, or in neither.
    rows.union(UnionType::All, days::rolled(tenant, from, to));
    let conn = db.of(tenant);
    let rows = Row::find_by_statement(conn.get_database_backend().build(&rows)).all(&conn).await?;
    let mut lines: Vec<Line> = Vec::new();
    for Row { day, channel, amount } in rows {
        match lines.iter_mut().find(|line| (line.day, line.channel) == (day, channel)) {
            Some(line) => line.amount += amount,
            None => lines.push(Line { day, channel, amount }),
        }
    }
    // By the channels' names, as the database orders them.
    lines.sort_by_key(|line| (line.day, line.channel.to_value()));
    let mut report = Report::default();
    for Line { day, channel, amount } in lines {
        report.lines.push(Line { day, channel, amount });
        report.total += amount;
        match report.channels.iter_mut().find(|(known, _)| *known == channel) {
            Some((_, sum)) => *sum += amount,
            None => report.channels.push((channel, amount)),
        }
    }
    Ok(report)
}

impl AddAssign for Amount {
    fn add_assign(&mut self, more: Self) {
        self.conversations += more.conversations;
        self.duration_ms += more.duration_ms;
        self.transcribed_ms += more.transcribed_ms;
        self.prompt_tokens += more.prompt_tokens;
        self.completion_tokens += more.completion_tokens;
        self.spoken_characters += more.spoken_characters;
        self.transcription_cost += more.transcription_cost;
        self.model_cost += more.model_cost;
        self.speech_cost += more.speech_cost;
        self.unpriced += more.unpriced;
    }
}

/// What one conversation has used so far, without the time of a line that is still there.
pub async fn of_conversation(db: &Database, tenant: TenantId, id: ConversationId) -> Result<Amount> {
    conversations::find(db, tenant, id).await?;
    let days = usage::Entity::of(tenant).filter(usage::Column::ConversationId.eq(id));
    Ok(amounts(days).into_model().one(&db.of(tenant)).await?.unwrap_or_default())
}

/// Counts what belongs to no turn: of this conversation, or of none (speech recognised or spoken over HTTP).
pub async fn note(
    db: &Database,
    tenant: TenantId,
    conversation: Option<ConversationId>,
    served: &Served,
    used: &Usage,
    now: DateTime<Utc>,
) -> Result<()> {
    let tx = db.write(tenant).await?;
    let (conversation, channel) = match conversation {
        Some(id) => (id, conversations::find_in(&tx, tenant, id).await?.channel),
        None => (ConversationId::from(Uuid::nil()), Channel::Http),
    };
    add_in(&tx, tenant, conversation, channel, now, served, used).await?;
    Ok(tx.commit().await?)
}

/// Counts what a turn used: to be called once for it.
pub(crate) async fn add_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: ConversationId,
    channel: Channel,
    now: DateTime<Utc>,
    served: &Served,
    used: &Usage,
) -> Result<()> {
    let name = |used: u64, service: &Service| service.name.clone().filter(|_| used > 0);
    let costs = [served.transcription_cost(used), served.model_cost(used), served.speech_cost(used)];
    let [transcription_cost, model_cost, speech_cost] = costs.map(Option::unwrap_or_default);
    let row = usage::ActiveModel {
        transcribed_ms: Set(stored(used.transcribed_ms)),
        prompt_tokens: Set(stored(used.prompt_tokens)),
        completion_tokens: Set(stored(used.completion_tokens)),
        spoken_characters: Set(stored(used.spoken_characters)),
        transcription_cost: Set(transcription_cost),
        model_cost: Set(model_cost),
        speech_cost: Set(speech_cost),
        unpriced: Set(costs.contains(&None).into()),
        stt: Set(name(used.transcribed_ms, &served.stt)),
        model: Set(name(used.prompt_tokens + used.completion_tokens, &served.model)),
        tts: Set(name(used.spoken_characters, &served.tts)),
        ..nothing(tenant, conversation, channel, now)
    };
    insert_or_add(conn, row).await
}

/// Counts the time of a line that is gone.
pub(crate) async fn add_talk_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    slot: &call_slot::Model,
    until: DateTime<Utc>,
) -> Result<()> {
    let duration = (until - slot.since).max(TimeDelta::zero());
    let row = usage::ActiveModel {
        duration_ms: Set(duration.num_milliseconds()),
        ..nothing(tenant, slot.conversation_id, slot.channel, slot.since)
    };
    insert_or_add(conn, row).await
}

/// Time with a line since that day, milliseconds; of lines that are gone.
pub(crate) async fn talked_since_in(conn: &impl ConnectionTrait, tenant: TenantId, day: NaiveDate) -> Result<u64> {
    let rows = usage::Entity::of(tenant).filter(usage::Column::Day.gte(day)).select_only();
    let sum = rows.expr_as(total(usage::Column::DurationMs), "sum").into_tuple::<i64>().one(conn).await?;
    Ok(sum.unwrap_or_default().unsigned_abs())
}

/// Known cost of that day, millionths of a US dollar.
pub(crate) async fn spent_in(conn: &impl ConnectionTrait, tenant: TenantId, day: NaiveDate) -> Result<u64> {
    let rows = usage::Entity::of(tenant).filter(usage::Column::Day.eq(day)).select_only();
    let all = COSTS.map(total).into_iter().reduce(ExprTrait::add).expect("there are three");
    let sum = rows.expr_as(all, "sum").into_tuple::<i64>().one(conn).await?;
    Ok(sum.unwrap_or_default().unsigned_abs())
}

const AMOUNTS: [usage::Column; 5] = [
    usage::Column::DurationMs,
    usage::Column::TranscribedMs,
    usage::Column::PromptTokens,
    usage::Column::CompletionTokens,
    usage::Column::SpokenCharacters,
];

const COSTS: [usage::Column; 3] =
    [usage::Column::TranscriptionCost, usage::Column::ModelCost, usage::Column::SpeechCost];

/// The columns of [`Amount`].
fn amounts(rows: sea_orm::Select<usage::Entity>) -> sea_orm::Select<usage::Entity> {
    let is_real = usage::Column::ConversationId.ne(Uuid::nil());
    let is_unpriced = usage::Column::Unpriced.gt(0);
    let count = |of: Expr| bigint(Expr::case(of, 1).finally(0).into());
    let rows = rows.select_only().expr_as(count(is_real), "conversations").expr_as(count(is_unpriced), "unpriced");
    AMOUNTS.into_iter().chain(COSTS).fold(rows, |rows, column| rows.expr_as(total(column), column.as_str()))
}

/// The sum; 0 of none.
fn total(column: usage::Column) -> Expr {
    bigint(column.into_expr())
}

/// PostgreSQL sums up big integers to a `numeric`.
fn bigint(summed: Expr) -> Expr {
    Expr::from(Func::coalesce([summed.sum(), 0.into()])).cast_as("BIGINT")
}

fn stored(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

fn nothing(tenant: TenantId, conversation: ConversationId, channel: Channel, at: DateTime<Utc>) -> usage::ActiveModel {
    usage::ActiveModel {
        tenant_id: Set(tenant),
        conversation_id: Set(conversation),
        day: Set(at.date_naive()),
        channel: Set(channel),
        duration_ms: Set(0),
        transcribed_ms: Set(0),
        prompt_tokens: Set(0),
        completion_tokens: Set(0),
        spoken_characters: Set(0),
        transcription_cost: Set(0),
        model_cost: Set(0),
        speech_cost: Set(0),
        unpriced: Set(0),
        stt: Set(None),
        model: Set(None),
        tts: Set(None),
        rolled: Set(false),
    }
}

/// Within a transaction: what comes late for a day that is rolled up is added twice.
async fn insert_or_add(conn: &impl ConnectionTrait, row: usage::ActiveModel) -> Result<()> {
    let more = row.clone().try_into_model()?;
    let known = |column: usage::Column| Expr::col((usage::Entity, column));
    let new = |column: usage::Column| Expr::col(("excluded", column));
    let mut again = OnConflict::columns([usage::Column::TenantId, usage::Column::ConversationId, usage::Column::Day]);
    for column in AMOUNTS.into_iter().chain(COSTS).chain([usage::Column::Unpriced]) {
        again.value(column, known(column).add(new(column)));
    }
    for column in [usage::Column::Stt, usage::Column::Model, usage::Column::Tts] {
        again.value(column, Func::coalesce([new(column), known(column)]));
    }
    let row = usage::Entity::insert(row).on_conflict(again).exec_with_returning(conn).await?;
    if row.rolled {
        days::add_late(conn, &row, &more).await?;
    }
    Ok(())
}

//! How things go with a tenant: conversations, failures and reply latency by day (UTC).

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use entity::{
    TenantScoped,
    conversation::{self, Channel},
    id::TenantId,
    turn,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::ExprTrait};
use voice::event::TurnTimes;

use crate::{
    Database, Error, Result, admission,
    conversations::{end_kind, first_id_at, percentile, reply_latency},
    usage,
};

/// Days in the longest overview.
pub const LONGEST: u32 = 92;

/// Turns and failures that are looked at, the newest of them: some megabytes, and a tenth of a second.
const MOST_ROWS: u64 = 20_000;

/// Ends that nobody wished for.
const FAILURES: [&str; 3] = ["failed", "line_broken", "refused"];

/// What happened in one day, or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// By telephone.
    pub calls: u64,
    /// On any channel, calls too. One of two days counts in both.
    pub conversations: u64,
    /// With a line: calls and voice sockets.
    pub duration_ms: u64,
    /// Conversations that broke, failed or were turned away, on the day on which they began.
    pub failures: u64,
    /// Spoken replies whose latency is known.
    pub replies: u64,
    /// From the caller's last word to the first frame of the reply; `None`: there was no reply.
    pub latency_p50_ms: Option<u64>,
    pub latency_p95_ms: Option<u64>,
}

/// The last days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Lines that are open now: phone calls and voice sockets.
    pub live: u64,
    /// Every day, the oldest first; today is the last.
    pub days: Vec<(NaiveDate, Figures)>,
    pub total: Figures,
    /// By the kind of their end.
    pub failures: BTreeMap<String, u64>,
}

/// The last `days`, today included. Latency is that of the newest 20,000 turns. [`Error::Invalid`]: no day, or more
/// than [`LONGEST`].
pub async fn of(db: &Database, tenant: TenantId, days: u32, now: DateTime<Utc>) -> Result<Overview> {
    if days == 0 || days > LONGEST {
        return Err(Error::invalid("days", format!("must be 1 to {LONGEST}")));
    }
    let today = now.date_naive();
    let from = today - Days::new(u64::from(days) - 1);
    let mut by_day: BTreeMap<_, _> =
        from.iter_days().take(days as usize).map(|day| (day, Figures::default())).collect();
    let mut total = Figures::default();
    for usage::Line { day, channel, amount } in usage::report(db, tenant, from, today).await?.lines {
        let figures = by_day.entry(day).or_default();
        for figures in [figures, &mut total] {
            let conversations = amount.conversations.unsigned_abs();
            figures.calls += if channel == Channel::Phone { conversations } else { 0 };
            figures.conversations += conversations;
            figures.duration_ms += amount.duration_ms.unsigned_abs();
        }
    }
    let mut failures = BTreeMap::new();
    for (began, kind) in failed(db, tenant, from).await? {
        by_day.entry(began.date_naive()).or_default().failures += 1;
        total.failures += 1;
        *failures.entry(kind).or_default() += 1;
    }
    let mut latencies: BTreeMap<NaiveDate, Vec<u64>> = BTreeMap::new();
    for (day, latency) in replies(db, tenant, from).await? {
        latencies.entry(day).or_default().push(latency);
    }
    let of_all = latencies.values().flatten().copied().collect();
    reckon(&mut total, of_all);
    for (day, of_day) in latencies {
        reckon(by_day.entry(day).or_default(), of_day);
    }
    let live = admission::used(db, tenant, now).await?.concurrent_calls;
    Ok(Overview { live, days: by_day.into_iter().collect(), total, failures })
}

fn reckon(figures: &mut Figures, mut latencies: Vec<u64>) {
    latencies.sort_unstable();
    figures.replies = latencies.len() as u64;
    figures.latency_p50_ms = percentile(&latencies, 50);
    figures.latency_p95_ms = percentile(&latencies, 95);
}

/// When they began, and why they ended.
async fn failed(db: &Database, tenant: TenantId, from: NaiveDate) -> Result<Vec<(DateTime<Utc>, String)>> {
    let rows = conversation::Entity::of(tenant)
        .filter(conversation::Column::Id.gte(first_id_at(from.and_time(NaiveTime::MIN).and_utc())))
        .filter(end_kind().is_in(FAILURES))
        .order_by_desc(conversation::Column::Id)
        .limit(MOST_ROWS);
    let rows = rows.select_only().column(conversation::Column::StartedAt).expr_as(end_kind(), "kind");
    Ok(rows.into_tuple().all(&db.of(tenant)).await?)
}

/// Spoken replies with the days of their turns.
async fn replies(db: &Database, tenant: TenantId, from: NaiveDate) -> Result<Vec<(NaiveDate, u64)>> {
    let rows = turn::Entity::of(tenant)
        .filter(turn::Column::ConversationId.gte(first_id_at(from.and_time(NaiveTime::MIN).and_utc())))
        .order_by_desc(turn::Column::ConversationId)
        .order_by_desc(turn::Column::Number)
        .limit(MOST_ROWS);
    let rows = rows.select_only().column(turn::Column::StartedAt).column(turn::Column::Times);
    let rows: Vec<(DateTime<Utc>, serde_json::Value)> = rows.into_tuple().all(&db.of(tenant)).await?;
    let known = rows.into_iter().filter_map(|(at, times)| {
        // A row that cannot be read costs its latency, not the overview.
        let times: TurnTimes = serde_json::from_value(times).ok()?;
        Some((at.date_naive(), reply_latency(&times)?))
    });
    Ok(known.collect())
}

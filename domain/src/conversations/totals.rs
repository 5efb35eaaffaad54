//! What the turns of a conversation come to.

use entity::{
    TenantScoped,
    conversation::{self, Totals},
    id::{ConversationId, TenantId},
    turn,
};
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use voice::event::{TurnTimes, Usage};

use super::{find, turns};
use crate::{Database, Error, Result};

/// Sums up the turns and writes the totals into the conversation's row. Run twice, it writes the same twice.
pub async fn reckon_totals(db: &Database, tenant: TenantId, id: ConversationId) -> Result<Totals> {
    let conversation = find(db, tenant, id).await?;
    let turns = turns(db, tenant, id).await?;
    let ended_at = conversation.ended_at.unwrap_or(conversation.active_at);
    let mut totals = Totals {
        turns: turns.len() as u64,
        interrupted: turns.iter().filter(|turn| turn.interrupted).count() as u64,
        duration_ms: u64::try_from((ended_at - conversation.started_at).num_milliseconds()).unwrap_or(0),
        ..Totals::default()
    };
    let mut latencies = Vec::new();
    for turn in turns {
        latencies.extend(add(&mut totals, turn)?);
    }
    latencies.sort_unstable();
    totals.reply_latency_p50_ms = percentile(&latencies, 50);
    totals.reply_latency_p95_ms = percentile(&latencies, 95);
    let json = serde_json::to_value(&totals).map_err(|source| Error::Stored { what: "totals", source })?;
    conversation::Entity::update_of(tenant)
        .col_expr(conversation::Column::Totals, Expr::value(json))
        .filter(conversation::Column::Id.eq(id))
        .exec(&db.of(tenant))
        .await?;
    Ok(totals)
}

/// Adds a turn's usage and gives its reply latency.
fn add(totals: &mut Totals, turn: turn::Model) -> Result<Option<u64>> {
    let stored = |what| move |source| Error::Stored { what, source };
    let usage: Usage = serde_json::from_value(turn.usage).map_err(stored("turn usage"))?;
    let times: TurnTimes = serde_json::from_value(turn.times).map_err(stored("turn times"))?;
    totals.transcribed_ms += usage.transcribed_ms;
    totals.prompt_tokens += usage.prompt_tokens;
    totals.completion_tokens += usage.completion_tokens;
    totals.spoken_characters += usage.spoken_characters;
    Ok(reply_latency(&times))
}

/// From the caller's last word to the first frame of the reply; `None`: the turn has not both.
pub(crate) fn reply_latency(times: &TurnTimes) -> Option<u64> {
    let both = times.caller_stopped_ms.zip(times.first_frame_sent_ms);
    both.and_then(|(stopped, sent)| sent.checked_sub(stopped))
}

/// Nearest rank of sorted values; `None` of none.
pub(crate) fn percentile(sorted: &[u64], percent: usize) -> Option<u64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.saturating_sub(1)).copied()
}

//! Turns: written when they start, completed when they end, so that a crash in between loses no word of the caller's.

use entity::{
    TenantScoped,
    conversation::{self, Channel},
    id::{ConversationId, TenantId, TurnId},
    turn::{self, PromptKind},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde::Serialize;
use voice::{
    event::{Prompt, Turn, TurnTimes, Usage},
    provider::Message,
    tool::{self, ToolUse},
};

use super::{find, touch};
use crate::{
    Database, Error, Result, transcripts,
    usage::{self, Served},
};

/// All turns, oldest first.
pub async fn turns(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<Vec<turn::Model>> {
    find(db, tenant, conversation).await?;
    let of_it = turn::Entity::of(tenant).filter(turn::Column::ConversationId.eq(conversation));
    Ok(of_it.order_by_asc(turn::Column::Number).all(&db.of(tenant)).await?)
}

/// What was said, as a model is told it: the caller's words, and of the agent's what was heard. A turn that never
/// ended contributes the caller's words.
pub async fn history(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<Vec<Message>> {
    let said = turns(db, tenant, conversation).await?.into_iter().flat_map(|turn| {
        let user = turn.prompt_text.filter(|text| !text.is_empty()).map(|text| Message::User { text });
        // A row that cannot be read costs its calls, not the conversation.
        let uses: Vec<ToolUse> = serde_json::from_value(turn.tool_calls).unwrap_or_default();
        let text = turn.heard_text;
        let assistant = (!text.is_empty()).then(|| Message::Assistant { text, tool_calls: Vec::new() });
        user.into_iter().chain(tool::messages(&uses)).chain(assistant)
    });
    Ok(said.collect())
}

/// How many functions were called in it, be it with success or not.
pub(crate) async fn tools_called(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<u32> {
    let uses: Vec<serde_json::Value> = turn::Entity::of(tenant)
        .filter(turn::Column::ConversationId.eq(conversation))
        .select_only()
        .column(turn::Column::ToolCalls)
        .into_tuple()
        .all(&db.of(tenant))
        .await?;
    let called = uses.iter().filter_map(|uses| uses.as_array()).map(Vec::len).sum::<usize>();
    Ok(u32::try_from(called).unwrap_or(u32::MAX))
}

/// What functions have been called in a turn that goes on: what they did outlives the process. Changes nothing in a
/// turn that has ended.
pub async fn tools_used(
    db: &Database,
    tenant: TenantId,
    conversation: ConversationId,
    id: TurnId,
    uses: &[ToolUse],
) -> Result<()> {
    let tx = db.write(tenant).await?;
    turn::Entity::update_of(tenant)
        .col_expr(turn::Column::ToolCalls, Expr::value(storable_json("tool calls", uses)?))
        .filter(turn::Column::ConversationId.eq(conversation))
        .filter(turn::Column::Id.eq(id))
        .filter(turn::Column::EndedAt.is_null())
        .exec(&tx)
        .await?;
    Ok(tx.commit().await?)
}

/// The number that the next turn gets, if nobody else records one before: 0 (the greeting's) in a conversation
/// without turns.
pub async fn next_turn(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<u32> {
    find(db, tenant, conversation).await?;
    Ok(u32::try_from(next_number(&db.of(tenant), tenant, conversation).await?).unwrap_or(0))
}

/// The caller's part is final. Gives the turn's number: the next that the conversation has, whoever else records
/// turns in it. A second time with the same `id` changes nothing and gives the same.
pub async fn turn_started(
    db: &Database,
    tenant: TenantId,
    conversation: ConversationId,
    id: TurnId,
    prompt: &Prompt,
) -> Result<u32> {
    let turn = Turn {
        number: 0,
        prompt: prompt.clone(),
        generated_text: String::new(),
        heard_text: String::new(),
        interrupted: false,
        tool_calls: Vec::new(),
        times: TurnTimes::default(),
        usage: Usage::default(),
    };
    let row = row(tenant, conversation, &turn)?;
    let tx = db.write(tenant).await?;
    let written = write(&tx, tenant, conversation, id, row).await?;
    tx.commit().await?;
    Ok(written.number)
}

/// The turn is over, and what it used is counted. Gives its number, as [`turn_started`] did: the one in `turn` is not
/// looked at. A second time writes the same again and counts nothing more; a turn whose start was not recorded is
/// recorded whole.
pub async fn turn_ended(
    db: &Database,
    tenant: TenantId,
    conversation: ConversationId,
    id: TurnId,
    turn: &Turn,
    served: &Served,
) -> Result<u32> {
    let mut row = row(tenant, conversation, turn)?;
    row.ended_at = Set(Some(entity::now()));
    let tx = db.write(tenant).await?;
    let Written { number, channel, was_over, is_late } = write(&tx, tenant, conversation, id, row).await?;
    let mut job = None;
    if !was_over {
        usage::add_in(&tx, tenant, conversation, channel, entity::now(), served, &turn.usage).await?;
        if is_late {
            job = Some(transcripts::order(&tx, tenant, conversation, entity::now()).await?);
        }
    }
    tx.commit().await?;
    if let Some(job) = job {
        db.queue().push(job);
    }
    Ok(number)
}

/// What became of a turn's row.
struct Written {
    number: u32,
    channel: Channel,
    /// Before.
    was_over: bool,
    /// The conversation has ended: its transcript has been ordered without the turn.
    is_late: bool,
}

/// Makes the turn's row, with the next number, or completes it.
async fn write(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: ConversationId,
    id: TurnId,
    row: turn::ActiveModel,
) -> Result<Written> {
    // Locks the conversation: others wait who want a number in it, or record the same turn.
    let conversation::Model { channel, status, .. } = touch(conn, tenant, conversation).await?;
    let of_it = turn::Entity::of(tenant).filter(turn::Column::ConversationId.eq(conversation));
    let known = of_it.filter(turn::Column::Id.eq(id)).one(conn).await?;
    let was_over = known.as_ref().is_some_and(|known| known.ended_at.is_some());
    let number = match known {
        Some(known) => {
            if row.ended_at != Set(None) {
                let row = turn::ActiveModel { number: Set(known.number), started_at: NotSet, ..row };
                row.update(conn).await?;
            }
            known.number
        }
        None => {
            let next = next_number(conn, tenant, conversation).await?;
            // 0 is the greeting's.
            let number = if row.prompt_kind == Set(PromptKind::Greeting) { next } else { next.max(1) };
            turn::ActiveModel { number: Set(number), id: Set(Some(id)), ..row }.insert(conn).await?;
            number
        }
    };
    let is_late = status == conversation::Status::Ended;
    Ok(Written { number: u32::try_from(number).unwrap_or(0), channel, was_over, is_late })
}

async fn next_number(conn: &impl ConnectionTrait, tenant: TenantId, conversation: ConversationId) -> Result<i32> {
    let last: Option<Option<i32>> = turn::Entity::of(tenant)
        .filter(turn::Column::ConversationId.eq(conversation))
        .select_only()
        .column_as(turn::Column::Number.max(), "last")
        .into_tuple()
        .one(conn)
        .await?;
    Ok(last.flatten().map_or(0, |number| number + 1))
}

/// Without its number.
fn row(tenant: TenantId, conversation: ConversationId, turn: &Turn) -> Result<turn::ActiveModel> {
    Ok(turn::ActiveModel {
        tenant_id: Set(tenant),
        conversation_id: Set(conversation),
        number: NotSet,
        id: NotSet,
        prompt_kind: Set(kind(&turn.prompt)),
        prompt_text: Set(turn.prompt.text().map(storable)),
        generated_text: Set(storable(&turn.generated_text)),
        heard_text: Set(storable(&turn.heard_text)),
        interrupted: Set(turn.interrupted),
        tool_calls: Set(storable_json("tool calls", &turn.tool_calls)?),
        times: Set(storable_json("turn times", turn.times)?),
        usage: Set(storable_json("turn usage", turn.usage)?),
        started_at: Set(entity::now()),
        ended_at: Set(None),
    })
}

const fn kind(prompt: &Prompt) -> PromptKind {
    match prompt {
        Prompt::Greeting => PromptKind::Greeting,
        Prompt::Speech(_) => PromptKind::Speech,
        Prompt::Text(_) => PromptKind::Text,
        Prompt::Dtmf(_) => PromptKind::Dtmf,
        Prompt::Idle => PromptKind::Idle,
    }
}

/// PostgreSQL's `text` refuses NUL.
fn storable(text: &str) -> String {
    text.replace('\0', "")
}

/// PostgreSQL's `jsonb` refuses NUL in strings.
pub(crate) fn storable_json(what: &'static str, value: impl Serialize) -> Result<serde_json::Value> {
    fn clean(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::String(text) if text.contains('\0') => *text = storable(text),
            serde_json::Value::Array(list) => list.iter_mut().for_each(clean),
            serde_json::Value::Object(map) => map.values_mut().for_each(clean),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(value).map_err(|source| Error::Stored { what, source })?;
    clean(&mut value);
    Ok(value)
}

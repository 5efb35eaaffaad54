//! Turns: written when they start, completed when they end, so that a crash in between loses no word of the caller's.

use entity::{
    TenantScoped,
    id::{ConversationId, TenantId},
    turn::{self, PromptKind},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, SelectExt,
    sea_query::{Expr, OnConflict},
};
use serde::Serialize;
use voice::{
    event::{Prompt, Turn, TurnTimes, Usage},
    provider::Message,
    tool::{self, ToolUse},
};

use super::{find, touch};
use crate::{
    Database, Error, Result,
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

/// How many functions were called in it.
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
    number: u32,
    uses: &[ToolUse],
) -> Result<()> {
    let tx = db.write(tenant).await?;
    turn::Entity::update_of(tenant)
        .col_expr(turn::Column::ToolCalls, Expr::value(json("tool calls", uses)?))
        .filter(turn::Column::ConversationId.eq(conversation))
        .filter(turn::Column::Number.eq(i64::from(number)))
        .filter(turn::Column::EndedAt.is_null())
        .exec(&tx)
        .await?;
    Ok(tx.commit().await?)
}

/// The number that the next turn gets: 0 (the greeting's) in a conversation without turns.
pub async fn next_turn(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<u32> {
    find(db, tenant, conversation).await?;
    let last: Option<Option<i32>> = turn::Entity::of(tenant)
        .filter(turn::Column::ConversationId.eq(conversation))
        .select_only()
        .column_as(turn::Column::Number.max(), "last")
        .into_tuple()
        .one(&db.of(tenant))
        .await?;
    Ok(last.flatten().map_or(0, |number| u32::try_from(number).unwrap_or(0) + 1))
}

/// The caller's part is final. A second time changes nothing.
pub async fn turn_started(
    db: &Database,
    tenant: TenantId,
    conversation: ConversationId,
    number: u32,
    prompt: &Prompt,
) -> Result<()> {
    let turn = Turn {
        number,
        prompt: prompt.clone(),
        generated_text: String::new(),
        heard_text: String::new(),
        interrupted: false,
        tool_calls: Vec::new(),
        times: TurnTimes::default(),
        usage: Usage::default(),
    };
    let row = row(tenant, conversation, &turn)?;
    let known = OnConflict::columns(KEY).do_nothing().to_owned();
    let tx = db.write(tenant).await?;
    touch(&tx, tenant, conversation).await?;
    turn::Entity::insert(row).on_conflict(known).exec_without_returning(&tx).await?;
    Ok(tx.commit().await?)
}

/// The turn is over, and what it used is counted. A second time writes the same again and counts nothing more; a turn
/// whose start was not recorded is recorded whole.
pub async fn turn_ended(
    db: &Database,
    tenant: TenantId,
    conversation: ConversationId,
    turn: &Turn,
    served: &Served,
) -> Result<()> {
    let row = turn::ActiveModel { ended_at: Set(Some(entity::now())), ..row(tenant, conversation, turn)? };
    let outcome = [
        turn::Column::PromptKind,
        turn::Column::PromptText,
        turn::Column::GeneratedText,
        turn::Column::HeardText,
        turn::Column::Interrupted,
        turn::Column::ToolCalls,
        turn::Column::Times,
        turn::Column::Usage,
        turn::Column::EndedAt,
    ];
    let known = OnConflict::columns(KEY).update_columns(outcome).to_owned();
    let tx = db.write(tenant).await?;
    // Locks the conversation: of two that record the same turn at once, the second sees the first's.
    let channel = touch(&tx, tenant, conversation).await?.channel;
    let before = turn::Entity::of(tenant)
        .filter(turn::Column::ConversationId.eq(conversation))
        .filter(turn::Column::Number.eq(row.number.clone().unwrap()))
        .filter(turn::Column::EndedAt.is_not_null());
    if !before.exists(&tx).await? {
        usage::add_in(&tx, tenant, conversation, channel, entity::now(), served, &turn.usage).await?;
    }
    turn::Entity::insert(row).on_conflict(known).exec_without_returning(&tx).await?;
    Ok(tx.commit().await?)
}

const KEY: [turn::Column; 3] = [turn::Column::TenantId, turn::Column::ConversationId, turn::Column::Number];

fn row(tenant: TenantId, conversation: ConversationId, turn: &Turn) -> Result<turn::ActiveModel> {
    let number = i32::try_from(turn.number).map_err(|_| Error::invalid("number", "too many turns"))?;
    Ok(turn::ActiveModel {
        tenant_id: Set(tenant),
        conversation_id: Set(conversation),
        number: Set(number),
        prompt_kind: Set(kind(&turn.prompt)),
        prompt_text: Set(turn.prompt.text().map(storable)),
        generated_text: Set(storable(&turn.generated_text)),
        heard_text: Set(storable(&turn.heard_text)),
        interrupted: Set(turn.interrupted),
        tool_calls: Set(json("tool calls", &turn.tool_calls)?),
        times: Set(json("turn times", turn.times)?),
        usage: Set(json("turn usage", turn.usage)?),
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
fn json(what: &'static str, value: impl Serialize) -> Result<serde_json::Value> {
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

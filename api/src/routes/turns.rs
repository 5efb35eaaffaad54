use domain::{
    conversations,
    entity::{
        id::{ConversationId, TenantId},
        turn::{Model, PromptKind},
    },
};
use poem_openapi::{Object, payload::Json, types::Example};

use crate::{AppState, problem::ApiError};

/// What the caller said and what the agent answered.
#[derive(Object)]
#[oai(example)]
pub struct Turn {
    /// Counts from 1; 0 is the greeting.
    number: i32,
    /// `greeting`, `speech`, `text`, `dtmf` or `idle`
    prompt_kind: String,
    /// The caller's words or digits.
    prompt_text: Option<String>,
    /// All that the model produced.
    generated_text: String,
    /// The part of it that was played before the turn ended.
    heard_text: String,
    /// The caller broke in.
    interrupted: bool,
    /// Functions that the model called: a list of `{id, name, arguments, round, outcome, latency_ms, result}`.
    /// `arguments`: JSON as the model wrote it. `outcome`: `running`, `done`, `failed`, `timed_out`, `refused` (not
    /// tried) or `abandoned` (the caller broke in; it may have been done), null for hanging up and transferring.
    /// `result`: what the model was told.
    tool_calls: serde_json::Value,
    /// When each step happened, milliseconds on the media clock: `caller_stopped_ms`, `end_of_turn_ms`,
    /// `transcript_final_ms`, `first_token_ms`, `first_speech_byte_ms`, `first_frame_sent_ms`,
    /// `first_mark_echoed_ms`; null: it did not.
    times: serde_json::Value,
    /// `transcribed_ms`, `prompt_tokens`, `completion_tokens`, `spoken_characters`.
    usage: serde_json::Value,
    started_at: chrono::DateTime<chrono::Utc>,
    ended_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl From<Model> for Turn {
    fn from(row: Model) -> Self {
        let kind = match row.prompt_kind {
            PromptKind::Greeting => "greeting",
            PromptKind::Speech => "speech",
            PromptKind::Text => "text",
            PromptKind::Dtmf => "dtmf",
            PromptKind::Idle => "idle",
        };
        Self {
            number: row.number,
            prompt_kind: kind.into(),
            prompt_text: row.prompt_text,
            generated_text: row.generated_text,
            heard_text: row.heard_text,
            interrupted: row.interrupted,
            tool_calls: row.tool_calls,
            times: row.times,
            usage: row.usage,
            started_at: row.started_at,
            ended_at: row.ended_at,
        }
    }
}

impl Example for Turn {
    fn example() -> Self {
        Self {
            number: 1,
            prompt_kind: "speech".into(),
            prompt_text: Some("Where is my order? The number is 4815.".into()),
            generated_text: "It is on its way.".into(),
            heard_text: "It is on its way.".into(),
            interrupted: false,
            tool_calls: serde_json::json!([{
                "id": "call_1", "name": "find_order", "arguments": r#"{"number":"4815"}"#, "round": 0,
                "outcome": "done", "latency_ms": 212, "result": r#"{"status":"on its way"}"#
            }]),
            times: serde_json::json!({
                "caller_stopped_ms": 5_120, "end_of_turn_ms": 5_600, "transcript_final_ms": 5_540,
                "first_token_ms": 5_580, "first_speech_byte_ms": 5_640, "first_frame_sent_ms": 5_660,
                "first_mark_echoed_ms": 6_480
            }),
            usage: serde_json::json!({
                "transcribed_ms": 2_140, "prompt_tokens": 212, "completion_tokens": 21, "spoken_characters": 17
            }),
            started_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            ended_at: Some("2026-11-22T15:04:08.654321Z".parse().expect("a constant that parses")),
        }
    }
}

/// Turns, oldest first.
#[derive(Object)]
#[oai(example)]
pub struct TurnList {
    items: Vec<Turn>,
}

impl Example for TurnList {
    fn example() -> Self {
        Self { items: vec![Turn::example()] }
    }
}

pub async fn of(state: &AppState, tenant: TenantId, conversation: ConversationId) -> Result<Json<TurnList>, ApiError> {
    let db = &state.database;
    // An empty list would not tell a conversation without turns from one of another tenant.
    conversations::find(db, tenant, conversation).await?;
    let turns = conversations::turns(db, tenant, conversation).await?;
    Ok(Json(TurnList { items: turns.into_iter().map(Turn::from).collect() }))
}

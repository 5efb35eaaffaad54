//! What consumers are told of an event: ids, names and numbers that are the tenant's; no secrets and no speech.

use entity::{
    TenantScoped, analysis, call,
    conversation::{self, Channel},
    id::{ConversationId, TenantId},
    phone_number, recording,
};
use sea_orm::{ActiveEnum, ColumnTrait, ConnectionTrait, QueryFilter};
use serde_json::{Value, json};

use super::Event;
use crate::{Error, Result, conversations, transcriptions};

/// An event as it is written down.
pub(super) struct Told {
    /// One of [`TYPES`](super::TYPES).
    pub(super) kind: &'static str,
    pub(super) conversation: Option<ConversationId>,
    pub(super) data: Value,
}

impl Told {
    const fn new(kind: &'static str, data: Value) -> Self {
        Self { kind, conversation: None, data }
    }
}

pub(super) async fn of(conn: &impl ConnectionTrait, tenant: TenantId, event: &Event) -> Result<Told> {
    match event {
        Event::ConversationStarted { conversation } => {
            let row = conversations::find_in(conn, tenant, *conversation).await?;
            let kind = if row.channel == Channel::Phone { "call.started" } else { "conversation.started" };
            of_conversation(conn, tenant, &row, kind, json!({})).await
        }
        Event::ConversationEnded { conversation } => {
            let row = conversations::find_in(conn, tenant, *conversation).await?;
            let kind = if row.channel == Channel::Phone { "call.ended" } else { "conversation.ended" };
            let data = json!({
                "ended_at": row.ended_at,
                "duration_ms": row.ended_at.map(|at| (at - row.started_at).num_milliseconds()),
                "end_reason": row.end_reason.as_ref().and_then(|reason| reason.get("kind")),
            });
            of_conversation(conn, tenant, &row, kind, data).await
        }
        Event::TranscriptReady { conversation } => {
            let row = conversations::find_in(conn, tenant, *conversation).await?;
            of_conversation(conn, tenant, &row, "transcript.ready", json!({})).await
        }
        Event::RecordingReady { conversation, recording } => {
            let row = conversations::find_in(conn, tenant, *conversation).await?;
            let recording =
                recording::Entity::of(tenant).filter(recording::Column::Id.eq(*recording)).one(conn).await?;
            let recording = recording.ok_or(Error::NotFound { what: "recording" })?;
            let data = json!({
                "recording_id": recording.id,
                "recording_duration_ms": recording.duration_ms,
                "content_type": recording.content_type,
                "bytes": recording.bytes,
            });
            of_conversation(conn, tenant, &row, "recording.ready", data).await
        }
        Event::TranscriptionReady { transcription } => {
            let row = transcriptions::find_in(conn, tenant, *transcription).await?;
            let data = json!({
                "transcription_id": row.id,
                "language": row.language,
                "channels": row.channels,
                "duration_ms": row.duration_ms,
            });
            Ok(Told::new("transcription.ready", data))
        }
        Event::AnalysisReady { conversation, analysis } => {
            let row = conversations::find_in(conn, tenant, *conversation).await?;
            let analysis = analysis::Entity::of(tenant).filter(analysis::Column::Id.eq(*analysis)).one(conn).await?;
            let analysis = analysis.ok_or(Error::NotFound { what: "analysis" })?;
            let data = json!({
                "analysis_id": analysis.id,
                "outcome": analysis.outcome,
                "sentiment": analysis.sentiment.map(|sentiment| sentiment.to_value()),
            });
            of_conversation(conn, tenant, &row, "analysis.ready", data).await
        }
        Event::NumberDrifted { phone_number: id } => {
            let row = phone_number::Entity::of(tenant).filter(phone_number::Column::Id.eq(*id)).one(conn).await?;
            let row = row.ok_or(Error::NotFound { what: "phone number" })?;
            let data = json!({
                "phone_number_id": row.id,
                "phone_number": row.e164,
                "agent_id": row.agent_id,
                "outcome": row.check_outcome.map(|outcome| outcome.to_value()),
            });
            Ok(Told::new("number.drifted", data))
        }
        Event::ModelShutdown { stage, model, shutdown_date, days } => {
            let data = json!({ "stage": stage, "model": model, "shutdown_date": shutdown_date, "days": days });
            Ok(Told::new("model.shutdown", data))
        }
        Event::WebhookDisabled { endpoint, reason } => {
            Ok(Told::new("webhook.disabled", json!({ "endpoint_id": endpoint, "reason": reason })))
        }
    }
}

/// What every event of a conversation tells, and `more`; of a telephone call who called whom.
async fn of_conversation(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    row: &conversation::Model,
    kind: &'static str,
    more: Value,
) -> Result<Told> {
    let mut data = json!({
        "conversation_id": row.id,
        "session_id": row.session_id,
        "channel": row.channel,
        "agent_id": row.agent_id,
        "agent_version": row.agent_version,
        "customer_id": row.customer_id,
        "started_at": row.started_at,
    });
    let call = match row.channel {
        Channel::Phone => {
            let call = call::Entity::of(tenant).filter(call::Column::ConversationId.eq(row.id));
            call.one(conn).await?.map(|call| {
                json!({
                    "call_id": call.id,
                    "call_sid": call.call_sid,
                    "phone_number_id": call.phone_number_id,
                    "direction": "inbound",
                    "from": call.from_number,
                    "to": call.to_number,
                })
            })
        }
        Channel::Socket | Channel::Http => None,
    };
    for part in [call, Some(more)].into_iter().flatten() {
        if let (Value::Object(data), Value::Object(part)) = (&mut data, part) {
            data.extend(part);
        }
    }
    Ok(Told { kind, conversation: Some(row.id), data })
}

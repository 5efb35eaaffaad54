//! What happens to a tenant: written beside the change that it tells of, kept for a while, told to whoever listens.

mod data;
pub mod news;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, event,
    id::{
        AnalysisId, ConversationId, EventId, PhoneNumberId, RecordingId, TenantId, TranscriptionId, WebhookEndpointId,
    },
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
};

use crate::{
    Database, Error, Result,
    jobs::Ticket,
    page::{Page, Paging},
    webhooks,
};

/// How long events are kept, and with them what is known of their deliveries.
pub const RETENTION: TimeDelta = TimeDelta::days(30);

/// Deleted in one statement: some tens of milliseconds.
const BATCH: u64 = 1_000;

/// Batches deleted in one go; what is left waits for the next.
const MOST_BATCHES: usize = 20;

/// Something that happened. It says of what; the rest of what consumers are told is read from the rows as it is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// `call.started` of a telephone call, `conversation.started` of any other: who listens for calls does not want
    /// every chat.
    ConversationStarted {
        conversation: ConversationId,
    },
    /// `call.ended` or `conversation.ended`, however it ended.
    ConversationEnded {
        conversation: ConversationId,
    },
    /// The conversation's transcript is complete.
    TranscriptReady {
        conversation: ConversationId,
    },
    RecordingReady {
        conversation: ConversationId,
        recording: RecordingId,
    },
    /// Of an uploaded file.
    TranscriptionReady {
        transcription: TranscriptionId,
    },
    AnalysisReady {
        conversation: ConversationId,
        analysis: AnalysisId,
    },
    /// Twilio has something of a number that is not as it should be, and was when it was last asked.
    NumberDrifted {
        phone_number: PhoneNumberId,
    },
    /// A model that the tenant uses goes out of service.
    ModelShutdown {
        /// `speech_to_text`, `language_model` or `text_to_speech`.
        stage: String,
        model: String,
        shutdown_date: chrono::NaiveDate,
        /// From now to then.
        days: i64,
    },
    WebhookDisabled {
        endpoint: WebhookEndpointId,
        reason: String,
    },
}

/// Every type there is, and what it tells: what endpoints may subscribe to.
pub const TYPES: &[(&str, &str)] = &[
    ("call.started", "A telephone call came in, and an agent answers it."),
    ("call.ended", "A telephone call is over, however it ended."),
    ("conversation.started", "A conversation began that is no telephone call."),
    ("conversation.ended", "A conversation is over that is no telephone call."),
    ("transcript.ready", "The transcript of a conversation is complete."),
    ("recording.ready", "A recording of a conversation can be played."),
    ("transcription.ready", "An uploaded file has been transcribed."),
    ("analysis.ready", "A conversation has been analysed."),
    ("number.drifted", "What Twilio has of a number is not as it should be any more: its calls may not come here."),
    ("model.shutdown", "A model that is in use goes out of service."),
    ("webhook.disabled", "A webhook endpoint has failed for long and is told nothing any more."),
];

/// Writes an event into the transaction of the change that it tells of, and orders its deliveries. Push what it gives through
/// [`Queue::push_all`](crate::jobs::Queue::push_all) after the commit.
///
/// [`Error::NotFound`]: what it tells of is not there, or another tenant's.
pub async fn add(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    event: &Event,
    now: DateTime<Utc>,
) -> Result<Vec<Ticket>> {
    let told = data::of(conn, tenant, event).await?;
    let row = event::ActiveModel {
        id: Set(EventId::new()),
        tenant_id: Set(tenant),
        r#type: Set(told.kind.to_owned()),
        conversation_id: Set(told.conversation),
        data: Set(told.data),
        created_at: Set(now),
    };
    let row = row.insert(conn).await?;
    webhooks::order(conn, &row, now).await
}

/// Newest first; `types`: of these alone, none: of all. [`Error::Invalid`]: there is no such type.
pub async fn list(db: &Database, tenant: TenantId, types: &[String], paging: Paging) -> Result<Page<event::Model>> {
    check_types("type", types)?;
    let of_these = (!types.is_empty()).then_some(types);
    let events = event::Entity::of(tenant)
        .apply_if(of_these, |query, types| query.filter(event::Column::Type.is_in(types.iter().cloned())));
    paging.newest_first(&db.of(tenant), events, event::Column::Id).await
}

pub async fn find(db: &Database, tenant: TenantId, id: EventId) -> Result<event::Model> {
    let row = event::Entity::of(tenant).filter(event::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "event" })
}

pub(crate) fn check_types(field: &'static str, types: &[String]) -> Result<()> {
    let unknown = |wanted: &&String| !TYPES.iter().any(|(known, _)| known == wanted);
    match types.iter().find(unknown) {
        None => Ok(()),
        Some(_) => {
            let known: Vec<_> = TYPES.iter().map(|(name, _)| *name).collect();
            Err(Error::invalid(field, format!("must be one of {}", known.join(", "))))
        }
    }
}

/// Deletes events older than [`RETENTION`], and their deliveries with them; gives their number. What is left when it has
/// deleted some thousands waits for the next time.
#[expect(clippy::disallowed_methods, reason = "time passes for all tenants")]
pub async fn forget(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let mut forgotten = 0;
    for _ in 0..MOST_BATCHES {
        let old = event::Entity::find().select_only().column(event::Column::Id);
        let old = old.filter(event::Column::CreatedAt.lt(now - RETENTION)).limit(BATCH).into_query();
        let gone = event::Entity::delete_many().filter(event::Column::Id.in_subquery(old)).exec(&db.platform()).await?;
        forgotten += gone.rows_affected;
        if gone.rows_affected < BATCH {
            break;
        }
    }
    Ok(forgotten)
}

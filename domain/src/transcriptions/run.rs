//! Doing one. Each change asks for the revision that the worker has seen, so that of two workers one stops.

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    conversation::Channel,
    id::{ConversationId, TenantId, TranscriptionId},
    transcription::{self, Failure, Reached, Segment, Source, State},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, QueryFilter, UpdateMany,
    sea_query::{Expr, ExprTrait},
};
use uuid::Uuid;
use voice::{event::Usage, provider::ErrorKind};

use super::order::payload;
use crate::{
    Database, Error, Result,
    blobs::{self, Blobs, Key},
    conversations,
    events::{self, Event},
    jobs, recordings,
    redaction::redact,
    tenants, transcripts,
    usage::{self, Served},
};

/// One that a worker is at.
#[derive(Debug)]
pub struct Underway {
    /// As it was last seen.
    pub row: transcription::Model,
    /// To whom use is charged.
    conversation: ConversationId,
    channel: Channel,
}

/// What was transcribed since it was last stored.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heard {
    pub segments: Vec<Segment>,
    /// From where each channel is still to be transcribed.
    pub reached: Vec<u64>,
    /// How much of the audio has been gone through.
    pub done_ms: u64,
    /// What was sent to the provider.
    pub transcribed_ms: u64,
}

/// Begins one, or goes on with it: another worker that is at it stores nothing more. `None`: there is nothing to do, it
/// is done or gone.
pub async fn begin(db: &Database, tenant: TenantId, id: TranscriptionId) -> Result<Option<Underway>> {
    let begun = transcription::Entity::update_of(tenant)
        .col_expr(transcription::Column::State, Expr::value(State::Running))
        .col_expr(transcription::Column::Error, Expr::value(None::<serde_json::Value>))
        .col_expr(transcription::Column::Revision, Expr::col(transcription::Column::Revision).add(1))
        .filter(transcription::Column::Id.eq(id))
        .filter(transcription::Column::State.ne(State::Ready));
    let conn = db.of(tenant);
    let Some(row) = begun.exec_with_returning(&conn).await?.into_iter().next() else { return Ok(None) };
    let (conversation, channel) = match row.conversation_id {
        Some(id) => (id, conversations::find_in(&conn, tenant, id).await?.channel),
        None => (ConversationId::from(Uuid::nil()), Channel::Http),
    };
    Ok(Some(Underway { row, conversation, channel }))
}

/// Its audio is no longer there.
#[derive(Debug)]
pub struct Gone;

/// Its audio, in a file of this machine.
pub async fn audio(db: &Database, blobs: &Blobs, work: &Underway) -> Result<Result<std::fs::File, Gone>> {
    let row = &work.row;
    let key = match (row.source, row.recording_id) {
        (Source::Recording, Some(id)) => match recordings::find(db, row.tenant_id, id).await {
            Err(Error::NotFound { .. }) => None,
            found => found?.blob_key,
        },
        _ => row.blob_key.clone(),
    };
    let Some(key) = key else { return Ok(Err(Gone)) };
    match blobs.fetch(&Key::stored(&key)).await {
        Err(blobs::Error::Missing) => Ok(Err(Gone)),
        fetched => Ok(Ok(fetched?)),
    }
}

/// Stores what was heard, redacted where the tenant wants that, and counts it. `false`: another is at it, or it was removed:
/// what was paid for is counted, and the rest is lost.
pub async fn store(
    db: &Database,
    work: &mut Underway,
    heard: &Heard,
    served: &Served,
    now: DateTime<Utc>,
) -> Result<bool> {
    let (row, tenant) = (&work.row, work.row.tenant_id);
    let (reached, done_ms) = (Reached(heard.reached.clone()), stored(heard.done_ms));
    let tx = db.write(tenant).await?;
    let mut segments = row.segments.clone();
    segments.0.extend(heard.segments.iter().cloned());
    if tenants::find_in(&tx, tenant).await?.redact_transcripts {
        // A second time changes nothing in those that were there.
        segments.0.iter_mut().for_each(|segment| segment.text = redact(&segment.text).into_owned());
    }
    segments.0.sort_by_key(|segment| (segment.start_ms, segment.channel));
    let change = seen(row)
        .col_expr(transcription::Column::Segments, Expr::value(json(&segments)?))
        .col_expr(transcription::Column::Reached, Expr::value(json(&reached)?))
        .col_expr(transcription::Column::DoneMs, Expr::value(done_ms))
        .col_expr(transcription::Column::Channels, Expr::value(heard.reached.len() as i32))
        .col_expr(transcription::Column::Model, Expr::value(served.stt.name.clone()));
    let is_ours = change.exec(&tx).await?.rows_affected == 1;
    if !is_ours {
        tx.rollback().await?;
        count(&db.of(tenant), work, heard, served, now).await?;
        return Ok(false);
    }
    count(&tx, work, heard, served, now).await?;
    tx.commit().await?;
    let row = &mut work.row;
    (row.segments, row.reached, row.done_ms, row.revision) = (segments, reached, done_ms, row.revision + 1);
    row.model.clone_from(&served.stt.name);
    Ok(true)
}

async fn count(
    conn: &impl ConnectionTrait,
    work: &Underway,
    heard: &Heard,
    served: &Served,
    now: DateTime<Utc>,
) -> Result<()> {
    if heard.transcribed_ms == 0 {
        return Ok(());
    }
    let used = Usage { transcribed_ms: heard.transcribed_ms, ..Usage::default() };
    usage::add_in(conn, work.row.tenant_id, work.conversation, work.channel, now, served, &used).await
}

/// All is stored: it is ready. The uploaded audio goes. `false`: another is at it, or it was removed.
pub async fn finish(
    db: &Database,
    blobs: &Blobs,
    work: &Underway,
    duration_ms: u64,
    channels: usize,
    now: DateTime<Utc>,
) -> Result<bool> {
    let (row, tenant) = (&work.row, work.row.tenant_id);
    let tx = db.write(tenant).await?;
    let mut change = seen(row)
        .col_expr(transcription::Column::State, Expr::value(State::Ready))
        .col_expr(transcription::Column::DurationMs, Expr::value(stored(duration_ms)))
        .col_expr(transcription::Column::DoneMs, Expr::value(stored(duration_ms)))
        .col_expr(transcription::Column::Channels, Expr::value(channels as i32))
        .col_expr(transcription::Column::ReadyAt, Expr::value(now));
    if row.blob_key.is_some() {
        // Should we die before it is removed, the sweep finds it.
        change = change.col_expr(transcription::Column::ExpiresAt, Expr::value(now));
    }
    if change.exec(&tx).await?.rows_affected == 0 {
        return Ok(false);
    }
    let jobs = match row.conversation_id {
        Some(conversation) => vec![transcripts::order(&tx, tenant, conversation, now).await?],
        None => events::add(&tx, tenant, &Event::TranscriptionReady { transcription: row.id }, now).await?,
    };
    tx.commit().await?;
    db.queue().push_all(jobs);
    if let Some(key) = &row.blob_key {
        super::remove::forget_audio(db, blobs, tenant, row.id, key).await?;
    }
    Ok(true)
}

/// It cannot be done, or was tried often enough: `kind` for programs, `message` for people. What there is of it is kept.
pub async fn give_up(db: &Database, tenant: TenantId, id: TranscriptionId, kind: &str, message: &str) -> Result<()> {
    let failure = Failure { kind: kind.to_owned(), message: message.to_owned() };
    let tx = db.write(tenant).await?;
    let change = transcription::Entity::update_of(tenant)
        .col_expr(transcription::Column::State, Expr::value(State::Failed))
        .col_expr(transcription::Column::Error, Expr::value(json(&failure)?))
        .col_expr(transcription::Column::Revision, Expr::col(transcription::Column::Revision).add(1))
        .filter(transcription::Column::Id.eq(id))
        .filter(transcription::Column::State.is_in([State::Queued, State::Running]));
    let Some(row) = change.exec_with_returning(&tx).await?.into_iter().next() else { return Ok(()) };
    let job = match row.conversation_id {
        // It waits for no more words.
        Some(conversation) => Some(transcripts::order(&tx, tenant, conversation, entity::now()).await?),
        None => None,
    };
    tx.commit().await?;
    db.queue().push_all(job);
    Ok(())
}

/// Leaves the rest to another job, at `at` or later: with all its tries, and behind those of other tenants.
pub async fn go_on(db: &Database, work: &Underway, at: DateTime<Utc>) -> Result<()> {
    let (row, tenant) = (&work.row, work.row.tenant_id);
    let tx = db.write(tenant).await?;
    let job = jobs::add(&tx, &payload(tenant, row.id, row.source), at).await?;
    let change = seen(row).col_expr(transcription::Column::JobId, Expr::value(job.id.uuid()));
    if change.exec(&tx).await?.rows_affected == 1 {
        tx.commit().await?;
        db.queue().push(job);
    }
    Ok(())
}

/// What people are told of a provider that will not do it; `None`: it may yet.
pub const fn refusal(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Unauthorized => Some("the speech-to-text provider does not accept the key"),
        ErrorKind::QuotaExhausted => Some("what the speech-to-text provider was paid for is used up"),
        ErrorKind::Refused => Some("the speech-to-text provider refuses the request: model and language may not fit"),
        _ => None,
    }
}

/// The row, as long as it is as the worker has seen it.
fn seen(row: &transcription::Model) -> UpdateMany<transcription::Entity> {
    transcription::Entity::update_of(row.tenant_id)
        .col_expr(transcription::Column::Revision, Expr::value(row.revision + 1))
        .filter(transcription::Column::Id.eq(row.id))
        .filter(transcription::Column::Revision.eq(row.revision))
        .filter(transcription::Column::State.eq(State::Running))
}

fn json(value: &impl serde::Serialize) -> Result<serde_json::Value> {
    serde_json::to_value(value).map_err(|source| Error::Stored { what: "transcription", source })
}

fn stored(amount: u64) -> i64 {
    i64::try_from(amount).unwrap_or(i64::MAX)
}

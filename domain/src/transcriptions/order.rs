//! Ordering one: with a recording that is ready, by hand, or with a file.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{RecordingId, TenantId, TranscriptionId},
    recording,
    transcription::{self, Layout, Reached, Segments, Source, State},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, IntoActiveModel};
use serde_json::json;

use super::{LONGEST, find_in, of_recording};
use crate::{
    Database, Error, Result,
    access::By,
    agents::check_language,
    audit,
    blobs::{Blobs, Key},
    conversations,
    jobs::{self, Payload, Priority, Ticket},
    recordings,
};

/// How long a file is kept that could not be transcribed, so that it can be tried again.
pub(super) const KEPT: TimeDelta = TimeDelta::days(7);

/// Letters of a file's name that are kept.
const LONGEST_NAME: usize = 200;

/// A file that somebody sent.
#[derive(Debug)]
pub struct Upload {
    pub file: tokio::fs::File,
    /// How long it says it is; `None`: it does not.
    pub claimed: Option<std::time::Duration>,
    pub bytes: u64,
    /// As the client calls it, and what it says that it is.
    pub name: Option<String>,
    pub content_type: Option<String>,
    pub layout: Layout,
    /// ISO 639-1; `None`: the recogniser decides.
    pub language: Option<String>,
}

/// Orders the transcription of a recording that is getting ready in this transaction, where its agent wants one. Push what
/// it gives after the commit.
pub(crate) async fn order_in(
    conn: &impl ConnectionTrait,
    recording: &recording::Model,
    now: DateTime<Utc>,
) -> Result<Option<Ticket>> {
    let tenant = recording.tenant_id;
    let conversation = conversations::find_in(conn, tenant, recording.conversation_id).await?;
    let cast = conversations::cast_in(conn, tenant, &conversation).await?;
    if !cast.transcribes() || of_recording(conn, tenant, recording.id).await?.is_some() {
        return Ok(None);
    }
    insert(conn, of_row(recording, cast.language(), now), Priority::Normal).await.map(|(_, job)| Some(job))
}

/// Has a recording transcribed, or transcribed anew: in `language`, else in its agent's. [`Error::Conflict`]: it is not
/// ready, or is being transcribed already.
pub async fn order_again(
    db: &Database,
    tenant: TenantId,
    by: &By,
    id: RecordingId,
    language: Option<String>,
    now: DateTime<Utc>,
) -> Result<transcription::Model> {
    check_language(language.as_deref())?;
    let tx = db.write(tenant).await?;
    let recording = recordings::find_in(&tx, tenant, id).await?;
    if recording.state != recording::State::Ready {
        return Err(Error::Conflict { what: "the recording is not ready" });
    }
    let language = match language {
        Some(language) => Some(language),
        None => {
            let conversation = conversations::find_in(&tx, tenant, recording.conversation_id).await?;
            conversations::cast_in(&tx, tenant, &conversation).await?.language()
        }
    };
    let mut row = of_row(&recording, language, now);
    let (id, job) = match of_recording(&tx, tenant, id).await? {
        None => insert(&tx, row, Priority::High).await?,
        Some(old) if matches!(old.state, State::Queued | State::Running) => {
            return Err(Error::Conflict { what: "the recording is being transcribed" });
        }
        Some(old) => {
            row.id = Set(old.id);
            row.revision = Set(old.revision + 1);
            row.created_at = Set(old.created_at);
            let job = order(&tx, tenant, &mut row, Priority::High, now).await?;
            row.update(&tx).await?;
            (old.id, job)
        }
    };
    audit::record(&tx, tenant, by, "transcription.ordered", id, Some(json!({ "recording_id": recording.id }))).await?;
    let made = find_in(&tx, tenant, id).await?;
    tx.commit().await?;
    db.queue().push(job);
    Ok(made)
}

/// Stores a file, and orders its transcription.
pub async fn upload(
    db: &Database,
    blobs: &Blobs,
    tenant: TenantId,
    by: &By,
    new: Upload,
    now: DateTime<Utc>,
) -> Result<transcription::Model> {
    check_language(new.language.as_deref())?;
    if new.claimed.is_some_and(|claimed| claimed > LONGEST) {
        return Err(Error::invalid("audio_file", format!("is longer than {} hours", LONGEST.as_secs() / 3_600)));
    }
    let id = TranscriptionId::new();
    let key = Key::upload(tenant, id);
    blobs.put_file(&key, new.file).await?;
    let short = |text: String| text.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect::<String>();
    let row = transcription::ActiveModel {
        id: Set(id),
        source: Set(Source::Upload),
        layout: Set(new.layout),
        language: Set(new.language),
        duration_ms: Set(new.claimed.and_then(|claimed| i64::try_from(claimed.as_millis()).ok())),
        blob_key: Set(Some(key.to_string())),
        content_type: Set(new.content_type.map(short)),
        name: Set(new.name.map(short)),
        bytes: Set(i64::try_from(new.bytes).ok()),
        expires_at: Set(Some(now + KEPT)),
        ..nothing(tenant, now)
    };
    let written = async {
        let tx = db.write(tenant).await?;
        let (_, job) = insert(&tx, row, Priority::Normal).await?;
        audit::record(&tx, tenant, by, "transcription.ordered", id, None).await?;
        let made = find_in(&tx, tenant, id).await?;
        tx.commit().await?;
        Ok((made, job))
    };
    match written.await {
        Ok((made, job)) => {
            db.queue().push(job);
            Ok(made)
        }
        Err(error) => {
            // Nobody names it.
            if let Err(error) = blobs.remove(&key).await {
                tracing::error!(tenant.id = %tenant, error = &error as &dyn std::error::Error, "an upload is left behind");
            }
            Err(error)
        }
    }
}

fn of_row(recording: &recording::Model, language: Option<String>, now: DateTime<Utc>) -> transcription::ActiveModel {
    transcription::ActiveModel {
        conversation_id: Set(Some(recording.conversation_id)),
        recording_id: Set(Some(recording.id)),
        source: Set(Source::Recording),
        // The caller, and the agent.
        layout: Set(Layout::Separate),
        language: Set(language),
        duration_ms: Set(recording.duration_ms),
        ..nothing(recording.tenant_id, now)
    }
}

fn nothing(tenant: TenantId, now: DateTime<Utc>) -> transcription::ActiveModel {
    transcription::Model {
        id: TranscriptionId::new(),
        tenant_id: tenant,
        conversation_id: None,
        recording_id: None,
        job_id: None,
        source: Source::Upload,
        state: State::Queued,
        layout: Layout::Mix,
        language: None,
        model: None,
        channels: None,
        duration_ms: None,
        done_ms: 0,
        reached: Reached::default(),
        segments: Segments::default(),
        revision: 0,
        error: None,
        blob_key: None,
        content_type: None,
        name: None,
        bytes: None,
        created_at: now,
        ready_at: None,
        expires_at: None,
    }
    .into_active_model()
    .reset_all()
}

async fn insert(
    conn: &impl ConnectionTrait,
    mut row: transcription::ActiveModel,
    priority: Priority,
) -> Result<(TranscriptionId, Ticket)> {
    let (id, tenant, now) = (row.id.clone().unwrap(), row.tenant_id.clone().unwrap(), row.created_at.clone().unwrap());
    let job = order(conn, tenant, &mut row, priority, now).await?;
    row.insert(conn).await.map_err(Error::or_taken("the recording is being transcribed"))?;
    Ok((id, job))
}

/// Its job, which the row is told.
async fn order(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    row: &mut transcription::ActiveModel,
    priority: Priority,
    at: DateTime<Utc>,
) -> Result<Ticket> {
    let payload = payload(tenant, row.id.clone().unwrap(), row.source.clone().unwrap());
    let job = jobs::add_as(conn, &payload, priority, at).await?;
    row.job_id = Set(Some(job.id));
    Ok(job)
}

pub(super) fn payload(tenant: TenantId, transcription: TranscriptionId, source: Source) -> Payload {
    match source {
        Source::Recording => Payload::TranscribeRecording { tenant, transcription },
        Source::Upload => Payload::TranscribeUpload { tenant, transcription },
    }
}

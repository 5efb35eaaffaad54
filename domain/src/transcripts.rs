//! Transcripts: what was said and what was heard in a conversation, in one piece.
//!
//! The first is there as soon as the conversation has ended, from its turns. When a recording has been transcribed, it is
//! built again: always from all that there is by then, so that it does not matter how often, or in which order.

mod clock;
mod merge;
mod query;
pub mod render;
mod search;
mod spoken;
mod sweep;
mod words;

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::{
    TenantScoped,
    conversation::{self, Status},
    id::{ConversationId, TenantId},
    recording, transcript, transcription, turn,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use self::spoken::Spoken;
use crate::{
    Database, Error, Result, agents, analyses, conversations,
    events::{self, Event},
    jobs::{self, Payload, Ticket},
    redaction::redact,
    tenants, transcriptions,
};

pub use self::{
    merge::{Heard, merge},
    query::{LONGEST_QUERY, Query},
    search::{Filter, Found, Piece, Snippet, search},
    spoken::Exchange,
    sweep::{order_drafts, order_of_recording, order_of_transcription},
};
pub use entity::transcript::{Kind, Line, Lines, Source, Speaker};

/// Orders that it be built. The ticket is to be pushed after the commit.
pub async fn order(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: ConversationId,
    now: DateTime<Utc>,
) -> Result<Ticket> {
    // Not once: what changes while another runs may be too late for it.
    jobs::add(conn, &Payload::BuildTranscript { tenant, conversation }, now).await
}

/// [`order`], where something has been said.
pub(crate) async fn order_if_said(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: ConversationId,
    now: DateTime<Utc>,
) -> Result<Option<Ticket>> {
    let turns = turn::Entity::of(tenant).filter(turn::Column::ConversationId.eq(conversation));
    match sea_orm::SelectExt::exists(turns, conn).await? {
        true => order(conn, tenant, conversation, now).await.map(Some),
        false => Ok(None),
    }
}

/// Builds the transcript of a conversation that has ended, from all that there is of it by now. `None`: it goes on, or
/// nobody said anything. Safe to run twice: what changes nothing is not written.
///
/// Words of a recording are never replaced by those of the turns: a recording may be deleted after it was transcribed.
/// Each time that a final one is new or has changed, it is an event.
pub async fn build(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<Option<transcript::Model>> {
    let tx = db.write(tenant).await?;
    // Others who build the same wait: who reads last writes last.
    let row = conversation::Entity::of(tenant).filter(conversation::Column::Id.eq(conversation)).lock_exclusive();
    let row = row.one(&tx).await?.ok_or(Error::NotFound { what: "conversation" })?;
    if row.status == Status::Active {
        return Ok(None);
    }
    let now = entity::now();
    let made = made(&tx, &row, now).await?;
    let known = stored(&tx, tenant, conversation).await?;
    let (row, is_news) = store(&tx, &row, made, known, now).await?;
    let mut jobs = Vec::new();
    if is_news {
        jobs = events::add(&tx, tenant, &Event::TranscriptReady { conversation }, now).await?;
        jobs.extend(analyses::order_at_end(&tx, tenant, conversation).await?);
    }
    tx.commit().await?;
    db.queue().push_all(jobs);
    Ok(row)
}

/// What it says of who somebody is goes. The words of tools' results stay out of a transcript anyway.
fn redact_lines(lines: &mut [Line]) {
    for line in lines {
        for text in [Some(&mut line.text), line.generated_text.as_mut()].into_iter().flatten() {
            if let Cow::Owned(redacted) = redact(text) {
                *text = redacted;
            }
        }
    }
}

/// The transcript as it was built last; [`Error::NotFound`]: none has been, or not yet.
pub async fn find(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<transcript::Model> {
    stored(&db.of(tenant), tenant, conversation).await?.ok_or(Error::NotFound { what: "transcript" })
}

/// What was said so far, whether the conversation has ended or goes on.
pub async fn lines(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<Vec<Line>> {
    Ok(show(db, tenant, conversation).await?.lines)
}

/// How far a transcript is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// The conversation goes on, or has ended just now.
    Live,
    /// A recording's words are still to come.
    Draft,
    Final,
}

/// A transcript, to be looked at.
#[derive(Clone, Debug)]
pub struct Shown {
    pub conversation: conversation::Model,
    pub lines: Vec<Line>,
    pub state: State,
    pub source: Source,
    /// ISO 639-1; `None`: nobody said which.
    pub language: Option<String>,
    /// So far.
    pub duration_ms: i64,
    /// 0: it has not been built yet.
    pub revision: i32,
    /// `None`: it has not been built yet.
    pub built_at: Option<DateTime<Utc>>,
    /// Of the agent; `None`: it has none, or there is no agent.
    pub agent_name: Option<String>,
    pub time_zone: Option<Tz>,
    pub tenant_name: String,
}

/// The transcript as it was built last, or what the turns say by now.
pub async fn show(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<Shown> {
    let conn = db.of(tenant);
    let row = conversations::find_in(&conn, tenant, conversation).await?;
    let agent = agent_of(&conn, &row).await?;
    let time_zone = agent.as_ref().and_then(|agent| agent.settings.time_zone.as_ref()?.parse().ok());
    let agent_name = agent.map(|agent| agent.name);
    let tenant_name = tenants::find_in(&conn, tenant).await?.name;
    Ok(match stored(&conn, tenant, conversation).await? {
        Some(known) => Shown {
            lines: known.lines.0,
            state: if known.ready_at.is_some() { State::Final } else { State::Draft },
            source: known.source,
            language: known.language,
            duration_ms: known.duration_ms,
            revision: known.revision,
            built_at: Some(known.built_at),
            conversation: row,
            agent_name,
            time_zone,
            tenant_name,
        },
        None => {
            let Made { lines, source, language, duration_ms, .. } = made(&conn, &row, entity::now()).await?;
            let conversation = row;
            let (state, revision, built_at) = (State::Live, 0, None);
            Shown {
                conversation,
                lines,
                state,
                source,
                language,
                duration_ms,
                revision,
                built_at,
                agent_name,
                time_zone,
                tenant_name,
            }
        }
    })
}

async fn stored(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: ConversationId,
) -> Result<Option<transcript::Model>> {
    let rows = transcript::Entity::of(tenant).filter(transcript::Column::ConversationId.eq(conversation));
    Ok(rows.one(conn).await?)
}

async fn agent_of(
    conn: &impl ConnectionTrait,
    conversation: &conversation::Model,
) -> Result<Option<agents::Published>> {
    match conversation.agent_id.zip(conversation.agent_version) {
        Some((id, number)) => agents::in_version(conn, conversation.tenant_id, id, number).await.map(Some),
        None => Ok(None),
    }
}

/// What a transcript is made of now.
struct Made {
    lines: Vec<Line>,
    source: Source,
    language: Option<String>,
    duration_ms: i64,
    is_final: bool,
}

async fn made(conn: &impl ConnectionTrait, conversation: &conversation::Model, now: DateTime<Utc>) -> Result<Made> {
    let (tenant, id) = (conversation.tenant_id, conversation.id);
    let turns = turn::Entity::of(tenant).filter(turn::Column::ConversationId.eq(id));
    let turns = turns.order_by_asc(turn::Column::Number).all(conn).await?;
    let recordings = recording::Entity::of(tenant).filter(recording::Column::ConversationId.eq(id));
    let recordings = recordings.order_by_asc(recording::Column::OffsetMs).all(conn).await?;
    let transcriptions = transcriptions::of_conversation(conn, tenant, id).await?;
    let spoken: Vec<Spoken> = turns.into_iter().map(|turn| Spoken::new(conversation, turn)).collect();
    let starts: Vec<i64> = recordings.iter().map(|recording| recording.offset_ms).collect();
    let heard = heard(&recordings, &transcriptions);
    let source = if heard.is_empty() { Source::Turns } else { Source::Recording };
    let language = match transcriptions.iter().find_map(|transcription| transcription.language.clone()) {
        Some(language) => Some(language),
        None => agent_of(conn, conversation).await?.and_then(|agent| agent.settings.language),
    };
    let ended_at = conversation.ended_at.unwrap_or(conversation.active_at);
    let mut lines = merge(&spoken::lines(&spoken, &starts), heard);
    if tenants::find_in(conn, tenant).await?.redact_transcripts {
        redact_lines(&mut lines);
    }
    Ok(Made {
        lines,
        source,
        language,
        duration_ms: (ended_at - conversation.started_at).num_milliseconds().max(0),
        is_final: !is_more_to_come(&recordings, &transcriptions, now),
    })
}

/// What the recordings have of both sides, on the conversation's clock.
fn heard(recordings: &[recording::Model], transcriptions: &[transcription::Model]) -> Vec<Heard> {
    let ready = transcriptions.iter().filter(|transcription| transcription.state == transcription::State::Ready);
    let placed = ready.filter_map(|transcription| {
        // Of a recording that is gone nobody knows when it began.
        let recording = recordings.iter().find(|recording| Some(recording.id) == transcription.recording_id)?;
        Some((u64::try_from(recording.offset_ms).unwrap_or(0), transcription))
    });
    placed
        .flat_map(|(offset, transcription)| {
            transcription.segments.0.iter().map(move |segment| Heard {
                // The caller is left, the agent right.
                speaker: if segment.channel == 0 { Speaker::Caller } else { Speaker::Agent },
                start_ms: offset + segment.start_ms,
                end_ms: offset + segment.end_ms.max(segment.start_ms),
                text: segment.text.trim().to_owned(),
            })
        })
        .filter(|heard| !heard.text.is_empty())
        .collect()
}

/// Whether a recording, or its transcription, is under way, and has not been for too long.
fn is_more_to_come(
    recordings: &[recording::Model],
    transcriptions: &[transcription::Model],
    now: DateTime<Utc>,
) -> bool {
    let since = now - sweep::GIVEN_UP;
    recordings.iter().any(|row| sweep::RECORDED.contains(&row.state) && row.created_at > since)
        || transcriptions.iter().any(|row| sweep::OPEN.contains(&row.state) && row.created_at > since)
}

/// Writes what was made, where it is something new. `None`: there is nothing to be written. The second: whether somebody
/// is to be told.
async fn store(
    conn: &impl ConnectionTrait,
    conversation: &conversation::Model,
    made: Made,
    known: Option<transcript::Model>,
    now: DateTime<Utc>,
) -> Result<(Option<transcript::Model>, bool)> {
    let tenant = conversation.tenant_id;
    let Made { lines, source, language, duration_ms, is_final } = made;
    let (revision, ready_at) = match &known {
        None if lines.is_empty() => return Ok((None, false)),
        None => (1, None),
        Some(known) => {
            let is_worse = known.source == Source::Recording && source == Source::Turns;
            let is_same = known.lines.0 == lines && known.ready_at.is_some() == is_final;
            if is_worse || is_same {
                return Ok((known.clone().into(), false));
            }
            let is_new = known.lines.0 != lines;
            (known.revision + i32::from(is_new), known.ready_at)
        }
    };
    // Replaced, not changed: the words that are searched for go with their row.
    if known.is_some() {
        let old = transcript::Column::ConversationId.eq(conversation.id);
        transcript::Entity::delete_of(tenant).filter(old).exec(conn).await?;
    }
    let row = transcript::ActiveModel {
        tenant_id: Set(tenant),
        conversation_id: Set(conversation.id),
        search_text: Set(words::of_lines(tenant, &lines)),
        lines: Set(Lines(lines)),
        language: Set(language),
        source: Set(source),
        duration_ms: Set(duration_ms),
        revision: Set(revision),
        built_at: Set(now),
        ready_at: Set(is_final.then(|| ready_at.unwrap_or(now))),
    };
    Ok((Some(row.insert(conn).await?), is_final))
}

use std::ops::Range;

use domain::{
    entity::{
        id::{ConversationId, RecordingId},
        now,
        recording::{Model, Source, State},
    },
    recordings::{self, Link},
};
use futures_util::TryStreamExt;
use poem::{Body, web::Data};
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Header, Path, Query},
    payload::{Binary, Json},
    types::Example,
};

use super::Tag;
use crate::{
    AppState,
    auth::{Administer, Can, Read},
    problem::{ApiError, Problem},
    twilio,
};

pub struct Recordings;

/// What was heard over one line: the caller left, the agent right.
#[derive(Object)]
#[oai(example)]
struct AudioRecording {
    id: String,
    conversation_id: String,
    source: RecordingSource,
    state: RecordingState,
    /// Milliseconds from the start of the conversation to the start of the recording. A call that outlived a process has one
    /// recording for each.
    offset_ms: i64,
    duration_ms: Option<i64>,
    /// Samples a second: 8,000 of a telephone, 16,000 of a browser.
    sample_rate: i32,
    channels: i32,
    /// `audio/flac`
    content_type: Option<String>,
    bytes: Option<i64>,
    /// Of the file, in hexadecimal.
    sha256: Option<String>,
    created_at: chrono::DateTime<chrono::Utc>,
    ready_at: Option<chrono::DateTime<chrono::Utc>>,
    /// When it is deleted; null: not by itself.
    expires_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// Who recorded it.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum RecordingSource {
    Switchboard,
    Twilio,
}

/// How far it is.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum RecordingState {
    /// The line is open.
    Recording,
    /// It is encoded and stored.
    Processing,
    /// It can be played.
    Ready,
    /// It is lost.
    Failed,
}

impl From<Model> for AudioRecording {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            conversation_id: row.conversation_id.to_string(),
            source: match row.source {
                Source::Switchboard => RecordingSource::Switchboard,
                Source::Twilio => RecordingSource::Twilio,
            },
            state: match row.state {
                State::Recording => RecordingState::Recording,
                State::Fetching | State::Recorded => RecordingState::Processing,
                State::Ready => RecordingState::Ready,
                State::Failed => RecordingState::Failed,
            },
            offset_ms: row.offset_ms,
            duration_ms: row.duration_ms,
            sample_rate: row.sample_rate,
            channels: row.channels,
            content_type: row.content_type,
            bytes: row.bytes,
            sha256: row.sha256,
            created_at: row.created_at,
            ready_at: row.ready_at,
            expires_at: row.expires_at,
        }
    }
}

impl Example for AudioRecording {
    fn example() -> Self {
        let at = |text: &str| text.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b31".into(),
            conversation_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into(),
            source: RecordingSource::Switchboard,
            state: RecordingState::Ready,
            offset_ms: 840,
            duration_ms: Some(62_400),
            sample_rate: 8_000,
            channels: 2,
            content_type: Some("audio/flac".into()),
            bytes: Some(412_345),
            sha256: Some("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into()),
            created_at: at("2026-11-22T15:04:05.123456Z"),
            ready_at: Some(at("2026-11-22T15:05:09.654321Z")),
            expires_at: Some(at("2027-02-20T15:04:05.123456Z")),
        }
    }
}

/// Recordings.
#[derive(Object)]
#[oai(example)]
struct RecordingList {
    /// In the order in which they were heard.
    items: Vec<AudioRecording>,
}

impl Example for RecordingList {
    fn example() -> Self {
        Self { items: vec![AudioRecording::example()] }
    }
}

/// An address that plays a recording for a while, without a key.
#[derive(Object)]
#[oai(example)]
struct PlayerAddress {
    /// For a player; it takes ranges.
    url: String,
    expires_at: chrono::DateTime<chrono::Utc>,
}

impl Example for PlayerAddress {
    fn example() -> Self {
        Self {
            url: "https://example.com/recordings/01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b31/audio?expires=1795360745&signature=c2lnbmVk".into(),
            expires_at: "2026-11-22T15:19:05Z".parse().expect("a constant that parses"),
        }
    }
}

#[derive(ApiResponse)]
enum Removed {
    #[oai(status = 204)]
    Removed,
}

/// A recording, or a part of it.
#[derive(ApiResponse)]
enum Audio {
    /// All of it
    #[oai(status = 200, content_type = "audio/flac")]
    Whole(
        Binary<Body>,
        #[oai(header = "Content-Length")] u64,
        #[oai(header = "Accept-Ranges")] String,
        #[oai(header = "ETag")] String,
        #[oai(header = "Content-Disposition")] String,
        #[oai(header = "Cache-Control")] String,
    ),
    /// The range that was asked for
    #[oai(status = 206, content_type = "audio/flac")]
    Part(
        Binary<Body>,
        #[oai(header = "Content-Length")] u64,
        #[oai(header = "Content-Range")] String,
        #[oai(header = "ETag")] String,
        #[oai(header = "Content-Disposition")] String,
        #[oai(header = "Cache-Control")] String,
    ),
    /// The address is not signed by this server, or its time has passed (`link_invalid`)
    #[oai(status = 403, content_type = "application/problem+json")]
    Forbidden(Json<Problem>),
    /// It does not reach that far (`range`)
    #[oai(status = 416, content_type = "application/problem+json")]
    OutOfRange(Json<Problem>, #[oai(header = "Content-Range")] String),
}

/// Whoever has the address may keep what it gives; a cache that others share may not.
const CACHING: &str = "private, max-age=3600";

#[OpenApi(tag = "Tag::Recordings")]
impl Recordings {
    /// Recordings of a conversation
    #[oai(path = "/conversations/:id/recordings", method = "get")]
    async fn of_conversation(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<RecordingList>, ApiError> {
        let id: ConversationId = super::id(&id, "conversation")?;
        let rows = recordings::of_conversation(&state.database, caller.tenant(), id).await?;
        Ok(Json(RecordingList { items: rows.into_iter().map(AudioRecording::from).collect() }))
    }

    /// One recording
    #[oai(path = "/recordings/:id", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<AudioRecording>, ApiError> {
        let id: RecordingId = super::id(&id, "recording")?;
        Ok(Json(recordings::find(&state.database, caller.tenant(), id).await?.into()))
    }

    /// An address for a player
    ///
    /// Good for 15 minutes, for whoever has it. That it was asked for is in the audit log.
    #[oai(path = "/recordings/:id/url", method = "post")]
    async fn url(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<PlayerAddress>, ApiError> {
        let id: RecordingId = super::id(&id, "recording")?;
        let (db, vault, tenant) = (&state.database, &state.vault, caller.tenant());
        let Link { expires, signature } = recordings::link(db, vault, tenant, caller.by(), id, now()).await?;
        let base = twilio::base(&state.settings);
        Ok(Json(PlayerAddress {
            url: format!("{base}/recordings/{id}/audio?expires={expires}&signature={signature}"),
            expires_at: chrono::DateTime::from_timestamp(expires, 0).unwrap_or_default(),
        }))
    }

    /// Play a recording
    ///
    /// The address comes from `POST /recordings/{id}/url`; no key is asked for.
    #[oai(path = "/recordings/:id/audio", method = "get")]
    async fn audio(
        &self,
        state: Data<&AppState>,
        id: Path<String>,
        /// Seconds since 1970.
        expires: Query<i64>,
        signature: Query<String>,
        /// `bytes=0-499`; several at once are answered with all of it.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
        /// The `ETag` of what the client has a part of.
        #[oai(name = "If-Range")]
        if_range: Header<Option<String>>,
    ) -> Result<Audio, ApiError> {
        let id: RecordingId = super::id(&id, "recording")?;
        let link = Link { expires: expires.0, signature: signature.0 };
        let Some(row) = recordings::linked(&state.database, &state.vault, id, &link, now()).await? else {
            let detail = "this address is not good, or no longer: ask for a new one";
            let problem = Problem::new(poem::http::StatusCode::FORBIDDEN, "link_invalid", detail);
            return Ok(Audio::Forbidden(Json(problem)));
        };
        play(&state, &row, range.0.as_deref(), if_range.0.as_deref()).await
    }

    /// Delete a recording
    #[oai(path = "/recordings/:id", method = "delete")]
    async fn remove(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Removed, ApiError> {
        let id: RecordingId = super::id(&id, "recording")?;
        recordings::remove(&state.database, &state.recordings, caller.tenant(), caller.by(), id).await?;
        Ok(Removed::Removed)
    }
}

async fn play(state: &AppState, row: &Model, range: Option<&str>, if_range: Option<&str>) -> Result<Audio, ApiError> {
    let length = row.bytes.and_then(|bytes| u64::try_from(bytes).ok()).unwrap_or_default();
    let tag = format!("\"{}\"", row.sha256.as_deref().unwrap_or_default());
    let name = format!("inline; filename=\"{}.flac\"", row.id);
    let caching = CACHING.to_owned();
    // Of another file no part fits.
    let range = range.filter(|_| if_range.is_none_or(|known| known == tag));
    let body = |range| async {
        let bytes = recordings::read(&state.recordings, row, range).await?;
        Ok::<_, ApiError>(Binary(Body::from_bytes_stream(bytes.map_err(std::io::Error::other))))
    };
    Ok(match asked(range, length) {
        Asked::Whole => Audio::Whole(body(None).await?, length, "bytes".to_owned(), tag, name, caching),
        Asked::Part(part) => {
            let place = format!("bytes {}-{}/{length}", part.start, part.end - 1);
            Audio::Part(body(Some(part.clone())).await?, part.end - part.start, place, tag, name, caching)
        }
        Asked::Nothing => {
            let status = poem::http::StatusCode::RANGE_NOT_SATISFIABLE;
            let problem = Problem::new(status, "range", format!("the recording has {length} bytes"));
            Audio::OutOfRange(Json(problem), format!("bytes */{length}"))
        }
    })
}

/// What of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    Whole,
    Part(Range<u64>),
    /// It lies beyond the end.
    Nothing,
}

/// RFC 9110 §14.2. Several ranges, other units and what makes no sense ask for the whole: a server may do that.
fn asked(range: Option<&str>, length: u64) -> Asked {
    let Some((first, last)) = range.and_then(|range| range.trim().strip_prefix("bytes=")?.split_once('-')) else {
        return Asked::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    match (first.parse::<u64>().ok(), last.parse::<u64>().ok()) {
        (None, Some(count)) if first.is_empty() => match count.min(length) {
            0 => Asked::Nothing,
            count => Asked::Part(length - count..length),
        },
        (Some(first), None) if last.is_empty() => part(first, length, length),
        (Some(first), Some(last)) if first <= last => part(first, last.saturating_add(1), length),
        _ => Asked::Whole,
    }
}

fn part(from: u64, to: u64, length: u64) -> Asked {
    if from >= length { Asked::Nothing } else { Asked::Part(from..to.min(length)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_read_as_rfc_9110_says() {
        for (header, expected) in [
            ("bytes=0-9", Asked::Part(0..10)),
            ("bytes=90-", Asked::Part(90..100)),
            ("bytes=-10", Asked::Part(90..100)),
            ("bytes=-1000", Asked::Part(0..100)),
            ("bytes=50-5000", Asked::Part(50..100)),
            ("bytes=0-18446744073709551615", Asked::Part(0..100)),
            ("bytes=100-", Asked::Nothing),
            ("bytes=-0", Asked::Nothing),
            ("bytes=9-0", Asked::Whole),
            ("bytes=0-1,5-6", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("bytes=-", Asked::Whole),
            ("lines=0-9", Asked::Whole),
        ] {
            assert_eq!(asked(Some(header), 100), expected, "{header}");
        }
        assert_eq!(asked(None, 100), Asked::Whole);
    }
}

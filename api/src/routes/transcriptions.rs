mod rendered;

use domain::{
    admission,
    entity::{
        now,
        transcription::{Layout, Model, Segment, Source, State},
    },
    id::{RecordingId, TranscriptionId},
    page::Paging,
    transcriptions::{self, Filter, Upload as NewUpload},
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Multipart, Object, OpenApi,
    param::{Header, Path, Query},
    payload::Json,
    types::{Example, multipart::Upload},
};
use serde::Deserialize;

use self::rendered::Answer;
use super::{Tag, page, transcripts::format::Format};
use crate::{
    AppState, audio_upload,
    auth::{Administer, Can, Converse, Read},
    background,
    fields::Fields,
    problem::ApiError,
};

pub struct Transcriptions;

/// What was said in a recording or in an uploaded file.
#[derive(Object)]
#[oai(example)]
pub struct Transcription {
    id: String,
    source: TranscriptionSource,
    state: TranscriptionState,
    /// Null: of an upload.
    conversation_id: Option<String>,
    /// The recording may be deleted already; null: of an upload.
    recording_id: Option<String>,
    /// ISO 639-1, as it was asked for; null: the recogniser decides.
    language: Option<String>,
    /// Who transcribed it; null: nobody yet.
    model: Option<String>,
    /// Channels that were transcribed; null: not known yet.
    channels: Option<i32>,
    /// As the upload was called.
    name: Option<String>,
    content_type: Option<String>,
    bytes: Option<i64>,
    /// Of the audio; null: not known yet.
    duration_ms: Option<i64>,
    /// How much of the audio has been gone through.
    done_ms: i64,
    /// Why it failed; null: it has not.
    error: Option<TranscriptionFailure>,
    created_at: chrono::DateTime<chrono::Utc>,
    ready_at: Option<chrono::DateTime<chrono::Utc>>,
    /// When the uploaded audio of a failed one is deleted. That of a ready one is deleted at once.
    audio_expires_at: Option<chrono::DateTime<chrono::Utc>>,
    /// In the order of their starts; null: it is not ready, or this is a list.
    segments: Option<Vec<TranscriptionSegment>>,
}

/// Something said without a long pause.
#[derive(Object)]
#[oai(example)]
struct TranscriptionSegment {
    /// From 0. Of a recording: 0 is the caller, 1 the agent. Of an upload whose channels are mixed: always 0.
    channel: u16,
    /// From the start of the audio.
    start_ms: u64,
    end_ms: u64,
    text: String,
}

/// Why a transcription failed.
#[derive(Object)]
#[oai(example)]
struct TranscriptionFailure {
    /// `unreadable`, `audio_gone`, `unauthorized`, `quota_exhausted`, `refused`, `given_up`, …
    kind: String,
    message: String,
}

#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum TranscriptionSource {
    Recording,
    Upload,
}

/// How far it is.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum TranscriptionState {
    /// It waits for a worker.
    Queued,
    /// It is transcribed, or waits for a provider that is busy.
    Running,
    Ready,
    /// It was given up: see `error`.
    Failed,
}

/// How the channels of an upload are heard.
#[derive(Clone, Copy, Default, Enum)]
#[oai(rename_all = "snake_case")]
enum ChannelLayout {
    /// As one.
    #[default]
    Mix,
    /// Each for itself: one speaker each. Up to eight.
    Separate,
}

/// A file to be transcribed.
#[derive(Multipart)]
struct AudioToTranscribe {
    /// wav, mp3, m4a, aac, ogg, webm or flac; at most 500 MB and 4 hours.
    audio_file: Upload,
    /// ISO 639-1, for example `de`; without it the recogniser decides.
    #[oai(validator(min_length = 2, max_length = 10))]
    language: Option<String>,
    /// `mix` without it.
    channels: Option<ChannelLayout>,
}

/// How a recording is to be transcribed.
#[derive(Object, Deserialize)]
#[oai(example)]
struct TranscriptionWish {
    /// ISO 639-1; without it the agent's.
    #[oai(skip_serializing_if_is_none)]
    language: Option<String>,
}

impl Example for TranscriptionWish {
    fn example() -> Self {
        Self { language: Some("de".into()) }
    }
}

impl Transcription {
    /// Without what was said.
    fn outline(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            source: row.source.into(),
            state: row.state.into(),
            conversation_id: row.conversation_id.map(|id| id.to_string()),
            recording_id: row.recording_id.map(|id| id.to_string()),
            language: row.language,
            model: row.model,
            channels: row.channels,
            name: row.name,
            content_type: row.content_type,
            bytes: row.bytes,
            duration_ms: row.duration_ms,
            done_ms: row.done_ms,
            error: row.error.map(|error| TranscriptionFailure { kind: error.kind, message: error.message }),
            created_at: row.created_at,
            ready_at: row.ready_at,
            audio_expires_at: row.expires_at,
            segments: None,
        }
    }

    fn whole(mut row: Model) -> Self {
        let segments = std::mem::take(&mut row.segments).0;
        let segments = (row.state == State::Ready).then(|| segments.into_iter().map(Into::into).collect());
        Self { segments, ..Self::outline(row) }
    }
}

impl From<Segment> for TranscriptionSegment {
    fn from(Segment { channel, start_ms, end_ms, text }: Segment) -> Self {
        Self { channel, start_ms, end_ms, text }
    }
}

impl From<Source> for TranscriptionSource {
    fn from(source: Source) -> Self {
        match source {
            Source::Recording => Self::Recording,
            Source::Upload => Self::Upload,
        }
    }
}

impl From<TranscriptionSource> for Source {
    fn from(source: TranscriptionSource) -> Self {
        match source {
            TranscriptionSource::Recording => Self::Recording,
            TranscriptionSource::Upload => Self::Upload,
        }
    }
}

impl From<State> for TranscriptionState {
    fn from(state: State) -> Self {
        match state {
            State::Queued => Self::Queued,
            State::Running => Self::Running,
            State::Ready => Self::Ready,
            State::Failed => Self::Failed,
        }
    }
}

impl From<TranscriptionState> for State {
    fn from(state: TranscriptionState) -> Self {
        match state {
            TranscriptionState::Queued => Self::Queued,
            TranscriptionState::Running => Self::Running,
            TranscriptionState::Ready => Self::Ready,
            TranscriptionState::Failed => Self::Failed,
        }
    }
}

impl Example for TranscriptionSegment {
    fn example() -> Self {
        Self { channel: 0, start_ms: 1_024, end_ms: 3_296, text: "I would like to order a pizza.".into() }
    }
}

impl Example for TranscriptionFailure {
    fn example() -> Self {
        Self { kind: "unreadable".into(), message: "the file is damaged: it ends before its audio begins".into() }
    }
}

impl Example for Transcription {
    fn example() -> Self {
        let at = |text: &str| text.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b61".into(),
            source: TranscriptionSource::Recording,
            state: TranscriptionState::Ready,
            conversation_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into()),
            recording_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b31".into()),
            language: Some("en".into()),
            model: Some("openai:gpt-transcribe".into()),
            channels: Some(2),
            name: None,
            content_type: None,
            bytes: None,
            duration_ms: Some(62_400),
            done_ms: 62_400,
            error: None,
            created_at: at("2026-11-22T15:05:09.654321Z"),
            ready_at: Some(at("2026-11-22T15:05:31.123456Z")),
            audio_expires_at: None,
            segments: Some(vec![TranscriptionSegment::example()]),
        }
    }
}

/// Transcriptions, newest first, without what was said.
#[derive(Object)]
#[oai(example)]
struct TranscriptionList {
    items: Vec<Transcription>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for TranscriptionList {
    fn example() -> Self {
        Self { items: vec![Transcription { segments: None, ..Transcription::example() }], next_cursor: None }
    }
}

#[derive(ApiResponse)]
enum Ordered {
    /// It will be done in the background: ask for it again, or wait for the event `transcription.ready`
    #[oai(status = 202)]
    Accepted(Json<Transcription>, #[oai(header = "Location")] String),
}

#[derive(ApiResponse)]
enum Deleted {
    #[oai(status = 204)]
    Deleted,
}

impl Ordered {
    fn new(row: Model) -> Self {
        let address = format!("/transcriptions/{}", row.id);
        Self::Accepted(Json(Transcription::whole(row)), address)
    }
}

#[OpenApi(tag = "Tag::Transcriptions")]
impl Transcriptions {
    /// Transcribe a file
    ///
    /// It is looked at at once, and transcribed in the background. The audio is deleted when that is done; where it
    /// fails, after seven days.
    #[oai(path = "/transcriptions", method = "post")]
    async fn create(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        sent: AudioToTranscribe,
    ) -> Result<Ordered, ApiError> {
        let tenant = caller.tenant();
        admission::check(&state.database, &state.settings.limits.defaults(), tenant, now()).await?;
        let layout = match sent.channels.unwrap_or_default() {
            ChannelLayout::Mix => Layout::Mix,
            ChannelLayout::Separate => Layout::Separate,
        };
        let looked = audio_upload::look(sent.audio_file, transcriptions::LONGEST).await?;
        let audio_upload::Looked { file, claimed, bytes, name, content_type } = looked;
        let new = NewUpload { file, claimed, bytes, name, content_type, layout, language: sent.language };
        let (owned, by) = (state.clone(), *caller.by());
        // A client that goes away half-way leaves nothing in the store that no row names.
        let work = async move {
            let blobs = &owned.recordings.blobs;
            Ok(transcriptions::upload(&owned.database, blobs, tenant, &by, new, now()).await?)
        };
        background::finish(&state, work).await.map(Ordered::new)
    }

    /// Transcriptions
    #[oai(path = "/transcriptions", method = "get")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))] limit: Query<u64>,
        source: Query<Option<TranscriptionSource>>,
        #[oai(name = "state")] in_state: Query<Option<TranscriptionState>>,
    ) -> Result<Json<TranscriptionList>, ApiError> {
        let paging = Paging::new(cursor.as_deref(), limit.0)?;
        let filter = Filter { source: source.0.map(Into::into), state: in_state.0.map(Into::into) };
        let page = transcriptions::list(&state.database, caller.tenant(), filter, paging).await?;
        let page = page.map(Transcription::outline);
        Ok(Json(TranscriptionList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// One transcription
    ///
    /// As `format` says, or `Accept`; otherwise JSON. What is said in it is there when it is ready.
    #[oai(path = "/transcriptions/:id", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
        format: Query<Option<Format>>,
        #[oai(name = "Accept")] accept: Header<Option<String>>,
    ) -> Result<Answer, ApiError> {
        let id: TranscriptionId = super::id(&id, "transcription")?;
        let row = transcriptions::find(&state.database, caller.tenant(), id).await?;
        Ok(Answer::new(row, Format::wanted(format.0, accept.0.as_deref())))
    }

    /// Delete a transcription
    ///
    /// And the uploaded audio, where there is some. A recording stays.
    #[oai(path = "/transcriptions/:id", method = "delete")]
    async fn remove(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Deleted, ApiError> {
        let id: TranscriptionId = super::id(&id, "transcription")?;
        let blobs = &state.recordings.blobs;
        transcriptions::remove(&state.database, blobs, caller.tenant(), caller.by(), id).await?;
        Ok(Deleted::Deleted)
    }

    /// Transcribe a recording, or transcribe it anew
    ///
    /// What was transcribed of it earlier is replaced. Recordings are transcribed by themselves where their agent says so
    /// (`recording.transcribe`).
    #[oai(path = "/recordings/:id/transcribe", method = "post")]
    async fn transcribe(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        id: Path<String>,
        wish: Fields<TranscriptionWish>,
    ) -> Result<Ordered, ApiError> {
        let id: RecordingId = super::id(&id, "recording")?;
        let (db, tenant) = (&state.database, caller.tenant());
        admission::check(db, &state.settings.limits.defaults(), tenant, now()).await?;
        let row = transcriptions::order_again(db, tenant, caller.by(), id, wish.0.language, now()).await?;
        Ok(Ordered::new(row))
    }
}

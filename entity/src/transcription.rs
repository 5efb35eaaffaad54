//! What was said in a recording or in an uploaded file, channel by channel.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{ConversationId, JobId, RecordingId, TenantId, TranscriptionId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "transcriptions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TranscriptionId,
    pub tenant_id: TenantId,
    /// `None`: an upload's.
    pub conversation_id: Option<ConversationId>,
    /// The recording may be gone already; `None`: an upload's.
    pub recording_id: Option<RecordingId>,
    /// The job that was last ordered for it.
    pub job_id: Option<JobId>,
    pub source: Source,
    pub state: State,
    pub layout: Layout,
    /// ISO 639-1, as it was asked for; `None`: the recogniser decides.
    pub language: Option<String>,
    /// Who transcribed it (`openai:gpt-transcribe`); `None`: nobody yet.
    #[sea_orm(column_type = "Text", nullable)]
    pub model: Option<String>,
    /// Channels that were transcribed; `None`: the file has not been opened yet.
    pub channels: Option<i32>,
    /// Of the audio; `None`: not known yet.
    pub duration_ms: Option<i64>,
    /// How much of the audio has been gone through.
    pub done_ms: i64,
    /// From where each channel is still to be transcribed.
    #[sea_orm(column_type = "JsonBinary")]
    pub reached: Reached,
    /// So far; whole when it is ready.
    #[sea_orm(column_type = "JsonBinary")]
    pub segments: Segments,
    /// Counts the changes, so that of two workers one stops.
    pub revision: i32,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub error: Option<Failure>,
    /// Where an upload is stored; `None`: a recording's, or it is no longer kept.
    #[sea_orm(column_type = "Text", nullable)]
    pub blob_key: Option<String>,
    /// As the client called it, here and in `name`.
    #[sea_orm(column_type = "Text", nullable)]
    pub content_type: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub name: Option<String>,
    /// Of the upload.
    pub bytes: Option<i64>,
    pub created_at: DateTimeUtc,
    pub ready_at: Option<DateTimeUtc>,
    /// When the uploaded audio is removed; `None`: there is none.
    pub expires_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Source {
    Recording,
    Upload,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// No worker has begun.
    Queued,
    Running,
    Ready,
    /// Given up: see [`Model::error`].
    Failed,
}

/// How channels are treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Layout {
    /// Heard as one.
    Mix,
    /// Each for itself.
    Separate,
}

/// Something said without a long pause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// From 0. Of a recording: 0 is the caller, 1 the agent.
    pub channel: u16,
    /// From the start of the audio, here and below.
    pub start_ms: u64,
    pub end_ms: u64,
    pub text: String,
}

/// In the order of their starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Segments(pub Vec<Segment>);

/// Milliseconds from the start of the audio, by channel; a channel that is not in it has not been begun.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Reached(pub Vec<u64>);

/// Why it failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Failure {
    /// For programs: `unauthorized`, `unreadable`, …
    pub kind: String,
    /// For people: nothing that was said.
    pub message: String,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

use chrono::{DateTime, Utc};
use domain::{
    cleanup::{self, Preview},
    entity::{deleted_tenant, now},
    tenants,
};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json, types::Example};
use serde_json::{Value, json};

use super::Tag;
use crate::{AppState, auth::Operator, problem::ApiError};

pub struct Cleanup;

/// What a clean-up did when it last ran.
#[derive(Object)]
#[oai(example)]
struct CleanupRun {
    /// `orphans`: files without a row, and recordings without their file, once a day. `expired`: what was of use for a
    /// time, when some was found last.
    name: String,
    at: DateTime<Utc>,
    /// Numbers by name.
    counts: Value,
}

impl Example for CleanupRun {
    fn example() -> Self {
        Self {
            name: "orphans".into(),
            at: "2026-11-23T01:30:07.123456Z".parse().expect("a constant that parses"),
            counts: json!({ "files": 431, "files_without_row": 2 }),
        }
    }
}

/// A tenant that is gone: all that is left of it.
#[derive(Object)]
#[oai(example)]
struct GoneTenant {
    id: String,
    asked_at: DateTime<Utc>,
    /// `user:…` or `operator:…` with their id.
    asked_by: String,
    deleted_at: DateTime<Utc>,
}

impl From<deleted_tenant::Model> for GoneTenant {
    fn from(row: deleted_tenant::Model) -> Self {
        let deleted_tenant::Model { id, asked_at, asked_by, deleted_at } = row;
        Self { id: id.to_string(), asked_at, asked_by, deleted_at }
    }
}

impl Example for GoneTenant {
    fn example() -> Self {
        let at = |time: &str| time.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
            asked_at: at("2026-10-23T09:00:00.123456Z"),
            asked_by: "user:01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14".into(),
            deleted_at: at("2026-11-22T09:00:31.123456Z"),
        }
    }
}

/// What clean-up has done.
#[derive(Object)]
#[oai(example)]
struct CleanupReport {
    runs: Vec<CleanupRun>,
    /// The last first; at most 100.
    deleted_tenants: Vec<GoneTenant>,
}

impl Example for CleanupReport {
    fn example() -> Self {
        Self { runs: vec![CleanupRun::example()], deleted_tenants: vec![GoneTenant::example()] }
    }
}

/// What would be removed now.
#[derive(Object)]
#[oai(example)]
struct CleanupPreview {
    /// Expired, here and in the next five.
    sessions: u64,
    refresh_tokens: u64,
    one_time_tokens: u64,
    stream_tokens: u64,
    idempotency_keys: u64,
    throttles: u64,
    /// Recordings whose own time is over.
    recordings: u64,
    /// Tenants whose time of grace is over.
    tenants: u64,
    /// Stored files that no row names, older than a day.
    files_without_row: u64,
    /// Stored files that are not Switchboard's, and are left alone.
    files_unknown: u64,
    /// Recordings whose file is gone, of the first 5000.
    recordings_without_file: u64,
}

impl From<Preview> for CleanupPreview {
    fn from(preview: Preview) -> Self {
        let Preview {
            sessions,
            refresh_tokens,
            one_time_tokens,
            stream_tokens,
            idempotency_keys,
            throttles,
            recordings,
            tenants,
            orphans,
        } = preview;
        Self {
            sessions,
            refresh_tokens,
            one_time_tokens,
            stream_tokens,
            idempotency_keys,
            throttles,
            recordings,
            tenants,
            files_without_row: orphans.files_without_row,
            files_unknown: orphans.files_unknown,
            recordings_without_file: orphans.recordings_without_file,
        }
    }
}

impl Example for CleanupPreview {
    fn example() -> Self {
        Self {
            sessions: 4,
            refresh_tokens: 31,
            one_time_tokens: 0,
            stream_tokens: 0,
            idempotency_keys: 12,
            throttles: 7,
            recordings: 0,
            tenants: 0,
            files_without_row: 2,
            files_unknown: 0,
            recordings_without_file: 0,
        }
    }
}

#[OpenApi(prefix_path = "/operator", tag = "Tag::Operators")]
impl Cleanup {
    /// What clean-up has done, and which tenants were deleted
    #[oai(path = "/cleanup", method = "get")]
    async fn report(&self, _operator: Operator, state: Data<&AppState>) -> Result<Json<CleanupReport>, ApiError> {
        let runs = cleanup::runs(&state.database).await?.into_iter();
        let deleted = tenants::deleted(&state.database).await?;
        Ok(Json(CleanupReport {
            runs: runs.map(|run| CleanupRun { name: run.name, at: run.at, counts: run.counts }).collect(),
            deleted_tenants: deleted.into_iter().map(GoneTenant::from).collect(),
        }))
    }

    /// What clean-up would remove now
    ///
    /// Looks at what is stored, and removes nothing.
    #[oai(path = "/cleanup/preview", method = "post")]
    async fn preview(&self, _operator: Operator, state: Data<&AppState>) -> Result<Json<CleanupPreview>, ApiError> {
        Ok(Json(cleanup::preview(&state.database, &state.recordings.blobs, now()).await?.into()))
    }
}

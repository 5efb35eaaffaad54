use chrono::{DateTime, Utc};
use domain::{
    entity::{
        job::{Model, State},
        now,
    },
    jobs::{self, Filter, Progress, Whose},
    page::Paging,
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::Example,
};
use serde_json::{Value, json};

use super::{Tag, page};
use crate::{
    AppState,
    auth::{Can, Configure, Operator, Read},
    problem::ApiError,
};

pub struct Jobs;

/// The same for all tenants.
pub struct OperatorJobs;

/// Something that is done in the background.
#[derive(Object)]
#[oai(example)]
struct Job {
    id: String,
    /// Null: the platform's own, which operators alone see.
    tenant_id: Option<String>,
    /// What is done: `finish_conversation`, `check_phone_number`, …
    kind: String,
    state: JobState,
    /// The ids of what it is about, by name.
    subject: Value,
    /// Tries so far, the running one too.
    attempts: i32,
    /// After so many it is dead.
    max_attempts: i32,
    /// Null: it has not said.
    progress: Option<JobProgress>,
    created_at: DateTime<Utc>,
    /// It does not begin before; in the past: it has been waiting since.
    run_at: DateTime<Utc>,
    /// Null: it is neither done nor dead.
    finished_at: Option<DateTime<Utc>>,
    /// Why the last try failed.
    last_error: Option<String>,
}

/// How far a job has come.
#[derive(Object)]
#[oai(example)]
struct JobProgress {
    done: u64,
    /// Null: not known.
    total: Option<u64>,
    /// What it is at.
    phase: Option<String>,
}

#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum JobState {
    /// Waits for its time, or for a worker.
    Ready,
    Running,
    Done,
    /// Given up: it can be tried again or discarded.
    Dead,
}

impl From<State> for JobState {
    fn from(state: State) -> Self {
        match state {
            State::Ready => Self::Ready,
            State::Running => Self::Running,
            State::Done => Self::Done,
            State::Dead => Self::Dead,
        }
    }
}

impl From<JobState> for State {
    fn from(state: JobState) -> Self {
        match state {
            JobState::Ready => Self::Ready,
            JobState::Running => Self::Running,
            JobState::Done => Self::Done,
            JobState::Dead => Self::Dead,
        }
    }
}

impl From<Progress> for JobProgress {
    fn from(Progress { done, total, phase }: Progress) -> Self {
        Self { done, total, phase }
    }
}

impl From<Model> for Job {
    fn from(row: Model) -> Self {
        let mut subject = row.payload;
        if let Some(fields) = subject.as_object_mut() {
            // `at`: where a recording is at Twilio.
            fields.retain(|name, _| !matches!(name.as_str(), "kind" | "tenant" | "at"));
        }
        Self {
            id: row.id.to_string(),
            tenant_id: row.tenant_id.map(|tenant| tenant.to_string()),
            kind: row.kind,
            state: row.state.into(),
            subject,
            attempts: row.attempts,
            max_attempts: row.max_attempts,
            progress: row.progress.map(JobProgress::from),
            created_at: row.created_at,
            run_at: row.run_at,
            finished_at: row.finished_at,
            last_error: row.last_error,
        }
    }
}

impl Example for Job {
    fn example() -> Self {
        let at = |time: &str| time.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17".into(),
            tenant_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into()),
            kind: "check_phone_number".into(),
            state: JobState::Dead,
            subject: json!({ "phone_number": "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14" }),
            attempts: 10,
            max_attempts: 10,
            progress: Some(JobProgress::example()),
            created_at: at("2026-11-22T15:04:05.123456Z"),
            run_at: at("2026-11-22T15:20:11.000001Z"),
            finished_at: Some(at("2026-11-22T15:20:19.000001Z")),
            last_error: Some("Twilio cannot be reached: timeout".into()),
        }
    }
}

impl Example for JobProgress {
    fn example() -> Self {
        Self { done: 120, total: Some(400), phase: Some("secrets".into()) }
    }
}

/// Jobs, newest first.
#[derive(Object)]
#[oai(example)]
struct JobList {
    items: Vec<Job>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for JobList {
    fn example() -> Self {
        Self { items: vec![Job::example()], next_cursor: None }
    }
}

#[derive(ApiResponse)]
enum Discarded {
    /// It is gone
    #[oai(status = 204)]
    Done,
}

/// What a list of jobs is asked for.
struct Wish {
    state: Option<JobState>,
    kind: Option<String>,
    cursor: Option<String>,
    limit: u64,
}

async fn list(app: &AppState, whose: Whose, wish: Wish) -> Result<Json<JobList>, ApiError> {
    let filter = Filter::parse(wish.state.map(State::from), wish.kind.as_deref())?;
    let page = jobs::list(&app.database, whose, filter, Paging::new(wish.cursor.as_deref(), wish.limit)?).await?;
    let page = page.map(Job::from);
    Ok(Json(JobList { items: page.items, next_cursor: page.next_cursor }))
}

#[OpenApi(tag = "Tag::Jobs")]
impl Jobs {
    /// The tenant's jobs, newest first
    ///
    /// What is done is kept for a week, what is dead for a month.
    #[oai(path = "/jobs", method = "get")]
    async fn list(
        &self,
        caller: Can<Read>,
        app: Data<&AppState>,
        /// Only those in this state.
        state: Query<Option<JobState>>,
        /// Only this kind, as `finish_conversation`.
        #[oai(validator(max_length = 100))]
        kind: Query<Option<String>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Jobs a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<JobList>, ApiError> {
        let wish = Wish { state: state.0, kind: kind.0, cursor: cursor.0, limit: limit.0 };
        list(&app, Whose::Tenant(caller.tenant()), wish).await
    }

    /// One job
    #[oai(path = "/jobs/:id", method = "get")]
    async fn one(&self, caller: Can<Read>, app: Data<&AppState>, id: Path<String>) -> Result<Json<Job>, ApiError> {
        let job = jobs::look(&app.database, Whose::Tenant(caller.tenant()), super::id(&id, "job")?).await?;
        Ok(Json(job.into()))
    }

    /// Try a dead job again
    ///
    /// With all its tries. 409 for one that is not dead.
    #[oai(path = "/jobs/:id/retry", method = "post")]
    async fn retry(
        &self,
        caller: Can<Configure>,
        app: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<Job>, ApiError> {
        let whose = Whose::Tenant(caller.tenant());
        let job = jobs::retry(&app.database, whose, caller.by(), super::id(&id, "job")?, now()).await?;
        Ok(Json(job.into()))
    }

    /// Discard a job that is dead or waits
    ///
    /// It is deleted. 409 for one that runs or is done, and (`job_required`) for the erasure of a customer.
    #[oai(path = "/jobs/:id", method = "delete")]
    async fn discard(
        &self,
        caller: Can<Configure>,
        app: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Discarded, ApiError> {
        let whose = Whose::Tenant(caller.tenant());
        jobs::discard(&app.database, whose, caller.by(), super::id(&id, "job")?).await?;
        Ok(Discarded::Done)
    }
}

#[OpenApi(prefix_path = "/operator", tag = "Tag::Operators")]
impl OperatorJobs {
    /// All tenants' jobs and the platform's own, newest first
    #[oai(path = "/jobs", method = "get")]
    async fn list(
        &self,
        _operator: Operator,
        app: Data<&AppState>,
        /// Only those in this state.
        state: Query<Option<JobState>>,
        /// Only this kind, as `finish_conversation`.
        #[oai(validator(max_length = 100))]
        kind: Query<Option<String>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Jobs a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<JobList>, ApiError> {
        let wish = Wish { state: state.0, kind: kind.0, cursor: cursor.0, limit: limit.0 };
        list(&app, Whose::Everybodys, wish).await
    }

    /// One job of any tenant
    #[oai(path = "/jobs/:id", method = "get")]
    async fn one(&self, _operator: Operator, app: Data<&AppState>, id: Path<String>) -> Result<Json<Job>, ApiError> {
        Ok(Json(jobs::look(&app.database, Whose::Everybodys, super::id(&id, "job")?).await?.into()))
    }

    /// Try a dead job of any tenant again
    #[oai(path = "/jobs/:id/retry", method = "post")]
    async fn retry(&self, operator: Operator, app: Data<&AppState>, id: Path<String>) -> Result<Json<Job>, ApiError> {
        let id = super::id(&id, "job")?;
        Ok(Json(jobs::retry(&app.database, Whose::Everybodys, operator.by(), id, now()).await?.into()))
    }

    /// Discard a job of any tenant that is dead or waits
    #[oai(path = "/jobs/:id", method = "delete")]
    async fn discard(&self, operator: Operator, app: Data<&AppState>, id: Path<String>) -> Result<Discarded, ApiError> {
        jobs::discard(&app.database, Whose::Everybodys, operator.by(), super::id(&id, "job")?).await?;
        Ok(Discarded::Done)
    }
}

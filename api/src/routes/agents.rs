mod settings;

use domain::{
    agents::{self, Change},
    entity::agent_version::Model,
    page::Paging,
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::Example,
};

pub use self::settings::AnalysisOutcome;
use self::settings::Settings;
use super::Tag;
use crate::{
    AppState,
    auth::{Can, Configure, Read},
    fields::Perhaps,
    problem::ApiError,
};

pub struct Agents;

/// An agent to be made; the persona gives what is left out.
#[derive(Object)]
#[oai(example)]
struct NewAgent {
    /// 1–200 characters.
    name: String,
    #[oai(flatten)]
    settings: Settings,
}

impl Example for NewAgent {
    fn example() -> Self {
        Self { name: "Bakery".into(), settings: Settings::example() }
    }
}

/// What shall be different: a field left out stays as it is, null goes back to the default.
#[derive(Object)]
#[oai(example)]
struct AgentChange {
    /// 1–200 characters. It holds at once, whatever is published.
    #[oai(skip_serializing_if_is_none)]
    name: Option<String>,
    /// The `revision` that the change was made from: another than today's is refused (`stale_revision`).
    #[oai(skip_serializing_if_is_none)]
    revision: Option<i32>,
    #[oai(flatten)]
    settings: settings::Change,
}

impl Example for AgentChange {
    fn example() -> Self {
        Self { name: None, revision: Some(1), settings: settings::Change::example() }
    }
}

/// What answers a call.
#[derive(Object)]
#[oai(example)]
struct Agent {
    id: String,
    name: String,
    /// Counts the changes.
    revision: i32,
    /// What is worked on; no call hears it before it is published.
    draft: Settings,
    /// What answers.
    published: Version,
    /// Whether the draft is not what answers.
    differs: bool,
    created_at: chrono::DateTime<chrono::Utc>,
    updated_at: chrono::DateTime<chrono::Utc>,
}

impl From<agents::Agent> for Agent {
    fn from(agent: agents::Agent) -> Self {
        Self {
            id: agent.id.to_string(),
            differs: agent.differs(),
            name: agent.name,
            revision: agent.revision,
            draft: agent.draft.into(),
            published: agent.published.into(),
            created_at: agent.created_at,
            updated_at: agent.updated_at,
        }
    }
}

impl Example for Agent {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13".into(),
            name: "Bakery".into(),
            revision: 1,
            draft: Settings::example(),
            published: Version::example(),
            differs: false,
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            updated_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// The agents, newest first.
#[derive(Object)]
#[oai(example)]
struct AgentList {
    items: Vec<Agent>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for AgentList {
    fn example() -> Self {
        Self { items: vec![Agent::example()], next_cursor: None }
    }
}

/// An agent as it was published. A call keeps the version that it began with.
#[derive(Object)]
#[oai(example)]
struct Version {
    /// Counts from 1.
    number: i32,
    settings: Settings,
    published_at: chrono::DateTime<chrono::Utc>,
    /// `user:…` or `api_key:…` with its id, `operator:…`, `system`.
    published_by: String,
    note: Option<String>,
}

impl From<Model> for Version {
    fn from(row: Model) -> Self {
        let Model { number, settings, published_at, published_by, note, .. } = row;
        Self { number, settings: settings.into(), published_at, published_by, note }
    }
}

impl Example for Version {
    fn example() -> Self {
        Self {
            number: 1,
            settings: Settings::example(),
            published_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            published_by: "user:01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14".into(),
            note: None,
        }
    }
}

/// The versions, newest first.
#[derive(Object)]
#[oai(example)]
struct VersionList {
    items: Vec<Version>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for VersionList {
    fn example() -> Self {
        Self { items: vec![Version::example()], next_cursor: None }
    }
}

/// What is to be remembered of a publication.
#[derive(Object)]
#[oai(example)]
struct Publication {
    /// 1–500 characters.
    note: Option<String>,
}

impl Example for Publication {
    fn example() -> Self {
        Self { note: Some("No cakes this week".into()) }
    }
}

/// Where to go back to.
#[derive(Object)]
#[oai(example)]
struct RollBack {
    /// A version's number.
    version: i32,
}

impl Example for RollBack {
    fn example() -> Self {
        Self { version: 1 }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<Agent>),
}

#[derive(ApiResponse)]
enum Deleted {
    /// It is gone; what it said stays
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Agents")]
impl Agents {
    /// Make an agent
    ///
    /// It is published as version 1 and can answer at once. The oldest agent serves where none is named; a phone
    /// number names its own (`POST /phone-numbers`).
    #[oai(path = "/agents", method = "post")]
    async fn create(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        new: Json<NewAgent>,
    ) -> Result<Made, ApiError> {
        let new = agents::NewAgent { name: new.0.name, settings: new.0.settings.into() };
        let agent = agents::create(&state.database, caller.tenant(), caller.by(), new).await?;
        Ok(Made::Created(Json(agent.into())))
    }

    /// The agents, newest first
    #[oai(path = "/agents", method = "get")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Agents a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<AgentList>, ApiError> {
        let page = Paging::new(cursor.as_deref(), limit.0)?;
        let page = agents::list(&state.database, caller.tenant(), page).await?.map(Agent::from);
        Ok(Json(AgentList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// One agent
    #[oai(path = "/agents/:id", method = "get")]
    async fn one(&self, caller: Can<Read>, state: Data<&AppState>, id: Path<String>) -> Result<Json<Agent>, ApiError> {
        let agent = agents::find(&state.database, caller.tenant(), super::id(&id, "agent")?).await?;
        Ok(Json(agent.into()))
    }

    /// Change an agent's draft
    ///
    /// Callers hear it when it is published. A template may be half-written until then.
    #[oai(path = "/agents/:id", method = "patch")]
    async fn update(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        change: Json<AgentChange>,
    ) -> Result<Json<Agent>, ApiError> {
        let AgentChange { name, revision, settings } = change.0;
        let change = Change { name, revision, edit: |draft: &mut _| settings.apply(draft) };
        let id = super::id(&id, "agent")?;
        let agent = agents::update(&state.database, caller.tenant(), caller.by(), id, change).await?;
        Ok(Json(agent.into()))
    }

    /// Remove an agent
    ///
    /// Not while a phone number names it or a call is going on with it (`agent_in_use`). Its conversations stay.
    #[oai(path = "/agents/:id", method = "delete")]
    async fn delete(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Deleted, ApiError> {
        agents::delete(&state.database, caller.tenant(), caller.by(), super::id(&id, "agent")?).await?;
        Ok(Deleted::Done)
    }

    /// Publish an agent's draft
    ///
    /// Conversations that begin from now on have it; those under way keep the version that they began with. A
    /// template that cannot be read is refused, with its place.
    #[oai(path = "/agents/:id/publish", method = "post")]
    async fn publish(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        publication: Perhaps<Publication>,
    ) -> Result<Json<Agent>, ApiError> {
        let (id, note) = (super::id(&id, "agent")?, publication.0.and_then(|publication| publication.note));
        let agent = agents::publish(&state.database, caller.tenant(), caller.by(), id, note).await?;
        Ok(Json(agent.into()))
    }

    /// Go back to an earlier version
    ///
    /// A copy of it is published as a new version, and becomes the draft as well.
    #[oai(path = "/agents/:id/rollback", method = "post")]
    async fn roll_back(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        to: Json<RollBack>,
    ) -> Result<Json<Agent>, ApiError> {
        let id = super::id(&id, "agent")?;
        let agent = agents::roll_back(&state.database, caller.tenant(), caller.by(), id, to.0.version).await?;
        Ok(Json(agent.into()))
    }

    /// An agent's versions, newest first
    #[oai(path = "/agents/:id/versions", method = "get")]
    async fn versions(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Versions a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<VersionList>, ApiError> {
        let page = Paging::new(cursor.as_deref(), limit.0)?;
        let id = super::id(&id, "agent")?;
        let page = agents::versions(&state.database, caller.tenant(), id, page).await?.map(Version::from);
        Ok(Json(VersionList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// One version of an agent
    #[oai(path = "/agents/:id/versions/:number", method = "get")]
    async fn version(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
        number: Path<i32>,
    ) -> Result<Json<Version>, ApiError> {
        let id = super::id(&id, "agent")?;
        Ok(Json(agents::version(&state.database, caller.tenant(), id, number.0).await?.into()))
    }
}

fn page() -> u64 {
    20
}

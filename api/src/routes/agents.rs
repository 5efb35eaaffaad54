use domain::{
    agents::{self, Change},
    entity::agent::Model,
    personas,
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::Path,
    payload::Json,
    types::{Example, MaybeUndefined},
};

use super::{Tag, wish};
use crate::{
    AppState,
    auth::{Can, Configure, Read},
    problem::ApiError,
};

pub struct Agents;

/// An agent to be made; the persona gives what is left out.
#[derive(Object)]
#[oai(example)]
struct NewAgent {
    /// 1–200 characters.
    name: String,
    /// A persona's name (`GET /personas`).
    #[oai(default = "persona")]
    persona: String,
    /// Said to the model after the persona's own prompt; up to 20,000 characters.
    instructions: Option<String>,
    /// Said first; up to 1,000 characters.
    greeting: Option<String>,
    /// A voice of the speech provider.
    voice: Option<String>,
    /// Of speech: 0.25–4, 1 is natural.
    speed: Option<f32>,
    /// That callers speak, in two letters (ISO 639-1); without it the recogniser decides.
    language: Option<String>,
    /// What `transfer_call` dials: an E.164 number or a SIP URI (`sip:user@host`). Without it the agent cannot
    /// transfer.
    transfer_to: Option<String>,
    /// Whether the agent may hang up.
    #[oai(default = "may_end_call")]
    may_end_call: bool,
}

impl Example for NewAgent {
    fn example() -> Self {
        Self {
            name: "Bakery".into(),
            persona: persona(),
            instructions: Some("You take orders for Corner Bakery. Open from seven to six, closed on Sundays.".into()),
            greeting: Some("Corner Bakery, what can I get you?".into()),
            voice: Some("nova".into()),
            speed: None,
            language: Some("en".into()),
            transfer_to: Some("+15005550009".into()),
            may_end_call: may_end_call(),
        }
    }
}

/// What shall be different: a field left out stays as it is, null goes back to the persona's.
#[derive(Object)]
#[oai(example)]
struct AgentChange {
    /// 1–200 characters.
    #[oai(skip_serializing_if_is_none)]
    name: Option<String>,
    /// A persona's name (`GET /personas`).
    #[oai(skip_serializing_if_is_none)]
    persona: Option<String>,
    /// Said to the model after the persona's own prompt; up to 20,000 characters.
    instructions: MaybeUndefined<String>,
    /// Said first; up to 1,000 characters.
    greeting: MaybeUndefined<String>,
    /// A voice of the speech provider.
    voice: MaybeUndefined<String>,
    /// Of speech: 0.25–4, 1 is natural.
    speed: MaybeUndefined<f32>,
    /// That callers speak, in two letters (ISO 639-1); null: the recogniser decides.
    language: MaybeUndefined<String>,
    /// What `transfer_call` dials: an E.164 number or a SIP URI (`sip:user@host`); null: the agent cannot transfer.
    transfer_to: MaybeUndefined<String>,
    /// Whether the agent may hang up.
    #[oai(skip_serializing_if_is_none)]
    may_end_call: Option<bool>,
}

impl Example for AgentChange {
    fn example() -> Self {
        Self {
            name: None,
            persona: None,
            instructions: MaybeUndefined::Value("You take orders for Corner Bakery. No cakes this week.".into()),
            greeting: MaybeUndefined::Undefined,
            voice: MaybeUndefined::Undefined,
            speed: MaybeUndefined::Undefined,
            language: MaybeUndefined::Undefined,
            transfer_to: MaybeUndefined::Value("sip:counter@bakery.example.com".into()),
            may_end_call: None,
        }
    }
}

/// What answers a call.
#[derive(Object)]
#[oai(example)]
struct Agent {
    id: String,
    name: String,
    persona: String,
    /// Null, here and below: the persona's.
    instructions: Option<String>,
    greeting: Option<String>,
    voice: Option<String>,
    speed: Option<f32>,
    /// Null: the recogniser decides.
    language: Option<String>,
    /// What `transfer_call` dials; null: the agent cannot transfer.
    transfer_to: Option<String>,
    may_end_call: bool,
    created_at: chrono::DateTime<chrono::Utc>,
    updated_at: chrono::DateTime<chrono::Utc>,
}

impl From<Model> for Agent {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            persona: row.persona,
            instructions: row.instructions,
            greeting: row.greeting,
            voice: row.voice,
            speed: row.speed,
            language: row.language,
            transfer_to: row.transfer_to,
            may_end_call: row.may_end_call,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Example for Agent {
    fn example() -> Self {
        let new = NewAgent::example();
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13".into(),
            name: new.name,
            persona: new.persona,
            instructions: new.instructions,
            greeting: new.greeting,
            voice: new.voice,
            speed: new.speed,
            language: new.language,
            transfer_to: new.transfer_to,
            may_end_call: new.may_end_call,
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            updated_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// All of the tenant's agents, oldest first.
#[derive(Object)]
#[oai(example)]
struct AgentList {
    items: Vec<Agent>,
}

impl Example for AgentList {
    fn example() -> Self {
        Self { items: vec![Agent::example()] }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<Agent>),
}

#[OpenApi(tag = "Tag::Agents")]
impl Agents {
    /// Make an agent
    ///
    /// The oldest one serves where none is named; a phone number names its own (`POST /phone-numbers`).
    #[oai(path = "/agents", method = "post")]
    async fn create(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        new: Json<NewAgent>,
    ) -> Result<Made, ApiError> {
        let new = new.0;
        let new = agents::NewAgent {
            name: new.name,
            persona: Some(new.persona),
            instructions: new.instructions,
            greeting: new.greeting,
            voice: new.voice,
            speed: new.speed,
            language: new.language,
            transfer_to: new.transfer_to,
            may_end_call: new.may_end_call,
            ..agents::NewAgent::default()
        };
        let row = agents::create(&state.database, caller.tenant(), caller.by(), new).await?;
        Ok(Made::Created(Json(row.into())))
    }

    /// The agents, oldest first
    #[oai(path = "/agents", method = "get")]
    async fn list(&self, caller: Can<Read>, state: Data<&AppState>) -> Result<Json<AgentList>, ApiError> {
        let rows = agents::list(&state.database, caller.tenant()).await?;
        Ok(Json(AgentList { items: rows.into_iter().map(Agent::from).collect() }))
    }

    /// One agent
    #[oai(path = "/agents/:id", method = "get")]
    async fn one(&self, caller: Can<Read>, state: Data<&AppState>, id: Path<String>) -> Result<Json<Agent>, ApiError> {
        let row = agents::find(&state.database, caller.tenant(), super::id(&id, "agent")?).await?;
        Ok(Json(row.into()))
    }

    /// Change an agent
    ///
    /// It answers the next call so.
    #[oai(path = "/agents/:id", method = "patch")]
    async fn update(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        change: Json<AgentChange>,
    ) -> Result<Json<Agent>, ApiError> {
        let change = change.0;
        let change = Change {
            name: change.name,
            persona: change.persona,
            instructions: wish(change.instructions),
            greeting: wish(change.greeting),
            voice: wish(change.voice),
            speed: wish(change.speed),
            language: wish(change.language),
            transfer_to: wish(change.transfer_to),
            may_end_call: change.may_end_call,
        };
        let row =
            agents::update(&state.database, caller.tenant(), caller.by(), super::id(&id, "agent")?, change).await?;
        Ok(Json(row.into()))
    }
}

fn persona() -> String {
    personas::DEFAULT.to_owned()
}

fn may_end_call() -> bool {
    true
}

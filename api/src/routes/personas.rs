use domain::personas;
use poem::web::Data;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json, types::Example};

use super::Tag;
use crate::{
    AppState,
    auth::{Can, Read},
    problem::ApiError,
};

pub struct Personas;

/// A character that an agent can take on.
#[derive(Object)]
#[oai(example)]
struct Persona {
    /// Its name in every request.
    name: String,
    title: String,
    description: String,
    /// Manner of speaking.
    tone: String,
    /// Its part of the system message.
    prompt: String,
    /// A voice of the OpenAI-compatible speech APIs.
    voice: String,
    /// Said first.
    greeting: String,
    /// Of speech: 1 is natural.
    speed: f64,
}

impl From<&personas::Persona> for Persona {
    fn from(persona: &personas::Persona) -> Self {
        Self {
            name: persona.name.to_string(),
            title: persona.title.to_string(),
            description: persona.description.to_string(),
            tone: persona.tone.to_string(),
            prompt: persona.prompt.to_string(),
            voice: persona.voice.to_string(),
            greeting: persona.greeting.to_string(),
            speed: persona.speed,
        }
    }
}

impl Example for Persona {
    fn example() -> Self {
        personas::default().into()
    }
}

/// All of them.
#[derive(Object)]
#[oai(example)]
struct PersonaList {
    personas: Vec<Persona>,
    /// Who speaks when none is named.
    default: String,
}

impl Example for PersonaList {
    fn example() -> Self {
        Self { personas: personas::built_in().iter().map(Persona::from).collect(), default: personas::DEFAULT.into() }
    }
}

#[OpenApi(tag = "Tag::Personas")]
impl Personas {
    /// All personas
    #[oai(path = "/personas", method = "get")]
    async fn list(&self, _caller: Can<Read>) -> Json<PersonaList> {
        Json(PersonaList::example())
    }

    /// One persona
    #[oai(path = "/personas/:persona", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// For example `friendly_guide`.
        persona: Path<String>,
    ) -> Result<Json<Persona>, ApiError> {
        Ok(Json((&personas::find(&state.database, caller.tenant(), &persona).await?).into()))
    }
}

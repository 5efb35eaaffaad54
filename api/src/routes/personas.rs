use domain::personas;
use poem_openapi::{Object, OpenApi, param::Path, payload::Json, types::Example};

use super::Tag;
use crate::{
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
    speed: f32,
}

impl From<&personas::Persona> for Persona {
    fn from(persona: &personas::Persona) -> Self {
        Self {
            name: persona.name.into(),
            title: persona.title.into(),
            description: persona.description.into(),
            tone: persona.tone.into(),
            prompt: persona.prompt.into(),
            voice: persona.voice.into(),
            greeting: persona.greeting.into(),
            speed: persona.speed,
        }
    }
}

impl Example for Persona {
    fn example() -> Self {
        personas::find(personas::DEFAULT).expect("the default persona exists").into()
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
        Self { personas: personas::all().iter().map(Persona::from).collect(), default: personas::DEFAULT.into() }
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
        _caller: Can<Read>,
        /// For example `friendly_guide`.
        persona: Path<String>,
    ) -> Result<Json<Persona>, ApiError> {
        personas::find(&persona).map(|found| Json(found.into())).ok_or_else(|| ApiError::not_found("persona"))
    }
}

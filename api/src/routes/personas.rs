use domain::personas;
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::Path,
    payload::Json,
    types::{Example, MaybeUndefined},
};

use super::Tag;
use crate::{
    AppState,
    auth::{Can, Configure, Read},
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
    /// Its part of the system message. A template: `{{customer.name|there}}`.
    prompt: String,
    /// A voice of the OpenAI-compatible speech APIs.
    voice: String,
    /// Said first. A template.
    greeting: String,
    /// Of speech: 1 is natural.
    speed: f64,
    /// That callers speak, in two letters (ISO 639-1); null: the recogniser decides.
    language: Option<String>,
    /// Everybody has it, and it stays as it is.
    built_in: bool,
}

impl From<personas::Persona> for Persona {
    fn from(persona: personas::Persona) -> Self {
        Self {
            built_in: persona.is_built_in(),
            name: persona.name.into(),
            title: persona.title.into(),
            description: persona.description.into(),
            tone: persona.tone.into(),
            prompt: persona.prompt.into(),
            voice: persona.voice.into(),
            greeting: persona.greeting.into(),
            speed: persona.speed,
            language: persona.language.map(Into::into),
        }
    }
}

impl Example for Persona {
    fn example() -> Self {
        personas::default().clone().into()
    }
}

/// A persona of one's own.
#[derive(Object)]
#[oai(example)]
struct NewPersona {
    /// 1–64 small letters, digits and `_`, the first a letter; not a built-in one's. It never changes.
    name: String,
    /// 1–200 characters.
    title: String,
    /// 1–1,000 characters.
    description: String,
    /// Manner of speaking, in a few words; 1–200 characters.
    tone: String,
    /// Its part of the system message; 1–20,000 characters. A template: `{{customer.name|there}}`.
    prompt: String,
    /// A voice of the speech provider.
    #[oai(default = "voice")]
    voice: String,
    /// Said first; 1–1,000 characters. A template.
    greeting: String,
    /// Of speech: 0.25–4, 1 is natural.
    #[oai(default = "natural")]
    speed: f64,
    /// That callers speak, in two letters (ISO 639-1); null: the recogniser decides.
    language: Option<String>,
}

impl Example for NewPersona {
    fn example() -> Self {
        Self {
            name: "baker".into(),
            title: "Baker".into(),
            description: "Knows bread, and everybody's name.".into(),
            tone: "warm, quick, a little floury".into(),
            prompt: "You are the baker of a small town. You know your customers and their usual orders.".into(),
            voice: voice(),
            greeting: "Good morning {{customer.name|there}}, what may it be?".into(),
            speed: natural(),
            language: None,
        }
    }
}

/// What shall be different: a field left out stays as it is, null goes back to the default.
#[derive(Object)]
#[oai(example)]
struct PersonaChange {
    #[oai(skip_serializing_if_is_none)]
    title: Option<String>,
    #[oai(skip_serializing_if_is_none)]
    description: Option<String>,
    #[oai(skip_serializing_if_is_none)]
    tone: Option<String>,
    #[oai(skip_serializing_if_is_none)]
    prompt: Option<String>,
    #[oai(skip_serializing_if_is_none)]
    greeting: Option<String>,
    voice: MaybeUndefined<String>,
    speed: MaybeUndefined<f64>,
    language: MaybeUndefined<String>,
}

impl PersonaChange {
    fn apply(self, persona: &mut personas::Persona) {
        let texts = [
            (&mut persona.title, self.title),
            (&mut persona.description, self.description),
            (&mut persona.tone, self.tone),
            (&mut persona.prompt, self.prompt),
            (&mut persona.greeting, self.greeting),
        ];
        for (text, wish) in texts {
            if let Some(wish) = wish {
                *text = wish.into();
            }
        }
        match self.voice {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => persona.voice = voice().into(),
            MaybeUndefined::Value(wish) => persona.voice = wish.into(),
        }
        match self.speed {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => persona.speed = natural(),
            MaybeUndefined::Value(wish) => persona.speed = wish,
        }
        match self.language {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => persona.language = None,
            MaybeUndefined::Value(wish) => persona.language = Some(wish.into()),
        }
    }
}

impl Example for PersonaChange {
    fn example() -> Self {
        Self {
            title: None,
            description: None,
            tone: Some("warm, unhurried".into()),
            prompt: None,
            greeting: None,
            voice: MaybeUndefined::Undefined,
            speed: MaybeUndefined::Value(1.1),
            language: MaybeUndefined::Undefined,
        }
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
        let personas = personas::built_in().iter().cloned().map(Persona::from).collect();
        Self { personas, default: personas::DEFAULT.into() }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<Persona>),
}

#[derive(ApiResponse)]
enum Deleted {
    /// It is gone
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Personas")]
impl Personas {
    /// All personas: the built-in ones, then your own by name
    #[oai(path = "/personas", method = "get")]
    async fn list(&self, caller: Can<Read>, state: Data<&AppState>) -> Result<Json<PersonaList>, ApiError> {
        let all = personas::list(&state.database, caller.tenant()).await?;
        let personas = all.into_iter().map(Persona::from).collect();
        Ok(Json(PersonaList { personas, default: personas::DEFAULT.into() }))
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
        Ok(Json(personas::find(&state.database, caller.tenant(), &persona).await?.into()))
    }

    /// Make a persona of your own
    #[oai(path = "/personas", method = "post")]
    async fn create(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        new: Json<NewPersona>,
    ) -> Result<Made, ApiError> {
        let new = new.0;
        let new = personas::Persona {
            name: new.name.into(),
            title: new.title.into(),
            description: new.description.into(),
            tone: new.tone.into(),
            prompt: new.prompt.into(),
            voice: new.voice.into(),
            greeting: new.greeting.into(),
            speed: new.speed,
            language: new.language.map(Into::into),
        };
        let persona = personas::create(&state.database, caller.tenant(), caller.by(), new).await?;
        Ok(Made::Created(Json(persona.into())))
    }

    /// Change a persona of your own
    ///
    /// Agents share it: it holds at once for all that name it, from their next conversation (or the next stream of a
    /// call that lost its own) on. Built-in ones stay as they are (`persona_built_in`).
    #[oai(path = "/personas/:persona", method = "patch")]
    async fn update(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        persona: Path<String>,
        change: Json<PersonaChange>,
    ) -> Result<Json<Persona>, ApiError> {
        let (db, edit) = (&state.database, |persona: &mut _| change.0.apply(persona));
        Ok(Json(personas::update(db, caller.tenant(), caller.by(), &persona, edit).await?.into()))
    }

    /// Remove a persona of your own
    ///
    /// Not while an agent's draft, what an agent answers with, or a conversation under way names it (`persona_in_use`).
    #[oai(path = "/personas/:persona", method = "delete")]
    async fn delete(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        persona: Path<String>,
    ) -> Result<Deleted, ApiError> {
        personas::delete(&state.database, caller.tenant(), caller.by(), &persona).await?;
        Ok(Deleted::Done)
    }
}

fn voice() -> String {
    "alloy".to_owned()
}

fn natural() -> f64 {
    1.0
}

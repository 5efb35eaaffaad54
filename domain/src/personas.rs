//! The characters an agent can have.

use std::borrow::Cow;

use entity::id::TenantId;
use sea_orm::ConnectionTrait;

use crate::{Database, Error, Result};

/// Who speaks when nothing else is said.
pub const DEFAULT: &str = "friendly_guide";

/// A character.
#[derive(Clone, Debug, PartialEq)]
pub struct Persona {
    /// As the API calls it.
    pub name: Cow<'static, str>,
    pub title: Cow<'static, str>,
    pub description: Cow<'static, str>,
    /// Manner of speaking, in a few words.
    pub tone: Cow<'static, str>,
    /// The character's part of the system message.
    pub prompt: Cow<'static, str>,
    /// A voice of the OpenAI-compatible speech APIs.
    pub voice: Cow<'static, str>,
    pub greeting: Cow<'static, str>,
    /// 0.25–4; 1 is natural.
    pub speed: f64,
    /// ISO 639-1; `None`: the recogniser decides.
    pub language: Option<Cow<'static, str>>,
}

static BUILT_IN: [Persona; 3] = [
    Persona {
        name: Cow::Borrowed("friendly_guide"),
        title: Cow::Borrowed("Friendly guide"),
        description: Cow::Borrowed("Warm and helpful; explains step by step and checks that it was understood."),
        tone: Cow::Borrowed("warm, encouraging, conversational"),
        prompt: Cow::Borrowed(
            "You are a friendly guide. You are warm and patient, explain things step by step in plain words, and \
             make sure the caller feels understood before you move on.",
        ),
        voice: Cow::Borrowed("alloy"),
        greeting: Cow::Borrowed("Hi there, thanks for calling! How can I help you today?"),
        speed: 1.0,
        language: None,
    },
    Persona {
        name: Cow::Borrowed("calm_concierge"),
        title: Cow::Borrowed("Calm concierge"),
        description: Cow::Borrowed("Composed and courteous; takes requests precisely and confirms them."),
        tone: Cow::Borrowed("calm, polite, unhurried"),
        prompt: Cow::Borrowed(
            "You are a calm concierge. You are composed, courteous and precise, never in a hurry, and you confirm \
             the details of what the caller asks for.",
        ),
        voice: Cow::Borrowed("sage"),
        greeting: Cow::Borrowed("Good day, and thank you for calling. How may I be of service?"),
        speed: 0.95,
        language: None,
    },
    Persona {
        name: Cow::Borrowed("energetic_host"),
        title: Cow::Borrowed("Energetic host"),
        description: Cow::Borrowed("Lively and upbeat; keeps the conversation moving."),
        tone: Cow::Borrowed("upbeat, lively, enthusiastic"),
        prompt: Cow::Borrowed(
            "You are an energetic host. You are upbeat and lively, keep the conversation moving, and celebrate \
             small wins with the caller.",
        ),
        voice: Cow::Borrowed("nova"),
        greeting: Cow::Borrowed("Hey, great to hear from you! What can I do for you?"),
        speed: 1.05,
        language: None,
    },
];

/// The built-in ones, in the order they are listed.
pub fn built_in() -> &'static [Persona] {
    &BUILT_IN
}

/// The built-in one of that name.
pub fn built_in_named(name: &str) -> Option<&'static Persona> {
    BUILT_IN.iter().find(|persona| persona.name == name)
}

/// The built-in one that speaks when nothing else is said.
pub fn default() -> &'static Persona {
    built_in_named(DEFAULT).expect("the default persona is built in")
}

/// The one that the tenant calls so.
pub async fn find(db: &Database, tenant: TenantId, name: &str) -> Result<Persona> {
    find_in(&db.of(tenant), tenant, name).await
}

pub(crate) async fn find_in(_conn: &impl ConnectionTrait, _tenant: TenantId, name: &str) -> Result<Persona> {
    built_in_named(name).cloned().ok_or(Error::NotFound { what: "persona" })
}

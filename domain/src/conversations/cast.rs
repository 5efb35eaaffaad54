//! Who speaks in a conversation: the agent, its persona, and what the engine is told of both.

use std::time::Duration;

use entity::{
    agent, conversation,
    id::{AgentId, TenantId},
};
use sea_orm::ConnectionTrait;
use voice::{
    conversation::{Config, Deadlines, Playback},
    line::AudioFormat,
    tool::Tools,
    turn::{self, Limits},
};

use crate::{
    Database, Error, Result, agents,
    personas::{self, Persona},
};

/// Said to every model, whatever the persona: it writes for the ear.
const SPOKEN: &str = "You are speaking with someone aloud, in real time. Answer in one to three short sentences. \
    Never use lists, markdown, emoji or links. Say numbers, dates and addresses as they are spoken. The words you \
    are given come from speech recognition and may be misheard: when something makes no sense, ask.";

/// How a line's audio goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub input: AudioFormat,
    pub output: AudioFormat,
    pub playback: Playback,
}

/// Who speaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Cast {
    /// `None`: the persona speaks for itself.
    pub agent: Option<agent::Model>,
    /// It gives whatever the agent leaves open.
    pub persona: Persona,
}

/// Who speaks in this conversation; `persona` instead of its own for once, where one is named.
pub async fn cast(
    db: &Database,
    tenant: TenantId,
    conversation: &conversation::Model,
    persona: Option<&str>,
) -> Result<Cast> {
    let conn = db.of(tenant);
    let cast = of_in(&conn, tenant, conversation).await?;
    match persona {
        Some(name) => Ok(Cast { persona: wanted_persona(&conn, tenant, name).await?, ..cast }),
        None => Ok(cast),
    }
}

/// The persona of that name, speaking for itself.
pub async fn speaker(db: &Database, tenant: TenantId, persona: &str) -> Result<voice::conversation::Persona> {
    Ok(Cast::alone(wanted_persona(&db.of(tenant), tenant, persona).await?).speaker())
}

pub(super) async fn of_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: &conversation::Model,
) -> Result<Cast> {
    let agent = match conversation.agent_id {
        Some(id) => Some(agents::find_in(conn, tenant, id).await?),
        None => None,
    };
    let persona = match personas::find_in(conn, tenant, &conversation.persona).await {
        Err(Error::NotFound { .. }) => personas::default().clone(),
        found => found?,
    };
    Ok(Cast { agent, persona })
}

/// Who is to speak in a new one.
pub(super) async fn choose(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    agent: Option<AgentId>,
    persona: Option<&str>,
) -> Result<Cast> {
    let agent = match agent {
        Some(id) => Some(agents::find_in(conn, tenant, id).await?),
        None => agents::first_in(conn, tenant).await?,
    };
    let own = agent.as_ref().map_or(personas::DEFAULT, |agent| &agent.persona);
    let persona = wanted_persona(conn, tenant, persona.unwrap_or(own)).await?;
    Ok(Cast { agent, persona })
}

async fn wanted_persona(conn: &impl ConnectionTrait, tenant: TenantId, name: &str) -> Result<Persona> {
    match personas::find_in(conn, tenant, name).await {
        Err(Error::NotFound { .. }) => Err(Error::invalid("persona", "there is none of this name; see GET /personas")),
        found => found,
    }
}

impl Cast {
    /// A persona that speaks for itself.
    pub const fn alone(persona: Persona) -> Self {
        Self { agent: None, persona }
    }

    /// Said first; `None`: nothing.
    pub fn greeting(&self) -> Option<String> {
        let own = self.agent.as_ref().and_then(|agent| agent.greeting.clone());
        Some(own.unwrap_or_else(|| self.persona.greeting.to_string()))
    }

    /// Who speaks, and how: the agent's wishes over the persona's.
    pub fn speaker(&self) -> voice::conversation::Persona {
        let (agent, persona) = (self.agent.as_ref(), &self.persona);
        let own = |field: fn(&agent::Model) -> &Option<String>| agent.and_then(|agent| field(agent).clone());
        let mut instructions = format!("{}\n\n{SPOKEN}", persona.prompt);
        if let Some(wishes) = own(|agent| &agent.instructions) {
            instructions = format!("{instructions}\n\n{wishes}");
        }
        voice::conversation::Persona {
            instructions,
            voice: own(|agent| &agent.voice).unwrap_or_else(|| persona.voice.to_string()),
            speed: agent.and_then(|agent| agent.speed).map_or(persona.speed, f64::from),
            manner: Some(format!("Speak in a {} manner.", persona.tone)),
            language: own(|agent| &agent.language).or_else(|| persona.language.as_deref().map(str::to_owned)),
            waiting: "One moment, please.".to_owned(),
            idle_prompt: "Are you still there?".to_owned(),
            resumed: "Sorry, the line dropped for a moment. Please go on.".to_owned(),
            apology: "I'm sorry, I'm having trouble right now. Please try again in a moment.".to_owned(),
            model: None,
            temperature: None,
            max_tokens: voice::conversation::Persona::MAX_TOKENS,
        }
    }

    /// What the engine is told: the agent's wishes over the persona's, over the engine's defaults.
    ///
    /// `history` and `first_turn` are those of a new conversation; a resumed one fills them from
    /// [`conversations`](super).
    pub fn config(&self, line: &Line) -> Config {
        let agent = self.agent.as_ref();
        Config {
            persona: self.speaker(),
            input: line.input,
            output: line.output,
            playback: line.playback,
            greeting: self.greeting(),
            history: Vec::new(),
            first_turn: 0,
            transfer_to: agent.and_then(|agent| agent.transfer_to.clone()),
            tools: Tools::default(),
            may_end_call: agent.is_none_or(|agent| agent.may_end_call),
            turns: turns(agent.and_then(|agent| agent.turns.as_ref())),
            limits: limits(agent.and_then(|agent| agent.limits.as_ref())),
            deadlines: Deadlines::default(),
        }
    }
}

fn turns(own: Option<&agent::Turns>) -> turn::Config {
    let mut config = turn::Config::default();
    let Some(own) = own else { return config };
    let set = |to: &mut Duration, ms: Option<u64>| *to = ms.map_or(*to, Duration::from_millis);
    set(&mut config.end_complete, own.end_complete_ms);
    set(&mut config.end_unknown, own.end_unknown_ms);
    set(&mut config.end_incomplete, own.end_incomplete_ms);
    config.interruptible = own.interruptible.unwrap_or(config.interruptible);
    config
}

fn limits(own: Option<&agent::Limits>) -> Limits {
    let mut limits = Limits::default();
    let Some(own) = own else { return limits };
    let set = |to: &mut Duration, seconds: Option<u64>| *to = seconds.map_or(*to, Duration::from_secs);
    set(&mut limits.idle_prompt_after, own.idle_prompt_after_s);
    set(&mut limits.silence, own.silence_s);
    set(&mut limits.max_duration, own.max_duration_s);
    limits
}

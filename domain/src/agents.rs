//! Agents, and how one becomes a conversation's configuration.

use std::time::Duration;

use entity::{
    TenantScoped, agent,
    id::{AgentId, TenantId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};
use voice::{
    conversation::{Config, Deadlines, Playback},
    line::AudioFormat,
    turn::{self, Limits},
};

use crate::{
    Database, Error, Result,
    personas::{self, Persona},
};

/// The longest call that an agent may be set to: Twilio's own limit unless asked for more.
pub const LONGEST_CALL: Duration = Duration::from_secs(4 * 60 * 60);

/// Said to every model, whatever the persona: it writes for the ear.
const SPOKEN: &str = "You are speaking with someone aloud, in real time. Answer in one to three short sentences. \
    Never use lists, markdown, emoji or links. Say numbers, dates and addresses as they are spoken. The words you \
    are given come from speech recognition and may be misheard: when something makes no sense, ask.";

/// An agent to be made; whatever is `None` comes from the persona or the engine.
#[derive(Clone, Debug, Default)]
pub struct NewAgent {
    pub name: String,
    /// A persona's name; `None`: [`personas::DEFAULT`].
    pub persona: Option<String>,
    pub instructions: Option<String>,
    pub greeting: Option<String>,
    pub voice: Option<String>,
    /// 0.25–4.
    pub speed: Option<f32>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// E.164 number or SIP URI.
    pub transfer_to: Option<String>,
    pub may_end_call: bool,
    pub turns: Option<agent::Turns>,
    pub limits: Option<agent::Limits>,
}

/// How a line's audio goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    pub input: AudioFormat,
    pub output: AudioFormat,
    pub playback: Playback,
}

/// A new agent.
pub async fn create(db: &Database, tenant: TenantId, new: NewAgent) -> Result<agent::Model> {
    create_in(db.connection(), tenant, new).await
}

pub(crate) async fn create_in(conn: &impl ConnectionTrait, tenant: TenantId, new: NewAgent) -> Result<agent::Model> {
    let persona = new.persona.unwrap_or_else(|| personas::DEFAULT.to_owned());
    let name = new.name.trim();
    if name.is_empty() || name.len() > 200 {
        return Err(Error::invalid("name", "must be 1 to 200 characters long"));
    }
    if personas::find(&persona).is_none() {
        return Err(Error::invalid("persona", "there is no such persona"));
    }
    if new.speed.is_some_and(|speed| !(0.25..=4.0).contains(&speed)) {
        return Err(Error::invalid("speed", "must be between 0.25 and 4"));
    }
    let longest = new.limits.as_ref().and_then(|limits| limits.max_duration_s);
    if longest.is_some_and(|seconds| seconds == 0 || seconds > LONGEST_CALL.as_secs()) {
        return Err(Error::invalid("limits", "max_duration_s must be between 1 and 14400"));
    }
    let now = entity::now();
    let row = agent::ActiveModel {
        id: Set(AgentId::new()),
        tenant_id: Set(tenant),
        name: Set(name.to_owned()),
        persona: Set(persona),
        instructions: Set(new.instructions),
        greeting: Set(new.greeting),
        voice: Set(new.voice),
        speed: Set(new.speed),
        language: Set(new.language),
        transfer_to: Set(new.transfer_to),
        may_end_call: Set(new.may_end_call),
        turns: Set(new.turns),
        limits: Set(new.limits),
        created_at: Set(now),
        updated_at: Set(now),
    };
    Ok(row.insert(conn).await?)
}

pub async fn find(db: &Database, tenant: TenantId, id: AgentId) -> Result<agent::Model> {
    find_in(db.connection(), tenant, id).await
}

pub(crate) async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId, id: AgentId) -> Result<agent::Model> {
    let row = agent::Entity::of(tenant).filter(agent::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(Error::NotFound { what: "agent" })
}

/// The tenant's oldest agent, which serves where none is named.
pub async fn first(db: &Database, tenant: TenantId) -> Result<Option<agent::Model>> {
    Ok(agent::Entity::of(tenant).order_by_asc(agent::Column::Id).one(db.connection()).await?)
}

/// What the engine is told: the agent's wishes over the persona's, over the engine's defaults.
///
/// `history` and `first_turn` are those of a new conversation; a resumed one fills them from
/// [`conversations`](crate::conversations).
pub fn conversation_config(agent: Option<&agent::Model>, persona: &Persona, line: &Line) -> Config {
    let own = |field: fn(&agent::Model) -> &Option<String>| agent.and_then(|agent| field(agent).clone());
    let mut instructions = format!("{}\n\n{SPOKEN}", persona.prompt);
    if let Some(wishes) = own(|agent| &agent.instructions) {
        instructions = format!("{instructions}\n\n{wishes}");
    }
    let speaker = voice::conversation::Persona {
        instructions,
        voice: own(|agent| &agent.voice).unwrap_or_else(|| persona.voice.to_owned()),
        speed: agent.and_then(|agent| agent.speed).unwrap_or(persona.speed),
        manner: Some(format!("Speak in a {} manner.", persona.tone)),
        language: own(|agent| &agent.language),
        idle_prompt: "Are you still there?".to_owned(),
        resumed: "Sorry, the line dropped for a moment. Please go on.".to_owned(),
        apology: "I'm sorry, I'm having trouble right now. Please try again in a moment.".to_owned(),
        temperature: None,
    };
    Config {
        persona: speaker,
        input: line.input,
        output: line.output,
        playback: line.playback,
        greeting: Some(own(|agent| &agent.greeting).unwrap_or_else(|| persona.greeting.to_owned())),
        history: Vec::new(),
        first_turn: 0,
        transfer_to: own(|agent| &agent.transfer_to),
        may_end_call: agent.is_none_or(|agent| agent.may_end_call),
        turns: turns(agent.and_then(|agent| agent.turns.as_ref())),
        limits: limits(agent.and_then(|agent| agent.limits.as_ref())),
        deadlines: Deadlines::default(),
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

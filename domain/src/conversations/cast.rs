//! Who speaks in a conversation: the agent, its persona, and what the engine is told of both.

use std::{borrow::Cow, collections::BTreeMap, time::Duration};

use entity::{
    TenantScoped,
    agent::{self, AgentSettings, RecordingMode},
    call,
    conversation::{self, Channel, Variables},
    customer,
    id::{AgentId, TenantId, ToolId},
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter};
use voice::{
    conversation::{Config, Deadlines, Playback},
    line::AudioFormat,
    tool::Tools,
    turn::{self, Limits},
};

use super::variables::Values;
use crate::{
    Database, Error, Result,
    agents::{self, Published},
    personas::{self, Persona},
    phone_numbers::is_e164,
    recordings, templates,
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
    /// In the version that this conversation keeps; `None`: the persona speaks for itself.
    pub agent: Option<Published>,
    /// It gives whatever the agent leaves open.
    pub persona: Persona,
    values: Values,
}

/// Who speaks in this conversation, as it began; `persona` instead of its own for once, where one is named.
pub async fn cast(
    db: &Database,
    tenant: TenantId,
    conversation: &conversation::Model,
    persona: Option<&str>,
) -> Result<Cast> {
    let conn = db.of(tenant);
    let cast = of_in(&conn, tenant, conversation).await?;
    match persona {
        Some(name) => {
            Cast { persona: wanted_persona(&conn, tenant, name).await?, ..cast }
                .informed(&conn, tenant, conversation)
                .await
        }
        None => Ok(cast),
    }
}

/// The persona of that name, speaking for itself.
pub async fn speaker(db: &Database, tenant: TenantId, persona: &str) -> Result<voice::conversation::Persona> {
    Ok(Cast::alone(wanted_persona(&db.of(tenant), tenant, persona).await?).speaker())
}

pub(crate) async fn of_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: &conversation::Model,
) -> Result<Cast> {
    let agent = match conversation.agent_id.zip(conversation.agent_version) {
        Some((id, number)) => Some(agents::in_version(conn, tenant, id, number).await?),
        None => None,
    };
    let persona = match personas::find_in(conn, tenant, &conversation.persona).await {
        // It cannot be removed while a conversation goes on, but one may be taken up again later.
        Err(Error::NotFound { .. }) => personas::default().clone(),
        found => found?,
    };
    Cast::new(agent, persona).informed(conn, tenant, conversation).await
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
    let agent = match agent {
        Some(row) => Some(agents::published(conn, row).await?),
        None => None,
    };
    let own = agent.as_ref().map_or(personas::DEFAULT, |agent| &agent.settings.persona);
    let persona = wanted_persona(conn, tenant, persona.unwrap_or(own)).await?;
    Ok(Cast::new(agent, persona))
}

async fn wanted_persona(conn: &impl ConnectionTrait, tenant: TenantId, name: &str) -> Result<Persona> {
    match personas::find_in(conn, tenant, name).await {
        Err(Error::NotFound { .. }) => Err(Error::invalid("persona", "there is none of this name; see GET /personas")),
        found => found,
    }
}

impl Cast {
    fn new(agent: Option<Published>, persona: Persona) -> Self {
        let settings = agent.as_ref().map(|agent| &agent.settings);
        let values = Values {
            own: BTreeMap::new(),
            defaults: settings.map(|settings| settings.variables.clone()).unwrap_or_default(),
            customer: None,
            call: None,
            agent_name: agent.as_ref().map(|agent| agent.name.clone()),
            now: entity::now(),
            time_zone: settings.and_then(|settings| settings.time_zone.as_ref()?.parse().ok()),
        };
        Self { agent, persona, values }
    }

    /// A persona that speaks for itself.
    pub fn alone(persona: Persona) -> Self {
        Self::new(None, persona)
    }

    /// With what is known of the conversation, where a text asks for it: mostly none does, and two queries are spared.
    pub(super) async fn informed(
        mut self,
        conn: &impl ConnectionTrait,
        tenant: TenantId,
        conversation: &conversation::Model,
    ) -> Result<Self> {
        let own = self.agent.as_ref().map(|agent| {
            let AgentSettings { instructions, greeting, recording, .. } = &agent.settings;
            [instructions, greeting, &recording.announcement]
        });
        let own = own.into_iter().flatten().flatten().map(String::as_str);
        if !own.chain([&*self.persona.prompt, &*self.persona.greeting]).any(templates::has_variables) {
            return Ok(self);
        }
        if let Some(Variables(own)) = &conversation.variables {
            self.values.own.clone_from(own);
        }
        if let Some(id) = conversation.customer_id {
            self.values.customer = customer::Entity::of(tenant).filter(customer::Column::Id.eq(id)).one(conn).await?;
        }
        if conversation.channel == Channel::Phone {
            let call =
                call::Entity::of(tenant).filter(call::Column::ConversationId.eq(conversation.id)).one(conn).await?;
            // Who withholds their number is no number.
            self.values.call = call.map(|call| (Some(call.from_number).filter(|from| is_e164(from)), call.to_number));
        }
        Ok(self)
    }

    /// Said first; `None`: nothing, the agent waits.
    pub fn greeting(&self) -> Option<String> {
        let settings = self.agent.as_ref().map(|agent| &agent.settings);
        if settings.is_some_and(|settings| !settings.greets) {
            return None;
        }
        let own = settings.and_then(|settings| settings.greeting.as_deref());
        Some(self.values.fill(own.unwrap_or(&self.persona.greeting)))
    }

    /// Said before the greeting, where the caller is to be told of the recording; `None`: there is nothing to tell.
    pub fn announcement(&self) -> Option<String> {
        let recording = &self.agent.as_ref()?.settings.recording;
        let own = recording.announcement.as_deref().filter(|_| recording.mode == RecordingMode::Consent)?;
        Some(self.values.fill(own))
    }

    /// How the conversation is to be recorded; `None`: not at all.
    pub fn recording(&self) -> Option<recordings::Wish> {
        let recording = &self.agent.as_ref()?.settings.recording;
        let wish = recordings::Wish { retention_days: recording.retention_days };
        (recording.mode != RecordingMode::Off).then_some(wish)
    }

    /// Whether what is recorded is to be transcribed afterwards.
    pub(crate) fn transcribes(&self) -> bool {
        self.agent.as_ref().is_none_or(|agent| agent.settings.recording.transcribe)
    }

    /// ISO 639-1; `None`: nobody says, the recogniser decides.
    pub fn language(&self) -> Option<String> {
        let own = self.agent.as_ref().and_then(|agent| agent.settings.language.clone());
        own.or_else(|| self.persona.language.as_deref().map(str::to_owned))
    }

    /// Who speaks, and how: the agent's wishes over the persona's.
    pub fn speaker(&self) -> voice::conversation::Persona {
        let persona = &self.persona;
        let settings = self.settings();
        let mut instructions = format!("{}\n\n{SPOKEN}", self.values.fill(&persona.prompt));
        if let Some(wishes) = &settings.instructions {
            instructions = format!("{instructions}\n\n{}", self.values.fill(wishes));
        }
        voice::conversation::Persona {
            instructions,
            voice: settings.voice.clone().unwrap_or_else(|| persona.voice.to_string()),
            speed: settings.speed.unwrap_or(persona.speed),
            manner: Some(format!("Speak in a {} manner.", persona.tone)),
            language: self.language(),
            waiting: "One moment, please.".to_owned(),
            idle_prompt: "Are you still there?".to_owned(),
            resumed: "Sorry, the line dropped for a moment. Please go on.".to_owned(),
            apology: "I'm sorry, I'm having trouble right now. Please try again in a moment.".to_owned(),
            model: settings.model.clone(),
            temperature: settings.temperature,
            max_tokens: settings.max_tokens.unwrap_or(voice::conversation::Persona::MAX_TOKENS),
        }
    }

    /// What the model may call, beside hanging up and transferring: for
    /// [`tools::of_conversation`](crate::tools::of_conversation).
    pub fn tools(&self) -> &[ToolId] {
        self.agent.as_ref().map_or(&[], |agent| &agent.settings.tools)
    }

    /// What the engine is told: the agent's wishes over the persona's, over the engine's defaults.
    ///
    /// `history` and `first_turn` are those of a new conversation, and there are no `tools`: whoever begins or resumes
    /// one fills them from [`conversations`](super) and [`tools`](Self::tools).
    pub fn config(&self, line: &Line) -> Config {
        let settings = self.settings();
        Config {
            persona: self.speaker(),
            input: line.input,
            output: line.output,
            playback: line.playback,
            announcement: self.announcement(),
            greeting: self.greeting(),
            greeting_interruptible: settings.greeting_interruptible,
            history: Vec::new(),
            first_turn: 0,
            transfer_to: settings.transfer_to.clone(),
            tools: Tools::default(),
            may_end_call: settings.may_end_call,
            turns: turns(&settings.turns),
            limits: limits(&settings.limits),
            deadlines: Deadlines::default(),
        }
    }

    fn settings(&self) -> Cow<'_, AgentSettings> {
        match &self.agent {
            Some(agent) => Cow::Borrowed(&agent.settings),
            None => Cow::Owned(AgentSettings::default()),
        }
    }
}

fn turns(own: &agent::Turns) -> turn::Config {
    let mut config = turn::Config::default();
    let set = |to: &mut Duration, ms: Option<u64>| *to = ms.map_or(*to, Duration::from_millis);
    set(&mut config.end_complete, own.end_complete_ms);
    set(&mut config.end_unknown, own.end_unknown_ms);
    set(&mut config.end_incomplete, own.end_incomplete_ms);
    set(&mut config.barge_in_after, own.barge_in_after_ms);
    set(&mut config.barge_in_sure, own.barge_in_sure_ms);
    set(&mut config.keys_gap, own.keys_gap_ms);
    config.interruptible = own.interruptible.unwrap_or(config.interruptible);
    config
}

fn limits(own: &agent::Limits) -> Limits {
    let mut limits = Limits::default();
    let set = |to: &mut Duration, seconds: Option<u64>| *to = seconds.map_or(*to, Duration::from_secs);
    set(&mut limits.idle_prompt_after, own.idle_prompt_after_s);
    set(&mut limits.silence, own.silence_s);
    set(&mut limits.max_duration, own.max_duration_s);
    limits
}

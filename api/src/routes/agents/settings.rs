//! An agent's settings as JSON.

use std::collections::BTreeMap;

use domain::entity::agent::{self, AgentSettings, RecordingMode};
use poem_openapi::{
    Enum, Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

/// What an agent is. Null: the persona's, or the server's default.
#[derive(Clone, Object)]
#[oai(example)]
pub struct Settings {
    /// A persona's name (`GET /personas`).
    #[oai(default = "persona")]
    pub persona: String,
    /// Said to the model after the persona's own prompt; up to 20,000 characters. A template: `{{customer.name|there}}`.
    pub instructions: Option<String>,
    /// Whether the agent speaks first.
    #[oai(default = "yes")]
    pub greets: bool,
    /// Said first; up to 1,000 characters. A template.
    pub greeting: Option<String>,
    /// Whether the caller can break into the greeting; what they say over one that goes on is answered after it.
    #[oai(default = "yes")]
    pub greeting_interruptible: bool,
    /// As the language model's provider calls it; null: the one that the server is configured with.
    pub model: Option<String>,
    /// 0–2; null: the provider's default.
    pub temperature: Option<f64>,
    /// Of one reply: 1–2,000; null: 1,000.
    pub max_tokens: Option<u32>,
    /// A voice of the speech provider.
    pub voice: Option<String>,
    /// Of speech: 0.25–4, 1 is natural.
    pub speed: Option<f64>,
    /// That callers speak, in two letters (ISO 639-1); null: the persona's, or the recogniser decides.
    pub language: Option<String>,
    /// Ids of your HTTP tools that the model may call: at most 32, each once.
    #[oai(default)]
    pub tools: Vec<Uuid>,
    #[oai(default)]
    pub turns: Turns,
    #[oai(default)]
    pub limits: Limits,
    #[oai(default)]
    pub recording: Recording,
    #[oai(default)]
    pub analysis: AnalysisSettings,
    /// What `transfer_call` dials: an E.164 number or a SIP URI (`sip:user@host`); null: the agent cannot transfer.
    pub transfer_to: Option<String>,
    /// Whether the agent may hang up.
    #[oai(default = "yes")]
    pub may_end_call: bool,
    /// What stands for a template's variable that has no value, by its name; at most 50.
    #[oai(default)]
    pub variables: BTreeMap<String, String>,
    /// Of `{{now}}`, as in the IANA database (`Europe/Berlin`); null: UTC.
    pub time_zone: Option<String>,
}

/// When the caller has finished, and has broken in. Null: the server's default.
#[derive(Clone, Default, Object)]
#[oai(default)]
pub struct Turns {
    /// Silence that ends a turn whose words read complete: 200–5,000 ms; null: 480.
    end_complete_ms: Option<u64>,
    /// Silence that ends a turn about whose words nothing is known: 200–5,000 ms; null: 800.
    end_unknown_ms: Option<u64>,
    /// Silence that ends a turn whose words ask to go on: 200–5,000 ms; null: 1,600.
    end_incomplete_ms: Option<u64>,
    /// Speech over the agent's own that makes it pause: 30–2,000 ms; null: 30.
    barge_in_after_ms: Option<u64>,
    /// Speech over the agent's own that interrupts it whatever the words: 100–5,000 ms; null: 900.
    barge_in_sure_ms: Option<u64>,
    /// Silence after a key that completes the keys: 500–10,000 ms; null: 2,000.
    keys_gap_ms: Option<u64>,
    /// Whether the caller can break in at all; null: yes. Where not, the agent does not listen while it speaks.
    interruptible: Option<bool>,
}

/// How long a conversation and its silences may last: each up to four hours. Null: the server's default.
#[derive(Clone, Default, Object)]
#[oai(default)]
pub struct Limits {
    /// Silence of both sides before the agent asks whether the caller is there; null: 10.
    idle_prompt_after_s: Option<u64>,
    /// Silence of the caller before the agent hangs up; null: 30.
    silence_s: Option<u64>,
    /// The whole conversation; null: 1,800.
    max_duration_s: Option<u64>,
}

/// Whether calls and voice sockets are recorded; see `/conversations/{id}/recordings`.
#[derive(Clone, Object)]
#[oai(default)]
pub struct Recording {
    mode: Mode,
    /// Said first where consent is asked for; up to 1,000 characters. A template.
    announcement: Option<String>,
    /// 1–3,650; null: until it is deleted.
    retention_days: Option<u32>,
    /// Whether recordings are transcribed afterwards; see `/transcriptions`.
    transcribe: bool,
}

impl Default for Recording {
    fn default() -> Self {
        Self { mode: Mode::default(), announcement: None, retention_days: None, transcribe: true }
    }
}

/// Whether calls are recorded.
#[derive(Clone, Copy, Default, Enum)]
#[oai(rename_all = "snake_case")]
enum Mode {
    #[default]
    Off,
    On,
    /// The caller is told first.
    Consent,
}

/// What a language model is to find out about a conversation after its end; see `/conversations/{id}/analyses`.
#[derive(Clone, Default, Object)]
#[oai(default)]
pub struct AnalysisSettings {
    /// Whether every conversation in which the caller said something is analysed.
    enabled: bool,
    /// Said to the model beside the server's own words; up to 5,000 characters. No template.
    instructions: Option<String>,
    /// How a conversation may have ended: at most 20; empty: `resolved`, `unresolved`, `transferred`, `voicemail`,
    /// `no_speech`.
    outcomes: Vec<AnalysisOutcome>,
    /// JSON schema of an object (as of a tool's parameters, up to 8,000 bytes) that is filled in from what was said; null:
    /// nothing.
    fields: Option<serde_json::Value>,
    /// As the language model's provider calls it; null: the one that the server is configured with.
    model: Option<String>,
}

/// One way in which a conversation may have ended.
#[derive(Clone, Object)]
pub struct AnalysisOutcome {
    /// 1–64 small letters, digits, `_` and `-`.
    pub name: String,
    /// For the model: 1–300 characters.
    pub description: String,
}

/// What shall be different: a field left out stays as it is, null goes back to the default.
#[derive(Object)]
#[oai(example)]
pub struct Change {
    #[oai(skip_serializing_if_is_none)]
    persona: Option<String>,
    instructions: MaybeUndefined<String>,
    greets: MaybeUndefined<bool>,
    greeting: MaybeUndefined<String>,
    greeting_interruptible: MaybeUndefined<bool>,
    model: MaybeUndefined<String>,
    temperature: MaybeUndefined<f64>,
    max_tokens: MaybeUndefined<u32>,
    voice: MaybeUndefined<String>,
    speed: MaybeUndefined<f64>,
    language: MaybeUndefined<String>,
    tools: MaybeUndefined<Vec<Uuid>>,
    /// All of it: what is left out of it is null.
    turns: MaybeUndefined<Turns>,
    /// All of it: what is left out of it is null.
    limits: MaybeUndefined<Limits>,
    /// All of it: what is left out of it is null.
    recording: MaybeUndefined<Recording>,
    /// All of it: what is left out of it is the default.
    analysis: MaybeUndefined<AnalysisSettings>,
    transfer_to: MaybeUndefined<String>,
    may_end_call: MaybeUndefined<bool>,
    /// All of them.
    variables: MaybeUndefined<BTreeMap<String, String>>,
    time_zone: MaybeUndefined<String>,
}

impl Change {
    /// Makes it in `settings`.
    pub fn apply(self, settings: &mut AgentSettings) {
        let default = AgentSettings::default();
        if let Some(persona) = self.persona {
            settings.persona = persona;
        }
        set(&mut settings.instructions, self.instructions, None);
        set(&mut settings.greets, self.greets, default.greets);
        set(&mut settings.greeting, self.greeting, None);
        set(&mut settings.greeting_interruptible, self.greeting_interruptible, default.greeting_interruptible);
        set(&mut settings.model, self.model, None);
        set(&mut settings.temperature, self.temperature, None);
        set(&mut settings.max_tokens, self.max_tokens, None);
        set(&mut settings.voice, self.voice, None);
        set(&mut settings.speed, self.speed, None);
        set(&mut settings.language, self.language, None);
        match self.tools {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => settings.tools = default.tools,
            MaybeUndefined::Value(uuids) => settings.tools = ids(uuids),
        }
        set(&mut settings.turns, self.turns, default.turns);
        set(&mut settings.limits, self.limits, default.limits);
        set(&mut settings.recording, self.recording, default.recording);
        set(&mut settings.analysis, self.analysis, default.analysis);
        set(&mut settings.transfer_to, self.transfer_to, None);
        set(&mut settings.may_end_call, self.may_end_call, default.may_end_call);
        set(&mut settings.variables, self.variables, default.variables);
        set(&mut settings.time_zone, self.time_zone, None);
    }
}

fn set<T>(to: &mut T, wish: MaybeUndefined<impl Into<T>>, default: T) {
    match wish {
        MaybeUndefined::Undefined => {}
        MaybeUndefined::Null => *to = default,
        MaybeUndefined::Value(value) => *to = value.into(),
    }
}

fn ids<T: From<Uuid>>(uuids: Vec<Uuid>) -> Vec<T> {
    uuids.into_iter().map(T::from).collect()
}

impl From<Settings> for AgentSettings {
    fn from(new: Settings) -> Self {
        Self {
            persona: new.persona,
            instructions: new.instructions,
            greets: new.greets,
            greeting: new.greeting,
            greeting_interruptible: new.greeting_interruptible,
            model: new.model,
            temperature: new.temperature,
            max_tokens: new.max_tokens,
            voice: new.voice,
            speed: new.speed,
            language: new.language,
            tools: ids(new.tools),
            turns: new.turns.into(),
            limits: new.limits.into(),
            recording: new.recording.into(),
            analysis: new.analysis.into(),
            transfer_to: new.transfer_to,
            may_end_call: new.may_end_call,
            variables: new.variables,
            time_zone: new.time_zone,
        }
    }
}

impl From<AgentSettings> for Settings {
    fn from(own: AgentSettings) -> Self {
        let agent::Turns {
            end_complete_ms,
            end_unknown_ms,
            end_incomplete_ms,
            barge_in_after_ms,
            barge_in_sure_ms,
            keys_gap_ms,
            interruptible,
        } = own.turns;
        let agent::Limits { idle_prompt_after_s, silence_s, max_duration_s } = own.limits;
        let mode = match own.recording.mode {
            RecordingMode::Off => Mode::Off,
            RecordingMode::On => Mode::On,
            RecordingMode::Consent => Mode::Consent,
        };
        Self {
            persona: own.persona,
            instructions: own.instructions,
            greets: own.greets,
            greeting: own.greeting,
            greeting_interruptible: own.greeting_interruptible,
            model: own.model,
            temperature: own.temperature,
            max_tokens: own.max_tokens,
            voice: own.voice,
            speed: own.speed,
            language: own.language,
            tools: own.tools.into_iter().map(|id| id.uuid()).collect(),
            turns: Turns {
                end_complete_ms,
                end_unknown_ms,
                end_incomplete_ms,
                barge_in_after_ms,
                barge_in_sure_ms,
                keys_gap_ms,
                interruptible,
            },
            limits: Limits { idle_prompt_after_s, silence_s, max_duration_s },
            recording: Recording {
                mode,
                announcement: own.recording.announcement,
                retention_days: own.recording.retention_days,
                transcribe: own.recording.transcribe,
            },
            analysis: own.analysis.into(),
            transfer_to: own.transfer_to,
            may_end_call: own.may_end_call,
            variables: own.variables,
            time_zone: own.time_zone,
        }
    }
}

impl From<Turns> for agent::Turns {
    fn from(own: Turns) -> Self {
        let Turns {
            end_complete_ms,
            end_unknown_ms,
            end_incomplete_ms,
            barge_in_after_ms,
            barge_in_sure_ms,
            keys_gap_ms,
            interruptible,
        } = own;
        Self {
            end_complete_ms,
            end_unknown_ms,
            end_incomplete_ms,
            barge_in_after_ms,
            barge_in_sure_ms,
            keys_gap_ms,
            interruptible,
        }
    }
}

impl From<Limits> for agent::Limits {
    fn from(own: Limits) -> Self {
        let Limits { idle_prompt_after_s, silence_s, max_duration_s } = own;
        Self { idle_prompt_after_s, silence_s, max_duration_s }
    }
}

impl From<Recording> for agent::Recording {
    fn from(own: Recording) -> Self {
        let mode = match own.mode {
            Mode::Off => RecordingMode::Off,
            Mode::On => RecordingMode::On,
            Mode::Consent => RecordingMode::Consent,
        };
        Self { mode, announcement: own.announcement, retention_days: own.retention_days, transcribe: own.transcribe }
    }
}

impl From<AnalysisSettings> for agent::Analysis {
    fn from(own: AnalysisSettings) -> Self {
        let AnalysisSettings { enabled, instructions, outcomes, fields, model } = own;
        let outcomes = outcomes.into_iter().map(AnalysisOutcome::into).collect();
        // A schema is an object, and JSON's null is none.
        Self { enabled, instructions, outcomes, fields: fields.filter(|fields| !fields.is_null()), model }
    }
}

impl From<agent::Analysis> for AnalysisSettings {
    fn from(own: agent::Analysis) -> Self {
        let agent::Analysis { enabled, instructions, outcomes, fields, model } = own;
        Self {
            enabled,
            instructions,
            outcomes: outcomes.into_iter().map(AnalysisOutcome::from).collect(),
            fields,
            model,
        }
    }
}

impl From<AnalysisOutcome> for agent::Outcome {
    fn from(AnalysisOutcome { name, description }: AnalysisOutcome) -> Self {
        Self { name, description }
    }
}

impl From<agent::Outcome> for AnalysisOutcome {
    fn from(agent::Outcome { name, description }: agent::Outcome) -> Self {
        Self { name, description }
    }
}

impl Example for Settings {
    fn example() -> Self {
        Self {
            instructions: Some("You take orders for {{shop}}. It is {{now}}.".into()),
            greeting: Some("{{shop}}, hello {{customer.name|there}}, what can I get you?".into()),
            voice: Some("nova".into()),
            language: Some("en".into()),
            analysis: AnalysisSettings {
                enabled: true,
                outcomes: vec![
                    AnalysisOutcome { name: "ordered".into(), description: "Something was ordered.".into() },
                    AnalysisOutcome { name: "not_ordered".into(), description: "Nothing was ordered.".into() },
                ],
                fields: Some(serde_json::json!({
                    "type": "object",
                    "properties": {"cake": {"type": "string", "description": "Which cake was ordered."}},
                })),
                ..AnalysisSettings::default()
            },
            transfer_to: Some("+15005550009".into()),
            variables: BTreeMap::from([("shop".into(), "Corner Bakery".into())]),
            time_zone: Some("Europe/Berlin".into()),
            ..AgentSettings::default().into()
        }
    }
}

impl Example for Change {
    fn example() -> Self {
        Self {
            persona: None,
            instructions: MaybeUndefined::Value("You take orders for {{shop}}. No cakes this week.".into()),
            greets: MaybeUndefined::Undefined,
            greeting: MaybeUndefined::Undefined,
            greeting_interruptible: MaybeUndefined::Value(false),
            model: MaybeUndefined::Undefined,
            temperature: MaybeUndefined::Undefined,
            max_tokens: MaybeUndefined::Undefined,
            voice: MaybeUndefined::Undefined,
            speed: MaybeUndefined::Undefined,
            language: MaybeUndefined::Undefined,
            tools: MaybeUndefined::Undefined,
            turns: MaybeUndefined::Undefined,
            limits: MaybeUndefined::Undefined,
            recording: MaybeUndefined::Undefined,
            analysis: MaybeUndefined::Undefined,
            transfer_to: MaybeUndefined::Value("sip:counter@bakery.example.com".into()),
            may_end_call: MaybeUndefined::Undefined,
            variables: MaybeUndefined::Undefined,
            time_zone: MaybeUndefined::Undefined,
        }
    }
}

fn persona() -> String {
    AgentSettings::DEFAULT_PERSONA.to_owned()
}

fn yes() -> bool {
    true
}

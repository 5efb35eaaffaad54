//! What answers a call: a persona, and what the tenant made of it.
//!
//! An agent is changed as a draft and answers as it was last published ([`agent_version`](crate::agent_version)).

use std::collections::BTreeMap;

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{AgentId, TenantId, ToolId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agents")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AgentId,
    pub tenant_id: TenantId,
    /// The tenant's name for it, the same for all versions.
    pub name: String,
    /// What is worked on; no call hears it.
    #[sea_orm(column_type = "JsonBinary")]
    pub draft: AgentSettings,
    /// The number of the version that answers.
    pub published: i32,
    /// Counts the changes, so that one can be refused that was made from an older state.
    pub revision: i32,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
    /// `None`: it is in use. The row stays: conversations name it.
    pub deleted_at: Option<DateTimeUtc>,
}

/// What an agent is. `None`: the persona's, or the engine's default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct AgentSettings {
    /// A persona's name; it gives what is left open.
    pub persona: String,
    /// Said to the model after the persona's prompt. A template, as are [`greeting`](Self::greeting) and the
    /// persona's texts.
    pub instructions: Option<String>,
    /// Whether the agent speaks first.
    pub greets: bool,
    pub greeting: Option<String>,
    /// Whether the caller can break into the greeting.
    pub greeting_interruptible: bool,
    /// As the language model's provider calls it; `None`: the one that is configured.
    pub model: Option<String>,
    /// 0–2.
    pub temperature: Option<f64>,
    /// Tokens of one reply.
    pub max_tokens: Option<u32>,
    pub voice: Option<String>,
    /// 0.25–4.
    pub speed: Option<f64>,
    /// ISO 639-1; `None`: the persona's, or the recogniser decides.
    pub language: Option<String>,
    /// What the model may call, beside hanging up and transferring.
    pub tools: Vec<ToolId>,
    pub turns: Turns,
    pub limits: Limits,
    pub recording: Recording,
    pub analysis: Analysis,
    /// E.164 number or SIP URI; `None`: the agent cannot transfer.
    pub transfer_to: Option<String>,
    pub may_end_call: bool,
    /// What stands for a variable of a template that has no value.
    pub variables: BTreeMap<String, String>,
    /// As in the IANA database (`Europe/Berlin`); `None`: UTC.
    pub time_zone: Option<String>,
}

impl AgentSettings {
    /// The persona that speaks when nothing else is said.
    pub const DEFAULT_PERSONA: &str = "friendly_guide";
}

impl Default for AgentSettings {
    fn default() -> Self {
        Self {
            persona: Self::DEFAULT_PERSONA.to_owned(),
            instructions: None,
            greets: true,
            greeting: None,
            greeting_interruptible: true,
            model: None,
            temperature: None,
            max_tokens: None,
            voice: None,
            speed: None,
            language: None,
            tools: Vec::new(),
            turns: Turns::default(),
            limits: Limits::default(),
            recording: Recording::default(),
            analysis: Analysis::default(),
            transfer_to: None,
            may_end_call: true,
            variables: BTreeMap::new(),
            time_zone: None,
        }
    }
}

/// Turn-taking as the tenant wants it; `None`: the engine's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Turns {
    /// Silence that ends a turn whose words read complete.
    pub end_complete_ms: Option<u64>,
    /// Silence that ends a turn about whose words nothing is known.
    pub end_unknown_ms: Option<u64>,
    /// Silence that ends a turn whose words ask to go on.
    pub end_incomplete_ms: Option<u64>,
    /// Speech over the agent's own that makes it pause.
    pub barge_in_after_ms: Option<u64>,
    /// Speech over the agent's own that is an interruption whatever the words.
    pub barge_in_sure_ms: Option<u64>,
    /// Silence after a key that completes the keys.
    pub keys_gap_ms: Option<u64>,
    /// Whether the caller can break in at all.
    pub interruptible: Option<bool>,
}

/// Limits as the tenant wants them; `None`: the engine's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    pub idle_prompt_after_s: Option<u64>,
    pub silence_s: Option<u64>,
    pub max_duration_s: Option<u64>,
}

/// Whether calls are recorded, and for how long recordings are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recording {
    pub mode: RecordingMode,
    /// Said before the greeting where consent is asked for.
    pub announcement: Option<String>,
    /// `None`: until they are deleted.
    pub retention_days: Option<u32>,
    /// Whether recordings are transcribed afterwards.
    pub transcribe: bool,
}

impl Default for Recording {
    fn default() -> Self {
        Self { mode: RecordingMode::default(), announcement: None, retention_days: None, transcribe: true }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordingMode {
    #[default]
    Off,
    On,
    /// The caller is told first.
    Consent,
}

/// What is found out about a conversation after its end.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Analysis {
    /// Whether every conversation in which the caller said something is analysed.
    pub enabled: bool,
    /// Said to the model beside our own; no template.
    pub instructions: Option<String>,
    /// How a conversation may have ended; empty: the ones that we offer.
    pub outcomes: Vec<Outcome>,
    /// JSON schema of an object, to be filled in from what was said; `None`: nothing.
    pub fields: Option<Json>,
    /// As the language model's provider calls it; `None`: the one that is configured.
    pub model: Option<String>,
}

/// One way in which a conversation may have ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub name: String,
    /// For the model.
    pub description: String,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

use std::collections::BTreeMap;

use domain::{
    conversations::{self, Begun, Caller, Wanted},
    entity::{
        conversation::{Channel, Model, Status},
        id::{ConversationId, TenantId},
    },
};
use poem::web::Data;
use poem_openapi::{
    Multipart, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{Example, multipart::Upload},
};
use serde::Deserialize;

use super::{Tag, turns};
use crate::{
    AppState, audio_upload,
    auth::{Can, Converse, Read},
    exchange::{Said, exchange},
    fields::{Fields, Perhaps},
    problem::ApiError,
};

pub struct Conversations;

/// A session to talk in.
#[derive(Object)]
#[oai(example)]
pub struct Session {
    /// Names the session in every further request.
    session_id: String,
    /// The row, for `/conversations/{id}`.
    conversation_id: String,
    persona: String,
    voice: String,
    /// What the agent would say first.
    greeting: String,
}

impl Example for Session {
    fn example() -> Self {
        Self {
            session_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into(),
            conversation_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into(),
            persona: "friendly_guide".into(),
            voice: "alloy".into(),
            greeting: "Hi there, thanks for calling! How can I help you today?".into(),
        }
    }
}

/// What a session is to know from its start.
#[derive(Object)]
#[oai(example)]
pub struct Beginning {
    /// Values for the variables of the agent's texts: `{{order.size}}`. At most 50, of up to 500 characters; names are
    /// letters, digits, `_`, `-` and dots, and not the platform's (`customer`, `call`, `agent`, `now`).
    #[oai(default)]
    variables: BTreeMap<String, String>,
}

impl Example for Beginning {
    fn example() -> Self {
        Self { variables: BTreeMap::from([("order.size".into(), "large".into())]) }
    }
}

/// One thing said, as text.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct Utterance {
    /// From `/conversation/start`.
    #[oai(validator(min_length = 1, max_length = 200))]
    session_id: String,
    #[oai(validator(min_length = 1, max_length = 4000))]
    user_input: String,
    /// Instead of the session's persona, for this reply.
    #[oai(skip_serializing_if_is_none)]
    persona: Option<String>,
}

impl Example for Utterance {
    fn example() -> Self {
        Self {
            session_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into(),
            user_input: "I would like to order a pizza.".into(),
            persona: None,
        }
    }
}

/// The agent's reply.
#[derive(Object)]
#[oai(example)]
pub struct Reply {
    session_id: String,
    user_input: String,
    agent_response: String,
    persona: String,
    voice: String,
}

impl Example for Reply {
    fn example() -> Self {
        Self {
            session_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into(),
            user_input: "I would like to order a pizza.".into(),
            agent_response: "Gladly! Which size would you like?".into(),
            persona: "friendly_guide".into(),
            voice: "alloy".into(),
        }
    }
}

/// One thing said, as a recording.
#[derive(Multipart)]
struct SpokenUtterance {
    /// wav, mp3, m4a, aac, ogg, webm or flac; at most 25 MB and 10 minutes.
    audio_file: Upload,
    /// From `/conversation/start`.
    #[oai(validator(min_length = 1, max_length = 200))]
    session_id: String,
    /// Instead of the session's persona, for this reply.
    persona: Option<String>,
}

/// The agent's reply, written and spoken.
#[derive(Object)]
#[oai(example)]
struct SpokenReply {
    session_id: String,
    /// What was understood.
    user_input: String,
    agent_response: String,
    persona: String,
    voice: String,
    /// The reply as a WAV file in Base64.
    audio_base64: String,
    /// `wav`
    audio_format: String,
}

impl Example for SpokenReply {
    fn example() -> Self {
        let Reply { session_id, user_input, agent_response, persona, voice } = Reply::example();
        let (audio_base64, audio_format) = ("UklGRi…".into(), "wav".into());
        Self { session_id, user_input, agent_response, persona, voice, audio_base64, audio_format }
    }
}

/// A conversation, whatever its channel.
#[derive(Object)]
pub(super) struct Conversation {
    id: String,
    session_id: String,
    /// `phone`, `socket` or `http`
    channel: String,
    agent_id: Option<String>,
    /// The version of the agent that it began with, and keeps.
    agent_version: Option<i32>,
    persona: String,
    customer_id: Option<String>,
    /// `active` or `ended`
    status: String,
    /// Why it ended: `{"kind": "caller_hung_up"}`, …
    end_reason: Option<serde_json::Value>,
    started_at: chrono::DateTime<chrono::Utc>,
    ended_at: Option<chrono::DateTime<chrono::Utc>>,
}

impl From<Model> for Conversation {
    fn from(row: Model) -> Self {
        let status = match row.status {
            Status::Active => "active",
            Status::Ended => "ended",
        };
        Self {
            id: row.id.to_string(),
            session_id: row.session_id,
            channel: channel_name(row.channel).into(),
            agent_id: row.agent_id.map(|id| id.to_string()),
            agent_version: row.agent_version,
            persona: row.persona,
            customer_id: row.customer_id.map(|id| id.to_string()),
            status: status.into(),
            end_reason: row.end_reason,
            started_at: row.started_at,
            ended_at: row.ended_at,
        }
    }
}

/// As clients know it.
pub const fn channel_name(channel: Channel) -> &'static str {
    match channel {
        Channel::Phone => "phone",
        Channel::Socket => "socket",
        Channel::Http => "http",
    }
}

#[OpenApi(tag = "Tag::Conversations")]
impl Conversations {
    /// Start a session
    #[oai(path = "/conversation/start", method = "post")]
    async fn start(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        /// Your name for the customer; a new one is noted down.
        #[oai(validator(min_length = 1, max_length = 200))]
        customer_id: Query<Option<String>>,
        /// For example `friendly_guide`; the agent's own without one.
        persona: Query<Option<String>>,
        /// The agent that speaks, as published now; the oldest one without it.
        agent_id: Query<Option<String>>,
        beginning: Perhaps<Beginning>,
    ) -> Result<Json<Session>, ApiError> {
        let who = Who { customer: customer_id.0, persona: persona.0, agent: agent_id.0 };
        start(&state, caller.tenant(), who, beginning.0).await
    }

    /// Say something, as text
    ///
    /// Of what failed nothing is kept: say it again. Unless the model had called a tool: then the turn stays, with its
    /// calls and without a reply, and the model knows of them when it is said again.
    #[oai(path = "/conversation/process", method = "post")]
    async fn process(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        utterance: Fields<Utterance>,
    ) -> Result<Json<Reply>, ApiError> {
        process(&state, caller.tenant(), utterance.0).await
    }

    /// Say something, as a recording: the whole way from speech to speech
    #[oai(path = "/voice-agent/process", method = "post")]
    async fn process_speech(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        utterance: SpokenUtterance,
    ) -> Result<Json<SpokenReply>, ApiError> {
        let SpokenUtterance { audio_file, session_id, persona } = utterance;
        let said = Said::Recording(audio_upload::decode(audio_file).await?);
        let done = exchange(&state, caller.tenant(), session_id.clone(), said, persona).await?;
        Ok(Json(SpokenReply {
            session_id,
            user_input: done.user_input,
            agent_response: done.agent_response,
            persona: done.persona,
            voice: done.speaker.voice,
            audio_base64: base64::Engine::encode(
                &base64::engine::general_purpose::STANDARD,
                done.audio.unwrap_or_default(),
            ),
            audio_format: "wav".into(),
        }))
    }

    /// One conversation
    #[oai(path = "/conversations/:id", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<Conversation>, ApiError> {
        let id: ConversationId = super::id(&id, "conversation")?;
        Ok(Json(conversations::find(&state.database, caller.tenant(), id).await?.into()))
    }

    /// Its turns, oldest first
    #[oai(path = "/conversations/:id/turns", method = "get")]
    async fn turns(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<turns::TurnList>, ApiError> {
        turns::of(&state, caller.tenant(), super::id(&id, "conversation")?).await
    }
}

/// Who is to speak with whom, as the query says.
pub struct Who {
    pub customer: Option<String>,
    pub persona: Option<String>,
    pub agent: Option<String>,
}

pub async fn start(
    state: &AppState,
    tenant: TenantId,
    who: Who,
    beginning: Option<Beginning>,
) -> Result<Json<Session>, ApiError> {
    let wanted = Wanted {
        agent: who.agent.map(|id| super::id(&id, "agent")).transpose()?,
        persona: who.persona,
        caller: who.customer.map(Caller::ExternalId),
        variables: beginning.map(|beginning| beginning.variables).unwrap_or_default(),
        ..Wanted::on(Channel::Http)
    };
    let Begun { conversation, cast, .. } = conversations::begin(&state.database, tenant, wanted).await?;
    Ok(Json(Session {
        session_id: conversation.session_id,
        conversation_id: conversation.id.to_string(),
        persona: conversation.persona,
        voice: cast.speaker().voice,
        greeting: cast.greeting().unwrap_or_default(),
    }))
}

pub async fn process(state: &AppState, tenant: TenantId, utterance: Utterance) -> Result<Json<Reply>, ApiError> {
    let Utterance { session_id, user_input, persona } = utterance;
    let done = exchange(state, tenant, session_id.clone(), Said::Text(user_input), persona.clone()).await?;
    Ok(Json(Reply {
        session_id,
        user_input: done.user_input,
        agent_response: done.agent_response,
        persona: done.persona,
        voice: done.speaker.voice,
    }))
}

use poem::web::Data;
use poem_openapi::{OpenApi, param::Query, payload::Json};

use super::{Tag, conversations, speech};
use crate::{
    AppState,
    auth::{Can, Converse},
    fields::{Fields, Perhaps},
    problem::ApiError,
};

/// The same operations under the names that tool callers know.
pub struct Tools;

#[OpenApi(tag = "Tag::Tools")]
impl Tools {
    /// As `POST /voice/speech-to-text`
    #[oai(path = "/tools/understanding/speech-to-text", method = "post")]
    async fn speech_to_text(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        recording: speech::Recording,
    ) -> Result<Json<speech::Transcript>, ApiError> {
        speech::transcribe(&state, caller.tenant(), recording).await
    }

    /// As `POST /voice/text-to-speech`
    #[oai(path = "/tools/response/text-to-speech", method = "post")]
    async fn text_to_speech(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        script: Fields<speech::Script>,
    ) -> Result<speech::Spoken, ApiError> {
        speech::speak(&state, caller.tenant(), script.0).await
    }

    /// As `POST /conversation/start`
    #[oai(path = "/tools/conversation/start", method = "post")]
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
        beginning: Perhaps<conversations::Beginning>,
    ) -> Result<Json<conversations::Session>, ApiError> {
        let who = conversations::Who { customer: customer_id.0, persona: persona.0, agent: agent_id.0 };
        conversations::start(&state, caller.tenant(), who, beginning.0).await
    }

    /// As `POST /conversation/process`
    #[oai(path = "/tools/conversation/process", method = "post")]
    async fn process(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        utterance: Fields<conversations::Utterance>,
    ) -> Result<Json<conversations::Reply>, ApiError> {
        conversations::process(&state, caller.tenant(), utterance.0).await
    }
}

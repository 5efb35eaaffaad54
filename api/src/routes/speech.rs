use domain::{
    admission, conversations,
    entity::{id::TenantId, now},
    personas, usage,
};
use poem::Body;
use poem_openapi::{
    ApiResponse, Multipart, Object, OpenApi,
    payload::{Binary, Json},
    types::{Example, multipart::Upload},
};
use serde::Deserialize;
use voice::event::Usage;

use super::Tag;
use crate::{
    AppState, audio_upload,
    auth::{Can, Converse},
    background, exchange,
    fields::Fields,
    problem::ApiError,
};

pub struct Speech;

/// A recording.
#[derive(Multipart)]
pub struct Recording {
    /// wav, mp3, m4a, aac, ogg, webm or flac; at most 25 MB and 10 minutes.
    audio_file: Upload,
    /// ISO 639-1, for example `en`; without it the recogniser decides.
    #[oai(validator(min_length = 2, max_length = 10))]
    language: Option<String>,
}

/// What was said.
#[derive(Object)]
#[oai(example)]
pub struct Transcript {
    /// Empty: no words were found.
    text: String,
    /// Length of the recording.
    duration_ms: u64,
}

impl Example for Transcript {
    fn example() -> Self {
        Self { text: "I would like to order a pizza.".into(), duration_ms: 2_140 }
    }
}

/// What to say, and how.
#[derive(Object, Deserialize)]
#[oai(example)]
pub struct Script {
    #[oai(validator(min_length = 1, max_length = 4096))]
    text: String,
    /// Whose voice, speed and manner; `friendly_guide` without one.
    #[oai(skip_serializing_if_is_none)]
    persona: Option<String>,
    /// Instead of the persona's voice, one that the speech engine knows.
    #[oai(skip_serializing_if_is_none, validator(min_length = 1, max_length = 100))]
    voice: Option<String>,
    /// Instead of the persona's speed; 1 is natural.
    #[oai(skip_serializing_if_is_none, validator(minimum(value = "0.25"), maximum(value = "4")))]
    speed: Option<f64>,
}

impl Example for Script {
    fn example() -> Self {
        Self {
            text: "Your table is booked for seven.".into(),
            persona: Some("calm_concierge".into()),
            voice: None,
            speed: None,
        }
    }
}

/// Speech.
#[derive(ApiResponse)]
pub enum Spoken {
    /// Mono 16-bit WAV, sent as it is made: the lengths in its header stand at their largest
    #[oai(status = 200, content_type = "audio/wav")]
    Wav(Binary<Body>),
}

#[OpenApi(tag = "Tag::Speech")]
impl Speech {
    /// Speech to text
    #[oai(path = "/voice/speech-to-text", method = "post")]
    async fn speech_to_text(
        &self,
        caller: Can<Converse>,
        state: poem::web::Data<&AppState>,
        recording: Recording,
    ) -> Result<Json<Transcript>, ApiError> {
        transcribe(&state, caller.tenant(), recording).await
    }

    /// Text to speech
    #[oai(path = "/voice/text-to-speech", method = "post")]
    async fn text_to_speech(
        &self,
        caller: Can<Converse>,
        state: poem::web::Data<&AppState>,
        script: Fields<Script>,
    ) -> Result<Spoken, ApiError> {
        speak(&state, caller.tenant(), script.0).await
    }
}

pub async fn transcribe(
    state: &AppState,
    tenant: TenantId,
    recording: Recording,
) -> Result<Json<Transcript>, ApiError> {
    admission::check(&state.database, &state.settings.limits.defaults(), tenant, now()).await?;
    let pcm = audio_upload::decode(recording.audio_file).await?;
    let owned = state.clone();
    let work = async move {
        let (state, mut used) = (&owned, Usage::default());
        let providers = state.serving.of(tenant).await;
        let heard = voice::pipeline::transcribe(&*providers.stt, pcm, recording.language, &mut used).await;
        // What was heard before a failure is paid for.
        usage::note(&state.database, tenant, None, &state.serving.served(&providers), &used, now()).await?;
        Ok(Json(Transcript { text: heard?, duration_ms: used.transcribed_ms }))
    };
    background::finish(state, work).await
}

pub async fn speak(state: &AppState, tenant: TenantId, script: Script) -> Result<Spoken, ApiError> {
    admission::check(&state.database, &state.settings.limits.defaults(), tenant, now()).await?;
    let persona = script.persona.as_deref().unwrap_or(personas::DEFAULT);
    let mut speaker = conversations::speaker(&state.database, tenant, persona).await?;
    speaker.voice = script.voice.unwrap_or(speaker.voice);
    speaker.speed = script.speed.unwrap_or(speaker.speed);
    let used = Usage { spoken_characters: script.text.chars().count() as u64, ..Usage::default() };
    let owned = state.clone();
    let work = async move {
        let state = &owned;
        let providers = state.serving.of(tenant).await;
        let wav = exchange::speak_as_wav(&providers, exchange::request(&speaker, script.text)).await?;
        usage::note(&state.database, tenant, None, &state.serving.served(&providers), &used, now()).await?;
        Ok(Spoken::Wav(Binary(Body::from_bytes_stream(wav))))
    };
    background::finish(state, work).await
}

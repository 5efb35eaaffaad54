//! Who serves each of the three stages: an OpenAI-compatible server, or the engines inside this process.

mod broken;
mod check;
mod own;

use std::sync::Arc;

use voice::{
    audio::clips::Clips,
    conversation::Engine,
    provider::{
        LanguageModel, Providers, SpeechToText, Stage, TextToSpeech,
        openai::{self, Endpoint},
        policy::{Budget, Resilient},
        scripted::Scripted,
    },
    vad::Vad,
};

pub use self::{
    check::{Trouble, check},
    own::{Own, of, warm},
};
use crate::config::{Fallback, Invalid, Remote, Settings, StageConfig};

const FIT: &str = "at least one, and all speak at 24 kHz";

/// Why the server cannot start with these providers.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A stage is to be served built in, and its model files are not there.
    #[error(
        "a built-in engine cannot be loaded (or name a server instead: OPENAI_API_KEY, OPENAI_BASE_URL, see --help)"
    )]
    Models(#[from] local_speech::Error),
}

/// The three that serve, each behind retry and deadlines. Reads model files: call it once, off the runtime.
pub fn select(settings: &Settings) -> Result<Providers, Error> {
    let config = &settings.providers;
    let deadlines = config.deadlines();
    let client = openai::client();
    let (stt, model, tts) =
        (config.stage(Stage::SpeechToText), config.stage(Stage::LanguageModel), config.stage(Stage::TextToSpeech));

    // Loaded once for both, and not at all when neither needs them.
    let is_built_in = |stage: &StageConfig| matches!(stage, StageConfig::BuiltIn);
    let needed = is_built_in(&stt) || is_built_in(&tts) || config.speech_fallback == Fallback::BuiltIn;
    let local = needed.then(|| local_speech::load(&settings.files.models_dir)).transpose()?;

    let mut listeners: Vec<Arc<dyn SpeechToText>> = Vec::new();
    let mut speakers: Vec<Arc<dyn TextToSpeech>> = Vec::new();
    if let StageConfig::Remote(remote) = stt {
        listeners.push(Arc::new(openai::Transcriptions::new(client.clone(), endpoint("STT", &remote)?)));
    }
    if let StageConfig::Remote(remote) = tts {
        speakers.push(Arc::new(openai::Speech::new(client.clone(), endpoint("TTS", &remote)?)));
    }
    if let Some((stt, tts)) = local {
        let stands_in = config.speech_fallback == Fallback::BuiltIn;
        if listeners.is_empty() || stands_in {
            listeners.push(Arc::new(stt));
        }
        if speakers.is_empty() || stands_in {
            speakers.push(Arc::new(tts));
        }
    }
    let model: Arc<dyn LanguageModel> = match model {
        StageConfig::Remote(remote) => Arc::new(openai::ChatCompletions::new(client, endpoint("LLM", &remote)?)),
        StageConfig::BuiltIn => Arc::new(Scripted::new("Switchboard")),
    };

    Ok(Providers {
        stt: Arc::new(Resilient::speech_to_text(listeners, Budget::transcript(&deadlines)).expect(FIT)),
        model: Arc::new(Resilient::language_model(vec![model], Budget::reply(&deadlines)).expect(FIT)),
        tts: Arc::new(Resilient::text_to_speech(speakers, Budget::speech(&deadlines)).expect(FIT)),
    })
}

/// What all conversations share besides the providers.
pub fn engine(settings: &Settings) -> Engine {
    Engine { vad: Vad::load(settings.files.vad_model.as_deref()), clips: Clips::default() }
}

fn endpoint(prefix: &str, remote: &Remote) -> Result<Endpoint, Invalid> {
    Endpoint::new(remote.base_url.as_str(), remote.api_key.clone(), &remote.model).map_err(|error| {
        use openai::EndpointError;
        let field = match error {
            EndpointError::BaseUrl(_) => "BASE_URL",
            EndpointError::Key => "API_KEY",
            EndpointError::Model => "MODEL",
        };
        Invalid { variable: format!("{prefix}_{field}"), reason: error.to_string() }
    })
}

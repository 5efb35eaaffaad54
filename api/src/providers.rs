//! Who serves each of the three stages: an OpenAI-compatible server, or the engines inside this process.

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

use crate::config::{Invalid, Remote, Settings, StageConfig};

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

    // Loaded once for both, and not at all when neither serves.
    let is_built_in = |stage: &StageConfig| matches!(stage, StageConfig::BuiltIn);
    let local = (is_built_in(&stt) || is_built_in(&tts)).then(|| local_speech::load(&settings.files.models_dir));
    let local = local.transpose()?;
    const LOADED: &str = "loaded above, because this stage is built in";

    let stt: Arc<dyn SpeechToText> = match stt {
        StageConfig::Remote(remote) => Arc::new(openai::Transcriptions::new(client.clone(), endpoint("STT", &remote)?)),
        StageConfig::BuiltIn => Arc::new(local.as_ref().expect(LOADED).0.clone()),
    };
    let model: Arc<dyn LanguageModel> = match model {
        StageConfig::Remote(remote) => {
            Arc::new(openai::ChatCompletions::new(client.clone(), endpoint("LLM", &remote)?))
        }
        StageConfig::BuiltIn => Arc::new(Scripted::new("Switchboard")),
    };
    let tts: Arc<dyn TextToSpeech> = match tts {
        StageConfig::Remote(remote) => Arc::new(openai::Speech::new(client, endpoint("TTS", &remote)?)),
        StageConfig::BuiltIn => Arc::new(local.as_ref().expect(LOADED).1.clone()),
    };

    const ONE: &str = "one provider fits itself";
    Ok(Providers {
        stt: Arc::new(Resilient::speech_to_text(vec![stt], Budget::transcript(&deadlines)).expect(ONE)),
        model: Arc::new(Resilient::language_model(vec![model], Budget::reply(&deadlines)).expect(ONE)),
        tts: Arc::new(Resilient::text_to_speech(vec![tts], Budget::speech(&deadlines)).expect(ONE)),
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

//! Who serves each of the three stages: an OpenAI-compatible server, or the engines inside this process; and for each
//! tenant its own where it has credentials ([`Serving`]).

mod broken;
mod check;
mod config;
mod lists;
mod serving;

use std::{path::Path, sync::Arc, time::Duration};

use domain::entity::provider_credential;
use voice::{
    conversation::Deadlines,
    provider::{
        LanguageModel, Providers, SpeechToText, Stage, TextToSpeech,
        openai::{self, Endpoint},
        policy::{Budget, Resilient},
        scripted::Scripted,
    },
};

pub use self::{
    check::Trouble,
    config::{Choice, Fallback, Invalid, PriceConfig, ProviderConfig, Remote, StageConfig},
    lists::List,
    serving::Serving,
};

const FIT: &str = "at least one, and all speak at 24 kHz";

/// How long each stage may take where nobody waits on the line: a provider that is slow, not one that hangs.
pub const PATIENT: Deadlines = Deadlines {
    transcript: Duration::from_secs(60),
    first_token: Duration::from_secs(60),
    next_token: Duration::from_secs(30),
    first_speech: Duration::from_secs(30),
    next_speech: Duration::from_secs(30),
    reply: Duration::from_secs(150),
};

/// Why a process cannot start with these providers.
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

/// The operator's three, each behind retry and deadlines.
#[derive(Clone)]
pub struct Selected {
    /// For conversations.
    pub live: Providers,
    /// For jobs: the same ones, given [time](PATIENT), and with circuits of their own, so that what jobs meet cuts no
    /// caller off.
    pub patient: Providers,
    /// The servers among them, by stage.
    pub servers: Vec<(provider_credential::Stage, Endpoint)>,
}

/// The three that serve as configured. Reads model files: call it once, off the runtime.
pub fn select(config: &ProviderConfig, models: &Path) -> Result<Selected, Error> {
    let client = openai::client();
    let (stt, model, tts) =
        (config.stage(Stage::SpeechToText), config.stage(Stage::LanguageModel), config.stage(Stage::TextToSpeech));

    // Loaded once for all, and not at all when none needs them.
    let is_built_in = |stage: &StageConfig| matches!(stage, StageConfig::BuiltIn);
    let needed = is_built_in(&stt) || is_built_in(&tts) || config.speech_fallback == Fallback::BuiltIn;
    let local = needed.then(|| local_speech::load(models)).transpose()?;

    let mut servers = Vec::new();
    let mut listeners: Vec<Arc<dyn SpeechToText>> = Vec::new();
    let mut speakers: Vec<Arc<dyn TextToSpeech>> = Vec::new();
    if let StageConfig::Remote(remote) = stt {
        let endpoint = endpoint("STT", &remote)?;
        servers.push((provider_credential::Stage::SpeechToText, endpoint.clone()));
        listeners.push(Arc::new(openai::Transcriptions::new(client.clone(), endpoint)));
    }
    if let StageConfig::Remote(remote) = tts {
        let endpoint = endpoint("TTS", &remote)?;
        servers.push((provider_credential::Stage::TextToSpeech, endpoint.clone()));
        speakers.push(Arc::new(openai::Speech::new(client.clone(), endpoint)));
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
        StageConfig::Remote(remote) => {
            let endpoint = endpoint("LLM", &remote)?;
            servers.push((provider_credential::Stage::LanguageModel, endpoint.clone()));
            Arc::new(openai::ChatCompletions::new(client, endpoint))
        }
        StageConfig::BuiltIn => Arc::new(Scripted::new("Switchboard")),
    };

    let with = |deadlines: &Deadlines| Providers {
        stt: Arc::new(Resilient::speech_to_text(listeners.clone(), Budget::transcript(deadlines)).expect(FIT)),
        model: Arc::new(Resilient::language_model(vec![model.clone()], Budget::reply(deadlines)).expect(FIT)),
        tts: Arc::new(Resilient::text_to_speech(speakers.clone(), Budget::speech(deadlines)).expect(FIT)),
    };
    Ok(Selected { live: with(&config.deadlines()), patient: with(&PATIENT), servers })
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

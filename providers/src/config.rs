use std::time::Duration;

use clap::{Args, ValueEnum};
use domain::{limits::Limits, usage::Prices};
use secrecy::SecretString;
use url::Url;
use voice::{
    conversation::Deadlines,
    provider::{Stage, openai::defaults},
};

/// Who transcribes, thinks and speaks: each of the three stages by itself.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Providers")]
pub struct ProviderConfig {
    /// Key for OPENAI_BASE_URL: with it (or with that URL) the three stages are served there instead of built in.
    /// Never sent to a stage's own base URL
    #[arg(long, env = "OPENAI_API_KEY", value_name = "KEY", value_parser = secret)]
    pub openai_api_key: Option<SecretString>,
    /// Any OpenAI-compatible server; https://api.openai.com/v1 when only a key is given
    #[arg(long, env = "OPENAI_BASE_URL", value_name = "URL", value_parser = base_url)]
    pub openai_base_url: Option<Url>,

    /// Who transcribes
    #[arg(long, env = "STT_PROVIDER", default_value = "auto", value_name = "CHOICE")]
    pub stt_provider: Choice,
    /// OpenAI-compatible server of speech-to-text
    #[arg(long, env = "STT_BASE_URL", value_name = "URL", value_parser = base_url)]
    pub stt_base_url: Option<Url>,
    /// Its key
    #[arg(long, env = "STT_API_KEY", value_name = "KEY", value_parser = secret)]
    pub stt_api_key: Option<SecretString>,
    /// Its model
    #[arg(long, env = "STT_MODEL", default_value = defaults::TRANSCRIPTION_MODEL, value_name = "MODEL")]
    pub stt_model: String,
    /// Milliseconds for a whole transcript, each try
    #[arg(long, env = "STT_TIMEOUT_MS", default_value_t = 4_000, value_name = "MS", value_parser = milliseconds())]
    pub stt_timeout_ms: u64,

    /// Who replies; `built-in` is a scripted responder, no language model
    #[arg(long, env = "LLM_PROVIDER", default_value = "auto", value_name = "CHOICE")]
    pub llm_provider: Choice,
    /// OpenAI-compatible server of chat completions
    #[arg(long, env = "LLM_BASE_URL", value_name = "URL", value_parser = base_url)]
    pub llm_base_url: Option<Url>,
    /// Its key
    #[arg(long, env = "LLM_API_KEY", value_name = "KEY", value_parser = secret)]
    pub llm_api_key: Option<SecretString>,
    /// Its model
    #[arg(long, env = "LLM_MODEL", default_value = defaults::CHAT_MODEL, value_name = "MODEL")]
    pub llm_model: String,
    /// Milliseconds to the first token, and between two, each try
    #[arg(long, env = "LLM_TIMEOUT_MS", default_value_t = 3_000, value_name = "MS", value_parser = milliseconds())]
    pub llm_timeout_ms: u64,

    /// Who speaks
    #[arg(long, env = "TTS_PROVIDER", default_value = "auto", value_name = "CHOICE")]
    pub tts_provider: Choice,
    /// OpenAI-compatible server of speech
    #[arg(long, env = "TTS_BASE_URL", value_name = "URL", value_parser = base_url)]
    pub tts_base_url: Option<Url>,
    /// Its key
    #[arg(long, env = "TTS_API_KEY", value_name = "KEY", value_parser = secret)]
    pub tts_api_key: Option<SecretString>,
    /// Its model
    #[arg(long, env = "TTS_MODEL", default_value = defaults::SPEECH_MODEL, value_name = "MODEL")]
    pub tts_model: String,
    /// Milliseconds to the first byte of speech, and between two chunks, each try
    #[arg(long, env = "TTS_TIMEOUT_MS", default_value_t = 3_000, value_name = "MS", value_parser = milliseconds())]
    pub tts_timeout_ms: u64,

    /// Who stands in when a speech server fails: the built-in engines hear and speak English only, in one voice
    #[arg(long, env = "SPEECH_FALLBACK", default_value = "none", value_name = "CHOICE")]
    pub speech_fallback: Fallback,

    /// Milliseconds of silence after the end of a turn, with nothing on its way, before the apology is played
    #[arg(long, env = "REPLY_TIMEOUT_MS", default_value_t = 8_000, value_name = "MS", value_parser = milliseconds())]
    pub reply_timeout_ms: u64,
}

/// What the use of providers costs.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Limits")]
pub struct PriceConfig {
    /// Prices in US dollars: speech-to-text a minute, a language model a million tokens in/out, text-to-speech a million
    /// characters; for example openai:gpt-6-luna=0.25/2,openai:a-voice=15. Built in: openai:gpt-transcribe=0.0045. Use
    /// without a price is in no estimate and no spend limit; the start warns of it. What a tenant's own credentials
    /// serve is paid by the tenant and costs nothing here
    #[arg(long, env = "PRICES", default_value = "", hide_default_value = true, value_name = "NAME=PRICE,…")]
    pub prices: Prices,
    /// US dollars that providers may cost for one tenant in a day (UTC), as far as PRICES tell; 0: no limit
    #[arg(long, env = "LIMIT_SPEND_PER_DAY_USD", default_value_t = 0.0, value_name = "USD", value_parser = dollars)]
    pub limit_spend_per_day_usd: f64,
}

impl PriceConfig {
    /// Of spending alone.
    pub fn limits(&self) -> Limits {
        Limits { spend_per_day: Some((self.limit_spend_per_day_usd * 1e6).round() as u64), ..Limits::default() }
    }
}

/// A setting that cannot be used. Displays as one line that names the variable.
#[derive(Debug, thiserror::Error)]
#[error("{variable}: {reason}")]
pub struct Invalid {
    pub variable: String,
    pub reason: String,
}

impl Invalid {
    pub fn new(variable: &str, reason: impl Into<String>) -> Self {
        Self { variable: variable.to_owned(), reason: reason.into() }
    }
}

/// Who serves a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Choice {
    /// An OpenAI-compatible server if a key or a base URL is given for it, otherwise built in
    Auto,
    /// The engine inside this process
    BuiltIn,
    /// An OpenAI-compatible server
    Openai,
}

/// Who stands in for a speech server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Fallback {
    /// Nobody: the caller hears an apology
    None,
    /// The engines inside this process
    BuiltIn,
}

/// One stage, decided.
#[derive(Clone, Debug)]
pub enum StageConfig {
    BuiltIn,
    Remote(Remote),
}

/// An OpenAI-compatible server of one stage.
#[derive(Clone, Debug)]
pub struct Remote {
    pub base_url: Url,
    /// `None`: the server asks for none.
    pub api_key: Option<SecretString>,
    pub model: String,
}

impl ProviderConfig {
    /// Who serves this stage.
    pub fn stage(&self, stage: Stage) -> StageConfig {
        let (choice, own_url, own_key, model) = match stage {
            Stage::SpeechToText => (self.stt_provider, &self.stt_base_url, &self.stt_api_key, &self.stt_model),
            Stage::LanguageModel => (self.llm_provider, &self.llm_base_url, &self.llm_api_key, &self.llm_model),
            Stage::TextToSpeech => (self.tts_provider, &self.tts_base_url, &self.tts_api_key, &self.tts_model),
        };
        let is_configured =
            own_url.is_some() || own_key.is_some() || self.openai_api_key.is_some() || self.openai_base_url.is_some();
        if choice == Choice::BuiltIn || (choice == Choice::Auto && !is_configured) {
            return StageConfig::BuiltIn;
        }
        // The common key goes to the common address alone: a stage's own server is somebody else.
        let api_key = match own_url {
            Some(_) => own_key.clone(),
            None => own_key.clone().or_else(|| self.openai_api_key.clone()),
        };
        let base_url = own_url.clone().or_else(|| self.openai_base_url.clone()).unwrap_or_else(openai);
        StageConfig::Remote(Remote { base_url, api_key, model: model.clone() })
    }

    /// How long each stage may take in a live conversation.
    pub fn deadlines(&self) -> Deadlines {
        let (token, speech) = (Duration::from_millis(self.llm_timeout_ms), Duration::from_millis(self.tts_timeout_ms));
        Deadlines {
            transcript: Duration::from_millis(self.stt_timeout_ms),
            first_token: token,
            next_token: token,
            first_speech: speech,
            next_speech: speech,
            reply: Duration::from_millis(self.reply_timeout_ms),
        }
    }

    /// OpenAI itself without a key can only refuse: say so now rather than on the first call.
    pub fn check(&self) -> Result<(), Invalid> {
        let stages = [
            (Stage::SpeechToText, "STT_API_KEY"),
            (Stage::LanguageModel, "LLM_API_KEY"),
            (Stage::TextToSpeech, "TTS_API_KEY"),
        ];
        for (stage, variable) in stages {
            if let StageConfig::Remote(Remote { base_url, api_key: None, .. }) = self.stage(stage)
                && base_url.host_str() == openai().host_str()
            {
                return Err(Invalid::new(
                    variable,
                    format!("a key (here or in OPENAI_API_KEY) is needed: {stage} is to be served by OpenAI"),
                ));
            }
        }
        Ok(())
    }
}

fn openai() -> Url {
    Url::parse(defaults::BASE_URL).expect("a constant that parses")
}

/// A secret as given; clap never prints what it was given for one.
fn secret(text: &str) -> Result<SecretString, std::convert::Infallible> {
    Ok(SecretString::from(text))
}

fn dollars(text: &str) -> Result<f64, String> {
    let dollars = text.parse().ok().filter(|dollars| (0.0..=1e6).contains(dollars));
    dollars.ok_or_else(|| "must be a number of dollars from 0 to 1000000".to_owned())
}

fn milliseconds() -> clap::builder::RangedU64ValueParser {
    clap::value_parser!(u64).range(1..=600_000)
}

fn base_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("not a URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err("must be a URL such as https://api.openai.com/v1".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("must carry no user name or password; keys have a variable of their own".to_owned());
    }
    Ok(url)
}

//! The three capabilities a conversation needs, one trait each, and what they exchange.
//!
//! An implementation is cheap to clone behind its `Arc`, is shared by all calls, and never blocks the
//! runtime: work on the processor goes to `spawn_blocking`. Dropping a future or a stream cancels the work.

pub(crate) mod estimate;
pub mod openai;
pub mod policy;
pub mod scripted;

use std::{fmt, sync::Arc, time::Duration};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;
use serde::{Deserialize, Serialize};

/// Speech to text.
#[async_trait]
pub trait SpeechToText: Send + Sync + 'static {
    /// Who serves, for logs and `/health/ready`: `built-in:moonshine-tiny`, `openai:gpt-transcribe`.
    fn name(&self) -> &str;

    /// The words of one utterance. An empty text means that no words were found, which is no error.
    async fn transcribe(&self, speech: Speech) -> Result<Transcript, ProviderError>;

    /// Whether it would answer now: reachable, key accepted, model loaded. Also warms the connection.
    async fn check(&self) -> Result<(), ProviderError>;
}

/// Language model.
#[async_trait]
pub trait LanguageModel: Send + Sync + 'static {
    /// See [`SpeechToText::name`].
    fn name(&self) -> &str;

    /// Who serves a request that asks for this model; see [`ModelRequest::model`].
    fn name_with(&self, _model: Option<&str>) -> String {
        self.name().to_owned()
    }

    /// Begins a reply. The stream ends after [`Delta::Finished`]; a stream that ends without it was cut off
    /// and must yield an error of kind [`ErrorKind::Cut`] first.
    async fn reply(&self, request: ModelRequest) -> Result<ReplyStream, ProviderError>;

    /// See [`SpeechToText::check`].
    async fn check(&self) -> Result<(), ProviderError>;
}

/// Text to speech.
#[async_trait]
pub trait TextToSpeech: Send + Sync + 'static {
    /// See [`SpeechToText::name`].
    fn name(&self) -> &str;

    /// Samples a second of what [`speak`](Self::speak) yields.
    fn rate(&self) -> u32;

    /// Begins to speak: signed 16-bit little-endian PCM, mono, in chunks of any length (an odd byte may be
    /// split across chunks).
    async fn speak(&self, request: SpeakRequest) -> Result<SpeechStream, ProviderError>;

    /// See [`SpeechToText::check`].
    async fn check(&self) -> Result<(), ProviderError>;
}

/// Model output as it comes.
pub type ReplyStream = BoxStream<'static, Result<Delta, ProviderError>>;
/// PCM bytes as they come.
pub type SpeechStream = BoxStream<'static, Result<Bytes, ProviderError>>;

/// The three that serve one conversation.
#[derive(Clone)]
pub struct Providers {
    pub stt: Arc<dyn SpeechToText>,
    pub model: Arc<dyn LanguageModel>,
    pub tts: Arc<dyn TextToSpeech>,
}

/// One utterance.
#[derive(Clone, Debug)]
pub struct Speech {
    /// 16 kHz mono.
    pub pcm: Arc<[i16]>,
    /// ISO 639-1; `None` lets the engine decide.
    pub language: Option<String>,
}

impl Speech {
    /// The rate of every utterance.
    pub const RATE: u32 = 16_000;

    /// Length in milliseconds.
    pub fn ms(&self) -> u64 {
        self.pcm.len() as u64 * 1_000 / u64::from(Self::RATE)
    }
}

/// What was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    pub text: String,
}

/// What the model is asked.
#[derive(Clone, Debug)]
pub struct ModelRequest {
    pub messages: Vec<Message>,
    pub tools: Vec<ToolSpec>,
    /// As the provider calls it; `None`: the one that it is configured with.
    pub model: Option<String>,
    /// 0–2; `None`: the provider's default.
    pub temperature: Option<f64>,
    /// Bound on the reply's length in tokens.
    pub max_tokens: u32,
    /// `None`: words. Otherwise nobody waits on a line: a model that reasons may do so, a little.
    pub format: Option<ResponseFormat>,
}

/// JSON that a reply is to be. A server does what it can to hold its model to it; the reply is still to be checked: a
/// field that the schema does not require may come as `null`.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseFormat {
    /// 1–64 letters, digits, `_` and `-`.
    pub name: String,
    /// JSON schema of an object.
    pub schema: serde_json::Value,
}

/// One entry of a conversation's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "role", rename_all = "snake_case")]
pub enum Message {
    System {
        text: String,
    },
    User {
        text: String,
    },
    /// `text` is what was heard, not what was generated.
    Assistant {
        text: String,
        tool_calls: Vec<ToolCall>,
    },
    Tool {
        call_id: String,
        text: String,
    },
}

/// A function that the model may call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToolSpec {
    pub name: String,
    pub description: String,
    /// JSON schema of the arguments.
    pub parameters: serde_json::Value,
}

/// A call of one by the model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolCall {
    pub id: String,
    pub name: String,
    /// JSON text as the model wrote it: not yet checked.
    pub arguments: String,
}

/// A piece of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delta {
    Text(String),
    /// A whole tool call, its arguments joined.
    ToolCall(ToolCall),
    Usage {
        prompt_tokens: u64,
        completion_tokens: u64,
    },
    Finished(FinishReason),
}

/// Why the model stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FinishReason {
    Stop,
    Length,
    ToolCalls,
    ContentFilter,
    /// The model said that it would not.
    Refusal,
}

/// What is to be spoken.
#[derive(Clone, Debug, PartialEq)]
pub struct SpeakRequest {
    pub text: String,
    /// A voice name as the provider knows it (`alloy`, `nova`, …).
    pub voice: String,
    /// 0.25–4; 1 is natural.
    pub speed: f64,
    /// Manner of speaking, where the engine understands it.
    pub instructions: Option<String>,
}

/// A stage of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    SpeechToText,
    LanguageModel,
    TextToSpeech,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SpeechToText => "speech-to-text",
            Self::LanguageModel => "language model",
            Self::TextToSpeech => "text-to-speech",
        })
    }
}

/// A provider did not do its work.
///
/// `message` is for the log: it carries status and error code, never a key, and never what was said.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{provider}: {kind}: {message}")]
pub struct ProviderError {
    pub provider: String,
    pub kind: ErrorKind,
    pub message: String,
    /// How long the provider asks us to wait.
    pub retry_after: Option<Duration>,
}

/// What kind of failure, which decides whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ErrorKind {
    #[error("no connection")]
    Connect,
    #[error("deadline passed")]
    Timeout,
    #[error("rate limited")]
    RateLimited,
    /// 5xx.
    #[error("overloaded or broken")]
    Unavailable,
    /// The stream ended before its end.
    #[error("cut off")]
    Cut,
    /// An answer that is not what the protocol says: HTML where JSON belongs, an error body where audio belongs.
    #[error("garbled answer")]
    Garbled,
    /// Paid quota used up: trying again does not heal it.
    #[error("quota exhausted")]
    QuotaExhausted,
    #[error("key refused")]
    Unauthorized,
    /// 4xx: the request itself is wrong (unknown model, unsupported voice).
    #[error("request refused")]
    Refused,
}

impl ErrorKind {
    /// Whether the same request may succeed when sent again.
    pub const fn is_retryable(self) -> bool {
        matches!(
            self,
            Self::Connect | Self::Timeout | Self::RateLimited | Self::Unavailable | Self::Cut | Self::Garbled
        )
    }

    /// Stable name for events and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::RateLimited => "rate_limited",
            Self::Unavailable => "unavailable",
            Self::Cut => "cut",
            Self::Garbled => "garbled",
            Self::QuotaExhausted => "quota_exhausted",
            Self::Unauthorized => "unauthorized",
            Self::Refused => "refused",
        }
    }
}

//! A tenant's own provider, asked whether it works.

use std::time::Duration;

use domain::{
    Error,
    entity::provider_credential::{Model, Stage},
    provider_credentials, vault,
};
use tokio::time::timeout;
use voice::provider::{ErrorKind, LanguageModel, SpeechToText, TextToSpeech, openai};

use crate::Serving;

/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Provider(ErrorKind),
    /// The operator allows its address no more.
    Address,
    /// The operator lost the key that sealed it.
    KeyLost,
}

impl Trouble {
    /// Stable name, for programs.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Provider(kind) => kind.name(),
            Self::Address => "blocked_address",
            Self::KeyLost => "key_lost",
        }
    }

    pub const fn advice(self) -> &'static str {
        match self {
            Self::Provider(kind) => match kind {
                ErrorKind::Unauthorized => "the server refuses the API key: write a valid one",
                ErrorKind::QuotaExhausted => "the account's quota is used up: see the provider's billing page",
                ErrorKind::RateLimited => "the server wants fewer requests: try again later",
                ErrorKind::Connect => "no connection: is the base URL right, and in a public network?",
                ErrorKind::Timeout => "no answer in time: is the base URL right, and the server awake?",
                ErrorKind::Unavailable => "the server is overloaded or broken: see the provider's status page",
                ErrorKind::Garbled => "this is no OpenAI-compatible API: does the base URL lack its /v1?",
                ErrorKind::Cut => "the server broke its answer off: try again",
                ErrorKind::Refused => "the server refuses the request: is the base URL right?",
            },
            Self::Address => "the address is not allowed: https in a public network",
            Self::KeyLost => "the API key cannot be opened: write it again",
        }
    }
}

impl Serving {
    /// Whether the stage's server answers and takes the key; `None`: it does.
    pub async fn check(&self, row: &Model) -> Result<Option<Trouble>, Error> {
        let endpoint = provider_credentials::endpoint(&self.database, &self.vault, &self.outbound, row).await;
        let endpoint = match endpoint {
            Ok(endpoint) => endpoint,
            Err(Error::Invalid { .. }) => return Ok(Some(Trouble::Address)),
            Err(Error::Vault(vault::Error::KeyLost { .. } | vault::Error::NoDataKey { .. })) => {
                return Ok(Some(Trouble::KeyLost));
            }
            Err(error) => return Err(error),
        };
        let client = self.client.clone();
        let asked = async {
            match row.stage {
                Stage::SpeechToText => openai::Transcriptions::new(client, endpoint).check().await,
                Stage::LanguageModel => openai::ChatCompletions::new(client, endpoint).check().await,
                Stage::TextToSpeech => openai::Speech::new(client, endpoint).check().await,
            }
        };
        let kind = match timeout(PATIENCE, asked).await {
            Ok(outcome) => outcome.err().map(|error| error.kind),
            Err(_) => Some(ErrorKind::Timeout),
        };
        Ok(kind.map(Trouble::Provider))
    }
}

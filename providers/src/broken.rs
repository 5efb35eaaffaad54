//! A provider that cannot be asked at all: its key does not open, or the database did not answer. A caller hears the
//! apology, as with any provider that fails.

use async_trait::async_trait;
use voice::provider::{
    ErrorKind, LanguageModel, ModelRequest, ProviderError, ReplyStream, SpeakRequest, Speech, SpeechStream,
    SpeechToText, TextToSpeech, Transcript,
};

const NAME: &str = "tenant's own";

/// Fails with this kind, at once.
#[derive(Clone, Copy)]
pub(super) struct Broken(pub(super) ErrorKind);

impl Broken {
    fn error(self) -> ProviderError {
        let message = "the tenant's provider cannot be asked".to_owned();
        ProviderError { provider: NAME.to_owned(), kind: self.0, message, retry_after: None }
    }
}

#[async_trait]
impl SpeechToText for Broken {
    fn name(&self) -> &str {
        NAME
    }

    async fn transcribe(&self, _: Speech) -> Result<Transcript, ProviderError> {
        Err(self.error())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        Err(self.error())
    }
}

#[async_trait]
impl LanguageModel for Broken {
    fn name(&self) -> &str {
        NAME
    }

    async fn reply(&self, _: ModelRequest) -> Result<ReplyStream, ProviderError> {
        Err(self.error())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        Err(self.error())
    }
}

#[async_trait]
impl TextToSpeech for Broken {
    fn name(&self) -> &str {
        NAME
    }

    /// Of what is never spoken; the others' is the same.
    fn rate(&self) -> u32 {
        24_000
    }

    async fn speak(&self, _: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        Err(self.error())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        Err(self.error())
    }
}

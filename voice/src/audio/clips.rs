//! Sentences that every call needs (greeting, apology, idle prompt), rendered once and kept in the line's format.

use bytes::Bytes;

use crate::{
    line::AudioFormat,
    provider::{ProviderError, SpeakRequest, TextToSpeech},
};

/// A bounded cache, shared by cloning.
#[derive(Clone, Default)]
pub struct Clips {}

impl Clips {
    /// The clip if it has been rendered: whole 20 ms frames in `format`.
    pub fn get(&self, tts: &dyn TextToSpeech, request: &SpeakRequest, format: AudioFormat) -> Option<Bytes> {
        let _ = (tts, request, format);
        None
    }

    /// The clip, rendered now if need be (30 s at most). Two callers of the same clip share one rendering.
    pub async fn render(
        &self,
        tts: &dyn TextToSpeech,
        request: &SpeakRequest,
        format: AudioFormat,
    ) -> Result<Bytes, ProviderError> {
        let _ = (tts, request, format);
        Ok(Bytes::new())
    }

    /// The apology in English that needs no provider.
    pub fn builtin_apology(format: AudioFormat) -> Bytes {
        let _ = format;
        Bytes::new()
    }
}

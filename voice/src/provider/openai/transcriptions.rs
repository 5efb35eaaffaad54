//! Speech to text: `POST /audio/transcriptions`.

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::{
    Client,
    multipart::{Form, Part},
};
use serde::Deserialize;
use serde_json::Value;

use super::{Endpoint, api::Api, failure};
use crate::provider::{ErrorKind, ProviderError, Speech, SpeechToText, Transcript};

/// Speech to text over HTTP: each utterance goes up as one WAV file.
///
/// An utterance costs one buffer of its size (32 kB a second) and about 2 kB for the form and the answer.
#[derive(Clone)]
pub struct Transcriptions {
    api: Arc<Api>,
}

impl Transcriptions {
    pub fn new(client: Client, endpoint: Endpoint) -> Self {
        Self { api: Arc::new(Api::new(client, endpoint, "/audio/transcriptions")) }
    }

    fn form(&self, speech: &Speech) -> Form {
        let endpoint = &self.api.endpoint;
        let mut fields = vec![("model", endpoint.model.as_str()), ("response_format", "json")];
        if let Some(language) = &speech.language {
            // The successor of the older models takes a list, and passes over the single hint in silence. It
            // knows fewer codes than they did and refuses the others with status 400.
            let name = if endpoint.model.starts_with("gpt-transcribe") { "languages[]" } else { "language" };
            fields.push((name, language));
        }
        let mut form = Form::new();
        for (name, value) in fields {
            if !endpoint.extra.contains_key(name.trim_end_matches("[]")) {
                form = form.text(name, value.to_owned());
            }
        }
        for (name, value) in &endpoint.extra {
            form = match value {
                Value::Null => form,
                Value::Array(items) => {
                    items.iter().fold(form, |form, item| form.text(format!("{name}[]"), plain(item)))
                }
                value => form.text(name.clone(), plain(value)),
            };
        }
        let file = Part::bytes(wav(&speech.pcm)).file_name("speech.wav");
        form.part("file", file.mime_str("audio/wav").expect("a valid media type"))
    }
}

#[async_trait]
impl SpeechToText for Transcriptions {
    fn name(&self) -> &str {
        &self.api.name
    }

    async fn transcribe(&self, speech: Speech) -> Result<Transcript, ProviderError> {
        #[derive(Deserialize)]
        struct Answer {
            text: String,
        }
        // OpenAI refuses less than 0.1 s, and no word is that short.
        if speech.ms() < 100 {
            return Ok(Transcript { text: String::new() });
        }
        let response = self.api.send(self.api.post().multipart(self.form(&speech))).await?;
        let headers = response.headers().clone();
        let body = self.api.body(response).await?;
        match (serde_json::from_slice::<Answer>(&body), failure::find(&body)) {
            (Ok(Answer { text }), _) => Ok(Transcript { text: text.trim().to_owned() }),
            (Err(_), Some(error)) => Err(self.api.failed(failure::of_object(&error, &headers))),
            (Err(_), None) => Err(self.api.error(ErrorKind::Garbled, "an answer without a transcript")),
        }
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.api.check().await
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A WAV file of 16 kHz mono PCM16, in one buffer.
fn wav(pcm: &[i16]) -> Vec<u8> {
    const HEADER: usize = 44;
    let data = u32::try_from(pcm.len() * 2).expect("an utterance has less than 4 GiB");
    let mut file = Vec::with_capacity(HEADER + pcm.len() * 2);
    file.extend_from_slice(b"RIFF");
    file.extend_from_slice(&(data + HEADER as u32 - 8).to_le_bytes());
    file.extend_from_slice(b"WAVEfmt ");
    file.extend_from_slice(&16_u32.to_le_bytes());
    file.extend_from_slice(&1_u16.to_le_bytes()); // PCM
    file.extend_from_slice(&1_u16.to_le_bytes()); // mono
    file.extend_from_slice(&Speech::RATE.to_le_bytes());
    file.extend_from_slice(&(Speech::RATE * 2).to_le_bytes()); // bytes a second
    file.extend_from_slice(&2_u16.to_le_bytes()); // bytes a frame
    file.extend_from_slice(&16_u16.to_le_bytes()); // bits a sample
    file.extend_from_slice(b"data");
    file.extend_from_slice(&data.to_le_bytes());
    file.extend(pcm.iter().flat_map(|sample| sample.to_le_bytes()));
    file
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn the_uploaded_file_reads_back_as_the_same_samples() {
        let pcm = [0, 1, -1, i16::MAX, i16::MIN, 1_234];
        let mut file = hound::WavReader::new(std::io::Cursor::new(wav(&pcm))).unwrap();
        let spec = file.spec();
        assert_eq!((spec.channels, spec.sample_rate, spec.bits_per_sample), (1, 16_000, 16));
        assert_eq!(file.samples::<i16>().map(Result::unwrap).collect::<Vec<_>>(), pcm);
    }
}

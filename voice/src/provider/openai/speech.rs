//! Text to speech: `POST /audio/speech`.

use std::sync::Arc;

use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, stream};
use reqwest::{
    Client, Response,
    header::{CONTENT_TYPE, HeaderMap},
};
use serde::Serialize;

use super::{
    Endpoint,
    api::{Api, content_type},
};
use crate::provider::{ErrorKind, ProviderError, SpeakRequest, SpeechStream, TextToSpeech};

/// Text to speech over HTTP, streamed as headerless PCM. What is not PCM never comes out of it as audio.
///
/// A sentence costs the request's JSON and one boxed stream; the audio is passed on in the buffers it came in.
#[derive(Clone)]
pub struct Speech {
    api: Arc<Api>,
    rate: u32,
}

impl Speech {
    /// For a server that sends 24 kHz, as OpenAI does.
    pub fn new(client: Client, endpoint: Endpoint) -> Self {
        Self { api: Arc::new(Api::new(client, endpoint, "/audio/speech")), rate: 24_000 }
    }

    /// For a server whose `pcm` has another rate, in samples a second.
    pub fn with_rate(mut self, rate: u32) -> Self {
        self.rate = rate;
        self
    }

    /// Refuses an answer that is labelled as something else than our PCM. Many servers label it
    /// `application/octet-stream`, some not at all.
    fn is_pcm(&self, headers: &HeaderMap) -> Result<(), String> {
        let media = content_type(headers);
        if !matches!(
            media.as_str(),
            "" | "audio/pcm" | "audio/x-pcm" | "audio/l16" | "audio/raw" | "audio/x-raw" | "application/octet-stream"
        ) {
            return Err(format!("{media} instead of PCM"));
        }
        let whole = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let rate = whole.split(';').find_map(|part| part.trim().strip_prefix("rate="));
        match rate.and_then(|rate| rate.parse::<u32>().ok()) {
            Some(rate) if rate != self.rate => Err(format!("PCM of {rate} Hz instead of {} Hz", self.rate)),
            _ => Ok(()),
        }
    }

    /// The first bytes, at least four if there are as many.
    async fn opening(&self, response: &mut Response) -> Result<Bytes, ProviderError> {
        let mut opening = BytesMut::new();
        while opening.len() < 4 {
            match self.api.chunk(response).await? {
                Some(chunk) if opening.is_empty() && chunk.len() >= 4 => return Ok(chunk),
                Some(chunk) => opening.extend_from_slice(&chunk),
                None => break,
            }
        }
        Ok(opening.freeze())
    }
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    input: &'a str,
    voice: &'a str,
    response_format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    speed: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    instructions: Option<&'a str>,
}

#[async_trait]
impl TextToSpeech for Speech {
    fn name(&self) -> &str {
        &self.api.name
    }

    fn rate(&self) -> u32 {
        self.rate
    }

    /// Gives the stream when the first bytes are there and are no error.
    async fn speak(&self, request: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        let model = &self.api.endpoint.model;
        let body = Body {
            model,
            input: &request.text,
            voice: &request.voice,
            response_format: "pcm",
            speed: (request.speed != 1.0).then_some(request.speed),
            // `tts-1` and `tts-1-hd` refuse them.
            instructions: request.instructions.as_deref().filter(|_| !model.starts_with("tts-1")),
        };
        let mut response = self.api.send_json(&body).await?;
        if let Err(what) = self.is_pcm(response.headers()) {
            return Err(match content_type(response.headers()).as_str() {
                "application/json" => self.api.misfit(response).await,
                _ => self.api.error(ErrorKind::Garbled, what),
            });
        }
        let opening = self.opening(&mut response).await?;
        if opening.is_empty() {
            return Err(self.api.error(ErrorKind::Garbled, "no audio"));
        }
        if is_something_else(&opening) {
            return Err(self.api.error(ErrorKind::Garbled, "a file or a text that is labelled as PCM"));
        }
        let rest = stream::unfold(Some((self.api.clone(), response)), |state| async {
            let (api, mut response) = state?;
            match api.chunk(&mut response).await {
                Ok(Some(chunk)) => Some((Ok(chunk), Some((api, response)))),
                Ok(None) => None,
                Err(error) => Some((Err(error), None)),
            }
        });
        Ok(stream::once(async { Ok(opening) }).chain(rest).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.api.check().await
    }
}

/// Whether these first bytes begin an audio file, JSON or HTML. PCM that begins so by chance would begin with a
/// crack: two samples beyond a quarter of full scale.
fn is_something_else(opening: &[u8]) -> bool {
    let Some(start) = opening.first_chunk::<4>() else {
        return false;
    };
    let is_text = start.iter().all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    matches!(start, b"RIFF" | b"OggS" | b"fLaC" | [b'I', b'D', b'3', _]) || (is_text && matches!(start[0], b'{' | b'<'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_texts_are_told_from_samples() {
        for text in [
            "RIFF\0\0\0\0WAVE",
            "OggS",
            "fLaC",
            "ID3\u{4}\0",
            "{\"error\":{}}",
            "{\n  \"a\": 1}",
            "<!DOCTYPE",
            "<html>",
        ] {
            assert!(is_something_else(text.as_bytes()), "{text}");
        }
        for pcm in [&[0, 0, 0, 0][..], &[b'{', 0, b'<', 0], &[b'<', 0xff, 1, 0], &[1, 2], b""] {
            assert!(!is_something_else(pcm), "{pcm:?}");
        }
    }
}

//! Text to speech by hibari.

use std::{collections::VecDeque, path::Path, sync::Arc};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use voice::provider::{ProviderError, SpeakRequest, SpeechStream, TextToSpeech};

use crate::{
    Error,
    desks::{Desk, Desks},
    hibari::{self, Network, pronunciation::Pronunciation},
    model::Failure,
    readings,
};

const NAME: &str = "built-in:hibari";

/// English text to speech: hibari (6 million weights, int8), 24 kHz.
///
/// It has one voice, so every voice name is accepted and sounds the same; `instructions` have no effect. The same
/// text always gives the same bytes.
#[derive(Clone)]
pub struct Hibari {
    engine: Arc<Engine>,
    desks: Arc<Desks>,
}

struct Engine {
    network: Network,
    pronunciation: Pronunciation,
}

impl Hibari {
    pub(crate) fn load(models: &Path, desks: Arc<Desks>) -> Result<Self, Error> {
        let directory = models.join("hibari");
        let engine = Engine { network: Network::load(&directory)?, pronunciation: Pronunciation::load(&directory)? };
        Ok(Self { engine: Arc::new(engine), desks })
    }

    async fn sentence(&self, text: String, speed: f32) -> Result<Bytes, ProviderError> {
        let engine = Arc::clone(&self.engine);
        self.desks.run(NAME, move |desk| engine.speak(&text, speed, desk)).await
    }
}

#[async_trait]
impl TextToSpeech for Hibari {
    fn name(&self) -> &str {
        NAME
    }

    fn rate(&self) -> u32 {
        hibari::RATE
    }

    /// One chunk a sentence, spoken when it is asked for: dropping the stream leaves the rest unspoken. A text
    /// without a word gives an empty stream.
    async fn speak(&self, request: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        let sentences: VecDeque<String> = readings::sentences(&request.text).into();
        let speed = if request.speed.is_finite() { request.speed.clamp(0.25, 4.0) } else { 1.0 };
        let chunks = stream::unfold((self.clone(), sentences), move |(hibari, mut sentences)| async move {
            let sentence = sentences.pop_front()?;
            let chunk = hibari.sentence(sentence, speed).await;
            if chunk.is_err() {
                // A reply with a hole in it is worse than one that ends: the caller of this stream decides.
                sentences.clear();
            }
            Some((chunk, (hibari, sentences)))
        });
        Ok(chunks.boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.sentence("Ready.".into(), 1.0).await.map(drop)
    }
}

impl Engine {
    fn speak(&self, sentence: &str, speed: f32, desk: &Desk) -> Result<Bytes, Failure> {
        let phonemes = self.pronunciation.phonemes(&readings::spoken(sentence))?;
        let samples = self.network.speak(&phonemes, speed, desk)?;
        let pcm =
            trimmed(&samples).iter().flat_map(|sample| ((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes());
        Ok(pcm.collect())
    }
}

/// A sentence without most of the silence around it: the network leaves 300 ms before (which the caller would wait)
/// and 500 ms after. What stays is a natural pause between sentences.
fn trimmed(samples: &[f32]) -> &[f32] {
    const MS: usize = hibari::RATE as usize / 1_000;
    /// −60 dB: below the faintest consonant, above the network's silence.
    const SILENCE: f32 = 0.001;
    let audible = |sample: &f32| sample.abs() > SILENCE;
    let Some(first) = samples.iter().position(audible) else { return &[] };
    let last = samples.iter().rposition(audible).unwrap_or(first);
    &samples[first.saturating_sub(20 * MS)..(last + 220 * MS).min(samples.len())]
}

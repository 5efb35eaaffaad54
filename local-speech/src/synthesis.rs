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

    async fn say(&self, piece: Piece, speed: f32) -> Result<(Bytes, Option<Piece>), ProviderError> {
        let engine = Arc::clone(&self.engine);
        self.desks.run(NAME, move |desk| engine.say(piece, speed, desk)).await
    }
}

/// What is spoken at once.
enum Piece {
    Sentence(String),
    /// The rest of a sentence that was too long.
    Phonemes(String),
}

#[async_trait]
impl TextToSpeech for Hibari {
    fn name(&self) -> &str {
        NAME
    }

    fn rate(&self) -> u32 {
        hibari::RATE
    }

    /// One chunk a sentence (more for a very long one), spoken when it is asked for: dropping the stream leaves the
    /// rest unspoken. A text without a word gives an empty stream.
    async fn speak(&self, request: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        let speed = if request.speed.is_finite() { request.speed.clamp(0.25, 4.0) as f32 } else { 1.0 };
        let pieces: VecDeque<Piece> = readings::sentences(&request.text).into_iter().map(Piece::Sentence).collect();
        let chunks = stream::try_unfold((self.clone(), pieces), move |(hibari, mut pieces)| async move {
            let Some(piece) = pieces.pop_front() else { return Ok(None) };
            let (chunk, rest) = hibari.say(piece, speed).await?;
            rest.into_iter().for_each(|piece| pieces.push_front(piece));
            Ok(Some((chunk, (hibari, pieces))))
        });
        Ok(chunks.boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.say(Piece::Sentence("Ready.".into()), 1.0).await.map(drop)
    }
}

impl Engine {
    /// Speaks a piece, or the beginning of one that is too long; gives the rest back.
    fn say(&self, piece: Piece, speed: f32, desk: &Desk) -> Result<(Bytes, Option<Piece>), Failure> {
        let phonemes = match piece {
            Piece::Sentence(text) => self.pronunciation.phonemes(&readings::spoken(&text))?,
            Piece::Phonemes(phonemes) => phonemes,
        };
        let (now, later) = cut(&phonemes);
        let samples = self.network.speak(now, speed, desk)?;
        let pcm =
            trimmed(&samples).iter().flat_map(|sample| ((sample.clamp(-1.0, 1.0) * 32_767.0) as i16).to_le_bytes());
        let later = Some(later.to_owned()).filter(|later| !later.is_empty()).map(Piece::Phonemes);
        Ok((pcm.collect(), later))
    }
}

/// Cuts off what is spoken at once, at a space if there is one: hibari's makers pass it 400 phonemes at most.
fn cut(phonemes: &str) -> (&str, &str) {
    const MOST: usize = 400;
    let Some((end, _)) = phonemes.char_indices().nth(MOST) else { return (phonemes, "") };
    let at = phonemes[..end].rfind(' ').unwrap_or(end);
    (&phonemes[..at], phonemes[at..].trim_start())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_at_most_four_hundred_phonemes_and_never_nothing() {
        for phonemes in ["", "a b", &"ˈɑ".repeat(500), &"ɹɛd ".repeat(300), &format!(" {}", "ə".repeat(900))] {
            let (mut rest, mut spoken) = (phonemes, String::new());
            while !rest.is_empty() {
                let (now, later) = cut(rest);
                assert!(now.chars().count() <= 400 && later.len() < rest.len());
                spoken += now;
                rest = later;
            }
            assert_eq!(spoken.replace(' ', ""), phonemes.replace(' ', ""));
        }
    }
}

//! Speech to text by Moonshine tiny.

use std::{path::Path, sync::Arc};

use async_trait::async_trait;
use voice::{
    provider::{ErrorKind, ProviderError, Speech, SpeechToText, Transcript},
    vad::Vad,
};

use crate::{
    Error,
    desks::{Desk, Desks},
    model::Failure,
    moonshine::Network,
};

const NAME: &str = "built-in:moonshine-tiny";
const RATE: usize = Speech::RATE as usize;

/// The longest piece recognised at once: Moonshine was trained on utterances up to about this length, and drops or
/// repeats words in longer ones. Pieces are cut in their last seconds, where it is quietest.
const LONGEST: usize = 15 * RATE;
const CUT_WITHIN: usize = 6 * RATE;
/// Shorter sounds hold no word, and the encoder needs some length: they are padded to this.
const SHORTEST: usize = RATE / 2;

/// English speech to text: Moonshine tiny (27 million weights, int8). Word error rates are in the tests.
///
/// It is told only about speech: what the voice activity detector takes for noise, music or DTMF gives an empty
/// text, because this model, as others, invents words for them.
#[derive(Clone)]
pub struct Moonshine {
    network: Arc<Network>,
    vad: Vad,
    desks: Arc<Desks>,
}

impl Moonshine {
    pub(crate) fn load(models: &Path, desks: Arc<Desks>) -> Result<Self, Error> {
        let network = Arc::new(Network::load(&models.join("moonshine-tiny"))?);
        let vad = Vad::load(None);
        Ok(Self { network, vad, desks })
    }
}

#[async_trait]
impl SpeechToText for Moonshine {
    fn name(&self) -> &str {
        NAME
    }

    /// Refused when `language` is named and is not English.
    async fn transcribe(&self, speech: Speech) -> Result<Transcript, ProviderError> {
        if let Some(language) = speech.language.as_deref().filter(|language| !is_english(language)) {
            return Err(ProviderError {
                provider: NAME.into(),
                kind: ErrorKind::Refused,
                message: format!("the language {language:?} is not known here, only English"),
                retry_after: None,
            });
        }
        let (network, vad) = (Arc::clone(&self.network), self.vad.clone());
        let text = self.desks.run(NAME, move |desk| transcribe(&network, &vad, &speech.pcm, desk)).await?;
        Ok(Transcript { text })
    }

    async fn check(&self) -> Result<(), ProviderError> {
        let network = Arc::clone(&self.network);
        self.desks.run(NAME, move |desk| network.transcribe(&[0.0; SHORTEST], desk).map(drop)).await
    }
}

fn is_english(language: &str) -> bool {
    let primary = language.split(['-', '_']).next().unwrap_or_default();
    primary.eq_ignore_ascii_case("en") || primary.eq_ignore_ascii_case("english")
}

fn transcribe(network: &Network, vad: &Vad, pcm: &[i16], desk: &Desk) -> Result<String, Failure> {
    let mut words = Vec::new();
    for piece in pieces(pcm).filter(|piece| has_speech(vad, piece)) {
        let mut samples: Vec<f32> = piece.iter().map(|&sample| f32::from(sample) / 32_768.0).collect();
        samples.resize(samples.len().max(SHORTEST), 0.0);
        words.push(network.transcribe(&samples, desk)?);
    }
    words.retain(|words| !words.is_empty());
    Ok(words.join(" "))
}

/// Whether at least two windows in a row are speech. Speech is found in its first words, so the rest of an
/// utterance costs nothing.
fn has_speech(vad: &Vad, pcm: &[i16]) -> bool {
    let mut listener = vad.listener();
    let mut in_a_row = 0;
    pcm.chunks(512).flat_map(|window| listener.push(window)).any(|probability| {
        in_a_row = if probability >= 0.5 { in_a_row + 1 } else { 0 };
        in_a_row == 2
    })
}

/// Cuts what is too long at its quietest places.
fn pieces(mut pcm: &[i16]) -> impl Iterator<Item = &[i16]> {
    std::iter::from_fn(move || {
        let cut = if pcm.len() > LONGEST {
            LONGEST - CUT_WITHIN + quietest(&pcm[LONGEST - CUT_WITHIN..LONGEST])
        } else {
            pcm.len()
        };
        let (piece, rest) = pcm.split_at(cut);
        pcm = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

/// The middle of the quietest 100 ms.
fn quietest(pcm: &[i16]) -> usize {
    const WINDOW: usize = RATE / 10;
    let energy =
        |start: &usize| pcm[*start..start + WINDOW].iter().map(|&sample| i64::from(sample).pow(2)).sum::<i64>();
    let start = (0..=pcm.len() - WINDOW).step_by(WINDOW / 4).min_by_key(energy).unwrap_or(0);
    start + WINDOW / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_utterance_is_cut_in_its_pauses() {
        let mut pcm = vec![1_000i16; 40 * RATE];
        pcm[12 * RATE..12 * RATE + RATE / 5].fill(0);
        let lengths: Vec<usize> = pieces(&pcm).map(<[i16]>::len).collect();
        assert_eq!(lengths.iter().sum::<usize>(), pcm.len());
        assert!(lengths.iter().all(|&length| length <= LONGEST));
        assert!((12 * RATE..12 * RATE + RATE / 5).contains(&lengths[0]), "{lengths:?}");
    }

    #[test]
    fn nothing_has_no_pieces() {
        assert_eq!(pieces(&[]).count(), 0);
    }

    #[test]
    fn english_is_known_by_its_code_with_or_without_a_region() {
        assert!(["en", "EN", "en-US", "en_GB", "english"].into_iter().all(is_english));
        assert!(!["de", "es-MX", "", "eng-xx"].into_iter().any(is_english));
    }
}

//! The samples of one channel, cut into utterances.

use std::sync::Arc;

use super::pauses::{Cut, Pauses, Window};
use crate::{
    provider::Speech,
    vad::{Listener, Vad},
};

/// Samples of a window.
const WINDOW: u64 = Listener::WINDOW_MS * PER_MS;
const PER_MS: u64 = Speech::RATE as u64 / 1_000;
/// What is needed no more is let go of in steps of a second: moving the rest costs.
const STEP: usize = Speech::RATE as usize;

/// Something said without a long pause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utterance {
    /// When the first word begins and the last ends, from the start of the audio.
    pub start_ms: u64,
    pub end_ms: u64,
    /// Up to here the audio is dealt with: whoever goes on later begins there.
    pub until_ms: u64,
    /// 16 kHz, 28 s at most; some silence around the words.
    pub pcm: Arc<[i16]>,
}

/// Cuts one channel of 16 kHz as it comes. It keeps half a minute at most (a megabyte).
pub struct Cutter {
    listener: Listener,
    pauses: Pauses,
    /// Where window 0 begins.
    begins_ms: u64,
    /// Samples kept, of which the first is the number `first` after the beginning.
    pcm: Vec<i16>,
    first: u64,
    windows: u64,
}

impl Cutter {
    /// For audio of which the part before `begins_ms` was dealt with earlier.
    pub fn new(vad: &Vad, begins_ms: u64) -> Self {
        let (listener, pauses) = (vad.listener(), Pauses::default());
        Self { listener, pauses, begins_ms, pcm: Vec::new(), first: 0, windows: 0 }
    }

    /// Takes samples; gives the utterances that end with them.
    pub fn push(&mut self, pcm: &[i16]) -> Vec<Utterance> {
        self.pcm.extend_from_slice(pcm);
        let mut utterances = Vec::new();
        for speech in self.listener.push(pcm) {
            let window = &self.pcm[(self.windows * WINDOW - self.first) as usize..][..WINDOW as usize];
            self.windows += 1;
            if let Some(cut) = self.pauses.hear(Window { speech, loudness: loudness(window) }) {
                utterances.push(self.utterance(cut));
            }
        }
        let unneeded = (self.pauses.needs() * WINDOW - self.first) as usize;
        if unneeded >= STEP {
            self.pcm.drain(..unneeded);
            self.first += unneeded as u64;
        }
        utterances
    }

    /// The last one, where the audio ends.
    pub fn finish(mut self) -> Option<Utterance> {
        let cut = self.pauses.end()?;
        Some(self.utterance(cut))
    }

    /// Samples kept now.
    pub fn kept(&self) -> usize {
        self.pcm.len()
    }

    fn utterance(&self, cut: Cut) -> Utterance {
        let samples = (cut.from * WINDOW - self.first) as usize..(cut.to * WINDOW - self.first) as usize;
        let ms = |window: u64| self.begins_ms + window * Listener::WINDOW_MS;
        Utterance {
            start_ms: ms(cut.spoken.0),
            end_ms: ms(cut.spoken.1),
            until_ms: ms(cut.to),
            pcm: Arc::from(&self.pcm[samples]),
        }
    }
}

fn loudness(window: &[i16]) -> f32 {
    window.iter().map(|&sample| f32::from(sample) * f32::from(sample)).sum()
}

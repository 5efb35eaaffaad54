//! The caller's side of the audio: VAD verdicts out of every chunk, and the utterance that is being spoken.

use crate::{
    audio::{Pcm16Decoder, Resampler, mulaw},
    line::AudioFormat,
    provider::Speech,
    turn::LONGEST_TURN_MS,
    vad::{Listener, Vad},
};

/// Audio from before speech was noticed that belongs to the utterance: the soft beginning of a word and the
/// time the detector took.
const PRE_ROLL_MS: u64 = 500;

/// The ear of one conversation. An utterance is kept as the line sent it: µ-law is an eighth of what
/// recognition reads.
pub struct Ear {
    format: AudioFormat,
    decoder: Pcm16Decoder,
    resampler: Resampler,
    listener: Listener,
    narrow: Vec<i16>,
    wide: Vec<i16>,
    verdicts: Vec<f32>,
    kept: Vec<u8>,
    capturing: bool,
    /// Level of the last chunk and the loudest of the utterance, dB of full scale.
    level_db: f32,
    loudest_db: f32,
    unheard_ms: u64,
}

/// Below what any line carries.
const SILENCE_DB: f32 = -96.0;
/// Below this the detector's own gate hears silence whatever the samples are: a step under its −60 dB.
const UNHEARD_DB: f32 = -62.0;
/// Silence after which nothing of the last sound is left in the filters, and the detector's gate has closed.
const SETTLED_MS: u64 = 400;

impl Ear {
    pub fn new(format: AudioFormat, vad: &Vad) -> Self {
        Self {
            format,
            decoder: Pcm16Decoder::default(),
            resampler: Resampler::new(format.rate(), Speech::RATE),
            listener: vad.listener(),
            narrow: Vec::new(),
            wide: Vec::new(),
            verdicts: Vec::new(),
            kept: Vec::new(),
            capturing: false,
            level_db: SILENCE_DB,
            loudest_db: SILENCE_DB,
            unheard_ms: 0,
        }
    }

    /// Takes a chunk and says how many VAD windows it completed: see [`verdict`](Self::verdict).
    pub fn hear(&mut self, bytes: &[u8]) -> usize {
        self.keep(bytes);
        self.narrow.clear();
        match self.format {
            AudioFormat::Mulaw8k => mulaw::decode_into(bytes, &mut self.narrow),
            AudioFormat::Pcm16 { .. } => self.decoder.push(bytes, &mut self.narrow),
        }
        self.level_db = level_db(&self.narrow);
        self.loudest_db = self.loudest_db.max(self.level_db);
        self.widen();
        self.verdicts.clear();
        self.verdicts.extend(self.listener.push(&self.wide));
        self.verdicts.len()
    }

    /// What the detector reads. Silence is not worth resampling, and most of what a caller sends is silence: a fifth
    /// of a busy server's work was here.
    fn widen(&mut self) {
        let unheard = self.level_db < UNHEARD_DB;
        self.unheard_ms = if unheard {
            self.unheard_ms + self.narrow.len() as u64 * 1_000 / u64::from(self.format.rate())
        } else {
            0
        };
        self.wide.clear();
        if self.unheard_ms > SETTLED_MS {
            let samples = self.narrow.len() * Speech::RATE as usize / self.format.rate() as usize;
            self.wide.resize(samples, 0);
        } else {
            self.resampler.process(&self.narrow, &mut self.wide);
        }
    }

    /// The probability of speech in window `index` of those the last chunk completed, oldest first.
    pub fn verdict(&self, index: usize) -> f32 {
        self.verdicts[index]
    }

    /// How loud the last chunk was, dB of full scale.
    pub fn level_db(&self) -> f32 {
        self.level_db
    }

    /// How loud the utterance was at its loudest, dB of full scale.
    pub fn loudest_db(&self) -> f32 {
        self.loudest_db
    }

    /// The utterance begins: what was heard a little before now belongs to it.
    pub fn capture(&mut self) {
        self.capturing = true;
        self.loudest_db = self.level_db;
    }

    /// The utterance is over, or was none.
    pub fn forget(&mut self) {
        self.capturing = false;
        self.kept = Vec::new();
    }

    /// The utterance so far.
    pub fn utterance(&self) -> Vec<i16> {
        let mut narrow = Vec::with_capacity(self.kept.len() / self.format.width());
        match self.format {
            AudioFormat::Mulaw8k => mulaw::decode_into(&self.kept, &mut narrow),
            AudioFormat::Pcm16 { .. } => Pcm16Decoder::default().push(&self.kept, &mut narrow),
        }
        if self.format.rate() == Speech::RATE {
            return narrow;
        }
        let mut resampler = Resampler::new(self.format.rate(), Speech::RATE);
        let mut wide = Vec::with_capacity(narrow.len() * Speech::RATE as usize / self.format.rate() as usize);
        resampler.process(&narrow, &mut wide);
        resampler.flush(&mut wide);
        wide
    }

    fn keep(&mut self, bytes: &[u8]) {
        self.kept.extend_from_slice(bytes);
        // The turn machine ends a turn at its longest; the second on top is the pause that may follow.
        let ms = if self.capturing { LONGEST_TURN_MS + 1_000 } else { PRE_ROLL_MS };
        let most = self.format.bytes_in(ms);
        // Trimmed in steps: moving the whole buffer for every frame would cost more than the second it saves.
        if self.kept.len() > most + self.format.bytes_in(500) {
            let whole = (self.kept.len() - most) / self.format.width() * self.format.width();
            self.kept.drain(..whole);
        }
    }
}

/// Root mean square, dB of full scale; [`SILENCE_DB`] at the least.
fn level_db(pcm: &[i16]) -> f32 {
    let energy: f32 = pcm.iter().map(|&sample| f32::from(sample) * f32::from(sample)).sum();
    let mean = energy / pcm.len().max(1) as f32 / (32_768.0 * 32_768.0);
    (10.0 * mean.max(f32::MIN_POSITIVE).log10()).max(SILENCE_DB)
}

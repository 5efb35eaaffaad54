//! Voice activity detection: a cheap detector gates, Silero v6 decides.

mod dense;
mod gate;
mod onnx;
mod silero;

use std::{fs, path::Path, sync::Arc};

use earshot::Detector;

use gate::{Gate, Heard};
use silero::{Silero, State, WINDOW};

/// Silero VAD v6 as published (see `assets/README.md`).
const MODEL: &[u8] = include_bytes!("../assets/silero_vad_16k_op15.onnx");

/// The detector that all calls of a process share: the neural model's weights, or none.
#[derive(Clone, Default)]
pub struct Vad {
    model: Option<Arc<Silero>>,
}

impl Vad {
    /// Loads Silero: the built-in copy, or the ONNX file `model` in its place. A file that is not there or
    /// is not Silero v6 for 16 kHz: the cheap detector alone ([`Vad::default`]), which takes music and DTMF for speech; a
    /// warning is logged.
    pub fn load(model: Option<&Path>) -> Self {
        let Some(path) = model else {
            return Self { model: Silero::from_onnx(MODEL).map(Arc::new) };
        };
        let read = fs::read(path).map_err(|cause| cause.to_string());
        let silero = read.and_then(|bytes| Silero::from_onnx(&bytes).ok_or_else(|| "not Silero v6 for 16 kHz".into()));
        match silero {
            Ok(silero) => Self { model: Some(Arc::new(silero)) },
            Err(cause) => {
                tracing::warn!(
                    vad.model = %path.display(), cause,
                    "no neural voice detection: music and key tones will be taken for speech"
                );
                Self::default()
            }
        }
    }

    /// Whether the neural model is there.
    pub fn is_neural(&self) -> bool {
        self.model.is_some()
    }

    /// A detector for one call.
    pub fn listener(&self) -> Listener {
        let ears = match &self.model {
            Some(model) => {
                let state = Box::new(model.at_rest());
                Ears::Neural {
                    model: model.clone(),
                    state,
                    before: Box::new([0; WINDOW]),
                    gate: Gate::default(),
                    runs: 0,
                }
            }
            None => Ears::Cheap(Detector::default_boxed()),
        };
        Listener { window: Vec::with_capacity(WINDOW), ears }
    }
}

/// The detector of one call: state of 4 kB (9 kB without the model), no weights.
pub struct Listener {
    /// Samples that wait for a whole window.
    window: Vec<i16>,
    ears: Ears,
}

enum Ears {
    Neural {
        model: Arc<Silero>,
        state: Box<State>,
        /// The last window of silence, which a word may have begun in.
        before: Box<[i16; WINDOW]>,
        gate: Gate,
        runs: u64,
    },
    Cheap(Box<Detector>),
}

impl Listener {
    /// Milliseconds that one verdict covers.
    pub const WINDOW_MS: u64 = 32;

    /// Takes 16 kHz mono samples of any length and gives the probability of speech (0–1) for each 32 ms
    /// window (512 samples) completed by them, oldest first: usually none or one.
    pub fn push(&mut self, pcm: &[i16]) -> Vec<f32> {
        let mut rest = pcm;
        let mut verdicts = Vec::new();
        while !rest.is_empty() {
            let (head, tail) = rest.split_at(rest.len().min(WINDOW - self.window.len()));
            self.window.extend_from_slice(head);
            rest = tail;
            if let Some(window) = self.window.as_array::<WINDOW>() {
                verdicts.push(self.ears.probability(window));
                self.window.clear();
            }
        }
        verdicts
    }

    /// How many windows the neural model has looked at: silence is not shown to it.
    pub fn neural_runs(&self) -> u64 {
        match &self.ears {
            Ears::Neural { runs, .. } => *runs,
            Ears::Cheap(_) => 0,
        }
    }
}

impl Ears {
    fn probability(&mut self, window: &[i16; WINDOW]) -> f32 {
        match self {
            Self::Neural { model, state, before, gate, runs } => {
                match gate.hear(window) {
                    Heard::Silence => {
                        **before = *window;
                        return 0.0;
                    }
                    // Each onset is heard with the same fresh memory. One that had listened to the whole
                    // silence would be 9 ms quicker, and take one in five windows of key tones after it for speech.
                    Heard::Onset => {
                        **state = model.at_rest();
                        model.probability(state, before);
                        *runs += 2;
                    }
                    Heard::Sound => *runs += 1,
                }
                model.probability(state, window)
            }
            // It takes frames of 16 ms; speech in either half is speech.
            Self::Cheap(detector) => {
                window.chunks_exact(256).map(|frame| detector.predict_i16(frame)).fold(0.0, f32::max)
            }
        }
    }
}

#[cfg(test)]
mod tests;

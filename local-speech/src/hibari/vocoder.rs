//! Turns the network's spectrum into a waveform, as hibari's own description of its ONNX interface says:
//!
//! ```text
//! S = exp(lh)·e^(iπ·tanh(theta))·STFT(pulses(f0)) + exp(ln)·Z + exp(lr)·e^(i·phi)      waveform = inverse STFT of S
//! ```
//!
//! with Z complex Gaussian noise, a Hann window of 1200 samples and a hop of 300.

use std::{
    f32::consts::{PI, TAU},
    sync::Arc,
};

use realfft::{ComplexToReal, RealFftPlanner, RealToComplex, num_complex::Complex32};

use super::RATE;
use crate::model::Failure;

const WINDOW: usize = 1_200;
const HOP: usize = 300;
const BINS: usize = WINDOW / 2 + 1;
/// Below this pitch a frame is unvoiced, in Hz.
const UNVOICED: f32 = 40.0;
/// Harmonics end here, in Hz.
const HIGHEST_HARMONIC: f32 = 11_000.0;

/// What the network predicts for each frame of 12.5 ms: `pitch` one value a frame, in Hz; the rest `BINS` rows of
/// one value a frame, logarithms of magnitudes and phases.
pub struct Spectrum<'a> {
    pub voiced: &'a [f32],
    pub voiced_phase: &'a [f32],
    pub noise: &'a [f32],
    pub free: &'a [f32],
    pub free_phase: &'a [f32],
    pub pitch: &'a [f32],
}

pub struct Vocoder {
    forward: Arc<dyn RealToComplex<f32>>,
    inverse: Arc<dyn ComplexToReal<f32>>,
    hann: Vec<f32>,
}

impl Vocoder {
    pub fn new() -> Self {
        let mut planner = RealFftPlanner::new();
        Self {
            forward: planner.plan_fft_forward(WINDOW),
            inverse: planner.plan_fft_inverse(WINDOW),
            hann: (0..WINDOW).map(|i| 0.5 - 0.5 * (TAU * i as f32 / WINDOW as f32).cos()).collect(),
        }
    }

    pub fn sound(&self, spectrum: &Spectrum) -> Result<Vec<f32>, Failure> {
        let frames = spectrum.pitch.len();
        let parts = [spectrum.voiced, spectrum.voiced_phase, spectrum.noise, spectrum.free, spectrum.free_phase];
        if frames == 0 || parts.iter().any(|part| part.len() != BINS * frames) {
            return Err(Failure::new("the spectrum has an unexpected shape"));
        }
        let pulses = pulses(spectrum.pitch);
        let mut noise = Noise::new();
        let (mut time, mut bins) = (self.forward.make_input_vec(), self.forward.make_output_vec());
        let mut sum = vec![0.0; (frames - 1) * HOP + WINDOW];
        let mut weight = vec![0.0; sum.len()];
        for frame in 0..frames {
            for (offset, (sample, hann)) in time.iter_mut().zip(&self.hann).enumerate() {
                // A unit cosine then has magnitude 1, so that exp(lh) is the harmonic's.
                *sample = pulses[mirrored(frame * HOP + offset, pulses.len())] * hann / (WINDOW / 4) as f32;
            }
            self.forward.process(&mut time, &mut bins).map_err(Failure::new)?;
            for (bin, value) in bins.iter_mut().enumerate() {
                let at = bin * frames + frame;
                *value = *value
                    * Complex32::from_polar(magnitude(spectrum.voiced[at]), PI * spectrum.voiced_phase[at].tanh())
                    + noise.next() * magnitude(spectrum.noise[at])
                    + Complex32::from_polar(magnitude(spectrum.free[at]), spectrum.free_phase[at]);
            }
            // A real signal has no imaginary part there.
            bins[0].im = 0.0;
            bins[BINS - 1].im = 0.0;
            self.inverse.process(&mut bins, &mut time).map_err(Failure::new)?;
            let from = frame * HOP;
            for (offset, (sample, hann)) in time.iter().zip(&self.hann).enumerate() {
                sum[from + offset] += sample / WINDOW as f32 * hann;
                weight[from + offset] += hann * hann;
            }
        }
        // Frames are centred on their samples: half a window stands before the first.
        let centred = sum.iter().zip(&weight).map(|(sample, weight)| sample / weight.max(1e-11));
        Ok(centred.skip(WINDOW / 2).take(frames * HOP).collect())
    }
}

/// The pulse train of a voice: every harmonic of the pitch up to [`HIGHEST_HARMONIC`], at unit amplitude, summed in
/// closed form: Σ cos(h·t) = sin((H + ½)·t) / (2·sin(t/2)) − ½. Silent where unvoiced.
fn pulses(pitch: &[f32]) -> Vec<f32> {
    let mut turns = 0.0f64;
    let sample = |i: usize| {
        // Linear between the middles of frames, constant beyond the outermost.
        let position = ((i as f32 + 0.5) / HOP as f32 - 0.5).clamp(0.0, (pitch.len() - 1) as f32);
        let (before, share) = (position as usize, position.fract());
        let after = (before + 1).min(pitch.len() - 1);
        let interpolated = pitch[before] * (1.0 - share) + pitch[after] * share;
        let hertz = interpolated.max(UNVOICED);
        turns = (turns + f64::from(hertz) / f64::from(RATE)).fract();
        if interpolated <= UNVOICED {
            return 0.0;
        }
        let t = turns as f32 * TAU;
        let harmonics = (HIGHEST_HARMONIC / hertz).floor() + 0.5;
        let divisor = 2.0 * (t * 0.5).sin();
        // Its limit where the division would be by almost nothing.
        (if divisor.abs() <= 2e-3 { harmonics } else { (harmonics * t).sin() / divisor }) - 0.5
    };
    (0..pitch.len() * HOP).map(sample).collect()
}

/// The sample `at` − half a window, reflected at both ends.
fn mirrored(at: usize, len: usize) -> usize {
    let at = at.abs_diff(WINDOW / 2);
    if at < len { at } else { (2 * (len - 1)).saturating_sub(at) }
}

fn magnitude(logarithm: f32) -> f32 {
    logarithm.min(7.0).exp()
}

/// Gaussian noise (xorshift, Box–Muller), the same in every sentence: the same text gives the same bytes.
struct Noise(u64);

impl Noise {
    fn new() -> Self {
        Self(1)
    }

    /// In (0, 1].
    fn uniform(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 40) as f32 + 1.0) / (1 << 24) as f32
    }

    /// Unit variance in each component.
    fn next(&mut self) -> Complex32 {
        let radius = (-2.0 * self.uniform().ln()).sqrt();
        Complex32::from_polar(radius, TAU * self.uniform())
    }
}

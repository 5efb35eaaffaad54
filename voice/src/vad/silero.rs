//! Silero VAD v6 at 16 kHz, its forward pass written out.
//!
//! A general engine spends 300 µs on each 32 ms window, most of it on administration: the graph has some hundred nodes, and the
//! work is 0.6 million multiply-adds. Done directly it takes a tenth of that. Its test holds it against the engine.

use super::{
    dense::Dense,
    onnx::{self, Tensor, Tensors},
};

/// New samples in each window: 32 ms.
pub const WINDOW: usize = 512;
/// Samples of the window before, put in front.
const CONTEXT: usize = 64;
/// Samples mirrored behind the end.
const MIRRORED: usize = 64;
const FFT: usize = 256;
const HOP: usize = 128;
const BINS: usize = FFT / 2 + 1;
/// Spectra in a window.
const FRAMES: usize = (CONTEXT + WINDOW + MIRRORED - FFT) / HOP + 1;
const HIDDEN: usize = 128;
/// The real parts are padded to this so that the imaginary ones begin at a vector's start.
const PARTS: usize = BINS.next_multiple_of(16);

/// The weights, 1.2 MB: one for the whole process.
pub struct Silero {
    spectrum: Dense,
    convolutions: [Dense; 4],
    cell: Dense,
    output: Vec<f32>,
    output_bias: f32,
    rest: State,
}

/// What one stream carries from window to window: 1.3 kB.
#[derive(Clone)]
pub struct State {
    context: [f32; CONTEXT],
    hidden: [f32; HIDDEN],
    cell: [f32; HIDDEN],
}

impl State {
    /// What the network was trained to begin with.
    pub const ZERO: Self = Self { context: [0.0; CONTEXT], hidden: [0.0; HIDDEN], cell: [0.0; HIDDEN] };
}

impl Silero {
    /// From the ONNX file `silero_vad_16k_op15.onnx` of the package silero-vad 6.2. `None`: it is another file.
    pub fn from_onnx(model: &[u8]) -> Option<Self> {
        let tensors = onnx::tensors(model)?;
        let get = |name: &str, shape: &[usize]| take(&tensors, name, shape);
        let basis = get("model.stft.forward_basis_buffer", &[2 * BINS, 1, FFT])?;
        let spectrum = Dense::new(FFT, &[0.0; 2 * PARTS], |output| {
            let row = match output {
                0..BINS => Some(output),
                PARTS.. => Some(output - PARTS + BINS).filter(|&row| row < 2 * BINS),
                _ => None,
            };
            let row = row.map_or(&[][..], |row| &basis[row * FFT..][..FFT]);
            row.iter().copied()
        });
        // Inputs are laid out frame by frame. Of a kernel of three only the taps that meet a frame are kept:
        // those that would meet the padding add nothing.
        let convolution = |number: usize, inputs: usize, outputs: usize, taps: std::ops::Range<usize>| {
            let name = format!("model.encoder.{number}.reparam_conv");
            let weights = get(&format!("{name}.weight"), &[outputs, inputs, 3])?;
            let bias = get(&format!("{name}.bias"), &[outputs])?;
            Some(Dense::new(inputs * taps.len(), bias, |output| {
                taps.clone()
                    .flat_map(move |tap| (0..inputs).map(move |input| weights[(output * inputs + input) * 3 + tap]))
            }))
        };
        let convolutions = [
            convolution(0, BINS, HIDDEN, 0..3)?,
            convolution(1, HIDDEN, 64, 0..3)?,
            convolution(2, 64, 64, 1..3)?,
            convolution(3, 64, HIDDEN, 1..2)?,
        ];
        let from_input = get("model.decoder.rnn.weight_ih", &[4 * HIDDEN, HIDDEN])?;
        let from_hidden = get("model.decoder.rnn.weight_hh", &[4 * HIDDEN, HIDDEN])?;
        let (bias_a, bias_b) =
            (get("model.decoder.rnn.bias_ih", &[4 * HIDDEN])?, get("model.decoder.rnn.bias_hh", &[4 * HIDDEN])?);
        let bias: Vec<f32> = bias_a.iter().zip(bias_b).map(|(a, b)| a + b).collect();
        let cell = Dense::new(2 * HIDDEN, &bias, |output| {
            let row = output * HIDDEN..(output + 1) * HIDDEN;
            from_input[row.clone()].iter().chain(&from_hidden[row]).copied()
        });
        let mut silero = Self {
            spectrum,
            convolutions,
            cell,
            output: get("model.decoder.decoder.2.weight", &[1, HIDDEN, 1])?.to_vec(),
            output_bias: get("model.decoder.decoder.2.bias", &[1])?[0],
            rest: State::ZERO,
        };
        // An eighth of a second of silence. From zeros it needs 50 ms more of speech to be sure of the first word; after
        // seconds of silence it takes the first key tone or noise for one (`tests.rs` has the comparison).
        let mut rest = State::ZERO;
        for _ in 0..4 {
            silero.probability(&mut rest, &[0; WINDOW]);
        }
        silero.rest = rest;
        Some(silero)
    }

    /// The state of a stream that has been silent for a moment.
    pub fn at_rest(&self) -> State {
        self.rest.clone()
    }

    /// The probability that the window holds speech, given all before it.
    pub fn probability(&self, state: &mut State, window: &[i16; WINDOW]) -> f32 {
        let mut samples = [0.0; CONTEXT + WINDOW + MIRRORED];
        samples[..CONTEXT].copy_from_slice(&state.context);
        for (sample, &pcm) in samples[CONTEXT..].iter_mut().zip(window) {
            *sample = f32::from(pcm) / 32_768.0;
        }
        let end = CONTEXT + WINDOW;
        for n in 0..MIRRORED {
            samples[end + n] = samples[end - 2 - n];
        }
        state.context.copy_from_slice(&samples[WINDOW..end]);

        let mut parts = [[0.0; 2 * PARTS]; FRAMES];
        self.spectrum.run(
            std::array::from_fn::<_, FRAMES, _>(|frame| &samples[frame * HOP..][..FFT]),
            parts.each_mut().map(<[f32; 2 * PARTS]>::as_mut_slice),
        );
        // A frame of nothing at each end is the padding.
        let mut spectra = [0.0; (FRAMES + 2) * BINS];
        for (parts, spectrum) in parts.iter().zip(spectra[BINS..].chunks_exact_mut(BINS)) {
            for ((magnitude, re), im) in spectrum.iter_mut().zip(&parts[..PARTS]).zip(&parts[PARTS..]) {
                *magnitude = (re * re + im * im).sqrt();
            }
        }

        let [first, second, third, fourth] = &self.convolutions;
        // Again with a frame of padding in front; the stride of two never reaches one behind.
        let mut a = [0.0; (FRAMES + 1) * HIDDEN];
        let [_, a0, a1, a2, a3] = chunks_mut::<5>(&mut a, HIDDEN);
        let reach = |frame: usize| &spectra[frame * BINS..][..3 * BINS];
        first.run([reach(0), reach(1), reach(2), reach(3)], [a0, a1, a2, a3]);
        rectify(&mut a);
        let mut b = [0.0; 2 * 64];
        let [b0, b1] = chunks_mut::<2>(&mut b, 64);
        second.run([&a[..3 * HIDDEN], &a[2 * HIDDEN..]], [b0, b1]);
        rectify(&mut b);
        let mut c = [0.0; 64];
        third.run([&b], [&mut c]);
        rectify(&mut c);
        let mut inputs = [0.0; 2 * HIDDEN];
        fourth.run([&c], [&mut inputs[..HIDDEN]]);
        rectify(&mut inputs[..HIDDEN]);

        inputs[HIDDEN..].copy_from_slice(&state.hidden);
        let mut gates = [0.0; 4 * HIDDEN];
        self.cell.run([&inputs], [&mut gates]);
        let [input, forget, candidate, output] = chunks_mut::<4>(&mut gates, HIDDEN);
        let mut logit = self.output_bias;
        for n in 0..HIDDEN {
            state.cell[n] = sigmoid(forget[n]) * state.cell[n] + sigmoid(input[n]) * tanh(candidate[n]);
            state.hidden[n] = sigmoid(output[n]) * tanh(state.cell[n]);
            logit += state.hidden[n].max(0.0) * self.output[n];
        }
        sigmoid(logit)
    }
}

fn take<'a>(tensors: &'a Tensors<'_>, name: &str, shape: &[usize]) -> Option<&'a [f32]> {
    let Tensor { data, .. } = tensors.get(name).filter(|tensor| tensor.shape == shape)?;
    Some(data)
}

fn chunks_mut<const N: usize>(values: &mut [f32], size: usize) -> [&mut [f32]; N] {
    let mut chunks = values.chunks_exact_mut(size);
    std::array::from_fn(|_| chunks.next().expect("the caller's array holds N chunks"))
}

fn rectify(values: &mut [f32]) {
    for value in values {
        *value = value.max(0.0);
    }
}

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

fn tanh(x: f32) -> f32 {
    2.0 * sigmoid(2.0 * x) - 1.0
}

#[cfg(test)]
mod tests;

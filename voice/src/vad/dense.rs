//! Layers of multiply-and-add on the widest vectors that the processor has, found out at run time.

use rten_simd::{
    Isa, SimdOp,
    ops::{BitOps, NumOps},
};

/// Outputs computed together: one AVX-512 vector, two of AVX2, four of SSE or NEON.
const PANEL: usize = 16;

/// `output = weights · input + bias`.
///
/// Weights lie panel by panel, and in a panel input by input, so that they are read once from end to end.
pub struct Dense {
    panels: Vec<f32>,
    bias: Vec<f32>,
    inputs: usize,
}

impl Dense {
    /// `row(o)` gives the weights of output `o`, as many as there are inputs; `bias` decides the number of outputs.
    pub fn new<R: Iterator<Item = f32>>(inputs: usize, bias: &[f32], row: impl Fn(usize) -> R) -> Self {
        let padded = bias.len().next_multiple_of(PANEL);
        let mut panels = vec![0.0; padded * inputs];
        for output in 0..bias.len() {
            let panel = output / PANEL * PANEL * inputs;
            for (input, weight) in row(output).take(inputs).enumerate() {
                panels[panel + input * PANEL + output % PANEL] = weight;
            }
        }
        let mut bias = bias.to_vec();
        bias.resize(padded, 0.0);
        Self { panels, bias, inputs }
    }

    /// Runs the layer on `FRAMES` inputs at once. `outputs` are as many as the layer has, rounded up to 16.
    pub fn run<const FRAMES: usize>(&self, inputs: [&[f32]; FRAMES], outputs: [&mut [f32]; FRAMES]) {
        Run { layer: self, inputs, outputs }.dispatch();
    }
}

struct Run<'a, const FRAMES: usize> {
    layer: &'a Dense,
    inputs: [&'a [f32]; FRAMES],
    outputs: [&'a mut [f32]; FRAMES],
}

impl<const FRAMES: usize> SimdOp for Run<'_, FRAMES> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) {
        // For one frame a single chain of additions would wait for each: several run side by side.
        match (isa.f32().len(), FRAMES) {
            (16, 1) => panels::<I, FRAMES, 1, 8>(isa, self),
            (16, _) => panels::<I, FRAMES, 1, 2>(isa, self),
            (8, 1) => panels::<I, FRAMES, 2, 4>(isa, self),
            (8, _) => panels::<I, FRAMES, 2, 1>(isa, self),
            (_, 1) => panels::<I, FRAMES, 4, 2>(isa, self),
            _ => panels::<I, FRAMES, 4, 1>(isa, self),
        }
    }
}

/// `VECTORS` to a panel, `CHAINS` sums side by side.
#[inline(always)]
fn panels<I: Isa, const FRAMES: usize, const VECTORS: usize, const CHAINS: usize>(isa: I, run: Run<'_, FRAMES>) {
    let ops = isa.f32();
    let width = PANEL / VECTORS;
    let Run { layer, inputs, mut outputs } = run;
    let inputs = inputs.map(|input| &input[..layer.inputs]);
    for (number, panel) in layer.panels.chunks_exact(PANEL * layer.inputs).enumerate() {
        let (at, bias) = (number * PANEL, &layer.bias[number * PANEL..][..PANEL]);
        let mut sums = [[[ops.zero(); VECTORS]; FRAMES]; CHAINS];
        sums[0] = [ops.load_many::<VECTORS>(bias); FRAMES];
        let mut rows = panel.chunks_exact(PANEL * CHAINS);
        let mut input = 0;
        for row in &mut rows {
            for (chain, sums) in sums.iter_mut().enumerate() {
                let weights = ops.load_many::<VECTORS>(&row[chain * PANEL..][..PANEL]);
                for (frame, sums) in sums.iter_mut().enumerate() {
                    let value = ops.splat(inputs[frame][input + chain]);
                    for (sum, weight) in sums.iter_mut().zip(weights) {
                        *sum = ops.mul_add(value, weight, *sum);
                    }
                }
            }
            input += CHAINS;
        }
        for row in rows.remainder().chunks_exact(PANEL) {
            let weights = ops.load_many::<VECTORS>(row);
            for (frame, sums) in sums[0].iter_mut().enumerate() {
                let value = ops.splat(inputs[frame][input]);
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum = ops.mul_add(value, weight, *sum);
                }
            }
            input += 1;
        }
        for (frame, output) in outputs.iter_mut().enumerate() {
            for vector in 0..VECTORS {
                let mut sum = sums[0][frame][vector];
                for chain in &sums[1..] {
                    sum = ops.add(sum, chain[frame][vector]);
                }
                ops.store(sum, &mut output[at + vector * width..][..width]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rten_simd::isa::GenericIsa;

    use super::*;

    #[test]
    fn a_layer_gives_what_the_plain_sum_gives() {
        let value = |n: usize| (n as f32 * 0.37).sin();
        for (inputs, outputs) in [(1, 1), (7, 16), (387, 129), (256, 512)] {
            let bias: Vec<f32> = (0..outputs).map(value).collect();
            let layer = Dense::new(inputs, &bias, |output| (0..inputs).map(move |input| value(output * 31 + input)));
            let frames: [Vec<f32>; 4] =
                std::array::from_fn(|frame| (0..inputs).map(|n| value(n * 7 + frame)).collect());
            let size = outputs.next_multiple_of(16);
            let mut results: [Vec<f32>; 4] = std::array::from_fn(|_| vec![0.0; size]);
            layer.run(frames.each_ref().map(Vec::as_slice), results.each_mut().map(Vec::as_mut_slice));
            let mut alone = vec![0.0; size];
            layer.run([&frames[0]], [&mut alone]);
            // A processor without AVX runs this one.
            let mut plain: [Vec<f32>; 4] = std::array::from_fn(|_| vec![0.0; size]);
            let all = frames.each_ref().map(Vec::as_slice);
            Run { layer: &layer, inputs: all, outputs: plain.each_mut().map(Vec::as_mut_slice) }
                .eval(GenericIsa::new());
            let mut plain_alone = vec![0.0; size];
            Run { layer: &layer, inputs: [&frames[0]], outputs: [&mut plain_alone] }.eval(GenericIsa::new());
            for output in 0..outputs {
                for frame in 0..4 {
                    let products = (0..inputs).map(|input| value(output * 31 + input) * frames[frame][input]);
                    let wanted = bias[output] + products.sum::<f32>();
                    assert!((results[frame][output] - wanted).abs() < 1e-4);
                    assert!((plain[frame][output] - wanted).abs() < 1e-4);
                }
                assert!((alone[output] - results[0][output]).abs() < 1e-4);
                assert!((plain_alone[output] - results[0][output]).abs() < 1e-4);
            }
        }
    }
}

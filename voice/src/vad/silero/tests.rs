//! The written-out network against a general engine, straight from the file.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{fs, path::Path};

use rten::{Model, NodeId, Value, ValueOrView};
use rten_tensor::{NdTensor, Tensor, prelude::*};

use super::*;

struct Engine {
    model: Model,
    state: Tensor<f32>,
    context: Vec<f32>,
}

impl Engine {
    fn new(model: &[u8]) -> Self {
        let model = Model::load(model.to_vec()).unwrap();
        Self { model, state: Tensor::zeros(&[2, 1, 128]), context: vec![0.0; CONTEXT] }
    }

    fn probability(&mut self, window: &[i16]) -> f32 {
        let mut samples = std::mem::take(&mut self.context);
        samples.extend(window.iter().map(|&sample| f32::from(sample) / 32_768.0));
        self.context = samples[window.len()..].to_vec();
        let node = |name: &str| self.model.node_id(name).unwrap();
        let inputs: Vec<(NodeId, ValueOrView<'_>)> = vec![
            (node("input"), NdTensor::from_data([1, samples.len()], samples).into()),
            (node("state"), self.state.view().into()),
            (node("sr"), Tensor::from_scalar(16_000_i32).into()),
        ];
        let [output, state] = self.model.run_n(inputs, [node("output"), node("stateN")], None).unwrap();
        self.state = Value::try_into(state).unwrap();
        let output: Tensor<f32> = Value::try_into(output).unwrap();
        output.to_vec()[0]
    }
}

#[test]
fn the_written_out_network_gives_what_the_engine_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let model = fs::read(root.join("assets/silero_vad_16k_op15.onnx")).unwrap();
    let silero = Silero::from_onnx(&model).unwrap();
    let (mut windows, mut worst) = (0, 0.0_f32);
    for clip in fs::read_dir(root.join("../caller-audio")).unwrap().map(|entry| entry.unwrap().path()) {
        if clip.extension().is_none_or(|extension| extension != "wav") {
            continue;
        }
        let pcm: Vec<i16> = hound::WavReader::open(clip).unwrap().into_samples().map(Result::unwrap).collect();
        let (mut engine, mut state) = (Engine::new(&model), State::ZERO);
        for window in pcm.as_chunks::<WINDOW>().0 {
            worst = worst.max((silero.probability(&mut state, window) - engine.probability(window)).abs());
            windows += 1;
        }
    }
    println!("off by {worst} at most in {windows} windows");
    assert!(windows > 1_500);
    assert!(worst < 1e-4, "off by {worst}");
}

#[test]
fn another_file_is_refused() {
    let model = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/silero_vad_16k_op15.onnx")).unwrap();
    assert!(Silero::from_onnx(&[]).is_none());
    assert!(Silero::from_onnx(b"not a model at all").is_none());
    for length in (0..model.len()).step_by(50_001) {
        assert!(Silero::from_onnx(&model[..length]).is_none(), "cut at {length}");
    }
}

//! hibari: phonemes to sound, 24 kHz, one American English voice.

use std::{collections::HashMap, path::Path};

use rten::{Model, NodeId};
use rten_tensor::{NdTensor, Tensor, prelude::*};

use crate::{
    Error,
    desks::Desk,
    model::{Failure, floats, node, open, read_json},
};

pub mod pronunciation;
mod vocoder;

use vocoder::{Spectrum, Vocoder};

/// Samples a second of what [`Network::speak`] gives.
pub const RATE: u32 = 24_000;

pub struct Network {
    model: Model,
    ids: NodeId,
    speed: NodeId,
    /// `lh theta ln lr phi f0`: see [`Spectrum`].
    outputs: [NodeId; 6],
    alphabet: HashMap<char, i32>,
    vocoder: Vocoder,
}

impl Network {
    pub fn load(directory: &Path) -> Result<Self, Error> {
        let path = directory.join("hibari.onnx");
        let model = open(&path)?;
        let [lh, theta, ln, lr, phi, f0] =
            ["lh", "theta", "ln", "lr", "phi", "f0"].map(|name| node(&path, &model, name));
        let alphabet: HashMap<String, i32> = read_json(&directory.join("vocab.json"))?;
        Ok(Self {
            ids: node(&path, &model, "ids")?,
            speed: node(&path, &model, "speed")?,
            outputs: [lh?, theta?, ln?, lr?, phi?, f0?],
            alphabet: alphabet.into_iter().filter_map(|(phoneme, id)| Some((phoneme.chars().next()?, id))).collect(),
            vocoder: Vocoder::new(),
            model,
        })
    }

    /// Samples in −1..1; empty when no phoneme is known. The same phonemes always sound the same.
    pub fn speak(&self, phonemes: &str, speed: f32, desk: &Desk) -> Result<Vec<f32>, Failure> {
        // The network wants its padding, 0, at both ends.
        let ids: Vec<i32> =
            [0].into_iter().chain(phonemes.chars().filter_map(|c| self.alphabet.get(&c).copied())).chain([0]).collect();
        if ids.len() == 2 {
            return Ok(Vec::new());
        }
        let inputs = vec![
            (self.ids, NdTensor::from_data([1, ids.len()], ids).into()),
            (self.speed, NdTensor::from_data([1], vec![speed]).into()),
        ];
        let outputs = self.model.run_n(inputs, self.outputs, desk.options()).map_err(Failure::new)?;
        let outputs: Vec<Vec<f32>> = outputs
            .into_iter()
            .map(|value| floats(value).map(|tensor: Tensor<f32>| tensor.to_vec()))
            .collect::<Result<_, _>>()?;
        let [lh, theta, ln, lr, phi, f0] = outputs.as_slice() else { return Err(Failure::new("outputs are missing")) };
        let spectrum = Spectrum { voiced: lh, voiced_phase: theta, noise: ln, free: lr, free_phase: phi, pitch: f0 };
        self.vocoder.sound(&spectrum)
    }
}

//! Words to phonemes: misaki's lexicon and rules, and hibari's small network for words that no lexicon has (names).

use std::{collections::HashMap, path::Path};

use misaki_rs::{
    G2P, Language,
    fallback::{Fallback, FallbackError},
};
use rten::Model;
use rten_tensor::{NdTensor, Tensor, prelude::*};
use serde_json::Value;

use crate::{
    Error,
    model::{Failure, broken, open, read_json},
};

pub struct Pronunciation(G2P);

impl Pronunciation {
    pub fn load(directory: &Path) -> Result<Self, Error> {
        Ok(Self(G2P::with_fallback(Language::EnglishUS, Some(Box::new(UnknownWords::load(directory)?)))))
    }

    /// In hibari's alphabet.
    pub fn phonemes(&self, text: &str) -> Result<String, Failure> {
        let (phonemes, _) = self.0.g2p(text).map_err(Failure::new)?;
        Ok(phonemes)
    }
}

/// A network from letters to phonemes, both sides aligned (CTC): repeats and blanks fall away.
struct UnknownWords {
    model: Model,
    letters: HashMap<char, i32>,
    phonemes: Vec<String>,
    longest: usize,
}

impl UnknownWords {
    fn load(directory: &Path) -> Result<Self, Error> {
        let path = directory.join("oov.json");
        let table: Value = read_json(&path)?;
        let list = |key: &str| -> Option<Vec<String>> { serde_json::from_value(table[key].clone()).ok() };
        let parts = list("in").zip(list("out")).zip(table["maxlen"].as_u64());
        let ((letters, phonemes), longest) = parts.ok_or_else(|| broken(&path, "in, out or maxlen is missing"))?;
        let first = |(i, letter): (usize, &String)| Some((letter.chars().next()?, i as i32 + 1));
        Ok(Self {
            model: open(&directory.join("oov.onnx"))?,
            letters: letters.iter().enumerate().filter_map(first).collect(),
            phonemes,
            longest: longest as usize,
        })
    }

    fn read(&self, word: &str) -> Option<String> {
        let letters: Vec<i32> = word.chars().filter_map(|c| self.letters.get(&c).copied()).take(self.longest).collect();
        if letters.is_empty() {
            return None;
        }
        let output = self.model.run_one(NdTensor::from_data([1, letters.len()], letters).into(), None).ok()?;
        let mut ids: Vec<i32> = Tensor::try_from(output).ok()?.to_vec();
        ids.dedup();
        // 0 is the blank.
        Some(
            ids.iter().filter_map(|&id| self.phonemes.get(usize::try_from(id - 1).ok()?).map(String::as_str)).collect(),
        )
    }
}

impl Fallback for UnknownWords {
    fn phonemize(&self, word: &str) -> Result<String, FallbackError> {
        // A word without a letter is not spoken; the rest of its sentence is.
        Ok(self.read(word).unwrap_or_default())
    }
}

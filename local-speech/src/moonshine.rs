//! Moonshine tiny (English): an encoder over the whole utterance, a decoder that yields one token a step.

use std::path::Path;

use rten::{Model, NodeId, ValueOrView};
use rten_tensor::{NdTensor, Tensor, prelude::*};

use crate::{
    Error,
    desks::Desk,
    model::{Failure, broken, floats, node, open, read},
};

const START: i32 = 1;
const END: i32 = 2;
/// Heads and their width in the decoder's cache.
const HEADS: usize = 8;
const HEAD_WIDTH: usize = 36;
/// The makers' bound: nobody speaks more tokens a second, so what exceeds it is the model repeating itself.
const TOKENS_A_SECOND: f32 = 6.5;

pub struct Network {
    encoder: Model,
    decoder: Model,
    encoder_nodes: EncoderNodes,
    decoder_nodes: DecoderNodes,
    tokens: Vec<Vec<u8>>,
}

struct EncoderNodes {
    samples: NodeId,
    mask: NodeId,
    states: NodeId,
}

struct DecoderNodes {
    token: NodeId,
    states: NodeId,
    mask: NodeId,
    has_past: NodeId,
    past: Vec<Past>,
    /// The logits, then what becomes of `past`, in its order.
    outputs: Vec<NodeId>,
}

/// A cached tensor that the decoder takes and gives back longer.
struct Past {
    input: NodeId,
    /// Attention over the encoder's states: computed in the first step, the same ever after.
    is_fixed: bool,
}

impl Network {
    pub fn load(directory: &Path) -> Result<Self, Error> {
        let path = directory.join("encoder_model.onnx");
        let encoder = open(&path)?;
        let encoder_nodes = EncoderNodes {
            samples: node(&path, &encoder, "input_values")?,
            mask: node(&path, &encoder, "attention_mask")?,
            states: node(&path, &encoder, "last_hidden_state")?,
        };
        let path = directory.join("decoder_model_merged.onnx");
        let decoder = open(&path)?;
        let decoder_nodes = DecoderNodes::of(&path, &decoder)?;
        let path = directory.join("tokenizer.bin");
        let tokens = tokens(&read(&path)?).ok_or_else(|| broken(&path, "cut off"))?;
        Ok(Self { encoder, decoder, encoder_nodes, decoder_nodes, tokens })
    }

    /// The most probable words for 16 kHz samples in −1..1; stops early, with what it has, when nobody waits any more.
    pub fn transcribe(&self, samples: &[f32], desk: &Desk) -> Result<String, Failure> {
        let states = self.encode(samples, desk)?;
        // One a sample: the graph itself takes every 384th.
        let mask = NdTensor::full([1, samples.len()], 1i32);
        let nodes = &self.decoder_nodes;
        let mut past: Vec<Tensor<f32>> = nodes.past.iter().map(Past::empty).collect();
        let limit = (samples.len() as f32 / 16_000.0 * TOKENS_A_SECOND) as usize + 1;
        let mut said: Vec<usize> = Vec::with_capacity(limit);
        let mut token = START;
        while said.len() < limit && desk.is_wanted() {
            let is_first = said.is_empty();
            let mut inputs: Vec<(NodeId, ValueOrView)> = vec![
                (nodes.token, NdTensor::from_data([1, 1], vec![token]).into()),
                (nodes.states, states.view().into()),
                (nodes.mask, mask.view().into()),
                (nodes.has_past, NdTensor::from_data([1], vec![i32::from(!is_first)]).into()),
            ];
            inputs.extend(nodes.past.iter().zip(&past).map(|(node, tensor)| (node.input, tensor.view().into())));
            let outputs = self.decoder.run(inputs, &nodes.outputs, desk.options()).map_err(Failure::new)?;
            let mut outputs = outputs.into_iter();
            let logits = floats(outputs.next().ok_or_else(|| Failure::new("no logits"))?)?;
            token = most_probable(&logits.to_vec());
            if token == END {
                break;
            }
            said.push(token as usize);
            if let Some(len) = before_repeats(&said) {
                said.truncate(len);
                break;
            }
            for ((node, tensor), new) in nodes.past.iter().zip(&mut past).zip(outputs) {
                if is_first || !node.is_fixed {
                    *tensor = floats(new)?;
                }
            }
        }
        Ok(self.text(&said))
    }

    fn encode(&self, samples: &[f32], desk: &Desk) -> Result<Tensor<f32>, Failure> {
        let nodes = &self.encoder_nodes;
        let inputs = vec![
            (nodes.samples, NdTensor::from_data([1, samples.len()], samples.to_vec()).into()),
            (nodes.mask, NdTensor::full([1, samples.len()], 1i32).into()),
        ];
        let [states] = self.encoder.run_n(inputs, [nodes.states], desk.options()).map_err(Failure::new)?;
        floats(states)
    }

    fn text(&self, said: &[usize]) -> String {
        let bytes: Vec<u8> = said.iter().filter_map(|&token| self.tokens.get(token)).flatten().copied().collect();
        String::from_utf8_lossy(&bytes).replace('▁', " ").trim().to_owned()
    }
}

impl DecoderNodes {
    fn of(path: &Path, decoder: &Model) -> Result<Self, Error> {
        let mut past = Vec::new();
        let mut outputs = vec![node(path, decoder, "logits")?];
        for layer in (0..).take_while(|l| decoder.find_node(&format!("past_key_values.{l}.decoder.key")).is_some()) {
            for part in ["decoder.key", "decoder.value", "encoder.key", "encoder.value"] {
                let input = node(path, decoder, &format!("past_key_values.{layer}.{part}"))?;
                past.push(Past { input, is_fixed: part.starts_with("encoder") });
                outputs.push(node(path, decoder, &format!("present.{layer}.{part}"))?);
            }
        }
        Ok(Self {
            token: node(path, decoder, "input_ids")?,
            states: node(path, decoder, "encoder_hidden_states")?,
            mask: node(path, decoder, "encoder_attention_mask")?,
            has_past: node(path, decoder, "use_cache_branch")?,
            past,
            outputs,
        })
    }
}

impl Past {
    fn empty(&self) -> Tensor<f32> {
        // The graph wants a length of at least one where it does not look.
        Tensor::zeros(&[1, HEADS, usize::from(self.is_fixed), HEAD_WIDTH])
    }
}

fn most_probable(logits: &[f32]) -> i32 {
    let best = logits.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
    best.map_or(END, |(token, _)| token as i32)
}

/// Where the words end when the last tokens are one cycle again and again: after its first round.
///
/// Eight rounds: callers say "five five five five", and "no, no, no".
fn before_repeats(said: &[usize]) -> Option<usize> {
    const ROUNDS: usize = 8;
    const LONGEST: usize = 12;
    (1..=LONGEST).find_map(|cycle| {
        let start = said.len().checked_sub(cycle * ROUNDS)?;
        let tail = &said[start..];
        tail.iter().zip(&tail[cycle..]).all(|(a, b)| a == b).then_some(start + cycle)
    })
}

/// The vocabulary: each token is its length in one byte (two when the first is 128 or more), then its bytes.
fn tokens(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut tokens = Vec::new();
    while let Some((&first, rest)) = bytes.split_first() {
        let (len, rest) = match first {
            0..128 => (usize::from(first), rest),
            _ => rest.split_first().map(|(&high, rest)| (usize::from(high) * 128 + usize::from(first) - 128, rest))?,
        };
        let (token, rest) = rest.split_at_checked(len)?;
        tokens.push(token.to_vec());
        bytes = rest;
    }
    Some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_of_eight_rounds_is_cut_after_its_first() {
        let mut said = vec![7, 8];
        said.extend([1, 2, 3].repeat(8));
        assert_eq!(before_repeats(&said), Some(5));
    }

    #[test]
    fn four_equal_digits_are_kept() {
        assert_eq!(before_repeats(&[9, 5, 5, 5, 5]), None);
    }

    #[test]
    fn a_vocabulary_that_is_cut_off_is_refused() {
        assert_eq!(tokens(&[2, b'a', b'b', 0]), Some(vec![b"ab".to_vec(), vec![]]));
        assert_eq!(tokens(&[3, b'a', b'b']), None);
        assert_eq!(tokens(&[200]), None);
    }

    #[test]
    fn a_long_token_has_two_bytes_of_length() {
        let mut bytes = vec![128 + 2, 1];
        bytes.extend(vec![b'x'; 130]);
        assert_eq!(tokens(&bytes), Some(vec![vec![b'x'; 130]]));
    }
}

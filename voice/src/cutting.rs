//! Long audio, cut where nobody speaks, for recognisers that hear half a minute at a time.
//!
//! *Decisions* are in [`pauses`], which knows nothing of samples; [`Cutter`] keeps the samples of one channel.

mod cutter;
mod pauses;

pub use cutter::{Cutter, Utterance};

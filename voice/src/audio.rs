//! Samples: G.711 µ-law, resampling, WAV, FLAC, decoding of uploaded files, clips kept ready to play.

pub mod clips;
mod encoder;
mod file;
pub mod flac;
pub mod mulaw;
mod pcm16;
mod resampler;
pub mod wav;

pub use encoder::Encoder;
pub use file::{AudioFile, Channels, DecodeError, MOST_CHANNELS, decode_file};
pub use pcm16::{Pcm16Decoder, pcm16_bytes};
pub use resampler::Resampler;

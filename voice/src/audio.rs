//! Samples: G.711 µ-law, resampling, WAV, decoding of uploaded files, clips kept ready to play.

pub mod clips;

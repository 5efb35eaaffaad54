//! One live conversation: audio in, audio out, three providers behind traits, and the turn-taking between them.
//!
//! A leaf of the workspace: it knows no tenant, no table and no web framework. Drive it from a phone line, a
//! browser socket or a WAV file in a test; [`conversation::converse`] is the loop, [`turn`] the decisions.

pub mod audio;
pub mod conversation;
pub mod cutting;
pub mod event;
pub mod line;
pub mod media_stream;
pub mod pipeline;
pub mod provider;
pub mod recording;
pub mod tool;
pub mod turn;
pub mod vad;

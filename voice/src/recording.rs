//! What both sides of a line hear, as it happens: for whoever records it.
//!
//! [`heard`] and [`said`] stand around a conversation's line and tell a [`Tap`] what passes. A [`Tape`] lays it down on
//! the line's clock. The conversation never waits for either: a tap that is full loses audio, and time goes on in silence.

mod lane;
mod tap;
mod tape;

pub use tap::{Passed, Piece, Tap, heard, said, tap};
pub use tape::Tape;

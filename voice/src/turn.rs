//! Turn-taking: a pure state machine. It has no clock and does no I/O: time comes in with what happens.

use std::time::Duration;

/// When the caller is held to have finished, and to have broken in.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Silence after which the reply is begun on a guess.
    pub guess_after: Duration,
    /// Silence that ends a turn whose words read complete.
    pub end_complete: Duration,
    /// Silence that ends a turn about whose words nothing is known.
    pub end_unknown: Duration,
    /// Silence that ends a turn whose words ask to go on ("my number is four one five").
    pub end_incomplete: Duration,
    /// Speech over the agent's own that makes it stop.
    pub barge_in_after: Duration,
    /// Speech over the agent's own that is an interruption whatever the words; shorter ones are looked up first.
    pub barge_in_sure: Duration,
    /// Whether the caller can break in at all.
    pub interruptible: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            guess_after: Duration::from_millis(200),
            end_complete: Duration::from_millis(480),
            end_unknown: Duration::from_millis(800),
            end_incomplete: Duration::from_millis(1_600),
            barge_in_after: Duration::from_millis(160),
            barge_in_sure: Duration::from_millis(900),
            interruptible: true,
        }
    }
}

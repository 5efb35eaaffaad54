//! The thresholds of turn-taking.

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
    /// Speech over the agent's own that makes it stop. Short, because stopping is taken back when it proves to be
    /// nothing: the agent pauses for a cough, but never talks on over a caller.
    pub barge_in_after: Duration,
    /// Speech over the agent's own that is an interruption whatever the words; shorter ones are looked up first.
    pub barge_in_sure: Duration,
    /// Whether the caller can break in at all.
    pub interruptible: bool,
    /// Silence after a key that completes the keys; `#` completes them at once.
    pub keys_gap: Duration,
    /// VAD probability from which a window is voice, when the caller is silent.
    pub voice_on: f32,
    /// VAD probability from which one window is enough to stop the agent; below it takes two.
    pub voice_sure: f32,
    /// VAD probability below which a speaking caller pauses.
    pub voice_off: f32,
    /// Milliseconds that one VAD verdict covers.
    pub window_ms: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            guess_after: Duration::from_millis(200),
            end_complete: Duration::from_millis(480),
            end_unknown: Duration::from_millis(800),
            end_incomplete: Duration::from_millis(1_600),
            barge_in_after: Duration::from_millis(30),
            barge_in_sure: Duration::from_millis(900),
            interruptible: true,
            keys_gap: Duration::from_secs(2),
            // Silero's authors use 0.5 on and 0.35 off; speech.md's measurements agree.
            voice_on: 0.5,
            voice_sure: 0.7,
            voice_off: 0.35,
            window_ms: 32,
        }
    }
}

/// How long a conversation and its silences may last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Silence of both sides before the agent asks whether the caller is there.
    pub idle_prompt_after: Duration,
    /// Silence of the caller before the agent hangs up.
    pub silence: Duration,
    /// The whole conversation.
    pub max_duration: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            idle_prompt_after: Duration::from_secs(10),
            silence: Duration::from_secs(30),
            max_duration: Duration::from_secs(30 * 60),
        }
    }
}

//! What makes one conversation differ from another.

use std::time::Duration;

use crate::{
    line::AudioFormat,
    provider::Message,
    tool::Tools,
    turn::{self, Limits},
};

/// Everything a conversation is told before it starts.
#[derive(Clone, Debug)]
pub struct Config {
    pub persona: Persona,
    /// Caller audio.
    pub input: AudioFormat,
    /// Agent audio.
    pub output: AudioFormat,
    pub playback: Playback,
    /// Said to its end before anything else, whoever speaks over it: that the call is recorded. `None`: nothing has to be
    /// said. Ignored when `history` is not empty.
    pub announcement: Option<String>,
    /// Spoken first; `None`: the agent waits. Ignored when `history` is not empty: a resumed call says
    /// [`Persona::resumed`] instead.
    pub greeting: Option<String>,
    /// Whether the caller can break into the greeting. What they say over one that goes on is answered after it.
    pub greeting_interruptible: bool,
    /// What was said before, without the system message: a resumed call, a chat that goes on.
    pub history: Vec<Message>,
    /// The number of the next turn.
    pub first_turn: u32,
    /// E.164 number or SIP URI that `transfer_call` dials; `None`: the tool is not offered.
    pub transfer_to: Option<String>,
    /// Whether `end_call` is offered.
    pub may_end_call: bool,
    /// What else the model may call.
    pub tools: Tools,
    pub turns: turn::Config,
    pub limits: Limits,
    pub deadlines: Deadlines,
}

/// How the line plays what it is sent, and how we know what was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Playback {
    /// Real time; the line echoes marks ([`crate::line::Input::MarkPlayed`]).
    Marks,
    /// Real time, no marks: reckoned from the clock.
    Clock,
    /// The line takes whole replies as files: all is sent at once and held to be heard when sent.
    Whole,
}

/// Who speaks, and how.
#[derive(Clone, Debug)]
pub struct Persona {
    /// The system message.
    pub instructions: String,
    pub voice: String,
    /// 0.25–4.
    pub speed: f64,
    /// Manner of speaking, for speech engines that take it.
    pub manner: Option<String>,
    /// ISO 639-1 of the conversation; `None`: the recogniser decides.
    pub language: Option<String>,
    /// Said when the caller was silent for [`Limits::idle_prompt_after`].
    pub idle_prompt: String,
    /// Said while a function runs for long.
    pub waiting: String,
    /// Said when a broken call comes back.
    pub resumed: String,
    /// Said when nothing works. Rendered once, kept as a clip; a built-in English clip stands in until then.
    pub apology: String,
    /// As the language model's provider calls it; `None`: the one that is configured.
    pub model: Option<String>,
    /// 0–2; `None`: the provider's default.
    pub temperature: Option<f64>,
    /// Tokens of one reply; [`Persona::MAX_TOKENS`] unless there is a reason.
    pub max_tokens: u32,
}

impl Persona {
    /// Five minutes of speech: a bound on a model that cannot stop.
    pub const MAX_TOKENS: u32 = 1_000;
}

/// How long a stage may take before it is retried, replaced or given up.
#[derive(Clone, Debug)]
pub struct Deadlines {
    /// Whole transcript of an utterance, each try.
    pub transcript: Duration,
    /// First token of the model, each try.
    pub first_token: Duration,
    /// Between two tokens.
    pub next_token: Duration,
    /// First byte of speech, each try.
    pub first_speech: Duration,
    /// Between two chunks of speech.
    pub next_speech: Duration,
    /// Nothing has gone out and nothing else is going on after the end of a turn: the apology is played.
    pub reply: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self {
            transcript: Duration::from_secs(4),
            first_token: Duration::from_secs(3),
            next_token: Duration::from_secs(3),
            first_speech: Duration::from_secs(3),
            next_speech: Duration::from_secs(3),
            reply: Duration::from_secs(8),
        }
    }
}

//! What a conversation reports while it runs: to be recorded, shown live, counted.

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::{provider::Stage, tool::ToolUse};

/// One report. Times are milliseconds on the media clock: 0 is the first sample of the stream.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A turn has been decided: the caller's part is final, the agent's is being made.
    TurnStarted { number: u32, prompt: Prompt },
    /// A sentence of the reply goes to the caller now.
    Saying { number: u32, text: String },
    /// Calls of functions have begun or ended: all of the turn so far.
    ToolsUsed { number: u32, uses: Vec<ToolUse> },
    /// The turn is over: spoken to its end, interrupted, failed or cut off by the end of the call.
    TurnEnded(Box<Turn>),
    /// A turn was decided, but its utterance held no words.
    NothingHeard,
    /// A provider failed; the conversation goes on by retry, failover or apology.
    ProviderFailed { number: u32, stage: Stage, provider: String, kind: &'static str },
    /// The conversation is over. Always the last. `wasted`: what was used and is in no turn.
    Ended { reason: EndReason, at_ms: u64, wasted: Usage },
}

/// What a turn answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
pub enum Prompt {
    /// The agent speaks first.
    Greeting,
    /// The caller spoke; the final transcript.
    Speech(String),
    /// The caller typed.
    Text(String),
    /// The caller pressed keys: the digits.
    Dtmf(String),
    /// Nobody said anything for a while: the agent asks.
    Idle,
}

impl Prompt {
    /// The caller's words or digits; `None` where the agent speaks of its own accord.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Speech(text) | Self::Text(text) | Self::Dtmf(text) => Some(text),
            Self::Greeting | Self::Idle => None,
        }
    }

    /// How the model reads it: the user message of this turn; `None` where the agent speaks of its own accord.
    pub fn as_user_message(&self) -> Option<String> {
        match self {
            Self::Speech(text) | Self::Text(text) => Some(text.clone()),
            Self::Dtmf(digits) => Some(format!("[keys pressed: {digits}]")),
            Self::Greeting | Self::Idle => None,
        }
    }
}

/// One finished turn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    /// Counts from [`Config::first_turn`](crate::conversation::Config::first_turn), the greeting included.
    pub number: u32,
    pub prompt: Prompt,
    /// All that the model produced for this turn, as text.
    pub generated_text: String,
    /// The part of it that was played before the turn ended: what the caller heard, and what history keeps.
    pub heard_text: String,
    /// The caller broke in.
    pub interrupted: bool,
    /// In the order in which the model asked for them.
    pub tool_calls: Vec<ToolUse>,
    pub times: TurnTimes,
    pub usage: Usage,
}

/// When each step of a turn happened, milliseconds on the media clock; `None`: it did not happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnTimes {
    pub caller_stopped_ms: Option<u64>,
    pub end_of_turn_ms: Option<u64>,
    pub transcript_final_ms: Option<u64>,
    pub first_token_ms: Option<u64>,
    pub first_speech_byte_ms: Option<u64>,
    pub first_frame_sent_ms: Option<u64>,
    pub first_mark_echoed_ms: Option<u64>,
}

/// What was sent to providers: for a turn, and for guesses thrown away before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Milliseconds of caller audio sent to speech-to-text.
    pub transcribed_ms: u64,
    /// As the provider counts. Of a reply that was cut off before it did, and of a server that counts nothing, an
    /// estimate: a token for every four characters asked and written.
    pub prompt_tokens: u64,
    pub completion_tokens: u64,
    /// Characters sent to text-to-speech.
    pub spoken_characters: u64,
}

impl AddAssign for Usage {
    fn add_assign(&mut self, more: Self) {
        self.transcribed_ms += more.transcribed_ms;
        self.prompt_tokens += more.prompt_tokens;
        self.completion_tokens += more.completion_tokens;
        self.spoken_characters += more.spoken_characters;
    }
}

/// Why a conversation ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "to", rename_all = "snake_case")]
pub enum EndReason {
    CallerHungUp,
    /// The model called `end_call`; its goodbye was heard.
    AgentHungUp,
    /// The model called `transfer_call`: an E.164 number or SIP URI to dial.
    Transferred(String),
    /// Nobody spoke for the silence limit.
    Silence,
    /// The longest allowed call.
    MaxDuration,
    /// The socket broke or took no more writes.
    LineBroken,
    /// This process is stopping; the call should be continued elsewhere.
    Draining,
    /// Nothing works any more: the providers failed for good and the apology has been played.
    Failed,
}

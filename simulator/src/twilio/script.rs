//! What a simulated caller does, step by step.

use std::{collections::VecDeque, time::Duration};

use crate::audio::Clip;

/// A caller's script. Steps run one after another on the 20 ms clock of the stream, and go on where they were when a
/// call gets another stream. After the last one the caller hangs up.
///
/// ```
/// # use simulator::{audio::Clip, twilio::Script};
/// let question = Clip::tone(300.0, 900);
/// let script = Script::new().wait_for_agent().say(&question).wait_for_agent().press("1").stay(5_000);
/// ```
#[derive(Clone, Debug)]
pub struct Script {
    pub(super) steps: VecDeque<Step>,
    pub(super) settle_ms: u64,
    pub(super) patience_ms: u64,
}

/// One step.
#[derive(Clone, Debug)]
pub enum Step {
    /// Says a clip, to its last frame.
    Say(Clip),
    /// Until the agent has spoken (after the caller's last words) and has finished.
    WaitForAgent,
    /// Until the agent has been heard speaking for this long (after the caller's last words).
    AgentSpoken {
        ms: u64,
    },
    Wait {
        ms: u64,
    },
    /// Keys: `0`–`9`, `*`, `#`, `A`–`D`, one every 100 ms; `w` waits half a second.
    Press(String),
    /// From here on the caller's line carries the agent's own voice, so much softer and later.
    Echo {
        attenuation_db: f32,
        delay_ms: u64,
    },
    /// From here on the caller's line carries white noise of this level (dB below full scale, e.g. −45).
    Noise {
        dbfs: f32,
    },
    /// Sends something that Twilio would not.
    Misbehave(Misbehaviour),
    /// Stays on the line in silence until the other side ends the call, but no longer than this.
    Stay {
        ms: u64,
    },
    HangUp,
    /// The connection breaks without a goodbye; the call goes on with the next verb.
    DropSocket,
}

/// What Twilio would never send.
#[derive(Clone, Debug, PartialEq)]
pub enum Misbehaviour {
    /// Text that is no JSON.
    MalformedJson,
    /// JSON of an event that does not exist.
    UnknownEvent,
    /// A `media` whose payload is no base64.
    BadBase64,
    /// A `media` whose payload has this many bytes.
    Payload { bytes: usize },
    /// A `media` with this as its timestamp.
    Timestamp(String),
    /// A `media` whose numbers go backwards.
    OutOfOrder,
    /// A second `start`.
    StartAgain,
    /// A binary frame.
    Binary,
    /// This text as it is.
    Raw(String),
}

impl Default for Script {
    fn default() -> Self {
        Self { steps: VecDeque::new(), settle_ms: 600, patience_ms: 20_000 }
    }
}

impl Script {
    pub fn new() -> Self {
        Self::default()
    }

    /// How long the agent must have been silent, with nothing buffered and no mark pending, to have finished. 600 ms
    /// unless set.
    pub fn settle(mut self, ms: u64) -> Self {
        self.settle_ms = ms;
        self
    }

    /// How long a step waits for the agent before the script goes on all the same. 20 s unless set.
    pub fn patience(mut self, ms: u64) -> Self {
        self.patience_ms = ms;
        self
    }

    pub fn step(mut self, step: Step) -> Self {
        self.steps.push_back(step);
        self
    }

    /// See [`Step::Say`].
    pub fn say(self, clip: &Clip) -> Self {
        self.step(Step::Say(clip.clone()))
    }

    /// See [`Step::WaitForAgent`].
    pub fn wait_for_agent(self) -> Self {
        self.step(Step::WaitForAgent)
    }

    /// Breaks in once the agent has been heard for `ms`.
    pub fn interrupt_after(self, ms: u64, clip: &Clip) -> Self {
        self.step(Step::AgentSpoken { ms }).say(clip)
    }

    /// See [`Step::Wait`].
    pub fn wait(self, ms: u64) -> Self {
        self.step(Step::Wait { ms })
    }

    /// See [`Step::Press`].
    pub fn press(self, keys: impl Into<String>) -> Self {
        self.step(Step::Press(keys.into()))
    }

    /// See [`Step::Echo`].
    pub fn echo(self, attenuation_db: f32, delay: Duration) -> Self {
        self.step(Step::Echo { attenuation_db, delay_ms: delay.as_millis() as u64 })
    }

    /// See [`Step::Noise`].
    pub fn noise(self, dbfs: f32) -> Self {
        self.step(Step::Noise { dbfs })
    }

    /// See [`Step::Misbehave`].
    pub fn misbehave(self, how: Misbehaviour) -> Self {
        self.step(Step::Misbehave(how))
    }

    /// See [`Step::Stay`].
    pub fn stay(self, ms: u64) -> Self {
        self.step(Step::Stay { ms })
    }

    /// See [`Step::HangUp`].
    pub fn hang_up(self) -> Self {
        self.step(Step::HangUp)
    }

    /// See [`Step::DropSocket`].
    pub fn drop_socket(self) -> Self {
        self.step(Step::DropSocket)
    }
}

//! Turn-taking: a pure state machine. It has no clock and does no I/O: time comes in with what happens, and
//! what must be done comes out as an [`Action`].
//!
//! Two things run side by side: what the caller does ([`Machine`] hears it through VAD verdicts) and what the
//! agent does (the loop tells it). Times are milliseconds on the media clock.

mod config;
mod words;

use std::time::Duration;

pub use config::{Config, Limits};
pub use words::{Words, read};

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input {
    /// A VAD verdict for the window that ended at `at_ms`.
    Voice { at_ms: u64, probability: f32 },
    /// The guess has been transcribed: what its words are like.
    Words { at_ms: u64, words: Words },
    /// A key was pressed.
    Digit { at_ms: u64, digit: char },
    /// Stop talking, by command.
    Interrupt { at_ms: u64 },
    /// The caller wrote, or sent a recording: a sign of life.
    Typed { at_ms: u64 },
    /// A reply is being made that no end of turn asked for (greeting, typed text).
    AgentThinking { at_ms: u64 },
    /// The first audio of the reply has gone out.
    AgentTalking { at_ms: u64 },
    /// The reply has been played to its end, or there is none.
    AgentDone { at_ms: u64 },
    /// Time has passed.
    Tick { at_ms: u64 },
}

impl Input {
    /// When it happened.
    pub const fn at_ms(&self) -> u64 {
        match *self {
            Self::Voice { at_ms, .. }
            | Self::Words { at_ms, .. }
            | Self::Digit { at_ms, .. }
            | Self::Interrupt { at_ms }
            | Self::Typed { at_ms }
            | Self::AgentThinking { at_ms }
            | Self::AgentTalking { at_ms }
            | Self::AgentDone { at_ms }
            | Self::Tick { at_ms } => at_ms,
        }
    }
}

/// What must be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The caller began to speak: keep the audio from a little before now.
    Capture,
    /// What was captured was no speech, or no words: forget it.
    Discard,
    /// The caller paused: transcribe what was captured and begin a reply, unheard.
    Guess,
    /// The caller goes on: throw the guess away, keep the capture.
    DropGuess,
    /// The caller has finished: the guess (or a reply begun now) is the reply.
    EndOfTurn { stopped_ms: u64 },
    /// The caller speaks over the agent: stop the playback at once, keep what is unheard.
    Hold,
    /// It was nothing (a cough, "mm-hm", the agent's own echo): play on.
    Resume,
    /// It was an interruption: the reply ends at what was heard.
    Interrupt,
    /// The keys pressed are complete.
    Keys,
    /// Ask whether the caller is there.
    IdlePrompt,
    /// The caller was silent for the limit.
    GiveUp,
    /// The conversation has lasted as long as it may.
    TimeIsUp,
}

/// The caller's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Caller {
    Silent,
    /// Voice since `since`, not yet long enough to be speech.
    Starting {
        since: u64,
    },
    Speaking {
        since: u64,
        last_voice: u64,
    },
    /// Quiet since `last_voice`. `resumed`: since when there is voice again, too short yet to count.
    Pausing {
        since: u64,
        last_voice: u64,
        guessed: bool,
        resumed: Option<u64>,
    },
}

/// The agent's side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Agent {
    Quiet,
    Thinking,
    Talking,
    /// Stopped by the caller's voice, not yet known whether for good. `talking`: what it was doing.
    Held {
        talking: bool,
    },
}

/// The state of one conversation's turn-taking.
#[derive(Clone, Debug)]
pub struct Machine {
    config: Config,
    limits: Limits,
    caller: Caller,
    agent: Agent,
    /// What the agent says now is said to its end, and the caller is heard meanwhile: see [`Machine::protect`].
    protected: bool,
    words: Option<Words>,
    /// Last moment at which anybody did anything audible: idle prompts count from here.
    active_ms: u64,
    /// Last sign of life of the caller: the silence limit counts from here.
    caller_ms: u64,
    last_digit_ms: Option<u64>,
    prompted: bool,
    over: bool,
}

/// Voice shorter than this is a click, not speech: two VAD windows.
const SPEECH_MS: u64 = 60;
/// The words of a guess, or the news that there are none to be had, come within this: the recogniser's whole budget.
const WORDS_WITHIN: Duration = Duration::from_secs(10);
/// Without a verdict for this long the line sends no audio, which is silence too.
const NO_AUDIO_MS: u64 = 2_500;
/// A capture is never longer than this; a caller who goes on for longer is answered in between.
pub const LONGEST_TURN_MS: u64 = 60_000;

impl Machine {
    pub fn new(config: Config, limits: Limits) -> Self {
        Self {
            config,
            limits,
            caller: Caller::Silent,
            agent: Agent::Quiet,
            protected: false,
            words: None,
            active_ms: 0,
            caller_ms: 0,
            last_digit_ms: None,
            prompted: false,
            over: false,
        }
    }

    /// Takes what happened and says what to do. After [`Action::GiveUp`] or [`Action::TimeIsUp`] it says nothing more.
    pub fn on(&mut self, input: Input) -> Option<Action> {
        if self.over {
            return None;
        }
        let is_time = matches!(input, Input::Voice { .. } | Input::Tick { .. });
        if is_time && input.at_ms() >= millis(self.limits.max_duration) {
            self.over = true;
            return Some(Action::TimeIsUp);
        }
        match input {
            Input::Voice { at_ms, probability } => self.voice(at_ms, probability),
            Input::Words { at_ms, words } => self.words(at_ms, words),
            Input::Digit { at_ms, digit } => self.digit(at_ms, digit),
            Input::Interrupt { at_ms } => self.interrupt(at_ms),
            Input::Typed { at_ms } => {
                (self.caller_ms, self.active_ms, self.prompted) = (at_ms, at_ms, false);
                None
            }
            Input::AgentThinking { at_ms } => self.agent_is(at_ms, Agent::Thinking),
            Input::AgentTalking { at_ms } => self.agent_is(at_ms, Agent::Talking),
            Input::AgentDone { at_ms } => self.agent_is(at_ms, Agent::Quiet),
            Input::Tick { at_ms } => self.tick(at_ms),
        }
    }

    /// The reply that is being made cannot be interrupted by the caller's voice or keys. What they say over it is
    /// kept, and ends their turn when the reply has been heard. To be called after [`Input::AgentThinking`].
    pub fn protect(&mut self) {
        self.protected = self.agent == Agent::Thinking;
    }

    /// Whether the agent is saying what the caller cannot break into.
    pub fn is_protected(&self) -> bool {
        self.protected && self.agent != Agent::Quiet
    }

    /// Whether the caller can break in now.
    fn may_interrupt(&self) -> bool {
        self.config.interruptible && !self.is_protected()
    }

    /// Whether caller audio is being kept.
    pub fn is_capturing(&self) -> bool {
        !matches!(self.caller, Caller::Silent | Caller::Starting { .. })
    }

    /// Whether the agent's reply has been stopped and may yet go on.
    pub fn is_held(&self) -> bool {
        matches!(self.agent, Agent::Held { .. })
    }

    /// Whether the agent is audible, so that what is heard may be its echo.
    pub fn is_agent_audible(&self) -> bool {
        matches!(self.agent, Agent::Talking)
    }

    /// How long the silence must last to end the turn, milliseconds.
    fn end_after(&self) -> u64 {
        let silence = match self.words {
            Some(Words::Complete) => self.config.end_complete,
            Some(Words::Unknown | Words::Backchannel | Words::Nothing) => self.config.end_unknown,
            Some(Words::Incomplete) => self.config.end_incomplete,
            // The reply cannot be there before the words are, so nothing is gained by deciding sooner, and a caller
            // who goes on is not talked over.
            None => WORDS_WITHIN,
        };
        millis(silence)
    }

    fn voice(&mut self, at_ms: u64, probability: f32) -> Option<Action> {
        let deaf = !self.config.interruptible && !self.is_protected() && !matches!(self.agent, Agent::Quiet);
        if deaf {
            let captured = self.is_capturing();
            self.caller = Caller::Silent;
            if captured {
                return Some(Action::Discard);
            }
            return self.tick(at_ms);
        }
        let in_speech = matches!(self.caller, Caller::Speaking { .. });
        let voiced = probability >= if in_speech { self.config.voice_off } else { self.config.voice_on };
        let window_began = at_ms.saturating_sub(self.config.window_ms);
        if voiced {
            self.caller_ms = at_ms;
            self.active_ms = at_ms;
        }
        match (self.caller, voiced) {
            (Caller::Silent, false) => {}
            (Caller::Silent, true) => {
                if self.agent == Agent::Talking && probability >= self.config.voice_sure {
                    return self.begin(window_began, at_ms);
                }
                self.caller = Caller::Starting { since: window_began };
            }
            (Caller::Starting { .. }, false) => self.caller = Caller::Silent,
            (Caller::Starting { since }, true) => {
                if at_ms - since.min(at_ms) >= SPEECH_MS {
                    return self.begin(since, at_ms);
                }
            }
            (Caller::Speaking { since, .. }, true) => {
                self.caller = Caller::Speaking { since, last_voice: at_ms };
                return self.speaking(at_ms, since);
            }
            (Caller::Speaking { since, last_voice }, false) => {
                self.caller = Caller::Pausing { since, last_voice, guessed: false, resumed: None };
            }
            (Caller::Pausing { since, last_voice, guessed, resumed }, true) => {
                let began = resumed.unwrap_or(window_began);
                if at_ms - began.min(at_ms) < SPEECH_MS {
                    self.caller = Caller::Pausing { since, last_voice, guessed, resumed: Some(began) };
                    return None;
                }
                self.caller = Caller::Speaking { since, last_voice: at_ms };
                self.words = None;
                if guessed {
                    return Some(Action::DropGuess);
                }
                return self.speaking(at_ms, since);
            }
            (Caller::Pausing { since, last_voice, guessed, .. }, false) => {
                self.caller = Caller::Pausing { since, last_voice, guessed, resumed: None };
            }
        }
        self.tick(at_ms)
    }

    fn begin(&mut self, since: u64, at_ms: u64) -> Option<Action> {
        self.caller = Caller::Speaking { since, last_voice: at_ms };
        self.words = None;
        self.prompted = false;
        Some(Action::Capture)
    }

    /// The caller has been speaking since `since`.
    fn speaking(&mut self, at_ms: u64, since: u64) -> Option<Action> {
        let spoken = at_ms.saturating_sub(since);
        match self.agent {
            Agent::Talking | Agent::Thinking
                if self.may_interrupt() && spoken >= millis(self.config.barge_in_after) =>
            {
                self.agent = Agent::Held { talking: self.agent == Agent::Talking };
                Some(Action::Hold)
            }
            Agent::Held { .. } if spoken >= millis(self.config.barge_in_sure) => {
                self.agent = Agent::Quiet;
                Some(Action::Interrupt)
            }
            Agent::Quiet if spoken >= LONGEST_TURN_MS => self.end_of_turn(at_ms),
            _ => None,
        }
    }

    fn words(&mut self, at_ms: u64, words: Words) -> Option<Action> {
        let Caller::Pausing { guessed: true, .. } = self.caller else {
            return None;
        };
        let nothing = matches!(words, Words::Nothing);
        if let Agent::Held { talking } = self.agent {
            if nothing || matches!(words, Words::Backchannel) {
                self.caller = Caller::Silent;
                self.agent = if talking { Agent::Talking } else { Agent::Thinking };
                self.active_ms = at_ms;
                return Some(Action::Resume);
            }
            self.agent = Agent::Quiet;
            self.words = Some(words);
            return Some(Action::Interrupt);
        }
        if nothing || (self.is_protected() && matches!(words, Words::Backchannel)) {
            self.caller = Caller::Silent;
            return Some(Action::Discard);
        }
        self.words = Some(words);
        self.tick(at_ms)
    }

    fn digit(&mut self, at_ms: u64, digit: char) -> Option<Action> {
        self.caller_ms = at_ms;
        self.active_ms = at_ms;
        self.prompted = false;
        self.last_digit_ms = Some(at_ms);
        let busy = !self.may_interrupt() && self.agent != Agent::Quiet;
        if digit == '#' && busy {
            // Due at once when the agent has finished.
            self.last_digit_ms = Some(at_ms.saturating_sub(millis(self.config.keys_gap)));
        } else if digit == '#' {
            return self.keys();
        }
        if self.may_interrupt() && matches!(self.agent, Agent::Talking | Agent::Thinking | Agent::Held { .. }) {
            self.agent = Agent::Quiet;
            return Some(Action::Interrupt);
        }
        None
    }

    /// The keys are complete: they are the turn, whatever else was going on.
    fn keys(&mut self) -> Option<Action> {
        self.last_digit_ms = None;
        self.caller = Caller::Silent;
        self.words = None;
        self.agent = Agent::Thinking;
        Some(Action::Keys)
    }

    fn interrupt(&mut self, at_ms: u64) -> Option<Action> {
        if self.agent == Agent::Quiet {
            return None;
        }
        self.agent = Agent::Quiet;
        self.protected = false;
        self.active_ms = at_ms;
        Some(Action::Interrupt)
    }

    fn agent_is(&mut self, at_ms: u64, agent: Agent) -> Option<Action> {
        self.active_ms = at_ms;
        self.protected &= agent == Agent::Talking;
        // While held, only the caller's words decide what becomes of the reply; but a reply that begins to sound
        // or is over must not be forgotten.
        self.agent = match (self.agent, agent) {
            (Agent::Held { .. }, Agent::Talking | Agent::Thinking) => Agent::Held { talking: agent == Agent::Talking },
            (_, agent) => agent,
        };
        None
    }

    fn tick(&mut self, at_ms: u64) -> Option<Action> {
        let busy = !self.may_interrupt() && self.agent != Agent::Quiet;
        if let Some(last) = self.last_digit_ms
            && !busy
            && at_ms.saturating_sub(last) >= millis(self.config.keys_gap)
        {
            return self.keys();
        }
        match self.caller {
            Caller::Speaking { since, last_voice } if at_ms.saturating_sub(last_voice) > NO_AUDIO_MS => {
                self.caller = Caller::Pausing { since, last_voice, guessed: false, resumed: None };
            }
            Caller::Speaking { since, last_voice } => return self.speaking(last_voice, since),
            Caller::Starting { since } if at_ms.saturating_sub(since) > NO_AUDIO_MS => self.caller = Caller::Silent,
            _ => {}
        }
        if let Caller::Pausing { since, last_voice, guessed, resumed } = self.caller {
            let quiet = at_ms.saturating_sub(last_voice);
            let ignored = matches!(self.agent, Agent::Talking | Agent::Thinking) && !self.is_protected();
            if ignored && quiet >= millis(self.config.guess_after) {
                // Too short to hold the agent: nobody meant to say anything.
                self.caller = Caller::Silent;
                return Some(Action::Discard);
            }
            if !guessed && quiet >= millis(self.config.guess_after) {
                self.caller = Caller::Pausing { since, last_voice, guessed: true, resumed };
                return Some(Action::Guess);
            }
            // What the words are decides whether a held reply goes on; the end of the turn waits for that.
            if guessed && self.agent == Agent::Quiet && quiet >= self.end_after() {
                return self.end_of_turn(last_voice);
            }
            return None;
        }
        if self.agent != Agent::Quiet || self.caller != Caller::Silent || self.last_digit_ms.is_some() {
            // The caller listens: that is not the silence the limit means.
            if self.agent != Agent::Quiet {
                self.active_ms = at_ms;
            }
            return None;
        }
        self.idle(at_ms)
    }

    fn idle(&mut self, at_ms: u64) -> Option<Action> {
        let quiet = at_ms.saturating_sub(self.active_ms);
        let since_caller = at_ms.saturating_sub(self.caller_ms);
        let limit = millis(self.limits.silence);
        // After the question the caller has as much time as before it; an agent that does not ask hangs up all the same.
        let patience = if self.prompted { millis(self.limits.idle_prompt_after).min(limit) } else { limit };
        if since_caller >= limit && quiet >= patience {
            self.over = true;
            return Some(Action::GiveUp);
        }
        if !self.prompted && quiet >= millis(self.limits.idle_prompt_after) {
            self.prompted = true;
            self.agent = Agent::Thinking;
            self.active_ms = at_ms;
            return Some(Action::IdlePrompt);
        }
        None
    }

    fn end_of_turn(&mut self, stopped_ms: u64) -> Option<Action> {
        self.caller = Caller::Silent;
        self.words = None;
        self.agent = Agent::Thinking;
        Some(Action::EndOfTurn { stopped_ms })
    }
}

/// Whole milliseconds; configured durations are far below 2⁶⁴ of them.
const fn millis(duration: Duration) -> u64 {
    duration.as_millis() as u64
}

#[cfg(test)]
mod tests;

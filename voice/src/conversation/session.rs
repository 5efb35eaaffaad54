//! The state of one conversation and what happens to it.

mod pending;
mod speak;

use futures_util::{Sink, SinkExt};
use tokio::{sync::mpsc, time::Instant};

use super::{
    Config, Engine,
    clock::Clock,
    ear::Ear,
    reply::{Ask, Manner, Piece, Source},
    tools,
};
use crate::{
    event::{EndReason, Event, Prompt, Usage},
    line::{Input, LineClosed, Output},
    provider::{Message, Providers, Speech, Stage},
    tool,
    turn::{self, Action, Machine, Words},
};
use pending::Pending;

/// Messages of history the model is given: enough for an hour of talk, a bound for a day of it.
const HISTORY: usize = 400;
/// Turns in a row that fail before the conversation is given up after the apology.
const FAILURES: u32 = 3;
/// Keys kept between two turns.
const KEYS: usize = 64;

/// `Err` ends the conversation.
pub type Step = Result<(), EndReason>;

/// Which of the two replies a piece belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one that is, or will be, heard.
    Current,
    /// The one begun on a guess while the caller pauses.
    Guess,
}

pub struct Session<O> {
    output: O,
    out: Vec<Output>,
    engine: Engine,
    providers: Providers,
    config: Config,
    manner: Manner,
    events: mpsc::Sender<Event>,
    clock: Clock,
    ear: Ear,
    machine: Machine,
    history: Vec<Message>,
    current: Option<Pending>,
    guess: Option<Pending>,
    next_turn: u32,
    keys: String,
    failures: u32,
    /// The greeting that follows the announcement, and the announcement's turn.
    upcoming: Option<(u32, String)>,
    /// Sounds over the current reply that are no louder than this have proved to be its echo, or noise.
    echo_db: f32,
    /// What was thrown away and has been paid for all the same: the next turn is charged with it.
    wasted: Usage,
}

/// What of a reply may be unheard when a "yes" over it is an answer, or a word over a farewell changes nothing.
const NEARLY_OVER_MS: u64 = 1_200;

/// How much louder than the last false alarm a sound over the agent must be to count as the caller.
const LOUDER_DB: f32 = 3.0;

impl<O: Sink<Output, Error = LineClosed> + Unpin + Send> Session<O> {
    pub fn new(output: O, engine: Engine, providers: Providers, config: Config, events: mpsc::Sender<Event>) -> Self {
        let persona = &config.persona;
        Self {
            output,
            out: Vec::new(),
            clock: Clock::start(Instant::now()),
            ear: Ear::new(config.input, &engine.vad),
            machine: Machine::new(config.turns.clone(), config.limits.clone()),
            manner: Manner { voice: persona.voice.clone(), speed: persona.speed, instructions: persona.manner.clone() },
            history: config.history.clone(),
            current: None,
            guess: None,
            next_turn: config.first_turn,
            keys: String::new(),
            failures: 0,
            upcoming: None,
            echo_db: f32::NEG_INFINITY,
            wasted: Usage::default(),
            engine,
            providers,
            config,
            events,
        }
    }

    /// The agent speaks first, if it has something to say.
    pub async fn start(&mut self) -> Step {
        let filled = |words: Option<String>| words.filter(|words| !words.is_empty());
        if !self.history.is_empty() {
            if let Some(words) = filled(Some(self.config.persona.resumed.clone())) {
                self.say(Prompt::Greeting, words).await;
            }
        } else if let Some(announcement) = filled(self.config.announcement.clone()) {
            self.upcoming = filled(self.config.greeting.clone()).map(|greeting| (self.next_turn, greeting));
            self.say(Prompt::Greeting, announcement).await;
            self.machine.protect();
        } else if let Some(greeting) = filled(self.config.greeting.clone()) {
            self.greet(greeting).await;
        }
        self.pump(Instant::now()).await
    }

    async fn greet(&mut self, words: String) {
        self.say(Prompt::Greeting, words).await;
        if !self.config.greeting_interruptible {
            self.machine.protect();
        }
    }

    /// Something came over the line.
    pub async fn heard(&mut self, input: Input, now: Instant) -> Step {
        match input {
            Input::Audio { at_ms, bytes } => return self.audio(at_ms, &bytes, now).await,
            Input::Dtmf(digit) => {
                // `#` ends what was typed; by itself it is an answer.
                if self.keys.len() < KEYS && (digit != '#' || self.keys.is_empty()) {
                    self.keys.push(digit);
                }
                let at_ms = self.clock.now(now);
                self.decide(turn::Input::Digit { at_ms, digit }, now).await?;
            }
            Input::MarkPlayed(name) => {
                let at_ms = self.clock.now(now);
                if let Some(current) = &mut self.current {
                    current.track.mark_played(&name, at_ms);
                }
            }
            Input::Text(text) => {
                self.typed(now).await;
                let prompt = Prompt::Text(text);
                let source = Source::Words(self.ask(prompt.as_user_message()));
                self.begin(source, Some(prompt), now).await;
            }
            Input::Utterance(pcm) => {
                self.typed(now).await;
                let source = Source::Speech { speech: self.speech(pcm), ask: self.ask(None) };
                self.begin(source, None, now).await;
            }
            Input::Interrupt => {
                let at_ms = self.clock.now(now);
                self.decide(turn::Input::Interrupt { at_ms }, now).await?;
            }
            Input::HungUp => return Err(EndReason::CallerHungUp),
        }
        self.pump(now).await
    }

    async fn typed(&mut self, now: Instant) {
        self.interrupted(now).await;
        let at_ms = self.clock.now(now);
        self.machine.on(turn::Input::Typed { at_ms });
    }

    async fn audio(&mut self, at_ms: Option<u64>, bytes: &[u8], now: Instant) -> Step {
        if let Some(at_ms) = at_ms {
            self.clock.set(at_ms + self.config.input.ms_of(bytes.len()), now);
        }
        let end_ms = self.clock.now(now);
        // A chunk mostly completes one window or none; the windows of a longer one ended earlier.
        let windows = self.ear.hear(bytes);
        for index in 0..windows {
            let echo = self.machine.is_agent_audible() && self.ear.level_db() <= self.echo_db;
            let probability = if echo { 0.0 } else { self.ear.verdict(index) };
            let earlier = (windows - 1 - index) as u64 * self.config.turns.window_ms;
            let at_ms = end_ms.saturating_sub(earlier);
            self.decide(turn::Input::Voice { at_ms, probability }, now).await?;
        }
        self.tick(now).await
    }

    /// Time has passed.
    pub async fn tick(&mut self, now: Instant) -> Step {
        let at_ms = self.clock.now(now);
        self.decide(turn::Input::Tick { at_ms }, now).await?;
        self.watch(at_ms);
        self.pump(now).await
    }

    /// The next thing that a reply in the making has come to.
    pub async fn next_piece(&mut self) -> (Which, Instant, Piece) {
        let (current, guess) = (&mut self.current, &mut self.guess);
        tokio::select! {
            biased;
            (at, piece) = pending::next(current) => (Which::Current, at, piece),
            (at, piece) = pending::next(guess) => (Which::Guess, at, piece),
        }
    }

    /// A reply has come to something.
    pub async fn made(&mut self, which: Which, at: Instant, piece: Piece) -> Step {
        let at_ms = self.clock.at(at);
        let slot = if which == Which::Current { &mut self.current } else { &mut self.guess };
        let Some(pending) = slot else { return Ok(()) };
        match piece {
            Piece::Transcript(text) => {
                pending.times.transcript_final_ms = Some(at_ms);
                return self.transcribed(which, text).await;
            }
            Piece::Failed { stage, error } => {
                tracing::warn!(turn.number = pending.number, stage = %stage, error = %error, "provider failed");
                let (number, provider) = (pending.number, error.provider.clone());
                pending.failed = true;
                self.report(Event::ProviderFailed { number, stage, provider, kind: error.kind.name() });
                if which == Which::Guess && stage == Stage::SpeechToText {
                    // Whether the caller meant to interrupt stays open: the agent goes on. A turn ends as one of
                    // unknown words.
                    let words = if self.machine.is_held() { Words::Nothing } else { Words::Unknown };
                    let now = Instant::now();
                    let at_ms = self.clock.now(now);
                    self.decide(turn::Input::Words { at_ms, words }, now).await?;
                    return self.pump(now).await;
                }
            }
            Piece::Tool(used) => {
                pending.take(Piece::Tool(used), at_ms);
                let (number, uses) = (pending.number, pending.tool_calls.clone());
                // Of a guess nothing is known outside.
                if which == Which::Current {
                    self.report(Event::ToolsUsed { number, uses });
                }
            }
            piece => pending.take(piece, at_ms),
        }
        if which == Which::Guess {
            return Ok(());
        }
        self.apologise_if_failed();
        self.pump(Instant::now()).await
    }

    async fn transcribed(&mut self, which: Which, text: String) -> Step {
        let now = Instant::now();
        let at_ms = self.clock.now(now);
        if which == Which::Guess {
            let over = self.machine.is_held() || self.machine.is_protected();
            let held = self.current.as_ref().filter(|_| over);
            let meanwhile = held.map(|current| current.heard_text(at_ms));
            let mut words = turn::read(&text, meanwhile.as_deref());
            // "Yes" at the end of a question is its answer, not a listener's noise.
            let nearly_over =
                held.and_then(|current| current.track.rest_ms()).is_some_and(|rest| rest <= NEARLY_OVER_MS);
            if words == Words::Backchannel && nearly_over {
                words = Words::Unknown;
            }
            if words == Words::Nothing
                && self.machine.is_held()
                && let Some(current) = &mut self.current
            {
                // One false alarm proves nothing: a cough may be louder than its owner's voice. From the second on
                // within a reply it is the line that makes them.
                if current.false_alarms > 0 {
                    self.echo_db = self.echo_db.max(self.ear.loudest_db() + LOUDER_DB);
                }
                current.false_alarms += 1;
            }
            if let Some(guess) = &mut self.guess {
                guess.prompt = Some(Prompt::Speech(text));
            }
            self.decide(turn::Input::Words { at_ms, words }, now).await?;
            return self.pump(now).await;
        }
        if text.is_empty() {
            // The turn was decided before its words were known, and there are none.
            if let Some(current) = self.current.take() {
                self.wasted += current.into_usage();
            }
            self.report(Event::NothingHeard);
            self.decide(turn::Input::AgentDone { at_ms }, now).await?;
            return Ok(());
        }
        if let Some(current) = &mut self.current {
            current.prompt = Some(Prompt::Speech(text));
        }
        self.announce();
        Ok(())
    }

    /// Tells the turn machine and does what it says.
    async fn decide(&mut self, input: turn::Input, now: Instant) -> Step {
        let Some(action) = self.machine.on(input) else { return Ok(()) };
        tracing::trace!(?action, at.ms = input.at_ms(), "turn");
        match action {
            Action::Capture => self.ear.capture(),
            Action::Discard => {
                self.ear.forget();
                self.drop_guess();
            }
            Action::Guess => self.begin_guess(),
            Action::DropGuess => self.drop_guess(),
            Action::EndOfTurn { stopped_ms } => self.commit(stopped_ms, now).await,
            Action::Hold => self.hold(now),
            Action::Resume => {
                self.ear.forget();
                self.drop_guess();
                if let Some(current) = &mut self.current {
                    current.resume();
                }
            }
            Action::Interrupt => {
                let due = self.due();
                self.interrupted(now).await;
                // "Thanks" over "I'm connecting you" does not call off the transfer.
                if let Some(reason) = due {
                    return Err(reason);
                }
            }
            Action::Keys => self.keys_pressed(now).await,
            Action::IdlePrompt => self.say(Prompt::Idle, self.config.persona.idle_prompt.clone()).await,
            Action::GiveUp => return Err(EndReason::Silence),
            Action::TimeIsUp => return Err(EndReason::MaxDuration),
        }
        Ok(())
    }

    /// What the current reply is to lead to, if it has been heard but for its last words.
    fn due(&self) -> Option<EndReason> {
        let current = self.current.as_ref()?;
        let consequence = current.tool_calls.iter().find_map(|used| tools::consequence(&used.call, &self.config))?;
        let nearly_over = current.is_held() && current.track.rest_ms()? <= NEARLY_OVER_MS;
        nearly_over.then_some(consequence)
    }

    fn drop_guess(&mut self) {
        if let Some(guess) = self.guess.take() {
            self.wasted += guess.into_usage();
        }
    }

    fn begin_guess(&mut self) {
        self.drop_guess();
        let speech = self.speech(self.ear.utterance());
        let source = Source::Speech { speech, ask: self.ask(None) };
        self.guess = Some(self.pending(source, None));
    }

    async fn keys_pressed(&mut self, now: Instant) {
        self.interrupted(now).await;
        self.ear.forget();
        self.drop_guess();
        let prompt = Prompt::Dtmf(std::mem::take(&mut self.keys));
        let source = Source::Words(self.ask(prompt.as_user_message()));
        self.begin(source, Some(prompt), now).await;
    }

    fn speech(&self, pcm: Vec<i16>) -> Speech {
        Speech { pcm: pcm.into(), language: self.config.persona.language.clone() }
    }

    /// What the model is asked now: the instructions, what was said and heard, and `user`'s words if known.
    fn ask(&mut self, user: Option<String>) -> Ask {
        let surplus = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..surplus);
        // A result without its call is refused by chat interfaces.
        let orphans = self.history.iter().take_while(|message| matches!(message, Message::Tool { .. })).count();
        self.history.drain(..orphans);
        let mut messages = Vec::with_capacity(self.history.len() + 3);
        messages.push(Message::System { text: self.config.persona.instructions.clone() });
        messages.extend(self.history.iter().cloned());
        // A reply that is being held has been heard in part: what the caller says answers that part. One that cannot
        // be broken into will have been heard whole.
        if let Some(current) = &self.current {
            messages.extend(tool::messages(&current.tool_calls));
            let whole = self.machine.is_protected();
            let said = if whole { current.spoken_text() } else { current.heard_text(u64::MAX) };
            messages.extend(pending::assistant(said));
        }
        messages.extend(user.map(|text| Message::User { text }));
        let persona = &self.config.persona;
        Ask {
            messages,
            own: tools::offered(&self.config),
            model: persona.model.clone(),
            temperature: persona.temperature,
            max_tokens: persona.max_tokens,
        }
    }

    /// Sends what is due, reports what is being said, and ends the turn whose reply has been heard.
    async fn pump(&mut self, now: Instant) -> Step {
        let at_ms = self.clock.now(now);
        let Some(current) = &mut self.current else { return self.flush().await };
        let was_begun = current.track.is_begun();
        current.pump(at_ms, &mut self.out);
        let begins = !was_begun && current.track.is_begun();
        let number = current.number;
        while let Some(text) = self.current.as_mut().and_then(|current| current.track.newly_said()) {
            self.report(Event::Saying { number, text });
        }
        self.flush().await?;
        if begins {
            self.decide(turn::Input::AgentTalking { at_ms }, now).await?;
        }
        if self.current.as_ref().is_some_and(|current| current.is_over(at_ms)) {
            return self.finished(at_ms, now).await;
        }
        Ok(())
    }

    async fn flush(&mut self) -> Step {
        if self.out.is_empty() {
            return Ok(());
        }
        let broken = |error: LineClosed| {
            tracing::info!(error = %error, "line broken");
            EndReason::LineBroken
        };
        for output in self.out.drain(..) {
            self.output.feed(output).await.map_err(broken)?;
        }
        self.output.flush().await.map_err(broken)
    }

    fn report(&self, event: Event) {
        if self.events.try_send(event).is_err() {
            tracing::error!("an event of the conversation was lost: its recorder is gone or too far behind");
        }
    }

    /// The conversation is over: what is in the air is recorded as far as it was heard.
    pub fn end(&mut self, reason: EndReason) {
        let at_ms = self.clock.now(Instant::now());
        // Words that were made out but not yet answered were said all the same.
        if self.guess.as_ref().is_some_and(|guess| guess.prompt.as_ref().is_some_and(|p| p.text() != Some("")))
            && let Some(guess) = self.guess.take()
        {
            self.put(guess, at_ms);
        }
        self.drop_guess();
        match self.current.take().map(|current| current.into_turn(at_ms, false)) {
            Some(Ok(turn)) => self.report(Event::TurnEnded(Box::new(turn))),
            Some(Err(used)) => self.wasted += used,
            None => {}
        }
        self.report(Event::Ended { reason, at_ms, wasted: self.wasted });
    }
}

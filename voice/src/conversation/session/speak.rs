//! Beginning, holding and ending the agent's turns.

use futures_util::Sink;
use tokio::time::Instant;

use super::{
    super::{
        Playback,
        playback::Track,
        reply::{Reply, Request, Source},
        tools,
    },
    FAILURES, Session, Step,
    pending::{self, Pending},
};
use crate::{
    audio::clips::Clips,
    event::{EndReason, Event, Prompt},
    line::{LineClosed, Output},
    provider::Message,
    tool, turn,
};

impl<O: Sink<Output, Error = LineClosed> + Unpin + Send> Session<O> {
    /// A turn whose reply is begun now and not yet heard.
    pub(super) fn pending(&self, source: Source, prompt: Option<Prompt>) -> Pending {
        let transcribed_ms = if let Source::Speech { speech, .. } = &source { speech.ms() } else { 0 };
        // A reply that is handed over as a file is not heard while it is made.
        let is_heard = self.config.playback != Playback::Whole;
        let request = Request {
            source,
            manner: self.manner.clone(),
            format: self.config.output,
            tools: self.config.tools.clone(),
            waiting: is_heard.then(|| self.config.persona.waiting.clone()),
        };
        let reply = Reply::begin(request, self.providers.clone());
        Pending::new(self.next_turn, Some(reply), prompt, self.track(), transcribed_ms)
    }

    fn track(&self) -> Track {
        Track::new(self.config.output, self.config.playback)
    }

    /// A turn that no end of turn asked for.
    pub(super) async fn begin(&mut self, source: Source, prompt: Option<Prompt>, now: Instant) {
        let pending = self.pending(source, prompt);
        let at_ms = self.clock.now(now);
        self.machine.on(turn::Input::AgentThinking { at_ms });
        self.put(pending, at_ms);
        self.act();
    }

    /// Says fixed words: at once if they have been rendered before.
    pub(super) async fn say(&mut self, prompt: Prompt, words: String) {
        let now = Instant::now();
        let request = self.manner.request(words.clone());
        let Some(clip) = self.engine.clips.get(&*self.providers.tts, &request, self.config.output) else {
            return self.begin(Source::Fixed(words), Some(prompt), now).await;
        };
        let mut pending = Pending::new(self.next_turn, None, Some(prompt), self.track(), 0);
        pending.fixed(&words, &clip);
        let at_ms = self.clock.now(now);
        self.machine.on(turn::Input::AgentThinking { at_ms });
        self.put(pending, at_ms);
    }

    /// The caller has finished: the guess becomes the turn.
    pub(super) async fn commit(&mut self, stopped_ms: u64, now: Instant) {
        let at_ms = self.clock.now(now);
        if self.guess.is_none() {
            self.begin_guess();
        }
        self.ear.forget();
        let Some(mut guess) = self.guess.take() else { return };
        guess.times.caller_stopped_ms = Some(stopped_ms);
        guess.times.end_of_turn_ms = Some(at_ms);
        self.put(guess, at_ms);
        self.act();
        // The guess may have failed while nobody was waiting for it.
        self.apologise_if_failed();
    }

    /// The current reply may do things in the world.
    fn act(&self) {
        if let Some(reply) = self.current.as_ref().and_then(|current| current.reply.as_ref()) {
            reply.commit();
        }
    }

    /// Makes `pending` the current turn. One that was still current is over as far as it was heard.
    pub(super) fn put(&mut self, mut pending: Pending, at_ms: u64) {
        if let Some(before) = self.current.take() {
            self.close(before, at_ms, true);
        }
        pending.number = self.next_turn;
        pending.owed_ms = at_ms;
        pending.usage += std::mem::take(&mut self.wasted);
        self.echo_db = f32::NEG_INFINITY;
        self.next_turn += 1;
        self.current = Some(pending);
        self.announce();
    }

    /// Reports the current turn and remembers the caller's words, once they are known.
    pub(super) fn announce(&mut self) {
        let Some(current) = &self.current else { return };
        let Some(prompt) = current.prompt.clone() else { return };
        if let Some(text) = prompt.as_user_message().filter(|text| !text.is_empty()) {
            self.history.push(Message::User { text });
        }
        self.report(Event::TurnStarted { number: current.number, prompt });
    }

    /// The caller speaks over the agent: silence at once.
    pub(super) fn hold(&mut self, now: Instant) {
        let at_ms = self.clock.now(now);
        if self.current.as_mut().is_some_and(|current| current.hold(at_ms)) {
            self.out.push(Output::Clear);
        }
    }

    /// The agent's turn ends at what was heard.
    pub(super) async fn interrupted(&mut self, now: Instant) {
        let at_ms = self.clock.now(now);
        let Some(mut current) = self.current.take() else { return };
        if !current.is_held() && current.hold(at_ms) {
            self.out.push(Output::Clear);
        }
        self.machine.on(turn::Input::AgentDone { at_ms });
        self.close(current, at_ms, true);
    }

    /// The current reply has been heard to its end.
    pub(super) async fn finished(&mut self, at_ms: u64, now: Instant) -> Step {
        let Some(current) = self.current.take() else { return Ok(()) };
        let consequence = current.tool_calls.iter().find_map(|used| tools::consequence(&used.call, &self.config));
        let (number, failed) = (current.number, current.failed);
        self.failures = if failed { self.failures } else { 0 };
        self.close(current, at_ms, false);
        if let Some(reason) = consequence {
            return Err(reason);
        }
        if failed && self.failures >= FAILURES {
            return Err(EndReason::Failed);
        }
        self.decide(turn::Input::AgentDone { at_ms }, now).await?;
        // Who has spoken over the announcement is answered instead of greeted.
        if let Some((announcement, greeting)) = self.upcoming.take()
            && announcement == number
            && self.current.is_none()
            && !self.machine.is_capturing()
        {
            self.greet(greeting).await;
        }
        Ok(())
    }

    fn close(&mut self, pending: Pending, at_ms: u64, interrupted: bool) {
        let turn = match pending.into_turn(at_ms, interrupted) {
            Ok(turn) => turn,
            Err(used) => return self.wasted += used,
        };
        self.history.extend(tool::messages(&turn.tool_calls));
        self.history.extend(pending::assistant(turn.heard_text.clone()));
        self.report(Event::TurnEnded(Box::new(turn)));
    }

    /// A reply that came to nothing is replaced by the apology; one that failed after its first sound is spoken
    /// as far as it came.
    pub(super) fn apologise_if_failed(&mut self) {
        let Some(current) = &mut self.current else { return };
        let acts = current.tool_calls.iter().any(|used| tools::consequence(&used.call, &self.config).is_some());
        if !current.track.is_complete() || current.is_answered() || (acts && !current.failed) {
            return;
        }
        self.failures += 1;
        current.failed = true;
        let words = self.config.persona.apology.clone();
        let request = self.manner.request(words.clone());
        let clip = self.engine.clips.get(&*self.providers.tts, &request, self.config.output);
        current.fixed(&words, &clip.unwrap_or_else(|| Clips::builtin_apology(self.config.output)));
        if current.prompt.is_none() {
            current.prompt = Some(Prompt::Speech(String::new()));
            self.announce();
        }
    }

    /// Catches what the stages' own deadlines did not: a reply that does not come, or does not go on.
    pub(super) fn watch(&mut self, at_ms: u64) {
        let longest = self.config.deadlines.reply.as_millis() as u64;
        let Some(current) = &mut self.current else { return };
        if current.reply.is_none() || current.is_held() || current.is_waiting() {
            return;
        }
        let unheard = !current.track.is_begun() && at_ms.saturating_sub(current.owed_ms) >= longest;
        let stalled = current.dry_since_ms().is_some_and(|since| at_ms.saturating_sub(since) >= longest);
        if !unheard && !stalled {
            return;
        }
        tracing::warn!(turn.number = current.number, reply.unheard = unheard, "reply overdue: given up");
        current.failed = true;
        current.stop();
        self.apologise_if_failed();
    }
}

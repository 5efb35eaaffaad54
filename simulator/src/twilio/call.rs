//! One call: webhooks, verbs, streams, status callbacks.

mod connect;
mod documents;
mod recording;
mod status;

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use tokio::{sync::mpsc, time};
use uuid::Uuid;

use super::{
    account::{Control, Number, sid},
    actor::Actor,
    caller::{Caller, DialOutcome},
    report::{CallReport, EndReason, Event, StreamReport, Timed, Trouble},
    twiml::{Callback, Recording, Verb},
    webhook::Requester,
};

/// How fast `<Say>` speaks, characters a second: about 180 English words a minute.
const SAY_RATE: f32 = 15.0;

/// Places the call and stays with it to its end.
pub(super) async fn place(caller: Caller) -> CallReport {
    let controls = caller.account.call_begins(&caller.call_sid);
    let began = Instant::now();
    let requester = Requester {
        auth_token: caller.account.auth_token().to_owned(),
        tunnel: caller.tunnel.clone(),
        forged_signature: caller.forged_signature.clone(),
    };
    let mut call = Call {
        actor: Actor::new(caller.script.clone()),
        timeline: Timeline { began, events: Vec::new(), troubles: Vec::new() },
        deadline: began + caller.time_limit,
        caller: &caller,
        requester,
        controls,
        status: "ringing",
        sequence: 0,
        held: Vec::new(),
        documents: 0,
        verbs: Vec::new(),
        dialled: Vec::new(),
        streams: Vec::new(),
        recording: None,
        number: None,
    };
    let end = Box::pin(call.run()).await;
    caller.account.call_ends(&caller.call_sid, began.elapsed());
    call.finish(&end).await;
    call.finish_recording().await;
    CallReport {
        call_sid: caller.call_sid.clone(),
        from: caller.from.clone(),
        to: caller.to.clone(),
        events: call.timeline.events,
        verbs: call.verbs,
        dialled: call.dialled,
        troubles: call.timeline.troubles,
        streams: call.streams,
        end,
        duration: began.elapsed(),
    }
}

/// The events of a call as they come.
pub(super) struct Timeline {
    began: Instant,
    events: Vec<Timed>,
    troubles: Vec<Trouble>,
}

impl Timeline {
    pub fn note(&mut self, media_ms: Option<u64>, event: Event) {
        tracing::trace!(?event, media.ms = media_ms, "simulated call");
        self.events.push(Timed { at: self.began.elapsed(), media_ms, event });
    }

    pub fn trouble(&mut self, trouble: Trouble) {
        self.note(None, Event::Trouble(trouble.clone()));
        self.troubles.push(trouble);
    }
}

struct Call<'a> {
    caller: &'a Caller,
    requester: Requester,
    controls: mpsc::Receiver<Control>,
    actor: Actor,
    timeline: Timeline,
    deadline: Instant,
    status: &'static str,
    sequence: u32,
    /// Status callbacks kept back to be sent out of order.
    held: Vec<Vec<(String, String)>>,
    documents: usize,
    verbs: Vec<Verb>,
    dialled: Vec<String>,
    streams: Vec<StreamReport>,
    /// Since when.
    recording: Option<(Recording, DateTime<Utc>)>,
    number: Option<Number>,
}

/// Where the call goes on.
enum Next {
    Verb,
    Verbs(VecDeque<Verb>),
    End(EndReason),
}

impl Call<'_> {
    async fn run(&mut self) -> EndReason {
        self.number = self.caller.account.number(&self.caller.to);
        let Some(voice) = self.number.as_ref().and_then(|number| number.voice.clone()) else {
            return EndReason::NotInService;
        };
        self.tell("initiated", "ringing").await;
        self.tell("ringing", "ringing").await;
        let token = Uuid::new_v4();
        if self.caller.repeat_incoming {
            let params = self.params(&[]);
            self.requester.request(&voice, &params, token).await;
        }
        let mut verbs = match self.fetch(&voice, &[], token).await {
            Ok(verbs) => verbs,
            Err(end) => return end,
        };
        if !matches!(verbs.front(), Some(Verb::Reject { .. })) {
            self.status = "in-progress";
            self.tell("answered", "in-progress").await;
        }
        loop {
            let Some(verb) = verbs.pop_front() else { return EndReason::OutOfVerbs };
            self.timeline.note(None, Event::Verb(verb.clone()));
            self.verbs.push(verb.clone());
            match Box::pin(self.follow(verb)).await {
                Next::Verb => {}
                Next::Verbs(next) => verbs = next,
                Next::End(end) => return end,
            }
        }
    }

    async fn follow(&mut self, verb: Verb) -> Next {
        match verb {
            Verb::Say { text } => {
                let length = Duration::from_secs_f32(text.chars().count() as f32 / SAY_RATE);
                self.rest(if self.caller.instant_say { Duration::ZERO } else { length }).await
            }
            Verb::StartRecording(recording) => {
                self.recording.get_or_insert((recording, chrono::Utc::now()));
                Next::Verb
            }
            Verb::Play { .. } | Verb::Start { .. } => Next::Verb,
            Verb::Pause { length } => self.rest(length).await,
            Verb::Connect { stream, action } => self.connect(stream, action).await,
            Verb::Record { action } => match action {
                Some(action) => self.redirect(&action, &[("RecordingDuration", "0".to_owned())]).await,
                None => Next::Verb,
            },
            Verb::Redirect(callback) => self.redirect(&callback, &[]).await,
            Verb::Dial { targets, action } => self.dial(targets, action).await,
            Verb::Hangup => Next::End(EndReason::HungUp),
            Verb::Reject { reason } => {
                self.status = if reason == "busy" { "busy" } else { "no-answer" };
                Next::End(EndReason::Rejected(reason))
            }
        }
    }

    /// Time passes, unless REST or the time limit has something against it.
    async fn rest(&mut self, length: Duration) -> Next {
        let until = Instant::now() + length;
        tokio::select! {
            biased;
            Some(control) = self.controls.recv() => self.obey(control).await,
            () = time::sleep_until(until.min(self.deadline).into()) => {
                if until > self.deadline { Next::End(EndReason::TimeLimit) } else { Next::Verb }
            }
        }
    }

    async fn obey(&mut self, control: Control) -> Next {
        match control {
            Control::Complete => Next::End(EndReason::CompletedByRest),
            Control::Fetch(callback) => self.redirect(&callback, &[]).await,
            Control::Twiml(text) => match self.read(&text, "https://api.twilio.com/") {
                Ok(verbs) => Next::Verbs(verbs),
                Err(trouble) => {
                    self.timeline.trouble(trouble);
                    Next::End(EndReason::ApplicationError)
                }
            },
        }
    }

    async fn redirect(&mut self, callback: &Callback, extra: &[(&str, String)]) -> Next {
        match self.fetch(callback, extra, Uuid::new_v4()).await {
            Ok(verbs) => Next::Verbs(verbs),
            Err(end) => Next::End(end),
        }
    }

    async fn dial(&mut self, targets: Vec<String>, action: Option<Callback>) -> Next {
        self.dialled.extend(targets);
        let (status, length) = match self.caller.dial {
            DialOutcome::Completed(length) => ("completed", length),
            DialOutcome::Busy => ("busy", Duration::ZERO),
            DialOutcome::NoAnswer => ("no-answer", Duration::ZERO),
            DialOutcome::Failed => ("failed", Duration::ZERO),
        };
        match self.rest(length).await {
            Next::Verb => {}
            other => return other,
        }
        let Some(action) = action else { return Next::Verb };
        let extra = [
            ("DialCallStatus", status.to_owned()),
            ("DialCallSid", sid("CA")),
            ("DialCallDuration", length.as_secs().to_string()),
        ];
        self.redirect(&action, &extra).await
    }
}

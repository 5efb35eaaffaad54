//! One call: webhooks, verbs, streams, status callbacks.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

use tokio::{sync::mpsc, time};
use uuid::Uuid;

use super::{
    account::{Account, Control, Number, sid},
    actor::Actor,
    report::{CallReport, EndReason, Event, StreamEnd, StreamReport, Timed, Trouble},
    script::Script,
    signature::signature,
    stream,
    twiml::{self, Callback, Method, Verb},
    webhook::{Requester, Tunnel},
};

/// Documents fetched in one call: more is a redirect that goes in circles.
const DOCUMENTS_MAX: usize = 100;
/// How fast `<Say>` speaks, characters a second: about 180 English words a minute.
const SAY_RATE: f32 = 15.0;

/// What becomes of a `<Dial>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialOutcome {
    /// Answered, and over after so long.
    Completed(Duration),
    Busy,
    NoAnswer,
    Failed,
}

/// What a stream says at its start.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Start {
    #[default]
    AsUsual,
    /// `start` never comes; audio does.
    Never,
    /// `start` names this call instead of its own.
    OfCall(String),
}

/// A call about to be placed to a number of a simulated account.
#[derive(Clone, Debug)]
pub struct Caller {
    account: Account,
    to: String,
    from: String,
    call_sid: String,
    script: Script,
    allow_ws: bool,
    tunnel: Option<Tunnel>,
    forged_signature: Option<String>,
    forged_stream_signature: Option<String>,
    start: Start,
    recording: bool,
    time_limit: Duration,
    instant_say: bool,
    verb_delay: Duration,
    dial: DialOutcome,
    repeat_incoming: bool,
    status_events: Vec<&'static str>,
    status_reversed: bool,
    extra: Vec<(String, String)>,
}

impl Caller {
    /// Calls `to` (E.164), a number that has been added to `account`.
    pub fn new(account: &Account, to: impl Into<String>) -> Self {
        Self {
            account: account.clone(),
            to: to.into(),
            from: "+14155550198".to_owned(),
            call_sid: sid("CA"),
            script: Script::new(),
            allow_ws: false,
            tunnel: None,
            forged_signature: None,
            forged_stream_signature: None,
            start: Start::AsUsual,
            recording: true,
            time_limit: Duration::from_secs(600),
            instant_say: false,
            verb_delay: Duration::ZERO,
            dial: DialOutcome::Completed(Duration::from_secs(1)),
            repeat_incoming: false,
            status_events: vec!["completed"],
            status_reversed: false,
            extra: Vec::new(),
        }
    }

    /// The caller's number, E.164.
    pub fn from(mut self, number: impl Into<String>) -> Self {
        self.from = number.into();
        self
    }

    /// `CA` and 32 hex digits, in place of a random one.
    pub fn call_sid(mut self, sid: impl Into<String>) -> Self {
        self.call_sid = sid.into();
        self
    }

    /// What the caller does once a stream is open. Without a script he hangs up at once.
    pub fn script(mut self, script: Script) -> Self {
        self.script = script;
        self
    }

    /// Takes `ws://` in TwiML, which Twilio does not (31922): for servers under test without TLS.
    pub fn allow_ws(mut self) -> Self {
        self.allow_ws = true;
        self
    }

    /// Requests for the origin `public` (`https://voice.example.com`, and its `wss://`) go to `local`
    /// (`http://127.0.0.1:4000`) as through a tunnel or load balancer: signed and named is what is public.
    pub fn tunnel(mut self, public: impl Into<String>, local: impl Into<String>) -> Self {
        let trim = |origin: String| origin.trim_end_matches('/').to_owned();
        self.tunnel = Some(Tunnel { public: trim(public.into()), local: trim(local.into()) });
        self
    }

    /// Signs webhooks with this instead of a true signature.
    pub fn forge_signature(mut self, signature: impl Into<String>) -> Self {
        self.forged_signature = Some(signature.into());
        self
    }

    /// Signs the socket's handshake with this instead of a true signature.
    pub fn forge_stream_signature(mut self, signature: impl Into<String>) -> Self {
        self.forged_stream_signature = Some(signature.into());
        self
    }

    /// See [`Start`].
    pub fn start(mut self, start: Start) -> Self {
        self.start = start;
        self
    }

    /// Does not keep the audio of both sides (16 kB a second).
    pub fn without_recording(mut self) -> Self {
        self.recording = false;
        self
    }

    /// The longest the call may last. Ten minutes unless set.
    pub fn time_limit(mut self, limit: Duration) -> Self {
        self.time_limit = limit;
        self
    }

    /// `<Say>` and `<Play>` take no time.
    pub fn instant_say(mut self) -> Self {
        self.instant_say = true;
        self
    }

    /// How long Twilio takes between the end of a stream and the next verb. No time unless set.
    pub fn verb_delay(mut self, delay: Duration) -> Self {
        self.verb_delay = delay;
        self
    }

    /// What becomes of a `<Dial>`: answered and over after a second, unless set.
    pub fn dial_outcome(mut self, outcome: DialOutcome) -> Self {
        self.dial = outcome;
        self
    }

    /// The answer to the first webhook gets lost: it is sent again with the same idempotency token, and the second
    /// answer is followed.
    pub fn repeat_incoming(mut self) -> Self {
        self.repeat_incoming = true;
        self
    }

    /// Which of `initiated`, `ringing`, `answered`, `completed` the number's status callback hears of. Only the last
    /// unless set.
    pub fn status_events(mut self, events: impl IntoIterator<Item = &'static str>) -> Self {
        self.status_events = events.into_iter().collect();
        self
    }

    /// Status callbacks come all at the end, the last first.
    pub fn status_out_of_order(mut self) -> Self {
        self.status_reversed = true;
        self
    }

    /// One more parameter in each webhook.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.extra.push((name.into(), value.into()));
        self
    }

    /// Places the call and stays with it to its end.
    pub async fn place(self) -> CallReport {
        let controls = self.account.call_begins(&self.call_sid);
        let began = Instant::now();
        let requester = Requester {
            auth_token: self.account.auth_token().to_owned(),
            tunnel: self.tunnel.clone(),
            forged_signature: self.forged_signature.clone(),
        };
        let mut call = Call {
            actor: Actor::new(self.script.clone()),
            timeline: Timeline { began, events: Vec::new(), troubles: Vec::new() },
            deadline: began + self.time_limit,
            caller: &self,
            requester,
            controls,
            status: "ringing",
            sequence: 0,
            held: Vec::new(),
            documents: 0,
            verbs: Vec::new(),
            dialled: Vec::new(),
            streams: Vec::new(),
            number: None,
        };
        let end = Box::pin(call.run()).await;
        self.account.call_ends(&self.call_sid);
        call.finish(&end).await;
        CallReport {
            call_sid: self.call_sid.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            events: call.timeline.events,
            verbs: call.verbs,
            dialled: call.dialled,
            troubles: call.timeline.troubles,
            streams: call.streams,
            end,
            duration: began.elapsed(),
        }
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

    /// `<Connect><Stream>`.
    async fn connect(&mut self, stream: twiml::Stream, action: Option<Callback>) -> Next {
        let stream_sid = sid("MZ");
        let (report, control) = match self.stream_url(&stream.url) {
            Err(trouble) => {
                self.timeline.trouble(trouble);
                (stream::not_connected(stream_sid.clone(), stream.parameters.clone()), None)
            }
            Ok((url, host)) => Box::pin(self.stream(&stream, stream_sid.clone(), url, host)).await,
        };
        let end = report.end;
        self.streams.push(report);
        let event = match end {
            StreamEnd::NotConnected | StreamEnd::ProtocolError | StreamEnd::Broken => "stream-error",
            _ => "stream-stopped",
        };
        self.stream_status(&stream, &stream_sid, event).await;
        match (end, control) {
            (_, Some(control)) => return self.obey(control).await,
            (StreamEnd::CallerHungUp, _) => return Next::End(EndReason::CallerHungUp),
            (StreamEnd::TimeLimit, _) => return Next::End(EndReason::TimeLimit),
            _ => {}
        }
        match self.rest(self.caller.verb_delay).await {
            Next::Verb => {}
            other => return other,
        }
        match action {
            Some(action) => self.redirect(&action, &[]).await,
            None => Next::Verb,
        }
    }

    async fn stream(
        &mut self,
        stream: &twiml::Stream,
        stream_sid: String,
        url: String,
        host: Option<String>,
    ) -> (StreamReport, Option<Control>) {
        let true_signature = || signature(self.caller.account.auth_token(), &stream.url, &[]);
        let setting = stream::Setting {
            account_sid: self.caller.account.sid(),
            call_sid: &self.caller.call_sid,
            stream_sid: stream_sid.clone(),
            parameters: stream.parameters.clone(),
            url,
            signature: self.caller.forged_stream_signature.clone().unwrap_or_else(true_signature),
            start: self.caller.start.clone(),
            recording: self.caller.recording,
            deadline: self.deadline,
        };
        let socket = match stream::connect(&setting, host.as_deref()).await {
            Ok(socket) => socket,
            Err(trouble) => {
                self.timeline.trouble(trouble);
                return (stream::not_connected(stream_sid, stream.parameters.clone()), None);
            }
        };
        self.stream_status(stream, &stream_sid, "stream-started").await;
        stream::run(socket, setting, &mut self.actor, &mut self.timeline, &mut self.controls).await
    }

    /// Where a stream's URL is reached, and the host to name there.
    fn stream_url(&self, url: &str) -> Result<(String, Option<String>), Trouble> {
        let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
        if scheme != "wss" && !(scheme == "ws" && self.caller.allow_ws) {
            return Err(Trouble::new(31_922, format!("{url}: the scheme must be wss")));
        }
        if rest.contains('?') {
            return Err(Trouble::new(31_920, format!("{url}: a stream URL has no query string, use <Parameter>")));
        }
        let web = format!("{}://{rest}", if scheme == "wss" { "https" } else { "http" });
        let reached = self.requester.reach(&web);
        if reached == web {
            return Ok((url.to_owned(), None));
        }
        let host = rest.split('/').next().map(str::to_owned);
        let (scheme, rest) = reached.split_once("://").unwrap_or(("http", &reached));
        Ok((format!("{}://{rest}", if scheme == "https" { "wss" } else { "ws" }), host))
    }

    async fn stream_status(&mut self, stream: &twiml::Stream, stream_sid: &str, event: &str) {
        let Some(callback) = &stream.status_callback else { return };
        let params = vec![
            ("AccountSid".to_owned(), self.caller.account.sid().to_owned()),
            ("CallSid".to_owned(), self.caller.call_sid.clone()),
            ("StreamSid".to_owned(), stream_sid.to_owned()),
            ("StreamName".to_owned(), stream.name.clone().unwrap_or_else(|| stream_sid.to_owned())),
            ("StreamEvent".to_owned(), event.to_owned()),
            ("Timestamp".to_owned(), chrono::Utc::now().to_rfc3339()),
        ];
        let answer = self.requester.request(callback, &params, Uuid::new_v4()).await;
        self.note_webhook(&callback.url, &answer.status, answer.took);
    }

    /// Gets a document, or the number's fallback in its place.
    async fn fetch(
        &mut self,
        callback: &Callback,
        extra: &[(&str, String)],
        token: Uuid,
    ) -> Result<VecDeque<Verb>, EndReason> {
        let trouble = match self.fetch_once(callback, extra, token).await {
            Ok(verbs) => return Ok(verbs),
            Err(trouble) => trouble,
        };
        let fallback = self.number.as_ref().and_then(|number| number.voice_fallback.clone());
        let extra = [("ErrorCode", trouble.code.to_string()), ("ErrorUrl", callback.url.clone())];
        self.timeline.trouble(trouble);
        if let Some(fallback) = fallback.filter(|fallback| fallback != callback) {
            match self.fetch_once(&fallback, &extra, Uuid::new_v4()).await {
                Ok(verbs) => return Ok(verbs),
                Err(trouble) => self.timeline.trouble(trouble),
            }
        }
        Err(EndReason::ApplicationError)
    }

    async fn fetch_once(
        &mut self,
        callback: &Callback,
        extra: &[(&str, String)],
        token: Uuid,
    ) -> Result<VecDeque<Verb>, Trouble> {
        self.documents += 1;
        if self.documents > DOCUMENTS_MAX {
            return Err(Trouble::new(11_200, "redirected more than a hundred times"));
        }
        let params = self.params(extra);
        let answer = self.requester.request(callback, &params, token).await;
        self.note_webhook(&callback.url, &answer.status, answer.took);
        let document = answer.outcome?;
        match document.content_type.as_str() {
            "text/xml" | "application/xml" | "text/html" => self.read(&document.body, &callback.url),
            "text/plain" => Ok(VecDeque::from([Verb::Say { text: document.body }])),
            _ if document.body == "<Response/>" => Ok(VecDeque::new()),
            other => Err(Trouble::new(11_200, format!("{}: content type {other:?}", callback.url))),
        }
    }

    fn read(&mut self, text: &str, base: &str) -> Result<VecDeque<Verb>, Trouble> {
        let twiml = twiml::parse(text, base)?;
        for warning in twiml.warnings {
            self.timeline.trouble(warning);
        }
        Ok(twiml.verbs.into())
    }

    fn note_webhook(&mut self, url: &str, status: &Option<u16>, took: Duration) {
        self.timeline.note(None, Event::Webhook { url: url.to_owned(), status: *status, took });
    }

    /// The parameters of every voice webhook.
    fn params(&self, extra: &[(&str, String)]) -> Vec<(String, String)> {
        let caller = self.caller;
        let mut params: Vec<(String, String)> = [
            ("AccountSid", caller.account.sid()),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", &caller.call_sid),
            ("CallStatus", self.status),
            ("Direction", "inbound"),
            ("From", &caller.from),
            ("Caller", &caller.from),
            ("To", &caller.to),
            ("Called", &caller.to),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
        for party in ["From", "Caller", "To", "Called"] {
            for (what, value) in [("City", "SAN FRANCISCO"), ("State", "CA"), ("Zip", "94105"), ("Country", "US")] {
                params.push((format!("{party}{what}"), value.to_owned()));
            }
        }
        params.extend(extra.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        params.extend(caller.extra.iter().cloned());
        params
    }

    /// Tells the number's status callback, or keeps it for later.
    async fn tell(&mut self, event: &str, status: &str) {
        if !self.caller.status_events.contains(&event) {
            return;
        }
        let mut params = self.params(&[
            ("CallbackSource", "call-progress-events".to_owned()),
            ("Timestamp", chrono::Utc::now().to_rfc2822()),
            ("SequenceNumber", self.sequence.to_string()),
        ]);
        for (name, value) in &mut params {
            if name == "CallStatus" {
                value.replace_range(.., status);
            }
        }
        if event == "completed" {
            let seconds = self.timeline.began.elapsed().as_secs();
            params.push(("CallDuration".to_owned(), seconds.to_string()));
            params.push(("Duration".to_owned(), seconds.div_ceil(60).to_string()));
        }
        self.sequence += 1;
        if self.caller.status_reversed {
            self.held.push(params);
        } else {
            self.send_status(&params).await;
        }
    }

    async fn send_status(&mut self, params: &[(String, String)]) {
        let Some(callback) = self.number.as_ref().and_then(|number| number.status_callback.clone()) else { return };
        let answer = self.requester.request(&callback, params, Uuid::new_v4()).await;
        self.note_webhook(&callback.url, &answer.status, answer.took);
        if let Err(trouble) = answer.outcome {
            self.timeline.trouble(trouble);
        }
    }

    async fn finish(&mut self, end: &EndReason) {
        let status = match end {
            EndReason::Rejected(_) => self.status,
            EndReason::ApplicationError if self.status == "ringing" => "failed",
            EndReason::NotInService => return,
            _ => "completed",
        };
        self.tell("completed", status).await;
        for params in std::mem::take(&mut self.held).into_iter().rev() {
            self.send_status(&params).await;
        }
    }
}

impl Method {
    /// As written in an HTTP request.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

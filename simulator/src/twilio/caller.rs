//! A call about to be placed, and how.

use std::time::Duration;

use super::{
    account::{Account, sid},
    call,
    report::CallReport,
    script::Script,
    webhook::Tunnel,
};

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
    pub(super) account: Account,
    pub(super) to: String,
    pub(super) from: String,
    pub(super) call_sid: String,
    pub(super) script: Script,
    pub(super) allow_ws: bool,
    pub(super) tunnel: Option<Tunnel>,
    pub(super) forged_signature: Option<String>,
    pub(super) forged_stream_signature: Option<String>,
    pub(super) start: Start,
    pub(super) recording: bool,
    pub(super) time_limit: Duration,
    pub(super) instant_say: bool,
    pub(super) verb_delay: Duration,
    pub(super) dial: DialOutcome,
    pub(super) repeat_incoming: bool,
    pub(super) status_events: Vec<&'static str>,
    pub(super) status_reversed: bool,
    pub(super) extra: Vec<(String, String)>,
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
        call::place(self).await
    }
}

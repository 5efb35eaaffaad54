//! Accounts, their numbers and their live calls.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::mpsc;
use uuid::Uuid;

use super::twiml::{Callback, Method};

/// A Twilio account. Shared by cloning.
#[derive(Clone)]
pub struct Account(Arc<Inner>);

struct Inner {
    sid: String,
    auth_token: String,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    status: Status,
    numbers: Vec<Number>,
    /// REST requests that are still to be answered with this status instead.
    failing: (u32, u16),
    calls: HashMap<String, mpsc::Sender<Control>>,
    /// WAV files by their SIDs.
    recordings: HashMap<String, Vec<u8>>,
    /// Calls that are over, and others that a test tells of; the oldest first.
    told: VecDeque<(String, CallState)>,
}

/// Calls that are remembered: more than a test has.
const REMEMBERED: usize = 1_000;

/// What REST says of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CallState {
    /// Twilio's `CallStatus`: `completed`, `no-answer`, …
    pub(super) status: String,
    /// Seconds; `None`: it is not over.
    pub(super) duration_s: Option<u64>,
}

/// What Twilio says of an account.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    #[default]
    Active,
    Suspended,
    Closed,
}

impl Status {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
        }
    }
}

/// What REST does to a live call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Control {
    Complete,
    Fetch(Callback),
    Twiml(String),
}

impl Account {
    /// The account of this SID (`AC` and 32 hex digits) and auth token.
    pub fn new(sid: impl Into<String>, auth_token: impl Into<String>) -> Self {
        Self(Arc::new(Inner { sid: sid.into(), auth_token: auth_token.into(), state: Mutex::default() }))
    }

    /// An account that nobody else has.
    pub fn random() -> Self {
        Self::new(sid("AC"), Uuid::new_v4().simple().to_string())
    }

    pub fn sid(&self) -> &str {
        &self.0.sid
    }

    pub fn auth_token(&self) -> &str {
        &self.0.auth_token
    }

    pub fn status(&self) -> Status {
        self.state().status
    }

    pub fn set_status(&self, status: Status) {
        self.state().status = status;
    }

    /// The next `times` requests over REST are answered with this status: 429, 503.
    pub fn fail_next(&self, times: u32, status: u16) {
        self.state().failing = (times, status);
    }

    /// The status of a failure that was asked for.
    pub(super) fn take_failure(&self) -> Option<u16> {
        let (left, status) = &mut self.state().failing;
        *left = left.checked_sub(1)?;
        Some(*status)
    }

    /// Gives the account a number; one that it has already is replaced.
    pub fn add(&self, number: Number) {
        let mut state = self.state();
        state.numbers.retain(|other| other.number != number.number);
        state.numbers.push(number);
    }

    /// Takes a number away: sold, or moved to a subaccount.
    pub fn remove(&self, number: &str) {
        self.state().numbers.retain(|other| other.number != number);
    }

    /// The number with these digits (E.164), as it is configured now.
    pub fn number(&self, number: &str) -> Option<Number> {
        self.state().numbers.iter().find(|other| other.number == number).cloned()
    }

    pub fn numbers(&self) -> Vec<Number> {
        self.state().numbers.clone()
    }

    /// SIDs of the calls that are live.
    pub fn live_calls(&self) -> Vec<String> {
        self.state().calls.keys().cloned().collect()
    }

    pub(super) fn change_number(&self, sid: &str, change: impl FnOnce(&mut Number)) -> Option<Number> {
        let mut state = self.state();
        let number = state.numbers.iter_mut().find(|number| number.sid == sid)?;
        change(number);
        Some(number.clone())
    }

    /// Has REST say this of a call that is not live, or was never placed.
    pub fn tell_of_call(&self, call_sid: &str, status: &str, duration_s: Option<u64>) {
        let mut state = self.state();
        state.told.retain(|(sid, _)| sid != call_sid);
        if state.told.len() >= REMEMBERED {
            state.told.pop_front();
        }
        state.told.push_back((call_sid.to_owned(), CallState { status: status.to_owned(), duration_s }));
    }

    /// What REST says of a call; `None`: there is no such call.
    pub(super) fn call(&self, call_sid: &str) -> Option<CallState> {
        let state = self.state();
        if state.calls.contains_key(call_sid) {
            return Some(CallState { status: "in-progress".to_owned(), duration_s: None });
        }
        state.told.iter().find(|(sid, _)| sid == call_sid).map(|(_, state)| state.clone())
    }

    pub(super) fn call_begins(&self, call_sid: &str) -> mpsc::Receiver<Control> {
        // REST says a handful of things to a call in its life; beyond that the request is refused.
        let (sender, receiver) = mpsc::channel(8);
        self.state().calls.insert(call_sid.to_owned(), sender);
        receiver
    }

    pub(super) fn call_ends(&self, call_sid: &str, duration: Duration) {
        self.state().calls.remove(call_sid);
        self.tell_of_call(call_sid, "completed", Some(duration.as_secs()));
    }

    /// SIDs of the recordings that are kept.
    pub fn recordings(&self) -> Vec<String> {
        self.state().recordings.keys().cloned().collect()
    }

    /// Has it a recording of this SID, a WAV file.
    pub fn keep_recording(&self, sid: &str, wav: Vec<u8>) {
        self.state().recordings.insert(sid.to_owned(), wav);
    }

    pub(super) fn recording(&self, sid: &str) -> Option<Vec<u8>> {
        self.state().recordings.get(sid).cloned()
    }

    /// Whether it was there.
    pub(super) fn delete_recording(&self, sid: &str) -> bool {
        self.state().recordings.remove(sid).is_some()
    }

    /// Whether the call was live and could be told.
    pub(super) fn control(&self, call_sid: &str, control: Control) -> bool {
        let sender = self.state().calls.get(call_sid).cloned();
        sender.is_some_and(|sender| sender.try_send(control).is_ok())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account").field("sid", &self.0.sid).finish_non_exhaustive()
    }
}

/// A phone number of an account, and what it does when it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// `PN` and 32 hex digits.
    pub sid: String,
    /// E.164.
    pub number: String,
    pub voice: Option<Callback>,
    pub voice_fallback: Option<Callback>,
    pub status_callback: Option<Callback>,
    /// A TwiML application. Set: what REST says about the three above is ignored, as with Twilio.
    pub voice_application_sid: Option<String>,
    /// A SIP trunk: the same.
    pub trunk_sid: Option<String>,
    /// Whether it takes calls.
    pub voice_capable: bool,
}

impl Number {
    /// A number (E.164) that is not configured yet.
    pub fn new(number: impl Into<String>) -> Self {
        Self {
            sid: sid("PN"),
            number: number.into(),
            voice: None,
            voice_fallback: None,
            status_callback: None,
            voice_application_sid: None,
            trunk_sid: None,
            voice_capable: true,
        }
    }

    /// Requested by POST when a call comes in.
    pub fn voice_url(mut self, url: impl Into<String>) -> Self {
        self.voice = Some(Callback { url: url.into(), method: Method::Post });
        self
    }

    /// Requested by POST when the voice URL (or one that followed) fails.
    pub fn fallback_url(mut self, url: impl Into<String>) -> Self {
        self.voice_fallback = Some(Callback { url: url.into(), method: Method::Post });
        self
    }

    /// Calls go to a SIP trunk of this SID (`TK…`).
    pub fn trunk(mut self, sid: impl Into<String>) -> Self {
        self.trunk_sid = Some(sid.into());
        self
    }

    /// Told by POST about the end of each call.
    pub fn status_callback(mut self, url: impl Into<String>) -> Self {
        self.status_callback = Some(Callback { url: url.into(), method: Method::Post });
        self
    }
}

/// A new SID with this prefix.
pub(super) fn sid(prefix: &str) -> String {
    format!("{prefix}{}", Uuid::new_v4().simple())
}

//! What a simulated call leaves behind.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use super::twiml::Verb;
use crate::audio;

/// Something that Twilio would note in its debugger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Twilio's error code.
    pub code: u32,
    pub message: String,
}

impl Trouble {
    pub fn new(code: u32, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

/// All that happened on one call.
#[derive(Clone, Debug)]
pub struct CallReport {
    pub call_sid: String,
    pub from: String,
    pub to: String,
    /// In order, from the first webhook on.
    pub events: Vec<Timed>,
    /// Verbs followed, in order.
    pub verbs: Vec<Verb>,
    /// What `<Dial>` was told to dial.
    pub dialled: Vec<String>,
    /// Errors and warnings as Twilio would log them. 31921 stands for every socket that the server closed, intended
    /// or not, as with Twilio: [`faults`](Self::faults) leaves it out.
    pub troubles: Vec<Trouble>,
    /// One for each media stream, in order.
    pub streams: Vec<StreamReport>,
    pub end: EndReason,
    /// From the first webhook to the end of the call.
    pub duration: Duration,
}

impl CallReport {
    /// What went wrong: every trouble but a socket closed by the server.
    pub fn faults(&self) -> Vec<&Trouble> {
        self.troubles.iter().filter(|trouble| trouble.code != 31_921).collect()
    }

    /// All that the caller said, of all streams.
    pub fn utterances(&self) -> impl Iterator<Item = &Utterance> {
        self.streams.iter().flat_map(|stream| &stream.utterances)
    }

    /// Replies as heard: from the end of the caller's speech to the first audible frame, where there was a reply.
    pub fn reply_latencies(&self) -> Vec<Duration> {
        self.utterances().filter_map(|utterance| utterance.reply).collect()
    }

    /// Gaps in the agent's speech, of all streams.
    pub fn underruns(&self) -> impl Iterator<Item = &Underrun> {
        self.streams.iter().flat_map(|stream| &stream.underruns)
    }

    /// Writes what both sides said as a stereo WAV file, the caller left and the agent right, streams one after
    /// another. Empty when the call was placed without recording.
    pub fn write_wav(&self, path: impl AsRef<Path>) -> Result<(), hound::Error> {
        let said: Vec<u8> = self.streams.iter().flat_map(|stream| stream.said.iter().copied()).collect();
        let heard: Vec<u8> = self.streams.iter().flat_map(|stream| stream.heard.iter().copied()).collect();
        audio::write_stereo(path, &said, &heard)
    }
}

/// Why a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndReason {
    /// The script said so, or had no more steps.
    CallerHungUp,
    /// `<Hangup/>`.
    HungUp,
    /// `<Reject>`: the reason.
    Rejected(String),
    /// The last verb was followed and nothing came after it.
    OutOfVerbs,
    /// `Status=completed` over REST.
    CompletedByRest,
    /// A webhook could not be had, nor its fallback: the caller hears "an application error has occurred".
    ApplicationError,
    /// The account has no such number, or the number no voice URL.
    NotInService,
    /// [`Caller::time_limit`](super::Caller::time_limit).
    TimeLimit,
}

/// An event and when it happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// Since the call was placed.
    pub at: Duration,
    /// On the media clock of the stream: milliseconds since `start`. `None` outside of a stream.
    pub media_ms: Option<u64>,
    pub event: Event,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A webhook was answered (or not: no status).
    Webhook {
        url: String,
        status: Option<u16>,
        took: Duration,
    },
    Verb(Verb),
    /// `start` was sent.
    StreamStarted {
        stream_sid: String,
    },
    /// The first frame with speech of a clip was sent.
    CallerSpeaks {
        clip: String,
    },
    /// The last frame with speech of a clip was sent.
    CallerStops {
        clip: String,
    },
    Pressed(char),
    /// The first audible frame after silence was heard.
    AgentSpeaks,
    /// Nothing audible for [`Script::settle`](super::Script::settle), nothing buffered, no mark pending.
    AgentStops,
    /// A mark was echoed because playback reached it.
    Mark(String),
    /// A mark was echoed because of a `clear`.
    MarkDropped(String),
    /// `clear` came and dropped so many milliseconds.
    Cleared {
        dropped_ms: u64,
    },
    Underrun(Underrun),
    /// A step of the script waited as long as it may.
    GaveUpWaiting {
        step: String,
    },
    StreamEnded(StreamEnd),
    Trouble(Trouble),
}

/// One media stream.
#[derive(Clone, Debug)]
pub struct StreamReport {
    pub stream_sid: String,
    pub parameters: Vec<(String, String)>,
    /// When `start` was sent: the zero of the media clock, and of the durations below.
    pub started: Instant,
    /// From `start` to the first audible frame received.
    pub greeting: Option<Duration>,
    pub utterances: Vec<Utterance>,
    pub underruns: Vec<Underrun>,
    /// `media` messages received.
    pub messages: u64,
    /// Of these, not a whole number of 20 ms frames long: Twilio plays them, the last sample lands in mid-frame.
    pub ragged: u64,
    /// The most that was ever buffered.
    pub buffered_max_ms: u64,
    /// What the caller sent, µ-law from the start of the stream; empty without recording.
    pub said: Vec<u8>,
    /// What the caller heard, aligned to `said`.
    pub heard: Vec<u8>,
    pub lateness: Lateness,
    /// Length on the media clock.
    pub length_ms: u64,
    pub end: StreamEnd,
}

/// Why a stream ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StreamEnd {
    /// It was not there to begin with: no connection, no upgrade, bad URL.
    NotConnected,
    /// The server closed the socket properly.
    ServerClosed,
    /// The connection broke.
    Broken,
    /// The server sent what Twilio does not take.
    ProtocolError,
    CallerHungUp,
    /// The script dropped the socket; the call goes on with the next verb.
    Dropped,
    /// The call was completed or redirected over REST.
    Rest,
    TimeLimit,
}

/// One thing said by the caller. Durations count from [`StreamReport::started`] unless said otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Utterance {
    pub clip: String,
    /// Media clock at the first and after the last frame with speech.
    pub started_ms: u64,
    pub stopped_ms: Option<u64>,
    /// When these two frames were sent.
    pub started: Duration,
    pub stopped: Option<Duration>,
    /// The agent was speaking when the caller began.
    pub over_agent: bool,
    /// From the first frame with speech to `clear`; `None`: none came before the next utterance.
    pub cleared: Option<Duration>,
    /// From the last frame with speech to the first audible frame received of the reply.
    pub reply: Option<Duration>,
    /// The same as heard, after the playback buffer: a multiple of 20 ms.
    pub reply_heard_ms: Option<u64>,
    /// The agent began to speak before the caller had finished.
    pub talked_over: bool,
}

/// The playback buffer ran dry when it should not have.
///
/// That is: nothing was left to play for one or more whole frames between two pieces of agent audio, with no `clear`
/// and no beginning of caller speech in between, and either no mark stood between the two (the gap was *within a
/// sentence*), or one did and the gap was shorter than a second (a stall between two sentences of one utterance).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Underrun {
    /// Media clock at its beginning.
    pub at_ms: u64,
    pub ms: u64,
    pub within_sentence: bool,
}

/// How punctual the simulator itself was: frames are due every 20 ms from the start of the stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lateness {
    pub frames: u64,
    /// Sent more than 10 ms after they were due.
    pub late: u64,
    /// Sent more than 20 ms after.
    pub very_late: u64,
    pub max: Duration,
}

impl Lateness {
    pub(crate) fn note(&mut self, late_by: Duration) {
        self.frames += 1;
        self.late += u64::from(late_by > Duration::from_millis(10));
        self.very_late += u64::from(late_by > Duration::from_millis(20));
        self.max = self.max.max(late_by);
    }
}

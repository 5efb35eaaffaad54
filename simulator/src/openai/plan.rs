//! What the fake is to do: texts, replies, delays, faults.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::Arc,
    time::Duration,
};

use super::chat::{ChatRequest, Reply};

/// One of the four paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// `POST /v1/audio/transcriptions`
    Transcriptions,
    /// `POST /v1/chat/completions`
    Chat,
    /// `POST /v1/audio/speech`
    Speech,
    /// `GET /v1/models`
    Models,
}

/// How slow an endpoint is. No time at all unless set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delays {
    /// From the request to the first byte of the answer: the first token, the first audio.
    pub first: Duration,
    /// Between two tokens, or two chunks of 100 ms of audio. Zero: everything follows at once.
    pub between: Duration,
}

impl Delays {
    /// So many milliseconds to the first byte.
    pub const fn first(ms: u64) -> Self {
        Self { first: Duration::from_millis(ms), between: Duration::ZERO }
    }

    /// And so many between two pieces.
    pub const fn between(mut self, ms: u64) -> Self {
        self.between = Duration::from_millis(ms);
        self
    }
}

/// Which requests of an endpoint a fault befalls. They count from 1, from the fake's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Always,
    Nth(u64),
    /// The first so many.
    First(u64),
    /// This one and all after it.
    From(u64),
    /// Each one whose number is a multiple of this.
    Every(u64),
}

impl When {
    const fn fits(self, n: u64) -> bool {
        match self {
            Self::Always => true,
            Self::Nth(nth) => n == nth,
            Self::First(count) => n <= count,
            Self::From(first) => n >= first,
            Self::Every(step) => step > 0 && n.is_multiple_of(step),
        }
    }
}

/// What can go wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// 429 `rate_limit_exceeded` with `Retry-After` (seconds, rounded up) and `retry-after-ms`.
    RateLimited { retry_after: Duration },
    /// 429 `insufficient_quota`: trying again does not help.
    QuotaExhausted,
    /// This status with an error body.
    Status(u16),
    /// No answer, ever.
    Hang,
    /// Half of the answer, then nothing more.
    HangMidway,
    /// Half of the answer, then the connection breaks.
    CutMidway,
    /// 200 with the right content type and bytes that make no sense.
    Garbage,
    /// 200 whose body is an error in JSON.
    ErrorWith200,
    /// 200 with a page of HTML, as captive portals and proxies give.
    Html,
}

/// What is known of a recording to be transcribed.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// The number of the request, from 1.
    pub n: u64,
    /// Length of the recording in milliseconds; 0 if it is no WAV file.
    pub ms: u64,
    /// Samples a second; 0 if it is no WAV file.
    pub rate: u32,
    pub bytes: usize,
}

#[derive(Clone)]
pub(super) struct TranscribeWith(pub Arc<dyn Fn(&Heard) -> String + Send + Sync>);

#[derive(Clone)]
pub(super) struct ReplyWith(pub Arc<dyn Fn(&ChatRequest) -> Reply + Send + Sync>);

impl fmt::Debug for TranscribeWith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TranscribeWith")
    }
}

impl fmt::Debug for ReplyWith {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReplyWith")
    }
}

#[derive(Debug)]
pub(super) struct Plan {
    pub key: Option<String>,
    pub transcripts: VecDeque<String>,
    pub transcribe_with: TranscribeWith,
    pub replies: VecDeque<Reply>,
    pub reply_with: ReplyWith,
    pub delays: HashMap<Endpoint, Delays>,
    pub faults: Vec<(Endpoint, When, Fault)>,
    /// Models that go out of service, with the day.
    pub endings: Vec<(String, String)>,
    counts: HashMap<Endpoint, u64>,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            key: None,
            transcripts: VecDeque::new(),
            transcribe_with: TranscribeWith(Arc::new(|_| "hello".to_owned())),
            replies: VecDeque::new(),
            reply_with: ReplyWith(Arc::new(|chat| {
                let said = || format!("You said: {}", chat.last_user());
                Reply::say(chat.fitting().map_or_else(said, |json| json.to_string()))
            })),
            delays: HashMap::new(),
            faults: Vec::new(),
            endings: Vec::new(),
            counts: HashMap::new(),
        }
    }
}

impl Plan {
    /// The number of this request.
    pub fn count(&mut self, endpoint: Endpoint) -> u64 {
        let count = self.counts.entry(endpoint).or_default();
        *count += 1;
        *count
    }

    pub fn fault_of(&self, endpoint: Endpoint, n: u64) -> Option<Fault> {
        let fits = |(at, when, _): &&(Endpoint, When, Fault)| *at == endpoint && when.fits(n);
        self.faults.iter().find(fits).map(|(_, _, fault)| fault.clone())
    }

    pub fn delays_of(&self, endpoint: Endpoint) -> Delays {
        self.delays.get(&endpoint).copied().unwrap_or_default()
    }
}

//! What was asked and when it was answered.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::plan::{Delays, Endpoint, Fault};

/// One request as it came and went.
#[derive(Clone, Debug)]
pub struct Request {
    pub endpoint: Endpoint,
    /// Counts from 1 for each endpoint.
    pub n: u64,
    pub received: Instant,
    /// When the first byte of the answer's body was handed to the connection.
    pub first_byte: Option<Instant>,
    /// When each piece of a streamed answer was handed to the connection: tokens, chunks of audio.
    pub pieces: Vec<Instant>,
    /// When the last one was; `None`: still going on, hanging, or given up by the client.
    pub finished: Option<Instant>,
    /// The client went away before the end of the answer.
    pub given_up: bool,
    /// HTTP status of the answer.
    pub status: Option<u16>,
    pub fault: Option<Fault>,
    /// Transcriptions: the text that was answered. Chat: the last user message. Speech: the text to be spoken.
    pub text: String,
    /// Transcriptions: length of the recording.
    pub audio_ms: u64,
    /// The request's JSON, or the fields of its form; null when bodies are not kept.
    pub body: Value,
}

#[derive(Debug)]
pub(super) struct Log {
    requests: Mutex<Vec<Request>>,
    keep_bodies: bool,
}

impl Log {
    pub fn new(keep_bodies: bool) -> Self {
        Self { requests: Mutex::default(), keep_bodies }
    }

    pub fn requests(&self) -> Vec<Request> {
        self.lock().clone()
    }

    pub fn forget(&self) {
        self.lock().clear();
    }

    pub fn admit(self: &Arc<Self>, endpoint: Endpoint, n: u64, received: Instant, gone: CancellationToken) -> Ticket {
        self.lock().push(Request {
            endpoint,
            n,
            received,
            first_byte: None,
            pieces: Vec::new(),
            finished: None,
            given_up: false,
            status: None,
            fault: None,
            text: String::new(),
            audio_ms: 0,
            body: Value::Null,
        });
        Ticket { log: Arc::clone(self), endpoint, n, gone, fault: None, done: false }
    }

    fn change(&self, endpoint: Endpoint, n: u64, change: impl FnOnce(&mut Request)) {
        let mut requests = self.lock();
        // The latest are at the end.
        if let Some(request) = requests.iter_mut().rfind(|request| request.endpoint == endpoint && request.n == n) {
            change(request);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Request>> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Follows one request. Dropped before its end, the client has given up.
#[derive(Debug)]
pub(super) struct Ticket {
    log: Arc<Log>,
    endpoint: Endpoint,
    n: u64,
    /// Fires when the client is gone.
    pub gone: CancellationToken,
    pub fault: Option<Fault>,
    done: bool,
}

impl Ticket {
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Until the first byte is due, or the client has gone.
    pub async fn wait(&self, delays: Delays) {
        if !delays.first.is_zero() {
            let _ = self.gone.run_until_cancelled(tokio::time::sleep(delays.first)).await;
        }
    }

    pub fn with_fault(mut self, fault: Option<Fault>) -> Self {
        self.change(|request| request.fault.clone_from(&fault));
        self.fault = fault;
        self
    }

    pub fn note(&mut self, text: String, audio_ms: u64, body: Value) {
        let keep = self.log.keep_bodies;
        self.change(|request| {
            request.text = text;
            request.audio_ms = audio_ms;
            if keep {
                request.body = body;
            }
        });
    }

    pub fn status(&self, status: u16) {
        self.change(|request| request.status = Some(status));
    }

    /// A piece of the answer goes out now.
    pub fn piece(&self) {
        self.change(|request| {
            let now = Instant::now();
            request.first_byte.get_or_insert(now);
            request.pieces.push(now);
        });
    }

    pub fn finished(&mut self) {
        self.done = true;
        self.change(|request| request.finished = Some(Instant::now()));
    }

    fn change(&self, change: impl FnOnce(&mut Request)) {
        self.log.change(self.endpoint, self.n, change);
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        if !self.done {
            self.change(|request| request.given_up = true);
        }
    }
}

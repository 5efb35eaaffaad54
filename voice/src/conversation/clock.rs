//! The media clock: milliseconds since the line's first sample, carried on by the wall clock between frames.

use tokio::time::Instant;

/// Never runs backwards.
#[derive(Debug)]
pub struct Clock {
    /// The line said `line_ms` at `seen`.
    line_ms: u64,
    seen: Instant,
    latest: u64,
}

impl Clock {
    /// Starts at 0 now.
    pub fn start(now: Instant) -> Self {
        Self { line_ms: 0, seen: now, latest: 0 }
    }

    /// A chunk whose last sample is at `end_ms` has come in.
    pub fn set(&mut self, end_ms: u64, now: Instant) {
        self.line_ms = end_ms;
        self.seen = now;
    }

    /// The time now.
    pub fn now(&mut self, now: Instant) -> u64 {
        self.latest = self.latest.max(self.at(now));
        self.latest
    }

    /// What the clock said, or will say, at `instant`.
    pub fn at(&self, instant: Instant) -> u64 {
        match instant.checked_duration_since(self.seen) {
            Some(since) => self.line_ms + since.as_millis() as u64,
            None => self.line_ms.saturating_sub((self.seen - instant).as_millis() as u64),
        }
    }
}

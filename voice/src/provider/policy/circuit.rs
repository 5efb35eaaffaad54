//! Whether a provider is asked at all: a small state machine that is told the time.

use std::time::Duration;

use tokio::time::Instant;

use crate::provider::{ErrorKind, ProviderError};

/// How long a provider with a refused key or an empty account is left alone. A person has to heal that; until
/// then one call a minute pays for finding out, with one short refusal.
const HOPELESS: Duration = Duration::from_secs(60);
/// How long one that keeps failing is left alone. Most outages and restarts are over in less, or last for minutes.
const FAILING: Duration = Duration::from_secs(10);
/// Failures in a row that make it one: two happen by chance, and each costs a caller a deadline of silence.
const FAILURES: u32 = 3;

/// The memory of one provider's failures.
#[derive(Debug, Default)]
pub(super) struct Circuit {
    failures: u32,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    until: Instant,
    cause: ProviderError,
}

/// What a failure did to the circuit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It was counted.
    Counted,
    /// It opened the circuit just now.
    Opened,
    /// It kept it open.
    StillOpen,
}

impl Circuit {
    /// Whether to ask now. When an open circuit's time is up, one asks on behalf of all: the others go on
    /// passing by until that one has succeeded.
    pub fn admits(&mut self, now: Instant) -> bool {
        match &mut self.open {
            None => true,
            Some(open) if now < open.until => false,
            Some(open) => {
                open.until = now + period(open.cause.kind);
                true
            }
        }
    }

    /// Whether [`admits`](Self::admits) would, without taking the turn.
    pub fn would_admit(&self, now: Instant) -> bool {
        self.open.as_ref().is_none_or(|open| now >= open.until)
    }

    /// Why the circuit is open.
    pub fn cause(&self) -> Option<&ProviderError> {
        self.open.as_ref().map(|open| &open.cause)
    }

    /// Whether asking would be wasted even if there is nobody else to ask.
    pub fn is_hopeless(&self) -> bool {
        self.cause().is_some_and(|cause| is_hopeless(cause.kind))
    }

    pub fn succeeded(&mut self) {
        *self = Self::default();
    }

    pub fn failed(&mut self, error: &ProviderError, now: Instant) -> Verdict {
        // A refused request says nothing about the provider's health.
        if error.kind == ErrorKind::Refused {
            return Verdict::Counted;
        }
        self.failures += 1;
        if !is_hopeless(error.kind) && self.failures < FAILURES && self.open.is_none() {
            return Verdict::Counted;
        }
        let verdict = if self.open.is_some() { Verdict::StillOpen } else { Verdict::Opened };
        let wait = error.retry_after.unwrap_or_default().clamp(period(error.kind), HOPELESS);
        self.open = Some(Open { until: now + wait, cause: error.clone() });
        verdict
    }
}

fn is_hopeless(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::QuotaExhausted | ErrorKind::Unauthorized)
}

fn period(kind: ErrorKind) -> Duration {
    if is_hopeless(kind) { HOPELESS } else { FAILING }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(kind: ErrorKind) -> ProviderError {
        ProviderError { provider: "p".into(), kind, message: String::new(), retry_after: None }
    }

    #[test]
    fn a_refused_key_opens_at_once_and_one_asks_again_after_a_minute() {
        let (mut circuit, start) = (Circuit::default(), Instant::now());
        assert_eq!(circuit.failed(&error(ErrorKind::Unauthorized), start), Verdict::Opened);
        assert!(circuit.is_hopeless());
        assert!(!circuit.admits(start + Duration::from_secs(59)));
        assert!(circuit.admits(start + Duration::from_secs(60)));
        assert!(!circuit.admits(start + Duration::from_secs(61)), "the second waits for the first");
        assert_eq!(
            circuit.failed(&error(ErrorKind::Unauthorized), start + Duration::from_secs(61)),
            Verdict::StillOpen
        );
        assert!(circuit.admits(start + Duration::from_secs(121)));
        circuit.succeeded();
        assert!(circuit.admits(start + Duration::from_secs(121)));
    }

    #[test]
    fn only_failures_in_a_row_open_and_for_less_long() {
        let (mut circuit, now) = (Circuit::default(), Instant::now());
        for _ in 0..2 {
            assert_eq!(circuit.failed(&error(ErrorKind::Timeout), now), Verdict::Counted);
        }
        circuit.succeeded();
        for _ in 0..2 {
            assert_eq!(circuit.failed(&error(ErrorKind::Unavailable), now), Verdict::Counted);
        }
        assert_eq!(circuit.failed(&error(ErrorKind::Timeout), now), Verdict::Opened);
        assert!(!circuit.is_hopeless());
        assert!(!circuit.admits(now + Duration::from_secs(9)));
        assert!(circuit.admits(now + Duration::from_secs(10)));
    }

    #[test]
    fn a_wrong_request_never_opens() {
        let (mut circuit, now) = (Circuit::default(), Instant::now());
        for _ in 0..10 {
            assert_eq!(circuit.failed(&error(ErrorKind::Refused), now), Verdict::Counted);
        }
        assert!(circuit.admits(now));
    }

    #[test]
    fn the_provider_may_ask_for_a_longer_pause_within_reason() {
        let (mut circuit, now) = (Circuit::default(), Instant::now());
        let limited =
            |secs| ProviderError { retry_after: Some(Duration::from_secs(secs)), ..error(ErrorKind::RateLimited) };
        for _ in 0..3 {
            circuit.failed(&limited(30), now);
        }
        assert!(!circuit.admits(now + Duration::from_secs(29)) && circuit.admits(now + Duration::from_secs(30)));
        circuit.failed(&limited(86_400), now);
        assert!(circuit.admits(now + Duration::from_secs(60)));
    }
}

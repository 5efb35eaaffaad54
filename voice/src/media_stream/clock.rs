//! The stream's clock, made trustworthy.

/// How far the stream's clock may run ahead of ours before it is not believed: the two start at different
/// moments, and a burst after a stall on the way arrives faster than it was spoken.
const AHEAD_MS: u64 = 2_000;

/// Brings the timestamps of one stream into a sane order: never backwards, never far ahead of the wall clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct StreamClock {
    last_ms: u64,
}

impl StreamClock {
    /// The time to believe, milliseconds since the stream began, for a message that claims `claimed_ms` and
    /// came `elapsed_ms` after the first. A claim more than two seconds ahead of that is cut to it, an earlier
    /// one than the last to the last. One that lags is kept: audio may be late.
    pub fn trust(&mut self, claimed_ms: u64, elapsed_ms: u64) -> u64 {
        let believed = if claimed_ms > elapsed_ms.saturating_add(AHEAD_MS) { elapsed_ms } else { claimed_ms };
        self.last_ms = self.last_ms.max(believed);
        self.last_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sane_clock_is_kept() {
        let mut clock = StreamClock::default();
        for (claimed, elapsed) in [(0, 0), (20, 25), (40, 45), (1_500, 60), (1_520, 9_000)] {
            assert_eq!(clock.trust(claimed, elapsed), claimed);
        }
    }

    #[test]
    fn a_jump_is_cut_and_the_stream_recovers() {
        let mut clock = StreamClock::default();
        assert_eq!(clock.trust(100, 100), 100);
        assert_eq!(clock.trust(u64::MAX, 120), 120);
        assert_eq!(clock.trust(0, 140), 120);
        assert_eq!(clock.trust(160, 160), 160);
    }
}

//! Both sides on one clock.

use bytes::Bytes;
use tokio::time::Instant;

use super::{
    lane::Lane,
    tap::{Passed, Piece},
};
use crate::{
    audio::{Pcm16Decoder, Resampler, mulaw},
    conversation::Clock,
    line::AudioFormat,
    provider::Speech,
};

/// Audio of a line without a clock that comes this near to the end of what came before continues it: how evenly it comes is the
/// network's doing.
const JITTER_MS: u64 = 300;
/// A line without a clock is written down this long after the fact, so that what was late finds its place.
const SETTLING_MS: u64 = 500;
/// A line that stalls is waited for: what it was told meanwhile comes later, in a burst. No longer than this, so that memory
/// stays bounded; a stream that is silent for 20 s is given up anyway.
const STALL_MS: u64 = 20_000;
/// What may be waiting to be played: the longest reply that is handed over as a file.
const AHEAD_MS: u64 = 180_000;

/// Lays down what both sides of one line hear; left is the caller, right the agent.
///
/// The agent is heard as the line plays it: what is sent waits for what was sent before, and what is cleared was never
/// heard. The way over the network is not known, so the agent stands on the tape as early as that takes, some 50 ms.
pub struct Tape {
    rate: u32,
    clock: Clock,
    has_clock: bool,
    caller: Side,
    agent: Side,
    /// Samples taken.
    taken: u64,
    left: Vec<i16>,
    right: Vec<i16>,
}

struct Side {
    format: AudioFormat,
    decoder: Pcm16Decoder,
    resampler: Resampler,
    lane: Lane,
}

impl Side {
    fn new(format: AudioFormat, rate: u32) -> Self {
        let resampler = Resampler::new(format.rate(), rate);
        Self { format, decoder: Pcm16Decoder::default(), resampler, lane: Lane::default() }
    }

    fn samples(&mut self, bytes: &Bytes) -> Vec<i16> {
        let (mut own, mut pcm) = (Vec::new(), Vec::new());
        match self.format {
            AudioFormat::Mulaw8k => mulaw::decode_into(bytes, &mut own),
            AudioFormat::Pcm16 { .. } => self.decoder.push(bytes, &mut own),
        }
        self.resampler.process(&own, &mut pcm);
        pcm
    }
}

impl Tape {
    /// An empty tape for a line that begins `now`; it has the rate of the line's input.
    pub fn new(input: AudioFormat, output: AudioFormat, now: Instant) -> Self {
        let rate = input.rate();
        Self {
            rate,
            clock: Clock::start(now),
            has_clock: false,
            caller: Side::new(input, rate),
            agent: Side::new(output, rate),
            taken: 0,
            left: Vec::new(),
            right: Vec::new(),
        }
    }

    /// Samples of one side a second.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// Lays down what passed. Pieces come in order.
    pub fn lay(&mut self, piece: Piece) {
        let Piece { at, passed } = piece;
        match passed {
            Passed::Heard { at_ms: Some(at_ms), bytes } => {
                self.has_clock = true;
                self.clock.set(at_ms + self.caller.format.ms_of(bytes.len()), at);
                let pcm = self.caller.samples(&bytes);
                let limit = self.samples(at_ms + STALL_MS);
                self.caller.lane.lay(self.samples(at_ms), pcm, limit);
            }
            Passed::Heard { at_ms: None, bytes } => {
                let pcm = self.caller.samples(&bytes);
                self.lay_unclocked(pcm, at, true);
            }
            Passed::Utterance(pcm) => {
                let mut own = Vec::new();
                Resampler::new(Speech::RATE, self.rate).process(&pcm, &mut own);
                self.lay_unclocked(own, at, false);
            }
            Passed::Said(bytes) => {
                let pcm = self.agent.samples(&bytes);
                let now = self.now(at);
                let begin = self.agent.lane.end().max(now);
                self.agent.lane.lay(begin, pcm, now + self.samples(AHEAD_MS));
            }
            Passed::Cleared => {
                let now = self.now(at);
                self.agent.lane.cut(now);
            }
        }
    }

    /// What came just now ended just now; an utterance that came as a file stands where it was handed over.
    fn lay_unclocked(&mut self, pcm: Vec<i16>, at: Instant, was_live: bool) {
        let (now, end) = (self.now(at), self.caller.lane.end());
        let begin = if was_live { now.saturating_sub(pcm.len() as u64) } else { now };
        let begin = if begin.abs_diff(end) <= self.samples(JITTER_MS) { end } else { begin };
        self.caller.lane.lay(begin, pcm, now + self.samples(AHEAD_MS));
    }

    /// Appends what has settled by `now` to `out`, left and right in turn.
    pub fn take(&mut self, now: Instant, out: &mut Vec<i16>) {
        let reckoned = self.now(now);
        let settled = if self.has_clock {
            // Up to where the caller was heard nothing can change any more.
            self.caller.lane.end().min(reckoned).max(reckoned.saturating_sub(self.samples(STALL_MS)))
        } else {
            reckoned.saturating_sub(self.samples(SETTLING_MS))
        };
        self.take_until(settled, out);
    }

    /// Appends all that was heard by `now`, at the end of the line.
    pub fn finish(mut self, now: Instant, out: &mut Vec<i16>) {
        let end = self.now(now);
        self.take_until(end, out);
    }

    fn take_until(&mut self, to: u64, out: &mut Vec<i16>) {
        let Some(count) = to.checked_sub(self.taken).map(|count| count as usize) else { return };
        self.left.resize(count, 0);
        self.right.resize(count, 0);
        self.caller.lane.take(self.taken, &mut self.left);
        self.agent.lane.take(self.taken, &mut self.right);
        out.extend(self.left.iter().zip(&self.right).flat_map(|(&left, &right)| [left, right]));
        self.taken = to;
    }

    /// The line's clock at this moment, in samples.
    fn now(&mut self, at: Instant) -> u64 {
        let ms = self.clock.now(at);
        self.samples(ms)
    }

    fn samples(&self, ms: u64) -> u64 {
        ms * u64::from(self.rate) / 1_000
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    const LINE: AudioFormat = AudioFormat::Mulaw8k;

    /// A tape and its beginning.
    fn tape() -> (Tape, Instant) {
        let now = Instant::now();
        (Tape::new(LINE, LINE, now), now)
    }

    fn piece(at: Instant, passed: Passed) -> Piece {
        Piece { at, passed }
    }

    fn sound(level: i16, ms: u64) -> Bytes {
        let mut bytes = Vec::new();
        mulaw::encode_into(&vec![level; LINE.bytes_in(ms)], &mut bytes);
        bytes.into()
    }

    /// The caller speaks at `level` from `from` to `to`, in frames, as they come over a line that lags by 30 ms.
    fn speak(tape: &mut Tape, began: Instant, level: i16, from: u64, to: u64) {
        for at_ms in (from..to).step_by(20) {
            let passed = Passed::Heard { at_ms: Some(at_ms), bytes: sound(level, 20) };
            tape.lay(piece(began + Duration::from_millis(at_ms + 20), passed));
        }
    }

    /// Where a side is loud, in milliseconds: from and to.
    fn loud(taken: &[i16], side: usize) -> Vec<(usize, usize)> {
        let ms: Vec<bool> = taken.chunks_exact(16).map(|ms| ms[side].unsigned_abs() > 500).collect();
        let mut spans = Vec::new();
        for (at, _) in ms.iter().enumerate().filter(|(_, loud)| **loud) {
            match spans.last_mut() {
                Some((_, to)) if *to == at => *to = at + 1,
                _ => spans.push((at, at + 1)),
            }
        }
        spans
    }

    #[test]
    fn both_sides_stand_at_their_times_and_silence_is_kept() {
        let (mut tape, began) = tape();
        let mut taken = Vec::new();
        speak(&mut tape, began, 0, 0, 1_000);
        tape.lay(piece(began + Duration::from_millis(1_000), Passed::Said(sound(5_000, 800))));
        speak(&mut tape, began, 0, 1_000, 3_000);
        tape.take(began + Duration::from_millis(3_000), &mut taken);
        speak(&mut tape, began, 8_000, 3_000, 4_000);
        tape.take(began + Duration::from_millis(4_000), &mut taken);
        tape.finish(began + Duration::from_millis(4_500), &mut taken);
        assert_eq!(taken.len(), 4_500 * 16);
        assert_eq!(loud(&taken, 0), [(3_000, 4_000)]);
        assert_eq!(loud(&taken, 1), [(1_000, 1_800)]);
    }

    #[test]
    fn what_was_sent_ahead_and_cleared_was_not_heard() {
        let (mut tape, began) = tape();
        let mut taken = Vec::new();
        speak(&mut tape, began, 0, 0, 500);
        tape.lay(piece(began + Duration::from_millis(500), Passed::Said(sound(5_000, 1_000))));
        tape.lay(piece(began + Duration::from_millis(501), Passed::Said(sound(5_000, 600))));
        speak(&mut tape, began, 0, 500, 1_200);
        tape.lay(piece(began + Duration::from_millis(1_200), Passed::Cleared));
        speak(&mut tape, began, 0, 1_200, 1_500);
        tape.lay(piece(began + Duration::from_millis(1_500), Passed::Said(sound(5_000, 100))));
        speak(&mut tape, began, 0, 1_500, 2_000);
        tape.take(began + Duration::from_millis(2_000), &mut taken);
        assert_eq!(loud(&taken, 1), [(500, 1_200), (1_500, 1_600)]);
    }

    #[test]
    fn a_line_that_stalls_loses_nothing() {
        let (mut tape, began) = tape();
        let mut taken = Vec::new();
        speak(&mut tape, began, 8_000, 0, 1_000);
        for second in 1..6 {
            tape.take(began + Duration::from_secs(second), &mut taken);
        }
        assert_eq!(taken.len(), 1_000 * 16, "it waits for what it was told");
        for at_ms in (1_000..6_000).step_by(20) {
            let passed = Passed::Heard { at_ms: Some(at_ms), bytes: sound(8_000, 20) };
            tape.lay(piece(began + Duration::from_secs(6), passed));
        }
        tape.take(began + Duration::from_secs(6), &mut taken);
        assert_eq!(loud(&taken, 0), [(0, 6_000)]);
    }

    #[test]
    fn frames_that_are_lost_leave_silence_of_their_length() {
        let (mut tape, began) = tape();
        let mut taken = Vec::new();
        speak(&mut tape, began, 8_000, 0, 400);
        speak(&mut tape, began, 8_000, 700, 1_000);
        tape.take(began + Duration::from_secs(1), &mut taken);
        assert_eq!(loud(&taken, 0), [(0, 400), (700, 1_000)]);
    }

    #[test]
    fn a_browser_is_recorded_at_its_own_rate_and_uneven_chunks_stay_together() {
        let (input, output) = (AudioFormat::Pcm16 { rate: 16_000 }, AudioFormat::Pcm16 { rate: 24_000 });
        let began = Instant::now();
        let mut tape = Tape::new(input, output, began);
        let pcm = |level: i16, rate: usize, ms: usize| Bytes::from(level.to_le_bytes().repeat(rate * ms / 1_000));
        for came_ms in [1_120, 1_190, 1_350, 1_400] {
            let passed = Passed::Heard { at_ms: None, bytes: pcm(9_000, 16_000, 100) };
            tape.lay(piece(began + Duration::from_millis(came_ms), passed));
        }
        tape.lay(piece(began + Duration::from_millis(2_000), Passed::Said(pcm(5_000, 24_000, 400))));
        let mut taken = Vec::new();
        tape.take(began + Duration::from_millis(2_200), &mut taken);
        assert_eq!(taken.len(), 1_700 * 32, "what may still change is not taken");
        tape.finish(began + Duration::from_millis(3_000), &mut taken);
        let at_8k: Vec<i16> = taken.chunks_exact(4).flat_map(|two| [two[0], two[1]]).collect();
        assert_eq!(loud(&at_8k, 0), [(1_020, 1_420)]);
        let [(from, to)] = loud(&at_8k, 1)[..] else { panic!("{:?}", loud(&at_8k, 1)) };
        assert!((1_999..=2_003).contains(&from) && (2_390..=2_401).contains(&to), "{from}–{to}");
    }
}

//! From the media clocks of a conversation's lines to its one own.
//!
//! Each line that a conversation goes over (a call that outlived a process has several) counts from 0. When a turn was
//! decided, its row was written: a moment on the conversation's clock that is never too early, and late by what the
//! database took.

use voice::event::TurnTimes;

/// A turn's moments.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments {
    /// On its line's clock.
    pub times: TurnTimes,
    /// When its row was begun, on the conversation's clock.
    pub row_ms: i64,
}

/// Two lines lie further apart: their first is broken, noticed, and dialled anew.
const SAME_LINE_MS: i64 = 2_500;

/// A recording begins with its line; what lies further from it is another line's.
const SAME_START_MS: i64 = 4_000;

/// Where on the conversation's clock the line of each turn began; `None`: the turn has no moment on its line's clock.
///
/// `recordings`: where the recordings begin, each with its line, exactly.
pub(super) fn line_starts(turns: &[Moments], recordings: &[i64]) -> Vec<Option<i64>> {
    let mut estimates: Vec<Option<Estimate>> = turns.iter().map(Estimate::new).collect();
    // A line never begins before the one before it, and what is late is so by chance: the earliest of all that follow is
    // nearest to the truth.
    let mut earliest = i64::MAX;
    for estimate in estimates.iter_mut().rev().flatten().filter(|estimate| estimate.is_certain) {
        earliest = earliest.min(estimate.start_ms);
        estimate.start_ms = earliest;
    }
    let mut lines: Vec<Line> = Vec::new();
    let mut of_turn = Vec::with_capacity(turns.len());
    for estimate in estimates {
        let Some(estimate) = estimate else {
            of_turn.push(None);
            continue;
        };
        match lines.last_mut() {
            Some(line) if line.has(&estimate) => line.add(&estimate),
            _ => lines.push(Line::of(&estimate)),
        }
        of_turn.push(Some(lines.len() - 1));
    }
    let exact = |line: &Line| {
        let nearest = recordings.iter().copied().min_by_key(|start| (start - line.start_ms).abs());
        nearest.filter(|start| (start - line.start_ms).abs() <= SAME_START_MS).unwrap_or(line.start_ms)
    };
    let starts: Vec<i64> = lines.iter().map(exact).collect();
    of_turn.into_iter().map(|line| line.map(|line| starts[line])).collect()
}

struct Estimate {
    start_ms: i64,
    /// The latest moment on the line's clock.
    last_ms: i64,
    /// It is not too early. One of a turn that the agent began is, by what its first words took to be made.
    is_certain: bool,
}

impl Estimate {
    fn new(turn: &Moments) -> Option<Self> {
        let times = &turn.times;
        let decided = times.end_of_turn_ms.max(times.transcript_final_ms.filter(|_| times.end_of_turn_ms.is_some()));
        let known = decided.or(times.first_frame_sent_ms).or(times.first_token_ms)?;
        let last = [decided, times.first_frame_sent_ms, times.first_mark_echoed_ms].into_iter().flatten().max();
        let ms = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX);
        Some(Self {
            start_ms: turn.row_ms.saturating_sub(ms(known)).max(0),
            last_ms: ms(last.unwrap_or(known)),
            is_certain: decided.is_some(),
        })
    }
}

struct Line {
    start_ms: i64,
    is_certain: bool,
    last_ms: i64,
}

impl Line {
    fn of(first: &Estimate) -> Self {
        Self { start_ms: first.start_ms, is_certain: first.is_certain, last_ms: first.last_ms }
    }

    fn has(&self, next: &Estimate) -> bool {
        // A clock does not run backwards. (Two turns in a row may share their last moment.)
        next.last_ms >= self.last_ms && next.start_ms - self.start_ms <= SAME_LINE_MS
    }

    fn add(&mut self, next: &Estimate) {
        self.last_ms = next.last_ms;
        self.start_ms = match (self.is_certain, next.is_certain) {
            (true, true) => self.start_ms.min(next.start_ms),
            (false, true) => next.start_ms,
            (true, false) => self.start_ms,
            (false, false) => self.start_ms.max(next.start_ms),
        };
        self.is_certain |= next.is_certain;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spoken(row_ms: i64, end_of_turn_ms: u64) -> Moments {
        let times = TurnTimes {
            caller_stopped_ms: Some(end_of_turn_ms - 500),
            end_of_turn_ms: Some(end_of_turn_ms),
            first_frame_sent_ms: Some(end_of_turn_ms + 100),
            ..TurnTimes::default()
        };
        Moments { times, row_ms }
    }

    fn greeting(row_ms: i64, first_frame_sent_ms: u64) -> Moments {
        let times = TurnTimes { first_frame_sent_ms: Some(first_frame_sent_ms), ..TurnTimes::default() };
        Moments { times, row_ms }
    }

    fn silent(row_ms: i64) -> Moments {
        Moments { times: TurnTimes::default(), row_ms }
    }

    #[test]
    fn one_line_begins_where_its_promptest_row_says() {
        let turns = [greeting(2_010, 900), spoken(7_030, 5_000), spoken(14_900, 12_000), spoken(22_010, 20_000)];
        assert_eq!(line_starts(&turns, &[]), [Some(2_010); 4]);
        // The recording knows better.
        assert_eq!(line_starts(&turns, &[1_950]), [Some(1_950); 4]);
        // Of another line it knows nothing.
        assert_eq!(line_starts(&turns, &[60_000]), [Some(2_010); 4]);
    }

    #[test]
    fn a_call_that_outlived_its_process_has_a_second_line() {
        let turns = [spoken(7_000, 5_000), silent(12_000), greeting(16_050, 50), spoken(20_010, 4_000)];
        assert_eq!(line_starts(&turns, &[]), [Some(2_000), None, Some(16_010), Some(16_010)]);
        assert_eq!(line_starts(&turns, &[2_000, 15_900]), [Some(2_000), None, Some(15_900), Some(15_900)]);
    }

    #[test]
    fn a_second_line_may_have_run_for_longer_than_the_first() {
        let turns = [spoken(3_000, 3_000), spoken(28_000, 18_000)];
        assert_eq!(line_starts(&turns, &[]), [Some(0), Some(10_000)]);
    }

    #[test]
    fn a_database_that_stalled_makes_no_second_line() {
        let turns = [spoken(5_000, 5_000), spoken(19_000, 12_000), spoken(20_020, 20_000)];
        assert_eq!(line_starts(&turns, &[]), [Some(0); 3]);
    }

    #[test]
    fn exchanges_over_http_each_have_their_own_clock() {
        let once = TurnTimes {
            caller_stopped_ms: Some(0),
            end_of_turn_ms: Some(0),
            first_token_ms: Some(700),
            ..TurnTimes::default()
        };
        let turns = [1_000, 61_000, 3_601_000].map(|row_ms| Moments { times: once, row_ms });
        assert_eq!(line_starts(&turns, &[]), [Some(1_000), Some(61_000), Some(3_601_000)]);
    }
}

//! The buffer of agent audio that Twilio keeps and plays, 20 ms every 20 ms.

use std::collections::VecDeque;

use bytes::{Buf, Bytes};
use voice::audio::mulaw;

use super::report::Underrun;
use crate::audio::{FRAME, FRAME_MS};

/// A pause after a mark that is at least this long separates two utterances; a shorter one is a stall between two
/// sentences of the same. People notice a gap of a second as the speaker having stopped.
pub const UTTERANCE_GAP_MS: u64 = 1_000;

#[derive(Debug)]
enum Piece {
    Audio(Bytes),
    Mark(String),
}

/// What one tick of the line's clock brought.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// The 20 ms that the caller heard, filled up with silence at a ragged end; `None`: nothing to play.
    pub frame: Option<[u8; FRAME]>,
    /// Marks reached, to be echoed.
    pub marks: Vec<String>,
    /// A gap that ended just now and should not have been.
    pub underrun: Option<Underrun>,
}

/// The buffer. A state machine: time comes in with each tick.
#[derive(Debug, Default)]
pub struct Playback {
    queue: VecDeque<Piece>,
    buffered: usize,
    gap: Option<Gap>,
    played_last_tick: bool,
    /// The last audio played was followed by a mark and nothing else.
    ended_with_mark: bool,
}

#[derive(Debug)]
struct Gap {
    since_ms: u64,
    after_mark: bool,
}

impl Playback {
    /// The server sent audio.
    pub fn audio(&mut self, bytes: Bytes) {
        self.buffered += bytes.len();
        self.queue.push_back(Piece::Audio(bytes));
    }

    /// The server sent a mark. Gives it back if it is to be echoed at once, because nothing is left to play.
    pub fn mark(&mut self, name: String) -> Option<String> {
        if self.queue.is_empty() {
            if let Some(gap) = &mut self.gap {
                gap.after_mark = true;
            }
            return Some(name);
        }
        self.queue.push_back(Piece::Mark(name));
        None
    }

    /// The server sent `clear`: drops what is buffered, gives back the milliseconds dropped and every pending mark.
    pub fn clear(&mut self) -> (u64, Vec<String>) {
        let dropped_ms = (self.buffered / (FRAME / FRAME_MS as usize)) as u64;
        self.buffered = 0;
        self.gap = None;
        self.played_last_tick = false;
        let marks = self.queue.drain(..).filter_map(|piece| match piece {
            Piece::Mark(name) => Some(name),
            Piece::Audio(_) => None,
        });
        (dropped_ms, marks.collect())
    }

    /// The caller has begun to speak: what the agent says after a pause from now on is another utterance.
    pub fn caller_spoke(&mut self) {
        self.gap = None;
        self.played_last_tick = false;
    }

    /// Nothing left to play, no mark left to echo.
    pub fn is_idle(&self) -> bool {
        self.queue.is_empty()
    }

    /// Milliseconds of audio waiting.
    pub fn buffered_ms(&self) -> u64 {
        (self.buffered / (FRAME / FRAME_MS as usize)) as u64
    }

    /// Plays the 20 ms that begin at `at_ms`.
    pub fn tick(&mut self, at_ms: u64) -> Played {
        let mut played = Played::default();
        let mut frame = [mulaw::SILENCE; FRAME];
        let mut filled = 0;
        let mut ends_with_mark = false;
        while let Some(piece) = self.queue.front_mut() {
            match piece {
                Piece::Audio(bytes) => {
                    if filled == FRAME {
                        break;
                    }
                    let take = bytes.len().min(FRAME - filled);
                    frame[filled..filled + take].copy_from_slice(&bytes[..take]);
                    bytes.advance(take);
                    filled += take;
                    self.buffered -= take;
                    ends_with_mark = false;
                    if bytes.is_empty() {
                        self.queue.pop_front();
                    }
                }
                Piece::Mark(_) => {
                    let Some(Piece::Mark(name)) = self.queue.pop_front() else { break };
                    played.marks.push(name);
                    ends_with_mark = true;
                }
            }
        }
        if filled == 0 {
            if self.played_last_tick && self.gap.is_none() {
                self.gap = Some(Gap { since_ms: at_ms, after_mark: self.ended_with_mark });
            }
            self.played_last_tick = false;
            return played;
        }
        if let Some(gap) = self.gap.take() {
            let ms = at_ms - gap.since_ms;
            if !gap.after_mark || ms < UTTERANCE_GAP_MS {
                played.underrun = Some(Underrun { at_ms: gap.since_ms, ms, within_sentence: !gap.after_mark });
            }
        }
        self.played_last_tick = true;
        self.ended_with_mark = ends_with_mark && self.queue.is_empty();
        played.frame = Some(frame);
        played
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn frames(count: usize) -> Bytes {
        vec![0x20; count * FRAME].into()
    }

    #[test]
    fn a_mark_comes_back_when_playback_reaches_it() {
        let mut playback = Playback::default();
        playback.audio(frames(2));
        assert_eq!(playback.mark("a".into()), None);
        playback.audio(frames(1));
        assert_eq!(playback.mark("b".into()), None);
        assert_eq!(playback.tick(0).marks, Vec::<String>::new());
        assert_eq!(playback.tick(20).marks, ["a"]);
        assert_eq!(playback.tick(40).marks, ["b"]);
        assert!(playback.is_idle());
        assert_eq!(playback.mark("c".into()), Some("c".into()));
    }

    #[test]
    fn clear_drops_the_audio_and_gives_back_every_pending_mark() {
        let mut playback = Playback::default();
        playback.audio(frames(5));
        playback.mark("a".into());
        playback.audio(frames(5));
        playback.mark("b".into());
        playback.tick(0);
        assert_eq!(playback.clear(), (180, vec!["a".into(), "b".into()]));
        assert_eq!(playback.tick(20), Played::default());
    }

    #[test]
    fn audio_of_any_length_is_played_without_a_gap() {
        let mut playback = Playback::default();
        for len in [1, 159, 100, 300] {
            playback.audio(vec![0x20; len].into());
        }
        for at_ms in [0, 20, 40] {
            assert_eq!(playback.tick(at_ms).frame, Some([0x20; FRAME]));
        }
        let ragged = playback.tick(60).frame.unwrap();
        assert_eq!((ragged[79], ragged[80]), (0x20, mulaw::SILENCE));
        assert!(playback.is_idle());
    }

    #[test]
    fn running_dry_within_a_sentence_is_an_underrun_however_long() {
        let mut playback = Playback::default();
        playback.audio(frames(1));
        playback.tick(0);
        playback.tick(20);
        for at_ms in (40..2_000).step_by(20) {
            assert_eq!(playback.tick(at_ms).underrun, None);
        }
        playback.audio(frames(1));
        let expected = Underrun { at_ms: 20, ms: 1_980, within_sentence: true };
        assert_eq!(playback.tick(2_000).underrun, Some(expected));
    }

    #[test]
    fn a_short_gap_after_a_mark_is_a_stall_and_a_long_one_is_not() {
        for (resumes, expected) in [(500, Some(Underrun { at_ms: 20, ms: 480, within_sentence: false })), (1_020, None)]
        {
            let mut playback = Playback::default();
            playback.audio(frames(1));
            playback.mark("a".into());
            playback.tick(0);
            for at_ms in (20..resumes).step_by(20) {
                playback.tick(at_ms);
            }
            playback.audio(frames(1));
            assert_eq!(playback.tick(resumes).underrun, expected);
        }
    }

    #[test]
    fn a_mark_that_comes_late_still_ends_the_sentence() {
        let mut playback = Playback::default();
        playback.audio(frames(1));
        playback.tick(0);
        playback.tick(20);
        playback.mark("late".into());
        playback.audio(frames(1));
        assert_eq!(playback.tick(2_000).underrun, None);
    }

    #[test]
    fn after_clear_or_after_the_caller_spoke_there_is_no_gap() {
        for interrupt in [|p: &mut Playback| drop(p.clear()), |p: &mut Playback| p.caller_spoke()] {
            let mut playback = Playback::default();
            playback.audio(frames(1));
            playback.tick(0);
            playback.tick(20);
            interrupt(&mut playback);
            playback.tick(40);
            playback.audio(frames(1));
            assert_eq!(playback.tick(60).underrun, None);
        }
    }
}

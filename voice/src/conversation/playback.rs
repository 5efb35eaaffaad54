//! The agent's side of the audio: what of a reply has been made, sent and heard.
//!
//! The line buffers what it is sent and plays it in order; how far it has come shows in the marks it echoes
//! and, between them, in the clock.

use std::collections::VecDeque;

use bytes::Bytes;

use super::Playback;
use crate::line::{AudioFormat, Output};

/// When less than this lies unplayed on the line, more is sent: it covers a stall of this process or the
/// network.
const LOW_MS: u64 = 800;
/// …up to this. Sending in gulps costs a fraction of sending every frame by itself; what is sent ahead is
/// taken back by `clear` when the caller breaks in.
const HIGH_MS: u64 = 1_600;
/// A frame.
const FRAME_MS: u64 = 20;
/// After the reckoned end of the playback the echo of the last mark is waited for this long.
const MARK_GRACE_MS: u64 = 2_000;
/// What is played again when a reply goes on after a false alarm: the word that was cut.
const REWIND_MS: u64 = 200;

/// A brisk speaker says fifteen characters a second.
const MS_A_CHAR: u64 = 65;

/// One reply on its way to the caller's ear. Positions are milliseconds of its audio.
pub struct Track {
    format: AudioFormat,
    playback: Playback,
    tape: Vec<u8>,
    /// Each sentence and where it begins.
    sentences: Vec<(String, u64)>,
    said: usize,
    sent_ms: u64,
    /// When the line will have played all it was sent, on the media clock.
    end_ms: u64,
    /// Marks sent and not echoed: generation and position.
    marks: VecDeque<(u32, u64)>,
    generation: u32,
    number: u32,
    begun: bool,
    complete: bool,
    closed: bool,
    first_mark_ms: Option<u64>,
}

impl Track {
    pub fn new(format: AudioFormat, playback: Playback) -> Self {
        Self {
            format,
            playback,
            tape: Vec::new(),
            sentences: Vec::new(),
            said: 0,
            sent_ms: 0,
            end_ms: 0,
            marks: VecDeque::new(),
            generation: 0,
            number: 0,
            begun: false,
            complete: false,
            closed: false,
            first_mark_ms: None,
        }
    }

    /// The audio that follows speaks `text`.
    pub fn sentence(&mut self, text: String) {
        let at = self.made_ms();
        self.sentences.push((text, at));
    }

    /// Whole frames, to be played after what there is.
    pub fn push(&mut self, frames: &[u8]) {
        self.tape.extend_from_slice(frames);
    }

    /// Nothing more will be pushed.
    pub fn complete(&mut self) {
        self.complete = true;
    }

    pub fn is_complete(&self) -> bool {
        self.complete
    }

    /// Milliseconds of audio made so far.
    pub fn made_ms(&self) -> u64 {
        self.format.ms_of(self.tape.len())
    }

    /// How much of a held reply the caller has not heard; `None`: it is not all made yet.
    pub fn rest_ms(&self) -> Option<u64> {
        self.complete.then(|| self.made_ms() - self.sent_ms)
    }

    /// Whether any of it has gone out.
    pub fn is_begun(&self) -> bool {
        self.begun
    }

    /// When the line said that it had played the first frame.
    pub fn first_mark_ms(&self) -> Option<u64> {
        self.first_mark_ms
    }

    /// What is to be sent at `now`, for turn `number`.
    pub fn pump(&mut self, now: u64, number: u32, out: &mut Vec<Output>) {
        self.number = number;
        let made = self.made_ms();
        let ahead = self.end_ms.saturating_sub(now);
        let whole = self.playback == Playback::Whole;
        if self.sent_ms < made && (whole || ahead < LOW_MS) {
            let target = if whole { made } else { made.min(self.sent_ms + (HIGH_MS - ahead) / FRAME_MS * FRAME_MS) };
            if !self.begun {
                self.begun = true;
                // The first frame by itself, so that the echo of its mark tells when the caller began to hear.
                self.send(self.sent_ms + FRAME_MS, now, out);
                self.mark(out);
            }
            let ends = |at: u64, from: u64| at > from && at < target;
            while let Some(&(_, at)) = self.sentences.iter().find(|(_, at)| ends(*at, self.sent_ms)) {
                self.send(at, now, out);
                self.mark(out);
            }
            self.send(target, now, out);
        }
        if self.complete && !self.closed && self.sent_ms >= made {
            self.closed = true;
            if self.begun {
                self.mark(out);
            }
            out.push(Output::EndOfReply { number });
        }
    }

    fn send(&mut self, to_ms: u64, now: u64, out: &mut Vec<Output>) {
        let (from, to) = (self.format.bytes_in(self.sent_ms), self.format.bytes_in(to_ms).min(self.tape.len()));
        if from >= to {
            return;
        }
        out.push(Output::Audio(Bytes::copy_from_slice(&self.tape[from..to])));
        self.end_ms = self.end_ms.max(now) + to_ms - self.sent_ms;
        self.sent_ms = to_ms;
    }

    fn mark(&mut self, out: &mut Vec<Output>) {
        if self.playback != Playback::Marks {
            return;
        }
        self.marks.push_back((self.generation, self.sent_ms));
        out.push(Output::Mark(format!("{}.{}.{}", self.number, self.generation, self.sent_ms)));
    }

    /// The line echoed a mark. One of an earlier generation was dropped by a clear, not played.
    pub fn mark_played(&mut self, name: &str, now: u64) {
        let mut parts = name.split('.').map(str::parse::<u64>);
        let (Some(Ok(number)), Some(Ok(generation)), Some(Ok(at))) = (parts.next(), parts.next(), parts.next()) else {
            return;
        };
        let mark = (generation as u32, at);
        if number != u64::from(self.number) || mark.0 != self.generation || !self.marks.contains(&mark) {
            return;
        }
        while self.marks.front().is_some_and(|&(_, earlier)| earlier <= at) {
            self.marks.pop_front();
        }
        self.first_mark_ms.get_or_insert(now);
        // The line is where it says it is, whatever we reckoned.
        self.end_ms = now + self.sent_ms.saturating_sub(at);
    }

    /// How much of the reply the caller has heard.
    pub fn heard_ms(&self, now: u64) -> u64 {
        match self.playback {
            // A file that is taken back before it is whole was never delivered.
            Playback::Whole if self.closed => self.sent_ms,
            Playback::Whole => 0,
            _ => self.sent_ms.saturating_sub(self.end_ms.saturating_sub(now)),
        }
    }

    /// Sentences whose audio has begun to go out since the last call.
    pub fn newly_said(&mut self) -> Option<String> {
        let (text, at) = self.sentences.get(self.said)?;
        if *at >= self.sent_ms {
            return None;
        }
        self.said += 1;
        Some(text.clone())
    }

    /// The caller broke in: what is unheard has been cleared from the line and counts as not sent.
    pub fn hold(&mut self, now: u64) {
        self.sent_ms = self.heard_ms(now) / FRAME_MS * FRAME_MS;
        self.end_ms = now;
        self.generation += 1;
        self.marks.clear();
        self.closed = false;
    }

    /// It was a false alarm: the next [`pump`](Self::pump) goes on a word earlier.
    pub fn rewind(&mut self) {
        self.sent_ms = self.sent_ms.saturating_sub(REWIND_MS);
    }

    /// Whether the caller has heard it all.
    pub fn is_over(&self, now: u64) -> bool {
        if !self.closed {
            return false;
        }
        match self.playback {
            Playback::Whole => true,
            Playback::Clock => now >= self.end_ms,
            Playback::Marks => self.marks.is_empty() || now >= self.end_ms + MARK_GRACE_MS,
        }
    }

    /// Whether the line has played all there is, though more should come.
    pub fn is_dry(&self, now: u64) -> bool {
        !self.complete && self.sent_ms >= self.made_ms() && now >= self.end_ms
    }

    /// The words of the first `ms` milliseconds: whole sentences, and of the last one the words whose share of
    /// its audio has been played.
    pub fn words_until(&self, ms: u64) -> String {
        let mut words: Vec<&str> = Vec::new();
        for (index, (text, begin)) in self.sentences.iter().enumerate() {
            if ms <= *begin {
                break;
            }
            let end = match self.sentences.get(index + 1) {
                Some((_, next)) => *next,
                None if self.complete => self.made_ms(),
                // Its audio is still coming in: reckoned, or all of its words would seem to be in the part there is.
                None => self.made_ms().max(begin + text.chars().count() as u64 * MS_A_CHAR),
            };
            if ms >= end {
                words.push(text);
                continue;
            }
            let chars = text.chars().count() as u64 * (ms - begin) / (end - begin).max(1);
            let heard = text.char_indices().nth(chars as usize).map_or(text.len(), |(at, _)| at);
            // A word that was cut off was not heard.
            words.push(text[..heard].rsplit_once(char::is_whitespace).map_or("", |(whole, _)| whole));
        }
        words.retain(|text| !text.is_empty());
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORMAT: AudioFormat = AudioFormat::Mulaw8k;

    fn track(playback: Playback, sentences: &[(&str, u64)]) -> Track {
        let mut track = Track::new(FORMAT, playback);
        for (text, ms) in sentences {
            track.sentence((*text).to_owned());
            track.push(&vec![1; FORMAT.bytes_in(*ms)]);
        }
        track.complete();
        track
    }

    fn pump(track: &mut Track, now: u64) -> (u64, Vec<String>) {
        let mut out = Vec::new();
        track.pump(now, 3, &mut out);
        let audio = out.iter().map(|o| if let Output::Audio(bytes) = o { FORMAT.ms_of(bytes.len()) } else { 0 }).sum();
        (audio, out.into_iter().filter_map(|o| if let Output::Mark(name) = o { Some(name) } else { None }).collect())
    }

    #[test]
    fn a_reply_goes_out_in_gulps_with_a_mark_after_its_first_frame_each_sentence_and_its_end() {
        let mut track = track(Playback::Marks, &[("One two three.", 1_000), ("Four five.", 2_000)]);
        assert_eq!(pump(&mut track, 5_000), (1_600, vec!["3.0.20".to_owned(), "3.0.1000".to_owned()]));
        assert_eq!(pump(&mut track, 5_500), (0, vec![]), "enough is on the line");
        assert_eq!(pump(&mut track, 5_900).0, 900);
        assert_eq!(pump(&mut track, 7_000), (500, vec!["3.0.3000".to_owned()]));
        assert!(!track.is_over(8_000));
        track.mark_played("3.0.3000", 8_100);
        assert!(track.is_over(8_100));
    }

    #[test]
    fn what_was_heard_follows_the_marks() {
        let mut track = track(Playback::Marks, &[("One two three four.", 2_000)]);
        pump(&mut track, 0);
        assert_eq!(track.heard_ms(1_000), 1_000);
        // The line began half a second late.
        track.mark_played("3.0.20", 520);
        assert_eq!(track.heard_ms(1_000), 500);
        assert_eq!(track.first_mark_ms(), Some(520));
        assert_eq!(track.words_until(1_100), "One two");
    }

    #[test]
    fn marks_echoed_after_a_clear_were_not_heard() {
        let mut track = track(Playback::Marks, &[("One two three four.", 2_000)]);
        pump(&mut track, 0);
        track.hold(1_000);
        track.mark_played("3.0.20", 1_001);
        assert_eq!(track.first_mark_ms(), None);
        assert_eq!(track.heard_ms(9_000), 1_000);
        track.rewind();
        assert_eq!(pump(&mut track, 2_000), (1_200, vec!["3.1.2000".to_owned()]));
    }

    #[test]
    fn a_file_is_sent_whole_and_held_to_be_heard() {
        let mut track = track(Playback::Whole, &[("A.", 9_000)]);
        assert_eq!(pump(&mut track, 0).0, 9_000);
        assert!(track.is_over(0));
        assert_eq!(track.words_until(track.heard_ms(0)), "A.");
    }

    #[test]
    fn words_whose_audio_is_still_to_come_were_not_heard() {
        let mut track = Track::new(FORMAT, Playback::Marks);
        track.sentence("One two three four five six seven eight nine ten.".to_owned());
        track.push(&[1; 160 * 50]);
        pump(&mut track, 0);
        assert_eq!(track.words_until(track.heard_ms(1_000)), "One two three");
    }

    #[test]
    fn a_lost_mark_does_not_hold_the_call_for_ever() {
        let mut track = track(Playback::Marks, &[("A.", 1_000)]);
        pump(&mut track, 0);
        assert!(!track.is_over(2_900));
        assert!(track.is_over(3_000));
    }
}

//! Where to cut: decisions over windows of 32 ms, each with its probability of speech and its loudness.

use std::collections::VecDeque;

use crate::vad::Listener;

/// A window of one channel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// 0–1.
    pub speech: f32,
    /// Any measure that grows with it.
    pub loudness: f32,
}

/// Windows `from..to` are to be transcribed; the first and the last of them in which somebody speaks are in `spoken`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    pub from: u64,
    pub to: u64,
    /// The first window of speech, and the one after the last.
    pub spoken: (u64, u64),
}

/// From here on a window is speech, and down to there it stays speech: Silero's own two thresholds.
const BEGINS: f32 = 0.5;
const GOES_ON: f32 = 0.35;
/// Silence left on both sides, about 200 ms: the soft beginning and end of words.
const PADDING: u64 = windows(200);
/// Longest utterance: Whisper-like models hear 30 s at a time.
const LONGEST: u64 = windows(28_000);
/// An utterance too long is cut within its last 8 s.
const CUT_WITHIN: usize = windows(8_000) as usize;
/// A pause that a cut is looked for in, about 100 ms: shorter ones are inside of words.
const PAUSE: usize = 3;
/// Less speech is a click or a cough.
const LEAST: u64 = 3;

const fn windows(ms: u64) -> u64 {
    ms / Listener::WINDOW_MS
}

/// The silence that ends an utterance of so many windows. What is short waits for what may follow: a recogniser knows
/// more of a sentence than of a word, and is asked less often. What is long is glad of any pause.
const fn ending_silence(length: u64) -> u64 {
    match length {
        0..62 => windows(1_500),
        62..470 => windows(700),
        _ => windows(400),
    }
}

/// The state of one channel. Windows are counted from 0.
#[derive(Debug, Default)]
pub struct Pauses {
    /// Windows heard.
    heard: u64,
    /// Up to here all is given away.
    given: u64,
    open: Option<Open>,
}

/// An utterance that goes on.
#[derive(Debug)]
struct Open {
    from: u64,
    spoken: (u64, u64),
    /// Windows of speech in it.
    speech: u64,
    /// The last ones, with whether they are speech.
    recent: VecDeque<(bool, f32)>,
}

impl Pauses {
    /// The first window that may still be asked for.
    pub fn needs(&self) -> u64 {
        match &self.open {
            Some(open) => open.from,
            None => self.heard.saturating_sub(PADDING).max(self.given),
        }
    }

    /// Takes the next window. At most one utterance ends with it.
    pub fn hear(&mut self, window: Window) -> Option<Cut> {
        let at = self.heard;
        self.heard += 1;
        let is_speech = window.speech >= if self.open.is_some() { GOES_ON } else { BEGINS };
        if self.open.is_none() {
            if !is_speech {
                return None;
            }
            let from = at.saturating_sub(PADDING).max(self.given);
            self.open = Some(Open { from, spoken: (at, at), speech: 0, recent: VecDeque::new() });
        }
        let open = self.open.as_mut().expect("it is open, or was opened above");
        if is_speech {
            open.spoken.1 = at + 1;
            open.speech += 1;
        }
        if open.recent.len() == CUT_WITHIN {
            open.recent.pop_front();
        }
        open.recent.push_back((is_speech, window.loudness));
        if self.heard - open.spoken.1 >= ending_silence(open.spoken.1 - open.from) {
            return self.end();
        }
        if self.heard - open.from >= LONGEST { self.cut() } else { None }
    }

    /// There is no more.
    pub fn end(&mut self) -> Option<Cut> {
        let open = self.open.take()?;
        let to = (open.spoken.1 + PADDING).min(self.heard);
        self.given = to;
        (open.speech >= LEAST).then_some(Cut { from: open.from, to, spoken: open.spoken })
    }

    /// Ends it in its best pause; what comes after that is the next one's.
    fn cut(&mut self) -> Option<Cut> {
        let mut open = self.open.take()?;
        let first = self.heard - open.recent.len() as u64;
        let place = best_place(&open.recent);
        let to = first + place as u64;
        self.given = to;
        let mut rest = open.recent.split_off(place);
        let after = (0..).zip(&rest).filter(|(_, (is_speech, _))| *is_speech).map(|(n, _)| to + n);
        let (begins, ends, speech) =
            after.fold((None, to, 0), |(begins, _, count), at| (begins.or(Some(at)), at + 1, count + 1));
        if let Some(begins) = begins {
            // What was silent before it is its padding.
            let from = begins.saturating_sub(PADDING).max(to);
            rest.drain(..(from - to) as usize);
            self.open = Some(Open { from, spoken: (begins, ends), speech, recent: rest });
        }
        let last = open.recent.iter().rposition(|(is_speech, _)| *is_speech);
        let spoken = (open.spoken.0, last.map_or(first, |last| first + last as u64 + 1));
        (open.speech >= LEAST).then_some(Cut { from: open.from, to, spoken })
    }
}

/// The middle of the longest pause; where nobody pauses, the quietest window.
fn best_place(recent: &VecDeque<(bool, f32)>) -> usize {
    let (mut longest, mut run) = ((0, 0), 0);
    for (n, (is_speech, _)) in recent.iter().enumerate() {
        run = if *is_speech { 0 } else { run + 1 };
        if run >= PAUSE && run > longest.1 {
            longest = (n + 1 - run, run);
        }
    }
    if longest.1 > 0 {
        return longest.0 + longest.1 / 2;
    }
    let quietest = recent.iter().enumerate().min_by(|(_, (_, a)), (_, (_, b))| a.total_cmp(b));
    // Not the first: something must be given away.
    quietest.map_or(recent.len(), |(n, _)| n.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPEECH: Window = Window { speech: 0.9, loudness: 10.0 };
    const SILENCE: Window = Window { speech: 0.0, loudness: 0.0 };

    fn hear(parts: &[(Window, u64)]) -> Vec<Cut> {
        let mut pauses = Pauses::default();
        let windows = parts.iter().flat_map(|(window, ms)| std::iter::repeat_n(*window, windows(*ms) as usize));
        let mut cuts: Vec<_> = windows.filter_map(|window| pauses.hear(window)).collect();
        cuts.extend(pauses.end());
        cuts
    }

    #[test]
    fn silence_and_clicks_are_not_sent() {
        assert_eq!(hear(&[(SILENCE, 60_000)]), []);
        assert_eq!(hear(&[(SILENCE, 1_000), (SPEECH, 64), (SILENCE, 5_000)]), []);
        assert_eq!(hear(&[]), []);
    }

    #[test]
    fn a_pause_ends_an_utterance_which_keeps_some_silence_around_it() {
        let cuts = hear(&[(SILENCE, 3_200), (SPEECH, 3_200), (SILENCE, 3_200), (SPEECH, 3_200)]);
        let first = Cut { from: 100 - PADDING, to: 200 + PADDING, spoken: (100, 200) };
        assert_eq!(cuts, [first, Cut { from: 300 - PADDING, to: 400, spoken: (300, 400) }]);
    }

    #[test]
    fn short_fragments_near_to_each_other_are_one_utterance_and_long_ones_are_not() {
        let with_pauses = |ms| hear(&[(SPEECH, ms), (SILENCE, 1_000), (SPEECH, ms), (SILENCE, 1_000), (SPEECH, ms)]);
        assert_eq!(with_pauses(320).len(), 1);
        assert_eq!(with_pauses(4_000).len(), 3);
    }

    #[test]
    fn what_is_too_long_is_cut_in_its_longest_pause_and_loses_nothing() {
        let cuts = hear(&[(SPEECH, 21_600), (SILENCE, 160), (SPEECH, 1_600), (SILENCE, 320), (SPEECH, 30_000)]);
        // 675 windows, 5 of silence, 50, 10 of silence.
        assert_eq!((cuts[0].from, cuts[0].to), (0, 675 + 5 + 50 + 5));
        assert_eq!(cuts[0].spoken, (0, 730));
        assert_eq!(cuts[1].spoken.0, 740);
        assert_eq!(cuts.last().map(|cut| cut.to), Some(675 + 5 + 50 + 10 + 937));
        assert!(cuts.iter().all(|cut| cut.to - cut.from <= LONGEST), "{cuts:?}");
        assert!(cuts.windows(2).all(|pair| pair[0].to <= pair[1].from), "{cuts:?}");
    }

    #[test]
    fn who_never_pauses_is_cut_where_it_is_quietest() {
        let quiet = Window { loudness: 1.0, ..SPEECH };
        let cuts = hear(&[(SPEECH, 24_000), (quiet, 32), (SPEECH, 60_000)]);
        assert_eq!((cuts[0].from, cuts[0].to), (0, 750));
        assert_eq!(cuts[1].from, 750);
        let covered: u64 = cuts.iter().map(|cut| cut.to - cut.from).sum();
        assert_eq!(covered, 750 + 1 + 1_875, "{cuts:?}");
        assert!(cuts.iter().all(|cut| cut.to - cut.from <= LONGEST));
    }

    #[test]
    fn what_is_needed_still_never_goes_back_and_is_bounded() {
        let mut pauses = Pauses::default();
        let mut needs = 0;
        for n in 0..20_000_u64 {
            let window = if n / 40 % 3 == 0 || n > 10_000 { SPEECH } else { SILENCE };
            if let Some(cut) = pauses.hear(window) {
                assert!(cut.from >= needs, "{cut:?} was let go of");
            }
            assert!(pauses.needs() >= needs && n + 1 - pauses.needs() <= LONGEST);
            needs = pauses.needs();
        }
    }
}

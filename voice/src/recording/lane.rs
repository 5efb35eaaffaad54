//! One side of a tape: stretches of sound at their places, silence between them.

use std::collections::VecDeque;

/// What waits to be taken. Positions are samples since the tape began.
#[derive(Default)]
pub(super) struct Lane {
    /// In order, and apart from each other.
    stretches: VecDeque<(u64, Vec<i16>)>,
    /// Where the last one ends, or ended.
    end: u64,
}

impl Lane {
    pub fn end(&self) -> u64 {
        self.end
    }

    /// Lays sound down at `at`. What lies before the end of what is there, or at `limit` and later, is left out.
    pub fn lay(&mut self, at: u64, mut sound: Vec<i16>, limit: u64) {
        let begin = at.max(self.end);
        let skipped = (begin - at).min(sound.len() as u64) as usize;
        sound.drain(..skipped);
        sound.truncate(limit.saturating_sub(begin).min(sound.len() as u64) as usize);
        if sound.is_empty() {
            return;
        }
        self.end = begin + sound.len() as u64;
        match self.stretches.back_mut() {
            // Frames of 20 ms would be many stretches.
            Some((start, last)) if *start + last.len() as u64 == begin => last.extend_from_slice(&sound),
            _ => self.stretches.push_back((begin, sound)),
        }
    }

    /// Takes back what lies at `from` and later.
    pub fn cut(&mut self, from: u64) {
        while let Some((start, sound)) = self.stretches.back_mut() {
            let end = *start + sound.len() as u64;
            if end <= from {
                break;
            }
            if *start < from {
                sound.truncate((from - *start) as usize);
                break;
            }
            self.stretches.pop_back();
        }
        self.end = self.end.min(from);
    }

    /// Gives the sound from `from` on as long as `out` is, and forgets it. Silence is 0.
    pub fn take(&mut self, from: u64, out: &mut [i16]) {
        out.fill(0);
        let to = from + out.len() as u64;
        while let Some((start, sound)) = self.stretches.front_mut() {
            if *start >= to {
                break;
            }
            let end = *start + sound.len() as u64;
            let (begin, until) = ((*start).max(from), end.min(to));
            if begin < until {
                let source = &sound[(begin - *start) as usize..(until - *start) as usize];
                out[(begin - from) as usize..(until - from) as usize].copy_from_slice(source);
            }
            if end > to {
                sound.drain(..(to - *start) as usize);
                *start = to;
                break;
            }
            self.stretches.pop_front();
        }
        self.end = self.end.max(to);
    }
}

//! The cheap detector in front of the neural one: is there any sound at all?

/// Root mean square below which a window is silence: -60 dBFS, in 16-bit samples. Speech on a telephone lies at -20 to -45 dBFS,
/// the comfort noise of exchanges and phones mostly below -60, µ-law's own rounding of silence at -72 (a step of 8).
const SILENCE_RMS: f32 = 32.8;

/// Windows of silence after sound that still count as sound (256 ms): the pauses between words, so that the
/// neural detector keeps its memory over them.
const LINGER: u32 = 8;

/// Opens at the first sound, closes after [`LINGER`] windows of silence.
#[derive(Default)]
pub struct Gate {
    open: u32,
}

/// What a window is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Silence,
    /// The first sound after silence.
    Onset,
    Sound,
}

impl Gate {
    pub fn hear(&mut self, window: &[i16]) -> Heard {
        // Halves, so that a sound at a window's edge is not thinned out by the silence before it.
        let loud = window.chunks(window.len().div_ceil(2).max(1)).any(|half| {
            let energy: f32 = half.iter().map(|&sample| f32::from(sample) * f32::from(sample)).sum();
            energy > SILENCE_RMS * SILENCE_RMS * half.len() as f32
        });
        let was_open = self.open > 0;
        self.open = if loud { LINGER } else { self.open.saturating_sub(1) };
        match (loud, was_open) {
            (true, false) => Heard::Onset,
            (false, false) => Heard::Silence,
            (_, true) => Heard::Sound,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_opens_at_a_sound_in_half_a_window_and_closes_a_quarter_of_a_second_after_it() {
        let (silence, mut click) = ([3; 512], [0; 512]);
        click[500..].fill(1_000);
        let mut gate = Gate::default();
        assert_eq!(gate.hear(&silence), Heard::Silence);
        assert_eq!(gate.hear(&click), Heard::Onset);
        assert_eq!(gate.hear(&click), Heard::Sound);
        for _ in 0..LINGER {
            assert_eq!(gate.hear(&silence), Heard::Sound);
        }
        assert_eq!(gate.hear(&silence), Heard::Silence);
        assert_eq!(gate.hear(&click), Heard::Onset);
    }
}

//! From one sample rate to another, as a stream.

use rubato::{Fft, FixedSync, Resampler as _, WindowFunction, audioadapter_buffers::direct::SequentialSlice};

/// Resamples a mono stream that comes in chunks of any length; what it gives does not depend on how the stream was cut.
///
/// Output sample `n` is the input at `n / to` seconds (to half an input sample): the filter's delay is cut off at the start and made up
/// for by [`flush`](Self::flush). Output lags by 2.5 ms plus the wait for a 5 ms block to fill, between rates
/// that have a common divisor of 200 Hz (all telephone and browser rates but 11,025, 22,050 and 44,100 Hz, whose blocks
/// are 10 to 40 ms). About 75 to 130 µs of processor time a second of audio.
pub struct Resampler {
    rates: Option<Box<Rates>>,
}

struct Rates {
    fft: Fft<f32>,
    from: u64,
    to: u64,
    /// Input that waits for a whole block; its capacity is the block.
    block: Vec<f32>,
    scratch: Vec<f32>,
    /// Samples of the filter's delay still to be cut off.
    delay: usize,
    taken: u64,
    given: u64,
}

impl Resampler {
    /// From `from` to `to` samples a second, both above 0. Equal rates: samples pass untouched.
    pub fn new(from: u32, to: u32) -> Self {
        Self { rates: (from != to).then(|| Box::new(Rates::new(from, to))) }
    }

    /// Takes samples and appends those that are ready.
    pub fn process(&mut self, pcm: &[i16], out: &mut Vec<i16>) {
        let Some(rates) = &mut self.rates else {
            out.extend_from_slice(pcm);
            return;
        };
        rates.taken += pcm.len() as u64;
        rates.push(pcm.iter().map(|&sample| f32::from(sample)), out);
    }

    /// Appends what is still inside, so that all output together is as long as all input, and starts afresh.
    pub fn flush(&mut self, out: &mut Vec<i16>) {
        if let Some(rates) = &mut self.rates {
            rates.flush(out);
        }
    }
}

impl Rates {
    fn new(from: u32, to: u32) -> Self {
        // Blocks of 5 ms and a Hann window: 2.5 ms delay, 3.4 kHz kept to 0.3 dB at 8 kHz, images below -138 dB.
        // Rubato's default window would cut 3.4 kHz by 10 dB in blocks as small as these.
        let block = (from / 200).max(1) as usize;
        let build =
            |block| Fft::new_custom(from as usize, to as usize, block, 1, 1, WindowFunction::Hann, FixedSync::Input);
        let mut fft: Fft<f32> = build(block).expect("both rates are above 0");
        if fft.fft_size_in() != block {
            fft = build(fft.fft_size_in()).expect("both rates are above 0");
        }
        Self {
            from: from.into(),
            to: to.into(),
            block: Vec::with_capacity(fft.input_frames_max()),
            scratch: vec![0.0; fft.output_frames_max()],
            delay: fft.output_delay(),
            taken: 0,
            given: 0,
            fft,
        }
    }

    fn push(&mut self, pcm: impl Iterator<Item = f32>, out: &mut Vec<i16>) {
        let size = self.fft.fft_size_in();
        for sample in pcm {
            self.block.push(sample);
            if self.block.len() == size {
                self.run(out);
            }
        }
    }

    /// Resamples the block, which is full.
    fn run(&mut self, out: &mut Vec<i16>) {
        let frames = self.scratch.len();
        let input = SequentialSlice::new(&self.block, 1, self.block.len()).expect("one channel of its own length");
        let mut output = SequentialSlice::new_mut(&mut self.scratch, 1, frames).expect("one channel of its own length");
        let (_, made) =
            self.fft.process_into_buffer(&input, &mut output, None).expect("the buffers have the sizes it asked for");
        self.block.clear();
        let cut = self.delay.min(made);
        self.delay -= cut;
        // Away from zero by a half, then cut: `round` is a call into libm where the target has no SSE 4.1, and cost
        // 2 % of a busy server. `as` saturates: filters overshoot at loud edges.
        out.extend(self.scratch[cut..made].iter().map(|sample| (sample + 0.5_f32.copysign(*sample)) as i16));
        self.given += (made - cut) as u64;
    }

    fn flush(&mut self, out: &mut Vec<i16>) {
        let due = (self.taken * self.to).div_ceil(self.from);
        while self.given < due {
            let missing = self.fft.fft_size_in() - self.block.len();
            self.push(std::iter::repeat_n(0.0, missing), out);
        }
        out.truncate(out.len() - (self.given - due) as usize);
        self.block.clear();
        self.fft.reset();
        self.delay = self.fft.output_delay();
        (self.taken, self.given) = (0, 0);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::f64::consts::TAU;

    use proptest::prelude::*;

    use super::*;

    fn tone(rate: u32, hertz: f64, samples: usize) -> Vec<i16> {
        (0..samples).map(|n| ((TAU * hertz * n as f64 / f64::from(rate)).sin() * 16_000.0).round() as i16).collect()
    }

    fn whole(from: u32, to: u32, pcm: &[i16]) -> Vec<i16> {
        let (mut resampler, mut out) = (Resampler::new(from, to), Vec::new());
        resampler.process(pcm, &mut out);
        resampler.flush(&mut out);
        out
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn the_output_does_not_depend_on_how_the_input_was_cut(
            cuts in prop::collection::vec(0_usize..700, 1..20),
            from in prop::sample::select(vec![8_000_u32, 16_000, 22_050, 24_000, 44_100, 48_000]),
            to in prop::sample::select(vec![8_000_u32, 16_000, 24_000, 44_100]),
        ) {
            let pcm = tone(from, 440.0, cuts.iter().sum());
            let (mut resampler, mut out, mut rest) = (Resampler::new(from, to), Vec::new(), &pcm[..]);
            for cut in cuts {
                let (chunk, after) = rest.split_at(cut);
                resampler.process(chunk, &mut out);
                rest = after;
            }
            resampler.flush(&mut out);
            prop_assert_eq!(&out, &whole(from, to, &pcm));
            prop_assert_eq!(out.len() as u64, (pcm.len() as u64 * u64::from(to)).div_ceil(u64::from(from)));
        }
    }

    #[test]
    fn a_tone_stays_the_same_tone_at_the_same_time() {
        // Blocks of 44.1 kHz are odd in length, and the middle of their filter lies half an input sample off.
        for (from, to, tolerated) in
            [(8_000, 16_000, 4), (24_000, 8_000, 4), (16_000, 8_000, 4), (48_000, 16_000, 4), (44_100, 16_000, 1_150)]
        {
            let out = whole(from, to, &tone(from, 1_000.0, from as usize));
            let wanted = tone(to, 1_000.0, to as usize);
            // 20 ms at both ends are the filter's, which hears silence there.
            let edge = to as usize / 50;
            let worst = (edge..out.len() - edge).map(|n| (out[n] - wanted[n]).abs()).max().unwrap();
            assert!(worst <= tolerated, "{from} to {to}: off by {worst}");
        }
    }

    #[test]
    fn what_the_lower_rate_cannot_carry_is_silenced() {
        let out = whole(24_000, 8_000, &tone(24_000, 6_000.0, 24_000));
        let loudest = out[400..out.len() - 400].iter().map(|sample| sample.abs()).max().unwrap();
        assert!(loudest <= 2, "an alias of {loudest}");
    }

    #[test]
    fn the_first_frame_of_a_phone_call_is_given_with_that_frame() {
        let (mut resampler, mut out) = (Resampler::new(8_000, 16_000), Vec::new());
        resampler.process(&tone(8_000, 440.0, 160), &mut out);
        assert_eq!(out.len(), 320 - 40, "20 ms less the filter's 2.5 ms");
        resampler.process(&tone(8_000, 440.0, 160), &mut out);
        assert_eq!(out.len(), 640 - 40);
    }

    #[test]
    fn loud_edges_saturate_and_equal_rates_pass_untouched() {
        let square: Vec<i16> = (0..8_000).map(|n| if n / 40 % 2 == 0 { i16::MAX } else { i16::MIN }).collect();
        let out = whole(8_000, 16_000, &square);
        assert!(out.contains(&i16::MAX) && out.contains(&i16::MIN));
        assert_eq!(whole(16_000, 16_000, &square), square);
    }
}

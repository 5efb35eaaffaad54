//! From what text-to-speech gives to what the line takes.

use bytes::Bytes;

use super::{Pcm16Decoder, Resampler, mulaw};
use crate::line::AudioFormat;

/// Milliseconds of a frame.
const FRAME_MS: u64 = 20;

/// Turns a stream of PCM bytes into whole 20 ms frames in a line's format. One for each reply.
pub struct Encoder {
    decoder: Pcm16Decoder,
    resampler: Resampler,
    format: AudioFormat,
    samples: Vec<i16>,
    resampled: Vec<i16>,
    line: Vec<u8>,
    /// Silence that may still turn out to be the beginning of a sound; `None`: the first sound has come.
    lead: Option<Vec<i16>>,
}

/// Below this a sample is silence: −50 dB of full scale.
const QUIET: u16 = 104;

impl Encoder {
    /// From signed 16-bit little-endian PCM, mono, at `from` samples a second.
    pub fn new(from: u32, format: AudioFormat) -> Self {
        Self {
            decoder: Pcm16Decoder::default(),
            resampler: Resampler::new(from, format.rate()),
            format,
            samples: Vec::new(),
            resampled: Vec::new(),
            line: Vec::new(),
            lead: None,
        }
    }

    /// Leaves out the silence before the first sound, all but its last 20 ms: many speech engines begin with a
    /// quarter of a second of it, and the caller has waited long enough. Speech without any sound gives no frame.
    pub fn from_first_sound(mut self) -> Self {
        self.lead = Some(Vec::new());
        self
    }

    /// Takes PCM bytes, cut anywhere, and gives the whole frames completed by them: maybe none, then empty.
    pub fn push(&mut self, pcm: &[u8]) -> Bytes {
        self.samples.clear();
        self.decoder.push(pcm, &mut self.samples);
        self.resampled.clear();
        self.resampler.process(&self.samples, &mut self.resampled);
        self.append();
        let whole = self.line.len() - self.line.len() % self.frame();
        let rest = self.line.split_off(whole);
        std::mem::replace(&mut self.line, rest).into()
    }

    /// The rest, padded with silence to a whole frame; empty if nothing is left. The encoder then starts afresh.
    pub fn finish(&mut self) -> Bytes {
        self.decoder = Pcm16Decoder::default();
        self.resampled.clear();
        self.resampler.flush(&mut self.resampled);
        self.append();
        let mut line = std::mem::take(&mut self.line);
        let silence = match self.format {
            AudioFormat::Mulaw8k => mulaw::SILENCE,
            AudioFormat::Pcm16 { .. } => 0,
        };
        line.resize(line.len().next_multiple_of(self.frame()), silence);
        line.into()
    }

    fn frame(&self) -> usize {
        self.format.bytes_in(FRAME_MS)
    }

    fn append(&mut self) {
        self.skip_silence();
        match self.format {
            AudioFormat::Mulaw8k => mulaw::encode_into(&self.resampled, &mut self.line),
            AudioFormat::Pcm16 { .. } => {
                self.line.extend(self.resampled.iter().flat_map(|sample| sample.to_le_bytes()));
            }
        }
    }

    fn skip_silence(&mut self) {
        let Some(lead) = &mut self.lead else { return };
        lead.append(&mut self.resampled);
        let kept = (u64::from(self.format.rate()) * FRAME_MS / 1_000) as usize;
        match lead.iter().position(|sample| sample.unsigned_abs() >= QUIET) {
            Some(sound) => {
                self.resampled = lead.split_off(sound.saturating_sub(kept));
                self.lead = None;
            }
            None => drop(lead.drain(..lead.len().saturating_sub(kept))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::pcm16_bytes;

    fn speech(samples: usize) -> Vec<u8> {
        pcm16_bytes(&(0..samples).map(|n| ((n as f32 * 0.1).sin() * 9_000.0) as i16).collect::<Vec<_>>())
    }

    #[test]
    fn only_whole_frames_come_out_however_the_bytes_are_split() {
        let pcm = speech(24_000 + 77);
        for format in [AudioFormat::Mulaw8k, AudioFormat::Pcm16 { rate: 16_000 }, AudioFormat::Pcm16 { rate: 24_000 }] {
            let frame = format.bytes_in(20);
            let mut expected: Option<Vec<u8>> = None;
            for size in [pcm.len(), 1, 7, 961, 4_096] {
                let (mut encoder, mut line) = (Encoder::new(24_000, format), Vec::new());
                for chunk in pcm.chunks(size) {
                    let out = encoder.push(chunk);
                    assert_eq!(out.len() % frame, 0);
                    line.extend_from_slice(&out);
                }
                line.extend_from_slice(&encoder.finish());
                assert_eq!(line.len(), 51 * frame, "a second and a little in {format:?}");
                assert_eq!(*expected.get_or_insert_with(|| line.clone()), line, "chunks of {size} bytes");
            }
        }
    }

    #[test]
    fn the_tail_is_padded_with_silence_and_nothing_is_left_over() {
        let mut encoder = Encoder::new(8_000, AudioFormat::Mulaw8k);
        assert!(encoder.push(&speech(100)).is_empty());
        let tail = encoder.finish();
        assert_eq!(tail.len(), 160);
        assert!(tail[100..].iter().all(|&byte| byte == mulaw::SILENCE));
        assert!(encoder.finish().is_empty());
    }

    #[test]
    fn silence_before_the_first_sound_is_left_out_but_for_20_ms() {
        let sound = pcm16_bytes(&[9_000; 160]);
        let silence = pcm16_bytes(&[3; 1_000]);
        for size in [1, 7, 4_000] {
            let mut encoder = Encoder::new(8_000, AudioFormat::Mulaw8k).from_first_sound();
            let mut line = Vec::new();
            for chunk in [silence.clone(), sound.clone(), silence.clone()].concat().chunks(size) {
                line.extend_from_slice(&encoder.push(chunk));
            }
            line.extend_from_slice(&encoder.finish());
            assert_eq!(line.len(), 160 * 9, "20 ms of lead, 20 of sound, 125 of silence, padding");
            assert_eq!(line[160], mulaw::encode(&[9_000])[0]);
        }
        assert!(Encoder::new(8_000, AudioFormat::Mulaw8k).from_first_sound().push(&silence).is_empty());
    }
}

//! Caller audio: clips cut into 20 ms frames that are ready to be sent, and recordings of what was heard.

use std::{fs, io, ops::Range, path::Path, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use voice::audio::{Resampler, mulaw};

/// Samples, and µ-law bytes, in a frame.
pub const FRAME: usize = 160;
/// Milliseconds in a frame.
pub const FRAME_MS: u64 = 20;
/// Samples a second on a telephone line.
pub const RATE: u32 = 8_000;
/// Root mean square (of 32,768) from which a frame counts as audible: −50 dBFS, above comfort noise and below the
/// softest speech.
pub const AUDIBLE_RMS: f32 = 104.0;

/// 20 ms of line audio: µ-law and the base64 text that goes into a `media` message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub mulaw: [u8; FRAME],
    pub base64: Box<str>,
}

impl Frame {
    /// The frame of these bytes; a short one is filled up with silence.
    pub fn new(bytes: &[u8]) -> Self {
        let mut mulaw = [mulaw::SILENCE; FRAME];
        let len = bytes.len().min(FRAME);
        mulaw[..len].copy_from_slice(&bytes[..len]);
        Self { mulaw, base64: STANDARD.encode(mulaw).into() }
    }

    /// 20 ms of nothing.
    pub fn silence() -> Self {
        Self::new(&[])
    }
}

/// A clip could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ClipError {
    #[error("{0}: {1}")]
    Io(String, io::Error),
    #[error("{0}: {1}")]
    Wav(String, hound::Error),
    #[error("{0}: only 16-bit PCM can be read from a WAV file")]
    Depth(String),
    #[error("{0}: neither .wav nor .ulaw")]
    Kind(String),
}

/// Something a caller says (or a noise he makes). Shared by cloning.
#[derive(Clone, Debug)]
pub struct Clip(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    name: String,
    words: Option<String>,
    frames: Vec<Frame>,
    speech: Option<Range<u64>>,
}

impl Clip {
    /// Reads a `.wav` (16-bit PCM, any rate; the first channel is taken) or a raw `.ulaw`/`.mulaw` file (8 kHz). The words are
    /// read from the `.txt` file beside it, if there is one; an empty one says that nobody speaks.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, ClipError> {
        let path = path.as_ref();
        let shown = path.display().to_string();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let words = fs::read_to_string(path.with_extension("txt")).ok().map(|text| text.trim().to_owned());
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("ulaw" | "mulaw") => {
                let bytes = fs::read(path).map_err(|error| ClipError::Io(shown, error))?;
                Ok(Self::from_mulaw(name, &bytes, words))
            }
            Some("wav") => {
                let mut reader = hound::WavReader::open(path).map_err(|error| ClipError::Wav(shown.clone(), error))?;
                let spec = reader.spec();
                if spec.bits_per_sample != 16 || spec.sample_format != hound::SampleFormat::Int {
                    return Err(ClipError::Depth(shown));
                }
                let pcm: Vec<i16> = reader
                    .samples::<i16>()
                    .step_by(usize::from(spec.channels.max(1)))
                    .collect::<Result<_, _>>()
                    .map_err(|error| ClipError::Wav(shown, error))?;
                Ok(Self::from_pcm(name, &pcm, spec.sample_rate, words))
            }
            _ => Err(ClipError::Kind(shown)),
        }
    }

    /// The clip of raw µ-law bytes at 8 kHz.
    pub fn from_mulaw(name: impl Into<String>, bytes: &[u8], words: Option<String>) -> Self {
        let speech = match &words {
            Some(words) if words.is_empty() => None,
            _ => speech_extent(&mulaw::decode(bytes)),
        };
        let frames = bytes.chunks(FRAME).map(Frame::new).collect();
        Self(Arc::new(Inner { name: name.into(), words, frames, speech }))
    }

    /// The clip of 16-bit samples at `rate`.
    pub fn from_pcm(name: impl Into<String>, pcm: &[i16], rate: u32, words: Option<String>) -> Self {
        let mut line = Vec::with_capacity(pcm.len());
        let mut resampler = Resampler::new(rate, RATE);
        resampler.process(pcm, &mut line);
        resampler.flush(&mut line);
        Self::from_mulaw(name, &mulaw::encode(&line), words)
    }

    /// `ms` of a tone: something audible where the words do not matter.
    pub fn tone(hertz: f32, ms: u64) -> Self {
        let samples = (u64::from(RATE) * ms / 1_000) as usize;
        let step = std::f32::consts::TAU * hertz / RATE as f32;
        let pcm: Vec<i16> = (0..samples).map(|n| ((n as f32 * step).sin() * 8_000.0) as i16).collect();
        Self::from_mulaw(format!("tone {hertz} Hz"), &mulaw::encode(&pcm), None)
    }

    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What is said; `None` if that is not known, empty if nobody speaks.
    pub fn words(&self) -> Option<&str> {
        self.0.words.as_deref()
    }

    pub fn frames(&self) -> &[Frame] {
        &self.0.frames
    }

    /// Length in milliseconds, whole frames.
    pub fn ms(&self) -> u64 {
        self.0.frames.len() as u64 * FRAME_MS
    }

    /// From the first frame of speech to the end of the last one, milliseconds; `None` if nobody speaks.
    pub fn speech(&self) -> Option<Range<u64>> {
        self.0.speech.clone()
    }
}

/// Whether a listener would notice this µ-law audio.
pub fn audible(mulaw_bytes: &[u8]) -> bool {
    mulaw_bytes.chunks(FRAME).any(|frame| rms(&mulaw::decode(frame)) >= AUDIBLE_RMS)
}

fn rms(pcm: &[i16]) -> f32 {
    if pcm.is_empty() {
        return 0.0;
    }
    let sum: f64 = pcm.iter().map(|&sample| f64::from(sample).powi(2)).sum();
    (sum / pcm.len() as f64).sqrt() as f32
}

/// Where speech begins and ends, by energy: frames within 25 dB of the loud ones (95th percentile) and, where there
/// is noise, at least 6 dB above the quiet ones (10th percentile). A single loud frame (a click) is no speech.
fn speech_extent(pcm: &[i16]) -> Option<Range<u64>> {
    let levels: Vec<f32> = pcm.chunks(FRAME).map(|frame| 20.0 * rms(frame).max(1.0).log10()).collect();
    let mut sorted = levels.clone();
    sorted.sort_by(f32::total_cmp);
    let quiet = *sorted.get(sorted.len() / 10)?;
    let loud = sorted[(sorted.len() * 95 / 100).min(sorted.len() - 1)];
    if loud < 20.0 * AUDIBLE_RMS.log10() {
        return None;
    }
    let threshold = (loud - 25.0).max(quiet + 6.0).min(loud - 3.0);
    let speaks = |n: usize| {
        let is = |n: usize| levels.get(n).is_some_and(|level| *level >= threshold);
        is(n) && (is(n + 1) || n > 0 && is(n - 1))
    };
    let first = (0..levels.len()).find(|n| speaks(*n))?;
    let last = (0..levels.len()).rfind(|n| speaks(*n))?;
    Some(first as u64 * FRAME_MS..(last as u64 + 1) * FRAME_MS)
}

/// Mixes line audio into the caller's: line noise, the agent's echo.
pub fn mix(frame: &[u8; FRAME], others: &[&[i16]]) -> Frame {
    let mut pcm = mulaw::decode(frame);
    for other in others {
        for (sample, added) in pcm.iter_mut().zip(*other) {
            *sample = sample.saturating_add(*added);
        }
    }
    Frame::new(&mulaw::encode(&pcm))
}

/// Writes a stereo 8 kHz WAV file: the caller left, the agent right, both µ-law from the same moment on.
pub fn write_stereo(path: impl AsRef<Path>, caller: &[u8], agent: &[u8]) -> Result<(), hound::Error> {
    std::fs::write(path, stereo_wav(caller, agent)).map_err(hound::Error::IoError)
}

/// The bytes of [`write_stereo`]'s file.
pub fn stereo_wav(caller: &[u8], agent: &[u8]) -> Vec<u8> {
    let spec =
        hound::WavSpec { channels: 2, sample_rate: RATE, bits_per_sample: 16, sample_format: hound::SampleFormat::Int };
    let mut file = std::io::Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut file, spec).expect("memory takes every write");
    let (left, right) = (mulaw::decode(caller), mulaw::decode(agent));
    for n in 0..left.len().max(right.len()) {
        for side in [&left, &right] {
            writer.write_sample(side.get(n).copied().unwrap_or(0)).expect("memory takes every write");
        }
    }
    writer.finalize().expect("memory takes every write");
    file.into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_is_found_between_silences() {
        let mut bytes = vec![mulaw::SILENCE; 25 * FRAME];
        for frame in Clip::tone(300.0, 600).frames() {
            bytes.extend(frame.mulaw);
        }
        bytes.extend([mulaw::SILENCE; 40 * FRAME]);
        assert_eq!(Clip::from_mulaw("x", &bytes, None).speech(), Some(500..1_100));
    }

    #[test]
    fn silence_and_a_clip_said_to_be_wordless_hold_no_speech() {
        assert_eq!(Clip::from_mulaw("x", &[mulaw::SILENCE; 8_000], None).speech(), None);
        let hum: Vec<u8> = Clip::tone(50.0, 500).frames().iter().flat_map(|frame| frame.mulaw).collect();
        assert_eq!(Clip::from_mulaw("x", &hum, Some(String::new())).speech(), None);
    }

    #[test]
    fn a_clip_at_24_khz_keeps_its_length() {
        let clip = Clip::from_pcm("x", &[1_000; 24_000], 24_000, None);
        assert_eq!(clip.ms(), 1_000);
    }
}

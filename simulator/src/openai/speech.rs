//! `POST /v1/audio/speech`: something like speech, as long as the text would take, rendered once for all requests.

use std::{collections::VecDeque, f32::consts::TAU, sync::LazyLock};

use bytes::Bytes;

use super::{answer::Answer, plan::Delays};

/// Samples a second of the PCM.
pub const RATE: u32 = 24_000;
/// English is read at about fifteen characters a second.
const CHARACTERS_A_SECOND: u64 = 15;
const LONGEST_MS: u64 = 60_000;

/// A minute of a voiced, syllabic noise: a 140 Hz harmonic tone that swells four times a second and is audible from its first
/// sample on. Signed 16-bit little-endian.
static VOICE: LazyLock<Bytes> = LazyLock::new(|| {
    let second: Vec<i16> = (0..RATE)
        .map(|n| {
            let t = n as f32 / RATE as f32;
            let harmonics = [(1.0, 0.5), (2.0, 0.3), (3.0, 0.35), (4.0, 0.2), (5.0, 0.25), (8.0, 0.1), (17.0, 0.08)];
            let voice: f32 = harmonics.iter().map(|(order, level)| level * (TAU * 140.0 * order * t).sin()).sum();
            let syllable = 0.65 + 0.35 * (TAU * 4.0 * t).cos();
            (voice * syllable * 7_000.0) as i16
        })
        .collect();
    let bytes: Vec<u8> = second.iter().flat_map(|sample| sample.to_le_bytes()).collect();
    bytes.repeat((LONGEST_MS / 1_000) as usize).into()
});

/// Renders it now rather than in the first request.
pub(super) fn prepare() {
    LazyLock::force(&VOICE);
}

/// How long a text is spoken, in milliseconds: 300 ms to a minute.
pub fn natural_ms(text: &str) -> u64 {
    (text.chars().count() as u64 * 1_000 / CHARACTERS_A_SECOND).clamp(300, LONGEST_MS)
}

pub(super) fn answer(text: &str, delays: Delays) -> Answer {
    let byte_rate = u64::from(RATE) * 2 / 1_000;
    let audio = VOICE.slice(..(natural_ms(text) * byte_rate) as usize);
    let pieces = if delays.between.is_zero() {
        VecDeque::from([audio])
    } else {
        // 4,799 bytes: a little less than 100 ms, and odd, as chunk borders are.
        let step = (100 * byte_rate - 1) as usize;
        (0..audio.len()).step_by(step).map(|at| audio.slice(at..(at + step).min(audio.len()))).collect()
    };
    Answer::streamed("audio/pcm", pieces, delays.between)
}

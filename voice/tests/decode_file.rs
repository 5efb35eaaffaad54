//! Uploads in every format, and uploads that are not what they claim.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    io::Cursor,
    path::PathBuf,
    time::{Duration, Instant},
};

use voice::audio::{DecodeError, Resampler, decode_file, pcm16_bytes, wav};

const LONGEST: Duration = Duration::from_secs(60);

fn fixture(name: &str) -> Vec<u8> {
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)).unwrap()
}

fn original() -> Vec<u8> {
    let clip = "../caller-audio/17_seven_of_clubs_real.wav";
    fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(clip)).unwrap()
}

fn decode(bytes: Vec<u8>) -> Result<Vec<i16>, DecodeError> {
    decode_file(Cursor::new(bytes), LONGEST)
}

fn telephone_band(pcm: &[i16]) -> Vec<i16> {
    let (mut resampler, mut out) = (Resampler::new(16_000, 8_000), Vec::new());
    resampler.process(pcm, &mut out);
    resampler.flush(&mut out);
    out
}

/// The likeness (1: the same but for loudness) and the samples by which `b` lies later, at the best match within 100 ms.
fn likeness(a: &[i16], b: &[i16]) -> (f64, i32) {
    let at = |pcm: &[i16], n: i32| usize::try_from(n).ok().and_then(|n| pcm.get(n)).map_or(0.0, |&s| f64::from(s));
    let power = |pcm: &[i16]| pcm.iter().map(|&s| f64::from(s).powi(2)).sum::<f64>();
    (-800..=800)
        .map(|lag| {
            let product: f64 = (0..a.len() as i32).map(|n| at(a, n) * at(b, n + lag)).sum();
            (product / (power(a) * power(b)).sqrt(), lag)
        })
        .max_by(|x, y| x.0.total_cmp(&y.0))
        .unwrap()
}

const FIXTURES: [&str; 13] = [
    "mulaw.wav",
    "alaw.wav",
    "mono8k.flac",
    "lame.mp3",
    "aac.m4a",
    "faststart.m4a",
    "adts.aac",
    "vorbis.ogg",
    "vorbis.webm",
    "opus.ogg",
    "opus.webm",
    "opus.mp4",
    "opus-narrowband.ogg",
];

#[test]
fn every_format_gives_the_same_speech_at_the_same_time() {
    let original = telephone_band(&decode(original()).unwrap());
    for name in FIXTURES {
        let pcm = telephone_band(&decode(fixture(name)).unwrap());
        let (like, lag) = likeness(&original, &pcm);
        let longer = pcm.len().abs_diff(original.len());
        println!("{name}: likeness {like:.3}, {lag} samples later, {longer} longer");
        // At 8 and 12 kbit/s the codec keeps the sound but not the wave: libopus itself comes to 0.66 and 0.76.
        let least = if matches!(name, "opus.mp4" | "opus-narrowband.ogg") { 0.6 } else { 0.9 };
        assert!(like > least, "{name}: likeness {like:.3}");
        // The encoder's delay stays in with AAC: 1,024 samples, at 16 kHz in `adts.aac`.
        assert!(
            lag.abs() <= if name.contains("aac") || name.ends_with("m4a") { 520 } else { 8 },
            "{name}: {lag} samples later"
        );
        assert!(longer <= 1_000, "{name}: {longer} samples longer or shorter");
    }
}

#[test]
fn pcm_wav_is_exact_and_float_24_bit_and_stereo_are_read() {
    let pcm: Vec<i16> = (0..16_000).map(|n| ((f64::from(n) * 0.05).sin() * 12_000.0) as i16).collect();
    assert_eq!(decode(wav::encode(16_000, &pcm)).unwrap(), pcm);
    for (bits, sample_format) in [(32, hound::SampleFormat::Float), (24, hound::SampleFormat::Int)] {
        let spec = hound::WavSpec { channels: 2, sample_rate: 16_000, bits_per_sample: bits, sample_format };
        let mut file = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut file, spec).unwrap();
        for &sample in &pcm {
            for side in [1.5, 0.5] {
                let value = f32::from(sample) * side;
                match sample_format {
                    hound::SampleFormat::Float => writer.write_sample(value / 32_768.0).unwrap(),
                    hound::SampleFormat::Int => writer.write_sample((value * 256.0) as i32).unwrap(),
                }
            }
        }
        writer.finalize().unwrap();
        let back = decode(file.into_inner()).unwrap();
        assert_eq!(back.len(), pcm.len());
        assert!(back.iter().zip(&pcm).all(|(a, b)| a.abs_diff(*b) <= 1), "{bits} bits {sample_format:?}");
    }
}

#[test]
fn the_content_decides_and_not_audio_is_said_to_be_none() {
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0xFF, 0xFB, 0x90, 0x00].repeat(2_000)].concat();
    let zip = [b"PK\x03\x04".as_slice(), &[7; 5_000]].concat();
    let html = b"<!doctype html><title>404</title>".to_vec();
    for bytes in [png, zip, html, vec![0; 10_000], b"RIFF".to_vec(), b"RIFF\x10\0\0\0AVI LIST".to_vec()] {
        let refused = decode(bytes.clone());
        assert!(matches!(refused, Err(DecodeError::Unsupported(_))), "{:?}: {refused:?}", &bytes[..4]);
    }
    for bytes in [Vec::new(), wav::encode(16_000, &[])] {
        assert!(matches!(decode(bytes), Err(DecodeError::Empty)));
    }
    let headless = [b"fLaC".as_slice(), &[0x55; 4_000]].concat();
    assert!(matches!(decode(headless), Err(DecodeError::Garbled(_))));
    let video_only = decode([b"\0\0\0\x18ftypmp42".as_slice(), &[0; 64]].concat());
    assert!(matches!(video_only, Err(DecodeError::Unsupported(_) | DecodeError::Garbled(_))), "{video_only:?}");
}

#[test]
fn a_file_longer_than_allowed_is_refused_while_it_is_decoded() {
    for name in FIXTURES {
        let refused = decode_file(Cursor::new(fixture(name)), Duration::from_millis(1_500));
        assert!(matches!(refused, Err(DecodeError::TooLong(_))), "{name}");
    }
    // A header that claims four gigabytes of samples, with 20 ms behind it, takes no four gigabytes.
    let mut bytes = wav::encode(16_000, &[1_000; 320]);
    bytes[4..8].copy_from_slice(&u32::MAX.to_le_bytes());
    bytes[40..44].copy_from_slice(&(u32::MAX - 64).to_le_bytes());
    assert!(matches!(decode(bytes), Ok(pcm) if pcm.len() <= 320));
}

#[test]
fn an_absurd_sample_rate_is_refused() {
    for rate in [0, 1, 3_999, 192_001, u32::MAX] {
        let mut bytes = wav::encode(16_000, &[1_000; 3_200]);
        bytes[24..28].copy_from_slice(&rate.to_le_bytes());
        let refused = decode(bytes);
        assert!(matches!(refused, Err(DecodeError::Unsupported(_) | DecodeError::Garbled(_))), "{rate}: {refused:?}");
    }
}

#[test]
fn a_recording_cut_short_gives_what_is_there_unless_its_boxes_contradict_it() {
    for name in FIXTURES {
        if name.ends_with("m4a") || name.ends_with("mp4") || name == "vorbis.webm" {
            // Boxes of MP4, and of WebM that was not recorded live, state their length; MP4's index is often the last.
            let bytes = fixture(name);
            let refused = decode(bytes[..bytes.len() * 2 / 3].to_vec());
            assert!(
                matches!(refused, Err(DecodeError::Garbled(_) | DecodeError::Unsupported(_))),
                "{name}: {refused:?}"
            );
            continue;
        }
        let bytes = fixture(name);
        let pcm = decode(bytes[..bytes.len() * 2 / 3].to_vec()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!((14_000..28_000).contains(&pcm.len()), "{name}: {} samples", pcm.len());
    }
}

/// 13 files, each damaged 20 times in some bytes and cut at 10 places: an answer each time, within the bound.
#[test]
fn damaged_files_are_answered() {
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = move |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let (mut read, mut refused) = (0, 0);
    let mut slowest = Duration::ZERO;
    for name in FIXTURES {
        let whole = fixture(name);
        for round in 0..30 {
            let mut bytes = whole.clone();
            if round < 10 {
                bytes.truncate(whole.len() * round / 10);
            } else {
                // Half of the damage goes to the headers.
                let within = if round % 2 == 0 { 200 } else { whole.len() };
                for _ in 0..1 + round / 5 {
                    bytes[random(within)] = random(256) as u8;
                }
            }
            let begun = Instant::now();
            let answer = decode_file(Cursor::new(bytes), LONGEST);
            slowest = slowest.max(begun.elapsed());
            match answer {
                Ok(pcm) => {
                    assert!(pcm.len() <= 60 * 16_000 + 40_000, "{name}: {} samples", pcm.len());
                    read += 1;
                }
                Err(DecodeError::Io(cause)) => panic!("{name}: memory can always be read: {cause}"),
                Err(_) => refused += 1,
            }
        }
    }
    println!("{read} read, {refused} refused, the slowest in {slowest:?}");
    assert!(slowest < Duration::from_secs(5), "one took {slowest:?}");
    assert!(read > 50 && refused > 50, "{read} read, {refused} refused: the damage should do both");
}

#[test]
fn raw_bytes_without_a_header_are_refused() {
    let pcm: Vec<i16> = (0..16_000).map(|n| ((f64::from(n) * 0.05).sin() * 12_000.0) as i16).collect();
    assert!(matches!(decode(pcm16_bytes(&pcm)), Err(DecodeError::Unsupported(_))));
}

//! Long audio, cut into utterances.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    io::{Cursor, Read, Seek, SeekFrom},
    path::PathBuf,
    time::Duration,
};

use voice::{
    audio::{AudioFile, Channels, DecodeError, flac},
    cutting::{Cutter, Utterance},
    vad::Vad,
};

fn clip(name: &str) -> Vec<i16> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../caller-audio").join(name).with_extension("wav");
    hound::WavReader::open(path).unwrap().samples().map(Result::unwrap).collect()
}

const fn samples(ms: u64) -> usize {
    ms as usize * 16
}

/// A quiet line, as exchanges make it.
fn pause(ms: u64) -> Vec<i16> {
    (0..samples(ms)).map(|n| (n * 7_919 % 7) as i16 - 3).collect()
}

fn cut(pcm: &[i16]) -> Vec<Utterance> {
    let mut cutter = Cutter::new(&Vad::load(None), 0);
    let mut utterances: Vec<_> = pcm.chunks(331).flat_map(|chunk| cutter.push(chunk)).collect();
    utterances.extend(cutter.finish());
    utterances
}

#[test]
fn each_sentence_between_pauses_is_an_utterance_at_its_time() {
    let names = ["08_long_sentence_real", "18_two_clauses_real", "16_go_somewhere_real"];
    let (mut pcm, mut begins) = (Vec::new(), Vec::new());
    for name in names {
        pcm.extend(pause(2_000));
        begins.push(pcm.len() as u64 / 16);
        pcm.extend(clip(name));
    }
    pcm.extend(pause(2_000));
    let utterances = cut(&pcm);
    assert_eq!(utterances.len(), 3);
    for (utterance, begins) in utterances.iter().zip(begins) {
        assert!((begins..begins + 900).contains(&utterance.start_ms), "{} at {begins}", utterance.start_ms);
        // The samples are those of that time, with a little before and after.
        let from = utterance.until_ms - utterance.pcm.len() as u64 / 16;
        assert_eq!(utterance.pcm[..], pcm[samples(from)..samples(utterance.until_ms)]);
        assert!(from <= utterance.start_ms && utterance.end_ms <= utterance.until_ms);
        assert!(utterance.start_ms - from <= 200 && utterance.until_ms - utterance.end_ms <= 200);
    }
}

#[test]
fn noise_key_tones_and_silence_are_not_sent() {
    for name in ["13_pure_noise", "21_dtmf_4155550198"] {
        let utterances = cut(&[pause(1_000), clip(name), pause(3_000)].concat());
        assert!(utterances.is_empty(), "{name}: {} utterances", utterances.len());
    }
    assert!(cut(&pause(120_000)).is_empty());
}

#[test]
fn who_talks_on_and_on_is_cut_and_no_word_is_lost() {
    // Without the silence at its ends.
    let sentence = clip("08_long_sentence_real");
    let sentence = &sentence[samples(1_000)..sentence.len() - samples(1_000)];
    let pcm: Vec<i16> = sentence.iter().copied().cycle().take(samples(120_000)).collect();
    let utterances = cut(&pcm);
    assert!(utterances.iter().all(|utterance| utterance.pcm.len() <= samples(28_000)));
    assert!(utterances.len() <= 9, "{} pieces", utterances.len());
    let sent: usize = utterances.iter().map(|utterance| utterance.pcm.len()).sum();
    // All but the silence between the sentences.
    assert!(sent > pcm.len() * 9 / 10, "{sent} of {}", pcm.len());
    assert!(utterances.windows(2).all(|pair| pair[0].until_ms <= pair[1].start_ms));
}

#[test]
fn whoever_goes_on_later_hears_the_rest_as_if_there_had_been_no_break() {
    let sentence = || [clip("16_go_somewhere_real"), pause(1_500)].concat();
    let pcm = [pause(500), sentence(), sentence(), sentence()].concat();
    let whole = cut(&pcm);
    assert_eq!(whole.len(), 3);
    let until_ms = whole[0].until_ms;
    let mut cutter = Cutter::new(&Vad::load(None), until_ms);
    let mut rest = cutter.push(&pcm[samples(until_ms)..]);
    rest.extend(cutter.finish());
    assert_eq!(rest.len(), 2);
    for (one, other) in rest.iter().zip(&whole[1..]) {
        assert!(one.start_ms.abs_diff(other.start_ms) <= 64 && one.end_ms.abs_diff(other.end_ms) <= 64);
    }
}

/// An hour of a call, in which somebody speaks all the time and the other one now and then.
fn an_hour() -> fs::File {
    let mut encoder = flac::Encoder::new(tempfile::tempfile().unwrap(), 8_000).unwrap();
    let narrow = |name| clip(name).into_iter().step_by(2).collect::<Vec<_>>();
    let (busy, seldom) = (narrow("08_long_sentence_real"), narrow("17_seven_of_clubs_real"));
    let line: Vec<i16> = (0..8_000 * 60)
        .flat_map(|n| [busy[n % busy.len()], seldom.get(n % 160_000).copied().unwrap_or_default()])
        .collect();
    for _ in 0..60 {
        encoder.push(&line).unwrap();
    }
    let (mut file, _) = encoder.finish().unwrap();
    file.seek(SeekFrom::Start(0)).unwrap();
    file
}

#[test]
fn an_hour_of_two_channels_is_never_held_but_for_a_minute() {
    let vad = Vad::load(None);
    let mut cutters = [Cutter::new(&vad, 0), Cutter::new(&vad, 0)];
    let (mut samples_read, mut pieces, mut most) = (0, 0, 0);
    AudioFile::open(an_hour(), Channels::Separate)
        .unwrap()
        .read(Duration::from_secs(4_000), &mut |pcm| {
            samples_read += pcm[0].len();
            pieces += cutters.iter_mut().zip(pcm).map(|(cutter, pcm)| cutter.push(pcm).len()).sum::<usize>();
            most = most.max(pcm.iter().map(Vec::len).sum::<usize>() + cutters.iter().map(Cutter::kept).sum::<usize>());
            true
        })
        .unwrap();
    assert_eq!(samples_read, samples(3_600_000));
    assert!(pieces > 200, "{pieces} pieces");
    // Half a minute of each channel; the hour has two hours of samples.
    assert!(most < samples(60_000), "{most} samples");
}

#[test]
fn channels_are_read_apart_or_as_one() {
    let mut encoder = flac::Encoder::new(Cursor::new(Vec::new()), 8_000).unwrap();
    encoder.push(&(0..8_000).flat_map(|n| [1_000, if n < 4_000 { 0 } else { -1_000 }]).collect::<Vec<_>>()).unwrap();
    let file = encoder.finish().unwrap().0.into_inner();
    let read = |channels| {
        let audio = AudioFile::open(Cursor::new(file.clone()), channels).unwrap();
        assert_eq!(audio.claimed(), Some(Duration::from_secs(1)));
        let mut heard: Vec<Vec<i16>> = Vec::new();
        audio
            .read(Duration::from_secs(2), &mut |pcm| {
                heard.resize(pcm.len(), Vec::new());
                heard.iter_mut().zip(pcm).for_each(|(all, some)| all.extend(some));
                true
            })
            .unwrap();
        heard.iter().map(|all| (all.len(), all[4_000], all[12_000])).collect::<Vec<_>>()
    };
    assert_eq!(read(Channels::Separate), [(16_000, 1_000, 1_000), (16_000, 0, -1_000)]);
    assert_eq!(read(Channels::Mixed), [(16_000, 500, 0)]);
}

#[test]
fn stereo_opus_is_read_apart_too() {
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/opus.ogg");
    let mut file = Vec::new();
    fs::File::open(fixture).unwrap().read_to_end(&mut file).unwrap();
    let mut channels = 0;
    let audio = AudioFile::open(Cursor::new(file), Channels::Separate).unwrap();
    audio
        .read(Duration::from_secs(60), &mut |pcm| {
            channels = pcm.len();
            true
        })
        .unwrap();
    assert!((1..=2).contains(&channels), "{channels}");
}

#[test]
fn a_file_longer_than_allowed_is_found_out_while_it_is_read() {
    let mut encoder = flac::Encoder::new(Cursor::new(Vec::new()), 8_000).unwrap();
    encoder.push(&vec![0; 8_000 * 2 * 3]).unwrap();
    let audio = AudioFile::open(Cursor::new(encoder.finish().unwrap().0.into_inner()), Channels::Separate).unwrap();
    let mut heard = 0;
    let result = audio.read(Duration::from_secs(2), &mut |pcm| {
        heard += pcm[0].len();
        true
    });
    assert!(matches!(result, Err(DecodeError::TooLong(_))));
    assert!(heard <= 16_000 * 5 / 2, "{heard}");
}

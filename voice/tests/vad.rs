//! Voice detection on recorded speech, noise, key tones and silence.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use tracing::{
    Event, Level, Metadata, Subscriber,
    span::{Attributes, Id, Record},
    subscriber::with_default,
};
use voice::{
    audio::{Resampler, mulaw},
    vad::{Listener, Vad},
};

const SPEECH: [&str; 11] = [
    "01_yes_please",
    "02_no_thank_you",
    "04_phone_number_sentence",
    "06_spelled_name_sentence",
    "08_long_sentence_real",
    "10_hesitation_700ms_booking",
    "11_speech_over_babble_10db_real",
    "15_forever_real",
    "16_go_somewhere_real",
    "17_seven_of_clubs_real",
    "18_two_clauses_real",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A clip as a telephone line carries it, at 16 kHz.
fn telephone(clip: &str) -> Vec<i16> {
    let bytes = fs::read(root().join("../caller-audio").join(clip).with_extension("ulaw")).unwrap();
    let (mut resampler, mut pcm) = (Resampler::new(8_000, 16_000), Vec::new());
    for frame in bytes.chunks(160) {
        resampler.process(&mulaw::decode(frame), &mut pcm);
    }
    resampler.flush(&mut pcm);
    pcm
}

fn listen(listener: &mut Listener, pcm: &[i16]) -> Vec<f32> {
    pcm.chunks(320).flat_map(|frame| listener.push(frame)).collect()
}

#[test]
fn speech_is_found_soon_after_it_begins() {
    let vad = Vad::load(None);
    for clip in SPEECH {
        let pcm = telephone(clip);
        // Speech begins where the clip first comes within 20 dB of its loudest 20 ms.
        let energy = |frame: &[i16]| frame.iter().map(|&s| f64::from(s).powi(2)).sum::<f64>();
        let loudest = pcm.chunks(320).map(energy).fold(0.0, f64::max);
        let begins = pcm.chunks(320).position(|frame| energy(frame) > loudest / 100.0).unwrap() * 20;
        let verdicts = listen(&mut vad.listener(), &pcm);
        let found = (verdicts.iter().position(|&p| p >= 0.5).unwrap() + 1) * Listener::WINDOW_MS as usize;
        let share = verdicts.iter().filter(|&&p| p >= 0.5).count() as f64 / verdicts.len() as f64;
        println!("{clip}: begins at {begins} ms, found at {found} ms, {share:.2} of the clip is speech");
        // Over babble the loudness does not say when speech begins.
        let within = if clip.contains("babble") { 400 } else { 160 };
        assert!(found <= begins + within, "{clip}: begins at {begins} ms, found at {found} ms");
        assert!(share > 0.3, "{clip}: {share:.2} of it");
    }
}

#[test]
fn noise_key_tones_and_a_dial_tone_are_no_speech() {
    let vad = Vad::load(None);
    let tone: Vec<i16> = (0..48_000)
        .map(|n| ((f64::from(n) * 0.172).sin() * 6_000.0 + (f64::from(n) * 0.137).sin() * 6_000.0) as i16)
        .collect();
    for (name, pcm) in
        [("noise", telephone("13_pure_noise")), ("keys", telephone("21_dtmf_4155550198")), ("dial tone", tone)]
    {
        let loudest = listen(&mut vad.listener(), &pcm).into_iter().fold(0.0, f32::max);
        println!("{name}: {loudest:.3} at most");
        assert!(loudest < 0.5, "{name}: {loudest}");
    }
}

#[test]
fn silence_is_never_shown_to_the_network() {
    let vad = Vad::load(None);
    let mut listener = vad.listener();
    // Digital silence, and the comfort noise of a line at -66 dBFS.
    let mut seed = 7_u32;
    let comfort = (0..160_000).map(|_| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 24) as i16 % 29 - 14
    });
    let pcm: Vec<i16> = std::iter::repeat_n(0, 160_000).chain(comfort).collect();
    let verdicts = listen(&mut listener, &pcm);
    assert_eq!(verdicts.len(), 625);
    assert!(verdicts.iter().all(|&p| p == 0.0));
    assert_eq!(listener.neural_runs(), 0);

    let speech = telephone("01_yes_please");
    listen(&mut listener, &speech);
    let ran = listener.neural_runs();
    assert!(ran > 20);
    listen(&mut listener, &pcm[..160_000]);
    assert!(listener.neural_runs() - ran <= 9, "it lingers for a quarter of a second");
}

#[test]
fn verdicts_come_window_by_window_however_the_audio_is_cut() {
    let vad = Vad::load(None);
    let pcm = telephone("17_seven_of_clubs_real");
    let whole = vad.listener().push(&pcm);
    assert_eq!(whole.len(), pcm.len() / 512);
    for size in [1, 160, 320, 511, 513, 4_000] {
        let mut listener = vad.listener();
        let cut: Vec<f32> = pcm.chunks(size).flat_map(|chunk| listener.push(chunk)).collect();
        assert_eq!(cut, whole, "chunks of {size}");
    }
}

/// Counts warnings.
#[derive(Clone, Default)]
struct Warnings(Arc<AtomicUsize>);

impl Subscriber for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

#[test]
fn a_model_that_is_missing_or_garbled_is_warned_of_and_leaves_the_cheap_detector() {
    let folder = tempfile::tempdir().unwrap();
    let garbled = folder.path().join("garbled.onnx");
    let model = fs::read(root().join("assets/silero_vad_16k_op15.onnx")).unwrap();
    fs::write(&garbled, &model[..model.len() / 2]).unwrap();
    let whole = folder.path().join("whole.onnx");
    fs::write(&whole, model).unwrap();

    assert!(Vad::load(None).is_neural());
    assert!(Vad::load(Some(&whole)).is_neural());
    for path in [garbled, folder.path().join("missing.onnx")] {
        let warnings = Warnings::default();
        let vad = with_default(warnings.clone(), || Vad::load(Some(&path)));
        assert!(!vad.is_neural());
        assert_eq!(warnings.0.load(Ordering::SeqCst), 1);
        let mut listener = vad.listener();
        let speech = listen(&mut listener, &telephone("04_phone_number_sentence"));
        let share = speech.iter().filter(|&&p| p >= 0.5).count() as f64 / speech.len() as f64;
        assert!(share > 0.4, "the cheap detector hears speech too: {share:.2}");
        assert!(listen(&mut listener, &[0; 32_000]).iter().skip(4).all(|&p| p < 0.5));
        assert_eq!(listener.neural_runs(), 0);
    }
}

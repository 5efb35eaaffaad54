//! The engines as a call uses them: through voice's traits, on callers' real voices.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
    time::{Duration, Instant},
};

use futures_util::{StreamExt, future::join_all};
use local_speech::{Hibari, Moonshine};
use voice::{
    audio::{Resampler, mulaw},
    cutting::Cutter,
    provider::{ErrorKind, SpeakRequest, Speech, SpeechToText, TextToSpeech},
    vad::Vad,
};

mod words;

/// Loaded once; the models are fetched when they are not there (the script lets one process do it).
static ENGINES: LazyLock<(Moonshine, Hibari)> = LazyLock::new(|| {
    let done = Command::new(root().join("scripts/fetch-models")).status().expect("scripts/fetch-models can be run");
    assert!(done.success(), "scripts/fetch-models failed");
    local_speech::load(&root().join("models")).unwrap()
});

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

fn stt() -> &'static Moonshine {
    &ENGINES.0
}

fn tts() -> &'static Hibari {
    &ENGINES.1
}

/// The clips of `caller-audio`: path without ending, and the words spoken ("" for noise and keys).
fn clips() -> Vec<(PathBuf, String)> {
    let mut clips: Vec<_> = fs::read_dir(root().join("caller-audio"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "wav"))
        .map(|path| (path.with_extension(""), fs::read_to_string(path.with_extension("txt")).unwrap()))
        .collect();
    clips.sort();
    assert!(clips.len() >= 10, "caller-audio holds {} clips", clips.len());
    clips
}

fn wideband(clip: &Path) -> Vec<i16> {
    let mut wav = hound::WavReader::open(clip.with_extension("wav")).unwrap();
    assert_eq!((wav.spec().sample_rate, wav.spec().channels), (Speech::RATE, 1));
    wav.samples::<i16>().map(Result::unwrap).collect()
}

fn telephone(clip: &Path) -> Vec<i16> {
    resampled(8_000, &mulaw::decode(&fs::read(clip.with_extension("ulaw")).unwrap()))
}

/// At 16 kHz.
fn resampled(from: u32, pcm: &[i16]) -> Vec<i16> {
    let (mut resampler, mut out) = (Resampler::new(from, Speech::RATE), Vec::new());
    resampler.process(pcm, &mut out);
    resampler.flush(&mut out);
    out
}

async fn heard(pcm: Vec<i16>) -> String {
    stt().transcribe(Speech { pcm: pcm.into(), language: Some("en".into()) }).await.unwrap().text
}

fn request(text: &str) -> SpeakRequest {
    SpeakRequest { text: text.into(), voice: "alloy".into(), speed: 1.0, instructions: None }
}

/// The bytes of all chunks, and how many chunks they came in.
async fn spoken(request: SpeakRequest) -> (Vec<i16>, usize) {
    let chunks: Vec<_> = tts().speak(request).await.unwrap().map(Result::unwrap).collect().await;
    let bytes = chunks.concat();
    (bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect(), chunks.len())
}

async fn word_error_rate(samples: fn(&Path) -> Vec<i16>) -> f64 {
    let (mut errors, mut total) = (0, 0);
    for (clip, words) in clips().into_iter().filter(|(_, words)| !words.trim().is_empty()) {
        let text = heard(samples(&clip)).await;
        let (wrong, of) = words::errors(&words, &text);
        println!("{wrong:2} of {of:2}  {}: {text}", clip.file_name().unwrap().display());
        (errors, total) = (errors + wrong, total + of);
    }
    println!("{errors} of {total} words wrong");
    errors as f64 / total as f64
}

#[tokio::test]
async fn at_most_eight_words_of_a_hundred_are_misheard_in_wideband() {
    let rate = word_error_rate(wideband).await;
    assert!(rate <= 0.08, "{rate:.3}");
}

#[tokio::test]
async fn at_most_eight_words_of_a_hundred_are_misheard_on_the_telephone() {
    let rate = word_error_rate(telephone).await;
    assert!(rate <= 0.08, "{rate:.3}");
}

#[tokio::test]
async fn noise_keys_and_silence_hold_no_words() {
    for (clip, _) in clips().into_iter().filter(|(_, words)| words.trim().is_empty()) {
        assert_eq!(heard(wideband(&clip)).await, "", "{}", clip.display());
        assert_eq!(heard(telephone(&clip)).await, "", "{}", clip.display());
    }
    for samples in [0, 1, 160, 16_000, 20 * 16_000] {
        assert_eq!(heard(vec![0; samples]).await, "", "{samples} samples");
    }
}

#[tokio::test]
async fn an_utterance_longer_than_the_model_takes_is_heard_whole() {
    let mut pcm = Vec::new();
    let mut words = String::new();
    for (clip, text) in clips().into_iter().filter(|(clip, _)| clip.to_string_lossy().contains("_real")) {
        pcm.extend(wideband(&clip));
        pcm.extend([0; 8_000]);
        words = words + " " + &text;
    }
    assert!(pcm.len() > 25 * 16_000, "{} samples are more than one piece", pcm.len());
    let text = heard(pcm).await;
    let (wrong, of) = words::errors(&words, &text);
    assert!(wrong * 100 <= of * 8, "{wrong} of {of}: {text}");
}

#[tokio::test]
async fn a_long_call_is_heard_piece_by_piece_as_it_is_cut() {
    let (mut pcm, mut words) = (vec![0; 16_000], String::new());
    for (clip, text) in clips() {
        pcm.extend(telephone(&clip));
        pcm.extend([0; 20_000]);
        words = words + " " + &text;
    }
    let mut cutter = Cutter::new(&Vad::load(None), 0);
    let mut pieces: Vec<_> = pcm.chunks(4_096).flat_map(|chunk| cutter.push(chunk)).collect();
    pieces.extend(cutter.finish());
    let mut texts = Vec::new();
    for piece in pieces {
        texts.push(heard(piece.pcm.to_vec()).await);
    }
    assert!(texts.len() > 6, "{texts:?}");
    let (wrong, of) = words::errors(&words, &texts.join(" "));
    println!("{wrong} of {of} words wrong: {texts:?}");
    assert!(wrong * 100 <= of * 8, "{wrong} of {of}: {texts:?}");
}

#[tokio::test]
async fn what_is_spoken_is_heard_again() {
    for (text, said) in [
        ("Thank you for calling Bright Dental.", "thank you for calling bright dental"),
        ("We close at 17:30.", "we close at 5:30 p m"),
        ("The time is 9:05.", "the time is 9:05"),
        ("The number is 415-555-0198.", "the number is four one five five five five zero one nine eight"),
        ("It costs $120.", "it costs one hundred twenty dollars"),
        ("That is 20% off.", "that is twenty percent off"),
    ] {
        let (pcm, _) = spoken(request(text)).await;
        let text = heard(resampled(tts().rate(), &pcm)).await;
        let (wrong, of) = words::errors(said, &text);
        assert!(wrong <= 1, "{wrong} of {of}: {text}");
    }
}

#[tokio::test]
async fn the_same_text_gives_the_same_sound_and_the_same_sound_the_same_words() {
    let (first, second) = tokio::join!(spoken(request("Is that the same?")), spoken(request("Is that the same?")));
    assert!(first.0.len() > 12_000);
    assert_eq!(first, second);
    let pcm = resampled(tts().rate(), &first.0);
    assert_eq!(heard(pcm.clone()).await, heard(pcm).await);
}

#[tokio::test]
async fn many_at_once_are_all_served() {
    let clip = root().join("caller-audio/17_seven_of_clubs_real");
    let alone = heard(wideband(&clip)).await;
    assert_eq!(words::errors("seven of clubs", &alone).0, 0);
    let (texts, sounds) = tokio::join!(
        join_all((0..6).map(|_| heard(wideband(&clip)))),
        join_all((0..6).map(|_| spoken(request("One moment, please."))))
    );
    assert!(texts.iter().all(|text| *text == alone));
    assert!(sounds.iter().all(|sound| *sound == sounds[0] && sound.1 == 1));
}

#[tokio::test]
async fn speech_comes_sentence_by_sentence_and_starts_without_silence() {
    let mut chunks = tts().speak(request("One moment. I am looking that up for you. Here it is!")).await.unwrap();
    let mut count = 0;
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.unwrap();
        let mut samples = chunk.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]));
        let silent = samples.position(|sample| sample.abs() > 32).unwrap();
        assert!(silent <= tts().rate() as usize / 40, "{silent} samples of silence");
        count += 1;
    }
    assert_eq!(count, 3);
}

#[tokio::test]
async fn a_faster_speaker_takes_less_time() {
    let mut lengths = Vec::new();
    for speed in [0.5, 1.0, 2.0, f64::NAN, 1_000.0] {
        lengths
            .push(spoken(SpeakRequest { speed, ..request("Good morning, how are you today?") }).await.0.len() as f64);
    }
    assert!(lengths[0] > 1.5 * lengths[1] && lengths[1] > 1.5 * lengths[2], "{lengths:?}");
    assert_eq!(lengths[3], lengths[1], "no speed is the natural one");
    assert!(lengths[4] > 0.0 && lengths[4] < lengths[2]);
}

#[tokio::test]
async fn any_text_is_spoken_or_left_out_and_never_fails() {
    for silent in ["", "   ", "\n\n", "…", "?!", "🙂", "***", "—"] {
        assert_eq!(spoken(request(silent)).await.0.len(), 0, "{silent:?}");
    }
    for odd in [
        "Grüß Gott, señor Øyvind! 你好 Hello.",
        "\u{0}\u{7}\u{200b}Hello\u{feff} there\u{202e}",
        "[link](https://example.com/a?b=c&d=e#f) `code` <b>bold</b> {json: \"yes\"} \\ | ^ ~",
        "Kowalski-Müller's e-mail: anna.k_1@example.co.uk!!! #42 & 3/4 or 1e9, -5, 007, 1,2,3",
        "aaaa''''bbbb____cccc----dddd....eeee\"\"\"\"",
        "𝓗𝓮𝓵𝓵𝓸 ＷＯＲＬＤ ½ ² Ⅷ ٣ ① ™",
    ] {
        assert!(spoken(request(odd)).await.0.len() > 4_800, "{odd:?}");
    }
}

#[tokio::test]
async fn two_thousand_characters_are_spoken_to_the_end_and_the_first_are_not_waited_for() {
    let sentence = "Please bring the card of your insurance and come ten minutes before your appointment. ";
    let long = sentence.repeat(2_000 / sentence.len() + 1);
    let tts = tts();
    let begun = Instant::now();
    let mut chunks = tts.speak(request(&long)).await.unwrap();
    chunks.next().await.unwrap().unwrap();
    let first = begun.elapsed();
    let rest = chunks.map(Result::unwrap).collect::<Vec<_>>().await;
    assert_eq!(rest.len(), long.matches('.').count() - 1);
    assert!(first * 2 < begun.elapsed(), "the first of {} after {first:?} of {:?}", rest.len() + 1, begun.elapsed());

    let (endless, chunks) = spoken(request(&"W".repeat(200))).await;
    assert!(chunks > 2 && endless.len() / chunks < 40 * 24_000, "{} samples in {chunks} chunks", endless.len());
}

#[tokio::test]
async fn a_reply_nobody_listens_to_any_more_stops_and_hurts_no_other() {
    for _ in 0..50 {
        let listening = tokio::time::timeout(Duration::from_millis(1), heard(vec![8_000; 15 * 16_000]));
        drop(listening.await);
        let mut chunks = tts().speak(request("This is never heard. Nor is this.")).await.unwrap();
        drop(tokio::time::timeout(Duration::from_millis(1), chunks.next()).await);
    }
    assert!(spoken(request("But this is.")).await.0.len() > 4_800);
}

#[tokio::test]
async fn another_language_is_refused_not_guessed() {
    let speech = Speech { pcm: vec![0; 16_000].into(), language: Some("de".into()) };
    assert_eq!(stt().transcribe(speech).await.unwrap_err().kind, ErrorKind::Refused);
}

#[tokio::test]
async fn both_say_that_they_are_ready_by_working() {
    assert_eq!((stt().name(), tts().name(), tts().rate()), ("built-in:moonshine-tiny", "built-in:hibari", 24_000));
    stt().check().await.unwrap();
    tts().check().await.unwrap();
}

#[test]
fn a_missing_or_broken_file_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let error = local_speech::load(directory.path()).map(drop).unwrap_err().to_string();
    assert!(error.contains("moonshine-tiny") && error.contains("scripts/fetch-models"), "{error}");
    fs::create_dir(directory.path().join("moonshine-tiny")).unwrap();
    fs::write(directory.path().join("moonshine-tiny/encoder_model.onnx"), "<html>").unwrap();
    let error = local_speech::load(directory.path()).map(drop).unwrap_err().to_string();
    assert!(error.contains("encoder_model.onnx") && error.contains("not usable"), "{error}");
}

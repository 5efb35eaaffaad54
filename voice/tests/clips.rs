//! The clip cache, with a voice that counts how often it is asked.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, future::join_all, stream};
use voice::{
    audio::{clips::Clips, mulaw},
    line::AudioFormat,
    provider::{ErrorKind, ProviderError, SpeakRequest, SpeechStream, TextToSpeech},
};

/// Speaks 100 ms of a tone at 24 kHz for each character, in odd-sized chunks.
#[derive(Default)]
struct Tone {
    asked: AtomicUsize,
    fail_first: usize,
    slow: Duration,
}

#[async_trait]
impl TextToSpeech for Tone {
    fn name(&self) -> &str {
        "tone"
    }

    fn rate(&self) -> u32 {
        24_000
    }

    async fn speak(&self, request: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(self.slow).await;
        if asked < self.fail_first {
            let (provider, message) = ("tone".to_owned(), "500".to_owned());
            return Err(ProviderError { provider, kind: ErrorKind::Unavailable, message, retry_after: None });
        }
        let samples = request.text.len() * 2_400;
        let pcm: Vec<u8> =
            (0..samples).flat_map(|n| (((n as f32 * 0.1).sin() * 9_000.0) as i16).to_le_bytes()).collect();
        let chunks: Vec<_> = pcm.chunks(4_097).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        Ok(stream::iter(chunks).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        Ok(())
    }
}

fn say(text: &str) -> SpeakRequest {
    SpeakRequest { text: text.to_owned(), voice: "alloy".to_owned(), speed: 1.0, instructions: None }
}

#[tokio::test]
async fn callers_of_the_same_clip_share_one_rendering() {
    let (clips, tts) = (Clips::default(), Tone { slow: Duration::from_millis(50), ..Tone::default() });
    let greeting = say("hello");
    assert_eq!(clips.get(&tts, &greeting, AudioFormat::Mulaw8k), None);

    let all = join_all((0..20).map(|_| clips.render(&tts, &greeting, AudioFormat::Mulaw8k))).await;

    assert_eq!(tts.asked.load(Ordering::SeqCst), 1);
    let clip = all[0].as_ref().unwrap();
    assert_eq!(clip.len(), 4_000, "half a second of µ-law");
    assert!(all.iter().all(|other| other.as_ref().unwrap() == clip));
    assert_eq!(clips.get(&tts, &greeting, AudioFormat::Mulaw8k).as_ref(), Some(clip));
}

#[tokio::test]
async fn another_voice_speed_or_format_is_another_clip() {
    let (clips, tts) = (Clips::default(), Tone::default());
    clips.render(&tts, &say("hello"), AudioFormat::Mulaw8k).await.unwrap();
    let other_voice = SpeakRequest { voice: "nova".to_owned(), ..say("hello") };
    let slower = SpeakRequest { speed: 0.8, ..say("hello") };
    let sadly = SpeakRequest { instructions: Some("sad".to_owned()), ..say("hello") };
    for other in [&other_voice, &slower, &sadly] {
        assert_eq!(clips.get(&tts, other, AudioFormat::Mulaw8k), None);
    }
    assert_eq!(clips.get(&tts, &say("hello"), AudioFormat::Pcm16 { rate: 16_000 }), None);
    let wide = clips.render(&tts, &say("hello"), AudioFormat::Pcm16 { rate: 16_000 }).await.unwrap();
    assert_eq!(wide.len(), 16_000, "half a second of 16-bit samples at 16 kHz");
}

#[tokio::test]
async fn a_failed_rendering_is_not_kept() {
    let (clips, tts) = (Clips::default(), Tone { fail_first: 1, ..Tone::default() });
    let failed = clips.render(&tts, &say("hello"), AudioFormat::Mulaw8k).await.unwrap_err();
    assert_eq!(failed.kind, ErrorKind::Unavailable);
    assert_eq!(clips.get(&tts, &say("hello"), AudioFormat::Mulaw8k), None);
    clips.render(&tts, &say("hello"), AudioFormat::Mulaw8k).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_engine_that_hangs_or_never_ends_or_says_nothing_is_an_error() {
    let clips = Clips::default();
    let hung = Tone { slow: Duration::from_secs(3_600), ..Tone::default() };
    assert_eq!(clips.render(&hung, &say("a"), AudioFormat::Mulaw8k).await.unwrap_err().kind, ErrorKind::Timeout);
    let tts = Tone::default();
    let endless = clips.render(&tts, &say(&"a".repeat(700)), AudioFormat::Mulaw8k).await;
    assert_eq!(endless.unwrap_err().kind, ErrorKind::Garbled);
    assert_eq!(clips.render(&tts, &say(""), AudioFormat::Mulaw8k).await.unwrap_err().kind, ErrorKind::Garbled);
}

#[tokio::test]
async fn the_longest_unused_clips_go_first_when_the_cache_is_full() {
    let (clips, tts) = (Clips::default(), Tone::default());
    let line = AudioFormat::Mulaw8k;
    for n in 0..256 {
        clips.render(&tts, &say(&format!("{n:03}")), line).await.unwrap();
    }
    assert!(clips.get(&tts, &say("000"), line).is_some(), "all fit, and this one is now the last used");
    clips.render(&tts, &say("256"), line).await.unwrap();
    assert!(clips.get(&tts, &say("000"), line).is_some());
    assert!(clips.get(&tts, &say("001"), line).is_none());
    // 57 s at 48 kHz are 5.5 MB each: four of them are more than the 16 MiB kept.
    let wide = AudioFormat::Pcm16 { rate: 48_000 };
    for n in 0..4 {
        clips.render(&tts, &say(&n.to_string().repeat(570)), wide).await.unwrap();
    }
    assert!(clips.get(&tts, &say(&"3".repeat(570)), wide).is_some());
    assert!(clips.get(&tts, &say(&"0".repeat(570)), wide).is_none());
    assert!(clips.get(&tts, &say("256"), line).is_none());
}

#[test]
fn the_built_in_apology_speaks_in_every_format_without_a_provider() {
    for format in [AudioFormat::Mulaw8k, AudioFormat::Pcm16 { rate: 16_000 }, AudioFormat::Pcm16 { rate: 24_000 }] {
        let clip = Clips::builtin_apology(format);
        assert_eq!(clip.len() % format.bytes_in(20), 0);
        assert_eq!(format.ms_of(clip.len()), 4_780);
    }
    let pcm = mulaw::decode(&Clips::builtin_apology(AudioFormat::Mulaw8k));
    let energy = pcm.iter().map(|&sample| f64::from(sample).powi(2)).sum::<f64>() / pcm.len() as f64;
    let dbfs = 10.0 * (energy / 32_768_f64.powi(2)).log10();
    assert!((-30.0..-10.0).contains(&dbfs), "as loud as speech on a telephone: {dbfs:.1} dBFS");
}

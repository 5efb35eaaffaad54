//! Which engine serves each stage, as the settings say; the servers are fakes that check their keys.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use api::config::Settings;
use futures_util::StreamExt;
use secrecy::ExposeSecret;
use simulator::openai::{Endpoint, Fake, Reply};
use voice::{
    event::Usage,
    pipeline,
    provider::{ErrorKind, Providers, SpeakRequest},
};

fn settings(flags: &[&str]) -> Settings {
    Settings::read(["switchboard"].iter().chain(flags).map(Into::into)).unwrap()
}

fn select(flags: &[&str]) -> Providers {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let settings = settings(flags);
    providers::select(&settings.providers, &settings.files.models_dir).unwrap().live
}

async fn fake(key: &str) -> Fake {
    Fake::builder().key(key).transcript("Good evening").replies([Reply::say("Hello there.")]).start().await.unwrap()
}

async fn ignored(_: voice::tool::ToolUse) {}

fn persona() -> voice::conversation::Persona {
    domain::conversations::Cast::alone(domain::personas::default().clone()).speaker()
}

#[tokio::test]
async fn one_base_url_and_key_serve_all_three_stages() {
    let server = fake("sk-common").await;
    let url = server.base_url();
    let providers = select(&["--openai-base-url", &url, "--openai-api-key", "sk-common", "--llm-model", "small"]);

    let mut usage = Usage::default();
    let heard = pipeline::transcribe(&*providers.stt, vec![0; 16_000], None, &mut usage).await.unwrap();
    assert_eq!((heard.as_str(), usage.transcribed_ms), ("Good evening", 1_000));
    let reply = pipeline::respond(&*providers.model, &persona(), &Default::default(), Vec::new(), &heard, ignored)
        .await
        .unwrap();
    assert_eq!(reply.text, "Hello there.");
    let request = SpeakRequest { text: reply.text, voice: "nova".into(), speed: 1.0, instructions: None };
    let speech: Vec<_> = pipeline::speak(&*providers.tts, request).await.unwrap().collect().await;
    assert!(speech.iter().all(Result::is_ok) && !speech.is_empty());

    let asked = |endpoint| server.requests_of(endpoint).remove(0).body;
    assert_eq!(asked(Endpoint::Chat)["model"], "small");
    assert_eq!(asked(Endpoint::Speech)["voice"], "nova");
    assert_eq!(asked(Endpoint::Transcriptions)["model"], "gpt-transcribe");
    for name in [providers.stt.name(), providers.model.name(), providers.tts.name()] {
        assert!(name.starts_with("openai@127.0.0.1"), "{name}");
    }
}

#[tokio::test]
async fn a_stage_of_its_own_is_asked_with_its_own_key_alone() {
    let (common, own) = (fake("sk-common").await, fake("sk-own").await);
    let (common_url, own_url) = (common.base_url(), own.base_url());
    let flags = ["--openai-base-url", &common_url, "--openai-api-key", "sk-common", "--stt-base-url", &own_url];
    let providers = select(&[&flags[..], &["--stt-api-key", "sk-own"]].concat());
    pipeline::transcribe(&*providers.stt, vec![0; 16_000], None, &mut Usage::default()).await.unwrap();
    pipeline::respond(&*providers.model, &persona(), &Default::default(), Vec::new(), "Hello", ignored).await.unwrap();
    assert_eq!((own.requests_of(Endpoint::Transcriptions).len(), own.requests().len()), (1, 1));

    // Without a key of its own none is sent: the common one is for the common address.
    let stage = settings(&flags).providers.stage(voice::provider::Stage::SpeechToText);
    let api::config::StageConfig::Remote(remote) = stage else { panic!("a base URL was given") };
    assert!(remote.api_key.is_none());
    let keyless = select(&flags);
    let refused = pipeline::transcribe(&*keyless.stt, vec![0; 16_000], None, &mut Usage::default()).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Unauthorized);
}

#[tokio::test]
async fn a_stage_can_stay_built_in_beside_a_key() {
    let server = fake("sk-common").await;
    let url = server.base_url();
    let flags = ["--openai-base-url", &url, "--openai-api-key", "sk-common", "--llm-provider", "built-in"];
    let providers = select(&flags);
    let reply =
        pipeline::respond(&*providers.model, &persona(), &Default::default(), Vec::new(), "My name is Ann", ignored)
            .await
            .unwrap();
    assert!(reply.text.contains("Ann"), "{reply:?}");
    assert!(server.requests().is_empty());
    assert_eq!(settings(&flags).providers.openai_api_key.unwrap().expose_secret(), "sk-common");
}

#[tokio::test]
async fn the_built_in_voice_stands_in_for_a_speech_server_that_fails_if_asked_to() {
    let server = fake("sk-right").await;
    let url = server.base_url();
    let models = concat!(env!("CARGO_MANIFEST_DIR"), "/../models");
    let flags = ["--openai-base-url", &url, "--openai-api-key", "sk-wrong", "--models-dir", models];
    let speak = async |providers: Providers| {
        let request =
            SpeakRequest { text: "Hello there.".into(), voice: "nova".into(), speed: 1.0, instructions: None };
        let speech = pipeline::speak(&*providers.tts, request).await?;
        let chunks: Vec<_> = speech.collect().await;
        chunks.into_iter().map(|chunk| Ok(chunk?.len())).sum::<Result<usize, voice::provider::ProviderError>>()
    };
    assert_eq!(speak(select(&flags)).await.unwrap_err().kind, ErrorKind::Unauthorized);
    let spoken = speak(select(&[&flags[..], &["--speech-fallback", "built-in"]].concat())).await.unwrap();
    assert!(spoken > 24_000, "{spoken} bytes are less than half a second");
}

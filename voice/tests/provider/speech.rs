use futures_util::StreamExt;
use voice::{
    audio::clips::Clips,
    line::AudioFormat,
    provider::{ErrorKind, ProviderError, SpeakRequest, TextToSpeech, openai::Speech},
};

use crate::server::{Answer, Server, Step, answer, assert_discreet, begun, chunked, client, then};

fn sentence() -> SpeakRequest {
    SpeakRequest { text: "Good morning, Bob.".into(), voice: "alloy".into(), speed: 1.0, instructions: None }
}

/// What came before the end or the failure.
async fn speak(step: Answer) -> (Vec<u8>, Option<ProviderError>) {
    let server = Server::start(vec![step]).await;
    let tts = Speech::new(client(), server.endpoint("gpt-4o-mini-tts"));
    let mut pcm = Vec::new();
    match tts.speak(sentence()).await {
        Err(error) => return (pcm, Some(error)),
        Ok(mut stream) => {
            while let Some(chunk) = stream.next().await {
                match chunk {
                    Ok(chunk) => pcm.extend_from_slice(&chunk),
                    Err(error) => {
                        assert!(stream.next().await.is_none(), "an error ends the stream");
                        return (pcm, Some(error));
                    }
                }
            }
        }
    }
    (pcm, None)
}

const PCM: &str = "audio/pcm";

#[tokio::test]
async fn samples_come_through_whole_however_they_are_cut() {
    let pcm: Vec<u8> = (0..1_001u32).map(|i| (i * 7) as u8).collect();
    for size in [1, 3, 4, 999] {
        let (heard, error) = speak(chunked(PCM, pcm.chunks(size))).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(heard, pcm, "in chunks of {size}");
    }
}

#[tokio::test]
async fn less_than_a_frame_is_audio_too() {
    assert_eq!(speak(chunked(PCM, [&[1u8, 2][..]])).await.0, [1, 2]);
    assert_eq!(speak(answer(200, &[], [0, 1, 0, 1, 0, 1])).await.0, [0, 1, 0, 1, 0, 1], "without a label");
    let (heard, _) = speak(answer(200, &["content-type: application/octet-stream"], [5, 0])).await;
    assert_eq!(heard, [5, 0]);
}

#[tokio::test]
async fn the_request_asks_for_pcm_and_leaves_out_what_is_natural() {
    let server =
        Server::start(vec![answer(200, &[], [0; 8]), answer(200, &[], [0; 8]), answer(200, &[], [0; 8])]).await;
    let tts = Speech::new(client(), server.endpoint("gpt-4o-mini-tts"));
    assert_eq!(tts.rate(), 24_000);
    drop(tts.speak(sentence()).await.unwrap());
    let manner = SpeakRequest { speed: 1.25, instructions: Some("Calmly.".into()), ..sentence() };
    drop(tts.speak(manner.clone()).await.unwrap());
    drop(Speech::new(client(), server.endpoint("tts-1")).speak(manner).await.unwrap());
    let requests = server.requests();
    assert_eq!(requests[0].line, "POST /v1/audio/speech HTTP/1.1");
    assert_eq!(
        requests[0].json(),
        serde_json::json!({
            "model": "gpt-4o-mini-tts", "input": "Good morning, Bob.", "voice": "alloy", "response_format": "pcm"
        })
    );
    assert_eq!((&requests[1].json()["speed"], &requests[1].json()["instructions"]), (&1.25.into(), &"Calmly.".into()));
    assert!(requests[2].json().get("instructions").is_none(), "tts-1 refuses them");
}

#[tokio::test]
async fn what_is_no_pcm_is_never_audio() {
    for (step, expected) in [
        (answer(200, &["content-type: text/html"], "<html>Bad gateway</html>"), ErrorKind::Garbled),
        (answer(200, &["content-type: text/plain"], "oops"), ErrorKind::Garbled),
        (answer(200, &["content-type: audio/mpeg"], "ID3\u{4}...."), ErrorKind::Garbled),
        (answer(200, &["content-type: audio/wav"], "RIFF...."), ErrorKind::Garbled),
        (answer(200, &["content-type: audio/pcm;rate=16000"], [0; 8]), ErrorKind::Garbled),
        (answer(200, &["content-type: application/json"], r#"{"detail":"x"}"#), ErrorKind::Garbled),
        (
            answer(200, &["content-type: application/json"], r#"{"error":{"code":"rate_limit_exceeded"}}"#),
            ErrorKind::RateLimited,
        ),
        (answer(200, &["content-type: audio/pcm"], r#"{"error":{"message":"no"}}"#), ErrorKind::Garbled),
        (chunked(PCM, r#"{"error":1}"#.as_bytes().chunks(1)), ErrorKind::Garbled),
        (answer(200, &[], "<!DOCTYPE html>"), ErrorKind::Garbled),
        (answer(200, &["content-type: audio/pcm"], "RIFF....WAVEfmt "), ErrorKind::Garbled),
        (answer(200, &["content-type: audio/pcm"], ""), ErrorKind::Garbled),
        (answer(502, &["content-type: text/html"], "<html>Bad gateway</html>"), ErrorKind::Unavailable),
        (answer(400, &[], r#"{"error":{"code":"invalid_value","param":"voice"}}"#), ErrorKind::Refused),
    ] {
        let (heard, error) = speak(step).await;
        let error = error.unwrap();
        assert_eq!((error.kind, heard.len()), (expected, 0), "{error}");
        assert_discreet(&error, "Bob");
    }
}

#[tokio::test]
async fn a_stream_that_breaks_or_stalls_says_so_after_what_was_good() {
    let start = || begun(PCM, [&[1u8, 2, 3, 4][..]]);
    let (heard, error) = speak(then(start(), Step::Close)).await;
    assert_eq!((heard.len(), error.unwrap().kind), (4, ErrorKind::Cut));
    let (heard, error) = speak(then(start(), Step::Hang)).await;
    assert_eq!((heard.len(), error.unwrap().kind), (4, ErrorKind::Timeout));
    let (heard, error) = speak(then(start(), Step::Send(b"not a chunk size\r\n".to_vec()))).await;
    assert_eq!((heard.len(), error.unwrap().kind), (4, ErrorKind::Cut));
}

#[tokio::test]
async fn a_clip_of_one_owner_is_not_played_for_another_at_the_same_server() {
    let server = Server::start(vec![chunked(PCM, [&[7; 4_800][..]])]).await;
    let tts = |owner: Option<&str>| {
        let mut endpoint = server.endpoint("gpt-4o-mini-tts");
        endpoint.owner = owner.map(str::to_owned);
        Speech::new(client(), endpoint)
    };
    let (clips, format) = (Clips::default(), AudioFormat::Mulaw8k);
    clips.render(&tts(Some("ada")), &sentence(), format).await.unwrap();
    assert!(clips.get(&tts(Some("ada")), &sentence(), format).is_some());
    for other in [None, Some("bob")] {
        assert!(clips.get(&tts(other), &sentence(), format).is_none(), "{other:?}");
    }
}

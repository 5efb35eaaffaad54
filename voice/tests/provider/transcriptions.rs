use std::{sync::Arc, time::Duration};

use serde_json::json;
use voice::provider::{ErrorKind, ProviderError, Speech, SpeechToText, openai::Transcriptions};

use crate::server::{Answer, KEY, Server, Step, answer, assert_discreet, client, then};

fn utterance(ms: usize) -> Speech {
    Speech { pcm: (0..ms * 16).map(|i| i as i16).collect::<Vec<_>>().into(), language: Some("en".into()) }
}

async fn transcribe(answers: Vec<Answer>) -> (Result<String, ProviderError>, Server) {
    let server = Server::start(answers).await;
    let stt = Transcriptions::new(client(), server.endpoint("whisper-tiny"));
    let outcome = stt.transcribe(utterance(200)).await.map(|transcript| transcript.text);
    (outcome, server)
}

async fn kind(answers: Vec<Answer>) -> ErrorKind {
    transcribe(answers).await.0.unwrap_err().kind
}

const JSON: &str = "content-type: application/json";

#[tokio::test]
async fn an_utterance_goes_up_as_a_wav_form_and_its_words_come_back() {
    let (text, server) = transcribe(vec![answer(200, &[JSON], r#"{"text":" Hello there. ","usage":{}}"#)]).await;
    assert_eq!(text.unwrap(), "Hello there.");

    let request = &server.requests()[0];
    assert_eq!(request.line, "POST /v1/audio/transcriptions HTTP/1.1");
    assert!(request.headers.contains(&format!("authorization: Bearer {KEY}")));
    let body = String::from_utf8_lossy(&request.body);
    for field in [
        "name=\"model\"\r\n\r\nwhisper-tiny\r\n",
        "name=\"response_format\"\r\n\r\njson\r\n",
        "name=\"language\"\r\n\r\nen\r\n",
    ] {
        assert!(body.contains(field), "{field} in {body}");
    }
    assert!(body.contains("name=\"file\"; filename=\"speech.wav\"\r\nContent-Type: audio/wav"), "{body}");
    let start = request.body.windows(4).position(|window| window == b"RIFF").unwrap();
    let wav = hound::WavReader::new(std::io::Cursor::new(&request.body[start..])).unwrap();
    assert_eq!(wav.spec().sample_rate, 16_000);
    assert_eq!(wav.into_samples::<i16>().map(Result::unwrap).collect::<Vec<_>>(), *utterance(200).pcm);
}

#[tokio::test]
async fn the_newer_model_gets_its_list_of_languages_and_extra_fields_are_sent() {
    let server = Server::start(vec![answer(200, &[JSON], r#"{"text":""}"#)]).await;
    let mut endpoint = server.endpoint("gpt-transcribe");
    endpoint.extra = json!({"keywords": ["Switchboard", "Twilio"], "temperature": 0, "response_format": null})
        .as_object()
        .unwrap()
        .clone();
    Transcriptions::new(client(), endpoint).transcribe(utterance(200)).await.unwrap();
    let body = String::from_utf8_lossy(&server.requests()[0].body).into_owned();
    for field in
        ["name=\"languages[]\"\r\n\r\nen", "name=\"keywords[]\"\r\n\r\nTwilio", "name=\"temperature\"\r\n\r\n0"]
    {
        assert!(body.contains(field), "{field} in {body}");
    }
    assert!(!body.contains("name=\"language\"") && !body.contains("name=\"response_format\""), "{body}");
}

#[tokio::test]
async fn less_than_a_tenth_of_a_second_holds_no_words_and_costs_no_request() {
    let server = Server::start(vec![]).await;
    let stt = Transcriptions::new(client(), server.endpoint("m"));
    assert_eq!(stt.transcribe(utterance(99)).await.unwrap().text, "");
    assert_eq!(stt.transcribe(Speech { pcm: Arc::new([]), language: None }).await.unwrap().text, "");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn failures_come_back_as_their_kinds() {
    let cut = b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\ncontent-type: application/json\r\n\r\n{\"text\":\"he".to_vec();
    for (step, expected) in [
        (answer(200, &[JSON], r#"{"error":{"message":"no","type":"server_error"}}"#), ErrorKind::Unavailable),
        (answer(200, &[JSON], r#"{"error":{"code":"insufficient_quota"}}"#), ErrorKind::QuotaExhausted),
        (answer(200, &["content-type: text/html"], "<html>login</html>"), ErrorKind::Garbled),
        (answer(200, &[JSON], r#"{"text":7}"#), ErrorKind::Garbled),
        (answer(200, &[JSON], vec![b' '; 2 << 20]), ErrorKind::Garbled),
        (answer(302, &["location: http://elsewhere/"], ""), ErrorKind::Refused),
        (answer(404, &[JSON], r#"{"error":{"code":"model_not_found"}}"#), ErrorKind::Refused),
        (answer(503, &[], "upstream"), ErrorKind::Unavailable),
        (vec![Step::Send(b"SSH-2.0-OpenSSH_9.6\r\n".to_vec()), Step::Close], ErrorKind::Cut),
        (vec![Step::Close], ErrorKind::Cut),
        (vec![Step::Hang], ErrorKind::Timeout),
        (vec![Step::Send(cut.clone()), Step::Hang], ErrorKind::Timeout),
        (vec![Step::Send(cut), Step::Close], ErrorKind::Cut),
    ] {
        assert_eq!(kind(vec![step]).await, expected);
    }
}

#[tokio::test]
async fn an_answer_that_drips_is_given_up_after_the_timeout() {
    let head = b"HTTP/1.1 200 OK\r\ncontent-length: 5000\r\ncontent-type: application/json\r\n\r\n".to_vec();
    let drip = (0..100).fold(vec![Step::Send(head)], |steps, _| {
        then(then(steps, Step::Pause(Duration::from_millis(50))), Step::Send(b" ".to_vec()))
    });
    let start = std::time::Instant::now();
    assert_eq!(kind(vec![drip]).await, ErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[tokio::test]
async fn nobody_listening_is_no_connection() {
    let server = Server::start(vec![]).await;
    let endpoint = server.endpoint("m");
    drop(server);
    let error = Transcriptions::new(client(), endpoint).transcribe(utterance(200)).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Connect);
    assert!(!error.message.contains("http://"), "{error}");
}

#[tokio::test]
async fn an_error_names_request_and_wait_but_never_key_or_speech() {
    let body = format!(
        r#"{{"error":{{"message":"you sent {KEY} and: my name is Bob","type":"requests","code":"rate_limit_exceeded"}}}}"#
    );
    let (outcome, _server) =
        transcribe(vec![answer(429, &["retry-after-ms: 250", "x-request-id: req_1", JSON], body)]).await;
    let error = outcome.unwrap_err();
    assert_eq!(error.kind, ErrorKind::RateLimited);
    assert_eq!(error.retry_after, Some(Duration::from_millis(250)));
    assert_eq!(error.message, "status 429, type requests, code rate_limit_exceeded, request req_1");
    assert_discreet(&error, "Bob");
}

#[tokio::test]
async fn the_check_warms_the_connection_that_the_first_request_uses() {
    let server = Server::start(vec![
        answer(200, &[JSON], r#"{"object":"list","data":[]}"#),
        answer(200, &[JSON], r#"{"text":"hi"}"#),
    ])
    .await;
    let stt = Transcriptions::new(client(), server.endpoint("m"));
    stt.check().await.unwrap();
    stt.transcribe(utterance(200)).await.unwrap();
    assert_eq!(server.requests()[0].line, "GET /v1/models HTTP/1.1");
    assert!(server.requests()[0].headers.contains(&format!("authorization: Bearer {KEY}")));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn the_check_tells_reachable_from_refused_and_from_a_web_page() {
    for (step, expected) in [
        (answer(404, &[], "no such route"), None),
        (answer(401, &[JSON], "{}"), Some(ErrorKind::Unauthorized)),
        (answer(500, &[], ""), Some(ErrorKind::Unavailable)),
        (answer(200, &["content-type: text/html; charset=utf-8"], "<html>"), Some(ErrorKind::Garbled)),
        (then(vec![], Step::Hang), Some(ErrorKind::Timeout)),
    ] {
        let server = Server::start(vec![step]).await;
        let stt = Transcriptions::new(client(), server.endpoint("m"));
        assert_eq!(stt.check().await.err().map(|error| error.kind), expected);
    }
}

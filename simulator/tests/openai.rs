//! The fake OpenAI, over real connections.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use reqwest::{Client, Response, multipart};
use serde_json::{Value, json};
use simulator::openai::{Delays, Endpoint, Fake, Fault, Reply, When, natural_ms};

fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder().timeout(Duration::from_secs(5)).build().unwrap()
}

fn wav(ms: u32) -> Vec<u8> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: 16_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = std::io::Cursor::new(Vec::new());
    let mut writer = hound::WavWriter::new(&mut bytes, spec).unwrap();
    for _ in 0..ms * 16 {
        writer.write_sample(0i16).unwrap();
    }
    writer.finalize().unwrap();
    bytes.into_inner()
}

async fn transcribe(fake: &Fake, ms: u32) -> Response {
    let file = multipart::Part::bytes(wav(ms)).file_name("speech.wav");
    let form = multipart::Form::new().part("file", file).text("model", "m").text("language", "en");
    client().post(format!("{}/audio/transcriptions", fake.base_url())).multipart(form).send().await.unwrap()
}

async fn chat(fake: &Fake, body: Value) -> Response {
    client().post(format!("{}/chat/completions", fake.base_url())).json(&body).send().await.unwrap()
}

async fn speak(fake: &Fake, text: &str) -> Response {
    let body = json!({ "model": "m", "voice": "alloy", "input": text, "response_format": "pcm" });
    client().post(format!("{}/audio/speech", fake.base_url())).json(&body).send().await.unwrap()
}

fn question(stream: bool) -> Value {
    json!({
        "model": "m",
        "stream": stream,
        "stream_options": { "include_usage": true },
        "messages": [{ "role": "system", "content": "s" }, { "role": "user", "content": "two words" }],
    })
}

fn events(text: &str) -> Vec<Value> {
    let data: Vec<&str> = text.split("\n\n").filter_map(|event| event.strip_prefix("data: ")).collect();
    assert_eq!(data.last(), Some(&"[DONE]"));
    data[..data.len() - 1].iter().map(|event| serde_json::from_str(event).unwrap()).collect()
}

#[tokio::test]
async fn transcriptions_follow_the_script_and_then_the_rule() {
    let fake = Fake::builder()
        .transcripts(["first", "second"])
        .transcribe_with(|heard| format!("request {} of {} ms at {} Hz", heard.n, heard.ms, heard.rate))
        .start()
        .await
        .unwrap();
    let mut texts = Vec::new();
    for ms in [100, 200, 1_500] {
        let answer: Value = transcribe(&fake, ms).await.json().await.unwrap();
        texts.push(answer["text"].as_str().unwrap().to_owned());
    }
    assert_eq!(texts, ["first", "second", "request 3 of 1500 ms at 16000 Hz"]);
    let requests = fake.requests_of(Endpoint::Transcriptions);
    assert_eq!((requests[2].audio_ms, &requests[2].body["language"]), (1_500, &json!("en")));
}

#[tokio::test]
async fn a_streamed_reply_comes_token_by_token_at_the_pace_asked_for() {
    let fake = Fake::builder()
        .replies([Reply::say("one two three")])
        .delay(Endpoint::Chat, Delays::first(200).between(100))
        .start()
        .await
        .unwrap();
    let begun = Instant::now();
    let mut response = chat(&fake, question(true)).await;
    let first = response.chunk().await.unwrap().unwrap();
    let first_after = begun.elapsed();
    let mut text = String::from_utf8(first.to_vec()).unwrap();
    while let Some(chunk) = response.chunk().await.unwrap() {
        text += std::str::from_utf8(&chunk).unwrap();
    }
    assert!(first_after >= Duration::from_millis(200) && first_after < Duration::from_millis(400), "{first_after:?}");
    assert!(begun.elapsed() >= Duration::from_millis(500));
    let events = events(&text);
    let content: String = events.iter().filter_map(|event| event["choices"][0]["delta"]["content"].as_str()).collect();
    assert_eq!(content, "one two three");
    assert_eq!(events[0]["choices"][0]["delta"]["role"], "assistant");
    assert_eq!(events[events.len() - 2]["choices"][0]["finish_reason"], "stop");
    assert_eq!(events[events.len() - 1]["usage"]["completion_tokens"], 3);

    let request = &fake.requests()[0];
    let first_byte = request.first_byte.unwrap() - request.received;
    assert!(first_byte >= Duration::from_millis(200) && first_byte <= first_after);
    assert!(request.finished.is_some() && !request.given_up);
    assert_eq!(request.text, "two words");
}

#[tokio::test]
async fn tool_calls_come_in_parts_and_whole() {
    let reply = Reply::say("Bye.").tool("end_call", json!({ "reason": "done" }));
    let fake = Fake::builder().replies([reply.clone(), reply]).start().await.unwrap();
    let events = events(&chat(&fake, question(true)).await.text().await.unwrap());
    let calls: Vec<&Value> = events.iter().map(|event| &event["choices"][0]["delta"]["tool_calls"][0]).collect();
    let name: Vec<&str> = calls.iter().filter_map(|call| call["function"]["name"].as_str()).collect();
    let arguments: String = calls.iter().filter_map(|call| call["function"]["arguments"].as_str()).collect();
    assert_eq!((name, arguments.as_str()), (vec!["end_call"], r#"{"reason":"done"}"#));
    assert_eq!(events[events.len() - 2]["choices"][0]["finish_reason"], "tool_calls");
    let plain: Value = chat(&fake, question(false)).await.json().await.unwrap();
    let call = &plain["choices"][0]["message"]["tool_calls"][0]["function"];
    assert_eq!(call, &json!({ "name": "end_call", "arguments": r#"{"reason":"done"}"# }));
}

#[tokio::test]
async fn without_a_script_the_model_says_what_it_was_told() {
    let fake = Fake::start().await.unwrap();
    let plain: Value = chat(&fake, question(false)).await.json().await.unwrap();
    assert_eq!(plain["choices"][0]["message"]["content"], "You said: two words");
}

#[tokio::test]
async fn speech_lasts_as_long_as_its_text_and_is_audible_at_once() {
    let fake = Fake::builder().delay(Endpoint::Speech, Delays::first(50).between(5)).start().await.unwrap();
    let text = "This sentence takes about three seconds to say.";
    let pcm = speak(&fake, text).await.bytes().await.unwrap();
    assert_eq!(pcm.len() as u64, natural_ms(text) * 48);
    assert!((3_000..3_300).contains(&natural_ms(text)));
    let loud = |range: std::ops::Range<usize>| {
        pcm[range].chunks(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]]).unsigned_abs()).max().unwrap()
    };
    assert!(loud(0..960) > 3_000 && loud(pcm.len() - 960..pcm.len()) > 1_000);
    let refused = client().post(format!("{}/audio/speech", fake.base_url())).json(&json!({ "input": "x" }));
    assert_eq!(refused.send().await.unwrap().status(), 400);
}

#[tokio::test]
async fn a_wrong_key_is_refused() {
    let fake = Fake::builder().key("right").start().await.unwrap();
    let models = |key: &str| client().get(format!("{}/models", fake.base_url())).bearer_auth(key).send();
    assert_eq!(models("right").await.unwrap().status(), 200);
    let refused = models("wrong").await.unwrap();
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.json::<Value>().await.unwrap()["error"]["code"], "invalid_api_key");
}

#[tokio::test]
async fn each_fault_befalls_the_request_it_is_meant_for() {
    let fake = Fake::builder()
        .fault(Endpoint::Chat, When::Nth(1), Fault::RateLimited { retry_after: Duration::from_millis(1_500) })
        .fault(Endpoint::Chat, When::Nth(2), Fault::Status(500))
        .fault(Endpoint::Chat, When::Nth(3), Fault::ErrorWith200)
        .fault(Endpoint::Chat, When::Nth(4), Fault::Html)
        .fault(Endpoint::Chat, When::Nth(5), Fault::QuotaExhausted)
        .fault(Endpoint::Chat, When::Nth(6), Fault::Garbage)
        .start()
        .await
        .unwrap();
    let limited = chat(&fake, question(true)).await;
    assert_eq!(limited.status(), 429);
    assert_eq!(
        (&limited.headers()["retry-after"], &limited.headers()["retry-after-ms"]),
        (&"2".parse().unwrap(), &"1500".parse().unwrap())
    );
    assert_eq!(chat(&fake, question(true)).await.status(), 500);
    let wrong = chat(&fake, question(true)).await;
    assert_eq!(wrong.status(), 200);
    assert!(wrong.json::<Value>().await.unwrap()["error"].is_object());
    let page = chat(&fake, question(true)).await;
    assert!(page.headers()["content-type"].to_str().unwrap().starts_with("text/html"));
    let poor = chat(&fake, question(true)).await.json::<Value>().await.unwrap();
    assert_eq!(poor["error"]["code"], "insufficient_quota");
    let garbage = chat(&fake, question(true)).await.bytes().await.unwrap();
    assert!(std::str::from_utf8(&garbage).is_err());
    assert_eq!(chat(&fake, question(true)).await.status(), 200);
    let faults: Vec<bool> = fake.requests().iter().map(|request| request.fault.is_some()).collect();
    assert_eq!(faults, [true, true, true, true, true, true, false]);
}

#[tokio::test]
async fn an_answer_is_cut_or_hangs_midway() {
    let fake = Fake::builder()
        .fault(Endpoint::Speech, When::Nth(1), Fault::CutMidway)
        .fault(Endpoint::Speech, When::Nth(2), Fault::HangMidway)
        .fault(Endpoint::Speech, When::Nth(3), Fault::Hang)
        .start()
        .await
        .unwrap();
    let text = "Half of this will be heard, and not more.";
    let half = natural_ms(text) * 48 / 2;
    let mut received = 0;
    let mut response = speak(&fake, text).await;
    let error = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => received += chunk.len() as u64,
            Ok(None) => panic!("the answer was whole: {received} of {}", 2 * half),
            Err(error) => break error,
        }
    };
    assert!(error.is_body() || error.is_decode(), "{error:?}");
    assert_eq!(received, half);
    for expected in [half, 0] {
        let (mut received, mut response) = (0, speak(&fake, text).await);
        let read = async {
            while let Ok(Some(chunk)) = response.chunk().await {
                received += chunk.len() as u64;
            }
        };
        assert!(tokio::time::timeout(Duration::from_millis(500), read).await.is_err());
        assert_eq!(received, expected);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    let ends: Vec<_> = fake.requests().iter().map(|request| (request.given_up, request.finished.is_some())).collect();
    assert_eq!(ends, [(true, false); 3]);
}

#[tokio::test]
async fn a_fault_set_later_can_be_healed() {
    let fake = Fake::start().await.unwrap();
    fake.fault(Endpoint::Chat, When::Always, Fault::Status(503));
    assert_eq!(chat(&fake, question(false)).await.status(), 503);
    fake.heal();
    assert_eq!(chat(&fake, question(false)).await.status(), 200);
}

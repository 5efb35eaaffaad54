use std::time::{Duration, Instant};

use futures_util::StreamExt;
use serde_json::json;
use voice::provider::{
    Delta, ErrorKind, FinishReason, LanguageModel, Message, ModelRequest, ProviderError, ResponseFormat, ToolCall,
    openai::ChatCompletions,
};

use crate::server::{Answer, Server, Step, answer, assert_discreet, begun, chunked, client, then};

fn question() -> ModelRequest {
    ModelRequest {
        messages: vec![Message::User { text: "I am Bob.".into() }],
        tools: vec![],
        model: None,
        temperature: None,
        max_tokens: 100,
        format: None,
    }
}

/// What came before the end or the failure.
async fn reply(step: Answer) -> (Vec<Delta>, Option<ProviderError>) {
    let server = Server::start(vec![step]).await;
    let mut stream = match ChatCompletions::new(client(), server.endpoint("m")).reply(question()).await {
        Ok(stream) => stream,
        Err(error) => return (vec![], Some(error)),
    };
    let mut deltas = Vec::new();
    while let Some(delta) = stream.next().await {
        match delta {
            Ok(delta) => deltas.push(delta),
            Err(error) => {
                assert!(stream.next().await.is_none(), "an error ends the stream");
                return (deltas, Some(error));
            }
        }
    }
    (deltas, None)
}

const SSE: &str = "text/event-stream; charset=utf-8";

fn events(events: &[&str]) -> String {
    events.iter().map(|event| format!("data: {event}\n\n")).collect()
}

fn whole(list: &[&str]) -> Answer {
    chunked(SSE, [events(list).as_bytes()])
}

const ROLE: &str =
    r#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":null}"#;
const HI: &str = r#"{"choices":[{"index":0,"delta":{"content":"Grüß "},"finish_reason":null}],"usage":null}"#;
const BOB: &str = r#"{"choices":[{"index":0,"delta":{"content":"dich."},"finish_reason":null}],"usage":null}"#;
const STOP: &str = r#"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}"#;
const USAGE: &str = r#"{"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15}}"#;

fn text(text: &str) -> Delta {
    Delta::Text(text.into())
}

fn expected() -> Vec<Delta> {
    vec![
        text("Grüß "),
        text("dich."),
        Delta::Usage { prompt_tokens: 12, completion_tokens: 3 },
        Delta::Finished(FinishReason::Stop),
    ]
}

#[tokio::test]
async fn a_reply_reads_the_same_byte_by_byte_and_with_any_line_ends() {
    let stream = events(&[ROLE, HI, BOB, STOP, USAGE, "[DONE]"]);
    let odd = format!(": keep-alive\n\n{}", stream.replace("data: {", "event: x\ndata: {")).replace('\n', "\r\n");
    for stream in [stream.as_bytes(), odd.as_bytes()] {
        for size in [1, 7, stream.len()] {
            let (deltas, error) = reply(chunked(SSE, stream.chunks(size))).await;
            assert!(error.is_none(), "{error:?}");
            assert_eq!(deltas, expected(), "in chunks of {size}");
        }
    }
}

#[tokio::test]
async fn interleaved_tool_calls_are_joined_by_index() {
    let part = |parts: &str| format!(r#"{{"choices":[{{"delta":{{"tool_calls":[{parts}]}}}}]}}"#);
    let (deltas, error) = reply(whole(&[
        &part(r#"{"index":0,"id":"a","type":"function","function":{"name":"transfer_call","arguments":""}}"#),
        &part(r#"{"index":1,"id":"b","type":"function","function":{"name":"end_call","arguments":"{"}}"#),
        &part(r#"{"index":0,"function":{"arguments":"{\"to\":"}},{"index":1,"function":{"arguments":"}"}}"#),
        &part(r#"{"index":0,"function":{"arguments":"\"desk\"}"}}"#),
        r#"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#,
        "[DONE]",
    ]))
    .await;
    assert!(error.is_none(), "{error:?}");
    let call = |id: &str, name: &str, arguments: &str| {
        Delta::ToolCall(ToolCall { id: id.into(), name: name.into(), arguments: arguments.into() })
    };
    assert_eq!(
        deltas,
        [
            call("a", "transfer_call", r#"{"to":"desk"}"#),
            call("b", "end_call", "{}"),
            Delta::Finished(FinishReason::ToolCalls)
        ]
    );
}

#[tokio::test]
async fn calls_that_all_claim_index_0_or_none_are_told_apart_by_id() {
    for index in [r#""index":0,"#, ""] {
        let part = |id: &str| {
            format!(
                r#"{{"choices":[{{"delta":{{"tool_calls":[{{{index}"id":"{id}","function":{{"name":"f","arguments":"{{}}"}}}}]}}}}]}}"#
            )
        };
        let (deltas, _) = reply(whole(&[&part("a"), &part("b"), STOP, "[DONE]"])).await;
        assert_eq!(deltas.len(), 3, "{deltas:?}");
        assert_eq!(deltas[2], Delta::Finished(FinishReason::ToolCalls), "calls decide, not the word `stop`");
    }
}

#[tokio::test]
async fn a_call_cut_by_the_length_limit_is_not_made() {
    let (deltas, _) = reply(whole(&[
        r#"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{\"x"}}]}}]}"#,
        r#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#,
        "[DONE]",
    ]))
    .await;
    assert_eq!(deltas, [Delta::Finished(FinishReason::Length)]);
}

#[tokio::test]
async fn a_reply_is_whole_without_usage_without_done_and_without_last_line_end() {
    let finished = [text("Grüß "), Delta::Finished(FinishReason::Stop)];
    assert_eq!(reply(whole(&[HI, STOP])).await.0, finished);
    assert_eq!(reply(whole(&[HI, "[DONE]"])).await.0, finished);
    let unended = events(&[HI, STOP]) + "data: [DONE]";
    assert_eq!(reply(chunked(SSE, [unended.as_bytes()])).await.0, finished);
    let unlabelled = answer(200, &[], events(&[HI, STOP, "[DONE]"]));
    assert_eq!(reply(unlabelled).await.0, finished);
}

#[tokio::test]
async fn a_server_that_hangs_after_the_end_does_not_hold_up_the_reply() {
    let start = Instant::now();
    let (deltas, error) = reply(then(begun(SSE, [events(&[HI, STOP]).as_bytes()]), Step::Hang)).await;
    assert!(error.is_none() && deltas.len() == 2, "{deltas:?} {error:?}");
    assert!(start.elapsed() < Duration::from_millis(900));
}

#[tokio::test]
async fn refusals_are_spoken_and_other_endings_named() {
    let (deltas, _) = reply(whole(&[
        r#"{"choices":[{"delta":{"refusal":"I cannot."}}]}"#,
        r#"{"choices":[{"delta":null,"finish_reason":"content_filter"}]}"#,
    ]))
    .await;
    assert_eq!(deltas, [text("I cannot."), Delta::Finished(FinishReason::ContentFilter)]);
}

#[tokio::test]
async fn what_was_good_comes_before_the_failure() {
    let start = || begun(SSE, [events(&[HI]).as_bytes()]);
    let overlong = format!("data: {}", "x".repeat(1 << 20));
    for (step, expected) in [
        (then(start(), Step::Close), ErrorKind::Cut),
        (then(start(), Step::Send(b"0\r\n\r\n".to_vec())), ErrorKind::Cut),
        (then(start(), Step::Hang), ErrorKind::Timeout),
        (chunked(SSE, [events(&[HI]).as_bytes(), br#"data: {"choices":[{"del"#]), ErrorKind::Cut),
        (whole(&[HI, "Internal Server Error"]), ErrorKind::Garbled),
        (whole(&[HI, r#"{"choices":"Bob"}"#]), ErrorKind::Garbled),
        (whole(&[HI, r#"{"error":{"message":"Bob","type":"server_error","code":null}}"#]), ErrorKind::Unavailable),
        (whole(&[HI, r#"{"error":{"message":"Bob","code":429},"choices":[]}"#]), ErrorKind::RateLimited),
        (whole(&[HI, r#"{"choices":[{"delta":{},"finish_reason":"error"}]}"#]), ErrorKind::Unavailable),
        (chunked(SSE, [events(&[HI]).as_bytes(), overlong.as_bytes()]), ErrorKind::Garbled),
    ] {
        let (deltas, error) = reply(step).await;
        let error = error.unwrap();
        assert_eq!((deltas, error.kind), (vec![text("Grüß ")], expected), "{error}");
        assert_discreet(&error, "Bob");
    }
}

#[tokio::test]
async fn an_answer_that_is_no_stream_fails_before_it_begins() {
    for (step, expected) in [
        (
            answer(200, &["content-type: application/json"], r#"{"error":{"code":"insufficient_quota"}}"#),
            ErrorKind::QuotaExhausted,
        ),
        (
            answer(200, &["content-type: application/json"], r#"{"choices":[{"message":{"content":"Bob"}}]}"#),
            ErrorKind::Garbled,
        ),
        (answer(200, &["content-type: text/html"], "<html>Bob</html>"), ErrorKind::Garbled),
        (answer(401, &[], r#"{"error":{"message":"Incorrect API key provided: sk-secret"}}"#), ErrorKind::Unauthorized),
        (answer(429, &[], r#"{"error":{"code":"credit_balance_exhausted"}}"#), ErrorKind::QuotaExhausted),
        (answer(409, &[], ""), ErrorKind::Unavailable),
        (chunked("text/plain", [&b"hello\n\n"[..]]), ErrorKind::Cut),
        (vec![Step::Hang], ErrorKind::Timeout),
    ] {
        let (deltas, error) = reply(step).await;
        let error = error.unwrap();
        assert_eq!((deltas, error.kind), (vec![], expected), "{error}");
        assert_discreet(&error, "Bob");
    }
}

#[tokio::test]
async fn tool_calls_without_end_are_refused() {
    let call = |n: usize| {
        format!(
            r#"{{"choices":[{{"delta":{{"tool_calls":[{{"index":{n},"id":"c{n}","function":{{"name":"f"}}}}]}}}}]}}"#
        )
    };
    let calls: Vec<String> = (0..33).map(call).collect();
    let (_, error) = reply(whole(&calls.iter().map(String::as_str).collect::<Vec<_>>())).await;
    assert_eq!(error.unwrap().kind, ErrorKind::Garbled);

    let long = format!(
        r#"{{"choices":[{{"delta":{{"tool_calls":[{{"index":0,"id":"a","function":{{"name":"f","arguments":"{}"}}}}]}}}}]}}"#,
        "x".repeat(100_000)
    );
    let (_, error) = reply(whole(&[&long, &long, &long])).await;
    assert_eq!(error.unwrap().kind, ErrorKind::Garbled);
}

#[tokio::test]
async fn dropping_the_stream_ends_the_request() {
    let endless = then(begun(SSE, [events(&[HI]).as_bytes()]), Step::Pause(Duration::from_millis(50)));
    let flood = (0..200).fold(endless, |steps, _| {
        let chunk = events(&[HI]).repeat(2_000);
        then(steps, Step::Send([format!("{:x}\r\n", chunk.len()).as_bytes(), chunk.as_bytes(), b"\r\n"].concat()))
    });
    let last = answer(200, &[], events(&[STOP]));
    let server = Server::start(vec![flood, last]).await;
    let model = ChatCompletions::new(client(), server.endpoint("m"));
    let mut stream = model.reply(question()).await.unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap(), text("Grüß "));
    drop(stream);
    let mut second = model.reply(question()).await.unwrap();
    assert_eq!(second.next().await.unwrap().unwrap(), Delta::Finished(FinishReason::Stop));
    assert_eq!(server.connections(), 2, "the first connection was closed, not drained");
}

/// What was sent, with these answers, for each of so many questions; then how the last one ended.
async fn formats(answers: Vec<Answer>, questions: usize) -> (Vec<serde_json::Value>, Result<(), ProviderError>) {
    let server = Server::start(answers).await;
    let model = ChatCompletions::new(client(), server.endpoint("m"));
    let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]});
    let format = Some(ResponseFormat { name: "analysis".into(), schema });
    let mut end = Ok(());
    for _ in 0..questions {
        end = model.reply(ModelRequest { format: format.clone(), ..question() }).await.map(|_| ());
    }
    let sent = server.requests().iter().map(|request| request.json()["response_format"].clone()).collect();
    (sent, end)
}

fn refused(body: &str) -> Answer {
    answer(400, &["content-type: application/json"], body)
}

const NO_FORMAT: &str = r#"{"error":{"type":"invalid_request_error","param":"response_format","message":"unknown"}}"#;
const NO_SCHEMA: &str =
    r#"{"error":{"param":"response_format","message":"Invalid schema for response_format 'analysis'"}}"#;

#[tokio::test]
async fn a_server_that_knows_no_schema_is_asked_for_an_object_from_then_on() {
    let good = || whole(&[HI, STOP, "[DONE]"]);
    let (sent, end) = formats(vec![refused(NO_FORMAT), refused(NO_FORMAT), good(), good()], 2).await;
    end.unwrap();
    let kinds: Vec<_> = sent.iter().map(|format| format["type"].clone()).collect();
    assert_eq!(kinds, ["json_schema", "json_schema", "json_object", "json_object"]);
    assert_eq!((&sent[0]["json_schema"]["strict"], &sent[1]["json_schema"]["strict"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn a_server_that_knows_no_format_at_all_is_asked_in_words() {
    let answers = vec![refused(NO_FORMAT), refused(NO_FORMAT), refused(NO_FORMAT), whole(&[HI, STOP, "[DONE]"])];
    let (sent, end) = formats(answers, 1).await;
    end.unwrap();
    assert_eq!(sent[3], json!(null));
}

#[tokio::test]
async fn one_schema_that_is_refused_teaches_nothing_about_the_server() {
    let good = || whole(&[HI, STOP, "[DONE]"]);
    let (sent, end) = formats(vec![refused(NO_SCHEMA), good(), good()], 2).await;
    end.unwrap();
    let strict: Vec<_> = sent.iter().map(|format| format["json_schema"]["strict"].clone()).collect();
    assert_eq!(strict, [true, false, true]);
}

#[tokio::test]
async fn what_is_refused_for_another_reason_is_not_asked_again() {
    let (sent, end) = formats(vec![refused(r#"{"error":{"param":"messages","message":"too long"}}"#)], 1).await;
    assert_eq!((sent.len(), end.unwrap_err().kind), (1, ErrorKind::Refused));
}

#[tokio::test]
async fn a_refusal_is_told_from_an_answer_and_so_is_one_cut_by_the_length_limit() {
    let no = r#"{"choices":[{"delta":{"refusal":"I cannot."}}]}"#;
    let (deltas, _) = reply(whole(&[no, STOP, "[DONE]"])).await;
    assert_eq!(deltas, [text("I cannot."), Delta::Finished(FinishReason::Refusal)]);
    let cut = r#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#;
    let (deltas, _) = reply(whole(&[HI, cut, "[DONE]"])).await;
    assert_eq!(deltas.last(), Some(&Delta::Finished(FinishReason::Length)));
}

//! Media streams.

use std::time::{Duration, Instant};

use futures_util::SinkExt;
use serde_json::Value;
use simulator::audio::Clip;
use simulator::twilio::{Caller, EndReason, Event, Misbehaviour, Script, Start, StreamEnd};
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use super::app::{App, NUMBER, slack, tone};

#[tokio::test]
async fn frames_come_every_20_ms_without_drift() {
    let (tell, mut told) = mpsc::channel(1);
    let app = App::start(move |mut agent| {
        let tell = tell.clone();
        Box::pin(async move {
            agent.next_of("start").await.unwrap();
            let begun = Instant::now();
            let mut late = Duration::ZERO;
            for n in 0..100u64 {
                let media = agent.next_of("media").await.unwrap();
                assert_eq!(media["media"]["timestamp"], (n * 20).to_string());
                assert_eq!(media["media"]["chunk"], (n + 1).to_string());
                assert_eq!(media["sequenceNumber"], (n + 2).to_string());
                let due = Duration::from_millis((n + 1) * 20);
                assert!(begun.elapsed() + Duration::from_millis(15) > due, "frame {n} came too early");
                late = begun.elapsed().saturating_sub(due);
            }
            tell.send(late).await.unwrap();
            agent.listen().await;
        })
    })
    .await;
    app.connects("");
    let report = app.call(Script::new().stay(2_100)).await;
    // What is late is the machine, and it does not add up.
    let late = told.recv().await.unwrap();
    assert!(late < Duration::from_millis(200), "the 100th frame was {late:?} late");
    assert_eq!(report.streams[0].length_ms, 2_120);
    assert_eq!(report.streams[0].lateness.frames, 106);
}

#[tokio::test]
async fn a_mark_is_echoed_when_playback_reaches_it_and_clear_echoes_the_rest() {
    let (tell, mut told) = mpsc::channel(1);
    let app = App::start(move |mut agent| {
        let tell = tell.clone();
        Box::pin(async move {
            agent.next_of("start").await.unwrap();
            agent.mark("nothing before it").await;
            assert_eq!(agent.next_of("mark").await.unwrap()["mark"]["name"], "nothing before it");
            let begun = Instant::now();
            agent.say(&tone(500)).await;
            agent.mark("a").await;
            assert_eq!(agent.next_of("mark").await.unwrap()["mark"]["name"], "a");
            let reached = begun.elapsed();
            agent.say(&tone(2_000)).await;
            agent.mark("b").await;
            agent.mark("c").await;
            agent.listen_for(Duration::from_millis(200)).await;
            let begun = Instant::now();
            agent.clear().await;
            assert_eq!(agent.next_of("mark").await.unwrap()["mark"]["name"], "b");
            assert_eq!(agent.next_of("mark").await.unwrap()["mark"]["name"], "c");
            tell.send((reached, begun.elapsed())).await.unwrap();
            agent.listen().await;
        })
    })
    .await;
    app.connects("");
    let report = app.call(Script::new().stay(1_500)).await;
    let (reached, dropped) = told.recv().await.unwrap();
    let slack = slack(&report);
    assert!(reached >= Duration::from_millis(480) && reached < Duration::from_millis(540) + slack, "{reached:?}");
    assert!(dropped < Duration::from_millis(40) + slack, "{dropped:?}");
    let marks: Vec<Event> = report
        .events
        .into_iter()
        .map(|timed| timed.event)
        .filter(|event| matches!(event, Event::Mark(_) | Event::MarkDropped(_)))
        .collect();
    let (mark, lost) = (|name: &str| Event::Mark(name.into()), |name: &str| Event::MarkDropped(name.into()));
    assert_eq!(marks, [mark("nothing before it"), mark("a"), lost("b"), lost("c")]);
}

#[tokio::test]
async fn the_latency_of_a_reply_counts_from_the_last_speech_frame() {
    let app = App::start(|mut agent| {
        Box::pin(async move {
            agent.next_of("start").await.unwrap();
            agent.say(&tone(200)).await;
            agent.mark("greeting").await;
            agent.caller_is(true).await;
            agent.caller_is(false).await;
            agent.listen_for(Duration::from_millis(400)).await;
            agent.say(&Clip::from_mulaw("silence", &[0xFF; 800], None)).await;
            agent.say(&tone(300)).await;
            agent.mark("reply").await;
            agent.listen().await;
        })
    })
    .await;
    app.connects("");
    let report = app.call(Script::new().settle(200).wait_for_agent().say(&tone(600)).wait_for_agent()).await;
    let stream = &report.streams[0];
    let slack = slack(&report);
    assert!(stream.greeting.unwrap() < Duration::from_millis(40) + slack, "{:?}", stream.greeting);
    let utterance = &stream.utterances[0];
    assert_eq!(utterance.stopped_ms.unwrap() - utterance.started_ms, 600);
    assert!(!utterance.over_agent && !utterance.talked_over);
    // 400 ms of waiting after the first silent frame; the 100 ms of silence before the tone count only as heard.
    let reply = utterance.reply.unwrap().as_millis();
    assert!((400..460 + slack.as_millis()).contains(&reply), "{reply}");
    let heard = u128::from(utterance.reply_heard_ms.unwrap());
    assert!(heard + 40 >= reply + 100 && heard <= reply + 140, "received after {reply}, heard after {heard}");
    assert_eq!(report.end, EndReason::CallerHungUp);
    assert_eq!(stream.said.len(), stream.heard.len());
    assert_eq!(stream.said.len() as u64, stream.length_ms * 8);
}

#[tokio::test]
async fn a_caller_breaks_in_and_the_clear_is_timed() {
    let app = App::start(|mut agent| {
        Box::pin(async move {
            agent.next_of("start").await.unwrap();
            agent.say(&tone(4_000)).await;
            agent.mark("long").await;
            agent.caller_is(true).await;
            agent.listen_for(Duration::from_millis(160)).await;
            agent.clear().await;
            agent.caller_is(false).await;
            agent.say(&tone(200)).await;
            agent.listen().await;
        })
    })
    .await;
    app.connects("");
    let report = app.call(Script::new().settle(100).interrupt_after(500, &tone(600)).wait_for_agent()).await;
    let utterance = &report.streams[0].utterances[0];
    assert!(utterance.over_agent);
    let cleared = utterance.cleared.unwrap().as_millis();
    let slack = slack(&report);
    assert!((160..190 + slack.as_millis()).contains(&cleared), "{cleared}");
    // In the tick that makes the 500 ms full, which begins at 480.
    assert!((480..520 + slack.as_millis() as u64).contains(&utterance.started_ms), "{}", utterance.started_ms);
    // Only what came after the clear is a reply.
    assert!(utterance.reply.unwrap() < Duration::from_millis(60) + slack, "{:?}", utterance.reply);
    assert!(
        report.events.iter().any(|timed| matches!(timed.event, Event::Cleared { dropped_ms } if dropped_ms > 2_000))
    );
}

#[tokio::test]
async fn a_gap_within_a_sentence_is_reported_as_an_underrun() {
    let app = App::start(|mut agent| {
        Box::pin(async move {
            agent.next_of("start").await.unwrap();
            agent.say(&tone(100)).await;
            agent.listen_for(Duration::from_millis(400)).await;
            agent.say(&tone(100)).await;
            agent.mark("end").await;
            agent.listen().await;
        })
    })
    .await;
    app.connects("");
    let report = app.call(Script::new().stay(900)).await;
    let underruns: Vec<_> = report.underruns().collect();
    assert_eq!(underruns.len(), 1);
    assert!(underruns[0].within_sentence && (200..=400).contains(&underruns[0].ms), "{underruns:?}");
}

#[tokio::test]
async fn what_twilio_does_not_take_ends_the_stream_with_31924() {
    for wrong in ["{", r#"{"event":"sing"}"#, r#"{"event":"media","streamSid":"MZx","media":{"payload":"AAAA"}}"#] {
        let app = App::start(move |mut agent| {
            Box::pin(async move {
                agent.next_of("start").await.unwrap();
                agent.socket.send(Message::text(wrong)).await.unwrap();
                agent.listen().await;
            })
        })
        .await;
        app.connects("<Hangup/>");
        let report = app.call(Script::new().stay(5_000)).await;
        assert_eq!(report.faults()[0].code, 31_924, "{wrong}");
        assert_eq!((report.streams[0].end, &report.end), (StreamEnd::ProtocolError, &EndReason::HungUp));
    }
}

#[tokio::test]
async fn a_bad_stream_url_gets_twilios_error_and_the_next_verb() {
    let app = App::listening().await;
    let cases = [
        ("https://example.com/stream".to_owned(), 31_922),
        (format!("{}?token=1", app.ws), 31_920),
        (app.http.replace("http", "ws") + "/no-socket-here", 31_920),
        ("ws://127.0.0.1:9/stream".to_owned(), 31_902),
    ];
    for (url, code) in cases {
        app.pages.pages.lock().unwrap().clear();
        app.page("/incoming", format!(r#"<Connect><Stream url="{url}"/></Connect><Hangup/>"#));
        let report = app.call(Script::new().stay(1_000)).await;
        assert_eq!((report.faults()[0].code, &report.end), (code, &EndReason::HungUp), "{url}");
    }
    app.connects("");
    let strict = Caller::new(&app.account, NUMBER).script(Script::new()).place().await;
    assert_eq!(strict.faults()[0].code, 31_922);
}

#[tokio::test]
async fn after_a_dropped_socket_the_script_goes_on_in_the_next_stream() {
    let (app, mut told) = App::logging().await;
    app.connects("<Redirect>/incoming</Redirect>");
    let report = app.call(Script::new().press("1").drop_socket().press("2")).await;
    let ends: Vec<StreamEnd> = report.streams.iter().map(|stream| stream.end).collect();
    assert_eq!(ends, [StreamEnd::Dropped, StreamEnd::CallerHungUp]);
    let events = |log: &[Value], event: &str| log.iter().filter(|value| value["event"] == event).count();
    let (first, second) = (told.recv().await.unwrap(), told.recv().await.unwrap());
    assert_eq!((events(&first, "dtmf"), events(&first, "stop")), (1, 0));
    assert_eq!((events(&second, "dtmf"), events(&second, "stop")), (1, 1));
    assert_eq!(second.iter().find(|value| value["event"] == "dtmf").unwrap()["dtmf"]["digit"], "2");
}

#[tokio::test]
async fn a_caller_misbehaves_as_told() {
    let (app, mut told) = App::logging().await;
    app.connects("");
    let script = Script::new()
        .misbehave(Misbehaviour::MalformedJson)
        .misbehave(Misbehaviour::Payload { bytes: 7 })
        .misbehave(Misbehaviour::Timestamp("-1".into()))
        .misbehave(Misbehaviour::Raw(r#"{"event":"mine"}"#.into()));
    app.caller(script).start(Start::Never).place().await;
    let log = told.recv().await.unwrap();
    assert!(log.iter().all(|value| value["event"] != "start"));
    assert!(log.iter().any(|value| value["media"]["timestamp"] == "-1"));
    assert!(log.iter().any(|value| value["event"] == "mine"));
    let odd = |value: &&Value| value["media"]["payload"].as_str().is_some_and(|payload| payload.len() == 12);
    assert_eq!(log.iter().filter(odd).count(), 1);
}

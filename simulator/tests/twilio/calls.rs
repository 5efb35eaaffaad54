//! Webhooks, verbs, status callbacks.

use serde_json::json;
use simulator::twilio::twiml::Verb;
use simulator::twilio::{Caller, EndReason, Number, Script, StreamEnd, signature};
use tokio::sync::mpsc;

use super::app::{App, NUMBER};

#[tokio::test]
async fn a_call_is_signed_follows_its_twiml_and_goes_on_after_the_server_closed() {
    let (tell, mut told) = mpsc::channel(1);
    let app = App::start(move |mut agent| {
        let tell = tell.clone();
        Box::pin(async move {
            agent.next_of("media").await.unwrap();
            agent.socket.close(None).await.unwrap();
            tell.send(agent.log).await.unwrap();
        })
    })
    .await;
    app.page(
        "/incoming",
        format!(
            r#"<Connect><Stream url="{}"><Parameter name="token" value="t1"/></Stream></Connect>
               <Redirect>/continue?n=1</Redirect>"#,
            app.ws
        ),
    );
    app.page("/continue", "<Pause length='1'/><Dial>+15550199</Dial><Hangup/><Pause/>");
    let report = app.call(Script::new().stay(5_000)).await;

    assert_eq!(report.end, EndReason::HungUp);
    assert_eq!(report.dialled, ["+15550199"]);
    assert!(report.faults().is_empty(), "{:?}", report.troubles);
    assert_eq!(report.troubles[0].code, 31_921);
    assert_eq!(report.streams[0].end, StreamEnd::ServerClosed);
    assert!(matches!(
        report.verbs[..],
        [Verb::Connect { .. }, Verb::Redirect(_), Verb::Pause { .. }, Verb::Dial { .. }, Verb::Hangup]
    ));

    let incoming = &app.pages.seen("/incoming")[0];
    assert_eq!(incoming.signature, signature("12345", &format!("{}/incoming", app.http), &incoming.fields));
    assert_eq!((incoming.field("CallStatus"), incoming.field("To")), ("ringing", NUMBER));
    assert_eq!(incoming.field("CallSid"), report.call_sid);
    assert_eq!((incoming.field("Direction"), incoming.field("ApiVersion")), ("inbound", "2010-04-01"));
    let next = &app.pages.seen("/continue")[0];
    assert_eq!(next.signature, signature("12345", &format!("{}/continue?n=1", app.http), &next.fields));
    assert_eq!(next.field("CallStatus"), "in-progress");
    assert_eq!(*app.handshakes.lock().unwrap(), [signature("12345", &app.ws, &[])]);

    let log = told.recv().await.unwrap();
    assert_eq!(log[0], json!({ "event": "connected", "protocol": "Call", "version": "1.0.0" }));
    assert_eq!(log[1]["start"]["callSid"], report.call_sid.as_str());
    assert_eq!(log[1]["start"]["customParameters"], json!({ "token": "t1" }));
}

#[tokio::test]
async fn a_failing_webhook_is_repeated_with_one_token_and_then_replaced_by_the_fallback() {
    let app = App::listening().await;
    let url = format!("{}/broken#rc=2&rp=5xx", app.http);
    app.account.add(Number::new(NUMBER).voice_url(&url).fallback_url(format!("{}/fallback", app.http)));
    app.answer("/broken", 500, "");
    app.page("/fallback", "<Say>sorry</Say>");
    let report = app.caller(Script::new()).instant_say().place().await;
    let tries = app.pages.seen("/broken");
    assert_eq!(tries.len(), 3);
    assert!(!tries[0].token.is_empty() && tries.iter().all(|seen| seen.token == tries[0].token));
    // The fragment is not signed.
    assert_eq!(tries[0].signature, signature("12345", &format!("{}/broken", app.http), &tries[0].fields));
    let fallback = &app.pages.seen("/fallback")[0];
    assert_eq!((fallback.field("ErrorCode"), fallback.field("ErrorUrl")), ("11200", url.as_str()));
    assert_ne!(fallback.token, tries[0].token);
    assert_eq!(report.end, EndReason::OutOfVerbs);
}

#[tokio::test]
async fn without_a_fallback_the_caller_hears_an_application_error() {
    let app = App::listening().await;
    app.account.add(Number::new(NUMBER).voice_url("http://127.0.0.1:9/"));
    let report = app.call(Script::new()).await;
    assert_eq!((report.faults()[0].code, &report.end), (11_205, &EndReason::ApplicationError));
    app.account.add(Number::new(NUMBER).voice_url(format!("{}/garbage", app.http)));
    app.page("/garbage", "<Hangup>");
    let report = app.call(Script::new()).await;
    assert_eq!((report.faults()[0].code, &report.end), (12_100, &EndReason::ApplicationError));
    let unknown = Caller::new(&app.account, "+15559999").place().await;
    assert_eq!(unknown.end, EndReason::NotInService);
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_with_the_same_token() {
    let app = App::listening().await;
    app.page("/incoming", "<Hangup/>");
    app.caller(Script::new()).repeat_incoming().place().await;
    let seen = app.pages.seen("/incoming");
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].token, seen[1].token);
}

#[tokio::test]
async fn status_callbacks_come_in_order_or_backwards_on_demand() {
    let app = App::listening().await;
    app.page("/incoming", "<Hangup/>");
    app.page("/status", "");
    let number = Number::new(NUMBER).voice_url(format!("{}/incoming", app.http));
    app.account.add(number.status_callback(format!("{}/status", app.http)));
    let statuses = |app: &App| -> Vec<String> {
        let seen = std::mem::take(&mut *app.pages.seen.lock().unwrap());
        let seen = seen.iter().filter(|seen| seen.path == "/status");
        seen.map(|seen| format!("{} {}", seen.field("SequenceNumber"), seen.field("CallStatus"))).collect()
    };
    app.call(Script::new()).await;
    assert_eq!(statuses(&app), ["0 completed"]);
    let all = ["initiated", "ringing", "answered", "completed"];
    app.caller(Script::new()).status_events(all).place().await;
    assert_eq!(statuses(&app), ["0 ringing", "1 ringing", "2 in-progress", "3 completed"]);
    app.caller(Script::new()).status_events(all).status_out_of_order().place().await;
    assert_eq!(statuses(&app), ["3 completed", "2 in-progress", "1 ringing", "0 ringing"]);
}

#[tokio::test]
async fn a_tunnel_signs_what_is_public_and_reaches_what_is_local() {
    let app = App::listening().await;
    app.account.add(Number::new(NUMBER).voice_url("https://voice.example.com/incoming"));
    app.page("/incoming", r#"<Redirect>/next</Redirect>"#);
    app.page("/next", r#"<Connect><Stream url="wss://voice.example.com/stream"/></Connect>"#);
    let report = Caller::new(&app.account, NUMBER).tunnel("https://voice.example.com", &app.http).place().await;
    let seen = &app.pages.seen("/next")[0];
    assert_eq!(seen.signature, signature("12345", "https://voice.example.com/next", &seen.fields));
    // The pages are no socket, but they were asked.
    assert_eq!(report.faults()[0].code, 31_920);
    let local = app.ws.replace("ws://", "http://").replace("/stream", "");
    app.account.add(Number::new(NUMBER).voice_url(format!("{}/next", app.http)));
    let report = Caller::new(&app.account, NUMBER).tunnel("https://voice.example.com", local).place().await;
    assert!(report.faults().is_empty(), "{:?}", report.troubles);
    assert_eq!(app.handshakes.lock().unwrap()[0], signature("12345", "wss://voice.example.com/stream", &[]));
}

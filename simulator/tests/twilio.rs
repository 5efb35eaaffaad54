//! The fake Twilio against a small server that does as each test says.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use futures_util::{SinkExt, StreamExt, future::BoxFuture};
use poem::{
    Response, Route, Server, handler,
    http::StatusCode,
    listener::TcpAcceptor,
    web::{Data, Form},
};
use serde_json::{Value, json};
use simulator::{
    audio::Clip,
    twilio::{
        Account, CallReport, Caller, EndReason, Event, Misbehaviour, Number, Script, Start, StreamEnd, rest::Rest,
        signature, twiml::Verb,
    },
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::mpsc,
    task::JoinSet,
};
use tokio_tungstenite::{
    WebSocketStream, accept_hdr_async,
    tungstenite::{
        Message,
        handshake::server::{ErrorResponse, Request as Handshake, Response as HandshakeResponse},
    },
};

const NUMBER: &str = "+15550100";

/// A request as the server saw it.
#[derive(Clone, Debug)]
struct Seen {
    path: String,
    fields: Vec<(String, String)>,
    signature: String,
    token: String,
}

impl Seen {
    fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

/// Status and body.
type Answer = (u16, String);

#[derive(Clone, Default)]
struct Pages {
    pages: Arc<Mutex<HashMap<String, Vec<Answer>>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Pages {
    fn seen(&self, path: &str) -> Vec<Seen> {
        self.seen.lock().unwrap().iter().filter(|seen| seen.path == path).cloned().collect()
    }
}

/// Answers with the next page of the path; the last one stays.
#[handler]
async fn page(request: &poem::Request, pages: Data<&Pages>, Form(fields): Form<Vec<(String, String)>>) -> Response {
    let header = |name: &str| request.header(name).unwrap_or_default().to_owned();
    let path = request.uri().path().to_owned();
    pages.seen.lock().unwrap().push(Seen {
        path: path.clone(),
        fields,
        signature: header("x-twilio-signature"),
        token: header("i-twilio-idempotency-token"),
    });
    let mut all = pages.pages.lock().unwrap();
    let Some(answers) = all.get_mut(&path) else { return StatusCode::NOT_FOUND.into() };
    let (status, body) = if answers.len() > 1 { answers.remove(0) } else { answers[0].clone() };
    Response::builder().status(StatusCode::from_u16(status).unwrap()).content_type("text/xml").body(body)
}

type Socket = WebSocketStream<TcpStream>;

/// An application with webhooks and a socket.
struct App {
    http: String,
    ws: String,
    pages: Pages,
    account: Account,
    /// Signatures of the handshakes.
    handshakes: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl App {
    /// `agent` gets each socket that is opened.
    async fn start(agent: impl Fn(Agent) -> BoxFuture<'static, ()> + Send + Sync + 'static) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut tasks = JoinSet::new();
        let pages = Pages::default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let http = format!("http://{}", listener.local_addr().unwrap());
        let routes = Route::new().at("/*path", poem::post(page));
        let routes = poem::EndpointExt::data(routes, pages.clone());
        let acceptor = TcpAcceptor::from_tokio(listener).unwrap();
        tasks.spawn(async move { Server::new_with_acceptor(acceptor).run(routes).await.unwrap() });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let ws = format!("ws://{}/stream", listener.local_addr().unwrap());
        let handshakes = Arc::<Mutex<Vec<String>>>::default();
        let seen = Arc::clone(&handshakes);
        tasks.spawn(async move {
            let mut agents = JoinSet::new();
            while let Ok((tcp, _)) = listener.accept().await {
                let signatures = Arc::clone(&seen);
                let check = move |request: &Handshake, response: HandshakeResponse| {
                    let value = request.headers().get("x-twilio-signature").unwrap();
                    signatures.lock().unwrap().push(value.to_str().unwrap().to_owned());
                    Ok::<_, ErrorResponse>(response)
                };
                let socket = accept_hdr_async(tcp, check).await.unwrap();
                agents.spawn(agent(Agent { socket, stream_sid: String::new(), log: Vec::new() }));
            }
        });
        let account = Account::new("AC00000000000000000000000000000001", "12345");
        account.add(Number::new(NUMBER).voice_url(format!("{http}/incoming")));
        Self { http, ws, pages, account, handshakes, _tasks: tasks }
    }

    fn page(&self, path: &str, body: impl Into<String>) {
        self.answer(path, 200, body);
    }

    fn answer(&self, path: &str, status: u16, body: impl Into<String>) {
        let mut pages = self.pages.pages.lock().unwrap();
        pages.entry(path.to_owned()).or_default().push((status, format!("<Response>{}</Response>", body.into())));
    }

    /// The document that connects a stream and then goes on as `after` says.
    fn connects(&self, after: &str) {
        self.page("/incoming", format!(r#"<Connect><Stream url="{}"/></Connect>{after}"#, self.ws));
    }

    fn caller(&self, script: Script) -> Caller {
        Caller::new(&self.account, NUMBER).allow_ws().script(script)
    }

    async fn call(&self, script: Script) -> CallReport {
        self.caller(script).place().await
    }
}

/// The server's end of a stream.
struct Agent {
    socket: Socket,
    stream_sid: String,
    log: Vec<Value>,
}

impl Agent {
    /// The next message; `None` when the stream is over.
    async fn next(&mut self) -> Option<Value> {
        loop {
            match self.socket.next().await?.ok()? {
                Message::Text(text) => {
                    let Ok(value) = serde_json::from_str::<Value>(&text) else { continue };
                    if value["event"] == "start" {
                        self.stream_sid = value["streamSid"].as_str().unwrap().to_owned();
                    }
                    self.log.push(value.clone());
                    return Some(value);
                }
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    async fn next_of(&mut self, event: &str) -> Option<Value> {
        loop {
            let value = self.next().await?;
            if value["event"] == event {
                return Some(value);
            }
        }
    }

    /// Reads until the stream is over.
    async fn listen(&mut self) {
        while self.next().await.is_some() {}
    }

    async fn listen_for(&mut self, time: Duration) {
        let _ = tokio::time::timeout(time, self.listen()).await;
    }

    async fn send(&mut self, message: Value) {
        self.socket.send(Message::text(message.to_string())).await.unwrap();
    }

    async fn say(&mut self, clip: &Clip) {
        let audio: Vec<u8> = clip.frames().iter().flat_map(|frame| frame.mulaw).collect();
        let payload = STANDARD.encode(audio);
        self.send(json!({ "event": "media", "streamSid": self.stream_sid, "media": { "payload": payload } })).await;
    }

    async fn mark(&mut self, name: &str) {
        self.send(json!({ "event": "mark", "streamSid": self.stream_sid, "mark": { "name": name } })).await;
    }

    async fn clear(&mut self) {
        self.send(json!({ "event": "clear", "streamSid": self.stream_sid })).await;
    }

    /// Reads on until the caller is heard (or not heard any more).
    async fn caller_is(&mut self, loud: bool) {
        while let Some(media) = self.next_of("media").await {
            let payload = STANDARD.decode(media["media"]["payload"].as_str().unwrap()).unwrap();
            if simulator::audio::audible(&payload) == loud {
                return;
            }
        }
    }
}

/// What the machine may add to a time: it is busy with other tests.
fn slack(report: &CallReport) -> Duration {
    Duration::from_millis(100) + 2 * report.streams[0].lateness.max
}

fn tone(ms: u64) -> Clip {
    Clip::tone(300.0, ms)
}

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
    let app = App::start(|mut agent| Box::pin(async move { agent.listen().await })).await;
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
async fn a_failing_webhook_is_repeated_with_one_token_and_then_replaced_by_the_fallback() {
    let app = App::start(|mut agent| Box::pin(async move { agent.listen().await })).await;
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
    let app = App::start(|mut agent| Box::pin(async move { agent.listen().await })).await;
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
    let app = App::start(|mut agent| Box::pin(async move { agent.listen().await })).await;
    app.page("/incoming", "<Hangup/>");
    app.caller(Script::new()).repeat_incoming().place().await;
    let seen = app.pages.seen("/incoming");
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[0].token, seen[1].token);
}

#[tokio::test]
async fn status_callbacks_come_in_order_or_backwards_on_demand() {
    let app = App::start(|mut agent| Box::pin(async move { agent.listen().await })).await;
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
async fn rest_hangs_up_and_replaces_the_twiml_of_a_live_call() {
    let app = App::start(|mut agent| Box::pin(async move { agent.listen().await })).await;
    app.connects("");
    app.page("/elsewhere", "<Dial>+15550177</Dial>");
    let rest = Rest::start([app.account.clone()]).await.unwrap();
    let client = reqwest::Client::new();
    let base = format!("{}/2010-04-01/Accounts/{}", rest.base_url(), app.account.sid());
    let update = |call: &str, form: &[(&str, &str)]| {
        let request = client.post(format!("{base}/Calls/{call}.json"));
        request.basic_auth(app.account.sid(), Some("12345")).form(form).send()
    };
    let sid = "CA00000000000000000000000000000001";
    for (form, end) in [
        (vec![("Status", "completed")], EndReason::CompletedByRest),
        (vec![("Twiml", "<Response><Hangup/></Response>")], EndReason::HungUp),
    ] {
        let call = app.caller(Script::new().stay(5_000)).call_sid(sid).place();
        let (report, status) = tokio::join!(call, async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            update(sid, &form).await.unwrap().status()
        });
        assert_eq!((report.end, report.streams[0].end, status.as_u16()), (end, StreamEnd::Rest, 200));
    }
    let url = format!("{}/elsewhere", app.http);
    let form = [("Url", url.as_str())];
    let call = app.caller(Script::new().stay(5_000)).call_sid(sid).place();
    let (report, _) = tokio::join!(call, async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        update(sid, &form).await.unwrap()
    });
    assert_eq!(report.dialled, ["+15550177"]);

    let over = update(sid, &[("Status", "completed")]).await.unwrap();
    assert_eq!(over.status(), 404);
    assert_eq!(over.json::<Value>().await.unwrap()["code"], 20_404);
    let stranger =
        client.get(format!("{base}.json")).basic_auth(app.account.sid(), Some("wrong")).send().await.unwrap();
    assert_eq!(stranger.status(), 401);
    assert_eq!(stranger.json::<Value>().await.unwrap()["code"], 20_003);
}

#[tokio::test]
async fn rest_shows_the_account_and_configures_its_numbers() {
    let account = Account::random();
    account.add(Number::new(NUMBER));
    let rest = Rest::start([account.clone()]).await.unwrap();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::new();
    let base = format!("{}/2010-04-01/Accounts/{}", rest.base_url(), account.sid());
    let get = |path: String| client.get(path).basic_auth(account.sid(), Some(account.auth_token())).send();
    let shown: Value = get(format!("{base}.json")).await.unwrap().json().await.unwrap();
    assert_eq!(shown["status"], "active");
    let path = format!("{base}/IncomingPhoneNumbers.json?PhoneNumber=%2B15550100");
    let found: Value = get(path).await.unwrap().json().await.unwrap();
    let number = found["incoming_phone_numbers"][0]["sid"].as_str().unwrap().to_owned();
    let configure = |form: &[(&str, &str)]| {
        let request = client.post(format!("{base}/IncomingPhoneNumbers/{number}.json"));
        request.basic_auth(account.sid(), Some(account.auth_token())).form(form).send()
    };
    let early = configure(&[("VoiceFallbackUrl", "https://a/f")]).await.unwrap();
    assert_eq!(early.json::<Value>().await.unwrap()["code"], 21_405);
    let form = [("VoiceUrl", "https://a/v"), ("VoiceMethod", "GET"), ("StatusCallback", "https://a/s")];
    let changed: Value = configure(&form).await.unwrap().json().await.unwrap();
    assert_eq!((&changed["voice_url"], &changed["voice_method"]), (&json!("https://a/v"), &json!("GET")));
    assert_eq!(account.number(NUMBER).unwrap().status_callback.unwrap().url, "https://a/s");
}

#[tokio::test]
async fn after_a_dropped_socket_the_script_goes_on_in_the_next_stream() {
    let (tell, mut told) = mpsc::channel(8);
    let app = App::start(move |mut agent| {
        let tell = tell.clone();
        Box::pin(async move {
            agent.listen().await;
            tell.send(agent.log).await.unwrap();
        })
    })
    .await;
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
    let (tell, mut told) = mpsc::channel(8);
    let app = App::start(move |mut agent| {
        let tell = tell.clone();
        Box::pin(async move {
            agent.listen().await;
            tell.send(agent.log).await.unwrap();
        })
    })
    .await;
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

#[tokio::test]
async fn a_tunnel_signs_what_is_public_and_reaches_what_is_local() {
    let app = App::start(|mut agent| Box::pin(async move { agent.listen().await })).await;
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

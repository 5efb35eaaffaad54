//! A small server that does as each test says.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
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
    twilio::{Account, CallReport, Caller, Number, Script},
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

pub const NUMBER: &str = "+15550100";

/// A request as the server saw it.
#[derive(Clone, Debug)]
pub struct Seen {
    pub path: String,
    pub fields: Vec<(String, String)>,
    pub signature: String,
    pub token: String,
}

impl Seen {
    pub fn field(&self, name: &str) -> &str {
        self.fields.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

/// Status and body.
type Answer = (u16, String);

#[derive(Clone, Default)]
pub struct Pages {
    pub pages: Arc<Mutex<HashMap<String, Vec<Answer>>>>,
    pub seen: Arc<Mutex<Vec<Seen>>>,
}

impl Pages {
    pub fn seen(&self, path: &str) -> Vec<Seen> {
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

pub type Socket = WebSocketStream<TcpStream>;

/// An application with webhooks and a socket.
pub struct App {
    pub http: String,
    pub ws: String,
    pub pages: Pages,
    pub account: Account,
    /// Signatures of the handshakes.
    pub handshakes: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl App {
    /// Each socket is heard to its end; what came over it can be received then.
    pub async fn logging() -> (Self, mpsc::Receiver<Vec<Value>>) {
        // More streams than any script opens.
        let (tell, told) = mpsc::channel(8);
        let app = Self::start(move |mut agent| {
            let tell = tell.clone();
            Box::pin(async move {
                agent.listen().await;
                tell.send(agent.log).await.unwrap();
            })
        });
        (app.await, told)
    }

    /// `agent` gets each socket that is opened.
    pub async fn start(agent: impl Fn(Agent) -> BoxFuture<'static, ()> + Send + Sync + 'static) -> Self {
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

    /// Whose agent says nothing.
    pub async fn listening() -> Self {
        Self::start(|mut agent| Box::pin(async move { agent.listen().await })).await
    }

    pub fn page(&self, path: &str, body: impl Into<String>) {
        self.answer(path, 200, body);
    }

    pub fn answer(&self, path: &str, status: u16, body: impl Into<String>) {
        let mut pages = self.pages.pages.lock().unwrap();
        pages.entry(path.to_owned()).or_default().push((status, format!("<Response>{}</Response>", body.into())));
    }

    /// The document that connects a stream and then goes on as `after` says.
    pub fn connects(&self, after: &str) {
        self.page("/incoming", format!(r#"<Connect><Stream url="{}"/></Connect>{after}"#, self.ws));
    }

    pub fn caller(&self, script: Script) -> Caller {
        Caller::new(&self.account, NUMBER).allow_ws().script(script)
    }

    pub async fn call(&self, script: Script) -> CallReport {
        self.caller(script).place().await
    }
}

/// The server's end of a stream.
pub struct Agent {
    pub socket: Socket,
    pub stream_sid: String,
    pub log: Vec<Value>,
}

impl Agent {
    /// The next message; `None` when the stream is over.
    pub async fn next(&mut self) -> Option<Value> {
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

    pub async fn next_of(&mut self, event: &str) -> Option<Value> {
        loop {
            let value = self.next().await?;
            if value["event"] == event {
                return Some(value);
            }
        }
    }

    /// Reads until the stream is over.
    pub async fn listen(&mut self) {
        while self.next().await.is_some() {}
    }

    pub async fn listen_for(&mut self, time: Duration) {
        let _ = tokio::time::timeout(time, self.listen()).await;
    }

    pub async fn send(&mut self, message: Value) {
        self.socket.send(Message::text(message.to_string())).await.unwrap();
    }

    pub async fn say(&mut self, clip: &Clip) {
        let audio: Vec<u8> = clip.frames().iter().flat_map(|frame| frame.mulaw).collect();
        let payload = STANDARD.encode(audio);
        self.send(json!({ "event": "media", "streamSid": self.stream_sid, "media": { "payload": payload } })).await;
    }

    pub async fn mark(&mut self, name: &str) {
        self.send(json!({ "event": "mark", "streamSid": self.stream_sid, "mark": { "name": name } })).await;
    }

    pub async fn clear(&mut self) {
        self.send(json!({ "event": "clear", "streamSid": self.stream_sid })).await;
    }

    /// Reads on until the caller is heard (or not heard any more).
    pub async fn caller_is(&mut self, loud: bool) {
        while let Some(media) = self.next_of("media").await {
            let payload = STANDARD.decode(media["media"]["payload"].as_str().unwrap()).unwrap();
            if simulator::audio::audible(&payload) == loud {
                return;
            }
        }
    }
}

/// What the machine may add to a time: it is busy with other tests.
pub fn slack(report: &CallReport) -> Duration {
    Duration::from_millis(100) + 2 * report.streams[0].lateness.max
}

pub fn tone(ms: u64) -> Clip {
    Clip::tone(300.0, ms)
}

//! A fake OpenAI: transcriptions, chat completions, speech and models, answered as a test says.
//!
//! ```no_run
//! # async fn example() -> std::io::Result<()> {
//! use simulator::openai::{Delays, Endpoint, Fake, Fault, Reply, When};
//!
//! let openai = Fake::builder()
//!     .transcripts(["I would like a table for two", "thank you, goodbye"])
//!     .replies([Reply::say("For when?"), Reply::say("Goodbye.").tool("end_call", serde_json::json!({}))])
//!     .delay(Endpoint::Chat, Delays::first(300).between(20))
//!     .fault(Endpoint::Speech, When::Nth(2), Fault::CutMidway)
//!     .start()
//!     .await?;
//! println!("OPENAI_BASE_URL={}", openai.base_url());
//! # Ok(())
//! # }
//! ```

mod answer;
mod chat;
mod plan;
mod record;
mod speech;
mod transcription;

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use poem::{
    EndpointExt, IntoResponse, Response, Route, get, handler,
    http::{StatusCode, header::AUTHORIZATION},
    post,
    web::{Data, Json, Multipart},
};
use serde_json::{Value, json};
use tokio::net::ToSocketAddrs;

use self::{
    answer::Answer,
    plan::{Plan, TranscribeWith},
    record::{Log, Ticket},
};
pub use self::{
    chat::{ChatRequest, Reply, ToolCall},
    plan::{Delays, Endpoint, Fault, Heard, When},
    record::Request,
    speech::{RATE as SPEECH_RATE, natural_ms},
};
use crate::serving::{Lines, Serving};

/// A running fake. Stops when dropped.
#[derive(Debug)]
pub struct Fake {
    shared: Arc<Shared>,
    serving: Serving,
}

#[derive(Debug)]
struct Shared {
    plan: Mutex<Plan>,
    log: Arc<Log>,
    lines: Lines,
}

impl Shared {
    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.plan.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a fake is told before it starts.
#[derive(Debug, Default)]
pub struct Builder {
    plan: Plan,
    without_bodies: bool,
}

impl Fake {
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// A fake that hears "hello", answers what it was told ([`Reply`] says how) and never fails.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// What stands in for `https://api.openai.com/v1`.
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.serving.address)
    }

    /// All requests so far, in the order in which they came.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.log.requests()
    }

    /// Requests of one endpoint so far.
    pub fn requests_of(&self, endpoint: Endpoint) -> Vec<Request> {
        self.requests().into_iter().filter(|request| request.endpoint == endpoint).collect()
    }

    /// Forgets the requests so far. Counting for [`When`] goes on.
    pub fn forget_requests(&self) {
        self.shared.log.forget();
    }

    /// From now on (`When` counts from the fake's start).
    pub fn fault(&self, endpoint: Endpoint, when: When, fault: Fault) {
        self.shared.plan().faults.push((endpoint, when, fault));
    }

    /// Lists another model, which goes out of service on that day (`2027-01-14`), from now on.
    pub fn ends(&self, model: impl Into<String>, date: impl Into<String>) {
        self.shared.plan().endings.push((model.into(), date.into()));
    }

    /// Takes all faults away.
    pub fn heal(&self) {
        self.shared.plan().faults.clear();
    }

    /// From now on.
    pub fn delay(&self, endpoint: Endpoint, delays: Delays) {
        self.shared.plan().delays.insert(endpoint, delays);
    }

    /// More texts for the next transcriptions.
    pub fn push_transcripts<T: Into<String>>(&self, texts: impl IntoIterator<Item = T>) {
        self.shared.plan().transcripts.extend(texts.into_iter().map(Into::into));
    }

    /// More replies for the next chat requests.
    pub fn push_replies(&self, replies: impl IntoIterator<Item = Reply>) {
        self.shared.plan().replies.extend(replies);
    }

    /// Until the server ends: for ever, unless it fails.
    pub async fn ended(&self) {
        self.serving.ended().await;
    }
}

impl Builder {
    /// Takes only this key (`Authorization: Bearer …`); unless set, any or none.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.plan.key = Some(key.into());
        self
    }

    /// What the next transcriptions hear, one after another; then comes [`transcript`](Self::transcript).
    pub fn transcripts<T: Into<String>>(mut self, texts: impl IntoIterator<Item = T>) -> Self {
        self.plan.transcripts.extend(texts.into_iter().map(Into::into));
        self
    }

    /// What every transcription hears beyond the scripted ones: "hello" unless set.
    pub fn transcript(self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.transcribe_with(move |_| text.clone())
    }

    /// Hears by looking at the request: its number, its length.
    pub fn transcribe_with(mut self, hear: impl Fn(&Heard) -> String + Send + Sync + 'static) -> Self {
        self.plan.transcribe_with = TranscribeWith(Arc::new(hear));
        self
    }

    /// Replies to the next chat requests, one after another; then comes [`reply_with`](Self::reply_with).
    pub fn replies(mut self, replies: impl IntoIterator<Item = Reply>) -> Self {
        self.plan.replies.extend(replies);
        self
    }

    /// Replies by looking at the request. Unless set, it says what the user said, or the least JSON that fits the schema
    /// that is asked for.
    pub fn reply_with(mut self, reply: impl Fn(&ChatRequest) -> Reply + Send + Sync + 'static) -> Self {
        self.plan.reply_with = plan::ReplyWith(Arc::new(reply));
        self
    }

    pub fn delay(mut self, endpoint: Endpoint, delays: Delays) -> Self {
        self.plan.delays.insert(endpoint, delays);
        self
    }

    /// The first fault that fits a request is the one that happens.
    pub fn fault(mut self, endpoint: Endpoint, when: When, fault: Fault) -> Self {
        self.plan.faults.push((endpoint, when, fault));
        self
    }

    /// Does not keep the bodies of requests: for long runs.
    pub fn without_bodies(mut self) -> Self {
        self.without_bodies = true;
        self
    }

    /// Starts on any free port of this machine.
    pub async fn start(self) -> io::Result<Fake> {
        self.start_at("127.0.0.1:0").await
    }

    /// Starts at this address.
    pub async fn start_at(self, address: impl ToSocketAddrs) -> io::Result<Fake> {
        speech::prepare();
        let log = Arc::new(Log::new(!self.without_bodies));
        let lines = Lines::default();
        let shared = Arc::new(Shared { plan: Mutex::new(self.plan), log, lines: lines.clone() });
        let routes = Route::new()
            .at("/v1/audio/transcriptions", post(transcribe))
            .at("/v1/chat/completions", post(complete))
            .at("/v1/audio/speech", post(speak))
            .at("/v1/models", get(models))
            .data(Arc::clone(&shared));
        Ok(Fake { serving: Serving::start(address, lines, routes).await?, shared })
    }
}

/// What every request goes through first: it is counted, its key is checked, its fault looked up.
fn admit(shared: &Shared, endpoint: Endpoint, request: &poem::Request) -> Result<(Ticket, Delays), Response> {
    let mut plan = shared.plan();
    let n = plan.count(endpoint);
    let ticket = shared.log.admit(endpoint, n, Instant::now(), shared.lines.gone(request));
    let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let expected = plan.key.as_ref().map(|key| format!("Bearer {key}"));
    if expected.is_some_and(|expected| given != Some(&expected)) {
        let body = error_body("invalid_request_error", "invalid_api_key", "Incorrect API key provided");
        return Err(Answer::json(StatusCode::UNAUTHORIZED, &body).respond(ticket));
    }
    let ticket = ticket.with_fault(plan.fault_of(endpoint, n));
    Ok((ticket, plan.delays_of(endpoint)))
}

/// The body of an error as OpenAI writes it.
fn error_body(kind: &str, code: &str, message: &str) -> Value {
    json!({ "error": { "type": kind, "message": message, "param": null, "code": code } })
}

fn refuse(ticket: Ticket, message: &str) -> Response {
    let body = error_body("invalid_request_error", "invalid_value", message);
    Answer::json(StatusCode::BAD_REQUEST, &body).respond(ticket)
}

#[handler]
async fn transcribe(request: &poem::Request, shared: Data<&Arc<Shared>>, form: Multipart) -> Response {
    let (mut ticket, delays) = match admit(&shared, Endpoint::Transcriptions, request) {
        Ok(admitted) => admitted,
        Err(refused) => return refused,
    };
    let upload = match transcription::read(form, ticket.n()).await {
        Ok(upload) => upload,
        Err(message) => return refuse(ticket, &message),
    };
    let text = {
        let mut plan = shared.plan();
        plan.transcripts.pop_front().unwrap_or_else(|| (plan.transcribe_with.0)(&upload.heard))
    };
    ticket.note(text.clone(), upload.heard.ms, upload.fields());
    ticket.wait(delays).await;
    transcription::answer(&upload, &text, delays).respond(ticket)
}

#[handler]
async fn complete(request: &poem::Request, shared: Data<&Arc<Shared>>, body: Json<Value>) -> Response {
    let (mut ticket, delays) = match admit(&shared, Endpoint::Chat, request) {
        Ok(admitted) => admitted,
        Err(refused) => return refused,
    };
    let chat = ChatRequest { n: ticket.n(), body: body.0 };
    if !chat.body["messages"].is_array() {
        return refuse(ticket, "messages is required");
    }
    let reply = {
        let mut plan = shared.plan();
        plan.replies.pop_front().unwrap_or_else(|| (plan.reply_with.0)(&chat))
    };
    let answer = chat::answer(&chat, &reply, delays);
    ticket.note(chat.last_user().to_owned(), 0, chat.body);
    ticket.wait(delays).await;
    answer.respond(ticket)
}

#[handler]
async fn speak(request: &poem::Request, shared: Data<&Arc<Shared>>, body: Json<Value>) -> Response {
    let (mut ticket, delays) = match admit(&shared, Endpoint::Speech, request) {
        Ok(admitted) => admitted,
        Err(refused) => return refused,
    };
    let text = body.0["input"].as_str().unwrap_or_default().to_owned();
    if text.is_empty() || text.chars().count() > 4_096 {
        return refuse(ticket, "input must have 1 to 4096 characters");
    }
    if body.0["response_format"] != "pcm" {
        return refuse(ticket, "only response_format \"pcm\" is simulated");
    }
    let answer = speech::answer(&text, delays);
    ticket.note(text, 0, body.0);
    ticket.wait(delays).await;
    answer.respond(ticket)
}

#[handler]
async fn models(request: &poem::Request, shared: Data<&Arc<Shared>>) -> Response {
    let (ticket, delays) = match admit(&shared, Endpoint::Models, request) {
        Ok(admitted) => admitted,
        Err(refused) => return refused,
    };
    let model = |id: &str| json!({ "id": id, "object": "model", "owned_by": "simulator", "shutdown_date": null });
    let mut models = vec![model("simulated-transcribe"), model("simulated-chat"), model("simulated-speech")];
    models.extend(
        shared
            .plan()
            .endings
            .iter()
            .map(|(id, date)| json!({ "id": id, "object": "model", "owned_by": "simulator", "shutdown_date": date })),
    );
    let body = json!({ "object": "list", "data": models });
    ticket.wait(delays).await;
    Answer::json(StatusCode::OK, &body).respond(ticket).into_response()
}

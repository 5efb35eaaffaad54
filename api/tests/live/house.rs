//! A running server over a fresh database, with its tenant, agent and number.

use domain::access::By;
use domain::api_keys::NewKey;
use std::time::Duration;

use api::{AppState, Door, config::Settings};
use domain::{
    Database,
    accounts::{self, NewAccount},
    agents::{self, NewAgent},
    api_keys,
    entity::{agent::AgentSettings, call, conversation, id::TenantId, now, session, turn},
    phone_numbers::NewNumber,
    sessions::Client,
    tenants,
    testing::Fresh,
    vault::Vault,
};
use futures_util::{SinkExt, StreamExt};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use simulator::{
    audio::Clip,
    openai::{Builder, Fake},
    twilio::{Account, Caller, Number, rest::Rest, signature},
};
use tokio::{net::TcpStream, task::JoinHandle, time::timeout};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use voice::{audio::clips::Clips, conversation::Engine, vad::Vad};

pub const NUMBER: &str = "+14155550100";
pub const CALLER: &str = "+14155550198";

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub struct House {
    pub state: AppState,
    pub openai: Fake,
    pub account: Account,
    pub tenant: TenantId,
    pub key: SecretString,
    /// `http://127.0.0.1:…`
    pub base: String,
    stop: CancellationToken,
    server: JoinHandle<std::io::Result<()>>,
    _twilio: Rest,
    database: Fresh,
}

/// An agent that greets, hangs up and transfers.
pub fn ada() -> NewAgent {
    NewAgent {
        name: "Ada".to_owned(),
        settings: AgentSettings {
            greeting: Some("Hello, this is Ada.".to_owned()),
            transfer_to: Some("+15550123".to_owned()),
            ..AgentSettings::default()
        },
    }
}

impl House {
    pub async fn new(database: Fresh) -> Self {
        Self::with(database, &[], Fake::builder()).await
    }

    /// With these flags, and providers that do as told.
    pub async fn with(database: Fresh, flags: &[&str], openai: Builder) -> Self {
        crate::log::start();
        let _ = rustls::crypto::ring::default_provider().install_default();
        let openai = openai.start().await.unwrap();
        let base_url = openai.base_url();
        // Sockets that a test leaves open do not hold its end up.
        let account = Account::random();
        let twilio = Rest::start([account.clone()]).await.unwrap();
        let twilio_url = twilio.base_url();
        let twilio_flags = ["--twilio-api-url", &twilio_url];
        let own = ["switchboard", "--bind", "127.0.0.1:0", "--openai-base-url", &base_url, "--call-drain-s", "0"];
        let mut settings = Settings::read(own.iter().chain(&twilio_flags).chain(flags).map(Into::into)).unwrap();
        let door = Door::open(&settings.http).await.unwrap();
        let base = format!("http://{}", door.address());
        settings.calls.public_url.get_or_insert(base.parse().unwrap());
        let providers = providers::select(&settings.providers, &settings.files.models_dir).unwrap();
        let engine = Engine { vad: Vad::load(None), clips: Clips::default() };
        let key = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [7; 32]);
        let vault = Vault::from_keys(&format!("test:{key}").into()).unwrap();
        let db = Database::clone(&database);

        let tenant = tenants::create(&db, "First").await.unwrap().id;
        let (_, key) = api_keys::create(&db, tenant, &By::SYSTEM, NewKey::unlimited("test")).await.unwrap();
        let agent = agents::create(&db, tenant, &By::SYSTEM, ada()).await.unwrap();
        let number = NewNumber {
            number: NUMBER.to_owned(),
            account_sid: account.sid().to_owned(),
            auth_token: account.auth_token().into(),
            agent_id: Some(agent.id),
            label: None,
            recorded_by: Default::default(),
        };
        domain::testing::number(&db, &vault, tenant, number).await.unwrap();
        account.add(
            Number::new(NUMBER)
                .voice_url(format!("{base}/webhooks/twilio/incoming"))
                .fallback_url(format!("{base}/webhooks/twilio/fallback"))
                .status_callback(format!("{base}/webhooks/twilio/status")),
        );

        let state = AppState::new(settings, db, vault, database.recordings(), providers, engine);
        let stop = CancellationToken::new();
        let server = TaskTracker::new().spawn({
            let (state, stop) = (state.clone(), stop.clone());
            async move { api::serve(state, door, stop.cancelled_owned()).await }
        });
        Self { state, openai, account, tenant, key, base, stop, server, _twilio: twilio, database }
    }

    /// Stops the server as SIGTERM would, and waits for its end.
    pub async fn stop(self) {
        self.stop.cancel();
        self.server.await.unwrap().unwrap();
        assert_eq!(self.state.tasks.len(), 0, "a task outlived the server");
    }

    /// Begins to stop it.
    pub fn begin_stop(&self) {
        self.stop.cancel();
    }

    pub fn db(&self) -> &Database {
        &self.state.database
    }

    /// For what a test breaks on purpose.
    pub async fn execute(&self, sql: &str) {
        self.database.execute(sql).await;
    }

    /// The first tenant's rows in this table, as text.
    pub async fn rows(&self, table: &str) -> Vec<String> {
        self.database.rows_of(self.tenant).await.remove(table).unwrap_or_default()
    }

    /// Changes the agent and publishes it.
    pub async fn publish(&self, edit: impl FnOnce(&mut AgentSettings)) {
        let (db, tenant) = (self.db(), self.tenant);
        let id = agents::first(db, tenant).await.unwrap().unwrap();
        let change = agents::Change { name: None, revision: None, edit };
        agents::update(db, tenant, &By::SYSTEM, id, change).await.unwrap();
        agents::publish(db, tenant, &By::SYSTEM, id, None).await.unwrap();
    }

    /// A call to the number.
    pub fn caller(&self) -> Caller {
        Caller::new(&self.account, NUMBER).from(CALLER).allow_ws().instant_say().time_limit(Duration::from_secs(60))
    }

    /// The address of the media streams.
    pub fn stream_url(&self) -> String {
        format!("{}/webhooks/twilio/stream", self.base.replacen("http", "ws", 1))
    }

    /// What Twilio posts about a call, signed.
    pub async fn webhook(&self, path: &str, parameters: &[(&str, &str)]) -> (u16, String) {
        let url = format!("{}/webhooks/twilio/{path}", self.base);
        let owned: Vec<_> = parameters.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let signature = signature(self.account.auth_token(), &url, &owned);
        self.webhook_signed(path, parameters, Some(&signature)).await
    }

    /// The same with a signature of one's own.
    pub async fn webhook_signed(
        &self,
        path: &str,
        parameters: &[(&str, &str)],
        signature: Option<&str>,
    ) -> (u16, String) {
        let mut request = reqwest::Client::new()
            .post(format!("{}/webhooks/twilio/{path}", self.base))
            .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
            .body(serde_urlencoded::to_string(parameters).unwrap());
        if let Some(signature) = signature {
            request = request.header("X-Twilio-Signature", signature);
        }
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// `incoming` and `continue` of a call with this SID.
    pub async fn call_webhook(&self, path: &str, call_sid: &str) -> (u16, String) {
        let account = self.account.sid().to_owned();
        let parameters = [("CallSid", call_sid), ("AccountSid", &account), ("From", CALLER), ("To", NUMBER)];
        self.webhook(path, &parameters).await
    }

    /// A media stream's socket with a proper handshake.
    pub async fn stream(&self) -> Socket {
        let url = self.stream_url();
        self.stream_signed(&signature(self.account.auth_token(), &url, &[])).await.unwrap()
    }

    /// The same with a signature of one's own.
    pub async fn stream_signed(&self, signature: &str) -> Result<Socket, tokio_tungstenite::tungstenite::Error> {
        let mut request = self.stream_url().into_client_request().unwrap();
        request.headers_mut().insert("X-Twilio-Signature", HeaderValue::from_str(signature).unwrap());
        connect_async(request).await.map(|(socket, _)| socket)
    }

    /// A voice socket of the first tenant.
    pub async fn voice(&self, session: &str) -> Voice {
        self.voice_as(session, &self.key).await.unwrap()
    }

    /// A voice socket with this key, after its hello.
    pub async fn voice_as(
        &self,
        session: &str,
        key: &SecretString,
    ) -> Result<Voice, tokio_tungstenite::tungstenite::Error> {
        let url = format!("{}/ws/voice-agent/{session}", self.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("X-API-Key", HeaderValue::from_str(key.expose_secret()).unwrap());
        let (socket, _) = connect_async(request).await?;
        Ok(Voice(socket))
    }

    /// A GET or POST with the first tenant's key.
    pub async fn http(&self, method: &str, path: &str) -> (u16, Value) {
        let request = reqwest::Client::new()
            .request(method.parse().unwrap(), format!("{}{path}", self.base))
            .header("X-API-Key", self.key.expose_secret());
        let answer = request.send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// Somebody with a tenant of their own: their session, and its access token.
    pub async fn signed_up(&self) -> (session::Model, SecretString) {
        let new = NewAccount {
            email: "ada@example.com".to_owned(),
            password: "correct horse battery".to_owned().into(),
            name: "Ada".to_owned(),
            tenant_name: "Ada's".to_owned(),
        };
        let (opened, _) = accounts::sign_up(self.db(), &Client::default(), new, now()).await.unwrap();
        let session = opened.session;
        let (token, _) = self.state.access_tokens.issue(session.tenant_id, session.user_id, session.id, now());
        (session, token)
    }

    pub async fn another_tenant(&self) -> (TenantId, SecretString) {
        let tenant = tenants::create(self.db(), "Second").await.unwrap().id;
        (tenant, api_keys::create(self.db(), tenant, &By::SYSTEM, NewKey::unlimited("test")).await.unwrap().1)
    }

    pub async fn call(&self, call_sid: &str) -> call::Model {
        domain::calls::find_by_sid(self.db(), self.tenant, call_sid).await.unwrap()
    }

    pub async fn conversation(&self, call_sid: &str) -> conversation::Model {
        let call = self.call(call_sid).await;
        domain::conversations::find(self.db(), self.tenant, call.conversation_id).await.unwrap()
    }

    pub async fn turns(&self, call_sid: &str) -> Vec<turn::Model> {
        let call = self.call(call_sid).await;
        domain::conversations::turns(self.db(), self.tenant, call.conversation_id).await.unwrap()
    }

    /// Waits until this holds.
    pub async fn until(&self, what: &str, mut holds: impl FnMut() -> bool) {
        for _ in 0..500 {
            if holds() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("not within 5 s: {what}");
    }
}

/// The client's end of a voice socket.
pub struct Voice(pub Socket);

impl Voice {
    pub async fn send(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    /// The next message with JSON; binary frames before it are passed over.
    pub async fn next(&mut self) -> Value {
        loop {
            match next(&mut self.0).await {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Binary(_) | Message::Ping(_) => {}
                other => panic!("neither text nor audio: {other:?}"),
            }
        }
    }

    /// The next message of this type; others before it are passed over.
    pub async fn next_of(&mut self, kind: &str) -> Value {
        loop {
            let message = self.next().await;
            if message["type"] == kind {
                return message;
            }
        }
    }
}

/// The next message of a socket, within ten seconds.
pub async fn next(socket: &mut Socket) -> Message {
    let next = timeout(Duration::from_secs(15), socket.next()).await;
    next.expect("nothing came within 15 s").expect("the socket ended").expect("the socket broke")
}

/// The close code with which the server ends it; other messages before it are passed over.
pub async fn close_code(socket: &mut Socket) -> u16 {
    loop {
        if let Message::Close(frame) = next(socket).await {
            return frame.expect("a close without a code").code.into();
        }
    }
}

/// The text between `before` and the next quote of a TwiML document.
pub fn attribute<'a>(twiml: &'a str, before: &str) -> &'a str {
    let (_, rest) = twiml.split_once(before).unwrap_or_else(|| panic!("{before} is not in {twiml}"));
    rest.split_once('"').unwrap().0
}

/// The stream token in a TwiML document.
pub fn token(twiml: &str) -> &str {
    attribute(twiml, r#"name="token" value=""#)
}

/// `start` as Twilio sends it.
pub fn start(call_sid: &str, token: &str) -> Message {
    let start = serde_json::json!({
        "event": "start", "sequenceNumber": "1", "streamSid": "MZ1",
        "start": {
            "accountSid": "AC1", "streamSid": "MZ1", "callSid": call_sid, "tracks": ["inbound"],
            "mediaFormat": {"encoding": "audio/x-mulaw", "sampleRate": 8000, "channels": 1},
            "customParameters": {"token": token},
        },
    });
    Message::text(start.to_string())
}

/// A caller's words, spoken.
pub fn clip(name: &str) -> Clip {
    Clip::load(format!("{}/../caller-audio/{name}.ulaw", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

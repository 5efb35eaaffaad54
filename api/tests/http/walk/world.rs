//! A served house with as many tenants as a walk wants, and real rows of theirs: one way to make each kind.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
};

use api::AppState;
use domain::{
    access::By,
    accounts::{self, NewAccount},
    agents::{self, Agent, NewAgent},
    analyses::{self, Wish},
    api_keys::{self, NewKey},
    calls,
    conversations::{self, Wanted},
    customers::{self, NewCustomer},
    entity::{
        api_key, api_key::Scope, call, conversation::Channel, id::TenantId, membership::Role, now, phone_number,
        provider_credential::Stage, tool, webhook_endpoint,
    },
    events,
    jobs::Payload,
    page::Paging,
    personas::{self, Persona},
    phone_numbers::NewNumber,
    provider_credentials::{self, NewCredential},
    sessions::Client,
    tenants,
    testing::Fresh,
    tools::{self, NewTool},
    webhooks::{self, NewEndpoint},
};
use poem::test::{TestForm, TestResponse};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use simulator::twilio::{Account, Number, rest::Rest};
use tokio::{net::TcpStream, task::JoinHandle};
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{client::IntoClientRequest, http::HeaderValue},
};

use super::document::Operation;
use crate::{
    house::{House, authorized, file, wav},
    people::{invited, member_of},
};

/// Of the document's examples.
const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
const AUTH_TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// What a field of a body or a query names, where it is the id of a row; `None`: nothing of ours, or no row's id.
pub fn named_by(field: &str) -> Option<&'static str> {
    match field {
        "agent_id" => Some("agents"),
        "phone_number_id" => Some("phone-numbers"),
        "endpoint_id" => Some("webhook-endpoints"),
        "event_id" => Some("events"),
        // What the audit log is asked about: a name that fits nothing finds nothing.
        "actor_id" | "target_id" => None,
        // Of a person's own tenants.
        "tenant_id" => None,
        // The tenant's own name for a customer, and the session's: free text.
        "customer_id" | "session_id" | "external_id" => None,
        field if field.ends_with("_id") => panic!("say in walk/world.rs what kind of row `{field}` names"),
        _ => None,
    }
}

/// See the module.
pub struct World {
    pub house: House,
    address: String,
    serving: JoinHandle<std::io::Result<()>>,
    /// Has every number that the walk makes up.
    account: Account,
    _twilio: Rest,
    serial: AtomicU32,
}

/// A tenant and its key, which is good for all that a key can be good for.
pub struct Tenant {
    pub id: TenantId,
    pub key: SecretString,
}

/// What a path names.
enum Row {
    /// Of one tenant.
    Own(String),
    /// Of all: part of the program.
    Shared(String),
}

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Rows that are named by a path, and what keeps them alive.
pub struct Named {
    pub path: String,
    /// Whether one of them is a tenant's own.
    pub is_owned: bool,
    _sockets: Vec<Socket>,
}

impl World {
    pub async fn new(db: Fresh) -> Self {
        let account = Account::new(ACCOUNT, AUTH_TOKEN);
        let twilio = Rest::start([account.clone()]).await.unwrap();
        // As fast as it can walk.
        let flags =
            ["--bind", "127.0.0.1:0", "--limit-requests-per-second", "0", "--twilio-api-url", &twilio.base_url()];
        let house = House::with(db, &flags).await;
        let door = api::Door::open(&house.state.settings.http).await.unwrap();
        let address = door.address().to_string();
        let serving = api::serve(house.state.clone(), door, std::future::pending());
        #[expect(clippy::disallowed_methods, reason = "ended with the world")]
        let serving = tokio::spawn(serving);
        Self { house, address, serving, account, _twilio: twilio, serial: AtomicU32::new(0) }
    }

    pub async fn tenant(&self) -> Tenant {
        let id = tenants::create(&self.house.state.database, "One of many").await.unwrap().id;
        // Who answers where no other agent is named.
        self.agent(id).await;
        let key = self.key(id, &[Scope::Read, Scope::Calls, Scope::Manage, Scope::Admin]).await;
        Tenant { id, key }
    }

    /// A tenant with one person in it, whose access token is the key.
    pub async fn person(&self, role: Role) -> Tenant {
        let state = &self.house.state;
        let new = NewAccount {
            email: format!("person-{}@example.com", self.next()),
            password: "correct horse battery".to_owned().into(),
            name: "Ada".to_owned(),
            tenant_name: "One of many".to_owned(),
        };
        let (opened, _) = accounts::sign_up(&state.database, &Client::default(), new, now()).await.unwrap();
        let session = opened.session;
        self.house.fresh.set_roles(session.tenant_id, role).await;
        let (key, _) = state.access_tokens.issue(session.tenant_id, session.user_id, session.id, now());
        self.agent(session.tenant_id).await;
        Tenant { id: session.tenant_id, key }
    }

    pub async fn key(&self, tenant: TenantId, scopes: &[Scope]) -> SecretString {
        let new = NewKey { scopes: scopes.to_vec(), ..NewKey::unlimited("walk") };
        api_keys::create(&self.house.state.database, tenant, &By::SYSTEM, new).await.unwrap().1
    }

    /// The operation's path with rows of this tenant in it, made for it.
    pub async fn named(&self, tenant: &Tenant, operation: &Operation) -> Named {
        let mut named = Named { path: String::new(), is_owned: false, _sockets: Vec::new() };
        let mut before = "";
        for segment in operation.path.split('/').skip(1) {
            named.path.push('/');
            if segment.starts_with('{') {
                match self.row(tenant, before, &mut named._sockets).await {
                    Row::Own(id) => {
                        named.path += &id;
                        named.is_owned = true;
                    }
                    Row::Shared(id) => named.path += &id,
                }
            } else {
                named.path += segment;
            }
            before = segment;
        }
        named
    }

    /// A key that was good.
    pub async fn revoked(&self) -> String {
        let (db, tenant) = (&self.house.state.database, self.house.tenant);
        let new = NewKey::unlimited("revoked");
        let (row, key) = api_keys::create(db, tenant, &By::SYSTEM, new).await.unwrap();
        api_keys::revoke(db, tenant, &By::SYSTEM, row.id).await.unwrap();
        key.expose_secret().to_owned()
    }

    /// A new row's id.
    pub async fn id(&self, tenant: &Tenant, kind: &str) -> String {
        let (Row::Own(id) | Row::Shared(id)) = self.row(tenant, kind, &mut Vec::new()).await;
        id
    }

    /// A registered number.
    pub async fn number_of(&self, tenant: TenantId) -> String {
        self.phone_number(tenant).await.e164
    }

    /// A new row of the kind that stands before its id in paths.
    async fn row(&self, tenant: &Tenant, kind: &str, sockets: &mut Vec<Socket>) -> Row {
        Row::Own(match kind {
            "provider-credentials" => {
                self.provider_credential(tenant.id).await;
                return Row::Shared("language_model".to_owned());
            }
            "personas" => self.persona(tenant.id).await,
            // Every agent has it: the agent makes the path a tenant's own.
            "versions" => return Row::Shared("1".to_owned()),
            "agents" => self.agent(tenant.id).await.id.to_string(),
            "api-keys" => self.api_key(tenant.id).await.id.to_string(),
            "http-tools" => self.tool(tenant.id).await,
            "webhook-endpoints" => self.webhook_endpoint(tenant.id).await.id.to_string(),
            "webhook-deliveries" => self.webhook_delivery(tenant.id).await,
            "events" => self.event(tenant.id).await,
            "calls" => self.call(tenant.id).await.id.to_string(),
            "members" => member_of(&self.house, tenant.id, Role::Member).await.id,
            "invitations" => {
                let email = format!("invited{}@example.com", self.next());
                invited(&self.house, tenant.id, &email, Role::Viewer).await.invitation.id.to_string()
            }
            "phone-numbers" => self.phone_number(tenant.id).await.id.to_string(),
            "conversations" => self.conversation(tenant.id).await,
            "recordings" => self.recording(tenant.id).await,
            "transcriptions" => self.transcription(tenant.id).await,
            "analyses" => self.analysis(tenant.id).await,
            "customers" => self.customer(tenant.id).await,
            "jobs" => crate::jobs::dead(&self.house.state.database, Payload::ResealSecrets { tenant: tenant.id })
                .await
                .to_string(),
            "disconnect" => {
                let session = format!("session-{}", self.next());
                sockets.push(self.socket(tenant, &session).await);
                session
            }
            _ => panic!("no row for `/{kind}/{{…}}`: say in walk/world.rs how to make one"),
        })
    }

    /// The request with this key, if any, and with a body that is valid for `owner`, if any is wanted.
    pub async fn send(
        &self,
        operation: &Operation,
        path: &str,
        key: Option<&SecretString>,
        body: Option<&Value>,
    ) -> TestResponse {
        let client = self.house.client();
        let mut request = client.request(operation.method.parse().unwrap(), path);
        if let Some(key) = key {
            request = authorized(request, key);
        }
        match (body, &operation.body) {
            (Some(body), Some((kind, _))) if kind.starts_with("application/json") => {
                request.body_json(body).send().await
            }
            (Some(Value::String(text)), Some((kind, _))) => request.content_type(kind).body(text.clone()).send().await,
            (Some(_), Some((kind, _))) if kind == "multipart/form-data" => {
                request.multipart(TestForm::new().field(file("audio.wav", wav()))).send().await
            }
            _ => request.send().await,
        }
    }

    /// A POST with the same idempotency key each time: its status, whether the answer was given before, and its body.
    pub async fn send_once(&self, path: &str, key: &SecretString, body: &Value) -> (u16, bool, Vec<u8>) {
        let client = self.house.client();
        let request = authorized(client.post(path), key).header("Idempotency-Key", "the same").body_json(body);
        let answer = request.send().await.0;
        let (status, is_replayed) = (answer.status().as_u16(), answer.header("idempotency-replayed").is_some());
        (status, is_replayed, answer.into_body().into_vec().await.unwrap())
    }

    /// The example body, with rows of this tenant for its ids and a number that nobody has.
    pub async fn body(&self, operation: &Operation, tenant: &Tenant) -> Option<Value> {
        let (_, mut body) = operation.body.clone()?;
        let Some(fields) = body.as_object_mut() else { return Some(body) };
        for (field, value) in fields {
            if let (Some(kind), false) = (named_by(field), value.is_null()) {
                *value = self.id(tenant, kind).await.into();
            }
            if field == "email" {
                *value = format!("walker{}@example.com", self.next()).into();
            }
            if field == "phone_number" {
                *value = self.number().into();
            }
        }
        Some(body)
    }

    fn next(&self) -> u32 {
        self.serial.fetch_add(1, Ordering::Relaxed)
    }

    fn number(&self) -> String {
        let number = format!("+1500555{:04}", self.next());
        self.account.add(Number::new(&number));
        number
    }

    async fn persona(&self, tenant: TenantId) -> String {
        let name = format!("persona_{}", self.next());
        let new = Persona { name: name.clone().into(), ..personas::default().clone() };
        personas::create(&self.house.state.database, tenant, &By::SYSTEM, new).await.unwrap();
        name
    }

    async fn agent(&self, tenant: TenantId) -> Agent {
        let new = NewAgent { name: "Ann".into(), ..NewAgent::default() };
        agents::create(&self.house.state.database, tenant, &By::SYSTEM, new).await.unwrap()
    }

    async fn api_key(&self, tenant: TenantId) -> api_key::Model {
        let new = NewKey::unlimited("to be revoked");
        api_keys::create(&self.house.state.database, tenant, &By::SYSTEM, new).await.unwrap().0
    }

    /// Of the language model.
    async fn provider_credential(&self, tenant: TenantId) {
        let new = NewCredential {
            base_url: "https://models.example.com/v1".to_owned(),
            model: "small".to_owned(),
            api_key: Some(Some(SecretString::from("sk-of-a-tenant"))),
        };
        let AppState { database, vault, outbound, .. } = &self.house.state;
        let stage = Stage::LanguageModel;
        provider_credentials::put(database, vault, outbound, tenant, &By::SYSTEM, stage, new).await.unwrap();
    }

    async fn phone_number(&self, tenant: TenantId) -> phone_number::Model {
        let new = NewNumber {
            number: self.number(),
            account_sid: ACCOUNT.to_owned(),
            auth_token: SecretString::from(AUTH_TOKEN),
            agent_id: Some(self.agent(tenant).await.id),
            label: None,
            recorded_by: Default::default(),
        };
        let state = &self.house.state;
        domain::testing::number(&state.database, &state.vault, tenant, new).await.unwrap()
    }

    async fn tool(&self, tenant: TenantId) -> String {
        let new = NewTool {
            name: format!("tool_{}", self.next()),
            description: "Finds an order.".to_owned(),
            parameters: json!({
                "type": "object",
                "properties": {"number": {"type": "string"}},
                "required": ["number"]
            }),
            method: tool::Method::Get,
            // Leads to this machine, and is blocked there.
            url: "https://localhost:9443/{number}".to_owned(),
            headers: BTreeMap::new(),
            secret_headers: BTreeMap::new(),
            timeout: tools::TIMEOUT,
            response: None,
            speak_while_waiting: None,
        };
        tools::create(self.house.state.means(), tenant, &By::SYSTEM, new).await.unwrap().id.to_string()
    }

    async fn webhook_endpoint(&self, tenant: TenantId) -> webhook_endpoint::Model {
        let new = NewEndpoint {
            // Leads to this machine, and is blocked there.
            url: "https://localhost:9443/hook".to_owned(),
            description: None,
            event_types: vec!["*".to_owned()],
        };
        webhooks::create(self.house.state.webhooks(), tenant, &By::SYSTEM, new).await.unwrap().0
    }

    async fn webhook_delivery(&self, tenant: TenantId) -> String {
        let endpoint = Some(self.webhook_endpoint(tenant).await.id);
        self.conversation(tenant).await;
        let (db, filter) = (&self.house.state.database, webhooks::Filter { endpoint, ..Default::default() });
        let of_it = webhooks::list_deliveries(db, tenant, filter, Paging::first(1)).await.unwrap();
        of_it.items[0].id.to_string()
    }

    async fn event(&self, tenant: TenantId) -> String {
        self.conversation(tenant).await;
        let newest = events::list(&self.house.state.database, tenant, &[], Paging::first(1)).await.unwrap();
        newest.items[0].id.to_string()
    }

    async fn call(&self, tenant: TenantId) -> call::Model {
        let number = self.phone_number(tenant).await;
        let incoming = calls::Incoming {
            call_sid: format!("CA{}", self.next()),
            account_sid: ACCOUNT.to_owned(),
            from: "+15005550001".to_owned(),
            to: number.e164.clone(),
        };
        calls::begin(&self.house.state.database, &number, incoming).await.unwrap().call
    }

    async fn conversation(&self, tenant: TenantId) -> String {
        let wanted = Wanted::on(Channel::Http);
        let begun = conversations::begin(&self.house.state.database, tenant, wanted).await.unwrap();
        begun.conversation.id.to_string()
    }

    async fn customer(&self, tenant: TenantId) -> String {
        let new = NewCustomer { external_id: Some(format!("c-{}", self.next())), ..NewCustomer::default() };
        customers::create(&self.house.state.database, tenant, &By::SYSTEM, new).await.unwrap().id.to_string()
    }

    async fn analysis(&self, tenant: TenantId) -> String {
        let conversation = self.conversation(tenant).await.parse().unwrap();
        let (db, wish) = (&self.house.state.database, Wish::default());
        analyses::request(db, tenant, &By::SYSTEM, conversation, wish).await.unwrap().id.to_string()
    }

    /// With a transcription that is ready.
    async fn recording(&self, tenant: TenantId) -> String {
        let conversation = self.conversation(tenant).await.parse().unwrap();
        let AppState { database, recordings, .. } = &self.house.state;
        let id = domain::testing::recording(database, recordings, tenant, conversation).await.unwrap();
        domain::testing::transcribed(database, tenant, id).await.unwrap();
        id.to_string()
    }

    /// Of a recording, with something said in it.
    async fn transcription(&self, tenant: TenantId) -> String {
        let recording = self.recording(tenant).await.parse().unwrap();
        // It is ready by now, and stays as it is.
        domain::testing::transcribed(&self.house.state.database, tenant, recording).await.unwrap().to_string()
    }

    /// An open voice socket of this session.
    async fn socket(&self, tenant: &Tenant, session: &str) -> Socket {
        use futures_util::StreamExt;
        let url = format!("ws://{}/ws/voice-agent/{session}", self.address);
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("X-API-Key", HeaderValue::from_str(tenant.key.expose_secret()).unwrap());
        let (mut socket, _) = connect_async(request).await.unwrap();
        socket.next().await.expect("a hello").unwrap();
        socket
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

//! Webhooks to a real consumer on this machine, which verifies what it takes with the public library.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use domain::{
    access::By,
    accounts::{self, NewAccount},
    entity::{
        membership::Role,
        webhook_delivery::{self, State},
        webhook_endpoint,
    },
    events,
    id::{UserId, WebhookEndpointId},
    outbound::Outbound,
    page::Paging,
    sessions::Client,
    twilio,
    warnings::{self, Warning},
    webhooks::{self, Filter, Means, NewEndpoint},
};
use hyper::{HeaderMap, header::HeaderValue};
use secrecy::ExposeSecret;
use standardwebhooks::Webhook;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

use super::*;
use crate::{process::Process, smtp::Sink};

/// What the consumer does with a message.
#[derive(Clone, Copy, Debug)]
pub enum Reply {
    /// Status line and headers.
    Says(&'static str),
    /// Takes it and never answers.
    Hangs,
}

pub const TAKES: Reply = Reply::Says("204 No Content");
const REFUSES: Reply = Reply::Says("500 Internal Server Error");

#[derive(Clone, Debug)]
pub struct Message {
    path: String,
    headers: HeaderMap,
    body: String,
    /// Whether it was answered with a 2xx.
    pub is_accepted: bool,
}

impl Message {
    pub fn id(&self) -> String {
        self.headers["webhook-id"].to_str().unwrap().to_owned()
    }
}

/// A program of the tenant's: each message gets the next reply, the last one for ever.
pub struct Consumer {
    pub url: String,
    script: Arc<Mutex<VecDeque<Reply>>>,
    messages: Arc<Mutex<Vec<Message>>>,
    _task: AbortOnDropHandle<()>,
}

impl Consumer {
    #[expect(clippy::disallowed_methods, reason = "owned by the handle, which aborts it")]
    pub async fn that(script: impl IntoIterator<Item = Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let script = Arc::new(Mutex::new(script.into_iter().collect()));
        let messages = Arc::default();
        let serving = serve(listener, Arc::clone(&script), Arc::clone(&messages));
        Self { url, script, messages, _task: AbortOnDropHandle::new(tokio::spawn(serving)) }
    }

    fn reply_with(&self, reply: Reply) {
        *self.script.lock().unwrap() = VecDeque::from([reply]);
    }

    pub fn messages(&self) -> Vec<Message> {
        self.messages.lock().unwrap().clone()
    }

    async fn told(&self, number: usize) -> Vec<Message> {
        let wait = async {
            while self.messages().len() < number {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            self.messages()
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap()
    }
}

async fn serve(listener: TcpListener, script: Arc<Mutex<VecDeque<Reply>>>, messages: Arc<Mutex<Vec<Message>>>) {
    let mut connections = JoinSet::new();
    loop {
        let (stream, _) = listener.accept().await.unwrap();
        connections.spawn(answer(stream, Arc::clone(&script), Arc::clone(&messages)));
    }
}

async fn answer(mut stream: TcpStream, script: Arc<Mutex<VecDeque<Reply>>>, messages: Arc<Mutex<Vec<Message>>>) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.unwrap_or(0) == 0 {
            return;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap();
    let path = head.split(' ').nth(1).unwrap().to_owned();
    let pairs = head.lines().skip(1).filter_map(|line| line.split_once(": "));
    let headers: HeaderMap = pairs
        .map(|(name, value)| {
            (name.parse::<hyper::header::HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap())
        })
        .collect();
    let length = headers.get("content-length").map_or(0, |length| length.to_str().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    let reply = {
        let mut script = script.lock().unwrap();
        if script.len() > 1 { script.pop_front() } else { script.front().copied() }
    };
    let reply = reply.unwrap_or(TAKES);
    let is_accepted = matches!(reply, Reply::Says(text) if text.starts_with('2'));
    messages.lock().unwrap().push(Message { path, headers, body: String::from_utf8(body).unwrap(), is_accepted });
    match reply {
        Reply::Says(text) => {
            let answer = format!("HTTP/1.1 {text}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
            let _ = stream.write_all(answer.as_bytes()).await;
        }
        Reply::Hangs => std::future::pending().await,
    }
}

/// A tenant with endpoints.
struct House<'a> {
    db: &'a Fresh,
    tenant: TenantId,
    vault: Vault,
    outbound: Outbound,
}

impl<'a> House<'a> {
    async fn new(db: &'a Fresh) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let tenant = tenants::create(db, "Ada").await.unwrap().id;
        let outbound = Outbound::new("127.0.0.0/8".parse().unwrap());
        Self { db, tenant, vault: testing::vault(), outbound }
    }

    fn means(&self) -> Means<'_> {
        Means { db: self.db, vault: &self.vault, outbound: &self.outbound }
    }

    async fn endpoint(&self, consumer: &Consumer, types: &[&str]) -> (WebhookEndpointId, SecretString) {
        let event_types = types.iter().map(|name| (*name).to_owned()).collect();
        let new = NewEndpoint { url: consumer.url.clone(), description: None, event_types };
        let (row, secret) = webhooks::create(self.means(), self.tenant, &By::SYSTEM, new).await.unwrap();
        (row.id, secret)
    }

    /// One event.
    async fn happens(&self) {
        conversation(self.db, self.tenant).await;
    }

    async fn find(&self, endpoint: WebhookEndpointId) -> webhook_endpoint::Model {
        webhooks::find(self.db, self.tenant, endpoint).await.unwrap()
    }

    async fn deliveries(&self, endpoint: WebhookEndpointId) -> Vec<webhook_delivery::Model> {
        let filter = Filter { endpoint: Some(endpoint), ..Filter::default() };
        webhooks::list_deliveries(self.db, self.tenant, filter, Paging::first(100)).await.unwrap().items
    }

    /// The endpoint's only delivery, once it is as wished.
    async fn delivery(
        &self,
        endpoint: WebhookEndpointId,
        is: impl Fn(&webhook_delivery::Model) -> bool,
    ) -> webhook_delivery::Model {
        let wait = async {
            loop {
                let [row] = self.deliveries(endpoint).await.try_into().unwrap();
                if is(&row) {
                    return row;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap()
    }

    /// All that waits is due.
    async fn hours_pass(&self) {
        self.db.execute("UPDATE jobs SET run_at = created_at WHERE kind = 'deliver_webhook' AND state = 'ready'").await;
    }
}

/// Somebody with a place in the tenant and an address that is theirs.
pub async fn joins(db: &Fresh, tenant: TenantId, email: &str, role: Role) -> UserId {
    let new = NewAccount {
        email: email.to_owned(),
        password: "correct horse battery".into(),
        name: "Ada".to_owned(),
        tenant_name: "Bakery".to_owned(),
    };
    let user = accounts::sign_up(db, &Client::default(), new, now()).await.unwrap().0.session.user_id;
    db.join(tenant, user, role).await;
    db.execute("UPDATE users SET email_verified_at = created_at").await;
    user
}

fn verify(message: &Message, secret: &SecretString) {
    let webhook = Webhook::new(secret.expose_secret()).unwrap();
    webhook.verify(message.body.as_bytes(), &message.headers).unwrap();
}

on_both! {
    with queues;

    async fn a_message_passes_the_public_library_with_either_secret_while_they_overlap(db: Fresh) {
        let (house, consumer) = (House::new(&db).await, Consumer::that([TAKES]).await);
        let (id, old) = house.endpoint(&consumer, &["conversation.started"]).await;
        let worker = Running::start(&db);
        house.happens().await;
        let delivery = house.delivery(id, |row| row.state == State::Delivered).await;
        let [message] = consumer.messages().try_into().unwrap();
        verify(&message, &old);
        assert_eq!(message.id(), delivery.event_id.to_string());
        let body: serde_json::Value = serde_json::from_str(&message.body).unwrap();
        assert_eq!(body["type"], "conversation.started");
        assert!(body["timestamp"].is_string() && body["data"]["conversation_id"].is_string(), "{body}");
        let (_, new) = webhooks::rotate_secret(house.means(), house.tenant, &By::SYSTEM, id, now()).await.unwrap();
        house.happens().await;
        let message = consumer.told(2).await.remove(1);
        verify(&message, &old);
        verify(&message, &new);
        db.execute("UPDATE webhook_endpoints SET previous_secret_until = created_at").await;
        house.happens().await;
        let message = consumer.told(3).await.remove(2);
        verify(&message, &new);
        let webhook = Webhook::new(old.expose_secret()).unwrap();
        webhook.verify(message.body.as_bytes(), &message.headers).unwrap_err();
        worker.stop().await;
    }

    async fn what_is_not_taken_is_sent_again_as_the_same_message(db: Fresh) {
        let replies = [
            REFUSES,
            Reply::Says("429 Too Many Requests\r\nretry-after: 7200"),
            Reply::Says("307 Temporary Redirect\r\nlocation: /elsewhere"),
            TAKES,
        ];
        let (house, consumer) = (House::new(&db).await, Consumer::that(replies).await);
        let (id, secret) = house.endpoint(&consumer, &["*"]).await;
        let worker = Running::start(&db);
        house.happens().await;
        let mut waits = Vec::new();
        for attempt in 1..=3 {
            let row = house.delivery(id, |row| row.attempts == attempt).await;
            assert_eq!(row.state, State::Pending);
            waits.push((row.next_attempt_at.unwrap() - now()).num_minutes());
            assert!(house.find(id).await.failing_since.is_some());
            house.hours_pass().await;
        }
        let row = house.delivery(id, |row| row.state == State::Delivered).await;
        assert_eq!((row.attempts, row.last_status), (4, Some(204)));
        assert_eq!(house.find(id).await.failing_since, None);
        assert!(waits[0] < 1 && waits[1] >= 110 && (20..=40).contains(&waits[2]), "{waits:?}");
        let messages = consumer.messages();
        assert_eq!(messages.len(), 4);
        for message in &messages {
            assert_eq!((message.id(), &message.body, &*message.path), (messages[0].id(), &messages[0].body, "/hook"));
            verify(message, &secret);
        }
        let log = webhooks::look(&db, house.tenant, row.id).await.unwrap();
        let told: Vec<_> = log.attempts.iter().map(|attempt| (attempt.status, attempt.error.as_deref())).collect();
        let expected =
            [(Some(500), Some("status")), (Some(429), Some("status")), (Some(307), Some("redirect")), (Some(204), None)];
        assert_eq!(told, expected);
        assert_eq!(log.body, messages[0].body);
        worker.stop().await;
    }

    async fn an_endpoint_that_hangs_holds_up_no_other(db: Fresh) {
        const EVENTS: usize = 20;
        let house = House::new(&db).await;
        let (hanging, quick) = (Consumer::that([Reply::Hangs]).await, Consumer::that([TAKES]).await);
        let (id, _) = house.endpoint(&hanging, &["*"]).await;
        house.endpoint(&quick, &["*"]).await;
        let worker = Running::on(&db, testing::vault(), &no_twilio(), Terms { grace: Duration::ZERO, ..Terms::default() });
        for _ in 0..EVENTS {
            house.happens().await;
        }
        quick.told(EVENTS).await;
        assert!(house.deliveries(id).await.iter().all(|row| row.state == State::Pending));
        let held = hanging.messages().len();
        assert!((1..=2).contains(&held), "it holds {held} of the places");
        worker.stop().await;
    }

    async fn a_message_whose_worker_was_killed_is_sent_by_another_and_taken_once(db: Fresh) {
        let (house, consumer) = (House::new(&db).await, Consumer::that([Reply::Hangs]).await);
        let (id, secret) = house.endpoint(&consumer, &["*"]).await;
        house.happens().await;
        let mut process = Process::alone(&db);
        consumer.told(1).await;
        process.kill();
        consumer.reply_with(TAKES);
        // A minute passes.
        db.execute("UPDATE jobs SET lease_until = run_at WHERE state = 'running'").await;
        let worker = Running::start(&db);
        let row = house.delivery(id, |row| row.state == State::Delivered).await;
        worker.stop().await;
        let messages = consumer.messages();
        assert_eq!(messages.len(), 2);
        for message in &messages {
            assert_eq!(message.id(), row.event_id.to_string());
            verify(message, &secret);
        }
        assert_eq!(messages.iter().filter(|message| message.is_accepted).count(), 1);
    }

    async fn an_endpoint_that_is_gone_is_disabled_and_the_others_hear_of_it(db: Fresh) {
        let house = House::new(&db).await;
        let (gone, other) = (Consumer::that([Reply::Says("410 Gone")]).await, Consumer::that([TAKES]).await);
        let (id, _) = house.endpoint(&gone, &["conversation.started"]).await;
        house.endpoint(&other, &["webhook.disabled"]).await;
        let worker = Running::start(&db);
        house.happens().await;
        let [message] = other.told(1).await.try_into().unwrap();
        let body: serde_json::Value = serde_json::from_str(&message.body).unwrap();
        assert_eq!(body["data"], serde_json::json!({ "endpoint_id": id.to_string(), "reason": "gone" }));
        let endpoint = house.find(id).await;
        assert_eq!(endpoint.disabled_reason.as_deref(), Some("gone"));
        let warned = async || warnings::list(&db, house.tenant, &twilio::Webhooks::at("https://a.example")).await.unwrap();
        assert_eq!(warned().await, [Warning::WebhookDisabled(endpoint)]);
        webhooks::enable(&db, house.tenant, &By::SYSTEM, id).await.unwrap();
        assert_eq!(warned().await, []);
        webhooks::disable(&db, house.tenant, &By::SYSTEM, id, now()).await.unwrap();
        assert_eq!(warned().await, [], "by hand");
        house.happens().await;
        assert_eq!(house.deliveries(id).await.len(), 1, "it is told nothing more");
        worker.stop().await;
        assert_eq!(gone.messages().len(), 1);
    }

    async fn owners_and_admins_with_an_address_of_their_own_are_written_to_of_what_was_given_up(db: Fresh) {
        let (house, sink) = (House::new(&db).await, Sink::start().await);
        for (email, role) in [
            ("owner@example.com", Role::Owner),
            ("admin@example.com", Role::Admin),
            ("unconfirmed@example.com", Role::Admin),
            ("member@example.com", Role::Member),
        ] {
            joins(&db, house.tenant, email, role).await;
        }
        db.execute("UPDATE users SET email_verified_at = NULL WHERE email LIKE 'unconfirmed@%'").await;
        let gone = Consumer::that([Reply::Says("410 Gone")]).await;
        let (id, _) = house.endpoint(&gone, &["conversation.started"]).await;
        let outbox = Outbox::smtp(&sink.url.as_str().into(), "no-reply@example.com".parse().unwrap(), "https://a.example/");
        let work = Work { outbox: outbox.unwrap(), ..work(&db, testing::vault(), &no_twilio(), NOBODY) };
        let worker = Running::doing(work, Terms { grace: PATIENCE, ..Terms::default() });
        house.happens().await;
        let mut to = Vec::new();
        for n in 1..=2 {
            let mail = sink.mail(n).await;
            assert!(mail.contains(&format!("https://a.example/ui/webhooks/{id}\r\n")), "{mail}");
            assert!(mail.contains(&gone.url) && mail.contains("410") && mail.contains("Subject: A webhook of "), "{mail}");
            to.extend(mail.lines().find_map(|line| line.strip_prefix("To: ")).map(str::to_owned));
        }
        to.sort();
        assert_eq!(to, ["admin@example.com", "owner@example.com"]);
        let (kind, state) = (Some(jobs::Kind::MailDisabledWebhook), Some(domain::entity::job::State::Done));
        let filter = jobs::Filter { kind, state };
        let wait = async {
            let all = async || jobs::list(&db, jobs::Whose::Tenant(house.tenant), filter, Paging::first(9)).await.unwrap();
            while all().await.items.len() < 3 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap();
        worker.stop().await;
        assert_eq!(sink.count(), 2);
    }

    async fn what_is_never_taken_is_a_dead_letter_until_it_is_replayed(db: Fresh) {
        let (house, consumer) = (House::new(&db).await, Consumer::that([REFUSES]).await);
        let (id, _) = house.endpoint(&consumer, &["conversation.started"]).await;
        let worker = Running::start(&db);
        house.happens().await;
        let all = i32::try_from(webhooks::WAITS_S.len()).unwrap() + 1;
        for attempt in 1..all {
            house.delivery(id, |row| row.attempts == attempt).await;
            house.hours_pass().await;
        }
        let dead = house.delivery(id, |row| row.state == State::Dead).await;
        assert_eq!((dead.attempts, dead.next_attempt_at), (all, None));
        assert_eq!(house.find(id).await.disabled_at, None, "a day is not yet persistent");
        consumer.reply_with(TAKES);
        webhooks::replay(&db, house.tenant, &By::SYSTEM, dead.id, now()).await.unwrap();
        let row = house.delivery(id, |row| row.state == State::Delivered).await;
        assert_eq!(row.attempts, all + 1);
        let messages = consumer.messages();
        assert!(messages.iter().all(|message| message.id() == row.event_id.to_string()));
        assert_eq!(messages.iter().filter(|message| message.is_accepted).count(), 1);
        worker.stop().await;
    }

    async fn an_endpoint_that_takes_nothing_for_days_is_disabled(db: Fresh) {
        let (house, consumer) = (House::new(&db).await, Consumer::that([REFUSES]).await);
        let (id, _) = house.endpoint(&consumer, &["conversation.started"]).await;
        let worker = Running::start(&db);
        house.happens().await;
        house.delivery(id, |row| row.attempts == 1).await;
        // Five days pass, and its tries with them.
        let long_ago = (now() - TimeDelta::days(6)).format("%Y-%m-%d %H:%M:%S%.6f+00:00").to_string();
        db.execute(&format!("UPDATE webhook_endpoints SET failing_since = '{long_ago}'")).await;
        db.execute("UPDATE webhook_deliveries SET tries = 7").await;
        house.hours_pass().await;
        house.delivery(id, |row| row.state == State::Dead).await;
        let wait = async {
            while house.find(id).await.disabled_reason.as_deref() != Some("failing") {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap();
        let told = events::list(&db, house.tenant, &["webhook.disabled".to_owned()], Paging::first(9)).await.unwrap();
        assert_eq!(told.items.len(), 1);
        worker.stop().await;
    }
}

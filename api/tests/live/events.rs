//! Events as they happen, over a stream of server-sent events.

use std::time::Duration;

use domain::{
    access::By,
    api_keys::{self, NewKey},
    entity::now,
    sessions::{self, Client},
    tenants,
    testing::{Fresh, on_both},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use tokio::time::timeout;

use crate::house::House;

/// The reader's end of a stream.
struct Stream {
    answer: reqwest::Response,
    text: String,
}

impl Stream {
    async fn open(house: &House, key: &SecretString, last: Option<&str>) -> Self {
        let mut request =
            reqwest::Client::new().get(format!("{}/events/stream", house.base)).bearer_auth(key.expose_secret());
        if let Some(last) = last {
            request = request.header("Last-Event-ID", last);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { answer, text: String::new() }
    }

    /// The next event's data, having looked that `id` and `event` are those of the data; `None`: the stream is over.
    async fn next(&mut self) -> Option<Value> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
                let event = field("data: ").map(|data| {
                    let data: Value = serde_json::from_str(&data).unwrap();
                    assert_eq!(
                        (field("id: ").as_deref(), field("event: ").as_deref()),
                        (data["id"].as_str(), data["type"].as_str())
                    );
                    data
                });
                self.text = rest.to_owned();
                if event.is_some() {
                    return event;
                }
            }
            let chunk = timeout(Duration::from_secs(15), self.answer.chunk()).await.expect("nothing came within 15 s");
            self.text += std::str::from_utf8(&chunk.ok()??).unwrap();
        }
    }

    /// Of this conversation; others before it are passed over.
    async fn next_of(&mut self, conversation: &str) -> Value {
        loop {
            let event = self.next().await.expect("the stream is over");
            if event["conversation_id"] == conversation {
                return event;
            }
        }
    }
}

/// Begins a conversation and gives its id.
async fn begun(house: &House, key: &SecretString) -> String {
    let request =
        reqwest::Client::new().post(format!("{}/conversation/start", house.base)).bearer_auth(key.expose_secret());
    let started: Value = request.send().await.unwrap().json().await.unwrap();
    started["conversation_id"].as_str().unwrap_or_else(|| panic!("{started}")).to_owned()
}

on_both! {
    async fn what_happens_is_told_as_it_happens_to_its_tenant_alone(database: Fresh) {
        let house = House::new(database).await;
        let (_, stranger) = house.another_tenant().await;
        let (mut ours, mut theirs) = (Stream::open(&house, &house.key, None).await, Stream::open(&house, &stranger, None).await);
        let first = begun(&house, &house.key).await;
        let second = begun(&house, &stranger).await;
        let told = ours.next_of(&first).await;
        assert_eq!((&told["type"], &told["data"]["channel"]), (&"conversation.started".into(), &"http".into()));
        // The other tenant's first event is its own.
        assert_eq!(theirs.next().await.unwrap()["conversation_id"], *second);
        house.stop().await;
    }

    async fn who_comes_back_hears_what_was_missed_and_each_event_once(database: Fresh) {
        let house = House::new(database).await;
        let first = begun(&house, &house.key).await;
        let mut stream = Stream::open(&house, &house.key, None).await;
        let last = stream.next_of(&first).await["id"].as_str().unwrap().to_owned();
        drop(stream);
        let mut missed = Vec::new();
        for _ in 0..3 {
            missed.push(begun(&house, &house.key).await);
        }
        let mut stream = Stream::open(&house, &house.key, Some(&last)).await;
        let mut told = Vec::new();
        for _ in 0..4 {
            told.push(stream.next().await.unwrap()["conversation_id"].as_str().unwrap().to_owned());
        }
        missed.insert(0, first);
        assert_eq!(told, missed, "from a little before what was heard last");
        let now = begun(&house, &house.key).await;
        assert_eq!(stream.next().await.unwrap()["conversation_id"], *now);
        house.stop().await;
    }

    async fn a_stream_ends_with_the_key_that_opened_it(database: Fresh) {
        let house = House::new(database).await;
        let (row, key) = api_keys::create(house.db(), house.tenant, &By::SYSTEM, NewKey::unlimited("to be revoked")).await.unwrap();
        let mut theirs = Stream::open(&house, &key, None).await;
        let mut other = Stream::open(&house, &house.key, None).await;
        api_keys::revoke(house.db(), house.tenant, &By::SYSTEM, row.id).await.unwrap();
        assert_eq!(theirs.next().await, None);
        let conversation = begun(&house, &house.key).await;
        other.next_of(&conversation).await;
        house.stop().await;
    }

    async fn a_stream_ends_when_its_session_goes_over_to_another_tenant(database: Fresh) {
        let house = House::new(database).await;
        let (session, token) = house.signed_up().await;
        let mut stream = Stream::open(&house, &token, None).await;
        let (by, person) = (By::SYSTEM, session.user_id);
        let other = tenants::create_for(house.db(), &by, person, "Another").await.unwrap().id;
        sessions::switch(house.db(), other, &by, person, session.id, &Client::default(), now()).await.unwrap();
        while stream.next().await.is_some() {}
        let (token, _) = house.state.access_tokens.issue(other, person, session.id, now());
        Stream::open(&house, &token, None).await;
        house.stop().await;
    }

    async fn a_stream_ends_with_the_server(database: Fresh) {
        let house = House::new(database).await;
        let mut stream = Stream::open(&house, &house.key, None).await;
        house.begin_stop();
        assert_eq!(stream.next().await, None);
        house.stop().await;
    }

    async fn an_id_that_is_none_is_not_found(database: Fresh) {
        let house = House::new(database).await;
        let request = reqwest::Client::new().get(format!("{}/events/stream", house.base)).bearer_auth(house.key.expose_secret());
        let answer = request.header("Last-Event-ID", "yesterday").send().await.unwrap();
        assert_eq!(answer.status(), 404);
        house.stop().await;
    }
}

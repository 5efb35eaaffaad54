//! People at the sockets, and what the log tells of them.

use domain::testing::{Fresh, on_both};
use serde_json::{Value, json};
use simulator::openai::Fake;
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Error, client::IntoClientRequest, http::HeaderValue},
};

use crate::{
    house::{House, Voice},
    log,
};

const PASSWORD: &str = "correct horse battery";

/// The answer's body; `null` where there is none.
async fn post(house: &House, path: &str, body: Value) -> (u16, Value) {
    let answer = reqwest::Client::new().post(format!("{}{path}", house.base)).json(&body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

async fn sign_up(house: &House, email: &str) -> Value {
    let person = json!({"email": email, "password": PASSWORD, "name": "Ada", "tenant_name": "Bakery"});
    let (status, tokens) = post(house, "/auth/sign-up", person).await;
    assert_eq!(status, 201, "{tokens}");
    tokens
}

fn text<'a>(tokens: &'a Value, name: &str) -> &'a str {
    tokens[name].as_str().unwrap()
}

async fn voice(house: &House, token: &str) -> Result<Voice, Error> {
    let url = format!("{}/ws/voice-agent/a", house.base.replacen("http", "ws", 1));
    let mut request = url.into_client_request().unwrap();
    let offered = HeaderValue::from_str(&format!("switchboard, {token}")).unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", offered);
    Ok(Voice(connect_async(request).await?.0))
}

on_both! {
    async fn a_browser_brings_its_access_token_as_a_subprotocol(database: Fresh) {
        let house = House::new(database).await;
        let tokens = sign_up(&house, "ada@example.com").await;
        let token = text(&tokens, "access_token");
        let mut socket = voice(&house, token).await.unwrap();
        socket.next_of("session").await;
        socket.send(json!({"type": "text_input", "text": "hello"})).await;
        assert_eq!(socket.next_of("conversation_response").await["text"], "You said: hello");
        post(&house, "/auth/sign-out", json!({"refresh_token": tokens["refresh_token"]})).await;
        let Err(Error::Http(refused)) = voice(&house, token).await else { panic!("it was let in") };
        assert_eq!(refused.status(), 401);
        house.stop().await;
    }

    async fn the_log_names_nobody_and_shows_a_link_on_the_embedded_default_alone(database: Fresh) {
        let backend = database.backend();
        let embedded = House::new(database).await;
        let email = format!("grace.{backend:?}@example.com").to_lowercase();
        let tokens = sign_up(&embedded, &email).await;
        let about = {
            let url = format!("{}/auth/me", embedded.base);
            let me = reqwest::Client::new().get(url).bearer_auth(text(&tokens, "access_token"));
            let me: Value = me.send().await.unwrap().json().await.unwrap();
            me["user"]["id"].as_str().unwrap().to_owned()
        };
        embedded.until("the link is logged", || log::lines(&[&about, "/ui/verify?token="]) == 1).await;
        assert_eq!(post(&embedded, "/auth/sign-in", json!({"email": email, "password": "a wrong password"})).await.0, 401);
        let (_, next) = post(&embedded, "/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await;
        for secret in [&email, PASSWORD, text(&tokens, "access_token"), text(&tokens, "refresh_token"), text(&next, "refresh_token")] {
            assert_eq!(log::lines(&[secret]), 0, "in the log: {secret}");
        }
        embedded.stop().await;
    }

    async fn without_smtp_a_server_on_postgresql_shows_no_link(database: Fresh) {
        let key = "k1:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
        let flags = ["--database-url", "postgres://somewhere/else", "--vault-keys", key];
        let house = House::with(database, &flags, Fake::builder()).await;
        let tokens = sign_up(&house, "ada@example.com").await;
        let url = format!("{}/auth/me", house.base);
        let me = reqwest::Client::new().get(url).bearer_auth(text(&tokens, "access_token")).send().await.unwrap();
        let me: Value = me.json().await.unwrap();
        let about = me["user"]["id"].as_str().unwrap();
        house.until("it is said that nothing was sent", || log::lines(&[about, "a mail was not sent"]) == 1).await;
        assert_eq!(log::lines(&[about, "token="]), 0);
        house.stop().await;
    }
}

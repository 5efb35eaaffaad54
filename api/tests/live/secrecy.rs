//! Whatever is done, and whatever goes wrong with it, what is nobody else's business is in no line of the log.

use domain::testing::{Fresh, on_both};
use futures_util::StreamExt;
use reqwest::multipart::{Form, Part};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use simulator::{
    openai::{ChatRequest, Fake, Reply},
    twilio::{Number, Script},
};

use crate::{
    house::{CALLER, House, NUMBER, clip},
    log,
    process::free_address,
    shop::Shop,
    smtp::Sink,
};

const EMAIL: &str = "zelda.quux@example.com";
const PERSON: &str = "Zelda Quuxington";
const PASSWORD: &str = "marmalade on seventeen toasts";
const NEXT_PASSWORD: &str = "eighteen toasts without marmalade";
const LAST_PASSWORD: &str = "nineteen toasts and no butter";
const WRONG_PASSWORD: &str = "not a toast in sight today";
const PROVIDER_KEY: &str = "sk-quux-0123456789-provider";
const OWN_NUMBER: &str = "+14155550142";
const SAID: &str = "my locker opens with four eight one five";
const TYPED: &str = "the parrot sleeps on tuesdays";
const REPLIED: &str = "Your parrot is an early bird indeed.";
const SPOKEN: &str = "platform nine departs at dawn";
const CUSTOMER: &str = "customer-quux-77";
const SESSION: &str = "session-quux-88";
const NONSENSE: &str = "quuxish-nonsense-99";
const TOOL_SECRET: &str = "Bearer tool-quux-secret-42";
const ARGUED: &str = "parcel-quux-4711";
/// What the shop says of any order.
const ANSWERED: &str = "on its way";

/// A client of the house, as whoever its header says.
struct Client<'a> {
    house: &'a House,
    header: Option<(&'static str, String)>,
}

impl Client<'_> {
    fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let request = reqwest::Client::new().request(method.parse().unwrap(), format!("{}{path}", self.house.base));
        match &self.header {
            Some((name, value)) => request.header(*name, value),
            None => request,
        }
    }

    /// Sends it and gives the JSON of the answer, which must have this status.
    async fn send(&self, expected: u16, method: &str, path: &str, body: Value) -> Value {
        self.done(expected, self.request(method, path).json(&body)).await
    }

    async fn done(&self, expected: u16, request: reqwest::RequestBuilder) -> Value {
        let answer = request.send().await.unwrap();
        let (status, url) = (answer.status(), answer.url().clone());
        let text = answer.text().await.unwrap();
        assert_eq!(status, expected, "{url}: {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }
}

fn text(answer: &Value, field: &str) -> String {
    answer[field].as_str().unwrap_or_else(|| panic!("no {field} in {answer}")).to_owned()
}

/// The token of a mail's link.
fn token(mail: &str) -> String {
    mail.split_once("?token=").unwrap().1.split_whitespace().next().unwrap().to_owned()
}

/// Signing up, in, out; what must not be seen of it.
async fn accounts(house: &House, sink: &Sink) -> Vec<String> {
    let nobody = Client { house, header: None };
    let person = json!({"email": EMAIL, "password": PASSWORD, "name": PERSON, "tenant_name": "Quux"});
    let mut secrets = Vec::new();
    let first = nobody.send(201, "POST", "/auth/sign-up", person.clone()).await;
    nobody.send(409, "POST", "/auth/sign-up", person).await;
    let verification = token(&sink.mail(1).await);
    let signed_in = |tokens: &Value| Client {
        house,
        header: Some(("Authorization", format!("Bearer {}", text(tokens, "access_token")))),
    };
    nobody.send(401, "POST", "/auth/email/verify", json!({"token": verification})).await;
    signed_in(&first).send(204, "POST", "/auth/email/verify", json!({"token": verification})).await;
    signed_in(&first).send(422, "POST", "/auth/email/verify", json!({"token": verification})).await;
    nobody.send(401, "POST", "/auth/sign-in", json!({"email": EMAIL, "password": WRONG_PASSWORD})).await;
    let second = nobody.send(200, "POST", "/auth/sign-in", json!({"email": EMAIL, "password": PASSWORD})).await;
    let third = nobody.send(200, "POST", "/auth/refresh", json!({"refresh_token": second["refresh_token"]})).await;
    let change = json!({"current_password": PASSWORD, "new_password": NEXT_PASSWORD});
    let changed = signed_in(&third).request("POST", "/auth/password/change").json(&change).send().await.unwrap();
    assert!(changed.status().is_success(), "{}", changed.text().await.unwrap());
    nobody.send(202, "POST", "/auth/password/forgot", json!({"email": EMAIL})).await;
    let reset = token(&sink.mail(2).await);
    nobody.send(204, "POST", "/auth/password/reset", json!({"token": reset, "password": LAST_PASSWORD})).await;
    assert_eq!(sink.count(), 2);
    // The token of a session that is over, and that of nobody.
    nobody.send(401, "POST", "/auth/refresh", json!({"refresh_token": third["refresh_token"]})).await;
    nobody.send(401, "POST", "/auth/refresh", json!({"refresh_token": NONSENSE})).await;
    signed_in(&first).send(401, "GET", "/auth/me", Value::Null).await;
    for tokens in [first, second, third] {
        secrets.extend([text(&tokens, "access_token"), text(&tokens, "refresh_token")]);
    }
    secrets.extend([verification, reset]);
    secrets.extend([EMAIL, PERSON, PASSWORD, NEXT_PASSWORD, LAST_PASSWORD, WRONG_PASSWORD].map(str::to_owned));
    secrets
}

/// What a tenant keeps with us.
async fn keeping(house: &House, keys: &Client<'_>) -> Vec<String> {
    let made = keys.request("POST", "/api-keys").header("Idempotency-Key", NONSENSE);
    let made = keys.done(201, made.json(&json!({"name": "quux", "scopes": ["read"]}))).await;
    let key = text(&made, "key");
    let own = Client { house, header: Some(("X-API-Key", key.clone())) };
    own.send(200, "GET", "/agents", Value::Null).await;
    // Another last letter: one key in 62 ends with any given one.
    let near_miss = format!("{}{}", &key[..key.len() - 1], if key.ends_with('x') { 'y' } else { 'x' });
    let other = Client { house, header: Some(("Authorization", format!("Bearer {near_miss}"))) };
    other.send(401, "GET", "/agents", Value::Null).await;
    own.send(403, "POST", "/api-keys", json!({"name": NONSENSE, "scopes": ["read"]})).await;

    let account = &house.account;
    let wrong_token = "feedfacefeedfacefeedfacefeedface";
    let number = |token: &str| json!({"phone_number": OWN_NUMBER, "account_sid": account.sid(), "auth_token": token});
    let refused = keys.request("POST", "/phone-numbers").json(&number(wrong_token)).send().await.unwrap();
    assert!(refused.status().is_client_error(), "{}", refused.status());
    let made = keys.send(201, "POST", "/phone-numbers", number(account.auth_token())).await;
    keys.request("POST", &format!("/phone-numbers/{}/test", text(&made, "id"))).send().await.unwrap();

    let credential = json!({"base_url": "https://api.openai.com/v1", "model": "quux", "api_key": PROVIDER_KEY});
    keys.request("PUT", "/provider-credentials/language_model").json(&credential).send().await.unwrap();
    keys.request("GET", "/provider-credentials").send().await.unwrap();
    vec![
        key,
        near_miss,
        wrong_token.to_owned(),
        account.auth_token().to_owned(),
        PROVIDER_KEY.to_owned(),
        OWN_NUMBER.to_owned(),
    ]
}

/// The agent's tools: one that works, for what it knows and what fits, and one whose server is not there.
async fn tools(house: &House, keys: &Client<'_>, shop: &Shop) {
    let mut ids = Vec::new();
    let nobody = format!("http://{}", free_address());
    for (name, url) in [("find_order", &shop.url), ("find_nobody", &nobody)] {
        let tool = json!({
            "name": name,
            "description": "Finds an order.",
            "parameters": {
                "type": "object",
                "properties": {"number": {"type": "string"}, "note": {"type": "string"}},
                "required": ["number"],
                "additionalProperties": false
            },
            "method": "POST",
            "url": format!("{url}/orders/{{number}}"),
            "secret_headers": {"Authorization": TOOL_SECRET},
        });
        let made = keys.send(201, "POST", "/http-tools", tool).await;
        let path = format!("/http-tools/{}/test", text(&made, "id"));
        keys.send(200, "POST", &path, json!({"arguments": {"number": ARGUED, "note": SAID}})).await;
        ids.push(text(&made, "id").parse().unwrap());
    }
    house.publish(|settings| settings.tools = ids).await;
}

/// A model that tries all of them, and all that can go wrong with them, before it answers.
fn tries_tools(chat: &ChatRequest) -> Reply {
    match chat.roles().last() {
        Some(&"tool") => Reply::say(REPLIED),
        _ => Reply::default()
            .tool("find_order", json!({"number": ARGUED, "note": SAID}))
            .tool("find_order", json!({"number": "404", "note": ARGUED}))
            .tool("find_order", json!({"number": 7, "colour": ARGUED}))
            .tool("find_nobody", json!({"number": ARGUED}))
            .tool(NONSENSE, json!({"number": ARGUED})),
    }
}

/// Conversations over HTTP and on a socket.
async fn talking(house: &House, keys: &Client<'_>) {
    let begun = keys.request("POST", &format!("/conversation/start?customer_id={CUSTOMER}"));
    let session = text(&keys.done(200, begun).await, "session_id");
    let said = json!({"session_id": session, "user_input": TYPED});
    keys.send(200, "POST", "/conversation/process", said).await;
    let recording = || {
        let pcm: Vec<i16> = (0..8_000).map(|at| ((at as f32 * 0.2).sin() * 8_000.0) as i16).collect();
        Part::bytes(voice::audio::wav::encode(16_000, &pcm)).file_name(format!("{NONSENSE}.wav"))
    };
    let form = Form::new().part("audio_file", recording()).text("session_id", session);
    keys.done(200, keys.request("POST", "/voice-agent/process").multipart(form)).await;
    let form = Form::new().part("audio_file", recording());
    keys.done(200, keys.request("POST", "/voice/speech-to-text").multipart(form)).await;
    keys.request("POST", "/voice/text-to-speech")
        .json(&json!({"text": SPOKEN}))
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    let mut voice = house.voice(SESSION).await;
    voice.next_of("session").await;
    voice.send(json!({"type": "text_input", "text": TYPED})).await;
    voice.next_of("conversation_response").await;
    voice.send(json!({"type": NONSENSE, "text": TYPED})).await;
    voice.next().await;
    voice.0.close(None).await.unwrap();
    while voice.0.next().await.is_some_and(|message| message.is_ok()) {}
}

/// What fits nowhere.
async fn nonsense(house: &House, keys: &Client<'_>) {
    let broken = format!(r#"{{"email": "{EMAIL}", "password": "{PASSWORD}", "#);
    for (path, body) in [
        ("/auth/sign-in", broken),
        ("/auth/sign-in", json!({"email": [EMAIL], "password": {"a": PASSWORD}}).to_string()),
        (
            "/auth/sign-up",
            json!({"email": NONSENSE, "password": PASSWORD, "name": PERSON, "tenant_name": "Quux"}).to_string(),
        ),
        ("/phone-numbers", json!({"phone_number": [OWN_NUMBER], "auth_token": PROVIDER_KEY}).to_string()),
        ("/conversation/process", json!({"session_id": SESSION, "user_input": [TYPED]}).to_string()),
        (
            "/conversation/process",
            json!({"session_id": NONSENSE, "user_input": TYPED, "persona": NONSENSE}).to_string(),
        ),
    ] {
        let request = keys.request("POST", path).header("Content-Type", "application/json").body(body);
        assert!(request.send().await.unwrap().status().is_client_error(), "{path}");
    }
    for path in
        [format!("/agents/{NONSENSE}"), format!("/{NONSENSE}"), format!("/calls?cursor={NONSENSE}&call_sid={NONSENSE}")]
    {
        keys.request("GET", &path).send().await.unwrap();
    }
    keys.request("GET", "/agents").header("Idempotency-Key", NONSENSE).header(NONSENSE, NONSENSE).send().await.unwrap();
    let parameters =
        [("CallSid", "CAquux"), ("AccountSid", NONSENSE), ("From", CALLER), ("To", NUMBER), ("SpeechResult", SAID)];
    for signature in [None, Some("bm9uc2Vuc2U="), Some(NONSENSE)] {
        assert_eq!(house.webhook_signed("incoming", &parameters, signature).await.0, 403);
    }
}

on_both! {
    async fn no_secret_address_number_or_word_is_in_the_log(database: Fresh) {
        let sink = Sink::start().await;
        let flags = [
            "--smtp-url", &sink.url, "--mail-from", "no-reply@example.com", "--allow-private-networks", "127.0.0.1/32",
        ];
        let openai = Fake::builder().transcripts([SAID; 6]).reply_with(tries_tools);
        let house = House::with(database, &flags, openai).await;
        house.account.add(Number::new(OWN_NUMBER));
        let keys = Client { house: &house, header: Some(("X-API-Key", house.key.expose_secret().to_owned())) };

        let shop = Shop::open().await;
        let mut secrets = accounts(&house, &sink).await;
        tools(&house, &keys, &shop).await;
        talking(&house, &keys).await;
        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).wait_for_agent();
        let report = house.caller().script(script).place().await;
        assert!(report.faults().is_empty(), "{:?}", report.faults());
        assert_eq!(house.turns(&report.call_sid).await[1].prompt_text.as_deref(), Some(SAID));
        // A trial, then each of two exchanges, a socket and a call: one that works and one that is refused.
        assert_eq!(shop.asked().len(), 1 + 4 * 2);
        assert!(shop.asked().iter().all(|asked| asked.header("authorization") == Some(TOOL_SECRET)));
        let uses = house.turns(&report.call_sid).await[1].tool_calls.to_string();
        assert!(uses.contains(ARGUED) && uses.contains(ANSWERED), "{uses}");
        secrets.extend(keeping(&house, &keys).await);
        nonsense(&house, &keys).await;

        secrets.push(house.key.expose_secret().to_owned());
        secrets.extend([TOOL_SECRET, ARGUED, ANSWERED].map(str::to_owned));
        let words = [SAID, TYPED, REPLIED, SPOKEN, CUSTOMER, SESSION, NONSENSE, CALLER, NUMBER, "Hello, this is Ada."];
        secrets.extend(words.map(str::to_owned));
        house.stop().await;

        assert!(log::lines(&["DEBUG", "/auth/sign-in", "answered"]) > 0, "nothing is logged");
        assert!(log::lines(&["tool called", "tool.outcome=Done"]) > 0, "no tool is logged");
        assert!(log::first(&report.call_sid).is_some(), "what may be named is not");
        let found: Vec<_> = secrets.iter().filter_map(|secret| Some((secret, log::first(secret)?))).collect();
        assert!(found.is_empty(), "in the log: {found:#?}");
    }

    async fn what_the_database_says_of_a_failure_tells_nobodys_secrets(database: Fresh) {
        let url = database.url().to_owned();
        let house = House::new(database).await;
        let nobody = Client { house: &house, header: None };
        let keys = Client { house: &house, header: Some(("X-API-Key", house.key.expose_secret().to_owned())) };
        house.execute("ALTER TABLE users RENAME TO users_away").await;
        let person = json!({"email": "lost.quux@example.com", "password": PASSWORD, "name": PERSON, "tenant_name": "Quux"});
        nobody.send(500, "POST", "/auth/sign-up", person).await;
        house.execute("ALTER TABLE agents RENAME TO agents_away").await;
        keys.send(500, "POST", "/agents", json!({"name": "lost quux", "instructions": SAID})).await;
        assert!(log::lines(&["ERROR", "request failed"]) > 0);
        let secrets = ["lost.quux@example.com", "lost quux", SAID, PASSWORD, PERSON, &url];
        let found: Vec<_> = secrets.iter().filter_map(|secret| Some((secret, log::first(secret)?))).collect();
        assert!(found.is_empty(), "in the log: {found:#?}");
        house.stop().await;
    }
}

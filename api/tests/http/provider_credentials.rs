use std::time::Duration;

use domain::{
    access::By,
    entity::{id::TenantId, provider_credential::Stage},
    outbound::Outbound,
    provider_credentials::{self, NewCredential},
    testing::{Fresh, on_both},
    vault::Vault,
};
use poem::test::TestForm;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use simulator::openai::{Endpoint, Fake, Reply};

use crate::house::{House, authorized, file, json as body, problem, wav};

const KEY: &str = "sk-own-0123456789-wxyz";
/// Where the tests' own servers are.
const LOOPBACK: &str = "127.0.0.1/32,::1/128";
const STAGES: [&str; 3] = ["speech_to_text", "language_model", "text_to_speech"];

async fn house(db: Fresh) -> House {
    House::with(db, &["--allow-private-networks", LOOPBACK]).await
}

async fn server() -> Fake {
    Fake::builder().key(KEY).transcript("Good evening").replies([Reply::say("Hello there.")]).start().await.unwrap()
}

fn own(base_url: &str) -> Value {
    json!({ "base_url": base_url, "model": "own-model", "api_key": KEY })
}

async fn put(house: &House, stage: &str, body: &Value) -> poem::test::TestResponse {
    let path = format!("/provider-credentials/{stage}");
    house.client().put(path).header("X-API-Key", house.key()).body_json(body).send().await
}

async fn remove(house: &House, stage: &str) -> poem::test::TestResponse {
    let path = format!("/provider-credentials/{stage}");
    house.client().delete(path).header("X-API-Key", house.key()).send().await
}

async fn tested(house: &House, stage: &str) -> Value {
    body(house.post(&format!("/provider-credentials/{stage}/test")).await).await
}

/// What a recording says to this key's tenant.
async fn heard(house: &House, key: &SecretString) -> String {
    let form = TestForm::new().field(file("audio.wav", wav()));
    let client = house.client();
    let answer = authorized(client.post("/voice/speech-to-text"), key).multipart(form).send().await;
    body(answer).await["text"].as_str().unwrap().to_owned()
}

/// Written by another process, with its own keys and its own idea of what may be reached.
async fn elsewhere(house: &House, vault: &Vault, tenant: TenantId, base_url: &str) {
    let outbound = Outbound::new(LOOPBACK.parse().unwrap());
    let new = NewCredential {
        base_url: base_url.to_owned(),
        model: "own-model".to_owned(),
        api_key: Some(Some(SecretString::from(KEY))),
    };
    let stage = Stage::SpeechToText;
    provider_credentials::put(&house.state.database, vault, &outbound, tenant, &By::SYSTEM, stage, new).await.unwrap();
}

on_both! {
    async fn a_tenants_own_providers_serve_it_and_the_operators_everybody_else(db: Fresh) {
        let (house, server) = (house(db).await, server().await);
        let (_, other) = house.another_tenant().await;
        let first = SecretString::from(house.key());
        assert_eq!(heard(&house, &first).await, "I would like to order a pizza.");
        for stage in STAGES {
            let shown = body(put(&house, stage, &own(&server.base_url())).await).await;
            assert_eq!((&shown["stage"], &shown["model"]), (&json!(stage), &json!("own-model")));
        }
        assert_eq!(heard(&house, &first).await, "Good evening");
        assert_eq!(heard(&house, &other).await, "I would like to order a pizza.");

        let form = TestForm::new().text("text", "Your table is booked.");
        let spoken = house.post_form("/voice/text-to-speech", form).await;
        spoken.assert_status_is_ok();
        spoken.0.into_body().into_bytes().await.unwrap();
        let session = house.session().await;
        let form = TestForm::new().text("session_id", session).text("user_input", "Hello");
        let replied = body(house.post_form("/conversation/process", form).await).await;
        assert_eq!(replied["agent_response"], "Hello there.");
        assert!(house.script.spoken().is_empty(), "the operator's spoke");
        for endpoint in [Endpoint::Transcriptions, Endpoint::Chat, Endpoint::Speech] {
            let asked = server.requests_of(endpoint);
            assert!(!asked.is_empty() && asked.iter().all(|request| request.body["model"] == "own-model"), "{asked:?}");
        }

        for stage in STAGES {
            remove(&house, stage).await.assert_status(poem::http::StatusCode::NO_CONTENT);
        }
        assert_eq!(heard(&house, &first).await, "I would like to order a pizza.");
        assert_eq!(problem(remove(&house, "speech_to_text").await).await.0, 404);
    }

    async fn a_key_is_used_and_never_shown(db: Fresh) {
        let house = house(db).await;
        let put = body(put(&house, "language_model", &own("https://models.example.com/v1/")).await).await;
        let listed = body(house.get("/provider-credentials").await).await;
        assert_eq!(listed["items"], json!([put]));
        assert_eq!((&put["api_key_ends_with"], &put["has_api_key"]), (&json!("wxyz"), &json!(true)));
        assert_eq!(put["base_url"], "https://models.example.com/v1");
        let events = body(house.get("/audit-events").await).await;
        for shown in [listed, events, body(house.get("/vault").await).await] {
            assert!(!shown.to_string().contains("0123456789-"), "{shown}");
        }
    }

    async fn a_short_key_shows_nothing_and_there_may_be_none(db: Fresh) {
        let house = house(db).await;
        for (key, has_key) in [(json!("sk-short"), true), (Value::Null, false)] {
            let new = json!({ "base_url": "https://models.example.com/v1", "model": "m", "api_key": key });
            let shown = body(put(&house, "language_model", &new).await).await;
            assert_eq!((&shown["has_api_key"], &shown["api_key_ends_with"]), (&json!(has_key), &Value::Null));
        }
    }

    async fn a_key_stays_with_its_address_and_goes_to_no_other(db: Fresh) {
        let (house, first, second) = (house(db).await, server().await, server().await);
        body(put(&house, "speech_to_text", &own(&first.base_url())).await).await;
        let without = json!({ "base_url": first.base_url(), "model": "another" });
        assert_eq!(body(put(&house, "speech_to_text", &without).await).await["api_key_ends_with"], "wxyz");
        assert_eq!(heard(&house, &house.key().into()).await, "Good evening");
        assert_eq!(first.requests_of(Endpoint::Transcriptions)[0].body["model"], "another");

        let elsewhere = json!({ "base_url": second.base_url(), "model": "another" });
        let (status, code, detail) = problem(put(&house, "speech_to_text", &elsewhere).await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
        assert!(detail.starts_with("api_key"), "{detail}");
        assert!(second.requests().is_empty());
    }

    async fn what_is_wrong_with_a_provider_is_said(db: Fresh) {
        let (house, server) = (house(db).await, server().await);
        let missing = house.post("/provider-credentials/text_to_speech/test").await;
        assert_eq!(problem(missing).await.0, 404);
        for stage in STAGES {
            body(put(&house, stage, &own(&server.base_url())).await).await;
            let works = tested(&house, stage).await;
            assert_eq!((&works["is_working"], &works["problem"]), (&json!(true), &Value::Null), "{works}");
        }
        let wrong = json!({ "base_url": server.base_url(), "model": "m", "api_key": "sk-wrong" });
        body(put(&house, "language_model", &wrong).await).await;
        assert_eq!(tested(&house, "language_model").await["problem"], "unauthorized");
        // Nobody listens there.
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        body(put(&house, "language_model", &own(&format!("http://{nobody}/v1"))).await).await;
        let tested = tested(&house, "language_model").await;
        assert_eq!((&tested["is_working"], &tested["problem"]), (&json!(false), &json!("connect")));
    }

    async fn a_private_network_is_not_reached_by_address_or_by_name(db: Fresh) {
        let (house, server) = (House::new(db).await, server().await);
        let by_name = server.base_url().replace("http://127.0.0.1", "https://localhost");
        let addresses = [
            server.base_url().as_str(),
            &server.base_url().replace("http:", "https:"),
            "https://169.254.169.254/v1",
            "https://[::1]:8080/v1",
            "http://models.example.com/v1",
            "ftp://models.example.com",
            "https://user:password@models.example.com/v1",
            "https://models.example.com/v1?key=1",
            "models.example.com",
        ].map(str::to_owned);
        for address in addresses {
            let (status, code, detail) = problem(put(&house, "speech_to_text", &own(&address)).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{address}");
            assert!(detail.starts_with("base_url"), "{address}: {detail}");
        }
        body(put(&house, "speech_to_text", &own(&by_name)).await).await;
        assert_eq!(tested(&house, "speech_to_text").await["problem"], "connect");
        assert!(server.requests().is_empty());
    }

    async fn what_cannot_be_a_credential_is_refused_without_being_repeated(db: Fresh) {
        let house = house(db).await;
        let url = "https://models.example.com/v1";
        let wrong = [
            (json!({ "base_url": url, "model": " ", "api_key": KEY }), "model"),
            (json!({ "base_url": url, "model": "m".repeat(201), "api_key": KEY }), "model"),
            (json!({ "base_url": url, "model": "m\u{0}", "api_key": KEY }), "model"),
            (json!({ "base_url": url, "model": "m", "api_key": " " }), "api_key"),
            (json!({ "base_url": url, "model": "m", "api_key": format!("{KEY}\n{KEY}") }), "api_key"),
            (json!({ "base_url": url, "model": "m", "api_key": KEY.repeat(200) }), "api_key"),
            (json!({ "base_url": format!("{url}/{}", "x".repeat(2_000)), "model": "m", "api_key": KEY }), "base_url"),
        ];
        for (body, field) in wrong {
            let (status, code, detail) = problem(put(&house, "language_model", &body).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{detail}");
            assert!(detail.starts_with(field) && !detail.contains("sk-own"), "{detail}");
        }
        assert_eq!(problem(put(&house, "telepathy", &own(url)).await).await.0, 400);
    }

    async fn what_another_process_changed_is_served_within_seconds(db: Fresh) {
        let (house, server) = (house(db).await, server().await);
        let key = SecretString::from(house.key());
        assert_eq!(heard(&house, &key).await, "I would like to order a pizza.");
        elsewhere(&house, &house.state.vault, house.tenant, &server.base_url()).await;
        tokio::time::sleep(Duration::from_millis(5_100)).await;
        assert_eq!(heard(&house, &key).await, "Good evening");
    }

    async fn a_lost_key_stops_its_tenant_alone_and_is_named_to_it_as_lost(db: Fresh) {
        let (house, server) = (house(db).await, server().await);
        let (tenant, other) = house.another_tenant().await;
        let lost = Vault::from_keys(&SecretString::from(domain::testing::VAULT_KEY)).unwrap();
        elsewhere(&house, &lost, tenant, &server.base_url()).await;
        let client = house.client();
        let form = TestForm::new().field(file("audio.wav", wav()));
        let answer = authorized(client.post("/voice/speech-to-text"), &other).multipart(form).send().await;
        let (status, code, _) = problem(answer).await;
        assert_eq!((status, code.as_str()), (502, "provider_failed"));
        let test = authorized(client.post("/provider-credentials/speech_to_text/test"), &other).send().await;
        assert_eq!(body(test).await["problem"], "key_lost");
        // What it would seal is refused by the name of the key.
        let put = client.put("/provider-credentials/language_model").body_json(&own("https://models.example.com/v1"));
        let (status, code, detail) = problem(authorized(put, &other).send().await).await;
        assert_eq!((status, code.as_str()), (500, "vault_key_lost"));
        assert!(detail.contains("`k1`"), "{detail}");
        assert_eq!(heard(&house, &house.key().into()).await, "I would like to order a pizza.");
        assert!(server.requests().is_empty() && other.expose_secret() != house.key());
    }

    async fn nothing_of_data_keys_is_shown_but_their_names(db: Fresh) {
        let house = house(db).await;
        assert_eq!(body(house.get("/vault").await).await["items"], json!([]));
        body(put(&house, "language_model", &own("https://models.example.com/v1")).await).await;
        let items = body(house.get("/vault").await).await["items"].take();
        assert_eq!(items.as_array().unwrap().len(), 1);
        let mut fields: Vec<_> = items[0].as_object().unwrap().keys().collect();
        fields.sort_unstable();
        assert_eq!(fields, ["created_at", "id", "operator_key_id", "retired_at"]);
        assert_eq!(items[0]["operator_key_id"], house.state.vault.active_key_id());
        // No key is good for what is the owner's alone.
        assert_eq!(problem(house.post("/vault/rotate").await).await.0, 403);
    }
}

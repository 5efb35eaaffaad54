use std::time::Duration;

use domain::{
    access::By,
    api_keys::{self, NewKey},
    entity::api_key::Scope,
    testing::{Fresh, on_both},
};
use poem::{http::StatusCode, test::TestResponse};
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::house::{House, authorized, json as body, problem};

/// A new key as it is answered.
async fn made(house: &House, new: Value) -> Value {
    let answer = house.post_json("/api-keys", new).await;
    answer.assert_status(StatusCode::CREATED);
    serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap()
}

async fn delete(house: &House, id: &str) -> TestResponse {
    house.client().delete(format!("/api-keys/{id}")).header("X-API-Key", house.key()).send().await
}

async fn get(house: &House, path: &str, key: &SecretString) -> TestResponse {
    authorized(house.client().get(path), key).send().await
}

fn key(made: &Value) -> SecretString {
    made["key"].as_str().unwrap().to_owned().into()
}

async fn limited(house: &House, scopes: &[Scope]) -> SecretString {
    let new = NewKey { name: "limited".into(), scopes: scopes.to_vec(), expires_at: None };
    api_keys::create(&house.state.database, house.tenant, &By::SYSTEM, new).await.unwrap().1
}

on_both! {
    async fn a_key_is_shown_once_and_opens_what_its_scopes_say(db: Fresh) {
        let house = House::new(db).await;
        let made = made(&house, json!({ "name": " Shop ", "scopes": ["read"] })).await;
        let (secret, row) = (made["key"].as_str().unwrap(), &made["api_key"]);
        assert_eq!((&row["name"], &row["scopes"]), (&json!("Shop"), &json!(["read"])));
        assert_eq!((&row["created_by_kind"], &row["created_by_name"]), (&json!("api_key"), &json!("test")));
        assert!(secret.starts_with(row["prefix"].as_str().unwrap()));
        get(&house, "/agents", &key(&made)).await.assert_status(StatusCode::OK);
        for path in ["/api-keys", "/audit-events"] {
            let (status, code, _) = problem(get(&house, path, &key(&made)).await).await;
            assert_eq!((status, code.as_str()), (403, "forbidden"), "{path}");
        }
        let listed = house.get("/api-keys").await.0.into_body().into_string().await.unwrap();
        assert!(!listed.contains(secret), "the secret is shown again");
        let listed: Value = serde_json::from_str(&listed).unwrap();
        assert_eq!(listed["items"].as_array().unwrap().len(), 2);
        assert_eq!(listed["items"][0]["id"], row["id"], "the newest is first");
        assert!(listed["items"][0]["last_used_at"].is_string());
    }

    async fn a_revoked_key_opens_nothing_from_the_next_request_on(db: Fresh) {
        let house = House::new(db).await;
        let made = made(&house, json!({ "name": "Shop", "scopes": ["read"] })).await;
        let id = made["api_key"]["id"].as_str().unwrap();
        get(&house, "/agents", &key(&made)).await.assert_status(StatusCode::OK);
        delete(&house, id).await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(problem(get(&house, "/agents", &key(&made)).await).await.0, 401);
        delete(&house, id).await.assert_status(StatusCode::NO_CONTENT);
        assert!(body(house.get("/api-keys").await).await["items"][0]["revoked_at"].is_string());
        let revoked = body(house.get(&format!("/audit-events?target_id={id}")).await).await;
        let actions: Vec<_> = revoked["items"].as_array().unwrap().iter().map(|event| &event["action"]).collect();
        assert_eq!(actions, ["api_key.revoked", "api_key.created"]);
    }

    async fn a_key_opens_nothing_after_its_end(db: Fresh) {
        let house = House::new(db).await;
        let end = chrono::Utc::now() + chrono::TimeDelta::milliseconds(1_500);
        let made = made(&house, json!({ "name": "Shop", "scopes": ["read"], "expires_at": end })).await;
        get(&house, "/agents", &key(&made)).await.assert_status(StatusCode::OK);
        tokio::time::sleep(Duration::from_millis(1_600)).await;
        assert_eq!(problem(get(&house, "/agents", &key(&made)).await).await.0, 401);
        assert_eq!(body(house.get("/api-keys").await).await["items"][0]["id"], made["api_key"]["id"]);
    }

    async fn no_key_makes_one_that_reaches_further(db: Fresh) {
        let house = House::new(db).await;
        let narrow = limited(&house, &[Scope::Read, Scope::Admin]).await;
        let client = house.client();
        for (scopes, expected) in [(json!(["read"]), 201), (json!(["admin"]), 201), (json!(["read", "calls"]), 403), (json!(["manage"]), 403)] {
            let new = json!({ "name": "Wide", "scopes": scopes });
            let answer = authorized(client.post("/api-keys").body_json(&new), &narrow).send().await;
            assert_eq!(answer.0.status().as_u16(), expected, "{scopes}");
            if expected == 403 {
                assert_eq!(problem(answer).await.1, "escalation");
            }
        }
    }

    async fn what_no_key_may_be_is_refused(db: Fresh) {
        let house = House::new(db).await;
        for (field, wrong) in [
            ("scopes", json!([])),
            ("scopes", json!(["read", "read"])),
            ("scopes", json!(["everything"])),
            ("name", json!(" ")),
            ("name", json!("a\u{0}b")),
            ("name", json!("é".repeat(201))),
            ("expires_at", json!("2020-01-01T00:00:00Z")),
            ("expires_at", json!("+12020-01-01T00:00:00Z")),
            ("expires_at", json!("tomorrow")),
        ] {
            let mut new = json!({ "name": "Shop", "scopes": ["read"] });
            new[field] = wrong.clone();
            let (status, code, detail) = problem(house.post_json("/api-keys", new).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{field} {wrong}");
            assert!(detail.contains(field) || detail.contains("parse"), "{detail}");
        }
    }

    async fn keys_come_in_pages_newest_first(db: Fresh) {
        let house = House::new(db).await;
        for name in ["a", "b", "c"] {
            made(&house, json!({ "name": name, "scopes": ["read"] })).await;
        }
        let first = body(house.get("/api-keys?limit=3").await).await;
        let rest = format!("/api-keys?limit=3&cursor={}", first["next_cursor"].as_str().unwrap());
        let rest = body(house.get(&rest).await).await;
        let names = |page: &Value| page["items"].as_array().unwrap().iter().map(|key| key["name"].clone()).collect::<Vec<_>>();
        assert_eq!((names(&first), names(&rest)), (vec![json!("c"), json!("b"), json!("a")], vec![json!("test")]));
        assert_eq!(rest["next_cursor"], Value::Null);
        assert_eq!(problem(house.get("/api-keys?cursor=nonsense").await).await.0, 422);
    }

    async fn another_tenants_key_is_not_found(db: Fresh) {
        let house = House::new(db).await;
        let made = made(&house, json!({ "name": "Shop", "scopes": ["read"] })).await;
        let (_, other) = house.another_tenant().await;
        let path = format!("/api-keys/{}", made["api_key"]["id"].as_str().unwrap());
        let answer = authorized(house.client().delete(&path), &other).send().await;
        assert_eq!(problem(answer).await.0, 404);
        get(&house, "/agents", &key(&made)).await.assert_status(StatusCode::OK);
        assert_eq!(body(get(&house, "/api-keys", &other).await).await["items"].as_array().unwrap().len(), 1);
        assert_eq!(problem(delete(&house, "nonsense").await).await.0, 404);
    }
}

//! A creating request that is sent again.

use std::time::Duration;

use domain::testing::{Fresh, on_both};
use poem::test::TestResponse;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::house::{House, json as body, problem};

async fn post(house: &House, path: &str, api_key: &str, keys: &[&str], body: &Value) -> TestResponse {
    let client = house.client();
    let mut request = client.post(path).header("X-API-Key", api_key).body_json(body);
    for key in keys {
        request = request.header("Idempotency-Key", *key);
    }
    request.send().await
}

async fn make(house: &House, key: &str, new: &Value) -> TestResponse {
    post(house, "/agents", house.key(), &[key], new).await
}

/// Status, whether it was given before, and the body.
async fn parts(answer: TestResponse) -> (u16, bool, Value) {
    let is_replayed = answer.0.header("idempotency-replayed") == Some("true");
    let status = answer.0.status().as_u16();
    let bytes = answer.0.into_body().into_bytes().await.unwrap();
    (status, is_replayed, serde_json::from_slice(&bytes).unwrap())
}

async fn agents(house: &House) -> usize {
    body(house.get("/agents").await).await["items"].as_array().unwrap().len()
}

on_both! {
    async fn the_second_time_nothing_is_made_and_the_answer_is_the_same(db: Fresh) {
        let house = House::new(db).await;
        let ann = json!({ "name": "Ann" });
        let first = make(&house, "k 1", &ann).await;
        first.assert_header("content-type", "application/json; charset=utf-8");
        let (status, is_replayed, made) = parts(first).await;
        assert_eq!((status, is_replayed), (201, false));
        for _ in 0..2 {
            let again = make(&house, "k 1", &ann).await;
            again.assert_header("content-type", "application/json; charset=utf-8");
            again.assert_header("x-content-type-options", "nosniff");
            assert_eq!(parts(again).await, (201, true, made.clone()));
        }
        assert_eq!(agents(&house).await, 1);
        assert_ne!(parts(make(&house, "k 2", &ann).await).await.2["id"], made["id"]);
        assert_eq!(agents(&house).await, 2);
    }

    async fn another_request_with_the_same_key_is_refused(db: Fresh) {
        let house = House::new(db).await;
        make(&house, "k", &json!({ "name": "Ann" })).await.assert_status(poem::http::StatusCode::CREATED);
        let number = json!({ "phone_number": "+15005550010", "account_sid": "AC1", "auth_token": "x" });
        for answer in [
            make(&house, "k", &json!({ "name": "Bea" })).await,
            post(&house, "/agents?x=1", house.key(), &["k"], &json!({ "name": "Ann" })).await,
            post(&house, "/phone-numbers", house.key(), &["k"], &number).await,
        ] {
            let (status, code, _) = problem(answer).await;
            assert_eq!((status, code.as_str()), (409, "idempotency_mismatch"));
        }
        assert_eq!(agents(&house).await, 1);
    }

    async fn another_senders_key_of_the_same_name_is_another_key(db: Fresh) {
        let house = House::new(db).await;
        let (ann, (_, stranger)) = (json!({ "name": "Ann" }), house.another_tenant().await);
        let mine = parts(make(&house, "k", &ann).await).await;
        let stranger = secrecy::ExposeSecret::expose_secret(&stranger);
        let theirs = parts(post(&house, "/agents", stranger, &["k"], &ann).await).await;
        assert!(!theirs.1 && theirs.2["id"] != mine.2["id"], "{theirs:?}");
    }

    async fn a_refusal_is_repeated_too_and_names_its_own_request(db: Fresh) {
        let house = House::new(db).await;
        let nameless = json!({ "name": " " });
        let (status, code, detail) = problem(make(&house, "k", &nameless).await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
        let again = make(&house, "k", &nameless).await;
        again.assert_header("idempotency-replayed", "true");
        assert_eq!(problem(again).await, (status, code, detail));
    }

    async fn what_failed_on_our_side_is_tried_again(db: Fresh) {
        let house = House::new(db).await;
        let ann = json!({ "name": "Ann" });
        house.fresh.execute("ALTER TABLE agents RENAME TO agents_away").await;
        assert_eq!(problem(make(&house, "k", &ann).await).await.0, 500);
        house.fresh.execute("ALTER TABLE agents_away RENAME TO agents").await;
        assert_eq!(parts(make(&house, "k", &ann).await).await.0, 201);
    }

    async fn of_two_at_once_one_is_done(db: Fresh) {
        let house = House::new(db).await;
        let ann = json!({ "name": "Ann" });
        for key in 0..10 {
            let key = format!("k{key}");
            let (one, two) = tokio::join!(make(&house, &key, &ann), make(&house, &key, &ann));
            let (one, two) = (parts(one).await, parts(two).await);
            let (first, second) = if one.0 == 201 && !one.1 { (one, two) } else { (two, one) };
            assert_eq!((first.0, first.1), (201, false));
            let is_told = second == (201, true, first.2.clone()) || second.2["code"] == "idempotency_in_progress";
            assert!(is_told, "{first:?}, {second:?}");
        }
        assert_eq!(agents(&house).await, 10);
    }

    async fn a_client_that_went_away_half_way_is_told_what_became_of_it(db: Fresh) {
        let house = House::new(db).await;
        let ann = json!({ "name": "Ann" });
        for patience in 0..20 {
            let key = format!("k{patience}");
            let _ = timeout(Duration::from_micros(patience * 250), make(&house, &key, &ann)).await;
            let asking = async {
                loop {
                    let (status, _, answer) = parts(make(&house, &key, &ann).await).await;
                    if status == 201 {
                        return;
                    }
                    assert_eq!(answer["code"], "idempotency_in_progress", "{answer}");
                    tokio::time::sleep(Duration::from_millis(5)).await;
                }
            };
            timeout(Duration::from_secs(10), asking).await.unwrap();
        }
        assert_eq!(agents(&house).await, 20);
    }

    async fn what_is_no_key_is_a_bad_request(db: Fresh) {
        let house = House::new(db).await;
        let long = "x".repeat(256);
        for keys in [&[""][..], &[&long], &["a", "b"]] {
            let (status, code, detail) = problem(post(&house, "/agents", house.key(), keys, &json!({ "name": "Ann" })).await).await;
            assert_eq!((status, code.as_str()), (400, "bad_request"), "{keys:?}");
            assert!(detail.starts_with("Idempotency-Key: "), "{detail}");
        }
        assert_eq!(agents(&house).await, 0);
    }

    async fn the_body_is_bounded_as_ever_and_nobody_gets_in_by_it(db: Fresh) {
        let house = House::new(db).await;
        let long = json!({ "name": "x".repeat(1 << 20) });
        assert_eq!(problem(make(&house, "k", &long).await).await.0, 413);
        let client = house.client();
        let request = client.post("/agents").header("Idempotency-Key", "k").body_json(&json!({ "name": "Ann" }));
        assert_eq!(problem(request.send().await).await.0, 401);
    }
}

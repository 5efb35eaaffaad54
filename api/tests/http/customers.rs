use domain::testing::{Fresh, on_both};
use poem::{http::StatusCode, test::TestResponse};
use serde_json::{Value, json};

use crate::house::{House, json as body, problem};

async fn made(house: &House, new: Value) -> Value {
    let answer = house.post_json("/customers", new).await;
    answer.assert_status(StatusCode::CREATED);
    serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap()
}

async fn patch(house: &House, id: &Value, change: Value) -> TestResponse {
    let path = format!("/customers/{}", id.as_str().unwrap());
    house.client().patch(path).header("X-API-Key", house.key()).body_json(&change).send().await
}

async fn erase(house: &House, id: &Value) -> TestResponse {
    let path = format!("/customers/{}", id.as_str().unwrap());
    house.client().delete(path).header("X-API-Key", house.key()).send().await
}

async fn import(house: &House, content_type: &str, rows: &str) -> TestResponse {
    let client = house.client();
    let request = client.post("/customers/import").header("X-API-Key", house.key());
    request.content_type(content_type).body(rows.to_owned()).send().await
}

/// What `GET /customers` gives for this query: the external ids.
async fn listed(house: &House, query: &str) -> Vec<String> {
    let list = body(house.get(&format!("/customers{query}")).await).await;
    let id = |customer: &Value| customer["external_id"].as_str().unwrap_or("-").to_owned();
    list["items"].as_array().unwrap().iter().map(id).collect()
}

on_both! {
    async fn a_customer_is_noted_down_found_and_changed(db: Fresh) {
        let house = House::new(db).await;
        let new = json!({"external_id": "c-1", "phone": "+1 (415) 555-0100", "name": " Ann Lee ", "metadata": {"plan": "gold"}});
        let mut ann = made(&house, new).await;
        assert_eq!((&ann["phone"], &ann["name"]), (&json!("+14155550100"), &json!("Ann Lee")));
        made(&house, json!({"external_id": "c-2", "name": "Änne"})).await;
        made(&house, json!({"phone": "+14155550101"})).await;

        assert_eq!(body(house.get(&format!("/customers/{}", ann["id"].as_str().unwrap())).await).await, ann);
        assert_eq!(listed(&house, "").await, ["-", "c-2", "c-1"]);
        assert_eq!(listed(&house, "?external_id=c-1").await, ["c-1"]);
        assert_eq!(listed(&house, "?phone=%2B1%20415%20555%200100").await, ["c-1"]);
        assert_eq!(listed(&house, "?name=aNN").await, ["c-1"]);
        assert_eq!(listed(&house, "?name=lee").await, [""; 0]);
        assert_eq!(listed(&house, "?external_id=nobody").await, [""; 0]);

        let change = json!({"phone": null, "name": "Ann", "metadata": {"plan": "silver", "since": 2019}});
        let changed = body(patch(&house, &ann["id"], change.clone()).await).await;
        for field in ["phone", "name", "metadata"] {
            ann[field] = change[field].clone();
        }
        assert_eq!(changed, ann);
        assert_eq!(body(patch(&house, &ann["id"], json!({})).await).await, ann);
    }

    async fn what_no_customer_may_have_is_refused_and_changes_nothing(db: Fresh) {
        let house = House::new(db).await;
        let ann = made(&house, json!({"external_id": "c-1", "phone": "+14155550100"})).await;
        made(&house, json!({"external_id": "c-2"})).await;
        let before = house.fresh.rows_of(house.tenant).await;
        let too_much = json!({"x": "y".repeat(9_000)});
        for (new, field) in [
            (json!({"name": "Ann"}), "external_id"),
            (json!({"external_id": ""}), "external_id"),
            (json!({"phone": "+1555"}), "phone"),
            (json!({"phone": "4155550100"}), "phone"),
            (json!({"external_id": "c-3", "name": "a\u{0}b"}), "name"),
            (json!({"external_id": "c-3", "metadata": [1]}), "metadata"),
            (json!({"external_id": "c-3", "metadata": {"x": "\u{0}"}}), "metadata"),
            (json!({"external_id": "c-3", "metadata": too_much}), "metadata"),
        ] {
            let (status, code, detail) = problem(house.post_json("/customers", new.clone()).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{new}");
            assert!(detail.starts_with(field), "{new}: {detail}");
        }
        for taken in [json!({"external_id": "c-1"}), json!({"external_id": "c-9", "phone": "+1 415 555 0100"})] {
            assert_eq!(problem(house.post_json("/customers", taken).await).await.0, 409);
        }
        assert_eq!(problem(patch(&house, &ann["id"], json!({"external_id": "c-2"})).await).await.0, 409);
        // Nothing would be left to find them by.
        assert_eq!(problem(patch(&house, &ann["id"], json!({"external_id": null, "phone": null})).await).await.0, 422);
        assert_eq!(before, house.fresh.rows_of(house.tenant).await);
    }

    async fn whoever_talks_is_a_customer_with_a_history(db: Fresh) {
        let house = House::new(db).await;
        let first = body(house.post("/conversation/start?customer_id=c-1").await).await;
        let second = body(house.post("/conversation/start?customer_id=c-1").await).await;
        house.post("/conversation/start?customer_id=c-2").await.assert_status_is_ok();
        let found = body(house.get("/customers?external_id=c-1").await).await;
        let path = format!("/customers/{}/conversations", found["items"][0]["id"].as_str().unwrap());
        let page = body(house.get(&format!("{path}?limit=1")).await).await;
        assert_eq!(page["items"][0]["session_id"], second["session_id"]);
        let next = body(house.get(&format!("{path}?limit=1&cursor={}", page["next_cursor"].as_str().unwrap())).await).await;
        assert_eq!(next["items"][0]["session_id"], first["session_id"]);
        assert_eq!((next["items"].as_array().unwrap().len(), &next["next_cursor"]), (1, &Value::Null));
    }

    async fn an_import_makes_and_changes_and_leaves_out_only_rows_at_fault(db: Fresh) {
        let house = House::new(db).await;
        made(&house, json!({"external_id": "c-1", "phone": "+14155550100", "name": "Ann"})).await;
        house.post("/conversation/start?customer_id=c-2").await.assert_status_is_ok();
        let csv = "external_id,phone,name,metadata.plan\n\
                   c-1,,Ann Lee,gold\n\
                   c-2,+14155550102,,\n\
                   c-3,+1 415 555 0103,Cem,\n\
                   c-4,+14155550100,shares her number,\n\
                   ,nonsense,,\n\
                   ,+14155550105,Eve,\n";
        let done = body(import(&house, "text/csv; charset=utf-8", csv).await).await;
        assert_eq!((&done["created"], &done["updated"], &done["failed"]), (&json!(2), &json!(2), &json!(2)));
        let lines: Vec<_> = done["faults"].as_array().unwrap().iter().map(|fault| fault["line"].clone()).collect();
        assert_eq!(lines, [5, 6]);
        assert!(!done.to_string().contains("nonsense"));
        assert_eq!(listed(&house, "").await, ["-", "c-3", "c-2", "c-1"]);
        let ann = &body(house.get("/customers?external_id=c-1").await).await["items"][0];
        let is = (&json!("+14155550100"), &json!("Ann Lee"), &json!({"plan": "gold"}));
        assert_eq!((&ann["phone"], &ann["name"], &ann["metadata"]), is);

        let before = listed(&house, "").await;
        let again = body(import(&house, "text/csv", csv).await).await;
        assert_eq!((&again["created"], &again["updated"], &again["failed"]), (&json!(0), &json!(4), &json!(2)));
        assert_eq!(before, listed(&house, "").await);

        let lines = "{\"external_id\": \"c-1\", \"metadata\": {\"vip\": true}}\n{\"external_id\": 7}\n{\"phone\": \"+14155550106\"}\n";
        let done = body(import(&house, "application/x-ndjson", lines).await).await;
        assert_eq!((&done["created"], &done["updated"], &done["faults"][0]["line"]), (&json!(1), &json!(1), &json!(2)));
        let ann = &body(house.get("/customers?external_id=c-1").await).await["items"][0];
        assert_eq!((&ann["name"], &ann["metadata"]), (&json!("Ann Lee"), &json!({"vip": true})));
    }

    async fn an_import_that_cannot_be_read_changes_nothing(db: Fresh) {
        let house = House::new(db).await;
        // The key's first use is noted.
        assert_eq!(listed(&house, "").await, [""; 0]);
        let before = house.fresh.rows_of(house.tenant).await;
        for (content_type, rows, refused) in [
            ("text/csv", "nmae\nAnn\n", 422),
            ("application/json", "{}", 415),
            ("application/x-ndjson", &"{\"external_id\": \"c\"}\n".repeat(10_001), 422),
            ("text/csv", &"x".repeat(9 << 20), 413),
        ] {
            assert_eq!(problem(import(&house, content_type, rows).await).await.0, refused, "{content_type}");
        }
        assert_eq!(before, house.fresh.rows_of(house.tenant).await);
    }

    async fn who_is_erased_is_found_no_more_and_can_come_again(db: Fresh) {
        let house = House::new(db).await;
        let session = body(house.post("/conversation/start?customer_id=c-1").await).await;
        let customer = body(house.get("/customers?external_id=c-1").await).await["items"][0].clone();
        patch(&house, &customer["id"], json!({"phone": "+14155550100", "name": "Ann"})).await.assert_status_is_ok();
        let answer = erase(&house, &customer["id"]).await;
        answer.assert_status(StatusCode::ACCEPTED);
        let path = format!("/customers/{}", customer["id"].as_str().unwrap());
        for path in [path.clone(), format!("{path}/conversations")] {
            assert_eq!(problem(house.get(&path).await).await.0, 404, "{path}");
        }
        assert_eq!(problem(patch(&house, &customer["id"], json!({"name": "Ann"})).await).await.0, 404);
        assert_eq!(problem(erase(&house, &customer["id"]).await).await.0, 404);
        assert_eq!(listed(&house, "").await, [""; 0]);
        // The words of old are the worker's to remove; whoever has the same name now is somebody else.
        let again = body(house.post("/conversation/start?customer_id=c-1").await).await;
        assert_ne!(again["session_id"], session["session_id"]);
        let new = body(house.get("/customers?external_id=c-1").await).await["items"][0].clone();
        assert_ne!(new["id"], customer["id"]);
        assert_eq!((&new["name"], &new["phone"]), (&Value::Null, &Value::Null));
    }
}

use domain::testing::{Fresh, on_both};
use serde_json::json;

use crate::house::{House, json, problem};

on_both! {
    async fn a_secret_is_shown_once(db: Fresh) {
        let house = House::new(db).await;
        let new = json!({"url": "https://hooks.example.com/in", "event_types": ["call.ended"]});
        let answer = house.post_json("/webhook-endpoints", new).await;
        answer.assert_status(poem::http::StatusCode::CREATED);
        let made: serde_json::Value = answer.json().await.value().deserialize();
        let (secret, id) = (made["secret"].as_str().unwrap(), made["endpoint"]["id"].as_str().unwrap());
        assert!(secret.starts_with("whsec_"));
        let listed = json(house.get("/webhook-endpoints").await).await;
        assert_eq!(listed["items"][0]["id"], id);
        assert!(!listed.to_string().contains(secret));
        let rotated = json(house.post(&format!("/webhook-endpoints/{id}/rotate-secret")).await).await;
        assert_ne!(rotated["secret"], made["secret"]);
        assert!(rotated["endpoint"]["previous_secret_until"].is_string());
    }

    async fn an_endpoint_in_our_own_network_is_refused_when_made_and_when_tried(db: Fresh) {
        let house = House::new(db).await;
        let private = json!({"url": "https://192.168.1.7/in", "event_types": ["*"]});
        let (status, _, detail) = problem(house.post_json("/webhook-endpoints", private).await).await;
        assert_eq!(status, 422);
        assert!(detail.contains("not public"), "{detail}");
        // A name that leads there is found out when it is resolved.
        let named = json!({"url": "https://localhost:9443/in", "event_types": ["*"]});
        let made: serde_json::Value = house.post_json("/webhook-endpoints", named).await.json().await.value().deserialize();
        let id = made["endpoint"]["id"].as_str().unwrap();
        let trial = json(house.post(&format!("/webhook-endpoints/{id}/test")).await).await;
        assert_eq!((&trial["is_ok"], &trial["error"]), (&json!(false), &json!("blocked_address")));
    }

    async fn what_happens_is_listed_with_what_was_made_of_it(db: Fresh) {
        let house = House::new(db).await;
        let new = json!({"url": "https://hooks.example.com/in", "event_types": ["*"]});
        house.post_json("/webhook-endpoints", new).await.assert_status(poem::http::StatusCode::CREATED);
        house.session().await;
        let events = json(house.get("/events?type=conversation.started").await).await;
        let event = &events["items"][0];
        assert_eq!(event["data"]["channel"], "http");
        let path = format!("/webhook-deliveries?state=pending&event_id={}", event["id"].as_str().unwrap());
        let deliveries = json(house.get(&path).await).await;
        let delivery = &deliveries["items"][0];
        assert_eq!(delivery["event_type"], "conversation.started");
        let detail = json(house.get(&format!("/webhook-deliveries/{}", delivery["id"].as_str().unwrap())).await).await;
        let body: serde_json::Value = serde_json::from_str(detail["request"]["body"].as_str().unwrap()).unwrap();
        assert_eq!((&body["type"], &body["data"]), (&event["type"], &event["data"]));
        let names: Vec<_> = detail["request"]["headers"].as_array().unwrap().iter().map(|header| &header["name"]).collect();
        assert_eq!(names, ["content-type", "webhook-id", "webhook-timestamp"]);
        let types = json(house.get("/event-types").await).await;
        assert!(types["items"].as_array().unwrap().iter().any(|known| known["type"] == event["type"]));
        let (status, ..) = problem(house.get("/events?type=no.such").await).await;
        assert_eq!(status, 422);
    }
}

use domain::{
    conversations::{self, Line, Wanted},
    entity::conversation::Channel,
    personas,
    testing::{Fresh, on_both},
};
use poem::{http::StatusCode, test::TestResponse};
use serde_json::{Value, json};
use voice::{conversation::Playback, line::AudioFormat};

use crate::house::{House, authorized, json as body, problem};

const LINE: Line = Line { input: AudioFormat::Mulaw8k, output: AudioFormat::Mulaw8k, playback: Playback::Marks };

async fn patch(house: &House, id: &str, change: Value) -> TestResponse {
    house.client().patch(format!("/agents/{id}")).header("X-API-Key", house.key()).body_json(&change).send().await
}

/// A new agent as it is answered.
async fn made(house: &House, new: Value) -> Value {
    let answer = house.post_json("/agents", new).await;
    answer.assert_status(StatusCode::CREATED);
    serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap()
}

/// Values that no agent may have, each with its field.
fn wrong() -> Vec<(&'static str, Value)> {
    let texts = [
        ("name", json!(" ")),
        ("name", json!("é".repeat(201))),
        ("persona", json!("pirate")),
        ("instructions", json!("é".repeat(20_001))),
        ("instructions", json!("a\u{0}b")),
        ("greeting", json!("é".repeat(1_001))),
        ("greeting", json!("")),
        ("voice", json!("")),
        ("speed", json!(0.2)),
        ("speed", json!(4.5)),
        ("language", json!("English")),
        ("language", json!("EN")),
    ];
    let nowhere = ["", "555", "+0155", "+15550123x", "tel:+15550123", "sip:", "sip:bob", "sip:@a.example", "sip:b@"];
    let injected = ["sip:b@a.example\r\nX: y", "sip:b c@a.example", "sip:b@a<b", "sip:b@a@c"];
    let numbers = nowhere.iter().chain(&injected).map(|to| ("transfer_to", json!(to)));
    texts.into_iter().chain(numbers).chain([("transfer_to", json!(format!("sip:b@{}", "a".repeat(250))))]).collect()
}

on_both! {
    async fn an_agent_is_made_found_and_listed_oldest_first(db: Fresh) {
        let house = House::new(db).await;
        assert_eq!(body(house.get("/agents").await).await["items"], json!([]));
        let wishes = json!({
            "name": "Zoe",
            "persona": "calm_concierge",
            "instructions": "é".repeat(20_000),
            "greeting": "é".repeat(1_000),
            "voice": "onyx",
            "speed": 1.25,
            "language": "fr",
            "transfer_to": "sip:desk@pbx.example.com:5061;transport=tls",
            "may_end_call": false,
        });
        let zoe = made(&house, wishes.clone()).await;
        for (field, value) in wishes.as_object().unwrap() {
            assert_eq!(&zoe[field], value, "{field}");
        }
        let ann = made(&house, json!({ "name": " Ann " })).await;
        assert_eq!((&ann["name"], &ann["persona"]), (&json!("Ann"), &json!(personas::DEFAULT)));
        assert_eq!((&ann["greeting"], &ann["transfer_to"]), (&Value::Null, &Value::Null));
        assert_eq!(ann["may_end_call"], true);
        assert_eq!(body(house.get(&format!("/agents/{}", zoe["id"].as_str().unwrap())).await).await, zoe);
        assert_eq!(body(house.get("/agents").await).await["items"], json!([zoe, ann]));
    }

    async fn a_change_touches_only_what_it_names_and_null_takes_a_wish_back(db: Fresh) {
        let house = House::new(db).await;
        let ann = made(&house, json!({ "name": "Ann", "voice": "onyx", "greeting": "Hello." })).await;
        let other = made(&house, json!({ "name": "Bea", "voice": "onyx" })).await;
        let id = ann["id"].as_str().unwrap();
        let change = json!({ "name": "Anna", "instructions": "Sell bread.", "speed": 0.5, "greeting": null, "may_end_call": false });
        let changed = body(patch(&house, id, change).await).await;
        let mut expected = ann.clone();
        for (field, value) in [
            ("name", json!("Anna")),
            ("instructions", json!("Sell bread.")),
            ("speed", json!(0.5)),
            ("greeting", Value::Null),
            ("may_end_call", json!(false)),
            ("updated_at", changed["updated_at"].clone()),
        ] {
            expected[field] = value;
        }
        assert_eq!(changed, expected);
        assert_ne!(changed["updated_at"], ann["updated_at"]);
        assert_eq!(body(house.get("/agents").await).await["items"], json!([changed, other]));
    }

    async fn a_changed_transfer_number_is_what_the_agent_dials(db: Fresh) {
        let house = House::new(db).await;
        let id = made(&house, json!({ "name": "Ann" })).await["id"].as_str().unwrap().to_owned();
        for to in [Some("+15005550009"), Some("sip:desk@pbx.example.com"), None] {
            assert_eq!(body(patch(&house, &id, json!({ "transfer_to": to })).await).await["transfer_to"], json!(to));
            let wanted = Wanted { agent: Some(id.parse().unwrap()), ..Wanted::on(Channel::Phone) };
            let begun = conversations::begin(&house.state.database, house.tenant, wanted).await.unwrap();
            let config = begun.cast.config(&LINE);
            assert_eq!(config.transfer_to.as_deref(), to);
        }
    }

    async fn what_no_agent_may_have_is_refused_and_changes_nothing(db: Fresh) {
        let house = House::new(db).await;
        let ann = made(&house, json!({ "name": "Ann" })).await;
        for (field, value) in wrong() {
            let change = json!({ field: value });
            let mut new = json!({ "name": "Bob" });
            new[field] = value.clone();
            let answers = [house.post_json("/agents", new).await, patch(&house, ann["id"].as_str().unwrap(), change).await];
            for answer in answers {
                let (status, code, detail) = problem(answer).await;
                assert_eq!((status, code.as_str()), (422, "invalid"), "{field}: {value}");
                assert!(detail.contains(field), "{field}: {detail}");
            }
        }
        for shapeless in [json!({}), json!({ "name": "Bob", "speed": "fast" }), json!({ "name": "Bob", "may_end_call": 1 })] {
            let (status, code, _) = problem(house.post_json("/agents", shapeless.clone()).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{shapeless}");
        }
        assert_eq!(body(house.get("/agents").await).await["items"], json!([ann]));
    }

    async fn another_tenants_agent_is_not_found(db: Fresh) {
        let house = House::new(db).await;
        let ann = made(&house, json!({ "name": "Ann" })).await;
        let path = format!("/agents/{}", ann["id"].as_str().unwrap());
        let (_, key) = house.another_tenant().await;
        let client = house.client();
        let change = json!({ "name": "Mine" });
        for answer in [
            authorized(client.get(&path), &key).send().await,
            authorized(client.patch(&path).body_json(&change), &key).send().await,
            house.get("/agents/01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13").await,
            patch(&house, "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13", change.clone()).await,
            patch(&house, "nonsense", change.clone()).await,
        ] {
            let (status, code, detail) = problem(answer).await;
            assert_eq!((status, code.as_str(), detail.as_str()), (404, "not_found", "agent not found"));
        }
        assert_eq!(body(authorized(client.get("/agents"), &key).send().await).await["items"], json!([]));
        assert_eq!(body(house.get(&path).await).await, ann);
    }
}

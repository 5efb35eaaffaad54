use domain::testing::{Fresh, on_both};
use poem::{http::StatusCode, test::TestResponse};
use serde_json::{Value, json};
use voice::provider::Message;

use crate::{
    agents::made,
    house::{House, authorized, json as body, problem},
};

fn baker() -> Value {
    json!({
        "name": "baker",
        "title": "Baker",
        "description": "Knows bread.",
        "tone": "warm",
        "prompt": "You are a baker and call them {{customer.external_id|friend}}.",
        "voice": "onyx",
        "greeting": "Good morning {{customer.external_id|friend}}!",
        "speed": 1.1,
        "language": "fr",
    })
}

async fn patch(house: &House, name: &str, change: Value) -> TestResponse {
    house.client().patch(format!("/personas/{name}")).header("X-API-Key", house.key()).body_json(&change).send().await
}

async fn delete(house: &House, name: &str) -> TestResponse {
    house.client().delete(format!("/personas/{name}")).header("X-API-Key", house.key()).send().await
}

async fn names(house: &House) -> Vec<String> {
    let list = body(house.get("/personas").await).await;
    list["personas"].as_array().unwrap().iter().map(|p| p["name"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn a_tenants_own_personas_stand_beside_the_built_in_ones(db: Fresh) {
        let house = House::new(db).await;
        let answer = house.post_json("/personas", baker()).await;
        answer.assert_status(StatusCode::CREATED);
        let mut expected = baker();
        expected["built_in"] = json!(false);
        assert_eq!(body(house.get("/personas/baker").await).await, expected);
        assert_eq!(body(house.get("/personas/friendly_guide").await).await["built_in"], true);
        assert_eq!(names(&house).await, ["friendly_guide", "calm_concierge", "energetic_host", "baker"]);

        let changed = body(patch(&house, "baker", json!({"title": "Master baker", "speed": 0.9, "language": null, "voice": null})).await).await;
        for (field, value) in [("title", json!("Master baker")), ("speed", json!(0.9)), ("language", Value::Null), ("voice", json!("alloy"))] {
            expected[field] = value;
        }
        assert_eq!(changed, expected);
        delete(&house, "baker").await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(problem(house.get("/personas/baker").await).await.0, 404);
        assert_eq!(names(&house).await.len(), 3);
    }

    async fn an_agent_speaks_as_the_tenants_own_persona(db: Fresh) {
        let house = House::new(db).await;
        house.post_json("/personas", baker()).await.assert_status(StatusCode::CREATED);
        made(&house, json!({"name": "Ann", "persona": "baker"})).await;
        let session = body(house.post("/conversation/start?customer_id=Lee").await).await;
        assert_eq!((&session["persona"], &session["voice"]), (&json!("baker"), &json!("onyx")));
        assert_eq!(session["greeting"], "Good morning Lee!");
        body(house.post_json("/conversation/process", json!({"session_id": session["session_id"], "user_input": "Hi"})).await).await;
        assert!(matches!(&house.script.last_messages()[0], Message::System { text } if text.starts_with("You are a baker and call them Lee.")));
        house.post_json("/voice/text-to-speech", json!({"text": "Bread!", "persona": "baker"})).await.assert_status_is_ok();
        let spoken = house.script.spoken().pop().unwrap();
        assert_eq!((spoken.voice.as_str(), spoken.speed), ("onyx", 1.1));
        // For one reply, or one session, whatever the agent's own.
        let session = body(house.post("/conversation/start?persona=calm_concierge").await).await;
        assert_eq!(session["persona"], "calm_concierge");
        let said = json!({"session_id": session["session_id"], "user_input": "Hi", "persona": "baker"});
        assert_eq!(body(house.post_json("/conversation/process", said).await).await["persona"], "baker");
        assert!(matches!(&house.script.last_messages()[0], Message::System { text } if text.starts_with("You are a baker and call them friend.")));
    }

    async fn a_persona_in_use_stays(db: Fresh) {
        let house = House::new(db).await;
        house.post_json("/personas", baker()).await.assert_status(StatusCode::CREATED);
        let in_use = async || {
            let (status, code, _) = problem(delete(&house, "baker").await).await;
            assert_eq!((status, code.as_str()), (409, "persona_in_use"));
        };
        let agent = made(&house, json!({"name": "Ann", "persona": "baker"})).await;
        let path = format!("/agents/{}", agent["id"].as_str().unwrap());
        let change = async |persona: &str| {
            let change = json!({"persona": persona});
            house.client().patch(path.clone()).header("X-API-Key", house.key()).body_json(&change).send().await.assert_status_is_ok();
        };
        in_use().await;
        // Published still, though the draft has left it.
        change("friendly_guide").await;
        in_use().await;
        house.post(&format!("{path}/publish")).await.assert_status_is_ok();
        // In the draft again.
        change("baker").await;
        in_use().await;
        change("friendly_guide").await;
        // In a session.
        let session = body(house.post("/conversation/start?persona=baker").await).await;
        in_use().await;
        let db = &house.state.database;
        let row = domain::conversations::by_session(db, house.tenant, session["session_id"].as_str().unwrap()).await.unwrap();
        domain::conversations::end(db, house.tenant, row.id, &voice::event::EndReason::CallerHungUp).await.unwrap();
        delete(&house, "baker").await.assert_status(StatusCode::NO_CONTENT);
        // An older version that names it cannot be gone back to.
        let (status, code, detail) = problem(house.post_json(&format!("{path}/rollback"), json!({"version": 1})).await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
        assert!(detail.starts_with("persona"), "{detail}");
    }

    async fn built_in_personas_stay_as_they_are(db: Fresh) {
        let house = House::new(db).await;
        for answer in [patch(&house, "friendly_guide", json!({"title": "Mine"})).await, delete(&house, "friendly_guide").await] {
            let (status, code, _) = problem(answer).await;
            assert_eq!((status, code.as_str()), (409, "persona_built_in"));
        }
    }

    async fn what_no_persona_may_be_is_refused(db: Fresh) {
        let house = House::new(db).await;
        house.post_json("/personas", baker()).await.assert_status(StatusCode::CREATED);
        for taken in ["baker", "friendly_guide"] {
            let mut new = baker();
            new["name"] = json!(taken);
            let (status, code, _) = problem(house.post_json("/personas", new).await).await;
            assert_eq!((status, code.as_str()), (409, "conflict"), "{taken}");
        }
        for (field, value) in [
            ("name", json!("Two words")),
            ("name", json!("1st")),
            ("name", json!("x".repeat(65))),
            ("title", json!("")),
            ("description", json!("é".repeat(1_001))),
            ("tone", json!(" ")),
            ("prompt", json!("a\u{0}b")),
            ("prompt", json!("é".repeat(20_001))),
            ("prompt", json!("Hi {{name")),
            ("greeting", json!("{{customer.nmae}}")),
            ("greeting", json!("é".repeat(1_001))),
            ("voice", json!("")),
            ("speed", json!(9)),
            ("language", json!("French")),
        ] {
            let mut new = baker();
            new["name"] = json!("other");
            new[field] = value.clone();
            let mut answers = vec![house.post_json("/personas", new).await];
            if field != "name" {
                answers.push(patch(&house, "baker", json!({ field: value })).await);
            }
            for answer in answers {
                let (status, code, detail) = problem(answer).await;
                assert_eq!((status, code.as_str()), (422, "invalid"), "{field}: {value}");
                assert!(detail.contains(field), "{field}: {detail}");
            }
        }
        assert_eq!(names(&house).await.len(), 4);
    }

    async fn another_tenants_persona_is_not_found_and_its_name_is_free(db: Fresh) {
        let house = House::new(db).await;
        house.post_json("/personas", baker()).await.assert_status(StatusCode::CREATED);
        let (_, key) = house.another_tenant().await;
        let client = house.client();
        for answer in [
            authorized(client.get("/personas/baker"), &key).send().await,
            authorized(client.patch("/personas/baker").body_json(&json!({"title": "Mine"})), &key).send().await,
            authorized(client.delete("/personas/baker"), &key).send().await,
        ] {
            let (status, code, _) = problem(answer).await;
            assert_eq!((status, code.as_str()), (404, "not_found"));
        }
        for (path, field) in [("/conversation/start?persona=baker", "persona"), ("/agents", "persona")] {
            let request = authorized(client.post(path), &key);
            let request = if path == "/agents" { request.body_json(&json!({"name": "Ann", "persona": "baker"})) } else { request };
            let (status, _, detail) = problem(request.send().await).await;
            assert!(status == 422 && detail.starts_with(field), "{path}: {status} {detail}");
        }
        let list = body(authorized(client.get("/personas"), &key).send().await).await;
        assert_eq!(list["personas"].as_array().unwrap().len(), 3);
        authorized(client.post("/personas").body_json(&baker()), &key).send().await.assert_status(StatusCode::CREATED);
    }
}

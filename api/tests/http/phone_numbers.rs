use domain::testing::{Fresh, on_both};
use poem::http::StatusCode;
use serde_json::{Value, json};

use crate::house::{House, authorized, json as body, problem};

fn registration(number: &str) -> Value {
    json!({
        "phone_number": number,
        "account_sid": "AC0123456789abcdef0123456789abcdef",
        "auth_token": "fedcba9876543210fedcba9876543210",
    })
}

on_both! {
    async fn a_registered_number_says_where_twilio_must_call_and_never_its_token(db: Fresh) {
        let house = House::new(db).await;
        let agent = domain::agents::NewAgent { name: "Ann".into(), ..Default::default() };
        let agent = domain::agents::create(&house.state.database, house.tenant, agent).await.unwrap();
        let made = authorized(house.client.post("/phone-numbers"), &house.key).body_json(&registration("+15005550010")).send().await;
        made.assert_status(StatusCode::CREATED);
        let made = body(made).await;
        assert_eq!(made["agent_id"], agent.id.to_string());
        assert!(made["webhooks"]["voice_url"].as_str().unwrap().ends_with("/webhooks/twilio/incoming"));
        let listed = body(authorized(house.client.get("/phone-numbers"), &house.key).send().await).await;
        assert_eq!(listed["items"][0], made);
        assert!(!listed.to_string().contains("fedcba98"), "{listed}");
    }

    async fn a_number_belongs_to_one_tenant_and_must_be_one(db: Fresh) {
        let house = House::new(db).await;
        let agent = domain::agents::NewAgent { name: "Ann".into(), ..Default::default() };
        domain::agents::create(&house.state.database, house.tenant, agent).await.unwrap();
        let post = |number: &str| authorized(house.client.post("/phone-numbers"), &house.key).body_json(&registration(number)).send();
        post("+15005550010").await.assert_status(StatusCode::CREATED);
        problem(post("+15005550010").await, StatusCode::CONFLICT, "conflict").await;
        problem(post("555").await, StatusCode::UNPROCESSABLE_ENTITY, "invalid").await;
        let other = house.another_tenant().await;
        let listed = body(authorized(house.client.get("/phone-numbers"), &other).send().await).await;
        assert_eq!(listed["items"], json!([]));
    }
}

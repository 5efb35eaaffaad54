use domain::access::By;
use domain::{
    agents::{self, NewAgent},
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::house::{House, json as body, problem};

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
        let agent = NewAgent { name: "Ann".into(), ..NewAgent::default() };
        let agent = agents::create(&house.state.database, house.tenant, &By::SYSTEM, agent).await.unwrap();
        let made = house.post_json("/phone-numbers", registration("+15005550010")).await;
        made.assert_status(poem::http::StatusCode::CREATED);
        let listed = body(house.get("/phone-numbers").await).await;
        let number = &listed["items"][0];
        assert_eq!(number["agent_id"], agent.id.to_string());
        assert!(number["webhooks"]["voice_url"].as_str().unwrap().ends_with("/webhooks/twilio/incoming"));
        assert!(!listed.to_string().contains("fedcba98"), "{listed}");
    }

    async fn a_number_must_be_one_and_belongs_to_one_tenant(db: Fresh) {
        let house = House::new(db).await;
        let nobody = problem(house.post_json("/phone-numbers", registration("+15005550010")).await).await;
        assert_eq!((nobody.0, nobody.2.as_str()), (404, "agent not found"), "nobody could answer");
        let agent = NewAgent { name: "Ann".into(), ..NewAgent::default() };
        agents::create(&house.state.database, house.tenant, &By::SYSTEM, agent).await.unwrap();
        house.post_json("/phone-numbers", registration("+15005550010")).await.assert_status(poem::http::StatusCode::CREATED);
        assert_eq!(problem(house.post_json("/phone-numbers", registration("+15005550010")).await).await.0, 409);
        assert_eq!(problem(house.post_json("/phone-numbers", registration("555")).await).await.0, 422);
        let (_, key) = house.another_tenant().await;
        let listed = house.client().get("/phone-numbers").header("X-API-Key", key.expose_secret()).send().await;
        assert_eq!(body(listed).await["items"], json!([]));
    }
}

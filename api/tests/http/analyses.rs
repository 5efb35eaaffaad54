use domain::{
    analyses,
    id::TenantId,
    limits::Limits,
    testing::{Fresh, on_both},
    usage::Prices,
};
use poem::{http::StatusCode, test::TestResponse};
use serde_json::{Value, json};
use simulator::openai::{Fake, Reply};
use voice::provider::openai::{self, ChatCompletions, Endpoint};

use crate::{
    agents::made,
    house::{House, authorized, json as body, problem},
};

async fn ordered(answer: TestResponse) -> Value {
    answer.assert_status(StatusCode::CREATED);
    answer.0.into_body().into_json().await.unwrap()
}

/// A conversation with the tenant's first agent, in which something was said.
async fn talk(house: &House) -> String {
    let session = body(house.post("/conversation/start").await).await;
    let said = json!({"session_id": session["session_id"], "user_input": "Two loaves of rye, please."});
    body(house.post_json("/conversation/process", said).await).await;
    session["conversation_id"].as_str().unwrap().to_owned()
}

/// What a worker does.
async fn carry_out(house: &House, model: &ChatCompletions, tenant: TenantId, analysis: &Value) {
    let id = analysis["id"].as_str().unwrap().parse().unwrap();
    let prices: Prices = format!("{}=1/10", voice::provider::LanguageModel::name(model)).parse().unwrap();
    analyses::run(&house.state.database, &Limits::default(), model, &prices, tenant, id).await.unwrap();
}

on_both! {
    async fn an_analysis_is_ordered_as_the_agent_has_it_or_otherwise_and_found_when_it_is_ready(db: Fresh) {
        let house = House::new(db).await;
        let outcomes = json!([{"name": "sold", "description": "Bread was sold."}]);
        let agent = json!({"name": "Ann", "analysis": {"outcomes": outcomes, "instructions": "Mind the bread."}});
        made(&house, agent).await;
        let path = format!("/conversations/{}/analyses", talk(&house).await);
        let schema = json!({"type": "object", "properties": {"loaves": {"type": "integer"}}, "required": ["loaves"]});
        let row = ordered(house.post_json(&path, json!({"fields": schema, "instructions": null})).await).await;
        assert_eq!((&row["state"], &row["is_current"], &row["error_kind"]), (&json!("queued"), &json!(false), &Value::Null));
        assert_eq!((&row["outcomes"], &row["schema"], &row["instructions"]), (&outcomes, &schema, &Value::Null));
        assert!(row["requested_by"].as_str().unwrap().starts_with("api_key:"), "{row}");
        let own = format!("/analyses/{}", row["id"].as_str().unwrap());
        assert_eq!(body(house.get(&own).await).await, row);

        let answer = json!({"summary": "Two loaves.", "outcome": "sold", "sentiment": "neutral", "fields": {"loaves": 2}});
        let fake = Fake::builder().replies([Reply::say(answer.to_string())]).start().await.unwrap();
        let model = ChatCompletions::new(openai::client(), Endpoint::new(&fake.base_url(), None, "m").unwrap());
        carry_out(&house, &model, house.tenant, &row).await;
        let ready = body(house.get(&own).await).await;
        for (field, value) in [
            ("state", json!("ready")),
            ("is_current", json!(true)),
            ("summary", json!("Two loaves.")),
            ("outcome", json!("sold")),
            ("sentiment", json!("neutral")),
            ("fields", json!({"loaves": 2})),
            ("left_out_lines", json!(0)),
        ] {
            assert_eq!(ready[field], value, "{field}");
        }
        let tokens = |field: &str| ready[field].as_f64().unwrap();
        let cost = (tokens("prompt_tokens") + 10.0 * tokens("completion_tokens")) / 1e6;
        assert!((ready["cost_usd"].as_f64().unwrap() - cost).abs() < 1e-9, "{ready}");

        let again = ordered(house.post_json(&path, json!({})).await).await;
        assert_eq!((&again["instructions"], &again["schema"]), (&json!("Mind the bread."), &Value::Null));
        let list = body(house.get(&path).await).await;
        assert_eq!(list["items"], json!([again, ready]));
        let page = body(house.get(&format!("{path}?limit=1")).await).await;
        let next = body(house.get(&format!("{path}?limit=1&cursor={}", page["next_cursor"].as_str().unwrap())).await).await;
        assert_eq!(next, json!({"items": [ready], "next_cursor": null}));
    }

    async fn a_wish_that_cannot_be_is_refused_with_its_place(db: Fresh) {
        let house = House::new(db).await;
        let path = format!("/conversations/{}/analyses", talk(&house).await);
        let outcome = json!({"name": "sold", "description": "Bread was sold."});
        for (wish, place) in [
            (json!({"instructions": ""}), "instructions"),
            (json!({"model": "é".repeat(201)}), "model"),
            (json!({"outcomes": [outcome, outcome]}), "outcomes: `/1/name`"),
            (json!({"fields": {"type": "array"}}), "fields"),
            (json!({"fields": {"type": "object", "properties": {"x": {"type": "text"}}}}), "fields: `/properties/x/type`"),
        ] {
            let (status, code, detail) = problem(house.post_json(&path, wish).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{detail}");
            assert!(detail.starts_with(place), "{detail}");
        }
        for _ in 0..5 {
            ordered(house.post_json(&path, json!({})).await).await;
        }
        let (status, code, _) = problem(house.post_json(&path, json!({})).await).await;
        assert_eq!((status, code.as_str()), (409, "analyses_waiting"));
    }

    async fn another_tenants_analyses_are_not_found(db: Fresh) {
        let house = House::new(db).await;
        let conversation = talk(&house).await;
        let path = format!("/conversations/{conversation}/analyses");
        let row = ordered(house.post_json(&path, json!({})).await).await;
        let (_, key) = house.another_tenant().await;
        let client = house.client();
        for path in [path.clone(), format!("/analyses/{}", row["id"].as_str().unwrap())] {
            assert_eq!(problem(authorized(client.get(path), &key).send().await).await.0, 404);
        }
        let order = authorized(client.post(&path), &key).body_json(&json!({}));
        assert_eq!(problem(order.send().await).await.0, 404);
    }

    async fn a_call_tells_what_came_of_it(db: Fresh) {
        let house = House::new(db).await;
        let call = crate::calls::call(&house, house.tenant, "+15005550010", "CA1").await;
        let path = format!("/conversations/{}/analyses", call.conversation_id);
        assert_eq!(body(house.get(&format!("/calls/{}", call.id)).await).await["analysis"], Value::Null);
        crate::calls::said(&house, call.conversation_id).await;
        let row = ordered(house.post_json(&path, json!({})).await).await;
        let fake = Fake::start().await.unwrap();
        let model = ChatCompletions::new(openai::client(), Endpoint::new(&fake.base_url(), None, "m").unwrap());
        carry_out(&house, &model, house.tenant, &row).await;
        let brief = json!({"id": row["id"], "summary": "simulated", "outcome": "resolved", "sentiment": "positive"});
        assert_eq!(body(house.get(&format!("/calls/{}", call.id)).await).await["analysis"], brief);
        assert_eq!(body(house.get(&format!("/calls/{}/analyses", call.id)).await).await["items"][0]["id"], row["id"]);
        for (query, number) in [("outcome=resolved&sentiment=positive", 1), ("outcome=unresolved", 0), ("sentiment=mixed", 0)] {
            let found = body(house.get(&format!("/calls?{query}")).await).await;
            assert_eq!(found["items"].as_array().unwrap().len(), number, "{query}");
            assert!(found["items"].as_array().unwrap().iter().all(|call| call["analysis"] == brief));
        }
        assert_eq!(problem(house.get("/calls?sentiment=furious").await).await.0, 422);
    }
}

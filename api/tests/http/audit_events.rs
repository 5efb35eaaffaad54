use domain::testing::{Fresh, on_both};
use serde_json::{Value, json};

use crate::house::{House, authorized, json as body, problem};

/// Makes an agent of this name; gives its id.
async fn agent(house: &House, name: &str) -> String {
    let answer = house.post_json("/agents", json!({ "name": name })).await;
    let made: Value = serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap();
    made["id"].as_str().unwrap().to_owned()
}

async fn targets(house: &House, path: &str) -> Vec<String> {
    let page = body(house.get(path).await).await;
    let target = |event: &Value| event["target_id"].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(target).collect()
}

on_both! {
    async fn the_log_says_who_did_what_to_which_thing(db: Fresh) {
        let house = House::new(db).await;
        let id = agent(&house, "Ann").await;
        let event = &body(house.get("/audit-events").await).await["items"][0];
        assert_eq!((&event["action"], &event["target_id"]), (&json!("agent.created"), &json!(id)));
        assert_eq!((&event["actor_kind"], &event["actor_name"]), (&json!("api_key"), &json!("test")));
        let of_the_system = &body(house.get("/audit-events?action=api_key.created").await).await["items"][0];
        assert_eq!((&of_the_system["actor_kind"], &of_the_system["actor_id"]), (&json!("system"), &Value::Null));
    }

    async fn events_come_in_pages_newest_first(db: Fresh) {
        let house = House::new(db).await;
        let mut made = Vec::new();
        for name in ["a", "b", "c"] {
            made.insert(0, agent(&house, name).await);
        }
        let page = body(house.get("/audit-events?limit=2").await).await;
        assert_eq!(targets(&house, "/audit-events?limit=2").await, made[..2]);
        let next = format!("/audit-events?limit=2&cursor={}", page["next_cursor"].as_str().unwrap());
        assert_eq!(targets(&house, &next).await[0], made[2]);
    }

    async fn events_are_found_by_actor_action_target_and_time(db: Fresh) {
        let house = House::new(db).await;
        let (first, second) = (agent(&house, "a").await, agent(&house, "b").await);
        let all = body(house.get("/audit-events").await).await;
        let text = |at: usize, field: &str| all["items"][at][field].as_str().unwrap().replace('+', "%2B");
        let (actor, key, at) = (text(0, "actor_id"), text(2, "target_id"), text(0, "at"));
        assert_eq!(actor, key, "the key that made the agents is what the system had made");
        for (query, expected) in [
            (format!("actor_id={actor}"), vec![&second, &first]),
            ("actor_id=01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13".to_owned(), vec![]),
            ("action=agent.created".to_owned(), vec![&second, &first]),
            ("action=agent".to_owned(), vec![]),
            (format!("target_id={first}"), vec![&first]),
            (format!("action=agent.created&from={at}"), vec![&second]),
            (format!("action=agent.created&to={at}"), vec![&first]),
            (format!("actor_id={actor}&target_id={key}"), vec![]),
        ] {
            assert_eq!(targets(&house, &format!("/audit-events?{query}")).await.iter().collect::<Vec<_>>(), expected, "{query}");
        }
        for wrong in ["actor_id=x", "from=yesterday", "to=%2B20000-01-01T00:00:00Z", "action=%00", "target_id=a%00", "limit=0", "cursor=x"] {
            let (status, code, _) = problem(house.get(&format!("/audit-events?{wrong}")).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{wrong}");
        }
    }

    async fn another_tenants_log_is_its_own(db: Fresh) {
        let house = House::new(db).await;
        let id = agent(&house, "Ann").await;
        let (_, other) = house.another_tenant().await;
        let theirs = body(authorized(house.client().get("/audit-events"), &other).send().await).await;
        assert!(!theirs.to_string().contains(&id));
        assert_eq!(theirs["items"].as_array().unwrap().len(), 1, "their key: {theirs}");
    }
}

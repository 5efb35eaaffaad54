use chrono::{TimeDelta, Utc};
use domain::{
    access::By,
    agents, calls, conversations,
    entity::id::{ConversationId, TenantId, TurnId},
    phone_numbers,
    testing::{Fresh, on_both},
    usage::Served,
};
use serde_json::{Value, json};
use voice::event::{EndReason, Prompt, Turn, TurnTimes, Usage};

use crate::house::{House, authorized, json as body, problem};

/// A call of this tenant; its conversation and the number's id.
async fn call(house: &House, tenant: TenantId, number: &str, from: &str) -> (ConversationId, String) {
    let (db, vault) = (&house.state.database, &house.state.vault);
    let number = match phone_numbers::find_by_e164(db, number).await.unwrap() {
        Some(known) => known,
        None => {
            let agent = agents::NewAgent { name: "Ann".into(), ..agents::NewAgent::default() };
            let agent = agents::create(db, tenant, &By::SYSTEM, agent).await.unwrap();
            let new = phone_numbers::NewNumber {
                number: number.into(),
                account_sid: "AC0123456789abcdef0123456789abcdef".into(),
                auth_token: "token".to_owned().into(),
                agent_id: Some(agent.id),
                label: None,
                recorded_by: Default::default(),
            };
            domain::testing::number(db, vault, tenant, new).await.unwrap()
        }
    };
    let incoming = calls::Incoming {
        call_sid: format!("CA{}", TurnId::new()),
        account_sid: "AC0123456789abcdef0123456789abcdef".into(),
        from: from.into(),
        to: number.e164.clone(),
    };
    (calls::begin(db, &number, incoming).await.unwrap().call.conversation_id, number.id.to_string())
}

async fn say(house: &House, conversation: ConversationId, latency_ms: u64) {
    let turn = Turn {
        number: 1,
        prompt: Prompt::Speech("Hello".into()),
        generated_text: "Hi.".into(),
        heard_text: "Hi.".into(),
        interrupted: false,
        tool_calls: Vec::new(),
        times: TurnTimes {
            caller_stopped_ms: Some(1_000),
            first_frame_sent_ms: Some(1_000 + latency_ms),
            ..TurnTimes::default()
        },
        usage: Usage { transcribed_ms: 900, ..Usage::default() },
    };
    let (db, id) = (&house.state.database, TurnId::new());
    conversations::turn_ended(db, house.tenant, conversation, id, &turn, &Served::default()).await.unwrap();
}

async fn end(house: &House, conversation: ConversationId, reason: EndReason) {
    assert!(conversations::end(&house.state.database, house.tenant, conversation, &reason).await.unwrap());
}

async fn ids(house: &House, query: &str) -> Vec<String> {
    let page = body(house.get(&format!("/conversations{query}")).await).await;
    let items = page["items"].as_array().unwrap();
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn conversations_are_listed_with_who_spoke_and_narrowed(db: Fresh) {
        let house = House::new(db).await;
        let (first, number) = call(&house, house.tenant, "+15005550010", "+15005550001").await;
        let (second, other) = call(&house, house.tenant, "+15005550011", "+15005550002").await;
        let chat = body(house.post("/conversation/start?customer_id=ada").await).await["conversation_id"].as_str().unwrap().to_owned();
        end(&house, first, EndReason::CallerHungUp).await;
        conversations::reckon_totals(&house.state.database, house.tenant, first).await.unwrap();
        end(&house, second, EndReason::Silence).await;

        let (first, second) = (first.to_string(), second.to_string());
        let all = [chat.clone(), second.clone(), first.clone()];
        let one = body(house.get(&format!("/conversations/{first}/summary")).await).await;
        assert_eq!((&one["agent_name"], &one["agent_version"]), (&json!("Ann"), &json!(1)));
        assert_eq!(one["call"]["from_number"], "+15005550001");
        assert_eq!(one["call"]["phone_number_id"], json!(number));
        assert_eq!((&one["is_recorded"], &one["totals"]["turns"]), (&json!(false), &json!(0)));
        let written = body(house.get(&format!("/conversations/{chat}/summary")).await).await;
        assert_eq!((&written["call"], &written["customer_external_id"]), (&Value::Null, &json!("ada")));
        // The chat is the oldest agent's, as the first call is.
        let two = body(house.get(&format!("/conversations/{second}/summary")).await).await;
        let (agent, customer) = (two["agent_id"].as_str().unwrap(), written["customer_id"].as_str().unwrap());
        let at = |shift: TimeDelta| (Utc::now() + shift).to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        let (before, after) = (at(TimeDelta::hours(-1)), at(TimeDelta::hours(1)));
        for (query, expected) in [
            (String::new(), &all[..]),
            ("?channel=phone".into(), &all[1..]),
            ("?channel=http".into(), &all[..1]),
            ("?status=active".into(), &all[..1]),
            ("?status=ended".into(), &all[1..]),
            (format!("?agent_id={agent}"), &all[1..2]),
            (format!("?customer_id={customer}"), &all[..1]),
            (format!("?phone_number_id={other}"), &all[1..2]),
            ("?from_number=%2B15005550001".into(), &all[2..]),
            ("?end_reason=silence".into(), &all[1..2]),
            ("?end_reason=silence&channel=http".into(), &[][..]),
            ("?outcome=resolved".into(), &[][..]),
            ("?sentiment=negative".into(), &[][..]),
            (format!("?from={before}&to={after}"), &all[..]),
            (format!("?from={after}"), &[][..]),
            (format!("?to={before}"), &[][..]),
        ] {
            assert_eq!(ids(&house, &query).await, expected, "{query}");
        }
        let page = body(house.get("/conversations?limit=2").await).await;
        let cursor = page["next_cursor"].as_str().unwrap();
        assert_eq!(ids(&house, &format!("?limit=2&cursor={cursor}")).await, [first]);
    }

    async fn another_tenants_conversations_are_not_listed(db: Fresh) {
        let house = House::new(db).await;
        let (ours, number) = call(&house, house.tenant, "+15005550010", "+15005550001").await;
        let (_, key) = house.another_tenant().await;
        let client = house.client();
        for path in ["/conversations".to_owned(), format!("/conversations?phone_number_id={number}")] {
            assert_eq!(body(authorized(client.get(&path), &key).send().await).await["items"], json!([]), "{path}");
        }
        let path = format!("/conversations/{ours}/summary");
        let (status, code, _) = problem(authorized(client.get(&path), &key).send().await).await;
        assert_eq!((status, code.as_str()), (404, "not_found"));
    }

    async fn the_overview_counts_days_failures_and_latency(db: Fresh) {
        let house = House::new(db).await;
        for latency in [400, 600, 2_000] {
            let (id, _) = call(&house, house.tenant, "+15005550010", "+15005550001").await;
            say(&house, id, latency).await;
            end(&house, id, if latency == 2_000 { EndReason::Failed } else { EndReason::CallerHungUp }).await;
        }
        let overview = body(house.get("/overview?days=7").await).await;
        let days = overview["days"].as_array().unwrap();
        assert_eq!(days.len(), 7);
        let total = &overview["total"];
        assert_eq!((&total["calls"], &total["conversations"]), (&json!(3), &json!(3)));
        assert_eq!((&total["replies"], &total["failures"]), (&json!(3), &json!(1)));
        assert_eq!((&total["reply_latency_p50_ms"], &total["reply_latency_p95_ms"]), (&json!(600), &json!(2_000)));
        assert_eq!(overview["failures"], json!([{"kind": "failed", "count": 1}]));
        // Midnight may pass in between.
        let happened = |day: &Value| day["happened"]["conversations"].as_u64().unwrap();
        assert_eq!(days[5..].iter().map(happened).sum::<u64>(), 3);
        assert_eq!(days[..5].iter().map(happened).sum::<u64>(), 0);
        assert_eq!(days[0]["happened"]["reply_latency_p50_ms"], Value::Null);

        let (_, key) = house.another_tenant().await;
        let theirs = body(authorized(house.client().get("/overview"), &key).send().await).await;
        assert_eq!((&theirs["total"]["conversations"], &theirs["failures"]), (&json!(0), &json!([])));
        assert_eq!(theirs["days"].as_array().unwrap().len(), 30);
        for path in ["/overview?days=0", "/overview?days=93"] {
            let (status, code, _) = problem(house.get(path).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{path}");
        }
    }
}

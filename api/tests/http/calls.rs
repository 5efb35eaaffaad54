use domain::access::By;
use domain::{
    agents, calls, conversations,
    entity::{
        call,
        id::{ConversationId, TenantId, TurnId},
    },
    phone_numbers,
    testing::{Fresh, on_both},
    usage::Served,
};
use serde_json::json;
use voice::event::{Prompt, Turn, TurnTimes, Usage};

use crate::house::{House, authorized, json as body, problem};

/// A call of this tenant, on a number of its own.
pub async fn call(house: &House, tenant: TenantId, number: &str, call_sid: &str) -> call::Model {
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
        call_sid: call_sid.into(),
        account_sid: "AC0123456789abcdef0123456789abcdef".into(),
        from: "+15005550001".into(),
        to: number.e164.clone(),
    };
    calls::begin(db, &number, incoming).await.unwrap().call
}

/// A turn in which the caller breaks in.
pub async fn said(house: &House, conversation: ConversationId) {
    let turn = Turn {
        number: 1,
        prompt: Prompt::Speech("Hello".into()),
        generated_text: "Hi there, how are you?".into(),
        heard_text: "Hi there,".into(),
        interrupted: true,
        tool_calls: Vec::new(),
        times: TurnTimes { caller_stopped_ms: Some(1_000), first_frame_sent_ms: Some(1_700), ..TurnTimes::default() },
        usage: Usage { transcribed_ms: 900, ..Usage::default() },
    };
    let db = &house.state.database;
    conversations::turn_ended(db, house.tenant, conversation, TurnId::new(), &turn, &Served::default()).await.unwrap();
}

on_both! {
    async fn a_call_is_found_by_its_sid_with_its_turns_and_times(db: Fresh) {
        let house = House::new(db).await;
        let row = call(&house, house.tenant, "+15005550010", "CA1").await;
        said(&house, row.conversation_id).await;

        let found = body(house.get("/calls?call_sid=CA1").await).await;
        assert_eq!(found["items"].as_array().unwrap().len(), 1);
        assert_eq!(found["items"][0]["call_sid"], "CA1");
        assert_eq!(found["items"][0]["from_number"], "+15005550001");
        let id = found["items"][0]["id"].as_str().unwrap();
        assert_eq!(body(house.get(&format!("/calls/{id}")).await).await, found["items"][0]);

        let turns = body(house.get(&format!("/calls/{id}/turns")).await).await;
        let kept = &turns["items"][0];
        assert_eq!((&kept["heard_text"], &kept["interrupted"]), (&json!("Hi there,"), &json!(true)));
        assert_eq!(kept["times"]["caller_stopped_ms"], 1_000);
        assert_eq!(kept["times"]["first_frame_sent_ms"], 1_700);
        assert_eq!(kept["times"]["first_mark_echoed_ms"], json!(null));
    }

    async fn calls_come_in_pages_newest_first(db: Fresh) {
        let house = House::new(db).await;
        for at in 0..5 {
            call(&house, house.tenant, "+15005550010", &format!("CA{at}")).await;
        }
        let (mut seen, mut path) = (Vec::new(), "/calls?limit=2".to_owned());
        loop {
            let page = body(house.get(&path).await).await;
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= 2);
            seen.extend(items.iter().map(|item| item["call_sid"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(cursor) => path = format!("/calls?limit=2&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(seen, ["CA4", "CA3", "CA2", "CA1", "CA0"]);
        for path in ["/calls?limit=0", "/calls?limit=101", "/calls?limit=two", "/calls?cursor=nonsense"] {
            let (status, code, _) = problem(house.get(path).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{path}");
        }
    }

    async fn another_tenants_calls_are_not_found(db: Fresh) {
        let house = House::new(db).await;
        let ours = call(&house, house.tenant, "+15005550010", "CA1").await;
        let (_, key) = house.another_tenant().await;
        let client = house.client();
        for path in ["/calls", "/calls?call_sid=CA1"] {
            assert_eq!(body(authorized(client.get(path), &key).send().await).await["items"], json!([]), "{path}");
        }
        for path in [format!("/calls/{}", ours.id), format!("/calls/{}/turns", ours.id), "/calls/nonsense".to_owned()] {
            let (status, code, _) = problem(authorized(client.get(&path), &key).send().await).await;
            assert_eq!((status, code.as_str()), (404, "not_found"), "{path}");
        }
    }
}

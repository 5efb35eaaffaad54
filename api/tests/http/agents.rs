use domain::{
    access::By,
    calls::{self, Incoming, Status, StatusUpdate},
    conversations::{self, Line, Wanted},
    entity::{conversation::Channel, id::AgentId},
    personas,
    phone_numbers::{self, NewNumber},
    testing::{Fresh, on_both},
};
use poem::{http::StatusCode, test::TestResponse};
use serde_json::{Value, json};
use voice::{conversation::Playback, line::AudioFormat, provider::Message};

use crate::house::{House, authorized, json as body, problem};

const LINE: Line = Line { input: AudioFormat::Mulaw8k, output: AudioFormat::Mulaw8k, playback: Playback::Marks };

async fn patch(house: &House, id: &str, change: Value) -> TestResponse {
    house.client().patch(format!("/agents/{id}")).header("X-API-Key", house.key()).body_json(&change).send().await
}

async fn delete(house: &House, id: &str) -> TestResponse {
    house.client().delete(format!("/agents/{id}")).header("X-API-Key", house.key()).send().await
}

async fn publish(house: &House, id: &str) -> Value {
    body(house.post(&format!("/agents/{id}/publish")).await).await
}

/// A new agent as it is answered.
pub async fn made(house: &House, new: Value) -> Value {
    let answer = house.post_json("/agents", new).await;
    answer.assert_status(StatusCode::CREATED);
    serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap()
}

/// What a session of the agent is like.
async fn greeting(house: &House, agent: &str) -> Value {
    body(house.post(&format!("/conversation/start?agent_id={agent}")).await).await["greeting"].clone()
}

/// The system message that the model gets in this session.
async fn instructions(house: &House, session: &Value) -> String {
    let said = json!({"session_id": session["session_id"], "user_input": "Hi"});
    body(house.post_json("/conversation/process", said).await).await;
    match house.script.last_messages().remove(0) {
        Message::System { text } => text,
        other => panic!("no system message: {other:?}"),
    }
}

/// Values that no agent may have, each with its field.
fn wrong() -> Vec<(&'static str, Value)> {
    let many: Vec<_> = (0..33).map(|n| format!("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b{n:02}")).collect();
    let same = "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13";
    let variables: serde_json::Map<_, _> = (0..51).map(|n| (format!("v{n}"), json!("x"))).collect();
    let values = [
        ("name", json!(" ")),
        ("name", json!("é".repeat(201))),
        ("persona", json!("pirate")),
        ("instructions", json!("é".repeat(20_001))),
        ("instructions", json!("a\u{0}b")),
        ("greeting", json!("é".repeat(1_001))),
        ("greeting", json!("")),
        ("model", json!("")),
        ("temperature", json!(2.1)),
        ("temperature", json!(-0.1)),
        ("max_tokens", json!(0)),
        ("max_tokens", json!(2_001)),
        ("voice", json!("")),
        ("speed", json!(0.2)),
        ("speed", json!(4.5)),
        ("language", json!("English")),
        ("language", json!("EN")),
        ("tools", json!(many)),
        ("tools", json!([same, same])),
        // Nobody's.
        ("tools", json!([same])),
        ("turns", json!({"end_complete_ms": 199})),
        ("turns", json!({"end_unknown_ms": 5_001})),
        ("turns", json!({"end_incomplete_ms": 0})),
        ("turns", json!({"barge_in_after_ms": 29})),
        ("turns", json!({"barge_in_sure_ms": 99})),
        ("turns", json!({"keys_gap_ms": 10_001})),
        ("limits", json!({"idle_prompt_after_s": 0})),
        ("limits", json!({"silence_s": 14_401})),
        ("limits", json!({"max_duration_s": 14_401})),
        ("recording", json!({"mode": "consent"})),
        ("recording", json!({"mode": "on", "retention_days": 0})),
        ("recording", json!({"mode": "on", "announcement": "é".repeat(1_001)})),
        ("analysis", json!({"instructions": "é".repeat(5_001)})),
        ("analysis", json!({"outcomes": [{"name": "Not Sold", "description": "No."}]})),
        ("analysis", json!({"fields": {"type": "object", "properties": {"x": {"$ref": "#"}}}})),
        ("variables", json!({"a b": "x"})),
        ("variables", json!({"a": "é".repeat(501)})),
        ("variables", json!(variables)),
        ("time_zone", json!("Mars/Base")),
    ];
    let nowhere = ["", "555", "+0155", "+15550123x", "tel:+15550123", "sip:", "sip:bob", "sip:@a.example", "sip:b@"];
    let injected = ["sip:b@a.example\r\nX: y", "sip:b c@a.example", "sip:b@a<b", "sip:b@a@c"];
    let numbers = nowhere.iter().chain(&injected).map(|to| ("transfer_to", json!(to)));
    values.into_iter().chain(numbers).chain([("transfer_to", json!(format!("sip:b@{}", "a".repeat(250))))]).collect()
}

on_both! {
    async fn an_agent_is_made_found_and_listed_newest_first(db: Fresh) {
        let house = House::new(db).await;
        assert_eq!(body(house.get("/agents").await).await, json!({"items": [], "next_cursor": null}));
        let tool = json!({"name": "find_order", "description": "Finds an order.", "method": "GET", "url": "https://example.com"});
        let tool: Value = house.post_json("/http-tools", tool).await.0.into_body().into_json().await.unwrap();
        let wishes = json!({
            "persona": "calm_concierge",
            "instructions": "é".repeat(20_000),
            "greets": false,
            "greeting": "é".repeat(1_000),
            "greeting_interruptible": false,
            "model": "small",
            "temperature": 0.7,
            "max_tokens": 200,
            "voice": "onyx",
            // Neither comes back as its nearest neighbour in 32 bits.
            "speed": 1.1,
            "language": "fr",
            "tools": [tool["id"]],
            "turns": {
                "end_complete_ms": 300, "end_unknown_ms": 500, "end_incomplete_ms": 700, "barge_in_after_ms": 60,
                "barge_in_sure_ms": 600, "keys_gap_ms": 1_000, "interruptible": false,
            },
            "limits": {"idle_prompt_after_s": 5, "silence_s": 60, "max_duration_s": 600},
            "recording": {"mode": "consent", "announcement": "We record this.", "retention_days": 30, "transcribe": true},
            "analysis": {
                "enabled": true, "instructions": "Mind the bread.", "model": "large",
                "outcomes": [{"name": "sold", "description": "Bread was sold."}],
                "fields": {"type": "object", "properties": {"loaves": {"type": "integer"}}},
            },
            "transfer_to": "sip:desk@pbx.example.com:5061;transport=tls",
            "may_end_call": false,
            "variables": {"shop": "Corner Bakery"},
            "time_zone": "Europe/Berlin",
        });
        let mut new = wishes.clone();
        new["name"] = json!("Zoe");
        let zoe = made(&house, new).await;
        assert_eq!((&zoe["name"], &zoe["revision"], &zoe["differs"]), (&json!("Zoe"), &json!(1), &json!(false)));
        assert_eq!((&zoe["draft"], &zoe["published"]["settings"]), (&wishes, &wishes));
        assert_eq!(zoe["published"]["number"], 1);
        assert!(zoe["published"]["published_by"].as_str().unwrap().starts_with("api_key:"), "{zoe}");
        let ann = made(&house, json!({ "name": " Ann " })).await;
        assert_eq!((&ann["name"], &ann["draft"]["persona"]), (&json!("Ann"), &json!(personas::DEFAULT)));
        assert_eq!((&ann["draft"]["greeting"], &ann["draft"]["may_end_call"]), (&Value::Null, &json!(true)));
        assert_eq!(body(house.get(&format!("/agents/{}", zoe["id"].as_str().unwrap())).await).await, zoe);
        assert_eq!(body(house.get("/agents").await).await["items"], json!([ann, zoe]));
        let page = body(house.get("/agents?limit=1").await).await;
        assert_eq!(page["items"], json!([ann]));
        let next = body(house.get(&format!("/agents?limit=1&cursor={}", page["next_cursor"].as_str().unwrap())).await).await;
        assert_eq!(next, json!({"items": [zoe], "next_cursor": null}));
    }

    async fn a_change_touches_only_what_it_names_and_null_takes_a_wish_back(db: Fresh) {
        let house = House::new(db).await;
        let new = json!({ "name": "Ann", "voice": "onyx", "greeting": "Hello.", "may_end_call": false, "limits": {"silence_s": 9} });
        let ann = made(&house, new).await;
        let other = made(&house, json!({ "name": "Bea", "voice": "onyx" })).await;
        let id = ann["id"].as_str().unwrap();
        let change = json!({
            "name": "Anna", "instructions": "Sell bread.", "speed": 0.5, "greeting": null, "may_end_call": null,
            "limits": null, "greets": false,
        });
        let changed = body(patch(&house, id, change).await).await;
        let mut expected = ann.clone();
        for (field, value) in [
            ("instructions", json!("Sell bread.")),
            ("speed", json!(0.5)),
            ("greeting", Value::Null),
            ("may_end_call", json!(true)),
            ("greets", json!(false)),
        ] {
            expected["draft"][field] = value;
        }
        expected["draft"]["limits"]["silence_s"] = Value::Null;
        expected["name"] = json!("Anna");
        expected["revision"] = json!(2);
        expected["differs"] = json!(true);
        expected["updated_at"] = changed["updated_at"].clone();
        assert_eq!(changed, expected);
        assert_ne!(changed["updated_at"], ann["updated_at"]);
        assert_eq!(body(house.get("/agents").await).await["items"], json!([other, changed]));
    }

    async fn a_change_made_from_an_older_state_is_refused_where_it_says_so(db: Fresh) {
        let house = House::new(db).await;
        let id = made(&house, json!({ "name": "Ann" })).await["id"].as_str().unwrap().to_owned();
        assert_eq!(body(patch(&house, &id, json!({ "voice": "onyx", "revision": 1 })).await).await["revision"], 2);
        let (status, code, _) = problem(patch(&house, &id, json!({ "voice": "nova", "revision": 1 })).await).await;
        assert_eq!((status, code.as_str()), (409, "stale_revision"));
        assert_eq!(body(patch(&house, &id, json!({ "speed": 2.0 })).await).await["draft"]["voice"], "onyx");
        // Without it, changes of different things at once both stand.
        let changes = ["instructions", "greeting", "model", "language"].map(|field| patch(&house, &id, json!({ field: "en" })));
        for answer in futures_util::future::join_all(changes).await {
            answer.assert_status_is_ok();
        }
        let draft = body(house.get(&format!("/agents/{id}")).await).await["draft"].clone();
        for field in ["instructions", "greeting", "model", "language"] {
            assert_eq!(draft[field], "en", "{field}");
        }
    }

    async fn a_draft_is_heard_when_it_is_published_and_a_roll_back_is_a_new_version(db: Fresh) {
        let house = House::new(db).await;
        let id = made(&house, json!({ "name": "Ann", "greeting": "One." })).await["id"].as_str().unwrap().to_owned();
        let session = body(house.post(&format!("/conversation/start?agent_id={id}")).await).await;
        body(patch(&house, &id, json!({ "greeting": "Two.", "instructions": "Be second." })).await).await;
        assert_eq!(greeting(&house, &id).await, "One.");
        let published = body(house.post_json(&format!("/agents/{id}/publish"), json!({"note": "the second"})).await).await;
        assert_eq!((&published["published"]["number"], &published["differs"]), (&json!(2), &json!(false)));
        assert_eq!(published["published"]["note"], "the second");
        assert_eq!(greeting(&house, &id).await, "Two.");
        // What began with the first version keeps it.
        assert!(!instructions(&house, &session).await.contains("Be second."));
        let row = body(house.get(&format!("/conversations/{}", session["conversation_id"].as_str().unwrap())).await).await;
        assert_eq!((&row["agent_id"], &row["agent_version"]), (&json!(id), &json!(1)));

        body(patch(&house, &id, json!({ "greeting": "Three." })).await).await;
        let back = body(house.post_json(&format!("/agents/{id}/rollback"), json!({"version": 1})).await).await;
        assert_eq!((&back["published"]["number"], &back["published"]["note"]), (&json!(3), &json!("Back to version 1")));
        assert_eq!((&back["draft"]["greeting"], &back["differs"]), (&json!("One."), &json!(false)));
        assert_eq!(greeting(&house, &id).await, "One.");

        let numbers = |page: &Value| page["items"].as_array().unwrap().iter().map(|v| v["number"].as_i64().unwrap()).collect::<Vec<_>>();
        let all = body(house.get(&format!("/agents/{id}/versions")).await).await;
        assert_eq!(numbers(&all), [3, 2, 1]);
        let page = body(house.get(&format!("/agents/{id}/versions?limit=2")).await).await;
        assert_eq!(numbers(&page), [3, 2]);
        let cursor = page["next_cursor"].as_str().unwrap();
        let rest = body(house.get(&format!("/agents/{id}/versions?limit=2&cursor={cursor}")).await).await;
        assert_eq!((numbers(&rest), &rest["next_cursor"]), (vec![1], &Value::Null));
        assert_eq!(body(house.get(&format!("/agents/{id}/versions/2")).await).await, all["items"][1]);
        assert_eq!(all["items"][1]["settings"]["greeting"], "Two.");
        for nothing in [house.get(&format!("/agents/{id}/versions/9")).await, house.post_json(&format!("/agents/{id}/rollback"), json!({"version": 9})).await] {
            let (status, code, detail) = problem(nothing).await;
            assert_eq!((status, code.as_str(), detail.as_str()), (404, "not_found", "version not found"));
        }
    }

    async fn publications_at_once_are_versions_of_their_own(db: Fresh) {
        let house = House::new(db).await;
        let id = made(&house, json!({ "name": "Ann" })).await["id"].as_str().unwrap().to_owned();
        let race = (0..4).map(|_| publish(&house, &id));
        let mut numbers: Vec<_> = futures_util::future::join_all(race).await.iter().map(|a| a["published"]["number"].as_i64().unwrap()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, [2, 3, 4, 5]);
    }

    async fn a_template_that_cannot_be_read_is_kept_in_a_draft_and_not_published(db: Fresh) {
        let house = House::new(db).await;
        let id = made(&house, json!({ "name": "Ann" })).await["id"].as_str().unwrap().to_owned();
        for (field, template, place) in [
            ("greeting", "Hi {{customer.name", "greeting: line 1, character 4: `{{` without `}}`"),
            ("instructions", "Be kind.\nCall them {{customer.nmae}}.", "instructions: line 2, character 11: there is no such variable"),
        ] {
            body(patch(&house, &id, json!({ field: template })).await).await;
            let (status, code, detail) = problem(house.post(&format!("/agents/{id}/publish")).await).await;
            assert_eq!((status, code.as_str(), detail.as_str()), (422, "invalid", place));
            assert_eq!(problem(house.post_json("/agents", json!({"name": "Bob", field: template})).await).await.2, place);
            body(patch(&house, &id, json!({ field: null })).await).await;
        }
        assert_eq!(publish(&house, &id).await["published"]["number"], 2);
    }

    async fn variables_are_filled_in_for_each_session(db: Fresh) {
        let house = House::new(db).await;
        let new = json!({
            "name": "Ada",
            "greeting": "Hello {{customer.name|there}}, {{shop}} here, about {{order.size|any}} cakes.",
            "instructions": "Order: {{order.size}}. Customer: {{customer.external_id}}. You are {{agent.name}}. [{{order.note}}] Plan {{customer.metadata.plan|free}}.",
            "variables": {"shop": "Corner Bakery"},
        });
        let id = made(&house, new).await["id"].as_str().unwrap().to_owned();
        assert_eq!(greeting(&house, &id).await, "Hello there, Corner Bakery here, about any cakes.");

        let path = format!("/conversation/start?agent_id={id}&customer_id=c-1");
        let begin = |variables: Value| house.post_json(&path, json!({"variables": variables}));
        let evil = "{{agent.name}}\u{7}\n{{";
        let session = body(begin(json!({"order.size": "large", "order.note": evil})).await).await;
        assert_eq!(session["greeting"], "Hello there, Corner Bakery here, about large cakes.");
        let told = instructions(&house, &session).await;
        assert!(told.ends_with("Order: large. Customer: c-1. You are Ada. [{{agent.name}} {{] Plan free."), "{told}");

        for bad in [json!({"customer.name": "x"}), json!({"a b": "x"}), json!({"a": "x".repeat(501)})] {
            let (status, code, detail) = problem(begin(bad.clone()).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{bad}");
            assert!(detail.contains("variables"), "{bad}: {detail}");
        }
    }

    async fn an_agents_own_model_is_asked(db: Fresh) {
        let house = House::new(db).await;
        let id = made(&house, json!({"name": "Ada", "model": "small", "temperature": 0.7, "max_tokens": 77})).await["id"].as_str().unwrap().to_owned();
        let session = body(house.post(&format!("/conversation/start?agent_id={id}")).await).await;
        instructions(&house, &session).await;
        let asked = house.script.last_request();
        assert_eq!((asked.model.as_deref(), asked.temperature, asked.max_tokens), (Some("small"), Some(0.7), 77));
    }

    async fn a_changed_transfer_number_is_what_the_agent_dials(db: Fresh) {
        let house = House::new(db).await;
        let id = made(&house, json!({ "name": "Ann" })).await["id"].as_str().unwrap().to_owned();
        for to in [Some("+15005550009"), Some("sip:desk@pbx.example.com"), None] {
            body(patch(&house, &id, json!({ "transfer_to": to })).await).await;
            assert_eq!(publish(&house, &id).await["published"]["settings"]["transfer_to"], json!(to));
            let wanted = Wanted { agent: Some(id.parse().unwrap()), ..Wanted::on(Channel::Phone) };
            let begun = conversations::begin(&house.state.database, house.tenant, wanted).await.unwrap();
            let config = begun.cast.config(&LINE);
            assert_eq!(config.transfer_to.as_deref(), to);
        }
    }

    async fn an_agent_of_a_phone_number_or_of_a_call_going_on_stays(db: Fresh) {
        let house = House::new(db).await;
        let (db, vault, tenant) = (&house.state.database, &house.state.vault, house.tenant);
        let id = made(&house, json!({ "name": "Ann" })).await["id"].as_str().unwrap().to_owned();
        let new = NewNumber {
            number: "+15005550011".into(),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            auth_token: "token".to_owned().into(),
            agent_id: Some(id.parse().unwrap()),
            label: None,
            recorded_by: Default::default(),
        };
        let number = domain::testing::number(db, vault, tenant, new).await.unwrap();
        let in_use = async |by: &str| {
            let (status, code, detail) = problem(delete(&house, &id).await).await;
            assert_eq!((status, code.as_str()), (409, "agent_in_use"));
            assert!(detail.contains(by), "{detail}");
        };
        in_use("phone numbers 1, calls going on 0").await;
        let incoming = Incoming {
            call_sid: "CA1".into(),
            account_sid: number.account_sid.clone(),
            from: "+15005550001".into(),
            to: number.e164.clone(),
        };
        calls::begin(db, &number, incoming).await.unwrap();
        in_use("phone numbers 1, calls going on 1").await;
        phone_numbers::remove(db, tenant, &By::SYSTEM, number.id).await.unwrap();
        in_use("phone numbers 0, calls going on 1").await;
        let over = StatusUpdate { status: Status::Completed, sequence_number: None, duration_s: None };
        calls::status(db, tenant, "CA1", over).await.unwrap();
        delete(&house, &id).await.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(calls::find_by_sid(db, tenant, "CA1").await.unwrap().phone_number_id, number.id);
    }

    async fn an_agent_that_goes_leaves_its_history_and_sessions_under_way_go_on(db: Fresh) {
        let house = House::new(db).await;
        let (db, tenant) = (&house.state.database, house.tenant);
        let id = made(&house, json!({ "name": "Ann", "instructions": "Sell bread." })).await["id"].as_str().unwrap().to_owned();
        let session = body(house.post(&format!("/conversation/start?agent_id={id}")).await).await;
        instructions(&house, &session).await;
        delete(&house, &id).await.assert_status(StatusCode::NO_CONTENT);
        for answer in [
            house.get(&format!("/agents/{id}")).await,
            delete(&house, &id).await,
            house.post(&format!("/agents/{id}/publish")).await,
            house.get(&format!("/agents/{id}/versions")).await,
            house.post(&format!("/conversation/start?agent_id={id}")).await,
        ] {
            assert_eq!(problem(answer).await.0, 404);
        }
        assert_eq!(body(house.get("/agents").await).await["items"], json!([]));
        assert!(instructions(&house, &session).await.contains("Sell bread."));
        let row = conversations::by_session(db, tenant, session["session_id"].as_str().unwrap()).await.unwrap();
        assert_eq!((row.agent_id, row.agent_version), (Some(id.parse::<AgentId>().unwrap()), Some(1)));
        assert_eq!(conversations::turns(db, tenant, row.id).await.unwrap().len(), 2);
        // Where none is named, it does not serve any more.
        assert_eq!(body(house.post("/conversation/start").await).await["voice"], "alloy");
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
        for shapeless in [json!({}), json!({ "name": "Bob", "speed": "fast" }), json!({ "name": "Bob", "tools": ["nonsense"] }), json!({ "name": "Bob", "may_end_call": 1 })] {
            let (status, code, _) = problem(house.post_json("/agents", shapeless.clone()).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{shapeless}");
        }
        let (status, code, _) = problem(house.post_json(&format!("/agents/{}/publish", ann["id"].as_str().unwrap()), json!({"note": ""})).await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
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
            authorized(client.delete(&path), &key).send().await,
            authorized(client.post(format!("{path}/publish")), &key).send().await,
            authorized(client.post(format!("{path}/rollback")).body_json(&json!({"version": 1})), &key).send().await,
            authorized(client.get(format!("{path}/versions")), &key).send().await,
            authorized(client.get(format!("{path}/versions/1")), &key).send().await,
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

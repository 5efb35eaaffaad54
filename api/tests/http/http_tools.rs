use domain::{
    entity::id::ConversationId,
    testing::{Fresh, on_both},
};
use poem::{http::StatusCode, test::TestResponse};
use serde_json::{Value, json};

use crate::{
    house::{House, authorized, json as body, problem},
    shop::Shop,
};

const SECRET: &str = "Bearer very-secret-token-1234";

/// A house whose tenants may reach this machine.
async fn open_house(db: Fresh) -> House {
    House::with(db, &["--allow-private-networks", "127.0.0.1/32"]).await
}

fn finds_orders(shop: &str) -> Value {
    json!({
        "name": "find_order",
        "description": "Finds an order.",
        "parameters": {
            "type": "object",
            "properties": {"number": {"type": "string"}, "lines": {"type": "boolean"}, "tags": {"type": "array"}},
            "required": ["number"],
            "additionalProperties": false
        },
        "method": "GET",
        "url": format!("{shop}/orders/{{number}}?shop=1"),
        "headers": {"X-Plain": "plain"},
        "secret_headers": {"Authorization": SECRET, "X-Pin": "1234"},
        "timeout_ms": 3_000,
        "response": [{"name": "status", "pointer": "/order/status"}],
        "speak_while_waiting": "Let me look that up."
    })
}

async fn made(house: &House, new: Value) -> Value {
    let answer = house.post_json("/http-tools", new).await;
    answer.assert_status(StatusCode::CREATED);
    serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap()
}

fn path(tool: &Value) -> String {
    format!("/http-tools/{}", tool["id"].as_str().unwrap())
}

async fn patch(house: &House, tool: &Value, change: Value) -> TestResponse {
    house.client().patch(path(tool)).header("X-API-Key", house.key()).body_json(&change).send().await
}

async fn trial(house: &House, tool: &Value, arguments: Value) -> Value {
    body(house.post_json(&format!("{}/test", path(tool)), json!({ "arguments": arguments })).await).await
}

/// Values that no tool may have, each with its field.
fn wrong() -> Vec<(&'static str, Value)> {
    let schema = |properties: Value| json!({"type": "object", "properties": properties});
    vec![
        ("name", json!("")),
        ("name", json!("find order")),
        ("name", json!("a".repeat(65))),
        ("name", json!("end_call")),
        ("name", json!("transfer_call")),
        ("description", json!(" ")),
        ("description", json!("é".repeat(1_001))),
        ("description", json!("a\u{0}b")),
        ("parameters", json!({"type": "string"})),
        ("parameters", schema(json!({"number": {"$ref": "https://example.com/x.json"}}))),
        ("parameters", schema(json!({"number": {"$ref": "#"}}))),
        ("parameters", schema(json!({"number": {"description": "a\u{0}b"}}))),
        ("parameters", schema(json!({"number": {"description": "x".repeat(16_000)}}))),
        // It no longer has, or requires, what the address needs.
        ("url", json!("https://example.com/{other}")),
        ("url", json!("https://example.com/{lines}")),
        ("url", json!("https://example.com/?q={number}")),
        ("url", json!("https://{number}.example.com/")),
        ("url", json!("https://user:secret@example.com/")),
        ("url", json!("https://example.com:22/")),
        ("url", json!("ftp://example.com/")),
        ("url", json!("https://10.0.0.1/")),
        ("url", json!("https://0x7f.2/")),
        ("url", json!("https://[::ffff:169.254.169.254]/")),
        ("url", json!(format!("https://example.com/{}", "a".repeat(2_000)))),
        ("headers", json!({"Host": "example.com"})),
        ("headers", json!({"Content-Length": "1"})),
        ("headers", json!({"a b": "1"})),
        ("headers", json!({"X-A": "1\r\nX-B: 2"})),
        ("headers", json!({"X-A": ""})),
        ("headers", json!({"X-A": "1", "x-a": "2"})),
        ("secret_headers", json!({"transfer-encoding": "chunked"})),
        ("secret_headers", json!({"X-A": "1\n2"})),
        ("secret_headers", json!({"X-Plain": "both plain and secret"})),
        ("timeout_ms", json!(99)),
        ("timeout_ms", json!(30_001)),
        ("response", json!([])),
        ("response", json!([{"name": "a b", "pointer": "/a"}])),
        ("response", json!([{"name": "a", "pointer": "a"}])),
        ("speak_while_waiting", json!("")),
        ("speak_while_waiting", json!("é".repeat(201))),
    ]
}

on_both! {
    async fn a_tool_is_made_found_changed_and_taken_away(db: Fresh) {
        let house = open_house(db).await;
        let new = finds_orders("http://127.0.0.1:9443");
        let tool = made(&house, new.clone()).await;
        for (field, value) in new.as_object().unwrap().iter().filter(|(field, _)| *field != "secret_headers") {
            assert_eq!(&tool[field], value, "{field}");
        }
        let plain = made(&house, json!({"name": "plain", "description": "Plain.", "method": "POST", "url": "https://example.com"})).await;
        assert_eq!((&plain["timeout_ms"], &plain["parameters"]), (&json!(5_000), &json!({"type": "object", "properties": {}})));
        assert_eq!(body(house.get(&path(&tool)).await).await, tool);
        assert_eq!(body(house.get("/http-tools").await).await, json!({"items": [plain, tool], "next_cursor": null}));
        let first = body(house.get("/http-tools?limit=1").await).await;
        let next = first["next_cursor"].as_str().unwrap();
        assert_eq!(body(house.get(&format!("/http-tools?limit=1&cursor={next}")).await).await["items"], json!([tool]));

        let change = json!({"description": "Finds any order.", "response": null, "timeout_ms": 100});
        let changed = body(patch(&house, &tool, change).await).await;
        let mut expected = tool.clone();
        for (field, value) in [("description", json!("Finds any order.")), ("response", Value::Null), ("timeout_ms", json!(100)), ("updated_at", changed["updated_at"].clone())] {
            expected[field] = value;
        }
        assert_eq!(changed, expected);

        let gone = house.client().delete(path(&tool)).header("X-API-Key", house.key()).send().await;
        gone.assert_status(StatusCode::NO_CONTENT);
        assert_eq!(problem(house.get(&path(&tool)).await).await.0, 404);
        assert_eq!(body(house.get("/http-tools").await).await["items"], json!([plain]));
    }

    async fn what_no_tool_may_have_is_refused_and_changes_nothing(db: Fresh) {
        let house = open_house(db).await;
        let good = finds_orders("https://example.com");
        let tool = made(&house, good.clone()).await;
        for (field, value) in wrong() {
            let mut new = good.clone();
            new["name"] = json!("another");
            new[field] = value.clone();
            for answer in [house.post_json("/http-tools", new).await, patch(&house, &tool, json!({ field: value })).await] {
                let (status, code, detail) = problem(answer).await;
                assert_eq!((status, code.as_str()), (422, "invalid"), "{field}: {value}");
                assert!(detail.starts_with(field), "{field}: {value}: {detail}");
            }
        }
        assert_eq!(body(house.get("/http-tools").await).await["items"], json!([tool]));
        // Without the operator's leave not even this machine's plain HTTP.
        let (status, _, detail) = problem(house.post_json("/http-tools", json!({"name": "a", "description": "a", "method": "GET", "url": "http://127.0.0.2:9443/"})).await).await;
        assert!(status == 422 && detail.contains("not public"), "{detail}");
    }

    async fn a_name_is_taken_once_in_a_tenant(db: Fresh) {
        let house = open_house(db).await;
        let new = finds_orders("https://example.com");
        made(&house, new.clone()).await;
        let other = made(&house, json!({"name": "other", "description": "a", "method": "GET", "url": "https://example.com"})).await;
        for answer in [house.post_json("/http-tools", new.clone()).await, patch(&house, &other, json!({"name": "find_order"})).await] {
            assert_eq!(problem(answer).await.1, "conflict");
        }
        let (_, key) = house.another_tenant().await;
        let client = house.client();
        authorized(client.post("/http-tools").body_json(&new), &key).send().await.assert_status(StatusCode::CREATED);
    }

    async fn another_tenants_tool_is_not_found(db: Fresh) {
        let house = open_house(db).await;
        let shop = Shop::open().await;
        let tool = made(&house, finds_orders(&shop.url)).await;
        let (theirs, key) = house.another_tenant().await;
        let client = house.client();
        let test = format!("{}/test", path(&tool));
        for request in [
            client.get(path(&tool)),
            client.delete(path(&tool)),
            client.patch(path(&tool)).body_json(&json!({"timeout_ms": 200})),
            client.post(&test).body_json(&json!({"arguments": {"number": "7"}})),
        ] {
            let (status, code, detail) = problem(authorized(request, &key).send().await).await;
            assert_eq!((status, code.as_str(), detail.as_str()), (404, "not_found", "tool not found"));
        }
        assert_eq!(body(house.get(&path(&tool)).await).await, tool);
        assert_eq!(shop.asked().len(), 0);
        // Nor by an agent, and not even a row that named it would make theirs call it.
        let named = json!({"name": "Ann", "tools": [tool["id"]]});
        let (status, code, detail) = problem(authorized(client.post("/agents").body_json(&named), &key).send().await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
        assert!(detail.starts_with("tools"), "{detail}");
        let ids = [tool["id"].as_str().unwrap().parse().unwrap()];
        let offered = |tenant| domain::tools::of_conversation(house.state.means(), tenant, ConversationId::new(), &ids);
        assert_eq!(offered(house.tenant).await.unwrap().specs().count(), 1);
        assert_eq!(offered(theirs).await.unwrap().specs().count(), 0);
    }

    async fn a_tool_in_use_stays(db: Fresh) {
        let house = open_house(db).await;
        let tool = made(&house, finds_orders("https://example.com")).await;
        let agent = house.post_json("/agents", json!({"name": "Zoe", "tools": [tool["id"]]})).await;
        agent.assert_status(StatusCode::CREATED);
        let agent: Value = agent.0.into_body().into_json().await.unwrap();
        let agent = format!("/agents/{}", agent["id"].as_str().unwrap());
        let delete = || async { house.client().delete(path(&tool)).header("X-API-Key", house.key()).send().await };
        let in_use = async |why: &str| {
            let (status, code, detail) = problem(delete().await).await;
            assert_eq!((status, code.as_str()), (409, "tool_in_use"));
            assert!(detail.contains(why), "{detail}");
        };
        let change = async |tools: Value| {
            let change = json!({ "tools": tools });
            house.client().patch(agent.clone()).header("X-API-Key", house.key()).body_json(&change).send().await.assert_status_is_ok();
        };
        in_use("agents 1, conversations under way 0").await;
        let session = house.session().await;
        // Published still, though the draft has left it.
        change(json!([])).await;
        in_use("agents 1, conversations under way 1").await;
        house.post(&format!("{agent}/publish")).await.assert_status_is_ok();
        // The session keeps the version that it began with.
        in_use("agents 0, conversations under way 1").await;
        let row = domain::conversations::by_session(&house.state.database, house.tenant, &session).await.unwrap();
        domain::conversations::end(&house.state.database, house.tenant, row.id, &voice::event::EndReason::CallerHungUp).await.unwrap();
        // In a draft alone.
        change(json!([tool["id"]])).await;
        in_use("agents 1, conversations under way 0").await;
        change(json!([])).await;
        delete().await.assert_status(StatusCode::NO_CONTENT);
        // An older version that names it cannot be gone back to, and no draft can name it.
        let (status, code, detail) = problem(house.post_json(&format!("{agent}/rollback"), json!({"version": 1})).await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
        assert!(detail.starts_with("tools"), "{detail}");
        let client = house.client();
        let draft = client.patch(agent).header("X-API-Key", house.key()).body_json(&json!({"tools": [tool["id"]]}));
        assert_eq!(problem(draft.send().await).await.0, 422);
    }

    async fn secrets_are_written_used_and_never_read_back(db: Fresh) {
        let house = open_house(db).await;
        let shop = Shop::open().await;
        let mut new = finds_orders(&shop.url);
        new["url"] = json!(format!("{}/echo", shop.url));
        new["response"] = Value::Null;
        let tool = made(&house, new).await;
        let shown = json!([{"name": "Authorization", "last_four": "1234"}, {"name": "X-Pin", "last_four": null}]);
        assert_eq!(tool["secret_headers"], shown);
        let test = trial(&house, &tool, json!({"number": "7"})).await;
        let asked = shop.asked().pop().unwrap();
        assert_eq!((asked.header("authorization"), asked.header("x-pin")), (Some(SECRET), Some("1234")));
        assert!(test["seen_by_model"].as_str().unwrap().contains("[secret]"), "{test}");
        for said in [&tool, &test, &body(house.get("/http-tools").await).await] {
            assert!(!said.to_string().contains("very-secret"), "{said}");
        }

        // One is changed, one taken away, the third is new; those not named stay.
        let change = json!({"secret_headers": {"x-pin": null, "X-New": "a-new-secret"}});
        let changed = body(patch(&house, &tool, change).await).await;
        assert_eq!(changed["secret_headers"], json!([{"name": "Authorization", "last_four": "1234"}, {"name": "X-New", "last_four": "cret"}]));
        trial(&house, &tool, json!({"number": "7"})).await;
        let asked = shop.asked().pop().unwrap();
        assert_eq!((asked.header("authorization"), asked.header("x-pin"), asked.header("x-new")), (Some(SECRET), None, Some("a-new-secret")));

        // A change of something else leaves them as they are; null takes all away.
        patch(&house, &tool, json!({"timeout_ms": 2_000})).await.assert_status_is_ok();
        trial(&house, &tool, json!({"number": "7"})).await;
        assert_eq!(shop.asked().pop().unwrap().header("authorization"), Some(SECRET));
        patch(&house, &tool, json!({"secret_headers": null})).await.assert_status_is_ok();
        trial(&house, &tool, json!({"number": "7"})).await;
        assert_eq!(shop.asked().pop().unwrap().header("authorization"), None);
    }

    async fn a_secret_stays_with_its_host_and_goes_to_no_other(db: Fresh) {
        let house = open_house(db).await;
        let (shop, other) = (Shop::open().await, Shop::open().await);
        let tool = made(&house, finds_orders(&shop.url)).await;
        let elsewhere = format!("{}/echo", other.url);
        for secrets in [json!({}), json!({"secret_headers": {"Authorization": "another-secret"}}), json!({"secret_headers": {}})] {
            let mut change = secrets;
            change["url"] = json!(elsewhere);
            let (status, code, detail) = problem(patch(&house, &tool, change.clone()).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{change}");
            assert!(detail.starts_with("secret_headers"), "{detail}");
        }
        // Elsewhere on the same host they may go, and with all of them given again anywhere.
        patch(&house, &tool, json!({"url": format!("{}/echo", shop.url)})).await.assert_status_is_ok();
        let all = json!({"url": elsewhere, "secret_headers": {"authorization": "another-secret", "x-pin": null}});
        patch(&house, &tool, all).await.assert_status_is_ok();
        trial(&house, &tool, json!({"number": "7"})).await;
        let asked = other.asked().pop().unwrap();
        assert_eq!((asked.header("authorization"), asked.header("x-pin")), (Some("another-secret"), None));
    }

    async fn arguments_go_where_the_method_wants_them(db: Fresh) {
        let house = open_house(db).await;
        let shop = Shop::open().await;
        let tool = made(&house, finds_orders(&shop.url)).await;
        let found = trial(&house, &tool, json!({"number": "7/../8 ?", "lines": true, "tags": ["a b", 1]})).await;
        let asked = shop.asked().pop().unwrap();
        assert_eq!(asked.line, "GET /orders/7%2F..%2F8%20%3F?shop=1&lines=true&tags=a+b&tags=1");
        assert_eq!((asked.header("x-plain"), asked.body.as_str()), (Some("plain"), ""));
        assert_eq!((&found["is_ok"], &found["status"], &found["problem"]), (&json!(true), &json!(200), &Value::Null));
        assert_eq!(found["seen_by_model"], r#"{"status":"on its way"}"#);

        patch(&house, &tool, json!({"method": "PUT"})).await.assert_status_is_ok();
        trial(&house, &tool, json!({"number": "7", "lines": true})).await;
        let asked = shop.asked().pop().unwrap();
        assert_eq!((asked.line.as_str(), asked.body.as_str()), ("PUT /orders/7?shop=1", r#"{"lines":true}"#));
        assert_eq!(asked.header("content-type"), Some("application/json"));
    }

    async fn a_test_says_what_is_wrong(db: Fresh) {
        let house = open_house(db).await;
        let shop = Shop::open().await;
        let mut new = finds_orders(&shop.url);
        new["timeout_ms"] = json!(300);
        let tool = made(&house, new).await;
        let code = |tried: &Value| tried["problem"]["code"].as_str().unwrap_or_default().to_owned();
        for arguments in [json!({}), json!({"number": 7}), json!({"number": "7", "colour": "red"}), json!([]), json!({"number": ".."})] {
            let tried = trial(&house, &tool, arguments.clone()).await;
            assert_eq!((code(&tried).as_str(), &tried["status"]), ("arguments", &Value::Null), "{arguments}: {tried}");
        }
        assert_eq!(shop.asked().len(), 0, "what does not fit is not sent");
        let refused = trial(&house, &tool, json!({"number": "404"})).await;
        assert_eq!((code(&refused).as_str(), &refused["status"]), ("status", &json!(404)));
        assert!(refused["seen_by_model"].as_str().unwrap().contains("no such order"));
        shop.release();
        assert_eq!(trial(&house, &tool, json!({"number": "held"})).await["is_ok"], true);
        assert_eq!(code(&trial(&house, &tool, json!({"number": "held"})).await), "timeout");
        // A name that leads inside: it is known when it is resolved.
        let inside = shop.url.replace("127.0.0.1", "localhost").replace("http:", "https:");
        let change = json!({"url": format!("{inside}/{{number}}"), "secret_headers": null});
        patch(&house, &tool, change).await.assert_status_is_ok();
        let blocked = trial(&house, &tool, json!({"number": "7"})).await;
        assert!(["blocked_address", "tls"].contains(&code(&blocked).as_str()), "{blocked}");
        assert!(!blocked.to_string().contains("127.0.0.1"), "{blocked}");
    }

    async fn without_the_operators_leave_a_tool_reaches_nothing_private(db: Fresh) {
        let house = House::new(db).await;
        let shop = Shop::open().await;
        let inside = shop.url.replace("http://127.0.0.1", "https://localhost");
        let tool = made(&house, finds_orders(&inside)).await;
        let tried = trial(&house, &tool, json!({"number": "7"})).await;
        assert_eq!(tried["problem"]["code"], "blocked_address", "{tried}");
        for url in [shop.url.clone(), shop.url.replace("http:", "https:")] {
            assert_eq!(problem(house.post_json("/http-tools", finds_orders(&url)).await).await.0, 422, "{url}");
        }
        assert_eq!(shop.asked().len(), 0);
    }
}

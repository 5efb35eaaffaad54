//! Tenants' tools, called by the model in the middle of a turn: on the telephone, on a socket and over HTTP.

use std::time::Duration;

use domain::{
    conversations::{self, Wanted},
    entity::{
        conversation::Channel,
        id::{ConversationId, ToolId, TurnId},
    },
    testing::{Fresh, on_both},
    tools::MOST_CALLS,
    usage::Served,
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use simulator::{
    openai::{Builder, ChatRequest, Endpoint, Fake, Fault, Reply, When},
    twilio::Script,
};
use tokio_util::task::TaskTracker;
use voice::{
    event::{Prompt, Turn, TurnTimes, Usage},
    provider::ToolCall,
    tool::{Outcome, ToolUse},
};

use crate::{
    house::{House, clip},
    shop::Shop,
};

const SECRET: &str = "Bearer the-shops-own-secret";
const FILLER: &str = "Let me look that up.";

/// A model that asks for the order and then says what it was told of it.
fn looks_up(order: &'static str) -> Builder {
    Fake::builder().reply_with(move |chat| match told(chat) {
        Some(result) => match serde_json::from_str::<Value>(&result) {
            Ok(found) if found["status"].is_string() => {
                Reply::say(format!("Your order is {}.", found["status"].as_str().unwrap()))
            }
            _ => Reply::say("I cannot find it."),
        },
        None => Reply::default().tool("find_order", json!({ "number": order })),
    })
}

/// What came of the tool that was asked for last, if nothing was said since.
fn told(chat: &ChatRequest) -> Option<String> {
    let last = chat.body["messages"].as_array().unwrap().last().unwrap();
    (last["role"] == "tool").then(|| last["content"].as_str().unwrap().to_owned())
}

/// A house whose agent has a tool that asks the shop.
async fn house(database: Fresh, shop: &Shop, openai: Builder) -> (House, ToolId) {
    let house = House::with(database, &["--allow-private-networks", "127.0.0.1/32"], openai).await;
    let tool = json!({
        "name": "find_order",
        "description": "Finds an order.",
        "parameters": {"type": "object", "properties": {"number": {"type": "string"}}, "required": ["number"]},
        "method": "GET",
        "url": format!("{}/orders/{{number}}", shop.url),
        "secret_headers": {"Authorization": SECRET},
        "timeout_ms": 30_000,
        "response": [{"name": "status", "pointer": "/order/status"}],
        "speak_while_waiting": FILLER,
    });
    let (status, made) = send(&house, "POST", "/http-tools", tool).await;
    assert_eq!(status, 201, "{made}");
    let id: ToolId = made["id"].as_str().unwrap().parse().unwrap();
    house.publish(|settings| settings.tools = vec![id]).await;
    (house, id)
}

async fn send(house: &House, method: &str, path: &str, body: Value) -> (u16, Value) {
    let request = reqwest::Client::new()
        .request(method.parse().unwrap(), format!("{}{path}", house.base))
        .header("X-API-Key", house.key.expose_secret())
        .json(&body);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

/// A session over HTTP: its name, and its conversation.
async fn session(house: &House) -> (String, ConversationId) {
    let (_, begun) = house.http("POST", "/conversation/start").await;
    let text = |field: &str| begun[field].as_str().unwrap().to_owned();
    (text("session_id"), text("conversation_id").parse().unwrap())
}

async fn say(house: &House, session: &str, words: &str) -> (u16, Value) {
    send(house, "POST", "/conversation/process", json!({"session_id": session, "user_input": words})).await
}

/// The turns as the API shows them.
async fn shown(house: &House, conversation: ConversationId) -> Vec<Value> {
    let (_, turns) = house.http("GET", &format!("/conversations/{conversation}/turns")).await;
    turns["items"].as_array().unwrap().clone()
}

/// Waits until the first call of this turn has come to this, and gives the turn.
async fn until_called(house: &House, conversation: ConversationId, turn: usize, outcome: &str) -> Value {
    for _ in 0..500 {
        let turns = shown(house, conversation).await;
        if let Some(turn) = turns.get(turn).filter(|turn| turn["tool_calls"][0]["outcome"] == outcome) {
            return turn.clone();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("not within 5 s: {outcome} in {:#?}", shown(house, conversation).await);
}

/// The last request to the model, as text.
fn last_asked(house: &House) -> String {
    house.openai.requests_of(Endpoint::Chat).pop().unwrap().body["messages"].to_string()
}

on_both! {
    async fn a_tool_is_called_on_the_telephone_on_a_socket_and_over_http(database: Fresh) {
        let shop = Shop::open().await;
        let (house, tool) = house(database, &shop, looks_up("7")).await;
        let asked = |count: usize, secret: &str| {
            let asked = shop.asked();
            assert_eq!(asked.len(), count, "{asked:#?}");
            let last = asked.last().unwrap();
            assert_eq!((last.line.as_str(), last.header("authorization")), ("GET /orders/7", Some(secret)));
        };
        let recorded = |turn: &Value| {
            let call = &turn["tool_calls"][0];
            assert!(call["latency_ms"].is_u64(), "{turn}");
            let expected = json!({
                "id": call["id"], "name": "find_order", "arguments": r#"{"number":"7"}"#, "round": 0, "outcome": "done",
                "latency_ms": call["latency_ms"], "result": r#"{"status":"on its way"}"#,
            });
            assert_eq!(turn["tool_calls"], json!([expected]));
            assert_eq!(turn["heard_text"], "Your order is on its way.");
        };

        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).wait_for_agent();
        let report = house.caller().script(script).place().await;
        asked(1, SECRET);
        house.until("the call has left", || house.state.live.count() == 0).await;
        recorded(&shown(&house, house.conversation(&report.call_sid).await.id).await[1]);
        let spoken = house.openai.requests_of(Endpoint::Speech);
        assert!(spoken.iter().any(|asked| asked.text == "Your order is on its way."), "{spoken:#?}");

        let mut voice = house.voice("mine").await;
        let conversation = voice.next_of("session").await["conversation_id"].as_str().unwrap().parse().unwrap();
        voice.send(json!({"type": "text_input", "text": "Where is my order?"})).await;
        assert_eq!(voice.next_of("conversation_response").await["text"], "Your order is on its way.");
        asked(2, SECRET);
        recorded(&until_called(&house, conversation, 0, "done").await);
        // What is changed of a tool holds from the next call on, whatever runs.
        let change = json!({"secret_headers": {"Authorization": "Bearer another"}});
        assert_eq!(send(&house, "PATCH", &format!("/http-tools/{tool}"), change).await.0, 200);
        voice.send(json!({"type": "text_input", "text": "And now?"})).await;
        voice.next_of("conversation_response").await;
        asked(3, "Bearer another");

        let (name, conversation) = session(&house).await;
        let (status, reply) = say(&house, &name, "Where is my order?").await;
        assert_eq!((status, &reply["agent_response"]), (200, &json!("Your order is on its way.")));
        asked(4, "Bearer another");
        recorded(&shown(&house, conversation).await[0]);
        // A later exchange knows what came of it.
        say(&house, &name, "Thank you.").await;
        assert!(last_asked(&house).matches("on its way").count() > 1, "{}", last_asked(&house));
        house.stop().await;
    }

    async fn a_caller_hears_something_while_a_tool_works(database: Fresh) {
        let shop = Shop::open().await;
        let (house, _) = house(database, &shop, looks_up("held")).await;
        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).wait_for_agent();
        let call = TaskTracker::new().spawn(house.caller().script(script.settle(4_000)).place());
        let is_spoken = || house.openai.requests_of(Endpoint::Speech).iter().any(|asked| asked.text == FILLER);
        for _ in 0..3_000 {
            if is_spoken() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(is_spoken() && shop.asked().len() == 1, "{:#?}", house.openai.requests_of(Endpoint::Speech));
        shop.release();
        let report = call.await.unwrap();
        house.until("the call has left", || house.state.live.count() == 0).await;
        let turns = house.turns(&report.call_sid).await;
        assert_eq!(turns[1].heard_text, format!("{FILLER} Your order is on its way."), "{turns:#?}");
        house.stop().await;
    }

    async fn a_caller_who_breaks_in_calls_the_tool_off(database: Fresh) {
        let shop = Shop::open().await;
        let openai = Fake::builder()
            .transcripts(["where is it", "never mind stop it please", "never mind stop it please"])
            .reply_with(|chat| match chat.last_user() {
                "where is it" => Reply::default().tool("find_order", json!({"number": "held"})),
                _ => Reply::say("Very well."),
            });
        let (house, _) = house(database, &shop, openai).await;
        let script = Script::new()
            .wait_for_agent()
            .say(&clip("02_no_thank_you"))
            .wait_for_agent()
            .say(&clip("16_go_somewhere_real"))
            .wait_for_agent();
        let report = house.caller().script(script).place().await;
        house.until("the call has left", || house.state.live.count() == 0).await;
        let turns = shown(&house, house.conversation(&report.call_sid).await.id).await;
        assert_eq!(turns[1]["tool_calls"][0]["outcome"], "abandoned", "{turns:#?}");
        assert_eq!((&turns[1]["interrupted"], &turns[1]["tool_calls"][0]["result"]), (&json!(true), &Value::Null));
        assert_eq!(turns[2]["heard_text"], "Very well.");
        assert_eq!(shop.asked().len(), 1);
        assert!(last_asked(&house).contains("whether it was done is not known"), "{}", last_asked(&house));
        house.stop().await;
    }

    async fn a_tool_that_fails_is_told_to_the_model(database: Fresh) {
        let shop = Shop::open().await;
        let (house, tool) = house(database, &shop, looks_up("404")).await;
        let (name, conversation) = session(&house).await;
        let (status, reply) = say(&house, &name, "Where is my order?").await;
        assert_eq!((status, &reply["agent_response"]), (200, &json!("I cannot find it.")));
        assert!(last_asked(&house).contains("no such order"), "{}", last_asked(&house));
        let late = json!({"url": format!("{}/{{number}}/held", shop.url), "timeout_ms": 100});
        send(&house, "PATCH", &format!("/http-tools/{tool}"), late).await;
        say(&house, &name, "And now?").await;
        let outcomes: Vec<_> = shown(&house, conversation).await.iter().map(|turn| turn["tool_calls"][0]["outcome"].clone()).collect();
        assert_eq!(outcomes, ["failed", "timed_out"]);
        house.stop().await;
    }

    async fn what_a_tool_did_is_kept_though_the_model_fails_after_it(database: Fresh) {
        let shop = Shop::open().await;
        let openai = looks_up("held").fault(Endpoint::Chat, When::Nth(2), Fault::Status(400));
        let (house, _) = house(database, &shop, openai).await;
        let (name, conversation) = session(&house).await;
        let (status, kept) = tokio::join!(say(&house, &name, "Book it."), async {
            // While it works there is a record already, should the client or the process go.
            let running = until_called(&house, conversation, 0, "running").await;
            assert_eq!((&running["prompt_text"], &running["ended_at"]), (&json!("Book it."), &Value::Null));
            shop.release();
            until_called(&house, conversation, 0, "done").await
        });
        assert_eq!((status.0, &status.1["code"]), (502, &json!("provider_failed")), "{}", status.1);
        assert_eq!(kept["tool_calls"][0]["result"], r#"{"status":"on its way"}"#);
        let turns = shown(&house, conversation).await;
        assert_eq!(turns.len(), 1, "{turns:#?}");
        assert!(turns[0]["ended_at"].is_string(), "{turns:#?}");
        assert_eq!((&turns[0]["heard_text"], &turns[0]["generated_text"]), (&json!(""), &json!("")));
        assert!(turns[0]["usage"]["prompt_tokens"].as_u64().unwrap() > 0, "the model's first answer was paid for");
        // Said again, the model knows what has been done.
        house.openai.push_replies([Reply::say("It is booked already.")]);
        assert_eq!(say(&house, &name, "Book it.").await.1["agent_response"], "It is booked already.");
        assert!(last_asked(&house).contains("on its way"), "{}", last_asked(&house));
        assert_eq!((shop.asked().len(), shown(&house, conversation).await.len()), (1, 2));
        house.stop().await;
    }

    async fn calls_made_before_are_counted_when_a_conversation_goes_on(database: Fresh) {
        let shop = Shop::open().await;
        let (house, _) = house(database, &shop, looks_up("7")).await;
        let (db, tenant) = (house.db(), house.tenant);
        let wanted = Wanted { session_id: Some("long".to_owned()), ..Wanted::on(Channel::Socket) };
        let conversation = conversations::begin(db, tenant, wanted).await.unwrap().conversation.id;
        let used = |number: u32| ToolUse {
            call: ToolCall { id: format!("call_{number}"), name: "find_order".to_owned(), arguments: "{}".to_owned() },
            round: 0,
            outcome: Some(Outcome::Done),
            latency_ms: Some(1),
            result: Some("found".to_owned()),
        };
        let turn = Turn {
            number: 0,
            prompt: Prompt::Text("All of them.".to_owned()),
            generated_text: String::new(),
            heard_text: String::new(),
            interrupted: false,
            tool_calls: (1..MOST_CALLS).map(used).collect(),
            times: TurnTimes::default(),
            usage: Usage::default(),
        };
        conversations::turn_ended(db, tenant, conversation, TurnId::new(), &turn, &Served::default()).await.unwrap();
        let mut voice = house.voice("long").await;
        for expected in ["Your order is on its way.", "I cannot find it."] {
            voice.send(json!({"type": "text_input", "text": "Where is my order?"})).await;
            assert_eq!(voice.next_of("conversation_response").await["text"], expected);
        }
        assert!(last_asked(&house).contains("no more calls are possible"), "{}", last_asked(&house));
        assert_eq!(shop.asked().len(), 1);
        // Nor is there another over HTTP.
        assert_eq!(say(&house, "long", "Where is it?").await.1["agent_response"], "I cannot find it.");
        assert_eq!(shop.asked().len(), 1);
        house.stop().await;
    }
}

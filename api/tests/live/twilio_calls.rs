//! Whole calls: a simulated Twilio on one side, a simulated OpenAI on the other.

use std::time::Duration;

use domain::{
    calls::Status,
    entity::{conversation, turn::PromptKind},
    page::Paging,
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;
use serde_json::json;
use simulator::{
    openai::{Endpoint, Fake, Reply},
    twilio::{CallReport, EndReason, Event, Misbehaviour, Script, StreamEnd, twiml::Verb},
};
use tokio_util::task::TaskTracker;

use crate::{
    house::{CALLER, House, clip},
    log,
};

const LONG: &str = "Let me tell you everything about our opening hours, which are many and varied. On Monday we open \
    at nine and close at five. On Tuesday we open at ten and close at six. On Wednesday we do not open at all.";

fn assert_clean(report: &CallReport) {
    assert!(report.faults().is_empty(), "{:?} in {:#?}", report.faults(), report.events);
    for stream in &report.streams {
        assert_eq!(stream.ragged, 0, "not whole frames");
    }
}

on_both! {
    async fn a_caller_is_greeted_answered_and_remembered(database: Fresh) {
        let openai = Fake::builder().transcripts(["no thank you", "goodbye then"]);
        let house = House::with(database, &[], openai).await;
        let words = clip("02_no_thank_you");
        let script = Script::new().wait_for_agent().say(&words).wait_for_agent().say(&words).wait_for_agent();
        let report = house.caller().script(script).status_events(["ringing", "answered", "completed"]).place().await;
        assert_clean(&report);
        assert_eq!(report.end, EndReason::CallerHungUp);
        assert_eq!(report.reply_latencies().len(), 2, "{:#?}", report.events);
        let greeting = report.streams[0].greeting.expect("the agent greets");
        assert!(greeting < Duration::from_millis(1_500), "{greeting:?}");

        house.until("the call has left", || house.state.live.count() == 0).await;
        let turns = house.turns(&report.call_sid).await;
        let told: Vec<_> = turns.iter().map(|turn| (turn.prompt_kind, turn.prompt_text.as_deref())).collect();
        assert_eq!(told, [
            (PromptKind::Greeting, None),
            (PromptKind::Speech, Some("no thank you")),
            (PromptKind::Speech, Some("goodbye then")),
        ]);
        assert_eq!(turns[0].heard_text, "Hello, this is Ada.");
        assert_eq!(turns[1].heard_text, "You said: no thank you");
        assert!(turns[1].times["first_mark_echoed_ms"].is_u64(), "{}", turns[1].times);
        let call = house.call(&report.call_sid).await;
        assert_eq!((call.status, call.streams, call.from_number.as_str()), (Status::Completed, 1, CALLER));
        let conversation = house.conversation(&report.call_sid).await;
        assert_eq!(conversation.end_reason.unwrap()["kind"], "caller_hung_up");
        assert!(log::lines(&[&report.call_sid, "a call comes in"]) > 0, "nothing is logged");
        for secret in [CALLER, "no thank you", house.account.auth_token(), house.key.expose_secret()] {
            assert_eq!(log::lines(&[secret]), 0, "in the log: {secret}");
        }
        house.stop().await;
    }

    async fn a_caller_who_breaks_in_is_listened_to(database: Fresh) {
        let openai = Fake::builder().transcripts(["tell me", "stop it please", "stop it please"]).replies([Reply::say(LONG)]);
        let house = House::with(database, &[], openai).await;
        let (short, long) = (clip("02_no_thank_you"), clip("16_go_somewhere_real"));
        let script = Script::new().wait_for_agent().say(&short).interrupt_after(1_500, &long).wait_for_agent();
        let report = house.caller().script(script).place().await;
        assert_clean(&report);
        let cleared = report.events.iter().any(|at| matches!(at.event, Event::Cleared { dropped_ms } if dropped_ms > 0));
        assert!(cleared, "{:#?}", report.events);
        house.until("the call has left", || house.state.live.count() == 0).await;
        let turns = house.turns(&report.call_sid).await;
        assert!(turns[1].interrupted, "{turns:#?}");
        assert!(turns[1].heard_text.len() < LONG.len() / 2, "heard: {}", turns[1].heard_text);
        assert!(LONG.starts_with(&turns[1].heard_text));
        house.stop().await;
    }

    async fn an_agent_says_goodbye_to_the_end_and_hangs_up(database: Fresh) {
        let openai = Fake::builder().replies([Reply::say("Goodbye, and thank you for calling.").tool("end_call", json!({}))]);
        let house = House::with(database, &[], openai).await;
        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).stay(20_000);
        let report = house.caller().script(script).place().await;
        assert_clean(&report);
        assert_eq!(report.end, EndReason::HungUp, "{:#?}", report.events);
        assert_eq!(report.streams[0].end, StreamEnd::ServerClosed);
        assert_eq!(report.verbs.last(), Some(&Verb::Hangup));
        let turns = house.turns(&report.call_sid).await;
        assert_eq!(turns[1].heard_text, "Goodbye, and thank you for calling.");
        assert_eq!(house.conversation(&report.call_sid).await.end_reason.unwrap()["kind"], "agent_hung_up");
        house.stop().await;
    }

    async fn an_agent_transfers_the_call(database: Fresh) {
        let openai = Fake::builder().replies([Reply::say("One moment please.").tool("transfer_call", json!({}))]);
        let house = House::with(database, &[], openai).await;
        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).stay(20_000);
        let report = house.caller().script(script).place().await;
        assert_clean(&report);
        assert_eq!(report.dialled, ["+15550123"], "{:#?}", report.events);
        assert_eq!(report.end, EndReason::HungUp);
        assert_eq!(house.conversation(&report.call_sid).await.end_reason.unwrap()["kind"], "transferred");
        assert_eq!(log::lines(&["+15550123"]), 0, "a phone number is in the log");
        house.stop().await;
    }

    async fn a_dropped_socket_does_not_end_the_call(database: Fresh) {
        let openai = Fake::builder().transcripts(["my name is Grace", "what is my name"]);
        let house = House::with(database, &[], openai).await;
        let words = clip("02_no_thank_you");
        let script = Script::new()
            .wait_for_agent()
            .say(&words)
            .wait_for_agent()
            .drop_socket()
            .wait_for_agent()
            .say(&words)
            .wait_for_agent();
        let report = house.caller().script(script).place().await;
        assert_clean(&report);
        assert_eq!(report.streams.len(), 2, "{:#?}", report.events);
        let last = house.openai.requests_of(Endpoint::Chat).pop().unwrap();
        let told = last.body.to_string();
        assert!(told.contains("my name is Grace") && told.contains("what is my name"), "{told}");
        house.until("the call has left", || house.state.live.count() == 0).await;
        let turns = house.turns(&report.call_sid).await;
        let numbers: Vec<_> = turns.iter().map(|turn| turn.number).collect();
        assert_eq!(numbers, [0, 1, 2, 3], "{turns:#?}");
        let call = house.call(&report.call_sid).await;
        assert_eq!((call.streams, call.status), (2, Status::Completed));
        house.stop().await;
    }

    async fn a_lost_answer_and_callbacks_out_of_order_change_nothing(database: Fresh) {
        let house = House::new(database).await;
        let caller = house.caller().repeat_incoming().status_out_of_order();
        let report = caller
            .status_events(["initiated", "ringing", "answered", "completed"])
            .script(Script::new().wait_for_agent())
            .place()
            .await;
        assert_clean(&report);
        let calls = domain::calls::list(house.db(), house.tenant, &Default::default(), Paging::first(10)).await.unwrap().items;
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0].status, Status::Completed);
        house.stop().await;
    }

    async fn nonsense_on_the_stream_is_dropped_and_the_call_goes_on(database: Fresh) {
        let house = House::new(database).await;
        let mut script = Script::new().wait_for_agent();
        for misbehaviour in [
            Misbehaviour::MalformedJson,
            Misbehaviour::UnknownEvent,
            Misbehaviour::BadBase64,
            Misbehaviour::Payload { bytes: 0 },
            Misbehaviour::Payload { bytes: 161 },
            Misbehaviour::Payload { bytes: 20_000 },
            Misbehaviour::Timestamp("99999999999999999999".to_owned()),
            Misbehaviour::Timestamp("-5".to_owned()),
            Misbehaviour::Timestamp("soon".to_owned()),
            Misbehaviour::OutOfOrder,
            Misbehaviour::StartAgain,
            Misbehaviour::Binary,
        ] {
            script = script.misbehave(misbehaviour).wait(40);
        }
        let script = script.say(&clip("02_no_thank_you")).wait_for_agent();
        let report = house.caller().script(script).place().await;
        assert_clean(&report);
        assert_eq!(report.reply_latencies().len(), 1, "{:#?}", report.events);
        house.stop().await;
    }

    async fn a_forged_call_is_not_answered(database: Fresh) {
        let house = House::new(database).await;
        let report = house.caller().forge_signature("bm90IHNpZ25lZA==").place().await;
        assert!(report.streams.is_empty(), "{:#?}", report.events);
        let report = house.caller().forge_stream_signature("bm90IHNpZ25lZA==").place().await;
        assert!(report.streams.iter().all(|stream| stream.messages == 0), "{:#?}", report.events);
        assert_eq!(house.state.live.of(house.tenant).len(), 0);
        house.stop().await;
    }

    async fn a_tenant_can_end_its_call(database: Fresh) {
        let house = House::new(database).await;
        let caller = house.caller().script(Script::new().wait_for_agent().stay(20_000)).call_sid("CAended");
        let call = TaskTracker::new().spawn(caller.place());
        house.until("the call is there", || house.state.live.of(house.tenant).len() == 1).await;
        let session = house.state.live.of(house.tenant)[0].session_id.clone();
        assert_eq!(house.http("POST", &format!("/ws/disconnect/{session}")).await.0, 204);
        let report = call.await.unwrap();
        assert_eq!(report.end, EndReason::HungUp, "{:#?}", report.events);
        assert_eq!(house.conversation("CAended").await.status, conversation::Status::Ended);
        house.stop().await;
    }

    async fn a_call_is_hung_up_and_no_longer_live(database: Fresh) {
        let house = House::new(database).await;
        let caller = house.caller().script(Script::new().wait_for_agent().stay(20_000)).call_sid("CAhung");
        let call = TaskTracker::new().spawn(caller.place());
        house.until("the call is there", || house.state.live.of(house.tenant).len() == 1).await;
        let (_, live) = house.http("GET", "/calls?state=live").await;
        assert_eq!(live["items"][0]["call_sid"], "CAhung", "{live}");
        let path = format!("/calls/{}/hang-up", live["items"][0]["id"].as_str().unwrap());
        assert_eq!(house.http("POST", &path).await.0, 204);
        let report = call.await.unwrap();
        assert_eq!(report.end, EndReason::HungUp, "{:#?}", report.events);
        assert_eq!(house.conversation("CAhung").await.status, conversation::Status::Ended);
        assert_eq!(house.http("GET", "/calls?state=live").await.1["items"], json!([]));
        assert_eq!(house.http("GET", "/calls?state=over").await.1["items"][0]["call_sid"], "CAhung");
        assert_eq!(house.http("POST", &path).await.0, 204, "over is over");
        house.stop().await;
    }

    async fn a_call_that_another_process_hangs_up_ends_here_within_seconds(database: Fresh) {
        let house = House::new(database).await;
        let caller = house.caller().script(Script::new().wait_for_agent().stay(30_000)).call_sid("CAelsewhere");
        let call = TaskTracker::new().spawn(caller.place());
        house.until("the call is there", || house.state.live.of(house.tenant).len() == 1).await;
        let row = house.call("CAelsewhere").await;
        domain::calls::hang_up(house.db(), house.tenant, row.id).await.unwrap();
        let report = call.await.unwrap();
        assert_eq!(report.end, EndReason::HungUp, "{:#?}", report.events);
        house.stop().await;
    }

    async fn a_call_that_was_transferred_is_not_ours_to_hang_up(database: Fresh) {
        let house = House::new(database).await;
        house.call_webhook("incoming", "CAaway").await;
        let (db, tenant, row) = (house.db(), house.tenant, house.call("CAaway").await);
        let away = domain::calls::NextStep::Transfer("+15550123".to_owned());
        domain::calls::set_next_step(db, tenant, row.id, away).await.unwrap();
        let (status, problem) = house.http("POST", &format!("/calls/{}/hang-up", row.id)).await;
        assert_eq!((status, &problem["code"]), (409, &json!("call_transferred")));
        house.stop().await;
    }
}

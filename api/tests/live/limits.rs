//! What a tenant's limits do to calls and sockets.

use domain::{
    admission,
    entity::{conversation::Status, now},
    testing::{Fresh, on_both},
    usage,
};
use serde_json::json;
use simulator::{openai::Fake, twilio::Script};
use tokio_tungstenite::tungstenite::Error;

use crate::house::{House, clip};

async fn slots(house: &House) -> u64 {
    admission::used(house.db(), house.tenant, now()).await.unwrap().concurrent_calls
}

/// Waits until the tenant has this many.
async fn until_slots(house: &House, wanted: u64) {
    for _ in 0..500 {
        if slots(house).await == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("{} slots after 5 s, not {wanted}", slots(house).await);
}

on_both! {
    async fn one_call_too_many_hears_that_all_lines_are_busy(database: Fresh) {
        let house = House::with(database, &["--limit-concurrent-calls", "1"], Fake::builder()).await;
        house.publish(|settings| settings.transfer_to = None).await;

        let (_, taken) = house.call_webhook("incoming", "CA1").await;
        assert!(taken.contains("<Connect><Stream"), "{taken}");
        for _ in 0..2 {
            let (status, busy) = house.call_webhook("incoming", "CA2").await;
            assert_eq!(status, 200);
            assert!(busy.contains("<Say>We are sorry. All our lines are busy") && busy.contains("<Hangup/>"), "{busy}");
        }
        let refused = house.conversation("CA2").await;
        assert_eq!(refused.end_reason.unwrap(), json!({"kind": "refused", "limit": "concurrent_calls"}));
        assert_eq!(house.state.live.count(), 1, "a place is kept for a call that is not taken");
        let (_, again) = house.call_webhook("incoming", "CA1").await;
        assert!(again.contains("<Connect><Stream"), "the same call twice takes one slot: {again}");
        let (_, resumed) = house.call_webhook("continue", "CA1").await;
        assert!(resumed.contains("<Connect><Stream"), "a call that goes on needs no new slot: {resumed}");

        let account = house.account.sid().to_owned();
        let over = [("CallSid", "CA1"), ("AccountSid", &account), ("To", crate::house::NUMBER), ("CallStatus", "completed")];
        assert_eq!(house.webhook("status", &over).await.0, 204);
        assert_eq!(slots(&house).await, 0);
        let (_, taken) = house.call_webhook("incoming", "CA3").await;
        assert!(taken.contains("<Connect><Stream"), "{taken}");
        house.stop().await;
    }

    async fn one_call_too_many_is_transferred_where_the_agent_can(database: Fresh) {
        let house = House::with(database, &["--limit-concurrent-calls", "1"], Fake::builder()).await;
        house.call_webhook("incoming", "CA1").await;
        let (_, transferred) = house.call_webhook("incoming", "CA2").await;
        assert!(transferred.contains("<Dial><Number>+15550123</Number></Dial><Hangup/>"), "{transferred}");
        house.stop().await;
    }

    async fn a_real_call_holds_a_slot_and_its_time_is_counted(database: Fresh) {
        let house = House::with(database, &[], Fake::builder().transcripts(["no thank you"])).await;
        let script = Script::new().wait_for_agent().say(&clip("02_no_thank_you")).wait_for_agent();
        let talk = async { house.caller().script(script).status_events(["completed"]).place().await };
        let watch = async { until_slots(&house, 1).await };
        let (report, ()) = tokio::join!(talk, watch);
        until_slots(&house, 0).await;
        let conversation = house.conversation(&report.call_sid).await;
        let used = usage::of_conversation(house.db(), house.tenant, conversation.id).await.unwrap();
        let lasted = (now() - conversation.started_at).num_milliseconds();
        assert!(used.duration_ms > 1_000 && used.duration_ms <= lasted, "{used:?} of {lasted} ms");
        assert!(used.transcribed_ms > 0 && used.spoken_characters > 0 && used.completion_tokens > 0, "{used:?}");
        assert_eq!(used.unpriced, 1, "nobody knows what a simulated provider costs");
        house.stop().await;
    }

    async fn one_socket_too_many_is_refused_and_a_closed_one_makes_room(database: Fresh) {
        let house = House::with(database, &["--limit-concurrent-calls", "1"], Fake::builder()).await;
        let mut first = house.voice("a").await;
        first.next_of("session").await;
        let Err(Error::Http(refused)) = house.voice_as("b", &house.key).await else { panic!("it was let in") };
        let problem: serde_json::Value = serde_json::from_slice(refused.body().as_deref().unwrap()).unwrap();
        assert_eq!((refused.status().as_u16(), problem["code"].as_str()), (429, Some("limit_reached")));
        let kept = domain::conversations::by_session(house.db(), house.tenant, "b").await;
        assert!(matches!(kept, Err(domain::Error::NotFound { .. })), "nothing is left of it: {kept:?}");
        // The same session from another line needs no second slot.
        let mut moved = house.voice("a").await;
        moved.next_of("session").await;
        moved.send(json!({"type": "text_input", "text": "hello"})).await;
        let turn = moved.next_of("conversation_response").await;
        assert_eq!(turn["text"], "You said: hello");
        assert_eq!(slots(&house).await, 1);
        drop((first, moved));
        until_slots(&house, 0).await;
        let session = domain::conversations::by_session(house.db(), house.tenant, "a").await.unwrap();
        assert_eq!(session.status, Status::Active, "a client that is gone may come back");
        let used = usage::of_conversation(house.db(), house.tenant, session.id).await.unwrap();
        assert!(used.duration_ms > 0 && used.prompt_tokens > 0, "{used:?}");
        let mut next = house.voice("b").await;
        next.next_of("session").await;
        drop(next);
        house.stop().await;
    }
}

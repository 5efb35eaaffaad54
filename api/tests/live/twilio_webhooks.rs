//! Webhooks, one by one.

use domain::{
    calls::{self, NextStep, Status},
    entity::conversation,
    page::Paging,
    testing::{Fresh, on_both},
};
use simulator::openai::Fake;

use crate::{
    house::{CALLER, House, NUMBER, attribute, token},
    log,
};

on_both! {
    async fn a_call_is_begun_once_and_connected_each_time(database: Fresh) {
        let house = House::new(database).await;
        let (status, first) = house.call_webhook("incoming", "CA1").await;
        assert_eq!(status, 200, "{first}");
        assert_eq!(attribute(&first, r#"<Stream url=""#), house.stream_url());
        let next = format!("{}/webhooks/twilio/continue#rc=5&amp;rp=ct,rt,5xx</Redirect></Response>", house.base);
        assert!(first.ends_with(&next), "{first}");
        let (_, second) = house.call_webhook("incoming", "CA1").await;
        assert_ne!(token(&first), token(&second));
        let calls = calls::list(house.db(), house.tenant, &Default::default(), Paging::first(10)).await.unwrap().items;
        assert_eq!(calls.len(), 1);
        assert_eq!((calls[0].from_number.as_str(), calls[0].status), (CALLER, Status::Ringing));
        assert_eq!(house.state.live.count(), 1, "one place is kept");
        house.stop().await;
    }

    async fn what_is_not_signed_with_the_numbers_own_token_is_forbidden(database: Fresh) {
        let house = House::new(database).await;
        house.call_webhook("incoming", "CA1").await;
        let parameters = [
            ("CallSid", "CA1"), ("AccountSid", house.account.sid()), ("From", CALLER), ("To", NUMBER),
            ("CallStatus", "completed"),
        ];
        for path in ["incoming", "continue", "status"] {
            let url = format!("{}/webhooks/twilio/{path}", house.base);
            let owned = parameters.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let sign = |token, parameters: &[_]| simulator::twilio::signature(token, &url, parameters);
            let right = sign(house.account.auth_token(), &owned);
            let of_another_account = sign("another token", &owned);
            let of_less = sign(house.account.auth_token(), &owned[..4]);
            for signature in [None, Some(""), Some("nonsense"), Some(&of_another_account), Some(&of_less)] {
                let (status, body) = house.webhook_signed(path, &parameters, signature).await;
                assert_eq!(status, 403, "{path} {signature:?} {body}");
                assert!(body.contains(r#""code":"bad_signature""#), "{body}");
            }
            let mut changed = parameters;
            changed[2].1 = "+14155550199";
            assert_eq!(house.webhook_signed(path, &changed, Some(&right)).await.0, 403, "{path}, changed");
        }
        assert_eq!(house.call("CA1").await.status, Status::Ringing, "a forged callback changed the call");
        house.stop().await;
    }

    async fn what_twilio_never_sends_is_refused_and_is_no_failure_of_ours(database: Fresh) {
        let house = House::new(database).await;
        house.call_webhook("incoming", "CA1").await;
        let recording = [("CallSid", "CA1"), ("To", NUMBER), ("RecordingSid", "../CA1"), ("RecordingStatus", "completed")];
        let (status, body) = house.webhook("recording", &recording).await;
        assert_eq!((status, body.contains(r#""code":"invalid""#)), (422, true), "{body}");
        let (status, body) = house.webhook_signed("status", &[("CallSid", "CA\0"), ("To", NUMBER)], None).await;
        assert!((400..500).contains(&status), "{status} {body}");
        house.stop().await;
    }

    async fn a_number_that_nobody_has_is_not_in_service(database: Fresh) {
        let house = House::new(database).await;
        let parameters = [("CallSid", "CAunknown"), ("AccountSid", "AC1"), ("From", "+14155550177"), ("To", "+15550177")];
        let (status, twiml) = house.webhook_signed("incoming", &parameters, None).await;
        assert_eq!(status, 200);
        assert!(twiml.contains("not in service") && twiml.contains("<Hangup/>"), "{twiml}");
        assert!(log::lines(&["CAunknown", "nobody has registered"]) > 0);
        assert_eq!(log::lines(&["5550177"]), 0, "a phone number is in the log");
        house.stop().await;
    }

    async fn a_full_house_rejects_a_new_call_and_keeps_the_old(database: Fresh) {
        let house = House::with(database, &["--max-calls", "1"], Fake::builder()).await;
        let (_, first) = house.call_webhook("incoming", "CAfirst").await;
        let (status, second) = house.call_webhook("incoming", "CAfull").await;
        assert_eq!(status, 200);
        assert!(second.contains(r#"<Reject reason="busy"/>"#), "{second}");
        assert!(log::lines(&["CAfull", "the house is full"]) > 0);
        let (_, again) = house.call_webhook("incoming", "CAfirst").await;
        assert!(first.contains("<Stream") && again.contains("<Stream"), "{again}");
        let parameters = [("CallSid", "CAfull"), ("To", NUMBER), ("CallStatus", "busy"), ("SequenceNumber", "0")];
        assert_eq!(house.webhook("status", &parameters).await.0, 204, "Twilio tells the end of rejected calls too");
        house.stop().await;
    }

    async fn status_callbacks_may_come_in_any_order(database: Fresh) {
        let house = House::new(database).await;
        house.call_webhook("incoming", "CA1").await;
        let tell = async |status: &str, number: &str, duration: Option<&str>| {
            let mut parameters =
                vec![("CallSid", "CA1"), ("To", NUMBER), ("CallStatus", status), ("SequenceNumber", number)];
            parameters.extend(duration.map(|seconds| ("CallDuration", seconds)));
            assert_eq!(house.webhook("status", &parameters).await.0, 204);
            house.call("CA1").await
        };
        assert_eq!(tell("in-progress", "2", None).await.status, Status::InProgress);
        assert_eq!(tell("ringing", "1", None).await.status, Status::InProgress);
        let over = tell("completed", "3", Some("42")).await;
        assert_eq!((over.status, over.duration_s), (Status::Completed, Some(42)));
        assert_eq!(tell("in-progress", "4", None).await.status, Status::Completed);
        assert_eq!(tell("sleeping", "5", None).await.status, Status::Completed, "an unknown status is no error");
        assert_eq!(house.conversation("CA1").await.status, conversation::Status::Ended);
        house.stop().await;
    }

    async fn what_comes_next_is_what_the_conversation_left(database: Fresh) {
        let house = House::new(database).await;
        house.call_webhook("incoming", "CA1").await;
        let call = house.call("CA1").await.id;
        let (_, twiml) = house.call_webhook("continue", "CA1").await;
        assert!(twiml.contains("<Stream"), "{twiml}");
        calls::set_next_step(house.db(), house.tenant, call, NextStep::Transfer("+15550123".to_owned())).await.unwrap();
        let (_, twiml) = house.call_webhook("continue", "CA1").await;
        assert!(twiml.contains("<Dial><Number>+15550123</Number></Dial><Hangup/>"), "{twiml}");
        calls::set_next_step(house.db(), house.tenant, call, NextStep::Hangup).await.unwrap();
        let (_, twiml) = house.call_webhook("continue", "CA1").await;
        assert!(twiml.ends_with("<Response><Hangup/></Response>"), "{twiml}");
        let (_, twiml) = house.call_webhook("continue", "CAnever").await;
        assert!(twiml.contains("sorry"), "{twiml}");
        house.stop().await;
    }

    async fn a_call_whose_streams_never_come_is_given_up(database: Fresh) {
        let house = House::new(database).await;
        house.call_webhook("incoming", "CA1").await;
        let mut streams = 0;
        loop {
            let (status, twiml) = house.call_webhook("continue", "CA1").await;
            assert_eq!(status, 200);
            if !twiml.contains("<Stream") {
                assert!(twiml.contains("sorry") && twiml.contains("<Hangup/>"), "{twiml}");
                break;
            }
            streams += 1;
            assert!(streams < 10, "it goes in circles");
        }
        house.stop().await;
    }

    async fn a_stopping_process_takes_no_call_and_still_says_what_comes_next(database: Fresh) {
        let house = House::new(database).await;
        for call in ["CA1", "CA2"] {
            house.call_webhook("incoming", call).await;
        }
        let call = house.call("CA1").await.id;
        calls::set_next_step(house.db(), house.tenant, call, NextStep::Hangup).await.unwrap();
        house.state.draining.cancel();
        let (status, problem) = house.call_webhook("incoming", "CA3").await;
        assert_eq!(status, 503, "{problem}");
        assert!(problem.contains(r#""code":"unavailable""#), "{problem}");
        assert_eq!(house.call_webhook("continue", "CA2").await.0, 503, "another process may take it");
        assert!(house.call_webhook("continue", "CA1").await.1.contains("<Hangup/>"));
        house.stop().await;
    }

    async fn the_fallback_needs_nothing(database: Fresh) {
        let house = House::new(database).await;
        let client = reqwest::Client::new();
        let url = format!("{}/webhooks/twilio/fallback", house.base);
        for request in [client.get(&url), client.post(&url), client.post(&url).body("ErrorCode=11205")] {
            let answer = request.send().await.unwrap();
            assert_eq!(answer.status(), 200);
            assert_eq!(answer.headers()["content-type"], "text/xml");
            assert!(answer.text().await.unwrap().contains("<Say>We are sorry."));
        }
        house.stop().await;
    }

    async fn a_webhook_that_is_none_is_a_problem(database: Fresh) {
        let house = House::new(database).await;
        let long = "C".repeat(65);
        for sid in ["", "CA1 forged\nline", "CA1\u{1b}[31m", &long] {
            for path in ["incoming", "continue"] {
                assert_eq!(house.call_webhook(path, sid).await.0, 422, "{path} {sid:?}");
            }
            let parameters = [("CallSid", sid), ("To", NUMBER), ("CallStatus", "busy")];
            assert_eq!(house.webhook("status", &parameters).await.0, 422, "{sid:?}");
        }
        assert_eq!(log::lines(&["forged"]) + log::lines(&[&long]), 0, "unsigned text is in the log");
        let (status, problem) = house.webhook("incoming", &[("CallSid", "CA1")]).await;
        assert!((400..500).contains(&status), "{status} {problem}");
        assert!(problem.contains(r#""code":"#), "{problem}");
        let json = reqwest::Client::new()
            .post(format!("{}/webhooks/twilio/incoming", house.base))
            .header("content-type", "application/json")
            .body("{}");
        assert_eq!(json.send().await.unwrap().status(), 415);
        house.stop().await;
    }
}

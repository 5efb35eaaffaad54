use base64::{Engine, engine::general_purpose::STANDARD};
use domain::testing::{Fresh, on_both};
use poem::test::TestForm;
use serde_json::json;
use voice::{event::EndReason, provider::Message};

use crate::house::{House, authorized, file, json as body, problem, wav};

async fn used(house: &House, session: &str) -> domain::usage::Amount {
    domain::usage::of_conversation(&house.state.database, house.tenant, session.parse().unwrap()).await.unwrap()
}

on_both! {
    async fn a_session_starts_with_a_customer_and_a_persona(db: Fresh) {
        let house = House::new(db).await;
        for path in ["/conversation/start", "/tools/conversation/start"] {
            let session = body(house.post(&format!("{path}?customer_id=customer123&persona=energetic_host")).await).await;
            assert_eq!(session["persona"], "energetic_host");
            assert_eq!(session["voice"], "nova");
            let id = session["conversation_id"].as_str().unwrap();
            let row = body(house.get(&format!("/conversations/{id}")).await).await;
            assert_eq!(row["session_id"], session["session_id"]);
            assert_eq!((&row["channel"], &row["status"]), (&json!("http"), &json!("active")));
            assert!(row["customer_id"].is_string());
        }
        let customer = domain::customers::by_external_id(&house.state.database, house.tenant, "customer123").await.unwrap();
        assert_eq!(customer.external_id.as_deref(), Some("customer123"));
        let (status, code, _) = problem(house.post("/conversation/start?persona=nobody").await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
    }

    async fn text_is_answered_with_what_was_said_before_in_mind(db: Fresh) {
        let house = House::new(db).await;
        let session = house.session().await;
        for (path, text) in [("/conversation/process", "I am Ann."), ("/tools/conversation/process", "Who am I?")] {
            let request = json!({"session_id": session, "user_input": text});
            let reply = body(house.post_json(path, request).await).await;
            assert_eq!(reply["agent_response"], format!("You said: {text}"));
            assert_eq!(reply["session_id"], session);
            assert_eq!(reply["persona"], "friendly_guide");
        }
        let user = |text: &str| Message::User { text: text.into() };
        let assistant = |text: &str| Message::Assistant { text: text.into(), tool_calls: Vec::new() };
        let messages = house.script.last_messages();
        assert!(matches!(&messages[0], Message::System { text } if text.contains("friendly guide")));
        assert_eq!(messages[1..], [user("I am Ann."), assistant("You said: I am Ann."), user("Who am I?")]);
    }

    async fn a_form_or_a_query_says_the_same_as_json(db: Fresh) {
        let house = House::new(db).await;
        let session = house.session().await;
        let form = TestForm::new().text("session_id", session.clone()).text("user_input", "Form");
        let reply = body(house.post_form("/conversation/process", form).await).await;
        assert_eq!(reply["agent_response"], "You said: Form");
        let path = format!("/conversation/process?session_id={session}&user_input=A+query&persona=calm_concierge");
        let reply = body(house.post(&path).await).await;
        assert_eq!((&reply["agent_response"], &reply["persona"]), (&json!("You said: A query"), &json!("calm_concierge")));
    }

    async fn turns_are_kept_with_their_words_and_usage(db: Fresh) {
        let house = House::new(db).await;
        let session = body(house.post("/conversation/start").await).await;
        let request = json!({"session_id": session["session_id"], "user_input": "Hello\u{0} there"});
        body(house.post_json("/conversation/process", request).await).await;
        let path = format!("/conversations/{}/turns", session["conversation_id"].as_str().unwrap());
        let turns = body(house.get(&path).await).await;
        let turn = &turns["items"][0];
        assert_eq!(turns["items"].as_array().unwrap().len(), 1);
        assert_eq!((&turn["prompt_kind"], &turn["prompt_text"]), (&json!("text"), &json!("Hello there")));
        assert_eq!(turn["heard_text"], "You said: Hello there");
        assert_eq!(turn["generated_text"], turn["heard_text"]);
        assert_eq!((&turn["usage"]["prompt_tokens"], &turn["usage"]["completion_tokens"]), (&json!(21), &json!(4)));
        assert_eq!(turn["interrupted"], false);
        let time = |name: &str| turn[name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        assert!(time("started_at") <= time("ended_at"));
    }

    async fn a_recording_is_answered_in_words_and_sound(db: Fresh) {
        let house = House::new(db).await;
        let session = house.session().await;
        let form = TestForm::new()
            .field(file("audio.wav", wav()))
            .text("session_id", session.clone())
            .text("persona", "calm_concierge");
        let reply = body(house.post_form("/voice-agent/process", form).await).await;
        assert_eq!(reply["user_input"], "I would like to order a pizza.");
        assert_eq!(reply["agent_response"], "You said: I would like to order a pizza.");
        assert_eq!((&reply["persona"], &reply["voice"]), (&json!("calm_concierge"), &json!("sage")));
        let audio = STANDARD.decode(reply["audio_base64"].as_str().unwrap()).unwrap();
        let turns = domain::conversations::turns(&house.state.database, house.tenant, session.parse().unwrap()).await;
        let turn = turns.unwrap().remove(0);
        assert_eq!((turn.usage["transcribed_ms"].as_u64(), turn.usage["spoken_characters"].as_u64()), (Some(500), Some(40)));
        let letters = reply["agent_response"].as_str().unwrap().chars().count();
        assert_eq!(audio.len(), 44 + letters * 480);
        assert_eq!((&audio[..4], reply["audio_format"].as_str()), (&b"RIFF"[..], Some("wav")));
    }

    async fn a_recording_without_words_is_said_to_be_one(db: Fresh) {
        let house = House::new(db).await;
        house.script.words("");
        let session = house.session().await;
        let form = TestForm::new().field(file("audio.wav", wav())).text("session_id", session.clone());
        let (status, code, detail) = problem(house.post_form("/voice-agent/process", form).await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
        assert!(detail.contains("no words"), "{detail}");
        assert_eq!(used(&house, &session).await.transcribed_ms, 500, "it was listened to all the same");
    }

    async fn what_was_heard_is_counted_though_the_model_fails(db: Fresh) {
        let house = House::new(db).await;
        let session = house.session().await;
        house.script.fail_model(voice::provider::ErrorKind::Unavailable);
        let form = TestForm::new().field(file("audio.wav", wav())).text("session_id", session.clone());
        assert_eq!(problem(house.post_form("/voice-agent/process", form).await).await.0, 502);
        let used = used(&house, &session).await;
        assert_eq!((used.transcribed_ms, used.prompt_tokens, used.spoken_characters), (500, 0, 0));
    }

    async fn an_exchange_goes_on_and_is_counted_when_the_client_hangs_up(db: Fresh) {
        let house = House::new(db).await;
        let session = house.session().await;
        house.script.hang();
        let form = TestForm::new().field(file("audio.wav", wav())).text("session_id", session.clone());
        let asked = async {
            while house.script.heard_ms().is_empty() {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            _ = house.post_form("/voice-agent/process", form) => panic!("it was answered"),
            () = asked => {}
        }
        house.script.go_on();
        house.state.background.close();
        house.state.background.wait().await;
        let used = used(&house, &session).await;
        assert_eq!((used.transcribed_ms, used.prompt_tokens, used.spoken_characters), (500, 21, 40));
        let turns = domain::conversations::turns(&house.state.database, house.tenant, session.parse().unwrap()).await;
        assert_eq!(turns.unwrap()[0].heard_text, "You said: I would like to order a pizza.");
    }

    async fn an_exchange_that_failed_has_not_happened_and_can_be_tried_again(db: Fresh) {
        let house = House::new(db).await;
        let session = house.session().await;
        house.script.fail(voice::provider::ErrorKind::Unavailable);
        let say = |text: &str| json!({"session_id": session, "user_input": text});
        assert_eq!(problem(house.post_json("/conversation/process", say("I am Ann.")).await).await.0, 502);
        let row = domain::conversations::by_session(&house.state.database, house.tenant, &session).await.unwrap();
        let turns = || domain::conversations::turns(&house.state.database, house.tenant, row.id);
        assert!(turns().await.unwrap().is_empty());
        house.script.recover();
        body(house.post_json("/conversation/process", say("I am Ann.")).await).await;
        let messages = house.script.last_messages();
        assert_eq!(messages[1..], [Message::User { text: "I am Ann.".into() }]);
        assert_eq!(turns().await.unwrap().len(), 1);
    }

    async fn an_ended_or_unknown_session_takes_nothing_more(db: Fresh) {
        let house = House::new(db).await;
        let (status, code, _) =
            problem(house.post_json("/conversation/process", json!({"session_id": "nope", "user_input": "Hi"})).await).await;
        assert_eq!((status, code.as_str()), (404, "not_found"));
        let session = house.session().await;
        let db = &house.state.database;
        let row = domain::conversations::by_session(db, house.tenant, &session).await.unwrap();
        domain::conversations::end(db, house.tenant, row.id, &EndReason::CallerHungUp).await.unwrap();
        let request = json!({"session_id": session, "user_input": "Hi"});
        let (status, code, _) = problem(house.post_json("/conversation/process", request).await).await;
        assert_eq!((status, code.as_str()), (409, "conflict"));
    }

    async fn two_at_once_in_a_session_are_two_turns(db: Fresh) {
        let house = House::new(db).await;
        let session = house.session().await;
        let say = |text: &'static str| house.post_json("/conversation/process", json!({"session_id": session, "user_input": text}));
        let (one, two, three) = tokio::join!(say("One"), say("Two"), say("Three"));
        for answer in [one, two, three] {
            answer.assert_status_is_ok();
        }
        let row = domain::conversations::by_session(&house.state.database, house.tenant, &session).await.unwrap();
        let turns = domain::conversations::turns(&house.state.database, house.tenant, row.id).await.unwrap();
        let mut said: Vec<_> = turns.iter().map(|turn| turn.prompt_text.clone().unwrap()).collect();
        said.sort();
        assert_eq!(said, ["One", "Three", "Two"]);
    }

    async fn a_key_of_another_tenant_finds_nothing(db: Fresh) {
        let house = House::new(db).await;
        let session = body(house.post("/conversation/start?customer_id=same").await).await;
        let (session_id, id) = (session["session_id"].as_str().unwrap(), session["conversation_id"].as_str().unwrap());
        let (other, key) = house.another_tenant().await;
        let client = house.client();
        for path in [format!("/conversations/{id}"), format!("/conversations/{id}/turns")] {
            let (status, code, _) = problem(authorized(client.get(path), &key).send().await).await;
            assert_eq!((status, code.as_str()), (404, "not_found"));
        }
        let request = authorized(client.post("/conversation/process"), &key);
        let request = request.body_json(&json!({"session_id": session_id, "user_input": "Hi"}));
        assert_eq!(problem(request.send().await).await.0, 404);
        let form = TestForm::new().field(file("audio.wav", wav())).text("session_id", session_id.to_owned());
        let request = authorized(client.post("/voice-agent/process"), &key).multipart(form);
        assert_eq!(problem(request.send().await).await.0, 404);
        // The same name of a customer is another customer.
        let theirs = domain::customers::by_external_id(&house.state.database, other, "same").await.unwrap();
        let ours = domain::customers::by_external_id(&house.state.database, house.tenant, "same").await.unwrap();
        assert_ne!(theirs.id, ours.id);
        // And ours is still as it was.
        assert_eq!(body(house.get(&format!("/conversations/{id}/turns")).await).await["items"], json!([]));
    }
}

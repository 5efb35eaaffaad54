//! Which version of an agent a session has, through sockets and HTTP. Of a call that outlives its process:
//! `twilio_crash`.

use domain::{
    access::By,
    agents,
    entity::agent::AgentSettings,
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use simulator::openai::Endpoint;

use crate::house::{House, Voice};

fn says(words: &str) -> impl FnOnce(&mut AgentSettings) {
    let words = words.to_owned();
    move |settings| settings.instructions = Some(words)
}

/// Says something and gives the system message that the model got for it.
async fn instructions(house: &House, voice: &mut Voice) -> String {
    voice.send(json!({"type": "text_input", "text": "hello"})).await;
    voice.next_of("audio_response").await;
    system(&house.openai.requests_of(Endpoint::Chat).pop().unwrap().body)
}

fn system(request: &Value) -> String {
    assert_eq!(request["messages"][0]["role"], "system", "{request}");
    request["messages"][0]["content"].as_str().unwrap().to_owned()
}

async fn over_http(house: &House, session: &str, words: &str) {
    let said = reqwest::Client::new()
        .post(format!("{}/conversation/process", house.base))
        .header("X-API-Key", house.key.expose_secret())
        .json(&json!({"session_id": session, "user_input": words}));
    assert_eq!(said.send().await.unwrap().status(), 200);
}

on_both! {
    async fn a_socket_session_keeps_the_version_it_began_with(database: Fresh) {
        let house = House::new(database).await;
        house.publish(says("The second version.")).await;
        let mut voice = house.voice("mine").await;
        assert!(instructions(&house, &mut voice).await.contains("The second version."));
        house.publish(says("The third version.")).await;
        assert!(instructions(&house, &mut voice).await.contains("The second version."));
        voice.0.close(None).await.unwrap();
        house.until("the socket is gone", || house.state.live.count() == 0).await;
        let mut again = house.voice("mine").await;
        assert_eq!(again.next_of("session").await["resumed"], true);
        assert!(instructions(&house, &mut again).await.contains("The second version."));
        over_http(&house, "mine", "and over HTTP?").await;
        assert!(system(&house.openai.requests_of(Endpoint::Chat).pop().unwrap().body).contains("The second version."));
        let mut other = house.voice("other").await;
        assert!(instructions(&house, &mut other).await.contains("The third version."));
        house.stop().await;
    }

    async fn a_sockets_variables_and_agent_come_with_its_handshake(database: Fresh) {
        let house = House::new(database).await;
        let greets = |settings: &mut AgentSettings| settings.greeting = Some("Hello {{customer.name|there}}, {{who|friend}}.".to_owned());
        house.publish(greets).await;
        let variables = |json: &str| format!("audio=stream&variables={}", json.replace('"', "%22").replace('{', "%7B").replace('}', "%7D"));
        let mut voice = house.voice(&format!("a?{}", variables(r#"{"who":"Ann"}"#))).await;
        assert_eq!(voice.next_of("saying").await["text"], "Hello there, Ann.");
        let mut plain = house.voice("b?audio=stream").await;
        assert_eq!(plain.next_of("saying").await["text"], "Hello there, friend.");
        for bad in [r#"{"who":7}"#, r#"{"customer.name":"x"}"#, "x"] {
            let refused = house.voice_as(&format!("c?{}", variables(bad)), &house.key).await;
            assert!(format!("{:?}", refused.err().unwrap()).contains("422"), "{bad}");
        }
        let other = agents::NewAgent {
            name: "Bob".to_owned(),
            settings: AgentSettings { greeting: Some("Bob here.".to_owned()), ..AgentSettings::default() },
        };
        let bob = agents::create(house.db(), house.tenant, &By::SYSTEM, other).await.unwrap().id;
        let mut voice = house.voice(&format!("d?audio=stream&agent_id={bob}")).await;
        assert_eq!(voice.next_of("saying").await["text"], "Bob here.");
        house.stop().await;
    }

    async fn an_open_socket_and_http_in_one_session_lose_no_turn(database: Fresh) {
        let house = House::new(database).await;
        let mut voice = house.voice("mine").await;
        voice.next_of("session").await;
        over_http(&house, "mine", "one").await;
        for words in ["two", "four"] {
            voice.send(json!({"type": "text_input", "text": words})).await;
            voice.next_of("audio_response").await;
            // The recorder is a moment behind.
            let (db, tenant) = (house.db(), house.tenant);
            let row = domain::conversations::by_session(db, tenant, "mine").await.unwrap();
            let mut tries = 0;
            while domain::conversations::turns(db, tenant, row.id).await.unwrap().iter().all(|turn| turn.prompt_text.as_deref() != Some(words) || turn.ended_at.is_none()) {
                tries += 1;
                assert!(tries < 500, "{words} is not written");
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
            if words == "two" {
                over_http(&house, "mine", "three").await;
            }
        }
        let row = domain::conversations::by_session(house.db(), house.tenant, "mine").await.unwrap();
        let turns = domain::conversations::turns(house.db(), house.tenant, row.id).await.unwrap();
        let kept: Vec<_> = turns.iter().map(|turn| (turn.number, turn.prompt_text.clone().unwrap(), turn.heard_text.clone())).collect();
        let expected = ["one", "two", "three", "four"].iter().zip(1..).map(|(words, number)| (number, (*words).to_owned(), format!("You said: {words}")));
        assert_eq!(kept, expected.collect::<Vec<_>>());
        house.stop().await;
    }
}

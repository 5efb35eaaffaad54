//! Voice sockets as the seed's clients use them: a message in, a reply and its audio out.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::testing::{Fresh, on_both};
use futures_util::StreamExt;
use secrecy::ExposeSecret;
use serde_json::json;
use simulator::openai::{Endpoint, Fake, Fault, Reply, When};
use tokio_tungstenite::{
    connect_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};
use voice::audio::{decode_file, wav};

use crate::house::{House, Voice, close_code};

/// Half a second of a tone, as a client would send it.
fn recording() -> String {
    let pcm: Vec<i16> = (0..8_000).map(|at| ((at as f32 * 0.2).sin() * 8_000.0) as i16).collect();
    STANDARD.encode(wav::encode(16_000, &pcm))
}

on_both! {
    async fn typed_words_are_answered_in_writing_and_in_speech(database: Fresh) {
        let house = House::new(database).await;
        let mut voice = house.voice("session123").await;
        let hello = voice.next().await;
        assert_eq!(hello["type"], "session");
        assert_eq!((&hello["session_id"], &hello["persona"]), (&json!("session123"), &json!("friendly_guide")));
        assert_eq!(hello["resumed"], false);
        voice.send(json!({"type": "text_input", "text": "I want to order a pizza"})).await;
        let response = voice.next().await;
        assert_eq!(response["type"], "conversation_response");
        assert_eq!(response["text"], "You said: I want to order a pizza");
        let audio = voice.next().await;
        assert_eq!((&audio["type"], &audio["format"]), (&json!("audio_response"), &json!("wav")));
        let file = STANDARD.decode(audio["audio_base64"].as_str().unwrap()).unwrap();
        let pcm = decode_file(std::io::Cursor::new(file), std::time::Duration::from_secs(60)).unwrap();
        assert!(pcm.len() > 8_000, "{} samples at 16 kHz", pcm.len());
        house.stop().await;
    }

    async fn a_recording_is_transcribed_and_answered(database: Fresh) {
        let house = House::with(database, &[], Fake::builder().transcripts(["two tickets please", ""])).await;
        let mut voice = house.voice("a").await;
        voice.next_of("session").await;
        voice.send(json!({"type": "audio_chunk", "audio_data": recording(), "format": "wav"})).await;
        assert_eq!(voice.next().await["text"], "two tickets please");
        assert_eq!(voice.next().await["text"], "You said: two tickets please");
        assert_eq!(voice.next().await["type"], "audio_response");
        voice.send(json!({"type": "audio_chunk", "audio_data": recording(), "format": "wav"})).await;
        let nothing = voice.next().await;
        assert_eq!((&nothing["type"], &nothing["text"]), (&json!("transcription"), &json!("")));
        house.stop().await;
    }

    async fn a_browser_brings_its_key_as_a_subprotocol(database: Fresh) {
        let house = House::new(database).await;
        let url = format!("{}/ws/voice-agent/b", house.base.replacen("http", "ws", 1));
        let mut request = url.into_client_request().unwrap();
        let protocols = format!("switchboard, {}", house.key.expose_secret());
        request.headers_mut().insert("Sec-WebSocket-Protocol", HeaderValue::from_str(&protocols).unwrap());
        let (socket, answer) = connect_async(request).await.unwrap();
        assert_eq!(answer.headers()["sec-websocket-protocol"], "switchboard");
        assert_eq!(Voice(socket).next().await["type"], "session");
        house.stop().await;
    }

    async fn a_session_goes_on_where_it_stopped(database: Fresh) {
        let house = House::new(database).await;
        let mut first = house.voice("mine").await;
        first.send(json!({"type": "text_input", "text": "my name is Grace"})).await;
        first.next_of("audio_response").await;
        first.0.close(None).await.unwrap();
        house.until("the first is gone", || house.state.live.count() == 0).await;
        let mut second = house.voice("mine").await;
        assert_eq!(second.next_of("session").await["resumed"], true);
        second.send(json!({"type": "text_input", "text": "what is my name"})).await;
        assert_eq!(second.next_of("conversation_response").await["turn"], 2, "numbers go on");
        let asked = house.openai.requests_of(Endpoint::Chat).pop().unwrap().body.to_string();
        assert!(asked.contains("my name is Grace"), "{asked}");
        // Over HTTP it is the same session.
        let said = reqwest::Client::new()
            .post(format!("{}/conversation/process", house.base))
            .header("X-API-Key", house.key.expose_secret())
            .json(&json!({"session_id": "mine", "user_input": "and over HTTP?"}));
        assert_eq!(said.send().await.unwrap().status(), 200);
        house.stop().await;
    }

    async fn a_newer_socket_takes_the_session_over(database: Fresh) {
        let house = House::new(database).await;
        let mut old = house.voice("mine").await;
        old.next_of("session").await;
        let mut new = house.voice("mine").await;
        assert_eq!(new.next_of("session").await["session_id"], "mine");
        assert_eq!(close_code(&mut old.0).await, 1000);
        new.send(json!({"type": "text_input", "text": "still here"})).await;
        assert_eq!(new.next_of("conversation_response").await["text"], "You said: still here");
        house.stop().await;
    }

    async fn a_tenant_sees_and_closes_its_own_sockets_only(database: Fresh) {
        let house = House::new(database).await;
        let (_, their_key) = house.another_tenant().await;
        let mut ours = house.voice("ours").await;
        ours.next_of("session").await;
        let mut theirs = house.voice_as("theirs", &their_key).await.unwrap();
        theirs.next_of("session").await;
        let (status, open) = house.http("GET", "/ws/status").await;
        assert_eq!((status, &open["active_connections"]), (200, &json!(1)), "{open}");
        assert_eq!(open["sessions"][0]["session_id"], "ours");
        let row = open["sessions"][0]["conversation_id"].as_str().unwrap();
        assert_eq!(house.http("GET", &format!("/conversations/{row}")).await.1["session_id"], "ours");
        let (status, problem) = house.http("POST", "/ws/disconnect/theirs").await;
        assert_eq!((status, &problem["code"]), (404, &json!("not_found")));
        assert_eq!(house.http("POST", "/ws/disconnect/ours").await.0, 204);
        assert_eq!(ours.next_of("ended").await["type"], "ended");
        assert_eq!(close_code(&mut ours.0).await, 1000);
        theirs.send(json!({"type": "text_input", "text": "hello"})).await;
        theirs.next_of("conversation_response").await;
        // The same name with another key is another session.
        let mut namesake = house.voice_as("ours", &their_key).await.unwrap();
        assert_eq!(namesake.next_of("session").await["resumed"], false);
        house.stop().await;
    }

    async fn a_provider_that_fails_is_told_and_the_socket_stays(database: Fresh) {
        let openai = Fake::builder()
            .fault(Endpoint::Chat, When::First(1), Fault::Status(400))
            .replies([Reply::say("unused"), Reply::say("Here I am again.")]);
        let house = House::with(database, &[], openai).await;
        let mut voice = house.voice("a").await;
        voice.send(json!({"type": "text_input", "text": "hello"})).await;
        let error = voice.next_of("error").await;
        assert_eq!(error["code"], "provider_failed", "{error}");
        voice.next_of("conversation_response").await;
        voice.send(json!({"type": "text_input", "text": "hello?"})).await;
        assert_eq!(voice.next_of("conversation_response").await["text"], "Here I am again.");
        house.stop().await;
    }

    async fn a_stopping_process_says_so_and_no_task_is_left(database: Fresh) {
        let house = House::new(database).await;
        let mut voice = house.voice("a").await;
        voice.next_of("session").await;
        house.begin_stop();
        assert_eq!(close_code(&mut voice.0).await, 1012);
        assert!(matches!(voice.0.next().await, None | Some(Ok(Message::Close(_))) | Some(Err(_))));
        house.stop().await;
    }
}

//! What a voice socket does not take.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::testing::{Fresh, on_both};
use futures_util::SinkExt;
use secrecy::SecretString;
use serde_json::json;
use simulator::openai::Fake;
use tokio_tungstenite::tungstenite::{Error, Message};

use crate::house::House;

/// The status and code with which a handshake was refused.
fn refused<T>(handshake: Result<T, Error>) -> (u16, String) {
    let Err(Error::Http(response)) = handshake else { panic!("it was not refused over HTTP") };
    let problem: serde_json::Value = serde_json::from_slice(response.body().as_deref().unwrap_or_default()).unwrap();
    (response.status().as_u16(), problem["code"].as_str().unwrap().to_owned())
}

on_both! {
    async fn without_a_key_nothing_opens(database: Fresh) {
        let house = House::new(database).await;
        let url = format!("{}/ws/voice-agent/a", house.base.replacen("http", "ws", 1));
        assert_eq!(refused(tokio_tungstenite::connect_async(&url).await), (401, "unauthorized".to_owned()));
        let wrong = SecretString::from("swb_00000000_00000000000000000000000000000000000000");
        assert_eq!(refused(house.voice_as("a", &wrong).await), (401, "unauthorized".to_owned()));
        let (status, problem) = house.http("GET", "/ws/voice-agent/a").await;
        assert_eq!(status, 400, "no upgrade: {problem}");
        house.stop().await;
    }

    async fn what_is_no_message_is_told_and_the_socket_stays(database: Fresh) {
        let house = House::new(database).await;
        let mut voice = house.voice("a").await;
        voice.next_of("session").await;
        let lie = STANDARD.encode("this is not an mp3 file, whatever its format says");
        for (message, code) in [
            ("{", "bad_request"),
            ("[]", "invalid"),
            (r#"{"type":"dance"}"#, "unknown_message"),
            (r#"{"type":"text_input"}"#, "invalid"),
            (r#"{"type":"text_input","text":""}"#, "invalid"),
            (&json!({"type": "text_input", "text": "x".repeat(4_001)}).to_string(), "invalid"),
            (r#"{"type":"audio_chunk","audio_data":"%%%","format":"wav"}"#, "invalid"),
            (r#"{"type":"audio_chunk","audio_data":"AAAA","format":"midi"}"#, "unsupported_media"),
            (r#"{"type":"audio_chunk","audio_data":"AAAA","format":"pcm16"}"#, "invalid"),
            (&json!({"type": "audio_chunk", "audio_data": lie, "format": "mp3"}).to_string(), "unsupported_media"),
        ] {
            voice.0.send(Message::text(message)).await.unwrap();
            let error = voice.next_of("error").await;
            assert_eq!(error["code"], code, "{message}: {error}");
        }
        voice.send(json!({"type": "text_input", "text": "hello"})).await;
        assert_eq!(voice.next_of("conversation_response").await["text"], "You said: hello");
        house.stop().await;
    }

    async fn too_long_a_message_ends_the_socket_and_nothing_else(database: Fresh) {
        let house = House::new(database).await;
        let mut voice = house.voice("a").await;
        voice.next_of("session").await;
        let _ = voice.0.send(Message::text("x".repeat(5 << 20))).await;
        house.until("it is gone", || house.state.tasks.is_empty()).await;
        house.voice("a").await.next_of("session").await;
        house.stop().await;
    }

    async fn a_full_house_a_wrong_name_and_an_ended_session_are_problems(database: Fresh) {
        let house = House::with(database, &["--max-calls", "1"], Fake::builder()).await;
        assert_eq!(refused(house.voice_as("a?persona=nobody", &house.key).await).0, 422);
        assert_eq!(refused(house.voice_as(&"x".repeat(201), &house.key).await).0, 422);
        let mut voice = house.voice("first").await;
        voice.next_of("session").await;
        assert_eq!(refused(house.voice_as("second", &house.key).await), (503, "unavailable".to_owned()));
        house.http("POST", "/ws/disconnect/first").await;
        voice.next_of("ended").await;
        house.until("it is gone", || house.state.live.count() == 0).await;
        assert_eq!(refused(house.voice_as("first", &house.key).await), (409, "conflict".to_owned()));
        house.voice("second").await.next_of("session").await;
        house.stop().await;
    }
}

//! Media streams, by hand: what is let in and what is not.

use std::time::{Duration, Instant};

use domain::{
    calls::{self, Status},
    testing::{Fresh, on_both},
};
use futures_util::SinkExt;
use secrecy::ExposeSecret;
use simulator::{openai::Fake, twilio::signature};
use tokio_tungstenite::tungstenite::{self, Message};

use crate::house::{House, close_code, next, start, token};

/// The status with which a handshake was refused.
fn refused<T>(handshake: Result<T, tungstenite::Error>) -> u16 {
    match handshake {
        Err(tungstenite::Error::Http(response)) => response.status().as_u16(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was accepted"),
    }
}

on_both! {
    async fn a_token_opens_one_stream(database: Fresh) {
        let house = House::new(database).await;
        let (_, twiml) = house.call_webhook("incoming", "CA1").await;
        let mut first = house.stream().await;
        first.send(Message::text(r#"{"event":"connected","protocol":"Call","version":"1.0.0"}"#)).await.unwrap();
        first.send(start("CA1", token(&twiml))).await.unwrap();
        let Message::Text(greeting) = next(&mut first).await else { panic!("no message") };
        let greeting: serde_json::Value = serde_json::from_str(&greeting).unwrap();
        assert_eq!((&greeting["event"], &greeting["streamSid"]), (&"media".into(), &"MZ1".into()));
        assert_eq!(greeting["media"]["payload"].as_str().unwrap().len(), 216, "160 bytes in base64");
        assert_eq!(house.call("CA1").await.status, Status::InProgress);

        let mut second = house.stream().await;
        second.send(start("CA1", token(&twiml))).await.unwrap();
        assert_eq!(close_code(&mut second).await, 1008);
        assert_eq!(house.state.live.count(), 1, "the first goes on");
        first.close(None).await.unwrap();
        house.stop().await;
    }

    async fn a_token_that_does_not_fit_opens_nothing(database: Fresh) {
        let house = House::new(database).await;
        let (_, ours) = house.call_webhook("incoming", "CAours").await;
        let (_, other) = house.call_webhook("incoming", "CAother").await;
        let expired = calls::issue_stream_token(house.db(), house.tenant, house.call("CAours").await.id, Duration::ZERO);
        let expired = expired.await.unwrap();
        for (call, token) in [
            ("CAours", token(&other)),
            ("CAnever", token(&ours)),
            ("CAours", expired.expose_secret()),
            ("CAours", "guessed"),
            ("CAours", ""),
        ] {
            let mut socket = house.stream().await;
            socket.send(start(call, token)).await.unwrap();
            assert_eq!(close_code(&mut socket).await, 1008, "{call}");
        }
        let mut socket = house.stream().await;
        let without = r#"{"event":"start","start":{"streamSid":"M","callSid":"CAours","accountSid":"A"}}"#;
        socket.send(Message::text(without)).await.unwrap();
        assert_eq!(close_code(&mut socket).await, 1008);
        assert_eq!(house.call("CAours").await.streams, 0);
        house.stop().await;
    }

    async fn a_handshake_must_be_signed(database: Fresh) {
        let house = House::new(database).await;
        assert_eq!(refused(tokio_tungstenite::connect_async(house.stream_url()).await), 403);
        let (_, twiml) = house.call_webhook("incoming", "CA1").await;
        let mut socket = house.stream_signed(&signature("another token", &house.stream_url(), &[])).await.unwrap();
        socket.send(start("CA1", token(&twiml))).await.unwrap();
        assert_eq!(close_code(&mut socket).await, 1008);
        // As Twilio may spell it.
        for url in [format!("{}/", house.stream_url()), house.stream_url().replacen("ws", "http", 1)] {
            let (_, twiml) = house.call_webhook("continue", "CA1").await;
            let mut socket = house.stream_signed(&signature(house.account.auth_token(), &url, &[])).await.unwrap();
            socket.send(start("CA1", token(&twiml))).await.unwrap();
            assert!(next(&mut socket).await.is_text(), "{url}");
        }
        house.stop().await;
    }

    async fn who_never_says_start_is_sent_away_after_ten_seconds(database: Fresh) {
        let house = House::new(database).await;
        let began = Instant::now();
        let mut socket = house.stream().await;
        socket.send(Message::text(r#"{"event":"connected"}"#)).await.unwrap();
        assert_eq!(close_code(&mut socket).await, 1008);
        assert!((9..13).contains(&began.elapsed().as_secs()), "{:?}", began.elapsed());
        house.stop().await;
    }

    async fn what_comes_in_place_of_start_is_sent_away(database: Fresh) {
        let house = House::new(database).await;
        for message in [
            Message::text("nonsense"),
            Message::text("{}"),
            Message::text(r#"{"event":"media","media":{"payload":"//79"}}"#),
            Message::text(r#"{"event":"start"}"#),
            Message::binary(vec![1, 2, 3]),
        ] {
            let mut socket = house.stream().await;
            socket.send(message.clone()).await.unwrap();
            assert_eq!(close_code(&mut socket).await, 1008, "{message:?}");
        }
        let mut chatter = house.stream().await;
        for _ in 0..20 {
            let _ = chatter.send(Message::text(r#"{"event":"applause"}"#)).await;
        }
        assert_eq!(close_code(&mut chatter).await, 1008);
        let mut shouter = house.stream().await;
        let _ = shouter.send(Message::text("x".repeat(200_000))).await;
        house.until("the shouter is gone", || house.state.tasks.is_empty()).await;
        house.stop().await;
    }

    async fn sockets_that_say_nothing_make_room_for_those_that_do(database: Fresh) {
        let house = House::with(database, &["--max-connections", "16"], Fake::builder()).await;
        let mut silent = Vec::new();
        for _ in 0..8 {
            silent.push(house.stream_signed("bm90IHNpZ25lZA==").await.unwrap());
        }
        let (_, twiml) = house.call_webhook("incoming", "CA1").await;
        let mut call = house.stream().await;
        assert_eq!(close_code(&mut silent[0]).await, 1013);
        call.send(start("CA1", token(&twiml))).await.unwrap();
        assert!(next(&mut call).await.is_text());
        drop(silent);
        house.stop().await;
    }

    async fn a_stopping_process_ends_its_sockets_with_1012(database: Fresh) {
        let house = House::new(database).await;
        let (_, twiml) = house.call_webhook("incoming", "CA1").await;
        let mut call = house.stream().await;
        call.send(start("CA1", token(&twiml))).await.unwrap();
        assert!(next(&mut call).await.is_text());
        let mut silent = house.stream().await;
        house.begin_stop();
        assert_eq!(close_code(&mut call).await, 1012);
        assert_eq!(close_code(&mut silent).await, 1012);
        assert_eq!(house.call("CA1").await.next_step, None, "another process takes it up");
        house.stop().await;
    }
}

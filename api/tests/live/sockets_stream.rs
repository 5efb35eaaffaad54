//! Voice sockets in full duplex: samples both ways, marks, interruptions.

use std::time::Duration;

use domain::testing::{Fresh, on_both};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use simulator::openai::{Fake, Reply};
use tokio::time::{Instant, interval};
use tokio_tungstenite::tungstenite::Message;

use crate::house::{House, Voice, next};

/// What came over a socket.
#[derive(Default)]
struct Heard {
    messages: Vec<Value>,
    /// Bytes of audio.
    audio: usize,
}

impl Heard {
    fn of(&self, kind: &str) -> Vec<&Value> {
        self.messages.iter().filter(|message| message["type"] == kind).collect()
    }
}

/// Says a clip in real time, then silence for `silence`, echoing marks at once as a player without a buffer would.
async fn talk(voice: &mut Voice, pcm: &[i16], silence: Duration) -> Heard {
    let mut heard = Heard::default();
    let mut tick = interval(Duration::from_millis(20));
    let mut frames = pcm.chunks(320);
    let mut until = None;
    loop {
        tokio::select! {
            _ = tick.tick() => {
                let frame = frames.next();
                if frame.is_none() && *until.get_or_insert(Instant::now() + silence) < Instant::now() {
                    return heard;
                }
                let samples = frame.unwrap_or(&[0; 320]);
                let bytes: Vec<u8> = samples.iter().flat_map(|sample| sample.to_le_bytes()).collect();
                voice.0.send(Message::binary(bytes)).await.unwrap();
            }
            message = voice.0.next() => match message.unwrap().unwrap() {
                Message::Binary(bytes) => heard.audio += bytes.len(),
                Message::Text(text) => {
                    let message: Value = serde_json::from_str(&text).unwrap();
                    if message["type"] == "mark" {
                        voice.send(json!({"type": "mark_played", "name": message["name"]})).await;
                    }
                    heard.messages.push(message);
                }
                _ => {}
            }
        }
    }
}

/// A clip at 16 kHz.
fn spoken(name: &str) -> Vec<i16> {
    let file = std::fs::File::open(format!("{}/../caller-audio/{name}.wav", env!("CARGO_MANIFEST_DIR"))).unwrap();
    voice::audio::decode_file(file, Duration::from_secs(60)).unwrap()
}

on_both! {
    async fn samples_go_both_ways(database: Fresh) {
        let house = House::with(database, &[], Fake::builder().transcript("no thank you")).await;
        let mut voice = house.voice("a?audio=stream").await;
        assert_eq!(voice.next().await["audio_out"], "pcm16 at 24000 Hz");
        let greeting = talk(&mut voice, &[], Duration::from_secs(3)).await;
        assert_eq!(greeting.of("saying")[0]["text"], "Hello, this is Ada.");
        assert!(greeting.audio > 24_000, "{} bytes of greeting", greeting.audio);
        let heard = talk(&mut voice, &spoken("02_no_thank_you"), Duration::from_secs(4)).await;
        assert_eq!(heard.of("transcription")[0]["text"], "no thank you", "{:?}", heard.messages);
        assert_eq!(heard.of("conversation_response")[0]["heard_text"], "You said: no thank you");
        assert!(heard.audio > 24_000 && heard.audio.is_multiple_of(2), "{} bytes of reply", heard.audio);
        assert!(heard.of("audio_response").is_empty());
        house.stop().await;
    }

    async fn an_interruption_clears_what_is_not_played(database: Fresh) {
        let long = "I will now talk for a very long time about nothing in particular. ".repeat(6);
        let house = House::with(database, &[], Fake::builder().replies([Reply::say(long.trim())])).await;
        let mut voice = house.voice("a?audio=stream").await;
        voice.send(json!({"type": "text_input", "text": "talk"})).await;
        while voice.next_of("saying").await["turn"] == 0 {}
        loop {
            if let Message::Binary(_) = next(&mut voice.0).await {
                break;
            }
        }
        tokio::time::sleep(Duration::from_millis(700)).await;
        voice.send(json!({"type": "interrupt"})).await;
        voice.next_of("clear").await;
        let response = voice.next_of("conversation_response").await;
        assert_eq!(response["interrupted"], true, "{response}");
        let heard = response["heard_text"].as_str().unwrap();
        assert!(!heard.is_empty() && heard.len() < long.len() / 2 && long.starts_with(heard), "heard: {heard}");
        house.stop().await;
    }
}

use domain::testing::{Fresh, on_both};
use poem::test::TestForm;
use serde_json::json;
use voice::provider::ErrorKind;

use crate::house::{House, file, json as body, problem, wav};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../voice/tests/fixtures");

on_both! {
    async fn a_recording_becomes_text(db: Fresh) {
        let house = House::new(db).await;
        for path in ["/voice/speech-to-text", "/tools/understanding/speech-to-text"] {
            let form = TestForm::new().field(file("audio.wav", wav())).text("language", "en");
            let said = body(house.post_form(path, form).await).await;
            assert_eq!(said["text"], "I would like to order a pizza.");
            assert_eq!(said["duration_ms"], 500);
        }
        assert_eq!(house.script.heard_ms(), [500, 500]);
    }

    async fn every_promised_format_is_read(db: Fresh) {
        let house = House::new(db).await;
        for name in ["mulaw.wav", "lame.mp3", "aac.m4a", "opus.ogg", "opus.webm", "mono8k.flac"] {
            let bytes = std::fs::read(format!("{FIXTURES}/{name}")).unwrap();
            let said = body(house.post_form("/voice/speech-to-text", TestForm::new().field(file(name, bytes))).await).await;
            assert!(said["duration_ms"].as_u64().unwrap() > 100, "{name}: {said}");
        }
    }

    async fn a_file_is_what_it_holds_not_what_it_is_called(db: Fresh) {
        let house = House::new(db).await;
        let said = body(house.post_form("/voice/speech-to-text", TestForm::new().field(file("song.mp3", wav()))).await).await;
        assert_eq!(said["duration_ms"], 500);

        let lies: [(Vec<u8>, u16, &str); 4] = [
            (b"\x89PNG\r\n\x1a\n and then some".repeat(40), 415, "unsupported_media"),
            (b"<html><body>502 Bad Gateway</body></html>".repeat(40), 415, "unsupported_media"),
            (Vec::new(), 422, "invalid"),
            (voice::audio::wav::encode(16_000, &[]), 422, "invalid"),
        ];
        for (bytes, expected, expected_code) in lies {
            let beginning = bytes[..bytes.len().min(12)].to_vec();
            let form = TestForm::new().field(file("audio.wav", bytes));
            let (status, code, detail) = problem(house.post_form("/voice/speech-to-text", form).await).await;
            assert_eq!((status, code.as_str()), (expected, expected_code), "{beginning:?}: {detail}");
        }
        assert_eq!(house.script.heard_ms().len(), 1);
    }

    async fn a_request_without_a_file_names_the_field(db: Fresh) {
        let house = House::new(db).await;
        let form = TestForm::new().text("language", "en");
        let (status, _, detail) = problem(house.post_form("/voice/speech-to-text", form).await).await;
        assert_eq!(status, 400);
        assert!(detail.contains("audio_file"), "{detail}");
        let (status, code, _) = problem(house.post_json("/voice/speech-to-text", json!({"audio_file": "x"})).await).await;
        assert_eq!((status, code.as_str()), (415, "unsupported_media"));
    }

    async fn text_becomes_a_wav_file(db: Fresh) {
        let house = House::new(db).await;
        for path in ["/voice/text-to-speech", "/tools/response/text-to-speech"] {
            let answer = house.post_json(path, json!({"text": "Hello", "persona": "calm_concierge"})).await;
            answer.assert_status_is_ok();
            answer.assert_header("content-type", "audio/wav");
            let bytes = answer.0.into_body().into_bytes().await.unwrap();
            assert_eq!(&bytes[..4], b"RIFF");
            // Five letters of 10 ms each at 24 kHz.
            assert_eq!(bytes.len(), 44 + 5 * 480);
            let read = voice::audio::decode_file(std::io::Cursor::new(bytes), std::time::Duration::from_secs(5)).unwrap();
            assert!((700..=900).contains(&read.len()), "{} samples at 16 kHz", read.len());
        }
        let spoken = house.script.spoken();
        assert_eq!((spoken[0].text.as_str(), spoken[0].voice.as_str(), spoken[0].speed), ("Hello", "sage", 0.95));
    }

    async fn a_voice_and_a_speed_can_be_asked_for(db: Fresh) {
        let house = House::new(db).await;
        let request = json!({"text": "Hello", "voice": "nova", "speed": 1.5});
        house.post_json("/voice/text-to-speech", request).await.assert_status_is_ok();
        let spoken = house.script.spoken();
        assert_eq!((spoken[0].voice.as_str(), spoken[0].speed), ("nova", 1.5));
    }

    async fn what_to_say_may_come_as_a_form_or_in_the_query(db: Fresh) {
        let house = House::new(db).await;
        let form = TestForm::new().text("text", "One").text("speed", "1.5");
        house.post_form("/voice/text-to-speech", form).await.assert_status_is_ok();
        house.post("/voice/text-to-speech?text=Two&voice=echo").await.assert_status_is_ok();
        let client = house.client();
        let urlencoded = client
            .post("/voice/text-to-speech")
            .header("X-API-Key", house.key())
            .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
            .body("text=Three+words+here");
        urlencoded.send().await.assert_status_is_ok();
        let spoken = house.script.spoken();
        let texts: Vec<_> = spoken.iter().map(|request| request.text.as_str()).collect();
        assert_eq!(texts, ["One", "Two", "Three words here"]);
        assert_eq!((spoken[0].speed, spoken[1].voice.as_str()), (1.5, "echo"));
    }

    async fn unusable_scripts_are_refused(db: Fresh) {
        let house = House::new(db).await;
        let cases = [
            json!({"text": ""}),
            json!({"text": "x".repeat(4_097)}),
            json!({"text": "Hello", "speed": 9}),
            json!({"text": "Hello", "persona": "nobody"}),
            json!({"voice": "nova"}),
        ];
        for case in cases {
            let (status, code, detail) = problem(house.post_json("/voice/text-to-speech", case.clone()).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{case}: {detail}");
        }
        let (status, code, _) = problem(house.post("/voice/text-to-speech?speed=9&text=Hello").await).await;
        assert_eq!((status, code.as_str()), (422, "invalid"));
        assert!(house.script.spoken().is_empty());
    }

    async fn a_failing_provider_is_a_bad_gateway_that_tells_no_secret(db: Fresh) {
        let house = House::new(db).await;
        for (kind, expected, expected_code) in [
            (ErrorKind::QuotaExhausted, 502, "provider_failed"),
            (ErrorKind::Unavailable, 502, "provider_failed"),
            (ErrorKind::Timeout, 504, "timeout"),
        ] {
            house.script.fail(kind);
            let answer = house.post_json("/voice/text-to-speech", json!({"text": "Hello"})).await;
            let (status, code, detail) = problem(answer).await;
            assert_eq!((status, code.as_str()), (expected, expected_code));
            assert!(!detail.contains("sk-secret"), "{detail}");
            let form = TestForm::new().field(file("audio.wav", wav()));
            let (status, ..) = problem(house.post_form("/voice/speech-to-text", form).await).await;
            assert_eq!(status, expected);
        }
    }
}

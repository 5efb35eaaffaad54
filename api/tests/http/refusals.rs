use domain::testing::{Fresh, on_both};
use poem::{Body, test::TestForm};
use serde_json::json;

use crate::house::{House, file, json as body, problem, wav};

/// A body without a length, as `Transfer-Encoding: chunked` gives.
fn chunked(bytes: usize, beginning: Vec<u8>) -> Body {
    let rest = (0..bytes / 65_536).map(|_| Ok::<_, std::io::Error>(vec![b' '; 65_536]));
    Body::from_bytes_stream(futures_util::stream::iter(std::iter::once(Ok(beginning)).chain(rest)))
}

on_both! {
    async fn a_key_works_in_both_headers(db: Fresh) {
        let house = House::new(db).await;
        let client = house.client();
        for (name, value) in [
            ("X-API-Key", house.key().to_owned()),
            ("Authorization", format!("Bearer {}", house.key())),
            ("Authorization", format!("bearer {}", house.key())),
        ] {
            client.get("/personas").header(name, value).send().await.assert_status_is_ok();
        }
    }

    async fn nul_in_a_text_finds_nothing_and_breaks_nothing(db: Fresh) {
        let house = House::new(db).await;
        for path in [
            "/calls?call_sid=%00",
            "/customers?phone=%00",
            "/customers?external_id=%00",
            "/personas/%00",
            "/jobs?kind=%00",
            "/audit-events?action=%00",
        ] {
            let status = house.get(path).await.0.status().as_u16();
            assert!(status < 500, "{path}: {status}");
        }
        for (path, said) in [
            ("/conversation/process", json!({"session_id": "\u{0}", "user_input": "Hi"})),
            ("/voice/text-to-speech", json!({"text": "Hi", "persona": "\u{0}"})),
            ("/agents", json!({"name": "\u{0}"})),
            ("/agents", json!({"name": "Ann", "persona": "\u{0}", "instructions": "\u{0}"})),
        ] {
            let (status, code, _) = problem(house.post_json(path, said).await).await;
            assert!(status == 404 || (status, code.as_str()) == (422, "invalid"), "{path}: {status} {code}");
        }
        // Before a signature is looked at.
        for webhook in ["incoming", "status", "continue", "test"] {
            let form = [("CallSid", "CA\u{0}"), ("AccountSid", "AC1"), ("From", "+15005550001"), ("To", "\u{0}"), ("CallStatus", "completed"), ("Nonce", "n")];
            let status = house.client().post(format!("/webhooks/twilio/{webhook}")).form(&form).send().await.0.status().as_u16();
            assert!(status < 500, "{webhook}: {status}");
        }
    }

    async fn two_proofs_at_once_make_nothing(db: Fresh) {
        let house = House::new(db).await;
        let client = house.client();
        let request = client.post("/agents").header("X-API-Key", house.key()).header("Authorization", format!("Bearer {}", house.key()));
        let answer = request.header("Idempotency-Key", "k").body_json(&json!({"name": "Ann"})).send().await;
        assert_eq!(problem(answer).await.0, 400);
    }

    async fn unknown_paths_and_methods_are_problems(db: Fresh) {
        let house = House::new(db).await;
        for path in ["/nowhere", "/conversation", "/webhooks/nowhere"] {
            let (status, code, _) = problem(house.get(path).await).await;
            assert_eq!((status, code.as_str()), (404, "not_found"), "{path}");
        }
        for path in ["/voice/text-to-speech", "/conversation/start"] {
            let answer = house.get(path).await;
            answer.assert_header("allow", "POST");
            let (status, code, _) = problem(answer).await;
            assert_eq!((status, code.as_str()), (405, "method_not_allowed"), "{path}");
        }
        for (path, allowed) in [("/agents", ["POST", "GET"]), ("/agents/1", ["GET", "PATCH"])] {
            let answer = house.client().put(path).header("X-API-Key", house.key()).send().await;
            let allow = answer.0.header("allow").unwrap();
            assert!(allowed.iter().all(|method| allow.contains(method)), "{path}: {allow}");
        }
    }

    async fn unreadable_json_is_400_and_ill_fitting_json_422(db: Fresh) {
        let house = House::new(db).await;
        let client = house.client();
        let post = |body: &'static str| {
            client
                .post("/conversation/process")
                .header("X-API-Key", house.key())
                .header("content-type", "application/json")
                .body(body)
                .send()
        };
        for (sent, expected, expected_code) in [
            ("{", 400, "bad_request"),
            ("", 422, "invalid"),
            ("\u{feff}nonsense", 400, "bad_request"),
            ("[]", 422, "invalid"),
            ("{}", 422, "invalid"),
            (r#"{"session_id": null, "user_input": "Hi"}"#, 422, "invalid"),
            (r#"{"session_id": "s", "user_input": ""}"#, 422, "invalid"),
            (r#"{"session_id": "s", "user_input": {"deep": 1}}"#, 422, "invalid"),
        ] {
            let (status, code, detail) = problem(post(sent).await).await;
            assert_eq!((status, code.as_str()), (expected, expected_code), "{sent}: {detail}");
        }
        let xml = client.post("/conversation/process").header("X-API-Key", house.key()).content_type("text/xml").body("<a/>");
        let (status, code, _) = problem(xml.send().await).await;
        assert_eq!((status, code.as_str()), (415, "unsupported_media"));
    }

    async fn oversized_bodies_are_413_with_and_without_a_length(db: Fresh) {
        let house = House::new(db).await;
        let client = house.client();
        let post = |path: &'static str| client.post(path).header("X-API-Key", house.key());

        let long = json!({"session_id": "s", "user_input": "x".repeat(1 << 20)});
        let (status, code, _) = problem(post("/conversation/process").body_json(&long).send().await).await;
        assert_eq!((status, code.as_str()), (413, "payload_too_large"));
        let stated = post("/conversation/process").header("content-length", "2000000").content_type("application/json");
        assert_eq!(problem(stated.body("{}").send().await).await.0, 413);
        let unstated = post("/conversation/process").content_type("application/json");
        let (status, code, _) = problem(unstated.body(chunked(2 << 20, b"{".to_vec())).send().await).await;
        assert_eq!((status, code.as_str()), (413, "payload_too_large"));

        let form = TestForm::new().field(file("audio.wav", vec![0; 26 << 20]));
        let (status, code, _) = problem(house.post_form("/voice/speech-to-text", form).await).await;
        assert_eq!((status, code.as_str()), (413, "payload_too_large"));
        let head = "--x\r\nContent-Disposition: form-data; name=\"audio_file\"; filename=\"a.wav\"\r\n\r\n";
        let form = post("/voice-agent/process").content_type("multipart/form-data; boundary=x");
        let (status, code, _) = problem(form.body(chunked(27 << 20, head.into())).send().await).await;
        assert_eq!((status, code.as_str()), (413, "payload_too_large"));
    }

    async fn a_chunked_upload_within_the_limit_is_taken(db: Fresh) {
        let house = House::new(db).await;
        let mut form = b"--x\r\nContent-Disposition: form-data; name=\"audio_file\"; filename=\"a.wav\"\r\n\r\n".to_vec();
        form.extend(wav());
        form.extend(b"\r\n--x--\r\n");
        let pieces: Vec<_> = form.chunks(1_000).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
        let client = house.client();
        let request = client.post("/voice/speech-to-text").header("X-API-Key", house.key());
        let request = request.content_type("multipart/form-data; boundary=x");
        let request = request.body(Body::from_bytes_stream(futures_util::stream::iter(pieces)));
        assert_eq!(body(request.send().await).await["duration_ms"], 500);
    }

    async fn a_form_that_breaks_off_is_a_bad_request(db: Fresh) {
        let house = House::new(db).await;
        let client = house.client();
        let head = "--x\r\nContent-Disposition: form-data; name=\"audio_file\"; filename=\"a.wav\"\r\n\r\nRIFF";
        for (content_type, sent) in [("multipart/form-data; boundary=x", head), ("multipart/form-data", head)] {
            let request = client.post("/voice/speech-to-text").header("X-API-Key", house.key());
            let (status, code, _) = problem(request.content_type(content_type).body(sent).send().await).await;
            assert_eq!((status, code.as_str()), (400, "bad_request"), "{content_type}");
        }
    }

    async fn a_handler_that_takes_too_long_is_given_up(db: Fresh) {
        let house = House::with(db, &["--request-timeout-s", "1"]).await;
        let session = house.session().await;
        house.script.hang();
        let request = json!({"session_id": session, "user_input": "Hi"});
        let (status, code, _) = problem(house.post_json("/conversation/process", request).await).await;
        assert_eq!((status, code.as_str()), (504, "timeout"));
    }

    async fn a_panic_is_a_500_and_the_next_request_is_served(db: Fresh) {
        let house = House::new(db).await;
        let session = house.session().await;
        let request = json!({"session_id": session, "user_input": crate::fakes::PANIC});
        let (status, code, detail) = problem(house.post_json("/conversation/process", request).await).await;
        assert_eq!((status, code.as_str()), (500, "internal"));
        assert!(!detail.contains("boom"), "{detail}");
        let request = json!({"session_id": session, "user_input": "Hi"});
        body(house.post_json("/conversation/process", request).await).await;
    }
}

use domain::{
    access::By,
    limits::{self, Change},
    testing::{Fresh, on_both},
};
use poem::test::{TestForm, TestResponse};
use serde_json::{Value, json};

use crate::house::{House, authorized, file, json as body, problem, wav};

async fn patch(house: &House, change: Value) -> TestResponse {
    house.client().patch("/limits").header("X-API-Key", house.key()).body_json(&change).send().await
}

fn header<'a>(answer: &'a TestResponse, name: &str) -> Option<&'a str> {
    answer.0.headers().get(name).map(|value| value.to_str().unwrap())
}

on_both! {
    async fn every_answer_to_a_key_tells_what_is_left_of_the_second(db: Fresh) {
        let house = House::with(db, &["--limit-requests-per-second", "3"]).await;
        // Fast enough to stay within the second, whatever the machine: what is left never grows by more than it gives.
        let mut answers = Vec::new();
        for path in ["/agents", "/agents/01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13", "/calls?limit=nonsense"] {
            answers.push(house.get(path).await);
        }
        for (answer, status) in answers.iter().zip([200, 404, 422]) {
            assert_eq!(answer.0.status(), status);
            assert_eq!(header(answer, "RateLimit-Policy"), Some(r#""default";q=3;w=1"#));
            let left = header(answer, "RateLimit").unwrap();
            assert!(["0", "1", "2"].iter().any(|left_over| left == format!(r#""default";r={left_over};t=1"#)), "{left}");
        }
        assert_eq!(header(&answers[0], "RateLimit"), Some(r#""default";r=2;t=1"#));
        let open = house.client().get("/health").send().await;
        assert_eq!(header(&open, "RateLimit"), None);
    }

    async fn one_request_too_many_is_told_to_wait_and_another_tenant_is_not(db: Fresh) {
        let house = House::with(db, &["--limit-requests-per-second", "1"]).await;
        let (_, other) = house.another_tenant().await;
        let client = house.client();
        // Of a burst at least one comes within the second of another.
        let burst = futures_util::future::join_all((0..10).map(|_| house.get("/personas"))).await;
        let limited: Vec<_> = burst.into_iter().filter(|answer| answer.0.status() == 429).collect();
        assert!(limited.len() >= 5, "{}", limited.len());
        authorized(client.get("/personas"), &other).send().await.assert_status_is_ok();
        for answer in limited {
            assert_eq!(header(&answer, "Retry-After"), Some("1"));
            assert_eq!(header(&answer, "RateLimit"), Some(r#""default";r=0;t=1"#));
            let (status, code, _) = problem(answer).await;
            assert_eq!((status, code.as_str()), (429, "rate_limited"));
        }
        tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
        house.get("/personas").await.assert_status_is_ok();
    }

    async fn without_a_limit_there_is_none_to_tell_of(db: Fresh) {
        let house = House::with(db, &["--limit-requests-per-second", "0"]).await;
        let answer = house.get("/agents").await;
        answer.assert_status_is_ok();
        assert_eq!((header(&answer, "RateLimit"), header(&answer, "RateLimit-Policy")), (None, None));
    }

    async fn a_tenant_sees_its_limits_and_lowers_them(db: Fresh) {
        let flags = ["--limit-concurrent-calls", "10", "--limit-spend-per-day-usd", "2.5"];
        let house = House::with(db, &flags).await;
        let shown = body(house.get("/limits").await).await;
        assert_eq!(shown["concurrent_calls"], json!({"limit": 10, "ceiling": 10, "own": null, "used": 0, "remaining": 10}));
        assert_eq!(shown["minutes_per_month"], json!({"limit": null, "ceiling": null, "own": null, "used": 0, "remaining": null}));
        assert_eq!(shown["spend_per_day_usd"], json!({"limit": 2.5, "ceiling": 2.5, "own": null, "used": 0.0, "remaining": 2.5}));

        let changed = body(patch(&house, json!({"concurrent_calls": 4, "minutes_per_month": 60})).await).await;
        assert_eq!(changed["concurrent_calls"], json!({"limit": 4, "ceiling": 10, "own": 4, "used": 0, "remaining": 4}));
        assert_eq!(changed["minutes_per_month"]["limit"], 60);
        for (field, wrong) in [
            ("concurrent_calls", json!(11)),
            ("concurrent_calls", json!(0)),
            ("minutes_per_month", json!(0)),
            ("spend_per_day_usd", json!(2.6)),
            ("spend_per_day_usd", json!(0)),
            ("spend_per_day_usd", json!(1e300)),
        ] {
            let (status, code, detail) = problem(patch(&house, json!({ field: wrong })).await).await;
            assert_eq!((status, code.as_str()), (422, "invalid"), "{field}: {wrong}");
            assert!(detail.contains(field), "{detail}");
        }
        let back = body(patch(&house, json!({"concurrent_calls": null})).await).await;
        assert_eq!((&back["concurrent_calls"]["limit"], &back["minutes_per_month"]["limit"]), (&json!(10), &json!(60)));
        assert_eq!(body(house.get("/limits").await).await, back);

        let change = Change { concurrent_calls: Some(Some(2)), ..Change::default() };
        let defaults = house.state.settings.limits.defaults();
        limits::change_by_operator(&house.state.database, &defaults, house.tenant, &By::SYSTEM, change).await.unwrap();
        let shown = body(house.get("/limits").await).await;
        assert_eq!((&shown["concurrent_calls"]["limit"], &shown["concurrent_calls"]["ceiling"]), (&json!(2), &json!(2)));
    }

    async fn what_is_said_over_http_is_used_and_reported(db: Fresh) {
        let prices = ["--prices", "fake:stt=6,fake:model=10/20,fake:tts=15", "--limit-spend-per-day-usd", "0.051"];
        let house = House::with(db, &prices).await;
        let session = body(house.post("/conversation/start").await).await;
        let say = json!({"session_id": session["session_id"], "user_input": "Hello"});
        body(house.post_json("/conversation/process", say.clone()).await).await;
        let path = format!("/conversations/{}/usage", session["conversation_id"].as_str().unwrap());
        let used = body(house.get(&path).await).await;
        let tokens = (used["prompt_tokens"].as_i64().unwrap(), used["completion_tokens"].as_i64().unwrap());
        assert!(tokens.0 > 0 && tokens.1 > 0, "{used}");
        let model = (tokens.0 * 10 + tokens.1 * 20) as f64 / 1e6;
        assert_eq!(used["cost_usd"]["language_model"], json!(model));
        assert_eq!((&used["unpriced"], &used["seconds"]), (&json!(0), &json!(0)));

        // Half a second of speech at six dollars a minute, ten characters.
        let form = TestForm::new().field(file("audio.wav", wav()));
        body(house.post_form("/voice/speech-to-text", form).await).await;
        house.post_json("/voice/text-to-speech", json!({"text": "0123456789"})).await.assert_status_is_ok();
        let report = body(house.get("/usage").await).await;
        assert_eq!(report["total"]["transcribed_ms"], 500);
        assert_eq!(report["total"]["spoken_characters"], 10);
        assert_eq!(report["total"]["cost_usd"]["speech_to_text"], json!(0.05));
        assert_eq!(report["total"]["cost_usd"]["text_to_speech"], json!(0.00015));
        assert_eq!((&report["total"]["conversations"], &report["channels"][0]["channel"]), (&json!(1), &json!("http")));
        assert_eq!(report["days"][0]["used"], report["total"]);

        // 5 cents, the model's and the voice's: one more transcript, and the day's money is spent.
        let form = TestForm::new().field(file("audio.wav", wav()));
        body(house.post_form("/voice/speech-to-text", form).await).await;
        let refused = [
            house.post_json("/conversation/process", say).await,
            house.post_form("/voice/speech-to-text", TestForm::new().field(file("audio.wav", wav()))).await,
            house.post_json("/voice/text-to-speech", json!({"text": "Hi"})).await,
        ];
        for answer in refused {
            let (status, code, detail) = problem(answer).await;
            assert_eq!((status, code.as_str()), (429, "limit_reached"));
            assert!(detail.contains("today"), "{detail}");
        }
        for wrong in ["/usage?from=2026-02-30", "/usage?from=2025-01-01&to=2026-11-01", "/usage?from=2026-02-02&to=2026-02-01"] {
            assert_eq!(problem(house.get(wrong).await).await.0, 422, "{wrong}");
        }
        let (_, other) = house.another_tenant().await;
        let theirs = body(authorized(house.client().get("/usage"), &other).send().await).await;
        assert_eq!((&theirs["days"], &theirs["total"]["prompt_tokens"]), (&json!([]), &json!(0)));
    }
}

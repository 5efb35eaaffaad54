use domain::testing::{Fresh, on_both};
use voice::provider::ErrorKind;

use crate::house::{House, json, problem};

on_both! {
    async fn the_root_and_health_need_no_key(db: Fresh) {
        let house = House::new(db).await;
        let client = house.client();
        let root = json(client.get("/").send().await).await;
        assert_eq!(root["name"], "Switchboard");
        let health = json(client.get("/health").send().await).await;
        assert_eq!(health["status"], "healthy");
    }

    async fn ready_names_who_serves(db: Fresh) {
        let house = House::new(db).await;
        let report = json(house.client().get("/health/ready").send().await).await;
        assert_eq!(report["status"], "ready");
        assert_eq!(report["speech_to_text"]["served_by"], "fake:stt");
        assert_eq!(report["language_model"]["served_by"], "fake:model");
        assert_eq!(report["text_to_speech"]["served_by"], "fake:tts");
        let database = report["database"]["served_by"].as_str().unwrap();
        assert!(["sqlite", "postgresql"].contains(&database), "{database}");
        // The tests load no model: the cheap detector alone is no reason to take no calls.
        assert_eq!(report["voice_activity_detection"]["status"], "degraded");
    }

    async fn a_broken_provider_is_not_ready_and_its_words_stay_in_the_log(db: Fresh) {
        let house = House::new(db).await;
        house.script.fail(ErrorKind::Unauthorized);
        let answer = house.client().get("/health/ready").send().await;
        answer.assert_status(poem::http::StatusCode::SERVICE_UNAVAILABLE);
        let text = answer.0.into_body().into_string().await.unwrap();
        assert!(text.contains(r#""problem":"unauthorized""#), "{text}");
        assert!(!text.contains("sk-secret"), "{text}");
    }

    async fn a_closed_database_is_not_ready(db: Fresh) {
        let house = House::new(db).await;
        house.state.database.close().await.unwrap();
        let answer = house.client().get("/health/ready").send().await;
        answer.assert_status(poem::http::StatusCode::SERVICE_UNAVAILABLE);
        let report: serde_json::Value = answer.0.into_body().into_json().await.unwrap();
        assert_eq!((&report["status"], &report["database"]["status"]), (&"not_ready".into(), &"down".into()));
    }

    async fn a_process_that_stops_is_not_ready(db: Fresh) {
        let house = House::new(db).await;
        house.state.draining.cancel();
        let answer = house.client().get("/health/ready").send().await;
        answer.assert_status(poem::http::StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.0.into_body().into_string().await.unwrap().contains(r#""status":"draining""#));
    }

    async fn the_document_and_its_readers_are_served(db: Fresh) {
        let house = House::new(db).await;
        let client = house.client();
        let document = json(client.get("/openapi.json").send().await).await;
        assert!(document["paths"]["/voice-agent/process"]["post"].is_object());
        for page in ["/docs", "/redoc"] {
            let answer = client.get(page).send().await;
            answer.assert_status_is_ok();
            assert!(answer.0.into_body().into_string().await.unwrap().contains("<html"), "{page}");
        }
    }

    async fn personas_are_listed_and_found(db: Fresh) {
        let house = House::new(db).await;
        let all = json(house.get("/personas").await).await;
        let names: Vec<_> = all["personas"].as_array().unwrap().iter().map(|persona| persona["name"].clone()).collect();
        assert_eq!(names, ["friendly_guide", "calm_concierge", "energetic_host"]);
        assert_eq!(all["default"], "friendly_guide");
        let one = json(house.get("/personas/calm_concierge").await).await;
        for field in ["tone", "prompt", "voice", "description", "greeting"] {
            assert!(!one[field].as_str().unwrap().is_empty(), "{field}");
        }
        let (status, code, _) = problem(house.get("/personas/nobody").await).await;
        assert_eq!((status, code.as_str()), (404, "not_found"));
    }
}

//! What browsers are told.

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::testing::{Fresh, on_both};
use poem::{http::Method, test::TestResponse};
use sha2::{Digest, Sha256};

use crate::house::House;

const OURS: &str = "https://app.example.com";

async fn ask(house: &House, method: Method, path: &str, origin: &str) -> TestResponse {
    let client = house.client();
    let request = client.request(method, path).header("X-API-Key", house.key()).header("Origin", origin);
    request.header("Access-Control-Request-Method", "POST").send().await
}

fn header<'a>(answer: &'a TestResponse, name: &str) -> Option<&'a str> {
    answer.0.header(name)
}

on_both! {
    async fn every_answer_is_hardened_and_names_its_request(db: Fresh) {
        let house = House::with(db, &["--public-url", "https://voice.example.com"]).await;
        for path in ["/", "/health", "/personas", "/nowhere", "/docs", "/redoc", "/openapi.json", "/ws/voice-agent/s"] {
            let answer = house.get(path).await;
            answer.assert_header_exist("x-request-id");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("x-frame-options", "DENY"),
                ("referrer-policy", "no-referrer"),
                ("cache-control", "no-store"),
                ("cross-origin-opener-policy", "same-origin"),
                ("cross-origin-resource-policy", "same-origin"),
                ("strict-transport-security", "max-age=31536000"),
            ] {
                assert_eq!(header(&answer, name), Some(value), "{path}: {name}");
            }
            assert!(header(&answer, "permissions-policy").unwrap().contains("microphone=()"), "{path}");
            let policy = header(&answer, "content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'; ") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
            assert!(!policy.contains("script-src 'unsafe") && !policy.contains('*'), "{path}: {policy}");
            for (name, _) in answer.0.headers() {
                assert!(!name.as_str().starts_with("access-control"), "{path}: {name}");
            }
        }
    }

    async fn nobody_is_held_to_https_who_does_not_use_it(db: Fresh) {
        let house = House::new(db).await;
        assert_eq!(header(&house.get("/").await, "strict-transport-security"), None);
    }

    async fn the_documentation_may_run_its_own_scripts_alone(db: Fresh) {
        let house = House::new(db).await;
        for path in ["/docs", "/redoc"] {
            let answer = house.get(path).await;
            answer.assert_status_is_ok();
            let policy = header(&answer, "content-security-policy").unwrap().to_owned();
            let (_, allowed) = policy.split_once("script-src ").unwrap();
            let (allowed, _) = allowed.split_once(';').unwrap();
            let html = answer.0.into_body().into_string().await.unwrap();
            let last = html.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
            let hash = format!("'sha256-{}'", STANDARD.encode(Sha256::digest(last)));
            assert!(allowed.split(' ').any(|source| source == hash), "{path}: {allowed}");
            assert_eq!(allowed.split(' ').count(), html.matches("</script>").count(), "{path}: {allowed}");
        }
    }

    async fn other_origins_are_told_nothing_unless_they_are_named(db: Fresh) {
        let house = House::with(db, &["--cors-origins", OURS]).await;
        for origin in ["https://evil.example", "https://app.example.com.evil.example", "http://app.example.com", "null"] {
            for method in [Method::GET, Method::OPTIONS] {
                let answer = ask(&house, method.clone(), "/personas", origin).await;
                assert_eq!(header(&answer, "access-control-allow-origin"), None, "{origin} {method}");
                assert_eq!(header(&answer, "vary"), Some("Origin"), "{origin} {method}");
            }
        }
    }

    async fn a_named_origin_may_ask_with_keys_and_never_with_cookies(db: Fresh) {
        let house = House::with(db, &["--cors-origins", "https://other.example, https://app.example.com"]).await;
        let asked = ask(&house, Method::OPTIONS, "/agents", OURS).await;
        asked.assert_status(poem::http::StatusCode::NO_CONTENT);
        assert_eq!(header(&asked, "access-control-allow-origin"), Some(OURS));
        let headers = header(&asked, "access-control-allow-headers").unwrap();
        for name in ["Authorization", "X-API-Key", "Idempotency-Key"] {
            assert!(headers.split(", ").any(|allowed| allowed == name), "{headers}");
        }
        for method in ["POST", "PATCH", "DELETE"] {
            assert!(header(&asked, "access-control-allow-methods").unwrap().contains(method));
        }
        let answer = ask(&house, Method::GET, "/personas", OURS).await;
        answer.assert_status_is_ok();
        assert_eq!(header(&answer, "access-control-allow-origin"), Some(OURS));
        let refused = ask(&house, Method::GET, "/nowhere", OURS).await;
        assert_eq!(header(&refused, "access-control-allow-origin"), Some(OURS), "a page can read what went wrong");
        for path in ["/agents", "/auth/refresh"] {
            let asked = ask(&house, Method::OPTIONS, path, OURS).await;
            assert_eq!(header(&asked, "access-control-allow-credentials"), None, "cookies are for our own pages");
        }
    }
}

#[test]
fn what_is_no_origin_stops_the_start() {
    for wrong in
        ["*", "app.example.com", "https://app.example.com/", "https://app.example.com/x", "null", "ftp://a.example"]
    {
        let arguments = ["switchboard", "--cors-origins", wrong].map(Into::into);
        let refused = api::config::Settings::read(arguments).unwrap_err().to_string();
        assert!(refused.contains("CORS_ORIGINS"), "{wrong}: {refused}");
    }
}

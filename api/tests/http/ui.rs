//! The admin UI's door. What it serves is tested with a build of its own, in `api/src/ui.rs`: here none has to be.

use domain::testing::{Fresh, on_both};
use poem::http::StatusCode;

use crate::house::House;

on_both! {
    async fn the_ui_is_at_one_address_and_may_use_the_microphone(db: Fresh) {
        let house = House::new(db).await;
        let door = house.get("/ui").await;
        door.assert_status(StatusCode::PERMANENT_REDIRECT);
        door.assert_header("location", "/ui/");
        let dashboard = house.get("/twilio/dashboard").await;
        dashboard.assert_status(StatusCode::PERMANENT_REDIRECT);
        dashboard.assert_header("location", "/ui/twilio");

        for path in ["/ui/", "/ui/agents/01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13", "/ui/verify?token=abc"] {
            let page = house.get(path).await;
            page.assert_content_type("text/html; charset=utf-8");
            let header = |name: &str| page.0.header(name).unwrap().to_owned();
            assert!(header("permissions-policy").contains("microphone=(self)"), "{path}");
            let policy = header("content-security-policy");
            assert!(policy.contains("script-src 'self';") && !policy.contains('*'), "{path}: {policy}");
            assert_eq!(header("x-frame-options"), "DENY", "{path}");
        }
    }

    async fn the_ui_hides_no_file_of_the_machine(db: Fresh) {
        let house = House::new(db).await;
        for path in ["/ui/nothing.js", "/ui/assets/nothing", "/ui/../Cargo.toml", "/ui/%2e%2e/package.json", "/ui/../../Cargo.toml"] {
            house.get(path).await.assert_status(StatusCode::NOT_FOUND);
        }
        let service = house.get("/").await;
        service.assert_content_type("application/json; charset=utf-8");
    }
}

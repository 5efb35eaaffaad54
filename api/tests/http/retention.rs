use domain::{
    entity::membership::Role,
    testing::{Fresh, on_both},
};
use serde_json::json;

use crate::{
    house::House,
    people::{body, member, problem, told},
};

on_both! {
    async fn an_admin_says_for_how_long_things_are_kept_and_sees_first_what_would_go(db: Fresh) {
        let house = House::with(db, &["--retention-calls-days", "365"]).await;
        let admin = member(&house, Role::Admin).await;
        let before = body(admin.get(&house, "/tenant/retention").await).await;
        assert_eq!((&before["own"]["calls_days"], &before["effective"]["calls_days"]), (&json!(null), &json!(365)));
        assert_eq!(before["last_run"], json!(null));

        let days = json!({ "calls_days": 30, "audit_days": 30 });
        let counts = body(admin.send(&house, "POST", "/tenant/retention/preview", days.clone()).await).await;
        assert_eq!(counts, json!({ "recordings": 0, "transcripts": 0, "calls": 0, "webhook_logs": 0, "audit": 0 }));
        assert_eq!(body(admin.get(&house, "/tenant/retention").await).await, before, "a preview sets nothing");

        let set = body(admin.send(&house, "PUT", "/tenant/retention", days).await).await;
        assert_eq!((&set["effective"]["calls_days"], &set["effective"]["audit_days"]), (&json!(30), &json!(30)));
        assert_eq!(set["defaults"]["calls_days"], 365);
        let back = body(admin.send(&house, "PUT", "/tenant/retention", json!({})).await).await;
        assert_eq!(back, before, "left out is given back");
        let events = body(admin.get(&house, "/audit-events?action=retention.changed").await).await;
        assert_eq!(events["items"].as_array().unwrap().len(), 2);
    }

    async fn days_that_cannot_be_are_named(db: Fresh) {
        let house = House::new(db).await;
        let admin = member(&house, Role::Admin).await;
        for days in [json!({ "audit_days": 29 }), json!({ "calls_days": 0 }), json!({ "recordings_days": 3_651 })] {
            let field = days.as_object().unwrap().keys().next().unwrap().clone();
            for (method, path) in [("PUT", "/tenant/retention"), ("POST", "/tenant/retention/preview")] {
                let answer = admin.send(&house, method, path, days.clone()).await;
                assert_eq!(answer.0.status(), 422, "{method} {days}");
                let problem = answer.0.into_body().into_string().await.unwrap();
                assert!(problem.contains(&field), "{problem}");
            }
        }
        let member = member(&house, Role::Member).await;
        let refused = told(member.send(&house, "PUT", "/tenant/retention", json!({})).await).await;
        assert_eq!(refused, problem(403, "forbidden"));
    }
}

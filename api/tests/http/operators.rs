use domain::{
    access::By,
    entity::membership::Role,
    jobs::Payload,
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{
    house::{House, authorized},
    jobs::dead,
    people::{Person, body, invited, member, member_of, problem, sign_up, told},
};

pub const FLAGS: [&str; 2] = ["--operator-emails", "root@example.com,boss@example.com"];

/// Somebody with an operator's address in a tenant of their own, which is confirmed.
pub async fn operator(house: &House) -> Person {
    let own = domain::tenants::create(&house.state.database, "The platform").await.unwrap().id;
    let invited = invited(house, own, "Boss@Example.com", Role::Owner).await;
    let link = invited.mail.unwrap().link("");
    let token = link.split_once("?token=").unwrap().1;
    Person::of(house, "boss@example.com", &body(sign_up(house, token).await).await).await
}

async fn suspend(house: &House, operator: &Person, reason: &str) -> (u16, String) {
    let path = format!("/operator/tenants/{}/suspend", house.tenant);
    told(operator.send(house, "POST", &path, json!({ "reason": reason })).await).await
}

on_both! {
    async fn only_a_confirmed_address_of_the_list_makes_an_operator(db: Fresh) {
        let house = House::with(db, &FLAGS).await;
        let owner = member(&house, Role::Owner).await;
        let unconfirmed = invited(&house, house.tenant, "root@example.com", Role::Owner).await;
        let tokens = body(sign_up(&house, unconfirmed.token.expose_secret()).await).await;
        let unconfirmed = Person::of(&house, "root@example.com", &tokens).await;
        let boss = operator(&house).await;
        let tenant = format!("/operator/tenants/{}", house.tenant);
        let operations = [
            ("GET", "/operator/tenants".to_owned(), Value::Null),
            ("GET", tenant.clone(), Value::Null),
            ("POST", format!("{tenant}/suspend"), json!({ "reason": "none" })),
            ("POST", format!("{tenant}/reactivate"), Value::Null),
            ("GET", format!("{tenant}/limits"), Value::Null),
            ("PATCH", format!("{tenant}/limits"), json!({ "concurrent_calls": 3 })),
        ];
        let job = format!("/operator/jobs/{}", dead(&house.state.database, Payload::ResealSecrets { tenant: house.tenant }).await);
        let operations = [
            &operations[..],
            &[
                ("GET", "/operator/jobs".to_owned(), Value::Null),
                ("GET", job.clone(), Value::Null),
                ("POST", format!("{job}/retry"), Value::Null),
                ("DELETE", job, Value::Null),
            ][..],
        ]
        .concat();
        for (person, is_one) in [(&owner, false), (&unconfirmed, false), (&boss, true)] {
            assert_eq!(body(person.get(&house, "/auth/me").await).await["is_operator"], is_one);
        }
        for (method, path, request) in &operations {
            for person in [&owner, &unconfirmed] {
                let answer = told(person.send(&house, method, path, request.clone()).await).await;
                assert_eq!(answer, problem(403, "forbidden"), "{} {method} {path}", person.email);
            }
            let client = house.client();
            let by_key = client.request(method.parse().unwrap(), path).header("authorization", format!("Bearer {}", house.key()));
            assert_eq!(told(by_key.body_json(request).send().await).await.0, 403, "{method} {path}");
        }
        for (method, path, request) in operations {
            body(boss.send(&house, method, &path, request).await).await;
        }
    }

    async fn an_operator_sees_how_big_tenants_are_and_none_of_their_content(db: Fresh) {
        let house = House::with(db, &FLAGS).await;
        let boss = operator(&house).await;
        for role in [Role::Owner, Role::Viewer] {
            member(&house, role).await;
        }
        for name in ["Ann", "Bea", "Cid"] {
            body(house.post_json("/agents", json!({ "name": name })).await).await;
        }
        let tenant = body(boss.get(&house, &format!("/operator/tenants/{}", house.tenant)).await).await;
        assert_eq!((&tenant["agents"], &tenant["members"], &tenant["phone_numbers"], &tenant["calls_in_progress"]), (&json!(3), &json!(2), &json!(0), &json!(0)));
        assert_eq!((&tenant["status"], &tenant["suspended_at"]), (&json!("active"), &Value::Null));
        let first = body(boss.get(&house, "/operator/tenants?limit=1").await).await;
        let next = format!("/operator/tenants?limit=1&cursor={}", first["next_cursor"].as_str().unwrap());
        let second = body(boss.get(&house, &next).await).await;
        assert_eq!((&first["items"][0]["name"], &second["items"][0]), (&json!("The platform"), &tenant));
        for path in ["/operator/tenants/nonsense", "/operator/tenants/01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13"] {
            assert_eq!(told(boss.get(&house, path).await).await, problem(404, "not_found"), "{path}");
        }
        let agents = body(boss.get(&house, "/agents").await).await;
        assert_eq!(agents["items"], json!([]), "their own tenant's, and no other's");
    }

    async fn a_suspended_tenants_keys_and_sessions_are_refused_until_it_is_reactivated(db: Fresh) {
        let house = House::with(db, &FLAGS).await;
        let (boss, owner) = (operator(&house).await, member(&house, Role::Owner).await);
        let waiting = invited(&house, house.tenant, "late@example.com", Role::Viewer).await;
        let (_, other) = house.another_tenant().await;
        assert_eq!(suspend(&house, &boss, " Unpaid since September ").await.0, 200);
        assert_eq!(suspend(&house, &boss, "Again").await.0, 200);
        let suspended = problem(403, "tenant_suspended");
        for path in ["/agents", "/tenant", "/members", "/auth/me", "/auth/tenants"] {
            assert_eq!(told(owner.get(&house, path).await).await, suspended, "{path}");
        }
        for path in ["/agents", "/tenant", "/audit-events"] {
            assert_eq!(told(house.get(path).await).await, suspended, "{path}");
        }
        let refresh = json!({ "refresh_token": owner.refresh });
        assert_eq!(told(house.client().post("/auth/refresh").body_json(&refresh).send().await).await, suspended);
        assert_eq!(told(sign_up(&house, waiting.token.expose_secret()).await).await, suspended);
        body(authorized(house.client().get("/agents"), &other).send().await).await;
        let seen = body(boss.get(&house, &format!("/operator/tenants/{}", house.tenant)).await).await;
        assert_eq!((&seen["status"], &seen["suspended_reason"]), (&json!("suspended"), &json!("Unpaid since September")));

        let path = format!("/operator/tenants/{}/reactivate", house.tenant);
        body(boss.send(&house, "POST", &path, Value::Null).await).await;
        body(house.get("/agents").await).await;
        let events = body(owner.get(&house, "/audit-events").await).await;
        let of = |at: usize, field: &str| events["items"][at][field].clone();
        assert_eq!((of(0, "action"), of(1, "action")), (json!("tenant.reactivated"), json!("tenant.suspended")));
        assert_eq!(of(1, "details"), json!({ "reason": "Unpaid since September" }));
        assert_eq!((of(1, "actor_kind"), of(1, "actor_name")), (json!("operator"), Value::Null), "who it was is not told");
        Person::of(&house, "", &body(sign_up(&house, waiting.token.expose_secret()).await).await).await;
    }

    async fn an_operator_sets_what_a_tenant_may_use_and_the_tenant_sees_it(db: Fresh) {
        let house = House::with(db, &[&FLAGS[..], &["--limit-concurrent-calls", "10"]].concat()).await;
        let boss = operator(&house).await;
        let path = format!("/operator/tenants/{}/limits", house.tenant);
        let calls = |limits: &Value| {
            let calls = &limits["concurrent_calls"];
            [&calls["limit"], &calls["ceiling"], &calls["own"]].map(Value::as_u64)
        };
        assert_eq!(calls(&body(boss.get(&house, &path).await).await), [Some(10), Some(10), None]);
        let client = house.client();
        let own = client.patch("/limits").header("X-API-Key", house.key());
        body(own.body_json(&json!({ "concurrent_calls": 7 })).send().await).await;
        for (ceiling, seen) in [
            (json!(20), [Some(7), Some(20), Some(7)]),
            (json!(3), [Some(3), Some(3), Some(7)]),
            (json!(0), [Some(7), None, Some(7)]),
            (Value::Null, [Some(7), Some(10), Some(7)]),
        ] {
            let request = json!({ "concurrent_calls": ceiling, "spend_per_day_usd": 2.5 });
            let changed = body(boss.send(&house, "PATCH", &path, request).await).await;
            assert_eq!(calls(&changed), seen, "{ceiling}");
            assert_eq!(changed["spend_per_day_usd"]["ceiling"], 2.5);
            assert_eq!(body(boss.get(&house, &path).await).await, changed);
            assert_eq!(body(house.get("/limits").await).await, changed, "as the tenant sees it");
        }
        // Left out: as it was.
        let kept = body(boss.send(&house, "PATCH", &path, json!({ "minutes_per_month": 60 })).await).await;
        assert_eq!((&kept["spend_per_day_usd"]["limit"], &kept["minutes_per_month"]["limit"]), (&json!(2.5), &json!(60)));
        let events = body(house.get("/audit-events").await).await;
        let latest = &events["items"][0];
        assert_eq!((&latest["action"], &latest["actor_kind"]), (&json!("limits.changed_by_operator"), &json!("operator")));
        assert_eq!(latest["details"]["minutes_per_month"], 60);

        for wrong in [json!({ "spend_per_day_usd": -1 }), json!({ "concurrent_calls": u64::MAX }), json!({ "concurrent_calls": -1 })] {
            let answer = told(boss.send(&house, "PATCH", &path, wrong.clone()).await).await;
            assert_eq!(answer, problem(422, "invalid"), "{wrong}");
        }
        for nobody in ["nonsense", "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13"] {
            let path = format!("/operator/tenants/{nobody}/limits");
            for (method, request) in [("GET", Value::Null), ("PATCH", json!({ "concurrent_calls": 1 }))] {
                let answer = told(boss.send(&house, method, &path, request).await).await;
                assert_eq!(answer, problem(404, "not_found"), "{method} {path}");
            }
        }
    }

    async fn nobody_goes_over_to_a_suspended_tenant(db: Fresh) {
        let house = House::with(db, &FLAGS).await;
        let boss = operator(&house).await;
        let ada = member(&house, Role::Owner).await;
        let second = body(ada.send(&house, "POST", "/tenants", json!({ "name": "Second" })).await).await;
        let tokens = body(ada.send(&house, "POST", "/auth/switch", json!({ "tenant_id": second["id"] })).await).await;
        let there = Person::of(&house, &ada.email, &tokens).await;
        assert_eq!(suspend(&house, &boss, "Unpaid").await.0, 200);
        let back = there.send(&house, "POST", "/auth/switch", json!({ "tenant_id": house.tenant.to_string() })).await;
        assert_eq!(told(back).await, problem(403, "tenant_suspended"));
        let places = body(there.get(&house, "/auth/tenants").await).await;
        assert_eq!((&places["items"][0]["status"], &places["items"][1]["status"]), (&json!("active"), &json!("suspended")));
    }

    async fn an_operator_does_not_lock_themselves_out(db: Fresh) {
        let house = House::with(db, &FLAGS).await;
        let boss = operator(&house).await;
        let own = body(boss.get(&house, "/tenant").await).await["id"].as_str().unwrap().to_owned();
        let path = format!("/operator/tenants/{own}/suspend");
        assert_eq!(told(boss.send(&house, "POST", &path, json!({ "reason": "Oops" })).await).await, problem(409, "conflict"));
        for reason in ["", " ", "a\u{0}", &"é".repeat(501)] {
            assert_eq!(suspend(&house, &boss, reason).await, problem(422, "invalid"), "{reason:?}");
        }
        domain::tenants::reactivate(&house.state.database, house.tenant, &By::SYSTEM).await.unwrap();
        let stranger = member_of(&house, house.tenant, Role::Admin).await;
        assert_eq!(told(stranger.get(&house, "/operator/tenants").await).await, problem(403, "forbidden"));
    }

    async fn an_operator_deletes_a_tenant_and_lets_it_live_again(db: Fresh) {
        let house = House::with(db, &FLAGS).await;
        let (owner, boss) = (member(&house, Role::Owner).await, operator(&house).await);
        let path = format!("/operator/tenants/{}", house.tenant);
        let deleted = body(boss.send(&house, "POST", &format!("{path}/delete"), Value::Null).await).await;
        assert_eq!(deleted["status"], "deleting");
        assert!(deleted["delete_at"].is_string());
        assert_eq!(told(owner.get(&house, "/agents").await).await, problem(403, "tenant_suspended"));
        let lives = body(boss.send(&house, "POST", &format!("{path}/reactivate"), Value::Null).await).await;
        assert_eq!((&lives["status"], &lives["delete_at"]), (&json!("active"), &Value::Null));
        body(owner.get(&house, "/agents").await).await;
        let own = body(boss.get(&house, "/tenant").await).await["id"].as_str().unwrap().to_owned();
        let refused = told(boss.send(&house, "POST", &format!("/operator/tenants/{own}/delete"), Value::Null).await).await;
        assert_eq!(refused.0, 409);
    }

    async fn an_operator_sees_what_clean_up_has_done_and_would_do(db: Fresh) {
        let house = House::with(db, &FLAGS).await;
        let boss = operator(&house).await;
        let report = body(boss.get(&house, "/operator/cleanup").await).await;
        assert_eq!(report, json!({ "runs": [], "deleted_tenants": [] }));
        let blobs = &house.state.recordings.blobs;
        domain::cleanup::sweep_orphans(&house.state.database, blobs, domain::entity::now()).await.unwrap();
        let report = body(boss.get(&house, "/operator/cleanup").await).await;
        assert_eq!((&report["runs"][0]["name"], &report["runs"][0]["counts"]["files"]), (&json!("orphans"), &json!(0)));
        let preview = body(boss.send(&house, "POST", "/operator/cleanup/preview", Value::Null).await).await;
        assert_eq!((&preview["sessions"], &preview["files_without_row"]), (&json!(0), &json!(0)));
    }
}

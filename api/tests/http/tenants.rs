use domain::{
    entity::membership::Role,
    testing::{Fresh, on_both},
};
use serde_json::{Value, json};

use crate::{
    house::House,
    people::{PASSWORD, Person, body, member, problem, told},
};

async fn switch(house: &House, person: &Person, tenant: &str) -> poem::test::TestResponse {
    person.send(house, "POST", "/auth/switch", json!({ "tenant_id": tenant })).await
}

async fn refreshed(house: &House, token: &str) -> (u16, String) {
    told(house.client().post("/auth/refresh").body_json(&json!({ "refresh_token": token })).send().await).await
}

on_both! {
    async fn whoever_is_signed_in_makes_another_tenant_and_goes_there_and_back(db: Fresh) {
        let house = House::new(db).await;
        let ada = member(&house, Role::Viewer).await;
        let made = body(ada.send(&house, "POST", "/tenants", json!({ "name": " Second " })).await).await;
        assert_eq!(made["name"], "Second");
        let second = made["id"].as_str().unwrap();
        let there = Person::of(&house, &ada.email, &body(switch(&house, &ada, second).await).await).await;
        body(there.send(&house, "PATCH", "/tenant", json!({ "name": "Mine" })).await).await;
        assert_eq!(body(there.get(&house, "/tenant").await).await["name"], "Mine");
        let places = body(there.get(&house, "/auth/tenants").await).await;
        let seen = |field: &str| places["items"].as_array().unwrap().iter().map(|place| place[field].clone()).collect::<Vec<_>>();
        assert_eq!(seen("tenant_id"), [json!(second), json!(house.tenant.to_string())]);
        assert_eq!((seen("role"), seen("is_current")), (vec![json!("owner"), json!("viewer")], vec![json!(true), json!(false)]));
        let back = Person::of(&house, &ada.email, &body(switch(&house, &there, &house.tenant.to_string()).await).await).await;
        assert_eq!(told(back.send(&house, "PATCH", "/tenant", json!({ "name": "Mine" })).await).await, problem(403, "forbidden"));
        assert_eq!(body(back.get(&house, "/auth/sessions").await).await["items"].as_array().unwrap().len(), 1, "it is one session");
    }

    async fn where_nobody_signs_up_nobody_makes_tenants(db: Fresh) {
        let house = House::with(db, &["--sign-up", "closed"]).await;
        let ada = member(&house, Role::Owner).await;
        let more = async |house: &House| told(ada.send(house, "POST", "/tenants", json!({ "name": "Second" })).await).await;
        assert_eq!(more(&house).await, problem(403, "sign_up_closed"));
    }

    async fn ten_tenants_a_day_are_enough_for_one_person(db: Fresh) {
        let house = House::new(db).await;
        let ada = member(&house, Role::Owner).await;
        let more = async || told(ada.send(&house, "POST", "/tenants", json!({ "name": "Another" })).await).await;
        for _ in 0..10 {
            assert_eq!(more().await.0, 201);
        }
        assert_eq!(more().await, problem(429, "throttled"));
    }

    async fn tokens_from_before_a_switch_open_nothing(db: Fresh) {
        let house = House::new(db).await;
        let ada = member(&house, Role::Owner).await;
        let second = body(ada.send(&house, "POST", "/tenants", json!({ "name": "Second" })).await).await;
        let tokens = body(switch(&house, &ada, second["id"].as_str().unwrap()).await).await;
        let there = Person::of(&house, &ada.email, &tokens).await;
        assert_eq!(told(ada.get(&house, "/agents").await).await, problem(401, "unauthorized"));
        assert_eq!(refreshed(&house, &ada.refresh).await, problem(409, "refresh_race"), "used up by the switch");
        assert_eq!(refreshed(&house, &there.refresh).await.0, 200);
    }

    async fn a_tenant_that_one_does_not_belong_to_is_not_found(db: Fresh) {
        let house = House::new(db).await;
        let ada = member(&house, Role::Owner).await;
        let (other, _) = house.another_tenant().await;
        for tenant in [other.to_string(), "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13".to_owned(), "nonsense".to_owned()] {
            assert_eq!(told(switch(&house, &ada, &tenant).await).await, problem(404, "not_found"), "{tenant}");
        }
        body(ada.get(&house, "/agents").await).await;
    }

    async fn a_tenants_name_is_its_owners_matter(db: Fresh) {
        let house = House::new(db).await;
        let (owner, admin) = (member(&house, Role::Owner).await, member(&house, Role::Admin).await);
        assert_eq!(told(admin.send(&house, "PATCH", "/tenant", json!({ "name": "New" })).await).await, problem(403, "forbidden"));
        for name in ["", " ", "a\u{0}b", "a\nb", &"é".repeat(201)] {
            for (method, path) in [("PATCH", "/tenant"), ("POST", "/tenants")] {
                let answer = owner.send(&house, method, path, json!({ "name": name })).await;
                assert_eq!(told(answer).await, problem(422, "invalid"), "{path} {name:?}");
            }
        }
        let renamed = body(owner.send(&house, "PATCH", "/tenant", json!({ "name": "New" })).await).await;
        assert_eq!(body(house.get("/tenant").await).await, renamed);
        let event = &body(owner.get(&house, "/audit-events?action=tenant.renamed").await).await["items"][0];
        assert_eq!((&event["details"]["name"], &event["actor_name"]), (&json!("New"), &json!("Bob")));
        assert_ne!(event["address"], json!("New"));
    }

    async fn every_role_and_scope_does_what_the_table_says_through_the_door(db: Fresh) {
        use domain::{access::By, api_keys::{self, NewKey}, entity::api_key::Scope};
        use secrecy::ExposeSecret;
        let house = House::new(db).await;
        let mut callers = Vec::new();
        for role in [Role::Viewer, Role::Member, Role::Admin, Role::Owner] {
            callers.push(member(&house, role).await);
        }
        for scope in [Scope::Read, Scope::Calls, Scope::Manage, Scope::Admin] {
            let new = NewKey { scopes: vec![scope], ..NewKey::unlimited("one") };
            let key = api_keys::create(&house.state.database, house.tenant, &By::SYSTEM, new).await.unwrap().1;
            let access = key.expose_secret().to_owned();
            callers.push(Person { id: format!("{scope:?}"), email: String::new(), access, refresh: String::new() });
        }
        #[rustfmt::skip]
        let table = [
            //                                                            viewer member admin  owner  read   calls  manage admin
            ("GET",   "/agents",             Value::Null,                [true,  true,  true,  true,  true,  false, false, false]),
            ("POST",  "/conversation/start", Value::Null,                [false, true,  true,  true,  false, true,  false, false]),
            ("POST",  "/agents",             json!({ "name": "Ann" }),   [false, true,  true,  true,  false, false, true,  false]),
            ("GET",   "/audit-events",       Value::Null,                [false, false, true,  true,  false, false, false, true]),
            ("PATCH", "/tenant",             json!({ "name": "New" }),   [false, false, false, true,  false, false, false, false]),
        ];
        for (method, path, body, expected) in table {
            for (caller, expected) in callers.iter().zip(expected) {
                let told = told(caller.send(&house, method, path, body.clone()).await).await;
                let is_in = (200..300).contains(&told.0);
                assert!(is_in == expected && (is_in || told == problem(403, "forbidden")), "{} {method} {path}: {told:?}", caller.id);
            }
        }
    }

    async fn an_owner_says_whether_transcripts_are_redacted(db: Fresh) {
        let house = House::new(db).await;
        let owner = member(&house, Role::Owner).await;
        assert_eq!(body(owner.get(&house, "/tenant").await).await["redact_transcripts"], false);
        let changed = body(owner.send(&house, "PATCH", "/tenant", json!({ "redact_transcripts": true })).await).await;
        assert_eq!(changed["redact_transcripts"], true);
        assert_eq!(body(house.get("/tenant").await).await, changed);
        let renamed = body(owner.send(&house, "PATCH", "/tenant", json!({ "name": "New" })).await).await;
        assert_eq!((&renamed["name"], &renamed["redact_transcripts"]), (&json!("New"), &json!(true)));
        let events = body(owner.get(&house, "/audit-events?action=tenant.changed").await).await;
        assert_eq!(events["items"][0]["details"]["redact_transcripts"], true);
    }

    async fn an_owner_deletes_the_tenant_with_a_password_and_takes_it_back_with_it(db: Fresh) {
        let house = House::new(db).await;
        let (owner, admin) = (member(&house, Role::Owner).await, member(&house, Role::Admin).await);
        let delete = async |person: &Person, password: &str| {
            person.send(&house, "POST", "/tenant/delete", json!({ "password": password })).await
        };
        assert_eq!(told(delete(&admin, PASSWORD).await).await, problem(403, "forbidden"));
        assert_eq!(told(delete(&owner, "another horse battery").await).await.0, 422);
        body(owner.get(&house, "/tenant").await).await;
        let deleted = body(delete(&owner, PASSWORD).await).await;
        assert_eq!((&deleted["status"], &deleted["tenant_id"]), (&json!("deleting"), &json!(house.tenant.to_string())));
        assert_eq!(told(owner.get(&house, "/tenant").await).await, problem(403, "tenant_suspended"));
        let restore = async |email: &str| {
            let credentials = json!({ "email": email, "password": PASSWORD, "tenant_id": deleted["tenant_id"] });
            house.client().post("/auth/restore-tenant").body_json(&credentials).send().await
        };
        assert_eq!(told(restore(&admin.email).await).await, problem(404, "not_found"));
        let restored = body(restore(&owner.email).await).await;
        assert_eq!((&restored["status"], &restored["delete_at"]), (&json!("active"), &Value::Null));
        body(owner.get(&house, "/tenant").await).await;
        for action in ["tenant.deletion_asked", "tenant.restored"] {
            let events = body(owner.get(&house, &format!("/audit-events?action={action}")).await).await;
            assert_eq!(events["items"].as_array().unwrap().len(), 1, "{action}");
        }
    }
}

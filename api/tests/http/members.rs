use domain::{
    entity::membership::Role,
    members,
    page::Paging,
    testing::{Fresh, on_both},
};
use poem::http::StatusCode;
use serde_json::{Value, json};

use crate::{
    house::{House, authorized},
    people::{Person, body, member, member_of, problem, told},
};

async fn change(house: &House, maker: &Person, of: &Person, role: &str) -> (u16, String) {
    told(maker.send(house, "PATCH", &format!("/members/{}", of.id), json!({ "role": role })).await).await
}

async fn remove(house: &House, maker: &Person, of: &Person) -> (u16, String) {
    told(maker.delete(house, &format!("/members/{}", of.id)).await).await
}

async fn owners(house: &House) -> usize {
    let all = members::list(&house.state.database, house.tenant, Paging::first(100)).await.unwrap().items;
    all.iter().filter(|member| member.membership.role == Role::Owner).count()
}

on_both! {
    async fn members_are_listed_with_name_address_and_role(db: Fresh) {
        let house = House::new(db).await;
        let (ada, bob) = (member(&house, Role::Owner).await, member(&house, Role::Viewer).await);
        let page = body(ada.get(&house, "/members").await).await;
        let seen = |field: &str| page["items"].as_array().unwrap().iter().map(|member| member[field].clone()).collect::<Vec<_>>();
        assert_eq!(seen("user_id"), [json!(bob.id), json!(ada.id)]);
        assert_eq!(seen("email"), [json!(bob.email), json!(ada.email)]);
        assert_eq!(seen("role"), [json!("viewer"), json!("owner")]);
        let first = body(ada.get(&house, "/members?limit=1").await).await;
        let path = format!("/members?limit=1&cursor={}", first["next_cursor"].as_str().unwrap());
        let second = body(ada.get(&house, &path).await).await;
        assert_eq!((&second["items"][0]["user_id"], &second["next_cursor"]), (&json!(ada.id), &Value::Null));
    }

    async fn owners_manage_all_and_admins_all_but_owners(db: Fresh) {
        let house = House::new(db).await;
        let (owner, admin, member_, viewer) = (
            member(&house, Role::Owner).await,
            member(&house, Role::Admin).await,
            member(&house, Role::Member).await,
            member(&house, Role::Viewer).await,
        );
        let escalation = problem(403, "escalation");
        let forbidden = problem(403, "forbidden");
        let done = problem(200, "");
        assert_eq!(change(&house, &admin, &viewer, "member").await, done);
        assert_eq!(change(&house, &admin, &viewer, "admin").await, done);
        assert_eq!(change(&house, &admin, &viewer, "owner").await, escalation);
        assert_eq!(change(&house, &admin, &owner, "viewer").await, escalation);
        assert_eq!(remove(&house, &admin, &owner).await, escalation);
        assert_eq!(change(&house, &admin, &viewer, "viewer").await, done);
        assert_eq!(change(&house, &member_, &viewer, "member").await, forbidden);
        assert_eq!(remove(&house, &member_, &viewer).await, forbidden);
        assert_eq!(change(&house, &owner, &admin, "owner").await, done);
        assert_eq!(change(&house, &owner, &admin, "admin").await, done);
        assert_eq!(remove(&house, &admin, &viewer).await, problem(204, ""));
        assert_eq!(remove(&house, &admin, &viewer).await, problem(404, "not_found"));
        assert_eq!(change(&house, &owner, &member_, "emperor").await, problem(422, "invalid"));
    }

    async fn the_last_owner_stays_whatever_is_tried(db: Fresh) {
        let house = House::new(db).await;
        let (owner, admin) = (member(&house, Role::Owner).await, member(&house, Role::Admin).await);
        let last = problem(409, "last_owner");
        assert_eq!(change(&house, &owner, &owner, "admin").await, last);
        assert_eq!(remove(&house, &owner, &owner).await, last);
        assert_eq!(told(owner.delete(&house, "/members/me").await).await, last);
        assert_eq!(change(&house, &owner, &admin, "owner").await.0, 200);
        assert_eq!(told(owner.delete(&house, "/members/me").await).await.0, 204);
        assert_eq!(told(admin.delete(&house, "/members/me").await).await, last);
        assert_eq!(owners(&house).await, 1);
    }

    async fn of_two_owners_who_unmake_each_other_at_once_one_stays(db: Fresh) {
        let house = House::new(db).await;
        let (ada, bob) = (member(&house, Role::Owner).await, member(&house, Role::Owner).await);
        let (mut ada, mut bob) = (ada, bob);
        for round in 0..5 {
            let (first, second) = match round % 2 {
                0 => tokio::join!(change(&house, &ada, &bob, "admin"), change(&house, &bob, &ada, "admin")),
                _ => tokio::join!(
                    async { told(ada.delete(&house, "/members/me").await).await },
                    async { told(bob.delete(&house, "/members/me").await).await }
                ),
            };
            let went = [&first, &second].into_iter().filter(|(status, _)| (200..300).contains(status)).count();
            assert_eq!(went, 1, "round {round}: {first:?} {second:?}");
            assert_eq!(owners(&house).await, 1, "round {round}");
            // Two owners again.
            (ada, bob) = match first.0 < 300 {
                true if round % 2 == 0 => (ada, member(&house, Role::Owner).await),
                true => (bob, member(&house, Role::Owner).await),
                false if round % 2 == 0 => (bob, member(&house, Role::Owner).await),
                false => (ada, member(&house, Role::Owner).await),
            };
        }
    }

    async fn a_removed_members_sessions_end_at_once_and_their_keys_do_not(db: Fresh) {
        let house = House::new(db).await;
        let (owner, admin) = (member(&house, Role::Owner).await, member(&house, Role::Admin).await);
        let made = body(admin.send(&house, "POST", "/api-keys", json!({ "name": "Shop", "scopes": ["read"] })).await).await;
        let key = made["key"].as_str().unwrap().to_owned().into();
        body(admin.send(&house, "POST", "/invitations", json!({ "email": "carl@example.com", "role": "viewer" })).await).await;
        body(admin.get(&house, "/agents").await).await;
        assert_eq!(remove(&house, &owner, &admin).await.0, 204);
        assert_eq!(told(admin.get(&house, "/agents").await).await, problem(401, "unauthorized"));
        let refresh = json!({ "refresh_token": admin.refresh });
        let refreshed = house.client().post("/auth/refresh").body_json(&refresh).send().await;
        assert_eq!(told(refreshed).await, problem(401, "session_over"));
        authorized(house.client().get("/agents"), &key).send().await.assert_status(StatusCode::OK);
        assert_eq!(body(owner.get(&house, "/invitations").await).await["items"], json!([]), "their invitations are withdrawn");
        let event = &body(owner.get(&house, "/audit-events?action=member.removed").await).await["items"][0];
        assert_eq!((&event["target_id"], &event["actor_id"]), (&json!(admin.id), &json!(owner.id)));
        let names = body(owner.get(&house, "/api-keys").await).await;
        assert_eq!(names["items"][0]["created_by_name"], "Bob", "who has left has a name still");
    }

    async fn another_role_holds_from_the_next_request_on(db: Fresh) {
        let house = House::new(db).await;
        let (owner, admin) = (member(&house, Role::Owner).await, member(&house, Role::Admin).await);
        let for_an_admin = json!({ "email": "carl@example.com", "role": "admin" });
        body(admin.send(&house, "POST", "/invitations", for_an_admin).await).await;
        assert_eq!(change(&house, &owner, &admin, "viewer").await.0, 200);
        assert_eq!(told(admin.get(&house, "/audit-events").await).await, problem(403, "forbidden"));
        body(admin.get(&house, "/agents").await).await;
        assert_eq!(body(owner.get(&house, "/invitations").await).await["items"], json!([]), "what they may not any more is withdrawn");
    }

    async fn another_tenants_member_is_not_found(db: Fresh) {
        let house = House::new(db).await;
        let (other, _) = house.another_tenant().await;
        let (ours, theirs) = (member(&house, Role::Owner).await, member_of(&house, other, Role::Viewer).await);
        assert_eq!(change(&house, &ours, &theirs, "member").await, problem(404, "not_found"));
        assert_eq!(remove(&house, &ours, &theirs).await, problem(404, "not_found"));
        body(theirs.get(&house, "/agents").await).await;
    }
}

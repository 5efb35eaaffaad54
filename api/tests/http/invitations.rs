use chrono::TimeDelta;
use domain::{
    Error,
    entity::{self, membership::Role},
    invitations,
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use crate::{
    house::House,
    people::{Person, body, invited, member, member_of, problem, sign_up, told},
};

fn token(link: &Value) -> String {
    let (page, token) = link.as_str().unwrap().split_once("?token=").unwrap();
    assert!(page.ends_with("/ui/invitation"), "{page}");
    token.to_owned()
}

async fn invite(house: &House, by: &Person, email: &str, role: &str) -> Value {
    body(by.send(house, "POST", "/invitations", json!({ "email": email, "role": role })).await).await
}

async fn offer(house: &House, token: &str) -> (u16, Value) {
    let answer = house.client().post("/auth/invitations/look-up").body_json(&json!({ "token": token })).send().await;
    let status = answer.0.status().as_u16();
    (status, serde_json::from_slice(&answer.0.into_body().into_bytes().await.unwrap()).unwrap())
}

async fn accept(house: &House, person: &Person, token: &str) -> poem::test::TestResponse {
    person.send(house, "POST", "/auth/invitations/accept", json!({ "token": token })).await
}

async fn verified(house: &House, person: &Person) -> bool {
    body(person.get(house, "/auth/me").await).await["user"]["email_verified_at"].is_string()
}

on_both! {
    async fn what_a_key_invited_to_goes_with_the_key(db: Fresh) {
        let house = House::new(db).await;
        let owner = member(&house, Role::Owner).await;
        let key = body(owner.send(&house, "POST", "/api-keys", json!({ "name": "stolen", "scopes": ["admin", "manage", "calls", "read"] })).await).await;
        let client = house.client();
        let request = client.post("/invitations").header("X-API-Key", key["key"].as_str().unwrap());
        let made = body(request.body_json(&json!({ "email": "thief@example.com", "role": "member" })).send().await).await;
        let token = token(&made["link"]);
        assert_eq!(offer(&house, &token).await.0, 200);
        owner.delete(&house, &format!("/api-keys/{}", key["api_key"]["id"].as_str().unwrap())).await.assert_status(poem::http::StatusCode::NO_CONTENT);
        assert_eq!(offer(&house, &token).await.0, 404);
    }

    async fn an_invitation_lets_one_person_in_once(db: Fresh) {
        let house = House::new(db).await;
        let admin = member(&house, Role::Admin).await;
        let made = invite(&house, &admin, " Carl@Example.com ", "member").await;
        let token = token(&made["link"]);
        assert_eq!(made["invitation"]["email"], "carl@example.com");
        let listed = body(admin.get(&house, "/invitations").await).await;
        assert_eq!(listed["items"], json!([made["invitation"]]));
        assert!(!listed.to_string().contains(&token), "the token is shown again");
        let (_, offered) = offer(&house, &token).await;
        assert_eq!((&offered["email"], &offered["role"], &offered["has_account"]), (&json!("carl@example.com"), &json!("member"), &json!(false)));
        let carl = Person::of(&house, "carl@example.com", &body(sign_up(&house, &token).await).await).await;
        let me = body(carl.get(&house, "/auth/me").await).await;
        assert_eq!((&me["tenant"]["role"], &me["user"]["name"]), (&json!("member"), &json!("Bob")));
        assert_eq!(told(sign_up(&house, &token).await).await, problem(404, "not_found"));
        assert_eq!(offer(&house, &token).await.0, 404);
        assert_eq!(body(admin.get(&house, "/invitations").await).await["items"], json!([]));
        let event = &body(admin.get(&house, "/audit-events?action=member.joined").await).await["items"][0];
        assert_eq!((&event["actor_id"], &event["details"]["invited_by"]), (&json!(carl.id), &json!(admin.id)));
    }

    async fn of_two_who_take_it_at_once_one_comes_in(db: Fresh) {
        let house = House::new(db).await;
        let invited = invited(&house, house.tenant, "carl@example.com", Role::Viewer).await;
        let token = invited.token.expose_secret();
        let (first, second) = tokio::join!(sign_up(&house, token), sign_up(&house, token));
        let mut told = [told(first).await.0, told(second).await.0];
        told.sort_unstable();
        assert!(told == [201, 404] || told == [201, 409], "{told:?}");
    }

    async fn an_expired_replaced_or_withdrawn_one_is_none(db: Fresh) {
        let house = House::new(db).await;
        let admin = member(&house, Role::Admin).await;
        let first = invite(&house, &admin, "carl@example.com", "viewer").await;
        let second = invite(&house, &admin, "carl@example.com", "member").await;
        assert_eq!(offer(&house, &token(&first["link"])).await.0, 404, "replaced");
        assert_eq!(offer(&house, &token(&second["link"])).await.1["role"], "member");
        let secret = token(&second["link"]).into();
        let (db, now) = (&house.state.database, entity::now());
        let late = invitations::offer(db, &secret, now + TimeDelta::days(7)).await;
        assert!(matches!(late, Err(Error::NotFound { .. })), "{late:?}");
        invitations::offer(db, &secret, now + TimeDelta::days(7) - TimeDelta::minutes(1)).await.unwrap();
        let path = format!("/invitations/{}", second["invitation"]["id"].as_str().unwrap());
        assert_eq!(told(admin.delete(&house, &path).await).await.0, 204);
        assert_eq!(told(sign_up(&house, &token(&second["link"])).await).await, problem(404, "not_found"));
        assert_eq!(told(admin.delete(&house, &path).await).await.0, 404);
        assert_eq!(invitations::sweep(db, now + TimeDelta::days(40)).await.unwrap(), 0);
        invite(&house, &admin, "carl@example.com", "viewer").await;
        assert_eq!(invitations::sweep(db, now + TimeDelta::days(36)).await.unwrap(), 0);
        assert_eq!(invitations::sweep(db, now + TimeDelta::days(38)).await.unwrap(), 1);
    }

    async fn it_is_for_its_address_alone(db: Fresh) {
        let house = House::new(db).await;
        let (other, _) = house.another_tenant().await;
        let (admin, stranger) = (member(&house, Role::Admin).await, member_of(&house, other, Role::Owner).await);
        let made = invite(&house, &admin, "carl@example.com", "viewer").await;
        assert_eq!(told(accept(&house, &stranger, &token(&made["link"])).await).await, problem(409, "conflict"));
        let own = json!({ "token": token(&made["link"]), "name": "Eve", "password": crate::people::PASSWORD, "email": "eve@example.com" });
        let tokens = body(house.client().post("/auth/invitations/sign-up").body_json(&own).send().await).await;
        let me = body(Person::of(&house, "", &tokens).await.get(&house, "/auth/me").await).await;
        assert_eq!(me["user"]["email"], "carl@example.com", "the invitation's address counts");
    }

    async fn somebody_with_an_account_signs_in_and_their_session_goes_over(db: Fresh) {
        let house = House::new(db).await;
        let (other, _) = house.another_tenant().await;
        let (admin, carl) = (member(&house, Role::Admin).await, member_of(&house, other, Role::Viewer).await);
        let made = invite(&house, &admin, &carl.email, "admin").await;
        assert_eq!(offer(&house, &token(&made["link"])).await.1["has_account"], true);
        assert_eq!(told(sign_up(&house, &token(&made["link"])).await).await, problem(409, "conflict"));
        let tokens = body(accept(&house, &carl, &token(&made["link"])).await).await;
        assert_eq!(tokens["tenant_id"], house.tenant.to_string());
        let here = Person::of(&house, &carl.email, &tokens).await;
        body(here.get(&house, "/audit-events").await).await;
        assert_eq!(told(carl.get(&house, "/agents").await).await, problem(401, "unauthorized"), "the session is elsewhere now");
        let again = json!({ "email": carl.email, "role": "viewer" });
        assert_eq!(told(admin.send(&house, "POST", "/invitations", again).await).await, problem(409, "conflict"));
    }

    async fn nobody_invites_to_more_than_they_are(db: Fresh) {
        let house = House::new(db).await;
        let people = [member(&house, Role::Viewer).await, member(&house, Role::Member).await, member(&house, Role::Admin).await, member(&house, Role::Owner).await];
        let roles = ["viewer", "member", "admin", "owner"];
        let expected = [[403; 4], [403; 4], [201, 201, 201, 403], [201; 4]];
        for (person, expected) in people.iter().zip(expected) {
            for (role, expected) in roles.into_iter().zip(expected) {
                let new = json!({ "email": format!("{role}@example.com"), "role": role });
                assert_eq!(told(person.send(&house, "POST", "/invitations", new).await).await.0, expected, "{} {role}", person.id);
            }
        }
        let by_key = house.post_json("/invitations", json!({ "email": "boss@example.com", "role": "owner" })).await;
        assert_eq!(told(by_key).await, problem(403, "escalation"));
        for email in ["", "nobody", "a@b", "a\u{0}@example.com"] {
            let answer = house.post_json("/invitations", json!({ "email": email, "role": "viewer" })).await;
            assert_eq!(told(answer).await, problem(422, "invalid"), "{email:?}");
        }
    }

    async fn only_the_mails_token_proves_the_address(db: Fresh) {
        let house = House::new(db).await;
        let shown = invited(&house, house.tenant, "shown@example.com", Role::Viewer).await;
        let mailed = invited(&house, house.tenant, "mailed@example.com", Role::Viewer).await;
        let shown = Person::of(&house, "", &body(sign_up(&house, shown.token.expose_secret()).await).await).await;
        let link = mailed.mail.unwrap().link("");
        let by_mail = link.split_once("?token=").unwrap().1;
        assert_ne!(by_mail, mailed.token.expose_secret());
        let mailed = Person::of(&house, "", &body(sign_up(&house, by_mail).await).await).await;
        assert!(!verified(&house, &shown).await, "the inviter has seen that link");
        assert!(verified(&house, &mailed).await);
    }

    async fn inviting_one_address_over_and_over_is_throttled(db: Fresh) {
        let house = House::new(db).await;
        let admin = member(&house, Role::Admin).await;
        let new = json!({ "email": "carl@example.com", "role": "viewer" });
        let mut last = (0, String::new());
        for _ in 0..10 {
            last = told(admin.send(&house, "POST", "/invitations", new.clone()).await).await;
        }
        assert_eq!(last, problem(429, "throttled"));
    }
}

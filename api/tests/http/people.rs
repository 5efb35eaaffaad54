//! People who are signed in, each brought in by an invitation, through the door.

use std::sync::atomic::{AtomicU32, Ordering};

use domain::{
    access::{By, Principal, Who},
    entity::{
        self,
        id::{SessionId, UserId},
        membership::Role,
    },
    id::TenantId,
    invitations::{self, Invited},
    users::Email,
};
use poem::test::TestResponse;
use serde_json::{Value, json};

use crate::house::House;

pub const PASSWORD: &str = "correct horse battery";

static SERIAL: AtomicU32 = AtomicU32::new(0);

/// Somebody with a session.
pub struct Person {
    pub id: String,
    pub email: String,
    pub access: String,
    pub refresh: String,
}

impl Person {
    /// Of the tokens of an answer.
    pub async fn of(house: &House, email: &str, tokens: &Value) -> Self {
        let text = |field: &str| tokens[field].as_str().unwrap_or_else(|| panic!("no {field}: {tokens}")).to_owned();
        let mut person = Self {
            id: String::new(),
            email: email.to_owned(),
            access: text("access_token"),
            refresh: text("refresh_token"),
        };
        person.id = body(person.get(house, "/auth/me").await).await["user"]["id"].as_str().unwrap().to_owned();
        person
    }

    pub async fn send(&self, house: &House, method: &str, path: &str, body: Value) -> TestResponse {
        let client = house.client();
        let request = client.request(method.parse().unwrap(), path);
        let request = request.header("authorization", format!("Bearer {}", self.access));
        if body.is_null() { request.send().await } else { request.body_json(&body).send().await }
    }

    pub async fn get(&self, house: &House, path: &str) -> TestResponse {
        self.send(house, "GET", path, Value::Null).await
    }

    pub async fn delete(&self, house: &House, path: &str) -> TestResponse {
        self.send(house, "DELETE", path, Value::Null).await
    }
}

/// Whoever may invite to any role.
pub fn somebody_who_owns(tenant: TenantId) -> Principal {
    Principal { tenant, who: Who::User { id: UserId::new(), session: SessionId::new(), role: Role::Owner } }
}

pub async fn invited(house: &House, tenant: TenantId, email: &str, role: Role) -> Invited {
    let (owner, email) = (somebody_who_owns(tenant), Email::parse(email).unwrap());
    let now = entity::now();
    invitations::invite(&house.state.database, &owner, &By::SYSTEM, &email, role, now).await.unwrap()
}

/// Takes an invitation with a new account; gives the answer.
pub async fn sign_up(house: &House, token: &str) -> TestResponse {
    let new = json!({ "token": token, "name": "Bob", "password": PASSWORD });
    house.client().post("/auth/invitations/sign-up").body_json(&new).send().await
}

/// Somebody new of this role in the house's tenant.
pub async fn member(house: &House, role: Role) -> Person {
    member_of(house, house.tenant, role).await
}

pub async fn member_of(house: &House, tenant: TenantId, role: Role) -> Person {
    use secrecy::ExposeSecret;
    let email = format!("person{}@example.com", SERIAL.fetch_add(1, Ordering::Relaxed));
    let token = invited(house, tenant, &email, role).await.token;
    Person::of(house, &email, &body(sign_up(house, token.expose_secret()).await).await).await
}

/// The body of an answer that must be a success.
pub async fn body(answer: TestResponse) -> Value {
    let status = answer.0.status();
    let bytes = answer.0.into_body().into_bytes().await.unwrap();
    let body = serde_json::from_slice(&bytes).unwrap_or_default();
    assert!(status.is_success(), "{status} {body}");
    body
}

/// Status and code of an answer.
pub async fn told(answer: TestResponse) -> (u16, String) {
    let status = answer.0.status().as_u16();
    let bytes = answer.0.into_body().into_bytes().await.unwrap();
    let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    (status, body["code"].as_str().unwrap_or_default().to_owned())
}

pub fn problem(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

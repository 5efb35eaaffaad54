//! What most tests begin with.

use domain::access::By;
use domain::{
    Database, agents,
    agents::{Agent, NewAgent},
    calls,
    calls::{Begun, Incoming},
    conversations::{self, Wanted},
    entity::{conversation, conversation::Channel, id::TenantId, phone_number},
    phone_numbers::NewNumber,
    tenants,
};
use secrecy::SecretString;

pub use domain::testing::vault;

pub const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";

/// A tenant with an agent and a number.
pub struct Tenant {
    pub id: TenantId,
    pub agent: Agent,
    pub number: phone_number::Model,
}

pub async fn tenant(db: &Database, e164: &str) -> Tenant {
    let id = tenants::create(db, "Ada's bakery").await.unwrap().id;
    let agent =
        agents::create(db, id, &By::SYSTEM, NewAgent { name: "Ada".to_owned(), ..NewAgent::default() }).await.unwrap();
    let number = NewNumber {
        number: e164.to_owned(),
        account_sid: ACCOUNT.to_owned(),
        auth_token: SecretString::from("the token"),
        agent_id: Some(agent.id),
        label: None,
        recorded_by: Default::default(),
    };
    let number = domain::testing::number(db, &vault(), id, number).await.unwrap();
    Tenant { id, agent, number }
}

pub fn incoming(call_sid: &str) -> Incoming {
    Incoming {
        call_sid: call_sid.to_owned(),
        account_sid: ACCOUNT.to_owned(),
        from: "+14155550100".to_owned(),
        to: "+14155550199".to_owned(),
    }
}

pub async fn call(db: &Database, tenant: &Tenant, call_sid: &str) -> Begun {
    calls::begin(db, &tenant.number, incoming(call_sid)).await.unwrap()
}

pub fn wanted(session_id: Option<&str>) -> Wanted {
    Wanted { session_id: session_id.map(str::to_owned), ..Wanted::on(Channel::Http) }
}

pub async fn conversation(db: &Database, tenant: TenantId) -> conversation::Model {
    conversations::begin(db, tenant, wanted(None)).await.unwrap().conversation
}

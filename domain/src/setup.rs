//! The first start: enough for a caller to be answered.

use entity::{id::TenantId, membership::Role, tenant};
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};
use secrecy::SecretString;

use crate::{
    Database, Result,
    access::By,
    agents::{self, Agent, NewAgent},
    api_keys::{self, NewKey},
    database::Backend,
    invitations,
    phone_numbers::{self, NewNumber},
    secret_text, tenants,
    vault::Vault,
};

/// Held on PostgreSQL while the first start looks and writes, so that of several processes one does it.
const LOCK: i64 = 0x5377_6974_6368_0002;

/// Reserved by Twilio for tests: no telephone answers to it.
const DEMO_NUMBER: &str = "+15005550006";

/// What the first start made. The secrets are shown once.
#[derive(Debug)]
pub struct FirstStart {
    pub tenant: TenantId,
    pub api_key: SecretString,
    /// Whoever has it becomes the tenant's owner: nobody is known yet. Good for a week.
    pub invitation: SecretString,
    /// E.164.
    pub number: String,
    pub account_sid: String,
    /// What the simulated Twilio signs with.
    pub auth_token: SecretString,
    pub agent: Agent,
}

/// Makes a first tenant with an agent, a demo number and an API key. `None`: there is a tenant already, and nothing
/// was changed.
#[expect(clippy::disallowed_methods, reason = "asks whether there is any tenant at all")]
pub async fn first_start(db: &Database, vault: &Vault) -> Result<Option<FirstStart>> {
    let tx = db.write_platform().await?;
    if db.backend() == Backend::Postgres {
        tx.execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
    if tenant::Entity::find().count(&tx).await? > 0 {
        return Ok(None);
    }
    let tenant = tenants::create_in(&tx, "First tenant").await?.id;
    let agent = NewAgent { name: "First agent".to_owned(), ..NewAgent::default() };
    let agent = agents::create_in(&tx, tenant, &By::SYSTEM, agent).await?;
    let (_, api_key) = api_keys::create_in(&tx, tenant, &By::SYSTEM, NewKey::unlimited("First key")).await?;
    let owner = invitations::create_in(&tx, tenant, &By::SYSTEM, None, Role::Owner, entity::now()).await?;
    // Both as Twilio makes them: 32 hexadecimal digits.
    let digits = |seed: String| secret_text::sha256(&seed)[..32].to_owned();
    let account_sid = format!("AC{}", digits(secret_text::random_base62(32)));
    let auth_token = SecretString::from(digits(secret_text::random_base62(32)));
    let number = NewNumber {
        number: DEMO_NUMBER.to_owned(),
        account_sid: account_sid.clone(),
        auth_token: auth_token.clone(),
        agent_id: Some(agent.id),
        label: Some("Demo".to_owned()),
        recorded_by: Default::default(),
    };
    let number = phone_numbers::register_unverified(&tx, vault, tenant, &By::SYSTEM, number).await?;
    tx.commit().await?;
    Ok(Some(FirstStart {
        tenant,
        api_key,
        invitation: owner.token,
        number: number.e164,
        account_sid,
        auth_token,
        agent,
    }))
}

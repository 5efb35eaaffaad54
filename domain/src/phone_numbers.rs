//! Phone numbers and the tokens their webhooks are signed with.

use entity::{
    TenantScoped,
    id::{AgentId, PhoneNumberId, TenantId},
    phone_number, sealed,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use secrecy::SecretString;

use crate::{
    Database, Error, Result,
    access::By,
    agents, audit,
    vault::{Place, Vault},
};

/// A number to be registered.
#[derive(Clone, Debug)]
pub struct NewNumber {
    /// `+` and up to fifteen digits.
    pub e164: String,
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// The account's primary auth token.
    pub auth_token: SecretString,
    pub agent_id: AgentId,
}

/// Gives the number to one of the tenant's agents. [`Error::Conflict`]: it is registered already, here or elsewhere.
pub async fn register(
    db: &Database,
    vault: &Vault,
    tenant: TenantId,
    by: &By,
    new: NewNumber,
) -> Result<phone_number::Model> {
    let tx = db.write(tenant).await?;
    let number = register_in(&tx, vault, tenant, by, new).await?;
    tx.commit().await?;
    Ok(number)
}

pub(crate) async fn register_in(
    conn: &impl ConnectionTrait,
    vault: &Vault,
    tenant: TenantId,
    by: &By,
    new: NewNumber,
) -> Result<phone_number::Model> {
    if !is_e164(&new.e164) {
        return Err(Error::invalid("e164", "must be a + and 2 to 15 digits, the first not 0"));
    }
    let hexadecimal = new.account_sid.strip_prefix("AC").unwrap_or_default();
    if hexadecimal.len() != 32 || !hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Error::invalid("account_sid", "must be AC and 32 hexadecimal digits"));
    }
    let agent = agents::find_in(conn, tenant, new.agent_id).await?;
    let id = PhoneNumberId::new();
    let auth_token = vault.seal(conn, auth_token_place(tenant, id), &new.auth_token).await?;
    let row = phone_number::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        e164: Set(new.e164),
        account_sid: Set(new.account_sid),
        auth_token: Set(auth_token),
        agent_id: Set(agent.id),
        created_at: Set(entity::now()),
    };
    let row = row.insert(conn).await.map_err(Error::or_taken("phone number"))?;
    audit::record(conn, tenant, by, "phone_number.registered", id, None).await?;
    Ok(row)
}

pub async fn find(db: &Database, tenant: TenantId, id: PhoneNumberId) -> Result<phone_number::Model> {
    let row = phone_number::Entity::of(tenant).filter(phone_number::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "phone number" })
}

/// All of the tenant's numbers, oldest first.
pub async fn list(db: &Database, tenant: TenantId) -> Result<Vec<phone_number::Model>> {
    let rows = phone_number::Entity::of(tenant).order_by_asc(phone_number::Column::Id);
    Ok(rows.all(&db.of(tenant)).await?)
}

/// The number that was called. The one finder without a tenant, for it is the number that tells the tenant; trust
/// nothing of the request before its signature is checked with [`auth_token`].
#[expect(clippy::disallowed_methods, reason = "the number tells the tenant: none is known before")]
pub async fn find_by_e164(db: &Database, e164: &str) -> Result<Option<phone_number::Model>> {
    Ok(phone_number::Entity::find().filter(phone_number::Column::E164.eq(e164)).one(&db.platform()).await?)
}

/// What this number's webhooks are signed with.
pub async fn auth_token(db: &Database, vault: &Vault, number: &phone_number::Model) -> Result<SecretString> {
    let (tenant, place) = (number.tenant_id, auth_token_place(number.tenant_id, number.id));
    vault.open(&db.of(tenant), place, &number.auth_token).await
}

fn auth_token_place(tenant: TenantId, id: PhoneNumberId) -> Place {
    Place { tenant, column: sealed::PHONE_NUMBER_AUTH_TOKEN, row: id.uuid() }
}

/// `+`, then 2 to 15 digits, the first not 0 (ITU-T E.164).
pub(crate) fn is_e164(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (2..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
}

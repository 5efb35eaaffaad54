//! Phone numbers, the tokens their webhooks are signed with, and what Twilio says of them.
//!
//! A number is verified at Twilio before it is kept, belongs to one tenant, and is looked at every six hours. Removed
//! it takes no new call; its row stays with its past ones, and the number can be registered anew.

mod checks;
mod dialable;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, call,
    id::{AgentId, PhoneNumberId, TenantId},
    phone_number::{self, CheckOutcome},
    recording::Source,
    sealed,
};
use rand::RngExt;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveValue, PaginatorTrait, QueryFilter, Select,
    sea_query::Expr,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use crate::{
    Database, Error, Result,
    access::By,
    agents, audit,
    error::is_unique_violation,
    page::{Page, Paging},
    twilio::{self, Credentials, Number, Twilio, Webhooks},
    vault::{Place, Vault},
};

pub(crate) use checks::credentials_of;
pub use checks::{CHECK_EVERY, Finding, Verdict, check, configure, order_checks, test, wipe_removed};
pub use dialable::Dialable;
pub(crate) use dialable::is_e164;

/// Characters of a label.
const LONGEST_LABEL: usize = 100;

/// A number to be registered.
#[derive(Clone)]
pub struct NewNumber {
    /// International, however it is written: see [`Dialable::parse`].
    pub number: String,
    /// `AC` and 32 hexadecimal digits: of the account (or subaccount) that owns the number.
    pub account_sid: String,
    /// The account's primary auth token.
    pub auth_token: SecretString,
    /// `None`: the tenant's oldest agent.
    pub agent_id: Option<AgentId>,
    /// What the tenant calls it: 1–100 characters.
    pub label: Option<String>,
    /// Who records its calls, where the agent wants them recorded.
    pub recorded_by: Source,
}

/// What shall be different about a number; `None` stays as it is.
#[derive(Clone, Default)]
pub struct Change {
    pub agent_id: Option<AgentId>,
    /// `Some(None)`: none any more.
    pub label: Option<Option<String>>,
    pub recorded_by: Option<Source>,
    /// The account's new primary token, verified like the first.
    pub auth_token: Option<SecretString>,
}

/// Registers a number that Twilio says is the account's, and gives it to one of the tenant's agents. `configure`: where
/// Twilio is to send its calls from now on; `None`: its owner enters that himself.
///
/// [`Error::Twilio`]: what Twilio has against it, and nothing is kept. [`Error::NumberTaken`]: it is registered already,
/// here or elsewhere; of two at once one wins.
pub async fn register(
    db: &Database,
    vault: &Vault,
    twilio: &Twilio,
    tenant: TenantId,
    by: &By,
    new: NewNumber,
    configure: Option<&Webhooks>,
) -> Result<phone_number::Model> {
    let number = Dialable::parse("phone_number", &new.number)?;
    let credentials = Credentials::new(&new.account_sid, &new.auth_token)?;
    check_label(new.label.as_deref())?;
    let agent_id = answering(db, tenant, new.agent_id).await?;
    let mut found = verify(twilio, &credentials, number.e164()).await?;
    // Only who can prove that the number is his learns that it is taken.
    if find_by_e164(db, number.e164()).await?.is_some() {
        return Err(Error::NumberTaken);
    }
    if let Some(webhooks) = configure {
        found = twilio.configure(&credentials, &found, webhooks).await?;
    }
    let now = entity::now();
    let tx = db.write(tenant).await?;
    let new = NewNumber { agent_id: Some(agent_id), ..new };
    let row = insert(&tx, vault, tenant, &number, new, Some((found, now))).await?;
    let details = json!({ "verified": true, "configured": configure.is_some() });
    audit::record(&tx, tenant, by, "phone_number.registered", row.id, Some(details)).await?;
    tx.commit().await?;
    Ok(row)
}

/// [`register`] without Twilio: for the demo number, which Twilio does not know.
pub(crate) async fn register_unverified(
    conn: &impl ConnectionTrait,
    vault: &Vault,
    tenant: TenantId,
    by: &By,
    new: NewNumber,
) -> Result<phone_number::Model> {
    let number = Dialable::parse("phone_number", &new.number)?;
    let row = insert(conn, vault, tenant, &number, new, None).await?;
    audit::record(conn, tenant, by, "phone_number.registered", row.id, Some(json!({ "verified": false }))).await?;
    Ok(row)
}

async fn insert(
    conn: &impl ConnectionTrait,
    vault: &Vault,
    tenant: TenantId,
    number: &Dialable,
    new: NewNumber,
    verified: Option<(Number, DateTime<Utc>)>,
) -> Result<phone_number::Model> {
    let agent_id = new.agent_id.ok_or(Error::NotFound { what: "agent" })?;
    let agent = agents::hold(conn, tenant, agent_id).await?;
    let id = PhoneNumberId::new();
    let checked_at = verified.as_ref().map(|(_, now)| *now);
    let found = verified.map(|(found, _)| found);
    let row = phone_number::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        e164: Set(number.e164().to_owned()),
        account_sid: Set(new.account_sid),
        auth_token: Set(vault.seal(conn, auth_token_place(tenant, id), &new.auth_token).await?),
        auth_token_last4: Set(last4(&new.auth_token)),
        agent_id: Set(agent.id),
        label: Set(new.label),
        recorded_by: Set(new.recorded_by),
        number_sid: Set(found.as_ref().map(|found| found.sid.clone())),
        checked_at: Set(checked_at),
        check_outcome: Set(checked_at.map(|_| CheckOutcome::Found)),
        settings: Set(found.map(|found| found.settings())),
        next_check_at: Set(checked_at.map(next_check)),
        created_at: Set(entity::now()),
        removed_at: Set(None),
    };
    let taken = |error| if is_unique_violation(&error) { Error::NumberTaken } else { Error::Database(error) };
    row.insert(conn).await.map_err(taken)
}

/// The number, changed; [`Error::Twilio`]: what Twilio has against the new token, and nothing is changed.
pub async fn update(
    db: &Database,
    vault: &Vault,
    twilio: &Twilio,
    tenant: TenantId,
    by: &By,
    id: PhoneNumberId,
    change: Change,
) -> Result<phone_number::Model> {
    let old = find(db, tenant, id).await?;
    let mut row = phone_number::ActiveModel { label: change.label.clone().into_active_value(), ..Default::default() };
    check_label(change.label.flatten().as_deref())?;
    if let Some(token) = &change.auth_token {
        let found = verify(twilio, &Credentials::new(&old.account_sid, token)?, &old.e164).await?;
        row.auth_token_last4 = Set(last4(token));
        checks::note_found(&mut row, found, entity::now());
    }
    let tx = db.write(tenant).await?;
    if let Some(agent) = change.agent_id {
        row.agent_id = Set(agents::hold(&tx, tenant, agent).await?.id);
    }
    if let Some(recorded_by) = change.recorded_by {
        row.recorded_by = Set(recorded_by);
    }
    if let Some(token) = &change.auth_token {
        row.auth_token = Set(vault.seal(&tx, auth_token_place(tenant, id), token).await?);
    }
    let row = set(&tx, tenant, id, row).await?;
    let details = json!({
        "agent_id": change.agent_id,
        "recorded_by": change.recorded_by,
        "auth_token": change.auth_token.is_some(),
    });
    audit::record(&tx, tenant, by, "phone_number.changed", id, Some(details)).await?;
    tx.commit().await?;
    Ok(row)
}

/// From now on it answers no new call; live ones go on to their end. What is set at Twilio stays there.
pub async fn remove(db: &Database, tenant: TenantId, by: &By, id: PhoneNumberId) -> Result<()> {
    let gone = phone_number::ActiveModel {
        removed_at: Set(Some(entity::now())),
        next_check_at: Set(None),
        ..Default::default()
    };
    let tx = db.write(tenant).await?;
    set(&tx, tenant, id, gone).await?;
    audit::record(&tx, tenant, by, "phone_number.removed", id, None).await?;
    Ok(tx.commit().await?)
}

pub async fn find(db: &Database, tenant: TenantId, id: PhoneNumberId) -> Result<phone_number::Model> {
    let row = present(tenant).filter(phone_number::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    row.ok_or(NOT_FOUND)
}

/// The tenant's numbers, newest first.
pub async fn list(db: &Database, tenant: TenantId, paging: Paging) -> Result<Page<phone_number::Model>> {
    paging.newest_first(&db.of(tenant), present(tenant), phone_number::Column::Id).await
}

/// How many numbers the agent answers.
pub(crate) async fn count_with_agent(conn: &impl ConnectionTrait, tenant: TenantId, agent: AgentId) -> Result<u64> {
    Ok(present(tenant).filter(phone_number::Column::AgentId.eq(agent)).count(conn).await?)
}

/// The number that was called. It is the number that tells the tenant; trust nothing of the request before its
/// signature is checked with [`auth_token`].
#[expect(clippy::disallowed_methods, reason = "the number tells the tenant: none is known before")]
pub async fn find_by_e164(db: &Database, e164: &str) -> Result<Option<phone_number::Model>> {
    // Asked before anything is signed: what is no number costs no query.
    if !is_e164(e164) {
        return Ok(None);
    }
    let row = phone_number::Entity::find().filter(phone_number::Column::E164.eq(e164));
    Ok(row.filter(phone_number::Column::RemovedAt.is_null()).one(&db.platform()).await?)
}

/// The number that a call came in by, be it removed since, while its token is kept; of a call that was never begun here, the one that was
/// called. As with [`find_by_e164`], trust nothing before the signature is checked.
#[expect(clippy::disallowed_methods, reason = "the call tells the tenant: none is known before")]
pub async fn find_by_call(db: &Database, call_sid: &str, called: &str) -> Result<Option<phone_number::Model>> {
    let call = call::Entity::find().filter(call::Column::CallSid.eq(call_sid)).one(&db.platform()).await?;
    let Some(call) = call else { return find_by_e164(db, called).await };
    let row = phone_number::Entity::of(call.tenant_id).filter(phone_number::Column::Id.eq(call.phone_number_id));
    let row = row.filter(Expr::cust("LENGTH(auth_token) > 0"));
    Ok(row.one(&db.of(call.tenant_id)).await?)
}

/// The number that a call came in by, be it removed since, with what its account is asked by.
pub(crate) async fn account_of(
    db: &Database,
    vault: &Vault,
    tenant: TenantId,
    id: PhoneNumberId,
) -> Result<Credentials> {
    let row = phone_number::Entity::of(tenant).filter(phone_number::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    let number = row.filter(|number| !number.auth_token.as_bytes().is_empty()).ok_or(NOT_FOUND)?;
    Credentials::new(&number.account_sid, &auth_token(db, vault, &number).await?)
}

/// What this number's webhooks are signed with.
pub async fn auth_token(db: &Database, vault: &Vault, number: &phone_number::Model) -> Result<SecretString> {
    let (tenant, place) = (number.tenant_id, auth_token_place(number.tenant_id, number.id));
    vault.open(&db.of(tenant), place, &number.auth_token).await
}

const NOT_FOUND: Error = Error::NotFound { what: "phone number" };

/// Those that are not removed.
fn present(tenant: TenantId) -> Select<phone_number::Entity> {
    phone_number::Entity::of(tenant).filter(phone_number::Column::RemovedAt.is_null())
}

/// Only what is named is written: two changes of different fields at once both stand.
async fn set(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: PhoneNumberId,
    row: phone_number::ActiveModel,
) -> Result<phone_number::Model> {
    let row = phone_number::ActiveModel { id: NotSet, tenant_id: NotSet, e164: NotSet, ..row };
    let mut change = phone_number::Entity::update_of(tenant).set(row);
    change = change.filter(phone_number::Column::Id.eq(id)).filter(phone_number::Column::RemovedAt.is_null());
    change.exec_with_returning(conn).await?.into_iter().next().ok_or(NOT_FOUND)
}

/// What Twilio says: the account is active, and has the number, which takes calls.
async fn verify(twilio: &Twilio, credentials: &Credentials, e164: &str) -> Result<Number, twilio::Error> {
    twilio.check_account(credentials).await?;
    let found = twilio.find_number(credentials, e164).await?;
    found.has_voice().then_some(found).ok_or(twilio::Error::NoVoice)
}

async fn answering(db: &Database, tenant: TenantId, wished: Option<AgentId>) -> Result<AgentId> {
    let agent = match wished {
        Some(id) => Some(agents::find(db, tenant, id).await?.id),
        None => agents::first(db, tenant).await?,
    };
    agent.ok_or(Error::NotFound { what: "agent" })
}

fn check_label(label: Option<&str>) -> Result<()> {
    let is_wrong =
        |label: &str| label.trim().is_empty() || label.chars().count() > LONGEST_LABEL || label.contains('\0');
    if label.is_some_and(is_wrong) {
        let message = format!("must be 1 to {LONGEST_LABEL} characters long, none of them NUL");
        return Err(Error::invalid("label", message));
    }
    Ok(())
}

/// Enough to tell two tokens apart, and no help in guessing: of a short one nothing.
fn last4(token: &SecretString) -> Option<String> {
    let token = token.expose_secret();
    (token.len() >= 16 && token.is_ascii()).then(|| token[token.len() - 4..].to_owned())
}

/// Six hours on, give or take a quarter of one: what was registered together is not checked together for ever.
fn next_check(now: DateTime<Utc>) -> DateTime<Utc> {
    now + CHECK_EVERY + TimeDelta::seconds(rand::rng().random_range(-900..900))
}

fn auth_token_place(tenant: TenantId, id: PhoneNumberId) -> Place {
    Place { tenant, column: sealed::PHONE_NUMBER_AUTH_TOKEN, row: id.uuid() }
}

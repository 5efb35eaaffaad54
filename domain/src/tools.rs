//! Tenants' tools: HTTP requests that the model may make in the middle of a conversation.

mod address;
mod answer;
mod call;
mod check;
mod runner;
mod schema;

use std::{collections::BTreeMap, time::Duration};

use entity::{
    Sealed, TenantScoped,
    id::{TenantId, ToolId},
    sealed,
    tool::{self, Fields, Headers, Method, SecretName, SecretNames},
};
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::Url;

use crate::{
    Database, Error, Result,
    access::By,
    agents, audit, conversations,
    outbound::Outbound,
    page::{Page, Paging},
    vault::{Place, Vault},
};

pub use call::{Called, Problem};
pub use runner::{MOST_CALLS, of_conversation};
pub(crate) use schema::{check as check_schema, faults as schema_faults};

/// How long a tool's server may take unless the tenant says otherwise.
pub const TIMEOUT: Duration = Duration::from_secs(5);

/// A tool to be made.
#[derive(Clone, Debug)]
pub struct NewTool {
    /// 1–64 letters, digits, `_` and `-`.
    pub name: String,
    pub description: String,
    /// JSON schema of an object.
    pub parameters: Value,
    pub method: Method,
    /// With `{parameter}` in its path.
    pub url: String,
    pub headers: BTreeMap<String, String>,
    pub secret_headers: BTreeMap<String, SecretString>,
    pub timeout: Duration,
    /// What the model sees of the answer; `None`: all of it.
    pub response: Option<Fields>,
    /// Said while the caller waits.
    pub speak_while_waiting: Option<String>,
}

/// What shall be different about a tool; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub name: Option<String>,
    pub description: Option<String>,
    pub parameters: Option<Value>,
    pub method: Option<Method>,
    pub url: Option<String>,
    pub headers: Option<BTreeMap<String, String>>,
    /// By name: a new value, or `None` to take the header away; those not named stay. `Some(None)`: all are taken away.
    pub secret_headers: Option<Option<BTreeMap<String, Option<SecretString>>>>,
    pub timeout: Option<Duration>,
    pub response: Option<Option<Fields>>,
    pub speak_while_waiting: Option<Option<String>>,
}

/// What tools reach the world with.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    pub db: &'a Database,
    pub vault: &'a std::sync::Arc<Vault>,
    pub outbound: &'a Outbound,
}

/// A new tool. [`Error::Conflict`]: there is one of this name.
pub async fn create(means: Means<'_>, tenant: TenantId, by: &By, new: NewTool) -> Result<tool::Model> {
    let now = entity::now();
    let mut row = tool::Model {
        id: ToolId::new(),
        tenant_id: tenant,
        name: new.name,
        description: new.description.trim().to_owned(),
        parameters: new.parameters,
        method: new.method,
        url: new.url.trim().to_owned(),
        headers: Headers(new.headers),
        secret_headers: None,
        secret_names: SecretNames::default(),
        timeout_ms: check::timeout(new.timeout)?,
        response: new.response,
        speak_while_waiting: new.speak_while_waiting,
        created_at: now,
        updated_at: now,
    };
    row.secret_names = names(&new.secret_headers);
    check::check(&row, Some(&new.secret_headers), means.outbound)?;
    let tx = means.db.write(tenant).await?;
    row.secret_headers = seal(&tx, means.vault, &row, &new.secret_headers).await?;
    let row = row.into_active_model().insert(&tx).await.map_err(taken)?;
    audit::record(&tx, tenant, by, "tool.created", row.id, Some(json!({ "name": row.name }))).await?;
    tx.commit().await?;
    Ok(row)
}

/// The tool, changed: agents that have it call it so from their next call on, in running conversations too. What a model
/// is told of it, and what is said while a caller waits, change with the next conversation, exchange or stream of a call.
pub async fn update(means: Means<'_>, tenant: TenantId, by: &By, id: ToolId, change: Change) -> Result<tool::Model> {
    let tx = means.db.write(tenant).await?;
    // Whole, because what it is to be is checked as a whole; locked, so that two changes at once both stand.
    let found = tool::Entity::of(tenant).filter(tool::Column::Id.eq(id)).lock_exclusive().one(&tx).await?;
    let mut row = found.ok_or(Error::NotFound { what: "tool" })?;
    // Else who may change the address could have the secrets sent to himself.
    let keeps_some = match &change.secret_headers {
        None => !row.secret_names.0.is_empty(),
        Some(None) => false,
        Some(Some(given)) => {
            row.secret_names.0.iter().any(|kept| !given.keys().any(|name| name.eq_ignore_ascii_case(&kept.name)))
        }
    };
    let takes_some_elsewhere = keeps_some && change.url.as_ref().is_some_and(|url| is_elsewhere(url, &row.url));
    let secrets = match change.secret_headers {
        None => None,
        Some(None) => Some(BTreeMap::new()),
        Some(Some(changes)) => {
            let mut secrets = open(&tx, means.vault, &row).await?;
            for (name, value) in changes {
                secrets.retain(|known, _| !known.eq_ignore_ascii_case(&name));
                secrets.extend(value.map(|value| (name, value)));
            }
            Some(secrets)
        }
    };
    let (name, url) = (change.name, change.url.map(|url| url.trim().to_owned()));
    row.name = name.unwrap_or(row.name);
    row.description = change.description.map_or(row.description, |text| text.trim().to_owned());
    row.parameters = change.parameters.unwrap_or(row.parameters);
    row.method = change.method.unwrap_or(row.method);
    row.url = url.unwrap_or(row.url);
    row.headers = change.headers.map_or(row.headers, Headers);
    row.timeout_ms = change.timeout.map_or(Ok(row.timeout_ms), check::timeout)?;
    row.response = change.response.unwrap_or(row.response);
    row.speak_while_waiting = change.speak_while_waiting.unwrap_or(row.speak_while_waiting);
    row.secret_names = secrets.as_ref().map_or(row.secret_names, names);
    row.updated_at = entity::now();
    check::check(&row, secrets.as_ref(), means.outbound)?;
    if takes_some_elsewhere {
        return Err(Error::invalid("secret_headers", "must be given again with another host, each of them"));
    }
    if let Some(secrets) = &secrets {
        row.secret_headers = seal(&tx, means.vault, &row, secrets).await?;
    }
    let row = row.into_active_model().reset_all().update(&tx).await.map_err(taken)?;
    audit::record(&tx, tenant, by, "tool.changed", id, None).await?;
    tx.commit().await?;
    Ok(row)
}

/// Makes sure that these are the tenant's, and that they stay until the transaction ends: for what is to name them.
pub(crate) async fn hold(conn: &impl ConnectionTrait, tenant: TenantId, ids: &[ToolId]) -> Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    // In one order, whoever asks: two at once do not wait for each other.
    let of_these = tool::Entity::of(tenant).filter(tool::Column::Id.is_in(ids.iter().copied()));
    let known = of_these.order_by_asc(tool::Column::Id).lock_shared().all(conn).await?;
    match ids.iter().find(|id| known.iter().all(|row| row.id != **id)) {
        Some(id) => {
            Err(Error::invalid("tools", format!("there is none of yours with the id {id}; see GET /http-tools")))
        }
        None => Ok(()),
    }
}

/// Takes it away. [`Error::Blocked`]: an agent's draft or published version, or a conversation under way, names it.
pub async fn delete(db: &Database, tenant: TenantId, by: &By, id: ToolId) -> Result<()> {
    let tx = db.write(tenant).await?;
    let found = tool::Entity::of(tenant).filter(tool::Column::Id.eq(id)).lock_exclusive().one(&tx).await?;
    let row = found.ok_or(Error::NotFound { what: "tool" })?;
    let agents = agents::count_with_tool(&tx, tenant, id).await?;
    let conversations = conversations::count_with_tool(&tx, tenant, id).await?;
    if agents + conversations > 0 {
        let why = format!("the tool is in use: agents {agents}, conversations under way {conversations}");
        return Err(Error::blocked("tool_in_use", why));
    }
    tool::Entity::delete_of(tenant).filter(tool::Column::Id.eq(id)).exec(&tx).await?;
    audit::record(&tx, tenant, by, "tool.deleted", id, Some(json!({ "name": row.name }))).await?;
    Ok(tx.commit().await?)
}

/// Calls it once, for the tenant to see what comes of it.
pub async fn test(means: Means<'_>, tenant: TenantId, by: &By, id: ToolId, arguments: &Value) -> Result<Called> {
    let row = find(means.db, tenant, id).await?;
    let secrets = open(&means.db.of(tenant), means.vault, &row).await?;
    let called = call::call(means.outbound, &row, secrets, &arguments.to_string()).await;
    let tx = means.db.write(tenant).await?;
    let details = json!({ "problem": called.problem.as_ref().map(|problem| problem.kind) });
    audit::record(&tx, tenant, by, "tool.tested", id, Some(details)).await?;
    tx.commit().await?;
    Ok(called)
}

pub async fn find(db: &Database, tenant: TenantId, id: ToolId) -> Result<tool::Model> {
    find_in(&db.of(tenant), tenant, id).await
}

pub(crate) async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId, id: ToolId) -> Result<tool::Model> {
    let row = tool::Entity::of(tenant).filter(tool::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(Error::NotFound { what: "tool" })
}

/// The tenant's tools, newest first.
pub async fn list(db: &Database, tenant: TenantId, paging: &Paging) -> Result<Page<tool::Model>> {
    paging.newest_first(&db.of(tenant), tool::Entity::of(tenant), tool::Column::Id).await
}

/// Another scheme, host or port. What is no address is refused further on.
fn is_elsewhere(url: &str, before: &str) -> bool {
    let origin = |url: &str| Url::parse(url.trim()).ok().map(|url| url.origin());
    origin(url) != origin(before)
}

fn taken(error: sea_orm::DbErr) -> Error {
    Error::or_taken("there is a tool of this name")(error)
}

/// What is shown of secrets: their names, and the end of those that are long enough to keep the rest.
fn names(secrets: &BTreeMap<String, SecretString>) -> SecretNames {
    const LONG: usize = 12;
    let last_four = |value: &SecretString| {
        let characters: Vec<char> = value.expose_secret().chars().collect();
        (characters.len() >= LONG).then(|| characters[characters.len() - 4..].iter().collect())
    };
    let names = secrets.iter().map(|(name, value)| SecretName { name: name.clone(), last_four: last_four(value) });
    SecretNames(names.collect())
}

async fn seal(
    conn: &impl ConnectionTrait,
    vault: &Vault,
    row: &tool::Model,
    secrets: &BTreeMap<String, SecretString>,
) -> Result<Option<Sealed>> {
    if secrets.is_empty() {
        return Ok(None);
    }
    let plain: BTreeMap<_, _> = secrets.iter().map(|(name, value)| (name, value.expose_secret())).collect();
    let plain = serde_json::to_string(&plain).map_err(|source| Error::Stored { what: "secret headers", source })?;
    vault.seal(conn, place(row), &SecretString::from(plain)).await.map(Some)
}

async fn open(conn: &impl ConnectionTrait, vault: &Vault, row: &tool::Model) -> Result<BTreeMap<String, SecretString>> {
    let Some(sealed) = &row.secret_headers else { return Ok(BTreeMap::new()) };
    let plain = vault.open(conn, place(row), sealed).await?;
    serde_json::from_str(plain.expose_secret()).map_err(|source| Error::Stored { what: "secret headers", source })
}

fn place(row: &tool::Model) -> Place {
    Place { tenant: row.tenant_id, column: sealed::TOOL_SECRET_HEADERS, row: row.id.uuid() }
}

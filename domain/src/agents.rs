//! Agents. How one becomes a conversation's configuration: [`Cast`](crate::conversations::Cast).

use std::time::Duration;

use entity::{
    TenantScoped, agent,
    id::{AgentId, TenantId},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, IntoActiveValue, QueryFilter, QueryOrder,
};

use crate::{Database, Error, Result, access::By, audit, personas, phone_numbers};

/// The longest call that an agent may be set to: Twilio's own limit unless asked for more.
pub const LONGEST_CALL: Duration = Duration::from_secs(4 * 60 * 60);

/// Characters of an agent's instructions: some ten pages, which every turn sends to the model anew.
pub const LONGEST_INSTRUCTIONS: usize = 20_000;

/// Characters of a greeting: about a minute of speech.
pub const LONGEST_GREETING: usize = 1_000;

/// An agent to be made; whatever is `None` comes from the persona or the engine.
#[derive(Clone, Debug, Default)]
pub struct NewAgent {
    pub name: String,
    /// A persona's name; `None`: [`personas::DEFAULT`].
    pub persona: Option<String>,
    pub instructions: Option<String>,
    pub greeting: Option<String>,
    pub voice: Option<String>,
    /// 0.25–4.
    pub speed: Option<f32>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// E.164 number or SIP URI.
    pub transfer_to: Option<String>,
    pub may_end_call: bool,
    pub turns: Option<agent::Turns>,
    pub limits: Option<agent::Limits>,
}

/// What shall be different about an agent; `None` stays as it is, `Some(None)` goes back to the persona's or the
/// engine's.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub name: Option<String>,
    /// A persona's name.
    pub persona: Option<String>,
    pub instructions: Option<Option<String>>,
    pub greeting: Option<Option<String>>,
    pub voice: Option<Option<String>>,
    /// 0.25–4.
    pub speed: Option<Option<f32>>,
    /// ISO 639-1.
    pub language: Option<Option<String>>,
    /// E.164 number or SIP URI; `Some(None)`: the agent can no longer transfer.
    pub transfer_to: Option<Option<String>>,
    pub may_end_call: Option<bool>,
}

/// A new agent.
pub async fn create(db: &Database, tenant: TenantId, by: &By, new: NewAgent) -> Result<agent::Model> {
    let tx = db.write(tenant).await?;
    let agent = create_in(&tx, tenant, by, new).await?;
    tx.commit().await?;
    Ok(agent)
}

pub(crate) async fn create_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    by: &By,
    new: NewAgent,
) -> Result<agent::Model> {
    let now = entity::now();
    let row = agent::ActiveModel {
        id: Set(AgentId::new()),
        tenant_id: Set(tenant),
        name: Set(new.name.trim().to_owned()),
        persona: Set(new.persona.unwrap_or_else(|| personas::DEFAULT.to_owned())),
        instructions: Set(new.instructions),
        greeting: Set(new.greeting),
        voice: Set(new.voice),
        speed: Set(new.speed),
        language: Set(new.language),
        transfer_to: Set(new.transfer_to),
        may_end_call: Set(new.may_end_call),
        turns: Set(new.turns),
        limits: Set(new.limits),
        created_at: Set(now),
        updated_at: Set(now),
    };
    check(&row)?;
    let row = row.insert(conn).await?;
    audit::record(conn, tenant, by, "agent.created", row.id, None).await?;
    Ok(row)
}

/// The agent, changed; [`Error::NotFound`] where the tenant has no such agent.
pub async fn update(db: &Database, tenant: TenantId, by: &By, id: AgentId, change: Change) -> Result<agent::Model> {
    // Only what is named is written: two changes of different fields at once both stand.
    let row = agent::ActiveModel {
        id: NotSet,
        tenant_id: NotSet,
        name: change.name.map(|name| name.trim().to_owned()).into_active_value(),
        persona: change.persona.into_active_value(),
        instructions: change.instructions.into_active_value(),
        greeting: change.greeting.into_active_value(),
        voice: change.voice.into_active_value(),
        speed: change.speed.into_active_value(),
        language: change.language.into_active_value(),
        transfer_to: change.transfer_to.into_active_value(),
        may_end_call: change.may_end_call.into_active_value(),
        turns: NotSet,
        limits: NotSet,
        created_at: NotSet,
        updated_at: Set(entity::now()),
    };
    check(&row)?;
    let changed = agent::Entity::update_of(tenant).set(row).filter(agent::Column::Id.eq(id));
    let tx = db.write(tenant).await?;
    let row = changed.exec_with_returning(&tx).await?.into_iter().next().ok_or(Error::NotFound { what: "agent" })?;
    audit::record(&tx, tenant, by, "agent.changed", id, None).await?;
    tx.commit().await?;
    Ok(row)
}

pub async fn find(db: &Database, tenant: TenantId, id: AgentId) -> Result<agent::Model> {
    find_in(&db.of(tenant), tenant, id).await
}

pub(crate) async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId, id: AgentId) -> Result<agent::Model> {
    let row = agent::Entity::of(tenant).filter(agent::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(Error::NotFound { what: "agent" })
}

/// All of the tenant's agents, oldest first.
pub async fn list(db: &Database, tenant: TenantId) -> Result<Vec<agent::Model>> {
    Ok(agent::Entity::of(tenant).order_by_asc(agent::Column::Id).all(&db.of(tenant)).await?)
}

/// The tenant's oldest agent, which serves where none is named.
pub async fn first(db: &Database, tenant: TenantId) -> Result<Option<agent::Model>> {
    first_in(&db.of(tenant), tenant).await
}

pub(crate) async fn first_in(conn: &impl ConnectionTrait, tenant: TenantId) -> Result<Option<agent::Model>> {
    Ok(agent::Entity::of(tenant).order_by_asc(agent::Column::Id).one(conn).await?)
}

/// Looks at what is to be written, be it a whole row or a part of one.
fn check(row: &agent::ActiveModel) -> Result<()> {
    let set = |value: Option<&Option<String>>| value.cloned().flatten();
    let texts = [
        ("name", row.name.try_as_ref().cloned(), 200),
        ("instructions", set(row.instructions.try_as_ref()), LONGEST_INSTRUCTIONS),
        ("greeting", set(row.greeting.try_as_ref()), LONGEST_GREETING),
        ("voice", set(row.voice.try_as_ref()), 200),
    ];
    for (field, text, longest) in texts {
        // PostgreSQL keeps no NUL in a text.
        if text.is_some_and(|text| text.trim().is_empty() || text.chars().count() > longest || text.contains('\0')) {
            return Err(Error::invalid(field, format!("must be 1 to {longest} characters long, none of them NUL")));
        }
    }
    if row.persona.try_as_ref().is_some_and(|name| personas::built_in_named(name).is_none()) {
        return Err(Error::invalid("persona", "there is no such persona"));
    }
    if row.speed.try_as_ref().copied().flatten().is_some_and(|speed| !(0.25..=4.0).contains(&speed)) {
        return Err(Error::invalid("speed", "must be between 0.25 and 4"));
    }
    let is_language = |code: &str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_lowercase());
    if set(row.language.try_as_ref()).is_some_and(|code| !is_language(&code)) {
        return Err(Error::invalid("language", "must be the two small letters of ISO 639-1"));
    }
    if set(row.transfer_to.try_as_ref()).is_some_and(|to| !phone_numbers::is_e164(&to) && !is_sip_uri(&to)) {
        return Err(Error::invalid("transfer_to", "must be an E.164 number or a SIP URI (sip:user@host)"));
    }
    let longest = row.limits.try_as_ref().and_then(|limits| limits.as_ref()?.max_duration_s);
    if longest.is_some_and(|seconds| seconds == 0 || seconds > LONGEST_CALL.as_secs()) {
        return Err(Error::invalid("limits", "max_duration_s must be between 1 and 14400"));
    }
    Ok(())
}

/// `sip:user@host` with or without port, parameters and headers, at most the 255 characters that Twilio dials.
fn is_sip_uri(text: &str) -> bool {
    let Some((user, host)) = text.strip_prefix("sip:").and_then(|address| address.split_once('@')) else {
        return false;
    };
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>\"".contains(&byte));
    let begins_well = host.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '[');
    text.len() <= 255 && is_plain && !user.is_empty() && begins_well && !host.contains('@')
}

//! Agents: worked on as a draft, answering as they were last published.
//!
//! How one becomes a conversation's configuration: [`Cast`](crate::conversations::Cast).

mod check;
mod versions;

use std::time::Duration;

use entity::{
    TenantScoped,
    agent::{self, AgentSettings},
    agent_version, call, conversation,
    id::{AgentId, TenantId, ToolId},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use crate::{
    Database, Error, Result,
    access::By,
    audit, calls,
    page::{Page, Paging},
    phone_numbers,
};

pub use check::{LONGEST_GREETING, LONGEST_INSTRUCTIONS};
pub(crate) use check::{check_language, check_speed, check_template, check_text};
pub use versions::{Published, publish, roll_back, version, versions};
pub(crate) use versions::{in_version, names_tool, of_row, published};

/// The longest call that an agent may be set to: Twilio's own limit unless asked for more.
pub const LONGEST_CALL: Duration = Duration::from_secs(4 * 60 * 60);

/// An agent to be made.
#[derive(Clone, Debug, Default)]
pub struct NewAgent {
    /// 1–200 characters.
    pub name: String,
    pub settings: AgentSettings,
}

/// An agent, and how it answers now.
#[derive(Clone, Debug, PartialEq)]
pub struct Agent {
    pub id: AgentId,
    pub name: String,
    pub draft: AgentSettings,
    pub published: agent_version::Model,
    pub revision: i32,
    pub created_at: chrono::DateTime<chrono::Utc>,
    pub updated_at: chrono::DateTime<chrono::Utc>,
}

impl Agent {
    fn new(row: agent::Model, published: agent_version::Model) -> Self {
        let agent::Model { id, name, draft, revision, created_at, updated_at, .. } = row;
        Self { id, name, draft, published, revision, created_at, updated_at }
    }

    /// Whether the draft is not what answers.
    pub fn differs(&self) -> bool {
        self.draft != self.published.settings
    }
}

/// A new agent, published as version 1: it can answer at once.
pub async fn create(db: &Database, tenant: TenantId, by: &By, new: NewAgent) -> Result<Agent> {
    let tx = db.write(tenant).await?;
    let agent = create_in(&tx, tenant, by, new).await?;
    tx.commit().await?;
    Ok(agent)
}

pub(crate) async fn create_in(conn: &impl ConnectionTrait, tenant: TenantId, by: &By, new: NewAgent) -> Result<Agent> {
    let name = check::check_name(&new.name)?;
    check::check(conn, tenant, &new.settings).await?;
    check::check_templates(&new.settings)?;
    let now = entity::now();
    let row = agent::ActiveModel {
        id: Set(AgentId::new()),
        tenant_id: Set(tenant),
        name: Set(name),
        draft: Set(new.settings),
        published: Set(1),
        revision: Set(1),
        created_at: Set(now),
        updated_at: Set(now),
        deleted_at: Set(None),
    };
    let row = row.insert(conn).await?;
    let version = versions::insert(conn, &row, by, None).await?;
    audit::record(conn, tenant, by, "agent.created", row.id, None).await?;
    Ok(Agent::new(row, version))
}

/// What shall be different about an agent.
pub struct Change<F> {
    /// `None`: it keeps its name.
    pub name: Option<String>,
    /// Changes the draft.
    pub edit: F,
    /// The revision that the change was made from; another than today's is [`Error::Blocked`]. `None`: any.
    pub revision: Option<i32>,
}

/// The agent with its draft changed; who calls hears nothing of it before it is published. A new name holds at once.
/// Of two changes at once both stand, where they change different things.
pub async fn update<F>(db: &Database, tenant: TenantId, by: &By, id: AgentId, change: Change<F>) -> Result<Agent>
where
    F: FnOnce(&mut AgentSettings),
{
    let tx = db.write(tenant).await?;
    let mut row = lock(&tx, tenant, id).await?;
    if change.revision.is_some_and(|revision| revision != row.revision) {
        let why = format!("the agent was changed meanwhile: it is at revision {}", row.revision);
        return Err(Error::blocked("stale_revision", why));
    }
    if let Some(name) = &change.name {
        row.name = check::check_name(name)?;
    }
    (change.edit)(&mut row.draft);
    check::check(&tx, tenant, &row.draft).await?;
    let row = write(&tx, row).await?;
    audit::record(&tx, tenant, by, "agent.changed", id, None).await?;
    let agent = versions::with(&tx, tenant, row).await?;
    tx.commit().await?;
    Ok(agent)
}

/// Removes the agent. What it said stays, and conversations under way go on with it.
///
/// [`Error::Blocked`]: a phone number names it, or a call is going on with it.
pub async fn delete(db: &Database, tenant: TenantId, by: &By, id: AgentId) -> Result<()> {
    let tx = db.write(tenant).await?;
    let mut row: agent::ActiveModel = lock(&tx, tenant, id).await?.into();
    let numbers = phone_numbers::count_with_agent(&tx, tenant, id).await?;
    let its = conversation::Entity::of(tenant).filter(conversation::Column::AgentId.eq(id));
    let its = its.select_only().column(conversation::Column::Id).into_query();
    let calls = call::Entity::of(tenant).filter(calls::is_live()).filter(call::Column::ConversationId.in_subquery(its));
    let calls = calls.count(&tx).await?;
    if numbers + calls > 0 {
        let why = format!("the agent is in use: phone numbers {numbers}, calls going on {calls}");
        return Err(Error::blocked("agent_in_use", why));
    }
    row.deleted_at = Set(Some(entity::now()));
    row.update(&tx).await?;
    audit::record(&tx, tenant, by, "agent.deleted", id, None).await?;
    Ok(tx.commit().await?)
}

pub async fn find(db: &Database, tenant: TenantId, id: AgentId) -> Result<Agent> {
    let conn = db.of(tenant);
    let row = find_in(&conn, tenant, id).await?;
    versions::with(&conn, tenant, row).await
}

pub(crate) async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId, id: AgentId) -> Result<agent::Model> {
    in_use(tenant).filter(agent::Column::Id.eq(id)).one(conn).await?.ok_or(Error::NotFound { what: "agent" })
}

/// [`find_in`], and the agent stays until the transaction ends: for what is to name it.
pub(crate) async fn hold(conn: &impl ConnectionTrait, tenant: TenantId, id: AgentId) -> Result<agent::Model> {
    let row = in_use(tenant).filter(agent::Column::Id.eq(id)).lock_shared().one(conn).await?;
    row.ok_or(Error::NotFound { what: "agent" })
}

/// [`find_in`] for a change: others wait until the transaction ends.
async fn lock(conn: &impl ConnectionTrait, tenant: TenantId, id: AgentId) -> Result<agent::Model> {
    let row = in_use(tenant).filter(agent::Column::Id.eq(id)).lock_exclusive().one(conn).await?;
    row.ok_or(Error::NotFound { what: "agent" })
}

/// The tenant's agents, newest first.
pub async fn list(db: &Database, tenant: TenantId, page: Paging) -> Result<Page<Agent>> {
    let conn = db.of(tenant);
    let Page { items, next_cursor } = page.newest_first(&conn, in_use(tenant), agent::Column::Id).await?;
    Ok(Page { items: versions::with_all(&conn, tenant, items).await?, next_cursor })
}

/// The tenant's oldest agent, which serves where none is named.
pub async fn first(db: &Database, tenant: TenantId) -> Result<Option<AgentId>> {
    Ok(first_in(&db.of(tenant), tenant).await?.map(|agent| agent.id))
}

pub(crate) async fn first_in(conn: &impl ConnectionTrait, tenant: TenantId) -> Result<Option<agent::Model>> {
    Ok(in_use(tenant).order_by_asc(agent::Column::Id).one(conn).await?)
}

/// How many agents name this persona, in their drafts or as they answer.
pub(crate) async fn count_with_persona(conn: &impl ConnectionTrait, tenant: TenantId, persona: &str) -> Result<u64> {
    let names = |settings: &'static str| Expr::cust(format!("{settings} ->> 'persona'")).eq(persona);
    count_naming(conn, tenant, names).await
}

/// How many agents name this tool, in their drafts or as they answer.
pub(crate) async fn count_with_tool(conn: &impl ConnectionTrait, tenant: TenantId, tool: ToolId) -> Result<u64> {
    count_naming(conn, tenant, |settings| versions::names_tool(settings, tool)).await
}

/// `names`: whether the settings in this column do.
async fn count_naming<F>(conn: &impl ConnectionTrait, tenant: TenantId, names: F) -> Result<u64>
where
    F: Fn(&'static str) -> SimpleExpr,
{
    let answering =
        versions::of_row(tenant, (agent::Entity, agent::Column::Id), (agent::Entity, agent::Column::Published))
            .and_where(names("agent_versions.settings"))
            .to_owned();
    let naming = Condition::any().add(names("agents.draft")).add(Expr::exists(answering));
    Ok(in_use(tenant).filter(naming).count(conn).await?)
}

fn in_use(tenant: TenantId) -> Select<agent::Entity> {
    agent::Entity::of(tenant).filter(agent::Column::DeletedAt.is_null())
}

/// Writes what may change of a row that is locked.
async fn write(conn: &impl ConnectionTrait, row: agent::Model) -> Result<agent::Model> {
    let row = agent::ActiveModel {
        id: Set(row.id),
        name: Set(row.name),
        draft: Set(row.draft),
        published: Set(row.published),
        revision: Set(row.revision + 1),
        updated_at: Set(entity::now()),
        ..Default::default()
    };
    Ok(row.update(conn).await?)
}

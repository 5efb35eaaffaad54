//! Versions of agents: what was published, and what answers.

use entity::{
    TenantScoped,
    agent::{self, AgentSettings},
    agent_version,
    id::{AgentId, AgentVersionId, TenantId, ToolId},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, IntoColumnRef, Query, SelectStatement, SimpleExpr},
};

use super::{Agent, check, find_in, lock, write};
use crate::{
    Database, Error, Result,
    access::By,
    audit,
    page::{Page, Paging},
};

/// An agent as it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    pub id: AgentId,
    pub name: String,
    /// Of the version.
    pub number: i32,
    pub settings: AgentSettings,
}

/// Publishes the draft: the agent answers so from the next conversation on. `note` is up to 500 characters.
pub async fn publish(db: &Database, tenant: TenantId, by: &By, id: AgentId, note: Option<String>) -> Result<Agent> {
    let tx = db.write(tenant).await?;
    let row = lock(&tx, tenant, id).await?;
    let agent = publish_in(&tx, by, row, note, "agent.published").await?;
    tx.commit().await?;
    Ok(agent)
}

/// Publishes a copy of an earlier version as a new one. The draft becomes the same: what was worked on since is what
/// one wants to be rid of, and `differs` stays true to its name.
pub async fn roll_back(db: &Database, tenant: TenantId, by: &By, id: AgentId, number: i32) -> Result<Agent> {
    let tx = db.write(tenant).await?;
    let mut row = lock(&tx, tenant, id).await?;
    row.draft = of_number(&tx, tenant, id, number).await?.settings;
    let note = Some(format!("Back to version {number}"));
    let agent = publish_in(&tx, by, row, note, "agent.rolled_back").await?;
    tx.commit().await?;
    Ok(agent)
}

async fn publish_in(
    conn: &impl ConnectionTrait,
    by: &By,
    mut row: agent::Model,
    note: Option<String>,
    action: &'static str,
) -> Result<Agent> {
    let (tenant, id) = (row.tenant_id, row.id);
    if let Some(note) = &note {
        check::check_text("note", note, 500)?;
    }
    // Again: of an earlier version a persona or a tool may have gone, and a draft may be half-written.
    check::check(conn, tenant, &row.draft).await?;
    check::check_templates(&row.draft)?;
    row.published += 1;
    let version = insert(conn, &row, by, note).await?;
    let row = write(conn, row).await?;
    let details = serde_json::json!({ "version": version.number });
    audit::record(conn, tenant, by, action, id, Some(details)).await?;
    Ok(Agent::new(row, version))
}

/// The draft as the version whose number the row names.
pub(super) async fn insert(
    conn: &impl ConnectionTrait,
    row: &agent::Model,
    by: &By,
    note: Option<String>,
) -> Result<agent_version::Model> {
    let version = agent_version::ActiveModel {
        id: Set(AgentVersionId::new()),
        tenant_id: Set(row.tenant_id),
        agent_id: Set(row.id),
        number: Set(row.published),
        settings: Set(row.draft.clone()),
        published_at: Set(entity::now()),
        published_by: Set(by.actor.to_string()),
        note: Set(note),
    };
    Ok(version.insert(conn).await?)
}

/// The agent's versions, newest first.
pub async fn versions(
    db: &Database,
    tenant: TenantId,
    id: AgentId,
    page: Paging,
) -> Result<Page<agent_version::Model>> {
    let conn = db.of(tenant);
    find_in(&conn, tenant, id).await?;
    let rows = agent_version::Entity::of(tenant).filter(agent_version::Column::AgentId.eq(id));
    page.newest_first(&conn, rows, agent_version::Column::Id).await
}

/// One version of the agent.
pub async fn version(db: &Database, tenant: TenantId, id: AgentId, number: i32) -> Result<agent_version::Model> {
    let conn = db.of(tenant);
    find_in(&conn, tenant, id).await?;
    of_number(&conn, tenant, id, number).await
}

async fn of_number(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: AgentId,
    number: i32,
) -> Result<agent_version::Model> {
    let row = agent_version::Entity::of(tenant)
        .filter(agent_version::Column::AgentId.eq(id))
        .filter(agent_version::Column::Number.eq(number))
        .one(conn)
        .await?;
    row.ok_or(Error::NotFound { what: "version" })
}

/// The agent as it answers now.
pub(crate) async fn published(conn: &impl ConnectionTrait, row: agent::Model) -> Result<Published> {
    let version = of_number(conn, row.tenant_id, row.id, row.published).await?;
    Ok(Published { id: row.id, name: row.name, number: version.number, settings: version.settings })
}

/// The agent as it answered in this version, be it in use still or not.
pub(crate) async fn in_version(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: AgentId,
    number: i32,
) -> Result<Published> {
    let row = agent::Entity::of(tenant).filter(agent::Column::Id.eq(id)).one(conn).await?;
    let row = row.ok_or(Error::NotFound { what: "agent" })?;
    published(conn, agent::Model { published: number, ..row }).await
}

/// The agent with the version that answers.
pub(super) async fn with(conn: &impl ConnectionTrait, tenant: TenantId, row: agent::Model) -> Result<Agent> {
    let version = of_number(conn, tenant, row.id, row.published).await?;
    Ok(Agent::new(row, version))
}

/// [`with`] for many, in one query.
pub(super) async fn with_all(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    rows: Vec<agent::Model>,
) -> Result<Vec<Agent>> {
    let one = |row: &agent::Model| {
        Condition::all()
            .add(agent_version::Column::AgentId.eq(row.id))
            .add(agent_version::Column::Number.eq(row.published))
    };
    let any = rows.iter().fold(Condition::any(), |any, row| any.add(one(row)));
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut versions = agent_version::Entity::of(tenant).filter(any).all(conn).await?;
    let agents = rows.into_iter().map(|row| {
        let at = versions.iter().position(|version| version.agent_id == row.id);
        let version = at.map(|at| versions.swap_remove(at)).ok_or(Error::NotFound { what: "version" })?;
        Ok(Agent::new(row, version))
    });
    agents.collect()
}

/// The version that a row of another table names, as a subquery for `EXISTS`: `id` and `number` are its columns.
pub(crate) fn of_row<T: IntoColumnRef, N: IntoColumnRef>(tenant: TenantId, id: T, number: N) -> SelectStatement {
    let own = |column| Expr::col((agent_version::Entity, column));
    Query::select()
        .expr(Expr::val(1))
        .from(agent_version::Entity)
        .and_where(own(agent_version::Column::TenantId).eq(tenant))
        .and_where(own(agent_version::Column::AgentId).equals(id))
        .and_where(own(agent_version::Column::Number).equals(number))
        .to_owned()
}

/// Whether the settings in this column name the tool. Both databases give a list as its JSON text, in which an id
/// stands between quotes.
pub(crate) fn names_tool(settings: &'static str, tool: ToolId) -> SimpleExpr {
    Expr::cust(format!("{settings} ->> 'tools'")).like(format!("%\"{tool}\"%"))
}

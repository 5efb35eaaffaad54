//! Tenants.

mod deletion;

use entity::{
    TenantScoped,
    id::{TenantId, UserId},
    membership::Role,
    tenant::{self, Status},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, LockType},
};
use serde_json::json;

use crate::{Database, Error, Result, access::By, audit, members, name, page::Paging, throttle};

pub(crate) use deletion::being_deleted_of;
pub use deletion::{delete, delete_by_operator, deleted, go_on_deleting, order_deletions, remove_some, restore};

/// A new tenant.
pub async fn create(db: &Database, name: &str) -> Result<tenant::Model> {
    create_in(&db.platform(), name).await
}

/// A new tenant that this person owns, beside those that they belong to.
///
/// [`Error::Conflict`]: they belong to a hundred already, which is more than anybody needs and all that a list shows.
/// [`Error::Throttled`]: they made ten within a day.
pub async fn create_for(db: &Database, by: &By, owner: UserId, name: &str) -> Result<tenant::Model> {
    throttle::attempt(db, [throttle::TENANTS_OF_PERSON.of_person(owner)], entity::now()).await?;
    let tx = db.write_platform().await?;
    if members::count_places(&tx, owner).await? >= Paging::MOST {
        return Err(Error::Conflict { what: "one person belongs to a hundred tenants at most" });
    }
    let tenant = create_in(&tx, name).await?;
    members::add_in(&tx, tenant.id, owner, Role::Owner).await?;
    audit::record(&tx, tenant.id, by, "tenant.created", tenant.id, None).await?;
    tx.commit().await?;
    Ok(tenant)
}

pub(crate) async fn create_in(conn: &impl ConnectionTrait, name: &str) -> Result<tenant::Model> {
    let row = tenant::ActiveModel {
        id: Set(TenantId::new()),
        name: Set(name::parse("name", name)?),
        created_at: Set(entity::now()),
        status: Set(Status::Active),
        suspended_at: Set(None),
        suspended_reason: Set(None),
        redact_transcripts: Set(false),
        delete_asked_at: Set(None),
        delete_asked_by: Set(None),
        delete_at: Set(None),
    };
    Ok(row.insert(conn).await?)
}

pub async fn find(db: &Database, tenant: TenantId) -> Result<tenant::Model> {
    find_in(&db.of(tenant), tenant).await
}

pub(crate) async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId) -> Result<tenant::Model> {
    tenant::Entity::of(tenant).one(conn).await?.ok_or(Error::NotFound { what: "tenant" })
}

/// Holds off whoever else asks for this until the transaction ends. SQLite has no more than one writer anyway.
pub(crate) async fn lock(tx: &impl ConnectionTrait, tenant: TenantId) -> Result<tenant::Model> {
    // Rows that point at the tenant may be written meanwhile.
    let row = tenant::Entity::of(tenant).lock(LockType::NoKeyUpdate).one(tx).await?;
    row.ok_or(Error::NotFound { what: "tenant" })
}

/// What shall be different; `None` stays as it is.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// 1–200 characters.
    pub name: Option<String>,
    /// See [`crate::redaction`].
    pub redact_transcripts: Option<bool>,
}

/// Changes what is said of it.
pub async fn change(db: &Database, tenant: TenantId, by: &By, change: Change) -> Result<tenant::Model> {
    let name = change.name.map(|name| name::parse("name", &name)).transpose()?;
    let tx = db.write(tenant).await?;
    let before = lock(&tx, tenant).await?;
    let (name, redacts) = (name.unwrap_or(before.name), change.redact_transcripts.unwrap_or(before.redact_transcripts));
    let changed = tenant::Entity::update_of(tenant)
        .col_expr(tenant::Column::Name, name.clone().into())
        .col_expr(tenant::Column::RedactTranscripts, redacts.into());
    let row = changed.exec_with_returning(&tx).await?.into_iter().next().ok_or(Error::NotFound { what: "tenant" })?;
    let (action, details) = match change.redact_transcripts {
        Some(redacts) => ("tenant.changed", json!({ "name": name, "redact_transcripts": redacts })),
        None => ("tenant.renamed", json!({ "name": name })),
    };
    audit::record(&tx, tenant, by, action, tenant, Some(details)).await?;
    tx.commit().await?;
    Ok(row)
}

/// Gives it another name.
pub async fn rename(db: &Database, tenant: TenantId, by: &By, name: &str) -> Result<tenant::Model> {
    change(db, tenant, by, Change { name: Some(name.to_owned()), ..Change::default() }).await
}

/// Keeps everybody of the tenant out and turns its callers away, until [`reactivate`]. A second time changes nothing,
/// the reason either.
pub async fn suspend(db: &Database, tenant: TenantId, by: &By, reason: &str) -> Result<tenant::Model> {
    let reason = name::parse_up_to("reason", reason, 500)?;
    set_status(db, tenant, by, Status::Suspended, Some(reason)).await
}

/// Lets it in again, be it that it was being deleted; an active one stays as it is.
pub async fn reactivate(db: &Database, tenant: TenantId, by: &By) -> Result<tenant::Model> {
    set_status(db, tenant, by, Status::Active, None).await
}

async fn set_status(
    db: &Database,
    tenant: TenantId,
    by: &By,
    status: Status,
    reason: Option<String>,
) -> Result<tenant::Model> {
    let tx = db.write(tenant).await?;
    let before = lock(&tx, tenant).await?;
    if before.status == status {
        return Ok(before);
    }
    let (action, at) = match status {
        Status::Active => ("tenant.reactivated", None),
        Status::Suspended => ("tenant.suspended", Some(entity::now())),
    };
    let change = match status {
        Status::Active => deletion::kept(tenant),
        Status::Suspended => tenant::Entity::update_of(tenant),
    };
    let changed = change
        .col_expr(tenant::Column::Status, Expr::value(status))
        .col_expr(tenant::Column::SuspendedAt, Expr::value(at))
        .col_expr(tenant::Column::SuspendedReason, Expr::value(reason.clone()));
    let row = changed.exec_with_returning(&tx).await?.into_iter().next().ok_or(Error::NotFound { what: "tenant" })?;
    audit::record(&tx, tenant, by, action, tenant, reason.map(|reason| json!({ "reason": reason }))).await?;
    tx.commit().await?;
    Ok(row)
}

/// Whether callers and keys of the tenant are turned away.
pub async fn is_suspended(db: &Database, tenant: TenantId) -> Result<bool> {
    Ok(find(db, tenant).await?.status == Status::Suspended)
}

/// Those of them that are suspended.
#[expect(clippy::disallowed_methods, reason = "asks about the tenants of all running conversations at once")]
pub async fn suspended_among(db: &Database, tenants: &[TenantId]) -> Result<Vec<TenantId>> {
    let rows = tenant::Entity::find()
        .filter(tenant::Column::Id.is_in(tenants.iter().copied()))
        .filter(tenant::Column::Status.eq(Status::Suspended));
    Ok(rows.all(&db.platform()).await?.into_iter().map(|row| row.id).collect())
}

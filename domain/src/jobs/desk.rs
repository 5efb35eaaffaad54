//! Jobs as people see them: lists, one more go for the dead, an end for what nobody wants.

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    id::{JobId, TenantId},
    job::{self, State},
};
use sea_orm::{
    ActiveEnum, ColumnTrait, DatabaseTransaction, DeleteMany, EntityTrait, QueryFilter, QueryTrait, Select, UpdateMany,
    sea_query::Expr,
};
use serde_json::json;

use super::{Kind, Priority, Ticket};
use crate::{
    Database, Error, Result,
    access::By,
    audit,
    database::Scoped,
    page::{Page, Paging},
};

/// Whose jobs.
#[derive(Clone, Copy, Debug)]
pub enum Whose {
    Tenant(TenantId),
    /// All tenants' and the platform's own: for operators.
    Everybodys,
}

/// Which jobs are looked for; `None` asks nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub state: Option<State>,
    pub kind: Option<Kind>,
}

impl Filter {
    /// `kind` by its name.
    pub fn parse(state: Option<State>, kind: Option<&str>) -> Result<Self> {
        let kind = kind.map(str::parse).transpose().map_err(|_| Error::invalid("kind", "is no kind of job"))?;
        Ok(Self { state, kind })
    }
}

/// Newest first.
pub async fn list(db: &Database, whose: Whose, filter: Filter, paging: Paging) -> Result<Page<job::Model>> {
    let jobs = whose
        .select()
        // As a word, not a parameter: so it goes by the index of what is in that state.
        .apply_if(filter.state, |query, state| query.filter(Expr::cust(format!("state = '{}'", state.to_value()))))
        .apply_if(filter.kind, |query, kind| query.filter(job::Column::Kind.eq(kind.as_str())));
    paging.newest_first(&whose.rows(db), jobs, job::Column::Id).await
}

pub async fn look(db: &Database, whose: Whose, id: JobId) -> Result<job::Model> {
    let row = whose.select().filter(job::Column::Id.eq(id)).one(&whose.rows(db)).await?;
    row.ok_or(Error::NotFound { what: "job" })
}

/// Gives a dead job all its tries again, soon. [`Error::Conflict`] for one that is not dead, or where another of its
/// key is open.
pub async fn retry(db: &Database, whose: Whose, by: &By, id: JobId, now: DateTime<Utc>) -> Result<job::Model> {
    const OPEN: &str = "another job does the same already";
    let tx = whose.write(db).await?;
    let again = whose
        .update()
        .col_expr(job::Column::State, Expr::value(State::Ready))
        .col_expr(job::Column::Attempts, Expr::value(0))
        .col_expr(job::Column::Priority, Expr::value(Priority::High as i16))
        .col_expr(job::Column::RunAt, Expr::value(now))
        .col_expr(job::Column::FinishedAt, Expr::value(None::<DateTime<Utc>>))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::State.eq(State::Dead));
    let again = again.exec(&tx).await.map_err(Error::or_taken(OPEN))?;
    let row = whose.select().filter(job::Column::Id.eq(id)).one(&tx).await?.ok_or(Error::NotFound { what: "job" })?;
    if again.rows_affected == 0 {
        return Err(Error::Conflict { what: "only a dead job is tried again" });
    }
    record(&tx, by, "job.retried", &row).await?;
    tx.commit().await?;
    if let Ok(kind) = row.kind.parse() {
        db.queue().push(Ticket { id, kind });
    }
    Ok(row)
}

/// Deletes a job that is dead or waits. [`Error::Conflict`] for one that runs or is done; [`Error::Blocked`] for one
/// that must be done.
pub async fn discard(db: &Database, whose: Whose, by: &By, id: JobId) -> Result<()> {
    let tx = whose.write(db).await?;
    let row = whose.select().filter(job::Column::Id.eq(id)).one(&tx).await?.ok_or(Error::NotFound { what: "job" })?;
    if row.kind.parse().is_ok_and(Kind::must_be_done) {
        return Err(Error::blocked("job_required", "somebody has a right to what this job does: try it again instead"));
    }
    let gone = whose
        .delete()
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::State.is_in([State::Ready, State::Dead]))
        .exec(&tx)
        .await?;
    if gone.rows_affected == 0 {
        return Err(Error::Conflict { what: "a job that runs or is done cannot be discarded" });
    }
    record(&tx, by, "job.discarded", &row).await?;
    tx.commit().await?;
    Ok(())
}

/// In the log of whose job it was; the platform has none.
async fn record(tx: &DatabaseTransaction, by: &By, action: &'static str, row: &job::Model) -> Result<()> {
    match row.tenant_id {
        Some(tenant) => audit::record(tx, tenant, by, action, row.id, Some(json!({ "kind": row.kind }))).await,
        None => {
            tracing::info!(job.id = %row.id, job.kind = row.kind, "{action}");
            Ok(())
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "an operator sees all tenants' jobs")]
impl Whose {
    fn select(self) -> Select<job::Entity> {
        match self {
            Self::Tenant(tenant) => job::Entity::of(tenant),
            Self::Everybodys => job::Entity::find(),
        }
    }

    fn update(self) -> UpdateMany<job::Entity> {
        match self {
            Self::Tenant(tenant) => job::Entity::update_of(tenant),
            Self::Everybodys => job::Entity::update_many(),
        }
    }

    fn delete(self) -> DeleteMany<job::Entity> {
        match self {
            Self::Tenant(tenant) => job::Entity::delete_of(tenant),
            Self::Everybodys => job::Entity::delete_many(),
        }
    }

    fn rows(self, db: &Database) -> Scoped<'_> {
        match self {
            Self::Tenant(tenant) => db.of(tenant),
            Self::Everybodys => db.platform(),
        }
    }

    async fn write(self, db: &Database) -> Result<DatabaseTransaction> {
        match self {
            Self::Tenant(tenant) => db.write(tenant).await,
            Self::Everybodys => db.write_platform().await,
        }
    }
}

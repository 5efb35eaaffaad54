//! The jobs table. Every change of state is one conditional statement, so that two workers cannot both win.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    id::{JobId, TenantId},
    job::{self, State},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult,
    QueryFilter, Statement, sea_query::Expr,
};

use super::{LEASE, MAX_ATTEMPTS, Payload};
use crate::{Database, Error, Result};

/// A job in the hands of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub id: JobId,
    pub payload: Payload,
    /// This try's number, from 1.
    pub attempt: i32,
}

/// Whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Passing,
    Lasting,
}

/// Writes a job into the caller's transaction. Push its id through [`Database::queue`] after the commit.
pub async fn add(conn: &impl ConnectionTrait, payload: &Payload, run_at: DateTime<Utc>) -> Result<JobId> {
    let id = JobId::new();
    let json = serde_json::to_value(payload).map_err(|source| Error::Stored { what: "job payload", source })?;
    let row = job::ActiveModel {
        id: Set(id),
        tenant_id: Set(payload.tenant()),
        kind: Set(payload.kind().to_owned()),
        payload: Set(json),
        state: Set(State::Ready),
        attempts: Set(0),
        max_attempts: Set(MAX_ATTEMPTS),
        run_at: Set(run_at),
        leased_by: Set(None),
        lease_until: Set(None),
        last_error: Set(None),
        created_at: Set(entity::now()),
        finished_at: Set(None),
    };
    row.insert(conn).await?;
    Ok(id)
}

pub async fn find(db: &Database, tenant: TenantId, id: JobId) -> Result<job::Model> {
    let row = job::Entity::of(tenant).filter(job::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "job" })
}

/// Jobs whose time has come, at most `limit`: the oldest of each tenant first, then the second of each, so that
/// one tenant's thousand do not hold up another's one.
pub async fn due(db: &Database, limit: u64, now: DateTime<Utc>) -> Result<Vec<JobId>> {
    #[derive(FromQueryResult)]
    struct Row {
        id: JobId,
    }
    let sql = "SELECT id FROM (SELECT id, run_at, ROW_NUMBER() OVER (PARTITION BY tenant_id ORDER BY run_at, id) \
               AS place FROM jobs WHERE state = 'ready' AND run_at <= $1) AS waiting ORDER BY place, run_at, id LIMIT $2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let statement =
        Statement::from_sql_and_values(db.platform().get_database_backend(), sql, [now.into(), limit.into()]);
    let rows = Row::find_by_statement(statement).all(&db.platform()).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Takes a due job for [`LEASE`]; `None`: another has it, it is settled, or its time has not come.
#[expect(clippy::disallowed_methods, reason = "workers serve all tenants; the payload says for whom")]
pub async fn claim(db: &Database, id: JobId, holder: &str, now: DateTime<Utc>) -> Result<Option<Claimed>> {
    let won = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(State::Running))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
        .col_expr(job::Column::LeasedBy, Expr::value(holder))
        .col_expr(job::Column::LeaseUntil, Expr::value(now + LEASE))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::State.eq(State::Ready))
        .filter(job::Column::RunAt.lte(now))
        .exec(&db.platform())
        .await?;
    if won.rows_affected == 0 {
        return Ok(None);
    }
    let row = job::Entity::find().filter(job::Column::Id.eq(id)).one(&db.platform()).await?;
    let Some(row) = row else { return Ok(None) };
    let payload = serde_json::from_value(row.payload);
    let payload = payload.map_err(|source| Error::Stored { what: "job payload", source })?;
    Ok(Some(Claimed { id, payload, attempt: row.attempts }))
}

/// Keeps the job for another [`LEASE`]; `false`: it is no longer the holder's, who should stop.
pub async fn renew(db: &Database, job: &Claimed, holder: &str, now: DateTime<Utc>) -> Result<bool> {
    let held = held(job, holder).col_expr(job::Column::LeaseUntil, Expr::value(now + LEASE));
    Ok(held.exec(&db.of(job.payload.tenant())).await?.rows_affected == 1)
}

/// Done; `false`: it was no longer the holder's, and another does it again.
pub async fn finish(db: &Database, job: &Claimed, holder: &str, now: DateTime<Utc>) -> Result<bool> {
    let held = held(job, holder)
        .col_expr(job::Column::State, Expr::value(State::Done))
        .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(job::Column::LastError, Expr::value(None::<String>))
        .col_expr(job::Column::FinishedAt, Expr::value(now));
    Ok(held.exec(&db.of(job.payload.tenant())).await?.rows_affected == 1)
}

/// Not done: waits 1, 2, 4 … 300 s for its next try, or is dead for good. `error` is stored: no secret, no speech.
/// Gives the new state; `None`: it was no longer the holder's.
pub async fn fail(
    db: &Database,
    job: &Claimed,
    holder: &str,
    failure: Failure,
    error: &str,
    now: DateTime<Utc>,
) -> Result<Option<State>> {
    let state = match failure {
        Failure::Passing if job.attempt < MAX_ATTEMPTS => State::Ready,
        Failure::Passing | Failure::Lasting => State::Dead,
    };
    let finished_at = (state == State::Dead).then_some(now);
    let held = held(job, holder)
        .col_expr(job::Column::State, Expr::value(state))
        .col_expr(job::Column::RunAt, Expr::value(now + backoff(job.attempt)))
        .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(job::Column::LastError, Expr::value(error))
        .col_expr(job::Column::FinishedAt, Expr::value(finished_at));
    Ok((held.exec(&db.of(job.payload.tenant())).await?.rows_affected == 1).then_some(state))
}

/// Takes back what workers died over: due again, or dead when it has used up its tries. Gives their number.
#[expect(clippy::disallowed_methods, reason = "dead workers held jobs of all tenants")]
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let lost = || {
        job::Entity::update_many()
            .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
            .col_expr(job::Column::LastError, Expr::value("its worker died"))
            .filter(job::Column::State.eq(State::Running))
            .filter(job::Column::LeaseUntil.lt(now))
    };
    let dead = lost()
        .col_expr(job::Column::State, Expr::value(State::Dead))
        .col_expr(job::Column::FinishedAt, Expr::value(now))
        .filter(job::Column::Attempts.gte(MAX_ATTEMPTS))
        .exec(&db.platform())
        .await?;
    let again = lost().col_expr(job::Column::State, Expr::value(State::Ready)).exec(&db.platform()).await?;
    Ok(dead.rows_affected + again.rows_affected)
}

/// The job's row, as long as it is this holder's and this try's.
fn held(job: &Claimed, holder: &str) -> sea_orm::UpdateMany<job::Entity> {
    job::Entity::update_of(job.payload.tenant())
        .filter(job::Column::Id.eq(job.id))
        .filter(job::Column::State.eq(State::Running))
        .filter(job::Column::LeasedBy.eq(holder))
        .filter(job::Column::Attempts.eq(job.attempt))
}

/// 1, 2, 4 … at most 300 s.
fn backoff(attempt: i32) -> TimeDelta {
    let doublings = (attempt - 1).clamp(0, 9);
    TimeDelta::seconds(1 << doublings).min(TimeDelta::seconds(300))
}

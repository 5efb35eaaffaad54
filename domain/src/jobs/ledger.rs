//! The jobs table. Every change of state is one conditional statement, so that two workers cannot both win.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    id::{JobId, TenantId},
    job::{self, Progress, State},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, SelectExt, UpdateMany,
    sea_query::{Expr, OnConflict},
};

use super::{LEASE, Payload, Priority, Ticket};
use crate::{Database, Error, Result, database::Scoped};

/// The longest wait that somebody else's server may ask for.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(6);

/// Rows of one transaction: a flood of jobs is forgotten without holding up those of now.
const BATCH: u64 = 1_000;

/// Letters of an error that are kept.
const LONGEST_ERROR: usize = 500;

/// A job in the hands of a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    pub id: JobId,
    pub payload: Payload,
    /// This try's number, from 1.
    pub attempt: i32,
    /// The last try's.
    pub max_attempts: i32,
}

/// Whether trying again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    Passing,
    /// Not before this wait, as the other side said (`Retry-After`). At most six hours are believed.
    After(TimeDelta),
    Lasting,
}

/// Writes a job into the caller's transaction, for `run_at` or later. Push its ticket through [`Database::queue`]
/// after the commit.
pub async fn add(conn: &impl ConnectionTrait, payload: &Payload, run_at: DateTime<Utc>) -> Result<Ticket> {
    add_as(conn, payload, Priority::Normal, run_at).await
}

/// [`add`], before or after others of the tenant and kind.
pub async fn add_as(
    conn: &impl ConnectionTrait,
    payload: &Payload,
    priority: Priority,
    run_at: DateTime<Utc>,
) -> Result<Ticket> {
    insert(conn, payload, priority as i16, run_at).await
}

/// [`add`] of what goes on with another job of the same tenant, as urgent as that.
pub(crate) async fn add_after(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    before: JobId,
    payload: &Payload,
    run_at: DateTime<Utc>,
) -> Result<Ticket> {
    let before = job::Entity::of(tenant).filter(job::Column::Id.eq(before)).one(conn).await?;
    insert(conn, payload, before.map_or(Priority::Normal as i16, |row| row.priority), run_at).await
}

async fn insert(
    conn: &impl ConnectionTrait,
    payload: &Payload,
    priority: i16,
    run_at: DateTime<Utc>,
) -> Result<Ticket> {
    let row = job::ActiveModel { priority: Set(priority), ..new(payload, None, run_at)? };
    let ticket = Ticket { id: row.id.clone().unwrap(), kind: payload.kind() };
    job::Entity::insert(row).exec_without_returning(conn).await?;
    Ok(ticket)
}

/// [`add`], unless one of the same tenant, kind and `key` waits or runs: then that one's ticket. What changes while such a
/// job runs may be too late for it: put the change's version into the key if that matters.
pub async fn add_once(
    conn: &impl ConnectionTrait,
    payload: &Payload,
    key: &str,
    run_at: DateTime<Utc>,
) -> Result<Ticket> {
    // Twice, because the other may be settled between the two statements.
    for _ in 0..2 {
        let row = new(payload, Some(key), run_at)?;
        let id = row.id.clone().unwrap();
        let unless_there = OnConflict::new().do_nothing().to_owned();
        let added = job::Entity::insert(row).on_conflict(unless_there).exec_without_returning(conn).await?;
        if added == 1 {
            return Ok(Ticket { id, kind: payload.kind() });
        }
        if let Some(other) = open(conn, payload, key).await? {
            return Ok(Ticket { id: other.id, kind: payload.kind() });
        }
    }
    Err(Error::Conflict { what: "the job is being settled: order it again" })
}

#[expect(clippy::disallowed_methods, reason = "the filter is the payload's tenant, which may be none")]
async fn open(conn: &impl ConnectionTrait, payload: &Payload, key: &str) -> Result<Option<job::Model>> {
    let rows = job::Entity::find()
        .filter(of(payload.tenant()))
        .filter(job::Column::Kind.eq(payload.kind().as_str()))
        .filter(job::Column::UniqueKey.eq(key))
        .filter(job::Column::State.is_in([State::Ready, State::Running]));
    Ok(rows.one(conn).await?)
}

fn new(payload: &Payload, key: Option<&str>, run_at: DateTime<Utc>) -> Result<job::ActiveModel> {
    let json = serde_json::to_value(payload).map_err(|source| Error::Stored { what: "job payload", source })?;
    Ok(job::ActiveModel {
        id: Set(JobId::new()),
        tenant_id: Set(payload.tenant()),
        kind: Set(payload.kind().as_str().to_owned()),
        payload: Set(json),
        state: Set(State::Ready),
        attempts: Set(0),
        max_attempts: Set(payload.kind().profile().max_attempts),
        priority: Set(Priority::Normal as i16),
        unique_key: Set(key.map(str::to_owned)),
        progress: Set(None),
        run_at: Set(run_at),
        leased_by: Set(None),
        lease_until: Set(None),
        last_error: Set(None),
        created_at: Set(entity::now()),
        finished_at: Set(None),
    })
}

pub async fn find(db: &Database, tenant: TenantId, id: JobId) -> Result<job::Model> {
    let row = job::Entity::of(tenant).filter(job::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    row.ok_or(Error::NotFound { what: "job" })
}

/// Takes a due job for [`LEASE`]; `None`: another has it, it is settled, or its time has not come.
#[expect(clippy::disallowed_methods, reason = "workers serve all tenants; the payload says for whom")]
pub async fn claim(db: &Database, id: JobId, holder: &str, now: DateTime<Utc>) -> Result<Option<Claimed>> {
    let won = job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(State::Running))
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).add(1))
        .col_expr(job::Column::LeasedBy, Expr::value(holder))
        .col_expr(job::Column::LeaseUntil, Expr::value(now + LEASE))
        .col_expr(job::Column::Progress, Expr::value(None::<serde_json::Value>))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::State.eq(State::Ready))
        .filter(job::Column::RunAt.lte(now))
        .exec_with_returning(&db.platform())
        .await?;
    let Some(row) = won.into_iter().next() else { return Ok(None) };
    let payload = serde_json::from_value(row.payload);
    let payload = payload.map_err(|source| Error::Stored { what: "job payload", source })?;
    Ok(Some(Claimed { id, payload, attempt: row.attempts, max_attempts: row.max_attempts }))
}

/// Keeps the job for another [`LEASE`] and notes how far it has come; `false`: it is no longer the holder's, who
/// should stop.
pub async fn renew(
    db: &Database,
    job: &Claimed,
    holder: &str,
    progress: Option<&Progress>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let progress = progress.map(serde_json::to_value).transpose();
    let progress = progress.map_err(|source| Error::Stored { what: "job progress", source })?;
    let held = held(job, holder)
        .col_expr(job::Column::LeaseUntil, Expr::value(now + LEASE))
        .col_expr(job::Column::Progress, Expr::value(progress));
    Ok(held.exec(&rows(db, job)).await?.rows_affected == 1)
}

/// Done; `false`: it was no longer the holder's, and another does it again.
pub async fn finish(db: &Database, job: &Claimed, holder: &str, now: DateTime<Utc>) -> Result<bool> {
    let held = given_back(held(job, holder), State::Done)
        .col_expr(job::Column::LastError, Expr::value(None::<String>))
        .col_expr(job::Column::FinishedAt, Expr::value(now));
    Ok(held.exec(&rows(db, job)).await?.rows_affected == 1)
}

/// Not done: waits as its [`Profile`](super::Profile) says for its next try, or is dead for good. `error` is stored: no
/// secret, no speech. Gives the new state; `None`: it was no longer the holder's.
pub async fn fail(
    db: &Database,
    job: &Claimed,
    holder: &str,
    failure: Failure,
    error: &str,
    now: DateTime<Utc>,
) -> Result<Option<State>> {
    let wait = job.payload.kind().profile().wait_after(job.attempt);
    let wait = match failure {
        Failure::Passing => Some(wait),
        Failure::After(asked) => Some(wait.max(asked.min(LONGEST_WAIT))),
        Failure::Lasting => None,
    };
    let wait = wait.filter(|_| job.attempt < job.max_attempts);
    let state = if wait.is_some() { State::Ready } else { State::Dead };
    let error: String = error.chars().take(LONGEST_ERROR).collect();
    let held = given_back(held(job, holder), state)
        .col_expr(job::Column::RunAt, Expr::value(now + wait.unwrap_or_default()))
        .col_expr(job::Column::LastError, Expr::value(error))
        .col_expr(job::Column::FinishedAt, Expr::value(wait.is_none().then_some(now)));
    Ok((held.exec(&rows(db, job)).await?.rows_affected == 1).then_some(state))
}

/// Not begun, or cut off by the holder's own end: due again at `run_at`, and the try does not count. `false`: it was no
/// longer the holder's.
pub async fn hand_back(db: &Database, job: &Claimed, holder: &str, run_at: DateTime<Utc>) -> Result<bool> {
    let held = given_back(held(job, holder), State::Ready)
        .col_expr(job::Column::Attempts, Expr::col(job::Column::Attempts).sub(1))
        .col_expr(job::Column::RunAt, Expr::value(run_at));
    Ok(held.exec(&rows(db, job)).await?.rows_affected == 1)
}

/// Makes a waiting job due at `now`, with this priority. `false`: there is none that waits or runs.
pub(crate) async fn hasten(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: JobId,
    priority: Priority,
    now: DateTime<Utc>,
) -> Result<bool> {
    job::Entity::update_of(tenant)
        .col_expr(job::Column::Priority, Expr::value(priority as i16))
        .col_expr(job::Column::RunAt, Expr::value(now))
        .filter(job::Column::Id.eq(id))
        .filter(job::Column::State.eq(State::Ready))
        .exec(conn)
        .await?;
    let open = job::Entity::of(tenant).filter(job::Column::Id.eq(id));
    Ok(open.filter(job::Column::State.is_in([State::Ready, State::Running])).exists(conn).await?)
}

/// Takes back what workers died over: due again, or dead when it has used up its tries. Gives their number.
#[expect(clippy::disallowed_methods, reason = "dead workers held jobs of all tenants")]
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let lost = |state| {
        given_back(job::Entity::update_many(), state)
            .col_expr(job::Column::LastError, Expr::value("its worker died"))
            // As a word, not a parameter: so it goes by the index of what runs.
            .filter(Expr::cust("state = 'running'"))
            .filter(job::Column::LeaseUntil.lt(now))
    };
    let dead = lost(State::Dead)
        .col_expr(job::Column::FinishedAt, Expr::value(now))
        .filter(Expr::col(job::Column::Attempts).gte(Expr::col(job::Column::MaxAttempts)))
        .exec(&db.platform())
        .await?;
    let again = lost(State::Ready).exec(&db.platform()).await?;
    Ok(dead.rows_affected + again.rows_affected)
}

/// Deletes what was settled long ago: the platform's own done after an hour, other done ones after a week, dead ones
/// after a month; in batches. Gives their number.
#[expect(clippy::disallowed_methods, reason = "jobs of all tenants are settled")]
pub async fn forget(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let mut forgotten = 0;
    let any = Expr::value(true);
    for (state, whose, after) in [
        (State::Done, job::Column::TenantId.is_null(), TimeDelta::hours(1)),
        (State::Done, any.clone(), TimeDelta::days(7)),
        (State::Dead, any, TimeDelta::days(30)),
    ] {
        loop {
            let old = job::Entity::find()
                .select_only()
                .column(job::Column::Id)
                .filter(job::Column::State.eq(state))
                .filter(job::Column::FinishedAt.lt(now - after))
                .filter(whose.clone())
                .limit(BATCH);
            let some = job::Entity::delete_many().filter(job::Column::Id.in_subquery(old.into_query()));
            let gone = some.exec(&db.platform()).await?.rows_affected;
            forgotten += gone;
            if gone < BATCH {
                break;
            }
        }
    }
    Ok(forgotten)
}

/// The job's row, as long as it is this holder's and this try's.
#[expect(clippy::disallowed_methods, reason = "the filter is the payload's tenant, which may be none")]
fn held(job: &Claimed, holder: &str) -> UpdateMany<job::Entity> {
    job::Entity::update_many()
        .filter(of(job.payload.tenant()))
        .filter(job::Column::Id.eq(job.id))
        .filter(job::Column::State.eq(State::Running))
        .filter(job::Column::LeasedBy.eq(holder))
        .filter(job::Column::Attempts.eq(job.attempt))
}

fn given_back(update: UpdateMany<job::Entity>, state: State) -> UpdateMany<job::Entity> {
    update
        .col_expr(job::Column::State, Expr::value(state))
        .col_expr(job::Column::LeasedBy, Expr::value(None::<String>))
        .col_expr(job::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
}

/// Sees the rows of whoever the job is for.
fn rows<'a>(db: &'a Database, job: &Claimed) -> Scoped<'a> {
    job.payload.tenant().map_or_else(|| db.platform(), |tenant| db.of(tenant))
}

fn of(tenant: Option<TenantId>) -> Expr {
    tenant.map_or_else(|| job::Column::TenantId.is_null(), |tenant| job::Column::TenantId.eq(tenant))
}

//! How the ledger stands, for metrics.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Statement};

use crate::{Database, Result};

/// Jobs of one kind in one state.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Count {
    pub kind: String,
    pub state: String,
    pub jobs: i64,
    /// When the one was due that has waited longest; `None` of what does not wait, or is not due yet.
    pub due_since: Option<DateTime<Utc>>,
}

/// Those that wait, run or were given up, by kind and state; without a job, not in it.
pub async fn counts(db: &Database, now: DateTime<Utc>) -> Result<Vec<Count>> {
    // Each part has an index of its own. What is done is most of the table, and counted where it is done.
    let sql = "SELECT kind, 'ready' AS state, COUNT(*) AS jobs, MIN(CASE WHEN run_at <= $1 THEN run_at END) AS due_since \
               FROM jobs WHERE state = 'ready' GROUP BY kind \
               UNION ALL \
               SELECT kind, 'running', COUNT(*), NULL FROM jobs WHERE state = 'running' GROUP BY kind \
               UNION ALL \
               SELECT kind, 'dead', COUNT(*), NULL FROM jobs WHERE state = 'dead' GROUP BY kind";
    let backend = db.platform().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [now.into()]);
    Ok(Count::find_by_statement(statement).all(&db.platform()).await?)
}

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

/// By kind and state; those without a job are not in it.
pub async fn counts(db: &Database, now: DateTime<Utc>) -> Result<Vec<Count>> {
    let sql = "SELECT kind, state, COUNT(*) AS jobs, \
               MIN(CASE WHEN state = 'ready' AND run_at <= $1 THEN run_at END) AS due_since \
               FROM jobs GROUP BY kind, state ORDER BY kind, state";
    let backend = db.platform().get_database_backend();
    let statement = Statement::from_sql_and_values(backend, sql, [now.into()]);
    Ok(Count::find_by_statement(statement).all(&db.platform()).await?)
}

//! Which jobs are next. It looks at each tenant's first few, by index, so that it costs no more with a hundred
//! thousand jobs waiting than with a few hundred.

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::JobId;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

use super::{Kind, Priority, Ticket};
use crate::{
    Database, Result,
    database::{Backend, Scoped},
};

/// What has waited this long goes before anything of a higher priority, so that nothing waits for ever.
const AGED: TimeDelta = TimeDelta::minutes(10);

/// What is to be done next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// Those of a kind in the order in which they are to be taken.
    pub tickets: Vec<Ticket>,
    /// Of these kinds more jobs are due than these.
    pub more: Vec<Kind>,
}

/// Jobs whose time has come, at most `limit` of each kind: the first of each tenant, then the second of each, where
/// running ones count; so one tenant's thousand do not hold up another's one. A tenant's own go by priority, then
/// age; after ten minutes by age alone. What is the platform's own counts as a tenant for each job.
pub async fn due(db: &Database, limit: usize, now: DateTime<Utc>) -> Result<Due> {
    #[derive(FromQueryResult)]
    struct Row {
        kind: String,
    }
    let rows = db.platform();
    let mut due = Due::default();
    for Row { kind } in Row::find_by_statement(statement(&rows, &kinds_due(), [now.into()])).all(&rows).await? {
        let Ok(kind) = kind.parse::<Kind>() else { continue };
        let (ids, has_more) = of_kind(&rows, &due_of_kind(db.backend()), kind, limit, now).await?;
        due.tickets.extend(ids.into_iter().map(|id| Ticket { id, kind }));
        due.more.extend(has_more.then_some(kind));
    }
    Ok(due)
}

async fn of_kind(
    rows: &Scoped<'_>,
    sql: &str,
    kind: Kind,
    limit: usize,
    now: DateTime<Utc>,
) -> Result<(Vec<JobId>, bool), DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        id: JobId,
        /// Jobs that the party with most of them has among these, and the most that were looked at of each.
        most: i64,
        depth: i64,
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX / WIDTH);
    let values = [kind.as_str().into(), limit.into(), (now - AGED).into(), now.into()];
    let found = Row::find_by_statement(statement(rows, sql, values)).all(rows).await?;
    let is_cut = found.first().is_some_and(|row| row.most >= row.depth || found.len() as i64 >= limit);
    Ok((found.into_iter().map(|row| row.id).collect(), is_cut))
}

fn statement(rows: &Scoped<'_>, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(rows.get_database_backend(), sql, values)
}

/// Kinds of which a job is due by $1. One that this version does not know waits for a worker that does.
fn kinds_due() -> String {
    let known: Vec<_> = Kind::ALL.iter().map(|kind| format!("('{}')", kind.as_str())).collect();
    format!(
        "WITH kinds(kind) AS (VALUES {}) SELECT kind FROM kinds \
         WHERE EXISTS (SELECT 1 FROM jobs WHERE state = 'ready' AND jobs.kind = kinds.kind AND run_at <= $1)",
        known.join(", ")
    )
}

/// As many times `limit` are looked at, shared out among all parties of which something is due. So at least twice the root
/// of the product is found, which is a quarter of 256, unless that is all there is.
const WIDTH: i64 = 4;

/// Jobs of kind $1, at most $2, aged if due by $3, due by $4. A party is a tenant, or a job of the platform's own.
/// All but the last step goes by the index `jobs_waiting`.
fn due_of_kind(backend: Backend) -> String {
    // PostgreSQL would not look COALESCE up in an index: row-level security lets few expressions through.
    const PARTY: &str = "CASE WHEN tenant_id IS NULL THEN id ELSE tenant_id END";
    // SQLite knows no LATERAL; PostgreSQL would not take the ids one by one.
    let (columns, join, end) = match backend {
        Backend::Sqlite => ("id", "JOIN jobs ON jobs.id IN (", ")"),
        Backend::Postgres => ("id, run_at, priority", "CROSS JOIN LATERAL (", ") AS jobs"),
    };
    // One for each priority, oldest first, so the aged are among them; one for all would read what is due later, too.
    let ready = format!("state = 'ready' AND kind = $1 AND {PARTY} = party AND run_at <= $4");
    let first_of = |priority| {
        format!(
            "SELECT {columns} FROM (SELECT {columns} FROM jobs WHERE {ready} AND priority = {} \
             ORDER BY run_at, id LIMIT (SELECT depth FROM depth)) AS taken",
            priority as i16
        )
    };
    // Not EXISTS, which PostgreSQL would answer for all parties at once, by reading all that is due; and in the order of
    // this index alone.
    let any_of = |priority| {
        format!("(SELECT 1 FROM jobs WHERE {ready} AND priority = {} ORDER BY run_at, id LIMIT 1)", priority as i16)
    };
    let priorities = [Priority::High, Priority::Normal, Priority::Low];
    let (first, any) = (priorities.map(first_of).join(" UNION ALL "), priorities.map(any_of).join(", "));
    format!(
        "WITH RECURSIVE known AS (\
            SELECT party FROM (SELECT {PARTY} AS party FROM jobs WHERE state = 'ready' AND kind = $1 \
            ORDER BY {PARTY} LIMIT 1) AS first \
            UNION ALL \
            SELECT (SELECT {PARTY} FROM jobs WHERE state = 'ready' AND kind = $1 AND {PARTY} > party \
            ORDER BY {PARTY} LIMIT 1) FROM known WHERE party IS NOT NULL\
        ), parties AS (\
            SELECT party FROM known WHERE COALESCE({any}) IS NOT NULL\
        ), depth AS (\
            SELECT 1 + {WIDTH} * $2 / NULLIF(COUNT(party), 0) AS depth FROM parties\
        ), busy AS (\
            SELECT tenant_id, COUNT(*) AS running FROM jobs \
            WHERE state = 'running' AND kind = $1 GROUP BY tenant_id\
        ), waiting AS (\
            SELECT party, id, run_at, CASE WHEN run_at <= $3 THEN 0 ELSE priority END AS class \
            FROM parties {join}{first}{end}\
        ), placed AS (\
            SELECT *, ROW_NUMBER() OVER (PARTITION BY party ORDER BY class, run_at, id) AS nth FROM waiting\
        ) \
        SELECT id, MAX(nth) OVER () AS most, (SELECT depth FROM depth) AS depth \
        FROM placed LEFT JOIN busy ON busy.tenant_id = party WHERE nth <= (SELECT depth FROM depth) \
        ORDER BY nth + COALESCE(running, 0), class, run_at, id LIMIT $2",
    )
}

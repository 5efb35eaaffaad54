//! For how long a tenant's things are kept: each kind as many days as the tenant says, or the operator, or for ever.
//!
//! | kind | what goes, when it is older |
//! |---|---|
//! | recordings | recordings; one whose agent says so goes sooner |
//! | transcripts | what was said: the words of turns, and what was made of them |
//! | calls | conversations that have ended, with calls, turns and both of the above |
//! | webhook_logs | events and their deliveries, which nobody keeps longer than [`events::RETENTION`](crate::events::RETENTION) |
//! | audit | what is in the audit log, after 30 days at least |
//!
//! What was used stays counted. Once a day a job a tenant removes what is due, in small batches.

mod remove;

use std::{
    collections::HashMap,
    ops::{AddAssign, RangeInclusive},
};

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use entity::{TenantScoped, id::TenantId, tenant, tenant_retention};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use crate::{
    Database, Error, Result,
    access::By,
    audit,
    jobs::{self, Payload},
    tenants,
};

pub use entity::tenant_retention::{Counts, Days};
pub use remove::{count, remove_some};

/// Days that may be asked for: from the next morning to ten years.
const DAYS: RangeInclusive<u32> = 1..=3_650;

/// Days of the audit log: the database refuses to delete sooner.
const AUDIT_DAYS: RangeInclusive<u32> = 30..=3_650;

/// Tenants read at once when the day's jobs are ordered.
const PAGE: u64 = 500;

/// The day's jobs are spread over this: not all tenants at the stroke of the hour.
const SPREAD_S: u128 = 3 * 60 * 60;

/// For how long a tenant's things are kept, from all sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What holds; `None`: for ever.
    pub effective: Days,
    /// The operator's, for what the tenant has not set; `None`: for ever.
    pub defaults: Days,
    /// What the tenant has set itself; `None`: nothing.
    pub own: Days,
    /// When something was last looked for, and what was removed on that day; `None`: never.
    pub last: Option<(DateTime<Utc>, Counts)>,
}

/// Days within their bounds. [`Error::Invalid`] names the first that is not.
pub fn check(days: &Days) -> Result<()> {
    for (field, days) in fields(days) {
        let bounds = if field == "audit_days" { AUDIT_DAYS } else { DAYS };
        if days.is_some_and(|days| !bounds.contains(&days)) {
            return Err(Error::invalid(field, format!("must be {} to {} days", bounds.start(), bounds.end())));
        }
    }
    Ok(())
}

/// `defaults` are the installation's.
pub async fn of(db: &Database, defaults: &Days, tenant: TenantId) -> Result<Standing> {
    Ok(standing(defaults, row(&db.of(tenant), tenant).await?))
}

/// Sets all kinds of the tenant; what holds for a kind that is `None` is the operator's to say.
pub async fn set(db: &Database, defaults: &Days, tenant: TenantId, by: &By, own: Days) -> Result<Standing> {
    check(&own)?;
    let tx = db.write(tenant).await?;
    tenants::lock(&tx, tenant).await?;
    let row =
        tenant_retention::ActiveModel { tenant_id: Set(tenant), days: Set(own), applied_at: NotSet, removed: NotSet };
    let again =
        OnConflict::column(tenant_retention::Column::TenantId).update_column(tenant_retention::Column::Days).to_owned();
    tenant_retention::Entity::insert(row).on_conflict(again).exec_without_returning(&tx).await?;
    audit::record(&tx, tenant, by, "retention.changed", tenant, serde_json::to_value(own).ok()).await?;
    let standing = standing(defaults, self::row(&tx, tenant).await?);
    tx.commit().await?;
    Ok(standing)
}

/// What holds, where `own` is what the tenant sets.
pub fn effective(defaults: &Days, own: &Days) -> Days {
    Days {
        recordings: own.recordings.or(defaults.recordings),
        transcripts: own.transcripts.or(defaults.transcripts),
        calls: own.calls.or(defaults.calls),
        webhook_logs: own.webhook_logs.or(defaults.webhook_logs),
        audit: own.audit.or(defaults.audit),
    }
}

/// Notes what a run has removed, beside what others did on the same day.
pub async fn note(db: &Database, tenant: TenantId, removed: Counts, now: DateTime<Utc>) -> Result<()> {
    let tx = db.write(tenant).await?;
    tenants::lock(&tx, tenant).await?;
    let before = row(&tx, tenant).await?;
    let (days, mut sum) = before.as_ref().map(|row| (row.days, row.removed.unwrap_or_default())).unwrap_or_default();
    if before.and_then(|row| row.applied_at).is_none_or(|at| at.date_naive() != now.date_naive()) {
        sum = Counts::default();
    }
    add(&mut sum, &removed);
    let row = tenant_retention::ActiveModel {
        tenant_id: Set(tenant),
        days: Set(days),
        applied_at: Set(Some(now)),
        removed: Set(Some(sum)),
    };
    let again = OnConflict::column(tenant_retention::Column::TenantId)
        .update_columns([tenant_retention::Column::AppliedAt, tenant_retention::Column::Removed])
        .to_owned();
    tenant_retention::Entity::insert(row).on_conflict(again).exec_without_returning(&tx).await?;
    Ok(tx.commit().await?)
}

/// Orders another job of the tenant's, which goes on where one had enough.
pub async fn go_on(db: &Database, tenant: TenantId, now: DateTime<Utc>) -> Result<()> {
    let job = jobs::add(&db.of(tenant), &Payload::ApplyRetention { tenant }, now).await?;
    db.queue().push(job);
    Ok(())
}

/// Orders the day's job for each tenant of whom something may be due. Gives their number.
#[expect(clippy::disallowed_methods, reason = "time passes for all tenants")]
pub async fn order(db: &Database, defaults: &Days, now: DateTime<Utc>) -> Result<usize> {
    let (mut ordered, mut last) = (0, None::<TenantId>);
    loop {
        let mut some = tenant::Entity::find().select_only().column(tenant::Column::Id).order_by_asc(tenant::Column::Id);
        if let Some(last) = last {
            some = some.filter(tenant::Column::Id.gt(last));
        }
        let ids: Vec<TenantId> = some.limit(PAGE).into_tuple().all(&db.platform()).await?;
        let Some(end) = ids.last().copied() else { return Ok(ordered) };
        last = Some(end);
        let rows =
            tenant_retention::Entity::find().filter(tenant_retention::Column::TenantId.is_in(ids.iter().copied()));
        let own: HashMap<_, _> =
            rows.all(&db.platform()).await?.into_iter().map(|row| (row.tenant_id, row.days)).collect();
        for tenant in ids {
            if effective(defaults, own.get(&tenant).unwrap_or(&Days::default())) == Days::default() {
                continue;
            }
            jobs::add_once(&db.platform(), &Payload::ApplyRetention { tenant }, "daily", run_at(tenant, now)).await?;
            ordered += 1;
        }
    }
}

/// The same part of the time for a tenant each day.
fn run_at(tenant: TenantId, now: DateTime<Utc>) -> DateTime<Utc> {
    let within = i64::try_from(tenant.uuid().as_u128() % SPREAD_S).expect("a few hours of seconds fit");
    now.with_nanosecond(0).unwrap_or(now) + TimeDelta::seconds(within)
}

/// Adds up.
pub fn add(sum: &mut Counts, more: &Counts) {
    for (sum, more) in [
        (&mut sum.recordings, more.recordings),
        (&mut sum.transcripts, more.transcripts),
        (&mut sum.calls, more.calls),
        (&mut sum.webhook_logs, more.webhook_logs),
        (&mut sum.audit, more.audit),
    ] {
        AddAssign::add_assign(sum, more);
    }
}

async fn row(conn: &impl ConnectionTrait, tenant: TenantId) -> Result<Option<tenant_retention::Model>> {
    Ok(tenant_retention::Entity::of(tenant).one(conn).await?)
}

fn standing(defaults: &Days, row: Option<tenant_retention::Model>) -> Standing {
    let own = row.as_ref().map(|row| row.days).unwrap_or_default();
    let last = row.and_then(|row| row.applied_at.map(|at| (at, row.removed.unwrap_or_default())));
    Standing { effective: effective(defaults, &own), defaults: *defaults, own, last }
}

/// By the names that clients know.
fn fields(days: &Days) -> [(&'static str, Option<u32>); 5] {
    [
        ("recordings_days", days.recordings),
        ("transcripts_days", days.transcripts),
        ("calls_days", days.calls),
        ("webhook_logs_days", days.webhook_logs),
        ("audit_days", days.audit),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tenants_own_days_go_before_the_operators() {
        let defaults = Days { calls: Some(90), audit: Some(365), ..Days::default() };
        let own = Days { calls: Some(400), recordings: Some(7), ..Days::default() };
        let holds = Days { calls: Some(400), recordings: Some(7), audit: Some(365), ..Days::default() };
        assert_eq!(effective(&defaults, &own), holds);
    }

    #[test]
    fn days_have_bounds() {
        let ok = Days { recordings: Some(1), calls: Some(3_650), audit: Some(30), ..Days::default() };
        check(&ok).expect("they are within");
        for (bad, field) in [
            (Days { recordings: Some(0), ..Days::default() }, "recordings_days"),
            (Days { calls: Some(3_651), ..Days::default() }, "calls_days"),
            (Days { audit: Some(29), ..Days::default() }, "audit_days"),
        ] {
            assert!(matches!(check(&bad), Err(Error::Invalid { field: named, .. }) if named == field), "{field}");
        }
    }

    #[test]
    fn a_tenants_job_comes_within_three_hours_at_the_same_time_each_day() {
        let day = "2026-11-22T02:00:00Z".parse::<DateTime<Utc>>().expect("a time");
        for _ in 0..100 {
            let tenant = TenantId::new();
            let wait = run_at(tenant, day) - day;
            assert!((0..i64::try_from(SPREAD_S).expect("it fits")).contains(&wait.num_seconds()));
            assert_eq!(run_at(tenant, day + TimeDelta::days(1)) - run_at(tenant, day), TimeDelta::days(1));
        }
    }
}

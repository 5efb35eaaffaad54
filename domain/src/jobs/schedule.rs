//! Jobs that come again: one order each time, however many workers look.

use chrono::{DateTime, TimeDelta, Utc};
use entity::schedule;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{Payload, add_once};
use crate::{Database, Result};

/// A job of the platform's own that comes again.
struct Schedule {
    payload: Payload,
    /// In seconds. Times are counted from midnight UTC, so what comes once a day or less comes at `offset_s`.
    every_s: i64,
    offset_s: i64,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

// A new one is a row here; whoever it is for, it makes a job for each of them. While the last order is still open, there
// is no second.
const SCHEDULES: &[Schedule] = &[
    // A quarter of the time after which a process is taken for dead.
    Schedule { payload: Payload::EndAbandoned, every_s: 15, offset_s: 0 },
    Schedule { payload: Payload::ForgetExpired, every_s: MINUTE, offset_s: 5 },
    Schedule { payload: Payload::OrderNumberChecks, every_s: MINUTE, offset_s: 35 },
    // Recordings that somebody had transcribed are not waited for here: they order it themselves.
    Schedule { payload: Payload::OrderDrafts, every_s: MINUTE, offset_s: 50 },
    // A matter of hours and years.
    Schedule { payload: Payload::OrderKeyChanges, every_s: 5 * MINUTE, offset_s: 20 },
    Schedule { payload: Payload::OrderStaleCalls, every_s: 5 * MINUTE, offset_s: 50 },
    Schedule { payload: Payload::CheckModels, every_s: 24 * HOUR, offset_s: 6 * HOUR },
    Schedule { payload: Payload::RollUpUsage, every_s: HOUR, offset_s: 25 * MINUTE },
    Schedule { payload: Payload::SweepOrphans, every_s: 24 * HOUR, offset_s: HOUR + 30 * MINUTE },
    // At night in Europe; spread over three hours.
    Schedule { payload: Payload::OrderRetention, every_s: 24 * HOUR, offset_s: 2 * HOUR },
    Schedule { payload: Payload::ForgetJobs, every_s: HOUR, offset_s: 10 * MINUTE },
];

impl Schedule {
    fn name(&self) -> &'static str {
        self.payload.kind().as_str()
    }

    /// The first time after `now`.
    fn after(&self, now: DateTime<Utc>) -> DateTime<Utc> {
        let since = (now.timestamp() - self.offset_s).rem_euclid(self.every_s);
        let whole = DateTime::from_timestamp(now.timestamp(), 0).expect("whole seconds of a time are a time");
        whole + TimeDelta::seconds(self.every_s - since)
    }
}

/// Makes rows for schedules that have none, due at once. Once a start.
pub async fn prepare_schedules(db: &Database, now: DateTime<Utc>) -> Result<()> {
    let rows =
        SCHEDULES.iter().map(|known| schedule::ActiveModel { name: Set(known.name().to_owned()), next_at: Set(now) });
    let unless_there = OnConflict::new().do_nothing().to_owned();
    schedule::Entity::insert_many(rows).on_conflict(unless_there).exec_without_returning(&db.platform()).await?;
    Ok(())
}

/// Orders what is due and gives the number of jobs. All workers may do so at once.
#[expect(clippy::disallowed_methods, reason = "schedules are the platform's: no tenant has one")]
pub async fn order_scheduled(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let is_due = schedule::Column::NextAt.lte(now);
    let names = schedule::Entity::find().select_only().column(schedule::Column::Name).filter(is_due.clone());
    let names: Vec<String> = names.into_tuple().all(&db.platform()).await?;
    let mut ordered = 0;
    // What a newer version has made is none of ours.
    for due in SCHEDULES.iter().filter(|known| names.iter().any(|name| name == known.name())) {
        let tx = db.write_platform().await?;
        let won = schedule::Entity::update_many()
            .col_expr(schedule::Column::NextAt, Expr::value(due.after(now)))
            .filter(schedule::Column::Name.eq(due.name()))
            .filter(is_due.clone())
            .exec(&tx)
            .await?;
        if won.rows_affected == 0 {
            // Another worker was quicker.
            continue;
        }
        let job = add_once(&tx, &due.payload, "schedule", now).await?;
        tx.commit().await?;
        db.queue().push(job);
        ordered += 1;
    }
    Ok(ordered)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn a_daily_job_comes_at_its_hour() {
        let daily = Schedule { payload: Payload::ForgetJobs, every_s: 24 * HOUR, offset_s: 3 * HOUR };
        assert_eq!(daily.after(at("2026-11-22T02:59:59.5Z")), at("2026-11-22T03:00:00Z"));
        assert_eq!(daily.after(at("2026-11-22T03:00:00Z")), at("2026-11-23T03:00:00Z"));
        assert_eq!(daily.after(at("2026-11-22T22:00:00Z")), at("2026-11-23T03:00:00Z"));
    }

    #[test]
    fn a_time_that_was_missed_is_not_made_up_for() {
        let often = Schedule { payload: Payload::ForgetJobs, every_s: 15, offset_s: 0 };
        assert_eq!(often.after(at("2026-11-22T10:01:07Z")), at("2026-11-22T10:01:15Z"));
    }

    #[test]
    fn each_schedule_is_the_platforms_and_the_only_one_of_its_kind() {
        for (place, one) in SCHEDULES.iter().enumerate() {
            assert_eq!(one.payload.tenant(), None);
            assert!(SCHEDULES[..place].iter().all(|other| other.name() != one.name()), "{}", one.name());
        }
    }
}

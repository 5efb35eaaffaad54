//! How often something may be tried: counted in the database, which all processes share.
//!
//! An attempt is counted before it is judged, so that a hundred at once are not a hundred guesses; what turns out
//! well is taken back.

use std::{net::IpAddr, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    id::{TenantId, UserId},
    throttle,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use crate::{Database, Error, Result, secret_text::sha256, users::Email};

/// The first pause; each attempt after it doubles the next.
const FIRST_PAUSE: Duration = Duration::from_secs(30);

/// And the longest: whoever is kept out by a stranger's guesses is not kept out for long after those end.
const LONGEST_PAUSE: Duration = Duration::from_secs(15 * 60);

/// Rows deleted at once.
const BATCH: u64 = 500;

/// What may be tried how often.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policy {
    name: &'static str,
    /// Attempts before the first pause.
    free: i32,
    /// They are forgotten when so long nothing was tried, or the last pause is so long over.
    window: TimeDelta,
}

/// Guesses at one account's password, existing or not.
pub(crate) const SIGN_IN_TO_ACCOUNT: Policy =
    Policy { name: "sign in to account", free: 5, window: TimeDelta::minutes(15) };

/// Guesses from one address; an office behind one has several people.
pub(crate) const SIGN_IN_FROM_ADDRESS: Policy =
    Policy { name: "sign in from address", free: 50, window: TimeDelta::minutes(15) };

/// New tenants from one address.
pub(crate) const SIGN_UP_FROM_ADDRESS: Policy =
    Policy { name: "sign up from address", free: 20, window: TimeDelta::hours(1) };

/// Mails asked for from one address.
pub(crate) const MAIL_FROM_ADDRESS: Policy =
    Policy { name: "mail from address", free: 20, window: TimeDelta::hours(1) };

/// Mails to one account.
pub(crate) const MAIL_TO_ACCOUNT: Policy = Policy { name: "mail to account", free: 3, window: TimeDelta::hours(1) };

/// Invitations to one address, by whoever.
pub(crate) const INVITATIONS_TO_ADDRESS: Policy =
    Policy { name: "invitations to address", free: 5, window: TimeDelta::hours(1) };

/// Invitations into one tenant: a team moves in at once, a spammer does not stop.
pub(crate) const INVITATIONS_OF_TENANT: Policy =
    Policy { name: "invitations of tenant", free: 100, window: TimeDelta::hours(1) };

/// Tenants of one person: each has limits of its own, and one with many would have many times as much.
pub(crate) const TENANTS_OF_PERSON: Policy =
    Policy { name: "tenants of person", free: 10, window: TimeDelta::hours(24) };

/// Names of one person: each is told to the logs of all their tenants.
pub(crate) const NAMES_OF_PERSON: Policy = Policy { name: "names of person", free: 20, window: TimeDelta::hours(1) };

/// One count: of a policy, for somebody.
#[derive(Clone, Debug)]
pub(crate) struct Count {
    policy: Policy,
    key: String,
}

impl Policy {
    pub(crate) fn of_account(self, email: &Email) -> Count {
        self.of(email.as_str())
    }

    /// `None`: a client without an address is not counted.
    pub(crate) fn of_address(self, address: Option<IpAddr>) -> Option<Count> {
        let network = match address? {
            IpAddr::V4(address) => address.to_string(),
            // A household gets a /64, and any address of it for the asking.
            IpAddr::V6(address) => format!("{:x?}", &address.segments()[..4]),
        };
        Some(self.of(&network))
    }

    pub(crate) fn of_tenant(self, tenant: TenantId) -> Count {
        self.of(&tenant.to_string())
    }

    pub(crate) fn of_person(self, user: UserId) -> Count {
        self.of(&user.to_string())
    }

    fn of(self, whom: &str) -> Count {
        Count { policy: self, key: sha256(&format!("{}\0{whom}", self.name)) }
    }
}

/// Counts an attempt in all of `counts`; [`Error::Throttled`]: one of them is in a pause, and none was counted.
pub(crate) async fn attempt(db: &Database, counts: impl IntoIterator<Item = Count>, now: DateTime<Utc>) -> Result<()> {
    let tx = db.write_platform().await?;
    let mut wait: Option<Duration> = None;
    for Count { policy, key } in counts {
        let row = locked(&tx, key, now).await?;
        match step(&policy, &row, now) {
            Ok(next) => next.update(&tx).await.map(|_| ())?,
            Err(pause) => wait = wait.max(Some(pause)),
        }
    }
    if let Some(retry_after) = wait {
        return Err(Error::Throttled { retry_after });
    }
    tx.commit().await?;
    Ok(())
}

/// The row, made if need be, and held until the transaction ends: of two attempts at once one waits.
#[expect(clippy::disallowed_methods, reason = "who tries to get in has no tenant yet")]
async fn locked(tx: &DatabaseTransaction, key: String, now: DateTime<Utc>) -> Result<throttle::Model> {
    let new = throttle::ActiveModel {
        key: Set(key.clone()),
        attempts: Set(0),
        blocked_until: Set(None),
        expires_at: Set(now),
    };
    // Writes the key again where it is there: whoever would delete the row meanwhile has to wait.
    let held = OnConflict::column(throttle::Column::Key).update_column(throttle::Column::Key).to_owned();
    throttle::Entity::insert(new).on_conflict(held).exec_without_returning(tx).await?;
    let row = throttle::Entity::find_by_id(key).lock_exclusive().one(tx).await?;
    row.ok_or(Error::NotFound { what: "throttle" })
}

/// The row after one more attempt, or how long to wait.
fn step(policy: &Policy, row: &throttle::Model, now: DateTime<Utc>) -> Result<throttle::ActiveModel, Duration> {
    if let Some(until) = row.blocked_until
        && until > now
    {
        return Err((until - now).to_std().unwrap_or_default());
    }
    let before = if row.expires_at > now { row.attempts } else { 0 };
    let attempts = before.saturating_add(1);
    let doublings = u32::try_from(attempts - policy.free).ok();
    let pause = doublings.map(|doublings| FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(doublings)));
    let pause = pause.map(|pause| if pause > LONGEST_PAUSE { LONGEST_PAUSE } else { pause });
    let blocked_until = pause.map(|pause| now + pause);
    Ok(throttle::ActiveModel {
        key: Unchanged(row.key.clone()),
        attempts: Set(attempts),
        blocked_until: Set(blocked_until),
        expires_at: Set(blocked_until.unwrap_or(now) + policy.window),
    })
}

/// Forgets all attempts: the last one was right.
#[expect(clippy::disallowed_methods, reason = "who tries to get in has no tenant yet")]
pub(crate) async fn clear(db: &Database, count: Count) -> Result<()> {
    throttle::Entity::delete_by_id(count.key).exec(&db.platform()).await?;
    Ok(())
}

/// Takes one attempt back; a pause stays where others brought it about.
#[expect(clippy::disallowed_methods, reason = "who tries to get in has no tenant yet")]
pub(crate) async fn take_back(db: &Database, count: Count) -> Result<()> {
    let attempts = || Expr::col(throttle::Column::Attempts);
    let block = Expr::case(attempts().lte(count.policy.free), Option::<DateTime<Utc>>::None)
        .finally(Expr::col(throttle::Column::BlockedUntil));
    throttle::Entity::update_many()
        .col_expr(throttle::Column::Attempts, attempts().sub(1))
        .col_expr(throttle::Column::BlockedUntil, block.into())
        .filter(throttle::Column::Key.eq(count.key))
        .filter(throttle::Column::Attempts.gt(0))
        .exec(&db.platform())
        .await?;
    Ok(())
}

/// Deletes a batch of what is forgotten. Gives its number.
#[expect(clippy::disallowed_methods, reason = "who tries to get in has no tenant yet")]
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let some = throttle::Entity::find().select_only().column(throttle::Column::Key);
    let some = some.filter(throttle::Column::ExpiresAt.lt(now)).limit(BATCH).into_query();
    let forgotten = throttle::Entity::delete_many().filter(throttle::Column::Key.in_subquery(some));
    Ok(forgotten.exec(&db.platform()).await?.rows_affected)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use sea_orm::TryIntoModel;

    use super::*;

    fn fresh(now: DateTime<Utc>) -> throttle::Model {
        throttle::Model { key: String::new(), attempts: 0, blocked_until: None, expires_at: now }
    }

    /// One attempt after the other, each as soon as it may be; the waits between them in seconds.
    fn waits(attempts: usize) -> Vec<u64> {
        let mut now = entity::now();
        let mut row = fresh(now);
        let mut waits = Vec::new();
        for _ in 0..attempts {
            let wait = step(&SIGN_IN_TO_ACCOUNT, &row, now).err().unwrap_or_default();
            waits.push(wait.as_secs());
            now += wait;
            row = step(&SIGN_IN_TO_ACCOUNT, &row, now).unwrap().try_into_model().unwrap();
        }
        waits
    }

    #[test]
    fn five_are_free_and_then_pauses_grow_to_a_quarter_of_an_hour() {
        assert_eq!(waits(12), [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]);
    }

    #[test]
    fn what_is_long_over_is_forgotten() {
        let now = entity::now();
        let mut row = fresh(now);
        for _ in 0..5 {
            row = step(&SIGN_IN_TO_ACCOUNT, &row, now).unwrap().try_into_model().unwrap();
        }
        assert!(step(&SIGN_IN_TO_ACCOUNT, &row, now).is_err());
        let later = now + TimeDelta::minutes(16);
        let row = step(&SIGN_IN_TO_ACCOUNT, &row, later).unwrap().try_into_model().unwrap();
        assert_eq!((row.attempts, row.blocked_until), (1, None));
    }

    #[test]
    fn a_household_is_one_address() {
        let key = |text: &str| SIGN_IN_FROM_ADDRESS.of_address(Some(text.parse().unwrap())).unwrap().key;
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::9"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_ne!(key("192.0.2.1"), key("192.0.2.2"));
        assert_ne!(key("192.0.2.1"), SIGN_UP_FROM_ADDRESS.of_address(Some("192.0.2.1".parse().unwrap())).unwrap().key);
    }
}

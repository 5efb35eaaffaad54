use chrono::TimeDelta;
use domain::{
    Database, conversations,
    entity::{
        id::{JobId, TenantId},
        job::State,
        now,
    },
    jobs,
    jobs::{Failure, LEASE, MAX_ATTEMPTS},
    tenants,
    testing::{Fresh, on_both},
};
use voice::event::EndReason;

use crate::given;

/// A due job of a conversation that has just ended.
async fn job(db: &Database, tenant: TenantId) -> JobId {
    let conversation = given::conversation(db, tenant).await.id;
    let known = jobs::due(db, 1_000, now()).await.unwrap();
    conversations::end(db, tenant, conversation, &EndReason::CallerHungUp).await.unwrap();
    let due = jobs::due(db, 1_000, now()).await.unwrap();
    due.into_iter().find(|id| !known.contains(id)).unwrap()
}

const SECOND: TimeDelta = TimeDelta::seconds(1);

on_both! {
    async fn a_job_is_claimed_by_one_and_done_once(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let id = job(&db, tenant).await;
        let race = ["a", "b", "c", "d"].map(|holder| jobs::claim(&db, id, holder, now()));
        let claims = futures_util::future::join_all(race).await;
        assert_eq!(claims.into_iter().filter(|claim| claim.as_ref().unwrap().is_some()).count(), 1);
        assert_eq!(jobs::due(&db, 10, now()).await.unwrap(), []);

        let row = jobs::find(&db, tenant, id).await.unwrap();
        let holder = row.leased_by.unwrap();
        let claimed = jobs::Claimed { id, payload: serde_json::from_value(row.payload).unwrap(), attempt: 1 };
        assert!(!jobs::finish(&db, &claimed, "somebody else", now()).await.unwrap());
        assert!(jobs::finish(&db, &claimed, &holder, now()).await.unwrap());
        assert!(!jobs::finish(&db, &claimed, &holder, now()).await.unwrap());
        assert_eq!(jobs::find(&db, tenant, id).await.unwrap().state, State::Done);
        assert_eq!(jobs::claim(&db, id, "a", now()).await.unwrap(), None);
    }

    async fn a_job_whose_worker_died_is_done_by_another(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let id = job(&db, tenant).await;
        let start = now();
        let dead = jobs::claim(&db, id, "dead", start).await.unwrap().unwrap();
        assert_eq!(jobs::sweep(&db, start + LEASE - SECOND).await.unwrap(), 0);
        assert!(jobs::renew(&db, &dead, "dead", start + SECOND).await.unwrap());
        assert_eq!(jobs::sweep(&db, start + LEASE).await.unwrap(), 0);
        assert_eq!(jobs::sweep(&db, start + LEASE + SECOND + SECOND).await.unwrap(), 1);

        let alive = jobs::claim(&db, id, "alive", now()).await.unwrap().unwrap();
        assert_eq!(alive.attempt, 2);
        // The one that was taken for dead comes back too late.
        assert!(!jobs::renew(&db, &dead, "dead", now()).await.unwrap());
        assert!(!jobs::finish(&db, &dead, "dead", now()).await.unwrap());
        assert_eq!(jobs::fail(&db, &dead, "dead", Failure::Passing, "late", now()).await.unwrap(), None);
        assert!(jobs::finish(&db, &alive, "alive", now()).await.unwrap());
    }

    async fn a_failed_job_waits_longer_each_time_and_is_given_up_at_last(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let id = job(&db, tenant).await;
        let mut at = now();
        let mut waits = Vec::new();
        loop {
            let claimed = jobs::claim(&db, id, "w", at).await.unwrap().unwrap();
            let state = jobs::fail(&db, &claimed, "w", Failure::Passing, "no luck", at).await.unwrap().unwrap();
            let row = jobs::find(&db, tenant, id).await.unwrap();
            assert_eq!((row.state, row.last_error.as_deref()), (state, Some("no luck")));
            if state == State::Dead {
                assert_eq!(row.attempts, MAX_ATTEMPTS);
                break;
            }
            waits.push((row.run_at - at).num_seconds());
            assert_eq!(jobs::claim(&db, id, "w", row.run_at - SECOND).await.unwrap(), None);
            assert_eq!(jobs::due(&db, 10, row.run_at - SECOND).await.unwrap(), []);
            at = row.run_at;
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
        assert_eq!(jobs::due(&db, 10, at + TimeDelta::days(1)).await.unwrap(), []);
    }

    async fn what_cannot_heal_is_given_up_at_once(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let id = job(&db, tenant).await;
        let claimed = jobs::claim(&db, id, "w", now()).await.unwrap().unwrap();
        let state = jobs::fail(&db, &claimed, "w", Failure::Lasting, "gone", now()).await.unwrap();
        assert_eq!(state, Some(State::Dead));
    }

    async fn a_job_that_kills_its_workers_is_given_up(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let id = job(&db, tenant).await;
        for _ in 0..MAX_ATTEMPTS {
            let start = now();
            jobs::claim(&db, id, "w", start).await.unwrap().unwrap();
            assert_eq!(jobs::sweep(&db, start + LEASE + SECOND).await.unwrap(), 1);
        }
        let row = jobs::find(&db, tenant, id).await.unwrap();
        assert_eq!((row.state, row.attempts), (State::Dead, MAX_ATTEMPTS));
    }

    async fn a_tenants_many_jobs_do_not_hold_up_anothers_one(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let mut adas = Vec::new();
        for _ in 0..5 {
            adas.push(job(&db, ada).await);
        }
        let bobs = job(&db, bob).await;
        let due = jobs::due(&db, 3, now()).await.unwrap();
        assert_eq!(due, [adas[0], bobs, adas[1]]);
    }
}

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Database, conversations,
    entity::{
        id::{JobId, TenantId},
        job::State,
        now,
    },
    jobs,
    jobs::{Due, Failure, Kind, LEASE, Payload, Priority, Progress},
    tenants,
    testing::{Fresh, on_both},
};
use voice::event::EndReason;

use crate::given;

/// A due job of a conversation that has just ended.
async fn job(db: &Database, tenant: TenantId) -> JobId {
    let conversation = given::conversation(db, tenant).await.id;
    let known = due(db, now()).await;
    conversations::end(db, tenant, conversation, &EndReason::CallerHungUp).await.unwrap();
    due(db, now()).await.into_iter().find(|id| !known.contains(id)).unwrap()
}

async fn due(db: &Database, at: DateTime<Utc>) -> Vec<JobId> {
    jobs::due(db, 1_000, at).await.unwrap().tickets.into_iter().map(|ticket| ticket.id).collect()
}

const SECOND: TimeDelta = TimeDelta::seconds(1);

on_both! {
    async fn a_job_is_claimed_by_one_and_done_once(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let id = job(&db, tenant).await;
        let race = ["a", "b", "c", "d"].map(|holder| jobs::claim(&db, id, holder, now()));
        let claims = futures_util::future::join_all(race).await;
        assert_eq!(claims.into_iter().filter(|claim| claim.as_ref().unwrap().is_some()).count(), 1);
        assert_eq!(due(&db, now()).await, []);

        let row = jobs::find(&db, tenant, id).await.unwrap();
        let holder = row.leased_by.unwrap();
        let claimed = jobs::Claimed {
            id,
            payload: serde_json::from_value(row.payload).unwrap(),
            attempt: 1,
            max_attempts: row.max_attempts,
        };
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
        assert!(jobs::renew(&db, &dead, "dead", None, start + SECOND).await.unwrap());
        assert_eq!(jobs::sweep(&db, start + LEASE).await.unwrap(), 0);
        assert_eq!(jobs::sweep(&db, start + LEASE + SECOND + SECOND).await.unwrap(), 1);

        let alive = jobs::claim(&db, id, "alive", now()).await.unwrap().unwrap();
        assert_eq!(alive.attempt, 2);
        // The one that was taken for dead comes back too late.
        assert!(!jobs::renew(&db, &dead, "dead", None, now()).await.unwrap());
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
                assert_eq!(row.attempts, 10);
                break;
            }
            waits.push((row.run_at - at).num_seconds());
            assert_eq!(jobs::claim(&db, id, "w", row.run_at - SECOND).await.unwrap(), None);
            assert_eq!(due(&db, row.run_at - SECOND).await, []);
            at = row.run_at;
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256]);
        assert_eq!(due(&db, at + TimeDelta::days(1)).await, []);
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
        for _ in 0..10 {
            let start = now();
            jobs::claim(&db, id, "w", start).await.unwrap().unwrap();
            assert_eq!(jobs::sweep(&db, start + LEASE + SECOND).await.unwrap(), 1);
        }
        let row = jobs::find(&db, tenant, id).await.unwrap();
        assert_eq!((row.state, row.attempts), (State::Dead, 10));
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
        assert_eq!(due.more, [Kind::FinishConversation]);
        assert_eq!(due.tickets.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [adas[0], bobs, adas[1]]);
    }

    async fn a_tenants_running_jobs_count_when_the_next_is_chosen(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        for _ in 0..2 {
            let id = job(&db, ada).await;
            jobs::claim(&db, id, "w", now()).await.unwrap().unwrap();
        }
        let adas = job(&db, ada).await;
        let bobs = [job(&db, bob).await, job(&db, bob).await, job(&db, bob).await];
        assert_eq!(due(&db, now()).await, [bobs[0], bobs[1], adas, bobs[2]]);
    }

    async fn what_somebody_waits_for_comes_first_until_the_rest_has_waited_long(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let (start, payload) = (now(), Payload::ResealSecrets { tenant });
        let mut ids = Vec::new();
        for priority in [Priority::Low, Priority::Normal, Priority::High, Priority::Normal] {
            let at = start + SECOND * i32::try_from(ids.len()).unwrap();
            ids.push(jobs::add_as(db.connection(), &payload, priority, at).await.unwrap().id);
        }
        assert_eq!(due(&db, start + SECOND).await, [ids[1], ids[0]], "the others' time has not come");
        assert_eq!(due(&db, start + SECOND * 5).await, [ids[2], ids[1], ids[3], ids[0]]);
        assert_eq!(due(&db, start + TimeDelta::minutes(10)).await, [ids[0], ids[2], ids[1], ids[3]]);
        assert_eq!(due(&db, start + TimeDelta::minutes(11)).await, ids);
    }

    async fn the_platforms_own_jobs_are_due_one_by_one(db: Fresh) {
        let start = now();
        let mut ids = Vec::new();
        for place in 0..5 {
            let payload = Payload::DeleteTenant { tenant: TenantId::new() };
            ids.push(jobs::add(db.connection(), &payload, start - SECOND * place).await.unwrap().id);
        }
        ids.reverse();
        jobs::claim(&db, ids[1], "w", start).await.unwrap().unwrap();
        assert_eq!(due(&db, start).await, [ids[0], ids[2], ids[3], ids[4]]);
    }

    async fn a_long_list_is_cut_fairly_and_has_more_until_it_is_short(db: Fresh) {
        let start = now();
        let mut of_one = Vec::new();
        for place in 0..30 {
            let tenant = tenants::create(&db, "Ada").await.unwrap().id;
            // One has as many as all the others together, and comes first.
            for nth in 0..if place == 0 { 30 } else { 1 } {
                let at = start + TimeDelta::milliseconds(i64::from(place) * 100 + nth);
                let id = jobs::add(db.connection(), &Payload::ResealSecrets { tenant }, at).await.unwrap().id;
                if place == 0 {
                    of_one.push(id);
                }
            }
        }
        let at = start + TimeDelta::minutes(1);
        let next = jobs::due(&db, 8, at).await.unwrap();
        assert_eq!((next.tickets.len(), next.tickets[0].id, &*next.more), (8, of_one[0], &[Kind::ResealSecrets][..]));
        let others = next.tickets.iter().skip(1);
        assert!(others.into_iter().all(|ticket| !of_one.contains(&ticket.id)), "a second before another's first");
        // Of each tenant 1 + 4 * 40 / 30 are looked at: fewer than there are and than were asked for, and it says so.
        let next = jobs::due(&db, 40, at).await.unwrap();
        assert_eq!((next.tickets.len(), &*next.more), (35, &[Kind::ResealSecrets][..]));
        let all = jobs::due(&db, 1_000, at).await.unwrap();
        assert_eq!((all.tickets.len(), &*all.more), (59, &[][..]));
        let order: Vec<_> = all.tickets.iter().map(|ticket| ticket.id).filter(|id| of_one.contains(id)).collect();
        assert_eq!(order, of_one);
    }

    async fn who_has_jobs_for_later_takes_no_place_of_what_is_due(db: Fresh) {
        let start = now();
        for _ in 0..30 {
            let tenant = tenants::create(&db, "Later").await.unwrap().id;
            let payload = Payload::ResealSecrets { tenant };
            jobs::add(db.connection(), &payload, start + TimeDelta::hours(1)).await.unwrap();
        }
        assert_eq!(jobs::due(&db, 8, start).await.unwrap(), Due::default());
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let mut ids = Vec::new();
        for (priority, number) in [(Priority::Low, 5), (Priority::Normal, 20)] {
            for _ in 0..number {
                let payload = Payload::ResealSecrets { tenant };
                ids.push(jobs::add_as(db.connection(), &payload, priority, start).await.unwrap().id);
            }
        }
        let next = jobs::due(&db, 8, start).await.unwrap();
        assert_eq!(next.more, [Kind::ResealSecrets]);
        assert_eq!(next.tickets.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), ids[5..13]);
        let next = jobs::due(&db, 22, start).await.unwrap().tickets;
        assert_eq!(next.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), [&ids[5..], &ids[..2]].concat());
    }

    async fn what_is_cut_keeps_its_order_by_priority(db: Fresh) {
        let start = now();
        let mut of_one = Vec::new();
        for place in 0..12 {
            let tenant = tenants::create(&db, "Ada").await.unwrap().id;
            let of_all = [(Priority::Low, 9), (Priority::Normal, 20)];
            for (priority, number) in if place == 0 { &of_all[..] } else { &[(Priority::Low, 1)] } {
                for _ in 0..*number {
                    let payload = Payload::ResealSecrets { tenant };
                    let id = jobs::add_as(db.connection(), &payload, *priority, start).await.unwrap().id;
                    of_one.extend((place == 0).then_some(id));
                }
            }
        }
        // Of each tenant 1 + 4 * 24 / 12 are looked at.
        let next = jobs::due(&db, 24, start).await.unwrap();
        assert_eq!((next.tickets.len(), &*next.more), (9 + 11, &[Kind::ResealSecrets][..]));
        let order: Vec<_> = next.tickets.iter().map(|ticket| ticket.id).filter(|id| of_one.contains(id)).collect();
        assert_eq!(order, of_one[9..18], "none of a lower priority before its turn");
    }

    async fn a_key_is_ordered_once_until_its_job_is_settled(db: Fresh) {
        let [ada, bob] = [tenants::create(&db, "Ada").await.unwrap().id, tenants::create(&db, "Bob").await.unwrap().id];
        let order = async |tenant, key| {
            let payload = Payload::ResealSecrets { tenant };
            jobs::add_once(db.connection(), &payload, key, now()).await.unwrap().id
        };
        let first = order(ada, "a").await;
        assert_eq!(order(ada, "a").await, first);
        assert_ne!(order(ada, "b").await, first);
        assert_ne!(order(bob, "a").await, first, "another tenant's");
        let claimed = jobs::claim(&db, first, "w", now()).await.unwrap().unwrap();
        assert_eq!(order(ada, "a").await, first, "it runs");
        jobs::finish(&db, &claimed, "w", now()).await.unwrap();
        assert_ne!(order(ada, "a").await, first);
    }

    async fn a_job_waits_as_long_as_the_other_side_asks(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        for (asked, waits) in [(TimeDelta::seconds(90), 90), (TimeDelta::zero(), 1), (TimeDelta::days(9), 6 * 3_600)] {
            let (id, at) = (job(&db, tenant).await, now());
            let claimed = jobs::claim(&db, id, "w", at).await.unwrap().unwrap();
            jobs::fail(&db, &claimed, "w", Failure::After(asked), "busy", at).await.unwrap();
            let row = jobs::find(&db, tenant, id).await.unwrap();
            assert_eq!((row.state, (row.run_at - at).num_seconds()), (State::Ready, waits));
        }
    }

    async fn progress_is_noted_with_the_lease_and_begins_anew_with_each_try(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let (id, start) = (job(&db, tenant).await, now());
        let claimed = jobs::claim(&db, id, "w", start).await.unwrap().unwrap();
        let progress = Progress { done: 3, total: Some(7), phase: Some("reading".into()) };
        assert!(jobs::renew(&db, &claimed, "w", Some(&progress), start).await.unwrap());
        assert_eq!(jobs::find(&db, tenant, id).await.unwrap().progress, Some(progress));
        jobs::sweep(&db, start + LEASE + SECOND).await.unwrap();
        jobs::claim(&db, id, "w", now()).await.unwrap().unwrap();
        assert_eq!(jobs::find(&db, tenant, id).await.unwrap().progress, None);
    }

    async fn a_job_that_is_handed_back_is_due_at_once_and_lost_no_try(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let id = job(&db, tenant).await;
        let claimed = jobs::claim(&db, id, "w", now()).await.unwrap().unwrap();
        assert!(!jobs::hand_back(&db, &claimed, "another", now()).await.unwrap());
        assert!(jobs::hand_back(&db, &claimed, "w", now()).await.unwrap());
        assert!(!jobs::hand_back(&db, &claimed, "w", now()).await.unwrap());
        assert_eq!(jobs::claim(&db, id, "v", now()).await.unwrap().unwrap().attempt, 1);
    }

    async fn a_scheduled_job_is_ordered_once_however_many_workers_look(db: Fresh) {
        let start = now();
        jobs::prepare_schedules(&db, start).await.unwrap();
        jobs::prepare_schedules(&db, start + SECOND).await.unwrap();
        let race = [(); 4].map(|()| jobs::order_scheduled(&db, start));
        let ordered = futures_util::future::join_all(race).await;
        let first: u64 = ordered.into_iter().map(Result::unwrap).sum();
        let tickets = jobs::due(&db, 10, start).await.unwrap().tickets;
        assert_eq!(tickets.len() as u64, first);
        let kinds: HashSet<_> = tickets.iter().map(|ticket| ticket.kind).collect();
        assert!(kinds.len() == tickets.len() && kinds.contains(&Kind::EndAbandoned), "{kinds:?}");
        assert_eq!(jobs::order_scheduled(&db, start).await.unwrap(), 0, "their next time has not come");
        // Nobody has done them yet: no second job of the same kind.
        jobs::order_scheduled(&db, start + TimeDelta::days(1)).await.unwrap();
        assert_eq!(jobs::due(&db, 10, start + TimeDelta::days(1)).await.unwrap().tickets.len() as u64, first);
        for ticket in tickets {
            let claimed = jobs::claim(&db, ticket.id, "w", now()).await.unwrap().unwrap();
            assert!(jobs::finish(&db, &claimed, "w", now()).await.unwrap());
        }
        assert_eq!(jobs::order_scheduled(&db, start + TimeDelta::days(2)).await.unwrap(), first);
    }

    async fn no_tenant_finds_a_job_of_the_platforms_own(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let id = jobs::add(db.connection(), &Payload::ForgetJobs, now()).await.unwrap().id;
        assert!(jobs::find(&db, tenant, id).await.is_err());
    }

    async fn what_was_settled_long_ago_is_forgotten(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let [waits, done, dead] = [job(&db, tenant).await, job(&db, tenant).await, job(&db, tenant).await];
        let own = jobs::add(db.connection(), &Payload::ForgetJobs, now()).await.unwrap().id;
        for id in [done, own, dead] {
            let claimed = jobs::claim(&db, id, "w", now()).await.unwrap().unwrap();
            match id == dead {
                true => assert!(jobs::fail(&db, &claimed, "w", Failure::Lasting, "x", now()).await.unwrap().is_some()),
                false => assert!(jobs::finish(&db, &claimed, "w", now()).await.unwrap()),
            }
        }
        for (days, forgotten) in [(0, 0), (1, 1), (8, 1), (31, 1), (99, 0)] {
            assert_eq!(jobs::forget(&db, now() + TimeDelta::days(days)).await.unwrap(), forgotten, "after {days} d");
        }
        assert_eq!(jobs::find(&db, tenant, waits).await.unwrap().state, State::Ready);
    }
}

//! What breaks: workers, Redis, connections to the database.

use std::time::Duration;

use domain::{
    database::Backend,
    entity::{job::State, now},
    id::TenantId,
    jobs::{self, Payload},
    tenants,
    testing::{self, Fresh, Redis, on_both},
};

use crate::{
    NOBODY, PATIENCE, Running, conversation,
    held::{HeldTwilio, Line},
    no_twilio,
    process::Process,
    settled,
};

/// So many jobs of one tenant, pushed.
async fn order(db: &Fresh, tenant: TenantId, number: usize) -> Vec<jobs::Ticket> {
    let conversation = conversation(db, tenant).await;
    let payload = Payload::FinishConversation { tenant, conversation };
    let mut tickets = Vec::new();
    for _ in 0..number {
        let ticket = jobs::add(db.connection(), &payload, now()).await.unwrap();
        db.queue().push(ticket);
        tickets.push(ticket);
    }
    tickets
}

/// All are done in the end, each at its first try.
async fn done_once(db: &Fresh, tenant: TenantId, tickets: &[jobs::Ticket]) {
    for ticket in tickets {
        settled(db, tenant, ticket.id, State::Done).await;
        assert_eq!(jobs::find(db, tenant, ticket.id).await.unwrap().attempts, 1);
    }
}

on_both! {
    with queues;

    async fn a_job_whose_process_is_killed_is_done_by_another(db: Fresh) {
        let (ada, twilio) = (Line::new(&db, 1).await, HeldTwilio::start().await);
        let id = ada.check(&db).await;
        let mut process = Process::start(&db, &twilio.url, NOBODY);
        twilio.asked_for(1).await;
        process.kill();
        let row = jobs::find(&db, ada.0.tenant_id, id).await.unwrap();
        assert_eq!((row.state, row.attempts), (State::Running, 1), "nobody knows yet");
        // A minute passes.
        db.execute("UPDATE jobs SET lease_until = run_at WHERE state = 'running'").await;
        let worker = Running::with(&db, testing::vault(), &twilio.twilio());
        twilio.answer(2);
        settled(&db, ada.0.tenant_id, id, State::Done).await;
        assert_eq!(jobs::find(&db, ada.0.tenant_id, id).await.unwrap().attempts, 2);
        worker.stop().await;
    }
}

#[test]
fn what_redis_forgets_is_done_all_the_same() {
    testing::run(Backend::Postgres, |db| async move {
        let redis = Redis::start().await;
        let db = testing::with_redis(db, &redis.url()).await;
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let mut tickets = order(&db, tenant, 100).await;
        let worker = Running::with(&db, testing::vault(), &no_twilio());
        for _ in 0..3 {
            redis.flush().await;
            tickets.extend(order(&db, tenant, 50).await);
        }
        redis.flush().await;
        done_once(&db, tenant, &tickets).await;
        worker.stop().await;
    });
}

#[test]
fn jobs_ordered_while_redis_is_away_are_done_when_it_is_back() {
    testing::run(Backend::Postgres, |db| async move {
        let mut redis = Redis::start().await;
        let db = testing::with_redis(db, &redis.url()).await;
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let worker = Running::with(&db, testing::vault(), &no_twilio());
        let before = order(&db, tenant, 3).await;
        done_once(&db, tenant, &before).await;
        redis.stop();
        let meanwhile = order(&db, tenant, 20).await;
        assert!(db.queue().ping().await.is_err());
        redis.start_again().await;
        done_once(&db, tenant, &meanwhile).await;
        worker.stop().await;
    });
}

#[test]
fn jobs_go_on_after_postgres_has_dropped_its_connections() {
    testing::run_with_queue(Backend::Postgres, |db| async move {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let worker = Running::with(&db, testing::vault(), &no_twilio());
        let first = order(&db, tenant, 1).await;
        done_once(&db, tenant, &first).await;
        let mut tickets = Vec::new();
        for _ in 0..3 {
            tickets.extend(order(&db, tenant, 20).await);
            db.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                 WHERE datname = current_database() AND pid <> pg_backend_pid()",
            )
            .await;
        }
        // What was cut off between claim and settlement waits for its lease: minutes pass.
        let all_done = async {
            for ticket in tickets {
                while jobs::find(&db, tenant, ticket.id).await.unwrap().state != State::Done {
                    db.execute("UPDATE jobs SET lease_until = run_at WHERE state = 'running'").await;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        };
        tokio::time::timeout(PATIENCE * 3, all_done).await.unwrap();
        worker.stop().await;
    });
}

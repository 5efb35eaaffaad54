//! What breaks: workers, Redis, connections to the database.

use std::time::Duration;

use chrono::TimeDelta;
use domain::{
    analyses,
    database::Backend,
    entity::{
        analysis,
        job::{self, State},
        now, transcription,
    },
    id::{ConversationId, TenantId},
    jobs::{self, Filter, Kind, Payload, Whose},
    page::Paging,
    tenants,
    testing::{self, Fresh, Redis, on_both},
    transcriptions,
    usage::{self, Amount},
};
use simulator::openai::{Endpoint, Fake, Fault, Reply, When};

use crate::{
    NOBODY, PATIENCE, Running, conversation,
    held::{HeldTwilio, Line},
    kills::{VERDICT, talk},
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

    async fn a_provider_that_wants_fewer_requests_for_ten_minutes_costs_time_alone(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let openai = Fake::builder().reply_with(|_| Reply::say(VERDICT)).start().await.unwrap();
        let before = usage_of(&db, tenant, talk(&db, tenant).await).await;
        // Longer than one try waits.
        let limit = |endpoint| openai.fault(endpoint, When::Always, Fault::RateLimited { retry_after: Duration::from_secs(120) });
        let (transcribing, analyzing) = (Kind::TranscribeRecording, Kind::AnalyzeConversation);
        let mut refused = Vec::new();
        limit(Endpoint::Transcriptions);
        for (endpoint, kind) in [(Endpoint::Transcriptions, transcribing), (Endpoint::Chat, analyzing)] {
            let worker = Running::served(&db, &openai);
            let mut passed = TimeDelta::zero();
            while passed < TimeDelta::minutes(10) {
                passed += next_try(&db, tenant, kind).await;
            }
            worker.stop().await;
            refused.push(openai.requests_of(endpoint).len());
            openai.heal();
            if kind == transcribing {
                limit(Endpoint::Chat);
            }
            // Another worker has not made up its mind about the provider.
            let worker = Running::served(&db, &openai);
            let id = of_kind(&db, tenant, kind).await.id;
            settled(&db, tenant, id, State::Done).await;
            worker.stop().await;
        }
        let [recording] = &transcriptions::list(&db, tenant, Default::default(), Paging::first(9)).await.unwrap().items[..] else {
            panic!("not one transcription")
        };
        let conversation = recording.conversation_id.unwrap();
        let [analysis] = &analyses::list(&db, tenant, conversation, Paging::first(9)).await.unwrap().items[..] else {
            panic!("not one analysis")
        };
        assert_eq!((recording.state, recording.segments.0.len()), (transcription::State::Ready, 2));
        assert_eq!(analysis.state, analysis::State::Ready);
        let heard = &openai.requests_of(Endpoint::Transcriptions)[refused[0]..];
        assert_eq!(openai.requests_of(Endpoint::Chat).len() - refused[1], 1);
        let after = usage_of(&db, tenant, conversation).await;
        assert_eq!(after.transcribed_ms - before.transcribed_ms, heard.iter().map(|request| request.audio_ms as i64).sum::<i64>());
        assert_eq!(after.prompt_tokens - before.prompt_tokens, analysis.prompt_tokens);
    }
}

async fn usage_of(db: &Fresh, tenant: TenantId, id: ConversationId) -> Amount {
    usage::of_conversation(db, tenant, id).await.unwrap()
}

/// The tenant's only job of a kind, or the only open one.
async fn of_kind(db: &Fresh, tenant: TenantId, kind: Kind) -> job::Model {
    let filter = Filter { kind: Some(kind), state: None };
    let find = async {
        loop {
            let found = jobs::list(db, Whose::Tenant(tenant), filter, Paging::first(9)).await.unwrap().items;
            if let Some(newest) = found.into_iter().next() {
                return newest;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, find).await.unwrap()
}

/// Waits until a try has failed, and has the time pass to the next one. Gives how long that was.
async fn next_try(db: &Fresh, tenant: TenantId, kind: Kind) -> TimeDelta {
    let wait = async {
        loop {
            let job = of_kind(db, tenant, kind).await;
            let left = job.run_at - now();
            assert_ne!(job.state, State::Dead, "{:?}", job.last_error);
            if job.state == State::Ready && left > TimeDelta::seconds(1) {
                return left;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    let left = tokio::time::timeout(PATIENCE, wait).await.unwrap();
    db.execute(&format!("UPDATE jobs SET run_at = created_at WHERE state = 'ready' AND kind = '{}'", kind.as_str()))
        .await;
    left
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

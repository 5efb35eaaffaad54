//! Who waits for whom, and how a worker stops.

use std::time::Duration;

use chrono::TimeDelta;
use domain::{
    Database,
    entity::{job::State, now},
    id::JobId,
    jobs::{self, Payload},
    tenants,
    testing::{self, Fresh, on_both},
};

use worker::Terms;

use crate::{
    Running, conversation,
    held::{HeldTwilio, Line},
    settled,
};

/// Waits until a dispatcher has looked at all that was due when this was called: a job whose time comes after that
/// is found by nobody else.
async fn dispatched(db: &Database) -> JobId {
    let tenant = tenants::create(db, "Clock").await.unwrap().id;
    let conversation = conversation(db, tenant).await;
    let payload = Payload::FinishConversation { tenant, conversation };
    let soon = now() + TimeDelta::milliseconds(50);
    let id = jobs::add(db.connection(), &payload, soon).await.unwrap().id;
    settled(db, tenant, id, State::Done).await;
    let row = jobs::find(db, tenant, id).await.unwrap();
    assert!(row.finished_at.unwrap() >= soon, "it ran before its time");
    id
}

on_both! {
    with queues;

    async fn a_tenants_flood_does_not_hold_up_anothers_one(db: Fresh) {
        let (ada, bob, twilio) = (Line::new(&db, 1).await, Line::new(&db, 2).await, HeldTwilio::start().await);
        for _ in 0..60 {
            ada.check(&db).await;
        }
        let worker = Running::with(&db, testing::vault(), &twilio.twilio());
        twilio.asked_for(2).await;
        let bobs = bob.check(&db).await;
        dispatched(&db).await;
        twilio.answer(1);
        assert_eq!(twilio.asked_for(3).await[2], Line::account(2), "the next free place was not Bob's");
        twilio.answer(100);
        settled(&db, bob.0.tenant_id, bobs, State::Done).await;
        worker.stop().await;
    }

    async fn no_more_of_a_kind_run_at_once_than_its_profile_says_and_no_other_kind_waits(db: Fresh) {
        let (ada, twilio) = (Line::new(&db, 1).await, HeldTwilio::start().await);
        let mut checks = Vec::new();
        for _ in 0..5 {
            checks.push(ada.check(&db).await);
        }
        let worker = Running::with(&db, testing::vault(), &twilio.twilio());
        let places = jobs::Kind::CheckPhoneNumber.profile().concurrency;
        twilio.asked_for(places).await;
        dispatched(&db).await;
        assert_eq!(twilio.asked().len(), places);
        twilio.answer(100);
        for id in checks {
            settled(&db, ada.0.tenant_id, id, State::Done).await;
        }
        worker.stop().await;
    }

    async fn a_stopping_worker_ends_what_runs(db: Fresh) {
        let (ada, twilio) = (Line::new(&db, 1).await, HeldTwilio::start().await);
        let id = ada.check(&db).await;
        let worker = Running::with(&db, testing::vault(), &twilio.twilio());
        twilio.asked_for(1).await;
        worker.shutdown.cancel();
        twilio.answer(1);
        worker.stop().await;
        let row = jobs::find(&db, ada.0.tenant_id, id).await.unwrap();
        assert_eq!((row.state, row.attempts), (State::Done, 1));
    }

    async fn a_stopping_worker_hands_back_what_does_not_end(db: Fresh) {
        let (ada, twilio) = (Line::new(&db, 1).await, HeldTwilio::start().await);
        let id = ada.check(&db).await;
        let worker = Running::on(&db, testing::vault(), &twilio.twilio(), Terms { grace: Duration::ZERO, ..Terms::default() });
        twilio.asked_for(1).await;
        worker.stop().await;
        let row = jobs::find(&db, ada.0.tenant_id, id).await.unwrap();
        assert_eq!((row.state, row.attempts, row.leased_by), (State::Ready, 0, None));
        let another = Running::with(&db, testing::vault(), &twilio.twilio());
        twilio.answer(2);
        settled(&db, ada.0.tenant_id, id, State::Done).await;
        another.stop().await;
    }
}

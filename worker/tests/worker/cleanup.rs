//! What is kept no longer, and what nobody holds any more.

use std::time::Duration;

use chrono::TimeDelta;
use domain::{
    access::By,
    calls::{self, Incoming},
    conversations,
    entity::{call, conversation::Status, job::State, now},
    events,
    id::{CallId, TurnId},
    jobs::{self, Payload},
    page::Paging,
    retention::{self, Days},
    tenants,
    testing::{self, Fresh, on_both},
    twilio::Webhooks,
    usage::Served,
    warnings::{self, Warning},
};
use simulator::openai::{Endpoint, Fake};
use voice::{
    event::{EndReason, Prompt, Turn, TurnTimes, Usage},
    provider::openai::defaults,
};
use worker::Terms;

use crate::{Line, PATIENCE, Running, conversation, finished, no_twilio, settled, work};

const CALL: &str = "CA00000000000000000000000000000001";

impl Line {
    /// A call to it that is in progress for us.
    async fn called(&self, db: &Fresh) -> call::Model {
        let incoming = Incoming {
            call_sid: CALL.to_owned(),
            account_sid: self.account.sid().to_owned(),
            from: "+14155550198".to_owned(),
            to: self.number.e164.clone(),
        };
        calls::begin(db, &self.number, incoming).await.unwrap().call
    }

    /// Has it asked about, and waits until that is done.
    async fn ask(&self, db: &Fresh, call: CallId) -> call::Model {
        let tenant = self.number.tenant_id;
        let job = jobs::add(db.connection(), &Payload::CloseStaleCall { tenant, call }, now()).await.unwrap();
        db.queue().push(job);
        settled(db, tenant, job.id, State::Done).await;
        calls::find(db, tenant, call).await.unwrap()
    }
}

on_both! {
    with queues;

    async fn a_call_that_twilio_says_is_over_is_closed_as_it_says(db: Fresh) {
        let line = Line::new(&db).await;
        let worker = Running::with(&db, testing::vault(), &line.twilio);
        let call = line.called(&db).await;
        line.account.tell_of_call(CALL, "in-progress", None);
        let before = conversations::find(&db, call.tenant_id, call.conversation_id).await.unwrap();
        assert_eq!(line.ask(&db, call.id).await.status, call.status, "it goes on");
        let after = conversations::find(&db, call.tenant_id, call.conversation_id).await.unwrap();
        assert!(after.active_at > before.active_at, "which is a sign of life");
        line.account.tell_of_call(CALL, "completed", Some(42));
        let closed = line.ask(&db, call.id).await;
        assert_eq!((closed.status, closed.duration_s), (call::Status::Completed, Some(42)));
        let ended = conversations::find(&db, call.tenant_id, call.conversation_id).await.unwrap();
        assert_eq!(ended.status, Status::Ended);
        worker.stop().await;
    }

    async fn a_call_that_twilio_does_not_know_has_failed(db: Fresh) {
        let line = Line::new(&db).await;
        let worker = Running::with(&db, testing::vault(), &line.twilio);
        let call = line.called(&db).await;
        assert_eq!(line.ask(&db, call.id).await.status, call::Status::Failed);
        worker.stop().await;
    }

    async fn twilio_is_asked_again_where_it_fails(db: Fresh) {
        let line = Line::new(&db).await;
        let call = line.called(&db).await;
        line.account.tell_of_call(CALL, "busy", Some(0));
        // One question asks three times.
        line.account.fail_next(3, 503);
        let worker = Running::with(&db, testing::vault(), &line.twilio);
        assert_eq!(line.ask(&db, call.id).await.status, call::Status::Busy);
        worker.stop().await;
    }

    async fn a_conversation_that_ends_is_redacted_where_its_tenant_wants_that(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let wish = tenants::Change { redact_transcripts: Some(true), ..tenants::Change::default() };
        tenants::change(&db, tenant, &By::SYSTEM, wish).await.unwrap();
        let id = conversation(&db, tenant).await;
        let turn = Turn {
            number: 0,
            prompt: Prompt::Speech("I am ada@example.com".to_owned()),
            generated_text: "Noted.".to_owned(),
            heard_text: "Noted.".to_owned(),
            interrupted: false,
            tool_calls: Vec::new(),
            times: TurnTimes::default(),
            usage: Usage::default(),
        };
        conversations::turn_ended(&db, tenant, id, TurnId::new(), &turn, &Served::default()).await.unwrap();
        let worker = Running::start(&db);
        conversations::end(&db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
        finished(&db, tenant, id).await;
        let wait = async {
            while conversations::turns(&db, tenant, id).await.unwrap()[0].prompt_text.as_deref() != Some("I am [e-mail address]") {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap();
        worker.stop().await;
    }

    async fn what_is_kept_no_longer_is_removed_and_told(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let own = Days { calls: Some(1), ..Days::default() };
        retention::set(&db, &Days::default(), tenant, &By::SYSTEM, own).await.unwrap();
        let id = conversation(&db, tenant).await;
        conversations::end(&db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
        // Two days pass.
        testing::age_conversation(&db, tenant, id, TimeDelta::days(2)).await.unwrap();
        let worker = Running::start(&db);
        let job = jobs::add(db.connection(), &Payload::ApplyRetention { tenant }, now()).await.unwrap();
        db.queue().push(job);
        settled(&db, tenant, job.id, State::Done).await;
        conversations::find(&db, tenant, id).await.unwrap_err();
        let (_, removed) = retention::of(&db, &Days::default(), tenant).await.unwrap().last.unwrap();
        assert_eq!(removed.calls, 1);
        worker.stop().await;
    }

    async fn a_tenant_whose_grace_is_over_is_deleted(db: Fresh) {
        let own = tenants::create(&db, "Own").await.unwrap().id;
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        for _ in 0..3 {
            let id = conversation(&db, tenant).await;
            conversations::end(&db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
        }
        let long_ago = now() - TimeDelta::days(31);
        tenants::delete_by_operator(&db, tenant, &By::SYSTEM, own, TimeDelta::days(30), long_ago).await.unwrap();
        let worker = Running::start(&db);
        assert_eq!(tenants::order_deletions(&db, now()).await.unwrap(), 1);
        let wait = async {
            while tenants::find(&db, tenant).await.is_ok() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap();
        for (table, rows) in db.rows_of(tenant).await {
            assert!(rows.is_empty(), "{table}: {rows:?}");
        }
        tenants::find(&db, own).await.unwrap();
        worker.stop().await;
    }

    async fn a_model_that_goes_out_of_service_is_a_warning_and_an_event_once(db: Fresh) {
        let fake = Fake::start().await.unwrap();
        let end = now().date_naive() + TimeDelta::days(60);
        fake.ends(defaults::CHAT_MODEL, end.to_string());
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let terms = Terms { grace: PATIENCE, ..Terms::default() };
        let worker = Running::doing(work(&db, testing::vault(), &no_twilio(), &fake.base_url()), terms);
        // The schedule orders it at the start; and once more.
        let asked = async |times: usize| {
            let wait = async {
                while fake.requests_of(Endpoint::Models).len() < times {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            tokio::time::timeout(PATIENCE, wait).await.unwrap();
        };
        asked(3).await;
        let webhooks = Webhooks { voice_url: String::new(), voice_fallback_url: String::new(), status_callback: String::new() };
        let warned = async || {
            let wait = async {
                loop {
                    if let [Warning::ModelShutdown(row)] = &warnings::list(&db, tenant, &webhooks).await.unwrap()[..] {
                        return row.clone();
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            tokio::time::timeout(PATIENCE, wait).await.unwrap()
        };
        let row = warned().await;
        assert_eq!((row.model.as_str(), row.shutdown_date, row.told_days), (defaults::CHAT_MODEL, end, Some(90)));
        assert!(!row.is_own);
        let job = jobs::add(db.connection(), &Payload::CheckModels, now()).await.unwrap();
        db.queue().push(job);
        let wait = async {
            while warned().await.seen_at == row.seen_at {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap();
        let told = events::list(&db, tenant, &["model.shutdown".to_owned()], Paging::first(10)).await.unwrap();
        assert_eq!(told.items.len(), 1);
        worker.stop().await;
    }
}

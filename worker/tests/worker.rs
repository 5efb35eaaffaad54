//! The worker as the server runs it, on both databases.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{sync::Arc, time::Duration};

use chrono::TimeDelta;
use domain::{
    Database,
    access::By,
    conversations::{self, Wanted},
    database::{self, Settings},
    entity::{conversation, conversation::Channel, job::State, now},
    id::{ConversationId, JobId, TenantId},
    jobs::{self, LEASE, Payload},
    tenants,
    testing::{self, Fresh, on_both},
    vault::{self, Vault},
};
use secrecy::SecretString;
use tokio::task::JoinHandle;
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use voice::event::EndReason;
use worker::Work;

/// Longest wait for something that takes milliseconds, on a machine that is busy compiling.
const PATIENCE: Duration = Duration::from_secs(20);

struct Running {
    task: AbortOnDropHandle<()>,
    shutdown: CancellationToken,
}

impl Running {
    fn start(db: &Database) -> Self {
        Self::with(db, testing::vault())
    }

    #[expect(clippy::disallowed_methods, reason = "owned by the handle, which aborts it")]
    fn with(db: &Database, vault: Vault) -> Self {
        let shutdown = CancellationToken::new();
        let work = Work { database: db.clone(), vault: Arc::new(vault) };
        let task: JoinHandle<()> = tokio::spawn(worker::run(work, shutdown.clone()));
        Self { task: AbortOnDropHandle::new(task), shutdown }
    }

    async fn stop(self) {
        self.shutdown.cancel();
        tokio::time::timeout(PATIENCE, self.task).await.unwrap().unwrap();
    }
}

async fn conversation(db: &Database, tenant: TenantId) -> ConversationId {
    conversations::begin(db, tenant, Wanted::on(Channel::Http)).await.unwrap().conversation.id
}

async fn finished(db: &Database, tenant: TenantId, id: ConversationId) -> conversation::Model {
    let wait = async {
        loop {
            let row = conversations::find(db, tenant, id).await.unwrap();
            if row.totals.is_some() {
                return row;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap()
}

async fn settled(db: &Database, tenant: TenantId, id: JobId, state: State) {
    let wait = async {
        while jobs::find(db, tenant, id).await.unwrap().state != state {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(PATIENCE, wait).await.unwrap();
}

on_both! {
    async fn a_conversation_that_ends_gets_its_totals(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let worker = Running::start(&db);
        let ids = [conversation(&db, tenant).await, conversation(&db, tenant).await];
        for id in ids {
            conversations::end(&db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
        }
        for id in ids {
            assert_eq!(finished(&db, tenant, id).await.totals.unwrap().turns, 0);
        }
        worker.stop().await;
    }

    async fn a_job_that_another_process_wrote_is_found(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let worker = Running::start(&db);
        let settings = Settings { url: SecretString::from(db.url()), max_connections: 2 };
        let other = database::connect(&settings).await.unwrap();
        let id = conversation(&other, tenant).await;
        conversations::end(&other, tenant, id, &EndReason::CallerHungUp).await.unwrap();
        finished(&db, tenant, id).await;
        worker.stop().await;
    }

    async fn a_job_whose_worker_died_is_done(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let conversation = conversation(&db, tenant).await;
        let payload = Payload::FinishConversation { tenant, conversation };
        let before = now() - LEASE - TimeDelta::seconds(1);
        let id = jobs::add(db.connection(), &payload, before).await.unwrap();
        jobs::claim(&db, id, "dead", before).await.unwrap().unwrap();
        let worker = Running::start(&db);
        finished(&db, tenant, conversation).await;
        settled(&db, tenant, id, State::Done).await;
        assert_eq!(jobs::find(&db, tenant, id).await.unwrap().attempts, 2);
        worker.stop().await;
    }

    async fn a_new_vault_key_in_front_takes_over_from_the_old_one_at_the_next_start(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        vault::rotate(&db, &testing::vault(), tenant, &By::SYSTEM, now()).await.unwrap();
        let both = format!("k2:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=,{}", testing::VAULT_KEY);
        let both = Vault::from_keys(&SecretString::from(both)).unwrap();
        assert_eq!(vault::keys_in_use(&db, &both).await.unwrap()["k1"].data_keys, 1);
        let worker = Running::with(&db, both);
        let wait = async {
            while vault::list(&db, tenant).await.unwrap()[0].ring_key_id != "k2" {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap();
        worker.stop().await;
    }

    async fn a_job_that_cannot_be_done_is_dead_and_others_go_on(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let payload = Payload::FinishConversation { tenant, conversation: ConversationId::new() };
        let id = jobs::add(db.connection(), &payload, now()).await.unwrap();
        let worker = Running::start(&db);
        settled(&db, tenant, id, State::Dead).await;
        let row = jobs::find(&db, tenant, id).await.unwrap();
        assert_eq!((row.attempts, row.last_error.as_deref()), (1, Some("no such conversation")));
        let good = conversation(&db, tenant).await;
        conversations::end(&db, tenant, good, &EndReason::CallerHungUp).await.unwrap();
        finished(&db, tenant, good).await;
        worker.stop().await;
    }

    async fn a_job_pushed_many_times_is_done_once(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let conversation = conversation(&db, tenant).await;
        let payload = Payload::FinishConversation { tenant, conversation };
        let id = jobs::add(db.connection(), &payload, now()).await.unwrap();
        for _ in 0..100 {
            db.queue().push(id);
        }
        let worker = Running::start(&db);
        settled(&db, tenant, id, State::Done).await;
        worker.stop().await;
        assert_eq!(jobs::find(&db, tenant, id).await.unwrap().attempts, 1);
    }

    async fn more_jobs_than_the_queue_holds_are_all_done(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let conversation = conversation(&db, tenant).await;
        let payload = Payload::FinishConversation { tenant, conversation };
        for _ in 0..1_100 {
            let id = jobs::add(db.connection(), &payload, now()).await.unwrap();
            db.queue().push(id);
        }
        let worker = Running::start(&db);
        let all_done = async {
            while !jobs::due(&db, 1, now()).await.unwrap().is_empty() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE * 3, all_done).await.unwrap();
        worker.stop().await;
    }
}

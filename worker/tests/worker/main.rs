//! The worker as the server runs it: on SQLite with jobs carried in memory, on PostgreSQL with Redis.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod analyses;
mod cleanup;
mod door;
mod faults;
mod held;
mod kills;
mod process;
mod queue;
mod recordings;
#[path = "../../../api/tests/http/smtp.rs"]
mod smtp;
mod transcriptions;
mod webhooks;

use std::{path::Path, sync::Arc, time::Duration};

use chrono::TimeDelta;
use domain::{
    Database,
    access::By,
    agents::{self, NewAgent},
    calls,
    conversations::{self, Wanted},
    customers,
    database::{self, Settings},
    entity::{conversation, conversation::Channel, job::State, now, phone_number, phone_number::CheckOutcome},
    events,
    id::{ConversationId, JobId, TenantId, TurnId},
    jobs::{self, LEASE, Payload},
    limits::Limits,
    mail::Outbox,
    outbound::Outbound,
    page::Paging,
    phone_numbers::{self, CHECK_EVERY, NewNumber},
    retention::Days,
    tenants,
    testing::{self, Fresh, on_both},
    twilio::{Twilio, Webhooks},
    usage::{Prices, Served},
    vault::{self, Vault},
};
use providers::{ProviderConfig, Serving};
use secrecy::{ExposeSecret, SecretString};
use simulator::openai::Fake;
use simulator::twilio::{Account, Number, Status, rest::Rest};
use tokio::task::JoinHandle;
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};
use voice::event::{EndReason, Prompt, Turn, TurnTimes, Usage};
use worker::{Terms, Work};

/// Longest wait for something that takes milliseconds, on a machine that is busy compiling.
const PATIENCE: Duration = Duration::from_secs(20);

struct Running {
    task: AbortOnDropHandle<()>,
    shutdown: CancellationToken,
}

/// Where nobody listens.
const NOBODY: &str = "http://127.0.0.1:9";

fn no_twilio() -> Twilio {
    Twilio::new(NOBODY.parse().unwrap())
}

/// What jobs are done with; the providers are asked at this base URL.
fn work(db: &Fresh, vault: Vault, twilio: &Twilio, openai: &str) -> Work {
    work_with(db, vault, twilio, openai, &[])
}

/// A dollar for a million tokens read, ten for a million written.
fn prices(openai: &str) -> String {
    format!("openai@{}:gpt-6-luna=1/10", url::Url::parse(openai).unwrap().authority())
}

/// [`work`] with these flags.
fn work_with(db: &Fresh, vault: Vault, twilio: &Twilio, openai: &str, flags: &[&str]) -> Work {
    #[derive(clap::Parser)]
    struct Flags {
        #[command(flatten)]
        providers: ProviderConfig,
    }
    let _ = rustls::crypto::ring::default_provider().install_default();
    let flags = <Flags as clap::Parser>::parse_from(["worker", "--openai-base-url", openai].iter().chain(flags));
    let selected = providers::select(&flags.providers, Path::new("no models")).unwrap();
    let (database, vault) = (Database::clone(db), Arc::new(vault));
    // Webhooks of tests are received on this machine.
    let outbound = Outbound::new("127.0.0.0/8".parse().unwrap());
    let prices: Prices = prices(openai).parse().unwrap();
    let serving =
        Serving::new(database.clone(), vault.clone(), outbound.clone(), selected.patient, providers::PATIENT, prices)
            .knowing(selected.servers);
    Work {
        database,
        vault,
        twilio: twilio.clone(),
        recordings: db.recordings(),
        serving,
        outbound,
        outbox: Outbox::log(NOBODY),
        retention: Days::default(),
        keep_usage_details: None,
        limits: Limits::default(),
    }
}

impl Running {
    fn start(db: &Fresh) -> Self {
        Self::with(db, testing::vault(), &no_twilio())
    }

    fn with(db: &Fresh, vault: Vault, twilio: &Twilio) -> Self {
        Self::on(db, vault, twilio, Terms { grace: PATIENCE, ..Terms::default() })
    }

    /// With this for a provider.
    fn served(db: &Fresh, openai: &Fake) -> Self {
        let terms = Terms { grace: PATIENCE, ..Terms::default() };
        Self::doing(work(db, testing::vault(), &no_twilio(), &openai.base_url()), terms)
    }

    fn on(db: &Fresh, vault: Vault, twilio: &Twilio, terms: Terms) -> Self {
        Self::doing(work(db, vault, twilio, NOBODY), terms)
    }

    #[expect(clippy::disallowed_methods, reason = "owned by the handle, which aborts it")]
    fn doing(work: Work, terms: Terms) -> Self {
        let shutdown = CancellationToken::new();
        let task: JoinHandle<()> = tokio::spawn(worker::run_on(work, terms, shutdown.clone()));
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

const NUMBER: &str = "+14155550100";

/// A tenant's number that a simulated Twilio knows.
struct Line {
    account: Account,
    twilio: Twilio,
    number: phone_number::Model,
    rest: Rest,
}

impl Line {
    async fn new(db: &Database) -> Self {
        let account = Account::random();
        account.add(Number::new(NUMBER).voice_url("https://a.example/in"));
        let rest = Rest::start([account.clone()]).await.unwrap();
        let twilio = Twilio::new(rest.base_url().parse().unwrap());
        let tenant = tenants::create(db, "Ada").await.unwrap().id;
        agents::create(db, tenant, &By::SYSTEM, NewAgent { name: "Ada".into(), ..NewAgent::default() }).await.unwrap();
        let new = NewNumber {
            number: NUMBER.into(),
            account_sid: account.sid().into(),
            auth_token: account.auth_token().into(),
            agent_id: None,
            label: None,
            recorded_by: Default::default(),
        };
        let number =
            phone_numbers::register(db, &testing::vault(), &twilio, tenant, &By::SYSTEM, new, None).await.unwrap();
        Self { account, twilio, number, rest }
    }

    /// Has it checked now.
    async fn check(&self, db: &Database) {
        let payload = Payload::CheckPhoneNumber { tenant: self.number.tenant_id, phone_number: self.number.id };
        jobs::add(db.connection(), &payload, now()).await.unwrap();
    }

    /// The number once a check has found this.
    async fn found(&self, db: &Database, what: impl Fn(&phone_number::Model) -> bool) -> phone_number::Model {
        let wait = async {
            loop {
                let row = phone_numbers::find(db, self.number.tenant_id, self.number.id).await.unwrap();
                if what(&row) {
                    return row;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap()
    }
}

on_both! {
    with queues;

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
        let id = jobs::add(db.connection(), &payload, before).await.unwrap().id;
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
        let worker = Running::with(&db, both, &no_twilio());
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
        let id = transcriptions::uploaded(&db, tenant, b"no music").await.job_id.unwrap();
        let worker = Running::start(&db);
        settled(&db, tenant, id, State::Dead).await;
        let row = jobs::find(&db, tenant, id).await.unwrap();
        assert_eq!(row.attempts, 1);
        assert!(row.last_error.unwrap().starts_with("audio: the file is not audio"));
        let good = conversation(&db, tenant).await;
        conversations::end(&db, tenant, good, &EndReason::CallerHungUp).await.unwrap();
        finished(&db, tenant, good).await;
        worker.stop().await;
    }

    async fn a_job_pushed_many_times_is_done_once(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let conversation = conversation(&db, tenant).await;
        let payload = Payload::FinishConversation { tenant, conversation };
        let ticket = jobs::add(db.connection(), &payload, now()).await.unwrap();
        for _ in 0..100 {
            db.queue().push(ticket);
        }
        let worker = Running::start(&db);
        settled(&db, tenant, ticket.id, State::Done).await;
        worker.stop().await;
        assert_eq!(jobs::find(&db, tenant, ticket.id).await.unwrap().attempts, 1);
    }

    async fn more_jobs_than_the_queue_holds_are_all_done(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let conversation = conversation(&db, tenant).await;
        let payload = Payload::FinishConversation { tenant, conversation };
        for _ in 0..1_100 {
            db.queue().push(jobs::add(db.connection(), &payload, now()).await.unwrap());
        }
        let worker = Running::start(&db);
        let all_done = async {
            while !jobs::due(&db, 1, now()).await.unwrap().tickets.is_empty() {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(PATIENCE * 3, all_done).await.unwrap();
        worker.stop().await;
    }

    async fn what_changes_at_twilio_is_found_by_the_next_check(db: Fresh) {
        let line = Line::new(&db).await;
        let worker = Running::with(&db, testing::vault(), &line.twilio);
        line.account.add(Number::new(NUMBER).voice_url("https://elsewhere.example/in").trunk("TK1"));
        line.check(&db).await;
        let drifted = line.found(&db, |row| row.settings.as_ref().unwrap().trunk_sid.is_some()).await;
        assert_eq!(drifted.settings.unwrap().voice_url.as_deref(), Some("https://elsewhere.example/in"));
        line.account.set_status(Status::Suspended);
        line.check(&db).await;
        line.found(&db, |row| row.check_outcome == Some(CheckOutcome::AccountSuspended)).await;
        line.account.set_status(Status::Active);
        line.account.remove(NUMBER);
        line.check(&db).await;
        line.found(&db, |row| row.check_outcome == Some(CheckOutcome::NumberGone)).await;
        line.account.add(Number::new(NUMBER));
        line.check(&db).await;
        let well = line.found(&db, |row| row.check_outcome == Some(CheckOutcome::Found)).await;
        assert_eq!(well.settings.unwrap().trunk_sid, None);
        worker.stop().await;
    }

    async fn drift_is_told_when_it_appears_and_not_when_somebody_repairs_it(db: Fresh) {
        let line = Line::new(&db).await;
        let right = Webhooks::at("https://a.example");
        let at_twilio = |voice_url: &str| {
            let number = Number::new(NUMBER).voice_url(voice_url).fallback_url(&right.voice_fallback_url);
            line.account.add(number.status_callback(&right.status_callback));
        };
        let worker = Running::with(&db, testing::vault(), &line.twilio.clone().calling(right.clone()));
        let told = async || {
            let events = events::list(&db, line.number.tenant_id, &["number.drifted".into()], Paging::first(9)).await;
            events.unwrap().items.len()
        };
        for (voice_url, times) in [
            (right.voice_url.as_str(), 0),
            ("https://elsewhere.example/in", 1),
            (right.voice_url.as_str(), 1),
            ("https://elsewhere.example/in", 2),
            ("https://nowhere.example/in", 3),
        ] {
            at_twilio(voice_url);
            line.check(&db).await;
            line.found(&db, |row| row.settings.as_ref().unwrap().voice_url.as_deref() == Some(voice_url)).await;
            assert_eq!(told().await, times, "{voice_url}");
        }
        worker.stop().await;
    }

    async fn a_check_that_twilio_fails_is_tried_again(db: Fresh) {
        let line = Line::new(&db).await;
        // As often as one check asks in vain, and once more.
        line.account.fail_next(4, 503);
        line.account.set_status(Status::Closed);
        line.check(&db).await;
        let worker = Running::with(&db, testing::vault(), &line.twilio);
        line.found(&db, |row| row.check_outcome == Some(CheckOutcome::AccountClosed)).await;
        worker.stop().await;
    }

    async fn a_number_is_due_every_six_hours_and_ordered_once(db: Fresh) {
        let line = Line::new(&db).await;
        assert_eq!(phone_numbers::order_checks(&db, now()).await.unwrap(), 0, "it was looked at just now");
        let later = now() + CHECK_EVERY + TimeDelta::hours(1);
        let (one, other) = tokio::join!(phone_numbers::order_checks(&db, later), phone_numbers::order_checks(&db, later));
        assert_eq!(one.unwrap() + other.unwrap(), 1);
        let [ticket] = jobs::due(&db, 10, later).await.unwrap().tickets[..] else { panic!("not one job") };
        assert_eq!(jobs::find(&db, line.number.tenant_id, ticket.id).await.unwrap().kind, "check_phone_number");
        assert_eq!(phone_numbers::order_checks(&db, later + TimeDelta::hours(5)).await.unwrap(), 0);
        phone_numbers::remove(&db, line.number.tenant_id, &By::SYSTEM, line.number.id).await.unwrap();
        assert_eq!(phone_numbers::order_checks(&db, later + CHECK_EVERY * 3).await.unwrap(), 0, "nobody needs it");
        let checked = phone_numbers::check(&db, &testing::vault(), &no_twilio(), line.number.tenant_id, line.number.id).await;
        checked.unwrap();
    }

    async fn the_token_of_a_removed_number_is_forgotten_after_its_last_call(db: Fresh) {
        let line = Line::new(&db).await;
        let incoming = |sid: &str| calls::Incoming {
            call_sid: sid.into(),
            account_sid: line.account.sid().into(),
            from: "+14155550198".into(),
            to: NUMBER.into(),
        };
        calls::begin(&db, &line.number, incoming("CA1")).await.unwrap();
        let (tenant, soon) = (line.number.tenant_id, now() + TimeDelta::minutes(2));
        phone_numbers::remove(&db, tenant, &By::SYSTEM, line.number.id).await.unwrap();
        assert_eq!(phone_numbers::wipe_removed(&db, soon).await.unwrap(), 0, "a call is live");
        let still = phone_numbers::find_by_call(&db, "CA1", NUMBER).await.unwrap().unwrap();
        let token = phone_numbers::auth_token(&db, &testing::vault(), &still).await.unwrap();
        assert_eq!(token.expose_secret(), line.account.auth_token());
        let over = calls::StatusUpdate { status: calls::Status::Completed, sequence_number: None, duration_s: None };
        calls::status(&db, tenant, "CA1", over).await.unwrap();
        assert_eq!(phone_numbers::wipe_removed(&db, now()).await.unwrap(), 0, "a call may just begin");
        assert_eq!(phone_numbers::wipe_removed(&db, soon).await.unwrap(), 1);
        assert_eq!(phone_numbers::wipe_removed(&db, soon).await.unwrap(), 0);
        assert!(phone_numbers::find_by_call(&db, "CA1", NUMBER).await.unwrap().is_none(), "nothing to check a signature with");
        assert_eq!(calls::find_by_sid(&db, tenant, "CA1").await.unwrap().phone_number_id, line.number.id);
        vault::rotate(&db, &testing::vault(), tenant, &By::SYSTEM, now()).await.unwrap();
        vault::reseal(&db, &testing::vault(), tenant, now()).await.expect("what is forgotten need not open");
    }

    async fn nothing_is_left_of_who_was_erased_but_what_was_used(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let agent = NewAgent { name: "Ada".into(), ..NewAgent::default() };
        let agent = agents::create(&db, tenant, &By::SYSTEM, agent).await.unwrap();
        let number = NewNumber {
            number: NUMBER.into(),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            auth_token: "token".into(),
            agent_id: Some(agent.id),
            label: None,
            recorded_by: Default::default(),
        };
        let number = testing::number(&db, &testing::vault(), tenant, number).await.unwrap();
        let incoming = |sid: &str, from: &str| calls::Incoming {
            call_sid: sid.into(),
            account_sid: number.account_sid.clone(),
            from: from.into(),
            to: NUMBER.into(),
        };
        let mut talks = Vec::new();
        for (sid, from) in [("CA1", "+14155550142"), ("CA2", "+14155550142"), ("CA3", "+14155550143")] {
            let begun = calls::begin(&db, &number, incoming(sid, from)).await.unwrap();
            say(&db, &begun.conversation, from).await;
            talks.push(begun.conversation);
        }
        let ended = talks[1].id;
        conversations::end(&db, tenant, ended, &EndReason::CallerHungUp).await.unwrap();
        let customer = talks[0].customer_id.unwrap();
        let known = customers::Change {
            external_id: Some(Some("customer-of-old".into())),
            name: Some(Some("Zuleika Dobson".into())),
            metadata: Some(Some(serde_json::json!({"college": "Judas"}))),
            ..customers::Change::default()
        };
        customers::update(&db, tenant, &By::SYSTEM, customer, known).await.unwrap();

        let job = customers::erase(&db, tenant, &By::SYSTEM, customer).await.unwrap();
        let worker = Running::start(&db);
        settled(&db, tenant, job, State::Done).await;
        let wait = async {
            while db.rows_of(tenant).await["jobs"].iter().any(|row| row.contains("ready") || row.contains("running")) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap();
        worker.stop().await;
        let rows = db.rows_of(tenant).await;
        for (table, left) in [("customers", 1), ("conversations", 1), ("turns", 1), ("calls", 1), ("usage", 3)] {
            assert_eq!(rows[table].len(), left, "{table}");
        }
        let all = format!("{rows:?}");
        assert!(all.contains("+14155550143 wants bread"));
        for trace in ["4155550142", "Zuleika", "Judas", "customer-of-old"] {
            assert!(!all.contains(trace), "{trace}: {all}");
        }
        // The job that was to reckon the erased conversation's totals found nothing to do.
        assert!(rows["jobs"].iter().all(|row| row.contains("done")), "{:?}", rows["jobs"]);
    }
}

/// One turn, in which the caller names themselves.
async fn say(db: &Database, conversation: &conversation::Model, caller: &str) {
    let turn = Turn {
        number: 1,
        prompt: Prompt::Speech(format!("{caller} wants bread")),
        generated_text: format!("Gladly, {caller}."),
        heard_text: format!("Gladly, {caller}."),
        interrupted: false,
        tool_calls: Vec::new(),
        times: TurnTimes::default(),
        usage: Usage { prompt_tokens: 10, completion_tokens: 5, transcribed_ms: 900, spoken_characters: 20 },
    };
    let (tenant, id, row) = (conversation.tenant_id, conversation.id, TurnId::new());
    conversations::turn_started(db, tenant, id, row, &turn.prompt).await.unwrap();
    conversations::turn_ended(db, tenant, id, row, &turn, &Served::default()).await.unwrap();
}

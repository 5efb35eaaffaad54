//! Each kind of job is killed in its middle, in a process of its own, and leaves behind what one leaves that was never
//! killed: nothing lost, nothing twice.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::SystemTime,
};

use domain::{
    cleanup,
    database::Backend,
    entity::{
        agent::{AgentSettings, RecordingMode},
        membership::Role,
    },
    jobs::{Filter, Kind, Whose},
    outbound::Outbound,
    page::Paging,
    recordings::{self, Announced, Wish},
    retention,
    testing::{Holds, Moment},
    usage::{self, Amount},
    webhooks::{self, Means, NewEndpoint},
};
use simulator::openai::Reply;
use voice::provider::openai::defaults;

use super::*;
use crate::{
    process::Process,
    webhooks::{Consumer, TAKES, joins},
};

/// Both keys of an operator who changes from the one to the other.
const KEYS: &str = "k2:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=,k1:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

/// What the model makes of every conversation.
pub const VERDICT: &str = r#"{"summary":"No bread.","outcome":"resolved","sentiment":"neutral"}"#;

/// All kinds, each after those that order it.
const KINDS: [Kind; 27] = [
    Kind::EndAbandoned,
    Kind::ForgetExpired,
    Kind::OrderNumberChecks,
    Kind::OrderKeyChanges,
    Kind::OrderStaleCalls,
    Kind::OrderRetention,
    Kind::CheckModels,
    Kind::SweepOrphans,
    Kind::RollUpUsage,
    Kind::ForgetJobs,
    Kind::CheckPhoneNumber,
    Kind::CloseStaleCall,
    Kind::RewrapDataKeys,
    Kind::ResealSecrets,
    Kind::FinishConversation,
    Kind::EncodeRecording,
    Kind::FetchRecording,
    Kind::TranscribeRecording,
    Kind::TranscribeUpload,
    Kind::BuildTranscript,
    Kind::OrderDrafts,
    Kind::AnalyzeConversation,
    Kind::EraseCustomer,
    Kind::ApplyRetention,
    Kind::DeleteTenant,
    Kind::DeliverWebhook,
    Kind::MailDisabledWebhook,
];

/// A tenant for whom there is something to do of every kind.
struct World<'a> {
    db: &'a Fresh,
    line: Line,
    openai: Fake,
    consumer: Consumer,
    deleted: TenantId,
}

/// What is left in the end.
#[derive(Debug, PartialEq)]
struct Left {
    /// By table, without jobs: a minute more has more of them.
    rows: BTreeMap<String, usize>,
    used: Amount,
    files: usize,
    /// At Twilio.
    recordings: Vec<String>,
    /// Of the tenant that was deleted.
    of_deleted: usize,
    keys: BTreeSet<String>,
}

fn ago(time: TimeDelta) -> String {
    (now() - time).format("'%Y-%m-%dT%H:%M:%S%.6f+00:00'").to_string()
}

impl<'a> World<'a> {
    async fn new(db: &'a Fresh) -> Self {
        let openai = Fake::builder()
            .transcribe_with(|heard| format!("part {}", heard.n))
            .reply_with(|_| Reply::say(VERDICT))
            .start()
            .await
            .unwrap();
        openai.ends(defaults::CHAT_MODEL, (now().date_naive() + TimeDelta::days(60)).to_string());
        let (line, consumer) = (Line::new(db).await, Consumer::that([TAKES]).await);
        let deleted = tenants::create(db, "Bob").await.unwrap().id;
        let world = Self { db, line, openai, consumer, deleted };
        world.subscribe().await;
        talk(db, world.tenant()).await;
        let wav = Path::new(env!("CARGO_MANIFEST_DIR")).join("../caller-audio/02_no_thank_you.wav");
        transcriptions::uploaded(db, world.tenant(), &std::fs::read(wav).unwrap()).await;
        world.calls().await;
        world.past().await;
        world
    }

    async fn subscribe(&self) {
        let (vault, outbound) = (testing::vault(), Outbound::new("127.0.0.0/8".parse().unwrap()));
        let means = Means { db: self.db, vault: &vault, outbound: &outbound };
        let new = NewEndpoint { url: self.consumer.url.clone(), description: None, event_types: vec!["*".into()] };
        webhooks::create(means, self.tenant(), &By::SYSTEM, new.clone()).await.unwrap();
        // One that has been given up, of which somebody is to hear.
        let (given_up, _) = webhooks::create(means, self.tenant(), &By::SYSTEM, new).await.unwrap();
        webhooks::disable(self.db, self.tenant(), &By::SYSTEM, given_up.id, now()).await.unwrap();
        self.db.execute("UPDATE webhook_endpoints SET disabled_reason = 'failing' WHERE disabled_at IS NOT NULL").await;
        let user = joins(self.db, self.tenant(), "ada@example.com", Role::Owner).await;
        let payload = Payload::MailDisabledWebhook { tenant: self.tenant(), endpoint: given_up.id, user };
        jobs::add(self.db.connection(), &payload, now()).await.unwrap();
    }

    fn tenant(&self) -> TenantId {
        self.line.number.tenant_id
    }

    /// Calls: one that Twilio has recorded, one of somebody who is erased, one that nobody holds, and one on a line
    /// that is not a telephone's.
    async fn calls(&self) {
        let (db, tenant, line) = (self.db, self.tenant(), &self.line);
        let mut begun = Vec::new();
        for n in 1..=3 {
            let incoming = calls::Incoming {
                call_sid: format!("CA{n}"),
                account_sid: line.account.sid().into(),
                from: format!("+1415555014{n}"),
                to: NUMBER.into(),
            };
            let call = calls::begin(db, &line.number, incoming).await.unwrap();
            say(db, &call.conversation, "Somebody").await;
            begun.push(call);
        }
        let sid = format!("RE{}", "1".repeat(32));
        line.account.keep_recording(&sid, simulator::audio::stereo_wav(&[0xff; 8_000], &[0xff; 8_000]));
        recordings::announced(db, tenant, &begun[0].call, Announced { sid, started_at: None }).await.unwrap();
        for call in &begun[..2] {
            conversations::end(db, tenant, call.conversation.id, &EndReason::CallerHungUp).await.unwrap();
        }
        customers::erase(db, tenant, &By::SYSTEM, begun[1].conversation.customer_id.unwrap()).await.unwrap();
        line.account.tell_of_call("CA3", "completed", Some(42));
        conversation(db, tenant).await;
    }

    /// Time that has passed before all this.
    async fn past(&self) {
        let (db, tenant) = (self.db, self.tenant());
        let days = TimeDelta::days(3);
        let old = conversation(db, tenant).await;
        conversations::end(db, tenant, old, &EndReason::CallerHungUp).await.unwrap();
        testing::age_conversation(db, tenant, old, days).await.unwrap();
        let own = Days { calls: Some(1), ..Days::default() };
        retention::set(db, &Days::default(), tenant, &By::SYSTEM, own).await.unwrap();
        let house = tenants::create(db, "House").await.unwrap().id;
        conversation(db, self.deleted).await;
        let long_ago = now() - TimeDelta::days(31);
        tenants::delete_by_operator(db, self.deleted, &By::SYSTEM, house, TimeDelta::days(30), long_ago).await.unwrap();
        vault::rotate(db, &testing::vault(), tenant, &By::SYSTEM, now()).await.unwrap();
        // A job of long ago.
        let payload = Payload::FinishConversation { tenant, conversation: old };
        let job = jobs::add(db.connection(), &payload, now() - TimeDelta::days(40)).await.unwrap();
        let claimed = jobs::claim(db, job.id, "long ago", now()).await.unwrap().unwrap();
        assert!(jobs::finish(db, &claimed, "long ago", now() - TimeDelta::days(40)).await.unwrap());
        for sql in [
            "UPDATE phone_numbers SET next_check_at = created_at".to_owned(),
            format!("UPDATE calls SET created_at = {} WHERE call_sid = 'CA3'", ago(TimeDelta::hours(1))),
            format!("UPDATE conversations SET active_at = {} WHERE channel = 'phone'", ago(TimeDelta::hours(1))),
            format!(
                "UPDATE conversations SET active_at = {} WHERE channel <> 'phone' AND status = 'active'",
                ago(days)
            ),
            format!("UPDATE usage SET day = '{}'", (now() - days).date_naive()),
        ] {
            db.execute(&sql).await;
        }
        // A file that no row names.
        let directory = db.blobs().join("tenants").join(tenant.to_string()).join("recordings");
        std::fs::create_dir_all(&directory).unwrap();
        let file = std::fs::File::create(directory.join(format!("{}.flac", JobId::new()))).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(3 * 86_400)).unwrap();
    }

    /// Time passes until the jobs of a kind are due.
    async fn before(&self, kind: Kind) {
        if kind == Kind::OrderDrafts {
            // As if built before the recording was transcribed, by a worker that died over what was to come then.
            self.db.execute("UPDATE transcripts SET ready_at = NULL").await;
        }
        let sql = format!("UPDATE jobs SET run_at = created_at WHERE state = 'ready' AND kind = '{}'", kind.as_str());
        self.db.execute(&sql).await;
    }

    fn worker(&self) -> Running {
        let vault = Vault::from_keys(&SecretString::from(KEYS)).unwrap();
        let work = work(self.db, vault, &self.line.twilio, &self.openai.base_url());
        Running::doing(work, Terms { grace: PATIENCE, ..Terms::default() })
    }

    fn process(&self) -> Process {
        Process::with_keys(self.db, KEYS, &self.line.rest.base_url(), &self.openai.base_url())
    }

    /// Has a process killed over a job of the kind.
    async fn kill(&self, holds: &Holds<'_>, kind: Kind, moment: Moment) {
        holds.hold(kind, moment).await;
        let mut process = self.process();
        if tokio::time::timeout(PATIENCE, holds.is_held()).await.is_err() {
            panic!("none is held at its {moment:?}: {:#?}", self.of(kind).await);
        }
        process.kill();
        holds.release().await;
        let running = self.jobs(kind, State::Running).await;
        assert!(!running.is_empty(), "{} was not at work", kind.as_str());
        // A minute passes.
        self.db.execute("UPDATE jobs SET lease_until = run_at WHERE state = 'running'").await;
    }

    async fn jobs(&self, kind: Kind, state: State) -> Vec<domain::entity::job::Model> {
        let filter = Filter { kind: Some(kind), state: Some(state) };
        jobs::list(self.db, Whose::Everybodys, filter, Paging::first(100)).await.unwrap().items
    }

    async fn of(&self, kind: Kind) -> Vec<domain::entity::job::Model> {
        let filter = Filter { kind: Some(kind), state: None };
        jobs::list(self.db, Whose::Everybodys, filter, Paging::first(100)).await.unwrap().items
    }

    /// Until there is one of the kind, and all are done.
    async fn done(&self, kind: Kind) {
        let wait = async {
            loop {
                let open = self.jobs(kind, State::Ready).await.len() + self.jobs(kind, State::Running).await.len();
                if open == 0 && !self.jobs(kind, State::Done).await.is_empty() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        if tokio::time::timeout(PATIENCE, wait).await.is_err() {
            panic!("not done: {:#?}", self.of(kind).await);
        }
    }

    /// All there is to do is done.
    async fn rest(&self) {
        let wait = async {
            loop {
                let mut open = 0;
                for kind in KINDS {
                    assert!(self.jobs(kind, State::Dead).await.is_empty(), "{} is dead", kind.as_str());
                    open += self.jobs(kind, State::Ready).await.len() + self.jobs(kind, State::Running).await.len();
                }
                if open == 0 {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(PATIENCE * 3, wait).await.expect("something is stuck");
    }

    async fn left(&self) -> Left {
        let (db, tenant) = (self.db, self.tenant());
        let mut rows: BTreeMap<_, _> =
            db.rows_of(tenant).await.into_iter().map(|(table, rows)| (table, rows.len())).collect();
        rows.remove("jobs");
        let today = now().date_naive();
        let used = usage::report(db, tenant, today - TimeDelta::days(30), today).await.unwrap().total;
        let ids: BTreeSet<_> = self.consumer.messages().iter().map(crate::webhooks::Message::id).collect();
        assert_eq!(ids.len(), rows["events"], "each event was told under its own id");
        let reported: Vec<_> = cleanup::runs(db).await.unwrap().into_iter().map(|run| run.name).collect();
        assert_eq!(reported, ["expired", "orphans"]);
        Left {
            rows,
            used,
            files: files(&db.blobs()) + files(&db.directory().join("spool")),
            recordings: self.line.account.recordings(),
            of_deleted: db.rows_of(self.deleted).await.values().map(Vec::len).sum(),
            keys: vault::list(db, tenant).await.unwrap().into_iter().map(|key| key.ring_key_id).collect(),
        }
    }
}

/// A conversation that was recorded, has ended, and is to be analysed.
pub async fn talk(db: &Fresh, tenant: TenantId) -> ConversationId {
    let mut settings = AgentSettings::default();
    settings.recording.mode = RecordingMode::On;
    settings.analysis.enabled = true;
    let agent = agents::create(db, tenant, &By::SYSTEM, NewAgent { name: "Eve".into(), settings }).await.unwrap();
    let wanted = Wanted { agent: Some(agent.id), ..Wanted::on(Channel::Http) };
    let talk = conversations::begin(db, tenant, wanted).await.unwrap().conversation;
    say(db, &talk, "Eve").await;
    let wish = Wish { retention_days: None };
    let mut begun = recordings::begin(db, &db.recordings(), tenant, &talk, wish, 8_000).await.unwrap();
    begun.file.append(&transcriptions::long_line(2)).unwrap();
    drop(begun.file);
    recordings::finish(db, tenant, begun.id).await.unwrap();
    conversations::end(db, tenant, talk.id, &EndReason::CallerHungUp).await.unwrap();
    talk.id
}

fn files(directory: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(directory) else { return 0 };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

/// Does all that there is to do, kind by kind; each is killed twice on the way, if so wished.
async fn live(db: &Fresh, is_killed: bool) -> Left {
    let world = World::new(db).await;
    let holds = Holds::new(db).await;
    for kind in KINDS {
        world.before(kind).await;
        holds.only(Some(kind)).await;
        if is_killed {
            for moment in [Moment::FirstWrite, Moment::Settlement] {
                if kind == Kind::MailDisabledWebhook && moment == Moment::FirstWrite {
                    // It writes nothing: what it does, it does at a mail server.
                    continue;
                }
                world.kill(&holds, kind, moment).await;
            }
        }
        let worker = world.worker();
        world.done(kind).await;
        worker.stop().await;
    }
    holds.only(None).await;
    let worker = world.worker();
    world.rest().await;
    worker.stop().await;
    world.left().await
}

fn what_is_left_of_jobs_that_were_killed(backend: Backend) {
    let (mut killed, mut unharmed) = (None, None);
    testing::run_with_queue(backend, async |db| unharmed = Some(live(&db, false).await));
    testing::run_with_queue(backend, async |db| killed = Some(live(&db, true).await));
    assert_eq!(killed, unharmed);
}

#[test]
fn every_kind_is_killed() {
    let (all, killed): (BTreeSet<_>, BTreeSet<_>) = (Kind::ALL.iter().copied().collect(), KINDS.into());
    assert_eq!(killed, all);
}

#[test]
fn jobs_that_are_killed_leave_behind_on_sqlite_what_unharmed_ones_do() {
    what_is_left_of_jobs_that_were_killed(Backend::Sqlite);
}

#[test]
fn jobs_that_are_killed_leave_behind_on_postgres_what_unharmed_ones_do() {
    what_is_left_of_jobs_that_were_killed(Backend::Postgres);
}

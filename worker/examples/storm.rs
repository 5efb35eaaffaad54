//! Everything breaks at once, and in the end every job is done, once in effect: two `switchboard-worker` on PostgreSQL and
//! Redis are killed, Redis forgets and dies, PostgreSQL is away for a while, the providers want fewer requests, and one of
//! the two consumers of webhooks hangs.
//!
//! `cargo build --workspace --locked --bins && cargo run --workspace --locked --example storm -- 30 60`: calls, and seconds that
//! PostgreSQL is away. `make check` runs it. It prints what happened and fails with what is lost, doubled or stuck.
#![expect(clippy::unwrap_used, reason = "a check fails by panicking")]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use domain::{
    access::By,
    agents::{self, NewAgent},
    calls, conversations,
    database::Backend,
    entity::agent::{AgentSettings, RecordingMode},
    id::{ConversationId, TenantId, TurnId},
    outbound::Outbound,
    phone_numbers::NewNumber,
    recordings, tenants,
    testing::{self, Fresh, Redis},
    usage::Served,
    webhooks::{self, Means, NewEndpoint},
};
use rand::{RngExt, SeedableRng, rngs::SmallRng};
use simulator::{
    audio::Clip,
    openai::{Endpoint, Fake, Fault, Reply, When},
};
use standardwebhooks::Webhook;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinSet,
    time::sleep,
};
use voice::{
    audio::mulaw,
    event::{EndReason, Prompt, Turn, TurnTimes, Usage},
};

const NUMBER: &str = "+14155550100";
/// A lease is a minute; the waits between tries of what failed in the storm are minutes.
const CALM: Duration = Duration::from_secs(900);

fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let argument = |nth, other| std::env::args().nth(nth).map_or(other, |text| text.parse().unwrap());
    let (calls, away) = (argument(1, 30), Duration::from_secs(argument(2, 60)));
    testing::run(Backend::Postgres, |db| async move { storm(db, calls, away).await });
}

async fn storm(db: Fresh, calls: u64, away: Duration) {
    let mut redis = Redis::start().await;
    let url = redis.url();
    let db = testing::with_redis(db, &url).await;
    let openai = Fake::builder()
        .transcript("no thank you")
        .reply_with(|_| Reply::say(r#"{"summary":"The caller declined.","outcome":"resolved","sentiment":"neutral"}"#))
        .start()
        .await
        .unwrap();
    // The first minutes of a provider that wants fewer requests.
    for endpoint in [Endpoint::Transcriptions, Endpoint::Chat] {
        let fault = Fault::RateLimited { retry_after: Duration::from_secs(2) };
        openai.fault(endpoint, When::First(calls / 2), fault);
    }
    let (good, hanging) = (Consumer::start().await, Consumer::start().await);
    let house = House::new(&db, &good, &hanging).await;
    let settings = Settings {
        database: db.url().to_owned(),
        redis: secrecy::ExposeSecret::expose_secret(&url).to_owned(),
        openai: openai.base_url(),
        directory: db.directory().to_owned(),
    };
    let mut workers = [Worker::start(&settings), Worker::start(&settings)];
    let mut random = SmallRng::seed_from_u64(7);
    let began = Instant::now();

    let mut talks = Vec::new();
    for nth in 0..calls {
        talks.push(house.call(&db, nth, nth % 5 == 0).await);
        match nth % 6 {
            1 | 4 => workers[random.random_range(0..2)].kill_and_start(&settings),
            2 => redis.flush().await,
            3 => redis.start_again().await,
            _ => {}
        }
        sleep(Duration::from_millis(random.random_range(100..900))).await;
    }
    println!("{calls} calls, workers killed, Redis flushed and restarted: {:.0?}", began.elapsed());

    db.lose_for(away).await;
    workers[0].kill_and_start(&settings);
    println!("PostgreSQL was away for {away:.0?}");
    hanging.wake();

    let is_over = tokio::time::timeout(CALM, async {
        loop {
            let jobs = db.rows_of(house.tenant).await["jobs"].clone();
            if !jobs.iter().any(|row| ["ready", "running"].contains(&&*state_of(row))) {
                return jobs;
            }
            sleep(Duration::from_secs(2)).await;
        }
    });
    let jobs = is_over.await.expect("every job comes to its end");
    let lost: Vec<_> = jobs.iter().filter(|row| state_of(row) == "dead").collect();
    assert!(lost.is_empty(), "dead jobs: {lost:#?}");
    println!("{} jobs are done after {:.0?}", jobs.len(), began.elapsed());

    let rows = db.rows_of(house.tenant).await;
    let count = |table: &str| rows.get(table).map_or(0, Vec::len) as u64;
    let recorded = calls.div_ceil(5);
    for (table, wanted) in [
        ("calls", calls),
        ("transcripts", calls),
        ("analyses", calls),
        ("recordings", recorded),
        ("transcriptions", recorded),
    ] {
        assert_eq!(count(table), wanted, "rows of {table}");
    }
    for table in ["analyses", "recordings", "transcriptions"] {
        assert!(rows[table].iter().all(|row| state_of(row) == "ready"), "{table}: {:#?}", rows[table]);
    }
    assert_eq!(talks.len() as u64, calls);
    let events = count("events");
    for (name, consumer) in [("the good consumer", &good), ("the one that hung", &hanging)] {
        let accepted = consumer.accepted();
        assert_eq!(accepted.len() as u64, events, "{name} has each event");
        let again: u64 = accepted.values().map(|times| times - 1).sum();
        println!("{name}: {events} events, {again} of them again under the same id");
    }
    println!("nothing is lost, doubled or stuck");
}

/// Of a row as text.
fn state_of(row: &str) -> String {
    let row: serde_json::Value = serde_json::from_str(row).unwrap();
    row["state"].as_str().unwrap().to_owned()
}

struct House {
    tenant: TenantId,
    number: domain::entity::phone_number::Model,
    speech: Vec<i16>,
}

impl House {
    async fn new(db: &Fresh, good: &Consumer, hanging: &Consumer) -> Self {
        let (vault, outbound) = (testing::vault(), Outbound::new("127.0.0.0/8".parse().unwrap()));
        let tenant = tenants::create(db, "Storm").await.unwrap().id;
        let mut settings = AgentSettings::default();
        settings.recording.mode = RecordingMode::On;
        settings.analysis.enabled = true;
        let agent = NewAgent { name: "Ada".into(), settings };
        let agent = agents::create(db, tenant, &By::SYSTEM, agent).await.unwrap();
        let number = NewNumber {
            number: NUMBER.into(),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            auth_token: "token".into(),
            agent_id: Some(agent.id),
            label: None,
            recorded_by: Default::default(),
        };
        let number = testing::number(db, &vault, tenant, number).await.unwrap();
        let means = Means { db, vault: &vault, outbound: &outbound };
        for consumer in [good, hanging] {
            let new = NewEndpoint { url: consumer.url.clone(), description: None, event_types: vec!["*".into()] };
            let (_, secret) = webhooks::create(means, tenant, &By::SYSTEM, new).await.unwrap();
            consumer.verify_with(secrecy::ExposeSecret::expose_secret(&secret));
        }
        hanging.hang();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../caller-audio/02_no_thank_you.wav");
        let clip = Clip::load(file).unwrap();
        let speech = clip.frames().iter().flat_map(|frame| mulaw::decode(&frame.mulaw)).collect();
        Self { tenant, number, speech }
    }

    /// One call of a single turn, begun and over.
    async fn call(&self, db: &Fresh, nth: u64, is_recorded: bool) -> ConversationId {
        let incoming = calls::Incoming {
            call_sid: format!("CA{nth:032}"),
            account_sid: self.number.account_sid.clone(),
            from: format!("+1415555{nth:04}"),
            to: NUMBER.into(),
        };
        let conversation = calls::begin(db, &self.number, incoming).await.unwrap().conversation;
        let (tenant, id, row) = (self.tenant, conversation.id, TurnId::new());
        let turn = Turn {
            number: 1,
            prompt: Prompt::Speech("no thank you".into()),
            generated_text: "Good-bye, then.".into(),
            heard_text: "Good-bye, then.".into(),
            interrupted: false,
            tool_calls: Vec::new(),
            times: TurnTimes::default(),
            usage: Usage { prompt_tokens: 10, completion_tokens: 5, transcribed_ms: 900, spoken_characters: 20 },
        };
        conversations::turn_started(db, tenant, id, row, &turn.prompt).await.unwrap();
        conversations::turn_ended(db, tenant, id, row, &turn, &Served::default()).await.unwrap();
        if is_recorded {
            let wish = recordings::Wish { retention_days: None };
            let mut begun = recordings::begin(db, &db.recordings(), tenant, &conversation, wish, 8_000).await.unwrap();
            let both: Vec<i16> = self.speech.iter().flat_map(|sample| [*sample, 0]).collect();
            begun.file.append(&both).unwrap();
            drop(begun.file);
            recordings::finish(db, tenant, begun.id).await.unwrap();
        }
        conversations::end(db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
        id
    }
}

struct Settings {
    database: String,
    redis: String,
    openai: String,
    directory: PathBuf,
}

/// A worker process; killed when dropped.
struct Worker(Child);

impl Worker {
    fn start(settings: &Settings) -> Self {
        // Beside the directory of this example.
        let here = std::env::current_exe().unwrap();
        let binary = here.parent().unwrap().parent().unwrap().join("switchboard-worker");
        let child = Command::new(&binary)
            .env("DATABASE_URL", &settings.database)
            .env("REDIS_URL", &settings.redis)
            .env("OPENAI_BASE_URL", &settings.openai)
            .env("VAULT_KEYS", testing::VAULT_KEY)
            .env("DATA_DIR", &settings.directory)
            .env("TWILIO_API_URL", "http://127.0.0.1:9")
            .env("ALLOW_PRIVATE_NETWORKS", "127.0.0.0/8")
            .current_dir(&settings.directory)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.unwrap_or_else(|error| panic!("{}: {error}; build it first", binary.display())))
    }

    fn kill_and_start(&mut self, settings: &Settings) {
        *self = Self::start(settings);
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Somebody who takes webhooks, verifies them, and says yes, unless it hangs.
struct Consumer {
    url: String,
    state: Arc<Mutex<State>>,
    _serving: JoinSet<()>,
}

#[derive(Default)]
struct State {
    verifier: Option<Arc<Webhook>>,
    is_hanging: bool,
    /// How often each was accepted, by `webhook-id`.
    accepted: BTreeMap<String, u64>,
}

impl Consumer {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let state: Arc<Mutex<State>> = Arc::default();
        let mut serving = JoinSet::new();
        let shared = Arc::clone(&state);
        serving.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, state, _serving: serving }
    }

    fn verify_with(&self, secret: &str) {
        self.state.lock().unwrap().verifier = Some(Arc::new(Webhook::new(secret).unwrap()));
    }

    fn hang(&self) {
        self.state.lock().unwrap().is_hanging = true;
    }

    fn wake(&self) {
        self.state.lock().unwrap().is_hanging = false;
    }

    fn accepted(&self) -> BTreeMap<String, u64> {
        self.state.lock().unwrap().accepted.clone()
    }
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>) {
    let mut bytes = Vec::new();
    loop {
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                return;
            }
            continue;
        };
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let lines = head.lines().skip(1).filter_map(|line| line.split_once(": "));
        let headers: BTreeMap<_, _> =
            lines.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        let length: usize = headers["content-length"].parse().unwrap();
        while bytes.len() < end + 4 + length {
            if stream.read_buf(&mut bytes).await.unwrap_or(0) == 0 {
                return;
            }
        }
        let body = bytes[end + 4..end + 4 + length].to_vec();
        bytes.drain(..end + 4 + length);
        if state.lock().unwrap().is_hanging {
            // Longer than anybody waits.
            return sleep(Duration::from_secs(600)).await;
        }
        accept(&state, &headers, &body);
        if stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.is_err() {
            return;
        }
    }
}

fn accept(state: &Mutex<State>, headers: &BTreeMap<String, String>, body: &[u8]) {
    let mut state = state.lock().unwrap();
    let mut signed = hyper::HeaderMap::new();
    for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        signed.insert(name, headers[name].parse().unwrap());
    }
    state.verifier.as_ref().unwrap().verify(body, &signed).expect("it is signed by us");
    *state.accepted.entry(headers["webhook-id"].clone()).or_default() += 1;
}

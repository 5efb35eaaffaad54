//! What an hour of a recorded call costs a worker: time from hang-up to the recording's transcript, and memory. A real
//! `switchboard-worker` on a SQLite file that is thrown away, and a fake provider that answers at once on the same machine.
//!
//! `cargo build --release --locked --bins --examples && target/release/examples/bench_hour 1 10 60`: minutes of audio.
#![expect(clippy::unwrap_used, reason = "a measurement fails by panicking")]

use std::{
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use domain::{
    conversations::{self, Wanted},
    database::Backend,
    entity::{conversation::Channel, recording, transcription},
    id::{TenantId, TurnId},
    recordings, tenants,
    testing::{self, Fresh},
    transcriptions,
    usage::Served,
};
use simulator::{
    audio::Clip,
    openai::{Endpoint, Fake},
};
use voice::{
    audio::mulaw,
    event::{EndReason, Prompt, Turn, TurnTimes, Usage},
};

const RATE: u32 = 8_000;

fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let minutes: Vec<usize> = std::env::args().skip(1).map(|minutes| minutes.parse().expect("minutes")).collect();
    println!(
        "| minutes | encoded after s | transcribed after s | requests | worker CPU s | worker memory MiB: idle | at most |"
    );
    println!("|---|---|---|---|---|---|---|");
    for minutes in minutes {
        testing::run(Backend::Sqlite, |db| async move { measure(&db, minutes).await });
    }
}

async fn measure(db: &Fresh, minutes: usize) {
    let openai = Fake::builder().without_bodies().transcript("seven of clubs").start().await.unwrap();
    let tenant = tenants::create(db, "Bench").await.unwrap().id;
    let worker = Worker::start(db, &openai.base_url());
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle = worker.memory("VmRSS");

    let conversation = conversations::begin(db, tenant, Wanted::on(Channel::Http)).await.unwrap().conversation;
    let turn = Turn {
        number: 1,
        prompt: Prompt::Speech("seven of clubs".into()),
        generated_text: "Good-bye, then.".into(),
        heard_text: "Good-bye, then.".into(),
        interrupted: false,
        tool_calls: Vec::new(),
        times: TurnTimes::default(),
        usage: Usage::default(),
    };
    conversations::turn_ended(db, tenant, conversation.id, TurnId::new(), &turn, &Served::default()).await.unwrap();
    let wish = recordings::Wish { retention_days: None };
    let mut begun = recordings::begin(db, &db.recordings(), tenant, &conversation, wish, RATE).await.unwrap();
    let talk = talk();
    let mut left = minutes * 60 * RATE as usize * 2;
    while left > 0 {
        let part = &talk[..left.min(talk.len())];
        begun.file.append(part).unwrap();
        left -= part.len();
    }
    drop(begun.file);

    let began = Instant::now();
    recordings::finish(db, tenant, begun.id).await.unwrap();
    conversations::end(db, tenant, conversation.id, &EndReason::CallerHungUp).await.unwrap();
    while recordings::find(db, tenant, begun.id).await.unwrap().state != recording::State::Ready {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let encoded = began.elapsed();
    while !is_transcribed(db, tenant).await {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let transcribed = began.elapsed();
    println!(
        "| {minutes} | {:.2} | {:.2} | {} | {:.1} | {idle:.0} | {:.0} |",
        encoded.as_secs_f64(),
        transcribed.as_secs_f64(),
        openai.requests_of(Endpoint::Transcriptions).len(),
        worker.cpu(),
        worker.memory("VmHWM"),
    );
}

async fn is_transcribed(db: &Fresh, tenant: TenantId) -> bool {
    let page = transcriptions::list(db, tenant, transcriptions::Filter::default(), domain::page::Paging::first(1))
        .await
        .unwrap();
    page.items.first().is_some_and(|row| row.state == transcription::State::Ready)
}

/// Half a minute of two who take turns, interleaved.
fn talk() -> Vec<i16> {
    let load = |name: &str| -> Vec<i16> {
        let clip = Clip::load(Path::new(env!("CARGO_MANIFEST_DIR")).join("../caller-audio").join(name)).unwrap();
        clip.frames().iter().flat_map(|frame| mulaw::decode(&frame.mulaw)).collect()
    };
    let (caller, agent) = (load("08_long_sentence_real.wav"), load("18_two_clauses_real.wav"));
    let pause = vec![0; RATE as usize];
    let mut both = Vec::new();
    while both.len() < 30 * RATE as usize * 2 {
        both.extend(caller.iter().chain(&pause).flat_map(|sample| [*sample, 0]));
        both.extend(agent.iter().chain(&pause).flat_map(|sample| [0, *sample]));
    }
    both
}

/// A worker process; killed when dropped.
struct Worker(Child);

impl Worker {
    fn start(db: &Fresh, openai: &str) -> Self {
        // Beside the directory of this example.
        let here = std::env::current_exe().unwrap();
        let binary = here.parent().unwrap().parent().unwrap().join("switchboard-worker");
        let child = Command::new(&binary)
            .env("DATABASE_URL", db.url())
            .env("OPENAI_BASE_URL", openai)
            .env("VAULT_KEYS", testing::VAULT_KEY)
            .env("DATA_DIR", db.directory())
            .current_dir(db.directory())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        Self(child.unwrap_or_else(|error| panic!("{}: {error}; build it first", binary.display())))
    }

    /// MiB, as the kernel counts them under this name.
    fn memory(&self, name: &str) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':')).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1_024.0
    }

    /// Seconds, user and system, in ticks of a hundredth.
    fn cpu(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.0.id())).unwrap();
        let (_, after_name) = stat.rsplit_once(')').unwrap();
        let fields: Vec<_> = after_name.split_whitespace().collect();
        fields[11..13].iter().map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

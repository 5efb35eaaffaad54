//! How soon after hang-up a transcript is there, and how soon words are found among many: on SQLite with jobs carried in
//! memory, and on PostgreSQL with Redis, both thrown away afterwards. Conversations have thirty turns; nobody transcribes
//! anything, so this is our own share of the time.
//!
//! `cargo run --release --locked --example bench_transcript -- 10000`
#![expect(clippy::unwrap_used, reason = "a measurement fails by panicking")]

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Parser;
use domain::{
    Database,
    conversations::{self, Wanted},
    database::Backend,
    entity::conversation::Channel,
    id::{ConversationId, TenantId, TurnId},
    mail::Outbox,
    outbound::Outbound,
    page::Paging,
    tenants,
    testing::{self, Fresh},
    transcripts::{self, Filter, Query},
    twilio::Twilio,
    usage::{Prices, Served},
};
use providers::{PATIENT, ProviderConfig, Serving};
use tokio_util::sync::CancellationToken;
use voice::event::{EndReason, Prompt, Turn, TurnTimes, Usage};
use worker::Work;

/// Who would transcribe.
#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    providers: ProviderConfig,
}

/// Calls whose end is timed, one after the other.
const CALLS: usize = 100;
const TURNS: u64 = 30;
const SEARCHES: usize = 50;

fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let transcripts = std::env::args().nth(1).map_or(10_000, |number| number.parse().expect("how many transcripts"));
    for backend in [Backend::Sqlite, Backend::Postgres] {
        testing::run_with_queue(backend, |db| measure(db, transcripts));
    }
}

async fn measure(db: Fresh, number: usize) {
    println!("{:?} with jobs carried by {}", db.backend(), db.queue().name());
    let tenant = tenants::create(&db, "Bench").await.unwrap().id;
    let shutdown = CancellationToken::new();
    let twilio = Twilio::new("http://127.0.0.1:9".parse().unwrap());
    let (database, vault) = ((*db).clone(), Arc::new(testing::vault()));
    let flags = Flags::parse_from(["bench", "--openai-base-url", "http://127.0.0.1:9"]);
    let selected = providers::select(&flags.providers, Path::new("no models")).unwrap();
    let outbound = Outbound::new("".parse().unwrap());
    let prices = Prices::default();
    let serving = Serving::new(database.clone(), vault.clone(), outbound.clone(), selected.patient, PATIENT, prices);
    let (recordings, retention, keep_usage_details) = (db.recordings(), Default::default(), None);
    let limits = Default::default();
    let outbox = Outbox::nowhere("");
    let work =
        Work { database, vault, twilio, recordings, serving, outbound, outbox, retention, keep_usage_details, limits };
    let measuring = async {
        let mut took = Vec::new();
        for call in 0..CALLS {
            let id = spoken(&db, tenant, call).await;
            let began = Instant::now();
            conversations::end(&db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
            while transcripts::find(&db, tenant, id).await.is_err() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            took.push(began.elapsed());
        }
        report("from the end of a call to its transcript", took);
        shutdown.cancel();
    };
    tokio::join!(worker::run(work, shutdown.clone()), measuring);
    search(&db, tenant, number).await;
}

async fn search(db: &Database, tenant: TenantId, number: usize) {
    for call in CALLS..number {
        let id = spoken(db, tenant, call).await;
        conversations::end(db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
        transcripts::build(db, tenant, id).await.unwrap();
    }
    for (what, words) in [
        ("a word that one transcript has", format!("needle{}", number / 2)),
        ("a word that all transcripts have", "order".to_owned()),
        ("a phrase that all have, without a word of a tenth", "\"my order\" -shard3".to_owned()),
    ] {
        let query = Query::parse(&words).unwrap();
        let mut took = Vec::new();
        for _ in 0..SEARCHES {
            let began = Instant::now();
            transcripts::search(db, tenant, &query, &Filter::default(), Paging::first(20)).await.unwrap();
            took.push(began.elapsed());
        }
        report(&format!("search among {number} for {what}"), took);
    }
}

/// One that goes on, of thirty turns.
async fn spoken(db: &Database, tenant: TenantId, call: usize) -> ConversationId {
    let id = conversations::begin(db, tenant, Wanted::on(Channel::Http)).await.unwrap().conversation.id;
    for number in 0..TURNS {
        let at = number * 8_000;
        let said =
            format!("Where is my order number {number}? needle{call} shard{} and word{}", call % 10, call * 7 % 997);
        let turn = Turn {
            number: 0,
            prompt: Prompt::Speech(said),
            generated_text: "It is on its way, and will be with you tomorrow morning.".to_owned(),
            heard_text: "It is on its way, and will be with you tomorrow morning.".to_owned(),
            interrupted: false,
            tool_calls: Vec::new(),
            times: TurnTimes {
                caller_stopped_ms: Some(at),
                end_of_turn_ms: Some(at + 500),
                first_frame_sent_ms: Some(at + 700),
                ..TurnTimes::default()
            },
            usage: Usage::default(),
        };
        conversations::turn_ended(db, tenant, id, TurnId::new(), &turn, &Served::default()).await.unwrap();
    }
    id
}

fn report(what: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took[(took.len() * share / 100).min(took.len() - 1)].as_secs_f64() * 1_000.0;
    println!("  {what}: p50 {:.1} ms, p99 {:.1} ms", at(50), at(99));
}

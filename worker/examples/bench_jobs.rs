//! How many jobs a second are ordered and done, and how soon one is done when there is nothing else to do: on SQLite
//! with jobs carried in memory, and on PostgreSQL with Redis, both thrown away afterwards.
//!
//! `cargo run --release --locked --example bench_jobs -- 100000`
#![expect(clippy::unwrap_used, reason = "a measurement fails by panicking")]

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Parser;
use domain::{
    conversations::{self, Wanted},
    database::Backend,
    entity::{conversation::Channel, job::State, now},
    id::TenantId,
    jobs::{self, Filter, Payload, Whose},
    limits::Limits,
    mail::Outbox,
    outbound::Outbound,
    page::Paging,
    tenants,
    testing::{self, Fresh},
    twilio::Twilio,
    usage::Prices,
};
use providers::{PATIENT, ProviderConfig, Serving};
use tokio_util::sync::CancellationToken;
use worker::Work;

/// Who would transcribe.
#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    providers: ProviderConfig,
}

/// Single jobs whose way is timed.
const SINGLE: usize = 100;

fn main() {
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let jobs = std::env::args().nth(1).map_or(100_000, |number| number.parse().expect("how many jobs"));
    for backend in [Backend::Sqlite, Backend::Postgres] {
        testing::run_with_queue(backend, |db| measure(db, jobs));
    }
}

async fn measure(db: Fresh, number: usize) {
    println!("{:?} with jobs carried by {}", db.backend(), db.queue().name());
    let tenant = tenants::create(&db, "Bench").await.unwrap().id;
    let conversation = conversations::begin(&db, tenant, Wanted::on(Channel::Http)).await.unwrap().conversation.id;
    let payload = Payload::FinishConversation { tenant, conversation };

    let began = Instant::now();
    for _ in 0..number {
        let ticket = jobs::add(db.connection(), &payload, now()).await.unwrap();
        db.queue().push(ticket);
    }
    report("ordered, one transaction each", number, began.elapsed());

    let shutdown = CancellationToken::new();
    let twilio = Twilio::new("http://127.0.0.1:9".parse().unwrap());
    let (database, vault) = ((*db).clone(), Arc::new(testing::vault()));
    let selected = providers::select(
        &Flags::parse_from(["bench", "--openai-base-url", "http://127.0.0.1:9"]).providers,
        Path::new("no models"),
    )
    .unwrap();
    let outbound = Outbound::new("".parse().unwrap());
    let prices = Prices::default();
    let serving = Serving::new(database.clone(), vault.clone(), outbound.clone(), selected.patient, PATIENT, prices);
    let recordings = db.recordings();
    let (retention, keep_usage_details) = (Default::default(), None);
    let work = Work {
        database,
        vault,
        twilio,
        recordings,
        serving,
        outbound,
        outbox: Outbox::nowhere(""),
        retention,
        keep_usage_details,
        limits: Limits::default(),
    };
    let watching = async {
        let began = Instant::now();
        while has_open(&db, tenant).await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        report("done by one worker", number, began.elapsed());
        idle(&db, &payload).await;
        shutdown.cancel();
    };
    tokio::join!(worker::run(work, shutdown.clone()), watching);
}

/// Whether a job of the tenant's waits or runs. It is asked often, so it must cost nothing.
async fn has_open(db: &Fresh, tenant: TenantId) -> bool {
    for state in [State::Running, State::Ready] {
        let filter = Filter { state: Some(state), kind: None };
        let page = jobs::list(db, Whose::Tenant(tenant), filter, Paging::first(1)).await.unwrap();
        if !page.items.is_empty() {
            return true;
        }
    }
    false
}

/// From the order to the settlement, with nothing else to do.
async fn idle(db: &Fresh, payload: &Payload) {
    let tenant = payload.tenant().unwrap();
    let mut took = Vec::new();
    for _ in 0..SINGLE {
        let ticket = jobs::add(db.connection(), payload, now()).await.unwrap();
        db.queue().push(ticket);
        let row = loop {
            let row = jobs::find(db, tenant, ticket.id).await.unwrap();
            if row.state == State::Done {
                break row;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        };
        took.push((row.finished_at.unwrap() - row.created_at).num_microseconds().unwrap());
    }
    took.sort_unstable();
    let at = |share: usize| took[(took.len() * share / 100).min(took.len() - 1)] as f64 / 1_000.0;
    println!("  single job, idle queue: p50 {:.1} ms, p99 {:.1} ms", at(50), at(99));
}

fn report(what: &str, jobs: usize, took: Duration) {
    println!("  {jobs} {what}: {:.1} s, {:.0} a second", took.as_secs_f64(), jobs as f64 / took.as_secs_f64());
}

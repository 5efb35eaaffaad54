//! What the clock brings: jobs that are due, and what the dead have left behind.

use std::time::Duration;

use domain::{Database, Error, calls, conversations, entity::now, jobs};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use crate::Work;

/// How soon a job is found that nobody pushed: one whose time came, one that a crash lost.
const TICK: Duration = Duration::from_secs(1);

/// How often the dead are looked for: a quarter of a job's lease.
const SWEEP: Duration = Duration::from_secs(15);

/// Ids pushed at once; the next wait until these are taken, so that none is pushed over and over.
const BATCH: u64 = 256;

/// Dispatches and sweeps until `shutdown`. A failure is logged, and tried again at the next tick.
pub(crate) async fn run(work: &Work, shutdown: &CancellationToken) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept: Option<Instant> = None;
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if swept.is_none_or(|at| at.elapsed() >= SWEEP) {
            swept = Some(Instant::now());
            log("sweep", sweep(work).await);
        }
        log("dispatch", dispatch(&work.database).await);
    }
}

async fn dispatch(db: &Database) -> Result<(), Error> {
    if !db.queue().is_empty() {
        return Ok(());
    }
    for id in jobs::due(db, BATCH, now()).await? {
        db.queue().push(id);
    }
    Ok(())
}

async fn sweep(work: &Work) -> Result<(), Error> {
    let db = &work.database;
    let jobs = jobs::sweep(db, now()).await?;
    let conversations = conversations::end_abandoned(db, now()).await?;
    calls::sweep_stream_tokens(db, now()).await?;
    if jobs > 0 || conversations > 0 {
        tracing::warn!(jobs.count = jobs, conversations.count = conversations, "taken over from dead processes");
    }
    Ok(())
}

fn log(what: &str, result: Result<(), Error>) {
    if let Err(error) = result {
        tracing::error!(error = &error as &dyn std::error::Error, "{what} failed");
    }
}

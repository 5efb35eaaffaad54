//! What the clock brings: jobs that are due, and what the dead have left behind.

use std::time::Duration;

use domain::{Database, Error, entity::now, jobs, recordings, vault};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use crate::{Work, housekeeping};

/// How soon a job is found that nobody pushed: one whose time came, one that a crash lost.
const TICK: Duration = Duration::from_secs(1);

/// How often the dead are looked for: a quarter of a job's lease.
const SWEEP: Duration = Duration::from_secs(15);

/// Dispatches and sweeps until `shutdown`. A failure is logged, and tried again at the next tick.
pub(crate) async fn run(work: &Work, shutdown: &CancellationToken) {
    let db = &work.database;
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept: Option<Instant> = None;
    let mut is_prepared = false;
    log("report of the vault's keys", report_keys(work).await);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {
                if !is_prepared {
                    is_prepared = log("preparation of schedules", jobs::prepare_schedules(db, now()).await);
                }
                log("order of scheduled jobs", jobs::order_scheduled(db, now()).await.map(|_| ()));
                if swept.is_none_or(|at| at.elapsed() >= SWEEP) {
                    swept = Some(Instant::now());
                    log("sweep", sweep(db).await);
                    log("sweep of the spool", sweep_spool(work).await);
                }
            }
            // A long list of due jobs goes as quickly as workers take it, not by the tick.
            () = db.queue().runs_low() => {}
        }
        log("dispatch", dispatch(db).await);
    }
}

async fn dispatch(db: &Database) -> Result<(), Error> {
    let due = jobs::due(db, jobs::WINDOW, now()).await?;
    Ok(db.queue().refill(&due).await?)
}

/// Not a job: it is what brings jobs back.
async fn sweep(db: &Database) -> Result<(), Error> {
    let jobs = jobs::sweep(db, now()).await?;
    if jobs > 0 {
        tracing::warn!(jobs.count = jobs, "taken over from dead workers");
    }
    Ok(())
}

/// Not a job either: each process looks after its own machine's.
async fn sweep_spool(work: &Work) -> Result<(), Error> {
    let encodings = recordings::sweep(&work.database, &work.recordings, now()).await?;
    if encodings > 0 {
        tracing::info!(recordings.count = encodings, "recordings left in the spool are to be encoded");
    }
    Ok(())
}

/// Says which of the operator's keys are needed, and orders what gets rid of secrets from before data keys and of keys
/// that are to be changed.
async fn report_keys(work: &Work) -> Result<(), Error> {
    for (id, key) in vault::keys_in_use(&work.database, &work.vault).await? {
        let (data_keys, secrets) = (key.data_keys, key.secrets);
        match (key.is_in_ring, key.is_active, data_keys + secrets) {
            (false, ..) => tracing::error!(
                vault.key_id = id,
                data_keys.count = data_keys,
                secrets.count = secrets,
                "a vault key is lost: put it back into VAULT_KEYS",
            ),
            (true, false, 0) => tracing::info!(vault.key_id = id, "a vault key is not needed any more"),
            (true, is_active, _) => tracing::info!(
                vault.key_id = id,
                vault.is_active = is_active,
                data_keys.count = data_keys,
                secrets.count = secrets,
                "vault key",
            ),
        }
    }
    vault::order_upgrades(&work.database, now()).await?;
    housekeeping::order_key_changes(work).await
}

/// Whether it went well.
fn log(what: &str, result: Result<(), Error>) -> bool {
    if let Err(error) = &result {
        tracing::error!(error = error as &dyn std::error::Error, "{what} failed");
    }
    result.is_ok()
}

//! What the clock brings: jobs that are due, and what the dead have left behind.

use std::time::Duration;

use domain::{
    Database, Error, admission, calls, conversations, entity::now, idempotency, invitations, jobs, one_time_tokens,
    phone_numbers, sessions, throttle, vault,
};
use tokio::time::{Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;

use crate::Work;

/// How soon a job is found that nobody pushed: one whose time came, one that a crash lost.
const TICK: Duration = Duration::from_secs(1);

/// How often the dead are looked for: a quarter of a job's lease.
const SWEEP: Duration = Duration::from_secs(15);

/// How often keys are looked for that are to be changed: a matter of hours and years.
const SWEEP_KEYS: Duration = Duration::from_secs(5 * 60);

/// Ids pushed at once; the next wait until these are taken, so that none is pushed over and over.
const BATCH: u64 = 256;

/// Dispatches and sweeps until `shutdown`. A failure is logged, and tried again at the next tick.
pub(crate) async fn run(work: &Work, shutdown: &CancellationToken) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept: Option<Instant> = None;
    let mut swept_keys: Option<Instant> = None;
    log("report of the vault's keys", report_keys(work).await);
    loop {
        tokio::select! {
            () = shutdown.cancelled() => return,
            _ = ticks.tick() => {}
        }
        if swept.is_none_or(|at| at.elapsed() >= SWEEP) {
            swept = Some(Instant::now());
            log("sweep", sweep(work).await);
        }
        if swept_keys.is_none_or(|at| at.elapsed() >= SWEEP_KEYS) {
            swept_keys = Some(Instant::now());
            log("sweep of keys", sweep_keys(work).await);
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
    idempotency::sweep(db, now()).await?;
    phone_numbers::wipe_removed(db, now()).await?;
    phone_numbers::order_checks(db, now()).await?;
    sessions::sweep(db, now()).await?;
    one_time_tokens::sweep(db, now()).await?;
    throttle::sweep(db, now()).await?;
    admission::sweep(db, now()).await?;
    invitations::sweep(db, now()).await?;
    if jobs > 0 || conversations > 0 {
        tracing::warn!(jobs.count = jobs, conversations.count = conversations, "taken over from dead processes");
    }
    Ok(())
}

/// Says which of the operator's keys are needed, and orders what gets rid of secrets from before data keys.
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
    vault::order_upgrades(&work.database, now()).await.map(|_| ())
}

async fn sweep_keys(work: &Work) -> Result<(), Error> {
    let jobs = vault::order_due(&work.database, &work.vault, now()).await?;
    if jobs > 0 {
        tracing::info!(jobs.count = jobs, "keys are to be changed");
    }
    Ok(())
}

fn log(what: &str, result: Result<(), Error>) {
    if let Err(error) = result {
        tracing::error!(error = &error as &dyn std::error::Error, "{what} failed");
    }
}

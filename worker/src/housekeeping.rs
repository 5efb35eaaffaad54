//! What the platform does for itself by the clock.

use domain::{
    Database, Error, admission, calls, conversations, customers, entity::now, events, idempotency, invitations, jobs,
    one_time_tokens, phone_numbers, recordings, retention, sessions, tenants, throttle, vault,
};

use crate::Work;

pub(crate) async fn end_abandoned(db: &Database) -> Result<(), Error> {
    let conversations = conversations::end_abandoned(db, now()).await?;
    admission::sweep(db, now()).await?;
    if conversations > 0 {
        tracing::warn!(conversations.count = conversations, "taken over from dead processes");
    }
    Ok(())
}

pub(crate) async fn forget_expired(work: &Work) -> Result<(), Error> {
    let db = &work.database;
    calls::sweep_stream_tokens(db, now()).await?;
    idempotency::sweep(db, now()).await?;
    phone_numbers::wipe_removed(db, now()).await?;
    sessions::sweep(db, now()).await?;
    one_time_tokens::sweep(db, now()).await?;
    throttle::sweep(db, now()).await?;
    invitations::sweep(db, now()).await?;
    recordings::remove_expired(db, &work.recordings, now()).await?;
    customers::order_erasures(db, now()).await?;
    events::forget(db, now()).await?;
    tenants::order_deletions(db, now()).await?;
    Ok(())
}

pub(crate) async fn order_key_changes(work: &Work) -> Result<(), Error> {
    let jobs = vault::order_due(&work.database, &work.vault, now()).await?;
    if jobs > 0 {
        tracing::info!(jobs.count = jobs, "keys are to be changed");
    }
    Ok(())
}

pub(crate) async fn order_retention(work: &Work) -> Result<(), Error> {
    let jobs = retention::order(&work.database, &work.retention, now()).await?;
    tracing::info!(jobs.count = jobs, "retention is ordered for the day");
    Ok(())
}

pub(crate) async fn forget_jobs(db: &Database) -> Result<(), Error> {
    let jobs = jobs::forget(db, now()).await?;
    tracing::debug!(jobs.count = jobs, "settled jobs deleted");
    Ok(())
}

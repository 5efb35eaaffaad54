//! What the platform does for itself by the clock.

use std::time::Duration;

use chrono::TimeDelta;
use domain::{
    Database, Error, admission, analyses, calls, cleanup, conversations, customers, entity::now, events, idempotency,
    invitations, jobs, one_time_tokens, phone_numbers, recordings, retention, sessions, tenants, throttle,
    transcriptions, usage, vault, webhooks,
};

use serde_json::json;
use tokio::time::Instant;

use crate::Work;

/// After this, the next hour goes on.
const ROLLING: Duration = Duration::from_secs(60);

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
    let stream_tokens = calls::sweep_stream_tokens(db, now()).await?;
    let idempotency_keys = idempotency::sweep(db, now()).await?;
    let auth_tokens = phone_numbers::wipe_removed(db, now()).await?;
    let sessions = sessions::sweep(db, now()).await?;
    let one_time_tokens = one_time_tokens::sweep(db, now()).await?;
    let throttles = throttle::sweep(db, now()).await?;
    let invitations = invitations::sweep(db, now()).await?;
    let recordings = recordings::remove_expired(db, &work.recordings, now()).await?;
    let analyses = analyses::give_up(db, now()).await?;
    let events = events::forget(db, now()).await?;
    let transcriptions = transcriptions::sweep(db, &work.recordings.blobs, now()).await?;
    let customers = customers::order_erasures(db, now()).await?;
    let tenants = tenants::order_deletions(db, now()).await?;
    let secrets = webhooks::forget_secrets(db, now()).await?;
    let all = stream_tokens + idempotency_keys + auth_tokens + sessions + one_time_tokens + throttles + invitations;
    if all + analyses + events + secrets > 0 || recordings + transcriptions + customers + tenants > 0 {
        tracing::info!(
            stream_tokens.count = stream_tokens,
            idempotency_keys.count = idempotency_keys,
            auth_tokens.count = auth_tokens,
            sessions.count = sessions,
            one_time_tokens.count = one_time_tokens,
            throttles.count = throttles,
            invitations.count = invitations,
            recordings.count = recordings,
            transcriptions.given_up = transcriptions,
            analyses.count = analyses,
            events.count = events,
            webhook_secrets.count = secrets,
            customers.ordered = customers,
            tenants.ordered = tenants,
            "what has expired is removed",
        );
        let counts = json!({
            "stream_tokens": stream_tokens,
            "idempotency_keys": idempotency_keys,
            "auth_tokens": auth_tokens,
            "sessions": sessions,
            "one_time_tokens": one_time_tokens,
            "throttles": throttles,
            "invitations": invitations,
            "recordings": recordings,
            "events": events,
            "webhook_secrets": secrets,
            "customers_ordered": customers,
            "tenants_ordered": tenants,
        });
        cleanup::note(db, "expired", &counts, None, now()).await?;
    }
    Ok(())
}

pub(crate) async fn order_key_changes(work: &Work) -> Result<(), Error> {
    let jobs = vault::order_due(&work.database, &work.vault, now()).await?;
    if jobs > 0 {
        tracing::info!(jobs.count = jobs, "keys are to be changed");
    }
    Ok(())
}

/// Some hundred thousand rows in its minute; the next hour goes on.
pub(crate) async fn roll_up_usage(work: &Work) -> Result<(), Error> {
    let (db, began, mut rolled, mut forgotten) = (&work.database, Instant::now(), 0, 0);
    while began.elapsed() < ROLLING {
        match usage::roll_up(db, now()).await? {
            0 => break,
            rows => rolled += rows,
        }
    }
    if let Some(days) = work.keep_usage_details {
        let before = (now() - TimeDelta::days(days.into())).date_naive();
        while began.elapsed() < ROLLING {
            match usage::forget_details(db, before).await? {
                0 => break,
                rows => forgotten += rows,
            }
        }
    }
    if rolled + forgotten > 0 {
        tracing::info!(usage.rolled = rolled, usage.forgotten = forgotten, "usage rolled up");
    }
    Ok(())
}

pub(crate) async fn sweep_orphans(work: &Work) -> Result<(), Error> {
    let found = cleanup::sweep_orphans(&work.database, &work.recordings.blobs, now()).await?;
    tracing::info!(
        files.count = found.files,
        files.without_row = found.files_without_row,
        files.unknown = found.files_unknown,
        recordings.count = found.recordings,
        recordings.without_file = found.recordings_without_file,
        recordings.in_doubt = found.recordings_in_doubt,
        "files and rows compared",
    );
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

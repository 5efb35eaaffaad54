//! What a tenant keeps no longer is removed, a batch at a time.

use std::time::Duration;

use domain::{
    Error,
    entity::now,
    id::TenantId,
    jobs::Progress,
    retention::{self, Counts},
};
use tokio::time::Instant;

use crate::{Work, handler::Reporter};

/// After this, others get their turn, and another job goes on.
const LONGEST: Duration = Duration::from_secs(60);

pub(crate) async fn run(work: &Work, tenant: TenantId, progress: &Reporter) -> Result<(), Error> {
    let (db, began) = (&work.database, Instant::now());
    let days = match retention::of(db, &work.retention, tenant).await?.effective {
        days if days == retention::Days::default() => return Ok(()),
        days => days,
    };
    let mut removed = Counts::default();
    let is_done = loop {
        let some = retention::remove_some(db, &work.recordings, tenant, &days, now()).await?;
        if some == Counts::default() {
            break true;
        }
        retention::add(&mut removed, &some);
        let Counts { recordings, transcripts, calls, webhook_logs, audit } = removed;
        let done = recordings + transcripts + calls + webhook_logs + audit;
        progress.send_replace(Some(Progress { done, total: None, phase: Some("removing".to_owned()) }));
        if began.elapsed() > LONGEST {
            break false;
        }
    };
    retention::note(db, tenant, removed, now()).await?;
    let Counts { recordings, transcripts, calls, webhook_logs, audit } = removed;
    tracing::info!(
        tenant.id = %tenant,
        recordings.count = recordings,
        transcripts.count = transcripts,
        conversations.count = calls,
        webhook_logs.count = webhook_logs,
        audit_events.count = audit,
        retention.is_done = is_done,
        "retention applied",
    );
    if !is_done {
        retention::go_on(db, tenant, now()).await?;
    }
    Ok(())
}

//! A tenant whose time of grace is over goes, a batch at a time.

use std::time::Duration;

use domain::{Error, entity::now, id::TenantId, jobs::Progress, tenants};
use tokio::time::Instant;

use crate::{Work, handler::Reporter};

/// After this, others get their turn, and another job goes on.
const LONGEST: Duration = Duration::from_secs(60);

pub(crate) async fn run(work: &Work, tenant: TenantId, progress: &Reporter) -> Result<(), Error> {
    let (db, began, mut done) = (&work.database, Instant::now(), 0);
    while began.elapsed() < LONGEST {
        let removed = tenants::remove_some(db, &work.recordings.blobs, tenant, now()).await?;
        if removed == 0 {
            return Ok(());
        }
        done += removed;
        progress.send_replace(Some(Progress { done, total: None, phase: Some("deleting".to_owned()) }));
    }
    tenants::go_on_deleting(db, tenant, now()).await
}

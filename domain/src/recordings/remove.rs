//! Taking recordings away: by hand, with their conversation, or when their time has come.

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    id::{ConversationId, RecordingId, TenantId},
    recording,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use serde_json::json;

use super::{Recordings, find, spool::Name};
use crate::{
    Database, Result,
    access::By,
    audit,
    blobs::{self, Key},
};

/// Removed in one go when their time has come; what is left waits for the next.
const BATCH: u64 = 100;

/// Removes one, and all that is stored of it. What was said in it stays, as it does where its time has come: it is the
/// audio that `retention_days` is about.
pub async fn remove(db: &Database, recordings: &Recordings, tenant: TenantId, by: &By, id: RecordingId) -> Result<()> {
    let row = find(db, tenant, id).await?;
    forget(db, recordings, by, &row).await
}

/// Removes all of a conversation, and all that is stored of them; with none there it does nothing. Safe to run twice.
///
/// To be called before the conversation's row goes: it takes theirs along, and with them the names of what is stored.
pub async fn remove_of_conversation(
    db: &Database,
    recordings: &Recordings,
    tenant: TenantId,
    by: &By,
    conversation: ConversationId,
) -> Result<()> {
    let rows = recording::Entity::of(tenant).filter(recording::Column::ConversationId.eq(conversation));
    for row in rows.all(&db.of(tenant)).await? {
        forget(db, recordings, by, &row).await?;
    }
    Ok(())
}

/// Removes those whose time has come; gives their number.
#[expect(clippy::disallowed_methods, reason = "time passes for all tenants")]
pub async fn remove_expired(db: &Database, recordings: &Recordings, now: DateTime<Utc>) -> Result<usize> {
    let expired = recording::Entity::find().filter(recording::Column::ExpiresAt.lte(now)).limit(BATCH);
    let rows = expired.all(&db.platform()).await?;
    for row in &rows {
        forget(db, recordings, &By::SYSTEM, row).await?;
    }
    Ok(rows.len())
}

/// First what is stored, then the row that names it: whatever dies in between, it can be done again.
async fn forget(db: &Database, recordings: &Recordings, by: &By, row: &recording::Model) -> Result<()> {
    let tenant = row.tenant_id;
    if let Some(key) = &row.blob_key {
        recordings.blobs.remove(&Key::stored(key)).await?;
    }
    let tx = db.write(tenant).await?;
    let deleted = recording::Entity::delete_of(tenant).filter(recording::Column::Id.eq(row.id)).exec(&tx).await?;
    if deleted.rows_affected > 0 {
        let details = json!({ "conversation_id": row.conversation_id });
        audit::record(&tx, tenant, by, "recording.deleted", row.id, Some(details)).await?;
    }
    tx.commit().await?;
    // In another machine's spool, that machine's sweep finds it without a row.
    if row.spool_id == Some(recordings.spool.id()) {
        let name = Name { tenant, recording: row.id, rate: u32::try_from(row.sample_rate).unwrap_or_default() };
        recordings.spool.remove(name).map_err(blobs::Error::from)?;
    }
    Ok(())
}

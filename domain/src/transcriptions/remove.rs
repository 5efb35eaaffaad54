//! Taking transcriptions away, and what nobody goes on with.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    id::{TenantId, TranscriptionId},
    job,
    transcription::{self, State},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{find, give_up};
use crate::{
    Database, Result,
    access::By,
    audit,
    blobs::{Blobs, Key},
};

/// Looked at in one go; what is left waits for the next.
const BATCH: u64 = 100;
/// A job is written with its row, and settled after it: what is younger is left alone.
const SETTLING: TimeDelta = TimeDelta::minutes(1);

/// Removes one, and what is stored of it. A worker that is at it stops.
pub async fn remove(db: &Database, blobs: &Blobs, tenant: TenantId, by: &By, id: TranscriptionId) -> Result<()> {
    let row = find(db, tenant, id).await?;
    // First what is stored, then the row that names it: whatever dies in between, it can be done again.
    if let Some(key) = &row.blob_key {
        blobs.remove(&Key::stored(key)).await?;
    }
    let tx = db.write(tenant).await?;
    let row = transcription::Entity::delete_of(tenant).filter(transcription::Column::Id.eq(id));
    if row.exec(&tx).await?.rows_affected > 0 {
        audit::record(&tx, tenant, by, "transcription.deleted", id, None).await?;
    }
    Ok(tx.commit().await?)
}

/// Removes uploaded audio whose time has come, and gives up what no job goes on with: its worker died too often, or
/// somebody has discarded the job. Gives the number of those.
#[expect(clippy::disallowed_methods, reason = "looks after all tenants'")]
pub async fn sweep(db: &Database, blobs: &Blobs, now: DateTime<Utc>) -> Result<usize> {
    let expired = transcription::Entity::find()
        .filter(transcription::Column::ExpiresAt.lte(now))
        .filter(transcription::Column::State.is_in([State::Ready, State::Failed]))
        .limit(BATCH);
    for row in expired.all(&db.platform()).await? {
        match &row.blob_key {
            Some(key) => forget_audio(db, blobs, row.tenant_id, row.id, key).await?,
            None => let_go(db, row.tenant_id, row.id).await?,
        }
    }
    let open_jobs = Query::select()
        .expr(Expr::value(1))
        .from(job::Entity)
        .and_where(
            Expr::col((job::Entity, job::Column::Id)).equals((transcription::Entity, transcription::Column::JobId)),
        )
        .and_where(job::Column::State.is_in([job::State::Ready, job::State::Running]))
        .to_owned();
    let left = transcription::Entity::find()
        .filter(transcription::Column::State.is_in([State::Queued, State::Running]))
        .filter(transcription::Column::CreatedAt.lt(now - SETTLING))
        .filter(Expr::exists(open_jobs).not())
        .limit(BATCH);
    let left = left.all(&db.platform()).await?;
    for row in &left {
        give_up(db, row.tenant_id, row.id, "given_up", "it was tried too often in vain").await?;
    }
    Ok(left.len())
}

/// Removes the uploaded audio of one that is done with.
pub(super) async fn forget_audio(
    db: &Database,
    blobs: &Blobs,
    tenant: TenantId,
    id: TranscriptionId,
    key: &str,
) -> Result<()> {
    blobs.remove(&Key::stored(key)).await?;
    let_go(db, tenant, id).await
}

async fn let_go(db: &Database, tenant: TenantId, id: TranscriptionId) -> Result<()> {
    let done = transcription::Entity::update_of(tenant)
        .col_expr(transcription::Column::BlobKey, Expr::value(None::<String>))
        .col_expr(transcription::Column::ExpiresAt, Expr::value(None::<DateTime<Utc>>))
        .filter(transcription::Column::Id.eq(id))
        .filter(transcription::Column::State.is_in([State::Ready, State::Failed]));
    done.exec(&db.of(tenant)).await?;
    Ok(())
}

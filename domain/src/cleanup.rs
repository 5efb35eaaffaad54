//! What belongs to nobody any more: found, counted, removed. Nothing here is a tenant's wish; that is
//! [`retention`](crate::retention).

mod orphans;

use chrono::{DateTime, Utc};
use entity::{
    cleanup, idempotency_key, one_time_token, recording, refresh_token, session, stream_token, tenant, throttle,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, sea_query::OnConflict,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{Database, Error, Result, blobs::Blobs};

pub use orphans::{Orphans, sweep_orphans};

/// What would be removed now. Runs of jobs remove it within minutes, orphans within a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    pub sessions: u64,
    pub refresh_tokens: u64,
    pub one_time_tokens: u64,
    pub stream_tokens: u64,
    pub idempotency_keys: u64,
    pub throttles: u64,
    pub recordings: u64,
    pub tenants: u64,
    pub orphans: Orphans,
}

/// Counts, and removes nothing. Looks at a part of the store, as a run does.
#[expect(clippy::disallowed_methods, reason = "what has expired is counted for all tenants")]
pub async fn preview(db: &Database, blobs: &Blobs, now: DateTime<Utc>) -> Result<Preview> {
    let conn = db.platform();
    Ok(Preview {
        sessions: session::Entity::find().filter(session::Column::ExpiresAt.lt(now)).count(&conn).await?,
        refresh_tokens: refresh_token::Entity::find()
            .filter(refresh_token::Column::ExpiresAt.lt(now))
            .count(&conn)
            .await?,
        one_time_tokens: one_time_token::Entity::find()
            .filter(one_time_token::Column::ExpiresAt.lt(now))
            .count(&conn)
            .await?,
        stream_tokens: stream_token::Entity::find()
            .filter(stream_token::Column::ExpiresAt.lt(now))
            .count(&conn)
            .await?,
        idempotency_keys: idempotency_key::Entity::find()
            .filter(idempotency_key::Column::ExpiresAt.lt(now))
            .count(&conn)
            .await?,
        throttles: throttle::Entity::find().filter(throttle::Column::ExpiresAt.lt(now)).count(&conn).await?,
        recordings: recording::Entity::find().filter(recording::Column::ExpiresAt.lte(now)).count(&conn).await?,
        tenants: tenant::Entity::find().filter(tenant::Column::DeleteAt.lte(now)).count(&conn).await?,
        orphans: orphans::look(db, blobs, now, None, false).await?.0,
    })
}

/// What a clean-up did last.
pub use entity::cleanup::Model as Run;

/// The last run of each, by name.
#[expect(clippy::disallowed_methods, reason = "the platform's own")]
pub async fn runs(db: &Database) -> Result<Vec<Run>> {
    Ok(cleanup::Entity::find().order_by_asc(cleanup::Column::Name).all(&db.platform()).await?)
}

#[expect(clippy::disallowed_methods, reason = "the platform's own")]
async fn last(db: &Database, name: &str) -> Result<Option<Run>> {
    Ok(cleanup::Entity::find_by_id(name.to_owned()).one(&db.platform()).await?)
}

/// Notes what one did, with where the next is to go on.
pub async fn note(
    db: &Database,
    name: &str,
    counts: &impl serde::Serialize,
    cursor: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<()> {
    let counts: Value = serde_json::to_value(counts).map_err(|source| Error::Stored { what: "counts", source })?;
    let row =
        cleanup::ActiveModel { name: Set(name.to_owned()), at: Set(now), counts: Set(counts), cursor: Set(cursor) };
    let again = OnConflict::column(cleanup::Column::Name)
        .update_columns([cleanup::Column::At, cleanup::Column::Counts, cleanup::Column::Cursor])
        .to_owned();
    cleanup::Entity::insert(row).on_conflict(again).exec_without_returning(&db.platform()).await?;
    Ok(())
}

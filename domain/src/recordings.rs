//! Recordings: written to a spool while the line is open, encoded and stored by a job afterwards.
//!
//! The spool is a directory of this machine's, or one that several machines share. What lies in it is encoded where it
//! lies: a row names its spool, and a worker with another one leaves it alone.

mod encode;
mod links;
mod remove;
mod spool;
mod sweep;
mod twilio;

use std::{ops::Range, path::Path};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, conversation,
    id::{ConversationId, RecordingId, TenantId},
    recording::{self, Source, State},
};
use futures_util::stream::BoxStream;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, sea_query::Expr,
};

use crate::{
    Database, Error, Result,
    blobs::{self, Blobs, Key},
    jobs::{self, Payload},
};

pub use encode::encode;
pub use links::{LINK_LIFETIME, Link, link, linked};
pub use remove::{remove, remove_expired, remove_of_conversation};
pub use spool::{Spool, SpoolFile};
pub use sweep::sweep;
pub use twilio::{Announced, announced, fetch};

/// Where recordings lie; cheap to clone.
#[derive(Clone)]
pub struct Recordings {
    pub blobs: Blobs,
    pub spool: Spool,
}

impl Recordings {
    /// Both places, made if missing. Whether a bucket can be written is for [`Blobs::probe`] to say.
    pub fn open(blobs: &blobs::Place, spool: &Path) -> Result<Self, blobs::Error> {
        Ok(Self { blobs: Blobs::at(blobs)?, spool: Spool::open(spool)? })
    }
}

/// How a line is to be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// `None`: until it is deleted.
    pub retention_days: Option<u32>,
}

/// A recording under way.
#[derive(Debug)]
pub struct Begun {
    pub id: RecordingId,
    pub file: SpoolFile,
}

/// Begins a recording of two channels at `rate` samples a second.
pub async fn begin(
    db: &Database,
    recordings: &Recordings,
    tenant: TenantId,
    conversation: &conversation::Model,
    wish: Wish,
    rate: u32,
) -> Result<Begun> {
    let (id, now) = (RecordingId::new(), entity::now());
    // First the file: a row without one would be of nothing.
    let file = recordings.spool.create(tenant, id, rate).map_err(blobs::Error::from)?;
    let row = recording::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        conversation_id: Set(conversation.id),
        source: Set(Source::Switchboard),
        twilio_sid: Set(None),
        state: Set(State::Recording),
        spool_id: Set(Some(recordings.spool.id())),
        sample_rate: Set(i32::try_from(rate).unwrap_or(i32::MAX)),
        channels: Set(2),
        offset_ms: Set((now - conversation.started_at).num_milliseconds().max(0)),
        duration_ms: Set(None),
        content_type: Set(None),
        bytes: Set(None),
        sha256: Set(None),
        blob_key: Set(None),
        ordered_at: Set(None),
        created_at: Set(now),
        ready_at: Set(None),
        expires_at: Set(wish.retention_days.map(|days| now + TimeDelta::days(days.into()))),
    };
    row.insert(&db.of(tenant)).await?;
    Ok(Begun { id, file })
}

/// The line is closed: all there is lies in the spool, and its encoding is ordered. Once the file is let go of.
pub async fn finish(db: &Database, tenant: TenantId, id: RecordingId) -> Result<()> {
    order(db, tenant, id, entity::now()).await.map(|_| ())
}

/// Orders the encoding of what lies in the spool. `false`: there is nothing to be encoded any more.
async fn order(db: &Database, tenant: TenantId, id: RecordingId, now: DateTime<Utc>) -> Result<bool> {
    let tx = db.write(tenant).await?;
    let ordered = recording::Entity::update_of(tenant)
        .col_expr(recording::Column::State, Expr::value(State::Recorded))
        .col_expr(recording::Column::OrderedAt, Expr::value(now))
        .filter(recording::Column::Id.eq(id))
        .filter(recording::Column::State.is_in([State::Recording, State::Recorded]))
        .exec(&tx)
        .await?;
    if ordered.rows_affected == 0 {
        return Ok(false);
    }
    let job = jobs::add(&tx, &Payload::EncodeRecording { tenant, recording: id }, now).await?;
    tx.commit().await?;
    db.queue().push(job);
    Ok(true)
}

pub async fn find(db: &Database, tenant: TenantId, id: RecordingId) -> Result<recording::Model> {
    find_in(&db.of(tenant), tenant, id).await
}

pub(crate) async fn find_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: RecordingId,
) -> Result<recording::Model> {
    let row = recording::Entity::of(tenant).filter(recording::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(Error::NotFound { what: "recording" })
}

/// The bytes of `range` of a recording that is ready, or all of them.
pub async fn read(
    recordings: &Recordings,
    row: &recording::Model,
    range: Option<Range<u64>>,
) -> Result<BoxStream<'static, Result<Bytes, blobs::Error>>> {
    let key = row.blob_key.as_deref().ok_or(Error::NotFound { what: "recording" })?;
    match recordings.blobs.read(&Key::stored(key), range).await {
        Err(blobs::Error::Missing) => Err(Error::NotFound { what: "recording" }),
        read => Ok(read?),
    }
}

/// Those of a conversation, in the order in which they were heard.
pub async fn of_conversation(
    db: &Database,
    tenant: TenantId,
    conversation: ConversationId,
) -> Result<Vec<recording::Model>> {
    crate::conversations::find(db, tenant, conversation).await?;
    let rows = recording::Entity::of(tenant).filter(recording::Column::ConversationId.eq(conversation));
    Ok(rows.order_by_asc(recording::Column::OffsetMs).order_by_asc(recording::Column::Id).all(&db.of(tenant)).await?)
}

//! Transcriptions: what was said in a recording, or in a file that somebody sent.

use entity::{
    TenantScoped,
    id::{ConversationId, RecordingId, TenantId, TranscriptionId},
    transcription,
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};

use crate::{Database, Error, Result};

pub async fn find(db: &Database, tenant: TenantId, id: TranscriptionId) -> Result<transcription::Model> {
    find_in(&db.of(tenant), tenant, id).await
}

pub(crate) async fn find_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: TranscriptionId,
) -> Result<transcription::Model> {
    let row = transcription::Entity::of(tenant).filter(transcription::Column::Id.eq(id)).one(conn).await?;
    row.ok_or(Error::NotFound { what: "transcription" })
}

/// That of a recording; `None`: none was ordered.
pub async fn of_recording(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    recording: RecordingId,
) -> Result<Option<transcription::Model>> {
    let rows = transcription::Entity::of(tenant).filter(transcription::Column::RecordingId.eq(recording));
    Ok(rows.one(conn).await?)
}

/// Those of a conversation's recordings, in the order of their making, whatever their state.
pub async fn of_conversation(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    conversation: ConversationId,
) -> Result<Vec<transcription::Model>> {
    let rows = transcription::Entity::of(tenant).filter(transcription::Column::ConversationId.eq(conversation));
    Ok(rows.order_by_asc(transcription::Column::Id).all(conn).await?)
}

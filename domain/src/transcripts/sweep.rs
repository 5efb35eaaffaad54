//! Drafts that wait for nothing any more: their recording has been stored, transcribed, deleted, or is lost.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, conversation,
    conversation::Status,
    id::{ConversationId, RecordingId, TenantId, TranscriptionId},
    recording, transcript, transcription,
};
use sea_orm::{
    ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query, SelectStatement},
};

use super::order;
use crate::{
    Database, Error, Result,
    jobs::{self, Payload},
};

/// Ordered in one go; what is left waits for the next.
const BATCH: u64 = 100;

/// What is not there by then (its machine never came back) is not waited for any longer.
pub(super) const GIVEN_UP: TimeDelta = TimeDelta::days(1);

/// Of which nobody can tell yet what was said in it.
pub(super) const RECORDED: [recording::State; 3] =
    [recording::State::Recording, recording::State::Fetching, recording::State::Recorded];
pub(super) const OPEN: [transcription::State; 2] = [transcription::State::Queued, transcription::State::Running];

/// Something has become of a recording: orders the transcript of its conversation anew, if that has ended. A recording
/// that is gone is left to [`order_drafts`].
pub async fn order_of_recording(db: &Database, tenant: TenantId, id: RecordingId) -> Result<()> {
    match crate::recordings::find(db, tenant, id).await {
        Ok(row) => order_of_conversation(db, tenant, row.conversation_id).await,
        Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// [`order_of_recording`], when a transcription is ready or given up. One that goes on, or is of a file, orders nothing.
pub async fn order_of_transcription(db: &Database, tenant: TenantId, id: TranscriptionId) -> Result<()> {
    let row = match crate::transcriptions::find(db, tenant, id).await {
        Err(Error::NotFound { .. }) => return Ok(()),
        found => found?,
    };
    match row.conversation_id {
        Some(conversation) if !OPEN.contains(&row.state) => order_of_conversation(db, tenant, conversation).await,
        _ => Ok(()),
    }
}

/// [`order_of_recording`], by the conversation.
async fn order_of_conversation(db: &Database, tenant: TenantId, id: ConversationId) -> Result<()> {
    let ended = conversation::Entity::of(tenant)
        .filter(conversation::Column::Id.eq(id))
        .filter(conversation::Column::Status.eq(Status::Ended));
    // One that goes on has it ordered by its end.
    if !sea_orm::SelectExt::exists(ended, &db.of(tenant)).await? {
        return Ok(());
    }
    let job = order(&db.of(tenant), tenant, id, entity::now()).await?;
    db.queue().push(job);
    Ok(())
}

/// Orders drafts to be built again for which there is nothing more to be waited for; gives their number.
#[expect(clippy::disallowed_methods, reason = "looks after all tenants'")]
pub async fn order_drafts(db: &Database, now: DateTime<Utc>) -> Result<usize> {
    use recording::Column as Recording;
    use transcript::Column as Transcript;
    use transcription::Column as Transcription;

    let recorded = exists(recording::Entity)
        .and_where(
            Expr::col((recording::Entity, Recording::TenantId)).equals((transcript::Entity, Transcript::TenantId)),
        )
        .and_where(
            Expr::col((recording::Entity, Recording::ConversationId))
                .equals((transcript::Entity, Transcript::ConversationId)),
        )
        .and_where(Recording::State.is_in(RECORDED))
        .and_where(Recording::CreatedAt.gt(now - GIVEN_UP))
        .to_owned();
    let open = exists(transcription::Entity)
        .and_where(
            Expr::col((transcription::Entity, Transcription::TenantId))
                .equals((transcript::Entity, Transcript::TenantId)),
        )
        .and_where(
            Expr::col((transcription::Entity, Transcription::ConversationId))
                .equals((transcript::Entity, Transcript::ConversationId)),
        )
        .and_where(Transcription::State.is_in(OPEN))
        .and_where(Transcription::CreatedAt.gt(now - GIVEN_UP))
        .to_owned();
    let drafts: Vec<(TenantId, ConversationId)> = transcript::Entity::find()
        .select_only()
        .column(Transcript::TenantId)
        .column(Transcript::ConversationId)
        .filter(Transcript::ReadyAt.is_null())
        .filter(Expr::exists(recorded).not())
        .filter(Expr::exists(open).not())
        .order_by_asc(Transcript::BuiltAt)
        .limit(BATCH)
        .into_tuple()
        .all(&db.platform())
        .await?;
    for (tenant, conversation) in &drafts {
        let payload = Payload::BuildTranscript { tenant: *tenant, conversation: *conversation };
        let job = jobs::add_once(&db.of(*tenant), &payload, &conversation.to_string(), now).await?;
        db.queue().push(job);
    }
    Ok(drafts.len())
}

fn exists(table: impl sea_orm::sea_query::IntoTableRef) -> SelectStatement {
    Query::select().expr(Expr::val(1)).from(table).to_owned()
}

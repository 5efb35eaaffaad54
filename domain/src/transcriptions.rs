//! Transcriptions: what was said in a recording, or in a file that somebody sent, channel by channel.
//!
//! One is ordered with its row ([`order_in`], [`upload`], [`order_again`]) and done by a job ([`begin`], [`store`],
//! [`finish`], [`give_up`]), which stores what it has as it goes: whoever comes after it goes on from there.

mod order;
mod remove;
mod run;

use entity::{
    TenantScoped,
    id::{ConversationId, RecordingId, TenantId, TranscriptionId},
    transcription::{self, Source, State},
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QueryTrait};

use crate::{
    Database, Error, Result,
    page::{Page, Paging},
};

pub use order::{Upload, order_again, upload};
pub use remove::{remove, sweep};
pub use run::{Gone, Heard, Underway, audio, begin, finish, give_up, go_on, refusal, store};

pub(crate) use order::order_in;

/// Longest audio that is transcribed: what a call may last, and more than a meeting does.
pub const LONGEST: std::time::Duration = std::time::Duration::from_secs(4 * 3_600);

/// Which transcriptions are looked for; `None` asks nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    pub source: Option<Source>,
    pub state: Option<State>,
}

/// Newest first.
pub async fn list(
    db: &Database,
    tenant: TenantId,
    filter: Filter,
    paging: Paging,
) -> Result<Page<transcription::Model>> {
    let rows = transcription::Entity::of(tenant)
        .apply_if(filter.source, |rows, source| rows.filter(transcription::Column::Source.eq(source)))
        .apply_if(filter.state, |rows, state| rows.filter(transcription::Column::State.eq(state)));
    paging.newest_first(&db.of(tenant), rows, transcription::Column::Id).await
}

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

//! What is older than it may be: counted, or removed a batch at a time.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, analysis, audit_event,
    conversation::{self, Status},
    event,
    id::{AnalysisId, AuditEventId, ConversationId, EventId, RecordingId, TenantId, TranscriptionId},
    recording::{self, State},
    transcript, transcription, turn,
};
use sea_orm::{
    ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use super::{Counts, Days};
use crate::{
    Database, Result,
    access::By,
    blobs::Key,
    recordings::{self, Recordings},
};

/// Conversations and recordings of one go: each has a store to be asked. Seconds at most.
const BATCH: u64 = 50;

/// Rows of one statement: a transaction of a second or so.
const ROWS: u64 = 500;

/// As the index `turns_with_words` has it.
const HAS_WORDS: &str = "(prompt_text IS NOT NULL OR generated_text <> '' OR heard_text <> '')";

/// What would go now.
pub async fn count(db: &Database, tenant: TenantId, days: &Days, now: DateTime<Utc>) -> Result<Counts> {
    let (conn, due) = (db.of(tenant), Due { tenant, days, now });
    let mut counts = Counts::default();
    if let Some(rows) = due.recordings() {
        counts.recordings = rows.count(&conn).await?;
    }
    if let Some(rows) = due.turns() {
        counts.transcripts = rows.count(&conn).await?;
    }
    if let Some(rows) = due.transcripts() {
        counts.transcripts += rows.count(&conn).await?;
    }
    if let Some(rows) = due.transcriptions() {
        counts.transcripts += rows.count(&conn).await?;
    }
    if let Some(rows) = due.analyses() {
        counts.transcripts += rows.count(&conn).await?;
    }
    if let Some(rows) = due.conversations() {
        counts.calls = rows.count(&conn).await?;
    }
    if let Some(rows) = due.events() {
        counts.webhook_logs = rows.count(&conn).await?;
    }
    if let Some(rows) = due.audit_events() {
        counts.audit = rows.count(&conn).await?;
    }
    Ok(counts)
}

/// Removes a batch of each kind, each in its own transaction. Gives what went: nothing, when nothing is left.
pub async fn remove_some(
    db: &Database,
    recordings: &Recordings,
    tenant: TenantId,
    days: &Days,
    now: DateTime<Utc>,
) -> Result<Counts> {
    let due = Due { tenant, days, now };
    Ok(Counts {
        calls: remove_conversations(db, recordings, &due).await?,
        recordings: remove_recordings(db, recordings, &due).await?,
        transcripts: empty_turns(db, &due).await?
            + remove_transcripts(db, &due).await?
            + remove_analyses(db, &due).await?
            + remove_transcriptions(db, recordings, &due).await?,
        webhook_logs: remove_events(db, &due).await?,
        audit: remove_audit_events(db, &due).await?,
    })
}

async fn remove_conversations(db: &Database, recordings: &Recordings, due: &Due<'_>) -> Result<u64> {
    let Some(rows) = due.conversations() else { return Ok(0) };
    let tenant = due.tenant;
    let rows = rows.select_only().column(conversation::Column::Id).order_by_asc(conversation::Column::EndedAt);
    let ids: Vec<ConversationId> = rows.limit(BATCH).into_tuple().all(&db.of(tenant)).await?;
    for id in &ids {
        recordings::remove_of_conversation(db, recordings, tenant, &By::SYSTEM, *id).await?;
    }
    if ids.is_empty() {
        return Ok(0);
    }
    // Turns, calls and whatever else is a conversation's go with it.
    let gone = conversation::Entity::delete_of(tenant).filter(conversation::Column::Id.is_in(ids));
    Ok(gone.exec(&db.of(tenant)).await?.rows_affected)
}

async fn remove_recordings(db: &Database, recordings: &Recordings, due: &Due<'_>) -> Result<u64> {
    let Some(rows) = due.recordings() else { return Ok(0) };
    let rows = rows.select_only().column(recording::Column::Id).order_by_asc(recording::Column::CreatedAt);
    let ids: Vec<RecordingId> = rows.limit(BATCH).into_tuple().all(&db.of(due.tenant)).await?;
    for id in &ids {
        match recordings::remove(db, recordings, due.tenant, &By::SYSTEM, *id).await {
            // Somebody was quicker.
            Err(crate::Error::NotFound { .. }) => {}
            removed => removed?,
        }
    }
    Ok(ids.len() as u64)
}

/// A turn stays with its times and what it used; what was said in it goes.
async fn empty_turns(db: &Database, due: &Due<'_>) -> Result<u64> {
    let Some(rows) = due.turns() else { return Ok(0) };
    let tenant = due.tenant;
    let rows = rows.select_only().column(turn::Column::ConversationId).column(turn::Column::Number);
    let rows = rows.order_by_asc(turn::Column::StartedAt).limit(ROWS);
    let keys: Vec<(ConversationId, i32)> = rows.into_tuple().all(&db.of(tenant)).await?;
    if keys.is_empty() {
        return Ok(0);
    }
    let key = Expr::tuple([Expr::column(turn::Column::ConversationId), Expr::column(turn::Column::Number)]);
    let keys =
        keys.into_iter().map(|(conversation, number)| Expr::tuple([Expr::value(conversation), Expr::value(number)]));
    let emptied = turn::Entity::update_of(tenant)
        .col_expr(turn::Column::PromptText, Expr::value(None::<String>))
        .col_expr(turn::Column::GeneratedText, Expr::value(String::new()))
        .col_expr(turn::Column::HeardText, Expr::value(String::new()))
        .col_expr(turn::Column::ToolCalls, Expr::value(serde_json::json!([])))
        .filter(key.is_in(keys));
    Ok(emptied.exec(&db.of(tenant)).await?.rows_affected)
}

async fn remove_transcripts(db: &Database, due: &Due<'_>) -> Result<u64> {
    let Some(rows) = due.transcripts() else { return Ok(0) };
    let rows = rows.select_only().column(transcript::Column::ConversationId);
    let ids: Vec<ConversationId> =
        rows.order_by_asc(transcript::Column::BuiltAt).limit(ROWS).into_tuple().all(&db.of(due.tenant)).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let gone = transcript::Entity::delete_of(due.tenant).filter(transcript::Column::ConversationId.is_in(ids));
    Ok(gone.exec(&db.of(due.tenant)).await?.rows_affected)
}

async fn remove_analyses(db: &Database, due: &Due<'_>) -> Result<u64> {
    let Some(rows) = due.analyses() else { return Ok(0) };
    let rows = rows.select_only().column(analysis::Column::Id).order_by_asc(analysis::Column::CreatedAt);
    let ids: Vec<AnalysisId> = rows.limit(ROWS).into_tuple().all(&db.of(due.tenant)).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let gone = analysis::Entity::delete_of(due.tenant).filter(analysis::Column::Id.is_in(ids));
    Ok(gone.exec(&db.of(due.tenant)).await?.rows_affected)
}

/// An upload goes from the store first, so that whatever dies in between, it can be done again.
async fn remove_transcriptions(db: &Database, recordings: &Recordings, due: &Due<'_>) -> Result<u64> {
    let Some(rows) = due.transcriptions() else { return Ok(0) };
    let rows = rows.select_only().column(transcription::Column::Id).column(transcription::Column::BlobKey);
    let rows = rows.order_by_asc(transcription::Column::CreatedAt).limit(BATCH);
    let rows: Vec<(TranscriptionId, Option<String>)> = rows.into_tuple().all(&db.of(due.tenant)).await?;
    for key in rows.iter().filter_map(|(_, key)| key.as_deref()) {
        recordings.blobs.remove(&Key::stored(key)).await?;
    }
    if rows.is_empty() {
        return Ok(0);
    }
    let ids = rows.into_iter().map(|(id, _)| id);
    let gone = transcription::Entity::delete_of(due.tenant).filter(transcription::Column::Id.is_in(ids));
    Ok(gone.exec(&db.of(due.tenant)).await?.rows_affected)
}

/// Deliveries go with their events.
async fn remove_events(db: &Database, due: &Due<'_>) -> Result<u64> {
    let Some(rows) = due.events() else { return Ok(0) };
    let rows = rows.select_only().column(event::Column::Id).order_by_asc(event::Column::CreatedAt);
    let ids: Vec<EventId> = rows.limit(ROWS).into_tuple().all(&db.of(due.tenant)).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let gone = event::Entity::delete_of(due.tenant).filter(event::Column::Id.is_in(ids));
    Ok(gone.exec(&db.of(due.tenant)).await?.rows_affected)
}

async fn remove_audit_events(db: &Database, due: &Due<'_>) -> Result<u64> {
    let Some(rows) = due.audit_events() else { return Ok(0) };
    let rows = rows.select_only().column(audit_event::Column::Id).order_by_asc(audit_event::Column::At);
    let ids: Vec<AuditEventId> = rows.limit(ROWS).into_tuple().all(&db.of(due.tenant)).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let gone = audit_event::Entity::delete_of(due.tenant).filter(audit_event::Column::Id.is_in(ids));
    Ok(gone.exec(&db.of(due.tenant)).await?.rows_affected)
}

/// The tenant's rows of each kind that are due; `None`: they are kept for ever.
struct Due<'a> {
    tenant: TenantId,
    days: &'a Days,
    now: DateTime<Utc>,
}

impl Due<'_> {
    fn before(&self, days: Option<u32>) -> Option<DateTime<Utc>> {
        days.map(|days| self.now - TimeDelta::days(days.into()))
    }

    fn recordings(&self) -> Option<Select<recording::Entity>> {
        let rows = recording::Entity::of(self.tenant)
            .filter(recording::Column::CreatedAt.lt(self.before(self.days.recordings)?))
            // A line that is open writes into its own.
            .filter(recording::Column::State.ne(State::Recording));
        Some(rows)
    }

    fn turns(&self) -> Option<Select<turn::Entity>> {
        let rows = turn::Entity::of(self.tenant)
            .filter(turn::Column::StartedAt.lt(self.before(self.days.transcripts)?))
            .filter(Expr::cust(HAS_WORDS));
        Some(rows)
    }

    fn transcripts(&self) -> Option<Select<transcript::Entity>> {
        let rows = transcript::Entity::of(self.tenant);
        Some(rows.filter(transcript::Column::BuiltAt.lt(self.before(self.days.transcripts)?)))
    }

    fn transcriptions(&self) -> Option<Select<transcription::Entity>> {
        let rows = transcription::Entity::of(self.tenant);
        Some(rows.filter(transcription::Column::CreatedAt.lt(self.before(self.days.transcripts)?)))
    }

    fn analyses(&self) -> Option<Select<analysis::Entity>> {
        let rows = analysis::Entity::of(self.tenant);
        Some(rows.filter(analysis::Column::CreatedAt.lt(self.before(self.days.transcripts)?)))
    }

    fn events(&self) -> Option<Select<event::Entity>> {
        let rows = event::Entity::of(self.tenant);
        Some(rows.filter(event::Column::CreatedAt.lt(self.before(self.days.webhook_logs)?)))
    }

    fn conversations(&self) -> Option<Select<conversation::Entity>> {
        let rows = conversation::Entity::of(self.tenant)
            .filter(conversation::Column::EndedAt.lt(self.before(self.days.calls)?))
            .filter(conversation::Column::Status.eq(Status::Ended));
        Some(rows)
    }

    fn audit_events(&self) -> Option<Select<audit_event::Entity>> {
        let rows = audit_event::Entity::of(self.tenant);
        Some(rows.filter(audit_event::Column::At.lt(self.before(self.days.audit)?)))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use sea_orm::{ActiveValue::Set, EntityTrait};

    use super::*;
    use crate::{tenants, testing::Fresh};

    crate::testing::on_both! {
        async fn the_audit_log_loses_what_is_old_and_nothing_else(db: Fresh) {
            let (ada, bob) = (tenants::create(&db, "Ada").await.unwrap().id, tenants::create(&db, "Bob").await.unwrap().id);
            let now = entity::now();
            for tenant in [ada, bob] {
                tenants::rename(&db, tenant, &By::SYSTEM, "New").await.unwrap();
                let new = audit_event::Entity::of(tenant).one(&db.of(tenant)).await.unwrap().unwrap();
                for days in [40, 70] {
                    let id = Set(AuditEventId::new());
                    let at = Set(now - TimeDelta::days(days));
                    let old = audit_event::ActiveModel { id, at, ..new.clone().into() };
                    audit_event::Entity::insert(old).exec_without_returning(&db.of(tenant)).await.unwrap();
                }
            }
            let days = Days { audit: Some(60), ..Days::default() };
            let one = Counts { audit: 1, ..Counts::default() };
            assert_eq!(count(&db, ada, &days, now).await.unwrap(), one);
            assert_eq!(remove_some(&db, &db.recordings(), ada, &days, now).await.unwrap(), one);
            assert_eq!(remove_some(&db, &db.recordings(), ada, &days, now).await.unwrap(), Counts::default());
            for (tenant, left) in [(ada, 2), (bob, 3)] {
                assert_eq!(audit_event::Entity::of(tenant).count(&db.of(tenant)).await.unwrap(), left);
            }
        }
    }
}

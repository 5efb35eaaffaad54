//! Files without a row, and rows without their file.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped,
    id::{RecordingId, TenantId},
    recording::{self, State},
    transcription,
};
use futures_util::{StreamExt, TryStreamExt};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    Database, Result,
    blobs::{Blobs, Key, Stored},
};

/// Files and rows of one question.
const PAGE: usize = 500;

/// Rows whose files are asked for in one run; the next goes on behind them.
const ROWS: usize = 5_000;

/// Files asked for at once.
const AT_ONCE: usize = 8;

/// A file is written before its row says so: younger ones are left alone.
const YOUNG: TimeDelta = TimeDelta::days(1);

/// Of a page's files, so many may be missing before it is the store that is wrong, and not they.
const FEW: usize = 20;

/// What is in the way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Orphans {
    /// Files that were looked at.
    pub files: u64,
    /// Files without a row, older than a day: removed.
    pub files_without_row: u64,
    /// Files that are none of ours: left alone.
    pub files_unknown: u64,
    /// Recordings whose file was asked for.
    pub recordings: u64,
    /// Those whose file is gone: marked as failed.
    pub recordings_without_file: u64,
    /// Those that were not marked, because so many at once say more of the store than of them.
    pub recordings_in_doubt: u64,
}

/// Removes files without a row, and marks recordings whose file is gone. Notes what it did; goes on next time where it
/// has stopped.
pub async fn sweep_orphans(db: &Database, blobs: &Blobs, now: DateTime<Utc>) -> Result<Orphans> {
    let from = super::last(db, NAME).await?.and_then(|run| run.cursor);
    let (found, next) = look(db, blobs, now, from, true).await?;
    super::note(db, NAME, &found, next, now).await?;
    Ok(found)
}

const NAME: &str = "orphans";

/// `changes`: whether anything is done about it. Gives also where the next is to go on.
pub(super) async fn look(
    db: &Database,
    blobs: &Blobs,
    now: DateTime<Utc>,
    from: Option<Uuid>,
    changes: bool,
) -> Result<(Orphans, Option<Uuid>)> {
    let mut found = Orphans::default();
    let mut pages = blobs.all().try_chunks(PAGE);
    while let Some(page) = pages.next().await {
        // What came before the failure is looked at next time.
        let page = page.map_err(|failed| failed.1)?;
        let known = known(db, &page).await?;
        for file in page {
            found.files += 1;
            if known.contains(file.key.as_str()) || file.modified > now - YOUNG {
                continue;
            }
            if !is_ours(&file.key) {
                found.files_unknown += 1;
                continue;
            }
            found.files_without_row += 1;
            if changes {
                blobs.remove(&Key::stored(&file.key)).await?;
            }
        }
    }
    let next = look_at_rows(db, blobs, from, changes, &mut found).await?;
    Ok((found, next))
}

/// Keys that a row names. Ids are in the names, so rows are found by their keys.
#[expect(clippy::disallowed_methods, reason = "the store has files of all tenants")]
async fn known(db: &Database, page: &[Stored]) -> Result<HashSet<String>> {
    let ids: Vec<Uuid> = page.iter().filter_map(|file| parts(&file.key)).map(|(.., id)| id).collect();
    let recordings = recording::Entity::find().filter(recording::Column::Id.is_in(ids.iter().copied()));
    let recordings = recordings.select_only().column(recording::Column::BlobKey);
    let uploads = transcription::Entity::find().filter(transcription::Column::Id.is_in(ids));
    let uploads = uploads.select_only().column(transcription::Column::BlobKey);
    let mut known: Vec<Option<String>> = recordings.into_tuple().all(&db.platform()).await?;
    known.extend(uploads.into_tuple::<Option<String>>().all(&db.platform()).await?);
    Ok(known.into_iter().flatten().collect())
}

/// `tenants/{tenant}/{kind}/{id}` and whatever stands behind the id.
fn parts(key: &str) -> Option<(TenantId, &str, Uuid)> {
    let mut parts = key.strip_prefix("tenants/")?.split('/');
    let (tenant, kind, name) = (parts.next()?, parts.next()?, parts.next()?);
    let id = name.split('.').next().unwrap_or(name);
    match parts.next() {
        None => Some((tenant.parse().ok()?, kind, id.parse().ok()?)),
        Some(_) => None,
    }
}

/// Whether it has a name that we give: what others keep in the same bucket is theirs.
fn is_ours(key: &str) -> bool {
    let is_probe = key.strip_prefix("probe-").is_some_and(|id| id.parse::<Uuid>().is_ok());
    is_probe || parts(key).is_some()
}

#[expect(clippy::disallowed_methods, reason = "looks after all tenants")]
async fn look_at_rows(
    db: &Database,
    blobs: &Blobs,
    from: Option<Uuid>,
    changes: bool,
    found: &mut Orphans,
) -> Result<Option<Uuid>> {
    let mut cursor = from;
    for _ in 0..ROWS / PAGE {
        let rows = recording::Entity::find()
            .filter(recording::Column::State.eq(State::Ready))
            .filter(recording::Column::BlobKey.is_not_null())
            .filter(recording::Column::Id.gt(RecordingId::from(cursor.unwrap_or_default())))
            .order_by_asc(recording::Column::Id)
            .limit(PAGE as u64)
            .all(&db.platform())
            .await?;
        let Some(last) = rows.last().map(|row| row.id) else { return Ok(None) };
        cursor = Some(last.uuid());
        let number = rows.len();
        let asked = futures_util::stream::iter(rows).map(async |row| {
            let key = Key::stored(row.blob_key.as_deref().unwrap_or_default());
            Ok::<_, crate::Error>((blobs.has(&key).await?, row))
        });
        let asked: Vec<_> = asked.buffer_unordered(AT_ONCE).try_collect().await?;
        let missing: Vec<_> = asked.into_iter().filter(|(is_there, _)| !is_there).map(|(_, row)| row).collect();
        found.recordings += number as u64;
        if missing.len() > FEW && missing.len() * 2 > number {
            found.recordings_in_doubt += missing.len() as u64;
            tracing::error!(
                recordings.count = missing.len(),
                "most files of recordings are not in the store: is it the right one (BLOB_URL)? Nothing was marked",
            );
            continue;
        }
        found.recordings_without_file += missing.len() as u64;
        for row in missing.iter().filter(|_| changes) {
            let lost = recording::Entity::update_of(row.tenant_id)
                .col_expr(recording::Column::State, Expr::value(State::Failed))
                .col_expr(recording::Column::BlobKey, Expr::value(None::<String>))
                .filter(recording::Column::Id.eq(row.id))
                .filter(recording::Column::BlobKey.eq(row.blob_key.clone()));
            lost.exec(&db.of(row.tenant_id)).await?;
            tracing::error!(tenant.id = %row.tenant_id, recording.id = %row.id, "the file of a recording is gone");
        }
    }
    Ok(cursor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_name_is_ours_and_nothing_else() {
        let id = "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10";
        for ours in [
            format!("tenants/{id}/recordings/{id}.flac"),
            format!("tenants/{id}/transcriptions/{id}"),
            format!("probe-{id}"),
        ] {
            assert!(is_ours(&ours), "{ours}");
        }
        for other in [
            "backup.tar".to_owned(),
            format!("tenants/{id}"),
            format!("tenants/x/recordings/{id}.flac"),
            format!("tenants/{id}/recordings/more/{id}.flac"),
            "probe-".to_owned(),
        ] {
            assert!(!is_ours(&other), "{other}");
        }
    }
}

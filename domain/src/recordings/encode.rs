//! From the spool to the store: encoded, stored, read back, and only then removed from the spool.

use std::{
    fs::File,
    io::{self, BufReader, BufWriter, Read},
    path::Path,
};

use entity::{
    TenantScoped,
    id::{RecordingId, TenantId},
    recording::{self, State},
};
use futures_util::TryStreamExt;
use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
use sha2::{Digest, Sha256};
use voice::audio::{flac, mulaw};

use super::{Recordings, find, spool::Name};
use crate::{
    Database, Error, Result,
    blobs::{self, Key},
    events::{self, Event},
    transcriptions,
};

/// Samples of both channels read at once.
const CHUNK: usize = 64 << 10;
const CONTENT_TYPE: &str = "audio/flac";

/// Encodes and stores one recording. Safe to run twice, and at once: the spool's file is locked.
///
/// One that lies in another machine's spool is left to that machine's sweep.
pub async fn encode(db: &Database, recordings: &Recordings, tenant: TenantId, id: RecordingId) -> Result<()> {
    let row = match find(db, tenant, id).await {
        // Deleted in the meantime, and its file with it.
        Err(Error::NotFound { .. }) => return Ok(()),
        found => found?,
    };
    let name = Name { tenant, recording: id, rate: u32::try_from(row.sample_rate).unwrap_or_default() };
    let spool = &recordings.spool;
    match row.state {
        State::Recording | State::Recorded => {}
        // It was done, and its worker died before it was told.
        State::Ready | State::Failed => return Ok(spool.remove(name).map_err(blobs::Error::from)?),
        // Not all of it is there.
        State::Fetching => return Ok(()),
    }
    if row.spool_id != Some(spool.id()) {
        tracing::info!(tenant.id = %tenant, recording.id = %id, "a recording lies in another machine's spool");
        return unorder(db, tenant, id).await;
    }
    let file = match spool.open_locked(name) {
        Ok(Some(file)) => file,
        // It is still written, or another encodes it: the sweep comes back to it.
        Ok(None) => return unorder(db, tenant, id).await,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            tracing::error!(tenant.id = %tenant, recording.id = %id, "a recording is gone from its spool");
            return set(db, tenant, id, |update| update.col_expr(recording::Column::State, Expr::value(State::Failed)))
                .await
                .map(|_| ());
        }
        Err(error) => return Err(blobs::Error::from(error).into()),
    };
    let scratch = spool.scratch(name);
    let path = scratch.clone();
    let (made, file) = tokio::task::spawn_blocking(move || (make(&file, name, &path), file))
        .await
        .map_err(|error| blobs::Error::File(io::Error::other(error)))?;
    let made = made.map_err(blobs::Error::from)?;
    if made.samples == 0 {
        // Over before anything was heard.
        recording::Entity::delete_of(tenant).filter(recording::Column::Id.eq(id)).exec(&db.of(tenant)).await?;
        return Ok(spool.remove(name).map_err(blobs::Error::from)?);
    }
    let key = Key::recording(tenant, id, "flac");
    recordings.blobs.put(&key, &scratch).await?;
    if fingerprint(recordings, &key).await? != (made.bytes, made.sha256.clone()) {
        return Err(
            blobs::Error::File(io::Error::other("the store gives back something else than it was given")).into()
        );
    }
    let is_wanted = ready(db, tenant, id, &key, &made, name.rate).await?;
    if !is_wanted {
        // Deleted in the meantime.
        recordings.blobs.remove(&key).await?;
    }
    spool.remove(name).map_err(blobs::Error::from)?;
    drop(file);
    tracing::info!(
        tenant.id = %tenant,
        recording.id = %id,
        recording.bytes = made.bytes,
        duration_ms = made.duration_ms(name.rate),
        "recording stored",
    );
    Ok(())
}

/// It is stored: it can be played, and is to be transcribed. `false`: it was deleted in the meantime.
async fn ready(db: &Database, tenant: TenantId, id: RecordingId, key: &Key, made: &Made, rate: u32) -> Result<bool> {
    let now = entity::now();
    let tx = db.write(tenant).await?;
    let update = waiting(tenant, id)
        .col_expr(recording::Column::State, Expr::value(State::Ready))
        .col_expr(recording::Column::DurationMs, Expr::value(made.duration_ms(rate)))
        .col_expr(recording::Column::ContentType, Expr::value(CONTENT_TYPE))
        .col_expr(recording::Column::Bytes, Expr::value(i64::try_from(made.bytes).unwrap_or(i64::MAX)))
        .col_expr(recording::Column::Sha256, Expr::value(made.sha256.clone()))
        .col_expr(recording::Column::BlobKey, Expr::value(key.to_string()))
        .col_expr(recording::Column::SpoolId, Expr::value(None::<uuid::Uuid>))
        .col_expr(recording::Column::ReadyAt, Expr::value(now));
    let Some(row) = update.exec_with_returning(&tx).await?.into_iter().next() else { return Ok(false) };
    let ready = Event::RecordingReady { conversation: row.conversation_id, recording: id };
    let mut jobs = events::add(&tx, tenant, &ready, now).await?;
    jobs.extend(transcriptions::order_in(&tx, &row, now).await?);
    tx.commit().await?;
    db.queue().push_all(jobs);
    Ok(true)
}

/// Leaves it to the next sweep.
async fn unorder(db: &Database, tenant: TenantId, id: RecordingId) -> Result<()> {
    let never = None::<chrono::DateTime<chrono::Utc>>;
    set(db, tenant, id, |update| update.col_expr(recording::Column::OrderedAt, Expr::value(never))).await.map(|_| ())
}

/// Changes a recording that is not ready; `false`: there is none.
async fn set(
    db: &Database,
    tenant: TenantId,
    id: RecordingId,
    change: impl FnOnce(sea_orm::UpdateMany<recording::Entity>) -> sea_orm::UpdateMany<recording::Entity>,
) -> Result<bool> {
    Ok(change(waiting(tenant, id)).exec(&db.of(tenant)).await?.rows_affected == 1)
}

fn waiting(tenant: TenantId, id: RecordingId) -> sea_orm::UpdateMany<recording::Entity> {
    recording::Entity::update_of(tenant)
        .filter(recording::Column::Id.eq(id))
        .filter(recording::Column::State.is_in([State::Recording, State::Recorded]))
}

struct Made {
    /// Of one channel.
    samples: u64,
    bytes: u64,
    sha256: String,
}

impl Made {
    fn duration_ms(&self, rate: u32) -> i64 {
        i64::try_from(self.samples * 1_000 / u64::from(rate.max(1))).unwrap_or(i64::MAX)
    }
}

/// Encodes a spool file, and decodes what came of it. Memory stays within a megabyte.
fn make(spool: &File, name: Name, path: &Path) -> io::Result<Made> {
    let mut encoder = flac::Encoder::new(BufWriter::new(File::create(path)?), name.rate)?;
    let mut reader = BufReader::with_capacity(CHUNK, spool);
    let frame = if name.is_mulaw() { 2 } else { 4 };
    let (mut bytes, mut samples) = (Vec::with_capacity(CHUNK + 3), Vec::new());
    loop {
        let read = reader.by_ref().take((CHUNK - bytes.len()) as u64).read_to_end(&mut bytes)?;
        // A process that dies may leave half a frame.
        let whole = bytes.len() / frame * frame;
        samples.clear();
        if name.is_mulaw() {
            mulaw::decode_into(&bytes[..whole], &mut samples);
        } else {
            samples.extend(bytes[..whole].chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])));
        }
        bytes.drain(..whole);
        encoder.push(&samples)?;
        if read == 0 {
            break;
        }
    }
    let (writer, samples) = encoder.finish()?;
    writer.into_inner().map_err(io::IntoInnerError::into_error)?;
    if samples > 0 && flac::verify(File::open(path)?)? != samples {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "what was encoded does not decode to what was heard"));
    }
    let (mut hash, mut file, mut length) = (Sha256::new(), File::open(path)?, 0);
    let mut buffer = vec![0; CHUNK];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        hash.update(&buffer[..read]);
        length += read as u64;
    }
    Ok(Made { samples, bytes: length, sha256: hex(&hash.finalize()) })
}

/// Size and hash of what the store gives back.
async fn fingerprint(recordings: &Recordings, key: &Key) -> Result<(u64, String), Error> {
    let stored = recordings.blobs.read(key, None).await?;
    let (length, hash) = stored
        .try_fold((0, Sha256::new()), |(length, mut hash), part| async move {
            hash.update(&part);
            Ok((length + part.len() as u64, hash))
        })
        .await?;
    Ok((length, hex(&hash.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes all");
        text
    })
}

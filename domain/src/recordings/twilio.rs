//! Recordings that Twilio makes: fetched when they are complete, stored like our own, and then deleted there.

use std::{
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom},
};

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, call,
    id::{RecordingId, TenantId},
    recording::{self, Source, State},
};
use hound::{SampleFormat, WavReader};
use reqwest::Response;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, QueryFilter, sea_query::Expr};
use tokio::io::AsyncWriteExt;
use uuid::Uuid;

use super::{Recordings, SpoolFile, encode, find, spool::Name};
use crate::{
    Database, Error, Result, blobs, conversations,
    error::is_unique_violation,
    jobs::{self, AtTwilio, Payload},
    phone_numbers,
    twilio::{self, Credentials, Twilio},
    vault::Vault,
};

/// Samples of both channels that are turned at once.
const CHUNK: usize = 16 << 10;
/// Twilio's calls end after 24 hours: as many of two channels, 16 bits each, 8,000 times a second.
const MAX_BYTES: u64 = 24 * 3_600 * 32_000;

/// A recording that Twilio says is complete.
#[derive(Clone, Debug)]
pub struct Announced {
    /// `RE` and 32 hexadecimal digits.
    pub sid: String,
    /// `None`: Twilio did not say; taken for the call's beginning.
    pub started_at: Option<DateTime<Utc>>,
}

/// Notes it, and orders that it is fetched: once, however often Twilio says so.
pub async fn announced(db: &Database, tenant: TenantId, call: &call::Model, made: Announced) -> Result<()> {
    let number = made.sid.strip_prefix("RE").and_then(|number| Uuid::try_parse(number).ok());
    let Some(number) = number.filter(|number| name(*number) == made.sid) else {
        return Err(Error::invalid("RecordingSid", "must be RE and 32 hexadecimal digits"));
    };
    let at = AtTwilio { phone_number: call.phone_number_id, sid: number };
    let conversation = conversations::find(db, tenant, call.conversation_id).await?;
    let wish = conversations::cast(db, tenant, &conversation, None).await?.recording();
    let (id, now) = (RecordingId::new(), entity::now());
    let offset = made.started_at.map_or(TimeDelta::zero(), |at| at - conversation.started_at);
    let row = recording::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        conversation_id: Set(conversation.id),
        source: Set(Source::Twilio),
        twilio_sid: Set(Some(made.sid)),
        state: Set(State::Fetching),
        spool_id: Set(None),
        sample_rate: Set(0),
        channels: Set(2),
        offset_ms: Set(offset.num_milliseconds().max(0)),
        duration_ms: Set(None),
        content_type: Set(None),
        bytes: Set(None),
        sha256: Set(None),
        blob_key: Set(None),
        ordered_at: Set(None),
        created_at: Set(now),
        ready_at: Set(None),
        expires_at: Set(wish.and_then(|wish| wish.retention_days).map(|days| now + TimeDelta::days(days.into()))),
    };
    let tx = db.write(tenant).await?;
    match row.insert(&tx).await {
        Err(error) if is_unique_violation(&error) => return Ok(()),
        inserted => inserted?,
    };
    let job = jobs::add(&tx, &Payload::FetchRecording { tenant, recording: id, at: Some(at) }, now).await?;
    tx.commit().await?;
    db.queue().push(job);
    Ok(())
}

fn name(sid: Uuid) -> String {
    format!("RE{}", sid.simple())
}

/// Fetches one into the spool, encodes and stores it, and deletes it at Twilio, as it does one that was deleted here in
/// the meantime. Safe to run twice, wherever: what is not stored yet is fetched anew. `at`: where it is.
pub async fn fetch(
    db: &Database,
    vault: &Vault,
    twilio: &Twilio,
    recordings: &Recordings,
    (tenant, id): (TenantId, RecordingId),
    at: Option<AtTwilio>,
) -> Result<()> {
    let row = found(db, tenant, id).await?;
    let (phone_number, sid) = match (at, &row) {
        (Some(at), _) => (at.phone_number, name(at.sid)),
        (None, Some(row)) => {
            let call = crate::calls::of_conversation(db, tenant, row.conversation_id).await?;
            (call.phone_number_id, row.twilio_sid.clone().ok_or(Error::NotFound { what: "recording at Twilio" })?)
        }
        (None, None) => return Ok(()),
    };
    let account = match (phone_numbers::account_of(db, vault, tenant, phone_number).await, &row) {
        (Err(Error::NotFound { .. }), None) => {
            tracing::warn!(tenant.id = %tenant, recording.id = %id, "a deleted recording stays at Twilio: its number is gone, too");
            return Ok(());
        }
        (account, _) => account?,
    };
    match row {
        Some(row) if row.state == State::Failed => return Ok(()),
        Some(row) if row.state != State::Ready => {
            if let Err(error) = spool(db, twilio, &account, recordings, &row, &sid).await {
                if matches!(&error, Error::Twilio(error) if !error.may_pass()) {
                    tracing::error!(tenant.id = %tenant, recording.id = %id, "a recording cannot be had from Twilio");
                    set(db, &row, State::Failed, None).await?;
                }
                return Err(error);
            }
            encode(db, recordings, tenant, id).await?;
            if found(db, tenant, id).await?.is_some_and(|row| row.state != State::Ready) {
                // The sweep encodes it just now: this job comes again, and finds it done.
                return Err(blobs::Error::File(io::Error::from(io::ErrorKind::WouldBlock)).into());
            }
        }
        _ => {}
    }
    Ok(twilio.delete_recording(&account, &sid).await?)
}

/// `None`: deleted in the meantime.
async fn found(db: &Database, tenant: TenantId, id: RecordingId) -> Result<Option<recording::Model>> {
    match find(db, tenant, id).await {
        Err(Error::NotFound { .. }) => Ok(None),
        row => row.map(Some),
    }
}

/// Puts it into this machine's spool, as if it had been heard here.
async fn spool(
    db: &Database,
    twilio: &Twilio,
    account: &Credentials,
    recordings: &Recordings,
    row: &recording::Model,
    sid: &str,
) -> Result<()> {
    // Without a name: nothing is left of it, whatever happens.
    let file = tokio::task::spawn_blocking(tempfile::tempfile).await.map_err(io::Error::other).and_then(|file| file);
    let file = download(twilio.recording(account, sid).await?, file.map_err(blobs::Error::from)?).await?;
    let (spool, tenant, id) = (recordings.spool.clone(), row.tenant_id, row.id);
    let laid = tokio::task::spawn_blocking(move || {
        let mut reader = WavReader::new(BufReader::new(file)).map_err(io::Error::other)?;
        let spec = reader.spec();
        if (spec.channels, spec.bits_per_sample, spec.sample_format) != (2, 16, SampleFormat::Int) {
            return Err(io::Error::other("Twilio's file has not two channels of 16 bits"));
        }
        let name = Name { tenant, recording: id, rate: spec.sample_rate };
        spool.remove(name)?;
        lay(&mut reader, spool.create(tenant, id, spec.sample_rate)?)?;
        Ok(spec.sample_rate)
    });
    let rate = laid.await.map_err(io::Error::other).and_then(|laid| laid).map_err(blobs::Error::from)?;
    set(db, row, State::Recorded, Some((recordings.spool.id(), rate))).await
}

async fn download(mut response: Response, file: File) -> Result<File> {
    let (mut file, mut bytes) = (tokio::fs::File::from_std(file), 0);
    while let Some(chunk) = response.chunk().await.map_err(twilio::Error::of_transport)? {
        bytes += chunk.len() as u64;
        if bytes > MAX_BYTES {
            return Err(twilio::Error::Unreadable.into());
        }
        file.write_all(&chunk).await.map_err(blobs::Error::from)?;
    }
    file.flush().await.map_err(blobs::Error::from)?;
    let mut file = file.into_std().await;
    file.seek(SeekFrom::Start(0)).map_err(blobs::Error::from)?;
    Ok(file)
}

fn lay(reader: &mut WavReader<impl Read>, mut spool: SpoolFile) -> io::Result<()> {
    let mut samples = Vec::with_capacity(CHUNK);
    for sample in reader.samples::<i16>() {
        samples.push(sample.map_err(io::Error::other)?);
        if samples.len() == CHUNK {
            spool.append(&samples)?;
            samples.clear();
        }
    }
    spool.append(&samples)
}

/// One that is stored by now stays as it is.
async fn set(db: &Database, row: &recording::Model, state: State, spooled: Option<(Uuid, u32)>) -> Result<()> {
    let mut update = recording::Entity::update_of(row.tenant_id)
        .col_expr(recording::Column::State, Expr::value(state))
        .filter(recording::Column::Id.eq(row.id))
        .filter(recording::Column::State.ne(State::Ready));
    if let Some((spool, rate)) = spooled {
        update = update
            .col_expr(recording::Column::SpoolId, Expr::value(spool))
            .col_expr(recording::Column::SampleRate, Expr::value(i32::try_from(rate).unwrap_or(i32::MAX)))
            // The sweep need not order what is done next.
            .col_expr(recording::Column::OrderedAt, Expr::value(entity::now()));
    }
    update.exec(&db.of(row.tenant_id)).await?;
    Ok(())
}

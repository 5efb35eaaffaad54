//! A transcription: its audio fetched, cut where nobody speaks, and sent to the provider one piece after the other.
//!
//! Memory does not grow with the audio: it lies in a file, and the cutters wait for the provider.

use std::time::Duration;

use chrono::TimeDelta;
use domain::{
    Error, blobs,
    entity::{
        now,
        transcription::{Layout, Segment, Source},
    },
    id::{TenantId, TranscriptionId},
    jobs::Progress,
    transcriptions::{self, Gone, Heard, LONGEST, Underway},
    usage::Served,
};
use tokio::{sync::mpsc, time::Instant};
use voice::{
    audio::{AudioFile, Channels, DecodeError},
    cutting::{Cutter, Utterance},
    provider::{ProviderError, Speech, SpeechToText},
    vad::Vad,
};

use crate::{Work, handler::Reporter};

/// What a crash costs at most is paid for twice.
const STORED_EVERY: Duration = Duration::from_secs(10);
const PIECES_STORED_AT_ONCE: usize = 10;
/// Then another tenant's is looked at first.
const SLICE: Duration = Duration::from_secs(600);
/// From a failure to the next try of what has come on, where the provider does not say. At most what it may ask for.
const WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(600);
/// Pieces cut ahead: the next is there when one is done, and holds a megabyte.
const AHEAD: usize = 1;
/// Samples a millisecond.
const PER_MS: u64 = Speech::RATE as u64 / 1_000;

/// Does one, or what is left of it. `is_last`: there is no further try.
pub(crate) async fn run(
    work: &Work,
    tenant: TenantId,
    id: TranscriptionId,
    is_last: bool,
    progress: &Reporter,
) -> Result<(), Error> {
    let (db, blobs) = (&work.database, &work.recordings.blobs);
    let Some(mut underway) = transcriptions::begin(db, tenant, id).await? else { return Ok(()) };
    let file = match transcriptions::audio(db, blobs, &underway).await? {
        Ok(file) => file,
        Err(Gone) => {
            transcriptions::give_up(db, tenant, id, "audio_gone", "the audio is no longer there").await?;
            return match underway.row.source {
                // Deleted in the meantime, as somebody wished.
                Source::Recording => Ok(()),
                Source::Upload => Err(Error::NotFound { what: "audio of the transcription" }),
            };
        }
    };
    let channels = match underway.row.layout {
        Layout::Mix => Channels::Mixed,
        Layout::Separate => Channels::Separate,
    };
    let (sender, pieces) = mpsc::channel(AHEAD);
    let reached = underway.row.reached.0.clone();
    // It ends when nobody takes its pieces any more.
    let cutting = tokio::task::spawn_blocking(move || cut(file, channels, &reached, &sender));
    let (cut, heard) = tokio::join!(cutting, hear(work, &mut underway, pieces, progress));
    let cut = cut.map_err(|error| blobs::Error::File(std::io::Error::other(error)))?;
    match heard? {
        End::Lost => Ok(()),
        End::Slice => transcriptions::go_on(db, &underway, now()).await,
        End::Failed { error, has_come_on } => fail(work, &underway, error, has_come_on, is_last).await,
        End::Whole => match cut {
            Ok(whole) => {
                let is_ours = transcriptions::finish(db, blobs, &underway, whole.ms, whole.channels, now()).await?;
                if is_ours {
                    tracing::info!(
                        tenant.id = %tenant,
                        transcription.id = %id,
                        segments.count = underway.row.segments.0.len(),
                        duration_ms = whole.ms,
                        "transcribed",
                    );
                }
                Ok(())
            }
            Err(DecodeError::Io(error)) => Err(blobs::Error::File(error).into()),
            Err(error) => {
                transcriptions::give_up(db, tenant, id, "unreadable", &error.to_string()).await?;
                Err(Error::Invalid { field: "audio", message: error.to_string() })
            }
        },
    }
}

/// What is to become of it after the provider has failed.
async fn fail(
    work: &Work,
    underway: &Underway,
    error: ProviderError,
    has_come_on: bool,
    is_last: bool,
) -> Result<(), Error> {
    let (db, tenant, id) = (&work.database, underway.row.tenant_id, underway.row.id);
    if let Some(why) = transcriptions::refusal(error.kind) {
        transcriptions::give_up(db, tenant, id, error.kind.name(), why).await?;
    } else if has_come_on {
        let wait = error.retry_after.unwrap_or(WAIT).clamp(WAIT, LONGEST_WAIT);
        tracing::warn!(%error, tenant.id = %tenant, transcription.id = %id, "a transcription goes on later");
        return transcriptions::go_on(db, underway, now() + TimeDelta::from_std(wait).unwrap_or_default()).await;
    } else if is_last {
        let why = "the speech-to-text provider failed for hours";
        transcriptions::give_up(db, tenant, id, error.kind.name(), why).await?;
    }
    Err(error.into())
}

/// A part of one channel.
struct Piece {
    channel: usize,
    /// Of the audio.
    channels: usize,
    utterance: Utterance,
}

/// What was read to its end.
struct Whole {
    ms: u64,
    channels: usize,
}

/// Reads the file to its end, or until nobody takes the pieces. Work for the processor.
fn cut(
    file: std::fs::File,
    channels: Channels,
    reached: &[u64],
    sender: &mpsc::Sender<Piece>,
) -> Result<Whole, DecodeError> {
    let vad = Vad::load(None);
    let mut lanes: Vec<Lane> = Vec::new();
    let mut samples = 0;
    AudioFile::open(file, channels)?.read(LONGEST, &mut |pcm| {
        if lanes.is_empty() {
            let begins = (0..pcm.len()).map(|channel| reached.get(channel).copied().unwrap_or_default());
            lanes = begins.map(|ms| Lane { skip: ms * PER_MS, cutter: Cutter::new(&vad, ms) }).collect();
        }
        samples += pcm[0].len() as u64;
        let channels = lanes.len();
        lanes.iter_mut().zip(pcm).enumerate().all(|(channel, (lane, pcm))| {
            let mut utterances = lane.push(pcm).into_iter();
            utterances.all(|utterance| sender.blocking_send(Piece { channel, channels, utterance }).is_ok())
        })
    })?;
    let channels = lanes.len();
    for (channel, lane) in lanes.into_iter().enumerate() {
        if let Some(utterance) = lane.cutter.finish() {
            // Nobody takes it: whoever waits for us knows why.
            let _ = sender.blocking_send(Piece { channel, channels, utterance });
        }
    }
    Ok(Whole { ms: samples / PER_MS, channels })
}

/// One channel.
struct Lane {
    /// Samples still to be passed over: they were transcribed earlier.
    skip: u64,
    cutter: Cutter,
}

impl Lane {
    fn push(&mut self, pcm: &[i16]) -> Vec<Utterance> {
        let passed = self.skip.min(pcm.len() as u64);
        self.skip -= passed;
        self.cutter.push(&pcm[passed as usize..])
    }
}

/// Why nothing more is heard.
enum End {
    /// There are no more pieces.
    Whole,
    /// Its time is over; there are more.
    Slice,
    /// Another worker is at it, or it was removed.
    Lost,
    Failed {
        error: ProviderError,
        /// Something was transcribed before that.
        has_come_on: bool,
    },
}

/// Sends piece by piece, and stores what comes of them.
async fn hear(
    work: &Work,
    underway: &mut Underway,
    mut pieces: mpsc::Receiver<Piece>,
    progress: &Reporter,
) -> Result<End, Error> {
    let providers = work.serving.of(underway.row.tenant_id).await;
    let served = work.serving.served(&providers);
    let language = underway.row.language.clone();
    let total = underway.row.duration_ms.and_then(|ms| u64::try_from(ms).ok());
    let mut heard = Heard {
        reached: underway.row.reached.0.clone(),
        done_ms: u64::try_from(underway.row.done_ms).unwrap_or_default(),
        ..Heard::default()
    };
    let began = Instant::now();
    let (mut stored_at, mut waiting, mut has_come_on) = (began, 0, false);
    let report = |done| progress.send_replace(Some(Progress { done, total, phase: None }));
    report(heard.done_ms);
    while let Some(piece) = pieces.recv().await {
        if let Err(error) = transcribe(&*providers.stt, piece, language.clone(), &mut heard).await {
            if waiting > 0 && !store(work, underway, &mut heard, &served).await? {
                return Ok(End::Lost);
            }
            return Ok(End::Failed { error, has_come_on });
        }
        (has_come_on, waiting) = (true, waiting + 1);
        report(heard.done_ms);
        let is_over = began.elapsed() >= SLICE;
        if is_over || waiting == PIECES_STORED_AT_ONCE || stored_at.elapsed() >= STORED_EVERY {
            if !store(work, underway, &mut heard, &served).await? {
                return Ok(End::Lost);
            }
            (stored_at, waiting) = (Instant::now(), 0);
        }
        if is_over {
            return Ok(End::Slice);
        }
    }
    if waiting > 0 && !store(work, underway, &mut heard, &served).await? {
        return Ok(End::Lost);
    }
    Ok(End::Whole)
}

async fn transcribe(
    stt: &dyn SpeechToText,
    piece: Piece,
    language: Option<String>,
    heard: &mut Heard,
) -> Result<(), ProviderError> {
    let Piece { channel, channels, utterance } = piece;
    let speech = Speech { pcm: utterance.pcm, language };
    let ms = speech.ms();
    let text = stt.transcribe(speech).await?.text;
    heard.transcribed_ms += ms;
    heard.reached.resize(channels, 0);
    heard.reached[channel] = utterance.until_ms;
    heard.done_ms = heard.done_ms.max(utterance.until_ms);
    if !text.trim().is_empty() {
        heard.segments.push(Segment {
            // At most `MOST_CHANNELS`.
            channel: channel as u16,
            start_ms: utterance.start_ms,
            end_ms: utterance.end_ms,
            text: text.trim().to_owned(),
        });
    }
    Ok(())
}

async fn store(work: &Work, underway: &mut Underway, heard: &mut Heard, served: &Served) -> Result<bool, Error> {
    let is_ours = transcriptions::store(&work.database, underway, heard, served, now()).await?;
    heard.segments.clear();
    heard.transcribed_ms = 0;
    Ok(is_ours)
}

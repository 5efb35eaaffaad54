//! What the dead have left in this machine's spool.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};
use entity::recording::State;

use super::{Recordings, find, order};
use crate::{Database, Error, Result, blobs};

/// Files looked at in one go: more than lines that one machine can have open.
const FILES: usize = 20_000;
/// An encoding that was ordered this long ago and has not come to an end is ordered again: its job gave up, while the store
/// was away for example.
const AGAIN: TimeDelta = TimeDelta::hours(1);
/// A file without a row is kept this long: its row is written right after it is made.
const ROWLESS: Duration = Duration::from_secs(60);

/// Orders the encoding of what lies in the spool and nobody writes any more, and removes what belongs to nobody. Gives the
/// number of encodings.
pub async fn sweep(db: &Database, recordings: &Recordings, now: DateTime<Utc>) -> Result<usize> {
    let spool = recordings.spool.clone();
    // A directory, and a lock for each file.
    let left = tokio::task::spawn_blocking(move || {
        let files = spool.files(FILES)?;
        let unlocked = files.into_iter().filter(|(name, _)| matches!(spool.open_locked(*name), Ok(Some(_))));
        Ok::<_, std::io::Error>(unlocked.collect::<Vec<_>>())
    });
    let left = left.await.map_err(|error| blobs::Error::File(std::io::Error::other(error)))?;
    let mut ordered = 0;
    for (name, modified) in left.map_err(blobs::Error::from)? {
        match find(db, name.tenant, name.recording).await {
            Ok(row) => match row.state {
                State::Recording | State::Recorded if row.ordered_at.is_none_or(|at| at < now - AGAIN) => {
                    ordered += usize::from(order(db, name.tenant, name.recording, now).await?);
                }
                // Its job begins anew.
                State::Recording | State::Recorded | State::Fetching => {}
                State::Ready | State::Failed => recordings.spool.remove(name).map_err(blobs::Error::from)?,
            },
            Err(Error::NotFound { .. }) => {
                let age = SystemTime::now().duration_since(modified).unwrap_or_default();
                if age > ROWLESS {
                    recordings.spool.remove(name).map_err(blobs::Error::from)?;
                }
            }
            Err(error) => return Err(error),
        }
    }
    Ok(ordered)
}

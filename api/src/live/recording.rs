//! A conversation on its way into the spool: a task beside the line, so that audio never waits for a disk.

use std::time::Duration;

use domain::{
    Database,
    entity::{
        conversation,
        id::{RecordingId, TenantId},
    },
    recordings::{self, Begun, SpoolFile, Wish},
};
use tokio::{
    sync::mpsc,
    task::{JoinHandle, spawn_blocking},
    time::{Instant, MissedTickBehavior, interval, timeout},
};
use voice::{
    line::AudioFormat,
    recording::{Piece, Tap, Tape, tap},
};

use super::persist;
use crate::{AppState, problem::chain};

/// How often what was heard goes to the disk: what the death of the process takes along.
const FLUSH: Duration = Duration::from_secs(1);
/// After the conversation: what is still to be written is given this long.
const LAST_SECONDS: Duration = Duration::from_secs(10);

/// Records one line.
pub(crate) struct Recording {
    tap: Tap,
    task: JoinHandle<()>,
}

impl Recording {
    /// Starts the task, owned by the state's `tasks`; it ends when all taps are gone. `None`: it is not wanted, or it cannot
    /// be, and the call goes on without.
    pub async fn start(
        state: &AppState,
        tenant: TenantId,
        conversation: &conversation::Model,
        wish: Option<Wish>,
        [input, output]: [AudioFormat; 2],
    ) -> Option<Self> {
        let db = &state.database;
        let begun = match recordings::begin(db, &state.recordings, tenant, conversation, wish?, input.rate()).await {
            Ok(begun) => begun,
            Err(error) => {
                tracing::error!(error = %chain(&error), "a conversation is not recorded");
                return None;
            }
        };
        let (tap, pieces) = tap();
        let tape = Tape::new(input, output, Instant::now());
        let work = write(db.clone(), tenant, begun, tape, pieces);
        Some(Self { task: state.tasks.spawn(work), tap })
    }

    /// For the line.
    pub fn tap(&self) -> Tap {
        self.tap.clone()
    }

    /// Waits until all that was heard has been written. To be called when no line tells it anything any more.
    pub async fn finish(self) {
        let lost = self.tap.lost();
        if lost > 0 {
            tracing::warn!(pieces.count = lost, "the disk did not keep up: parts of a recording are silent");
        }
        drop(self.tap);
        if timeout(LAST_SECONDS, self.task).await.is_err() {
            tracing::error!("the end of a recording is not written yet; it goes on being tried");
        }
    }
}

async fn write(db: Database, tenant: TenantId, begun: Begun, mut tape: Tape, mut pieces: mpsc::Receiver<Piece>) {
    let Begun { id, file } = begun;
    let (mut spool, mut samples) = (Some(file), Vec::new());
    let mut ticks = interval(FLUSH);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            piece = pieces.recv() => match piece {
                Some(piece) => tape.lay(piece),
                None => break,
            },
            _ = ticks.tick() => {
                tape.take(Instant::now(), &mut samples);
                (spool, samples) = append(id, spool, samples).await;
            }
        }
    }
    tape.finish(Instant::now(), &mut samples);
    let (file, _) = append(id, spool, samples).await;
    // Its lock goes with it.
    drop(file);
    if let Err(error) = persist(|| recordings::finish(&db, tenant, id)).await {
        tracing::error!(error = %chain(&error), recording.id = %id, "a recording waits in the spool for the sweep");
    }
}

/// Writes the samples and gives the emptied buffer back. A disk that is full once ends the recording there: what came
/// after a gap would stand at the wrong time.
async fn append(id: RecordingId, spool: Option<SpoolFile>, mut samples: Vec<i16>) -> (Option<SpoolFile>, Vec<i16>) {
    let Some(mut file) = spool else {
        samples.clear();
        return (None, samples);
    };
    if samples.is_empty() {
        return (Some(file), samples);
    }
    let written = spawn_blocking(move || {
        let written = file.append(&samples);
        samples.clear();
        (written, file, samples)
    });
    match written.await {
        Ok((Ok(()), file, samples)) => (Some(file), samples),
        Ok((Err(error), _, samples)) => {
            tracing::error!(%error, recording.id = %id, "a recording ends here: the spool takes no more");
            (None, samples)
        }
        Err(error) => {
            tracing::error!(%error, recording.id = %id, "a recording ends here");
            (None, Vec::new())
        }
    }
}

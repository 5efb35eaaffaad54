//! What carries ids of due jobs to the workers.

use std::sync::{Arc, Mutex, PoisonError};

use entity::id::JobId;
use tokio::sync::mpsc;

/// Ids on their way at once. What finds it full stays due in the ledger and is pushed again by the dispatcher.
const CAPACITY: usize = 1_024;

/// The transport within one process; cheap to clone.
#[derive(Clone)]
pub struct Queue {
    sender: mpsc::Sender<JobId>,
    receiver: Arc<Mutex<Option<mpsc::Receiver<JobId>>>>,
}

impl Queue {
    pub(crate) fn in_memory() -> Self {
        let (sender, receiver) = mpsc::channel(CAPACITY);
        Self { sender, receiver: Arc::new(Mutex::new(Some(receiver))) }
    }

    /// Tells the workers of a job, after the commit that made it. Never waits and never fails: the ledger knows
    /// the job anyway.
    pub fn push(&self, job: JobId) {
        if self.sender.try_send(job).is_err() {
            tracing::debug!(job.id = %job, "queue full, left to the dispatcher");
        }
    }

    /// Ids that can be pushed now without being dropped.
    pub fn room(&self) -> usize {
        self.sender.capacity()
    }

    /// Whether every id pushed so far has been taken.
    pub fn is_empty(&self) -> bool {
        self.room() == CAPACITY
    }

    /// The worker's end; `None`: it is taken.
    pub fn take_receiver(&self) -> Option<mpsc::Receiver<JobId>> {
        self.receiver.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

//! One kind of jobs: an apalis worker with as many places as the kind's profile says, so that no kind waits behind
//! another.

use std::{sync::Arc, time::Duration};

use apalis::prelude::*;
use apalis_core::backend::memory::{MemorySink, MemoryStorage, MemoryStorageError};
use domain::{
    id::JobId,
    jobs::{Kind, Queue},
};
use futures_util::{Sink, SinkExt, StreamExt, lock::Mutex, sink};
use tokio_util::sync::CancellationToken;

use crate::{
    Work,
    handler::{self, Seat},
};

/// Before a worker that ended is started again.
const RESTART: Duration = Duration::from_secs(1);

/// Does jobs of this kind until `shutdown`, and returns when the last one has ended.
pub(crate) async fn run(kind: Kind, work: &Work, seat: &Seat, shutdown: &CancellationToken) {
    while !shutdown.is_cancelled() {
        let worker = WorkerBuilder::new(format!("{}-{}", seat.holder, kind.as_str()))
            .backend(storage(work.database.queue(), kind))
            .concurrency(kind.profile().concurrency)
            .data(work.clone())
            .data(seat.clone())
            .build(handler::handle);
        let stopped = shutdown.clone().cancelled_owned();
        let end = worker.run_until(async move {
            stopped.await;
            Ok::<_, WorkerError>(())
        });
        if let Err(error) = end.await
            && !shutdown.is_cancelled()
        {
            tracing::error!(error = %error, job.kind = kind.as_str(), "job engine stopped, and is started again");
            shutdown.run_until_cancelled(tokio::time::sleep(RESTART)).await;
        }
    }
}

/// apalis' in-memory store around the kind's list. Its own queue has no bound, and its own sink panics when two push
/// at once; so nobody pushes through it.
fn storage(queue: &Queue, kind: Kind) -> MemoryStorage<JobId> {
    let tasks = queue.ids(kind).map(Task::new);
    let unused = sink::drain().sink_map_err(|never| match never {});
    let unused: Box<dyn Sink<Task<JobId>, Error = MemoryStorageError> + Send + Sync + Unpin> = Box::new(unused);
    MemoryStorage::new_with(MemorySink::new(Arc::new(Mutex::new(unused))), tasks.boxed())
}

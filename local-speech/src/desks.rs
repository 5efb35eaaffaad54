//! Who may use the processor, and when.
//!
//! A model runs on one core, and there are as many desks as cores: work that runs side by side does not slow each
//! other down, and a call that asks while others work waits its turn in order of arrival instead of making
//! all of them late. Two cores for one piece were tried: on two cores, 12 short utterances at once then took
//! 1.3 s instead of 1.1 s, and a single one gained nothing.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use rten::{RunOptions, ThreadPool};
use tokio::sync::Semaphore;
use voice::provider::{ErrorKind, ProviderError};

use crate::model::Failure;

/// How much work may wait for each desk. A piece of work takes 0.05–0.3 s, so the last one waits about 5 s: by then
/// its caller's stage deadline has passed, and "busy" at once is the better answer.
const WAITING_PER_DESK: usize = 24;

pub struct Desks {
    /// One permit a desk.
    free: Arc<Semaphore>,
    /// One permit for each piece of work that runs or waits.
    admitted: Arc<Semaphore>,
    /// A one-thread pool for each free desk.
    pools: Mutex<Vec<Arc<ThreadPool>>>,
}

impl Desks {
    pub fn for_this_machine() -> Self {
        // A machine that does not tell how many cores it has gets one desk: slow, but right.
        Self::new(std::thread::available_parallelism().map_or(1, |cores| cores.get()))
    }

    fn new(desks: usize) -> Self {
        Self {
            free: Arc::new(Semaphore::new(desks)),
            admitted: Arc::new(Semaphore::new(desks * (1 + WAITING_PER_DESK))),
            pools: Mutex::new((0..desks).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect()),
        }
    }

    /// Runs `work` at a free desk, off the async threads. Dropping the future tells the work to stop.
    pub async fn run<T, W>(self: &Arc<Self>, provider: &'static str, work: W) -> Result<T, ProviderError>
    where
        T: Send + 'static,
        W: FnOnce(&Desk) -> Result<T, Failure> + Send + 'static,
    {
        let failed =
            |kind, message: String| ProviderError { provider: provider.into(), kind, message, retry_after: None };
        let admitted = Arc::clone(&self.admitted)
            .try_acquire_owned()
            .map_err(|_| failed(ErrorKind::Unavailable, "too much work is waiting for the processor".into()))?;
        let free = Arc::clone(&self.free).acquire_owned().await.expect("the semaphore is never closed");

        let wanted = Arc::new(AtomicBool::new(true));
        let _unwanted_when_dropped = Unwanted(Arc::clone(&wanted));
        let desks = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || {
            // Held to the work's end, not to the future's: the core is busy until then.
            let _permits = (admitted, free);
            let desk = Desk { pool: desks.take(), desks: &desks, wanted };
            work(&desk)
        });
        match done.await {
            Ok(outcome) => outcome.map_err(|failure| failed(ErrorKind::Unavailable, failure.to_string())),
            Err(panicked) => Err(failed(ErrorKind::Unavailable, format!("the engine stopped: {panicked}"))),
        }
    }

    fn take(&self) -> Arc<ThreadPool> {
        let mut pools = self.pools.lock().unwrap_or_else(PoisonError::into_inner);
        pools.pop().expect("a permit was held, so a pool is free")
    }
}

/// A core to work at.
pub struct Desk<'a> {
    pool: Arc<ThreadPool>,
    desks: &'a Desks,
    wanted: Arc<AtomicBool>,
}

impl Desk<'_> {
    /// How to run a model here.
    pub fn options(&self) -> Option<RunOptions> {
        Some(RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool))))
    }

    /// Whether somebody still waits for the outcome.
    pub fn is_wanted(&self) -> bool {
        self.wanted.load(Ordering::Relaxed)
    }
}

impl Drop for Desk<'_> {
    fn drop(&mut self) {
        // Also when the work panicked: the next one finds its pool.
        self.desks.pools.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&self.pool));
    }
}

struct Unwanted(Arc<AtomicBool>);

impl Drop for Unwanted {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn work_beyond_the_bound_is_refused_at_once_and_work_after_it_is_taken() {
        let desks = Arc::new(Desks::new(1));
        let (done, wait) = mpsc::sync_channel::<()>(1);
        let mut first = Box::pin(desks.run("test", move |_| wait.recv().map_err(Failure::new)));
        let mut waiting: Vec<_> = (0..WAITING_PER_DESK).map(|_| Box::pin(desks.run("test", |_| Ok(())))).collect();
        assert!(futures_util::poll!(&mut first).is_pending());
        for work in &mut waiting {
            assert!(futures_util::poll!(work).is_pending());
        }
        assert_eq!(desks.run("test", |_| Ok(())).await.unwrap_err().kind, ErrorKind::Unavailable);

        done.send(()).unwrap();
        first.await.unwrap();
        for work in waiting {
            work.await.unwrap();
        }
        desks.run("test", |_| Ok(())).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn dropped_work_is_told_and_gives_its_desk_back() {
        let desks = Arc::new(Desks::new(1));
        let (told, hear) = mpsc::sync_channel(1);
        let (begun, began) = mpsc::sync_channel(1);
        let mut work = Box::pin(desks.run("test", move |desk| {
            begun.send(()).map_err(Failure::new)?;
            while desk.is_wanted() {
                std::thread::yield_now();
            }
            told.send(()).map_err(Failure::new)
        }));
        assert!(futures_util::poll!(&mut work).is_pending());
        began.recv().unwrap();
        drop(work);
        desks.run("test", |_| Ok(())).await.unwrap();
        hear.try_recv().expect("the dropped work ended before the next began");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn work_that_panics_is_an_error_and_its_desk_serves_on() {
        let desks = Arc::new(Desks::new(1));
        let error = desks.run("test", |_| -> Result<(), _> { panic!("broken") }).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unavailable);
        desks.run("test", |_| Ok(())).await.unwrap();
    }
}

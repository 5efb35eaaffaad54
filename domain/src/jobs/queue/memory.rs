//! A list within one process.

use std::{
    collections::VecDeque,
    pin::pin,
    sync::{Mutex, MutexGuard, PoisonError},
};

use entity::id::JobId;
use tokio::sync::Notify;

use super::WINDOW;

/// At most [`WINDOW`] ids, none twice: what is pushed beyond stays due in the ledger.
#[derive(Default)]
pub(super) struct List {
    ids: Mutex<VecDeque<JobId>>,
    grown: Notify,
}

impl List {
    pub(super) fn push(&self, id: JobId) {
        let mut ids = self.ids();
        if ids.len() < WINDOW && !ids.contains(&id) {
            ids.push_back(id);
        }
        drop(ids);
        self.grown.notify_waiters();
    }

    pub(super) fn replace(&self, with: &[JobId]) {
        *self.ids() = with.iter().copied().take(WINDOW).collect();
        self.grown.notify_waiters();
    }

    /// The first id, as soon as there is one, and how many are left.
    pub(super) async fn pop(&self) -> (JobId, usize) {
        loop {
            let mut grown = pin!(self.grown.notified());
            // Before the look: what is pushed between the two wakes us.
            grown.as_mut().enable();
            if let Some(taken) = self.try_pop() {
                return taken;
            }
            grown.await;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.ids().len()
    }

    fn try_pop(&self) -> Option<(JobId, usize)> {
        let mut ids = self.ids();
        ids.pop_front().map(|id| (id, ids.len()))
    }

    fn ids(&self) -> MutexGuard<'_, VecDeque<JobId>> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_id_is_taken_once_however_often_it_is_pushed() {
        let (list, [a, b]) = (List::default(), [JobId::new(), JobId::new()]);
        for id in [a, b, a, b] {
            list.push(id);
        }
        assert_eq!((list.pop().await, list.pop().await), ((a, 1), (b, 0)));
    }

    #[tokio::test]
    async fn who_waits_gets_what_is_pushed() {
        let (list, id) = (List::default(), JobId::new());
        let (taken, ()) = tokio::join!(list.pop(), async {
            tokio::task::yield_now().await;
            list.push(id);
        });
        assert_eq!(taken, (id, 0));
    }

    #[tokio::test]
    async fn a_list_has_a_bound() {
        let list = List::default();
        (0..WINDOW + 10).for_each(|_| list.push(JobId::new()));
        assert_eq!(list.len(), WINDOW);
    }
}

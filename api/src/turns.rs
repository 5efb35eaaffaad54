//! One exchange at a time in a session, whoever asks.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use domain::entity::id::ConversationId;
use tokio::sync::OwnedMutexGuard;

type Locks = Arc<Mutex<HashMap<ConversationId, Arc<tokio::sync::Mutex<()>>>>>;

/// The sessions in which an exchange is going on: one entry each, gone with the last who waits.
#[derive(Clone, Default)]
pub struct Turns(Locks);

/// The right to the next turn; dropped, the next in line has it.
pub struct TurnLock {
    guard: Option<OwnedMutexGuard<()>>,
    conversation: ConversationId,
    locks: Locks,
}

impl Turns {
    /// Waits for exchanges that came before.
    pub async fn lock(&self, conversation: ConversationId) -> TurnLock {
        let lock = self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(conversation).or_default().clone();
        // Made before the wait, so that a request given up while waiting cleans up too.
        let mut turn = TurnLock { guard: None, conversation, locks: self.0.clone() };
        turn.guard = Some(lock.lock_owned().await);
        turn
    }
}

impl Drop for TurnLock {
    fn drop(&mut self) {
        self.guard = None;
        let mut locks = self.locks.lock().unwrap_or_else(PoisonError::into_inner);
        // Only the map holds it: nobody has it and nobody waits.
        if locks.get(&self.conversation).is_some_and(|lock| Arc::strong_count(lock) == 1) {
            locks.remove(&self.conversation);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_second_exchange_waits_for_the_first_and_nothing_is_left_behind() {
        let (turns, conversation) = (Turns::default(), ConversationId::new());
        let first = turns.lock(conversation).await;
        let second = turns.lock(conversation);
        tokio::pin!(second);
        assert!(futures_util::poll!(second.as_mut()).is_pending());
        drop(first);
        drop(second.await);
        assert!(turns.0.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn giving_up_the_wait_leaves_nothing_behind() {
        let (turns, conversation) = (Turns::default(), ConversationId::new());
        let first = turns.lock(conversation).await;
        {
            let second = turns.lock(conversation);
            tokio::pin!(second);
            assert!(futures_util::poll!(second.as_mut()).is_pending());
        }
        drop(first);
        assert!(turns.0.lock().unwrap().is_empty());
    }
}

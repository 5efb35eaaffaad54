//! Events told as they come: who listens in this process, and the one look at the database that serves them all.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::TimeDelta;
use domain::{
    access::Opener,
    entity::{event, id::TenantId, now},
    events::news::{self, Seen},
};
use tokio::{
    sync::mpsc,
    time::{MissedTickBehavior, interval},
};

use crate::{AppState, problem::chain};

/// A look that comes later than this after the one before may have missed something: it reaches [`news::LOOK_BACK`] back, and an
/// event appears some time after its id was made.
const LATE: TimeDelta = TimeDelta::seconds(8);

/// Between two looks: a person takes it for at once. One short query, and none while nobody listens.
const EVERY: Duration = Duration::from_millis(500);

/// Events that wait for a listener. Who lets more wait is sent away, and gets the rest when it comes back.
const WAITING: usize = 256;

/// Listeners of one tenant in this process: each has a connection, and all processes have a bounded number of those.
const MOST: usize = 100;

/// Who listens; shared by cloning.
#[derive(Clone, Default)]
pub struct Feed(Arc<Mutex<Table>>);

#[derive(Default)]
struct Table {
    serial: u64,
    listeners: HashMap<u64, Listener>,
}

struct Listener {
    tenant: TenantId,
    opener: Opener,
    events: mpsc::Sender<Arc<event::Model>>,
}

/// The tenant has as many listeners as it may have.
#[derive(Clone, Copy, Debug)]
pub struct TooMany;

/// A listener's own end: no event comes after it was sent away. Dropped, it listens no longer.
pub struct Listening {
    feed: Feed,
    serial: u64,
    events: mpsc::Receiver<Arc<event::Model>>,
}

impl Feed {
    /// Hears of the tenant's events from now on, until `opener` is no good any more.
    pub fn listen(&self, tenant: TenantId, opener: Opener) -> Result<Listening, TooMany> {
        let mut table = self.lock();
        if table.listeners.values().filter(|listener| listener.tenant == tenant).count() >= MOST {
            return Err(TooMany);
        }
        let (sender, events) = mpsc::channel(WAITING);
        table.serial += 1;
        let serial = table.serial;
        table.listeners.insert(serial, Listener { tenant, opener, events: sender });
        Ok(Listening { feed: self.clone(), serial, events })
    }

    /// Whose events somebody listens to.
    pub(crate) fn tenants(&self) -> HashSet<TenantId> {
        self.lock().listeners.values().map(|listener| listener.tenant).collect()
    }

    /// What listeners proved themselves with.
    pub(crate) fn openers(&self) -> HashSet<Opener> {
        self.lock().listeners.values().map(|listener| listener.opener).collect()
    }

    /// Sends away who listens by it.
    pub(crate) fn end_opened_with(&self, opener: Opener) {
        self.lock().listeners.retain(|_, listener| listener.opener != opener);
    }

    /// Sends all of the tenant's listeners away.
    pub(crate) fn end_of(&self, tenant: TenantId) {
        self.lock().listeners.retain(|_, listener| listener.tenant != tenant);
    }

    /// Sends everybody away: who comes back reads what was missed.
    fn end_all(&self) {
        self.lock().listeners.clear();
    }

    fn tell(&self, event: event::Model) {
        let event = Arc::new(event);
        let hears = |listener: &Listener| {
            listener.tenant != event.tenant_id || listener.events.try_send(Arc::clone(&event)).is_ok()
        };
        self.lock().listeners.retain(|_, listener| hears(listener));
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        // Nothing in here panics half-way, so what a poisoned lock guards is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Listening {
    /// The next event; `None`: it was sent away.
    pub async fn next(&mut self) -> Option<Arc<event::Model>> {
        self.events.recv().await
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.feed.lock().listeners.remove(&self.serial);
    }
}

/// Tells listeners what happens until the process stops.
pub(crate) async fn tell(state: AppState) {
    let (mut seen, mut is_blind) = (Seen::default(), false);
    // The last look that succeeded; `None`: nobody listened since.
    let mut looked = None;
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while state.shutdown.run_until_cancelled(ticks.tick()).await.is_some() {
        let tenants: Vec<_> = state.feed.tenants().into_iter().collect();
        if tenants.is_empty() {
            looked = None;
            continue;
        }
        let now = now();
        match news::unseen(&state.database, &tenants, &mut seen, now).await {
            Ok(events) => {
                is_blind = false;
                let is_late = looked.replace(now).is_some_and(|looked| now - looked > LATE);
                match events.filter(|_| !is_late) {
                    Some(events) => events.into_iter().for_each(|event| state.feed.tell(event)),
                    None => state.feed.end_all(),
                }
            }
            // Once for each time that it is lost, not twice a second.
            Err(error) if !is_blind => {
                tracing::warn!(error = %chain(&error), "not known what happens: listeners wait");
                is_blind = true;
            }
            Err(_) => {}
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use domain::entity::id::{ApiKeyId, EventId};

    use super::*;

    fn event(tenant_id: TenantId) -> event::Model {
        let data = serde_json::Value::Null;
        event::Model {
            id: EventId::new(),
            tenant_id,
            r#type: "call.ended".into(),
            conversation_id: None,
            data,
            created_at: now(),
        }
    }

    #[tokio::test]
    async fn who_lets_too_much_wait_is_sent_away_and_others_go_on() {
        let (feed, tenant) = (Feed::default(), TenantId::new());
        let mut slow = feed.listen(tenant, Opener::Key(ApiKeyId::new())).unwrap();
        let mut quick = feed.listen(tenant, Opener::Key(ApiKeyId::new())).unwrap();
        for _ in 0..=WAITING {
            feed.tell(event(tenant));
            quick.next().await.unwrap();
        }
        for _ in 0..WAITING {
            slow.next().await.unwrap();
        }
        assert!(slow.next().await.is_none());
        feed.tell(event(tenant));
        assert!(quick.next().await.is_some());
    }

    #[tokio::test]
    async fn a_tenant_has_so_many_listeners_and_takes_none_from_another() {
        let (feed, tenant) = (Feed::default(), TenantId::new());
        let opener = || Opener::Key(ApiKeyId::new());
        let mut all: Vec<_> = (0..MOST).map(|_| feed.listen(tenant, opener()).unwrap()).collect();
        assert!(feed.listen(tenant, opener()).is_err());
        assert!(feed.listen(TenantId::new(), opener()).is_ok());
        all.pop();
        assert!(feed.listen(tenant, opener()).is_ok());
    }
}

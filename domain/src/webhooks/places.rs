//! Who may be told now, in one process: an endpoint that hangs holds two of the workers' places and no more, and rests
//! after it has hung.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::id::WebhookEndpointId;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};

/// Messages at once to one endpoint.
const AT_ONCE: usize = 2;

/// What takes longer than this hangs, or soon will.
const SLOW: Duration = Duration::from_secs(5);

/// How long a place is waited for behind messages that have just been sent: a quick endpoint answers within it, and its
/// thousand messages need not all be put off.
const PATIENCE: Duration = Duration::from_secs(1);

/// From one slow answer to the next try; doubles with each slow one after another.
const FIRST_REST: Duration = Duration::from_secs(15);
const LONGEST_REST: Duration = Duration::from_secs(300);

/// How long what finds no place is put off.
const PUT_OFF: Duration = Duration::from_secs(5);

/// Endpoints that are remembered; beyond, those at rest are forgotten.
const MOST: usize = 10_000;

/// The places; shared by cloning.
#[derive(Clone, Debug, Default)]
pub struct Places(Arc<Mutex<HashMap<WebhookEndpointId, Place>>>);

#[derive(Debug)]
struct Place {
    permits: Arc<Semaphore>,
    last_taken: Instant,
    /// Slow answers since the last quick one.
    slow: u32,
    rests_until: Instant,
}

/// A place that is held; given back when dropped.
#[derive(Debug)]
pub(super) struct Held {
    places: Places,
    endpoint: WebhookEndpointId,
    since: Instant,
    _permit: OwnedSemaphorePermit,
}

impl Places {
    /// `Err`: not now, but after this wait.
    pub(super) async fn take(&self, endpoint: WebhookEndpointId) -> Result<Held, Duration> {
        let now = Instant::now();
        let (permits, patience) = self.with(endpoint, |place| {
            if place.rests_until > now {
                return Err(place.rests_until - now);
            }
            let is_full = place.permits.available_permits() == 0;
            match is_full && (place.slow > 0 || now - place.last_taken >= PATIENCE) {
                true => Err(PUT_OFF),
                false => Ok((Arc::clone(&place.permits), PATIENCE)),
            }
        })?;
        let permit = tokio::time::timeout(patience, permits.acquire_owned()).await;
        let permit = permit.map_err(|_| PUT_OFF)?.map_err(|_| PUT_OFF)?;
        let since = Instant::now();
        self.with(endpoint, |place| place.last_taken = since);
        Ok(Held { places: self.clone(), endpoint, since, _permit: permit })
    }

    fn with<T>(&self, endpoint: WebhookEndpointId, look: impl FnOnce(&mut Place) -> T) -> T {
        let mut places = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if places.len() >= MOST && !places.contains_key(&endpoint) {
            places.retain(|_, place| place.permits.available_permits() < AT_ONCE || place.rests_until > now);
        }
        look(places.entry(endpoint).or_insert_with(|| Place {
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            last_taken: now,
            slow: 0,
            rests_until: now,
        }))
    }
}

impl Held {
    /// The endpoint has answered, or was given up.
    pub(super) fn answered(self) {
        let now = Instant::now();
        let is_slow = now - self.since >= SLOW;
        self.places.with(self.endpoint, |place| {
            place.slow = if is_slow { place.slow.saturating_add(1) } else { 0 };
            if is_slow {
                let rest = FIRST_REST.saturating_mul(1 << (place.slow - 1).min(10)).min(LONGEST_REST);
                place.rests_until = now + rest;
            }
        });
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use tokio::time::advance;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_that_hangs_holds_two_places_and_rests_longer_each_time() {
        let (places, hanging, other) = (Places::default(), WebhookEndpointId::new(), WebhookEndpointId::new());
        let held = [places.take(hanging).await.unwrap(), places.take(hanging).await.unwrap()];
        assert_eq!(places.take(hanging).await.unwrap_err(), PUT_OFF);
        places.take(other).await.unwrap().answered();
        advance(SLOW).await;
        held.into_iter().for_each(Held::answered);
        // Two were slow, one after the other.
        assert_eq!(places.take(hanging).await.unwrap_err(), 2 * FIRST_REST);
        advance(2 * FIRST_REST).await;
        let held = places.take(hanging).await.unwrap();
        advance(SLOW).await;
        held.answered();
        assert_eq!(places.take(hanging).await.unwrap_err(), 4 * FIRST_REST);
        advance(LONGEST_REST).await;
        places.take(hanging).await.unwrap().answered();
        places.take(hanging).await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_quick_one_is_waited_for() {
        let (places, endpoint) = (Places::default(), WebhookEndpointId::new());
        let (first, _second) = (places.take(endpoint).await.unwrap(), places.take(endpoint).await.unwrap());
        let answer = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            first.answered();
        };
        let (third, ()) = tokio::join!(places.take(endpoint), answer);
        third.unwrap().answered();
    }
}

//! Opened data keys, so that a webhook costs no query and no opening more.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::id::{DataKeyId, TenantId};
use tokio::time::Instant;

use super::cipher::Cipher;

/// Keys at once, about 1 KiB each: more tenants than one process has calls at a time.
const CAPACITY: usize = 1_000;

/// From its opening: a tenant that went, or a key that was taken from the operator's ring, is no longer served by a
/// running process after this.
const AGE: Duration = Duration::from_secs(5 * 60);

/// Bounded by number and age. A key is wiped from memory when the last who uses it is done.
#[derive(Default)]
pub(super) struct Cache {
    /// By tenant too: another tenant's key id finds nothing.
    keys: Mutex<HashMap<(TenantId, DataKeyId), Opened>>,
}

struct Opened {
    key: Arc<Cipher>,
    at: Instant,
}

impl Cache {
    pub(super) fn get(&self, tenant: TenantId, id: DataKeyId, now: Instant) -> Option<Arc<Cipher>> {
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        let opened = keys.get(&(tenant, id)).filter(|opened| opened.is_fresh(now))?;
        Some(Arc::clone(&opened.key))
    }

    /// When full, what is too old goes, or else the oldest.
    pub(super) fn put(&self, tenant: TenantId, id: DataKeyId, key: Arc<Cipher>, now: Instant) {
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= CAPACITY {
            keys.retain(|_, opened| opened.is_fresh(now));
        }
        if keys.len() >= CAPACITY
            && let Some(oldest) = keys.iter().min_by_key(|(_, opened)| opened.at).map(|(place, _)| *place)
        {
            keys.remove(&oldest);
        }
        keys.insert((tenant, id), Opened { key, at: now });
    }
}

impl Opened {
    fn is_fresh(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.at) < AGE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Arc<Cipher> {
        Arc::new(Cipher::new(&[7; 32]).expect("32 bytes"))
    }

    #[test]
    fn a_key_is_remembered_for_its_tenant_and_its_time_alone() {
        let (cache, now) = (Cache::default(), Instant::now());
        let (tenant, id) = (TenantId::new(), DataKeyId::new());
        cache.put(tenant, id, key(), now);
        assert!(cache.get(tenant, id, now + AGE / 2).is_some());
        assert!(cache.get(TenantId::new(), id, now).is_none());
        assert!(cache.get(tenant, id, now + AGE).is_none());
    }

    #[test]
    fn the_oldest_makes_room_and_no_more_than_the_bound_are_kept() {
        let (cache, start) = (Cache::default(), Instant::now());
        let ids: Vec<_> = (0..=CAPACITY).map(|_| (TenantId::new(), DataKeyId::new())).collect();
        let mut now = start;
        for (tenant, id) in &ids {
            now += Duration::from_millis(1);
            cache.put(*tenant, *id, key(), now);
        }
        assert!(cache.get(ids[0].0, ids[0].1, now).is_none());
        assert!(ids[1..].iter().all(|(tenant, id)| cache.get(*tenant, *id, now).is_some()));
    }
}

//! Events as they come, for whoever listens: some may be told twice, none is left out.
//!
//! Ids are made before their transactions commit, so that an event may appear behind others with later ids. Who looks for new
//! ones therefore looks back a little, and remembers what it has seen.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, event,
    id::{EventId, TenantId},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{Database, Result};

/// How far a look goes back: longer than a transaction that writes an event takes, and than the clocks of two processes differ.
pub const LOOK_BACK: TimeDelta = TimeDelta::seconds(15);

/// Ids of one look; so many events in [`LOOK_BACK`] are seven hundred a second.
const MOST_IDS: u64 = 10_000;

/// Rows read in one statement, within what databases take as parameters.
const ROWS: usize = 500;

/// Ids of events that were seen a little while ago.
#[derive(Debug, Default)]
pub struct Seen(BTreeSet<EventId>);

impl Seen {
    /// Whether it is seen for the first time.
    pub fn is_new(&mut self, id: EventId) -> bool {
        self.0.insert(id)
    }

    /// Forgets what no look will meet again.
    pub fn forget(&mut self, now: DateTime<Utc>) {
        self.0 = self.0.split_off(&EventId::earliest(now - LOOK_BACK * 2));
    }
}

/// These tenants' latest events that were not seen yet, oldest first. `None`: there are so many that some may be missing.
#[expect(clippy::disallowed_methods, reason = "one look serves all tenants that somebody listens to")]
pub async fn unseen(
    db: &Database,
    tenants: &[TenantId],
    seen: &mut Seen,
    now: DateTime<Utc>,
) -> Result<Option<Vec<event::Model>>> {
    seen.forget(now);
    let latest = event::Entity::find()
        .select_only()
        .column(event::Column::Id)
        .filter(event::Column::TenantId.is_in(tenants.iter().copied()))
        .filter(event::Column::Id.gte(EventId::earliest(now - LOOK_BACK)))
        .order_by_desc(event::Column::Id)
        .limit(MOST_IDS);
    let mut ids: Vec<EventId> = latest.into_tuple().all(&db.platform()).await?;
    if ids.len() as u64 == MOST_IDS {
        return Ok(None);
    }
    ids.retain(|id| !seen.0.contains(id));
    let mut events = Vec::with_capacity(ids.len());
    for ids in ids.chunks(ROWS) {
        let rows = event::Entity::find().filter(event::Column::Id.is_in(ids.iter().copied()));
        events.extend(rows.all(&db.platform()).await?);
    }
    events.sort_unstable_by_key(|event| event.id);
    // Not before all are read: a look that fails is made again.
    seen.0.extend(events.iter().map(|event| event.id));
    Ok(Some(events))
}

/// The tenant's events after this one, oldest first, `limit` at most.
pub async fn after(db: &Database, tenant: TenantId, id: EventId, limit: u64) -> Result<Vec<event::Model>> {
    let later = event::Entity::of(tenant).filter(event::Column::Id.gt(id)).order_by_asc(event::Column::Id).limit(limit);
    Ok(later.all(&db.of(tenant)).await?)
}

/// Where somebody begins to listen who has heard this one last: a little before it. `None`: a little before now.
pub fn beginning(last: Option<EventId>, now: DateTime<Utc>) -> EventId {
    let heard = last.and_then(EventId::made_at).unwrap_or(now);
    EventId::earliest(heard - LOOK_BACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_new_once_until_no_look_meets_it_again() {
        let (mut seen, id) = (Seen::default(), EventId::new());
        let made = id.made_at().expect("ids have their time");
        assert!(seen.is_new(id));
        seen.forget(made + LOOK_BACK);
        assert!(!seen.is_new(id));
        seen.forget(made + LOOK_BACK * 3);
        assert!(seen.is_new(id));
    }

    #[test]
    fn who_listens_begins_before_what_was_heard_last() {
        let (last, now) = (EventId::new(), Utc::now());
        assert!(beginning(Some(last), now) < last);
        assert!(beginning(None, now) < EventId::new());
        assert!(beginning(None, now + LOOK_BACK * 2) > EventId::new());
    }
}

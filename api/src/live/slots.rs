//! Slots of the calls and sockets that have a line in this process.

use std::time::Duration;

use domain::{
    admission::{self, Held, LEASE},
    entity::now,
};
use tokio::time::{MissedTickBehavior, interval};

use crate::{AppState, problem::chain};

/// Renews them until the process stops. A failure ends no call: what ran out meanwhile is taken back at the next tick.
pub(crate) async fn renew_slots(state: AppState) {
    let third = LEASE.to_std().unwrap_or(Duration::from_secs(30)) / 3;
    let mut ticks = interval(third);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while state.shutdown.run_until_cancelled(ticks.tick()).await.is_some() {
        let held = state.live.held();
        if held.is_empty() {
            continue;
        }
        let now = now();
        match admission::renew(&state.database, &held, now).await {
            Ok(()) => state.live.renewed(&held.iter().map(|held| held.line).collect(), now),
            Err(error) => {
                tracing::warn!(error = %chain(&error), slots.count = held.len(), "slots of running calls are not renewed");
            }
        }
    }
}

/// Gives the slot of a line back whose conversation may go on later, unless it has another line already. A failure costs
/// the tenant a slot for as long as the lease runs.
pub(crate) async fn release_slot(state: &AppState, held: Held) {
    if let Err(error) = admission::release(&state.database, held, now()).await {
        tracing::warn!(error = %chain(&error), "a slot is not given back before it expires");
    }
}

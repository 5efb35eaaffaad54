//! Slots of the calls and sockets that have a line in this process.

use std::time::Duration;

use domain::{
    admission::{self, LEASE},
    entity::now,
    id::{ConversationId, TenantId},
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
        if let Err(error) = admission::renew(&state.database, &held, now()).await {
            tracing::warn!(error = %chain(&error), slots.count = held.len(), "slots of running calls are not renewed");
        }
    }
}

/// Gives the slot of a conversation back that may go on later, unless it has another line here already. A failure costs
/// the tenant a slot for as long as the lease runs.
pub(crate) async fn release_slot(state: &AppState, tenant: TenantId, conversation: ConversationId) {
    if state.live.held().iter().any(|held| held.conversation == conversation) {
        return;
    }
    if let Err(error) = admission::release(&state.database, tenant, conversation, now()).await {
        tracing::warn!(error = %chain(&error), "a slot is not given back before it expires");
    }
}

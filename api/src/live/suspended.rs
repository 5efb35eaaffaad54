//! Conversations of tenants that an operator has suspended, wherever that was done.

use std::time::Duration;

use tokio::time::{MissedTickBehavior, interval};

use crate::{AppState, problem::chain};

/// A suspension ends running calls within this, in every process. One short query each time there are any.
const EVERY: Duration = Duration::from_secs(3);

/// Ends them until the process stops: a phone call is told good-bye by `continue`, a socket is closed.
pub(crate) async fn end_suspended(state: AppState) {
    let mut ticks = interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while state.shutdown.run_until_cancelled(ticks.tick()).await.is_some() {
        let tenants: Vec<_> = state.live.tenants().into_iter().collect();
        if tenants.is_empty() {
            continue;
        }
        match domain::tenants::suspended_among(&state.database, &tenants).await {
            Ok(suspended) => suspended.into_iter().for_each(|tenant| state.live.end_of(tenant)),
            Err(error) => tracing::warn!(error = %chain(&error), "not known which tenants are suspended"),
        }
    }
}

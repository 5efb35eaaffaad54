use std::sync::Arc;

use tokio_util::{sync::CancellationToken, task::TaskTracker};
use voice::{conversation::Engine, provider::Providers};

use crate::{config::Settings, live::Live};

/// What every handler has at hand; cloned freely.
#[derive(Clone)]
pub struct AppState {
    pub settings: Arc<Settings>,
    /// The three that serve every conversation, retry and failover included.
    pub providers: Providers,
    pub engine: Engine,
    pub live: Live,
    /// No new call is taken any more; running ones go on.
    pub draining: CancellationToken,
    /// Running calls are to end now.
    pub shutdown: CancellationToken,
    /// One token for each upgraded socket, held for as long as its task runs: poem does not know of them.
    pub tasks: TaskTracker,
}

use std::sync::Arc;

use domain::{
    Database, outbound::Outbound, recordings::Recordings, sessions::AccessTokens, twilio::Twilio, usage::Served,
    vault::Vault,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use voice::{conversation::Engine, provider::Providers};

use crate::{
    config::Settings, live::Live, mail::Post, providers::Own, rates::Rates, readiness::Readiness, turns::Turns,
};

/// What every handler has at hand; cloned freely.
#[derive(Clone)]
pub struct AppState {
    pub settings: Arc<Settings>,
    pub database: Database,
    pub vault: Arc<Vault>,
    /// Signs and verifies what sessions are used by.
    pub access_tokens: Arc<AccessTokens>,
    pub twilio: Twilio,
    /// Where recordings lie.
    pub recordings: Recordings,
    /// The operator's three, retry and failover included. A conversation is served by its tenant's:
    /// [`providers::of`](crate::providers::of).
    pub providers: Providers,
    pub own_providers: Own,
    pub engine: Engine,
    /// For addresses that tenants give.
    pub outbound: Outbound,
    pub post: Post,
    pub live: Live,
    pub rates: Rates,
    pub readiness: Readiness,
    pub turns: Turns,
    /// No new call is taken any more; running ones go on.
    pub draining: CancellationToken,
    /// Running calls are to end now.
    pub shutdown: CancellationToken,
    /// One token for each upgraded socket, held for as long as its task runs: poem does not know of them.
    pub tasks: TaskTracker,
    /// What goes on besides calls, until [`AppState::shutdown`]: the worker, the rendering of clips.
    pub background: TaskTracker,
}

impl AppState {
    /// What tenants' tools reach the world with.
    pub fn means(&self) -> domain::tools::Means<'_> {
        domain::tools::Means { db: &self.database, vault: &self.vault, outbound: &self.outbound }
    }

    pub fn new(
        settings: Settings,
        database: Database,
        vault: Vault,
        recordings: Recordings,
        providers: Providers,
        engine: Engine,
    ) -> Self {
        let outbound = Outbound::new(settings.outbound.allow_private_networks.clone());
        let (shutdown, background) = (CancellationToken::new(), TaskTracker::new());
        Self {
            twilio: Twilio::new(settings.twilio.twilio_api_url.clone()),
            post: Post::new(&settings, background.clone(), shutdown.clone()),
            settings: Arc::new(settings),
            database,
            recordings,
            access_tokens: Arc::new(AccessTokens::new(&vault)),
            vault: Arc::new(vault),
            providers,
            engine,
            own_providers: Own::new(&outbound),
            outbound,
            live: Live::default(),
            rates: Rates::default(),
            readiness: Readiness::default(),
            turns: Turns::default(),
            draining: CancellationToken::new(),
            shutdown,
            tasks: TaskTracker::new(),
            background,
        }
    }

    /// Who these are, and at what price they serve.
    pub fn served(&self, providers: &Providers) -> Served {
        let Providers { stt, model, tts } = providers;
        self.settings.limits.prices.served(stt.name(), model.name(), tts.name())
    }
}

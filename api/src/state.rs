use std::sync::Arc;

use domain::{
    Database, outbound::Outbound, recordings::Recordings, sessions::AccessTokens, twilio::Twilio, vault::Vault,
};
use providers::{PATIENT, Selected, Serving};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use voice::conversation::Engine;
use worker::Work;

use crate::{config::Settings, feed::Feed, live::Live, mail::Post, rates::Rates, readiness::Readiness, turns::Turns};

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
    /// Who serves conversations, retry and failover included.
    pub serving: Serving,
    /// Who serves jobs.
    pub patient: Serving,
    pub engine: Engine,
    /// For addresses that tenants give.
    pub outbound: Outbound,
    pub post: Post,
    pub live: Live,
    /// Who hears of events as they happen.
    pub feed: Feed,
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

    /// What webhooks are kept and tried with.
    pub fn webhooks(&self) -> domain::webhooks::Means<'_> {
        domain::webhooks::Means { db: &self.database, vault: &self.vault, outbound: &self.outbound }
    }

    pub fn new(
        settings: Settings,
        database: Database,
        vault: Vault,
        recordings: Recordings,
        providers: Selected,
        engine: Engine,
    ) -> Self {
        let outbound = Outbound::new(settings.outbound.allow_private_networks.clone());
        let vault = Arc::new(vault);
        let serving = Serving::new(
            database.clone(),
            Arc::clone(&vault),
            outbound.clone(),
            providers.live,
            settings.providers.deadlines(),
            settings.limits.prices.prices.clone(),
        )
        .knowing(providers.servers);
        let (shutdown, background) = (CancellationToken::new(), TaskTracker::new());
        Self {
            twilio: Twilio::new(settings.twilio.twilio_api_url.clone()).calling(crate::twilio::webhooks(&settings)),
            post: Post::new(&settings, background.clone(), shutdown.clone()),
            settings: Arc::new(settings),
            database,
            recordings,
            access_tokens: Arc::new(AccessTokens::new(&vault)),
            vault,
            patient: serving.with(providers.patient, PATIENT),
            serving,
            engine,
            outbound,
            live: Live::default(),
            feed: Feed::default(),
            rates: Rates::default(),
            readiness: Readiness::default(),
            turns: Turns::default(),
            draining: CancellationToken::new(),
            shutdown,
            tasks: TaskTracker::new(),
            background,
        }
    }

    /// What a worker inside this process works with.
    pub fn work(&self) -> Work {
        Work {
            database: self.database.clone(),
            vault: Arc::clone(&self.vault),
            twilio: self.twilio.clone(),
            recordings: self.recordings.clone(),
            serving: self.patient.clone(),
            outbound: self.outbound.clone(),
            outbox: self.post.outbox().clone(),
            retention: self.settings.keeping.days(),
            keep_usage_details: self.settings.keeping.retention_usage_details_days,
            limits: self.settings.limits.prices.limits(),
        }
    }
}

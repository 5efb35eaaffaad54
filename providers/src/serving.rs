//! Who serves a tenant: its own providers where it has credentials for them, else the operator's.
//!
//! What was built is kept with its circuits as long as the credentials are the same. All tenants' share one client,
//! which reaches no private network: a connection that one of them has opened serves the next.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use domain::{
    Database, Error,
    entity::{
        id::{ProviderCredentialId, TenantId},
        provider_credential::{Model, Stage},
    },
    outbound::Outbound,
    provider_credentials,
    usage::{Prices, Served},
    vault::Vault,
};
use futures_util::future::{BoxFuture, join_all};
use tokio::time::timeout;
use voice::{
    conversation::Deadlines,
    provider::{
        ErrorKind, ProviderError, Providers,
        openai::{self, Endpoint},
        policy::{Budget, Resilient},
    },
};

use super::{FIT, broken::Broken};

/// How long credentials are taken to be the same without asking: what another process changed is served after this.
const FRESH: Duration = Duration::from_secs(5);

/// How long connections are taken to be warm: well below the 90 s after which the client closes them.
const WARM: Duration = Duration::from_secs(30);

/// Tenants remembered; the longest unused goes first, and is built again when it comes back.
const CAPACITY: usize = 1_000;

/// Longest wait for connections to be opened.
const PATIENCE: Duration = Duration::from_secs(5);

/// Questions to the database at once, in as many groups of tenants.
const TURNS: usize = 32;

/// Longest wait for somebody else's question: while the database is away, each asks for itself.
const TURN: Duration = Duration::from_secs(1);

/// What tenants are served by, in this process; cheap to clone.
#[derive(Clone)]
pub struct Serving {
    pub(super) database: Database,
    pub(super) vault: Arc<Vault>,
    pub(super) outbound: Outbound,
    operators: Providers,
    /// The operator's that are servers; empty: nobody has told.
    pub(super) servers: Arc<[(Stage, Endpoint)]>,
    /// For tenants' own.
    deadlines: Deadlines,
    prices: Arc<Prices>,
    /// For tenants' addresses.
    pub(super) client: reqwest::Client,
    entries: Arc<Mutex<HashMap<TenantId, Entry>>>,
    /// Who asks the database for a tenant of theirs: whoever comes meanwhile waits and takes what was found.
    asking: Arc<[tokio::sync::Mutex<()>; TURNS]>,
}

#[derive(Clone)]
struct Entry {
    /// What `providers` was built from; empty: they are the operator's.
    credentials: Vec<ProviderCredentialId>,
    providers: Providers,
    /// When the database was asked.
    asked: Instant,
    warmed: Option<Instant>,
    used: Instant,
}

impl Serving {
    /// # Panics
    /// See [`openai::client`].
    pub fn new(
        database: Database,
        vault: Arc<Vault>,
        outbound: Outbound,
        operators: Providers,
        deadlines: Deadlines,
        prices: Prices,
    ) -> Self {
        let client = outbound.guard(openai::client_builder()).build();
        let client = client.expect("a rustls provider is installed and the system has certificates");
        let (prices, entries, servers, asking) = (Arc::new(prices), Arc::default(), Arc::new([]), Arc::default());
        Self { database, vault, outbound, operators, servers, deadlines, prices, client, entries, asking }
    }

    /// The same tenants, served by these with other deadlines and circuits of their own.
    #[must_use]
    pub fn with(&self, operators: Providers, deadlines: Deadlines) -> Self {
        Self { operators, deadlines, entries: Arc::default(), asking: Arc::default(), ..self.clone() }
    }

    /// The operator's three.
    pub fn operators(&self) -> &Providers {
        &self.operators
    }

    /// What is known of costs.
    pub fn prices(&self) -> &Prices {
        &self.prices
    }

    /// Who these are, and at what price they serve.
    pub fn served(&self, providers: &Providers) -> Served {
        let Providers { stt, model, tts } = providers;
        self.prices.served(stt.name(), model.name(), tts.name())
    }

    /// The three that serve this tenant. Never fails: what cannot be asked is a provider that says so.
    pub async fn of(&self, tenant: TenantId) -> Providers {
        if let Some(providers) = self.fresh(tenant) {
            return providers;
        }
        // A call's webhook and its stream come within milliseconds.
        let group = usize::try_from(tenant.uuid().as_u128() % TURNS as u128).expect("less than a few");
        let _turn = timeout(TURN, self.asking[group].lock()).await.ok();
        if let Some(providers) = self.fresh(tenant) {
            return providers;
        }
        let known = self.known(tenant);
        match self.ask(tenant, known.as_ref()).await {
            Ok(providers) => providers,
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(tenant.id = %tenant, error, "a tenant's providers are not known");
                // Not the operator's: what its callers say may be meant for its own alone.
                let broken = Broken(ErrorKind::Unavailable);
                let broken = || Providers { stt: Arc::new(broken), model: Arc::new(broken), tts: Arc::new(broken) };
                known.map_or_else(broken, |entry| entry.providers)
            }
        }
    }

    /// The tenant's credentials were changed by this process: its next conversation is to know.
    pub fn ask_again(&self, tenant: TenantId) {
        self.entries().remove(&tenant);
    }

    fn fresh(&self, tenant: TenantId) -> Option<Providers> {
        self.known(tenant).filter(|entry| entry.asked.elapsed() < FRESH).map(|entry| entry.providers)
    }

    fn known(&self, tenant: TenantId) -> Option<Entry> {
        let mut entries = self.entries();
        let entry = entries.get_mut(&tenant)?;
        entry.used = Instant::now();
        Some(entry.clone())
    }

    fn remember(&self, tenant: TenantId, entry: Entry) {
        let mut entries = self.entries();
        if entries.len() >= CAPACITY
            && !entries.contains_key(&tenant)
            && let Some(unused) = entries.iter().min_by_key(|(_, entry)| entry.used).map(|(tenant, _)| *tenant)
        {
            entries.remove(&unused);
        }
        entries.insert(tenant, entry);
    }

    /// `false`: done a moment ago.
    fn begin_to_warm(&self, tenant: TenantId) -> bool {
        let mut entries = self.entries();
        let Some(entry) = entries.get_mut(&tenant) else { return false };
        if entry.warmed.is_some_and(|at| at.elapsed() < WARM) {
            return false;
        }
        entry.warmed = Some(Instant::now());
        true
    }

    fn entries(&self) -> MutexGuard<'_, HashMap<TenantId, Entry>> {
        // Nothing in here panics half-way, so what a poisoned lock guards is whole.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(&self, tenant: TenantId, known: Option<&Entry>) -> Result<Providers, Error> {
        let asked = Instant::now();
        let rows = provider_credentials::list(&self.database, tenant).await?;
        let credentials: Vec<_> = rows.iter().map(|row| row.id).collect();
        let same = known.filter(|entry| entry.credentials == credentials);
        let providers = match same {
            Some(entry) => entry.providers.clone(),
            None => self.build(&rows).await?,
        };
        let warmed = same.and_then(|entry| entry.warmed);
        let entry = Entry { credentials, providers: providers.clone(), asked, warmed, used: asked };
        self.remember(tenant, entry);
        Ok(providers)
    }

    /// The operator's, with the tenant's own in their places.
    async fn build(&self, rows: &[Model]) -> Result<Providers, Error> {
        let (deadlines, client) = (&self.deadlines, &self.client);
        let mut providers = self.operators.clone();
        for row in rows {
            let endpoint = provider_credentials::endpoint(&self.database, &self.vault, &self.outbound, row).await;
            let endpoint = match endpoint {
                Ok(endpoint) => endpoint,
                // May heal by itself: the next conversation asks again.
                Err(error @ Error::Database(_)) => return Err(error),
                Err(error) => {
                    tracing::error!(
                        tenant.id = %row.tenant_id,
                        provider.stage = row.stage.name(),
                        error = &error as &dyn std::error::Error,
                        "a tenant's provider cannot be used: its callers hear an apology",
                    );
                    let broken = Broken(ErrorKind::Unauthorized);
                    match row.stage {
                        Stage::SpeechToText => providers.stt = Arc::new(broken),
                        Stage::LanguageModel => providers.model = Arc::new(broken),
                        Stage::TextToSpeech => providers.tts = Arc::new(broken),
                    }
                    continue;
                }
            };
            match row.stage {
                Stage::SpeechToText => {
                    let own = vec![Arc::new(openai::Transcriptions::new(client.clone(), endpoint)) as _];
                    let own = Resilient::speech_to_text(own, Budget::transcript(deadlines));
                    providers.stt = Arc::new(own.expect(FIT));
                }
                Stage::LanguageModel => {
                    let own = vec![Arc::new(openai::ChatCompletions::new(client.clone(), endpoint)) as _];
                    let own = Resilient::language_model(own, Budget::reply(deadlines));
                    providers.model = Arc::new(own.expect(FIT));
                }
                Stage::TextToSpeech => {
                    let own = vec![Arc::new(openai::Speech::new(client.clone(), endpoint)) as _];
                    let own = Resilient::text_to_speech(own, Budget::speech(deadlines));
                    providers.tts = Arc::new(own.expect(FIT));
                }
            }
        }
        Ok(providers)
    }

    /// Opens connections to the tenant's own; the operator's are warmed by the readiness report.
    pub async fn warm(&self, tenant: TenantId, providers: &Providers) {
        if !self.begin_to_warm(tenant) {
            return;
        }
        let operators = &self.operators;
        let mut checks: Vec<BoxFuture<'_, Result<(), ProviderError>>> = Vec::new();
        if !Arc::ptr_eq(&providers.stt, &operators.stt) {
            checks.push(providers.stt.check());
        }
        if !Arc::ptr_eq(&providers.model, &operators.model) {
            checks.push(providers.model.check());
        }
        if !Arc::ptr_eq(&providers.tts, &operators.tts) {
            checks.push(providers.tts.check());
        }
        // What is wrong is logged by the turn that needs it.
        if timeout(PATIENCE, join_all(checks)).await.is_err() {
            tracing::debug!(tenant.id = %tenant, "a tenant's providers were not warmed in time");
        }
    }
}

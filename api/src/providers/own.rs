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
    Error,
    entity::{
        id::{ProviderCredentialId, TenantId},
        provider_credential::{Model, Stage},
    },
    outbound::Outbound,
    provider_credentials,
};
use futures_util::future::{BoxFuture, join_all};
use tokio::time::timeout;
use voice::provider::{
    ErrorKind, ProviderError, Providers, openai,
    policy::{Budget, Resilient},
};

use super::{FIT, broken::Broken};
use crate::{AppState, problem::chain};

/// How long credentials are taken to be the same without asking: what another process changed is served after this.
const FRESH: Duration = Duration::from_secs(5);

/// How long connections are taken to be warm: well below the 90 s after which the client closes them.
const WARM: Duration = Duration::from_secs(30);

/// Tenants remembered; the longest unused goes first, and is built again when it comes back.
const CAPACITY: usize = 1_000;

/// Longest wait for connections to be opened.
const PATIENCE: Duration = Duration::from_secs(5);

/// What tenants are served by, in this process; cheap to clone.
#[derive(Clone)]
pub struct Own {
    client: reqwest::Client,
    entries: Arc<Mutex<HashMap<TenantId, Entry>>>,
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

impl Own {
    /// # Panics
    /// See [`openai::client`].
    pub fn new(outbound: &Outbound) -> Self {
        let client = outbound.guard(openai::client_builder()).build();
        let client = client.expect("a rustls provider is installed and the system has certificates");
        Self { client, entries: Arc::default() }
    }

    /// For tenants' addresses.
    pub(super) fn client(&self) -> reqwest::Client {
        self.client.clone()
    }

    /// The tenant's credentials were changed by this process: its next conversation is to know.
    pub fn ask_again(&self, tenant: TenantId) {
        self.entries().remove(&tenant);
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
}

/// The three that serve this tenant. Never fails: what cannot be asked is a provider that says so.
pub async fn of(state: &AppState, tenant: TenantId) -> Providers {
    let known = state.own_providers.known(tenant);
    if let Some(entry) = known.as_ref().filter(|entry| entry.asked.elapsed() < FRESH) {
        return entry.providers.clone();
    }
    match ask(state, tenant, known.as_ref()).await {
        Ok(providers) => providers,
        Err(error) => {
            tracing::error!(tenant.id = %tenant, error = %chain(&error), "a tenant's providers are not known");
            // Not the operator's: what its callers say may be meant for its own alone.
            let broken = Broken(ErrorKind::Unavailable);
            let broken = || Providers { stt: Arc::new(broken), model: Arc::new(broken), tts: Arc::new(broken) };
            known.map_or_else(broken, |entry| entry.providers)
        }
    }
}

async fn ask(state: &AppState, tenant: TenantId, known: Option<&Entry>) -> Result<Providers, Error> {
    let asked = Instant::now();
    let rows = provider_credentials::list(&state.database, tenant).await?;
    let credentials: Vec<_> = rows.iter().map(|row| row.id).collect();
    let same = known.filter(|entry| entry.credentials == credentials);
    let providers = match same {
        Some(entry) => entry.providers.clone(),
        None => build(state, &rows).await?,
    };
    let warmed = same.and_then(|entry| entry.warmed);
    let entry = Entry { credentials, providers: providers.clone(), asked, warmed, used: asked };
    state.own_providers.remember(tenant, entry);
    Ok(providers)
}

/// The operator's, with the tenant's own in their places.
async fn build(state: &AppState, rows: &[Model]) -> Result<Providers, Error> {
    let deadlines = state.settings.providers.deadlines();
    let client = state.own_providers.client();
    let mut providers = state.providers.clone();
    for row in rows {
        let endpoint = provider_credentials::endpoint(&state.database, &state.vault, &state.outbound, row).await;
        let endpoint = match endpoint {
            Ok(endpoint) => endpoint,
            // May heal by itself: the next conversation asks again.
            Err(error @ Error::Database(_)) => return Err(error),
            Err(error) => {
                tracing::error!(
                    tenant.id = %row.tenant_id,
                    provider.stage = row.stage.name(),
                    error = %chain(&error),
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
                let own = Resilient::speech_to_text(own, Budget::transcript(&deadlines));
                providers.stt = Arc::new(own.expect(FIT));
            }
            Stage::LanguageModel => {
                let own = vec![Arc::new(openai::ChatCompletions::new(client.clone(), endpoint)) as _];
                let own = Resilient::language_model(own, Budget::reply(&deadlines));
                providers.model = Arc::new(own.expect(FIT));
            }
            Stage::TextToSpeech => {
                let own = vec![Arc::new(openai::Speech::new(client.clone(), endpoint)) as _];
                let own = Resilient::text_to_speech(own, Budget::speech(&deadlines));
                providers.tts = Arc::new(own.expect(FIT));
            }
        }
    }
    Ok(providers)
}

/// Opens connections to the tenant's own; the operator's are warmed by the readiness report.
pub async fn warm(state: &AppState, tenant: TenantId, providers: &Providers) {
    if !state.own_providers.begin_to_warm(tenant) {
        return;
    }
    let operators = &state.providers;
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

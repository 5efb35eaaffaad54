//! The real router over a fresh database, with faked providers.

use std::sync::Arc;

use api::{AppState, config::Settings};
use domain::access::By;
use domain::api_keys::NewKey;
use domain::{entity::id::TenantId, testing::Fresh, vault::Vault};
use poem::{
    Endpoint, EndpointExt, Response,
    endpoint::BoxEndpoint,
    test::{TestClient, TestForm, TestFormField, TestRequestBuilder, TestResponse},
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use voice::{audio::clips::Clips, conversation::Engine, vad::Vad};

use crate::fakes::Script;

/// Everything a test needs at hand.
pub struct House {
    pub state: AppState,
    pub script: Script,
    pub tenant: TenantId,
    key: SecretString,
    pub fresh: Fresh,
    /// Made once: its document is long.
    app: Arc<BoxEndpoint<'static, Response>>,
    // The vault's key lies in it.
    _directory: tempfile::TempDir,
}

impl House {
    pub async fn new(database: Fresh) -> Self {
        Self::with(database, &[]).await
    }

    /// With these flags.
    pub async fn with(database: Fresh, flags: &[&str]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let directory = tempfile::tempdir().unwrap();
        let arguments = ["switchboard"].iter().chain(flags).map(Into::into);
        let settings = Settings::read(arguments).unwrap();
        let vault = Vault::from_key_file(&directory.path().join("vault.key")).unwrap();
        let script = Script::default();
        script.words("I would like to order a pizza.");
        let engine = Engine { vad: Vad::default(), clips: Clips::default() };
        let state = AppState::new(settings, database.clone(), vault, database.recordings(), script.providers(), engine);
        let (tenant, key) = tenant(&state, "first").await;
        let app = Arc::new(api::app(state.clone()).boxed());
        Self { state, script, tenant, key, fresh: database, app, _directory: directory }
    }

    /// Another tenant and its key.
    pub async fn another_tenant(&self) -> (TenantId, SecretString) {
        tenant(&self.state, "second").await
    }

    pub fn client(&self) -> TestClient<impl Endpoint<Output = Response>> {
        TestClient::new(Arc::clone(&self.app))
    }

    pub async fn get(&self, path: &str) -> TestResponse {
        self.client().get(path).header("X-API-Key", self.key()).send().await
    }

    pub async fn post(&self, path: &str) -> TestResponse {
        self.client().post(path).header("X-API-Key", self.key()).send().await
    }

    pub async fn post_json(&self, path: &str, body: Value) -> TestResponse {
        self.client().post(path).header("X-API-Key", self.key()).body_json(&body).send().await
    }

    pub async fn post_form(&self, path: &str, form: TestForm) -> TestResponse {
        self.client().post(path).header("X-API-Key", self.key()).multipart(form).send().await
    }

    pub fn key(&self) -> &str {
        self.key.expose_secret()
    }

    /// A session started over HTTP.
    pub async fn session(&self) -> String {
        let started = json(self.post("/conversation/start").await).await;
        started["session_id"].as_str().unwrap().to_owned()
    }
}

async fn tenant(state: &AppState, name: &str) -> (TenantId, SecretString) {
    let tenant = domain::tenants::create(&state.database, name).await.unwrap();
    let (_, key) =
        domain::api_keys::create(&state.database, tenant.id, &By::SYSTEM, NewKey::unlimited("test")).await.unwrap();
    (tenant.id, key)
}

/// The body of an answer that must be 200.
pub async fn json(answer: TestResponse) -> Value {
    let (status, body) = parts(answer).await;
    assert_eq!(status, 200, "{body}");
    body
}

/// The problem of an answer that must be one: status, code and detail.
pub async fn problem(answer: TestResponse) -> (u16, String, String) {
    answer.assert_header("content-type", "application/problem+json");
    let id = answer.0.header("x-request-id").unwrap().to_owned();
    let (status, body) = parts(answer).await;
    assert_eq!(body["status"], status, "{body}");
    assert_eq!(body["request_id"], id, "{body}");
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (status, text("code"), text("detail"))
}

async fn parts(answer: TestResponse) -> (u16, Value) {
    let status = answer.0.status().as_u16();
    let bytes = answer.0.into_body().into_bytes().await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or_else(|_| panic!("{status}, not JSON: {bytes:?}")))
}

/// A file as a browser or `requests` sends it.
pub fn file(name: &'static str, bytes: Vec<u8>) -> TestFormField {
    TestFormField::bytes(bytes).name("audio_file").filename(name)
}

/// Half a second of a 16 kHz tone.
pub fn wav() -> Vec<u8> {
    let pcm: Vec<i16> = (0..8_000).map(|at| ((at as f32 * 0.2).sin() * 8_000.0) as i16).collect();
    voice::audio::wav::encode(16_000, &pcm)
}

pub fn authorized<'a, E: Endpoint>(
    request: TestRequestBuilder<'a, E>,
    key: &SecretString,
) -> TestRequestBuilder<'a, E> {
    request.header("authorization", format!("Bearer {}", key.expose_secret()))
}

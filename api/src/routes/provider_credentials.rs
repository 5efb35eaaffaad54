use std::time::Instant;

use chrono::{DateTime, Utc};
use domain::{
    entity::provider_credential::{Model, Stage as Kept},
    provider_credentials::{self, NewCredential},
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::Path,
    payload::Json,
    types::{Example, MaybeUndefined, Password},
};
use secrecy::SecretString;

use super::Tag;
use crate::{
    AppState,
    auth::{Administer, Can},
    problem::ApiError,
};

pub struct ProviderCredentials;

/// A stage of conversations.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum Stage {
    SpeechToText,
    LanguageModel,
    TextToSpeech,
}

impl From<Stage> for Kept {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::SpeechToText => Self::SpeechToText,
            Stage::LanguageModel => Self::LanguageModel,
            Stage::TextToSpeech => Self::TextToSpeech,
        }
    }
}

impl From<Kept> for Stage {
    fn from(stage: Kept) -> Self {
        match stage {
            Kept::SpeechToText => Self::SpeechToText,
            Kept::LanguageModel => Self::LanguageModel,
            Kept::TextToSpeech => Self::TextToSpeech,
        }
    }
}

/// Who shall serve a stage: an OpenAI-compatible server.
#[derive(Object)]
#[oai(example)]
struct NewProviderCredential {
    /// `https://`, as far as its `/v1`; in a public network.
    base_url: String,
    /// As the server calls it; 1–200 characters.
    model: String,
    /// Sealed, and never shown again. Left out: it stays, as long as the base URL does. Null: the server asks for none.
    api_key: MaybeUndefined<Password>,
}

impl Example for NewProviderCredential {
    fn example() -> Self {
        Self {
            base_url: "https://api.openai.com/v1".into(),
            model: "gpt-4.1-mini".into(),
            api_key: MaybeUndefined::Value(Password("sk-proj-0123456789abcdefABCDEF".into())),
        }
    }
}

/// The tenant's own server of a stage.
#[derive(Object)]
#[oai(example)]
struct ProviderCredential {
    stage: Stage,
    base_url: String,
    model: String,
    has_api_key: bool,
    /// Its last four characters; null: it has none, or is too short to show any.
    api_key_ends_with: Option<String>,
    /// When it was last written.
    updated_at: DateTime<Utc>,
}

impl From<Model> for ProviderCredential {
    fn from(row: Model) -> Self {
        Self {
            stage: row.stage.into(),
            base_url: row.base_url,
            model: row.model,
            has_api_key: row.api_key.is_some(),
            api_key_ends_with: row.last_four,
            updated_at: row.created_at,
        }
    }
}

impl Example for ProviderCredential {
    fn example() -> Self {
        Self {
            stage: Stage::LanguageModel,
            base_url: "https://api.openai.com/v1".into(),
            model: "gpt-4.1-mini".into(),
            has_api_key: true,
            api_key_ends_with: Some("CDEF".into()),
            updated_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// At most one a stage.
#[derive(Object)]
#[oai(example)]
struct ProviderCredentialList {
    items: Vec<ProviderCredential>,
}

impl Example for ProviderCredentialList {
    fn example() -> Self {
        Self { items: vec![ProviderCredential::example()] }
    }
}

/// Whether the server answers and takes the key.
#[derive(Object)]
#[oai(example)]
struct Tested {
    is_working: bool,
    /// `connect`, `timeout`, `unauthorized`, `quota_exhausted`, `rate_limited`, `unavailable`, `garbled`, `cut`,
    /// `refused`, `blocked_address` or `key_lost`.
    #[oai(skip_serializing_if_is_none)]
    problem: Option<String>,
    /// What to do about it.
    #[oai(skip_serializing_if_is_none)]
    detail: Option<String>,
    latency_ms: u64,
}

impl Example for Tested {
    fn example() -> Self {
        Self { is_working: true, problem: None, detail: None, latency_ms: 120 }
    }
}

#[derive(ApiResponse)]
enum Removed {
    #[oai(status = 204)]
    Gone,
}

#[OpenApi(tag = "Tag::Tenant")]
impl ProviderCredentials {
    /// The tenant's own providers
    ///
    /// The operator's serve the stages without one.
    #[oai(path = "/provider-credentials", method = "get")]
    async fn list(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
    ) -> Result<Json<ProviderCredentialList>, ApiError> {
        let rows = provider_credentials::list(&state.database, caller.tenant()).await?;
        Ok(Json(ProviderCredentialList { items: rows.into_iter().map(ProviderCredential::from).collect() }))
    }

    /// Bring a provider of one's own
    ///
    /// Conversations that begin from now on use it, in other processes within five seconds. It is not asked yet:
    /// `POST /provider-credentials/{stage}/test` does so.
    #[oai(path = "/provider-credentials/:stage", method = "put")]
    async fn put(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        stage: Path<Stage>,
        new: Json<NewProviderCredential>,
    ) -> Result<Json<ProviderCredential>, ApiError> {
        let new = new.0;
        let api_key = match new.api_key {
            MaybeUndefined::Undefined => None,
            MaybeUndefined::Null => Some(None),
            MaybeUndefined::Value(key) => Some(Some(SecretString::from(key.0))),
        };
        let new = NewCredential { base_url: new.base_url, model: new.model, api_key };
        let (db, vault, outbound) = (&state.database, &state.vault, &state.outbound);
        let (tenant, by) = (caller.tenant(), caller.by());
        let row = provider_credentials::put(db, vault, outbound, tenant, by, stage.0.into(), new).await?;
        state.serving.ask_again(tenant);
        Ok(Json(row.into()))
    }

    /// Go back to the operator's provider
    #[oai(path = "/provider-credentials/:stage", method = "delete")]
    async fn remove(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        stage: Path<Stage>,
    ) -> Result<Removed, ApiError> {
        let tenant = caller.tenant();
        provider_credentials::remove(&state.database, tenant, caller.by(), stage.0.into()).await?;
        state.serving.ask_again(tenant);
        Ok(Removed::Gone)
    }

    /// Ask the provider whether it works
    ///
    /// For its list of models, which costs nothing; five seconds at most.
    #[oai(path = "/provider-credentials/:stage/test", method = "post")]
    async fn test(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        stage: Path<Stage>,
    ) -> Result<Json<Tested>, ApiError> {
        let row = provider_credentials::find(&state.database, caller.tenant(), stage.0.into()).await?;
        let began = Instant::now();
        let trouble = state.serving.check(&row).await?;
        Ok(Json(Tested {
            is_working: trouble.is_none(),
            problem: trouble.map(|trouble| trouble.kind().to_owned()),
            detail: trouble.map(|trouble| trouble.advice().to_owned()),
            latency_ms: began.elapsed().as_millis() as u64,
        }))
    }
}

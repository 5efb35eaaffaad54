//! Whether a call could be served now: every part is really asked.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use poem_openapi::{Enum, Object};
use tokio::sync::Mutex;
use voice::provider::ProviderError;

use crate::AppState;

/// How long an answer stands: a load balancer asks every few seconds, and from several places.
const FRESH: Duration = Duration::from_secs(5);
/// Longest wait for one part.
const PATIENCE: Duration = Duration::from_secs(3);

/// The last report, shared by everybody who asks within [`FRESH`].
#[derive(Clone, Default)]
pub struct Readiness(Arc<Mutex<Option<(Instant, Report)>>>);

/// What was found.
#[derive(Clone, Debug, Object)]
#[oai(example)]
pub struct Report {
    pub status: Status,
    pub database: Part,
    pub speech_to_text: Part,
    pub language_model: Part,
    pub text_to_speech: Part,
    /// Without the neural model the cheap detector alone serves: `degraded`, music is then taken for speech.
    pub voice_activity_detection: Part,
}

/// Whether calls are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Status {
    Ready,
    NotReady,
    /// This process is stopping.
    Draining,
}

/// One part.
#[derive(Clone, Debug, Object)]
pub struct Part {
    pub status: PartStatus,
    /// Who serves: `sqlite`, `built-in:moonshine-tiny`, `openai:gpt-transcribe`, …
    pub served_by: String,
    /// What is wrong, in one word: `timeout`, `unauthorized`, `connect`, …
    #[oai(skip_serializing_if_is_none)]
    pub problem: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum PartStatus {
    Up,
    Degraded,
    Down,
}

impl poem_openapi::types::Example for Report {
    fn example() -> Self {
        let up = |served_by: &str| Part { status: PartStatus::Up, served_by: served_by.into(), problem: None };
        Self {
            status: Status::Ready,
            database: up("sqlite"),
            speech_to_text: up("built-in:moonshine-tiny"),
            language_model: up("built-in:scripted"),
            text_to_speech: up("built-in:hibari"),
            voice_activity_detection: up("silero-v6"),
        }
    }
}

impl Readiness {
    /// The report, at most [`FRESH`] old.
    pub async fn report(&self, state: &AppState) -> Report {
        // Who comes while the parts are being asked waits for that answer instead of asking again.
        let mut last = self.0.lock().await;
        let mut report = match last.as_ref().filter(|(at, _)| at.elapsed() < FRESH) {
            Some((_, report)) => report.clone(),
            None => last.insert((Instant::now(), look(state).await)).1.clone(),
        };
        if state.draining.is_cancelled() {
            report.status = Status::Draining;
        }
        report
    }
}

async fn look(state: &AppState) -> Report {
    let providers = state.serving.operators();
    let (database, stt, model, tts) = tokio::join!(
        database(state),
        provider(providers.stt.name(), providers.stt.check()),
        provider(providers.model.name(), providers.model.check()),
        provider(providers.tts.name(), providers.tts.check()),
    );
    let is_ready = [&database, &stt, &model, &tts].iter().all(|part| part.status != PartStatus::Down);
    Report {
        status: if is_ready { Status::Ready } else { Status::NotReady },
        database,
        speech_to_text: stt,
        language_model: model,
        text_to_speech: tts,
        voice_activity_detection: vad(state.engine.vad.is_neural()),
    }
}

async fn database(state: &AppState) -> Part {
    let served_by = match state.database.backend() {
        domain::database::Backend::Sqlite => "sqlite",
        domain::database::Backend::Postgres => "postgresql",
    };
    let problem = match tokio::time::timeout(PATIENCE, state.database.ping()).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => {
            tracing::error!(error = %crate::problem::chain(&error), "database not reachable");
            Some("unreachable".to_owned())
        }
        Err(_) => Some("timeout".to_owned()),
    };
    part(served_by, problem)
}

async fn provider(name: &str, check: impl Future<Output = Result<(), ProviderError>>) -> Part {
    let problem = match tokio::time::timeout(PATIENCE, check).await {
        Ok(Ok(())) => None,
        Ok(Err(error)) => {
            tracing::warn!(provider = name, error.kind = error.kind.name(), %error, "provider not ready");
            Some(error.kind.name().to_owned())
        }
        Err(_) => Some("timeout".to_owned()),
    };
    part(name, problem)
}

fn vad(is_neural: bool) -> Part {
    match is_neural {
        true => part("silero-v6", None),
        false => Part {
            status: PartStatus::Degraded,
            served_by: "energy detector".to_owned(),
            problem: Some("model_missing".to_owned()),
        },
    }
}

fn part(served_by: &str, problem: Option<String>) -> Part {
    let status = if problem.is_none() { PartStatus::Up } else { PartStatus::Down };
    Part { status, served_by: served_by.to_owned(), problem }
}

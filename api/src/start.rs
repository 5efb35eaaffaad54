//! From settings to a state that can serve; the first start makes what is missing.

use std::{
    fs,
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
};

use anyhow::{Context, Result};
use domain::{Database, conversations::Cast, personas, recordings::Recordings, setup::FirstStart, vault::Vault};
use secrecy::ExposeSecret;
use voice::{audio::clips::Clips, conversation::Engine, vad::Vad};

use crate::{
    AppState,
    config::{Invalid, Settings},
    twilio,
};

/// Opens the database and the vault, makes the first tenant if there is none, loads the engines and begins to
/// render the sentences that every call needs.
///
/// Prints, once in the life of a database, the first API key and what to do with it.
pub async fn start(settings: Settings) -> Result<AppState> {
    // First what can fail by configuration alone: a start that cannot succeed leaves nothing behind.
    let for_engines = settings.clone();
    // Some 60 MB of model files are read.
    let loaded = tokio::task::spawn_blocking(move || {
        let selected = providers::select(&for_engines.providers, &for_engines.files.models_dir)?;
        let vad = Vad::load(for_engines.files.vad_model.as_deref());
        Ok::<_, providers::Error>((selected, Engine { vad, clips: Clips::default() }))
    });
    let (providers, engine) = loaded.await?.map_err(|error| match error {
        providers::Error::Invalid(error) => anyhow::Error::from(error),
        error => error.into(),
    })?;

    private_directory(&settings.files.data_dir)?;
    let database = open_database(&settings).await?;
    let vault = open_vault(&settings)?;
    let recordings = open_recordings(&settings).await?;
    if let Some(first) = domain::setup::first_start(&database, &vault).await? {
        // First what is shown only once: the file may fail.
        announce(&settings, &first);
        if settings.database.is_embedded() {
            write_demo(&settings.files.data_dir, &first)?;
        }
    }

    if settings.mail.smtp_url.is_none() && !settings.database.is_embedded() {
        tracing::warn!(
            "SMTP_URL is not set: passwords cannot be reset by mail, nor addresses confirmed, nor is anybody written to when a webhook is given up"
        );
    }
    let state = AppState::new(settings, database, vault, recordings, providers, engine);
    let operators = state.serving.operators();
    tracing::info!(served_by = operators.stt.name(), "speech-to-text");
    tracing::info!(served_by = operators.model.name(), "language model");
    tracing::info!(served_by = operators.tts.name(), "text-to-speech");
    for name in state.serving.served(operators).unpriced() {
        tracing::warn!(served_by = name, "its price is not known: no estimate and no spend limit counts it (PRICES)");
    }
    state.background.spawn(worker::run(state.work(), state.shutdown.clone()));
    state.background.spawn(warm(state.clone()));
    Ok(state)
}

/// Opens the providers' connections, says in the log which of them do not work, and renders what the default persona
/// says on every call.
async fn warm(state: AppState) {
    let config = Cast::alone(personas::default().clone()).config(&twilio::TELEPHONE);
    let work = async {
        state.readiness.report(&state).await;
        twilio::warm_clips(&state, state.serving.operators(), &config).await;
    };
    state.shutdown.run_until_cancelled(work).await;
}

async fn open_database(settings: &Settings) -> Result<Database> {
    let config = &settings.database;
    let url = config.url(&settings.files.data_dir);
    let max_connections = config.database_max_connections;
    let database = domain::database::connect(&domain::database::Settings { url, max_connections })
        .await
        .context("cannot open the database (DATABASE_URL)")?;
    let database = match &settings.redis.redis_url {
        Some(url) => database.with_redis(url).await.context("cannot reach Redis (REDIS_URL)")?,
        None => database,
    };
    migration::up(database.connection()).await.context("cannot bring the database up to date")?;
    Ok(database)
}

fn open_vault(settings: &Settings) -> Result<Vault> {
    let invalid = |variable: &str, error: domain::vault::Error| Invalid {
        variable: variable.to_owned(),
        reason: crate::problem::chain(&error),
    };
    match &settings.vault.keys {
        Some(keys) => Ok(Vault::from_keys(keys).map_err(|error| invalid("VAULT_KEYS", error))?),
        None => {
            let path = settings.files.data_dir.join("vault.key");
            Vault::from_key_file(&path).with_context(|| format!("cannot use the vault key {}", path.display()))
        }
    }
}

/// Where recordings lie, once it has been seen to work.
async fn open_recordings(settings: &Settings) -> Result<Recordings> {
    let (blobs, spool) = (settings.files.blobs(), settings.files.spool());
    let open = async {
        let recordings = Recordings::open(&blobs, &spool)?;
        recordings.blobs.probe().await?;
        Ok::<_, domain::blobs::Error>(recordings)
    };
    let recordings = open.await.with_context(|| {
        format!("recordings cannot be kept in {blobs} (BLOB_URL) and {} (SPOOL_DIR)", spool.display())
    })?;
    tracing::info!(blobs.place = %blobs, "recordings are stored");
    Ok(recordings)
}

/// The directory, readable by its owner alone: a database and keys lie in it.
fn private_directory(path: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
        .with_context(|| format!("cannot make the directory {} (DATA_DIR)", path.display()))
}

/// What `make call` needs to place a call as Twilio would. Not for PostgreSQL: a deployment wants no copy of its
/// credentials on a disk.
fn write_demo(data_dir: &Path, first: &FirstStart) -> Result<()> {
    let path = data_dir.join("demo.json");
    let demo = serde_json::json!({
        "number": first.number,
        "account_sid": first.account_sid,
        "auth_token": first.auth_token.expose_secret(),
        "api_key": first.api_key.expose_secret(),
    });
    let write = || {
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
        // One that was there keeps the mode it had.
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
        writeln!(file, "{demo:#}")
    };
    write().with_context(|| format!("cannot write {}", path.display()))
}

fn announce(settings: &Settings, first: &FirstStart) {
    let own_it = domain::invitations::link(&twilio::base(settings), &first.invitation);
    let (key, number, bind) = (first.api_key.expose_secret(), &first.number, settings.http.bind);
    let talk = if settings.database.is_embedded() {
        let demo = settings.files.data_dir.join("demo.json");
        format!(
            "make call   (with the demo's credentials in {}: yours alone to read; delete it when done)",
            demo.display()
        )
    } else {
        "from a browser with the key (README, \"Talk to it\")".to_owned()
    };
    println!(
        "\nFirst start: a tenant, an agent and a phone number for trying things out were made.\n\n  \
         API key      {key}   (shown only this once)\n  \
         Demo number  {number}\n  \
         Own it       {own_it}\n               \
         (for your own account, once and within a week; without the page: POST /auth/invitations/sign-up)\n\n\
         What next:\n  \
         1. Talk to the agent:  {talk}\n  \
         2. Try the API:        curl -H 'X-API-Key: {key}' http://{bind}/personas   (all of it: http://{bind}/docs)\n  \
         3. Take real calls:    set PUBLIC_URL and point a Twilio number at it (README, \"Give it a real model and a real number\")\n"
    );
}

use chrono::{DateTime, Utc};
use domain::{
    entity::now,
    retention::{self, Counts, Days, Standing},
};
use poem::web::Data;
use poem_openapi::{Object, OpenApi, payload::Json, types::Example};

use super::Tag;
use crate::{
    AppState,
    auth::{Administer, Can, Read},
    problem::ApiError,
};

pub struct Retention;

/// Days that things are kept, 1 to 3650; null: nothing is said.
#[derive(Object, Clone, Copy)]
#[oai(example)]
struct RetentionDays {
    /// Recordings. One whose agent says fewer goes sooner.
    recordings_days: Option<u32>,
    /// What was said: the words of turns, transcripts, transcriptions, analyses. Turns stay, with their times.
    transcripts_days: Option<u32>,
    /// Conversations that have ended, with calls, turns, recordings and transcripts. What was used stays counted.
    calls_days: Option<u32>,
    /// Events and their deliveries.
    webhook_logs_days: Option<u32>,
    /// The audit log; at least 30.
    audit_days: Option<u32>,
}

impl From<Days> for RetentionDays {
    fn from(days: Days) -> Self {
        let Days { recordings, transcripts, calls, webhook_logs, audit } = days;
        Self {
            recordings_days: recordings,
            transcripts_days: transcripts,
            calls_days: calls,
            webhook_logs_days: webhook_logs,
            audit_days: audit,
        }
    }
}

impl From<RetentionDays> for Days {
    fn from(days: RetentionDays) -> Self {
        let RetentionDays { recordings_days, transcripts_days, calls_days, webhook_logs_days, audit_days } = days;
        Self {
            recordings: recordings_days,
            transcripts: transcripts_days,
            calls: calls_days,
            webhook_logs: webhook_logs_days,
            audit: audit_days,
        }
    }
}

impl Example for RetentionDays {
    fn example() -> Self {
        Self {
            recordings_days: Some(30),
            transcripts_days: Some(90),
            calls_days: Some(730),
            webhook_logs_days: None,
            audit_days: None,
        }
    }
}

/// How many of each kind.
#[derive(Object, Clone, Copy)]
#[oai(example)]
struct RetentionCounts {
    recordings: u64,
    /// Turns with words, transcripts, transcriptions and analyses.
    transcripts: u64,
    /// Conversations; what belongs to them goes too and is not in the other figures unless it is due itself.
    calls: u64,
    /// Events.
    webhook_logs: u64,
    /// Audit events.
    audit: u64,
}

impl From<Counts> for RetentionCounts {
    fn from(counts: Counts) -> Self {
        let Counts { recordings, transcripts, calls, webhook_logs, audit } = counts;
        Self { recordings, transcripts, calls, webhook_logs, audit }
    }
}

impl Example for RetentionCounts {
    fn example() -> Self {
        Self { recordings: 12, transcripts: 431, calls: 0, webhook_logs: 0, audit: 7 }
    }
}

/// What was removed on a day.
#[derive(Object)]
#[oai(example)]
struct RetentionRun {
    at: DateTime<Utc>,
    removed: RetentionCounts,
}

impl Example for RetentionRun {
    fn example() -> Self {
        let at = "2026-11-23T02:41:07.123456Z".parse().expect("a constant that parses");
        Self { at, removed: RetentionCounts::example() }
    }
}

/// For how long things are kept.
#[derive(Object)]
#[oai(example)]
struct RetentionSettings {
    /// What the tenant has set.
    own: RetentionDays,
    /// The installation's, for what the tenant has not set.
    defaults: RetentionDays,
    /// What holds; null: for ever.
    effective: RetentionDays,
    /// Null: nothing was ever due.
    last_run: Option<RetentionRun>,
}

impl From<Standing> for RetentionSettings {
    fn from(standing: Standing) -> Self {
        let Standing { effective, defaults, own, last } = standing;
        Self {
            own: own.into(),
            defaults: defaults.into(),
            effective: effective.into(),
            last_run: last.map(|(at, removed)| RetentionRun { at, removed: removed.into() }),
        }
    }
}

impl Example for RetentionSettings {
    fn example() -> Self {
        let defaults = Days { calls: Some(365), ..Days::default() };
        let own = RetentionDays::example();
        Self {
            own,
            defaults: defaults.into(),
            effective: retention::effective(&defaults, &own.into()).into(),
            last_run: Some(RetentionRun::example()),
        }
    }
}

#[OpenApi(tag = "Tag::Tenant")]
impl Retention {
    /// For how long things are kept
    #[oai(path = "/tenant/retention", method = "get")]
    async fn one(&self, caller: Can<Read>, state: Data<&AppState>) -> Result<Json<RetentionSettings>, ApiError> {
        let defaults = state.settings.keeping.days();
        Ok(Json(retention::of(&state.database, &defaults, caller.tenant()).await?.into()))
    }

    /// Set for how long things are kept
    ///
    /// All kinds at once: what is null or left out is the installation's to say. Once a night what is older is removed
    /// for good; see first what that would be (`POST /tenant/retention/preview`).
    #[oai(path = "/tenant/retention", method = "put")]
    async fn set(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        days: Json<RetentionDays>,
    ) -> Result<Json<RetentionSettings>, ApiError> {
        let (defaults, own) = (state.settings.keeping.days(), days.0.into());
        let standing = retention::set(&state.database, &defaults, caller.tenant(), caller.by(), own).await?;
        Ok(Json(standing.into()))
    }

    /// What would be removed now, if these days were set
    ///
    /// Removes nothing.
    #[oai(path = "/tenant/retention/preview", method = "post")]
    async fn preview(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        days: Json<RetentionDays>,
    ) -> Result<Json<RetentionCounts>, ApiError> {
        let own = days.0.into();
        retention::check(&own)?;
        let days = retention::effective(&state.settings.keeping.days(), &own);
        Ok(Json(retention::count(&state.database, caller.tenant(), &days, now()).await?.into()))
    }
}

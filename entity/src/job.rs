//! The ledger of background work: what is to be done, who is at it, what came of it.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::{JobId, TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "jobs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// `None`: the platform's own.
    pub tenant_id: Option<TenantId>,
    /// The payload's kind, for lists and counts.
    pub kind: String,
    /// Ids only.
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    pub state: State,
    /// Times it was claimed.
    pub attempts: i32,
    pub max_attempts: i32,
    /// The lower, the sooner.
    pub priority: i16,
    /// What may wait or run but once for a tenant and kind; `None`: as often as it was ordered.
    pub unique_key: Option<String>,
    /// How far this try has come; `None`: it has not said.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub progress: Option<Progress>,
    /// Not before.
    pub run_at: DateTimeUtc,
    /// Who holds it while it runs.
    pub leased_by: Option<String>,
    /// Until when; past it, the holder is taken for dead.
    pub lease_until: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub last_error: Option<String>,
    pub created_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

/// How far a long job has come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Progress {
    pub done: u64,
    /// `None`: not known.
    pub total: Option<u64>,
    /// What it is at, in a word or two of ours: no content.
    pub phase: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for its time or for a worker.
    Ready,
    Running,
    Done,
    /// Given up.
    Dead,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

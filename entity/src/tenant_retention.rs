//! For how long a tenant's things are kept, as it has set it. No row: nothing was set, and nothing was removed yet.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::id::TenantId;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "tenant_retention")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(column_type = "JsonBinary")]
    pub days: Days,
    /// When something was last looked for; `None`: never.
    pub applied_at: Option<DateTimeUtc>,
    /// What was removed on that day.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub removed: Option<Counts>,
}

/// Days that things of each kind are kept; what `None` means is said where such a value stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Days {
    pub recordings: Option<u32>,
    /// All that was said: the words of turns, transcripts, transcriptions, analyses.
    pub transcripts: Option<u32>,
    /// Conversations with all that belongs to them, the two above included.
    pub calls: Option<u32>,
    pub webhook_logs: Option<u32>,
    pub audit: Option<u32>,
}

/// Rows of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Counts {
    pub recordings: u64,
    pub transcripts: u64,
    pub calls: u64,
    pub webhook_logs: u64,
    pub audit: u64,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

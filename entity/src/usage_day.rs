//! What a tenant has used in a day (UTC) by one channel, of what was rolled up.

use sea_orm::entity::prelude::*;

use crate::{conversation::Channel, id::TenantId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_days")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub channel: Channel,
    pub conversations: i64,
    pub duration_ms: i64,
    pub transcribed_ms: i64,
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
    pub spoken_characters: i64,
    /// Millionths of a US dollar, here and below.
    pub transcription_cost: i64,
    pub model_cost: i64,
    pub speech_cost: i64,
    /// Conversations of which some part had no known price.
    pub unpriced: i64,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

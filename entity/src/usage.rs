//! What a conversation has used in a day (UTC).

use sea_orm::entity::prelude::*;

use crate::{
    conversation::Channel,
    id::{ConversationId, TenantId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    /// All zeros: what belongs to no conversation (speech recognised or spoken over HTTP).
    #[sea_orm(primary_key, auto_increment = false)]
    pub conversation_id: ConversationId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: Date,
    pub channel: Channel,
    /// With a line: ringing and silence included.
    pub duration_ms: i64,
    pub transcribed_ms: i64,
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
    pub spoken_characters: i64,
    /// Estimated, of what has a known price; millionths of a US dollar, here and below.
    pub transcription_cost: i64,
    pub model_cost: i64,
    pub speech_cost: i64,
    /// How often (a turn, a recording) some part had no known price, and is in none of the costs.
    pub unpriced: i64,
    /// Who served last, here and below; `None`: nobody yet.
    #[sea_orm(column_type = "Text", nullable)]
    pub stt: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub model: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub tts: Option<String>,
    /// Whether it is in its day's row ([`usage_day`](crate::usage_day)).
    pub rolled: bool,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

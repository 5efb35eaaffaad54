//! What a model made of a conversation: one row for each time that it was asked.

use sea_orm::entity::prelude::*;

use crate::{
    agent,
    id::{AnalysisId, ConversationId, TenantId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "analyses")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AnalysisId,
    pub tenant_id: TenantId,
    pub conversation_id: ConversationId,
    pub state: State,
    /// Whether it is the conversation's: of those that are ready, the last to become so.
    pub is_current: bool,
    /// What was asked, in the tenant's words.
    #[sea_orm(column_type = "JsonBinary")]
    pub plan: agent::Analysis,
    /// `user:…` or `api_key:…` with its id; `None`: the end of the conversation ordered it.
    pub requested_by: Option<String>,
    /// How often it was begun.
    pub attempts: i32,
    /// Why there is none, where it failed or was skipped; stable names.
    pub error_kind: Option<String>,
    /// `None` until it is ready, as are the next three.
    #[sea_orm(column_type = "Text", nullable)]
    pub summary: Option<String>,
    /// One of the plan's.
    pub outcome: Option<String>,
    pub sentiment: Option<Sentiment>,
    /// As the plan's schema wants them; `None`: it wants none.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub fields: Option<Json>,
    /// Who answered, or was to: `openai:gpt-6-luna`; `None`: nobody was asked yet.
    pub model: Option<String>,
    /// Lines of the transcript that the model was not shown, because it is too long.
    pub left_out: i32,
    /// Of all tries.
    pub prompt_tokens: i64,
    pub completion_tokens: i64,
    /// Estimated, millionths of a US dollar; `None`: some of it has no known price.
    pub cost: Option<i64>,
    pub created_at: DateTimeUtc,
    pub ready_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    Queued,
    Running,
    Ready,
    Failed,
    /// It was not to be done; see `error_kind`.
    Skipped,
}

/// How the caller felt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Sentiment {
    Positive,
    Neutral,
    Negative,
    Mixed,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

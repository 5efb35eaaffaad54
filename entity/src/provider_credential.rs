//! A tenant's own provider of one stage.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    Sealed,
    id::{ProviderCredentialId, TenantId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_credentials")]
pub struct Model {
    /// Another with every change: who remembers a client asks by it whether that is still the right one.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProviderCredentialId,
    pub tenant_id: TenantId,
    /// One row each.
    pub stage: Stage,
    /// Of an OpenAI-compatible server.
    pub base_url: String,
    /// As the server calls it.
    pub model: String,
    /// `None`: the server asks for none.
    pub api_key: Option<Sealed>,
    /// Of the key, to tell it by; `None` also for one that is too short to show any of it.
    pub last_four: Option<String>,
    /// Of this version.
    pub created_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    SpeechToText,
    LanguageModel,
    TextToSpeech,
}

impl Stage {
    /// As documents and logs call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SpeechToText => "speech_to_text",
            Self::LanguageModel => "language_model",
            Self::TextToSpeech => "text_to_speech",
        }
    }
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

//! A tenant's Twilio number and the agent that answers it.

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    Sealed,
    id::{AgentId, PhoneNumberId, TenantId},
    recording::Source,
};

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_numbers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PhoneNumberId,
    pub tenant_id: TenantId,
    /// `+` and up to fifteen digits; unique on the whole platform among those that are not removed.
    pub e164: String,
    /// The account that owns the number: a subaccount's own, where it is one.
    pub account_sid: String,
    /// That account's primary token: what webhooks are signed with. Empty once a removed number's last call is over.
    pub auth_token: Sealed,
    /// Its last four characters; `None`: it is too short for that.
    pub auth_token_last4: Option<String>,
    pub agent_id: AgentId,
    /// What the tenant calls it.
    pub label: Option<String>,
    /// Who records its calls, where the agent wants them recorded.
    pub recorded_by: Source,
    /// Twilio's name for it, `PN…`; `None`: Twilio was never asked.
    pub number_sid: Option<String>,
    /// When Twilio was last asked, with an answer.
    pub checked_at: Option<DateTimeUtc>,
    pub check_outcome: Option<CheckOutcome>,
    /// As Twilio had it when it was last found.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub settings: Option<Settings>,
    /// When the next check is due; `None`: never.
    pub next_check_at: Option<DateTimeUtc>,
    pub created_at: DateTimeUtc,
    /// Since when it answers no new call. The row stays: its calls belong to it.
    pub removed_at: Option<DateTimeUtc>,
}

/// Neither the number nor the token: this may come into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("phone_number::Model").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What Twilio said of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum CheckOutcome {
    /// It is the account's, configured as [`Settings`] say.
    Found,
    WrongCredentials,
    AccountSuspended,
    AccountClosed,
    /// The account has it no longer.
    NumberGone,
}

/// A number's configuration at Twilio; `None`: nothing is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(default)]
pub struct Settings {
    pub voice_url: Option<String>,
    pub voice_method: Option<String>,
    pub voice_fallback_url: Option<String>,
    pub voice_fallback_method: Option<String>,
    pub status_callback: Option<String>,
    pub status_callback_method: Option<String>,
    /// A TwiML application: it overrules all URLs.
    pub voice_application_sid: Option<String>,
    /// A SIP trunk: it overrules all URLs.
    pub trunk_sid: Option<String>,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

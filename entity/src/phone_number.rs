//! A tenant's Twilio number and the agent that answers it.

use sea_orm::entity::prelude::*;

use crate::{
    Sealed,
    id::{AgentId, PhoneNumberId, TenantId},
};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "phone_numbers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PhoneNumberId,
    pub tenant_id: TenantId,
    /// `+` and up to fifteen digits; unique on the whole platform.
    pub e164: String,
    /// The account that owns the number: a subaccount's own, where it is one.
    pub account_sid: String,
    /// That account's primary token: what webhooks are signed with.
    pub auth_token: Sealed,
    pub agent_id: AgentId,
    pub created_at: DateTimeUtc,
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

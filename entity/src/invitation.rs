//! A place in a tenant that waits for somebody to take it. Taken, withdrawn or replaced, the row is gone.

use sea_orm::entity::prelude::*;

use crate::{
    id::{ApiKeyId, InvitationId, TenantId, UserId},
    membership::Role,
};

#[derive(Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: InvitationId,
    pub tenant_id: TenantId,
    /// Whom it is for, in small letters; `None`: whoever has the link.
    pub email: Option<String>,
    pub role: Role,
    /// SHA-256 of the token that the inviter was shown, hexadecimal.
    pub token_hash: String,
    /// The same of the one that only the mail has: who brings it has shown that the address is theirs. `None`: not
    /// mailed.
    pub mailed_token_hash: Option<String>,
    /// `None`: an API key, or the first start.
    pub invited_by: Option<UserId>,
    pub created_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    /// With which it goes, when that is revoked; `None`: no API key made it.
    pub invited_by_key: Option<ApiKeyId>,
}

/// Not the address: this may come into a log.
impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("invitation::Model").field("id", &self.id).field("role", &self.role).finish_non_exhaustive()
    }
}

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

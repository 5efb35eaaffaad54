//! The one way to a tenant's rows.

use sea_orm::{ColumnTrait, DeleteMany, EntityTrait, QueryFilter, Select, UpdateMany};

use crate::id::TenantId;

/// A table whose rows belong to a tenant. Queries begin here; `EntityTrait`'s own finders are banned by lint.
pub trait TenantScoped: EntityTrait {
    /// The column that says whose row it is.
    const TENANT: Self::Column;

    /// The tenant's rows.
    #[expect(clippy::disallowed_methods, reason = "the filter that the ban asks for is put on here")]
    fn of(tenant: TenantId) -> Select<Self> {
        Self::find().filter(Self::TENANT.eq(tenant))
    }

    /// A change of the tenant's rows.
    #[expect(clippy::disallowed_methods, reason = "the filter that the ban asks for is put on here")]
    fn update_of(tenant: TenantId) -> UpdateMany<Self> {
        Self::update_many().filter(Self::TENANT.eq(tenant))
    }

    /// A removal of the tenant's rows.
    #[expect(clippy::disallowed_methods, reason = "the filter that the ban asks for is put on here")]
    fn delete_of(tenant: TenantId) -> DeleteMany<Self> {
        Self::delete_many().filter(Self::TENANT.eq(tenant))
    }
}

macro_rules! scoped {
    ($($table:ident)*) => {$(
        impl TenantScoped for crate::$table::Entity {
            const TENANT: Self::Column = crate::$table::Column::TenantId;
        }
    )*};
}

/// A tenant's own row.
impl TenantScoped for crate::tenant::Entity {
    const TENANT: Self::Column = crate::tenant::Column::Id;
}

scoped!(
    agent
    agent_version
    analysis
    api_key
    audit_event
    call
    call_slot
    conversation
    customer
    data_key
    event
    invitation
    idempotency_key
    job
    membership
    persona
    phone_number
    refresh_token
    session
    provider_credential
    stream_token
    tenant_limits
    tenant_retention
    tool
    transcript
    transcription
    recording
    turn
    usage
    usage_day
    model_warning
    webhook_attempt
    webhook_delivery
    webhook_endpoint
);

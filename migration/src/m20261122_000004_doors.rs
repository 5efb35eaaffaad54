//! What goes through every door: idempotency keys.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    schema::{index, owned, time, time_null, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let keys = owned("idempotency_keys")
            .col(uuid("id").primary_key())
            .col(text("hash"))
            .col(text("fingerprint"))
            .col(binary_null("answer"))
            .col(time_null("lease_until"))
            .col(time("expires_at"))
            .to_owned();
        manager.create_table(keys).await?;
        manager.create_index(unique("idempotency_keys", &["tenant_id", "hash"])).await?;
        // For the sweeper.
        manager.create_index(index("idempotency_keys", &["expires_at"])).await?;
        rls::protect(manager, &["idempotency_keys"]).await
    }
}

//! Data keys of tenants, their providers' credentials.

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
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        // Two processes that make a tenant's first key at once make one.
        let sql = "CREATE UNIQUE INDEX data_keys_active ON data_keys (tenant_id) WHERE state = 'active'";
        manager.get_connection().execute_unprepared(sql).await?;
        rls::protect(manager, &["data_keys", "provider_credentials"]).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let data_keys = owned("data_keys")
        .col(uuid("id").primary_key())
        .col(blob("sealed"))
        .col(text("ring_key_id"))
        .col(text("state"))
        .col(time("created_at"))
        .col(time_null("retired_at"))
        .to_owned();
    let provider_credentials = owned("provider_credentials")
        .col(uuid("id").primary_key())
        .col(text("stage"))
        .col(text("base_url"))
        .col(text("model"))
        .col(blob_null("api_key"))
        .col(text_null("last_four"))
        .col(time("created_at"))
        .to_owned();
    vec![data_keys, provider_credentials]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("data_keys", &["tenant_id", "id"]),
        // Asked of all tenants: which keys of the operator are in use.
        index("data_keys", &["ring_key_id"]),
        unique("provider_credentials", &["tenant_id", "stage"]),
    ]
}

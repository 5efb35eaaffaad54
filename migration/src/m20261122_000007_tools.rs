//! Tenants' HTTP tools.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    schema::{index, owned, time, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tools = owned("tools")
            .col(uuid("id").primary_key())
            .col(text("name"))
            .col(text("description"))
            .col(json_binary("parameters"))
            .col(text("method"))
            .col(text("url"))
            .col(json_binary("headers"))
            .col(blob_null("secret_headers"))
            .col(json_binary("secret_names"))
            .col(integer("timeout_ms"))
            .col(json_binary_null("response"))
            .col(text_null("speak_while_waiting"))
            .col(time("created_at"))
            .col(time("updated_at"))
            .to_owned();
        manager.create_table(tools).await?;
        manager.create_index(index("tools", &["tenant_id", "id"])).await?;
        manager.create_index(unique("tools", &["tenant_id", "name"])).await?;
        rls::protect(manager, &["tools"]).await
    }
}

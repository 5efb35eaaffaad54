//! Recordings of conversations. What was heard is kept elsewhere, under `blob_key`.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    schema::{index, key, owned, time, time_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let recordings = owned("recordings")
            .col(uuid("id").primary_key())
            .col(uuid("conversation_id"))
            .col(text("source"))
            .col(text("state"))
            .col(uuid_null("spool_id"))
            .col(integer("sample_rate"))
            .col(integer("channels"))
            .col(big_integer("offset_ms"))
            .col(big_integer_null("duration_ms"))
            .col(text_null("content_type"))
            .col(big_integer_null("bytes"))
            .col(text_null("sha256"))
            .col(text_null("blob_key"))
            .col(time_null("ordered_at"))
            .col(time("created_at"))
            .col(time_null("ready_at"))
            .col(time_null("expires_at"))
            .foreign_key(&mut key("recordings", "conversation_id", "conversations"))
            .to_owned();
        manager.create_table(recordings).await?;
        manager.create_index(index("recordings", &["tenant_id", "conversation_id"])).await?;
        // For the sweeper, which looks after all tenants'.
        let sql = "CREATE INDEX recordings_expires_at ON recordings (expires_at) WHERE expires_at IS NOT NULL";
        manager.get_connection().execute_unprepared(sql).await?;
        rls::protect(manager, &["recordings"]).await
    }
}

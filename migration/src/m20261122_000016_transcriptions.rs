//! Transcriptions of recordings and of uploaded audio, with what was said in them.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    schema::{index, key, owned, time, time_null, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let transcriptions = owned("transcriptions")
            .col(uuid("id").primary_key())
            .col(uuid_null("conversation_id"))
            // No key: what was said outlives the audio.
            .col(uuid_null("recording_id"))
            .col(uuid_null("job_id"))
            .col(text("source"))
            .col(text("state"))
            .col(text("layout"))
            .col(text_null("language"))
            .col(text_null("model"))
            .col(integer_null("channels"))
            .col(big_integer_null("duration_ms"))
            .col(big_integer("done_ms"))
            .col(json_binary("reached"))
            .col(json_binary("segments"))
            .col(integer("revision"))
            .col(json_binary_null("error"))
            .col(text_null("blob_key"))
            .col(text_null("content_type"))
            .col(text_null("name"))
            .col(big_integer_null("bytes"))
            .col(time("created_at"))
            .col(time_null("ready_at"))
            .col(time_null("expires_at"))
            .foreign_key(&mut key("transcriptions", "conversation_id", "conversations"))
            .to_owned();
        manager.create_table(transcriptions).await?;
        manager.create_index(index("transcriptions", &["tenant_id", "id"])).await?;
        manager.create_index(index("transcriptions", &["tenant_id", "conversation_id"])).await?;
        manager.create_index(unique("transcriptions", &["tenant_id", "recording_id"])).await?;
        // For the sweeper, which looks after all tenants'.
        for sql in [
            "CREATE INDEX transcriptions_expires_at ON transcriptions (expires_at) WHERE expires_at IS NOT NULL",
            "CREATE INDEX transcriptions_open ON transcriptions (job_id) WHERE state IN ('queued', 'running')",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        rls::protect(manager, &["transcriptions"]).await
    }
}

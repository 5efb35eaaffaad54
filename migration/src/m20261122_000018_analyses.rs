//! Analyses of conversations.

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
        let analyses = owned("analyses")
            .col(uuid("id").primary_key())
            .col(uuid("conversation_id"))
            .col(text("state"))
            .col(boolean("is_current"))
            .col(json_binary("plan"))
            .col(text_null("requested_by"))
            .col(integer("attempts"))
            .col(text_null("error_kind"))
            .col(text_null("summary"))
            .col(text_null("outcome"))
            .col(text_null("sentiment"))
            .col(json_binary_null("fields"))
            .col(text_null("model"))
            .col(integer("left_out"))
            .col(big_integer("prompt_tokens"))
            .col(big_integer("completion_tokens"))
            .col(big_integer_null("cost"))
            .col(time("created_at"))
            .col(time_null("ready_at"))
            .foreign_key(&mut key("analyses", "conversation_id", "conversations"))
            .to_owned();
        manager.create_table(analyses).await?;
        manager.create_index(index("analyses", &["tenant_id", "conversation_id"])).await?;
        for sql in [
            // The end of a conversation orders one.
            "CREATE UNIQUE INDEX analyses_of_the_end ON analyses (conversation_id) WHERE requested_by IS NULL",
            "CREATE UNIQUE INDEX analyses_current ON analyses (conversation_id) WHERE is_current",
            // Calls are looked for by what came of them.
            "CREATE INDEX analyses_outcome ON analyses (tenant_id, outcome, sentiment) WHERE is_current",
            // For the sweeper, which looks after all tenants'.
            "CREATE INDEX analyses_open ON analyses (created_at) WHERE state IN ('queued', 'running')",
        ] {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        rls::protect(manager, &["analyses"]).await
    }
}

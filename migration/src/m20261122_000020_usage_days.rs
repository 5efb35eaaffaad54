//! Usage by day, and models that go out of service.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    schema::{add_columns, owned, time, time_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "usage", vec![boolean("rolled").default(false).to_owned()]).await?;
        let usage_days = owned("usage_days")
            .col(date("day"))
            .col(text("channel"))
            .col(big_integer("conversations"))
            .col(big_integer("duration_ms"))
            .col(big_integer("transcribed_ms"))
            .col(big_integer("prompt_tokens"))
            .col(big_integer("completion_tokens"))
            .col(big_integer("spoken_characters"))
            .col(big_integer("transcription_cost"))
            .col(big_integer("model_cost"))
            .col(big_integer("speech_cost"))
            .col(big_integer("unpriced"))
            .primary_key(Index::create().col("tenant_id").col("day").col("channel"))
            .to_owned();
        manager.create_table(usage_days).await?;
        let model_warnings = owned("model_warnings")
            .col(text("stage"))
            .col(text("model"))
            .col(boolean("is_own"))
            .col(date("shutdown_date"))
            .col(integer_null("told_days"))
            .col(time("seen_at"))
            .col(time_null("told_at"))
            .primary_key(Index::create().col("tenant_id").col("stage").col("model"))
            .to_owned();
        manager.create_table(model_warnings).await?;
        let sql = [
            // What a report reads beside `usage_days`, and what is rolled up next, whoever's it is.
            "CREATE INDEX usage_not_rolled ON usage (tenant_id, day) WHERE NOT rolled",
            "CREATE INDEX usage_to_be_rolled ON usage (day) WHERE NOT rolled",
        ];
        for sql in sql {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        rls::protect(manager, &["usage_days", "model_warnings"]).await
    }
}

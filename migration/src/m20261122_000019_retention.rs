//! For how long what is kept; calls that were asked about; tenants that are being deleted, and that were; what clean-up did last.

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
        let new = vec![
            boolean("redact_transcripts").default(false).to_owned(),
            time_null("delete_asked_at"),
            text_null("delete_asked_by"),
            time_null("delete_at"),
        ];
        add_columns(manager, "tenants", new).await?;
        add_columns(manager, "calls", vec![time_null("asked_at")]).await?;
        let tenant_retention = owned("tenant_retention")
            .col(json_binary("days"))
            .col(time_null("applied_at"))
            .col(json_binary_null("removed"))
            .primary_key(Index::create().col("tenant_id"))
            .to_owned();
        manager.create_table(tenant_retention).await?;
        for table in platform() {
            manager.create_table(table).await?;
        }
        let sql = [
            // For the sweeper, which looks after all tenants.
            "CREATE INDEX tenants_delete_at ON tenants (delete_at) WHERE delete_at IS NOT NULL",
            // Turns whose words are there still: what retention looks for is the oldest of them.
            "CREATE INDEX turns_with_words ON turns (tenant_id, started_at) \
             WHERE prompt_text IS NOT NULL OR generated_text <> '' OR heard_text <> ''",
            "CREATE INDEX conversations_ended_at ON conversations (tenant_id, ended_at) WHERE ended_at IS NOT NULL",
            "CREATE INDEX recordings_created_at ON recordings (tenant_id, created_at)",
            "CREATE INDEX audit_events_at ON audit_events (tenant_id, at)",
        ];
        for sql in sql {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        rls::protect(manager, &["tenant_retention"]).await
    }
}

/// The platform's own: of no tenant, or of one that is gone.
fn platform() -> Vec<TableCreateStatement> {
    let deleted_tenants = Table::create()
        .table("deleted_tenants")
        .col(uuid("id").primary_key())
        .col(time("asked_at"))
        .col(text("asked_by"))
        .col(time("deleted_at"))
        .to_owned();
    let cleanups = Table::create()
        .table("cleanups")
        .col(text("name").primary_key())
        .col(time("at"))
        .col(json_binary("counts"))
        .col(uuid_null("cursor"))
        .to_owned();
    vec![deleted_tenants, cleanups]
}

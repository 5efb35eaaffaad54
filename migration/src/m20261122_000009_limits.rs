//! Limits, slots of running calls, usage; more about customers.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    schema::{add_columns, index, owned, time, time_null},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let metadata = json_binary("metadata").default("{}").to_owned();
        add_columns(manager, "customers", vec![metadata, time_null("erased_at")]).await?;
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        rls::protect(manager, &["call_slots", "tenant_limits", "usage"]).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let tenant_limits = owned("tenant_limits")
        .col(json_binary("by_operator"))
        .col(json_binary("by_tenant"))
        .primary_key(Index::create().col("tenant_id"))
        .to_owned();
    // No key to the conversation here and below: a slot that outlives its conversation by seconds holds up nothing,
    // and what was used stays counted when a customer's conversations are erased.
    let call_slots = owned("call_slots")
        .col(uuid("conversation_id").primary_key())
        .col(text("channel"))
        .col(time("since"))
        .col(time("renewed_at"))
        .col(time("expires_at"))
        .to_owned();
    let usage = owned("usage")
        .col(uuid("conversation_id"))
        .col(date("day"))
        .col(text("channel"))
        .col(big_integer("duration_ms"))
        .col(big_integer("transcribed_ms"))
        .col(big_integer("prompt_tokens"))
        .col(big_integer("completion_tokens"))
        .col(big_integer("spoken_characters"))
        .col(big_integer_null("transcription_cost"))
        .col(big_integer_null("model_cost"))
        .col(big_integer_null("speech_cost"))
        .col(text_null("stt"))
        .col(text_null("model"))
        .col(text_null("tts"))
        .primary_key(Index::create().col("tenant_id").col("conversation_id").col("day"))
        .to_owned();
    vec![tenant_limits, call_slots, usage]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("customers", &["tenant_id", "id"]),
        // A customer's history, and its erasure.
        index("conversations", &["tenant_id", "customer_id", "id"]),
        index("call_slots", &["tenant_id", "expires_at"]),
        // For the sweeper.
        index("call_slots", &["expires_at"]),
        index("usage", &["tenant_id", "day"]),
    ]
}

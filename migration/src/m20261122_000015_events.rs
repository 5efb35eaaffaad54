//! What happened, and the webhooks that tell tenants of it.

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
        let events = owned("events")
            .col(uuid("id").primary_key())
            .col(text("type"))
            .col(uuid_null("conversation_id"))
            .col(json_binary("data"))
            .col(time("created_at"))
            .foreign_key(&mut key("events", "conversation_id", "conversations"))
            .to_owned();
        manager.create_table(events).await?;
        manager.create_index(index("events", &["tenant_id", "id"])).await?;
        // For the sweeper, which looks after all tenants', and for what goes with its conversation.
        manager.create_index(index("events", &["created_at"])).await?;
        let sql = "CREATE INDEX events_conversation_id ON events (conversation_id) WHERE conversation_id IS NOT NULL";
        manager.get_connection().execute_unprepared(sql).await?;

        let endpoints = owned("webhook_endpoints")
            .col(uuid("id").primary_key())
            .col(text("url"))
            .col(text_null("description"))
            .col(json_binary("event_types"))
            .col(blob("secret"))
            .col(blob_null("previous_secret"))
            .col(time_null("previous_secret_until"))
            .col(time_null("failing_since"))
            .col(time_null("disabled_at"))
            .col(text_null("disabled_reason"))
            .col(time("created_at"))
            .col(time("updated_at"))
            .to_owned();
        manager.create_table(endpoints).await?;
        manager.create_index(index("webhook_endpoints", &["tenant_id", "id"])).await?;

        let deliveries = owned("webhook_deliveries")
            .col(uuid("id").primary_key())
            .col(uuid("endpoint_id"))
            .col(uuid("event_id"))
            .col(text("event_type"))
            .col(text("state"))
            .col(uuid_null("job_id"))
            .col(integer("tries"))
            .col(integer("attempts"))
            .col(time_null("next_attempt_at"))
            .col(integer_null("last_status"))
            .col(text_null("last_error"))
            .col(time("created_at"))
            .col(time_null("settled_at"))
            .foreign_key(&mut key("webhook_deliveries", "endpoint_id", "webhook_endpoints"))
            .foreign_key(&mut key("webhook_deliveries", "event_id", "events"))
            .to_owned();
        manager.create_table(deliveries).await?;
        manager.create_index(index("webhook_deliveries", &["tenant_id", "id"])).await?;
        manager.create_index(index("webhook_deliveries", &["tenant_id", "endpoint_id", "id"])).await?;
        // An event goes to an endpoint once, and its delivery goes with either.
        manager.create_index(unique("webhook_deliveries", &["event_id", "endpoint_id"])).await?;
        manager.create_index(index("webhook_deliveries", &["endpoint_id"])).await?;

        let attempts = owned("webhook_attempts")
            .col(uuid("id").primary_key())
            .col(uuid("delivery_id"))
            .col(time("at"))
            .col(big_integer("latency_ms"))
            .col(integer_null("status"))
            .col(text_null("error"))
            .col(text_null("response_body"))
            .foreign_key(&mut key("webhook_attempts", "delivery_id", "webhook_deliveries"))
            .to_owned();
        manager.create_table(attempts).await?;
        manager.create_index(index("webhook_attempts", &["delivery_id"])).await?;

        rls::protect(manager, &["events", "webhook_endpoints", "webhook_deliveries", "webhook_attempts"]).await
    }
}

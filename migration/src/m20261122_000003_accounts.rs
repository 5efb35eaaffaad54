//! Sign-in: sessions and their refresh tokens, one-time tokens sent by mail, throttling.

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
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        rls::protect(manager, &["sessions", "refresh_tokens"]).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let sessions = owned("sessions")
        .col(uuid("id").primary_key())
        .col(uuid("user_id"))
        .col(time("created_at"))
        .col(time("last_used_at"))
        .col(time("expires_at"))
        .col(time_null("ended_at"))
        .col(text_null("user_agent"))
        .col(text_null("address"))
        .foreign_key(&mut key("sessions", "user_id", "users"))
        .to_owned();
    let refresh_tokens = owned("refresh_tokens")
        .col(text("hash").primary_key())
        .col(uuid("session_id"))
        .col(time("expires_at"))
        .col(time_null("used_at"))
        .foreign_key(&mut key("refresh_tokens", "session_id", "sessions"))
        .to_owned();
    let one_time_tokens = Table::create()
        .table("one_time_tokens")
        .col(text("hash").primary_key())
        .col(uuid("user_id"))
        .col(text("purpose"))
        .col(time("expires_at"))
        .foreign_key(&mut key("one_time_tokens", "user_id", "users"))
        .to_owned();
    let throttles = Table::create()
        .table("throttles")
        .col(text("key").primary_key())
        .col(integer("attempts"))
        .col(time_null("blocked_until"))
        .col(time("expires_at"))
        .to_owned();
    vec![sessions, refresh_tokens, one_time_tokens, throttles]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("sessions", &["tenant_id", "user_id"]),
        // A person's, in all tenants: shown to them, and ended with a new password.
        index("sessions", &["user_id"]),
        index("refresh_tokens", &["session_id"]),
        index("one_time_tokens", &["user_id"]),
        // For the sweeper, which serves all tenants.
        index("sessions", &["expires_at"]),
        index("refresh_tokens", &["expires_at"]),
        index("one_time_tokens", &["expires_at"]),
        index("throttles", &["expires_at"]),
    ]
}

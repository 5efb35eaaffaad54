//! How a number is configured at Twilio, and what was found there; removed numbers keep their calls.

use sea_orm_migration::{prelude::*, schema::*};

use crate::schema::{add_columns, time_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = vec![
            text_null("auth_token_last4"),
            text_null("label"),
            text_null("number_sid"),
            time_null("checked_at"),
            text_null("check_outcome"),
            json_binary_null("settings"),
            time_null("next_check_at"),
            time_null("removed_at"),
        ];
        add_columns(manager, "phone_numbers", columns).await?;
        manager.drop_index(Index::drop().name("phone_numbers_e164").table("phone_numbers").to_owned()).await?;
        // The number tells the tenant, and can be registered anew once it is removed. The other two are for the
        // sweeper, which looks after all tenants' numbers.
        let sql = "CREATE UNIQUE INDEX phone_numbers_e164 ON phone_numbers (e164) WHERE removed_at IS NULL; \
                   CREATE INDEX phone_numbers_next_check_at ON phone_numbers (next_check_at) \
                   WHERE next_check_at IS NOT NULL; \
                   CREATE INDEX phone_numbers_removed_at ON phone_numbers (removed_at) \
                   WHERE removed_at IS NOT NULL AND auth_token_last4 IS NOT NULL";
        manager.get_connection().execute_unprepared(sql).await.map(|_| ())
    }
}

//! Who records a number's calls, and what Twilio calls its recordings.

use sea_orm_migration::{prelude::*, schema::*};

use crate::schema::add_columns;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let recorded_by = text("recorded_by").default("switchboard").to_owned();
        add_columns(manager, "phone_numbers", vec![recorded_by]).await?;
        add_columns(manager, "recordings", vec![text_null("twilio_sid")]).await?;
        let sql = "CREATE UNIQUE INDEX recordings_tenant_id_twilio_sid ON recordings (tenant_id, twilio_sid) \
                   WHERE twilio_sid IS NOT NULL";
        manager.get_connection().execute_unprepared(sql).await.map(|_| ())
    }
}

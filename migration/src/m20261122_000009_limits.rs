//! Limits, slots of running calls, usage; more about customers.

use sea_orm_migration::{prelude::*, schema::*};

use crate::schema::{add_columns, time_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let metadata = json_binary("metadata").default("{}").to_owned();
        add_columns(manager, "customers", vec![metadata, time_null("erased_at")]).await
    }
}

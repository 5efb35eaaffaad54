//! Costs are sums of what is known, with a count beside them of what is not; a slot has a holder.

use sea_orm_migration::{prelude::*, schema::*};

use crate::schema::add_columns;

#[derive(DeriveMigrationName)]
pub struct Migration;

const COSTS: [&str; 3] = ["transcription_cost", "model_cost", "speech_cost"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "call_slots", vec![uuid_null("holder")]).await?;
        add_columns(manager, "usage", vec![big_integer("unpriced").default(0).to_owned()]).await?;
        let conn = manager.get_connection();
        let is_unknown = COSTS.map(|cost| format!("{cost} IS NULL")).join(" OR ");
        conn.execute_unprepared(&format!("UPDATE usage SET unpriced = 1 WHERE {is_unknown}")).await?;
        for cost in COSTS {
            // SQLite cannot change a column: another takes its place.
            for sql in [
                "ALTER TABLE usage ADD COLUMN known BIGINT NOT NULL DEFAULT 0".to_owned(),
                format!("UPDATE usage SET known = COALESCE({cost}, 0)"),
                format!("ALTER TABLE usage DROP COLUMN {cost}"),
                format!("ALTER TABLE usage RENAME COLUMN known TO {cost}"),
            ] {
                conn.execute_unprepared(&sql).await?;
            }
        }
        Ok(())
    }
}

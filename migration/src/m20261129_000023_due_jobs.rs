//! Indexes for a long list of jobs: each question is answered by reading what it is about, not all that waits or was
//! done in the last week.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = [
            "DROP INDEX jobs_waiting",
            "DROP INDEX jobs_state_run_at",
            // Whether anything of a kind is due.
            "CREATE INDEX jobs_due ON jobs (kind, run_at) WHERE state = 'ready'",
            // Next jobs of each tenant, and of the platform, whose jobs have none.
            "CREATE INDEX jobs_waiting ON jobs (kind, (CASE WHEN tenant_id IS NULL THEN id ELSE tenant_id END), \
             priority, run_at, id) WHERE state = 'ready'",
            // Whose turn it is, and whose worker died; what was settled long ago; what was given up.
            "CREATE INDEX jobs_running ON jobs (kind, tenant_id, lease_until) WHERE state = 'running'",
            "CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL",
            "CREATE INDEX jobs_dead ON jobs (kind, id) WHERE state = 'dead'",
        ];
        for sql in sql {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

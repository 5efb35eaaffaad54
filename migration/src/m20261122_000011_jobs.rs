//! Jobs with a priority, progress and a key; jobs of the platform's own; schedules.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::schema::{add_columns, index, key, time, time_null};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let new = vec![
            small_integer("priority").default(1).to_owned(),
            text_null("unique_key"),
            json_binary_null("progress"),
        ];
        add_columns(manager, "jobs", new).await?;
        allow_jobs_of_no_tenant(manager).await?;
        manager.create_table(schedules()).await?;
        // A person's list of what is dead or waits.
        manager.create_index(index("jobs", &["tenant_id", "state", "id"])).await?;
        let sql = [
            // Serves the dispatcher, which looks for each tenant's next job.
            "CREATE INDEX jobs_waiting ON jobs (tenant_id, kind, priority, run_at, id) WHERE state = 'ready'",
            // One open job a key. NULLs differ from each other in an index, so the platform has one of its own.
            "CREATE UNIQUE INDEX jobs_open_key ON jobs (tenant_id, kind, unique_key) \
             WHERE state IN ('ready', 'running') AND tenant_id IS NOT NULL",
            "CREATE UNIQUE INDEX jobs_open_platform_key ON jobs (kind, unique_key) \
             WHERE state IN ('ready', 'running') AND tenant_id IS NULL",
        ];
        for sql in sql {
            manager.get_connection().execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

/// Row-level security needs no change: nothing equals NULL, so only the platform sees such a job.
async fn allow_jobs_of_no_tenant(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let conn = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        conn.execute_unprepared("ALTER TABLE jobs ALTER COLUMN tenant_id DROP NOT NULL").await?;
        return Ok(());
    }
    // SQLite cannot change a column: the table is made anew.
    manager.create_table(jobs_on_sqlite("jobs_new")).await?;
    let columns = "id, tenant_id, kind, payload, state, attempts, max_attempts, priority, unique_key, progress, \
                   run_at, leased_by, lease_until, last_error, created_at, finished_at";
    conn.execute_unprepared(&format!("INSERT INTO jobs_new ({columns}) SELECT {columns} FROM jobs")).await?;
    conn.execute_unprepared("DROP TABLE jobs").await?;
    conn.execute_unprepared("ALTER TABLE jobs_new RENAME TO jobs").await?;
    for index in [index("jobs", &["tenant_id", "id"]), index("jobs", &["state", "run_at"])] {
        manager.create_index(index).await?;
    }
    Ok(())
}

fn jobs_on_sqlite(name: &'static str) -> TableCreateStatement {
    Table::create()
        .table(name)
        .col(uuid_null("tenant_id"))
        .foreign_key(&mut key(name, "tenant_id", "tenants"))
        .col(uuid("id").primary_key())
        .col(text("kind"))
        .col(json_binary("payload"))
        .col(text("state"))
        .col(integer("attempts"))
        .col(integer("max_attempts"))
        .col(small_integer("priority"))
        .col(text_null("unique_key"))
        .col(json_binary_null("progress"))
        .col(time("run_at"))
        .col(text_null("leased_by"))
        .col(time_null("lease_until"))
        .col(text_null("last_error"))
        .col(time("created_at"))
        .col(time_null("finished_at"))
        .to_owned()
}

/// The platform's own: no tenant.
fn schedules() -> TableCreateStatement {
    Table::create().table("schedules").col(text("name").primary_key()).col(time("next_at")).to_owned()
}

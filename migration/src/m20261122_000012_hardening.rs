//! Audit events stay for a month at least; invitations know the key that made them.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

use crate::schema::add_columns;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "invitations", vec![uuid_null("invited_by_key")]).await?;
        keep_events(manager).await
    }
}

/// Clean-up may delete what is older. With its tenant an event goes at any age: the tenant's row is gone by then.
async fn keep_events(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => {
            "CREATE FUNCTION audit_events_are_kept() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN \
             IF OLD.at > now() - interval '30 days' AND EXISTS (SELECT 1 FROM tenants WHERE id = OLD.tenant_id) THEN \
             RAISE EXCEPTION 'audit_events are kept for 30 days'; END IF; RETURN OLD; END $$; \
             CREATE TRIGGER kept BEFORE DELETE ON audit_events \
             FOR EACH ROW EXECUTE FUNCTION audit_events_are_kept()"
        }
        _ => {
            "CREATE TRIGGER audit_events_kept BEFORE DELETE ON audit_events \
             WHEN OLD.at > strftime('%Y-%m-%dT%H:%M:%S', 'now', '-30 days') \
             AND EXISTS (SELECT 1 FROM tenants WHERE id = OLD.tenant_id) \
             BEGIN SELECT RAISE(ABORT, 'audit_events are kept for 30 days'); END"
        }
    };
    manager.get_connection().execute_unprepared(sql).await.map(|_| ())
}

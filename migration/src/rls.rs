//! Row-level security on PostgreSQL: the second wall between tenants, behind the filters of every query.
//!
//! `switchboard.tenant` is set for each transaction: a tenant's id shows that tenant's rows, `platform` shows all
//! (sweepers, sign-in, whatever has no tenant yet), nothing shows none. The owner of the tables is held to it too.
//! A superuser cannot be; so where the login is one, the application steps down to [`APP_ROLE`] in each transaction.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{DatabaseTransaction, DbBackend},
};

/// What a superuser's transactions step down to.
const APP_ROLE: &str = "switchboard_app";

/// Shows of `tables`, each with a `tenant_id`, only the rows of the tenant that is set.
pub(crate) async fn protect(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        protect_by(manager, table, "tenant_id").await?;
    }
    Ok(())
}

/// [`protect`] where another column names the tenant.
pub(crate) async fn protect_by(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let sql = format!(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; ALTER TABLE {table} FORCE ROW LEVEL SECURITY; \
         CREATE POLICY tenant ON {table} USING \
         (current_setting('switchboard.tenant', true) IN ({column}::text, 'platform'))"
    );
    manager.get_connection().execute_unprepared(&sql).await.map(|_| ())
}

/// Makes [`APP_ROLE`] where the login is a superuser, and lets it use all tables of today. A role belongs to the whole
/// server: another database's migration may have made it.
pub(crate) async fn prepare_app_role(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let sql = format!(
        "DO $$ BEGIN
            IF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN
                BEGIN
                    CREATE ROLE {APP_ROLE} NOLOGIN NOSUPERUSER NOBYPASSRLS;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
                END;
                GRANT USAGE ON SCHEMA public TO {APP_ROLE};
                GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {APP_ROLE};
            END IF;
        END $$"
    );
    tx.execute_unprepared(&sql).await.map(|_| ())
}

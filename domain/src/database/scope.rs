//! Connections that see one tenant's rows, or the platform's: the second wall, see `migration::rls`.

use entity::id::TenantId;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};

/// Whose rows are to be seen.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    Tenant(TenantId),
    /// All tenants'.
    Platform,
}

/// A connection that sees what its scope allows. On PostgreSQL each statement is a transaction of its own, in which
/// the scope is set: three short round trips more. Several statements belong into one of [`Database::write`].
///
/// [`Database::write`]: super::Database::write
pub(crate) struct Scoped<'a> {
    pub(super) connection: &'a DatabaseConnection,
    pub(super) scope: Scope,
    pub(super) steps_down: bool,
}

/// Begins a transaction that sees what `scope` allows. On SQLite it takes the write lock at once: one that reads
/// first and writes later would fail with `BUSY_SNAPSHOT` as soon as another wrote in between, whatever the busy
/// timeout.
pub(super) async fn begin(
    connection: &DatabaseConnection,
    scope: Scope,
    steps_down: bool,
) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = connection.begin_with_options(options).await?;
    if connection.get_database_backend() == DbBackend::Postgres {
        let role = if steps_down { "SET LOCAL ROLE switchboard_app; " } else { "" };
        let scope = match scope {
            Scope::Tenant(tenant) => tenant.to_string(),
            Scope::Platform => "platform".to_owned(),
        };
        tx.execute_unprepared(&format!("{role}SET LOCAL switchboard.tenant = '{scope}'")).await?;
    }
    Ok(tx)
}

impl Scoped<'_> {
    /// `None`: SQLite, which has no such wall.
    async fn transaction(&self) -> Result<Option<DatabaseTransaction>, DbErr> {
        match self.connection.get_database_backend() {
            DbBackend::Postgres => begin(self.connection, self.scope, self.steps_down).await.map(Some),
            _ => Ok(None),
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Scoped<'_> {
    fn get_database_backend(&self) -> DbBackend {
        self.connection.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        let Some(tx) = self.transaction().await? else { return self.connection.execute_raw(statement).await };
        let result = tx.execute_raw(statement).await?;
        tx.commit().await?;
        Ok(result)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        let Some(tx) = self.transaction().await? else { return self.connection.execute_unprepared(sql).await };
        let result = tx.execute_unprepared(sql).await?;
        tx.commit().await?;
        Ok(result)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        let Some(tx) = self.transaction().await? else { return self.connection.query_one_raw(statement).await };
        let row = tx.query_one_raw(statement).await?;
        tx.commit().await?;
        Ok(row)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let Some(tx) = self.transaction().await? else { return self.connection.query_all_raw(statement).await };
        let rows = tx.query_all_raw(statement).await?;
        tx.commit().await?;
        Ok(rows)
    }
}

#[cfg(test)]
mod tests {
    //! What the second wall holds when the first, the filter, was forgotten.
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use entity::agent;
    use sea_orm::{EntityTrait, FromQueryResult, PaginatorTrait};

    use super::*;
    use crate::{
        Database,
        access::By,
        agents::{self, NewAgent},
        database::Backend,
        tenants, testing,
    };

    async fn with_two_tenants(db: &Database) -> [TenantId; 2] {
        let mut made = Vec::new();
        for name in ["Ada", "Bob"] {
            let tenant = tenants::create(db, name).await.unwrap().id;
            let new = NewAgent { name: name.to_owned(), ..NewAgent::default() };
            agents::create(db, tenant, &By::SYSTEM, new).await.unwrap();
            made.push(tenant);
        }
        made.try_into().unwrap()
    }

    #[expect(clippy::disallowed_methods, reason = "forgets its filter: that is the test")]
    async fn all_agents(conn: &impl ConnectionTrait) -> Vec<agent::Model> {
        agent::Entity::find().all(conn).await.unwrap()
    }

    #[test]
    fn a_query_without_a_filter_sees_one_tenants_rows_on_postgres() {
        testing::run(Backend::Postgres, |db| async move {
            let [ada, bob] = with_two_tenants(&db).await;
            for tenant in [ada, bob] {
                let seen = all_agents(&db.of(tenant)).await;
                assert!(seen.len() == 1 && seen[0].tenant_id == tenant, "{seen:?}");
                let tx = db.write(tenant).await.unwrap();
                assert_eq!(all_agents(&tx).await, seen);
            }
            assert_eq!(all_agents(&db.platform()).await.len(), 2);
        });
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "forgets its filter: that is the test")]
    fn a_change_without_a_filter_changes_one_tenants_rows_on_postgres() {
        testing::run(Backend::Postgres, |db| async move {
            let [ada, bob] = with_two_tenants(&db).await;
            let deleted = agent::Entity::delete_many().exec(&db.of(ada)).await.unwrap();
            assert_eq!(deleted.rows_affected, 1);
            assert_eq!(agent::Entity::find().count(&db.of(bob)).await.unwrap(), 1);
        });
    }

    #[test]
    fn a_row_cannot_be_written_into_another_tenant_on_postgres() {
        testing::run(Backend::Postgres, |db| async move {
            let [ada, bob] = with_two_tenants(&db).await;
            let new = NewAgent { name: "Eve".to_owned(), ..NewAgent::default() };
            let tx = db.write(bob).await.unwrap();
            agents::create_in(&tx, ada, &By::SYSTEM, new).await.unwrap_err();
        });
    }

    #[test]
    fn every_table_with_a_tenant_is_behind_the_wall() {
        #[derive(FromQueryResult)]
        struct Row {
            table_name: String,
            is_forced: bool,
        }
        testing::run(Backend::Postgres, |db| async move {
            let sql = "SELECT c.relname AS table_name, c.relrowsecurity AND c.relforcerowsecurity AS is_forced \
                       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
                       WHERE a.attname = 'tenant_id' AND c.relkind = 'r'";
            let statement = Statement::from_string(DbBackend::Postgres, sql);
            let tables = Row::find_by_statement(statement).all(&db.platform()).await.unwrap();
            assert!(tables.len() >= 11);
            let open: Vec<_> = tables.iter().filter(|row| !row.is_forced).map(|row| &row.table_name).collect();
            assert!(open.is_empty(), "without row-level security: {open:?}");
        });
    }
}

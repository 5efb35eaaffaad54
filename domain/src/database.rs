//! The connection to SQLite or PostgreSQL.
//!
//! A query says whose rows it may see: [`Database::of`] and [`Database::write`] a tenant's, [`Database::platform`] and
//! [`Database::write_platform`] all. On PostgreSQL that is held by row-level security, behind the filter that every
//! query has anyway.

mod scope;

use std::time::Duration;

use entity::id::TenantId;
use sea_orm::{ConnectOptions, ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend};
use secrecy::{ExposeSecret, SecretString};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

use self::scope::Scope;
pub(crate) use self::scope::Scoped;
use crate::{Error, Result, jobs::Queue};

/// Where the data lies.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:path/to/file.db` (made if missing; its directory must exist) or `postgres://user:password@host/name`.
    pub url: SecretString,
    /// At least 2.
    pub max_connections: u32,
}

/// Which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// The database and the way to wake the workers; cheap to clone.
#[derive(Clone)]
pub struct Database {
    connection: DatabaseConnection,
    /// The login is above row-level security: transactions step down to a role that is not.
    steps_down: bool,
    queue: Queue,
}

/// Connects, and fails within five seconds when it cannot. The schema is not touched: see the `migration` crate.
pub async fn connect(settings: &Settings) -> Result<Database> {
    let url = settings.url.expose_secret();
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(settings.max_connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(5))
        .connect_timeout(Duration::from_secs(5))
        .sqlx_logging(false);
    if url.starts_with("sqlite:") {
        options.map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // With WAL a power cut may lose the last commits but never corrupts; each commit is spared an fsync.
                .synchronous(SqliteSynchronous::Normal)
                // There is one writer at a time: others wait this long for their turn.
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
        });
    } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        options.statement_timeout(Duration::from_secs(30)).set_application_name("switchboard");
        options.map_sqlx_postgres_opts(|postgres| postgres.options([("idle_in_transaction_session_timeout", "60s")]));
    } else {
        return Err(Error::invalid("url", "must begin with sqlite: or postgres:"));
    }
    let connection = sea_orm::Database::connect(options).await?;
    let steps_down = is_above_row_level_security(&connection).await?;
    Ok(Database { connection, steps_down, queue: Queue::in_memory() })
}

async fn is_above_row_level_security(connection: &DatabaseConnection) -> Result<bool> {
    if connection.get_database_backend() != DbBackend::Postgres {
        return Ok(false);
    }
    let sql = "SELECT rolsuper OR rolbypassrls AS is_above FROM pg_roles WHERE rolname = current_user";
    let statement = sea_orm::Statement::from_string(DbBackend::Postgres, sql);
    match connection.query_one_raw(statement).await? {
        Some(row) => Ok(row.try_get("", "is_above")?),
        None => Ok(false),
    }
}

impl Database {
    /// The same, with Redis to carry jobs: for all processes on this database. Fails when it cannot be reached.
    pub async fn with_redis(self, url: &SecretString) -> Result<Self> {
        // Another installation's workers on the same Redis must not take our ids.
        let name = match self.connection.get_database_backend() {
            DbBackend::Postgres => {
                let statement = sea_orm::Statement::from_string(DbBackend::Postgres, "SELECT current_database()::text");
                let row = self.connection.query_one_raw(statement).await?;
                row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default()
            }
            _ => "sqlite".to_owned(),
        };
        Ok(Self { queue: Queue::in_redis(url, &name).await?, ..self })
    }

    /// For migrations: it sees no tenant's rows on PostgreSQL. Everything else goes through this crate's functions.
    pub fn connection(&self) -> &DatabaseConnection {
        &self.connection
    }

    pub fn backend(&self) -> Backend {
        match self.connection.get_database_backend() {
            DbBackend::Postgres => Backend::Postgres,
            _ => Backend::Sqlite,
        }
    }

    /// Through which the workers of this process hear of new jobs.
    pub fn queue(&self) -> &Queue {
        &self.queue
    }

    /// Whether it answers a query now.
    pub async fn ping(&self) -> Result<()> {
        Ok(self.connection.ping().await?)
    }

    /// Closes all connections; clones of this value are closed with it.
    pub async fn close(&self) -> Result<()> {
        Ok(self.connection.close_by_ref().await?)
    }

    /// Sees the tenant's rows; each statement by itself.
    pub(crate) fn of(&self, tenant: TenantId) -> Scoped<'_> {
        self.scoped(Scope::Tenant(tenant))
    }

    /// Sees all tenants' rows; each statement by itself. For what serves all of them or does not know yet whom.
    pub(crate) fn platform(&self) -> Scoped<'_> {
        self.scoped(Scope::Platform)
    }

    /// A transaction on the tenant's rows, which may write.
    pub(crate) async fn write(&self, tenant: TenantId) -> Result<DatabaseTransaction> {
        Ok(scope::begin(&self.connection, Scope::Tenant(tenant), self.steps_down).await?)
    }

    /// [`write`](Self::write) on all tenants' rows: see [`platform`](Self::platform).
    pub(crate) async fn write_platform(&self) -> Result<DatabaseTransaction> {
        Ok(scope::begin(&self.connection, Scope::Platform, self.steps_down).await?)
    }

    fn scoped(&self, scope: Scope) -> Scoped<'_> {
        Scoped { connection: &self.connection, scope, steps_down: self.steps_down }
    }
}

//! The connection to SQLite or PostgreSQL.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use secrecy::{ExposeSecret, SecretString};
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

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
    Ok(Database { connection, queue: Queue::in_memory() })
}

impl Database {
    /// For migrations; everything else goes through this crate's functions.
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

    /// A transaction that may write. On SQLite it takes the write lock at once: one that reads first and writes
    /// later would fail with `BUSY_SNAPSHOT` as soon as another wrote in between, whatever the busy timeout.
    pub(crate) async fn write(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.connection.begin_with_options(options).await?)
    }
}

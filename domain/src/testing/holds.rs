//! Jobs held open in their middle, in whatever process runs them: triggers that do not end.
//!
//! On PostgreSQL the statement sleeps. SQLite cannot, so it counts for ever, and holds the file's only write lock.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};
use secrecy::SecretString;

use super::Fresh;
use crate::{
    Database,
    database::{self, Settings},
    jobs::Kind,
};

/// Longer than a test is patient.
const FOR_EVER_S: u32 = 29;
/// What another writer on SQLite never takes, on however busy a machine.
const LOCKED: u32 = 20;
const APART: Duration = Duration::from_millis(10);

/// Where a job is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// At the first row that it changes, in the middle of its transaction.
    FirstWrite,
    /// All is done; only its own row does not say so yet.
    Settlement,
}

/// What of a database decides which jobs run, and which are held.
pub struct Holds<'a> {
    db: &'a Fresh,
    /// One connection, which on SQLite never waits.
    probe: Database,
}

impl<'a> Holds<'a> {
    pub async fn new(db: &'a Fresh) -> Self {
        let settings = Settings { url: SecretString::from(db.url()), max_connections: 1 };
        let probe = database::connect(&settings).await.expect("the test's database can be connected to");
        let holds = Self { db, probe };
        holds.prepare().await.expect("the test owns the schema");
        holds
    }

    async fn prepare(&self) -> Result<(), DbErr> {
        let conn = self.db.connection();
        conn.execute_unprepared("CREATE TABLE hold_only (kind TEXT)").await?;
        conn.execute_unprepared("CREATE TABLE hold_at (kind TEXT, moment TEXT)").await?;
        let running = "SELECT 1 FROM hold_at JOIN jobs ON jobs.kind = hold_at.kind \
                       WHERE moment = 'FirstWrite' AND jobs.state = 'running'";
        let settled = "SELECT 1 FROM hold_at WHERE kind = NEW.kind AND NEW.state = 'done'";
        let barred = "SELECT 1 FROM hold_only WHERE kind <> NEW.kind";
        let is_postgres = conn.get_database_backend() == DbBackend::Postgres;
        match is_postgres {
            true => {
                let sleep = format!("PERFORM pg_sleep({FOR_EVER_S});");
                for (name, condition, then) in [
                    ("hold_write", format!("EXISTS ({running})"), &*sleep),
                    ("hold_settlement", format!("EXISTS ({settled})"), &*sleep),
                    (
                        "hold_claim",
                        format!("NEW.state = 'running' AND OLD.state = 'ready' AND EXISTS ({barred})"),
                        "RETURN NULL;",
                    ),
                ] {
                    // As the test's own user: those who write see one tenant's rows.
                    let sql = format!(
                        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN \
                         IF {condition} THEN {then} END IF; \
                         IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
                    );
                    conn.execute_unprepared(&sql).await?;
                }
                for (name, function) in [("a", "hold_claim"), ("b", "hold_settlement")] {
                    let sql = format!(
                        "CREATE TRIGGER hold_{name} BEFORE UPDATE OF state ON jobs FOR EACH ROW EXECUTE FUNCTION {function}()"
                    );
                    conn.execute_unprepared(&sql).await?;
                }
            }
            false => {
                let count = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n";
                conn.execute_unprepared(&format!("CREATE VIEW hold_for_ever AS {count}")).await?;
                for (name, condition, then) in [
                    (
                        "a",
                        format!("NEW.state = 'running' AND OLD.state = 'ready' AND EXISTS ({barred})"),
                        "SELECT RAISE(IGNORE)",
                    ),
                    ("b", format!("EXISTS ({settled})"), "SELECT COUNT(*) FROM hold_for_ever"),
                ] {
                    let sql = format!(
                        "CREATE TRIGGER hold_{name} BEFORE UPDATE OF state ON jobs WHEN {condition} BEGIN {then}; END"
                    );
                    conn.execute_unprepared(&sql).await?;
                }
            }
        }
        for table in self.tables(is_postgres).await? {
            let changes: &[&str] = if table == "jobs" { &["INSERT"] } else { &["INSERT", "UPDATE", "DELETE"] };
            for change in changes {
                let head = format!("CREATE TRIGGER hold_{change} BEFORE {change} ON {table}");
                let sql = match is_postgres {
                    true => format!("{head} FOR EACH ROW EXECUTE FUNCTION hold_write()"),
                    false => format!(
                        "{} WHEN EXISTS ({running}) BEGIN SELECT COUNT(*) FROM hold_for_ever; END",
                        head.replace("hold_", &format!("hold_{table}_"))
                    ),
                };
                conn.execute_unprepared(&sql).await?;
            }
        }
        if !is_postgres {
            self.probe.connection().execute_unprepared("PRAGMA busy_timeout = 0").await?;
        }
        Ok(())
    }

    /// What jobs change: neither schedules, which are the dispatcher's, nor what the database makes of other tables.
    async fn tables(&self, is_postgres: bool) -> Result<Vec<String>, DbErr> {
        let sql = match is_postgres {
            true => "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'",
            false => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' \
                 AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'transcript_words%'"
            }
        };
        let conn = self.db.connection();
        let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await?;
        let names: Vec<String> = rows.iter().map(|row| row.try_get("", "name")).collect::<Result<_, _>>()?;
        let is_theirs = |name: &String| !["schedules", "seaql_migrations", "hold_only", "hold_at"].contains(&&**name);
        Ok(names.into_iter().filter(is_theirs).collect())
    }

    /// From now on no job of another kind is begun; `None`: all are.
    pub async fn only(&self, kind: Option<Kind>) {
        self.db.execute("DELETE FROM hold_only").await;
        if let Some(kind) = kind {
            self.db.execute(&format!("INSERT INTO hold_only VALUES ('{}')", kind.as_str())).await;
        }
    }

    /// Jobs of the kind are held from now on at this moment, or at the later one.
    pub async fn hold(&self, kind: Kind, moment: Moment) {
        self.db.execute(&format!("INSERT INTO hold_at VALUES ('{}', '{moment:?}')", kind.as_str())).await;
    }

    /// Waits until one is held.
    pub async fn is_held(&self) {
        let mut locked = 0;
        while locked < LOCKED {
            tokio::time::sleep(APART).await;
            locked = if self.is_held_now().await.expect("the database answers") { locked + 1 } else { 0 };
        }
    }

    async fn is_held_now(&self) -> Result<bool, DbErr> {
        let conn = self.probe.connection();
        match conn.get_database_backend() {
            DbBackend::Postgres => {
                let sql = "SELECT 1 AS held FROM pg_stat_activity WHERE datname = current_database() \
                           AND wait_event = 'PgSleep' LIMIT 1";
                let held = conn.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
                Ok(held.is_some())
            }
            // It changes nothing, and wants the lock all the same.
            _ => Ok(conn.execute_unprepared("UPDATE hold_only SET kind = kind WHERE FALSE").await.is_err()),
        }
    }

    /// Lets go of what was held, after its process is dead: PostgreSQL sees that at the statement's end.
    pub async fn release(&self) {
        if self.db.connection().get_database_backend() == DbBackend::Postgres {
            self.db
                .execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE datname = current_database() AND wait_event = 'PgSleep'",
                )
                .await;
        }
        self.db.execute("DELETE FROM hold_at").await;
    }
}

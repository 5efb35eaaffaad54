//! All rows of one tenant, whatever their tables.

use std::collections::BTreeMap;

use entity::id::TenantId;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement};

use crate::Database;

/// Columns left out. A slot of an open line is renewed every few seconds, whatever else happens.
const LEASES: [(&str, &str); 2] = [("call_slots", "renewed_at"), ("call_slots", "expires_at")];

/// Tables with a `tenant_id` that is part of no key that deletes with what it names.
/// On PostgreSQL words of transcripts go with theirs, which go with the tenant.
pub(super) async fn left_behind(db: &Database) -> Result<Vec<String>, DbErr> {
    let conn = db.platform();
    let sql = match conn.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT c.relname::text AS text FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
             WHERE a.attname = 'tenant_id' AND c.relkind = 'r' AND NOT EXISTS (SELECT 1 FROM pg_constraint k \
             WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confdeltype = 'c' \
             AND a.attnum = ANY(k.conkey))"
        }
        _ => {
            "SELECT m.name AS text FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND c.name = 'tenant_id' AND NOT EXISTS (SELECT 1 \
             FROM pragma_foreign_key_list(m.name) k WHERE k.\"table\" = 'tenants' AND k.\"from\" = 'tenant_id' \
             AND k.on_delete = 'CASCADE')"
        }
    };
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await?;
    rows.iter().map(|row| row.try_get("", "text")).collect()
}

/// The rows as text, sorted, by table.
pub(super) async fn of(db: &Database, tenant: TenantId) -> Result<BTreeMap<String, Vec<String>>, DbErr> {
    let conn = db.platform();
    let is_postgres = conn.get_database_backend() == DbBackend::Postgres;
    let texts = async |sql: String| {
        let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await?;
        rows.iter().map(|row| row.try_get::<String>("", "text")).collect::<Result<Vec<_>, DbErr>>()
    };
    let tables = match is_postgres {
        true => {
            "SELECT table_name::text AS text FROM information_schema.columns \
             WHERE column_name = 'tenant_id' AND table_schema = 'public'"
        }
        false => {
            "SELECT m.name AS text FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND c.name = 'tenant_id'"
        }
    };
    let mut all = BTreeMap::new();
    for table in texts(tables.to_owned()).await? {
        let leases: Vec<_> = LEASES.iter().filter(|(of, _)| *of == table).map(|(_, column)| *column).collect();
        let sql = match is_postgres {
            true => {
                let leases = leases.join(",");
                format!(
                    "SELECT (to_jsonb(t) - '{{{leases}}}'::text[])::text AS text FROM {table} t \
                     WHERE tenant_id = '{tenant}' ORDER BY 1"
                )
            }
            false => {
                let columns = texts(format!("SELECT name AS text FROM pragma_table_info('{table}')")).await?;
                let columns = columns.iter().filter(|column| !leases.contains(&column.as_str()));
                let columns: Vec<_> = columns.map(|name| format!("quote({name})")).collect();
                let (columns, tenant) = (columns.join(" || ' ' || "), tenant.uuid().simple());
                format!("SELECT {columns} AS text FROM {table} WHERE tenant_id = x'{tenant}' ORDER BY 1")
            }
        };
        let rows = texts(sql).await?;
        all.insert(table, rows);
    }
    Ok(all)
}

/// What words are searched by: on SQLite the blocks of FTS5, each word without what it has in common with the one before;
/// on PostgreSQL the vectors, which nobody may list but a superuser.
pub(super) async fn index_of_words(db: &Database) -> Result<String, DbErr> {
    let conn = db.connection();
    let sql = match conn.get_database_backend() {
        DbBackend::Postgres => "SELECT convert_to(words::text, 'UTF8') AS bytes FROM transcript_words",
        _ => "SELECT block AS bytes FROM transcript_words_data",
    };
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await?;
    let bytes = rows.iter().map(|row| row.try_get::<Vec<u8>>("", "bytes")).collect::<Result<Vec<_>, DbErr>>()?;
    Ok(bytes.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect::<Vec<_>>().join("\n"))
}

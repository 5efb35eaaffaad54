//! How tables and indexes are written here.

use sea_orm_migration::{prelude::*, schema::*};

/// A tenant-owned table. Give it row-level security too: [`protect`](crate::rls::protect).
pub(crate) fn owned(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).col(uuid("tenant_id")).foreign_key(&mut key(name, "tenant_id", "tenants")).to_owned()
}

/// What a row of `to` takes along when it goes.
pub(crate) fn key(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").on_delete(ForeignKeyAction::Cascade).to_owned()
}

pub(crate) fn time(name: &'static str) -> ColumnDef {
    timestamp_with_time_zone(name)
}

pub(crate) fn time_null(name: &'static str) -> ColumnDef {
    timestamp_with_time_zone_null(name)
}

pub(crate) fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create().name(format!("{table}_{}", columns.join("_"))).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    index
}

pub(crate) fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(table, columns).unique().to_owned()
}

/// New columns, one statement each: SQLite takes no more.
pub(crate) async fn add_columns(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: Vec<ColumnDef>,
) -> Result<(), DbErr> {
    for mut column in columns {
        manager.alter_table(Table::alter().table(table).add_column(&mut column).to_owned()).await?;
    }
    Ok(())
}

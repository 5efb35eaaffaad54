//! People and their places in tenants, scopes of API keys, the audit log, row-level security.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

use crate::{
    rls,
    schema::{add_columns, index, key, owned, time, time_null, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "tenants", vec![text("status").default("active").to_owned(), time_null("suspended_at")])
            .await?;
        let scopes = json_binary("scopes").default(r#"["read","calls","manage"]"#).to_owned();
        add_columns(manager, "api_keys", vec![scopes, time_null("expires_at")]).await?;
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        append_only(manager).await?;
        rls::protect_by(manager, "tenants", "id").await?;
        let of_the_first_call = [
            "agents",
            "api_keys",
            "calls",
            "conversations",
            "customers",
            "jobs",
            "phone_numbers",
            "stream_tokens",
            "turns",
        ];
        rls::protect(manager, &of_the_first_call).await?;
        rls::protect(manager, &["memberships", "audit_events"]).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let users = Table::create()
        .table("users")
        .col(uuid("id").primary_key())
        .col(text("email"))
        .col(text("name"))
        .col(text("password_hash"))
        .col(time_null("email_verified_at"))
        .col(time("created_at"))
        .col(time("password_changed_at"))
        .to_owned();
    let memberships = owned("memberships")
        .col(uuid("user_id"))
        .col(text("role"))
        .col(time("created_at"))
        .primary_key(Index::create().col("tenant_id").col("user_id"))
        .foreign_key(&mut key("memberships", "user_id", "users"))
        .to_owned();
    let audit_events = owned("audit_events")
        .col(uuid("id").primary_key())
        .col(time("at"))
        .col(text("actor_kind"))
        .col(uuid_null("actor_id"))
        .col(text("action"))
        .col(text_null("target_id"))
        .col(json_binary_null("details"))
        .col(text_null("address"))
        .to_owned();
    vec![users, memberships, audit_events]
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        // A person signs in before a tenant is known.
        unique("users", &["email"]),
        // Whose tenants: asked at sign-in.
        index("memberships", &["user_id"]),
        index("audit_events", &["tenant_id", "id"]),
    ]
}

/// What is in the audit log stays as it is. It goes with its tenant, or by the clean-up of the platform.
async fn append_only(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => {
            "CREATE FUNCTION audit_events_are_append_only() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'audit_events is append-only'; END $$; \
             CREATE TRIGGER append_only BEFORE UPDATE ON audit_events \
             FOR EACH ROW EXECUTE FUNCTION audit_events_are_append_only()"
        }
        _ => {
            "CREATE TRIGGER audit_events_append_only BEFORE UPDATE ON audit_events \
             BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END"
        }
    };
    manager.get_connection().execute_unprepared(sql).await.map(|_| ())
}

//! Invitations, who made an API key, why a tenant is suspended.

use sea_orm_migration::{prelude::*, schema::*};

use crate::{
    rls,
    schema::{add_columns, index, key, owned, time, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        add_columns(manager, "tenants", vec![text_null("suspended_reason")]).await?;
        let made_by = vec![text("created_by_kind").default("system").to_owned(), uuid_null("created_by_id")];
        add_columns(manager, "api_keys", made_by).await?;
        manager.create_table(invitations()).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        rls::protect(manager, &["invitations"]).await
    }
}

fn invitations() -> TableCreateStatement {
    owned("invitations")
        .col(uuid("id").primary_key())
        .col(text_null("email"))
        .col(text("role"))
        .col(text("token_hash"))
        .col(text_null("mailed_token_hash"))
        .col(uuid_null("invited_by"))
        .col(time("created_at"))
        .col(time("expires_at"))
        // An invitation goes with whoever is no longer there to have made it.
        .foreign_key(&mut key("invitations", "invited_by", "users"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        // One invitation an address; those without one are the platform's own.
        unique("invitations", &["tenant_id", "email"]),
        // A token is shown before a tenant is known.
        unique("invitations", &["token_hash"]),
        unique("invitations", &["mailed_token_hash"]),
        // For the sweeper, which serves all tenants.
        index("invitations", &["expires_at"]),
        // What was done by one, or to one thing, in a long log.
        index("audit_events", &["tenant_id", "actor_id", "id"]),
        index("audit_events", &["tenant_id", "target_id", "id"]),
    ]
}

//! Drafts and versions of agents, tenants' own personas, ids of turns.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbErr, QueryResult, prelude::*},
};
use serde_json::{Value, json};

use crate::{
    rls,
    schema::{add_columns, index, key, owned, time, time_null, unique},
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(personas()).await?;
        manager.create_table(agent_versions()).await?;
        manager.create_index(unique("agent_versions", &["tenant_id", "agent_id", "number"])).await?;
        rls::protect(manager, &["personas", "agent_versions"]).await?;

        let draft = json_binary("draft").default("{}").to_owned();
        let counters = ["published", "revision"].map(|name| integer(name).default(1).to_owned());
        add_columns(manager, "agents", vec![draft]).await?;
        add_columns(manager, "agents", counters.to_vec()).await?;
        add_columns(manager, "agents", vec![time_null("deleted_at")]).await?;
        publish_all(manager.get_connection()).await?;
        for column in MOVED {
            manager.alter_table(Table::alter().table("agents").drop_column(*column).to_owned()).await?;
        }

        let of_conversations = vec![integer_null("agent_version").to_owned(), json_binary_null("variables").to_owned()];
        add_columns(manager, "conversations", of_conversations).await?;
        let begun = Query::update()
            .table("conversations")
            .value("agent_version", 1)
            .and_where(Expr::col("agent_id").is_not_null())
            .to_owned();
        manager.get_connection().execute(&begun).await?;
        // Whether an agent is in use, and which calls are its own.
        manager.create_index(index("conversations", &["tenant_id", "agent_id"])).await?;

        add_columns(manager, "turns", vec![uuid_null("id").to_owned()]).await?;
        manager.create_index(unique("turns", &["tenant_id", "id"])).await
    }
}

fn personas() -> TableCreateStatement {
    owned("personas")
        .col(text("name"))
        .col(text("title"))
        .col(text("description"))
        .col(text("tone"))
        .col(text("prompt"))
        .col(text("voice"))
        .col(double("speed"))
        .col(text_null("language"))
        .col(text("greeting"))
        .col(time("created_at"))
        .col(time("updated_at"))
        .primary_key(Index::create().col("tenant_id").col("name"))
        .to_owned()
}

fn agent_versions() -> TableCreateStatement {
    owned("agent_versions")
        .col(uuid("id").primary_key())
        .col(uuid("agent_id"))
        .col(integer("number"))
        .col(json_binary("settings"))
        .col(time("published_at"))
        .col(text("published_by"))
        .col(text_null("note"))
        .foreign_key(&mut key("agent_versions", "agent_id", "agents"))
        .to_owned()
}

/// Columns of an agent that have become its settings.
const MOVED: &[&str] = &[
    "persona",
    "instructions",
    "greeting",
    "voice",
    "speed",
    "language",
    "transfer_to",
    "may_end_call",
    "turns",
    "limits",
];

/// Makes what each agent is into its draft and its first version.
async fn publish_all(conn: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let all = Query::select()
        .columns(["id", "tenant_id", "updated_at"])
        .columns(MOVED.iter().copied())
        .from("agents")
        .to_owned();
    for row in conn.query_all(&all).await? {
        let (id, tenant): (Uuid, Uuid) = (row.try_get("", "id")?, row.try_get("", "tenant_id")?);
        let published_at: DateTimeUtc = row.try_get("", "updated_at")?;
        let settings = settings(&row)?;
        let draft = Query::update()
            .table("agents")
            .value("draft", settings.clone())
            .and_where(Expr::col("id").eq(id))
            .to_owned();
        conn.execute(&draft).await?;
        let version = Query::insert()
            .into_table("agent_versions")
            .columns(["id", "tenant_id", "agent_id", "number", "settings", "published_at", "published_by"])
            .values_panic([
                Uuid::now_v7().into(),
                tenant.into(),
                id.into(),
                1.into(),
                settings.into(),
                published_at.into(),
                "system".into(),
            ])
            .to_owned();
        conn.execute(&version).await?;
    }
    Ok(())
}

/// As `AgentSettings` is written; what is left out here takes its default.
fn settings(row: &QueryResult) -> Result<Value, DbErr> {
    let text = |name: &str| row.try_get::<Option<String>>("", name);
    // The decimal that was meant, not its nearest neighbour in 32 bits.
    let speed = row.try_get::<Option<f32>>("", "speed")?;
    let speed: Option<f64> = speed.and_then(|speed| speed.to_string().parse().ok());
    let mut settings = json!({
        "persona": text("persona")?,
        "instructions": text("instructions")?,
        "greeting": text("greeting")?,
        "voice": text("voice")?,
        "speed": speed,
        "language": text("language")?,
        "transfer_to": text("transfer_to")?,
        "may_end_call": row.try_get::<bool>("", "may_end_call")?,
    });
    for name in ["turns", "limits"] {
        if let Some(own) = row.try_get::<Option<Value>>("", name)? {
            settings[name] = own;
        }
    }
    Ok(settings)
}

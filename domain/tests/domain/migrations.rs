//! Migrations, by several processes at once: the test starts its own binary again as those.

use std::process::{Command, Stdio};

use domain::{
    Database,
    access::By,
    database::{self, Backend, Settings},
    entity::{
        agent::{AgentSettings, Turns},
        id::{AgentId, ConversationId, TenantId},
    },
    tenants, testing,
};
use sea_orm::{
    ConnectionTrait, TransactionTrait,
    sea_query::{InsertStatement, Query},
};
use secrecy::SecretString;

/// Set for the processes that the test starts: what they are to migrate.
const URL: &str = "SWITCHBOARD_TEST_MIGRATE_URL";

async fn migrate(url: &str) {
    let settings = Settings { url: SecretString::from(url), max_connections: 2 };
    let db = database::connect(&settings).await.unwrap();
    migration::up(db.connection()).await.unwrap();
}

async fn three_processes_migrate(name: &str, backend: Backend) {
    // We are one of the three.
    if let Ok(url) = std::env::var(URL) {
        return migrate(&url).await;
    }
    for _ in 0..3 {
        let db = testing::empty(backend).await;
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", name]).env(URL, db.url()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let processes: Vec<_> = (0..3).map(|_| command.spawn().unwrap()).collect();
        for process in processes {
            let output = process.wait_with_output().unwrap();
            let text = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{text}");
            assert!(text.contains("1 passed"), "the process did not run the test: {text}");
        }
        tenants::create(&db, "Ada").await.unwrap();
    }
}

#[tokio::test]
async fn three_processes_migrate_one_empty_postgres() {
    three_processes_migrate("migrations::three_processes_migrate_one_empty_postgres", Backend::Postgres).await;
}

#[tokio::test]
async fn three_processes_migrate_one_empty_sqlite() {
    three_processes_migrate("migrations::three_processes_migrate_one_empty_sqlite", Backend::Sqlite).await;
}

#[tokio::test]
async fn migrating_again_changes_nothing() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let db = testing::fresh(backend).await;
        let tenant = tenants::create(&db, "Ada").await.unwrap();
        migration::up(db.connection()).await.unwrap();
        assert_eq!(tenant.name, "Ada");
        assert_eq!(domain::agents::first(&db, tenant.id).await.unwrap(), None);
    }
}

#[tokio::test]
async fn usage_of_before_sums_keeps_its_known_costs_and_counts_as_unpriced() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let db = testing::empty(backend).await;
        migration::up_first(db.connection(), 9).await.unwrap();
        let (tenant, conversation) = (TenantId::new(), ConversationId::new());
        let now = domain::entity::now();
        let tenants = Query::insert()
            .into_table("tenants")
            .columns(["id", "name", "created_at"])
            .values_panic([tenant.uuid().into(), "Ada".into(), now.into()])
            .to_owned();
        let columns = [
            "tenant_id",
            "conversation_id",
            "day",
            "channel",
            "duration_ms",
            "transcribed_ms",
            "prompt_tokens",
            "completion_tokens",
            "spoken_characters",
            "transcription_cost",
            "model_cost",
            "speech_cost",
        ];
        let owner = [tenant.uuid().into(), conversation.uuid().into(), now.date_naive().into(), "http".into()];
        let amounts = [1_i64, 2, 3, 4, 5].map(Into::into);
        let costs = [Some(7_i64), None, Some(9)].map(Into::into);
        let usage = Query::insert()
            .into_table("usage")
            .columns(columns)
            .values_panic(owner.into_iter().chain(amounts).chain(costs))
            .to_owned();
        let tx = db.connection().begin().await.unwrap();
        if db.backend() == Backend::Postgres {
            tx.execute_unprepared("SET LOCAL switchboard.tenant = 'platform'").await.unwrap();
        }
        tx.execute(&tenants).await.unwrap();
        tx.execute(&usage).await.unwrap();
        tx.commit().await.unwrap();
        migration::up(db.connection()).await.unwrap();

        let day = now.date_naive();
        let total = domain::usage::report(&db, tenant, day, day).await.unwrap().total;
        assert_eq!((total.transcription_cost, total.model_cost, total.speech_cost), (7, 0, 9));
        assert_eq!((total.unpriced, total.spoken_characters), (1, 5));
    }
}

/// What stood in the tables before agents had drafts.
async fn before_drafts(db: &Database, tenant: TenantId, agents: &[agent_before::Row], session: ConversationId) {
    let tx = db.connection().begin().await.unwrap();
    if db.backend() == Backend::Postgres {
        tx.execute_unprepared("SET LOCAL switchboard.tenant = 'platform'").await.unwrap();
    }
    let (id, now) = (tenant.uuid(), domain::entity::now());
    let columns = ["id", "name", "created_at"];
    let rows = Query::insert()
        .into_table("tenants")
        .columns(columns)
        .values_panic([id.into(), "Ada".into(), now.into()])
        .to_owned();
    tx.execute(&rows).await.unwrap();
    for agent in agents {
        tx.execute(&agent.insert(tenant)).await.unwrap();
    }
    let columns =
        ["id", "tenant_id", "session_id", "channel", "agent_id", "persona", "status", "started_at", "active_at"];
    let row = Query::insert()
        .into_table("conversations")
        .columns(columns)
        .values_panic([
            session.uuid().into(),
            id.into(),
            "s1".into(),
            "http".into(),
            agents[0].id.uuid().into(),
            "calm_concierge".into(),
            "active".into(),
            now.into(),
            now.into(),
        ])
        .to_owned();
    tx.execute(&row).await.unwrap();
    tx.commit().await.unwrap();
}

mod agent_before {
    use super::*;

    pub struct Row {
        pub id: AgentId,
        pub persona: &'static str,
        pub text: Option<&'static str>,
        pub speed: Option<f32>,
        pub may_end_call: bool,
        pub turns: Option<serde_json::Value>,
    }

    impl Row {
        pub fn insert(&self, tenant: TenantId) -> InsertStatement {
            let now = domain::entity::now();
            let columns = [
                "id",
                "tenant_id",
                "name",
                "persona",
                "instructions",
                "greeting",
                "voice",
                "speed",
                "language",
                "transfer_to",
                "may_end_call",
                "turns",
                "created_at",
                "updated_at",
            ];
            let values = [
                self.id.uuid().into(),
                tenant.uuid().into(),
                "Ada".into(),
                self.persona.into(),
                self.text.into(),
                self.text.into(),
                self.text.into(),
                self.speed.into(),
                self.text.map(|_| "fr").into(),
                self.text.map(|_| "+15550123").into(),
                self.may_end_call.into(),
                self.turns.clone().into(),
                now.into(),
                now.into(),
            ];
            Query::insert().into_table("agents").columns(columns).values_panic(values).to_owned()
        }
    }
}

#[tokio::test]
async fn an_agent_of_before_drafts_becomes_its_draft_and_its_first_version() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let db = testing::empty(backend).await;
        migration::up_first(db.connection(), 5).await.unwrap();
        let (tenant, session) = (TenantId::new(), ConversationId::new());
        let full = agent_before::Row {
            id: AgentId::new(),
            persona: "calm_concierge",
            text: Some("Bread."),
            speed: Some(1.1),
            may_end_call: false,
            turns: Some(serde_json::json!({"end_complete_ms": 300, "interruptible": false})),
        };
        let bare = agent_before::Row {
            id: AgentId::new(),
            persona: "friendly_guide",
            text: None,
            speed: None,
            may_end_call: true,
            turns: None,
        };
        let agents = [full, bare];
        before_drafts(&db, tenant, &agents, session).await;
        migration::up(db.connection()).await.unwrap();

        let migrated = domain::agents::find(&db, tenant, agents[0].id).await.unwrap();
        let text = || Some("Bread.".to_owned());
        let expected = AgentSettings {
            persona: "calm_concierge".to_owned(),
            instructions: text(),
            greeting: text(),
            voice: text(),
            speed: Some(1.1),
            language: Some("fr".to_owned()),
            transfer_to: Some("+15550123".to_owned()),
            may_end_call: false,
            turns: Turns { end_complete_ms: Some(300), interruptible: Some(false), ..Turns::default() },
            ..AgentSettings::default()
        };
        assert_eq!((&migrated.draft, &migrated.published.settings), (&expected, &expected));
        assert_eq!((migrated.published.number, migrated.revision, migrated.differs()), (1, 1, false));
        let plain = domain::agents::find(&db, tenant, agents[1].id).await.unwrap();
        assert_eq!(plain.draft, AgentSettings::default());
        // What goes on goes on with that version.
        let conversation = domain::conversations::find(&db, tenant, session).await.unwrap();
        assert_eq!(conversation.agent_version, Some(1));
        let cast = domain::conversations::cast(&db, tenant, &conversation, None).await.unwrap();
        assert_eq!(cast.agent.unwrap().settings, expected);
        // And the next is the second.
        let published = domain::agents::publish(&db, tenant, &By::SYSTEM, agents[0].id, None).await.unwrap();
        assert_eq!(published.published.number, 2);
    }
}

//! Migrations, by several processes at once: the test starts its own binary again as those.

use std::process::{Command, Stdio};

use domain::{
    database::{self, Backend, Settings},
    tenants, testing,
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

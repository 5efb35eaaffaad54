//! A call outlives the process that serves it.

use std::time::Duration;

use domain::{
    access::By,
    agents,
    entity::agent::AgentSettings,
    phone_numbers,
    testing::{Fresh, on_both},
    vault::Vault,
};
use secrecy::{ExposeSecret, SecretString};
use simulator::{
    openai::{Endpoint, Fake},
    twilio::{Caller, Script, StreamEnd},
};
use tokio_util::task::TaskTracker;

use crate::{
    house::clip,
    process::{Process, account, free_address},
};

const VAULT_KEYS: &str = "test:BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";

on_both! {
    async fn after_kill_9_the_agent_goes_on_with_the_history_it_had(database: Fresh) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let openai = Fake::builder().transcripts(["my name is Grace", "what is my name"]).start().await.unwrap();
        let directory = tempfile::tempdir().unwrap();
        let (address, openai_url) = (free_address(), openai.base_url());
        let settings = [("DATABASE_URL", database.url()), ("VAULT_KEYS", VAULT_KEYS), ("OPENAI_BASE_URL", &openai_url)];
        let first = Process::start(directory.path(), address, &settings).await;
        // From the database: with PostgreSQL no file holds the demo's token.
        let vault = Vault::from_keys(&SecretString::from(VAULT_KEYS)).unwrap();
        let row = phone_numbers::find_by_e164(&database, "+15005550006").await.unwrap().unwrap();
        let token = phone_numbers::auth_token(&database, &vault, &row).await.unwrap();
        let account = account(&row.account_sid, token.expose_secret(), &row.e164, &first.base());

        let words = clip("02_no_thank_you");
        // The pause is for the kill; then the stream is another process's.
        let script = Script::new()
            .wait_for_agent()
            .say(&words)
            .wait_for_agent()
            .wait(1_500)
            .wait_for_agent()
            .say(&words)
            .wait_for_agent();
        let caller = Caller::new(&account, row.e164).allow_ws().instant_say().script(script);
        let call = TaskTracker::new().spawn(caller.time_limit(Duration::from_secs(90)).place());
        // The first reply has been made, and a moment later heard.
        for _ in 0..3_000 {
            if openai.requests_of(Endpoint::Speech).iter().any(|asked| asked.text.contains("my name is Grace")) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        tokio::time::sleep(Duration::from_millis(3_500)).await;
        // What is published meanwhile is for other calls.
        let edit = |settings: &mut AgentSettings| settings.instructions = Some("The second version.".to_owned());
        let change = agents::Change { name: None, revision: None, edit };
        agents::update(&database, row.tenant_id, &By::SYSTEM, row.agent_id, change).await.unwrap();
        let published = agents::publish(&database, row.tenant_id, &By::SYSTEM, row.agent_id, None).await.unwrap();
        assert_eq!(published.published.number, 2);
        first.kill();
        let second = Process::start(directory.path(), address, &settings).await;

        let report = call.await.unwrap();
        let log = std::fs::read_to_string(directory.path().join("log")).unwrap();
        assert_eq!(report.streams.len(), 2, "{:#?}\n{log}", report.events);
        assert_eq!(report.streams[0].end, StreamEnd::Broken);
        assert_eq!(report.streams[1].end, StreamEnd::CallerHungUp);
        assert_eq!(report.reply_latencies().len(), 2, "{:#?}\n{log}", report.events);
        let spoken: Vec<_> = openai.requests_of(Endpoint::Speech).into_iter().map(|asked| asked.text).collect();
        assert!(spoken.iter().any(|text| text.starts_with("Sorry, the line dropped")), "{spoken:?}");
        let asked = openai.requests_of(Endpoint::Chat).pop().unwrap().body.to_string();
        assert!(asked.contains("my name is Grace") && asked.contains("what is my name"), "{asked}");
        assert!(!asked.contains("The second version."), "the call keeps the version it began with: {asked}");
        assert!(asked.contains("You said: my name is Grace"), "what was heard is remembered: {asked}");
        drop(second);
    }
}

//! A tenant's data key, changed by its owner.

use std::time::Duration;

use domain::{
    access::By,
    agents::{self, NewAgent},
    entity::membership::Role,
    phone_numbers::{self, NewNumber},
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use tokio_util::{sync::CancellationToken, task::AbortOnDropHandle};

use crate::{
    house::House,
    people::{body, member},
};

/// Longest wait for something that takes milliseconds, on a machine that is busy compiling.
const PATIENCE: Duration = Duration::from_secs(20);

/// A data key's id as it stands in the secrets that it sealed, written as the snapshot writes bytes.
fn sealed_by(key: &Value) -> String {
    key["id"].as_str().unwrap().replace('-', "")
}

on_both! {
    async fn a_tenants_owner_has_all_secrets_sealed_by_a_new_key_and_they_open_as_before(db: Fresh) {
        let house = House::new(db).await;
        let (database, vault, tenant) = (&house.state.database, &house.state.vault, house.tenant);
        let agent = agents::create(database, tenant, &By::SYSTEM, NewAgent { name: "Ann".into(), ..NewAgent::default() });
        let new = NewNumber {
            number: "+15005550006".into(),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            auth_token: "the-token".to_owned().into(),
            agent_id: Some(agent.await.unwrap().id),
            label: None,
            recorded_by: Default::default(),
        };
        let number = domain::testing::number(database, vault, tenant, new).await.unwrap();
        let owner = member(&house, Role::Owner).await;
        let credential = json!({ "base_url": "https://models.example.com/v1", "model": "small", "api_key": "sk-own" });
        body(owner.send(&house, "PUT", "/provider-credentials/language_model", credential).await).await;
        let secrets = async || {
            let mut rows = house.fresh.rows_of(tenant).await;
            let secrets = ["phone_numbers", "provider_credentials"].map(|table| rows.remove(table).unwrap());
            secrets.concat().into_iter().map(|row| row.to_lowercase()).collect::<Vec<_>>()
        };
        let before = body(owner.get(&house, "/vault").await).await;
        let old = sealed_by(&before["items"][0]);
        let sealed = secrets().await;
        assert!(sealed.len() == 2 && sealed.iter().all(|row| row.contains(&old)), "{sealed:?}");

        let new = sealed_by(&body(owner.send(&house, "POST", "/vault/rotate", Value::Null).await).await);
        let keys = body(owner.get(&house, "/vault").await).await;
        assert_eq!([0, 1].map(|at| sealed_by(&keys["items"][at])), [new.clone(), old.clone()]);
        assert!(keys["items"][0]["retired_at"].is_null() && keys["items"][1]["retired_at"].is_string(), "{keys}");
        let shutdown = CancellationToken::new();
        let work = house.state.work();
        #[expect(clippy::disallowed_methods, reason = "ended with the test")]
        let working = AbortOnDropHandle::new(tokio::spawn(worker::run(work, shutdown.clone())));
        let done = async {
            while secrets().await.iter().any(|row| row.contains(&old) || !row.contains(&new)) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(PATIENCE, done).await.expect("a job seals them anew");
        shutdown.cancel();
        tokio::time::timeout(PATIENCE, working).await.unwrap().unwrap();

        let row = phone_numbers::find(database, tenant, number.id).await.unwrap();
        let opened = phone_numbers::auth_token(database, vault, &row).await.unwrap();
        assert_eq!(opened.expose_secret(), "the-token");
        let listed = body(owner.get(&house, "/provider-credentials").await).await;
        assert!(!listed.to_string().contains("key_lost"), "{listed}");
    }
}

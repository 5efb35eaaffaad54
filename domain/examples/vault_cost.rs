//! What a secret costs in time: `cargo run --release -p domain --example vault_cost`
//!
//! A secret is opened where a webhook's signature is checked, and where a tenant's own provider or tool is asked. The
//! database is a SQLite file; with PostgreSQL each query is four round trips.
#![expect(clippy::unwrap_used, reason = "it stops by panicking")]

use std::{hint::black_box, time::Instant};

use domain::{
    Database,
    access::By,
    agents::{self, NewAgent},
    database::Backend,
    entity::{id::TenantId, phone_number},
    phone_numbers::{self, NewNumber},
    tenants, testing,
    vault::Vault,
};
use secrecy::SecretString;

/// How often each is done.
const TIMES: u32 = 2_000;

fn main() {
    testing::run(Backend::Sqlite, |db| async move {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let vault = testing::vault();
        let number = number(&db, &vault, tenant).await;

        let begun = Instant::now();
        for _ in 0..TIMES {
            black_box(phone_numbers::auth_token(&db, &vault, &number).await.unwrap());
        }
        told("open, its data key in memory", begun, TIMES);

        let vaults: Vec<_> = (0..TIMES).map(|_| testing::vault()).collect();
        let begun = Instant::now();
        for vault in &vaults {
            black_box(phone_numbers::auth_token(&db, vault, &number).await.unwrap());
        }
        told("open, its data key read and opened first", begun, TIMES);

        let secret = SecretString::from("0123456789abcdef0123456789abcdef");
        let begun = Instant::now();
        for _ in 0..TIMES {
            black_box(testing::seal(&db, &vault, tenant, &secret).await.unwrap());
        }
        told("seal, its data key in memory: one query asks whether it is still the one", begun, TIMES);

        let vaults: Vec<_> = (0..TIMES).map(|_| testing::vault()).collect();
        let begun = Instant::now();
        for vault in &vaults {
            black_box(testing::seal(&db, vault, tenant, &secret).await.unwrap());
        }
        told("seal, its data key read and opened first", begun, TIMES);
    });
}

async fn number(db: &Database, vault: &Vault, tenant: TenantId) -> phone_number::Model {
    let agent = NewAgent { name: "Ada".to_owned(), ..NewAgent::default() };
    let agent = agents::create(db, tenant, &By::SYSTEM, agent).await.unwrap();
    let new = NewNumber {
        number: "+14155550199".to_owned(),
        account_sid: "AC0123456789abcdef0123456789abcdef".to_owned(),
        auth_token: SecretString::from("0123456789abcdef0123456789abcdef"),
        agent_id: Some(agent.id),
        label: None,
        recorded_by: Default::default(),
    };
    domain::testing::number(db, vault, tenant, new).await.unwrap()
}

fn told(what: &str, begun: Instant, times: u32) {
    let each = begun.elapsed().as_nanos() / u128::from(times);
    println!("{each:>10} ns: {what}");
}

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use entity::{Sealed, phone_number};
use futures_util::future::{join, join_all};
use sea_orm::Statement;
use secrecy::{ExposeSecret, SecretString};

use super::*;
use crate::{
    agents::{self, NewAgent},
    database::Backend,
    phone_numbers::{self, NewNumber},
    tenants,
    testing::{self, Fresh, VAULT_KEY, on_both},
    vault,
};

const K2: &str = "k2:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";

fn keys(keys: &[&str]) -> Vault {
    Vault::from_keys(&SecretString::from(keys.join(","))).unwrap()
}

async fn tenant(db: &Database) -> TenantId {
    tenants::create(db, "Ada").await.unwrap().id
}

/// A number whose token is `token`, plus the number's own digits.
async fn number(db: &Database, vault: &Vault, tenant: TenantId, digits: u32) -> phone_number::Model {
    let agent_id = match agents::first(db, tenant).await.unwrap() {
        Some(agent) => agent,
        None => {
            let new = NewAgent { name: "Ada".to_owned(), ..NewAgent::default() };
            agents::create(db, tenant, &By::SYSTEM, new).await.unwrap().id
        }
    };
    let new = NewNumber {
        number: format!("+1415555{digits:04}"),
        account_sid: "AC0123456789abcdef0123456789abcdef".to_owned(),
        auth_token: SecretString::from(format!("token {digits}")),
        agent_id: Some(agent_id),
        label: None,
        recorded_by: Default::default(),
    };
    crate::testing::number(db, vault, tenant, new).await.unwrap()
}

/// The number's token, as it lies in the database now.
async fn token(db: &Database, vault: &Vault, number: &phone_number::Model) -> Result<String> {
    let row = phone_numbers::find(db, number.tenant_id, number.id).await.unwrap();
    Ok(phone_numbers::auth_token(db, vault, &row).await?.expose_secret().to_owned())
}

fn is_lost<T>(result: Result<T>, lost: &str) -> bool {
    matches!(result, Err(Error::Vault(vault::Error::KeyLost { key_id })) if key_id == lost)
}

async fn ids(db: &Database, tenant: TenantId) -> Vec<DataKeyId> {
    list(db, tenant).await.unwrap().into_iter().map(|key| key.id).collect()
}

on_both! {
    async fn a_new_data_key_seals_everything_and_the_old_one_is_deleted_when_nobody_can_need_it(db: Fresh) {
        let (vault, tenant, now) = (testing::vault(), tenant(&db).await, entity::now());
        let mut numbers = Vec::new();
        // More than one batch.
        for digits in 0..=BATCH as u32 {
            numbers.push(number(&db, &vault, tenant, digits).await);
        }
        let old = ids(&db, tenant).await;
        let new = rotate(&db, &vault, tenant, &By::SYSTEM, now).await.unwrap();
        assert_eq!(ids(&db, tenant).await, [new.id, old[0]]);
        // The old one still opens, here and in another process.
        assert_eq!(token(&db, &testing::vault(), &numbers[0]).await.unwrap(), "token 0");

        let done = reseal(&db, &vault, tenant, now).await.unwrap();
        assert_eq!(done, Resealed { secrets: BATCH + 1, deleted_keys: 0 });
        assert_eq!(reseal(&db, &vault, tenant, now).await.unwrap(), Resealed::default());
        let done = reseal(&db, &vault, tenant, now + GRACE).await.unwrap();
        assert_eq!(done, Resealed { secrets: 0, deleted_keys: 1 });
        assert_eq!(ids(&db, tenant).await, [new.id]);
        for (digits, number) in numbers.iter().enumerate() {
            assert_eq!(token(&db, &testing::vault(), number).await.unwrap(), format!("token {digits}"));
        }
    }

    async fn a_retired_data_key_stays_while_one_secret_needs_it(db: Fresh) {
        let (vault, tenant, now) = (testing::vault(), tenant(&db).await, entity::now());
        let number = number(&db, &vault, tenant, 1).await;
        rotate(&db, &vault, tenant, &By::SYSTEM, now).await.unwrap();
        // What the walk has passed, and a slow writer put there after it.
        assert_eq!(delete_retired(&db, tenant, now + GRACE).await.unwrap(), 0);
        assert_eq!(token(&db, &testing::vault(), &number).await.unwrap(), "token 1");
    }

    async fn keys_change_while_numbers_are_registered_and_asked(db: Fresh) {
        let (vault, tenant, now) = (testing::vault(), tenant(&db).await, entity::now());
        let first = number(&db, &vault, tenant, 0).await;
        let rotating = async {
            for _ in 0..MAX_RETIRED {
                rotate(&db, &vault, tenant, &By::SYSTEM, now).await.unwrap();
                // Two at once, as when a lease runs out under a job that goes on.
                let (one, two) = join(reseal(&db, &vault, tenant, now), reseal(&db, &vault, tenant, now)).await;
                one.unwrap();
                two.unwrap();
            }
        };
        let writing = async {
            let mut numbers = Vec::new();
            for digits in 1..=30 {
                let number = number(&db, &vault, tenant, digits).await;
                assert_eq!(token(&db, &vault, &number).await.unwrap(), format!("token {digits}"));
                numbers.push(number);
            }
            numbers
        };
        let other = testing::vault();
        let reading = async {
            for _ in 0..100 {
                assert_eq!(token(&db, &other, &first).await.unwrap(), "token 0");
            }
        };
        let ((), numbers, ()) = futures_util::join!(rotating, writing, reading);
        let done = reseal(&db, &vault, tenant, now + GRACE).await.unwrap();
        assert_eq!((done.deleted_keys, ids(&db, tenant).await.len()), (MAX_RETIRED, 1));
        for (digits, number) in (1..).zip(&numbers) {
            assert_eq!(token(&db, &testing::vault(), number).await.unwrap(), format!("token {digits}"));
        }
    }

    async fn a_walk_that_is_cut_off_anywhere_is_brought_to_its_end_by_the_next(db: Fresh) {
        let (vault, tenant, now) = (testing::vault(), tenant(&db).await, entity::now());
        let mut numbers = Vec::new();
        for digits in 0..20 {
            numbers.push(number(&db, &vault, tenant, digits).await);
        }
        rotate(&db, &vault, tenant, &By::SYSTEM, now).await.unwrap();
        for ms in 0..20 {
            let _ = tokio::time::timeout(Duration::from_millis(ms), reseal(&db, &vault, tenant, now + GRACE)).await;
            let number = &numbers[ms as usize];
            assert_eq!(token(&db, &testing::vault(), number).await.unwrap(), format!("token {ms}"));
        }
        reseal(&db, &vault, tenant, now + GRACE).await.unwrap();
        assert_eq!(ids(&db, tenant).await.len(), 1);
        for (digits, number) in numbers.iter().enumerate() {
            assert_eq!(token(&db, &testing::vault(), number).await.unwrap(), format!("token {digits}"));
        }
    }

    async fn who_rotates_in_a_loop_is_stopped(db: Fresh) {
        let (vault, tenant, now) = (testing::vault(), tenant(&db).await, entity::now());
        for _ in 0..=MAX_RETIRED {
            rotate(&db, &vault, tenant, &By::SYSTEM, now).await.unwrap();
        }
        let stopped = rotate(&db, &vault, tenant, &By::SYSTEM, now).await;
        assert!(matches!(stopped, Err(Error::Conflict { .. })));
    }

    async fn many_that_rotate_at_once_leave_one_active_key(db: Fresh) {
        let (vault, tenant) = (testing::vault(), tenant(&db).await);
        let number = number(&db, &vault, tenant, 0).await;
        let race = join_all((0..4).map(|_| rotate(&db, &vault, tenant, &By::SYSTEM, entity::now()))).await;
        assert!(race.iter().any(Result::is_ok));
        assert!(race.iter().all(|result| matches!(result, Ok(_) | Err(Error::Conflict { .. }))), "{race:?}");
        let active = list(&db, tenant).await.unwrap().into_iter().filter(|key| key.state == State::Active);
        assert_eq!(active.count(), 1);
        assert_eq!(token(&db, &vault, &number).await.unwrap(), "token 0");
    }

    async fn a_data_key_of_a_year_is_changed_by_the_job_that_the_sweep_orders(db: Fresh) {
        let (vault, tenant, now) = (testing::vault(), tenant(&db).await, entity::now());
        number(&db, &vault, tenant, 0).await;
        assert_eq!(order_due(&db, &vault, now).await.unwrap(), 0);
        let later = now + LIFETIME + TimeDelta::seconds(1);
        assert_eq!(order_due(&db, &vault, later).await.unwrap(), 1);
        assert_eq!(order_due(&db, &vault, later).await.unwrap(), 0);
        assert_eq!(reseal(&db, &vault, tenant, later).await.unwrap().secrets, 1);
        assert_eq!(ids(&db, tenant).await.len(), 2);
    }

    async fn a_ring_key_can_be_taken_away_when_nothing_is_sealed_by_it(db: Fresh) {
        let now = entity::now();
        let (old, both, new) = (testing::vault(), keys(&[K2, VAULT_KEY]), keys(&[K2]));
        let (ada, bob) = (tenant(&db).await, tenant(&db).await);
        let (ada_number, bob_number) = (number(&db, &old, ada, 1).await, number(&db, &old, bob, 2).await);
        // One that was retired counts as well.
        rotate(&db, &old, bob, &By::SYSTEM, now).await.unwrap();
        assert_eq!(order_due(&db, &both, now).await.unwrap(), 2);
        assert_eq!(order_due(&db, &both, now).await.unwrap(), 0);
        let in_use = keys_in_use(&db, &both).await.unwrap();
        let k1 = KeyInUse { is_in_ring: true, is_active: false, data_keys: 3, secrets: 0 };
        let k2 = KeyInUse { is_in_ring: true, is_active: true, data_keys: 0, secrets: 0 };
        assert_eq!(in_use.into_iter().collect::<Vec<_>>(), [("k1".to_owned(), k1), ("k2".to_owned(), k2)]);
        assert!(!keys_in_use(&db, &new).await.unwrap()["k1"].is_in_ring);

        assert_eq!(rewrap(&db, &both, ada).await.unwrap(), 1);
        let (one, two) = join(rewrap(&db, &both, bob), rewrap(&db, &both, bob)).await;
        assert_eq!(one.unwrap() + two.unwrap(), 2);
        let in_use = keys_in_use(&db, &both).await.unwrap();
        assert_eq!((in_use["k1"].data_keys, in_use["k2"].data_keys), (0, 3));
        assert_eq!(token(&db, &new, &ada_number).await.unwrap(), "token 1");
        assert_eq!(token(&db, &new, &bob_number).await.unwrap(), "token 2");
        // Who does not have the new key yet is told so.
        assert!(is_lost(token(&db, &testing::vault(), &ada_number).await, "k2"));
    }

    async fn a_lost_ring_key_stops_its_tenants_alone_and_they_can_begin_anew(db: Fresh) {
        let now = entity::now();
        let (ada, bob) = (tenant(&db).await, tenant(&db).await);
        let ada_number = number(&db, &testing::vault(), ada, 1).await;
        let vault = keys(&[K2]);
        let bob_number = number(&db, &vault, bob, 2).await;

        assert!(is_lost(token(&db, &vault, &ada_number).await, "k1"));
        assert!(is_lost(rewrap(&db, &vault, ada).await, "k1"));
        assert_eq!(token(&db, &vault, &bob_number).await.unwrap(), "token 2");
        rotate(&db, &vault, bob, &By::SYSTEM, now).await.unwrap();
        assert_eq!(reseal(&db, &vault, bob, now).await.unwrap().secrets, 1);

        rotate(&db, &vault, ada, &By::SYSTEM, now).await.unwrap();
        let again = number(&db, &vault, ada, 3).await;
        assert_eq!(token(&db, &vault, &again).await.unwrap(), "token 3");
        assert!(is_lost(reseal(&db, &vault, ada, now + GRACE).await, "k1"));
        // The key is found again: nothing was thrown away.
        assert_eq!(token(&db, &keys(&[K2, VAULT_KEY]), &ada_number).await.unwrap(), "token 1");
    }

    async fn secrets_from_before_data_keys_are_sealed_anew(db: Fresh) {
        let (vault, tenant, now) = (testing::vault(), tenant(&db).await, entity::now());
        let number = number(&db, &vault, tenant, 1).await;
        let place = Place { tenant, column: sealed::PHONE_NUMBER_AUTH_TOKEN, row: number.id.uuid() };
        let old = vault.ring.seal(&place.bytes(), b"from yesterday");
        let update = phone_number::Entity::update_of(tenant).col_expr(phone_number::Column::AuthToken, Expr::value(old));
        update.exec(&db.of(tenant)).await.unwrap();

        assert_eq!(token(&db, &vault, &number).await.unwrap(), "from yesterday");
        assert_eq!(keys_in_use(&db, &vault).await.unwrap()["k1"].secrets, 1);
        assert_eq!(order_upgrades(&db, now).await.unwrap(), 1);
        assert_eq!(reseal(&db, &vault, tenant, now).await.unwrap().secrets, 1);
        assert_eq!(keys_in_use(&db, &vault).await.unwrap()["k1"].secrets, 0);
        assert_eq!(order_upgrades(&db, now + AGAIN * 2).await.unwrap(), 0);
        assert_eq!(token(&db, &vault, &number).await.unwrap(), "from yesterday");
    }

    async fn a_ciphertext_that_was_moved_in_the_database_does_not_open(db: Fresh) {
        let vault = testing::vault();
        let (ada, bob) = (tenant(&db).await, tenant(&db).await);
        let (one, two) = (number(&db, &vault, ada, 1).await, number(&db, &vault, ada, 2).await);
        let three = number(&db, &vault, bob, 3).await;
        let put = async |into: &phone_number::Model, token: &Sealed| {
            let update = phone_number::Entity::update_of(into.tenant_id)
                .col_expr(phone_number::Column::AuthToken, Expr::value(token.clone()))
                .filter(phone_number::Column::Id.eq(into.id));
            assert_eq!(update.exec(&db.of(into.tenant_id)).await.unwrap().rows_affected, 1);
        };
        put(&two, &one.auth_token).await;
        token(&db, &vault, &two).await.unwrap_err();
        put(&three, &one.auth_token).await;
        token(&db, &vault, &three).await.unwrap_err();
        // Not even with the key it was sealed by: it is bound to its tenant.
        let key = list(&db, ada).await.unwrap().remove(0);
        let update = data_key::Entity::update_of(bob).col_expr(data_key::Column::Sealed, Expr::value(key.sealed));
        update.exec(&db.of(bob)).await.unwrap();
        put(&three, &three.auth_token).await;
        token(&db, &testing::vault(), &three).await.unwrap_err();
        put(&two, &two.auth_token).await;
        assert_eq!(token(&db, &vault, &two).await.unwrap(), "token 2");
    }
}

#[test]
fn every_column_of_secrets_is_walked() {
    /// Binary columns that hold no secret of a tenant, and why.
    const OTHERS: [(&str, &str); 1] = [
        // The key itself: see `rewrap`.
        ("data_keys", "sealed"),
    ];
    testing::run(Backend::Postgres, |db| async move {
        let sql = "SELECT table_name::text, column_name::text FROM information_schema.columns \
                   WHERE table_schema = 'public' AND data_type = 'bytea'";
        let statement = Statement::from_string(sea_orm::DbBackend::Postgres, sql);
        let rows = db.platform().query_all_raw(statement).await.unwrap();
        let found: Vec<(String, String)> = rows.iter().map(|row| row.try_get_many_by_index().unwrap()).collect();
        for (table, column) in &found {
            let is_walked = sealed::ALL.iter().any(|listed| listed.table == table && listed.column == column);
            let is_other = OTHERS.contains(&(table, column));
            assert!(is_walked != is_other, "{table}.{column} is missing in entity::sealed");
        }
        assert_eq!(found.len(), sealed::ALL.len() + OTHERS.len(), "a listed column is not there: {found:?}");
    });
}

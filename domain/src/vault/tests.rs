#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use entity::sealed::PHONE_NUMBER_AUTH_TOKEN;

use super::*;
use crate::{
    Database, tenants,
    testing::{self, Fresh, on_both},
};

const OTHER_K1: &str = "k1:CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=";
const K2: &str = "k2:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";

fn keys(text: &str) -> Vault {
    Vault::from_keys(&SecretString::from(text)).unwrap()
}

async fn place(db: &Database) -> Place {
    let tenant = tenants::create(db, "Ada").await.unwrap().id;
    Place { tenant, column: PHONE_NUMBER_AUTH_TOKEN, row: Uuid::now_v7() }
}

async fn seal(db: &Database, vault: &Vault, place: Place) -> Sealed {
    vault.seal(&db.of(place.tenant), place, &SecretString::from("secret")).await.unwrap()
}

async fn open(db: &Database, vault: &Vault, place: Place, sealed: &Sealed) -> Result<String> {
    let opened = vault.open(&db.of(place.tenant), place, sealed).await?;
    Ok(opened.expose_secret().to_owned())
}

on_both! {
    async fn ciphertext_opens_only_where_it_was_sealed(db: Fresh) {
        let (vault, here) = (testing::vault(), place(&db).await);
        let sealed = seal(&db, &vault, here).await;
        assert_eq!(open(&db, &vault, here, &sealed).await.unwrap(), "secret");
        let elsewhere = [
            Place { column: entity::sealed::DATA_KEY, ..here },
            Place { row: Uuid::now_v7(), ..here },
        ];
        for there in elsewhere {
            let refused = open(&db, &vault, there, &sealed).await;
            assert!(matches!(refused, Err(crate::Error::Vault(Error::Refused { .. }))), "{there:?}");
        }
        // Another tenant's, whether the key is in memory or not.
        let there = Place { tenant: place(&db).await.tenant, ..here };
        for vault in [vault, testing::vault()] {
            let refused = open(&db, &vault, there, &sealed).await;
            assert!(matches!(refused, Err(crate::Error::Vault(Error::NoDataKey { .. }))));
        }
    }

    async fn the_same_secret_is_never_sealed_alike(db: Fresh) {
        let (vault, here) = (testing::vault(), place(&db).await);
        assert_ne!(seal(&db, &vault, here).await, seal(&db, &vault, here).await);
    }

    async fn another_process_opens_it_and_a_lost_or_wrong_key_is_named(db: Fresh) {
        let here = place(&db).await;
        let sealed = seal(&db, &testing::vault(), here).await;
        assert_eq!(open(&db, &testing::vault(), here, &sealed).await.unwrap(), "secret");
        let lost = open(&db, &keys(K2), here, &sealed).await.unwrap_err();
        assert!(matches!(lost, crate::Error::Vault(Error::KeyLost { key_id }) if key_id == "k1"));
        let wrong = open(&db, &keys(OTHER_K1), here, &sealed).await.unwrap_err();
        assert!(matches!(wrong, crate::Error::Vault(Error::Refused { key_id }) if key_id == "k1"));
    }

    async fn damaged_ciphertext_is_an_error_at_every_byte(db: Fresh) {
        let (vault, here) = (testing::vault(), place(&db).await);
        let sealed = seal(&db, &vault, here).await;
        for at in 0..sealed.as_bytes().len() {
            let mut bytes = sealed.as_bytes().to_vec();
            let cut = Sealed::from_bytes(bytes[..at].to_vec());
            open(&db, &vault, here, &cut).await.unwrap_err();
            bytes[at] ^= 1;
            open(&db, &vault, here, &Sealed::from_bytes(bytes)).await.unwrap_err();
        }
    }

    async fn what_the_ring_itself_has_sealed_still_opens(db: Fresh) {
        let (vault, here) = (testing::vault(), place(&db).await);
        let sealed = vault.ring.seal(&here.bytes(), b"secret");
        assert_eq!(open(&db, &vault, here, &sealed).await.unwrap(), "secret");
        let lost = open(&db, &keys(K2), here, &sealed).await.unwrap_err();
        assert!(matches!(lost, crate::Error::Vault(Error::KeyLost { key_id }) if key_id == "k1"));
    }

    async fn many_that_seal_first_at_once_make_one_data_key(db: Fresh) {
        let here = place(&db).await;
        let vaults: Vec<_> = (0..4).map(|_| testing::vault()).collect();
        let sealed = futures_util::future::join_all(vaults.iter().map(|vault| seal(&db, vault, here))).await;
        let ids: std::collections::HashSet<_> = sealed.iter().map(|sealed| split(sealed).unwrap().0).collect();
        assert_eq!(ids.len(), 1);
    }

    async fn a_data_key_of_a_transaction_that_failed_seals_nothing(db: Fresh) {
        let (vault, here) = (testing::vault(), place(&db).await);
        let tx = db.write(here.tenant).await.unwrap();
        let lost = vault.seal(&tx, here, &SecretString::from("lost")).await.unwrap();
        tx.rollback().await.unwrap();
        let sealed = seal(&db, &vault, here).await;
        assert_ne!(split(&lost).unwrap().0, split(&sealed).unwrap().0);
        assert_eq!(open(&db, &testing::vault(), here, &sealed).await.unwrap(), "secret");
    }
}

#[test]
fn a_sealed_secret_prints_nothing() {
    let sealed = testing::vault().ring.seal(b"here", b"secret");
    assert_eq!(format!("{sealed:?}"), "Sealed");
}

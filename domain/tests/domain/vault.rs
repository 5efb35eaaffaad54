use std::{fs, os::unix::fs::PermissionsExt};

use domain::{
    phone_numbers,
    testing::{self, Fresh, on_both},
    vault::{Error, Vault},
};
use secrecy::{ExposeSecret, SecretString};

use crate::given;

const OTHER_K1: &str = "k1:CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=";
const K2: &str = "k2:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";

fn keys(text: &str) -> Result<Vault, Error> {
    Vault::from_keys(&SecretString::from(text))
}

on_both! {
    async fn a_sealed_token_opens_in_its_row_and_in_no_other(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let vault = testing::vault();
        let stored = phone_numbers::find_by_e164(&db, "+14155550199").await.unwrap().unwrap();
        assert_eq!(phone_numbers::auth_token(&db, &vault, &stored).await.unwrap().expose_secret(), "the token");

        let other = given::tenant(&db, "+14155550198").await;
        let moved = domain::entity::phone_number::Model { auth_token: stored.auth_token.clone(), ..other.number };
        assert!(phone_numbers::auth_token(&db, &vault, &moved).await.is_err());
        let moved = domain::entity::phone_number::Model { tenant_id: other.id, ..tenant.number };
        assert!(phone_numbers::auth_token(&db, &vault, &moved).await.is_err());
    }
}

#[test]
fn keys_that_are_none_are_refused_without_being_repeated() {
    let twice = format!("{},{}", testing::VAULT_KEY, OTHER_K1);
    for bad in ["", "k1", "k1:%%%%", "k1:c2hvcnQ=", "k 1:c2hvcnQ=", &twice] {
        let error = keys(bad).err().unwrap();
        assert!(matches!(error, Error::Keys(_)));
        assert!(!error.to_string().contains("c2hvcnQ") && !error.to_string().contains("CAgI"), "{error}");
    }
}

#[test]
fn a_key_file_is_made_once_for_its_owner_alone() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("vault.key");
    let first = Vault::from_key_file(&path).unwrap();
    let content = fs::read(&path).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    let again = Vault::from_key_file(&path).unwrap();
    assert_eq!(again.active_key_id(), first.active_key_id());
    assert_eq!(fs::read(&path).unwrap(), content);
}

#[test]
fn a_key_file_that_others_can_read_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("vault.key");
    Vault::from_key_file(&path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(Vault::from_key_file(&path), Err(Error::File { .. })));
}

#[test]
fn of_many_that_make_the_key_file_at_once_all_get_the_same_key() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("vault.key");
    let ids: Vec<_> = std::thread::scope(|scope| {
        let start = || Vault::from_key_file(&path).unwrap().active_key_id().to_owned();
        let starting: Vec<_> = (0..8).map(|_| scope.spawn(start)).collect();
        starting.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn a_derived_key_tells_the_purpose_and_the_rings_key_apart() {
    let ring = keys(&format!("{},{K2}", testing::VAULT_KEY)).unwrap();
    let [k1, k2] = ring.derive("sign-in").try_into().ok().unwrap();
    assert_eq!((k1.id.as_str(), k2.id.as_str()), ("k1", "k2"));
    assert_ne!(k1.key, k2.key);
    assert_ne!(k1.key, ring.derive("another").remove(0).key);
    // The same ring in another process, in another order.
    let again = keys(&format!("{K2},{}", testing::VAULT_KEY)).unwrap().derive("sign-in");
    assert_eq!((again[1].id.as_str(), &again[1].key), ("k1", &k1.key));
    // Not the ring's key itself.
    assert_ne!(*k1.key, [7; 32]);
}

use std::{fs, os::unix::fs::PermissionsExt};

use domain::{
    entity::{Sealed, id::TenantId},
    phone_numbers,
    testing::{Fresh, on_both},
    vault::{Error, Place, Vault},
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::given;

const OTHER_K1: &str = "k1:CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=";
const K2: &str = "k2:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";

fn place() -> Place {
    Place { tenant: TenantId::new(), table: "phone_numbers", column: "auth_token", row: Uuid::now_v7() }
}

fn keys(text: &str) -> Result<Vault, Error> {
    Vault::from_keys(&SecretString::from(text))
}

on_both! {
    async fn a_sealed_token_opens_in_its_row_and_in_no_other(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let vault = given::vault();
        let stored = phone_numbers::find_by_e164(&db, "+14155550199").await.unwrap().unwrap();
        assert_eq!(phone_numbers::auth_token(&vault, &stored).unwrap().expose_secret(), "the token");

        let other = given::tenant(&db, "+14155550198").await;
        let moved = domain::entity::phone_number::Model { auth_token: stored.auth_token.clone(), ..other.number };
        assert!(phone_numbers::auth_token(&vault, &moved).is_err());
        let moved = domain::entity::phone_number::Model { tenant_id: other.id, ..tenant.number };
        assert!(phone_numbers::auth_token(&vault, &moved).is_err());
    }
}

#[test]
fn ciphertext_opens_only_where_it_was_sealed() {
    let (vault, here) = (given::vault(), place());
    let sealed = vault.seal(here, &SecretString::from("secret"));
    assert_eq!(vault.open(here, &sealed).unwrap().expose_secret(), "secret");
    let elsewhere = [
        Place { tenant: TenantId::new(), ..here },
        Place { table: "phone_number", column: "sauth_token", ..here },
        Place { column: "account_sid", ..here },
        Place { row: Uuid::now_v7(), ..here },
    ];
    for there in elsewhere {
        assert!(matches!(vault.open(there, &sealed), Err(Error::Refused { .. })), "{there:?}");
    }
}

#[test]
fn the_same_secret_is_never_sealed_alike() {
    let (vault, here) = (given::vault(), place());
    let secret = SecretString::from("secret");
    assert_ne!(vault.seal(here, &secret), vault.seal(here, &secret));
}

#[test]
fn a_lost_or_wrong_key_is_named() {
    let here = place();
    let sealed = given::vault().seal(here, &SecretString::from("secret"));
    let lost = keys(K2).unwrap().open(here, &sealed).unwrap_err();
    assert!(matches!(&lost, Error::KeyLost { key_id } if key_id == "k1") && lost.to_string().contains("k1"));
    let wrong = keys(OTHER_K1).unwrap().open(here, &sealed).unwrap_err();
    assert!(matches!(&wrong, Error::Refused { key_id } if key_id == "k1") && wrong.to_string().contains("k1"));
}

#[test]
fn a_new_key_in_front_seals_and_the_old_one_still_opens() {
    let here = place();
    let old = given::vault().seal(here, &SecretString::from("secret"));
    let both = keys(&format!("{K2},{}", given::KEY)).unwrap();
    assert_eq!(both.open(here, &old).unwrap().expose_secret(), "secret");
    let new = both.seal(here, &SecretString::from("secret"));
    assert!(matches!(given::vault().open(here, &new), Err(Error::KeyLost { key_id }) if key_id == "k2"));
}

#[test]
fn damaged_ciphertext_is_an_error_at_every_byte() {
    let (vault, here) = (given::vault(), place());
    let sealed = vault.seal(here, &SecretString::from("secret"));
    for at in 0..sealed.as_bytes().len() {
        let mut bytes = sealed.as_bytes().to_vec();
        assert!(vault.open(here, &Sealed::from_bytes(bytes[..at].to_vec())).is_err(), "cut at {at}");
        bytes[at] ^= 1;
        assert!(vault.open(here, &Sealed::from_bytes(bytes)).is_err(), "flipped at {at}");
    }
}

#[test]
fn a_sealed_secret_prints_nothing() {
    let sealed = given::vault().seal(place(), &SecretString::from("secret"));
    assert_eq!(format!("{sealed:?}"), "Sealed");
}

#[test]
fn keys_that_are_none_are_refused_without_being_repeated() {
    let twice = format!("{},{}", given::KEY, OTHER_K1);
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
    let here = place();
    let sealed = Vault::from_key_file(&path).unwrap().seal(here, &SecretString::from("secret"));
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
    let again = Vault::from_key_file(&path).unwrap();
    assert_eq!(again.open(here, &sealed).unwrap().expose_secret(), "secret");
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
    let here = place();
    let vaults: Vec<_> = std::thread::scope(|scope| {
        let starting: Vec<_> = (0..8).map(|_| scope.spawn(|| Vault::from_key_file(&path).unwrap())).collect();
        starting.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    let sealed = vaults[0].seal(here, &SecretString::from("secret"));
    for vault in &vaults {
        assert_eq!(vault.open(here, &sealed).unwrap().expose_secret(), "secret");
    }
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn a_derived_key_tells_the_purpose_and_the_rings_key_apart() {
    let ring = keys(&format!("{},{K2}", given::KEY)).unwrap();
    let [k1, k2] = ring.derive("sign-in").try_into().ok().unwrap();
    assert_eq!((k1.id.as_str(), k2.id.as_str()), ("k1", "k2"));
    assert_ne!(k1.key, k2.key);
    assert_ne!(k1.key, ring.derive("another").remove(0).key);
    // The same ring in another process, in another order.
    let again = keys(&format!("{K2},{}", given::KEY)).unwrap().derive("sign-in");
    assert_eq!((again[1].id.as_str(), &again[1].key), ("k1", &k1.key));
    // Not the ring's key itself.
    assert_ne!(*k1.key, [7; 32]);
}

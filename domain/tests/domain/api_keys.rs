use domain::access::{Actor, By};
use domain::api_keys::NewKey;
use domain::{
    Error, api_keys,
    entity::id::ApiKeyId,
    tenants,
    testing::{Fresh, on_both},
};
use secrecy::ExposeSecret;

on_both! {
    async fn a_key_names_its_tenant(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let (row, key) = api_keys::create(&db, tenant, &By::SYSTEM, NewKey::unlimited("shop")).await.unwrap();
        let principal = api_keys::authenticate(&db, key.expose_secret(), domain::entity::now()).await.unwrap().unwrap();
        assert_eq!((principal.tenant, principal.actor()), (tenant, Actor::Key(row.id)));
    }

    async fn a_key_has_a_prefix_a_secret_and_a_checksum(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let (row, key) = api_keys::create(&db, tenant, &By::SYSTEM, NewKey::unlimited("shop")).await.unwrap();
        let parts: Vec<_> = key.expose_secret().split('_').collect();
        let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
        assert_eq!((parts[0], lengths), ("swb", vec![3, 8, 38]));
        assert_eq!(row.prefix, format!("swb_{}", parts[1]));
    }

    async fn the_row_keeps_a_hash_and_not_the_key(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let (row, key) = api_keys::create(&db, tenant, &By::SYSTEM, NewKey::unlimited("shop")).await.unwrap();
        let secret = &key.expose_secret()[13..];
        assert!(!format!("{row:?}").contains(secret));
        assert_eq!(row.hash.len(), 64);
        assert!(!format!("{key:?}").contains(secret));
    }

    async fn a_mistyped_foreign_or_malformed_key_names_nobody(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let (_, key) = api_keys::create(&db, tenant, &By::SYSTEM, NewKey::unlimited("shop")).await.unwrap();
        let key = key.expose_secret();
        let swapped = |at: usize| {
            let other = if key.as_bytes()[at] == b'x' { "y" } else { "x" };
            format!("{}{other}{}", &key[..at], &key[at + 1..])
        };
        for wrong in [swapped(5), swapped(20), swapped(50), key[..50].to_owned(), String::new(), "é".repeat(25)] {
            assert_eq!(api_keys::authenticate(&db, &wrong, domain::entity::now()).await.unwrap(), None, "{wrong}");
        }
        // Well formed, with the prefix of a real key, and yet not that key: only the hash tells.
        let (_, other) = api_keys::create(&db, tenant, &By::SYSTEM, NewKey::unlimited("other")).await.unwrap();
        let body = format!("{}{}", &key[..12], &other.expose_secret()[12..45]);
        let digest = <sha2::Sha256 as sha2::Digest>::digest(&body);
        let mut rest = u32::from_be_bytes(digest[..4].try_into().unwrap());
        let letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".as_bytes();
        let mut checksum = Vec::new();
        for _ in 0..6 {
            checksum.insert(0, letters[(rest % 62) as usize]);
            rest /= 62;
        }
        let forged = format!("{body}{}", String::from_utf8(checksum).unwrap());
        assert_eq!(forged.len(), key.len());
        assert_eq!(api_keys::authenticate(&db, &forged, domain::entity::now()).await.unwrap(), None);
    }

    async fn a_revoked_key_names_nobody(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let (row, key) = api_keys::create(&db, tenant, &By::SYSTEM, NewKey::unlimited("shop")).await.unwrap();
        api_keys::revoke(&db, tenant, &By::SYSTEM, row.id).await.unwrap();
        api_keys::revoke(&db, tenant, &By::SYSTEM, row.id).await.unwrap();
        assert_eq!(api_keys::authenticate(&db, key.expose_secret(), domain::entity::now()).await.unwrap(), None);
        let unknown = api_keys::revoke(&db, tenant, &By::SYSTEM, ApiKeyId::new()).await;
        assert!(matches!(unknown, Err(Error::NotFound { .. })));
    }

    async fn use_of_a_key_is_noted_at_most_once_a_minute(db: Fresh) {
        let tenant = tenants::create(&db, "Ada").await.unwrap().id;
        let (row, key) = api_keys::create(&db, tenant, &By::SYSTEM, NewKey::unlimited("shop")).await.unwrap();
        assert_eq!(row.last_used_at, None);
        api_keys::authenticate(&db, key.expose_secret(), domain::entity::now()).await.unwrap();
        let first = api_keys::find(&db, tenant, row.id).await.unwrap().last_used_at;
        assert!(first.is_some());
        api_keys::authenticate(&db, key.expose_secret(), domain::entity::now()).await.unwrap();
        assert_eq!(api_keys::find(&db, tenant, row.id).await.unwrap().last_used_at, first);
    }
}

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use domain::{
    Error, Refusal,
    access::{By, Permission, Principal, Who},
    audit,
    entity::{self, membership::Role},
    id::{SessionId, TenantId},
    members,
    page::Paging,
    sessions::{self, AccessTokens, Client, Opened},
    tenants,
    testing::{Fresh, VAULT_KEY, on_both},
    vault::Vault,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use crate::accounts::{place, sign_up};

const K2: &str = "k2:CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";
/// Another key of the name `k1`.
const OTHER_K1: &str = "k1:CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=";

fn tokens(ring: &str) -> AccessTokens {
    AccessTokens::new(&Vault::from_keys(&SecretString::from(ring)).unwrap())
}

fn access_token(tokens: &AccessTokens, opened: &Opened) -> String {
    let session = &opened.session;
    let (token, lifetime) = tokens.issue(session.tenant_id, session.user_id, session.id, entity::now());
    assert_eq!(lifetime, TimeDelta::minutes(10));
    token.expose_secret().to_owned()
}

async fn principal(db: &Fresh, tokens: &AccessTokens, token: &str) -> Option<Principal> {
    let proven = sessions::authenticate(db, tokens, token, entity::now()).await.unwrap();
    proven.map(|proven| proven.principal)
}

async fn refresh(db: &Fresh, opened: &Opened, after: TimeDelta) -> Result<Opened, Error> {
    sessions::refresh(db, &opened.refresh_token, &Client::default(), entity::now() + after).await
}

fn is_refused<T>(result: &Result<T, Error>, refusal: Refusal) -> bool {
    matches!(result, Err(Error::Refused(found)) if *found == refusal)
}

/// The token with another header or payload and the same signature.
fn altered(token: &str, part: usize, change: impl FnOnce(&mut Value)) -> String {
    let mut parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    let mut value: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(&parts[part]).unwrap()).unwrap();
    change(&mut value);
    parts[part] = URL_SAFE_NO_PAD.encode(value.to_string());
    parts.join(".")
}

on_both! {
    async fn an_access_token_names_its_user_and_what_they_may(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let tokens = tokens(VAULT_KEY);
        let principal = principal(&db, &tokens, &access_token(&tokens, &opened)).await.unwrap();
        assert_eq!(principal.tenant, opened.session.tenant_id);
        assert_eq!(principal.who, Who::User { id: opened.session.user_id, session: opened.session.id, role: Role::Owner });
        assert!(principal.may(Permission::Own));
    }

    async fn a_role_taken_away_is_gone_with_the_next_request(db: Fresh) {
        let (ada, _) = sign_up(&db, "ada@example.com").await;
        let (bob, _) = sign_up(&db, "bob@example.com").await;
        place(&db, "bob@example.com", "ada@example.com", "admin").await;
        let tokens = tokens(VAULT_KEY);
        let (tenant, user) = (ada.session.tenant_id, bob.session.user_id);
        db.execute("UPDATE sessions SET tenant_id = (SELECT id FROM tenants ORDER BY id LIMIT 1)").await;
        let (token, _) = tokens.issue(tenant, user, bob.session.id, entity::now());
        let token = token.expose_secret();
        assert!(principal(&db, &tokens, token).await.unwrap().may(Permission::Administer));
        let owner = Principal { tenant, who: Who::User { id: ada.session.user_id, session: ada.session.id, role: Role::Owner } };
        members::change_role(&db, &owner, &By::SYSTEM, user, Role::Viewer).await.unwrap();
        assert!(!principal(&db, &tokens, token).await.unwrap().may(Permission::Converse));
        members::remove(&db, &owner, &By::SYSTEM, user).await.unwrap();
        assert_eq!(principal(&db, &tokens, token).await, None);
    }

    async fn an_ended_session_is_refused_at_once(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let (stranger, _) = sign_up(&db, "bob@example.com").await;
        let tokens = tokens(VAULT_KEY);
        let token = access_token(&tokens, &opened);
        let (session, user) = (opened.session.id, opened.session.user_id);
        let foreign = sessions::end(&db, &By::SYSTEM, stranger.session.user_id, session).await;
        assert!(matches!(foreign, Err(Error::NotFound { .. })));
        assert!(principal(&db, &tokens, &token).await.is_some());
        sessions::end(&db, &By::SYSTEM, user, session).await.unwrap();
        assert_eq!(principal(&db, &tokens, &token).await, None);
        assert!(is_refused(&refresh(&db, &opened, TimeDelta::zero()).await, Refusal::SessionOver));
        assert!(matches!(sessions::end(&db, &By::SYSTEM, user, session).await, Err(Error::NotFound { .. })));
        assert!(sessions::list(&db, user, entity::now()).await.unwrap().is_empty());
    }

    async fn a_suspended_tenant_is_told_so_and_nothing_is_used_up(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let tokens = tokens(VAULT_KEY);
        let (tenant, token) = (opened.session.tenant_id, access_token(&tokens, &opened));
        tenants::suspend(&db, tenant, &By::SYSTEM, "unpaid").await.unwrap();
        let result = sessions::authenticate(&db, &tokens, &token, entity::now()).await;
        assert!(is_refused(&result, Refusal::TenantSuspended));
        assert!(is_refused(&refresh(&db, &opened, TimeDelta::zero()).await, Refusal::TenantSuspended));
        tenants::reactivate(&db, tenant, &By::SYSTEM).await.unwrap();
        assert!(principal(&db, &tokens, &token).await.is_some());
        refresh(&db, &opened, TimeDelta::zero()).await.unwrap();
    }

    async fn a_token_that_is_not_ours_names_nobody(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let (stranger, _) = sign_up(&db, "bob@example.com").await;
        let ours = tokens(VAULT_KEY);
        let good = access_token(&ours, &opened);
        let session = &opened.session;
        let ago = entity::now() - TimeDelta::minutes(10);
        let (expired, _) = ours.issue(session.tenant_id, session.user_id, session.id, ago);
        let unsigned = altered(&good, 0, |header| header["alg"] = json!("none"));
        let unsigned = unsigned.rsplit_once('.').map(|(rest, _)| format!("{rest}.")).unwrap();
        let issue = |tenant, user, id| ours.issue(tenant, user, id, entity::now()).0.expose_secret().to_owned();
        let other = &stranger.session;
        for (what, token) in [
            ("expired", expired.expose_secret().to_owned()),
            ("another key of the same name", access_token(&tokens(OTHER_K1), &opened)),
            ("a key of another name", access_token(&tokens(K2), &opened)),
            ("unsigned", unsigned),
            ("another algorithm", altered(&good, 0, |header| header["alg"] = json!("HS512"))),
            ("an algorithm of public keys", altered(&good, 0, |header| header["alg"] = json!("RS256"))),
            ("no key id", altered(&good, 0, |header| drop(header.as_object_mut().unwrap().remove("kid")))),
            ("a key id that is a path", altered(&good, 0, |header| header["kid"] = json!("../../dev/null"))),
            ("another user in it", altered(&good, 1, |claims| claims["sub"] = json!(other.user_id))),
            ("a later end", altered(&good, 1, |claims| claims["exp"] = json!(9_999_999_999_u64))),
            ("cut off", good[..good.len() - 2].to_owned()),
            ("nonsense", "a.b.c".to_owned()),
            ("nothing", String::new()),
            // Signed by us, and yet never handed out.
            ("another tenant", issue(other.tenant_id, session.user_id, session.id)),
            ("another's session", issue(session.tenant_id, session.user_id, other.id)),
            ("another user of a session", issue(session.tenant_id, other.user_id, session.id)),
            ("no session", issue(TenantId::new(), session.user_id, SessionId::new())),
        ] {
            assert_eq!(principal(&db, &ours, &token).await, None, "{what}");
        }
        assert!(principal(&db, &ours, &good).await.is_some());
    }

    async fn a_new_key_signs_and_the_old_one_verifies_until_it_is_taken_out(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let (before, during, after) = (tokens(VAULT_KEY), tokens(&format!("{K2},{VAULT_KEY}")), tokens(K2));
        let (old, new) = (access_token(&before, &opened), access_token(&during, &opened));
        assert!(principal(&db, &during, &old).await.is_some());
        assert!(principal(&db, &after, &new).await.is_some());
        assert_eq!(principal(&db, &after, &old).await, None);
        assert_eq!(principal(&db, &before, &new).await, None);
        // Yet nobody is signed out by it.
        refresh(&db, &opened, TimeDelta::zero()).await.unwrap();
    }

    async fn each_refresh_gives_another_token_and_moves_the_end_on(db: Fresh) {
        let (first, _) = sign_up(&db, "ada@example.com").await;
        let client = Client { address: Some("192.0.2.7".parse().unwrap()), user_agent: Some("x".repeat(500) + "\n") };
        let later = entity::now() + TimeDelta::days(20);
        let second = sessions::refresh(&db, &first.refresh_token, &client, later).await.unwrap();
        assert_eq!(second.session.id, first.session.id);
        assert_ne!(second.refresh_token.expose_secret(), first.refresh_token.expose_secret());
        assert_eq!(second.session.expires_at, later + TimeDelta::days(30));
        assert_eq!(second.session.last_used_at, later);
        assert_eq!(second.session.address.as_deref(), Some("192.0.2.7"));
        assert_eq!(second.session.user_agent.map(|text| text.len()), Some(200));
    }

    async fn a_session_ends_after_thirty_idle_days_and_after_ninety_anyway(db: Fresh) {
        let (idle, _) = sign_up(&db, "ada@example.com").await;
        assert!(is_refused(&refresh(&db, &idle, TimeDelta::days(31)).await, Refusal::SessionOver));
        let (mut busy, _) = sign_up(&db, "bob@example.com").await;
        for days in [29, 58, 87] {
            busy = refresh(&db, &busy, TimeDelta::days(days)).await.unwrap();
        }
        assert_eq!(busy.session.expires_at, busy.session.created_at + TimeDelta::days(90));
        assert!(is_refused(&refresh(&db, &busy, TimeDelta::days(91)).await, Refusal::SessionOver));
    }

    async fn a_used_refresh_token_ends_the_whole_family(db: Fresh) {
        let (first, _) = sign_up(&db, "ada@example.com").await;
        let (stranger, _) = sign_up(&db, "bob@example.com").await;
        let tokens = tokens(VAULT_KEY);
        let token = access_token(&tokens, &first);
        let second = refresh(&db, &first, TimeDelta::zero()).await.unwrap();
        assert!(is_refused(&refresh(&db, &first, TimeDelta::seconds(11)).await, Refusal::SessionOver));
        // The thief's pair, or the owner's, whichever it was.
        assert!(is_refused(&refresh(&db, &second, TimeDelta::seconds(12)).await, Refusal::SessionOver));
        assert_eq!(principal(&db, &tokens, &token).await, None);
        let log = audit::list(&db, first.session.tenant_id, &audit::Filter::default(), Paging::first(9)).await.unwrap();
        assert_eq!(log.items[0].action, "session.refresh_token_reused");
        refresh(&db, &stranger, TimeDelta::zero()).await.unwrap();
    }

    async fn a_client_that_races_itself_keeps_its_session(db: Fresh) {
        let (first, _) = sign_up(&db, "ada@example.com").await;
        let race = (0..4).map(|_| refresh(&db, &first, TimeDelta::zero()));
        let mut results = futures_util::future::join_all(race).await;
        assert_eq!(results.iter().filter(|result| is_refused(result, Refusal::RefreshRace)).count(), 3);
        let second = results.remove(results.iter().position(Result::is_ok).unwrap()).unwrap();
        assert!(is_refused(&refresh(&db, &first, TimeDelta::seconds(9)).await, Refusal::RefreshRace));
        refresh(&db, &second, TimeDelta::seconds(10)).await.unwrap();
    }

    async fn a_removed_member_cannot_go_on(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        db.execute("DELETE FROM memberships").await;
        assert!(is_refused(&refresh(&db, &opened, TimeDelta::zero()).await, Refusal::SessionOver));
    }

    async fn signing_out_ends_the_session_of_the_token_used_or_not(db: Fresh) {
        let (first, _) = sign_up(&db, "ada@example.com").await;
        let second = refresh(&db, &first, TimeDelta::zero()).await.unwrap();
        let sign_out = async |token: &SecretString| sessions::sign_out(&db, token, &Client::default()).await.unwrap();
        sign_out(&SecretString::from("nonsense")).await;
        assert_eq!(sessions::list(&db, first.session.user_id, entity::now()).await.unwrap().len(), 1);
        sign_out(&first.refresh_token).await;
        assert!(sessions::list(&db, first.session.user_id, entity::now()).await.unwrap().is_empty());
        sign_out(&second.refresh_token).await;
    }

    async fn neither_tokens_nor_their_rows_show_a_secret(db: Fresh) {
        let (opened, mail) = sign_up(&db, "ada@example.com").await;
        let rows = format!("{:?}", db.rows_of(opened.session.tenant_id).await);
        assert!(!rows.contains(opened.refresh_token.expose_secret()));
        let link = mail.link("");
        let printed = format!("{opened:?} {mail:?}");
        for secret in [opened.refresh_token.expose_secret(), link.split_once('=').unwrap().1, "ada@example.com"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}

use std::net::IpAddr;

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version, password_hash::phc::PasswordHash};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Database, Error, Refusal,
    access::{Actor, By},
    accounts::{self, NewAccount},
    api_keys::{self, NewKey},
    audit, entity,
    mail::Mail,
    members, one_time_tokens,
    page::Paging,
    sessions::{self, AccessTokens, Client, Opened},
    tenants,
    testing::{Fresh, on_both},
    throttle,
    users::{self, Email},
};
use secrecy::{ExposeSecret, SecretString};

pub const PASSWORD: &str = "correct horse battery";
const OTHER: &str = "staple of another horse";

pub fn from(address: &str) -> Client {
    let address: IpAddr = address.parse().unwrap();
    Client { address: Some(address), user_agent: Some("a test".to_owned()) }
}

pub fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

pub async fn sign_up(db: &Database, email: &str) -> (Opened, Mail) {
    let new = NewAccount {
        email: email.to_owned(),
        password: secret(PASSWORD),
        name: "Ada".to_owned(),
        tenant_name: "Bakery".to_owned(),
    };
    accounts::sign_up(db, &Client::default(), new, entity::now()).await.unwrap()
}

/// The token in a mail's link.
fn token(mail: &Mail) -> SecretString {
    mail.link("").split_once("token=").unwrap().1.into()
}

async fn sign_in(db: &Database, email: &str, password: &str) -> Result<Opened, Error> {
    accounts::sign_in(db, &Client::default(), email, &secret(password), entity::now()).await
}

async fn sign_in_at(db: &Database, client: &Client, email: &str, now: DateTime<Utc>) -> Result<Opened, Error> {
    accounts::sign_in(db, client, email, &secret("a wrong password"), now).await
}

fn is_refused<T>(result: &Result<T, Error>, refusal: Refusal) -> bool {
    matches!(result, Err(Error::Refused(found)) if *found == refusal)
}

fn is_throttled<T>(result: &Result<T, Error>) -> bool {
    matches!(result, Err(Error::Throttled { .. }))
}

/// What the tenant's log says, oldest first.
async fn log(db: &Database, tenant: domain::id::TenantId) -> Vec<String> {
    let page = audit::list(db, tenant, &audit::Filter::default(), Paging::first(100)).await.unwrap();
    page.items.into_iter().rev().map(|event| event.action).collect()
}

async fn lives(db: &Database, opened: &Opened) -> bool {
    let living = sessions::list(db, opened.session.user_id, entity::now()).await.unwrap();
    living.iter().any(|session| session.id == opened.session.id)
}

/// Gives `who` a place in the tenants of `whose`.
pub async fn place(db: &Fresh, who: &str, whose: &str, role: &str) {
    let sql = format!(
        "INSERT INTO memberships (tenant_id, user_id, role, created_at) \
         SELECT m.tenant_id, a.id, '{role}', b.created_at FROM memberships m JOIN users b ON b.id = m.user_id, users a \
         WHERE b.email = '{whose}' AND a.email = '{who}'"
    );
    db.execute(&sql).await;
}

on_both! {
    async fn signing_up_makes_a_tenant_its_owner_and_a_session(db: Fresh) {
        let (opened, mail) = sign_up(&db, " Ada@Example.com ").await;
        let (tenant, user) = (opened.session.tenant_id, opened.session.user_id);
        let profile = accounts::profile(&db, tenant, user).await.unwrap();
        assert_eq!((profile.user.email.as_str(), profile.tenant.name.as_str()), ("ada@example.com", "Bakery"));
        assert_eq!(profile.places.len(), 1);
        assert_eq!(profile.places[0].role, entity::membership::Role::Owner);
        assert!(lives(&db, &opened).await);
        assert_eq!(mail.to.as_str(), "ada@example.com");
        assert_eq!(log(&db, tenant).await, ["user.signed_up"]);
        assert!(!profile.user.password_hash.contains(PASSWORD));
    }

    async fn an_address_has_one_account_however_it_is_written(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        let new = NewAccount { email: "ADA@example.com".to_owned(), password: secret(PASSWORD), name: "Eve".to_owned(), tenant_name: "Eve's".to_owned() };
        let again = accounts::sign_up(&db, &Client::default(), new, entity::now()).await;
        assert!(matches!(again, Err(Error::Conflict { .. })));
        // And left no tenant behind.
        assert_eq!(domain::operators::tenants(&db, Paging::first(100)).await.unwrap().items.len(), 1);
    }

    async fn what_cannot_be_an_account_is_refused(db: Fresh) {
        let long = "x".repeat(201);
        for (email, password, name, tenant_name, field) in [
            ("ada", PASSWORD, "Ada", "Bakery", "email"),
            ("ada@example.com", "short", "Ada", "Bakery", "password"),
            ("ada@example.com", "ada@example.com", "Ada", "Bakery", "password"),
            ("ada@example.com", PASSWORD, " ", "Bakery", "name"),
            ("ada@example.com", PASSWORD, "Ada", &long, "tenant_name"),
        ] {
            let new = NewAccount { email: email.to_owned(), password: secret(password), name: name.to_owned(), tenant_name: tenant_name.to_owned() };
            let made = accounts::sign_up(&db, &Client::default(), new, entity::now()).await;
            assert!(matches!(made, Err(Error::Invalid { field: found, .. }) if found == field), "{field}");
        }
    }

    async fn the_right_password_opens_a_session_and_nothing_else_does(db: Fresh) {
        let (first, _) = sign_up(&db, "ada@example.com").await;
        let opened = sign_in(&db, "Ada@example.com", PASSWORD).await.unwrap();
        assert_eq!(opened.session.tenant_id, first.session.tenant_id);
        assert_ne!(opened.session.id, first.session.id);
        assert_eq!(log(&db, first.session.tenant_id).await, ["user.signed_up", "user.signed_in"]);
        for (email, password) in [("ada@example.com", OTHER), ("nobody@example.com", PASSWORD)] {
            assert!(is_refused(&sign_in(&db, email, password).await, Refusal::WrongCredentials), "{email}");
        }
    }

    async fn an_unknown_account_takes_as_long_as_a_wrong_password(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        let took = async |email: String| {
            let began = std::time::Instant::now();
            assert!(is_refused(&sign_in(&db, &email, OTHER).await, Refusal::WrongCredentials));
            began.elapsed()
        };
        // The best of five each: what else the machine does must not tell.
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for n in 0..5 {
            known.push(took("ada@example.com".to_owned()).await);
            unknown.push(took(format!("nobody{n}@example.com")).await);
        }
        let (known, unknown) = (known.into_iter().min().unwrap(), unknown.into_iter().min().unwrap());
        assert!(unknown * 2 > known && known * 2 > unknown, "{known:?} and {unknown:?}");
    }

    async fn the_sixth_guess_waits_whether_there_is_such_an_account_or_not(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        let now = entity::now();
        for email in ["ada@example.com", "nobody@example.com"] {
            for _ in 0..5 {
                assert!(is_refused(&sign_in_at(&db, &Client::default(), email, now).await, Refusal::WrongCredentials));
            }
            let Err(Error::Throttled { retry_after }) = sign_in_at(&db, &Client::default(), email, now).await else { panic!("{email}") };
            assert_eq!(retry_after.as_secs(), 30, "{email}");
            let later = now + TimeDelta::seconds(31);
            assert!(is_refused(&sign_in_at(&db, &Client::default(), email, later).await, Refusal::WrongCredentials));
            let Err(Error::Throttled { retry_after }) = sign_in_at(&db, &Client::default(), email, later).await else { panic!("{email}") };
            assert_eq!(retry_after.as_secs(), 60, "{email}");
        }
        // Not even with the right one.
        assert!(is_throttled(&sign_in(&db, "ada@example.com", PASSWORD).await));
        assert!(is_refused(&sign_in(&db, "else@example.com", PASSWORD).await, Refusal::WrongCredentials));
    }

    async fn guesses_at_once_are_not_more_guesses(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        let client = Client::default();
        let race = (0..12).map(|_| sign_in_at(&db, &client, "ada@example.com", entity::now()));
        let results = futures_util::future::join_all(race).await;
        assert_eq!(results.iter().filter(|result| is_refused(result, Refusal::WrongCredentials)).count(), 5);
        assert_eq!(results.iter().filter(|result| is_throttled(result)).count(), 7);
    }

    async fn the_right_password_forgets_wrong_ones(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        for _ in 0..3 {
            for _ in 0..4 {
                assert!(is_refused(&sign_in(&db, "ada@example.com", OTHER).await, Refusal::WrongCredentials));
            }
            sign_in(&db, "ada@example.com", PASSWORD).await.unwrap();
        }
    }

    async fn an_address_that_guesses_at_many_accounts_waits_and_another_does_not(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        let (guesser, now) = (from("2001:db8::1"), entity::now());
        // What is right is not held against it.
        for _ in 0..3 {
            accounts::sign_in(&db, &guesser, "ada@example.com", &secret(PASSWORD), now).await.unwrap();
        }
        for n in 0..50 {
            let guess = sign_in_at(&db, &guesser, &format!("user{n}@example.com"), now).await;
            assert!(is_refused(&guess, Refusal::WrongCredentials), "{n}");
        }
        assert!(is_throttled(&sign_in_at(&db, &from("2001:db8::2"), "more@example.com", now).await), "the same household");
        assert!(is_refused(&sign_in_at(&db, &from("2001:db8:1::1"), "more@example.com", now).await, Refusal::WrongCredentials));
    }

    async fn an_address_cannot_sign_up_without_end_nor_have_mails_sent(db: Fresh) {
        let (client, now) = (from("192.0.2.1"), entity::now());
        for n in 0..20 {
            accounts::may_ask_for_reset(&db, &client, &format!("user{n}@example.com"), now).await.unwrap();
        }
        assert!(is_throttled(&accounts::may_ask_for_reset(&db, &client, "more@example.com", now).await));
        let new = |n: u32| NewAccount { email: format!("user{n}@example.com"), password: secret("short"), name: "Ada".to_owned(), tenant_name: "Bakery".to_owned() };
        for n in 0..20 {
            assert!(matches!(accounts::sign_up(&db, &client, new(n), now).await, Err(Error::Invalid { .. })));
        }
        assert!(is_throttled(&accounts::sign_up(&db, &client, new(20), now).await));
    }

    async fn a_hash_of_older_parameters_is_renewed_by_a_sign_in(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).unwrap());
        let weak: PasswordHash = weak.hash_password(PASSWORD.as_bytes()).unwrap();
        db.execute(&format!("UPDATE users SET password_hash = '{weak}'")).await;
        sign_in(&db, "ada@example.com", PASSWORD).await.unwrap();
        let user = users::find(&db, opened.session.user_id).await.unwrap();
        assert!(user.password_hash.contains("m=19456,t=2,p=1"), "{}", user.password_hash);
        // Nobody chose it anew.
        assert!(user.password_changed_at < user.created_at + TimeDelta::milliseconds(1));
        sign_in(&db, "ada@example.com", PASSWORD).await.unwrap();
    }

    async fn one_without_a_tenant_or_with_a_suspended_one_is_told_so(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let tenant = opened.session.tenant_id;
        tenants::suspend(&db, tenant, &By::SYSTEM, "unpaid").await.unwrap();
        assert!(is_refused(&sign_in(&db, "ada@example.com", PASSWORD).await, Refusal::TenantSuspended));
        assert!(is_refused(&sign_in(&db, "ada@example.com", OTHER).await, Refusal::WrongCredentials), "to nobody else");
        db.execute("DELETE FROM memberships").await;
        assert!(is_refused(&sign_in(&db, "ada@example.com", PASSWORD).await, Refusal::NoTenant));
    }

    async fn another_password_ends_all_sessions_but_this(db: Fresh) {
        let (this, _) = sign_up(&db, "ada@example.com").await;
        let that = sign_in(&db, "ada@example.com", PASSWORD).await.unwrap();
        let (stranger, _) = sign_up(&db, "bob@example.com").await;
        let session = &this.session;
        let change = async |current: &str, new: &str| {
            let whose = (session.user_id, session.id);
            accounts::change_password(&db, session.tenant_id, &By::SYSTEM, whose, &secret(current), &secret(new), entity::now()).await
        };
        assert!(matches!(change(OTHER, OTHER).await, Err(Error::Invalid { field: "current_password", .. })));
        assert!(matches!(change(PASSWORD, "short").await, Err(Error::Invalid { field: "password", .. })));
        assert!(lives(&db, &that).await);
        change(PASSWORD, OTHER).await.unwrap();
        assert!(lives(&db, &this).await && !lives(&db, &that).await && lives(&db, &stranger).await);
        assert!(is_refused(&sign_in(&db, "ada@example.com", PASSWORD).await, Refusal::WrongCredentials));
        sign_in(&db, "ada@example.com", OTHER).await.unwrap();
        assert!(log(&db, session.tenant_id).await.contains(&"user.password_changed".to_owned()));
    }

    async fn guesses_with_a_stolen_session_are_counted_too(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let session = &opened.session;
        let guess = async || {
            let whose = (session.user_id, session.id);
            accounts::change_password(&db, session.tenant_id, &By::SYSTEM, whose, &secret(OTHER), &secret(OTHER), entity::now()).await
        };
        for _ in 0..5 {
            assert!(matches!(guess().await, Err(Error::Invalid { .. })));
        }
        assert!(is_throttled(&guess().await));
    }

    async fn a_forgotten_password_is_replaced_once_by_the_link(db: Fresh) {
        let (opened, _) = sign_up(&db, "ada@example.com").await;
        let email = Email::parse("ada@example.com").unwrap();
        let mail = accounts::reset_link(&db, &email, entity::now()).await.unwrap().unwrap();
        assert_eq!(mail.to, email);
        let reset = async |password: &str| {
            accounts::reset_password(&db, &from("192.0.2.1"), &token(&mail), &secret(password), entity::now()).await
        };
        // One that is refused does not use the link up.
        assert!(matches!(reset("short").await, Err(Error::Invalid { field: "password", .. })));
        reset(OTHER).await.unwrap();
        assert!(matches!(reset(PASSWORD).await, Err(Error::Invalid { field: "token", .. })), "a second time");
        assert!(!lives(&db, &opened).await);
        assert!(is_refused(&sign_in(&db, "ada@example.com", PASSWORD).await, Refusal::WrongCredentials));
        sign_in(&db, "ada@example.com", OTHER).await.unwrap();
        let user = users::find(&db, opened.session.user_id).await.unwrap();
        assert!(user.email_verified_at.is_some(), "whoever follows the link has the address");
        assert!(log(&db, opened.session.tenant_id).await.contains(&"user.password_reset".to_owned()));
    }

    async fn of_many_that_use_a_link_at_once_one_wins(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        let email = Email::parse("ada@example.com").unwrap();
        let mail = accounts::reset_link(&db, &email, entity::now()).await.unwrap().unwrap();
        let (client, token, new) = (Client::default(), token(&mail), secret(OTHER));
        let race = (0..4).map(|_| accounts::reset_password(&db, &client, &token, &new, entity::now()));
        let results = futures_util::future::join_all(race).await;
        assert_eq!(results.iter().filter(|result| result.is_ok()).count(), 1);
    }

    async fn a_link_is_good_for_an_hour_and_only_the_last_one(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        let (email, now) = (Email::parse("ada@example.com").unwrap(), entity::now());
        let first = accounts::reset_link(&db, &email, now).await.unwrap().unwrap();
        let last = accounts::reset_link(&db, &email, now).await.unwrap().unwrap();
        let reset = async |mail: &Mail, now| {
            accounts::reset_password(&db, &Client::default(), &token(mail), &secret(OTHER), now).await
        };
        assert!(reset(&first, now).await.is_err());
        assert!(reset(&last, now + TimeDelta::minutes(61)).await.is_err());
        reset(&last, now + TimeDelta::minutes(59)).await.unwrap();
    }

    async fn an_account_gets_three_links_an_hour_and_a_stranger_none(db: Fresh) {
        sign_up(&db, "ada@example.com").await;
        let (email, now) = (Email::parse("ada@example.com").unwrap(), entity::now());
        for _ in 0..3 {
            assert!(accounts::reset_link(&db, &email, now).await.unwrap().is_some());
        }
        assert!(accounts::reset_link(&db, &email, now).await.unwrap().is_none());
        assert!(accounts::reset_link(&db, &Email::parse("nobody@example.com").unwrap(), now).await.unwrap().is_none());
    }

    async fn an_address_is_confirmed_by_the_first_mail_once_within_two_days(db: Fresh) {
        let (opened, mail) = sign_up(&db, "ada@example.com").await;
        let ada = opened.session.user_id;
        let verify = async |token: SecretString, now| accounts::verify_email(&db, ada, &By::SYSTEM, &token, now).await;
        let verified = async || users::find(&db, opened.session.user_id).await.unwrap().email_verified_at;
        assert!(verify(secret("nonsense"), entity::now()).await.is_err());
        assert!(verify(token(&mail), entity::now() + TimeDelta::hours(49)).await.is_err());
        // A link is good for what it was sent for.
        let reset = accounts::reset_link(&db, &mail.to, entity::now()).await.unwrap().unwrap();
        assert!(verify(token(&reset), entity::now()).await.is_err());
        assert!(accounts::reset_password(&db, &Client::default(), &token(&mail), &secret(OTHER), entity::now()).await.is_err());
        assert_eq!(verified().await, None);
        verify(token(&mail), entity::now()).await.unwrap();
        assert!(verified().await.is_some());
        assert!(verify(token(&mail), entity::now()).await.is_err());
        assert!(log(&db, opened.session.tenant_id).await.contains(&"user.email_verified".to_owned()));
    }

    async fn who_kept_a_key_of_an_address_that_was_never_theirs_loses_it_with_the_reset(db: Fresh) {
        let (stranger, _) = sign_up(&db, "ada@example.com").await;
        let by = By { actor: Actor::User(stranger.session.user_id), address: None };
        let new = NewKey::unlimited("kept");
        let (_, key) = api_keys::create(&db, stranger.session.tenant_id, &by, new).await.unwrap();
        let reset = accounts::reset_link(&db, &Email::parse("ada@example.com").unwrap(), entity::now()).await.unwrap().unwrap();
        accounts::reset_password(&db, &Client::default(), &token(&reset), &secret(OTHER), entity::now()).await.unwrap();
        assert!(api_keys::authenticate(&db, key.expose_secret(), entity::now()).await.unwrap().is_none());
    }

    async fn a_person_signs_in_where_they_were_last(db: Fresh) {
        let (ada, _) = sign_up(&db, "ada@example.com").await;
        let (bob, _) = sign_up(&db, "bob@example.com").await;
        place(&db, "ada@example.com", "bob@example.com", "member").await;
        // They have been in their own alone.
        assert_eq!(sign_in(&db, "ada@example.com", PASSWORD).await.unwrap().session.tenant_id, ada.session.tenant_id);
        tenants::suspend(&db, ada.session.tenant_id, &By::SYSTEM, "unpaid").await.unwrap();
        assert_eq!(sign_in(&db, "ada@example.com", PASSWORD).await.unwrap().session.tenant_id, bob.session.tenant_id);
        tenants::reactivate(&db, ada.session.tenant_id, &By::SYSTEM).await.unwrap();
        assert_eq!(sign_in(&db, "ada@example.com", PASSWORD).await.unwrap().session.tenant_id, bob.session.tenant_id);
        assert_eq!(members::places(&db, ada.session.user_id, Paging::first(10)).await.unwrap().items.len(), 2);
    }

    async fn what_is_over_is_swept_and_what_lives_stays(db: Fresh) {
        let (opened, mail) = sign_up(&db, "ada@example.com").await;
        let guess = sign_in_at(&db, &from("192.0.2.1"), "ada@example.com", entity::now()).await;
        assert!(is_refused(&guess, Refusal::WrongCredentials));
        let tokens = AccessTokens::new(&domain::testing::vault());
        let sweep = async |now| {
            let (sessions, links) = (sessions::sweep(&db, now).await.unwrap(), one_time_tokens::sweep(&db, now).await.unwrap());
            (sessions, links, throttle::sweep(&db, now).await.unwrap())
        };
        assert_eq!(sweep(entity::now()).await, (0, 0, 0));
        let session = &opened.session;
        let (token, _) = tokens.issue(session.tenant_id, session.user_id, session.id, entity::now());
        assert!(sessions::authenticate(&db, &tokens, token.expose_secret(), entity::now()).await.unwrap().is_some());
        assert_eq!(sweep(entity::now() + TimeDelta::hours(1)).await, (0, 0, 2));
        assert_eq!(sweep(entity::now() + TimeDelta::hours(49)).await, (0, 1, 0));
        assert!(accounts::verify_email(&db, session.user_id, &By::SYSTEM, &self::token(&mail), entity::now()).await.is_err());
        // Its refresh token goes with it.
        assert_eq!(sweep(entity::now() + TimeDelta::days(31)).await, (1, 0, 0));
        assert!(sessions::authenticate(&db, &tokens, token.expose_secret(), entity::now()).await.unwrap().is_none());
        assert!(is_refused(&sessions::refresh(&db, &opened.refresh_token, &Client::default(), entity::now()).await, Refusal::SessionOver));
    }
}

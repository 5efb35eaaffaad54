use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Database,
    access::{Principal, Who},
    entity::{
        id::{ApiKeyId, IdempotencyKeyId, TenantId},
        now,
    },
    idempotency::{self, Claim},
    testing::{Fresh, on_both},
};
use secrecy::{ExposeSecret, SecretString};

use crate::given;

const LEASE: Duration = Duration::from_secs(60);

fn key_of(tenant: TenantId) -> Principal {
    Principal { tenant, who: Who::Key { id: ApiKeyId::new(), scopes: Vec::new() } }
}

async fn claim(db: &Database, who: &Principal, key: &str, fingerprint: &str, now: DateTime<Utc>) -> Claim {
    idempotency::claim(db, &given::vault(), who, key, fingerprint, LEASE, now).await.unwrap()
}

fn mine(claim: Claim) -> IdempotencyKeyId {
    let Claim::Mine(id) = claim else { panic!("{claim:?}") };
    id
}

async fn answer(db: &Database, who: &Principal, claim: IdempotencyKeyId, answer: &str) {
    idempotency::answered(db, &given::vault(), who.tenant, claim, &SecretString::from(answer)).await.unwrap();
}

on_both! {
    async fn a_key_gives_the_answer_of_its_first_request_for_a_day(db: Fresh) {
        let who = key_of(given::tenant(&db, "+14155550199").await.id);
        let at = now();
        let id = mine(claim(&db, &who, "a", "one", at).await);
        assert!(matches!(claim(&db, &who, "a", "one", at).await, Claim::InProgress));
        assert!(matches!(claim(&db, &who, "a", "two", at).await, Claim::Mismatch));
        answer(&db, &who, id, "the secret").await;
        let within = at + TimeDelta::hours(23);
        let Claim::Answered(answered) = claim(&db, &who, "a", "one", within).await else { panic!("not answered") };
        assert_eq!(answered.expose_secret(), "the secret");
        assert!(matches!(claim(&db, &who, "a", "two", within).await, Claim::Mismatch));
        mine(claim(&db, &who, "a", "two", at + TimeDelta::hours(25)).await);
    }

    async fn an_answer_lies_sealed(db: Fresh) {
        let who = key_of(given::tenant(&db, "+14155550199").await.id);
        let id = mine(claim(&db, &who, "a", "one", now()).await);
        answer(&db, &who, id, "the secret").await;
        let rows = db.rows_of(who.tenant).await;
        let hex: String = "the secret".bytes().map(|byte| format!("{byte:02X}")).collect();
        let row = rows["idempotency_keys"][0].to_uppercase();
        assert!(!row.contains("THE SECRET") && !row.contains(&hex), "{row}");
    }

    async fn a_key_is_its_senders_own(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await.id;
        let stranger = given::tenant(&db, "+14155550198").await.id;
        let senders = [key_of(tenant), key_of(tenant), key_of(stranger)];
        for who in &senders {
            let id = mine(claim(&db, who, "a", "one", now()).await);
            answer(&db, who, id, "its own").await;
        }
    }

    async fn a_crashed_requests_key_is_free_when_its_lease_has_run_out(db: Fresh) {
        let who = key_of(given::tenant(&db, "+14155550199").await.id);
        let at = now();
        let crashed = mine(claim(&db, &who, "a", "one", at).await);
        assert!(matches!(claim(&db, &who, "a", "one", at + TimeDelta::seconds(59)).await, Claim::InProgress));
        let later = at + TimeDelta::seconds(61);
        let second = mine(claim(&db, &who, "a", "one", later).await);
        assert!(matches!(claim(&db, &who, "a", "one", later).await, Claim::InProgress));
        // It was only slow, and is late.
        answer(&db, &who, crashed, "the late one's").await;
        idempotency::given_up(&db, who.tenant, crashed).await.unwrap();
        assert!(matches!(claim(&db, &who, "a", "one", later).await, Claim::InProgress));
        answer(&db, &who, second, "the second one's").await;
        let Claim::Answered(answered) = claim(&db, &who, "a", "one", later).await else { panic!("not answered") };
        assert_eq!(answered.expose_secret(), "the second one's");
    }

    async fn what_was_given_up_can_be_tried_again(db: Fresh) {
        let who = key_of(given::tenant(&db, "+14155550199").await.id);
        let id = mine(claim(&db, &who, "a", "one", now()).await);
        idempotency::given_up(&db, who.tenant, id).await.unwrap();
        mine(claim(&db, &who, "a", "two", now()).await);
    }

    async fn of_many_at_once_one_gets_it(db: Fresh) {
        let who = key_of(given::tenant(&db, "+14155550199").await.id);
        for at in [now(), now() + TimeDelta::hours(25)] {
            let all = (0..8).map(|_| claim(&db, &who, "a", "one", at));
            let claims = futures_util::future::join_all(all).await;
            assert_eq!(claims.iter().filter(|claim| matches!(claim, Claim::Mine(_))).count(), 1, "{claims:?}");
        }
    }

    async fn what_is_no_key_is_refused(db: Fresh) {
        let who = key_of(given::tenant(&db, "+14155550199").await.id);
        for key in ["", "a\nb", "é", &"x".repeat(256)] {
            let refused = idempotency::claim(&db, &given::vault(), &who, key, "one", LEASE, now()).await;
            assert!(matches!(refused, Err(domain::Error::Invalid { .. })), "{key:?}");
        }
        mine(claim(&db, &who, &"x".repeat(255), "one", now()).await);
    }

    async fn what_has_expired_is_swept(db: Fresh) {
        let who = key_of(given::tenant(&db, "+14155550199").await.id);
        let at = now();
        for at_key in 0..3 {
            claim(&db, &who, &at_key.to_string(), "one", at - TimeDelta::hours(at_key * 13)).await;
        }
        assert_eq!(idempotency::sweep(&db, at).await.unwrap(), 1);
        assert_eq!(db.rows_of(who.tenant).await["idempotency_keys"].len(), 2);
    }
}

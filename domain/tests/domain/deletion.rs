use chrono::TimeDelta;
use domain::{
    Error, Refusal,
    access::By,
    accounts::{self, NewAccount},
    api_keys::{self, NewKey},
    conversations,
    entity::{
        id::{TenantId, TurnId, UserId},
        now,
        tenant::Status,
    },
    jobs::{self, Kind},
    operators, recordings,
    recordings::Wish,
    sessions::Client,
    tenants,
    testing::{Fresh, on_both},
    usage::Served,
};
use secrecy::SecretString;
use voice::event::{EndReason, Prompt, Turn, TurnTimes, Usage};

use crate::given;

const GRACE: TimeDelta = TimeDelta::days(30);

fn nobody() -> Client {
    Client { address: None, user_agent: None }
}

fn password() -> SecretString {
    SecretString::from("correct horse battery")
}

/// Somebody who has signed up, with the tenant that they own.
async fn owner(db: &Fresh, email: &str) -> (UserId, TenantId) {
    let new = NewAccount {
        email: email.to_owned(),
        password: password(),
        name: "Ada".to_owned(),
        tenant_name: "Bakery".to_owned(),
    };
    let session = accounts::sign_up(db, &nobody(), new, now()).await.unwrap().0.session;
    (session.user_id, session.tenant_id)
}

/// Something in the tables that grow, and in the store.
async fn furnish(db: &Fresh, tenant: TenantId) {
    let row = given::conversation(db, tenant).await;
    let turn = Turn {
        number: 0,
        prompt: Prompt::Speech("Two loaves".to_owned()),
        generated_text: "Gladly.".to_owned(),
        heard_text: "Gladly.".to_owned(),
        interrupted: false,
        tool_calls: Vec::new(),
        times: TurnTimes::default(),
        usage: Usage { prompt_tokens: 10, completion_tokens: 5, transcribed_ms: 900, spoken_characters: 20 },
    };
    conversations::turn_ended(db, tenant, row.id, TurnId::new(), &turn, &Served::default()).await.unwrap();
    let begun =
        recordings::begin(db, &db.recordings(), tenant, &row, Wish { retention_days: None }, 8_000).await.unwrap();
    drop(begun.file);
    recordings::finish(db, tenant, begun.id).await.unwrap();
    conversations::end(db, tenant, row.id, &EndReason::CallerHungUp).await.unwrap();
    api_keys::create(db, tenant, &By::SYSTEM, NewKey::unlimited("key")).await.unwrap();
}

async fn removed(db: &Fresh, tenant: TenantId, at: chrono::DateTime<chrono::Utc>) -> u64 {
    let mut all = 0;
    loop {
        match tenants::remove_some(db, &db.recordings().blobs, tenant, at).await.unwrap() {
            0 => return all,
            some => all += some,
        }
    }
}

on_both! {
    async fn a_tenant_is_gone_without_a_row_when_its_grace_is_over_and_another_is_not(db: Fresh) {
        let (ada, tenant) = (owner(&db, "ada@example.com").await, "+14155550199");
        let other = given::tenant(&db, tenant).await;
        let (user, tenant) = ada;
        for tenant in [tenant, other.id] {
            furnish(&db, tenant).await;
        }
        let others = db.rows_of(other.id).await;
        let start = now();
        let row = tenants::delete(&db, tenant, &By::SYSTEM, (user, &password()), GRACE, start).await.unwrap();
        assert_eq!((row.status, row.delete_at), (Status::Suspended, Some(start + GRACE)));
        assert_eq!(removed(&db, tenant, start + GRACE - TimeDelta::seconds(1)).await, 0);
        assert_eq!(tenants::order_deletions(&db, start + GRACE - TimeDelta::seconds(1)).await.unwrap(), 0);

        let over = start + GRACE;
        assert_eq!(tenants::order_deletions(&db, over).await.unwrap(), 1);
        tenants::order_deletions(&db, over).await.unwrap();
        let ordered = jobs::due(&db, 100, over).await.unwrap().tickets;
        assert_eq!(ordered.iter().filter(|job| job.kind == Kind::DeleteTenant).count(), 1, "once until it is done");
        assert!(removed(&db, tenant, over).await > 0);
        for (table, rows) in db.rows_of(tenant).await {
            assert!(rows.is_empty(), "{table}: {rows:?}");
        }
        assert!(matches!(tenants::find(&db, tenant).await, Err(Error::NotFound { .. })));
        assert_eq!(db.rows_of(other.id).await, others, "another tenant's");
        let line = tenants::deleted(&db).await.unwrap();
        assert_eq!((line.len(), line[0].id, line[0].deleted_at), (1, tenant, over));
        assert_eq!(removed(&db, tenant, over).await, 0, "a second time");
        assert_eq!(tenants::order_deletions(&db, over).await.unwrap(), 0);
        // Who belonged nowhere else is gone, too, and may come again.
        let again = accounts::sign_in(&db, &nobody(), "ada@example.com", &password(), now()).await;
        assert!(matches!(again, Err(Error::Refused(Refusal::WrongCredentials))));
        owner(&db, "ada@example.com").await;
    }

    async fn a_restored_tenant_is_as_it_was_and_is_not_removed(db: Fresh) {
        let (user, tenant) = owner(&db, "ada@example.com").await;
        let start = now();
        tenants::delete(&db, tenant, &By::SYSTEM, (user, &password()), GRACE, start).await.unwrap();
        let kept_out = accounts::sign_in(&db, &nobody(), "ada@example.com", &password(), now()).await;
        assert!(matches!(kept_out, Err(Error::Refused(Refusal::TenantSuspended))));
        let later = start + TimeDelta::days(1);
        let again = tenants::delete(&db, tenant, &By::SYSTEM, (user, &password()), GRACE, later).await.unwrap();
        assert_eq!(again.delete_at, Some(start + GRACE), "a second wish changes nothing");

        let credentials = ("ada@example.com", &password());
        let wrong = ("ada@example.com", &SecretString::from("another horse battery"));
        let refused = accounts::restore_tenant(&db, &nobody(), wrong, None, now()).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::WrongCredentials))));
        let row = accounts::restore_tenant(&db, &nobody(), credentials, None, now()).await.unwrap();
        assert_eq!((row.id, row.status, row.suspended_at, row.delete_at), (tenant, Status::Active, None, None));
        let none = accounts::restore_tenant(&db, &nobody(), credentials, Some(tenant), now()).await;
        assert!(matches!(none, Err(Error::NotFound { .. })));
        accounts::sign_in(&db, &nobody(), "ada@example.com", &password(), now()).await.unwrap();
        assert_eq!(removed(&db, tenant, start + GRACE).await, 0);
    }

    async fn a_wrong_password_deletes_nothing(db: Fresh) {
        let (user, tenant) = owner(&db, "ada@example.com").await;
        let wrong = SecretString::from("another horse battery");
        let refused = tenants::delete(&db, tenant, &By::SYSTEM, (user, &wrong), GRACE, now()).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "password", .. })));
        assert_eq!(tenants::find(&db, tenant).await.unwrap().status, Status::Active);
    }

    async fn an_operator_deletes_any_tenant_but_their_own_and_lets_it_live_again(db: Fresh) {
        let own = tenants::create(&db, "Own").await.unwrap().id;
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let refused = operators::delete(&db, own, &By::SYSTEM, own, GRACE, now()).await;
        assert!(matches!(refused, Err(Error::Conflict { .. })));
        tenants::suspend(&db, ada, &By::SYSTEM, "Unpaid").await.unwrap();
        assert!(operators::delete(&db, ada, &By::SYSTEM, own, GRACE, now()).await.unwrap().tenant.delete_at.is_some());
        let restored = tenants::restore(&db, ada, &By::SYSTEM).await.unwrap();
        assert_eq!((restored.status, restored.delete_at), (Status::Suspended, None), "as it was before");
        operators::delete(&db, ada, &By::SYSTEM, own, GRACE, now()).await.unwrap();
        let lives = operators::reactivate(&db, ada, &By::SYSTEM).await.unwrap().tenant;
        assert_eq!((lives.status, lives.delete_at), (Status::Active, None));
    }

    async fn whatever_is_a_tenants_goes_with_its_row(db: Fresh) {
        let without = db.tables_left_behind_by_a_tenant().await;
        assert!(without.is_empty(), "no key to `tenants` that deletes with it: {without:?}");
    }
}

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Database, Error,
    access::By,
    conversations,
    entity::{
        id::{ConversationId, TenantId, TurnId},
        now,
    },
    jobs, recordings,
    recordings::{Recordings, Wish},
    retention::{self, Counts, Days},
    tenants,
    testing::{Fresh, on_both},
    usage::{self, Served},
};
use voice::event::{EndReason, Prompt, Turn, TurnTimes, Usage};

use crate::given;

/// A conversation that has ended, with a turn and a recording.
async fn conversation(db: &Fresh, tenant: TenantId) -> ConversationId {
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
    let wish = Wish { retention_days: None };
    let begun = recordings::begin(db, &db.recordings(), tenant, &row, wish, 8_000).await.unwrap();
    drop(begun.file);
    recordings::finish(db, tenant, begun.id).await.unwrap();
    conversations::end(db, tenant, row.id, &EndReason::CallerHungUp).await.unwrap();
    row.id
}

/// All that goes until nothing is left.
async fn applied(db: &Database, recordings: &Recordings, tenant: TenantId, days: &Days, at: DateTime<Utc>) -> Counts {
    let mut all = Counts::default();
    loop {
        let some = retention::remove_some(db, recordings, tenant, days, at).await.unwrap();
        if some == Counts::default() {
            return all;
        }
        retention::add(&mut all, &some);
    }
}

fn counts(recordings: u64, transcripts: u64, calls: u64) -> Counts {
    Counts { recordings, transcripts, calls, ..Counts::default() }
}

on_both! {
    async fn each_kind_goes_when_its_days_are_over_and_what_was_used_stays_counted(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let (id, others) = (conversation(&db, ada).await, conversation(&db, bob).await);
        let open = given::conversation(&db, ada).await.id;
        let used = usage::of_conversation(&db, ada, id).await.unwrap();
        assert!(used.prompt_tokens > 0, "there is something to be counted");
        let days = Days { recordings: Some(7), transcripts: Some(30), calls: Some(90), ..Days::default() };
        let (recordings, start) = (db.recordings(), now());
        for (after, gone) in [(6, counts(0, 0, 0)), (8, counts(1, 0, 0)), (31, counts(0, 1, 0)), (91, counts(0, 0, 1)), (99, counts(0, 0, 0))] {
            let at = start + TimeDelta::days(after);
            assert_eq!(retention::count(&db, ada, &days, at).await.unwrap(), gone, "foreseen after {after} days");
            assert_eq!(applied(&db, &recordings, ada, &days, at).await, gone, "after {after} days");
            if after == 31 {
                let turn = &conversations::turns(&db, ada, id).await.unwrap()[0];
                assert_eq!((turn.prompt_text.as_deref(), turn.generated_text.as_str(), turn.heard_text.as_str()), (None, "", ""));
                assert_eq!(turn.usage["prompt_tokens"], 10, "what it used stays");
            }
        }
        assert!(matches!(conversations::find(&db, ada, id).await, Err(Error::NotFound { .. })));
        let left = db.rows_of(ada).await;
        assert!(left["recordings"].is_empty() && left["turns"].is_empty());
        assert_eq!(left["conversations"].len(), 1, "the one that goes on");
        conversations::find(&db, ada, open).await.unwrap();
        let day = start.date_naive();
        assert_eq!(usage::report(&db, ada, day, day).await.unwrap().total.prompt_tokens, used.prompt_tokens);
        assert_eq!(conversations::turns(&db, bob, others).await.unwrap()[0].heard_text, "Gladly.", "another tenant's");
    }

    async fn what_a_conversation_has_goes_with_it_at_once(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        conversation(&db, ada).await;
        let days = Days { calls: Some(1), ..Days::default() };
        let gone = applied(&db, &db.recordings(), ada, &days, now() + TimeDelta::days(2)).await;
        assert_eq!(gone, counts(0, 0, 1));
        let left = db.rows_of(ada).await;
        assert!(left["recordings"].is_empty() && left["turns"].is_empty() && left["conversations"].is_empty());
    }

    async fn more_than_a_batch_goes_batch_by_batch(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        for _ in 0..51 {
            let id = given::conversation(&db, ada).await.id;
            conversations::end(&db, ada, id, &EndReason::CallerHungUp).await.unwrap();
        }
        let (days, at) = (Days { calls: Some(1), ..Days::default() }, now() + TimeDelta::days(2));
        let some = async || retention::remove_some(&db, &db.recordings(), ada, &days, at).await.unwrap().calls;
        assert_eq!([some().await, some().await, some().await], [50, 1, 0]);
    }

    async fn a_tenant_without_days_keeps_everything_and_gets_no_job(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        conversation(&db, ada).await;
        let far = now() + TimeDelta::days(9_999);
        assert_eq!(applied(&db, &db.recordings(), ada, &Days::default(), far).await, Counts::default());
        assert_eq!(retention::order(&db, &Days::default(), now()).await.unwrap(), 0);
        let own = Days { calls: Some(9), ..Days::default() };
        let standing = retention::set(&db, &Days::default(), bob, &By::SYSTEM, own).await.unwrap();
        assert_eq!((standing.effective, standing.last), (own, None));
        assert_eq!(retention::order(&db, &Days::default(), now()).await.unwrap(), 1);
        let later = now() + TimeDelta::hours(3);
        let kinds: Vec<_> = jobs::due(&db, 100, later).await.unwrap().tickets.into_iter().map(|job| job.kind).collect();
        let ordered = || kinds.iter().filter(|kind| **kind == jobs::Kind::ApplyRetention).count();
        assert_eq!(ordered(), 1);
        // The operator's days are everybody's who says nothing.
        assert_eq!(retention::order(&db, &own, now()).await.unwrap(), 2);
        assert_eq!(retention::of(&db, &own, ada).await.unwrap().effective, own);
    }

    async fn what_was_removed_on_a_day_is_told(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let day = "2026-11-22T02:00:00Z".parse::<DateTime<Utc>>().unwrap();
        for (at, told) in [(day, 1), (day + TimeDelta::hours(1), 2), (day + TimeDelta::days(1), 1)] {
            retention::note(&db, ada, counts(1, 0, 0), at).await.unwrap();
            let last = retention::of(&db, &Days::default(), ada).await.unwrap().last;
            assert_eq!(last, Some((at, counts(told, 0, 0))));
        }
        let own = Days { calls: Some(9), ..Days::default() };
        let standing = retention::set(&db, &Days::default(), ada, &By::SYSTEM, own).await.unwrap();
        assert!(standing.last.is_some(), "it is told still");
    }

    async fn days_out_of_bounds_are_refused_and_change_nothing(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let before = db.rows_of(ada).await;
        let bad = Days { audit: Some(29), ..Days::default() };
        let refused = retention::set(&db, &Days::default(), ada, &By::SYSTEM, bad).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "audit_days", .. })));
        assert_eq!(db.rows_of(ada).await, before);
    }
}

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Database, Error,
    access::By,
    admission::{self, Held, Limit},
    agents,
    calls::{self, NextStep},
    conversations,
    database::{self, Settings},
    entity::{
        agent::AgentSettings,
        conversation::Channel,
        id::{LineId, TenantId, TurnId},
    },
    limits::{self, Change, Limits},
    tenants,
    testing::{Fresh, on_both},
    usage::{Prices, Served},
};
use secrecy::SecretString;
use voice::event::{EndReason, Prompt, Turn, TurnTimes, Usage};

use crate::given;

const NONE: Limits =
    Limits { concurrent_calls: None, minutes_per_month: None, spend_per_day: None, requests_per_second: None };

const ONE_CALL: Limits = Limits { concurrent_calls: Some(1), ..NONE };

async fn held(db: &Database, tenant: TenantId) -> Held {
    Held {
        tenant,
        conversation: given::conversation(db, tenant).await.id,
        channel: Channel::Socket,
        line: LineId::new(),
        seen: at(0),
    }
}

fn at(seconds: i64) -> DateTime<Utc> {
    // In the middle of a month and of a day, so that no test depends on today's.
    "2026-11-15T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(seconds)
}

fn reached(result: Result<(), Error>) -> Option<Limit> {
    match result {
        Ok(()) => None,
        Err(Error::LimitReached(limit)) => Some(limit),
        Err(error) => panic!("{error:?}"),
    }
}

fn turn(number: u32, usage: Usage) -> Turn {
    Turn {
        number,
        prompt: Prompt::Speech("Hello".to_owned()),
        generated_text: "Hi.".to_owned(),
        heard_text: "Hi.".to_owned(),
        interrupted: false,
        tool_calls: Vec::new(),
        times: TurnTimes::default(),
        usage,
    }
}

const USED: Usage =
    Usage { transcribed_ms: 60_000, prompt_tokens: 1_000, completion_tokens: 100, spoken_characters: 200 };

fn served(prices: &str) -> Served {
    prices.parse::<Prices>().unwrap().served("a:stt", "a:model", "a:tts")
}

on_both! {
    async fn of_two_processes_that_race_one_gets_the_last_slot(db: Fresh) {
        let settings = Settings { url: SecretString::from(db.url()), max_connections: 5 };
        let other = database::connect(&settings).await.unwrap();
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let (first, second) = (held(&db, ada).await, held(&db, ada).await);
        for round in 0..50 {
            let now = domain::entity::now();
            let (here, there) =
                tokio::join!(admission::take(&db, &ONE_CALL, first, now), admission::take(&other, &ONE_CALL, second, now));
            let (here, there) = (reached(here), reached(there));
            assert!(
                (here.is_none() && there == Some(Limit::ConcurrentCalls))
                    || (there.is_none() && here == Some(Limit::ConcurrentCalls)),
                "round {round}: {here:?}, {there:?}"
            );
            for held in [first, second] {
                admission::release(&db, held, now).await.unwrap();
            }
        }
        other.close().await.unwrap();
    }

    async fn a_crowd_gets_as_many_slots_as_there_are(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let mut crowd = Vec::new();
        for _ in 0..12 {
            crowd.push(held(&db, ada).await);
        }
        let five = Limits { concurrent_calls: Some(5), ..NONE };
        let now = domain::entity::now();
        let took = futures_util::future::join_all(crowd.iter().map(|held| admission::take(&db, &five, *held, now))).await;
        assert_eq!(took.into_iter().filter(Result::is_ok).count(), 5);
        assert_eq!(admission::used(&db, ada, now).await.unwrap().concurrent_calls, 5);
    }

    async fn of_a_slot_that_is_renewed_a_snapshot_shows_no_change_and_of_one_given_back_it_does(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let held = held(&db, ada).await;
        assert_eq!(reached(admission::take(&db, &ONE_CALL, held, at(0)).await), None);
        let before = db.rows_of(ada).await;
        admission::renew(&db, &[held], at(10)).await.unwrap();
        assert_eq!(admission::used(&db, ada, at(35)).await.unwrap().concurrent_calls, 1, "it was renewed");
        assert_eq!(db.rows_of(ada).await, before);
        admission::release(&db, held, at(10)).await.unwrap();
        assert_ne!(db.rows_of(ada).await["call_slots"], before["call_slots"]);
    }

    async fn the_same_call_takes_one_slot_however_often_it_is_announced(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let two = Limits { concurrent_calls: Some(2), ..NONE };
        for _ in 0..5 {
            let begun = given::call(&db, &tenant, "CA1").await;
            assert_eq!(calls::admit(&db, &two, &begun, at(0)).await.unwrap(), None);
        }
        assert_eq!(admission::used(&db, tenant.id, at(0)).await.unwrap().concurrent_calls, 1);
        let begun = given::call(&db, &tenant, "CA2").await;
        assert_eq!(calls::admit(&db, &two, &begun, at(0)).await.unwrap(), None);
        let begun = given::call(&db, &tenant, "CA3").await;
        assert_eq!(calls::admit(&db, &two, &begun, at(0)).await.unwrap(), Some(NextStep::Hangup));
    }

    async fn a_dead_holders_slot_comes_back_and_its_time_is_counted_to_its_last_sign(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let (dead, next) = (held(&db, ada).await, held(&db, ada).await);
        assert_eq!(reached(admission::take(&db, &ONE_CALL, dead, at(0)).await), None);
        admission::renew(&db, &[dead], at(10)).await.unwrap();
        assert_eq!(reached(admission::take(&db, &ONE_CALL, next, at(39)).await), Some(Limit::ConcurrentCalls));
        assert_eq!(admission::sweep(&db, at(39)).await.unwrap(), 0);
        assert_eq!(reached(admission::take(&db, &ONE_CALL, next, at(41)).await), None);
        assert_eq!(admission::sweep(&db, at(41)).await.unwrap(), 1);
        assert_eq!(admission::sweep(&db, at(41)).await.unwrap(), 0);
        assert_eq!(admission::used(&db, ada, at(41)).await.unwrap().ms_of_month, 10_000);
    }

    async fn a_call_that_goes_on_takes_its_slot_back_though_there_is_no_room(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let (survivor, next) = (held(&db, ada).await, held(&db, ada).await);
        admission::take(&db, &ONE_CALL, survivor, at(0)).await.unwrap();
        admission::take(&db, &ONE_CALL, next, at(60)).await.unwrap();
        // Swept or not: the database was away for a minute.
        admission::renew(&db, &[survivor, next], at(61)).await.unwrap();
        assert_eq!(admission::used(&db, ada, at(61)).await.unwrap().concurrent_calls, 2);
        assert_eq!(admission::sweep(&db, at(200)).await.unwrap(), 2);
        admission::renew(&db, &[survivor, next], at(201)).await.unwrap();
        assert_eq!(admission::used(&db, ada, at(201)).await.unwrap().concurrent_calls, 2);
    }

    async fn a_slot_is_given_back_by_the_line_that_holds_it_alone(db: Fresh) {
        let settings = Settings { url: SecretString::from(db.url()), max_connections: 5 };
        let other = database::connect(&settings).await.unwrap();
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let old = held(&db, ada).await;
        let new = Held { line: LineId::new(), ..old };
        let used = |seconds| admission::used(&db, ada, at(seconds));
        admission::take(&db, &ONE_CALL, old, at(0)).await.unwrap();
        admission::take(&other, &ONE_CALL, new, at(1)).await.unwrap();
        admission::release(&db, old, at(2)).await.unwrap();
        assert_eq!(used(2).await.unwrap().concurrent_calls, 1, "it is the new line's");
        let next = held(&db, ada).await;
        assert_eq!(reached(admission::take(&db, &ONE_CALL, next, at(3)).await), Some(Limit::ConcurrentCalls));
        admission::renew(&db, &[old], at(20)).await.unwrap();
        assert_eq!(used(32).await.unwrap().concurrent_calls, 0, "who holds it no more cannot renew it");
        admission::renew(&other, &[new], at(21)).await.unwrap();
        admission::release(&other, new, at(22)).await.unwrap();
        assert_eq!((used(22).await.unwrap().concurrent_calls, used(22).await.unwrap().ms_of_month), (0, 22_000));
        other.close().await.unwrap();
    }

    async fn no_time_is_lost_or_counted_twice_of_a_line_whose_slot_was_lost(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let line = held(&db, ada).await;
        admission::take(&db, &ONE_CALL, line, at(0)).await.unwrap();
        admission::renew(&db, &[line], at(10)).await.unwrap();
        assert_eq!(admission::sweep(&db, at(60)).await.unwrap(), 1);
        admission::renew(&db, &[Held { seen: at(10), ..line }], at(61)).await.unwrap();
        assert_eq!(admission::used(&db, ada, at(61)).await.unwrap().ms_of_month, 61_000);
        admission::release(&db, line, at(70)).await.unwrap();
        assert_eq!(admission::used(&db, ada, at(71)).await.unwrap().ms_of_month, 70_000);
    }

    async fn what_has_ended_is_not_renewed_into_being(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let ended = held(&db, ada).await;
        admission::take(&db, &ONE_CALL, ended, at(0)).await.unwrap();
        conversations::end(&db, ada, ended.conversation, &EndReason::CallerHungUp).await.unwrap();
        admission::renew(&db, &[ended], at(1)).await.unwrap();
        assert_eq!(admission::used(&db, ada, at(2)).await.unwrap().concurrent_calls, 0);
    }

    async fn a_streams_token_keeps_the_calls_slot_and_its_use_does_too(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let begun = given::call(&db, &tenant, "CA1").await;
        let now = domain::entity::now();
        assert_eq!(calls::admit(&db, &ONE_CALL, &begun, now).await.unwrap(), None);
        let ttl = std::time::Duration::from_secs(60);
        let token = calls::issue_stream_token(&db, tenant.id, begun.call.id, ttl).await.unwrap();
        let used = |seconds| admission::used(&db, tenant.id, now + TimeDelta::seconds(seconds));
        assert_eq!(used(55).await.unwrap().concurrent_calls, 1, "the stream may still come");
        // The process died, its slot was swept, and the next stream comes.
        admission::sweep(&db, now + TimeDelta::seconds(90)).await.unwrap();
        assert_eq!(used(0).await.unwrap().concurrent_calls, 0);
        use secrecy::ExposeSecret;
        calls::redeem_stream_token(&db, token.expose_secret(), "CA1").await.unwrap().unwrap();
        assert_eq!(used(25).await.unwrap().concurrent_calls, 1);
    }

    async fn an_end_gives_the_slot_back_and_counts_its_time_once(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let talk = held(&db, ada).await;
        let began = domain::entity::now() - TimeDelta::seconds(20);
        admission::take(&db, &ONE_CALL, talk, began).await.unwrap();
        for _ in 0..2 {
            conversations::end(&db, ada, talk.conversation, &EndReason::CallerHungUp).await.unwrap();
            admission::release(&db, talk, domain::entity::now()).await.unwrap();
        }
        let used = admission::used(&db, ada, domain::entity::now()).await.unwrap();
        // A test that runs in the last seconds of a month counts it in that month.
        assert!(used.concurrent_calls == 0 && (used.ms_of_month == 0 || (20_000..30_000).contains(&used.ms_of_month)));
    }

    async fn another_tenants_calls_take_none_of_ours(db: Fresh) {
        let (ada, bob) = (tenants::create(&db, "A").await.unwrap().id, tenants::create(&db, "B").await.unwrap().id);
        let (adas, bobs) = (held(&db, ada).await, held(&db, bob).await);
        assert_eq!(reached(admission::take(&db, &ONE_CALL, adas, at(0)).await), None);
        assert_eq!(reached(admission::take(&db, &ONE_CALL, bobs, at(0)).await), None);
    }

    async fn minutes_of_calls_that_still_run_count(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let two_minutes = Limits { minutes_per_month: Some(2), ..NONE };
        let (first, second, third) = (held(&db, ada).await, held(&db, ada).await, held(&db, ada).await);
        admission::take(&db, &two_minutes, first, at(0)).await.unwrap();
        admission::take(&db, &two_minutes, second, at(0)).await.unwrap();
        admission::renew(&db, &[first, second], at(59)).await.unwrap();
        assert_eq!(reached(admission::take(&db, &two_minutes, third, at(59)).await), None, "118 of 120 seconds");
        admission::release(&db, third, at(59)).await.unwrap();
        assert_eq!(reached(admission::take(&db, &two_minutes, third, at(60)).await), Some(Limit::MinutesPerMonth));
        for held in [first, second] {
            admission::release(&db, held, at(61)).await.unwrap();
        }
        assert_eq!(reached(admission::check(&db, &two_minutes, ada, at(62)).await), Some(Limit::MinutesPerMonth));
        // The next month begins with nothing.
        let next_month = at(62) + TimeDelta::days(20);
        assert_eq!(reached(admission::check(&db, &two_minutes, ada, next_month).await), None);
    }

    async fn spending_is_seen_while_the_conversation_runs(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let now = domain::entity::now();
        let id = given::conversation(&db, ada).await.id;
        // 1 a minute, 10 and 20 a million tokens, 5 a million characters.
        let served = served("a:stt=1,a:model=10/20,a:tts=5");
        let of = |dollars: u64| Limits { spend_per_day: Some(dollars * 1_000_000), ..NONE };
        assert_eq!(reached(admission::check(&db, &of(1), ada, now).await), None);
        let row = TurnId::new();
        for _ in 0..2 {
            conversations::turn_ended(&db, ada, id, row, &turn(1, USED), &served).await.unwrap();
        }
        let now = domain::entity::now();
        assert_eq!(admission::used(&db, ada, now).await.unwrap().spend_of_day, 1_000_000 + 12_000 + 1_000);
        assert_eq!(reached(admission::check(&db, &of(1), ada, now).await), Some(Limit::SpendPerDay));
        assert_eq!(reached(admission::check(&db, &of(2), ada, now).await), None);
        assert_eq!(reached(admission::check(&db, &of(1), ada, now + TimeDelta::days(1)).await), None);
    }

    async fn a_refused_call_is_over_and_says_the_same_when_asked_again(db: Fresh) {
        let tenant = given::tenant(&db, "+14155550199").await;
        let first = given::call(&db, &tenant, "CA1").await;
        assert_eq!(calls::admit(&db, &ONE_CALL, &first, at(0)).await.unwrap(), None);
        let second = given::call(&db, &tenant, "CA2").await;
        assert_eq!(calls::admit(&db, &ONE_CALL, &second, at(1)).await.unwrap(), Some(NextStep::Hangup));
        let edit = |settings: &mut AgentSettings| settings.transfer_to = Some("+15550123".to_owned());
        let change = agents::Change { name: None, revision: None, edit };
        agents::update(&db, tenant.id, &By::SYSTEM, tenant.agent.id, change).await.unwrap();
        agents::publish(&db, tenant.id, &By::SYSTEM, tenant.agent.id, None).await.unwrap();
        for _ in 0..2 {
            let second = given::call(&db, &tenant, "CA2").await;
            assert_eq!(calls::admit(&db, &ONE_CALL, &second, at(1)).await.unwrap(), Some(NextStep::Hangup));
            let third = given::call(&db, &tenant, "CA3").await;
            let step = calls::admit(&db, &ONE_CALL, &third, at(1)).await.unwrap();
            assert_eq!(step, Some(NextStep::Transfer("+15550123".to_owned())));
        }
        let refused = given::call(&db, &tenant, "CA2").await.conversation;
        assert_eq!(refused.end_reason.unwrap(), serde_json::json!({"kind": "refused", "limit": "concurrent_calls"}));
        // There is room again, but not for a call that was told there is none.
        conversations::end(&db, tenant.id, first.conversation.id, &EndReason::CallerHungUp).await.unwrap();
        let second = given::call(&db, &tenant, "CA2").await;
        assert_eq!(calls::admit(&db, &ONE_CALL, &second, at(2)).await.unwrap(), Some(NextStep::Hangup));
        let fourth = given::call(&db, &tenant, "CA4").await;
        assert_eq!(calls::admit(&db, &ONE_CALL, &fourth, at(2)).await.unwrap(), None);
    }

    async fn an_operator_sets_the_ceiling_and_the_tenant_stays_below(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let defaults = Limits { concurrent_calls: Some(10), minutes_per_month: Some(0), ..NONE };
        let calls = |limit| Change { concurrent_calls: Some(limit), ..Change::default() };
        let standing = limits::of(&db, &defaults, ada).await.unwrap();
        assert_eq!((standing.effective.concurrent_calls, standing.effective.minutes_per_month), (Some(10), None));

        for wrong in [0, 11, u64::MAX] {
            let refused = limits::change(&db, &defaults, ada, &By::SYSTEM, calls(Some(wrong))).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "concurrent_calls", .. })), "{wrong}");
        }
        let own = limits::change(&db, &defaults, ada, &By::SYSTEM, calls(Some(7))).await.unwrap();
        assert_eq!((own.effective.concurrent_calls, own.ceiling.concurrent_calls), (Some(7), Some(10)));
        let lowered = limits::change_by_operator(&db, &defaults, ada, &By::SYSTEM, calls(Some(3))).await.unwrap();
        assert_eq!((lowered.effective.concurrent_calls, lowered.own.concurrent_calls), (Some(3), Some(7)));
        let unlimited = limits::change_by_operator(&db, &defaults, ada, &By::SYSTEM, calls(Some(0))).await.unwrap();
        assert_eq!((unlimited.effective.concurrent_calls, unlimited.ceiling.concurrent_calls), (Some(7), None));
        limits::change_by_operator(&db, &defaults, ada, &By::SYSTEM, calls(None)).await.unwrap();
        let back = limits::change(&db, &defaults, ada, &By::SYSTEM, calls(None)).await.unwrap();
        assert_eq!(back, standing);
    }
}

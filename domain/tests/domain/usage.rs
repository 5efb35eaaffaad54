use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    Error, admission,
    admission::Held,
    conversations,
    entity::{
        conversation::Channel,
        id::{LineId, TurnId},
    },
    limits::Limits,
    tenants,
    testing::{Fresh, on_both},
    usage::{self, Amount, Prices, Served},
};
use voice::event::{Prompt, Turn, TurnTimes, Usage};

use crate::given;

const USED: Usage =
    Usage { transcribed_ms: 60_000, prompt_tokens: 1_000, completion_tokens: 100, spoken_characters: 200 };

fn turn(number: u32) -> Turn {
    Turn {
        number,
        prompt: Prompt::Speech("Hello".to_owned()),
        generated_text: "Hi.".to_owned(),
        heard_text: "Hi.".to_owned(),
        interrupted: false,
        tool_calls: Vec::new(),
        times: TurnTimes::default(),
        usage: USED,
    }
}

fn priced() -> Served {
    "a:stt=1,a:model=10/20,a:tts=5".parse::<Prices>().unwrap().served("a:stt", "a:model", "a:tts")
}

fn noon_of(day: u32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc()
}

on_both! {
    async fn turns_are_counted_once_and_a_price_that_is_not_known_is_not_zero(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        let day = domain::entity::now().date_naive();
        let rows = [TurnId::new(), TurnId::new()];
        for number in [1, 1, 2, 2, 1] {
            let row = rows[number as usize - 1];
            conversations::turn_started(&db, ada, id, row, &Prompt::Speech("Hello".to_owned())).await.unwrap();
            conversations::turn_ended(&db, ada, id, row, &turn(number), &priced()).await.unwrap();
        }
        let expected = Amount {
            conversations: 1,
            transcribed_ms: 120_000,
            prompt_tokens: 2_000,
            completion_tokens: 200,
            spoken_characters: 400,
            transcription_cost: 2_000_000,
            model_cost: 24_000,
            speech_cost: 2_000,
            ..Amount::default()
        };
        assert_eq!(usage::of_conversation(&db, ada, id).await.unwrap(), expected);

        let unknown = Prices::default().served("a:stt", "built-in:model", "a:tts");
        conversations::turn_ended(&db, ada, id, TurnId::new(), &turn(3), &unknown).await.unwrap();
        let amount = usage::of_conversation(&db, ada, id).await.unwrap();
        let known = (amount.transcription_cost, amount.speech_cost);
        assert_eq!((amount.unpriced, known), (1, (2_000_000, 2_000)), "what is known stays in the sum");
        conversations::turn_ended(&db, ada, id, TurnId::new(), &turn(4), &priced()).await.unwrap();
        let amount = usage::of_conversation(&db, ada, id).await.unwrap();
        assert_eq!((amount.unpriced, amount.transcription_cost, amount.speech_cost), (1, 3_000_000, 3_000));
        assert_eq!((amount.model_cost, amount.prompt_tokens), (36_000, 4_000), "what is built in costs nothing");
        // Midnight may pass in between.
        let report = usage::report(&db, ada, day, day + TimeDelta::days(1)).await.unwrap();
        assert_eq!(report.total.prompt_tokens, 4_000);
    }

    async fn an_own_credential_lifts_no_spend_limit_and_spends_nothing_of_it(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        let name = format!("a:model#{}", TurnId::new());
        let own = Prices::default().served(&name, &name, &name);
        let one = Limits { spend_per_day: Some(1_000_000), ..Limits::default() };
        let end = async |served: &Served| {
            conversations::turn_ended(&db, ada, id, TurnId::new(), &turn(1), served).await.unwrap();
            admission::check(&db, &one, ada, domain::entity::now()).await.is_err()
        };
        assert!(!end(&own).await, "the tenant pays for it");
        assert!(end(&priced()).await);
        assert!(end(&own).await, "the day's limit is reached, whatever is used on top");
        let unknown = Prices::default().served("b:stt", "b:model", "b:tts");
        assert!(end(&unknown).await);
        let used = usage::of_conversation(&db, ada, id).await.unwrap();
        assert_eq!((used.transcription_cost, used.unpriced, used.prompt_tokens), (1_000_000, 1, 4_000));
    }

    async fn a_report_has_a_line_for_each_day_and_channel(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let noon = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap().and_hms_opt(12, 0, 0).unwrap().and_utc();
        for (tenant, channel, day, seconds) in [
            (ada, Channel::Phone, 20, 60),
            (ada, Channel::Phone, 20, 30),
            (ada, Channel::Socket, 20, 10),
            (ada, Channel::Phone, 21, 5),
            (bob, Channel::Phone, 20, 1_000),
        ] {
            let conversation = given::conversation(&db, tenant).await.id;
            let held = Held { tenant, conversation, channel, line: LineId::new(), seen: noon(day) };
            admission::take(&db, &Limits::default(), held, noon(day)).await.unwrap();
            admission::renew(&db, &[held], noon(day) + TimeDelta::seconds(seconds)).await.unwrap();
            admission::release(&db, held, noon(day) + TimeDelta::seconds(seconds)).await.unwrap();
        }
        usage::note(&db, ada, None, &priced(), &USED, noon(21)).await.unwrap();
        usage::note(&db, ada, None, &priced(), &USED, noon(21)).await.unwrap();

        let days = |from, to| usage::report(&db, ada, noon(from).date_naive(), noon(to).date_naive());
        let report = days(20, 21).await.unwrap();
        let lines: Vec<_> = report
            .lines
            .iter()
            .map(|line| (line.day, line.channel, line.amount.conversations, line.amount.duration_ms))
            .collect();
        let (first, second) = (noon(20).date_naive(), noon(21).date_naive());
        assert_eq!(lines, [
            (first, Channel::Phone, 2, 90_000),
            (first, Channel::Socket, 1, 10_000),
            (second, Channel::Http, 0, 0),
            (second, Channel::Phone, 1, 5_000),
        ]);
        assert_eq!((report.total.duration_ms, report.total.transcription_cost), (105_000, 2_000_000));
        assert_eq!(report.channels.len(), 3);
        assert_eq!(days(21, 21).await.unwrap().lines.len(), 2);
        assert_eq!(days(22, 30).await.unwrap(), usage::Report::default());
        assert!(matches!(days(21, 20).await, Err(Error::Invalid { .. })));
        let year = usage::report(&db, ada, first, first + TimeDelta::days(366)).await;
        assert!(matches!(year, Err(Error::Invalid { .. })));
    }

    async fn another_tenants_conversation_has_no_usage_to_show(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        assert!(matches!(usage::of_conversation(&db, bob, id).await, Err(Error::NotFound { .. })));
    }

    async fn what_is_rolled_up_is_counted_once_whatever_comes_late(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let unknown = Prices::default().served("a:stt", "a:model", "a:tts");
        let mut ids = Vec::new();
        for (tenant, day) in [(ada, 1), (ada, 1), (ada, 2), (bob, 1)] {
            let id = given::conversation(&db, tenant).await.id;
            usage::note(&db, tenant, Some(id), &priced(), &USED, noon_of(day)).await.unwrap();
            ids.push(id);
        }
        usage::note(&db, ada, None, &unknown, &USED, noon_of(1)).await.unwrap();
        usage::note(&db, ada, Some(ids[2]), &unknown, &USED, noon_of(2)).await.unwrap();
        let days = async |tenant| {
            usage::report(&db, tenant, noon_of(1).date_naive(), noon_of(9).date_naive()).await.unwrap()
        };
        let rolled = async |day| {
            let mut rows = 0;
            loop {
                match usage::roll_up(&db, noon_of(day)).await.unwrap() {
                    0 => return rows,
                    some => rows += some,
                }
            }
        };
        let (adas, bobs) = (days(ada).await, days(bob).await);
        assert_eq!((adas.total.conversations, adas.total.unpriced, bobs.total.conversations), (3, 2, 1));
        assert_eq!(rolled(3).await, 0, "the line of yesterday may be there still");
        assert_eq!(rolled(4).await, 4, "of the first day");
        assert_eq!((days(ada).await, days(bob).await), (adas.clone(), bobs.clone()));
        assert_eq!(rolled(9).await, 1, "of the second");
        assert_eq!(rolled(9).await, 0, "a second time");
        assert_eq!((days(ada).await, days(bob).await), (adas.clone(), bobs.clone()));
        assert_eq!(db.rows_of(ada).await["usage_days"].len(), 2);

        // Late for a conversation that is known, priced and not, and for one that is not.
        usage::note(&db, ada, Some(ids[0]), &priced(), &USED, noon_of(1)).await.unwrap();
        usage::note(&db, ada, Some(ids[0]), &unknown, &USED, noon_of(1)).await.unwrap();
        usage::note(&db, ada, Some(ids[0]), &unknown, &USED, noon_of(1)).await.unwrap();
        let late = given::conversation(&db, ada).await.id;
        usage::note(&db, ada, Some(late), &priced(), &USED, noon_of(1)).await.unwrap();
        let after = days(ada).await.total;
        assert_eq!((after.conversations, after.unpriced), (4, 3));
        assert_eq!(after.prompt_tokens, adas.total.prompt_tokens + 4 * 1_000);
        assert_eq!(after.model_cost, adas.total.model_cost + 2 * 12_000);
        assert_eq!(rolled(9).await, 1);
        assert_eq!(days(ada).await.total, after);
        assert_eq!(usage::of_conversation(&db, ada, ids[0]).await.unwrap().prompt_tokens, 4_000);

        // The details go, what was used stays counted.
        assert_eq!(usage::forget_details(&db, noon_of(2).date_naive()).await.unwrap(), 5);
        assert_eq!((days(ada).await.total, days(bob).await), (after, bobs));
        assert_eq!(usage::of_conversation(&db, ada, ids[0]).await.unwrap(), Amount::default());
        assert_eq!(usage::of_conversation(&db, ada, ids[2]).await.unwrap().prompt_tokens, 2_000, "the second day's");
    }
}

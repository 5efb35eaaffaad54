use domain::{
    Error,
    access::By,
    conversations,
    entity::{
        id::{ConversationId, TurnId},
        turn::PromptKind,
    },
    tenants,
    testing::{Fresh, on_both},
    transcripts,
    usage::Served,
};
use serde_json::json;
use voice::{
    event::{EndReason, Prompt, Turn, TurnTimes, Usage},
    provider::{Message, ToolCall},
    tool::{Outcome, ToolUse},
};

use crate::given;

fn turn(number: u32, prompt: Prompt, generated: &str, heard: &str) -> Turn {
    let call = ToolCall { id: "t1".to_owned(), name: "end_call".to_owned(), arguments: "{}".to_owned() };
    Turn {
        number,
        prompt,
        generated_text: generated.to_owned(),
        heard_text: heard.to_owned(),
        interrupted: generated != heard,
        tool_calls: vec![ToolUse::own(call, 0)],
        times: TurnTimes::default(),
        usage: Usage { prompt_tokens: 10, completion_tokens: 5, transcribed_ms: 900, spoken_characters: 20 },
    }
}

fn speech(text: &str) -> Prompt {
    Prompt::Speech(text.to_owned())
}

fn user(text: &str) -> Message {
    Message::User { text: text.to_owned() }
}

fn assistant(text: &str) -> Message {
    Message::Assistant { text: text.to_owned(), tool_calls: Vec::new() }
}

on_both! {
    async fn history_is_what_was_asked_and_what_was_heard(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        let said = [
            turn(0, Prompt::Greeting, "Hello.", "Hello."),
            turn(1, speech("Two loaves"), "Gladly. Anything else?", "Gladly."),
            turn(2, Prompt::Dtmf("42".to_owned()), "Forty-two.", ""),
            turn(3, Prompt::Idle, "Are you there?", "Are you there?"),
        ];
        for turn in &said {
            let row = TurnId::new();
            let number = conversations::turn_started(&db, ada, id, row, &turn.prompt).await.unwrap();
            assert_eq!(conversations::turn_ended(&db, ada, id, row, turn, &Served::default()).await.unwrap(), number);
            assert_eq!(number, turn.number);
        }
        let expected = vec![
            assistant("Hello."),
            user("Two loaves"),
            assistant("Gladly."),
            user("42"),
            assistant("Are you there?"),
        ];
        assert_eq!(conversations::history(&db, ada, id).await.unwrap(), expected);
        assert_eq!(conversations::next_turn(&db, ada, id).await.unwrap(), 4);
    }

    async fn a_turn_that_never_ended_keeps_the_callers_words(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        assert_eq!(conversations::next_turn(&db, ada, id).await.unwrap(), 0);
        conversations::turn_ended(&db, ada, id, TurnId::new(), &turn(0, Prompt::Greeting, "Hello.", "Hello."), &Served::default()).await.unwrap();
        conversations::turn_started(&db, ada, id, TurnId::new(), &speech("Two loaves")).await.unwrap();
        let history = conversations::history(&db, ada, id).await.unwrap();
        assert_eq!(history, vec![assistant("Hello."), user("Two loaves")]);
        assert_eq!(conversations::next_turn(&db, ada, id).await.unwrap(), 2);
        assert_eq!(conversations::turns(&db, ada, id).await.unwrap()[1].ended_at, None);
    }

    async fn what_functions_did_outlives_the_process_that_called_them(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        let row = TurnId::new();
        conversations::turn_started(&db, ada, id, row, &speech("Book it")).await.unwrap();
        let used = |id: &str, outcome, result: Option<&str>| ToolUse {
            call: ToolCall { id: id.to_owned(), name: "book".to_owned(), arguments: "{}".to_owned() },
            round: 0,
            outcome: Some(outcome),
            latency_ms: result.map(|_| 120),
            result: result.map(str::to_owned),
        };
        let uses = [used("a", Outcome::Done, Some("booked")), used("b", Outcome::Running, None)];
        conversations::tools_used(&db, bob, id, row, &[]).await.unwrap();
        conversations::tools_used(&db, ada, id, row, &uses).await.unwrap();
        conversations::tools_used(&db, bob, id, row, &[]).await.unwrap();

        let history = conversations::history(&db, ada, id).await.unwrap();
        let calls = uses.iter().map(|used| used.call.clone()).collect();
        assert_eq!(history[..2], [user("Book it"), Message::Assistant { text: String::new(), tool_calls: calls }]);
        let Message::Tool { call_id, text } = &history[2] else { panic!("{history:?}") };
        assert_eq!((call_id.as_str(), text.as_str()), ("a", "booked"));
        let Message::Tool { call_id, text } = &history[3] else { panic!("{history:?}") };
        assert!(call_id == "b" && text.contains("not known"), "{text}");
        assert_eq!(history.len(), 4);

        // A report that comes after the end changes nothing.
        let over = turn(1, speech("Book it"), "Done.", "Done.");
        conversations::turn_ended(&db, ada, id, row, &over, &Served::default()).await.unwrap();
        conversations::tools_used(&db, ada, id, row, &uses).await.unwrap();
        assert_eq!(conversations::history(&db, ada, id).await.unwrap(), [user("Book it"), assistant("Done.")]);
    }

    async fn a_turn_is_recorded_whole_and_twice_is_once(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        let turn = turn(1, speech("Two loaves"), "Gladly. Anything else?", "Gladly.");
        let row = TurnId::new();
        assert_eq!(conversations::turn_started(&db, ada, id, row, &turn.prompt).await.unwrap(), 1);
        let started_at = conversations::turns(&db, ada, id).await.unwrap()[0].started_at;
        for _ in 0..2 {
            assert_eq!(conversations::turn_ended(&db, ada, id, row, &turn, &Served::default()).await.unwrap(), 1);
            // A start that comes late changes nothing either.
            assert_eq!(conversations::turn_started(&db, ada, id, row, &speech("other")).await.unwrap(), 1);
        }
        let rows = conversations::turns(&db, ada, id).await.unwrap();
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!((row.prompt_kind, row.prompt_text.as_deref()), (PromptKind::Speech, Some("Two loaves")));
        assert_eq!((row.generated_text.as_str(), row.heard_text.as_str()), ("Gladly. Anything else?", "Gladly."));
        assert!(row.interrupted && row.ended_at.is_some() && row.started_at == started_at);
        assert_eq!(serde_json::from_value::<Vec<ToolUse>>(row.tool_calls.clone()).unwrap(), turn.tool_calls);
        assert_eq!(serde_json::from_value::<TurnTimes>(row.times.clone()).unwrap(), turn.times);
        assert_eq!(serde_json::from_value::<Usage>(row.usage.clone()).unwrap(), turn.usage);
    }

    async fn text_that_a_database_would_refuse_is_kept_without_its_nul(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        let mut turn = turn(1, speech("two\0loaves"), "a\0b", "a\0b");
        turn.tool_calls[0].call.arguments = "{\0}".to_owned();
        let row = TurnId::new();
        conversations::turn_started(&db, ada, id, row, &turn.prompt).await.unwrap();
        conversations::turn_ended(&db, ada, id, row, &turn, &Served::default()).await.unwrap();
        let history = conversations::history(&db, ada, id).await.unwrap();
        assert_eq!(history, vec![user("twoloaves"), assistant("ab")]);
    }

    async fn turns_recorded_at_once_get_numbers_of_their_own(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        // An open line begins turns and ends them; HTTP writes its own whole.
        let said: Vec<_> = (0..8).map(|n| (TurnId::new(), turn(1, speech(&n.to_string()), "a", "a"))).collect();
        let race = said.iter().enumerate().map(|(n, (row, turn))| {
            let db = &db;
            async move {
                if n % 2 == 0 {
                    conversations::turn_started(db, ada, id, *row, &turn.prompt).await.unwrap();
                }
                conversations::turn_ended(db, ada, id, *row, turn, &Served::default()).await.unwrap()
            }
        });
        let mut numbers = futures_util::future::join_all(race).await;
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
        let rows = conversations::turns(&db, ada, id).await.unwrap();
        let mut words: Vec<_> = rows.iter().map(|row| row.prompt_text.clone().unwrap()).collect();
        words.sort();
        assert_eq!(words, ["0", "1", "2", "3", "4", "5", "6", "7"]);
    }

    async fn a_turn_of_an_unknown_conversation_is_not_recorded(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let started = conversations::turn_started(&db, ada, ConversationId::new(), TurnId::new(), &speech("hello")).await;
        assert!(matches!(started, Err(Error::NotFound { .. })));
    }

    async fn totals_sum_up_usage_and_rank_latencies(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let id = given::conversation(&db, ada).await.id;
        conversations::turn_ended(&db, ada, id, TurnId::new(), &turn(0, Prompt::Greeting, "Hello.", "Hello."), &Served::default()).await.unwrap();
        for number in 1..=20 {
            let mut turn = turn(number, speech("hello"), "Hi.", if number == 1 { "" } else { "Hi." });
            turn.times.caller_stopped_ms = Some(1_000);
            turn.times.first_frame_sent_ms = Some(1_000 + u64::from(number) * 10);
            conversations::turn_ended(&db, ada, id, TurnId::new(), &turn, &Served::default()).await.unwrap();
        }
        conversations::end(&db, ada, id, &EndReason::CallerHungUp).await.unwrap();
        let totals = conversations::reckon_totals(&db, ada, id).await.unwrap();
        assert_eq!((totals.turns, totals.interrupted), (21, 1));
        assert_eq!((totals.reply_latency_p50_ms, totals.reply_latency_p95_ms), (Some(100), Some(190)));
        assert_eq!((totals.prompt_tokens, totals.completion_tokens), (210, 105));
        assert_eq!((totals.transcribed_ms, totals.spoken_characters), (18_900, 420));
        let row = conversations::find(&db, ada, id).await.unwrap();
        assert_eq!(totals.duration_ms, (row.ended_at.unwrap() - row.started_at).num_milliseconds() as u64);
        assert_eq!(row.totals, Some(totals));
    }

    async fn words_that_tell_who_somebody_is_go_once_a_conversation_has_ended_where_that_is_wished(db: Fresh) {
        let ada = tenants::create(&db, "Ada").await.unwrap().id;
        let bob = tenants::create(&db, "Bob").await.unwrap().id;
        let wish = tenants::Change { redact_transcripts: Some(true), ..tenants::Change::default() };
        assert!(tenants::change(&db, ada, &By::SYSTEM, wish).await.unwrap().redact_transcripts);
        for (tenant, caller, agent) in [
            (ada, "I am [e-mail address], four", "You are [phone number]."),
            (bob, "I am ada@example.com, four", "You are 415-555-0199."),
        ] {
            let id = given::conversation(&db, tenant).await.id;
            let mut said = turn(0, speech("I am ada@example.com, four"), "You are 415-555-0199.", "You are 415-555-0199.");
            said.tool_calls[0].call.arguments = json!({ "to": "ada@example.com" }).to_string();
            conversations::turn_ended(&db, tenant, id, TurnId::new(), &said, &Served::default()).await.unwrap();
            assert_eq!(conversations::redact_turns(&db, tenant, id).await.unwrap(), 0, "it goes on");
            conversations::end(&db, tenant, id, &EndReason::CallerHungUp).await.unwrap();
            let built = transcripts::build(&db, tenant, id).await.unwrap().unwrap();
            let said = built.lines.0.iter().any(|line| line.text.contains(caller));
            assert!(said && built.search_text.contains("example") == (tenant == bob), "{:?}", built.lines);
            let before = conversations::turns(&db, tenant, id).await.unwrap();
            let changed = usize::from(tenant == ada);
            assert_eq!(conversations::redact_turns(&db, tenant, id).await.unwrap(), changed);
            assert_eq!(conversations::redact_turns(&db, tenant, id).await.unwrap(), 0, "a second time");
            let after = &conversations::turns(&db, tenant, id).await.unwrap()[0];
            assert_eq!((after.prompt_text.as_deref(), after.heard_text.as_str()), (Some(caller), agent));
            assert_eq!(after.generated_text, agent);
            assert_eq!(after.tool_calls.to_string().contains("ada@example.com"), tenant == bob);
            assert_eq!((&after.usage, &after.times), (&before[0].usage, &before[0].times));
        }
    }
}

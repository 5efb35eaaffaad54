//! Functions called in the middle of a turn: what the caller hears meanwhile, and what the model is told.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use serde_json::json;
use tokio::time::sleep;
use voice::{
    conversation::{Config, Playback},
    event::{EndReason, Event, Turn},
    provider::{Message, ToolCall, ToolSpec},
    tool::{Outcome, Ran, Tool, ToolRunner, ToolUse, Tools},
};

use crate::{
    CARDS, LONG, YES,
    fakes::{Fakes, Thought},
    phone::{Report, Step, call, config},
};

/// Takes `ms` for each call and says what it was given; `None`: it never answers.
struct Works {
    ms: Option<u64>,
    run: Mutex<Vec<ToolCall>>,
    finished: Mutex<u32>,
}

#[async_trait]
impl ToolRunner for Works {
    async fn run(&self, call: &ToolCall) -> Ran {
        self.run.lock().unwrap().push(call.clone());
        match self.ms {
            Some(ms) => sleep(Duration::from_millis(ms)).await,
            None => std::future::pending().await,
        }
        *self.finished.lock().unwrap() += 1;
        if serde_json::from_str::<serde_json::Value>(&call.arguments).is_err() {
            return Ran { outcome: Outcome::Refused, text: r#"{"error":"not JSON"}"#.into() };
        }
        Ran { outcome: Outcome::Done, text: format!("{} is done", call.name) }
    }
}

fn works(ms: Option<u64>) -> Arc<Works> {
    Arc::new(Works { ms, run: Mutex::default(), finished: Mutex::default() })
}

fn tool(name: &str, filler: Option<&str>) -> Tool {
    Tool {
        spec: ToolSpec { name: name.into(), description: "Works.".into(), parameters: json!({"type": "object"}) },
        timeout: Duration::from_secs(5),
        filler: filler.map(str::to_owned),
    }
}

fn with(runner: &Arc<Works>, filler: Option<&str>, left: u32) -> Config {
    let tools = vec![tool("find_order", filler), tool("book", None)];
    Config { tools: Tools::new(tools, runner.clone(), left), ..config() }
}

const FIND: Thought = Thought::Calls("find_order", r#"{"number":7}"#);

async fn asked(fakes: &Fakes, config: Config, limit: u64) -> Report {
    call(fakes.providers(), config, &[Step::Say(CARDS), Step::Wait(limit - 3_000), Step::HangUp], limit).await
}

fn outcomes(turn: &Turn) -> Vec<Option<Outcome>> {
    turn.tool_calls.iter().map(|used| used.outcome).collect()
}

/// What chat interfaces ask of a history: every call is followed at once by its result, and no result stands alone.
fn assert_valid(messages: &[Message]) {
    let mut owed: Vec<String> = Vec::new();
    for message in messages {
        match message {
            Message::Tool { call_id, .. } => {
                let at = owed.iter().position(|id| id == call_id);
                owed.remove(at.unwrap_or_else(|| panic!("a result without its call: {messages:#?}")));
            }
            Message::Assistant { tool_calls, .. } => {
                assert_eq!(owed, [] as [String; 0], "{messages:#?}");
                owed = tool_calls.iter().map(|call| call.id.clone()).collect();
            }
            _ => assert_eq!(owed, [] as [String; 0], "{messages:#?}"),
        }
    }
    assert_eq!(owed, [] as [String; 0], "{messages:#?}");
}

fn all_valid(fakes: &Fakes) -> Vec<Vec<Message>> {
    let asked = fakes.model.asked.lock().unwrap().clone();
    asked.iter().for_each(|messages| assert_valid(messages));
    asked
}

#[tokio::test(start_paused = true)]
async fn a_function_is_run_and_its_result_answered_with() {
    let fakes = Fakes::new(&["Where is my order?"], &[FIND, Thought::Says("It is on its way.")]);
    let runner = works(Some(100));
    let report = asked(&fakes, with(&runner, Some("Let me look that up."), 100), 15_000).await;

    let answer = report.answers()[0];
    assert_eq!(answer.heard_text, "It is on its way.", "a quick function needs no words meanwhile");
    let [used] = &answer.tool_calls[..] else { panic!("{answer:#?}") };
    assert_eq!((used.call.name.as_str(), used.call.arguments.as_str()), ("find_order", r#"{"number":7}"#));
    assert_eq!((used.outcome, used.latency_ms, used.round), (Some(Outcome::Done), Some(100), 0));
    assert_eq!(used.result.as_deref(), Some("find_order is done"));
    let asked = all_valid(&fakes);
    let call = ToolCall { id: "call_1".into(), name: "find_order".into(), arguments: r#"{"number":7}"#.into() };
    assert_eq!(
        asked[1][1..],
        [
            Message::User { text: "Where is my order?".into() },
            Message::Assistant { text: String::new(), tool_calls: vec![call] },
            Message::Tool { call_id: "call_1".into(), text: "find_order is done".into() },
        ]
    );
    let noted: Vec<_> = report.events.iter().filter(|(_, event)| matches!(event, Event::ToolsUsed { .. })).collect();
    assert_eq!(noted.len(), 2, "when it begins and when it ends: {noted:#?}");
}

#[tokio::test(start_paused = true)]
async fn the_caller_hears_something_while_a_function_runs() {
    let thoughts = [FIND, Thought::Says("It is on its way.")];
    let own = Fakes::new(&["Where is my order?"], &thoughts);
    let report = asked(&own, with(&works(Some(2_000)), Some("Let me look that up."), 100), 20_000).await;
    assert_eq!(report.answers()[0].heard_text, "Let me look that up. It is on its way.");
    assert_eq!(report.answers()[0].generated_text, "Let me look that up. It is on its way.");
    let silence = report.heard[0].0 - report.said[0];
    assert!(silence <= 1_500, "{silence} ms of silence");

    // Without words of the tenant's, ours, a little later; and again when it takes long.
    let ours = Fakes::new(&["Where is my order?"], &thoughts);
    let mut config = with(&works(Some(14_000)), None, 100);
    config.tools =
        Tools::new(vec![Tool { timeout: Duration::from_secs(20), ..tool("find_order", None) }], works(Some(14_000)), 9);
    let report = asked(&ours, config, 30_000).await;
    assert_eq!(report.answers()[0].heard_text, "One moment, please. One moment, please. It is on its way.");
    assert!(!report.answers()[0].tool_calls.is_empty());
    assert!(!report.events.iter().any(|(_, event)| matches!(event, Event::ProviderFailed { .. })));
}

#[tokio::test(start_paused = true)]
async fn words_before_a_function_are_not_spoken_over() {
    let said = Thought::SaysAndCalls("I will look.", "find_order", "{}");
    let fakes = Fakes::new(&["Where is my order?"], &[said, Thought::Says("It is on its way.")]);
    let report = asked(&fakes, with(&works(Some(1_500)), Some("Let me look that up."), 100), 20_000).await;
    assert_eq!(report.answers()[0].heard_text, "I will look. It is on its way.");
    let asked = all_valid(&fakes);
    assert!(asked[1].iter().any(|message| matches!(message, Message::Assistant { text, tool_calls }
        if text == "I will look." && tool_calls.len() == 1)));
}

#[tokio::test(start_paused = true)]
async fn nothing_is_run_for_a_caller_who_has_not_finished() {
    let fakes = Fakes::new(
        &[
            "I would like to book an appointment for um",
            "I would like to book an appointment for um next Tuesday at ten.",
        ],
        &[Thought::Calls("book", "{}"), Thought::Calls("book", "{}"), Thought::Says("Booked.")],
    );
    let runner = works(Some(50));
    let script = [Step::Say("10_hesitation_700ms_booking"), Step::AgentEnds, Step::Wait(500), Step::HangUp];
    let report = call(fakes.providers(), with(&runner, None, 100), &script, 20_000).await;
    assert_eq!(report.answers().len(), 1, "{report:#?}");
    assert!(fakes.model.asked.lock().unwrap().len() >= 3, "the guess asked for a function, too");
    assert_eq!(runner.run.lock().unwrap().len(), 1, "what a guess asks for is not done");
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_breaks_in_does_not_wait_for_the_function() {
    let fakes = Fakes::new(&["Where is my order?", "Wait, stop, that is enough."], &[FIND, Thought::Says("Stopped.")]);
    let runner = works(Some(60_000));
    let mut config = with(&runner, None, 100);
    config.tools = Tools::new(
        vec![Tool { timeout: Duration::from_secs(60), ..tool("find_order", Some("Let me look that up.")) }],
        runner.clone(),
        9,
    );
    let script =
        [Step::Say(CARDS), Step::AgentBegins, Step::Wait(3_000), Step::Say(LONG), Step::Wait(4_000), Step::HangUp];
    let report = call(fakes.providers(), config, &script, 40_000).await;
    let answers = report.answers();
    assert_eq!(answers.len(), 2, "{report:#?}");
    assert!(answers[0].interrupted);
    assert_eq!(outcomes(answers[0]), [Some(Outcome::Abandoned)]);
    assert_eq!(answers[1].heard_text, "Stopped.");
    assert_eq!(*runner.finished.lock().unwrap(), 0);
    let asked = all_valid(&fakes);
    let told = asked
        .last()
        .unwrap()
        .iter()
        .any(|message| matches!(message, Message::Tool { text, .. } if text.contains("not known")));
    assert!(told, "the model knows that it may have been done: {asked:#?}");
}

#[tokio::test(start_paused = true)]
async fn a_mm_hm_does_not_call_a_function_off() {
    let fakes = Fakes::new(&["Where is my order?", "Mm-hm."], &[FIND, Thought::Says("It is on its way.")]);
    let runner = works(Some(5_000));
    let mut config = with(&runner, None, 100);
    config.tools = Tools::new(
        vec![Tool { timeout: Duration::from_secs(9), ..tool("find_order", Some("Let me look that up.")) }],
        runner,
        9,
    );
    let script =
        [Step::Say(CARDS), Step::AgentBegins, Step::Wait(2_500), Step::Blip(YES, 400), Step::Wait(9_000), Step::HangUp];
    let report = call(fakes.providers(), config, &script, 40_000).await;
    let answers = report.answers();
    assert_eq!(answers.len(), 1, "{report:#?}");
    assert!(answers[0].heard_text.ends_with("It is on its way."), "{answers:#?}");
    assert_eq!(outcomes(answers[0]), [Some(Outcome::Done)]);
}

#[tokio::test(start_paused = true)]
async fn a_function_that_hangs_is_given_up_and_spoken_about() {
    let fakes = Fakes::new(&["Where is my order?"], &[FIND, Thought::Says("I could not find out.")]);
    let report = asked(&fakes, with(&works(None), Some("Let me look that up."), 100), 25_000).await;
    let answer = report.answers()[0];
    assert_eq!(outcomes(answer), [Some(Outcome::TimedOut)]);
    assert!(answer.heard_text.ends_with("I could not find out."), "{answer:#?}");
    assert_eq!(answer.tool_calls[0].latency_ms, Some(7_000));
}

#[tokio::test(start_paused = true)]
async fn wrong_arguments_go_back_to_the_model_which_corrects_them() {
    let wrong = Thought::Calls("find_order", "{number:");
    let fakes = Fakes::new(&["Where is my order?"], &[wrong, FIND, Thought::Says("It is on its way.")]);
    let report = asked(&fakes, with(&works(Some(20)), None, 100), 15_000).await;
    let answer = report.answers()[0];
    assert_eq!(outcomes(answer), [Some(Outcome::Refused), Some(Outcome::Done)]);
    assert_eq!(answer.tool_calls.iter().map(|used| used.round).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(answer.heard_text, "It is on its way.");
    let asked = all_valid(&fakes);
    let arguments = asked[2].iter().find_map(|message| match message {
        Message::Assistant { tool_calls, .. } => tool_calls.first().map(|call| call.arguments.clone()),
        _ => None,
    });
    assert_eq!(arguments.as_deref(), Some("{}"), "servers that read arguments again can");
}

#[tokio::test(start_paused = true)]
async fn a_model_that_cannot_stop_calling_is_made_to_answer() {
    let mut thoughts = vec![FIND; 5];
    thoughts.push(Thought::Says("That is all I know."));
    let fakes = Fakes::new(&["Where is my order?"], &thoughts);
    let runner = works(Some(20));
    let report = asked(&fakes, with(&runner, None, 100), 20_000).await;
    assert_eq!(report.answers()[0].heard_text, "That is all I know.");
    assert_eq!(runner.run.lock().unwrap().len(), 5);
    let offered = fakes.model.offered.lock().unwrap().clone();
    assert!(offered[4].contains(&"find_order".to_owned()) && !offered[5].contains(&"find_order".to_owned()));

    // One that calls even what it is not offered leaves nobody in silence.
    let stubborn = Fakes::new(&["Where is my order?"], &[FIND]);
    let runner = works(Some(20));
    let report = asked(&stubborn, with(&runner, None, 100), 20_000).await;
    assert_eq!(runner.run.lock().unwrap().len(), 5);
    assert_eq!(report.answers()[0].heard_text, "I'm sorry, I'm having trouble right now.");
}

#[tokio::test(start_paused = true)]
async fn a_conversation_has_only_so_many_calls() {
    let fakes = Fakes::new(&["Where is my order?"], &[FIND, FIND, Thought::Says("That is all I know.")]);
    let runner = works(Some(20));
    let report = asked(&fakes, with(&runner, None, 1), 15_000).await;
    assert_eq!(outcomes(report.answers()[0]), [Some(Outcome::Done), Some(Outcome::Refused)]);
    assert_eq!(runner.run.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn calls_of_one_round_run_side_by_side_and_unknown_ones_are_refused() {
    let many = Thought::CallsAll(&["find_order", "book", "launch_rocket"]);
    let fakes = Fakes::new(&["Where is my order?"], &[many, Thought::Says("Done.")]);
    let report = asked(&fakes, with(&works(Some(1_000)), None, 100), 15_000).await;
    let answer = report.answers()[0];
    assert_eq!(outcomes(answer), [Some(Outcome::Done), Some(Outcome::Done), Some(Outcome::Refused)]);
    assert_eq!(
        answer.tool_calls.iter().map(|used| used.latency_ms).collect::<Vec<_>>(),
        [Some(1_000), Some(1_000), Some(0)]
    );
    // The model gave all three the same id.
    all_valid(&fakes);
}

#[tokio::test(start_paused = true)]
async fn a_model_that_fails_after_a_function_apologises() {
    let failing = Thought::Fails(voice::provider::ErrorKind::Unavailable);
    let fakes = Fakes::new(&["Where is my order?"], &[FIND, failing]);
    let report = asked(&fakes, with(&works(Some(2_000)), Some("Let me look that up."), 100), 20_000).await;
    let heard = &report.answers()[0].heard_text;
    assert_eq!(heard, "Let me look that up. I'm sorry, I'm having trouble right now.");
}

#[tokio::test(start_paused = true)]
async fn the_call_does_not_end_before_the_model_has_seen_what_came_of_a_function() {
    let both = Thought::CallsAll(&["book", "end_call"]);
    let goodbye = Thought::Calls("end_call", r#"{"farewell":"It is booked. Goodbye!"}"#);
    let fakes = Fakes::new(&["Book it and bye."], &[both, goodbye]);
    let report = call(fakes.providers(), with(&works(Some(50)), None, 100), &[Step::Say(CARDS)], 30_000).await;
    assert_eq!(report.ended, Some(EndReason::AgentHungUp));
    let answer = report.answers()[0];
    assert_eq!(answer.heard_text, "It is booked. Goodbye!");
    assert_eq!(outcomes(answer), [Some(Outcome::Done), None]);
}

#[tokio::test(start_paused = true)]
async fn what_functions_did_is_remembered_in_later_turns() {
    let fakes = Fakes::new(
        &["Where is my order?", "Thank you."],
        &[FIND, Thought::Says("It is on its way."), Thought::Says("You are welcome.")],
    );
    let script = [Step::Say(CARDS), Step::AgentEnds, Step::Wait(300), Step::Say(CARDS), Step::AgentEnds, Step::HangUp];
    let report = call(fakes.providers(), with(&works(Some(50)), None, 100), &script, 30_000).await;
    assert_eq!(report.answers().len(), 2, "{report:#?}");
    let asked = all_valid(&fakes);
    let roles: Vec<_> = asked.last().unwrap().iter().map(role).collect();
    assert_eq!(roles, ["system", "user", "assistant", "tool", "assistant", "user"]);
}

#[tokio::test(start_paused = true)]
async fn a_reply_that_is_handed_over_whole_has_no_words_for_waiting() {
    let fakes = Fakes::new(&["Where is my order?"], &[FIND, Thought::Says("It is on its way.")]);
    let config = Config { playback: Playback::Whole, ..with(&works(Some(4_000)), Some("Let me look that up."), 100) };
    let report = asked(&fakes, config, 20_000).await;
    assert_eq!(report.answers()[0].generated_text, "It is on its way.");
}

#[test]
fn history_restored_from_rows_is_valid_whatever_state_the_calls_were_in() {
    let used = |id: &str, round: u32, outcome: Option<Outcome>, result: Option<&str>| ToolUse {
        call: ToolCall { id: id.into(), name: "book".into(), arguments: "{}".into() },
        round,
        outcome,
        latency_ms: None,
        result: result.map(str::to_owned),
    };
    let uses = [
        used("a", 0, Some(Outcome::Done), Some("ok")),
        used("b", 0, Some(Outcome::Abandoned), None),
        used("a", 1, Some(Outcome::Running), None),
        used("z", 0, None, None),
    ];
    let messages = voice::tool::messages(&uses);
    assert_valid(&messages);
    assert_eq!(messages.iter().map(role).collect::<Vec<_>>(), ["assistant", "tool", "tool", "assistant", "tool"]);
    assert_valid(&voice::tool::messages(&uses[3..]));
}

fn role(message: &Message) -> &'static str {
    match message {
        Message::System { .. } => "system",
        Message::User { .. } => "user",
        Message::Assistant { .. } => "assistant",
        Message::Tool { .. } => "tool",
    }
}

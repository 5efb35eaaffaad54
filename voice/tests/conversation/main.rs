//! Whole conversations on a paused clock: real caller audio, scripted providers, a true telephone line.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fakes;
mod phone;
mod tools;

use std::time::Duration;

use fakes::{Fakes, Thought, spoken_ms};
use phone::{Step, call, call_until, config};
use tokio_util::sync::CancellationToken;
use voice::{
    conversation::{Config, Limits},
    event::{EndReason, Event, Prompt},
    provider::{ErrorKind, Message},
};

const CARDS: &str = "17_seven_of_clubs_real";
const YES: &str = "01_yes_please";
const LONG: &str = "08_long_sentence_real";

#[tokio::test(start_paused = true)]
async fn a_caller_is_greeted_heard_and_answered() {
    let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Says("You drew the seven of clubs. What next?")]);
    let config = Config { greeting: Some("Hello, how can I help?".into()), ..config() };
    let script = [Step::AgentEnds, Step::Wait(300), Step::Say(CARDS), Step::AgentBegins, Step::AgentEnds, Step::HangUp];
    let report = call(fakes.providers(), config, &script, 30_000).await;

    let turns = report.turns();
    assert_eq!(turns.len(), 2, "{report:#?}");
    assert_eq!(turns[0].prompt, Prompt::Greeting);
    assert_eq!(turns[0].heard_text, "Hello, how can I help?");
    let answer = turns[1];
    assert_eq!(answer.prompt, Prompt::Speech("Seven of clubs.".into()));
    assert_eq!(answer.generated_text, "You drew the seven of clubs. What next?");
    assert_eq!(answer.heard_text, "You drew the seven of clubs. What next?");
    assert!(!answer.interrupted);
    assert_eq!((answer.number, answer.usage.prompt_tokens), (1, 10));
    let times = answer.times;
    let in_order = [
        times.caller_stopped_ms,
        times.transcript_final_ms,
        times.end_of_turn_ms,
        times.first_frame_sent_ms,
        times.first_mark_echoed_ms,
    ];
    assert!(in_order.iter().all(Option::is_some) && in_order.is_sorted(), "{times:?}");
    assert!(times.first_token_ms.is_some() && times.first_speech_byte_ms.is_some());
    assert_eq!(report.ended, Some(EndReason::CallerHungUp));
    assert_eq!(report.clears, [] as [u64; 0]);
    let asked = fakes.model.asked.lock().unwrap();
    assert_eq!(
        asked[0],
        [
            Message::System { text: "You are a receptionist.".into() },
            Message::Assistant { text: "Hello, how can I help?".into(), tool_calls: vec![] },
            Message::User { text: "Seven of clubs.".into() },
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_greeting_that_cannot_be_interrupted_is_heard_whole_and_what_was_said_over_it_is_answered() {
    let greeting = "Welcome to the clinic. This call may be recorded to make sure that you are well cared for.";
    let script = [Step::AgentBegins, Step::Wait(500), Step::Say(CARDS), Step::Wait(7_000), Step::HangUp];
    for interruptible in [false, true] {
        let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Says("You drew the seven of clubs.")]);
        let config = Config { greeting: Some(greeting.into()), greeting_interruptible: interruptible, ..config() };
        let report = call(fakes.providers(), config, &script, 40_000).await;

        let turns = report.turns();
        assert_eq!(turns.len(), 2, "{report:#?}");
        assert_eq!((&turns[0].prompt, turns[0].interrupted), (&Prompt::Greeting, interruptible));
        assert_eq!(turns[1].prompt, Prompt::Speech("Seven of clubs.".into()));
        assert_eq!(turns[1].heard_text, "You drew the seven of clubs.");
        if interruptible {
            assert_eq!(report.clears.len(), 1);
            continue;
        }
        assert_eq!(turns[0].heard_text, greeting);
        assert_eq!(report.clears, [] as [u64; 0]);
        assert!(report.said[0] < report.heard[0].1, "it was said over the greeting");
        let asked = fakes.model.asked.lock().unwrap();
        let last = asked.last().unwrap();
        assert_eq!(last[1], Message::Assistant { text: greeting.into(), tool_calls: vec![] });
        assert_eq!(last[2], Message::User { text: "Seven of clubs.".into() });
    }
}

#[tokio::test(start_paused = true)]
async fn an_announcement_is_said_to_its_end_before_the_greeting_whoever_speaks_over_it() {
    let (announcement, greeting) = ("This call is recorded, so that we can learn from it.", "How can I help?");
    for speaks_over_it in [false, true] {
        let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Says("You drew the seven of clubs.")]);
        let config = Config { announcement: Some(announcement.into()), greeting: Some(greeting.into()), ..config() };
        let script = match speaks_over_it {
            false => vec![Step::AgentEnds, Step::AgentEnds, Step::HangUp],
            true => vec![Step::AgentBegins, Step::Wait(500), Step::Say(CARDS), Step::Wait(7_000), Step::HangUp],
        };
        let report = call(fakes.providers(), config, &script, 40_000).await;
        let heard: Vec<_> = report.turns().iter().map(|turn| turn.heard_text.clone()).collect();
        let next = if speaks_over_it { "You drew the seven of clubs." } else { greeting };
        assert_eq!(heard, [announcement, next], "{report:#?}");
        assert_eq!(report.clears, [] as [u64; 0]);
    }
}

#[tokio::test(start_paused = true)]
async fn the_reply_is_ready_when_the_turn_ends() {
    let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Says("Right.")]);
    let report = call(fakes.providers(), config(), &[Step::Say(CARDS), Step::AgentEnds], 12_000).await;
    let times = report.answers()[0].times;
    let waited = times.first_frame_sent_ms.unwrap() - times.end_of_turn_ms.unwrap();
    // 150 + 200 + 100 ms of providers from the guess at 200 ms: 170 ms of it after the end of the turn at 480 ms.
    assert!((130..=210).contains(&waited), "{waited} ms after the end of the turn");
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_hesitates_is_let_finish() {
    let fakes = Fakes::new(
        &[
            "I would like to book an appointment for um",
            "I would like to book an appointment for um next Tuesday at ten.",
        ],
        &[Thought::Says("Tuesday at ten it is.")],
    );
    let report =
        call(fakes.providers(), config(), &[Step::Say("10_hesitation_700ms_booking"), Step::AgentEnds], 15_000).await;
    let answers = report.answers();
    assert_eq!(answers.len(), 1, "{answers:#?}");
    assert!(answers[0].prompt.text().unwrap().ends_with("next Tuesday at ten."));
    assert!(fakes.model.asked.lock().unwrap().len() > 1, "no guess was thrown away");
    assert_all_is_counted(&fakes, &report);
}

#[tokio::test(start_paused = true)]
async fn barge_in_stops_the_agent_and_history_keeps_what_was_heard() {
    let story = "Once upon a time there was a very long story that went on. And then it went on some more. The end.";
    let fakes = Fakes::new(
        &["Seven of clubs.", "Wait, stop, that is enough."],
        &[Thought::Says(story), Thought::Says("Stopped.")],
    );
    let script = [
        Step::Say(CARDS),
        Step::AgentBegins,
        Step::Wait(3_000),
        Step::Say(LONG),
        Step::AgentBegins,
        Step::AgentEnds,
        Step::HangUp,
    ];
    let report = call(fakes.providers(), config(), &script, 40_000).await;

    let answers = report.answers();
    assert_eq!(answers.len(), 2, "{report:#?}");
    let broken = answers[0];
    assert!(broken.interrupted);
    assert!(story.starts_with(&broken.heard_text) && !broken.heard_text.is_empty(), "heard {:?}", broken.heard_text);
    let heard_ms = report.heard[0].1 - report.heard[0].0;
    assert!(
        spoken_ms(&broken.heard_text) <= heard_ms,
        "{} ms of words in {heard_ms} ms of sound",
        spoken_ms(&broken.heard_text)
    );
    assert_eq!(broken.generated_text, story);
    assert_eq!(report.clears.len(), 1);
    let asked = fakes.model.asked.lock().unwrap();
    let last = asked.last().unwrap();
    assert!(
        last.contains(&Message::Assistant { text: broken.heard_text.clone(), tool_calls: vec![] }),
        "the model is told what was heard: {last:#?}"
    );
}

/// Whatever was sent to the fakes is in a turn, or in the end.
fn assert_all_is_counted(fakes: &Fakes, report: &phone::Report) {
    let used = report.used();
    assert!(used.transcribed_ms > 0);
    assert_eq!(used.transcribed_ms, fakes.stt.heard_ms.lock().unwrap().iter().sum::<u64>());
    assert_eq!(used.spoken_characters, *fakes.tts.asked.lock().unwrap());
    let asked = fakes.model.asked.lock().unwrap().len() as u64;
    // The fake counts ten for each, and an estimate of these requests is no smaller.
    assert!(used.prompt_tokens >= 10 * asked, "{used:?} for {asked} requests");
}

#[tokio::test(start_paused = true)]
async fn what_a_caller_talks_over_or_hangs_up_on_is_counted_all_the_same() {
    let story = "Once upon a time there was a very long story that went on. And then it went on some more. The end.";
    let texts = ["Seven of clubs.", "Wait, stop, that is enough."];
    let barge_in = [Step::Say(CARDS), Step::AgentBegins, Step::Wait(1_000), Step::Say(LONG), Step::Wait(300)];
    for wait in [300, 500, 600, 700, 900, 1_200, 2_000] {
        // Hung up on the guess, the transcript, the first token, the first speech, the reply.
        let fakes = Fakes::new(&texts, &[Thought::Says(story)]);
        let script = [Step::Say(CARDS), Step::Wait(wait), Step::HangUp];
        let report = call(fakes.providers(), config(), &script, 20_000).await;
        assert_all_is_counted(&fakes, &report);
        // Broken into, and hung up on then.
        let fakes = Fakes::new(&texts, &[Thought::Says(story)]);
        let script: Vec<_> = barge_in.iter().cloned().chain([Step::Wait(wait), Step::HangUp]).collect();
        let report = call(fakes.providers(), config(), &script, 30_000).await;
        assert_all_is_counted(&fakes, &report);
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_reply_that_never_came_the_prompt_is_counted_by_estimate() {
    let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Hangs]);
    let script = [Step::Say(CARDS), Step::Wait(1_500), Step::HangUp];
    let report = call(fakes.providers(), config(), &script, 20_000).await;
    let used = report.used();
    // Four characters a token; our functions are asked along.
    let words = "You are a receptionist.Seven of clubs.".len() as u64;
    assert!(used.prompt_tokens >= words.div_ceil(4) && used.prompt_tokens < 400, "{used:?}");
    assert_eq!((used.completion_tokens, used.spoken_characters), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_backchannel_does_not_stop_the_agent() {
    let story = "Once upon a time there was a very long story that went on. And then it went on some more. The end.";
    let fakes = Fakes::new(&["Seven of clubs.", "Mm-hm."], &[Thought::Says(story)]);
    let script = [
        Step::Say(CARDS),
        Step::AgentBegins,
        Step::Wait(2_000),
        Step::Blip(YES, 400),
        Step::Wait(15_000),
        Step::HangUp,
    ];
    let report = call(fakes.providers(), config(), &script, 40_000).await;
    let answers = report.answers();
    assert_eq!(answers.len(), 1, "{report:#?}");
    assert!(!answers[0].interrupted);
    assert_eq!(answers[0].heard_text, story);
}

#[tokio::test(start_paused = true)]
async fn the_agents_own_echo_does_not_stop_it() {
    let story = "Once upon a time there was a very long story that went on. And then it went on some more. The end.";
    let fakes = Fakes::new(&["Seven of clubs.", "upon a time there"], &[Thought::Says(story)]);
    let script = [
        Step::Say(CARDS),
        Step::AgentBegins,
        Step::Wait(2_000),
        Step::Blip(YES, 400),
        Step::Wait(15_000),
        Step::HangUp,
    ];
    let report = call(fakes.providers(), config(), &script, 40_000).await;
    assert_eq!(report.answers().len(), 1, "{report:#?}");
    assert_eq!(report.answers()[0].heard_text, story);
}

#[tokio::test(start_paused = true)]
async fn noise_without_words_is_answered_by_nothing() {
    let fakes = Fakes::new(&[""], &[Thought::Says("What?")]);
    let report = call(fakes.providers(), config(), &[Step::Say(CARDS), Step::Wait(3_000), Step::HangUp], 20_000).await;
    assert_eq!(report.turns().len(), 0, "{report:#?}");
    assert!(fakes.model.asked.lock().unwrap().is_empty());
    assert_all_is_counted(&fakes, &report);
}

#[tokio::test(start_paused = true)]
async fn a_goodbye_is_heard_to_its_end_before_the_agent_hangs_up() {
    let farewell = r#"{"farewell":"Thank you for calling. Goodbye!"}"#;
    let fakes = Fakes::new(&["That's all, bye."], &[Thought::Calls("end_call", farewell)]);
    let report = call(fakes.providers(), config(), &[Step::Say(CARDS)], 30_000).await;
    assert_eq!(report.ended, Some(EndReason::AgentHungUp));
    let answer = report.answers()[0];
    assert_eq!(answer.heard_text, "Thank you for calling. Goodbye!");
    let (began, over) = (answer.times.first_frame_sent_ms.unwrap(), report.events.last().unwrap().0);
    assert!(over - began + 40 >= spoken_ms(&answer.heard_text), "hung up {} ms after the first frame", over - began);
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_asks_for_a_human_is_transferred_where_the_agent_says() {
    let fakes = Fakes::new(
        &["A human please."],
        &[Thought::Calls("transfer_call", r#"{"announcement":"One moment.","to":"+19"}"#)],
    );
    let report = call(fakes.providers(), config(), &[Step::Say(CARDS)], 30_000).await;
    assert_eq!(report.ended, Some(EndReason::Transferred("+15005550009".into())));
    assert_eq!(report.answers()[0].heard_text, "One moment.");
}

#[tokio::test(start_paused = true)]
async fn keys_are_one_turn() {
    let fakes = Fakes::new(&[""], &[Thought::Says("Thank you.")]);
    let script = [
        Step::Wait(500),
        Step::Press('4'),
        Step::Wait(300),
        Step::Press('2'),
        Step::Press('#'),
        Step::AgentEnds,
        Step::HangUp,
    ];
    let report = call(fakes.providers(), config(), &script, 20_000).await;
    assert_eq!(report.turns()[0].prompt, Prompt::Dtmf("42".into()));
    let asked = fakes.model.asked.lock().unwrap();
    assert_eq!(asked[0].last(), Some(&Message::User { text: "[keys pressed: 42]".into() }));
}

#[tokio::test(start_paused = true)]
async fn typed_words_are_answered_aloud() {
    let fakes = Fakes::new(&[""], &[Thought::Says("It is noon.")]);
    let report =
        call(fakes.providers(), config(), &[Step::Type("What time is it?"), Step::AgentEnds, Step::HangUp], 20_000)
            .await;
    assert_eq!(report.turns()[0].prompt, Prompt::Text("What time is it?".into()));
    assert_eq!(report.turns()[0].heard_text, "It is noon.");
}

#[tokio::test(start_paused = true)]
async fn silence_is_asked_about_and_then_ended() {
    let fakes = Fakes::new(&[""], &[]);
    let report = call(fakes.providers(), config(), &[], 120_000).await;
    assert_eq!(report.ended, Some(EndReason::Silence));
    let turns = report.turns();
    assert_eq!(turns.len(), 1);
    assert_eq!((&turns[0].prompt, turns[0].heard_text.as_str()), (&Prompt::Idle, "Are you still there?"));
}

#[tokio::test(start_paused = true)]
async fn the_longest_call_ends() {
    let limits = Limits { max_duration: Duration::from_secs(5), ..Limits::default() };
    let report = call(Fakes::new(&[""], &[]).providers(), Config { limits, ..config() }, &[], 60_000).await;
    assert_eq!(report.ended, Some(EndReason::MaxDuration));
}

#[tokio::test(start_paused = true)]
async fn a_failing_model_is_apologised_for_and_the_call_goes_on() {
    let fakes =
        Fakes::new(&["Seven of clubs."], &[Thought::Fails(ErrorKind::Unavailable), Thought::Says("Now it works.")]);
    let script = [
        Step::Say(CARDS),
        Step::AgentBegins,
        Step::AgentEnds,
        Step::Wait(500),
        Step::Say(CARDS),
        Step::AgentBegins,
        Step::AgentEnds,
        Step::HangUp,
    ];
    let report = call(fakes.providers(), config(), &script, 40_000).await;
    let answers = report.answers();
    assert_eq!(answers[0].heard_text, "I'm sorry, I'm having trouble right now.");
    assert_eq!(answers[1].heard_text, "Now it works.");
    assert!(report.events.iter().any(|(_, event)| matches!(event, Event::ProviderFailed { kind: "unavailable", .. })));
}

#[tokio::test(start_paused = true)]
async fn a_model_that_hangs_is_not_waited_for_in_silence() {
    let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Hangs]);
    let report = call(fakes.providers(), config(), &[Step::Say(CARDS), Step::AgentEnds, Step::HangUp], 40_000).await;
    let answer = report.answers()[0];
    assert_eq!(answer.heard_text, "I'm sorry, I'm having trouble right now.");
    let silence = report.heard[0].0 - report.said[0];
    assert!(silence <= 9_500, "{silence} ms of silence");
}

#[tokio::test(start_paused = true)]
async fn what_came_before_a_break_is_spoken() {
    let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Breaks("We are open until five. And then we ")]);
    let report = call(fakes.providers(), config(), &[Step::Say(CARDS), Step::AgentEnds, Step::HangUp], 40_000).await;
    assert_eq!(report.answers()[0].heard_text, "We are open until five. And then we");
}

#[tokio::test(start_paused = true)]
async fn after_three_failures_the_agent_gives_up_politely() {
    let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Fails(ErrorKind::QuotaExhausted)]);
    let again = [Step::Say(CARDS), Step::AgentBegins, Step::AgentEnds, Step::Wait(400)];
    let script: Vec<_> = again.iter().cycle().take(16).cloned().collect();
    let report = call(fakes.providers(), config(), &script, 90_000).await;
    assert_eq!(report.ended, Some(EndReason::Failed));
    assert_eq!(report.answers().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_resumed_call_goes_on_with_its_history() {
    let history = vec![
        Message::User { text: "My name is Anna.".into() },
        Message::Assistant { text: "Hello Anna.".into(), tool_calls: vec![] },
    ];
    let fakes = Fakes::new(&["What is my name?"], &[Thought::Says("Anna.")]);
    let config = Config { history: history.clone(), first_turn: 7, greeting: Some("Hello!".into()), ..config() };
    let script = [Step::AgentEnds, Step::Say(CARDS), Step::AgentBegins, Step::AgentEnds, Step::HangUp];
    let report = call(fakes.providers(), config, &script, 30_000).await;
    assert_eq!(report.turns()[0].heard_text, "Sorry, we were cut off. Where were we?");
    assert_eq!(report.turns()[0].number, 7);
    let asked = fakes.model.asked.lock().unwrap();
    assert_eq!(asked[0][1..3], history);
}

#[tokio::test(start_paused = true)]
async fn draining_ends_the_conversation_and_records_what_was_heard() {
    let fakes = Fakes::new(&["Seven of clubs."], &[]);
    let shutdown = CancellationToken::new();
    let stop = shutdown.clone();
    let config = Config { greeting: Some("Hello, this is a greeting of some length.".into()), ..config() };
    let (report, ()) =
        tokio::join!(Box::pin(call_until(fakes.providers(), config, &[], 30_000, shutdown)), async move {
            tokio::time::sleep(Duration::from_millis(1_500)).await;
            stop.cancel();
        });
    assert_eq!(report.ended, Some(EndReason::Draining));
    let heard = &report.turns()[0].heard_text;
    assert!(heard.starts_with("Hello, this") && heard.len() < 30, "{heard:?}");
    assert!(matches!(report.events.last(), Some((_, Event::Ended { reason: EndReason::Draining, .. }))));
}

#[tokio::test(start_paused = true)]
async fn a_failing_recogniser_or_voice_is_apologised_for_from_a_clip() {
    for breaks_voice in [false, true] {
        let fakes = Fakes::new(&["Seven of clubs."], &[Thought::Says("Right.")]);
        match breaks_voice {
            true => fakes.tts.fails.lock().unwrap().push_back(ErrorKind::Unavailable),
            false => *fakes.stt.texts.lock().unwrap() = [Err(ErrorKind::Timeout)].into(),
        }
        let script = [Step::Say(CARDS), Step::AgentBegins, Step::AgentEnds, Step::HangUp];
        let report = call(fakes.providers(), config(), &script, 30_000).await;
        assert_eq!(report.answers()[0].heard_text, "I'm sorry, I'm having trouble right now.", "{report:#?}");
        assert!(fakes.tts.spoken.lock().unwrap().is_empty(), "the apology needs no provider");
        let silence = report.heard[0].0.saturating_sub(report.said[0]);
        assert!(silence <= 2_000, "{silence} ms of silence");
    }
}

#[tokio::test(start_paused = true)]
async fn a_yes_over_the_end_of_a_question_is_its_answer() {
    let fakes = Fakes::new(
        &["Seven of clubs.", "Yes."],
        &[Thought::Says("Shall I book it for you?"), Thought::Says("Booked.")],
    );
    let script =
        [Step::Say(CARDS), Step::AgentBegins, Step::Wait(1_000), Step::Blip(YES, 400), Step::Wait(8_000), Step::HangUp];
    let report = call(fakes.providers(), config(), &script, 30_000).await;
    let answers = report.answers();
    assert_eq!(answers.len(), 2, "{report:#?}");
    assert_eq!((answers[1].prompt.text(), answers[1].heard_text.as_str()), (Some("Yes."), "Booked."));
}

#[tokio::test(start_paused = true)]
async fn thanks_over_the_announcement_do_not_call_off_the_transfer() {
    let announced = Thought::Calls("transfer_call", r#"{"announcement":"I am connecting you now."}"#);
    let fakes = Fakes::new(&["A human please.", "Thanks a lot."], &[announced]);
    let script = [Step::Say(CARDS), Step::AgentBegins, Step::Wait(900), Step::Blip(YES, 400), Step::Wait(8_000)];
    let report = call(fakes.providers(), config(), &script, 30_000).await;
    assert_eq!(report.ended, Some(EndReason::Transferred("+15005550009".into())), "{report:#?}");
}

#[tokio::test(start_paused = true)]
async fn the_last_words_of_a_caller_who_hangs_up_are_recorded() {
    let fakes = Fakes::new(&["No that is all and"], &[Thought::Says("Bye.")]);
    let report = call(fakes.providers(), config(), &[Step::Say(CARDS), Step::Wait(500), Step::HangUp], 30_000).await;
    let turns = report.turns();
    assert_eq!(turns.len(), 1, "{report:#?}");
    assert_eq!((turns[0].prompt.text(), turns[0].heard_text.as_str()), (Some("No that is all and"), ""));
}

use std::{sync::Arc, time::Duration};

use futures_util::StreamExt;
use tokio::time::{Instant, advance, sleep};
use voice::{
    conversation::Deadlines,
    provider::{
        Delta, ErrorKind, FinishReason, LanguageModel, ModelRequest, ProviderError, SpeakRequest, Speech, SpeechToText,
        TextToSpeech,
        openai::Transcriptions,
        policy::{Budget, Resilient, Unfit},
    },
};

use crate::{
    fakes::{Act, Fake, asks_to_wait, fails, hangs, ms, says, streams},
    server::{Server, answer, client},
};

fn budget() -> Budget {
    Budget { first: ms(3_000), next: ms(1_000), overall: ms(8_000), tries: 2 }
}

fn ears(fakes: &[&Arc<Fake>]) -> Resilient<dyn SpeechToText> {
    let providers = fakes.iter().map(|fake| (*fake).clone() as Arc<dyn SpeechToText>).collect();
    Resilient::speech_to_text(providers, budget()).unwrap()
}

fn minds(fakes: &[&Arc<Fake>]) -> Resilient<dyn LanguageModel> {
    let providers = fakes.iter().map(|fake| (*fake).clone() as Arc<dyn LanguageModel>).collect();
    Resilient::language_model(providers, budget()).unwrap()
}

fn utterance() -> Speech {
    Speech { pcm: Arc::new([0; 3_200]), language: None }
}

async fn hear(ears: &Resilient<dyn SpeechToText>) -> Result<String, ErrorKind> {
    ears.transcribe(utterance()).await.map(|transcript| transcript.text).map_err(|error| error.kind)
}

async fn say(minds: &Resilient<dyn LanguageModel>) -> Result<Vec<Result<Delta, ErrorKind>>, ProviderError> {
    let request =
        ModelRequest { messages: vec![], tools: vec![], model: None, temperature: None, max_tokens: 10, format: None };
    let stream = minds.reply(request).await?;
    Ok(stream.map(|delta| delta.map_err(|error| error.kind)).collect().await)
}

/// The outcome with one provider, how often it was asked, and how long it took.
async fn alone(acts: Vec<Act>) -> (Result<String, ErrorKind>, usize, Duration) {
    let fake = Fake::new("a", acts);
    let start = Instant::now();
    let outcome = hear(&ears(&[&fake])).await;
    (outcome, fake.asked(), start.elapsed())
}

#[tokio::test(start_paused = true)]
async fn a_single_failure_is_repeated_after_a_short_pause() {
    for kind in [ErrorKind::Connect, ErrorKind::Unavailable, ErrorKind::Cut, ErrorKind::Garbled, ErrorKind::RateLimited]
    {
        let (outcome, asked, took) = alone(vec![fails(kind), says("hello")]).await;
        assert_eq!((outcome.as_deref(), asked), (Ok("hello"), 2), "{kind}");
        assert!((ms(95)..=ms(125)).contains(&took), "{took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_try_has_a_deadline_and_the_last_provider_is_asked_again() {
    let (outcome, asked, took) = alone(vec![hangs(), says("hello")]).await;
    assert_eq!((outcome.as_deref(), asked), (Ok("hello"), 2));
    assert!(took >= ms(3_000) && took < ms(3_200), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn tries_and_time_are_bounded() {
    let (outcome, asked, _) = alone(vec![fails(ErrorKind::Unavailable)]).await;
    assert_eq!((outcome, asked), (Err(ErrorKind::Unavailable), 2));
    let fakes: Vec<_> = ["a", "b", "c", "d"].map(|name| Fake::new(name, vec![hangs()])).into();
    let start = Instant::now();
    assert_eq!(hear(&ears(&fakes.iter().collect::<Vec<_>>())).await, Err(ErrorKind::Timeout));
    assert_eq!(start.elapsed(), ms(8_000), "the overall budget cuts the third try short");
    assert_eq!(fakes.iter().map(|fake| fake.asked()).collect::<Vec<_>>(), [1, 1, 1, 0]);
}

#[tokio::test(start_paused = true)]
async fn what_cannot_heal_is_not_repeated_but_the_next_is_asked() {
    for kind in [ErrorKind::QuotaExhausted, ErrorKind::Unauthorized, ErrorKind::Refused] {
        let (first, second) = (Fake::new("a", vec![fails(kind)]), Fake::new("b", vec![says("hello")]));
        assert_eq!(hear(&ears(&[&first, &second])).await.as_deref(), Ok("hello"));
        assert_eq!((first.asked(), second.asked()), (1, 1), "{kind}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_timeout_goes_straight_to_the_next() {
    let (first, second) = (Fake::new("a", vec![hangs()]), Fake::new("b", vec![says("hello")]));
    let start = Instant::now();
    assert_eq!(hear(&ears(&[&first, &second])).await.as_deref(), Ok("hello"));
    assert_eq!((first.asked(), start.elapsed()), (1, ms(3_010)));
}

#[tokio::test(start_paused = true)]
async fn a_rate_limit_is_waited_out_only_when_the_budget_allows() {
    let (outcome, asked, took) = alone(vec![asks_to_wait(ms(700)), says("hello")]).await;
    assert_eq!((outcome.as_deref(), asked, took), (Ok("hello"), 2, ms(720)));
    let (outcome, asked, took) = alone(vec![asks_to_wait(ms(20_000)), says("hello")]).await;
    assert_eq!((outcome, asked, took), (Err(ErrorKind::RateLimited), 1, ms(10)));
}

#[tokio::test(start_paused = true)]
async fn an_empty_account_is_left_alone_for_a_minute_and_then_asked_once() {
    let first = Fake::new("a", vec![fails(ErrorKind::QuotaExhausted), fails(ErrorKind::QuotaExhausted), says("back")]);
    let second = Fake::new("b", vec![says("hello")]);
    let ears = ears(&[&first, &second]);
    for _ in 0..5 {
        assert_eq!(hear(&ears).await.as_deref(), Ok("hello"));
    }
    assert_eq!(first.asked(), 1);
    advance(Duration::from_secs(60)).await;
    for _ in 0..3 {
        assert_eq!(hear(&ears).await.as_deref(), Ok("hello"));
    }
    assert_eq!(first.asked(), 2);
    advance(Duration::from_secs(60)).await;
    for _ in 0..3 {
        assert_eq!(hear(&ears).await.as_deref(), Ok("back"));
    }
}

#[tokio::test(start_paused = true)]
async fn alone_and_hopeless_fails_at_once_with_the_cause() {
    let fake = Fake::new("a", vec![fails(ErrorKind::Unauthorized)]);
    let ears = ears(&[&fake]);
    for _ in 0..3 {
        assert_eq!(hear(&ears).await, Err(ErrorKind::Unauthorized));
    }
    assert_eq!(fake.asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn one_that_keeps_failing_is_passed_by_but_asked_when_there_is_no_other() {
    let (first, second) = (Fake::new("a", vec![hangs()]), Fake::new("b", vec![says("hello")]));
    let both = ears(&[&first, &second]);
    for _ in 0..3 {
        hear(&both).await.unwrap();
    }
    let start = Instant::now();
    hear(&both).await.unwrap();
    assert_eq!((start.elapsed(), first.asked()), (ms(10), 3), "no caller waits for it any more");

    let lone = Fake::new("a", vec![fails(ErrorKind::Unavailable); 4].into_iter().chain([says("hello")]).collect());
    let ears = ears(&[&lone]);
    assert!(hear(&ears).await.is_err() && hear(&ears).await.is_err());
    assert_eq!(hear(&ears).await.as_deref(), Ok("hello"));
}

#[tokio::test(start_paused = true)]
async fn a_stream_fails_over_until_its_first_piece() {
    let first = Fake::new("a", vec![streams(vec![(ms(0), Err(ErrorKind::Refused))])]);
    let second = Fake::new("b", vec![streams(vec![(ms(3_500), Ok("late"))])]);
    let third = Fake::new("c", vec![streams(vec![(ms(100), Ok("one")), (ms(900), Ok("two"))])]);
    let deltas = say(&minds(&[&first, &second, &third])).await.unwrap();
    let text = |text: &str| Ok(Delta::Text(text.into()));
    assert_eq!(deltas, [text("one"), text("two"), Ok(Delta::Finished(FinishReason::Stop))]);
    assert_eq!((first.asked(), second.asked(), third.asked()), (1, 1, 1));
}

#[tokio::test(start_paused = true)]
async fn after_its_first_piece_a_stream_is_not_repeated() {
    for (pieces, kind) in [
        (vec![(ms(0), Ok("one")), (ms(10), Err(ErrorKind::Cut))], ErrorKind::Cut),
        (vec![(ms(0), Ok("one")), (ms(1_100), Ok("two"))], ErrorKind::Timeout),
    ] {
        let (first, second) = (Fake::new("a", vec![streams(pieces)]), Fake::new("b", vec![says("hello")]));
        let deltas = say(&minds(&[&first, &second])).await.unwrap();
        assert_eq!(deltas, [Ok(Delta::Text("one".into())), Err(kind)]);
        assert_eq!(second.asked(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_takes_its_time_is_no_stall() {
    let fake = Fake::new("a", vec![streams(vec![(ms(0), Ok("a")), (ms(10), Ok("b")), (ms(10), Ok("c"))])]);
    let tts = Resilient::text_to_speech(vec![fake as Arc<dyn TextToSpeech>], budget()).unwrap();
    let request = SpeakRequest { text: "x".into(), voice: "v".into(), speed: 1.0, instructions: None };
    let mut speech = tts.speak(request).await.unwrap();
    let mut heard = Vec::new();
    while let Some(chunk) = speech.next().await {
        heard.extend_from_slice(&chunk.unwrap());
        sleep(ms(5_000)).await;
    }
    assert_eq!(heard, b"abc");
}

#[test]
fn speech_of_two_rates_and_no_provider_at_all_are_refused() {
    let speech: Vec<Arc<dyn TextToSpeech>> = vec![Fake::new("a", vec![]), Fake::other("b", 16_000, true)];
    assert!(matches!(Resilient::text_to_speech(speech, budget()), Err(Unfit::Rates { other_rate: 16_000, .. })));
    assert!(matches!(Resilient::language_model(vec![], budget()), Err(Unfit::None)));
}

#[tokio::test]
async fn the_check_asks_all_and_is_content_with_one() {
    let (sick, well) = (Fake::other("a", 1, false), Fake::other("b", 1, true));
    ears(&[&sick, &well]).check().await.unwrap();
    assert_eq!((sick.asked(), well.asked()), (1, 1));
    assert_eq!(ears(&[&sick]).check().await.unwrap_err().kind, ErrorKind::Connect);
    assert_eq!(SpeechToText::name(&ears(&[&sick, &well])), "a, then b");
}

#[test]
fn a_live_turn_takes_its_budget_from_the_deadlines() {
    let deadlines = Deadlines::default();
    let budget = Budget::reply(&deadlines);
    assert_eq!(
        (budget.first, budget.next, budget.overall),
        (deadlines.first_token, deadlines.next_token, deadlines.reply)
    );
}

#[tokio::test]
async fn over_http_a_500_and_a_rate_limit_heal_within_the_turn() {
    let server = Server::start(vec![
        answer(500, &[], ""),
        answer(200, &[], r#"{"text":"one"}"#),
        answer(429, &["retry-after-ms: 30"], r#"{"error":{"code":"rate_limit_exceeded"}}"#),
        answer(200, &[], r#"{"text":"two"}"#),
        answer(429, &[], r#"{"error":{"code":"insufficient_quota"}}"#),
    ])
    .await;
    let stt: Arc<dyn SpeechToText> = Arc::new(Transcriptions::new(client(), server.endpoint("m")));
    let ears = Resilient::speech_to_text(vec![stt], budget()).unwrap();
    assert_eq!(hear(&ears).await.as_deref(), Ok("one"));
    assert_eq!(hear(&ears).await.as_deref(), Ok("two"));
    assert_eq!(hear(&ears).await, Err(ErrorKind::QuotaExhausted));
    assert_eq!(hear(&ears).await, Err(ErrorKind::QuotaExhausted));
    assert_eq!(server.requests().len(), 5, "the empty account is not asked again");
}

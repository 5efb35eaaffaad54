//! Every case as a table: a script of what is heard and done, and the actions that come out of it.

mod invariants;

use proptest::prelude::*;

use super::*;
use invariants::Invariants;

/// Feeds voice (`true`) or silence for `ms` in VAD windows and collects the actions with their times.
struct Scene {
    machine: Machine,
    now: u64,
    actions: Vec<(u64, Action)>,
}

impl Scene {
    fn new() -> Self {
        Self::with(Config::default(), Limits::default())
    }

    fn with(config: Config, limits: Limits) -> Self {
        Self { machine: Machine::new(config, limits), now: 0, actions: Vec::new() }
    }

    fn hear(&mut self, voice: bool, ms: u64) -> &mut Self {
        for _ in 0..ms / 32 {
            self.now += 32;
            let probability = if voice { 0.95 } else { 0.02 };
            self.put(Input::Voice { at_ms: self.now, probability });
        }
        self
    }

    fn put(&mut self, input: Input) -> &mut Self {
        if let Some(action) = self.machine.on(input) {
            self.actions.push((self.now, action));
        }
        self
    }

    fn words(&mut self, words: Words) -> &mut Self {
        self.put(Input::Words { at_ms: self.now, words })
    }

    fn talking(&mut self) -> &mut Self {
        let at_ms = self.now;
        self.put(Input::AgentThinking { at_ms }).put(Input::AgentTalking { at_ms })
    }

    fn names(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.actions).into_iter().map(|(_, action)| action).collect()
    }

    fn time_of(&self, wanted: impl Fn(&Action) -> bool) -> u64 {
        self.actions.iter().find(|(_, action)| wanted(action)).expect("the action happened").0
    }
}

#[test]
fn a_turn_is_guessed_early_and_ends_sooner_when_its_words_are_complete() {
    for (words, silence) in [(Words::Complete, 480), (Words::Unknown, 800), (Words::Incomplete, 1_600)] {
        let mut scene = Scene::new();
        scene.hear(true, 960).hear(false, 256).words(words).hear(false, 2_000);
        let guessed = scene.time_of(|a| *a == Action::Guess);
        let ended = scene.time_of(|a| matches!(a, Action::EndOfTurn { .. }));
        assert!((960 + 200..=960 + 232).contains(&guessed), "guessed at {guessed}");
        assert!((960 + silence..=960 + silence + 32).contains(&ended), "{words:?} ended at {ended}");
        assert_eq!(scene.names(), [Action::Capture, Action::Guess, Action::EndOfTurn { stopped_ms: 960 }]);
    }
}

#[test]
fn a_turn_ends_as_soon_as_late_words_tell_that_it_is_over() {
    let mut scene = Scene::new();
    scene.hear(true, 960).hear(false, 1_120);
    assert_eq!(scene.names(), [Action::Capture, Action::Guess]);
    scene.words(Words::Unknown);
    assert_eq!(scene.names(), [Action::EndOfTurn { stopped_ms: 960 }]);
    scene.put(Input::AgentDone { at_ms: scene.now });
    scene.hear(true, 960).hear(false, 10_048);
    assert!(matches!(scene.names()[..], [Action::Capture, Action::Guess, Action::EndOfTurn { .. }]), "words or not");
}

#[test]
fn a_line_that_stops_sending_audio_is_silent() {
    let mut scene = Scene::new();
    scene.hear(true, 640);
    for at_ms in (640..4_000).step_by(100) {
        scene.put(Input::Tick { at_ms });
    }
    assert_eq!(scene.names(), [Action::Capture, Action::Guess]);
}

#[test]
fn a_caller_who_types_is_there() {
    let mut scene = Scene::new();
    scene.hear(false, 10_100);
    assert_eq!(scene.names(), [Action::IdlePrompt]);
    scene.put(Input::AgentDone { at_ms: scene.now });
    scene.hear(false, 8_000);
    scene.put(Input::Typed { at_ms: scene.now });
    scene.hear(false, 9_000);
    assert_eq!(scene.names(), []);
}

#[test]
fn a_silent_line_is_given_up_even_when_nobody_asks() {
    let limits = Limits { idle_prompt_after: Duration::from_secs(4_000), ..Limits::default() };
    let mut scene = Scene::with(Config::default(), limits);
    scene.hear(false, 31_000);
    assert_eq!(scene.names(), [Action::GiveUp]);
}

#[test]
fn keys_wait_for_an_agent_that_may_not_be_interrupted() {
    let mut scene = Scene::with(Config { interruptible: false, ..Config::default() }, Limits::default());
    scene.talking().put(Input::Digit { at_ms: 0, digit: '1' }).hear(false, 3_000);
    assert_eq!(scene.names(), []);
    scene.put(Input::AgentDone { at_ms: scene.now });
    scene.hear(false, 64);
    assert_eq!(scene.names(), [Action::Keys]);
}

#[test]
fn a_caller_who_goes_on_is_let_finish() {
    let mut scene = Scene::new();
    scene.hear(true, 640).hear(false, 320).words(Words::Incomplete).hear(false, 380).hear(true, 640);
    assert_eq!(scene.names(), [Action::Capture, Action::Guess, Action::DropGuess]);
    scene.hear(false, 320).words(Words::Complete).hear(false, 320);
    assert_eq!(scene.names()[0], Action::Guess);
}

#[test]
fn a_click_is_no_speech_and_drops_no_guess() {
    let mut scene = Scene::new();
    scene.hear(true, 32).hear(false, 600);
    assert_eq!(scene.names(), []);
    scene.hear(true, 640).hear(false, 256).words(Words::Complete).hear(true, 32).hear(false, 400);
    assert!(matches!(scene.names()[..], [Action::Capture, Action::Guess, Action::EndOfTurn { .. }]));
}

#[test]
fn noise_without_words_is_forgotten() {
    let mut scene = Scene::new();
    scene.hear(true, 320).hear(false, 256).words(Words::Nothing).hear(false, 2_000);
    assert_eq!(scene.names(), [Action::Capture, Action::Guess, Action::Discard]);
}

#[test]
fn speech_over_the_agent_holds_it_within_64_ms_and_interrupts_on_words() {
    let mut scene = Scene::new();
    scene.talking().hear(false, 640);
    let began = scene.now;
    scene.hear(true, 480);
    let held = scene.time_of(|a| *a == Action::Hold) - began;
    assert!(held <= 64, "held after {held} ms");
    scene.hear(false, 256).words(Words::Complete);
    assert_eq!(scene.names(), [Action::Capture, Action::Hold, Action::Guess, Action::Interrupt]);
    scene.hear(false, 480);
    assert!(matches!(scene.names()[..], [Action::EndOfTurn { .. }]), "the interruption is a turn");
}

#[test]
fn a_blip_over_the_agent_is_forgotten() {
    let patient = Config { barge_in_after: Duration::from_millis(200), ..Config::default() };
    let mut scene = Scene::with(patient, Limits::default());
    scene.talking().hear(true, 96).hear(false, 1_000);
    assert_eq!(scene.names(), [Action::Capture, Action::Discard]);
    scene.put(Input::AgentDone { at_ms: scene.now });
    scene.hear(false, 3_000);
    assert_eq!(scene.names(), []);
}

#[test]
fn long_speech_over_the_agent_interrupts_without_waiting_for_words() {
    let mut scene = Scene::new();
    scene.talking().hear(true, 1_200);
    assert_eq!(scene.names(), [Action::Capture, Action::Hold, Action::Interrupt]);
}

#[test]
fn backchannels_and_coughs_let_the_agent_go_on() {
    for words in [Words::Backchannel, Words::Nothing] {
        let mut scene = Scene::new();
        scene.talking().hear(true, 320).hear(false, 256).words(words).hear(false, 3_000);
        assert_eq!(scene.names(), [Action::Capture, Action::Hold, Action::Guess, Action::Resume]);
    }
}

#[test]
fn a_backchannel_word_is_an_answer_when_the_agent_is_quiet() {
    let mut scene = Scene::new();
    scene.hear(true, 320).hear(false, 256).words(Words::Backchannel).hear(false, 1_000);
    assert!(matches!(scene.names()[..], [Action::Capture, Action::Guess, Action::EndOfTurn { .. }]));
}

#[test]
fn an_agent_that_may_not_be_interrupted_goes_on() {
    let mut scene = Scene::with(Config { interruptible: false, ..Config::default() }, Limits::default());
    scene.talking().hear(true, 2_000).hear(false, 1_000);
    assert_eq!(scene.names(), []);
}

fn protected() -> Scene {
    let mut scene = Scene::new();
    scene.put(Input::AgentThinking { at_ms: 0 });
    scene.machine.protect();
    scene.put(Input::AgentTalking { at_ms: 0 });
    scene
}

#[test]
fn what_is_said_over_a_protected_reply_is_a_turn_after_it() {
    let mut scene = protected();
    scene.hear(true, 2_000).hear(false, 256).words(Words::Complete).hear(false, 4_000);
    assert_eq!(scene.names(), [Action::Capture, Action::Guess]);
    let done = scene.now;
    scene.put(Input::AgentDone { at_ms: done }).hear(false, 64);
    assert!(matches!(scene.names()[..], [Action::EndOfTurn { stopped_ms }] if stopped_ms < 2_100));
    // The next reply can be interrupted.
    scene.put(Input::AgentTalking { at_ms: scene.now }).hear(true, 1_000);
    assert_eq!(scene.names(), [Action::Capture, Action::Hold, Action::Interrupt]);
}

#[test]
fn a_caller_still_speaking_when_a_protected_reply_ends_is_let_finish() {
    let mut scene = protected();
    scene.hear(true, 1_000).hear(false, 256).words(Words::Complete).hear(true, 1_000);
    scene.put(Input::AgentDone { at_ms: scene.now }).hear(true, 1_000).hear(false, 256).words(Words::Complete);
    scene.hear(false, 500);
    let names = scene.names();
    assert!(
        matches!(
            names[..],
            [Action::Capture, Action::Guess, Action::DropGuess, Action::Guess, Action::EndOfTurn { .. }]
        ),
        "{names:?}"
    );
}

#[test]
fn noises_and_keys_over_a_protected_reply_change_nothing_while_it_lasts() {
    for words in [Words::Nothing, Words::Backchannel] {
        let mut scene = protected();
        scene.hear(true, 320).hear(false, 256).words(words).hear(false, 1_000);
        assert_eq!(scene.names(), [Action::Capture, Action::Guess, Action::Discard]);
    }
    let mut scene = protected();
    scene.put(Input::Digit { at_ms: scene.now, digit: '#' }).hear(false, 3_000);
    assert_eq!(scene.names(), []);
    scene.put(Input::AgentDone { at_ms: scene.now }).hear(false, 64);
    assert_eq!(scene.names(), [Action::Keys]);
}

#[test]
fn nothing_is_thrown_away_that_was_not_kept() {
    let mut scene = Scene::with(Config { interruptible: false, ..Config::default() }, Limits::default());
    scene.hear(true, 32).talking().hear(true, 320);
    assert_eq!(scene.names(), []);
}

#[test]
fn silence_prompts_once_and_then_hangs_up() {
    let mut scene = Scene::new();
    scene.hear(false, 10_100);
    assert_eq!(scene.names(), [Action::IdlePrompt]);
    scene.put(Input::AgentTalking { at_ms: scene.now }).hear(false, 2_000);
    scene.put(Input::AgentDone { at_ms: scene.now }).hear(false, 40_000);
    assert_eq!(scene.names(), [Action::GiveUp]);
}

#[test]
fn a_long_reply_is_not_the_callers_silence() {
    let mut scene = Scene::new();
    scene.talking().hear(false, 60_000);
    assert_eq!(scene.names(), []);
    scene.put(Input::AgentDone { at_ms: scene.now }).hear(false, 9_000);
    assert_eq!(scene.names(), []);
}

#[test]
fn the_longest_conversation_ends() {
    let mut scene =
        Scene::with(Config::default(), Limits { max_duration: Duration::from_secs(5), ..Limits::default() });
    scene.hear(true, 6_000);
    assert_eq!(scene.names(), [Action::Capture, Action::TimeIsUp]);
}

#[test]
fn keys_interrupt_and_are_complete_after_a_pause_or_a_hash() {
    let mut scene = Scene::new();
    scene.talking().put(Input::Digit { at_ms: 0, digit: '4' }).hear(false, 1_000);
    assert_eq!(scene.names(), [Action::Interrupt]);
    scene.put(Input::Digit { at_ms: scene.now, digit: '2' }).hear(false, 2_100);
    assert_eq!(scene.names(), [Action::Keys]);
    scene.put(Input::AgentDone { at_ms: scene.now });
    scene.put(Input::Digit { at_ms: scene.now, digit: '#' });
    assert_eq!(scene.names(), [Action::Keys]);
}

fn inputs() -> impl Strategy<Value = Vec<(u64, u8, f32)>> {
    prop::collection::vec((0u64..3_000, 0u8..16, 0.0f32..1.0), 1..400)
}

proptest! {
    #[test]
    fn any_sequence_of_inputs_keeps_the_invariants(script in inputs()) {
        let mut machine = Machine::new(Config::default(), Limits::default());
        let mut kept = Invariants::default();
        let mut at_ms = 0;
        for (step, kind, probability) in script {
            at_ms += if kind < 9 { 32 } else { step };
            let input = match kind {
                0..=8 => Input::Voice { at_ms, probability },
                9 => Input::Words { at_ms, words: Words::Backchannel },
                10 => Input::Words { at_ms, words: [Words::Nothing, Words::Complete, Words::Unknown, Words::Incomplete][step as usize % 4] },
                11 => Input::Digit { at_ms, digit: if step % 3 == 0 { '#' } else { '1' } },
                12 => Input::AgentThinking { at_ms },
                13 => Input::AgentTalking { at_ms },
                14 => { kept.agent_done(); Input::AgentDone { at_ms } }
                _ => if step % 5 == 0 { Input::Interrupt { at_ms } } else { Input::Tick { at_ms } },
            };
            if let Some(action) = machine.on(input) {
                kept.check(action);
            }
            if kind == 12 && step % 2 == 0 {
                machine.protect();
            }
            // After the end the machine does not listen.
            prop_assert!(kept.is_over() || machine.is_held() == kept.is_held());
        }
    }
}

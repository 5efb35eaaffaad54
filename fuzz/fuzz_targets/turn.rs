//! Any sequence of inputs, at any times: the turn machine keeps its invariants.

#![no_main]

use libfuzzer_sys::{arbitrary::Unstructured, fuzz_target};
use voice::turn::{Action, Config, Input, Limits, Machine, Words};

#[path = "../../voice/src/turn/tests/invariants.rs"]
mod invariants;

fuzz_target!(|script: &[u8]| {
    // Bytes that run out end the script.
    let _ = play(&mut Unstructured::new(script));
});

fn play(script: &mut Unstructured) -> libfuzzer_sys::arbitrary::Result<()> {
    let config = Config { interruptible: script.arbitrary()?, ..Config::default() };
    let mut machine = Machine::new(config, Limits::default());
    let mut kept = invariants::Invariants::default();
    let mut at_ms: u64 = 0;
    while !script.is_empty() {
        at_ms = match script.int_in_range(0..=31)? {
            0 => script.arbitrary()?,
            1 => at_ms.saturating_sub(script.arbitrary::<u16>()?.into()),
            2 => at_ms.saturating_add(script.arbitrary::<u16>()?.into()),
            _ => at_ms.saturating_add(32),
        };
        let input = match script.int_in_range(0..=15)? {
            0..=8 => Input::Voice { at_ms, probability: f32::from(script.arbitrary::<u8>()?) / 255.0 },
            9 => Input::Voice { at_ms, probability: script.arbitrary()? },
            10 => {
                let all = [Words::Nothing, Words::Backchannel, Words::Complete, Words::Unknown, Words::Incomplete];
                Input::Words { at_ms, words: *script.choose(&all)? }
            }
            11 => Input::Digit { at_ms, digit: script.arbitrary()? },
            12 => Input::AgentThinking { at_ms },
            13 => Input::AgentTalking { at_ms },
            14 => {
                kept.agent_done();
                Input::AgentDone { at_ms }
            }
            _ if script.arbitrary()? => match script.arbitrary()? {
                true => Input::Interrupt { at_ms },
                false => Input::Typed { at_ms },
            },
            _ => Input::Tick { at_ms },
        };
        if let Some(action) = machine.on(input) {
            kept.check(action);
        }
        // After the end the machine does not listen, so that what is held stays so.
        if !kept.is_over() {
            assert_eq!(machine.is_held(), kept.is_held());
        }
    }
    Ok(())
}

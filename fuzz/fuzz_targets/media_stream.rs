//! Any text frames, one a line, as one stream: no panic, and what is believed keeps its bounds.

#![no_main]

use libfuzzer_sys::fuzz_target;
use voice::media_stream::{Decoder, Inbound, MAX_PAYLOAD_BYTES, StreamClock, clear, mark, media};

fuzz_target!(|stream: &str| {
    let (mut decoder, mut clock) = (Decoder::default(), StreamClock::default());
    let (mut believed_ms, mut elapsed_ms) = (0, 0);
    let mut out = String::new();
    for message in stream.lines() {
        elapsed_ms += 20;
        let Ok(inbound) = decoder.decode(message) else { continue };
        out.clear();
        match inbound {
            Inbound::Media { timestamp_ms, payload } => {
                assert!((1..=MAX_PAYLOAD_BYTES).contains(&payload.len()));
                let now_ms = clock.trust(timestamp_ms, elapsed_ms);
                assert!(now_ms >= believed_ms && now_ms <= elapsed_ms + 2_000, "{now_ms} after {believed_ms}");
                believed_ms = now_ms;
                media(&mut out, "MZ", &payload);
                // What we write is what we read, but for the time, which only Twilio sends.
                let Ok(Inbound::Media { payload: again, .. }) = decoder.decode(&out) else { panic!("{out}") };
                assert_eq!(again, payload);
            }
            Inbound::Mark(name) => {
                mark(&mut out, "MZ", &name);
                assert!(matches!(decoder.decode(&out), Ok(Inbound::Mark(again)) if again == name), "{out}");
            }
            Inbound::Start(start) => {
                clear(&mut out, &start.stream_sid);
                assert!(matches!(decoder.decode(&out), Ok(Inbound::Unknown(event)) if event == "clear"), "{out}");
            }
            Inbound::Unknown(event) => assert!(event.chars().count() <= 32),
            Inbound::Dtmf(digit) => assert!(digit.is_ascii()),
            Inbound::Connected | Inbound::Stop => {}
        }
    }
});

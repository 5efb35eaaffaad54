//! The codec holds for any input. `PROPTEST_CASES` sets how many are tried (`make check` tries many more).
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use voice::media_stream::{self, Decoder, Inbound, MAX_PAYLOAD_BYTES, StreamClock};

/// JSON with the protocol's own names in it, so that the deep paths are reached.
fn near_miss() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        Just("{}".to_owned()),
        Just("[]".to_owned()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON knows no infinity", |number| number.is_finite())
            .prop_map(|number| number.to_string()),
        "[A-Za-z0-9+/=]{0,40}".prop_map(|text| format!("\"{text}\"")),
        "\\PC{0,20}".prop_map(|text| serde_json::to_string(&text).unwrap()),
    ];
    let name = prop::sample::select(vec![
        "media",
        "payload",
        "timestamp",
        "mark",
        "name",
        "dtmf",
        "digit",
        "start",
        "streamSid",
        "callSid",
        "accountSid",
        "customParameters",
        "mediaFormat",
        "sampleRate",
        "encoding",
        "stop",
    ]);
    let object = leaf.prop_recursive(3, 24, 6, move |inner| {
        prop::collection::vec((name.clone(), inner), 0..6).prop_map(|fields| {
            let fields: Vec<_> = fields.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
            format!("{{{}}}", fields.join(","))
        })
    });
    let event = prop::sample::select(vec!["connected", "start", "media", "mark", "dtmf", "stop", "else"]);
    (event, object).prop_map(|(event, object)| match object.strip_prefix('{') {
        Some("}") | None => format!("{{\"event\":\"{event}\"}}"),
        Some(rest) => format!("{{\"event\":\"{event}\",{rest}"),
    })
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,300}") {
        let _ = Decoder::default().decode(&text);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Decoder::default().decode(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_sequence_of_near_misses_makes_it_panic_or_yields_a_payload_out_of_bounds(
        messages in prop::collection::vec(near_miss(), 1..8)
    ) {
        let mut decoder = Decoder::default();
        for message in messages {
            if let Ok(Inbound::Media { payload, .. }) = decoder.decode(&message) {
                prop_assert!((1..=MAX_PAYLOAD_BYTES).contains(&payload.len()));
            }
        }
    }

    #[test]
    fn audio_comes_back_as_it_went(
        payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..=MAX_PAYLOAD_BYTES), 1..4),
        stream_sid in "\\PC{0,40}",
    ) {
        let mut decoder = Decoder::default();
        let mut kept = Vec::new();
        for payload in &payloads {
            let mut message = String::new();
            media_stream::media(&mut message, &stream_sid, payload);
            let Ok(Inbound::Media { payload, .. }) = decoder.decode(&message) else {
                return Err(TestCaseError::fail("audio was refused"));
            };
            kept.push(payload);
        }
        // Compared only now: a buffer used again too early would have changed the first ones.
        prop_assert_eq!(kept.iter().map(|bytes| bytes.to_vec()).collect::<Vec<_>>(), payloads);
    }

    #[test]
    fn a_mark_comes_back_as_it_went(name in any::<String>(), stream_sid in any::<String>()) {
        let mut message = String::new();
        media_stream::mark(&mut message, &stream_sid, &name);
        prop_assert!(matches!(Decoder::default().decode(&message), Ok(Inbound::Mark(back)) if back == name));
        message.clear();
        media_stream::clear(&mut message, &stream_sid);
        let clear: serde_json::Value = serde_json::from_str(&message).unwrap();
        prop_assert_eq!(clear["streamSid"].as_str(), Some(stream_sid.as_str()));
    }

    #[test]
    fn the_clock_never_runs_backwards_nor_far_ahead(
        claims in prop::collection::vec((any::<u64>(), 0..100_u64), 1..100)
    ) {
        let mut clock = StreamClock::default();
        let (mut last, mut elapsed) = (0, 0);
        for (claimed, step) in claims {
            elapsed += step;
            let trusted = clock.trust(claimed, elapsed);
            prop_assert!(trusted >= last && trusted <= elapsed + 2_000);
            last = trusted;
        }
    }
}

//! Card numbers, e-mail addresses and telephone numbers taken out of what was said.
//!
//! | taken out | when |
//! |---|---|
//! | card numbers | 13 to 19 digits, the first 2 to 6, that pass Luhn's check, in one piece or grouped |
//! | telephone numbers | international ones that the numbering plans know; North American ones; of Europe and Australia what begins with 0 and is grouped as numbers are |
//! | e-mail addresses | as they are written, and as they are spoken: "ada dot king at example dot com" |
//!
//! Digits may be spoken in English ("four one five, double five"). What is called an order, an invoice, an account and
//! the like is no telephone number, and a number that could be anything stays: this serves tidiness, it is no proof
//! that nothing is left. Time is linear in the text's length.

mod email;
mod numbers;

use std::borrow::Cow;

use serde_json::Value;

/// What stands for a card number.
pub const CARD: &str = "[card number]";
/// What stands for an e-mail address.
pub const EMAIL: &str = "[e-mail address]";
/// What stands for a telephone number.
pub const PHONE: &str = "[phone number]";

/// The text without them; as it came where there are none. A second time changes nothing.
pub fn redact(text: &str) -> Cow<'_, str> {
    match email::redact(text) {
        Cow::Borrowed(text) => numbers::redact(text),
        Cow::Owned(text) => Cow::Owned(numbers::redact(&text).into_owned()),
    }
}

/// [`redact`] of every text in it, and of numbers that are one. Names of fields stay.
pub fn redact_json(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Cow::Owned(redacted) = redact(text) {
                *text = redacted;
            }
        }
        Value::Number(number) => {
            if let Cow::Owned(redacted) = redact(&number.to_string()) {
                *value = Value::String(redacted);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(redact_json),
        Value::Object(fields) => fields.values_mut().for_each(redact_json),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_identifies_somebody_is_taken_out() {
        for (said, kept) in [
            // Cards: published test numbers.
            ("It's 4111 1111 1111 1111.", "It's [card number]."),
            ("4111111111111111, expires 12/28", "[card number], expires 12/28"),
            ("5555-5555-5555-4444 and 123", "[card number] and 123"),
            ("Amex 3782 822463 10005 thanks", "Amex [card number] thanks"),
            ("4222222222222", "[card number]"),
            ("2223 0031 2200 3222", "[card number]"),
            ("Four one one one, one one one one, one one one one, one one one one.", "[card number]."),
            ("it is four double one one triple one one one one one one one one one one ok", "it is [card number] ok"),
            ("order 4111 1111 1111 1111", "order [card number]"),
            ("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "[card number]"),
            // Telephone numbers.
            ("Call me at +1 (415) 555-0199 please", "Call me at [phone number] please"),
            ("(415) 555-0199", "[phone number]"),
            ("It's 415-555-0199.", "It's [phone number]."),
            ("415.555.0199 or 1 415 555 0198", "[phone number] or [phone number]"),
            ("4155550199", "[phone number]"),
            ("+49 30 901820", "[phone number]"),
            ("Ring 0049 30 901820", "Ring [phone number]"),
            ("Meine Nummer ist 030 901820.", "Meine Nummer ist [phone number]."),
            ("020 7946 0958", "[phone number]"),
            ("06 12 34 56 78", "[phone number]"),
            ("Oh, four one five, five five five, oh one nine nine", "Oh, [phone number]"),
            ("plus four nine three zero nine zero one eight two zero", "[phone number]"),
            ("my order is late, my phone is 415-555-0199", "my order is late, my phone is [phone number]"),
            // E-mail addresses.
            ("Write to ada.king+x@mail.example.com!", "Write to [e-mail address]!"),
            ("ada at example dot com", "[e-mail address]"),
            ("It's Ada dot King at mail dot example dot co dot uk, thanks", "It's [e-mail address], thanks"),
            ("a d a at example dot org", "[e-mail address]"),
            ("ada underscore king at example dot com", "[e-mail address]"),
            ("ada1990@example.com or 415-555-0199", "[e-mail address] or [phone number]"),
        ] {
            assert_eq!(redact(said), kept, "{said}");
        }
    }

    #[test]
    fn what_identifies_nobody_stays() {
        for said in [
            "",
            "Good morning, how can I help you?",
            "I'd like two tables for 4 at 7:30 pm on 2026-11-22.",
            "Your order number is 4155550199.",
            "Order 415-555-0199 has shipped.",
            "The invoice is 020 7946 0958",
            "order number four one five five five five oh one nine nine",
            "tracking number 1Z999AA10123456784",
            "That is order 4111 1111 1111 1112.",
            "1234567890123456",
            "9999999999999995",
            "Reference 20261122150405",
            "2026 11 22 15 04",
            "2026-11-22 15:04:05",
            "555-0199",
            "It costs 1,234,567.89 dollars",
            "192.168.100.100",
            "id 01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10",
            "#4155550199",
            "$4155550199",
            "123 456 7890",
            "one two three four five",
            "oh one moment please",
            "Look at example dot com",
            "find us at example dot com",
            "meet me at four",
            "He is at the dot com company",
            "@ada on the other site",
            "call 911",
            "dial 0 for the operator",
        ] {
            assert!(matches!(redact(said), Cow::Borrowed(kept) if kept == said), "{said}: {}", redact(said));
        }
    }

    #[test]
    fn texts_and_numbers_in_json_are_redacted_and_names_of_fields_stay() {
        let mut value = serde_json::json!({
            "415-555-0199": {"phone": "415-555-0199", "n": 4_155_550_199_u64},
            "list": ["ada@example.com", 7, null, true],
        });
        redact_json(&mut value);
        let kept = serde_json::json!({
            "415-555-0199": {"phone": PHONE, "n": PHONE},
            "list": [EMAIL, 7, null, true],
        });
        assert_eq!(value, kept);
    }

    proptest! {
        #[test]
        fn a_second_time_changes_nothing(text in r"([0-9]{1,6}|one|oh|five|double|plus|at|dot|com|ada|order|[ ,.()+@#-]|\PC){0,60}") {
            let once = redact(&text).into_owned();
            prop_assert_eq!(redact(&once), once.clone());
        }

        #[test]
        fn every_card_number_is_found_however_it_is_grouped(digits in "[3-6][0-9]{14}", group in 2..8_usize) {
            let check = (0..10).find(|check| numbers::passes_luhn(format!("{digits}{check}").bytes())).expect("one fits");
            let card = format!("{digits}{check}");
            let groups: Vec<_> = card.as_bytes().chunks(group).map(String::from_utf8_lossy).collect();
            for separator in ["", " ", "-"] {
                let said = format!("It is {}, thanks", groups.join(separator));
                prop_assert_eq!(redact(&said), "It is [card number], thanks");
            }
        }
    }
}

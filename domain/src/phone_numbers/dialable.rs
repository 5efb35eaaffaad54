//! Telephone numbers as people write them.

use phonenumber::Mode;

use crate::{Error, Result};

/// Longer than any number with its spaces, brackets and dashes.
const LONGEST: usize = 40;

/// A number that can be dialled from anywhere, by the numbering plan of its country.
#[derive(Clone, PartialEq, Eq)]
pub struct Dialable {
    e164: String,
    national: String,
    country: Option<String>,
}

impl Dialable {
    /// Reads an international number however it is written: `+1 (415) 555-0199`, `+14155550199`.
    ///
    /// [`Error::Invalid`] for what no telephone could dial: no country code, an area code or a length that the country
    /// does not have, an extension. Twilio's test numbers (`+15005550006`) can be: 500 is a code for personal numbers.
    pub fn parse(field: &'static str, text: &str) -> Result<Self> {
        let refused =
            || Error::invalid(field, "must be an international number that can be dialled: +1 (415) 555-0199");
        let text = text.trim();
        // Letters stand for digits in some countries, and for extensions and parameters in all.
        let is_plain = text.chars().all(|c| c.is_ascii_digit() || "+-(). /\u{a0}".contains(c));
        if !text.starts_with('+') || text.len() > LONGEST || !is_plain {
            return Err(refused());
        }
        let number = phonenumber::parse(None, text).map_err(|_| refused())?;
        if !number.is_valid() || number.extension().is_some() {
            return Err(refused());
        }
        Ok(Self {
            e164: number.format().mode(Mode::E164).to_string(),
            national: number.format().mode(Mode::National).to_string(),
            country: number.country().id().map(|id| id.as_ref().to_owned()),
        })
    }

    /// `+14155550199`
    pub fn e164(&self) -> &str {
        &self.e164
    }

    /// As it is written in its country: `(415) 555-0199`.
    pub fn national(&self) -> &str {
        &self.national
    }

    /// ISO 3166-1, two letters; `None`: of no country (satellites, international freephone).
    pub fn country(&self) -> Option<&str> {
        self.country.as_deref()
    }
}

/// Whether it has the shape of E.164: `+`, then 2 to 15 digits, the first not 0. For what the telephone network says;
/// what people type goes through [`Dialable::parse`], which knows the numbering plans, as far as they are published.
pub(crate) fn is_e164(text: &str) -> bool {
    let digits = text.strip_prefix('+').unwrap_or_default();
    (2..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn e164(text: &str) -> Option<String> {
        Dialable::parse("number", text).ok().map(|number| number.e164)
    }

    #[test]
    fn every_writing_of_a_number_is_the_same_number() {
        for text in
            ["+14155550199", "+1 (415) 555-0199", " +1 415.555.0199 ", "+1-415-555-0199", "+1\u{a0}415 555 0199"]
        {
            assert_eq!(e164(text).as_deref(), Some("+14155550199"), "{text}");
        }
        assert_eq!(e164("+44 20 7946 0018").as_deref(), Some("+442079460018"));
        assert_eq!(e164("+39 06 698 12345").as_deref(), Some("+390669812345"), "Italian zeros stay");
        assert_eq!(e164("+49 (0) 30 901820").as_deref(), Some("+4930901820"), "a national zero does not");
    }

    #[test]
    fn numbers_of_tests_pass() {
        for number in ["+15005550006", "+15005550010", "+14155550100"] {
            assert_eq!(e164(number).as_deref(), Some(number));
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        let wrong = [
            "",
            "+",
            "555",
            "4155550199",
            "(415) 555-0199",
            "+1415555019",
            "+141555501999",
            "+10155550199",
            "+1 415 555 0199 x5",
            "+1-800-FLOWERS",
            "tel:+14155550199",
            "+999123456789",
            "+1415555\u{0}0199",
            "+1 415 555 0199;ext=5",
        ];
        for text in wrong {
            assert_eq!(e164(text), None, "{text}");
        }
        assert_eq!(e164(&format!("+1{}4155550199", " ".repeat(40))), None);
    }

    #[test]
    fn a_number_is_shown_as_its_country_writes_it() {
        let shown = |text| Dialable::parse("number", text).ok().map(|number| (number.national, number.country));
        assert_eq!(shown("+14155550199"), Some(("(415) 555-0199".to_owned(), Some("US".to_owned()))));
        assert_eq!(shown("+442079460018"), Some(("020 7946 0018".to_owned(), Some("GB".to_owned()))));
        assert_eq!(shown("+80012345678").and_then(|(_, country)| country), None);
    }

    #[test]
    fn the_shape_of_e164_is_plus_and_digits() {
        assert!(["+14155550199", "+15550100", "+12"].into_iter().all(is_e164));
        assert!(
            !["", "+1", "14155550199", "+04155550199", "+1 4155550199", "+1234567890123456"].into_iter().any(is_e164)
        );
    }
}

use std::fmt;

use email_address::{EmailAddress, Options};

use crate::{Error, Result};

/// An e-mail address that could be one, in small letters: equal ones are the same person's.
#[derive(Clone, PartialEq, Eq)]
pub struct Email(String);

impl Email {
    /// Trims, takes small letters and checks the shape (RFC 5321: at most 254 characters; no display name, no bare
    /// network address, a domain with a dot).
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim().to_lowercase();
        let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
        if text.len() > 254 || EmailAddress::parse_with_options(&text, options).is_err() {
            return Err(Error::invalid("email", "must be an e-mail address"));
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Not the address: this may come into a log.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn an_address_is_trimmed_and_in_small_letters() {
        assert_eq!(Email::parse("  Ada.Lovelace@Example.COM\n").unwrap().as_str(), "ada.lovelace@example.com");
    }

    #[test]
    fn what_cannot_be_an_address_is_refused() {
        let long = format!("{}@example.com", "a".repeat(250));
        for text in ["", "ada", "ada@", "@example.com", "a b@example.com", "ada@localhost", "a\0@example.com", &long]
            .into_iter()
            .chain(["Ada <ada@example.com>", "ada@[127.0.0.1]", "ada@example.com\r\nBcc: bob@example.com"])
        {
            assert!(Email::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_address_is_not_printed() {
        assert!(!format!("{:?}", Email::parse("ada@example.com").unwrap()).contains("ada"));
    }
}

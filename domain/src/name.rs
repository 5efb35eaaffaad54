//! Names that people give to things.

use crate::{Error, Result};

/// The name without blanks around it: 1–200 characters, none of them a control character.
pub(crate) fn parse(field: &'static str, text: &str) -> Result<String> {
    parse_up_to(field, text, 200)
}

/// The same for a longer text on one line.
pub(crate) fn parse_up_to(field: &'static str, text: &str, longest: usize) -> Result<String> {
    let text = text.trim();
    // PostgreSQL keeps no NUL in a text; the others would break a line of a mail or a log.
    if text.is_empty() || text.chars().count() > longest || text.contains(char::is_control) {
        let message = format!("must be 1 to {longest} characters long, none of them a control character");
        return Err(Error::invalid(field, message));
    }
    Ok(text.to_owned())
}

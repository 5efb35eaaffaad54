//! E-mail addresses, written and spoken.

use std::{borrow::Cow, sync::LazyLock};

use regex::{Captures, Regex};

use super::EMAIL;

const FITS: &str = "a constant that compiles";

static WRITTEN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\w.%+-]*[\w%+-]@(?:[\w-]+\.)+[a-zA-Z]{2,24}").expect(FITS));

/// "ada dot king at example dot com"; single letters before it are a name that is spelled.
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        // The `s` of "it's" is no letter that was spelled.
        r"(?i)(?P<before>^|[^\w'’])(?:[a-z0-9][ ,.-]{1,2})*",
        r"(?P<name>[a-z0-9]+)(?:\s+(?:dot|underscore|dash|hyphen|plus)\s+[a-z0-9]+)*",
        r"\s+at\s+[a-z0-9-]+(?:\s+dot\s+[a-z0-9-]+)*?",
        r"\s+dot\s+(?:com|org|net|edu|gov|info|biz|io|ai|app|dev|co|uk|de|fr|es|it|nl|at|ch|eu|us|ca|au|ie|in)",
        r"(?:\s+dot\s+(?:uk|jp|nz|za|au|in|br))?\b",
    ))
    .expect(FITS)
});

/// Before "at" they lead to a place on the web, not to a person's mail.
const LEADING: [&str; 22] = [
    "us",
    "me",
    "them",
    "look",
    "looking",
    "is",
    "are",
    "find",
    "found",
    "online",
    "website",
    "site",
    "page",
    "it",
    "here",
    "available",
    "visit",
    "more",
    "shop",
    "order",
    "buy",
    "that",
];

pub(super) fn redact(text: &str) -> Cow<'_, str> {
    let written = match text.contains('@') {
        true => WRITTEN.replace_all(text, EMAIL),
        false => Cow::Borrowed(text),
    };
    match written {
        Cow::Borrowed(text) => spoken(text),
        Cow::Owned(text) => Cow::Owned(spoken(&text).into_owned()),
    }
}

fn spoken(text: &str) -> Cow<'_, str> {
    if !SPOKEN.captures_iter(text).any(|found| is_a_persons(&found)) {
        return Cow::Borrowed(text);
    }
    SPOKEN.replace_all(text, |found: &Captures<'_>| match is_a_persons(found) {
        true => format!("{}{EMAIL}", &found["before"]),
        false => found[0].to_owned(),
    })
}

fn is_a_persons(found: &Captures<'_>) -> bool {
    let name = found["name"].to_ascii_lowercase();
    !LEADING.contains(&name.as_str())
}

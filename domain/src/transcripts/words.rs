//! Words as they are searched for, the same on both databases: letters without accents and cases, separated by a space.
//!
//! Databases cut texts up each in its own way, and PostgreSQL's `unaccent` may not be there; so the words are made here,
//! and what the databases are given has nothing left to differ in. A character of a script that puts no spaces between
//! words is a word of its own: a phrase of several finds a word.

use entity::{id::TenantId, transcript::Line};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Characters of the longest word; what is longer is cut, in a text as in a query. PostgreSQL takes 2,046 bytes.
const LONGEST: usize = 64;

/// Bytes of a transcript that are searched. PostgreSQL's `tsvector` has at most 1 MB, positions included; four hours of
/// talk are about 300 kB.
const MOST_BYTES: usize = 400_000;

/// Between two lines, so that no phrase reaches from one into the other. No text has this word: it would be `ss`.
const LINE_END: &str = " ß";

/// A word, and where in the text it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub folded: String,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
}

/// The words of a text, in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        // A mark without a letter of its own belongs to the letter before it.
        if is_combining_mark(c) && open {
            if let Some(word) = words.last_mut() {
                word.end = end;
            }
            continue;
        }
        if !c.is_alphanumeric() {
            // "don't" and "don’t" are one word each, and the same.
            open = open && matches!(c, '\'' | '’') && next_is_letter(&text[end..]);
            continue;
        }
        let alone = stands_alone(c);
        if !open || alone {
            words.push(Word { folded: String::new(), start, end });
        }
        if let Some(word) = words.last_mut() {
            word.end = end;
            if word.folded.chars().count() < LONGEST {
                fold(c, &mut word.folded);
            }
        }
        open = !alone;
    }
    words.retain(|word| !word.folded.is_empty());
    words
}

fn next_is_letter(rest: &str) -> bool {
    rest.chars().next().is_some_and(char::is_alphabetic)
}

/// Without accents and cases, `ﬁ` as `fi`, `ß` as `ss`.
fn fold(c: char, into: &mut String) {
    for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part)) {
        for lower in part.to_lowercase().nfkd().filter(|part| part.is_alphanumeric()) {
            match lower {
                'ß' => into.push_str("ss"),
                'æ' => into.push_str("ae"),
                'œ' => into.push_str("oe"),
                'ø' => into.push('o'),
                'ł' => into.push('l'),
                'đ' => into.push('d'),
                'ı' => into.push('i'),
                'ς' => into.push('σ'),
                other => into.push(other),
            }
        }
    }
}

/// Han, Hiragana, Katakana, Thai, Lao, Khmer and Burmese are written without spaces.
const fn stands_alone(c: char) -> bool {
    matches!(c as u32,
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9F | 0x2_0000..=0x3_134F)
}

/// The word that every text of the tenant has and no other: what a search begins with.
pub(super) fn of_tenant(tenant: TenantId) -> String {
    tenant.uuid().simple().to_string()
}

/// What is searched of a transcript.
pub(super) fn of_lines(tenant: TenantId, lines: &[Line]) -> String {
    let mut text = of_tenant(tenant);
    for line in lines {
        for word in words(&line.text) {
            if text.len() + word.folded.len() > MOST_BYTES {
                return text;
            }
            text.push(' ');
            text.push_str(&word.folded);
        }
        text.push_str(LINE_END);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_are_letters_and_digits_without_accents_and_cases() {
        for (text, expected) in [
            ("Where is my order? It's 4815!", &["where", "is", "my", "order", "its", "4815"][..]),
            ("Müller Mu\u{308}ller MÜLLER", &["muller", "muller", "muller"]),
            ("Straße œuvre Łódź Ærø ﬁn", &["strasse", "oeuvre", "lodz", "aero", "fin"]),
            ("Ёлка, ещё й!", &["елка", "еще", "и"]),
            ("İstanbul ISTANBUL ılık", &["istanbul", "istanbul", "ilik"]),
            ("ΣΊΣΥΦΟΣ", &["σισυφοσ"]),
            ("订单4815号", &["订", "单", "4815", "号"]),
            ("カタカナ", &["カ", "タ", "カ", "ナ"]),
            ("rock'n'roll 'quoted' don’t", &["rocknroll", "quoted", "dont"]),
            ("a\0b\"c*d (NEAR) -e", &["a", "b", "c", "d", "near", "e"]),
            ("…—!\u{301}", &[]),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "«Mu\u{308}ller» wartet, don't";
        let places: Vec<_> = words(text).iter().map(|word| &text[word.start..word.end]).collect();
        assert_eq!(places, ["Mu\u{308}ller", "wartet", "don't"]);
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert_eq!(folded(&"x".repeat(5_000)), ["x".repeat(LONGEST)]);
    }
}

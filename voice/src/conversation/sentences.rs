//! Model text cut into what is spoken at once: the first cut early, at a clause; then sentence by sentence.

/// The first piece may end at a comma once it is this long: shorter ones sound chopped, and the speech engine
/// needs some words to find its melody.
const FIRST_CLAUSE_CHARS: usize = 16;
/// The first piece is cut at a space when no punctuation came up to here: about four seconds of speech.
const FIRST_CHARS: usize = 60;
/// Any piece is cut at a clause or a space when it gets longer than this, about 15 seconds of speech.
const LONGEST_CHARS: usize = 220;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "jr", "sr", "prof", "no", "vs", "etc", "e.g", "i.e", "a.m", "p.m", "inc", "ltd",
    "ave", "blvd", "dept", "approx", "ext",
];

/// Cuts a stream of text. Feed it deltas, take pieces, [`finish`](Self::finish) at the end.
#[derive(Debug, Default)]
pub struct Sentences {
    text: String,
    begun: bool,
}

impl Sentences {
    /// Takes more text; gives the next piece if one is complete. Call again with `""` until there is none.
    pub fn push(&mut self, delta: &str) -> Option<String> {
        // Marks of Markdown are not to be read aloud.
        self.text.extend(delta.chars().filter(|c| !matches!(c, '*' | '`' | '#')));
        while let Some(end) = self.cut() {
            let rest = self.text.split_off(end);
            let piece = std::mem::replace(&mut self.text, rest);
            let piece = piece.trim();
            if piece.chars().any(char::is_alphanumeric) {
                self.begun = true;
                return Some(piece.to_owned());
            }
        }
        None
    }

    /// What is left; `None` if that is nothing to speak.
    pub fn finish(&mut self) -> Option<String> {
        let rest = std::mem::take(&mut self.text);
        let rest = rest.trim();
        rest.chars().any(char::is_alphanumeric).then(|| rest.to_owned())
    }

    /// Where the text so far can be cut: a byte index after the piece.
    fn cut(&self) -> Option<usize> {
        let (mut last_clause, mut last_space, mut count) = (None, None, 0);
        let mut chars = self.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            count += 1;
            let after = at + c.len_utf8();
            // Whether a mark ends anything shows only in what follows it: "3.5" and "10:30" go on.
            let before_space = chars.peek().is_some_and(|(_, next)| next.is_whitespace());
            match c {
                '\n' => return Some(after),
                '。' | '！' | '？' => return Some(after),
                '.' | '!' | '?' | '…' if before_space && !is_abbreviation(&self.text[..at], c) => return Some(after),
                ',' | ';' | ':' | '—' | '–' if before_space => {
                    if !self.begun && count >= FIRST_CLAUSE_CHARS {
                        return Some(after);
                    }
                    last_clause = Some(after);
                }
                c if c.is_whitespace() => last_space = Some(after),
                _ => {}
            }
            if !self.begun && count >= FIRST_CHARS && last_space.is_some() {
                return last_space;
            }
            if count >= LONGEST_CHARS {
                return last_clause.or(last_space).or(Some(after));
            }
        }
        None
    }
}

fn is_abbreviation(before: &str, mark: char) -> bool {
    if mark != '.' {
        return false;
    }
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    // "J. Smith": a single capital is an initial; "I." is not.
    let initial = word.len() == 1 && word != "I" && word.chars().all(char::is_uppercase);
    initial || ABBREVIATIONS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, size: usize) -> Vec<String> {
        let mut sentences = Sentences::default();
        let mut pieces = Vec::new();
        let chars: Vec<char> = text.chars().collect();
        for chunk in chars.chunks(size) {
            let mut delta = chunk.iter().collect::<String>();
            while let Some(piece) = sentences.push(&delta) {
                pieces.push(piece);
                delta.clear();
            }
        }
        pieces.extend(sentences.finish());
        pieces
    }

    #[test]
    fn text_is_cut_where_a_speaker_would_pause() {
        for (text, expected) in [
            ("Hello there. How are you?", vec!["Hello there.", "How are you?"]),
            (
                "Sure, I can do that for you, no problem. Bye.",
                vec!["Sure, I can do that for you,", "no problem.", "Bye."],
            ),
            (
                "Dr. Smith is in at 10:30 a.m. today. It costs $3.50.",
                vec!["Dr. Smith is in at 10:30 a.m. today.", "It costs $3.50."],
            ),
            (
                "One, two, and three are here, all of them. Four, five, and six are here, too.",
                vec!["One, two, and three are here,", "all of them.", "Four, five, and six are here, too."],
            ),
            ("**Yes!** It's `fine`.", vec!["Yes!", "It's fine."]),
            ("... !", vec![]),
            ("J. Smith and I. Then we go.", vec!["J. Smith and I.", "Then we go."]),
        ] {
            for size in [1, 3, 500] {
                assert_eq!(cut(text, size), expected, "{text:?} in pieces of {size}");
            }
        }
    }

    #[test]
    fn a_long_sentence_is_not_waited_for() {
        let text = "this goes on and on without any mark at all ".repeat(20);
        let pieces = cut(&text, 5);
        assert!(pieces[0].chars().count() <= FIRST_CHARS);
        assert!(pieces.iter().all(|piece| piece.chars().count() <= LONGEST_CHARS));
        assert_eq!(pieces.join(" "), text.trim());
    }

    #[test]
    fn a_word_without_end_is_cut_all_the_same() {
        assert!(cut(&"x".repeat(1_000), 10).iter().all(|piece| piece.len() <= LONGEST_CHARS));
    }
}

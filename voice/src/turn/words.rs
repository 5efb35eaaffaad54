//! What the words of a turn say about whether it is over.
//!
//! English only, by word lists: a cheap hint that moves a threshold, never the decision itself. Words of
//! another language mostly read as [`Words::Unknown`] or, with a sentence's punctuation, [`Words::Complete`].

/// What the words so far are like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// No words: noise, a cough, or an echo of the agent.
    Nothing,
    /// "mm-hm", "yeah", "right": a listener's noises. Over the agent's voice they are no interruption.
    Backchannel,
    /// Reads as finished.
    Complete,
    /// Reads as neither.
    Unknown,
    /// Asks to go on: ends in "and", "um", a comma, or in digits short of a telephone number.
    Incomplete,
}

/// Listeners' noises; every word of the utterance must be one.
const BACKCHANNELS: &[&str] = &[
    "mm", "mhm", "mmhm", "hm", "hmm", "mmm", "uh", "huh", "uhhuh", "um", "ah", "aha", "oh", "yeah", "yep", "yup", "ya",
    "yes", "ok", "okay", "right", "sure", "i", "see", "got", "it", "cool", "wow", "good", "great", "alright",
];

/// Words after which people go on.
const OPEN_ENDS: &[&str] = &[
    "and", "or", "but", "so", "because", "cause", "if", "when", "that", "which", "who", "the", "a", "an", "my", "your",
    "his", "her", "our", "their", "to", "for", "of", "in", "on", "at", "with", "from", "by", "about", "is", "are",
    "was", "were", "am", "be", "um", "uh", "er", "erm", "hmm", "like", "well", "then", "than", "as", "not", "just",
    "would", "could", "should", "will", "can", "want", "need", "i", "we", "they", "it's", "i'm", "i'd", "also",
];

const NUMBERS: &[&str] =
    &["zero", "oh", "o", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "double", "triple"];

/// A telephone number without its country code: fewer digits than this at the end of a turn are likely the
/// beginning of more, if the turn speaks of a number at all.
const WHOLE_NUMBER_DIGITS: usize = 10;

/// Reads `text`, the transcript so far. `agent_said`: what was heard of the agent meanwhile, if anything; a
/// transcript made of its last words is its echo.
pub fn read(text: &str, agent_said: Option<&str>) -> Words {
    let words = split(text);
    if words.is_empty() {
        return Words::Nothing;
    }
    if agent_said.is_some_and(|said| is_echo(&words, &split(said))) {
        return Words::Nothing;
    }
    if words.len() <= 4 && words.iter().all(|word| BACKCHANNELS.contains(&word.as_str())) {
        return Words::Backchannel;
    }
    completeness(text.trim_end(), &words)
}

fn completeness(text: &str, words: &[String]) -> Words {
    if text.ends_with([',', '-', '–', '…']) || text.ends_with("...") {
        return Words::Incomplete;
    }
    let last = words.last().map_or("", String::as_str);
    // The recogniser ends nearly everything with a full stop: an open end is stronger than that.
    if OPEN_ENDS.contains(&last) && !text.ends_with('?') {
        return Words::Incomplete;
    }
    let digits = trailing_digits(words);
    if digits > 0 && digits < WHOLE_NUMBER_DIGITS && speaks_of_a_number(words) {
        return Words::Incomplete;
    }
    if text.ends_with(['.', '!', '?']) { Words::Complete } else { Words::Unknown }
}

/// Lower-case words without punctuation; "mm-hm" becomes "mmhm".
fn split(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.chars().filter(|c| c.is_alphanumeric() || *c == '\'').flat_map(char::to_lowercase).collect())
        .filter(|word: &String| !word.is_empty())
        .collect()
}

/// Digits said or written at the end, spelled ones counted as one each.
fn trailing_digits(words: &[String]) -> usize {
    words
        .iter()
        .rev()
        .map_while(|word| match word.chars().all(|c| c.is_ascii_digit()) {
            true => Some(word.len()),
            false => NUMBERS.contains(&word.as_str()).then_some(1),
        })
        .sum()
}

fn speaks_of_a_number(words: &[String]) -> bool {
    words
        .iter()
        .any(|word| matches!(word.as_str(), "number" | "phone" | "telephone" | "cell" | "mobile" | "code" | "account"))
}

/// Three words or more that stand together, nearly all of them, in what the agent has just said. Fewer are too
/// easily a coincidence ("Tuesday" answers "Tuesday or Wednesday?").
fn is_echo(words: &[String], said: &[String]) -> bool {
    if words.len() < 3 {
        return false;
    }
    let recent = &said[said.len().saturating_sub(ECHO_WORDS)..];
    let same = |window: &[String]| window.iter().zip(words).filter(|(said, heard)| said == heard).count();
    recent.windows(words.len()).any(|window| same(window) * 10 >= words.len() * 8)
}

/// How far back an echo reaches: some five seconds of speech, more than any line delays.
const ECHO_WORDS: usize = 15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_say_whether_the_caller_goes_on() {
        for (text, agent, expected) in [
            ("", None, Words::Nothing),
            (" ... ", None, Words::Nothing),
            ("Mm-hm.", None, Words::Backchannel),
            ("Yeah, okay.", None, Words::Backchannel),
            ("Uh huh", None, Words::Backchannel),
            ("Yes please.", None, Words::Complete),
            ("I would like to book an appointment.", None, Words::Complete),
            ("I would like to book an appointment for um", None, Words::Incomplete),
            ("I would like to book an appointment for.", None, Words::Incomplete),
            ("What is it for?", None, Words::Complete),
            ("My number is four one five.", None, Words::Incomplete),
            ("My number is 415-555-0198.", None, Words::Complete),
            ("My number is four one five five five five oh one nine eight.", None, Words::Complete),
            ("at seven five", None, Words::Unknown),
            ("next tuesday", None, Words::Unknown),
            ("Well, I", None, Words::Incomplete),
            ("we open at nine", Some("On Saturdays we open at nine in the morning."), Words::Nothing),
            ("Tuesday at two", Some("On Tuesday we open at nine and at two we close"), Words::Unknown),
            ("Tuesday.", Some("Tuesday or Wednesday?"), Words::Complete),
            ("no we open at ten", Some("On Saturdays we open at nine"), Words::Unknown),
        ] {
            assert_eq!(read(text, agent), expected, "{text:?} while {agent:?}");
        }
    }
}

//! How written text is read aloud, before the lexicon sees it: what a phone agent says often and a lexicon lacks.

/// A sentence is cut at its next pause when it is longer than this, in characters: the caller waits for the first
/// piece, and a piece takes longer the longer it is.
const LONG: usize = 160;
/// And at any space, or anywhere, when it is longer than this: about 20 s of speech.
const TOO_LONG: usize = 280;

/// Cuts text into the pieces that are spoken one by one: sentences, and parts of long ones. None is empty.
pub fn sentences(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for line in text.lines() {
        let mut piece = String::new();
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            piece.push(c);
            let ends_word = chars.peek().is_none_or(|next| next.is_whitespace());
            let length = piece.chars().count();
            let is_end = match c {
                '.' => ends_word && !is_abbreviation(&piece),
                '!' | '?' | '…' => ends_word,
                '。' | '！' | '？' => true,
                ',' | ';' | ':' | '—' | '–' => ends_word && length > LONG,
                _ => (c.is_whitespace() && length > LONG + 60) || length > TOO_LONG,
            };
            if is_end {
                pieces.push(std::mem::take(&mut piece));
            }
        }
        pieces.push(piece);
    }
    pieces.retain(|piece| piece.chars().any(char::is_alphanumeric));
    pieces.iter().map(|piece| piece.trim().to_owned()).collect()
}

/// Whether the full stop belongs to the word: a title, or an initial.
fn is_abbreviation(piece: &str) -> bool {
    let word = piece.rsplit(char::is_whitespace).next().unwrap_or_default().trim_end_matches('.');
    matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "St" | "No" | "vs" | "e.g" | "i.e")
        || (word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I")
}

/// Text as it is read aloud: clock times, dates, telephone numbers, percentages, ranges and addresses of the
/// internet become words or plain numbers. Money, ordinals and numbers are left to the lexicon's own rules.
pub fn spoken(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out = Vec::with_capacity(words.len());
    let mut at = 0;
    while at < words.len() {
        if let Some((taken, reading)) = telephone_number(&words[at..]) {
            out.push(reading);
            at += taken;
            continue;
        }
        out.push(word(words[at], words.get(at + 1).copied()));
        at += 1;
    }
    out.join(" ")
}

/// The reading of one word. `next` decides whether a time still needs its "a.m.".
fn word(word: &str, next: Option<&str>) -> String {
    // Marks of Markdown are seen, not heard.
    let word = word.trim_matches(['*', '_', '`', '~']);
    let core = word
        .trim_start_matches(['(', '"', '“', '['])
        .trim_end_matches([',', '.', ';', ':', '!', '?', ')', '"', '”', ']']);
    let Some(start) = word.find(core).filter(|_| !core.is_empty()) else { return word.to_owned() };
    let (before, after) = (&word[..start], &word[start + core.len()..]);
    let reading = date(core)
        .or_else(|| clock_time(core, next))
        .or_else(|| core.strip_suffix('%').filter(|number| is_number(number)).map(|number| format!("{number} percent")))
        .or_else(|| core.strip_prefix('#').filter(|number| is_number(number)).map(|number| format!("number {number}")))
        .or_else(|| range(core))
        .or_else(|| internet_address(core));
    format!("{before}{}{after}", reading.as_deref().unwrap_or(core))
}

/// `2026-03-04` → March 4, 2026.
fn date(core: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = core.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || [year, month, day].map(str::len) != [4, 2, 2] || !is_digits(year) {
        return None;
    }
    let (month, day) = (month.parse::<usize>().ok()?, day.parse::<u8>().ok().filter(|day| (1..=31).contains(day))?);
    Some(format!("{} {day}, {year}", MONTHS.get(month.checked_sub(1)?)?))
}

/// `9:00` → 9 o'clock, `3:05pm` → 3 oh 5 p.m., `17:30` → 5 30 p.m.
fn clock_time(core: &str, next: Option<&str>) -> Option<String> {
    let lower = core.to_lowercase();
    let (time, half) = match lower.trim_end_matches("m").strip_suffix(['a', 'p']) {
        Some(time) if lower.ends_with('m') => (time, Some(if lower.ends_with("am") { "AM" } else { "PM" })),
        _ => (lower.as_str(), None),
    };
    let (hour, minute) = time.split_once(':')?;
    if !is_digits(hour) || !is_digits(minute) || minute.len() != 2 {
        return None;
    }
    let (hour, minute) =
        (hour.parse::<u8>().ok().filter(|&hour| hour < 24)?, minute.parse::<u8>().ok().filter(|&minute| minute < 60)?);
    let says_half = next.is_some_and(|next| {
        let next = next.to_lowercase();
        ["am", "pm", "a.m", "p.m"].iter().any(|half| next.starts_with(half))
    });
    let half = match half {
        None if says_half => None,
        None if hour > 12 => Some("PM"),
        None if hour == 0 => Some("AM"),
        half => half,
    };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    let minutes = match minute {
        0 if half.is_none() && !says_half => " o'clock".to_owned(),
        0 => String::new(),
        1..=9 => format!(" oh {minute}"),
        _ => format!(" {minute}"),
    };
    Some(format!("{hour}{minutes}{}", half.map(|half| format!(" {half}")).unwrap_or_default()))
}

/// `10-12` → 10 to 12.
fn range(core: &str) -> Option<String> {
    let (from, to) = core.split_once(['-', '–'])?;
    (is_digits(from) && is_digits(to) && from.len() + to.len() < 7).then(|| format!("{from} to {to}"))
}

/// `anna@example.com` → anna at example dot com.
fn internet_address(core: &str) -> Option<String> {
    let bare = core.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    let (_, ending) = bare.split('/').next()?.rsplit_once('.')?;
    let is_address = core != bare
        || bare.contains('@')
        || ["com", "org", "net", "edu", "gov", "io", "co", "uk", "ai", "app", "dev"].contains(&ending);
    (is_address && bare.is_ascii())
        .then(|| bare.replace('@', " at ").replace('.', " dot ").replace('/', " slash ").replace(['-', '_'], " "))
}

/// A telephone number at the start of `words`: how many of them it takes, and its digits, group by group.
///
/// `415-555-0198`, `(415) 555-0198`, `+1 415 555 0198`, `415 555 0198`; any word of seven digits or more.
fn telephone_number(words: &[&str]) -> Option<(usize, String)> {
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).count();
    let is_part = |word: &str| digits(word) > 0 && word.chars().all(|c| c.is_ascii_digit() || "+-.()".contains(c));
    let body = |word: &str| word.trim_end_matches([',', '.', ';', ':', '!', '?']).len();
    let first = words.first()?;
    if !is_part(&first[..body(first)]) || date(&first[..body(first)]).is_some() {
        return None;
    }
    let plain = |i: usize| words.get(i).is_some_and(|word| is_digits(&word[..body(word)]));
    let lengths = |i: usize| words.get(i).map(|word| body(word));
    let may_continue = first.starts_with(['+', '('])
        || (plain(0) && plain(1) && plain(2) && [lengths(0), lengths(1), lengths(2)] == [Some(3), Some(3), Some(4)]);
    let (mut taken, mut count) = (0, 0);
    for word in words {
        let core = &word[..body(word)];
        if !is_part(core) || (taken > 0 && core.starts_with('+')) {
            break;
        }
        (taken, count) = (taken + 1, count + digits(core));
        // Punctuation ends the number, and so does its tenth digit (an eleventh is the country's code).
        if core.len() < word.len() || !may_continue || count >= if first.starts_with('+') { 11 } else { 10 } {
            break;
        }
    }
    if count < 7 {
        return None;
    }
    let number = words[..taken].join(" ");
    let end = number.len() - (words[taken - 1].len() - body(words[taken - 1]));
    let groups = number[..end].split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty());
    let read: Vec<String> =
        groups.map(|group| group.split("").filter(|digit| !digit.is_empty()).collect::<Vec<_>>().join(" ")).collect();
    Some((taken, read.join(", ") + &number[end..]))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || b".,".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_lexicon_lacks_is_read_as_people_read_it() {
        for (written, read) in [
            ("We open at 9:00.", "We open at 9 o'clock."),
            ("at 9:00 am, or 3:05pm", "at 9 am, or 3 oh 5 PM"),
            ("until 17:30!", "until 5 30 PM!"),
            ("at 0:15 or 12:00 p.m.", "at 12 15 AM or 12 p.m."),
            ("a ratio of 3:1 and 25:99", "a ratio of 3:1 and 25:99"),
            ("on 2026-03-04, then", "on March 4, 2026, then"),
            ("20% off (5%)", "20 percent off (5 percent)"),
            ("suite #12, 10-12 minutes", "suite number 12, 10 to 12 minutes"),
            ("call 415-555-0198.", "call 4 1 5, 5 5 5, 0 1 9 8."),
            ("call (415) 555-0198, or", "call 4 1 5, 5 5 5, 0 1 9 8, or"),
            ("+1 415 555 0198 is ours", "1, 4 1 5, 5 5 5, 0 1 9 8 is ours"),
            ("415 555 0198 is ours", "4 1 5, 5 5 5, 0 1 9 8 is ours"),
            ("in 2024 2025 2026", "in 2024 2025 2026"),
            ("$1,250.00 and 1,250,000 of them", "$1,250.00 and 1,250,000 of them"),
            (
                "mail anna@example.com or see www.example.org/help.",
                "mail anna at example dot com or see www dot example dot org slash help.",
            ),
            ("a **bold** word. e.g. this", "a bold word. e.g. this"),
            ("", ""),
        ] {
            assert_eq!(spoken(written), read, "{written}");
        }
    }

    #[test]
    fn text_is_cut_at_the_ends_of_sentences() {
        assert_eq!(
            sentences("Hello, Dr. Smith! It is 3.5 stars. Really? Yes\n- one\n- two\n\n...\n"),
            ["Hello, Dr. Smith!", "It is 3.5 stars.", "Really?", "Yes", "- one", "- two"]
        );
        assert_eq!(sentences(" … !? "), Vec::<String>::new());
    }

    #[test]
    fn no_piece_is_longer_than_twenty_seconds_of_speech_and_none_is_lost() {
        let clause = "and then we went there, ".repeat(40);
        let word = "a".repeat(2_000);
        for text in [clause.as_str(), word.as_str()] {
            let pieces = sentences(text);
            assert!(pieces.iter().all(|piece| piece.chars().count() <= TOO_LONG + 1));
            let kept = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(kept(&pieces.concat()), kept(text));
        }
    }
}

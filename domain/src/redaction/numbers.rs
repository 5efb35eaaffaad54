//! Numbers of cards and telephones, in figures and in English words.

use std::{borrow::Cow, ops::Range, sync::LazyLock};

use phonenumber::country;
use regex::Regex;

use super::{CARD, PHONE};

/// Figures, or a word for one; `plus` as it is said before a country's code.
static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:[0-9]+|zero|oh|o|one|two|three|four|five|six|seven|eight|nine|double|triple|plus)\b")
        .expect("a constant that compiles")
});

/// What decides, of a number that could be a telephone's, that it is one, or is none.
static CONTEXT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:(?P<phone>phone|telephone|mobile|cell|call|reach|text|ring|dial|telefon\w*|handy|rückruf\w*)|",
        r"order|orders|invoice|tracking|reference|ref|account|ticket|case|booking|reservation|confirmation|serial|",
        r"policy|contract|member|membership|id|code|sku|item|part|customer|isbn|",
        r"bestell\w*|auftrag\w*|rechnung\w*|kunden\w*|vertrag\w*|konto\w*)\b",
    ))
    .expect("a constant that compiles")
});

/// Plans in which a number is dialled with a 0 in front.
const WITH_ZERO: [country::Id; 12] = [
    country::GB,
    country::DE,
    country::FR,
    country::NL,
    country::BE,
    country::AT,
    country::CH,
    country::SE,
    country::IE,
    country::AU,
    country::IT,
    country::FI,
];

/// Characters before a number that are looked at for what it is called.
const BEFORE: usize = 48;

/// Digits of the longest number that is looked for, a card's.
const LONGEST: usize = 19;

/// Digits said in one go, and where.
struct Group {
    digits: String,
    place: Range<usize>,
    /// A sign for it stands before it: `+`, or "plus".
    is_international: bool,
}

pub(super) fn redact(text: &str) -> Cow<'_, str> {
    let mut found: Vec<(Range<usize>, &str)> = Vec::new();
    for run in runs(text) {
        let mut at = 0;
        while at < run.len() {
            match longest(text, &run, at) {
                Some((end, stands_for)) => {
                    found.push((extent(text, run[at].place.start, run[end - 1].place.end), stands_for));
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut kept, mut from) = (String::with_capacity(text.len()), 0);
    for (place, stands_for) in found {
        kept.push_str(&text[from..place.start]);
        kept.push_str(stands_for);
        from = place.end;
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

/// Groups with no more between them than a number's writing has.
fn runs(text: &str) -> Vec<Vec<Group>> {
    let mut runs: Vec<Vec<Group>> = Vec::new();
    let mut times: Option<(usize, Range<usize>)> = None;
    let mut plus: Option<Range<usize>> = None;
    for token in TOKEN.find_iter(text) {
        let (said, place) = (token.as_str().to_ascii_lowercase(), token.range());
        match said.as_str() {
            "double" => times = Some((2, place)),
            "triple" => times = Some((3, place)),
            "plus" => plus = Some(place),
            figures => {
                let (mut digits, mut start) = (spoken(figures).map_or(said.clone(), str::to_owned), place.start);
                if let Some((times, at)) = times.take()
                    && digits.len() == 1
                    && is_gap(&text[at.end..start])
                {
                    digits = digits.repeat(times);
                    start = at.start;
                }
                let mut is_international = text[..start].ends_with('+');
                if let Some(at) = plus.take()
                    && is_gap(&text[at.end..start])
                {
                    (is_international, start) = (true, at.start);
                }
                let place = start..place.end;
                let group = Group { digits, place: place.clone(), is_international };
                let run = runs.last_mut().filter(|run| {
                    let last = run.last().expect("no run is empty").place.end;
                    !is_international && is_gap(&text[last..place.start])
                });
                match run {
                    Some(run) => run.push(group),
                    None => runs.push(vec![group]),
                }
            }
        }
    }
    runs
}

fn spoken(word: &str) -> Option<&'static str> {
    Some(match word {
        "zero" | "oh" | "o" => "0",
        "one" => "1",
        "two" => "2",
        "three" => "3",
        "four" => "4",
        "five" => "5",
        "six" => "6",
        "seven" => "7",
        "eight" => "8",
        "nine" => "9",
        _ => return None,
    })
}

fn is_gap(between: &str) -> bool {
    !between.is_empty()
        && between.chars().count() <= 3
        && between.chars().all(|c| c.is_whitespace() || ",.-–()/".contains(c))
}

/// The longest number that begins with the group `at`: the first group behind it, and what stands for it.
fn longest(text: &str, run: &[Group], at: usize) -> Option<(usize, &'static str)> {
    // Of digits that are spelled one by one, the whole run is a number or none: any few of many could look like one.
    let begins = at == 0 || run[..at].iter().all(|group| group.digits == "0");
    let (mut digits, mut cuts, mut candidates) = (String::new(), Vec::new(), Vec::new());
    for (index, group) in run.iter().enumerate().skip(at) {
        if digits.len() + group.digits.len() > LONGEST {
            break;
        }
        digits.push_str(&group.digits);
        let is_whole = begins && index + 1 == run.len();
        if is_whole
            || run[at].is_international
            || run[at..=index].iter().all(|group| group.digits.len() > 1 || index == at)
        {
            candidates.push((index + 1, digits.len(), cuts.len()));
        } else if digits.len() == 11
            && run[at].digits == "1"
            && run[at + 1..=index].iter().all(|group| group.digits.len() > 1)
        {
            // `1 415 555 0199`
            candidates.push((index + 1, digits.len(), cuts.len()));
        }
        cuts.push(digits.len());
    }
    candidates.into_iter().rev().find_map(|(end, length, cut)| {
        let (digits, cuts) = (&digits[..length], &cuts[..cut]);
        let is_phone = || is_phone(text, &run[at], digits, cuts);
        let what = if is_card(digits) { Some(CARD) } else { is_phone().then_some(PHONE) };
        what.map(|what| (end, what))
    })
}

/// `1` in the United States, `6` in Discover's and UnionPay's: the first digit tells the trade, and 2 to 6 are cards'.
fn is_card(digits: &str) -> bool {
    (13..=LONGEST).contains(&digits.len())
        && (b'2'..=b'6').contains(&digits.as_bytes()[0])
        && passes_luhn(digits.bytes())
}

pub(super) fn passes_luhn(digits: impl DoubleEndedIterator<Item = u8>) -> bool {
    let sum: u32 = digits
        .rev()
        .enumerate()
        .map(|(place, digit)| match (place % 2, u32::from(digit - b'0')) {
            (0, digit) => digit,
            (_, digit) => digit * 2 / 10 + digit * 2 % 10,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// `cuts`: after how many digits there is a gap.
fn is_phone(text: &str, first: &Group, digits: &str, cuts: &[usize]) -> bool {
    if first.is_international || digits.starts_with("00") {
        let digits = if first.is_international { digits } else { &digits[2..] };
        return (8..=15).contains(&digits.len()) && is_valid(None, &format!("+{digits}"));
    }
    let before = &text[..first.place.start];
    let is_amount = before.ends_with(['#', '$', '€', '£', '.', ',', '*', '=']);
    if is_amount || is_called_otherwise(before) {
        return false;
    }
    // The writings of North America have gaps behind the area's code and the exchange's, or none.
    let (national, lead) = match digits.strip_prefix('1').filter(|_| digits.len() == 11) {
        Some(national) => (national, 1),
        None => (digits, 0),
    };
    let has_cut = |after: usize| cuts.contains(&(after + lead));
    let is_written_so = cuts.iter().all(|cut| *cut <= lead) || (has_cut(3) && (has_cut(6) || cuts.len() == lead + 1));
    if national.len() == 10 && is_written_so {
        return is_valid(Some(country::US), national);
    }
    // Elsewhere: the area's code, then the rest; or pairs, as in France.
    let pairs: Vec<_> = (2..digits.len()).step_by(2).collect();
    let is_written_so = cuts.first().is_some_and(|cut| (3..=6).contains(cut)) || (digits.len() == 10 && cuts == pairs);
    let is_grouped = is_written_so && cuts.len() <= 5;
    is_grouped
        && (9..=12).contains(&digits.len())
        && digits.starts_with('0')
        && WITH_ZERO.into_iter().any(|plan| is_valid(Some(plan), digits))
}

fn is_valid(plan: Option<country::Id>, number: &str) -> bool {
    phonenumber::parse(plan, number).is_ok_and(|number| number.is_valid())
}

/// Whether the last word before it that says what it is calls it something else than a telephone's.
fn is_called_otherwise(before: &str) -> bool {
    let start = before.len().saturating_sub(BEFORE);
    let start = (start..=before.len()).find(|at| before.is_char_boundary(*at)).unwrap_or(before.len());
    CONTEXT.captures_iter(&before[start..]).last().is_some_and(|said| said.name("phone").is_none())
}

/// With the `+` and the bracket before it.
fn extent(text: &str, start: usize, end: usize) -> Range<usize> {
    let mut start = start;
    if text[..start].ends_with('(') && text[start..end].contains(')') {
        start -= 1;
    }
    if text[..start].ends_with('+') {
        start -= 1;
    }
    start..end
}

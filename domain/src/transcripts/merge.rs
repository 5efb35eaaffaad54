//! What a recording has heard, laid beside what the turns say.
//!
//! The caller's words are the recording's, where it has any: they are from whole sentences, and with times. The agent's
//! are what was heard of what it wrote, to the letter; from the recording they get their times. Nothing is left out:
//! what the recording heard and no turn has is a line of its own, and where it heard nothing, the turn's words stand.

use entity::transcript::{Kind, Line, Speaker};

use super::{spoken::Exchange, words::words};

/// A piece of a recording's transcription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// Caller or agent.
    pub speaker: Speaker,
    /// From the start of the conversation.
    pub start_ms: u64,
    /// Never before `start_ms`.
    pub end_ms: u64,
    /// Not empty.
    pub text: String,
}

impl Heard {
    const fn middle_ms(&self) -> u64 {
        self.start_ms.midpoint(self.end_ms)
    }
}

/// How far the end of speech may be noticed before the recogniser's.
const SLACK_MS: u64 = 400;

/// The longest pause within what a caller says in one turn, and a little: what was said before it and is in no turn
/// (a cough, "mm-hm") does not belong to the turn.
const PAUSE_MS: u64 = 2_000;

/// The lines of a transcript, in the order of their starts.
pub fn merge(exchanges: &[Exchange], mut heard: Vec<Heard>) -> Vec<Line> {
    heard.sort_by_key(|heard| (heard.start_ms, heard.end_ms));
    let (caller, agent): (Vec<_>, Vec<_>) = heard.into_iter().partition(|heard| heard.speaker == Speaker::Caller);
    let mut exchanges = exchanges.to_vec();
    let mut lines = place_caller(&mut exchanges, caller);
    lines.extend(place_agent(&mut exchanges, agent));
    lines.extend(exchanges.into_iter().flat_map(|exchange| exchange.lines));
    // Stable: what begins at once stays in the order of the turn.
    lines.sort_by_key(|line| line.start_ms);
    lines
}

/// Gives the turns the caller's words as the recording has them. What is left is lines of its own.
fn place_caller(exchanges: &mut [Exchange], heard: Vec<Heard>) -> Vec<Line> {
    let mut of_turn: Vec<Vec<Heard>> = exchanges.iter().map(|_| Vec::new()).collect();
    let mut own = Vec::new();
    let ends: Vec<(usize, u64)> =
        exchanges.iter().enumerate().filter_map(|(at, exchange)| Some((at, speech(exchange)?.end_ms))).collect();
    for piece in heard {
        // The first turn that the caller had not ended before.
        match ends.iter().find(|(_, end_ms)| piece.middle_ms() <= end_ms + SLACK_MS) {
            Some((at, _)) => of_turn[*at].push(piece),
            None => own.push(piece),
        }
    }
    let mut before: Option<String> = None;
    for (exchange, mut pieces) in exchanges.iter_mut().zip(of_turn) {
        let Some(line) = exchange.lines.iter_mut().find(|line| is_speech_of(line, Speaker::Caller)) else { continue };
        // From the end backwards: what a longer pause parts from it is not of this turn.
        let mut from = line.end_ms.max(pieces.last().map_or(0, |last| last.end_ms));
        let mut first = pieces.len();
        while first > 0 && pieces[first - 1].end_ms + PAUSE_MS >= from {
            first -= 1;
            from = from.min(pieces[first].start_ms);
        }
        let theirs = pieces.split_off(first);
        own.extend(pieces);
        let text = theirs.iter().map(|piece| &*piece.text).collect::<Vec<_>>().join(" ");
        if let (Some(start), Some(end)) = (theirs.first(), theirs.last()) {
            (line.start_ms, line.end_ms) = (start.start_ms, end.end_ms.max(start.end_ms));
            if says_enough(&text, &line.text) {
                line.text = text;
            }
            before = Some(line.text.clone());
        } else if before.as_ref().is_some_and(|before| has_all(before, &line.text)) {
            // One piece of the recording has the words of two turns.
            exchange.lines.retain(|line| !is_speech_of(line, Speaker::Caller));
            before = None;
        } else {
            before = None;
        }
    }
    own.into_iter().map(|piece| line(piece, None)).collect()
}

/// Gives what was heard of the agent its times. What it said in a turn of which nothing was written down is lines of its
/// own: the process died in it.
fn place_agent(exchanges: &mut [Exchange], heard: Vec<Heard>) -> Vec<Line> {
    let mut own = Vec::new();
    let mut of_turn: Vec<Vec<Heard>> = exchanges.iter().map(|_| Vec::new()).collect();
    for piece in heard {
        let asked = |exchange: &Exchange| exchange.decided_ms <= piece.middle_ms() + SLACK_MS;
        match exchanges.iter().rposition(asked) {
            Some(at) => of_turn[at].push(piece),
            None => own.push(line(piece, None)),
        }
    }
    for (exchange, pieces) in exchanges.iter_mut().zip(of_turn) {
        let number = exchange.number;
        match exchange.lines.iter_mut().find(|line| is_speech_of(line, Speaker::Agent)) {
            Some(line) => {
                if let (Some(first), Some(last)) = (pieces.first(), pieces.iter().map(|piece| piece.end_ms).max()) {
                    (line.start_ms, line.end_ms) = (first.start_ms, last);
                }
            }
            None => own.extend(pieces.into_iter().map(|piece| line(piece, Some(number)))),
        }
    }
    own
}

fn speech(exchange: &Exchange) -> Option<&Line> {
    exchange.lines.iter().find(|line| is_speech_of(line, Speaker::Caller))
}

fn is_speech_of(line: &Line, speaker: Speaker) -> bool {
    line.speaker == speaker && line.kind == Kind::Speech
}

/// Whether the recording has about as many words as were understood live: where it lost most of them, the live ones stand.
fn says_enough(recorded: &str, live: &str) -> bool {
    words(recorded).len() * 3 >= words(live).len()
}

/// Whether most of the words of `part` are in `whole`.
fn has_all(whole: &str, part: &str) -> bool {
    let (whole, part) = (words(whole), words(part));
    let found = part.iter().filter(|word| whole.iter().any(|other| other.folded == word.folded)).count();
    !part.is_empty() && found * 5 >= part.len() * 4
}

fn line(piece: Heard, turn: Option<i32>) -> Line {
    let Heard { speaker, start_ms, end_ms, text } = piece;
    Line {
        speaker,
        kind: Kind::Speech,
        start_ms,
        end_ms,
        text,
        generated_text: None,
        interrupted: false,
        turn,
        outcome: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(speaker: Speaker, number: i32, from: u64, to: u64, text: &str) -> Line {
        let piece = Heard { speaker, start_ms: from, end_ms: to, text: text.to_owned() };
        super::line(piece, Some(number))
    }

    /// A turn: when the caller stopped and what was understood, when the agent began and what was heard.
    fn turn(number: i32, (stopped, understood): (u64, &str), (began, heard): (u64, &str)) -> Exchange {
        let caller = line(Speaker::Caller, number, stopped.saturating_sub(900), stopped, understood);
        let agent = line(Speaker::Agent, number, began, began + 900, heard);
        let lines = [caller, agent].into_iter().filter(|line| !line.text.is_empty()).collect();
        Exchange { number, decided_ms: if understood.is_empty() { began } else { stopped }, lines }
    }

    fn caller(from: u64, to: u64, text: &str) -> Heard {
        Heard { speaker: Speaker::Caller, start_ms: from, end_ms: to, text: text.to_owned() }
    }

    fn agent(from: u64, to: u64, text: &str) -> Heard {
        Heard { speaker: Speaker::Agent, ..caller(from, to, text) }
    }

    /// As `C1 1000-2000 words`: who, in which turn, when, what.
    fn shown(lines: &[Line]) -> Vec<String> {
        let shown = lines.iter().map(|line| {
            let who = match line.speaker {
                Speaker::Caller => 'C',
                Speaker::Agent => 'A',
                Speaker::Tool => 'T',
            };
            let turn = line.turn.map_or("-".to_owned(), |turn| turn.to_string());
            format!("{who}{turn} {}-{} {}", line.start_ms, line.end_ms, line.text)
        });
        shown.collect()
    }

    #[test]
    fn the_recordings_words_take_their_places_among_the_turns() {
        let hello = || turn(0, (0, ""), (100, "Hello!"));
        let order = || turn(1, (4_000, "where is my order"), (4_600, "On its way."));
        let thanks = || turn(2, (9_000, "thank you"), (9_500, "Goodbye."));
        type Row<'a> = (&'a str, Vec<Exchange>, Vec<Heard>, &'a [&'a str]);
        let table: Vec<Row<'_>> = vec![
            ("nothing at all", vec![], vec![], &[]),
            (
                "no recording: the turns' words stand",
                vec![hello(), order()],
                vec![],
                &["A0 100-1000 Hello!", "C1 3100-4000 where is my order", "A1 4600-5500 On its way."],
            ),
            (
                "the caller's words and everybody's times are the recording's",
                vec![hello(), order(), thanks()],
                vec![
                    agent(250, 1_300, "Hello."),
                    caller(2_400, 4_050, "Where is my order?"),
                    agent(4_700, 6_000, "It's on its way."),
                    caller(8_100, 8_900, "Thank you."),
                    agent(9_600, 10_400, "Good-bye."),
                ],
                &[
                    "A0 250-1300 Hello!",
                    "C1 2400-4050 Where is my order?",
                    "A1 4700-6000 On its way.",
                    "C2 8100-8900 Thank you.",
                    "A2 9600-10400 Goodbye.",
                ],
            ),
            (
                "a sentence of several pieces is one line",
                vec![order()],
                vec![caller(1_000, 1_800, "Where is"), caller(2_900, 4_000, "my order?")],
                &["C1 1000-4000 Where is my order?", "A1 4600-5500 On its way."],
            ),
            (
                "a word over the agent's that made no turn is a line of its own",
                vec![order(), thanks()],
                vec![
                    caller(2_400, 4_050, "Where is my order?"),
                    agent(4_700, 7_500, "It's on its way."),
                    caller(5_500, 5_800, "Mm-hm."),
                    caller(8_100, 8_900, "Thank you."),
                ],
                &[
                    "C1 2400-4050 Where is my order?",
                    "A1 4700-7500 On its way.",
                    "C- 5500-5800 Mm-hm.",
                    "C2 8100-8900 Thank you.",
                    "A2 9500-10400 Goodbye.",
                ],
            ),
            (
                "a barge-in overlaps what it cut off",
                vec![order(), turn(2, (6_400, "no wait"), (7_000, "Yes?"))],
                vec![
                    caller(2_400, 4_050, "Where is my order?"),
                    agent(4_700, 5_700, "It's on"),
                    caller(5_500, 6_450, "No, wait!"),
                    agent(7_050, 7_500, "Yes?"),
                ],
                &[
                    "C1 2400-4050 Where is my order?",
                    "A1 4700-5700 On its way.",
                    "C2 5500-6450 No, wait!",
                    "A2 7050-7500 Yes?",
                ],
            ),
            (
                "what comes after the last turn is not lost",
                vec![order()],
                vec![caller(2_400, 4_050, "Where is my order?"), caller(8_000, 8_400, "Hello?")],
                &["C1 2400-4050 Where is my order?", "A1 4600-5500 On its way.", "C- 8000-8400 Hello?"],
            ),
            (
                "a turn that the recording did not hear keeps its words",
                vec![order(), thanks()],
                vec![caller(2_400, 4_050, "Where is my order?")],
                &[
                    "C1 2400-4050 Where is my order?",
                    "A1 4600-5500 On its way.",
                    "C2 8100-9000 thank you",
                    "A2 9500-10400 Goodbye.",
                ],
            ),
            (
                "where the recording lost most words, the live ones stand, at its times",
                vec![turn(1, (4_000, "where is my order of last week"), (4_600, "On its way."))],
                vec![caller(2_000, 4_050, "Order?")],
                &["C1 2000-4050 where is my order of last week", "A1 4600-5500 On its way."],
            ),
            (
                "one piece that has the words of two turns is not told twice",
                vec![order(), turn(2, (5_200, "the big one"), (6_000, "On its way, too."))],
                vec![caller(2_400, 5_200, "Where is my order? The big one?")],
                &[
                    "C1 2400-5200 Where is my order? The big one?",
                    "A1 4600-5500 On its way.",
                    "A2 6000-6900 On its way, too.",
                ],
            ),
        ];
        for (what, turns, heard, expected) in table {
            assert_eq!(shown(&merge(&turns, heard)), expected, "{what}");
        }
    }

    #[test]
    fn what_a_dead_process_said_and_heard_is_found_in_its_recording() {
        // Turn 1 was begun and never ended; 2 is the next process', which says that the line dropped.
        let died = Exchange {
            number: 1,
            decided_ms: 4_700,
            lines: vec![line(Speaker::Caller, 1, 3_800, 4_700, "where is my order")],
        };
        let resumed = turn(2, (0, ""), (16_100, "Sorry, the line dropped."));
        let again = turn(3, (20_000, "my order"), (20_600, "On its way."));
        let heard = vec![
            caller(2_400, 4_050, "Where is my order?"),
            agent(4_800, 6_200, "It is on its way"),
            caller(7_000, 7_500, "Great."),
            // The second recording, already on the conversation's clock.
            agent(16_200, 17_600, "Sorry, the line dropped."),
            caller(18_800, 19_900, "My order!"),
            agent(20_700, 21_500, "On its way."),
        ];
        assert_eq!(
            shown(&merge(&[died, resumed, again], heard)),
            [
                "C1 2400-4050 Where is my order?",
                "A1 4800-6200 It is on its way",
                "C- 7000-7500 Great.",
                "A2 16200-17600 Sorry, the line dropped.",
                "C3 18800-19900 My order!",
                "A3 20700-21500 On its way.",
            ]
        );
    }

    #[test]
    fn keys_and_calls_of_tools_stay_what_they_are() {
        let mut keys = turn(1, (4_000, "4815"), (5_000, "Thank you."));
        keys.lines[0].kind = Kind::Keys;
        keys.lines.insert(1, Line { kind: Kind::Call, ..line(Speaker::Tool, 1, 4_000, 4_000, "find_order") });
        let lines = merge(&[keys], vec![caller(3_000, 3_600, "One second.")]);
        assert_eq!(
            shown(&lines),
            ["C- 3000-3600 One second.", "C1 3100-4000 4815", "T1 4000-4000 find_order", "A1 5000-5900 Thank you.",]
        );
    }
}

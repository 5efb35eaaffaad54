//! Transcripts as text, subtitles and a page to be printed.
//!
//! What comes in is [`Part`]s: of a conversation ([`of_lines`]), or of whatever else was transcribed.

mod page;
mod subtitles;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use entity::transcript::{Kind, Line, Speaker};

pub use self::{
    page::html,
    subtitles::{srt, vtt},
};

/// What one speaker says at a stretch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Their name; empty: nobody knows it.
    pub speaker: String,
    pub side: Side,
    /// From the start, here and below; never before `start_ms`.
    pub start_ms: u64,
    pub end_ms: u64,
    pub text: String,
    /// What they were about to say, where that is more than was heard.
    pub generated_text: Option<String>,
    /// Somebody broke in.
    pub interrupted: bool,
}

/// Where a part stands on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Left,
    Right,
    /// Nobody said it: it is left out of subtitles.
    Aside,
}

/// What stands above the parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub title: String,
    /// ISO 639-1; `None`: nobody said which.
    pub language: Option<String>,
    /// Names and values, as they are to be read.
    pub facts: Vec<(&'static str, String)>,
}

/// The lines of a conversation.
pub fn of_lines(lines: &[Line], agent_name: Option<&str>) -> Vec<Part> {
    let part = |line: &Line| {
        let (speaker, side) = match line.speaker {
            Speaker::Caller => ("Caller", Side::Left),
            Speaker::Agent => (agent_name.unwrap_or("Agent"), Side::Right),
            Speaker::Tool => ("Tool", Side::Aside),
        };
        let text = match (line.kind, &line.outcome) {
            (Kind::Keys, _) => format!("[keys: {}]", line.text),
            (Kind::Call, Some(outcome)) => format!("{} ({outcome})", line.text),
            _ => line.text.clone(),
        };
        let Line { start_ms, end_ms, interrupted, ref generated_text, .. } = *line;
        let generated_text = generated_text.clone();
        Part { speaker: speaker.to_owned(), side, start_ms, end_ms, text, generated_text, interrupted }
    };
    lines.iter().map(part).collect()
}

/// Plain text: the facts, an empty line, a line for each part.
pub fn text(head: &Head, parts: &[Part]) -> String {
    let mut text = format!("{}\n", one_line(&head.title));
    for (name, value) in &head.facts {
        text += &format!("{name}: {}\n", one_line(value));
    }
    text.push('\n');
    for part in parts {
        text += &format!("[{}] ", clock(part.start_ms));
        if !part.speaker.is_empty() {
            text += &format!("{}: ", one_line(&part.speaker));
        }
        text += &one_line(&part.text);
        if part.interrupted {
            text += " [interrupted]";
        }
        text.push('\n');
    }
    text
}

/// A moment as people read it: in `zone`, else UTC.
pub fn moment(at: DateTime<Utc>, zone: Option<Tz>) -> String {
    const FORMAT: &str = "%A, %-d %B %Y, %H:%M";
    match zone {
        Some(zone) => format!("{} ({zone})", at.with_timezone(&zone).format(FORMAT)),
        None => format!("{} (UTC)", at.format(FORMAT)),
    }
}

/// `1:02:03`, `2:03`
pub fn clock(ms: u64) -> String {
    let s = ms / 1_000;
    match (s / 3_600, s / 60 % 60, s % 60) {
        (0, minutes, s) => format!("{minutes}:{s:02}"),
        (hours, minutes, s) => format!("{hours}:{minutes:02}:{s:02}"),
    }
}

/// Without breaks, which mean something in every format, and without what no format can carry.
fn one_line(text: &str) -> String {
    let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_one_line_a_part() {
        let line = |speaker, kind, start_ms, text: &str| Line {
            speaker,
            kind,
            start_ms,
            end_ms: start_ms,
            text: text.to_owned(),
            generated_text: None,
            interrupted: false,
            turn: None,
            outcome: None,
        };
        let lines = [
            line(Speaker::Caller, Kind::Speech, 1_000, "Where is\nmy\u{0}order?"),
            Line { outcome: Some("done".into()), ..line(Speaker::Tool, Kind::Call, 2_000, "find_order") },
            Line { interrupted: true, ..line(Speaker::Agent, Kind::Speech, 62_999, "On its") },
            line(Speaker::Caller, Kind::Keys, 3_723_000, "4815#"),
        ];
        let head = Head { title: "A call".into(), facts: vec![("Agent", "Ada".into())], ..Head::default() };
        let expected = "A call\nAgent: Ada\n\n[0:01] Caller: Where is my order?\n[0:02] Tool: find_order (done)\n\
            [1:02] Ada: On its [interrupted]\n[1:02:03] Caller: [keys: 4815#]\n";
        assert_eq!(text(&head, &of_lines(&lines, Some("Ada"))), expected);
    }

    #[test]
    fn a_moment_is_told_in_its_zone() {
        let at = "2026-11-22T23:04:05Z".parse().expect("a time");
        assert_eq!(moment(at, None), "Sunday, 22 November 2026, 23:04 (UTC)");
        let berlin = "Europe/Berlin".parse().ok();
        assert_eq!(moment(at, berlin), "Monday, 23 November 2026, 00:04 (Europe/Berlin)");
    }
}

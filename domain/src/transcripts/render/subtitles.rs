//! SubRip and WebVTT (<https://www.w3.org/TR/webvtt1/>).

use super::{Part, Side, one_line};

/// Columns of a line, and lines at once: what can be read below a picture.
const COLUMNS: usize = 42;
const LINES: usize = 2;

/// The longest time that one stays.
const LONGEST_MS: u64 = 7_000;

/// What takes no time to say is there long enough to be read.
const SHORTEST_MS: u64 = 1_000;

/// One subtitle.
#[derive(Debug, PartialEq, Eq)]
struct Cue {
    speaker: String,
    start_ms: u64,
    end_ms: u64,
    lines: Vec<String>,
}

/// SubRip. It has no names of speakers and no escapes: a name stands before the words.
pub fn srt(parts: &[Part]) -> String {
    let mut file = String::new();
    for (number, cue) in (1..).zip(cues(parts, true)) {
        let (from, to) = (stamp(cue.start_ms, ','), stamp(cue.end_ms, ','));
        // Some players read the arrow wherever it is, and markup.
        let text = cue.lines.join("\n").replace("-->", "→").replace('<', "‹").replace('>', "›");
        file += &format!("{number}\n{from} --> {to}\n{text}\n\n");
    }
    file
}

/// WebVTT, with the speaker as the cue's voice.
pub fn vtt(parts: &[Part]) -> String {
    let mut file = "WEBVTT\n\n".to_owned();
    for cue in cues(parts, false) {
        let (from, to) = (stamp(cue.start_ms, '.'), stamp(cue.end_ms, '.'));
        let text: Vec<String> = cue.lines.iter().map(|line| escaped(line)).collect();
        let voice = match &*cue.speaker {
            "" => String::new(),
            speaker => format!("<v {}>", escaped(speaker)),
        };
        file += &format!("{from} --> {to}\n{voice}{}\n\n", text.join("\n"));
    }
    file
}

/// Also takes the arrow, which a cue's text must not have.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// `01:02:03.004`
fn stamp(ms: u64, point: char) -> String {
    let (s, ms) = (ms / 1_000, ms % 1_000);
    format!("{:02}:{:02}:{:02}{point}{ms:03}", s / 3_600, s / 60 % 60, s % 60)
}

/// In the order of their starts, as WebVTT asks for.
fn cues(parts: &[Part], with_names: bool) -> Vec<Cue> {
    let spoken = parts.iter().filter(|part| part.side != Side::Aside);
    let mut cues: Vec<Cue> = spoken.flat_map(|part| of_part(part, with_names)).collect();
    cues.sort_by_key(|cue| cue.start_ms);
    cues
}

fn of_part(part: &Part, with_names: bool) -> Vec<Cue> {
    let speaker = one_line(&part.speaker);
    let mut text = one_line(&part.text);
    if text.is_empty() {
        return Vec::new();
    }
    if part.interrupted {
        text.push_str(" —");
    }
    if with_names && !speaker.is_empty() {
        text = format!("{speaker}: {text}");
    }
    let lines = wrapped(&text);
    let whole: usize = lines.iter().map(|line| columns(line)).sum::<usize>().max(1);
    let end_ms = part.end_ms.max(part.start_ms + SHORTEST_MS);
    let said_in = end_ms - part.start_ms;
    let mut before = 0;
    // Each is there for its share of the time.
    let at = |columns: usize| part.start_ms + said_in * columns as u64 / whole as u64;
    lines
        .chunks(LINES)
        .map(|lines| {
            let start_ms = at(before);
            before += lines.iter().map(|line| columns(line)).sum::<usize>();
            let end_ms = at(before).clamp(start_ms + 1, start_ms + LONGEST_MS);
            Cue { speaker: speaker.clone(), start_ms, end_ms, lines: lines.to_vec() }
        })
        .collect()
}

/// In lines that are short enough, broken at spaces where there are any.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let wide = columns(word);
        if used > 0 && used + 1 + wide > COLUMNS {
            lines.push(String::new());
            used = 0;
        }
        if used > 0 {
            lines.last_mut().expect("there is one from the start").push(' ');
            used += 1;
        }
        for c in word.chars() {
            let wide = width(c);
            // A word without end, or a script without spaces.
            if used + wide > COLUMNS {
                lines.push(String::new());
                used = 0;
            }
            lines.last_mut().expect("there is one from the start").push(c);
            used += wide;
        }
    }
    lines
}

fn columns(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// Letters from Hangul on are twice as wide; a few narrow ones among them do no harm.
const fn width(c: char) -> usize {
    if c as u32 >= 0x1100 && !matches!(c as u32, 0x1E00..=0x2E7F) { 2 } else { 1 }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    /// A cue as its reader understands it.
    #[derive(Debug, PartialEq, Eq)]
    struct Read {
        start_ms: u64,
        end_ms: u64,
        voice: Option<String>,
        text: String,
    }

    fn part(speaker: &str, start_ms: u64, end_ms: u64, text: &str) -> Part {
        Part { speaker: speaker.into(), start_ms, end_ms, text: text.into(), ..Part::default() }
    }

    fn time(text: &str, point: char) -> u64 {
        let (clock, ms) = text.split_once(point).expect("milliseconds");
        let numbers: Vec<u64> = clock.split(':').map(|number| number.parse().unwrap()).collect();
        let [hours, minutes, s] = numbers[..] else { panic!("no time: {text}") };
        assert!(clock.len() >= 8 && ms.len() == 3 && minutes < 60 && s < 60, "{text}");
        ((hours * 60 + minutes) * 60 + s) * 1_000 + ms.parse::<u64>().unwrap()
    }

    /// WebVTT's section 6, as far as our files go: blocks, timings, text with escapes and voices.
    fn read_vtt(file: &str) -> Vec<Read> {
        let blocks = file.strip_prefix("WEBVTT\n\n").expect("a header");
        let mut last = 0;
        blocks
            .split_terminator("\n\n")
            .map(|block| {
                let (timing, text) = block.split_once('\n').expect("timing and text");
                let (from, to) = timing.split_once(" --> ").expect("an arrow");
                let (start_ms, end_ms) = (time(from, '.'), time(to, '.'));
                assert!(end_ms > start_ms && start_ms >= last, "{block}");
                last = start_ms;
                assert!(!text.is_empty() && !text.contains("-->"), "{block}");
                let (voice, text) = match text.strip_prefix("<v ") {
                    Some(rest) => rest.split_once('>').map(|(voice, text)| (Some(voice), text)).unwrap(),
                    None => (None, text),
                };
                assert!(!text.contains(['<', '>']), "{block}");
                Read { start_ms, end_ms, voice: voice.map(unescaped), text: unescaped(text) }
            })
            .collect()
    }

    fn unescaped(text: &str) -> String {
        for (at, _) in text.match_indices('&') {
            assert!(["&amp;", "&lt;", "&gt;"].iter().any(|known| text[at..].starts_with(known)), "{text}");
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    fn read_srt(file: &str) -> Vec<Read> {
        let blocks = file.split("\n\n").filter(|block| !block.is_empty());
        let read = (1..).zip(blocks).map(|(number, block)| {
            let mut lines = block.splitn(3, '\n');
            assert_eq!(lines.next().unwrap().parse::<usize>().unwrap(), number);
            let (from, to) = lines.next().unwrap().split_once(" --> ").expect("an arrow");
            let text = lines.next().unwrap().to_owned();
            Read { start_ms: time(from, ','), end_ms: time(to, ','), voice: None, text }
        });
        read.collect()
    }

    #[test]
    fn subtitles_are_read_as_they_were_meant() {
        let parts = [
            part("Caller", 1_000, 2_500, "Is 1 < 2 && 3 > 2? \n\n--> <b>Yes</b> &amp;"),
            Part { side: Side::Aside, ..part("Tool", 2_000, 2_000, "find_order") },
            Part { interrupted: true, ..part("<Ada> & Co", 3_723_004, 3_723_004, "On its") },
        ];
        let read = |start_ms, end_ms, voice: &str, text: &str| Read {
            start_ms,
            end_ms,
            voice: Some(voice.to_owned()),
            text: text.to_owned(),
        };
        assert_eq!(
            read_vtt(&vtt(&parts)),
            [
                read(1_000, 2_500, "Caller", "Is 1 < 2 && 3 > 2? --> <b>Yes</b> &amp;"),
                read(3_723_004, 3_724_004, "<Ada> & Co", "On its —"),
            ]
        );
        let srt = read_srt(&srt(&parts));
        assert_eq!(srt[0].text, "Caller: Is 1 ‹ 2 && 3 › 2? → ‹b›Yes‹/b›\n&amp;");
        assert_eq!((srt[1].start_ms, &*srt[1].text), (3_723_004, "‹Ada› & Co: On its —"));
        assert_eq!(vtt_of_nothing(), "WEBVTT\n\n");
    }

    fn vtt_of_nothing() -> String {
        vtt(&[part("Caller", 0, 0, " \n ")])
    }

    #[test]
    fn long_speech_is_cut_into_what_can_be_read() {
        let words = "one of many words ".repeat(60);
        let read = read_vtt(&vtt(&[part("Ada", 10_000, 130_000, &words), part("Caller", 20_000, 21_000, "Yes.")]));
        assert!(read.len() > 10);
        for cue in &read {
            let lines: Vec<_> = cue.text.split('\n').collect();
            assert!(lines.len() <= LINES && lines.iter().all(|line| columns(line) <= COLUMNS), "{cue:?}");
            assert!(cue.end_ms - cue.start_ms <= LONGEST_MS, "{cue:?}");
        }
        let said: Vec<_> = read.iter().filter(|cue| cue.voice.as_deref() == Some("Ada")).collect();
        let all = said.iter().map(|cue| cue.text.replace('\n', " ")).collect::<Vec<_>>().join(" ");
        assert_eq!(all, words.trim());
        assert_eq!(said[0].start_ms, 10_000);
        assert!(said.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms));
    }

    #[test]
    fn a_script_without_spaces_is_cut_too() {
        for text in ["订单".repeat(100), "x".repeat(500)] {
            let lines = wrapped(&text);
            assert!(lines.iter().all(|line| columns(line) <= COLUMNS && !line.is_empty()), "{lines:?}");
            assert_eq!(lines.concat(), text);
        }
    }
}

//! A turn that is not over: its reply in the making, its playback, its times.

use tokio::time::Instant;

use super::super::{
    playback::Track,
    reply::{Piece, Reply},
};
use crate::{
    event::{Prompt, Turn, TurnTimes, Usage},
    line::Output,
    provider::{Message, estimate::Asked},
    tool::ToolUse,
};

pub struct Pending {
    pub number: u32,
    /// `None`: an utterance whose words are not yet known.
    pub prompt: Option<Prompt>,
    /// `None`: nothing more will come.
    pub reply: Option<Reply>,
    pub track: Track,
    pub times: TurnTimes,
    pub failed: bool,
    /// When the caller was owed an answer, on the media clock.
    pub owed_ms: u64,
    /// Sounds without words that stopped it for a moment.
    pub false_alarms: u32,
    pub tool_calls: Vec<ToolUse>,
    pub usage: Usage,
    /// What the model was asked last, until its provider says what that took.
    asked: Option<Asked>,
    generated: String,
    /// Rounds of functions begun.
    rounds: u32,
    /// Where in the track the words begin that answer the caller; `None`: they are owed, or owed again since functions
    /// were begun.
    answer_from_ms: Option<u64>,
    /// It said something of its own accord, be it before a function.
    has_spoken: bool,
    held: bool,
    dry_since_ms: Option<u64>,
}

impl Pending {
    pub fn new(number: u32, reply: Option<Reply>, prompt: Option<Prompt>, track: Track, transcribed_ms: u64) -> Self {
        Self {
            number,
            prompt,
            reply,
            track,
            times: TurnTimes::default(),
            failed: false,
            owed_ms: 0,
            false_alarms: 0,
            tool_calls: Vec::new(),
            usage: Usage { transcribed_ms, ..Usage::default() },
            asked: None,
            generated: String::new(),
            rounds: 0,
            answer_from_ms: None,
            has_spoken: false,
            held: false,
            dry_since_ms: None,
        }
    }

    /// Takes what the reply has come to at `at_ms`.
    pub fn take(&mut self, piece: Piece, at_ms: u64) {
        let Some(piece) = self.count(piece) else { return };
        match piece {
            Piece::FirstToken => self.times.first_token_ms = Some(at_ms),
            Piece::Text(text) => self.generated.push_str(&text),
            Piece::Tool(used) => self.tool(used, at_ms),
            Piece::Sentence { text, round } => {
                self.has_spoken |= round.is_some();
                if round.is_some_and(|round| round >= self.rounds) {
                    self.answer_from_ms.get_or_insert(self.track.made_ms());
                }
                self.track.sentence(text);
            }
            Piece::Audio(frames) => {
                self.times.first_speech_byte_ms.get_or_insert(at_ms);
                self.track.push(&frames);
            }
            Piece::Done => self.stop(),
            // The rest is counted above, or the session's.
            _ => {}
        }
    }

    /// Counts what is paid for in a piece, and gives back what more there is in it.
    fn count(&mut self, piece: Piece) -> Option<Piece> {
        match piece {
            Piece::Asked(asked) => {
                self.estimate();
                self.asked = Some(asked);
            }
            Piece::Usage { prompt_tokens, completion_tokens } => {
                self.asked = None;
                self.usage += Usage { prompt_tokens, completion_tokens, ..Usage::default() };
            }
            Piece::Speaking { characters } => self.usage.spoken_characters += characters,
            piece => {
                if let (Piece::Text(text), Some(asked)) = (&piece, &mut self.asked) {
                    asked.wrote(text);
                }
                return Some(piece);
            }
        }
        None
    }

    /// Counts by estimate what no provider has counted.
    fn estimate(&mut self) {
        if let Some(asked) = self.asked.take() {
            self.usage += asked.usage();
        }
    }

    fn tool(&mut self, used: ToolUse, at_ms: u64) {
        let same = |known: &ToolUse| known.round == used.round && known.call.id == used.call.id;
        if used.is_running() {
            self.rounds = used.round + 1;
            self.answer_from_ms = None;
        }
        match self.tool_calls.iter_mut().find(|known| known.is_running() && same(known)) {
            Some(known) => *known = used,
            None => self.tool_calls.push(used),
        }
        if !self.is_waiting() {
            // From here on it is the model that is waited for.
            (self.owed_ms, self.dry_since_ms) = (at_ms, None);
        }
    }

    /// Whether functions are running: each has a deadline of its own.
    pub fn is_waiting(&self) -> bool {
        self.tool_calls.iter().any(ToolUse::is_running)
    }

    /// Whether the caller is told something, and not only that it takes a moment.
    pub fn is_answered(&self) -> bool {
        let made_ms = self.track.made_ms();
        self.answer_from_ms.is_some_and(|from| made_ms > from) || (self.has_spoken && !self.failed && made_ms > 0)
    }

    /// Words and audio that are there already; they replace whatever else was to come.
    pub fn fixed(&mut self, text: &str, frames: &[u8]) {
        self.generated.push_str(text);
        self.answer_from_ms = Some(self.track.made_ms());
        self.track.sentence(text.to_owned());
        self.track.push(frames);
        self.stop();
    }

    /// Nothing more is wanted of the reply's task.
    pub fn stop(&mut self) {
        // What the task had come to and nobody took is paid for all the same.
        if let Some(mut reply) = self.reply.take() {
            while let Some(piece) = reply.ready() {
                self.count(piece);
            }
        }
        self.track.complete();
    }

    /// What it has used, when nothing comes of it.
    pub fn into_usage(mut self) -> Usage {
        self.stop();
        self.estimate();
        self.usage
    }

    pub fn pump(&mut self, now: u64, out: &mut Vec<Output>) {
        if self.held {
            return;
        }
        self.track.pump(now, self.number, out);
        if self.track.is_begun() {
            self.times.first_frame_sent_ms.get_or_insert(now);
        }
        self.times.first_mark_echoed_ms = self.track.first_mark_ms();
        if !self.track.is_begun() || !self.track.is_dry(now) {
            self.dry_since_ms = None;
        } else {
            self.dry_since_ms.get_or_insert(now);
        }
    }

    /// Stops the playback. Whether anything had gone out that must be cleared.
    pub fn hold(&mut self, now: u64) -> bool {
        self.held = true;
        if self.track.is_begun() {
            self.track.hold(now);
        }
        self.track.is_begun()
    }

    pub fn resume(&mut self) {
        self.held = false;
        self.track.rewind();
    }

    pub fn is_held(&self) -> bool {
        self.held
    }

    /// Since when the line has had nothing to play though the reply is not complete.
    pub fn dry_since_ms(&self) -> Option<u64> {
        self.dry_since_ms
    }

    pub fn is_over(&self, now: u64) -> bool {
        !self.held && self.track.is_over(now)
    }

    /// What the caller has heard of it by `now`.
    pub fn heard_text(&self, now: u64) -> String {
        if !self.track.is_begun() {
            return String::new();
        }
        self.track.words_until(self.track.heard_ms(now))
    }

    /// All that has been turned into speech.
    pub fn spoken_text(&self) -> String {
        self.track.words_until(u64::MAX)
    }

    /// The record of the turn. `Err`: it never had words, nor an answer; what it used.
    pub fn into_turn(mut self, now: u64, interrupted: bool) -> Result<Turn, Usage> {
        let Some(prompt) = self.prompt.take() else { return Err(self.into_usage()) };
        self.tool_calls.iter_mut().for_each(ToolUse::abandon);
        let heard_text = self.heard_text(now);
        let spoken = self.spoken_text();
        // Fixed words come as sentences only.
        let generated_text = if self.generated.is_empty() { spoken } else { self.generated.trim_end().to_owned() };
        Ok(Turn {
            number: self.number,
            prompt,
            generated_text,
            heard_text,
            interrupted,
            tool_calls: std::mem::take(&mut self.tool_calls),
            times: self.times,
            usage: self.into_usage(),
        })
    }
}

/// The next piece of the reply in `pending`; pends for ever when there is none.
pub async fn next(pending: &mut Option<Pending>) -> (Instant, Piece) {
    match pending.as_mut().and_then(|pending| pending.reply.as_mut()) {
        Some(reply) => reply.next().await,
        None => std::future::pending().await,
    }
}

/// What was heard, as history keeps it; `None`: nothing was.
pub fn assistant(heard: String) -> Option<Message> {
    (!heard.is_empty()).then(|| Message::Assistant { text: heard, tool_calls: Vec::new() })
}

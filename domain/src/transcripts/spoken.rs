//! What the turns say: words as they were understood and heard while the line was open.

use entity::{
    conversation,
    transcript::{Kind, Line, Speaker},
    turn::{self, PromptKind},
};
use voice::{event::TurnTimes, tool::ToolUse};

use super::clock::{self, Moments};

/// What a character takes to be said, where nobody has measured it: fifteen a second.
const SAID_IN_MS: u64 = 66;

/// A turn with the lines that it makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    pub number: i32,
    /// When it was the agent's turn: the caller had spoken, or the agent began by itself.
    pub decided_ms: u64,
    /// The caller's words, then tools, then what was heard of the agent.
    pub lines: Vec<Line>,
}

impl Exchange {
    fn delay(&mut self, by_ms: u64) {
        self.decided_ms += by_ms;
        for line in &mut self.lines {
            line.start_ms += by_ms;
            line.end_ms += by_ms;
        }
    }
}

/// A turn's row on the conversation's clock.
#[derive(Clone, Debug)]
pub(super) struct Spoken {
    turn: turn::Model,
    times: TurnTimes,
    began_ms: i64,
    ended_ms: Option<i64>,
}

impl Spoken {
    pub fn new(conversation: &conversation::Model, turn: turn::Model) -> Self {
        let since = |at: chrono::DateTime<chrono::Utc>| (at - conversation.started_at).num_milliseconds().max(0);
        Self {
            // A row that cannot be read costs its times, not its words.
            times: serde_json::from_value(turn.times.clone()).unwrap_or_default(),
            began_ms: since(turn.started_at),
            ended_ms: turn.ended_at.map(since),
            turn,
        }
    }
}

/// The exchanges of a conversation, in its turns' order. `recordings`: where they begin.
pub(super) fn lines(turns: &[Spoken], recordings: &[i64]) -> Vec<Exchange> {
    let moments: Vec<Moments> = turns.iter().map(|turn| Moments { times: turn.times, row_ms: turn.began_ms }).collect();
    let starts = clock::line_starts(&moments, recordings);
    let (mut silent_since, mut decided_ms) = (0, 0);
    let with_starts = turns.iter().zip(starts);
    with_starts
        .map(|(turn, line_start)| {
            let mut exchange = exchange(turn, line_start, silent_since);
            // Turns come after each other, whatever their clocks say.
            exchange.delay(u64::saturating_sub(decided_ms, exchange.decided_ms));
            decided_ms = exchange.decided_ms;
            silent_since = exchange.lines.iter().map(|line| line.end_ms).max().unwrap_or(silent_since);
            exchange
        })
        .collect()
}

fn exchange(spoken: &Spoken, line_start: Option<i64>, silent_since: u64) -> Exchange {
    let Spoken { turn, times, .. } = spoken;
    let began_ms = u64::try_from(spoken.began_ms).unwrap_or(0);
    let at = |ms: Option<u64>| Some(u64::try_from(line_start?).ok()? + ms?);
    let line = |speaker, kind, start_ms, end_ms, text: &str| Line {
        speaker,
        kind,
        start_ms,
        end_ms,
        text: text.trim().to_owned(),
        generated_text: None,
        interrupted: false,
        turn: Some(turn.number),
        outcome: None,
    };
    let mut lines = Vec::new();
    let stopped_ms = at(times.caller_stopped_ms).or(at(times.end_of_turn_ms)).unwrap_or(began_ms);
    let prompt = turn.prompt_text.as_deref().filter(|text| !text.trim().is_empty());
    if let Some(text) = prompt {
        lines.push(match turn.prompt_kind {
            PromptKind::Text => line(Speaker::Caller, Kind::Text, stopped_ms, stopped_ms, text),
            PromptKind::Dtmf => line(Speaker::Caller, Kind::Keys, stopped_ms, stopped_ms, text),
            // When they began nobody wrote down.
            PromptKind::Speech | PromptKind::Greeting | PromptKind::Idle => {
                let start_ms = stopped_ms.saturating_sub(said_in(text)).max(silent_since.min(stopped_ms));
                line(Speaker::Caller, Kind::Speech, start_ms, stopped_ms, text)
            }
        });
    }
    let first_frame_ms = at(times.first_frame_sent_ms).or(at(times.first_token_ms));
    let asked_ms = if prompt.is_some() { stopped_ms } else { first_frame_ms.unwrap_or(began_ms) };
    // A row that cannot be read costs its calls, not the rest.
    let uses: Vec<ToolUse> = serde_json::from_value(turn.tool_calls.clone()).unwrap_or_default();
    for used in uses {
        let outcome = used.outcome.and_then(|outcome| serde_json::to_value(outcome).ok());
        let outcome = outcome.and_then(|outcome| outcome.as_str().map(str::to_owned));
        lines.push(Line { outcome, ..line(Speaker::Tool, Kind::Call, asked_ms, asked_ms, &used.call.name) });
    }
    let heard = turn.heard_text.trim();
    if !heard.is_empty() {
        let start_ms = first_frame_ms.unwrap_or(asked_ms).max(asked_ms);
        let said_in = said_in(heard);
        let over_ms = spoken.ended_ms.and_then(|ms| u64::try_from(ms).ok()).unwrap_or(start_ms + said_in);
        // A turn may end long after its words.
        let end_ms = over_ms.clamp(start_ms, start_ms + 2 * said_in);
        let generated = turn.generated_text.trim();
        lines.push(Line {
            generated_text: (generated != heard && !generated.is_empty()).then(|| generated.to_owned()),
            interrupted: turn.interrupted,
            ..line(Speaker::Agent, Kind::Speech, start_ms, end_ms, heard)
        });
    }
    Exchange { number: turn.number, decided_ms: asked_ms, lines }
}

fn said_in(text: &str) -> u64 {
    text.chars().count() as u64 * SAID_IN_MS
}

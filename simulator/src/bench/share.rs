//! The part of a reply's latency that is the server's own.
//!
//! A reply's window runs from the caller's last speech frame to the first audible frame received. In it somebody else
//! may be at work: the caller, of whom the server does not know yet whether he has finished (until the end of the
//! turn, as the server's record of the turn has it on the media clock), and the provider (from the arrival of a request
//! that this very turn is made of to the piece of the answer that was needed). What is covered by none of these, is the
//! server's own share: reading frames, deciding, building and sending requests, cutting sentences, coding audio,
//! writing frames, and waiting for a processor to do it on.

use std::time::{Duration, Instant};

use simulator::{
    openai::{Endpoint, Request},
    twilio::{StreamReport, Utterance},
};

use crate::call::Turn;

/// One reply, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    pub reply: f64,
    /// From the last speech frame to the end of the turn.
    pub waiting: f64,
    /// With the provider, as far as it was not waiting anyway.
    pub provider: f64,
    pub own: f64,
}

/// The requests of a run, found by what was said: every transcript of the fake is different and comes back in the
/// question to the model, its reply and the text to be spoken.
pub struct Requests<'a>(pub &'a [Request]);

impl<'a> Requests<'a> {
    fn of(&self, endpoint: Endpoint, mut fits: impl FnMut(&str) -> bool) -> Option<&'a Request> {
        // The last: an earlier one may have been a guess that was thrown away.
        let fits = |request: &&Request| request.endpoint == endpoint && request.fault.is_none() && fits(&request.text);
        self.0.iter().rfind(fits)
    }
}

/// Takes one reply apart. `None`: the requests or times of its turn are not all there.
pub fn of(stream: &StreamReport, utterance: &Utterance, turn: &Turn, requests: &Requests<'_>) -> Option<Share> {
    let stopped = stream.started + utterance.stopped?;
    let audible = stopped + utterance.reply?;
    let end_of_turn = stream.started + Duration::from_millis(turn.times.end_of_turn_ms?);
    let heard = turn.prompt_text.as_deref()?;
    let key = key(heard)?;
    let transcription = requests.of(Endpoint::Transcriptions, |text| text == heard)?;
    let chat = requests.of(Endpoint::Chat, |text| text == heard)?;
    let speech = requests.of(Endpoint::Speech, |text| self::key(text) == Some(key))?;
    // The token that completed the first sentence: tokens are words.
    let token = speech.text.split_whitespace().count().saturating_sub(1);
    let token_at = chat.pieces.get(token).or(chat.pieces.last())?;
    let provider = [
        (transcription.received, transcription.finished?),
        (chat.received, *token_at),
        (speech.received, speech.first_byte?),
    ];
    Some(take_apart((stopped, audible), end_of_turn, &provider))
}

/// What tells the turns of a run apart: `ref123`. A word that any server leaves alone on its way to the voice.
pub fn key(text: &str) -> Option<&str> {
    text.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| {
        word.strip_prefix("ref").is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

fn take_apart((from, to): (Instant, Instant), end_of_turn: Instant, provider: &[(Instant, Instant)]) -> Share {
    let reply = ms(from, to);
    let waiting = (from, end_of_turn.clamp(from, to));
    let mut busy = provider.to_vec();
    busy.push(waiting);
    let covered = covered((from, to), &mut busy);
    let waiting = ms(waiting.0, waiting.1);
    Share { reply, waiting, provider: covered - waiting, own: reply - covered }
}

/// Milliseconds of the window that lie in at least one of the intervals.
fn covered((from, to): (Instant, Instant), intervals: &mut [(Instant, Instant)]) -> f64 {
    intervals.sort();
    let (mut reached, mut sum) = (from, 0.0);
    for (begin, end) in intervals {
        let (begin, end) = ((*begin).max(reached), (*end).min(to));
        if end > begin {
            sum += ms(begin, end);
            reached = end;
        }
    }
    sum
}

fn ms(from: Instant, to: Instant) -> f64 {
    to.saturating_duration_since(from).as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_else_was_busy_with_is_the_servers_own() {
        let zero = Instant::now() + Duration::from_secs(10);
        let at = |ms: u64| zero + Duration::from_millis(ms);
        // Stopped at 0, decided at 480; transcript 210–460, token 470–730, speech 735–885, audible at 900.
        let provider = [(at(210), at(460)), (at(470), at(730)), (at(735), at(885))];
        let share = take_apart((at(0), at(900)), at(480), &provider);
        assert_eq!((share.reply, share.waiting), (900.0, 480.0));
        assert!((share.provider - 400.0).abs() < 0.01, "{share:?}");
        assert!((share.own - 20.0).abs() < 0.01, "{share:?}");
        // Everything was there before the end of the turn.
        let share = take_apart((at(0), at(483)), at(480), &[(at(100), at(200))]);
        assert!((share.own - 3.0).abs() < 0.01 && share.provider.abs() < 0.01, "{share:?}");
        // What began before the window or ends after it counts only within.
        let share = take_apart((at(100), at(200)), at(50), &[(at(0), at(120)), (at(190), at(300))]);
        assert!((share.own - 70.0).abs() < 0.01 && share.waiting == 0.0, "{share:?}");
    }

    #[test]
    fn a_turn_is_told_by_its_number() {
        assert_eq!(key("Please look into ref12, now"), Some("ref12"));
        assert_eq!(key("ends with ref7"), Some("ref7"));
        assert_eq!((key("none"), key("ref, reference, ref1x")), (None, None));
    }
}

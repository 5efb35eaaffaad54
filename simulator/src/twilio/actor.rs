//! The caller: follows the script on the clock of the stream. A state machine, one step every 20 ms.

use std::collections::VecDeque;

use voice::audio::mulaw;

use super::script::{Misbehaviour, Script, Step};
use crate::audio::{self, Clip, FRAME, FRAME_MS, Frame};

/// What the caller hears during one tick.
pub(super) struct Heard<'a> {
    /// `None`: nothing was played.
    pub frame: Option<&'a [u8; FRAME]>,
    pub audible: bool,
    /// How long nothing audible has been heard.
    pub quiet_ms: u64,
    /// Nothing buffered, no mark pending.
    pub idle: bool,
}

/// What the caller does in it.
#[derive(Default)]
pub(super) struct Did {
    pub sound: Sound,
    /// The frame is the first one with speech of this clip.
    pub speech_starts: Option<Clip>,
    /// The frame is the last one with speech.
    pub speech_stops: Option<Clip>,
    pub acts: Vec<Act>,
}

#[derive(Default)]
pub(super) enum Sound {
    #[default]
    Silence,
    Clip(Clip, usize),
    Mixed(Frame),
}

pub(super) enum Act {
    Press(char),
    Misbehave(Misbehaviour),
    GaveUpWaiting(String),
    HangUp,
    DropSocket,
}

enum Doing {
    Say { clip: Clip, next: usize },
    Waiting { for_what: Step, ms: u64 },
    Pressing { keys: VecDeque<char>, pause_ms: u64 },
}

pub(super) struct Actor {
    script: Script,
    doing: Option<Doing>,
    /// How long the agent has been audible since the caller's last words or the last `clear`.
    spoken_ms: u64,
    echo: Option<Echo>,
    noise: Option<Noise>,
}

struct Echo {
    gain: f32,
    line: VecDeque<[u8; FRAME]>,
    delay: usize,
}

struct Noise {
    amplitude: f32,
    state: u64,
}

impl Actor {
    pub fn new(script: Script) -> Self {
        Self { script, doing: None, spoken_ms: 0, echo: None, noise: None }
    }

    pub fn settle_ms(&self) -> u64 {
        self.script.settle_ms
    }

    /// What the agent said so far does not count as a reply any more.
    pub fn forget_agent(&mut self) {
        self.spoken_ms = 0;
    }

    pub fn tick(&mut self, heard: &Heard<'_>) -> Did {
        if heard.audible {
            self.spoken_ms += FRAME_MS;
        }
        let mut did = Did::default();
        self.act(heard, &mut did);
        self.disturb(heard, &mut did);
        if did.speech_starts.is_some() || did.speech_stops.is_some() {
            self.forget_agent();
        }
        did
    }

    /// Goes through the script until a step takes time.
    fn act(&mut self, heard: &Heard<'_>, did: &mut Did) {
        loop {
            let Some(doing) = &mut self.doing else {
                match self.script.steps.pop_front() {
                    Some(Step::Say(clip)) => self.doing = Some(Doing::Say { clip, next: 0 }),
                    Some(Step::Press(keys)) => {
                        self.doing = Some(Doing::Pressing { keys: keys.chars().collect(), pause_ms: 0 });
                    }
                    Some(Step::Echo { attenuation_db, delay_ms }) => {
                        let delay = (delay_ms / FRAME_MS) as usize;
                        self.echo = Some(Echo { gain: gain(-attenuation_db), line: VecDeque::new(), delay });
                    }
                    Some(Step::Noise { dbfs }) => {
                        // Uniform noise of amplitude a has an RMS of a/√3.
                        let amplitude = gain(dbfs) * 32_768.0 * 3f32.sqrt();
                        self.noise = Some(Noise { amplitude, state: 0x9E37_79B9_7F4A_7C15 });
                    }
                    Some(Step::Misbehave(how)) => did.acts.push(Act::Misbehave(how)),
                    Some(Step::DropSocket) => return did.acts.push(Act::DropSocket),
                    Some(Step::HangUp) | None => return did.acts.push(Act::HangUp),
                    Some(for_what) => self.doing = Some(Doing::Waiting { for_what, ms: 0 }),
                }
                continue;
            };
            match doing {
                Doing::Say { clip, next } => {
                    if let Some(sound) = say(clip, next, did) {
                        did.sound = sound;
                        return;
                    }
                }
                Doing::Waiting { for_what, ms } => {
                    let (over, patience_ms) = match for_what {
                        Step::WaitForAgent => (
                            self.spoken_ms > 0 && heard.idle && heard.quiet_ms >= self.script.settle_ms,
                            Some(self.script.patience_ms),
                        ),
                        Step::AgentSpoken { ms } => (self.spoken_ms >= *ms, Some(self.script.patience_ms)),
                        Step::Wait { ms: length } | Step::Stay { ms: length } => (*ms >= *length, None),
                        _ => (true, None),
                    };
                    if !over && patience_ms.is_none_or(|patience_ms| *ms < patience_ms) {
                        *ms += FRAME_MS;
                        return;
                    }
                    if !over {
                        did.acts.push(Act::GaveUpWaiting(format!("{for_what:?}")));
                    }
                }
                Doing::Pressing { keys, pause_ms } => {
                    if *pause_ms > 0 {
                        *pause_ms -= FRAME_MS;
                        return;
                    }
                    match keys.pop_front() {
                        Some('w') => *pause_ms = 500,
                        Some(key) => {
                            did.acts.push(Act::Press(key));
                            *pause_ms = 80;
                            return;
                        }
                        None => {}
                    }
                    if !keys.is_empty() || *pause_ms > 0 {
                        continue;
                    }
                }
            }
            self.doing = None;
        }
    }

    /// Adds what the line adds: noise, and the agent's own voice coming back.
    fn disturb(&mut self, heard: &Heard<'_>, did: &mut Did) {
        let echo = self.echo.as_mut().and_then(|echo| echo.tick(heard.frame));
        let noise = self.noise.as_mut().map(Noise::tick);
        let others: Vec<&[i16]> = [&echo, &noise].into_iter().flatten().map(Vec::as_slice).collect();
        if others.is_empty() {
            return;
        }
        let own = match &did.sound {
            Sound::Clip(clip, n) => clip.frames()[*n].mulaw,
            Sound::Silence | Sound::Mixed(_) => [mulaw::SILENCE; FRAME],
        };
        did.sound = Sound::Mixed(audio::mix(&own, &others));
    }
}

/// The next frame of a clip; `None` after the last.
fn say(clip: &Clip, next: &mut usize, did: &mut Did) -> Option<Sound> {
    let n = *next;
    if n >= clip.frames().len() {
        return None;
    }
    *next += 1;
    if let Some(speech) = clip.speech() {
        did.speech_starts = (n as u64 * FRAME_MS == speech.start).then(|| clip.clone());
        did.speech_stops = ((n as u64 + 1) * FRAME_MS == speech.end).then(|| clip.clone());
    }
    Some(Sound::Clip(clip.clone(), n))
}

fn gain(decibel: f32) -> f32 {
    10f32.powf(decibel / 20.0)
}

impl Echo {
    fn tick(&mut self, heard: Option<&[u8; FRAME]>) -> Option<Vec<i16>> {
        self.line.push_back(heard.copied().unwrap_or([mulaw::SILENCE; FRAME]));
        if self.line.len() <= self.delay {
            return None;
        }
        let frame = self.line.pop_front()?;
        let scaled = mulaw::decode(&frame).into_iter().map(|sample| (f32::from(sample) * self.gain) as i16);
        Some(scaled.collect())
    }
}

impl Noise {
    fn tick(&mut self) -> Vec<i16> {
        let sample = || {
            // xorshift64: white enough, and the same in every run.
            self.state ^= self.state << 13;
            self.state ^= self.state >> 7;
            self.state ^= self.state << 17;
            let unit = (self.state >> 40) as f32 / (1u64 << 23) as f32 - 1.0;
            (unit * self.amplitude) as i16
        };
        std::iter::repeat_with(sample).take(FRAME).collect()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn quiet() -> Heard<'static> {
        Heard { frame: None, audible: false, quiet_ms: 5_000, idle: true }
    }

    fn talking() -> Heard<'static> {
        Heard { frame: Some(&[0x20; FRAME]), audible: true, quiet_ms: 0, idle: false }
    }

    #[test]
    fn a_caller_waits_until_the_agent_has_spoken_and_finished() {
        let mut actor = Actor::new(Script::new().wait_for_agent().press("1"));
        for _ in 0..10 {
            assert!(actor.tick(&quiet()).acts.is_empty());
        }
        actor.tick(&talking());
        let pausing = Heard { quiet_ms: 100, ..quiet() };
        assert!(actor.tick(&pausing).acts.is_empty());
        assert!(matches!(actor.tick(&quiet()).acts[..], [Act::Press('1')]));
    }

    #[test]
    fn a_caller_does_not_wait_for_ever() {
        let mut actor = Actor::new(Script::new().patience(100).wait_for_agent().stay(1_000));
        let gave_up = (0..10).position(|_| matches!(actor.tick(&quiet()).acts[..], [Act::GaveUpWaiting(_)]));
        assert_eq!(gave_up, Some(5));
    }

    #[test]
    fn what_was_said_before_the_callers_last_word_is_no_reply() {
        let word = Clip::tone(300.0, 100);
        let mut actor = Actor::new(Script::new().say(&word).wait_for_agent().press("1"));
        for _ in 0..5 {
            actor.tick(&talking());
        }
        assert!(actor.tick(&quiet()).acts.is_empty());
        actor.tick(&talking());
        assert!(matches!(actor.tick(&quiet()).acts[..], [Act::Press('1')]));
    }

    #[test]
    fn keys_are_pressed_a_tenth_of_a_second_apart() {
        let mut actor = Actor::new(Script::new().press("1w2").stay(10_000));
        let pressed: Vec<(usize, char)> = (0..60)
            .flat_map(|n| {
                actor.tick(&quiet()).acts.into_iter().filter_map(move |act| match act {
                    Act::Press(key) => Some((n, key)),
                    _ => None,
                })
            })
            .collect();
        assert_eq!(pressed, [(0, '1'), (30, '2')]);
    }

    #[test]
    fn a_script_without_more_steps_hangs_up() {
        let mut actor = Actor::new(Script::new().wait(40));
        assert!(actor.tick(&quiet()).acts.is_empty());
        assert!(actor.tick(&quiet()).acts.is_empty());
        assert!(matches!(actor.tick(&quiet()).acts[..], [Act::HangUp]));
    }

    #[test]
    fn an_echo_comes_back_softer_and_later() {
        let mut actor = Actor::new(Script::new().echo(20.0, std::time::Duration::from_millis(40)).stay(1_000));
        let frame: [u8; FRAME] = Clip::tone(400.0, 20).frames()[0].mulaw;
        let heard = Heard { frame: Some(&frame), audible: true, quiet_ms: 0, idle: false };
        let level = |sound: Sound| match sound {
            Sound::Mixed(frame) => mulaw::decode(&frame.mulaw).into_iter().map(i32::from).map(i32::abs).max().unwrap(),
            _ => 0,
        };
        let levels: Vec<i32> = (0..4).map(|_| level(actor.tick(&heard).sound)).collect();
        assert_eq!(levels[..2], [0, 0]);
        assert!((700..900).contains(&levels[2]), "{levels:?}");
    }

    #[test]
    fn noise_has_the_level_asked_for() {
        let mut actor = Actor::new(Script::new().noise(-40.0).stay(10_000));
        let mut sum = 0.0;
        for _ in 0..50 {
            let Sound::Mixed(frame) = actor.tick(&quiet()).sound else { panic!("no noise") };
            sum += mulaw::decode(&frame.mulaw).iter().map(|sample| f64::from(*sample).powi(2)).sum::<f64>();
        }
        let dbfs = 20.0 * ((sum / 8_000.0).sqrt() / 32_768.0).log10();
        assert!((-41.0..-39.0).contains(&dbfs), "{dbfs}");
    }
}

//! A telephone line for a test: 20 ms frames in on the (paused) clock, a playback buffer with true mark and
//! clear semantics, and a script of what the caller does.

use std::{
    collections::VecDeque,
    path::Path,
    sync::{Arc, Mutex},
    time::Duration,
};

use bytes::Bytes;
use futures_util::{sink, stream};
use tokio::{sync::mpsc, time::Instant};
use tokio_util::sync::CancellationToken;
use voice::{
    audio::clips::Clips,
    conversation::{Config, Engine, converse},
    event::{EndReason, Event, Prompt, Turn, Usage},
    line::{AudioFormat, Input, LineClosed, Output},
    provider::Providers,
    vad::Vad,
};

/// What the caller does, one after the other.
#[derive(Clone, Debug)]
pub enum Step {
    /// Speaks a clip of the caller-audio folder.
    Say(&'static str),
    /// Makes a short sound: the first `ms` of the voice in a clip.
    Blip(&'static str, u64),
    /// Says nothing for this long.
    Wait(u64),
    /// Waits until the agent has begun to be heard.
    AgentBegins,
    /// Waits until the agent has been heard to its end.
    AgentEnds,
    Press(char),
    Type(&'static str),
    HangUp,
}

/// What came of a call. Times are milliseconds since its beginning.
#[derive(Debug, Default)]
pub struct Report {
    pub events: Vec<(u64, Event)>,
    /// When each clip ended.
    pub said: Vec<u64>,
    pub clears: Vec<u64>,
    /// Stretches in which agent audio was heard.
    pub heard: Vec<(u64, u64)>,
    pub ended: Option<EndReason>,
}

impl Report {
    /// Of all turns, and of what is in none.
    pub fn used(&self) -> Usage {
        self.events.iter().fold(Usage::default(), |mut sum, (_, event)| {
            match event {
                Event::TurnEnded(turn) => sum += turn.usage,
                Event::Ended { wasted, .. } => sum += *wasted,
                _ => {}
            }
            sum
        })
    }

    pub fn turns(&self) -> Vec<&Turn> {
        self.events
            .iter()
            .filter_map(|(_, event)| if let Event::TurnEnded(turn) = event { Some(&**turn) } else { None })
            .collect()
    }

    /// The turns that answered the caller's speech.
    pub fn answers(&self) -> Vec<&Turn> {
        self.turns().into_iter().filter(|turn| matches!(turn.prompt, Prompt::Speech(_))).collect()
    }
}

/// The µ-law bytes of a clip.
pub fn clip(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../caller-audio").join(format!("{name}.ulaw"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[derive(Default)]
struct Loudspeaker {
    queue: VecDeque<Sound>,
    marks: Vec<String>,
    cleared: u64,
}

enum Sound {
    Frame,
    Mark(String),
}

/// Makes the call and waits for its end: `limit` milliseconds at most, then the caller hangs up.
pub async fn call(providers: Providers, config: Config, script: &[Step], limit: u64) -> Report {
    Box::pin(call_until(providers, config, script, limit, CancellationToken::new())).await
}

/// The same, with a shutdown that the test may fire.
pub async fn call_until(
    providers: Providers,
    config: Config,
    script: &[Step],
    limit: u64,
    shutdown: CancellationToken,
) -> Report {
    let began = Instant::now();
    let ms = move || began.elapsed().as_millis() as u64;
    let speaker = Arc::new(Mutex::new(Loudspeaker::default()));
    let (line, input) = mpsc::channel::<Input>(64);
    let input =
        Box::pin(stream::unfold(input, |mut input| async move { input.recv().await.map(|heard| (heard, input)) }));
    let output = Box::pin(sink::unfold(Arc::clone(&speaker), |speaker, output| async move {
        speaker.lock().unwrap().take(output);
        Ok::<_, LineClosed>(speaker)
    }));
    let (events, mut recorded) = mpsc::channel(256);
    let engine = Engine { vad: Vad::load(None), clips: Clips::default() };
    let conversation = converse(input, output, engine, providers, config, events, shutdown);
    let mut report = Report::default();
    let caller = run(line, Arc::clone(&speaker), script.to_vec(), limit, began);
    let record = async {
        let mut events = Vec::new();
        while let Some(event) = recorded.recv().await {
            events.push((ms(), event));
        }
        events
    };
    let ended = async {
        let reason = conversation.await;
        speaker.lock().unwrap().queue.clear();
        reason
    };
    tokio::pin!(caller);
    let (ended, events) = tokio::join!(
        async {
            tokio::pin!(ended);
            tokio::select! {
                reason = &mut ended => reason,
                told = &mut caller => {
                    let reason = ended.await;
                    report.said = told.0;
                    report.clears = told.1;
                    report.heard = told.2;
                    reason
                }
            }
        },
        record
    );
    report.ended = Some(ended);
    report.events = events;
    report
}

impl Loudspeaker {
    fn take(&mut self, output: Output) {
        match output {
            Output::Audio(bytes) => {
                assert_eq!(bytes.len() % 160, 0, "whole frames");
                self.queue.extend((0..bytes.len() / 160).map(|_| Sound::Frame));
            }
            Output::Mark(name) => self.queue.push_back(Sound::Mark(name)),
            Output::Clear => {
                self.cleared += 1;
                let dropped = std::mem::take(&mut self.queue);
                self.marks.extend(
                    dropped.into_iter().filter_map(|s| if let Sound::Mark(name) = s { Some(name) } else { None }),
                );
            }
            Output::EndOfReply { .. } => {}
        }
    }

    /// Plays one frame. Whether there was one, and the marks reached.
    fn play(&mut self) -> (bool, Vec<String>) {
        let mut marks = std::mem::take(&mut self.marks);
        self.reach(&mut marks);
        let sound = matches!(self.queue.front(), Some(Sound::Frame)) && self.queue.pop_front().is_some();
        self.reach(&mut marks);
        (sound, marks)
    }

    fn reach(&mut self, marks: &mut Vec<String>) {
        while let Some(Sound::Mark(_)) = self.queue.front() {
            if let Some(Sound::Mark(name)) = self.queue.pop_front() {
                marks.push(name);
            }
        }
    }
}

type Told = (Vec<u64>, Vec<u64>, Vec<(u64, u64)>);

async fn run(
    line: mpsc::Sender<Input>,
    speaker: Arc<Mutex<Loudspeaker>>,
    script: Vec<Step>,
    limit: u64,
    began: Instant,
) -> Told {
    let (mut said, mut clears, mut heard): Told = Default::default();
    let mut steps = VecDeque::from(script);
    let mut speech: VecDeque<Bytes> = VecDeque::new();
    let (mut wait, mut cleared, mut hung_up) = (0, 0, false);
    let mut frames = 0u64;
    let mut agent_since: Option<u64> = None;
    let mut last_sound = None;
    while frames * 20 < limit && !hung_up {
        let at_ms = frames * 20;
        // A step that takes no time is followed by the next at once.
        while speech.is_empty() && wait == 0 {
            match steps.front().cloned() {
                Some(Step::Say(name)) => speech = clip(name).chunks(160).map(frame).collect(),
                Some(Step::Blip(name, ms)) => {
                    let loud = |frame: &&[u8]| frame.iter().filter(|byte| **byte & 0x7F < 0x40).count() > 20;
                    let clip = clip(name);
                    speech =
                        clip.chunks(160).skip_while(|frame| !loud(frame)).take(ms as usize / 20).map(frame).collect();
                }
                Some(Step::Wait(ms)) => wait = ms / 20,
                Some(Step::Press(digit)) => drop(line.send(Input::Dtmf(digit)).await),
                Some(Step::Type(text)) => drop(line.send(Input::Text(text.to_owned())).await),
                Some(Step::HangUp) => hung_up = true,
                Some(Step::AgentBegins) if agent_since.is_none() => break,
                Some(Step::AgentEnds) if agent_since.is_some() || last_sound.is_none() => break,
                Some(Step::AgentBegins | Step::AgentEnds) => {}
                None => break,
            }
            if matches!(steps.pop_front(), Some(Step::AgentEnds)) {
                last_sound = None;
            }
        }
        let bytes = speech.pop_front().unwrap_or_else(|| Bytes::from_static(&[0xFF; 160]));
        if speech.is_empty() && bytes[..] != [0xFF; 160] {
            said.push(at_ms + 20);
        }
        wait = wait.saturating_sub(1);
        if line.send(Input::Audio { at_ms: Some(at_ms), bytes }).await.is_err() {
            break;
        }
        tokio::time::sleep_until(began + Duration::from_millis(at_ms + 20)).await;
        frames += 1;
        let (sound, marks, clears_now) = {
            let mut speaker = speaker.lock().unwrap();
            let (sound, marks) = speaker.play();
            (sound, marks, speaker.cleared)
        };
        if clears_now > cleared {
            cleared = clears_now;
            clears.push(at_ms + 20);
        }
        match (sound, agent_since) {
            (true, None) => agent_since = Some(at_ms),
            (false, Some(since)) => {
                heard.push((since, at_ms));
                agent_since = None;
                last_sound = Some(at_ms);
            }
            _ => {}
        }
        for name in marks {
            drop(line.send(Input::MarkPlayed(name)).await);
        }
    }
    drop(line.send(Input::HungUp).await);
    if let Some(since) = agent_since {
        heard.push((since, frames * 20));
    }
    (said, clears, heard)
}

fn frame(bytes: &[u8]) -> Bytes {
    let mut frame = bytes.to_vec();
    frame.resize(160, 0xFF);
    frame.into()
}

/// A configuration for the telephone.
pub fn config() -> Config {
    Config {
        persona: voice::conversation::Persona {
            instructions: "You are a receptionist.".into(),
            voice: "alloy".into(),
            speed: 1.0,
            manner: None,
            language: Some("en".into()),
            waiting: "One moment, please.".into(),
            idle_prompt: "Are you still there?".into(),
            resumed: "Sorry, we were cut off. Where were we?".into(),
            apology: "I'm sorry, I'm having trouble right now.".into(),
            model: None,
            temperature: None,
            max_tokens: 1_000,
        },
        input: AudioFormat::Mulaw8k,
        output: AudioFormat::Mulaw8k,
        playback: voice::conversation::Playback::Marks,
        announcement: None,
        greeting: None,
        greeting_interruptible: true,
        history: Vec::new(),
        first_turn: 0,
        transfer_to: Some("+15005550009".into()),
        may_end_call: true,
        tools: Default::default(),
        turns: Default::default(),
        limits: Default::default(),
        deadlines: Default::default(),
    }
}

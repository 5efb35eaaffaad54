//! One fake a capability, scripted by time.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use tokio::time::sleep;
use voice::provider::*;

fn error(kind: ErrorKind) -> ProviderError {
    ProviderError { provider: "fake".into(), kind, message: "scripted".into(), retry_after: None }
}

/// Answers each utterance with the next of its texts, after a delay; the last is repeated.
pub struct Hears {
    pub delay: Duration,
    pub texts: Mutex<VecDeque<Result<&'static str, ErrorKind>>>,
    pub heard_ms: Mutex<Vec<u64>>,
}

#[async_trait]
impl SpeechToText for Hears {
    fn name(&self) -> &str {
        "fake:hears"
    }

    async fn transcribe(&self, speech: Speech) -> Result<Transcript, ProviderError> {
        self.heard_ms.lock().unwrap().push(speech.ms());
        sleep(self.delay).await;
        let mut texts = self.texts.lock().unwrap();
        let text = if texts.len() > 1 { texts.pop_front() } else { texts.front().copied() };
        text.unwrap_or(Ok("")).map(|text| Transcript { text: text.into() }).map_err(error)
    }

    async fn check(&self) -> Result<(), ProviderError> {
        Ok(())
    }
}

fn called(name: &str, arguments: &str) -> Result<Delta, ProviderError> {
    Ok(Delta::ToolCall(ToolCall { id: "call_1".into(), name: name.into(), arguments: arguments.into() }))
}

/// One scripted reply.
#[derive(Clone)]
pub enum Thought {
    Says(&'static str),
    Calls(&'static str, &'static str),
    /// All at once, without arguments, and all under one id.
    CallsAll(&'static [&'static str]),
    /// Says the first and calls the second.
    SaysAndCalls(&'static str, &'static str, &'static str),
    Fails(ErrorKind),
    /// Says this and breaks off.
    Breaks(&'static str),
    Hangs,
}

/// Answers each request with the next of its thoughts, word by word; the last is repeated.
pub struct Thinks {
    pub delay: Duration,
    pub thoughts: Mutex<VecDeque<Thought>>,
    pub asked: Mutex<Vec<Vec<Message>>>,
    /// Names of the functions in each request.
    pub offered: Mutex<Vec<Vec<String>>>,
}

#[async_trait]
impl LanguageModel for Thinks {
    fn name(&self) -> &str {
        "fake:thinks"
    }

    async fn reply(&self, request: ModelRequest) -> Result<ReplyStream, ProviderError> {
        self.offered.lock().unwrap().push(request.tools.into_iter().map(|tool| tool.name).collect());
        self.asked.lock().unwrap().push(request.messages);
        let thought = {
            let mut thoughts = self.thoughts.lock().unwrap();
            if thoughts.len() > 1 { thoughts.pop_front() } else { thoughts.front().cloned() }
        };
        sleep(self.delay).await;
        let words =
            |text: &'static str| text.split_inclusive(' ').map(|word| Ok(Delta::Text(word.into()))).collect::<Vec<_>>();
        let deltas = match thought.unwrap_or(Thought::Says("Fine.")) {
            Thought::Says(text) => {
                let mut deltas = words(text);
                deltas.push(Ok(Delta::Usage { prompt_tokens: 10, completion_tokens: 5 }));
                deltas.push(Ok(Delta::Finished(FinishReason::Stop)));
                deltas
            }
            Thought::Calls(name, arguments) => {
                vec![called(name, arguments), Ok(Delta::Finished(FinishReason::ToolCalls))]
            }
            Thought::CallsAll(names) => names.iter().map(|name| called(name, "{}")).collect(),
            Thought::SaysAndCalls(text, name, arguments) => {
                let mut deltas = words(text);
                deltas.push(called(name, arguments));
                deltas
            }
            Thought::Fails(kind) => return Err(error(kind)),
            Thought::Breaks(text) => {
                let mut deltas = words(text);
                deltas.push(Err(error(ErrorKind::Cut)));
                deltas
            }
            Thought::Hangs => return std::future::pending().await,
        };
        Ok(stream::iter(deltas).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        Ok(())
    }
}

/// Speaks at 60 ms a character, in chunks of 100 ms, faster than real time.
pub struct Speaks {
    pub delay: Duration,
    pub fails: Mutex<VecDeque<ErrorKind>>,
    pub spoken: Mutex<Vec<String>>,
    /// Characters of all requests, be it that nobody waited for them.
    pub asked: Mutex<u64>,
}

/// The length of `text` as [`Speaks`] says it.
pub fn spoken_ms(text: &str) -> u64 {
    text.chars().count() as u64 * 60
}

#[async_trait]
impl TextToSpeech for Speaks {
    fn name(&self) -> &str {
        "fake:speaks"
    }

    fn rate(&self) -> u32 {
        24_000
    }

    async fn speak(&self, request: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        *self.asked.lock().unwrap() += request.text.chars().count() as u64;
        sleep(self.delay).await;
        if let Some(kind) = self.fails.lock().unwrap().pop_front() {
            return Err(error(kind));
        }
        let samples = spoken_ms(&request.text) as usize * 24;
        self.spoken.lock().unwrap().push(request.text);
        let pcm: Vec<u8> =
            (0..samples).flat_map(|n| (((n as f32 * 0.2).sin() * 8_000.0) as i16).to_le_bytes()).collect();
        let chunks: Vec<_> = pcm.chunks(4_801).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        Ok(stream::iter(chunks).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        Ok(())
    }
}

/// The three, with delays like a good provider's: 150, 200 and 100 ms.
pub struct Fakes {
    pub stt: Arc<Hears>,
    pub model: Arc<Thinks>,
    pub tts: Arc<Speaks>,
}

impl Fakes {
    pub fn new(texts: &[&'static str], thoughts: &[Thought]) -> Self {
        Self {
            stt: Arc::new(Hears {
                delay: Duration::from_millis(150),
                texts: Mutex::new(texts.iter().map(|text| Ok(*text)).collect()),
                heard_ms: Mutex::default(),
            }),
            model: Arc::new(Thinks {
                delay: Duration::from_millis(200),
                thoughts: Mutex::new(thoughts.iter().cloned().collect()),
                asked: Mutex::default(),
                offered: Mutex::default(),
            }),
            tts: Arc::new(Speaks {
                delay: Duration::from_millis(100),
                fails: Mutex::default(),
                spoken: Mutex::default(),
                asked: Mutex::default(),
            }),
        }
    }

    pub fn providers(&self) -> Providers {
        Providers { stt: self.stt.clone(), model: self.model.clone(), tts: self.tts.clone() }
    }
}

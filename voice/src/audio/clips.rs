//! Sentences that every call needs (greeting, apology, idle prompt), rendered once and kept in the line's format.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use tokio::{sync::OnceCell, time::timeout};

use super::{Encoder, mulaw, pcm16_bytes};
use crate::{
    line::AudioFormat,
    provider::{ErrorKind, ProviderError, SpeakRequest, TextToSpeech},
};

/// Clips kept. An agent has three or four (greeting, idle prompt, apology, "where were we"), a process serves
/// some tens of agents at a time; what falls out is rendered again.
const MAX_CLIPS: usize = 256;
/// Bytes kept: 33 minutes of µ-law, or 7 seconds of 16 kHz PCM for each of the clips.
const MAX_BYTES: usize = 16 << 20;
/// Longest clip, in milliseconds: what is longer is no prompt but a stream that does not end.
const MAX_CLIP_MS: u64 = 60_000;
/// A minute of speech at twice real time, the slowest engine worth having; clips are rendered ahead of need.
const RENDER_WITHIN: Duration = Duration::from_secs(30);

/// "I'm sorry, I'm having trouble right now. Please call back in a few minutes.": µ-law at 16 kHz, spoken by the
/// hibari voice (see `assets/README.md`).
const APOLOGY: &[u8] = include_bytes!("../../assets/apology.en.16k.ulaw");
const APOLOGY_RATE: u32 = 16_000;

/// A bounded cache (256 clips, 16 MiB; the longest unused goes first), shared by cloning.
#[derive(Clone, Default)]
pub struct Clips {
    cache: Arc<Mutex<Cache>>,
}

#[derive(Default)]
struct Cache {
    slots: HashMap<Key, Slot>,
    /// Counts uses: the lowest is the longest unused.
    clock: u64,
}

struct Slot {
    clip: Arc<OnceCell<Bytes>>,
    used: u64,
}

/// All that changes how a clip sounds.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    engine: String,
    text: String,
    voice: String,
    speed: u64,
    instructions: Option<String>,
    format: AudioFormat,
}

impl Key {
    fn new(tts: &dyn TextToSpeech, request: &SpeakRequest, format: AudioFormat) -> Self {
        Self {
            engine: tts.name().to_owned(),
            text: request.text.clone(),
            voice: request.voice.clone(),
            speed: request.speed.to_bits(),
            instructions: request.instructions.clone(),
            format,
        }
    }
}

impl Clips {
    /// The clip if it has been rendered: whole 20 ms frames in `format`.
    pub fn get(&self, tts: &dyn TextToSpeech, request: &SpeakRequest, format: AudioFormat) -> Option<Bytes> {
        self.with(|cache| {
            cache.clock += 1;
            let slot = cache.slots.get_mut(&Key::new(tts, request, format))?;
            slot.used = cache.clock;
            slot.clip.get().cloned()
        })
    }

    /// The clip, rendered now if need be (30 s at most). Two callers of the same clip share one rendering; if it
    /// fails, the next of them tries within its own 30 s.
    ///
    /// # Errors
    /// What the engine says; [`ErrorKind::Timeout`] after 30 s; [`ErrorKind::Garbled`] for a clip without a
    /// sound or longer than a minute.
    pub async fn render(
        &self,
        tts: &dyn TextToSpeech,
        request: &SpeakRequest,
        format: AudioFormat,
    ) -> Result<Bytes, ProviderError> {
        let key = Key::new(tts, request, format);
        let slot = self.with(|cache| cache.slot(key));
        let rendered = timeout(RENDER_WITHIN, slot.get_or_try_init(|| render(tts, request, format))).await;
        let clip = rendered.map_err(|_| error(tts, ErrorKind::Timeout, "a clip was not ready in time"))??;
        self.with(Cache::shrink);
        Ok(clip.clone())
    }

    /// The apology in English that needs no provider: 4.8 s, whole 20 ms frames. About a millisecond of work.
    pub fn builtin_apology(format: AudioFormat) -> Bytes {
        let mut encoder = Encoder::new(APOLOGY_RATE, format);
        let mut clip = BytesMut::from(encoder.push(&pcm16_bytes(&mulaw::decode(APOLOGY))));
        clip.extend_from_slice(&encoder.finish());
        clip.freeze()
    }

    fn with<T>(&self, work: impl FnOnce(&mut Cache) -> T) -> T {
        // Nothing in here panics half-way, so what a poisoned lock guards is whole.
        work(&mut self.cache.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Cache {
    fn slot(&mut self, key: Key) -> Arc<OnceCell<Bytes>> {
        self.clock += 1;
        let slot = self.slots.entry(key).or_insert_with(|| Slot { clip: Arc::default(), used: 0 });
        slot.used = self.clock;
        let clip = slot.clip.clone();
        self.shrink();
        clip
    }

    /// Drops the longest unused until the bounds hold. A clip that is being rendered may go too: who renders it holds it.
    fn shrink(&mut self) {
        while self.slots.len() > MAX_CLIPS || self.bytes() > MAX_BYTES {
            let Some(oldest) = self.slots.iter().min_by_key(|(_, slot)| slot.used).map(|(key, _)| key.clone()) else {
                return;
            };
            self.slots.remove(&oldest);
        }
    }

    fn bytes(&self) -> usize {
        self.slots.values().filter_map(|slot| slot.clip.get()).map(Bytes::len).sum()
    }
}

async fn render(tts: &dyn TextToSpeech, request: &SpeakRequest, format: AudioFormat) -> Result<Bytes, ProviderError> {
    let mut encoder = Encoder::new(tts.rate(), format).from_first_sound();
    let mut clip = BytesMut::new();
    let mut speech = tts.speak(request.clone()).await?;
    while let Some(pcm) = speech.next().await {
        clip.extend_from_slice(&encoder.push(&pcm?));
        if clip.len() > format.bytes_in(MAX_CLIP_MS) {
            return Err(error(tts, ErrorKind::Garbled, "a clip of more than a minute"));
        }
    }
    clip.extend_from_slice(&encoder.finish());
    if clip.is_empty() {
        return Err(error(tts, ErrorKind::Garbled, "a clip without a sound"));
    }
    Ok(clip.freeze())
}

fn error(tts: &dyn TextToSpeech, kind: ErrorKind, message: &str) -> ProviderError {
    ProviderError { provider: tts.name().to_owned(), kind, message: message.to_owned(), retry_after: None }
}

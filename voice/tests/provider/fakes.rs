//! One provider of each kind that does what its script says, call by call.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{StreamExt, stream, stream::BoxStream};
use tokio::time::sleep;
use voice::provider::{
    Delta, ErrorKind, FinishReason, LanguageModel, ModelRequest, ProviderError, ReplyStream, SpeakRequest, Speech,
    SpeechStream, SpeechToText, TextToSpeech, Transcript,
};

/// Pieces of a stream, each after its while.
type Pieces = Vec<(Duration, Result<&'static str, ErrorKind>)>;

/// What one call does: after a while, it fails or gives these pieces, each after its own while.
#[derive(Clone)]
pub struct Act {
    after: Duration,
    outcome: Result<Pieces, (ErrorKind, Option<Duration>)>,
}

pub fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

pub fn says(text: &'static str) -> Act {
    Act { after: ms(10), outcome: Ok(vec![(ms(0), Ok(text))]) }
}

pub fn fails(kind: ErrorKind) -> Act {
    Act { after: ms(10), outcome: Err((kind, None)) }
}

pub fn asks_to_wait(retry_after: Duration) -> Act {
    Act { after: ms(10), outcome: Err((ErrorKind::RateLimited, Some(retry_after))) }
}

pub fn hangs() -> Act {
    Act { after: Duration::from_secs(3_600), outcome: Ok(vec![]) }
}

pub fn streams(pieces: Pieces) -> Act {
    Act { after: ms(10), outcome: Ok(pieces) }
}

pub struct Fake {
    name: &'static str,
    rate: u32,
    acts: Mutex<VecDeque<Act>>,
    pub asked: AtomicUsize,
    pub healthy: bool,
}

impl Fake {
    /// After its acts it repeats the last one.
    pub fn new(name: &'static str, acts: Vec<Act>) -> Arc<Self> {
        Arc::new(Self { name, rate: 24_000, acts: Mutex::new(acts.into()), asked: AtomicUsize::new(0), healthy: true })
    }

    pub fn other(name: &'static str, rate: u32, healthy: bool) -> Arc<Self> {
        Arc::new(Self { name, rate, acts: Mutex::default(), asked: AtomicUsize::new(0), healthy })
    }

    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    fn error(&self, kind: ErrorKind, retry_after: Option<Duration>) -> ProviderError {
        ProviderError { provider: self.name.into(), kind, message: "as scripted".into(), retry_after }
    }

    async fn act(&self) -> Result<BoxStream<'static, Result<&'static str, ProviderError>>, ProviderError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let act = {
            let mut acts = self.acts.lock().unwrap();
            let act = acts.pop_front().unwrap();
            if acts.is_empty() {
                acts.push_back(act.clone());
            }
            act
        };
        sleep(act.after).await;
        let pieces = act.outcome.map_err(|(kind, retry_after)| self.error(kind, retry_after))?;
        let pieces: Vec<_> =
            pieces.into_iter().map(|(after, piece)| (after, piece.map_err(|kind| self.error(kind, None)))).collect();
        Ok(stream::iter(pieces)
            .then(|(after, piece)| async move {
                sleep(after).await;
                piece
            })
            .boxed())
    }

    fn health(&self) -> Result<(), ProviderError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        if self.healthy { Ok(()) } else { Err(self.error(ErrorKind::Connect, None)) }
    }
}

#[async_trait]
impl SpeechToText for Fake {
    fn name(&self) -> &str {
        self.name
    }

    async fn transcribe(&self, _: Speech) -> Result<Transcript, ProviderError> {
        let mut pieces = self.act().await?;
        let mut text = String::new();
        while let Some(piece) = pieces.next().await {
            text += piece?;
        }
        Ok(Transcript { text })
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.health()
    }
}

#[async_trait]
impl LanguageModel for Fake {
    fn name(&self) -> &str {
        self.name
    }

    async fn reply(&self, _: ModelRequest) -> Result<ReplyStream, ProviderError> {
        let end = stream::iter([Ok(Delta::Finished(FinishReason::Stop))]);
        Ok(self.act().await?.map(|piece| piece.map(|text| Delta::Text(text.into()))).chain(end).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.health()
    }
}

#[async_trait]
impl TextToSpeech for Fake {
    fn name(&self) -> &str {
        self.name
    }

    fn rate(&self) -> u32 {
        self.rate
    }

    async fn speak(&self, _: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        Ok(self.act().await?.map(|piece| piece.map(|text| Bytes::from_static(text.as_bytes()))).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.health()
    }
}

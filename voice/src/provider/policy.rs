//! Several providers as one: retry, failover, and leaving alone what does not work.

mod circuit;
mod stream;

use std::{
    future::Future,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use futures_util::future::join_all;
use tokio::time::{Instant, sleep, timeout_at};

use self::circuit::{Circuit, Verdict};
use super::{
    ErrorKind, LanguageModel, ModelRequest, ProviderError, ReplyStream, SpeakRequest, Speech, SpeechStream,
    SpeechToText, Stage, TextToSpeech, Transcript,
};
use crate::conversation::Deadlines;

/// How long, and how often, is tried.
#[derive(Clone, Debug)]
pub struct Budget {
    /// One try: until the transcript is there, or the first piece of a stream.
    pub first: Duration,
    /// Between two pieces of a stream.
    pub next: Duration,
    /// All tries and the waits between them, until one has succeeded.
    pub overall: Duration,
    /// Most times that one provider is asked for the same thing. A timeout is not repeated while there is another
    /// provider to ask.
    pub tries: u32,
}

impl Budget {
    /// For speech-to-text in a live turn.
    pub fn transcript(deadlines: &Deadlines) -> Self {
        Self::of(deadlines.transcript, deadlines.transcript, deadlines)
    }

    /// For the language model in a live turn.
    pub fn reply(deadlines: &Deadlines) -> Self {
        Self::of(deadlines.first_token, deadlines.next_token, deadlines)
    }

    /// For text-to-speech in a live turn.
    pub fn speech(deadlines: &Deadlines) -> Self {
        Self::of(deadlines.first_speech, deadlines.next_speech, deadlines)
    }

    fn of(first: Duration, next: Duration, deadlines: &Deadlines) -> Self {
        // Two: the commonest failure is a single one, and a third would come too late for the caller.
        Self { first, next, overall: deadlines.reply, tries: 2 }
    }
}

/// Providers of one kind, asked in this order; itself one of that kind. `P` is the trait:
/// `Resilient<dyn LanguageModel>`.
///
/// Each call clones the request once a try (a transcript's samples are shared, a model's history is copied), and
/// streams cost one more box. The circuits are shared by all calls that use this value, so build it once.
pub struct Resilient<P: ?Sized> {
    name: String,
    /// At least one.
    providers: Vec<Guarded<P>>,
    budget: Budget,
}

struct Guarded<P: ?Sized> {
    provider: Arc<P>,
    watch: Watch,
}

/// What is kept about one provider; its streams hold it too.
#[derive(Clone)]
struct Watch {
    provider: Arc<str>,
    stage: Stage,
    circuit: Arc<Mutex<Circuit>>,
}

/// Providers that cannot stand in for each other.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    #[error("there is no provider")]
    None,
    #[error("the speech of {first} has {rate} samples a second, that of {other} has {other_rate}")]
    Rates { first: String, rate: u32, other: String, other_rate: u32 },
}

impl Resilient<dyn SpeechToText> {
    pub fn speech_to_text(providers: Vec<Arc<dyn SpeechToText>>, budget: Budget) -> Result<Self, Unfit> {
        Self::new(Stage::SpeechToText, providers, budget, |provider| provider.name())
    }
}

impl Resilient<dyn LanguageModel> {
    pub fn language_model(providers: Vec<Arc<dyn LanguageModel>>, budget: Budget) -> Result<Self, Unfit> {
        Self::new(Stage::LanguageModel, providers, budget, |provider| provider.name())
    }
}

impl Resilient<dyn TextToSpeech> {
    /// All must speak at the same rate: [`TextToSpeech::rate`] is asked before it is known who will.
    pub fn text_to_speech(providers: Vec<Arc<dyn TextToSpeech>>, budget: Budget) -> Result<Self, Unfit> {
        for pair in providers.windows(2) {
            let (first, other) = (&pair[0], &pair[1]);
            if first.rate() != other.rate() {
                return Err(Unfit::Rates {
                    first: first.name().to_owned(),
                    rate: first.rate(),
                    other: other.name().to_owned(),
                    other_rate: other.rate(),
                });
            }
        }
        Self::new(Stage::TextToSpeech, providers, budget, |provider| provider.name())
    }
}

impl<P: ?Sized> Resilient<P> {
    fn new(stage: Stage, providers: Vec<Arc<P>>, budget: Budget, name: fn(&P) -> &str) -> Result<Self, Unfit> {
        if providers.is_empty() {
            return Err(Unfit::None);
        }
        Ok(Self {
            name: providers.iter().map(|provider| name(provider)).collect::<Vec<_>>().join(", then "),
            providers: providers
                .into_iter()
                .map(|provider| Guarded {
                    watch: Watch { provider: name(&provider).into(), stage, circuit: Arc::default() },
                    provider,
                })
                .collect(),
            budget,
        })
    }

    /// Asks one provider after the other until `ask` succeeds.
    async fn run<T, F>(&self, ask: impl Fn(Arc<P>, Watch) -> F) -> Result<T, ProviderError>
    where
        F: Future<Output = Result<T, ProviderError>>,
    {
        let end = Instant::now() + self.budget.overall;
        let mut last = None;
        for (at, guarded) in self.providers.iter().enumerate() {
            let now = Instant::now();
            if now >= end {
                break;
            }
            if guarded.watch.circuit().admits(now) {
                let has_next = self.providers[at + 1..].iter().any(|next| next.watch.circuit().would_admit(now));
                match self.ask_one(guarded, has_next, end, &ask).await {
                    Ok(done) => return Ok(done),
                    Err(error) => last = Some(error),
                }
            }
        }
        if let Some(error) = last {
            return Err(error);
        }
        // All are being left alone. One that may have recovered is asked all the same: not to ask would only be
        // another failure.
        if let Some(guarded) = self.providers.iter().find(|guarded| !guarded.watch.circuit().is_hopeless()) {
            return self.ask_one(guarded, false, end, &ask).await;
        }
        let first = &self.providers[0].watch;
        Err(first.circuit().cause().cloned().unwrap_or_else(|| first.late(Duration::ZERO)))
    }

    /// Asks one provider, again where that may help.
    async fn ask_one<T, F>(
        &self,
        guarded: &Guarded<P>,
        has_next: bool,
        end: Instant,
        ask: &impl Fn(Arc<P>, Watch) -> F,
    ) -> Result<T, ProviderError>
    where
        F: Future<Output = Result<T, ProviderError>>,
    {
        let Guarded { provider, watch } = guarded;
        let mut tried = 0;
        loop {
            tried += 1;
            let start = Instant::now();
            let until = end.min(start + self.budget.first);
            let error = match timeout_at(until, ask(provider.clone(), watch.clone())).await {
                Ok(Ok(done)) => {
                    watch.circuit().succeeded();
                    return Ok(done);
                }
                Ok(Err(error)) => error,
                Err(_) => watch.late(until - start),
            };
            let now = Instant::now();
            let opened = watch.failed(&error, now);
            let leave = has_next && (opened || error.kind == ErrorKind::Timeout);
            let again = tried < self.budget.tries && !leave;
            let pause = pause(&error, tried, end.saturating_duration_since(now)).filter(|_| again);
            if (pause.is_some() || has_next) && !opened {
                tracing::warn!(
                    stage = %watch.stage, provider.name = %error.provider, error.kind = error.kind.name(),
                    error = %error.message, again = pause.is_some(), "a provider failed; it or the next is asked"
                );
            }
            match pause {
                Some(pause) => sleep(pause).await,
                None => return Err(error),
            }
        }
    }

    /// Works if any does. All are asked, so that all are warm.
    async fn any<F>(&self, check: impl Fn(Arc<P>) -> F) -> Result<(), ProviderError>
    where
        F: Future<Output = Result<(), ProviderError>>,
    {
        let checked = join_all(self.providers.iter().map(|guarded| check(guarded.provider.clone()))).await;
        checked.into_iter().reduce(Result::or).expect("there is at least one provider")
    }
}

impl Watch {
    fn circuit(&self) -> MutexGuard<'_, Circuit> {
        // A panic while it was held leaves counters that are at most one off.
        self.circuit.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a failure. Whether the circuit is open after it.
    fn failed(&self, error: &ProviderError, now: Instant) -> bool {
        let mut circuit = self.circuit();
        let verdict = circuit.failed(error, now);
        let hopeless = circuit.is_hopeless();
        drop(circuit);
        match verdict {
            Verdict::Opened if hopeless => tracing::error!(
                stage = %self.stage, provider.name = %error.provider, error.kind = error.kind.name(),
                error = %error.message, "a provider will not work until its key or account is put right"
            ),
            Verdict::Opened => tracing::warn!(
                stage = %self.stage, provider.name = %error.provider, error.kind = error.kind.name(),
                error = %error.message, "a provider keeps failing and is left alone for a while"
            ),
            Verdict::Counted | Verdict::StillOpen => {}
        }
        verdict != Verdict::Counted
    }

    fn late(&self, after: Duration) -> ProviderError {
        ProviderError {
            provider: self.provider.to_string(),
            kind: ErrorKind::Timeout,
            message: format!("nothing within {} ms", after.as_millis()),
            retry_after: None,
        }
    }
}

/// How long to wait before the same provider is asked again, with `left` of the budget; `None`: not again.
fn pause(error: &ProviderError, tried: u32, left: Duration) -> Option<Duration> {
    if !error.kind.is_retryable() {
        return None;
    }
    let wait = error.retry_after.unwrap_or_else(|| {
        // 100 ms, 200 ms, … up to 1 s, less up to a quarter so that calls which failed together part.
        let full = Duration::from_millis(100 << (tried - 1).min(3)).min(Duration::from_secs(1));
        full.mul_f64(1.0 - 0.25 * rand::random::<f64>())
    });
    // Half of what is left belongs to the try itself, and to the providers after it.
    (wait <= left / 2).then_some(wait)
}

#[async_trait]
impl SpeechToText for Resilient<dyn SpeechToText> {
    fn name(&self) -> &str {
        &self.name
    }

    async fn transcribe(&self, speech: Speech) -> Result<Transcript, ProviderError> {
        self.run(|provider, _| {
            let speech = speech.clone();
            async move { provider.transcribe(speech).await }
        })
        .await
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.any(|provider| async move { provider.check().await }).await
    }
}

#[async_trait]
impl LanguageModel for Resilient<dyn LanguageModel> {
    fn name(&self) -> &str {
        &self.name
    }

    /// The first is taken to serve.
    fn name_with(&self, model: Option<&str>) -> String {
        self.providers[0].provider.name_with(model)
    }

    /// Gives the stream when its first piece is there. What fails after that is not repeated: the caller may have
    /// heard the beginning.
    async fn reply(&self, request: ModelRequest) -> Result<ReplyStream, ProviderError> {
        self.run(|provider, watch| {
            let request = request.clone();
            let next = self.budget.next;
            async move { stream::begun(provider.reply(request).await?, watch, next).await }
        })
        .await
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.any(|provider| async move { provider.check().await }).await
    }
}

#[async_trait]
impl TextToSpeech for Resilient<dyn TextToSpeech> {
    fn name(&self) -> &str {
        &self.name
    }

    fn rate(&self) -> u32 {
        self.providers[0].provider.rate()
    }

    /// As [`LanguageModel::reply`] of this type.
    async fn speak(&self, request: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        self.run(|provider, watch| {
            let request = request.clone();
            let next = self.budget.next;
            async move { stream::begun(provider.speak(request).await?, watch, next).await }
        })
        .await
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.any(|provider| async move { provider.check().await }).await
    }
}

//! The three providers as the tests want them: no network, no model.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use providers::Selected;
use tokio::sync::Notify;
use voice::provider::{
    Delta, ErrorKind, FinishReason, LanguageModel, Message, ModelRequest, ProviderError, Providers, ReplyStream,
    SpeakRequest, Speech, SpeechStream, SpeechToText, TextToSpeech, Transcript,
};

/// Said to the model, it panics.
pub const PANIC: &str = "panic, please";

/// What the fakes do, and what they were asked; shared with the test.
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    words: String,
    failure: Option<ErrorKind>,
    model_failure: Option<ErrorKind>,
    hangs: bool,
    go_on: Arc<Notify>,
    spoken: Vec<SpeakRequest>,
    asked: Vec<ModelRequest>,
    heard_ms: Vec<u64>,
}

impl Script {
    pub fn providers(&self) -> Selected {
        let all = Providers { stt: Arc::new(self.clone()), model: Arc::new(self.clone()), tts: Arc::new(self.clone()) };
        Selected { live: all.clone(), patient: all, servers: Vec::new() }
    }

    /// What every recording says.
    pub fn words(&self, words: &str) {
        self.0.lock().unwrap().words = words.to_owned();
    }

    /// From now on all three fail like this.
    pub fn fail(&self, kind: ErrorKind) {
        self.0.lock().unwrap().failure = Some(kind);
    }

    /// From now on the model alone fails like this.
    pub fn fail_model(&self, kind: ErrorKind) {
        self.0.lock().unwrap().model_failure = Some(kind);
    }

    /// From now on they work again.
    pub fn recover(&self) {
        self.0.lock().unwrap().failure = None;
    }

    /// From now on the model does not answer.
    pub fn hang(&self) {
        self.0.lock().unwrap().hangs = true;
    }

    /// One reply that hangs goes on.
    pub fn go_on(&self) {
        self.0.lock().unwrap().go_on.notify_one();
    }

    /// What was to be spoken so far.
    pub fn spoken(&self) -> Vec<SpeakRequest> {
        self.0.lock().unwrap().spoken.clone()
    }

    /// The messages of the last request to the model.
    pub fn last_messages(&self) -> Vec<Message> {
        self.0.lock().unwrap().asked.last().expect("the model was asked").messages.clone()
    }

    /// The last request to the model.
    pub fn last_request(&self) -> ModelRequest {
        self.0.lock().unwrap().asked.last().expect("the model was asked").clone()
    }

    /// Lengths of the recordings heard.
    pub fn heard_ms(&self) -> Vec<u64> {
        self.0.lock().unwrap().heard_ms.clone()
    }

    fn outcome(&self) -> Result<(), ProviderError> {
        let failure = self.0.lock().unwrap().failure;
        failure.map_or(Ok(()), |kind| Err(failed(kind)))
    }
}

fn failed(kind: ErrorKind) -> ProviderError {
    let message = "sk-secret-in-the-provider's-words".into();
    ProviderError { provider: "fake".into(), kind, message, retry_after: None }
}

#[async_trait::async_trait]
impl SpeechToText for Script {
    fn name(&self) -> &str {
        "fake:stt"
    }

    async fn transcribe(&self, speech: Speech) -> Result<Transcript, ProviderError> {
        self.outcome()?;
        let mut state = self.0.lock().unwrap();
        state.heard_ms.push(speech.ms());
        Ok(Transcript { text: state.words.clone() })
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.outcome()
    }
}

#[async_trait::async_trait]
impl LanguageModel for Script {
    fn name(&self) -> &str {
        "fake:model"
    }

    /// Repeats what was said last.
    async fn reply(&self, request: ModelRequest) -> Result<ReplyStream, ProviderError> {
        self.outcome()?;
        if let Some(kind) = self.0.lock().unwrap().model_failure {
            return Err(failed(kind));
        }
        let hangs = {
            let state = self.0.lock().unwrap();
            state.hangs.then(|| state.go_on.clone())
        };
        if let Some(go_on) = hangs {
            go_on.notified().await;
        }
        let said = match request.messages.last() {
            Some(Message::User { text }) => text.clone(),
            other => panic!("the last message is the caller's, not {other:?}"),
        };
        assert!(said != PANIC, "boom");
        self.0.lock().unwrap().asked.push(request);
        let deltas = [
            Delta::Text("You said: ".into()),
            Delta::Text(said),
            Delta::Usage { prompt_tokens: 21, completion_tokens: 4 },
            Delta::Finished(FinishReason::Stop),
        ];
        Ok(stream::iter(deltas.map(Ok)).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.outcome()
    }
}

#[async_trait::async_trait]
impl TextToSpeech for Script {
    fn name(&self) -> &str {
        "fake:tts"
    }

    fn rate(&self) -> u32 {
        24_000
    }

    /// 10 ms of a constant for each letter, one chunk a letter.
    async fn speak(&self, request: SpeakRequest) -> Result<SpeechStream, ProviderError> {
        self.outcome()?;
        let letters = request.text.chars().count();
        self.0.lock().unwrap().spoken.push(request);
        let chunk = Bytes::from([0x00, 0x10].repeat(240));
        Ok(stream::iter((0..letters).map(move |_| Ok(chunk.clone()))).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.outcome()
    }
}

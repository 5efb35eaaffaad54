//! The making of one reply: utterance → transcript → model → sentences → speech, all of it streaming.
//!
//! One task a reply. It decides nothing: it reports what it has ([`Piece`]) and is dropped when the reply is
//! not wanted, which cancels whatever provider it was waiting for.

use bytes::Bytes;
use futures_util::StreamExt;
use tokio::{sync::mpsc, task::JoinSet, time::Instant};

use super::{sentences::Sentences, tools};
use crate::{
    audio::Encoder,
    line::AudioFormat,
    provider::{
        Delta, Message, ModelRequest, ProviderError, Providers, SpeakRequest, Speech, SpeechStream, Stage, ToolCall,
        ToolSpec,
    },
};

/// Pieces under way to the loop, which takes them as they come: deep enough for a burst of tokens.
const PIECES: usize = 64;
/// Sentences waiting to be spoken. A model far ahead of the speech waits here.
const SENTENCES: usize = 16;
/// Speech requests opened ahead of the one being played out, so that no gap opens between two sentences. More
/// would be paid for in vain when the caller breaks in.
const SPEECHES: usize = 1;

/// The longest reply. The model's bound on tokens keeps text below it; a speech engine that does not stop is stopped.
const LONGEST_SECONDS: u64 = 600;

/// What a reply is made from.
pub struct Request {
    pub source: Source,
    pub manner: Manner,
    pub format: AudioFormat,
}

/// Where its words come from.
pub enum Source {
    /// The model answers an utterance, yet to be transcribed.
    Speech { speech: Speech, ask: Ask },
    /// The model answers words.
    Words(Ask),
    /// Fixed words (greeting, idle prompt): no model.
    Fixed(String),
}

/// What the model is asked. For [`Source::Speech`] the transcript is added as the last message.
pub struct Ask {
    pub messages: Vec<Message>,
    pub tools: Vec<ToolSpec>,
    pub model: Option<String>,
    pub temperature: Option<f64>,
    pub max_tokens: u32,
}

/// How the words are spoken.
#[derive(Clone)]
pub struct Manner {
    pub voice: String,
    pub speed: f64,
    pub instructions: Option<String>,
}

impl Manner {
    pub fn request(&self, text: String) -> SpeakRequest {
        SpeakRequest { text, voice: self.voice.clone(), speed: self.speed, instructions: self.instructions.clone() }
    }
}

/// Something the reply has come to.
#[derive(Debug)]
pub enum Piece {
    /// The words of the utterance; empty: none were found, and nothing more will come.
    Transcript(String),
    /// The model's first token.
    FirstToken,
    /// Model text, as generated.
    Text(String),
    ToolCall(ToolCall),
    Usage {
        prompt_tokens: u64,
        completion_tokens: u64,
    },
    /// The audio that follows speaks this.
    Sentence(String),
    /// Whole 20 ms frames of the line's format.
    Audio(Bytes),
    Failed {
        stage: Stage,
        error: ProviderError,
    },
    /// Nothing more will come.
    Done,
}

/// A reply in the making.
pub struct Reply {
    pieces: mpsc::Receiver<(Instant, Piece)>,
    _task: JoinSet<()>,
}

impl Reply {
    /// Begins to make it.
    pub fn begin(request: Request, providers: Providers) -> Self {
        let (sender, pieces) = mpsc::channel(PIECES);
        let mut task = JoinSet::new();
        task.spawn(make(request, providers, Pieces(sender)));
        Self { pieces, _task: task }
    }

    /// The next piece and when it came to be. Ends with [`Piece::Done`], always.
    pub async fn next(&mut self) -> (Instant, Piece) {
        self.pieces.recv().await.unwrap_or_else(|| (Instant::now(), Piece::Done))
    }
}

struct Pieces(mpsc::Sender<(Instant, Piece)>);

impl Pieces {
    /// A receiver that is gone has cancelled us: the task is about to be dropped, nothing is owed to it.
    async fn put(&self, piece: Piece) {
        let _ = self.0.send((Instant::now(), piece)).await;
    }

    async fn audio(&self, frames: Bytes) {
        if !frames.is_empty() {
            self.put(Piece::Audio(frames)).await;
        }
    }
}

async fn make(request: Request, providers: Providers, pieces: Pieces) {
    let Request { source, manner, format } = request;
    let ask = match source {
        Source::Speech { speech, mut ask } => match providers.stt.transcribe(speech).await {
            Ok(transcript) => {
                let text = transcript.text.trim().to_owned();
                pieces.put(Piece::Transcript(text.clone())).await;
                if text.is_empty() {
                    return;
                }
                ask.messages.push(Message::User { text });
                Ok(ask)
            }
            Err(error) => {
                return pieces.put(Piece::Failed { stage: Stage::SpeechToText, error }).await;
            }
        },
        Source::Words(ask) => Ok(ask),
        Source::Fixed(text) => Err(text),
    };
    let (sentences, to_open) = mpsc::channel(SENTENCES);
    let (opened, to_play) = mpsc::channel(SPEECHES);
    let think = async {
        match ask {
            Ok(ask) => think(ask, &providers, &pieces, sentences).await,
            Err(text) => {
                let _ = sentences.send(text).await;
            }
        }
    };
    let open = open(&manner, &providers, to_open, opened);
    let speak = speak(&pieces, to_play, providers.tts.rate(), format);
    tokio::join!(think, open, speak);
}

/// The model's output, cut into sentences.
async fn think(ask: Ask, providers: &Providers, pieces: &Pieces, sentences: mpsc::Sender<String>) {
    let request = ModelRequest {
        messages: ask.messages,
        tools: ask.tools,
        model: ask.model,
        temperature: ask.temperature,
        max_tokens: ask.max_tokens,
    };
    let failed = |error| pieces.put(Piece::Failed { stage: Stage::LanguageModel, error });
    let mut deltas = match providers.model.reply(request).await {
        Ok(deltas) => deltas,
        Err(error) => return failed(error).await,
    };
    let mut cutter = Sentences::default();
    let (mut begun, mut spoke, mut called) = (false, false, None);
    while let Some(delta) = deltas.next().await {
        if !std::mem::replace(&mut begun, true) {
            pieces.put(Piece::FirstToken).await;
        }
        match delta {
            Ok(Delta::Text(text)) => {
                let mut piece = cutter.push(&text);
                pieces.put(Piece::Text(text)).await;
                while let Some(sentence) = piece {
                    spoke = true;
                    if sentences.send(sentence).await.is_err() {
                        // Speech has failed: nobody would hear the rest.
                        return;
                    }
                    piece = cutter.push("");
                }
            }
            Ok(Delta::ToolCall(call)) => {
                called = called.or_else(|| tools::last_words(&call));
                pieces.put(Piece::ToolCall(call)).await;
            }
            Ok(Delta::Usage { prompt_tokens, completion_tokens }) => {
                pieces.put(Piece::Usage { prompt_tokens, completion_tokens }).await;
            }
            Ok(Delta::Finished(_)) => {}
            Err(error) => {
                // What came before the failure is spoken: half an answer beats an apology.
                failed(error).await;
                break;
            }
        }
    }
    if let Some(rest) = cutter.finish() {
        spoke = true;
        let _ = sentences.send(rest).await;
    }
    if let Some(text) = called.filter(|_| !spoke) {
        pieces.put(Piece::Text(text.clone())).await;
        let _ = sentences.send(text).await;
    }
}

type Opened = (String, Result<SpeechStream, ProviderError>);

/// Opens the speech of each sentence while the one before is still coming in.
async fn open(
    manner: &Manner,
    providers: &Providers,
    mut sentences: mpsc::Receiver<String>,
    opened: mpsc::Sender<Opened>,
) {
    while let Some(text) = sentences.recv().await {
        let speech = providers.tts.speak(manner.request(text.clone())).await;
        if opened.send((text, speech)).await.is_err() {
            return;
        }
    }
}

/// Speech, turned into the line's frames.
async fn speak(pieces: &Pieces, mut opened: mpsc::Receiver<Opened>, rate: u32, format: AudioFormat) {
    let (mut first, mut made) = (true, 0);
    while let Some((text, speech)) = opened.recv().await {
        let mut speech = match speech {
            Ok(speech) => speech,
            Err(error) => return pieces.put(Piece::Failed { stage: Stage::TextToSpeech, error }).await,
        };
        pieces.put(Piece::Sentence(text)).await;
        let mut encoder = Encoder::new(rate, format);
        if std::mem::take(&mut first) {
            encoder = encoder.from_first_sound();
        }
        while let Some(chunk) = speech.next().await {
            match chunk {
                Ok(pcm) => {
                    made += pcm.len() as u64;
                    if made > LONGEST_SECONDS * u64::from(rate) * 2 {
                        tracing::warn!("speech that does not end is cut off");
                        return;
                    }
                    pieces.audio(encoder.push(&pcm)).await;
                }
                Err(error) => {
                    pieces.audio(encoder.finish()).await;
                    return pieces.put(Piece::Failed { stage: Stage::TextToSpeech, error }).await;
                }
            }
        }
        pieces.audio(encoder.finish()).await;
    }
}

//! The making of one reply: utterance → transcript → model → sentences → speech, all of it streaming.
//!
//! One task a reply. It decides nothing: it reports what it has ([`Piece`]) and is dropped when the reply is
//! not wanted, which cancels whatever provider it was waiting for.

use std::{pin::pin, time::Duration};

use bytes::Bytes;
use futures_util::StreamExt;
use tokio::{sync::mpsc, task::JoinSet, time::Instant};
use tokio_util::sync::CancellationToken;

use super::{sentences::Sentences, tools};
use crate::{
    audio::Encoder,
    line::AudioFormat,
    provider::{
        Delta, Message, ModelRequest, ProviderError, Providers, SpeakRequest, Speech, SpeechStream, Stage, ToolCall,
        ToolSpec, estimate::Asked,
    },
    tool::{self, ToolUse, Tools},
};

/// Pieces under way to the loop, which takes them as they come: deep enough for a burst of tokens.
const PIECES: usize = 64;
/// Sentences waiting to be spoken. A model far ahead of the speech waits here.
const SENTENCES: usize = 16;
/// Speech requests opened ahead of the one being played out, so that no gap opens between two sentences. More
/// would be paid for in vain when the caller breaks in.
const SPEECHES: usize = 1;

/// A function that answers within this needs no words meanwhile: they would only put the answer off.
const FILLER_AFTER: Duration = Duration::from_millis(400);
/// Where the tenant wrote no words for it, the caller waits longer for ours.
const WAITING_AFTER: Duration = Duration::from_millis(2_500);
/// Between two assurances that we are still there.
const WAITING_AGAIN: Duration = Duration::from_secs(8);

/// The longest reply. The model's bound on tokens keeps text below it; a speech engine that does not stop is stopped.
const LONGEST_SECONDS: u64 = 600;

/// What a reply is made from.
pub struct Request {
    pub source: Source,
    pub manner: Manner,
    pub format: AudioFormat,
    /// What the model may call beside the engine's own functions.
    pub tools: Tools,
    /// Said while they run for long; `None`: nothing is said meanwhile.
    pub waiting: Option<String>,
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
    /// The engine's own functions.
    pub own: Vec<ToolSpec>,
    pub model: Option<String>,
    pub temperature: Option<f64>,
    pub max_tokens: u32,
}

/// A sentence on its way to be spoken, see [`Piece::Sentence`].
struct Words {
    text: String,
    round: Option<u32>,
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
    /// A function was called: when it begins, and again when it has ended.
    Tool(ToolUse),
    /// The model is asked.
    Asked(Asked),
    /// What it took, as its provider says.
    Usage {
        prompt_tokens: u64,
        completion_tokens: u64,
    },
    /// Text is sent to be spoken.
    Speaking {
        characters: u64,
    },
    /// The audio that follows speaks this; `round`: after how many rounds of functions the model said it, `None`
    /// where it is said because the caller waits.
    Sentence {
        text: String,
        round: Option<u32>,
    },
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
    committed: CancellationToken,
    _task: JoinSet<()>,
}

impl Reply {
    /// Begins to make it.
    pub fn begin(request: Request, providers: Providers) -> Self {
        let (sender, pieces) = mpsc::channel(PIECES);
        let mut task = JoinSet::new();
        let committed = CancellationToken::new();
        task.spawn(make(request, committed.clone(), providers, Pieces(sender)));
        Self { pieces, committed, _task: task }
    }

    /// It is the turn's: functions that the model asked for may be run now.
    pub fn commit(&self) {
        self.committed.cancel();
    }

    /// The next piece and when it came to be. Ends with [`Piece::Done`], always.
    pub async fn next(&mut self) -> (Instant, Piece) {
        self.pieces.recv().await.unwrap_or_else(|| (Instant::now(), Piece::Done))
    }

    /// A piece that is there already.
    pub fn ready(&mut self) -> Option<Piece> {
        self.pieces.try_recv().ok().map(|(_, piece)| piece)
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

async fn make(request: Request, committed: CancellationToken, providers: Providers, pieces: Pieces) {
    let Request { source, manner, format, tools, waiting } = request;
    let hands = Hands { tools, committed, waiting };
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
        let mut mouth = Mouth { pieces: &pieces, sentences, has_spoken: false };
        // A failure of speech is reported where it happens.
        let _ = match ask {
            Ok(ask) => think(ask, &hands, &providers, &mut mouth).await,
            Err(text) => mouth.say(text, Some(0)).await,
        };
    };
    let open = open(&pieces, &manner, &providers, to_open, opened);
    let speak = speak(&pieces, to_play, providers.tts.rate(), format);
    tokio::join!(think, open, speak);
}

/// What the sentences of one reply go through.
struct Mouth<'a> {
    pieces: &'a Pieces,
    sentences: mpsc::Sender<Words>,
    has_spoken: bool,
}

/// Speech has failed: nobody would hear the rest.
struct Mute;

impl Mouth<'_> {
    /// `round`: `None` where it is said only because the caller waits.
    async fn say(&mut self, text: String, round: Option<u32>) -> Result<(), Mute> {
        self.has_spoken = true;
        self.sentences.send(Words { text, round }).await.map_err(|_| Mute)
    }

    /// Says what the model did not write.
    async fn add(&mut self, text: &str, round: Option<u32>) -> Result<(), Mute> {
        self.apart().await;
        self.pieces.put(Piece::Text(text.to_owned())).await;
        self.say(text.to_owned(), round).await
    }

    /// What follows in the generated text is another sentence.
    async fn apart(&self) {
        if self.has_spoken {
            self.pieces.put(Piece::Text(" ".to_owned())).await;
        }
    }
}

/// What the model came to, once.
struct Thought {
    text: String,
    calls: Vec<ToolCall>,
    is_whole: bool,
}

/// The model's words, and what it finds out by functions, until it needs no more of them.
async fn think(ask: Ask, hands: &Hands, providers: &Providers, mouth: &mut Mouth<'_>) -> Result<(), Mute> {
    let Ask { mut messages, own, model, temperature, max_tokens } = ask;
    for round in 0..=tool::ROUNDS {
        // In the last one it must answer with what it knows.
        let more = (round < tool::ROUNDS).then(|| hands.tools.specs()).into_iter().flatten();
        let request = ModelRequest {
            messages: messages.clone(),
            tools: own.iter().cloned().chain(more).collect(),
            model: model.clone(),
            temperature,
            max_tokens,
            format: None,
        };
        let thought = stream(request, round, providers, mouth).await?;
        let (ending, calls): (Vec<_>, Vec<_>) = thought.calls.into_iter().partition(tools::is_ours);
        if !thought.is_whole || calls.is_empty() || round == tool::ROUNDS {
            return end(ending, &thought.text, round, mouth).await;
        }
        // One that would end the conversation beside them is not heeded: the model has not seen what came of them.
        let uses = hands.run(tool::distinct(calls, round), round, !thought.text.trim().is_empty(), mouth).await?;
        messages.extend(with_text(tool::messages(&uses), thought.text));
    }
    Ok(())
}

fn with_text(mut messages: Vec<Message>, said: String) -> Vec<Message> {
    if let Some(Message::Assistant { text, .. }) = messages.first_mut() {
        *text = said;
    }
    messages
}

/// The functions that end the conversation, and the words that go with them.
async fn end(calls: Vec<ToolCall>, text: &str, round: u32, mouth: &mut Mouth<'_>) -> Result<(), Mute> {
    let last_words = calls.iter().find_map(tools::last_words).filter(|_| text.trim().is_empty());
    for call in calls {
        mouth.pieces.put(Piece::Tool(ToolUse::own(call, round))).await;
    }
    match last_words {
        Some(words) => mouth.add(&words, Some(round)).await,
        None => Ok(()),
    }
}

/// The model's output, cut into sentences.
async fn stream(
    request: ModelRequest,
    round: u32,
    providers: &Providers,
    mouth: &mut Mouth<'_>,
) -> Result<Thought, Mute> {
    let pieces = mouth.pieces;
    let failed = |error| pieces.put(Piece::Failed { stage: Stage::LanguageModel, error });
    let mut thought = Thought { text: String::new(), calls: Vec::new(), is_whole: true };
    // Before the request: it is paid for though the caller goes on before the first token.
    pieces.put(Piece::Asked(Asked::new(&request))).await;
    let mut deltas = match providers.model.reply(request).await {
        Ok(deltas) => deltas,
        Err(error) => {
            pieces.put(Piece::Usage { prompt_tokens: 0, completion_tokens: 0 }).await;
            failed(error).await;
            return Ok(Thought { is_whole: false, ..thought });
        }
    };
    let mut cutter = Sentences::default();
    let mut begun = round > 0;
    while let Some(delta) = deltas.next().await {
        if !std::mem::replace(&mut begun, true) {
            pieces.put(Piece::FirstToken).await;
        }
        match delta {
            Ok(Delta::Text(text)) => {
                if thought.text.is_empty() {
                    mouth.apart().await;
                }
                thought.text.push_str(&text);
                let mut piece = cutter.push(&text);
                pieces.put(Piece::Text(text)).await;
                while let Some(sentence) = piece {
                    mouth.say(sentence, Some(round)).await?;
                    piece = cutter.push("");
                }
            }
            Ok(Delta::ToolCall(call)) => thought.calls.push(call),
            Ok(Delta::Usage { prompt_tokens, completion_tokens }) => {
                pieces.put(Piece::Usage { prompt_tokens, completion_tokens }).await;
            }
            Ok(Delta::Finished(_)) => {}
            Err(error) => {
                // What came before the failure is spoken: half an answer beats an apology.
                failed(error).await;
                thought.is_whole = false;
                break;
            }
        }
    }
    if let Some(rest) = cutter.finish() {
        mouth.say(rest, Some(round)).await?;
    }
    Ok(thought)
}

/// What runs functions for a reply.
struct Hands {
    tools: Tools,
    /// Fires when the reply is the turn's. A guess does nothing in the world.
    committed: CancellationToken,
    /// Said while they run for long; `None`: nothing is said meanwhile.
    waiting: Option<String>,
}

impl Hands {
    /// Runs them. The caller hears something meanwhile; `spoke`: has just heard something.
    async fn run(
        &self,
        calls: Vec<ToolCall>,
        round: u32,
        spoke: bool,
        mouth: &mut Mouth<'_>,
    ) -> Result<Vec<ToolUse>, Mute> {
        self.committed.cancelled().await;
        let filler = self.tools.filler(&calls);
        let mut wait = match &filler {
            _ if spoke => WAITING_AGAIN,
            Some(_) => FILLER_AFTER,
            None => WAITING_AFTER,
        };
        let mut words = filler.filter(|_| !spoke).or_else(|| self.waiting.clone()).filter(|_| self.waiting.is_some());
        let pieces = mouth.pieces;
        let mut running = pin!(self.tools.run(calls, round, |used| pieces.put(Piece::Tool(used))));
        loop {
            tokio::select! {
                uses = &mut running => return Ok(uses),
                () = tokio::time::sleep(wait), if words.is_some() => {
                    if let Some(words) = words.take() {
                        mouth.add(&words, None).await?;
                    }
                    (words, wait) = (self.waiting.clone(), WAITING_AGAIN);
                }
            }
        }
    }
}

type Opened = (Words, Result<SpeechStream, ProviderError>);

/// Opens the speech of each sentence while the one before is still coming in.
async fn open(
    pieces: &Pieces,
    manner: &Manner,
    providers: &Providers,
    mut sentences: mpsc::Receiver<Words>,
    opened: mpsc::Sender<Opened>,
) {
    while let Some(words) = sentences.recv().await {
        // Before the request: see above.
        pieces.put(Piece::Speaking { characters: words.text.chars().count() as u64 }).await;
        let speech = providers.tts.speak(manner.request(words.text.clone())).await;
        if opened.send((words, speech)).await.is_err() {
            return;
        }
    }
}

/// Speech, turned into the line's frames.
async fn speak(pieces: &Pieces, mut opened: mpsc::Receiver<Opened>, rate: u32, format: AudioFormat) {
    let (mut first, mut made) = (true, 0);
    while let Some((Words { text, round }, speech)) = opened.recv().await {
        let mut speech = match speech {
            Ok(speech) => speech,
            Err(error) => return pieces.put(Piece::Failed { stage: Stage::TextToSpeech, error }).await,
        };
        pieces.put(Piece::Sentence { text, round }).await;
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

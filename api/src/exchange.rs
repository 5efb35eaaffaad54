//! One exchange without a live line: what was said, the reply, and its row.

mod record;

use std::time::Instant;

use bytes::Bytes;
use domain::{
    admission, conversations,
    entity::{self, conversation, id::TenantId},
    tools, usage,
};
use futures_util::{Stream, StreamExt, stream};
use voice::{
    conversation::Persona,
    event::{Prompt, Turn, TurnTimes, Usage},
    pipeline::{self, NoReply, Reply},
    provider::{Providers, SpeakRequest},
};

use self::record::Record;
use crate::{
    AppState, background,
    live::persist,
    problem::{ApiError, chain},
};

/// What the caller brought.
pub enum Said {
    Text(String),
    /// 16 kHz mono.
    Recording(Vec<i16>),
}

/// What came of it.
pub struct Exchange {
    pub user_input: String,
    pub agent_response: String,
    /// Its name.
    pub persona: String,
    /// Who says it, and how.
    pub speaker: Persona,
    /// The response as a WAV file, where a recording was brought.
    pub audio: Option<Vec<u8>>,
}

/// Answers in a session of this tenant and keeps the turn. A session that is over is a conflict.
///
/// It happens whole or not at all: of an exchange that failed nothing is kept, for whoever asked knows that it failed
/// and says the same again. (On a line nobody can unsay a word: there a turn is kept as soon as it begins.) But what a
/// tool did stays done: from the first call of one on the turn is kept with its calls, without a reply if it comes to
/// none, and whoever says the same again talks to a model that knows of them. And what was paid for is counted, turn or
/// none.
///
/// It goes on when whoever asked is gone.
pub async fn exchange(
    state: &AppState,
    tenant: TenantId,
    session_id: String,
    said: Said,
    persona: Option<String>,
) -> Result<Exchange, ApiError> {
    let owned = state.clone();
    background::finish(state, async move { whole(&owned, tenant, &session_id, said, persona.as_deref()).await }).await
}

async fn whole(
    state: &AppState,
    tenant: TenantId,
    session_id: &str,
    said: Said,
    persona: Option<&str>,
) -> Result<Exchange, ApiError> {
    let (db, providers) = (&state.database, state.serving.of(tenant).await);
    let conversation = conversations::active_session(db, tenant, session_id).await?;
    admission::check(db, &state.settings.limits.defaults(), tenant, entity::now()).await?;
    // What has been used and is in no turn.
    let mut used = Usage::default();
    let mut done = answer(state, &conversation, &providers, said, persona, &mut used).await;
    if used != Usage::default() {
        let (id, served) = (Some(conversation.id), state.serving.served(&providers));
        if let Err(error) = persist(|| usage::note(db, tenant, id, &served, &used, entity::now())).await {
            tracing::error!(error = %chain(&error), "what an exchange used is not counted");
        }
    }
    if let Ok(Exchange { agent_response, speaker, audio: Some(audio), .. }) = &mut done {
        *audio = speak_whole(&providers, request(speaker, agent_response.clone())).await?;
    }
    done
}

async fn answer(
    state: &AppState,
    conversation: &conversation::Model,
    providers: &Providers,
    said: Said,
    persona: Option<&str>,
    used: &mut Usage,
) -> Result<Exchange, ApiError> {
    let (db, tenant) = (&state.database, conversation.tenant_id);
    let cast = conversations::cast(db, tenant, conversation, persona).await?;
    let speaker = cast.speaker();

    // A second request of the same session waits: its history holds this exchange.
    let _turn = state.turns.lock(conversation.id).await;
    let began = Instant::now();
    let since = || Some(began.elapsed().as_millis() as u64);
    let mut times = TurnTimes { caller_stopped_ms: Some(0), end_of_turn_ms: Some(0), ..TurnTimes::default() };
    let prompt = match said {
        Said::Text(text) => Prompt::Text(text),
        Said::Recording(pcm) => {
            let text = pipeline::transcribe(&*providers.stt, pcm, speaker.language.clone(), used).await?;
            if text.is_empty() {
                return Err(ApiError::invalid("audio_file", "no words were found in it"));
            }
            times.transcript_final_ms = since();
            Prompt::Speech(text)
        }
    };
    let user_input = prompt.text().unwrap_or_default().to_owned();
    let history = conversations::history(db, tenant, conversation.id).await?;
    // Within the lock: the calls of the exchange before are counted.
    let tools = tools::of_conversation(state.means(), tenant, conversation.id, cast.tools()).await?;
    let record = Record::new(db, tenant, conversation.id, &prompt);
    let asked = pipeline::respond(&*providers.model, &speaker, &tools, history, &user_input, |used| record.note(used));
    let reply = match asked.await {
        Ok(reply) => reply,
        Err(NoReply { error, so_far }) => {
            *used += so_far.usage;
            if !so_far.tool_calls.is_empty() {
                let turn = turn(&prompt, so_far, String::new(), times, *used);
                record.end(&turn, &state.serving.served(providers)).await?;
                *used = Usage::default();
            }
            return Err(error.into());
        }
    };
    times.first_token_ms = since();

    // What came as speech is answered in speech.
    let is_spoken = matches!(prompt, Prompt::Speech(_));
    *used += reply.usage;
    let spoken_characters = if is_spoken { reply.text.chars().count() as u64 } else { 0 };
    let agent_response = reply.text.clone();
    // It is handed over whole: nobody can break in.
    let turn = turn(&prompt, reply, agent_response.clone(), times, Usage { spoken_characters, ..*used });
    record.end(&turn, &state.serving.served(providers)).await?;
    *used = Usage::default();
    let audio = is_spoken.then(Vec::new);
    Ok(Exchange { user_input, agent_response, persona: cast.persona.name.into_owned(), speaker, audio })
}

fn turn(prompt: &Prompt, reply: Reply, heard_text: String, times: TurnTimes, usage: Usage) -> Turn {
    Turn {
        // The row gets the next.
        number: 0,
        prompt: prompt.clone(),
        generated_text: reply.text,
        heard_text,
        interrupted: false,
        tool_calls: reply.tool_calls,
        times,
        usage,
    }
}

/// `text` in this speaker's manner.
pub fn request(speaker: &Persona, text: String) -> SpeakRequest {
    SpeakRequest { text, voice: speaker.voice.clone(), speed: speaker.speed, instructions: speaker.manner.clone() }
}

/// A WAV file as it is made. Fails here while the engine has not begun; later failures end the stream with an error,
/// which breaks the connection off: a cut file must not look whole.
pub async fn speak_as_wav(
    providers: &Providers,
    request: SpeakRequest,
) -> Result<impl Stream<Item = std::io::Result<Bytes>> + Send + use<>, ApiError> {
    let tts = &*providers.tts;
    let header = pipeline::wav_header(tts.rate());
    let speech = pipeline::speak(tts, request).await?.map(|chunk| {
        chunk.map_err(|error| {
            tracing::warn!(provider = error.provider, error.kind = error.kind.name(), %error, "speech cut off");
            std::io::Error::other(error)
        })
    });
    Ok(stream::once(std::future::ready(Ok(header))).chain(speech))
}

/// A whole WAV file.
async fn speak_whole(providers: &Providers, request: SpeakRequest) -> Result<Vec<u8>, ApiError> {
    let tts = &providers.tts;
    let mut speech = pipeline::speak(&**tts, request).await?;
    let mut pcm = Vec::new();
    while let Some(chunk) = speech.next().await {
        pcm.extend_from_slice(&chunk?);
        if pcm.len() > LONGEST_SPEECH {
            return Err(ApiError::internal(std::io::Error::other("speech without an end")));
        }
    }
    let samples: Vec<i16> = pcm.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect();
    Ok(voice::audio::wav::encode(tts.rate(), &samples))
}

/// Bytes of PCM: more than ten minutes at 24 kHz, longer than any reply.
const LONGEST_SPEECH: usize = 32 << 20;

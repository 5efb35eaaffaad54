//! The three stages one at a time, for doors without a live line: a file to words, words to a reply, a reply to
//! speech. A live line is [`crate::conversation::converse`].
//!
//! Deadlines and retries are the providers' own ([`crate::provider::policy`]); what is unbounded here is bounded
//! there for each piece.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{StreamExt, stream};

use crate::{
    conversation::Persona,
    event::Usage,
    provider::{
        Delta, ErrorKind, FinishReason, LanguageModel, Message, ModelRequest, ProviderError, SpeakRequest, Speech,
        SpeechStream, SpeechToText, TextToSpeech, ToolCall, estimate::Asked,
    },
    tool::{self, ToolUse, Tools},
};

/// Samples in the longest piece that is sent to a recogniser: 25 s. Whisper-like models hear 30 s at a time, and a
/// deadline made for a caller's turn holds for each piece.
const PIECE: usize = 25 * Speech::RATE as usize;
/// A cut is made at the quietest place of a piece's last 5 s.
const CUT_WITHIN: usize = 5 * Speech::RATE as usize;
/// The quiet looked for: 100 ms.
const QUIET: usize = Speech::RATE as usize / 10;
/// Bytes of a reply, should the provider not keep to its tokens.
const MAX_REPLY_BYTES: usize = 64 * 1024;

/// The words of a recording of any length, 16 kHz mono; what it takes is added to `used`, be it before a failure.
/// Empty: no words were found.
pub async fn transcribe(
    stt: &dyn SpeechToText,
    pcm: Vec<i16>,
    language: Option<String>,
    used: &mut Usage,
) -> Result<String, ProviderError> {
    let (mut words, mut transcribed, before_ms) = (Vec::new(), 0, used.transcribed_ms);
    for piece in pieces(&pcm) {
        let speech = Speech { pcm: Arc::from(piece), language: language.clone() };
        let text = stt.transcribe(speech).await?.text;
        transcribed += piece.len() as u64;
        used.transcribed_ms = before_ms + transcribed * 1_000 / u64::from(Speech::RATE);
        words.extend(Some(text.trim().to_owned()).filter(|text| !text.is_empty()));
    }
    Ok(words.join(" "))
}

/// The agent's reply to something said.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    pub text: String,
    pub usage: Usage,
    pub tool_calls: Vec<ToolUse>,
}

/// A reply that failed, and what had come of it by then: functions that were called have been called.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub struct NoReply {
    #[source]
    pub error: ProviderError,
    pub so_far: Reply,
}

/// The agent's reply to `said`, whole. `history` is what was said before, without the system message. `note` is told of
/// each function when it is called and when it has ended. The engine's own functions are not offered: without a line
/// there is nothing to hang up or to transfer.
pub async fn respond<N, F>(
    model: &dyn LanguageModel,
    persona: &Persona,
    tools: &Tools,
    history: Vec<Message>,
    said: &str,
    note: N,
) -> Result<Reply, NoReply>
where
    N: Fn(ToolUse) -> F,
    F: Future<Output = ()>,
{
    let system = Message::System { text: persona.instructions.clone() };
    let messages = std::iter::once(system).chain(history).chain([Message::User { text: said.to_owned() }]).collect();
    let mut reply = Reply { text: String::new(), usage: Usage::default(), tool_calls: Vec::new() };
    match think(model, persona, tools, messages, note, &mut reply).await {
        Ok(()) => Ok(reply),
        Err(error) => Err(NoReply { error, so_far: reply }),
    }
}

/// Asks the model until it needs no more functions.
async fn think<N, F>(
    model: &dyn LanguageModel,
    persona: &Persona,
    tools: &Tools,
    mut messages: Vec<Message>,
    note: N,
    reply: &mut Reply,
) -> Result<(), ProviderError>
where
    N: Fn(ToolUse) -> F,
    F: Future<Output = ()>,
{
    for round in 0..=tool::ROUNDS {
        let is_last = round == tool::ROUNDS;
        let request = ModelRequest {
            messages: messages.clone(),
            // In the last one it must answer with what it knows.
            tools: if is_last { Vec::new() } else { tools.specs().collect() },
            model: persona.model.clone(),
            temperature: persona.temperature,
            max_tokens: persona.max_tokens,
            format: None,
        };
        let (text, calls) = thought(model, request, &mut reply.usage).await?;
        reply.text = format!("{} {}", reply.text, text.trim()).trim().to_owned();
        if calls.is_empty() || is_last {
            break;
        }
        let uses = tools.run(tool::distinct(calls, round), round, &note).await;
        messages.extend(tool::messages(&uses));
        reply.tool_calls.extend(uses);
    }
    if reply.text.is_empty() {
        return Err(ProviderError {
            provider: model.name().to_owned(),
            kind: ErrorKind::Garbled,
            message: "a reply without a word".to_owned(),
            retry_after: None,
        });
    }
    Ok(())
}

/// What the model says and asks for, once.
async fn thought(
    model: &dyn LanguageModel,
    request: ModelRequest,
    usage: &mut Usage,
) -> Result<(String, Vec<ToolCall>), ProviderError> {
    let answer = ask(model, request).await;
    *usage += answer.usage;
    answer.end.map(|_| (answer.text, answer.tool_calls))
}

/// What a model answered, as far as it came.
#[derive(Debug)]
pub struct Answer {
    pub text: String,
    pub tool_calls: Vec<ToolCall>,
    /// Be it before a failure.
    pub usage: Usage,
    /// Why there is no more.
    pub end: Result<FinishReason, ProviderError>,
}

/// Asks the model once and waits for all of its answer.
pub async fn ask(model: &dyn LanguageModel, request: ModelRequest) -> Answer {
    let mut asked = Asked::new(&request);
    let (mut text, mut tool_calls) = (String::new(), Vec::new());
    let mut deltas = match model.reply(request).await {
        Ok(deltas) => deltas,
        Err(error) => return Answer { text, tool_calls, usage: Usage::default(), end: Err(error) },
    };
    // `None`: the provider has not said.
    let mut counted = None;
    let end = loop {
        match deltas.next().await {
            Some(Ok(Delta::Text(more))) => text.push_str(&more),
            Some(Ok(Delta::Usage { prompt_tokens, completion_tokens })) => {
                counted = Some(Usage { prompt_tokens, completion_tokens, ..Usage::default() });
            }
            Some(Ok(Delta::ToolCall(call))) => tool_calls.push(call),
            Some(Ok(Delta::Finished(reason))) => break Ok(reason),
            None => break Ok(FinishReason::Stop),
            Some(Err(error)) => break Err(error),
        }
        if text.len() > MAX_REPLY_BYTES {
            break Ok(FinishReason::Length);
        }
    };
    asked.wrote(&text);
    let usage = counted.unwrap_or_else(|| asked.usage());
    Answer { text, tool_calls, usage, end }
}

/// Speech of a whole text as it comes: 16-bit little-endian PCM, mono, at [`TextToSpeech::rate`].
///
/// Fails before the first byte where the engine does, so that a caller can still answer with an error.
pub async fn speak(tts: &dyn TextToSpeech, request: SpeakRequest) -> Result<SpeechStream, ProviderError> {
    let mut speech = tts.speak(request).await?;
    match speech.next().await {
        Some(first) => Ok(stream::once(std::future::ready(Ok(first?))).chain(speech).boxed()),
        None => Err(ProviderError {
            provider: tts.name().to_owned(),
            kind: ErrorKind::Garbled,
            message: "speech without a sample".to_owned(),
            retry_after: None,
        }),
    }
}

/// The header of a WAV file whose length is not known yet: mono 16-bit PCM of `rate` follows. Both lengths stand at
/// their largest, which players read as "until the end".
pub fn wav_header(rate: u32) -> Bytes {
    let mut header = Vec::with_capacity(44);
    header.extend_from_slice(b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0");
    header.extend_from_slice(&rate.to_le_bytes());
    header.extend_from_slice(&(rate * 2).to_le_bytes());
    header.extend_from_slice(b"\x02\0\x10\0data\xff\xff\xff\xff");
    header.into()
}

/// Cuts what is too long at its quietest places.
fn pieces(mut pcm: &[i16]) -> impl Iterator<Item = &[i16]> {
    std::iter::from_fn(move || {
        let cut =
            if pcm.len() > PIECE { PIECE - CUT_WITHIN + quietest(&pcm[PIECE - CUT_WITHIN..PIECE]) } else { pcm.len() };
        let (piece, rest) = pcm.split_at(cut);
        pcm = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

/// The middle of the quietest 100 ms.
fn quietest(pcm: &[i16]) -> usize {
    let loudness = |window: &[i16]| window.iter().map(|sample| u64::from(sample.unsigned_abs())).sum::<u64>();
    let windows = pcm.chunks_exact(QUIET).enumerate();
    windows.min_by_key(|(_, window)| loudness(window)).map_or(pcm.len(), |(at, _)| at * QUIET + QUIET / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_recording_is_cut_in_its_pauses_and_loses_no_sample() {
        let second = Speech::RATE as usize;
        let mut pcm = vec![5_000_i16; 60 * second];
        pcm[22 * second..22 * second + second / 2].fill(0);
        let cut: Vec<_> = pieces(&pcm).collect();
        assert_eq!(cut.iter().map(|piece| piece.len()).sum::<usize>(), pcm.len());
        assert!((22 * second..22 * second + second / 2).contains(&cut[0].len()), "{}", cut[0].len());
        assert!(cut.iter().all(|piece| piece.len() <= PIECE));
    }

    #[test]
    fn a_header_without_a_length_is_a_wav_header() {
        let header = wav_header(24_000);
        assert_eq!(header.len(), 44);
        let known = crate::audio::wav::encode(24_000, &[]);
        // The same but for the two lengths.
        assert_eq!(header[8..40], known[8..40]);
        assert_eq!(header[..4], known[..4]);
    }
}

//! What comes back: the events of one stream, made into deltas.

use std::{collections::VecDeque, sync::Arc, time::Duration};

use reqwest::Response;
use serde::{Deserialize, de::IgnoredAny};
use tokio::time::timeout;

use super::super::{api::Api, failure, sse::Events};
use crate::provider::{Delta, ErrorKind, FinishReason, ProviderError, ToolCall};

/// How long the token counts may come after the reply's end. They follow at once or never, and the caller has
/// heard the reply: no failure is left to report.
const USAGE_WAIT: Duration = Duration::from_millis(500);
/// Most calls in one reply: an agent has two or three tools, a model that runs wild has no end.
const MAX_TOOL_CALLS: usize = 32;
/// Most bytes of arguments in one reply, all calls together.
const MAX_ARGUMENTS: usize = 256 << 10;

/// The reader of one stream.
pub(super) struct Reply {
    api: Arc<Api>,
    /// `None` after the end.
    response: Option<Response>,
    events: Events,
    state: State,
}

/// What the events have told so far.
#[derive(Default)]
struct State {
    ready: VecDeque<Result<Delta, ProviderError>>,
    calls: Vec<Call>,
    argument_bytes: usize,
    finish: Option<FinishReason>,
    has_refused: bool,
    usage: Option<(u64, u64)>,
    /// `[DONE]`.
    done: bool,
}

struct Call {
    index: Option<u64>,
    call: ToolCall,
}

/// Why a stream is read no further.
enum Halt {
    Error(failure::ErrorObject),
    Garbled(&'static str),
}

#[derive(Deserialize)]
struct Chunk {
    choices: Option<Vec<Choice>>,
    usage: Option<UsageBody>,
    error: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Choice {
    delta: Option<DeltaBody>,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct DeltaBody {
    content: Option<String>,
    refusal: Option<String>,
    tool_calls: Option<Vec<ToolCallPart>>,
}

#[derive(Deserialize)]
struct ToolCallPart {
    index: Option<u64>,
    id: Option<String>,
    function: Option<FunctionPart>,
}

#[derive(Deserialize)]
struct FunctionPart {
    name: Option<String>,
    arguments: Option<String>,
}

#[derive(Deserialize)]
struct UsageBody {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
}

impl Reply {
    pub fn new(api: Arc<Api>, response: Response) -> Self {
        Self { api, response: Some(response), events: Events::default(), state: State::default() }
    }

    /// The next delta; `None` after [`Delta::Finished`] or an error.
    pub async fn next(&mut self) -> Option<Result<Delta, ProviderError>> {
        loop {
            if let Some(delta) = self.state.ready.pop_front() {
                return Some(delta);
            }
            let response = self.response.as_mut()?;
            let read = match self.state.finish {
                None => self.api.chunk(response).await,
                Some(_) => timeout(USAGE_WAIT, self.api.chunk(response)).await.unwrap_or(Ok(None)),
            };
            let mut halt = None;
            let mut take = |data: &[u8]| {
                if halt.is_none() {
                    halt = self.state.take(data).err();
                }
            };
            let (ended, lines) = match &read {
                Ok(Some(bytes)) => (false, self.events.push(bytes, &mut take)),
                Ok(None) => (true, self.events.finish(&mut take)),
                Err(_) => (true, Ok(())),
            };
            // A tail that parses as nothing is the rest of what was cut off.
            if ended && matches!(halt, Some(Halt::Garbled(_))) {
                halt = None;
            }
            if ended || self.state.done || halt.is_some() || lines.is_err() {
                let headers = self.response.take().map(|response| response.headers().clone()).unwrap_or_default();
                if self.state.end() {
                    continue;
                }
                self.state.ready.push_back(Err(match (halt, read) {
                    (Some(Halt::Error(error)), _) => self.api.failed(failure::of_object(&error, &headers)),
                    (Some(Halt::Garbled(what)), _) => self.api.error(ErrorKind::Garbled, what),
                    (None, Err(error)) => error,
                    (None, Ok(_)) if lines.is_err() => self.api.error(ErrorKind::Garbled, "a line without end"),
                    (None, Ok(_)) => self.api.error(ErrorKind::Cut, "the stream ended before the reply did"),
                }));
            }
        }
    }
}

impl State {
    fn take(&mut self, data: &[u8]) -> Result<(), Halt> {
        if self.done || data.trim_ascii().is_empty() {
            return Ok(());
        }
        if data.trim_ascii() == b"[DONE]" {
            self.done = true;
            return Ok(());
        }
        let chunk: Chunk = match serde_json::from_slice(data) {
            Ok(Chunk { error: Some(_), .. }) => return Err(Halt::Error(failure::find(data).unwrap_or_default())),
            Ok(chunk) => chunk,
            Err(_) => return Err(Halt::Garbled("an event that is no chunk")),
        };
        if let Some(usage) = chunk.usage {
            // Some servers send a running count with every chunk; the last one holds.
            self.usage = Some((usage.prompt_tokens, usage.completion_tokens));
        }
        let Some(choice) = chunk.choices.unwrap_or_default().into_iter().next() else { return Ok(()) };
        if let Some(delta) = choice.delta {
            self.has_refused |= delta.refusal.as_ref().is_some_and(|text| !text.is_empty());
            // A refusal is what the model says, too.
            for text in [delta.content, delta.refusal].into_iter().flatten().filter(|text| !text.is_empty()) {
                self.ready.push_back(Ok(Delta::Text(text)));
            }
            for part in delta.tool_calls.unwrap_or_default() {
                self.join(part)?;
            }
        }
        match choice.finish_reason.as_deref() {
            None | Some("") => {}
            Some("length") => self.finish = Some(FinishReason::Length),
            Some("content_filter") => self.finish = Some(FinishReason::ContentFilter),
            Some("error") => return Err(Halt::Error(failure::ErrorObject::default())),
            // A forced call ends in `stop`, older servers end in `function_call`: the calls themselves decide.
            Some(_) => self.finish = Some(FinishReason::Stop),
        }
        Ok(())
    }

    /// Adds a part of a tool call to the call it belongs to: by index, and where a server gives none, or the same
    /// to all, by a new id.
    fn join(&mut self, part: ToolCallPart) -> Result<(), Halt> {
        let id = part.id.filter(|id| !id.is_empty());
        let function = part.function.unwrap_or(FunctionPart { name: None, arguments: None });
        let name = function.name.filter(|name| !name.is_empty());
        let known = match part.index {
            Some(index) => self.calls.iter().rposition(|call| call.index == Some(index)),
            None => self.calls.len().checked_sub(1),
        };
        let is_new = |call: &Call| name.is_some() && id.as_ref().is_some_and(|id| *id != call.call.id);
        let at = match known {
            Some(at) if !is_new(&self.calls[at]) => at,
            _ => {
                if self.calls.len() == MAX_TOOL_CALLS {
                    return Err(Halt::Garbled("too many tool calls"));
                }
                // A call without an id gets one: its result must be able to name it.
                let id = id.clone().unwrap_or_else(|| format!("call_{}", self.calls.len()));
                let call = ToolCall { id, name: String::new(), arguments: String::new() };
                self.calls.push(Call { index: part.index, call });
                self.calls.len() - 1
            }
        };
        let call = &mut self.calls[at].call;
        if call.name.is_empty() {
            call.name = name.unwrap_or_default();
        }
        if let Some(arguments) = function.arguments {
            self.argument_bytes += arguments.len();
            if self.argument_bytes > MAX_ARGUMENTS {
                return Err(Halt::Garbled("tool arguments without end"));
            }
            call.arguments.push_str(&arguments);
        }
        Ok(())
    }

    /// The stream is over. Whether the reply is whole: then its end is made ready.
    fn end(&mut self) -> bool {
        let Some(finish) = self.finish.or(self.done.then_some(FinishReason::Stop)) else {
            return false;
        };
        // Calls cut off by the length limit have broken arguments, and nobody may act on them.
        let calls = if finish == FinishReason::Stop { std::mem::take(&mut self.calls) } else { Vec::new() };
        let finish = match finish {
            FinishReason::Stop if !calls.is_empty() => FinishReason::ToolCalls,
            FinishReason::Stop if self.has_refused => FinishReason::Refusal,
            finish => finish,
        };
        self.ready.extend(calls.into_iter().map(|Call { call, .. }| Ok(Delta::ToolCall(call))));
        if let Some((prompt_tokens, completion_tokens)) = self.usage {
            self.ready.push_back(Ok(Delta::Usage { prompt_tokens, completion_tokens }));
        }
        self.ready.push_back(Ok(Delta::Finished(finish)));
        true
    }
}

//! `POST /v1/chat/completions`, streamed and plain.

use std::{
    collections::VecDeque,
    time::{SystemTime, UNIX_EPOCH},
};

use poem::http::StatusCode;
use serde_json::{Value, json};

use super::{answer::Answer, plan::Delays};

/// What the model is to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply {
    pub text: String,
    pub tool_calls: Vec<ToolCall>,
    /// The text is why it will not answer.
    pub refuses: bool,
}

/// A function that the model is to call.
#[derive(Clone, Debug, PartialEq)]
pub struct ToolCall {
    pub name: String,
    pub arguments: Value,
}

impl Reply {
    pub fn say(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Says why it will not answer.
    pub fn refuse(text: impl Into<String>) -> Self {
        Self { refuses: true, ..Self::say(text) }
    }

    /// And calls a function.
    pub fn tool(mut self, name: impl Into<String>, arguments: Value) -> Self {
        self.tool_calls.push(ToolCall { name: name.into(), arguments });
        self
    }
}

/// A request as it came.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatRequest {
    /// Counts from 1.
    pub n: u64,
    pub body: Value,
}

impl ChatRequest {
    /// The text of the last user message; empty if there is none.
    pub fn last_user(&self) -> &str {
        let messages = self.body["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        let last = messages.iter().rfind(|message| message["role"] == "user");
        last.and_then(|message| match &message["content"] {
            Value::String(text) => Some(text.as_str()),
            Value::Array(parts) => parts.iter().find_map(|part| part["text"].as_str()),
            _ => None,
        })
        .unwrap_or_default()
    }

    /// The least JSON that fits the schema that is asked for; `None`: none is.
    pub fn fitting(&self) -> Option<Value> {
        self.body["response_format"]["json_schema"].get("schema").map(fitting)
    }

    /// The roles of all messages, in order.
    pub fn roles(&self) -> Vec<&str> {
        let messages = self.body["messages"].as_array().map(Vec::as_slice).unwrap_or_default();
        messages.iter().filter_map(|message| message["role"].as_str()).collect()
    }
}

/// The first of what may be chosen; of the rest as little as may be.
fn fitting(schema: &Value) -> Value {
    if let Some(only) = schema.get("const").or_else(|| schema["enum"].get(0)) {
        return only.clone();
    }
    if let Some(first) = schema["anyOf"].get(0) {
        return fitting(first);
    }
    match schema["type"].as_str().or_else(|| schema["type"][0].as_str()) {
        Some("object") => {
            let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            names.map(|name| (name.to_owned(), fitting(&schema["properties"][name]))).collect()
        }
        Some("array") => {
            let least = schema["minItems"].as_u64().unwrap_or(0);
            (0..least).map(|_| fitting(&schema["items"])).collect()
        }
        Some("string") => json!("simulated"),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or(json!(1)),
        Some("boolean") => json!(true),
        _ => Value::Null,
    }
}

pub(super) fn answer(request: &ChatRequest, reply: &Reply, delays: Delays) -> Answer {
    if request.body["stream"] == true { streamed(request, reply, delays) } else { plain(request, reply) }
}

fn created() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

fn finish_reason(reply: &Reply) -> &'static str {
    if reply.tool_calls.is_empty() { "stop" } else { "tool_calls" }
}

fn usage(request: &ChatRequest, reply: &Reply) -> Value {
    // About four characters a token, as everywhere in English.
    let prompt = request.body["messages"].to_string().len() / 4;
    let completion = tokens(&reply.text).count();
    json!({ "prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion })
}

fn tool_call(index: usize, call: &ToolCall) -> Value {
    json!({
        "index": index,
        "id": format!("call_{index}"),
        "type": "function",
        "function": { "name": call.name, "arguments": call.arguments.to_string() },
    })
}

fn plain(request: &ChatRequest, reply: &Reply) -> Answer {
    let mut message = json!({ "role": "assistant", "content": reply.text });
    if reply.refuses {
        message = json!({ "role": "assistant", "content": null, "refusal": reply.text });
    }
    if !reply.tool_calls.is_empty() {
        let calls = reply.tool_calls.iter().enumerate().map(|(index, call)| tool_call(index, call));
        message["tool_calls"] = calls.collect();
    }
    let body = json!({
        "id": format!("chatcmpl-{}", request.n),
        "object": "chat.completion",
        "created": created(),
        "model": request.body["model"],
        "choices": [{ "index": 0, "message": message, "finish_reason": finish_reason(reply) }],
        "usage": usage(request, reply),
    });
    Answer::json(StatusCode::OK, &body)
}

fn streamed(request: &ChatRequest, reply: &Reply, delays: Delays) -> Answer {
    let created = created();
    let chunk = |choices: Value, usage: Option<Value>| {
        let mut chunk = json!({
            "id": format!("chatcmpl-{}", request.n),
            "object": "chat.completion.chunk",
            "created": created,
            "model": request.body["model"],
            "choices": choices,
        });
        if let Some(usage) = usage {
            chunk["usage"] = usage;
        }
        format!("data: {chunk}\n\n")
    };
    let delta = |delta: Value| chunk(json!([{ "index": 0, "delta": delta, "finish_reason": null }]), None);
    let mut events: VecDeque<String> = VecDeque::new();
    for token in tokens(&reply.text) {
        let kind = if reply.refuses { "refusal" } else { "content" };
        events.push_back(delta(json!({ kind: token })));
    }
    for (index, call) in reply.tool_calls.iter().enumerate() {
        // The head first, then the arguments in two parts, as the real ones come.
        let mut head = tool_call(index, call);
        let arguments = call.arguments.to_string();
        let middle = (0..=arguments.len() / 2).rfind(|at| arguments.is_char_boundary(*at)).unwrap_or(0);
        head["function"]["arguments"] = json!("");
        events.push_back(delta(json!({ "tool_calls": [head] })));
        for part in [&arguments[..middle], &arguments[middle..]] {
            let part = json!({ "index": index, "function": { "arguments": part } });
            events.push_back(delta(json!({ "tool_calls": [part] })));
        }
    }
    // The first token is what the delay is about, so the role comes along with it.
    let role = delta(json!({ "role": "assistant", "content": "" }));
    match events.front_mut() {
        Some(first) => first.insert_str(0, &role),
        None => events.push_back(role),
    }
    let mut last = chunk(json!([{ "index": 0, "delta": {}, "finish_reason": finish_reason(reply) }]), None);
    if request.body["stream_options"]["include_usage"] == true {
        last += &chunk(json!([]), Some(usage(request, reply)));
    }
    last += "data: [DONE]\n\n";
    events.push_back(last);
    let pieces = if delays.between.is_zero() {
        VecDeque::from([events.into_iter().collect::<String>().into()])
    } else {
        events.into_iter().map(Into::into).collect()
    };
    Answer::streamed("text/event-stream", pieces, delays.between)
}

/// A word with the space before it: about what a token is.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let word = rest.find(|c: char| c != ' ').unwrap_or(rest.len());
        let end = rest[word..].find(' ').map_or(rest.len(), |end| word + end);
        let (token, after) = rest.split_at(end);
        rest = after;
        Some(token)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_fits_the_schema_that_is_asked_for() {
        let schema = json!({"type": "object", "required": ["a", "b", "c", "d"], "properties": {
            "a": {"type": "string", "enum": ["x", "y"]},
            "b": {"type": "array", "minItems": 1, "items": {"type": "integer", "minimum": 3}},
            "c": {"anyOf": [{"type": "boolean"}, {"type": "null"}]},
            "d": {"type": ["string", "null"]},
            "e": {"type": "string"},
        }});
        let format = json!({"type": "json_schema", "json_schema": {"name": "n", "strict": true, "schema": schema}});
        let request = ChatRequest { n: 1, body: json!({ "response_format": format }) };
        assert_eq!(request.fitting(), Some(json!({"a": "x", "b": [3], "c": true, "d": "simulated"})));
        assert_eq!(ChatRequest { n: 1, body: json!({}) }.fitting(), None);
    }

    #[test]
    fn tokens_put_together_are_the_text() {
        for text in ["", "one", " two  words ", "   "] {
            assert_eq!(tokens(text).collect::<String>(), text);
        }
        assert_eq!(tokens("a bc d").collect::<Vec<_>>(), ["a", " bc", " d"]);
    }
}

//! What is asked, as the interface writes it.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use super::{
    super::{Endpoint, TokenLimit},
    format::Form,
};
use crate::provider::{Message, ModelRequest};

#[derive(Serialize)]
pub(super) struct Body<'a> {
    model: &'a str,
    messages: Vec<MessageBody<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tools: Vec<ToolBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning_effort: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<FormatBody<'a>>,
    stream: bool,
    stream_options: StreamOptions,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum FormatBody<'a> {
    JsonSchema { json_schema: SchemaBody<'a> },
    JsonObject,
}

#[derive(Serialize)]
struct SchemaBody<'a> {
    name: &'a str,
    strict: bool,
    schema: &'a Value,
}

#[derive(Serialize)]
#[serde(tag = "role", rename_all = "snake_case")]
enum MessageBody<'a> {
    System {
        content: Cow<'a, str>,
    },
    User {
        content: &'a str,
    },
    Assistant {
        /// Left out beside tool calls when empty: some servers refuse `""`, some `null`.
        #[serde(skip_serializing_if = "Option::is_none")]
        content: Option<&'a str>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tool_calls: Vec<ToolCallBody<'a>>,
    },
    Tool {
        tool_call_id: &'a str,
        content: &'a str,
    },
}

#[derive(Serialize)]
struct ToolCallBody<'a> {
    id: &'a str,
    r#type: &'static str,
    function: CalledBody<'a>,
}

#[derive(Serialize)]
struct CalledBody<'a> {
    name: &'a str,
    arguments: &'a str,
}

#[derive(Serialize)]
struct ToolBody<'a> {
    r#type: &'static str,
    function: FunctionBody<'a>,
}

#[derive(Serialize)]
struct FunctionBody<'a> {
    name: &'a str,
    description: &'a str,
    parameters: &'a Value,
}

/// The request to `endpoint`, borrowed from what is asked; `form`: how the answer's is asked for.
pub(super) fn body<'a>(endpoint: &'a Endpoint, request: &'a ModelRequest, form: &'a Form<'a>) -> Body<'a> {
    let model = request.model.as_deref().unwrap_or(&endpoint.model);
    let limit = |name| (endpoint.token_limit == name).then_some(request.max_tokens);
    let mut messages: Vec<_> = request.messages.iter().map(message).collect();
    // OpenAI shows a model the schema; others hold it to the grammar, and what a field is about it would never learn.
    let told = match form {
        Form::Schema { schema, .. } => Some(schema.as_ref()).filter(|_| !endpoint.is_openai()),
        Form::Object(schema) | Form::Told(schema) => Some(*schema),
        Form::Text => None,
    };
    if let Some(schema) = told {
        tell(&mut messages, schema);
    }
    // Without a caller on the line a little thought is worth its time.
    let effort = if request.format.is_some() && request.tools.is_empty() { "low" } else { "none" };
    Body {
        model,
        messages,
        tools: request
            .tools
            .iter()
            .map(|tool| ToolBody {
                r#type: "function",
                function: FunctionBody {
                    name: &tool.name,
                    description: &tool.description,
                    parameters: &tool.parameters,
                },
            })
            .collect(),
        temperature: request.temperature,
        max_completion_tokens: limit(TokenLimit::MaxCompletionTokens),
        max_tokens: limit(TokenLimit::MaxTokens),
        reasoning_effort: (endpoint.is_openai() && reasons(model)).then_some(effort),
        response_format: match form {
            Form::Schema { name, schema, strict } => {
                Some(FormatBody::JsonSchema { json_schema: SchemaBody { name, strict: *strict, schema } })
            }
            Form::Object(_) => Some(FormatBody::JsonObject),
            Form::Told(_) | Form::Text => None,
        },
        stream: true,
        stream_options: StreamOptions { include_usage: true },
    }
}

/// In the first message of the system's: some models have room for one only.
fn tell(messages: &mut Vec<MessageBody<'_>>, schema: &Value) {
    let words = format!("Answer with one JSON object that fits this JSON schema, and with nothing else:\n{schema}");
    match messages.first_mut() {
        Some(MessageBody::System { content }) => *content = format!("{content}\n\n{words}").into(),
        _ => messages.insert(0, MessageBody::System { content: words.into() }),
    }
}

fn message(message: &Message) -> MessageBody<'_> {
    match message {
        Message::System { text } => MessageBody::System { content: text.into() },
        Message::User { text } => MessageBody::User { content: text },
        Message::Assistant { text, tool_calls } => MessageBody::Assistant {
            content: (!text.is_empty() || tool_calls.is_empty()).then_some(text),
            tool_calls: tool_calls
                .iter()
                .map(|call| ToolCallBody {
                    id: &call.id,
                    r#type: "function",
                    function: CalledBody { name: &call.name, arguments: &call.arguments },
                })
                .collect(),
        },
        Message::Tool { call_id, text } => MessageBody::Tool { tool_call_id: call_id, content: text },
    }
}

/// Whether the model thinks before it speaks unless told not to. A caller would wait for that in silence, and over
/// chat completions these models refuse tools together with it.
fn reasons(model: &str) -> bool {
    let generation = model.strip_prefix("gpt-").unwrap_or_default();
    let digits = generation.len() - generation.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    // `gpt-4o` is generation 4.
    generation[..digits].parse::<u32>().is_ok_and(|generation| generation >= 5)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use serde_json::json;

    use super::{super::format::Rank, *};
    use crate::provider::{ResponseFormat, ToolCall, ToolSpec};

    fn request() -> ModelRequest {
        ModelRequest {
            messages: vec![
                Message::System { text: "Be brief.".into() },
                Message::User { text: "Bye".into() },
                Message::Assistant {
                    text: String::new(),
                    tool_calls: vec![ToolCall { id: "c1".into(), name: "end_call".into(), arguments: "{}".into() }],
                },
                Message::Tool { call_id: "c1".into(), text: "ok".into() },
                Message::Assistant { text: String::new(), tool_calls: vec![] },
            ],
            tools: vec![ToolSpec {
                name: "end_call".into(),
                description: "Hangs up.".into(),
                parameters: json!({"type": "object"}),
            }],
            model: None,
            temperature: Some(0.7),
            max_tokens: 200,
            format: None,
        }
    }

    fn sent(base_url: &str, model: &str, extra: Value) -> Value {
        let mut endpoint = Endpoint::new(base_url, None, model).unwrap();
        endpoint.extra = extra.as_object().unwrap().clone();
        serde_json::from_slice(&endpoint.body(&body(&endpoint, &request(), &Form::Text))).unwrap()
    }

    #[test]
    fn the_whole_request_is_written_as_the_interface_wants_it() {
        assert_eq!(
            sent("http://localhost:11434/v1", "llama3.3", json!({})),
            json!({
                "model": "llama3.3",
                "messages": [
                    {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "Bye"},
                    {"role": "assistant", "tool_calls": [
                        {"id": "c1", "type": "function", "function": {"name": "end_call", "arguments": "{}"}}
                    ]},
                    {"role": "tool", "tool_call_id": "c1", "content": "ok"},
                    {"role": "assistant", "content": ""},
                ],
                "tools": [{"type": "function", "function": {
                    "name": "end_call", "description": "Hangs up.", "parameters": {"type": "object"}
                }}],
                "temperature": 0.7,
                "max_tokens": 200,
                "stream": true,
                "stream_options": {"include_usage": true},
            })
        );
    }

    #[test]
    fn openai_is_asked_by_the_newer_name_and_without_reasoning() {
        let body = sent("https://api.openai.com/v1", "gpt-6-luna", json!({}));
        assert_eq!(body["max_completion_tokens"], 200);
        assert!(body.get("max_tokens").is_none());
        assert_eq!(body["reasoning_effort"], "none");
        let older = sent("https://api.openai.com/v1", "gpt-4.1-mini", json!({}));
        assert!(older.get("reasoning_effort").is_none());
    }

    #[test]
    fn an_agents_own_model_comes_before_the_configured_one() {
        let endpoint = Endpoint::new("https://api.openai.com/v1", None, "gpt-4.1-mini").unwrap();
        let own = ModelRequest { model: Some("gpt-6-luna".into()), ..request() };
        let sent: Value = serde_json::from_slice(&endpoint.body(&body(&endpoint, &own, &Form::Text))).unwrap();
        assert_eq!((&sent["model"], &sent["reasoning_effort"]), (&json!("gpt-6-luna"), &json!("none")));
    }

    #[test]
    fn json_is_asked_for_as_the_interface_wants_it() {
        let schema = json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]});
        let closed = json!({
            "type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": false
        });
        let asked = ModelRequest {
            tools: vec![],
            temperature: None,
            format: Some(ResponseFormat { name: "analysis".into(), schema: schema.clone() }),
            ..request()
        };
        let sent = |base_url: &str, rank: Rank| -> Value {
            let endpoint = Endpoint::new(base_url, None, "gpt-6-luna").unwrap();
            let form = rank.form(asked.format.as_ref().unwrap());
            serde_json::from_slice(&endpoint.body(&body(&endpoint, &asked, &form))).unwrap()
        };
        let openai = sent("https://api.openai.com/v1", Rank::Strict);
        let wanted =
            json!({"type": "json_schema", "json_schema": {"name": "analysis", "strict": true, "schema": closed}});
        assert_eq!(openai["response_format"], wanted);
        assert_eq!(
            (&openai["reasoning_effort"], &openai["messages"][0]["content"]),
            (&json!("low"), &json!("Be brief."))
        );
        let loose = sent("https://api.openai.com/v1", Rank::Schema);
        let wanted = json!({"name": "analysis", "strict": false, "schema": schema});
        assert_eq!(loose["response_format"]["json_schema"], wanted);
        let told = |body: &Value| body["messages"][0]["content"].as_str().unwrap().ends_with(&schema.to_string());
        let others = sent("http://localhost:11434/v1", Rank::Schema);
        assert!(
            others["response_format"]["type"] == "json_schema"
                && told(&others)
                && others.get("reasoning_effort").is_none()
        );
        let object = sent("https://api.openai.com/v1", Rank::Object);
        assert_eq!(object["response_format"], json!({"type": "json_object"}));
        assert!(told(&object));
        let text = sent("https://api.openai.com/v1", Rank::Text);
        assert!(text.get("response_format").is_none() && told(&text));
    }

    #[test]
    fn extra_fields_are_added_replace_ours_and_take_them_away() {
        let extra = json!({"seed": 1, "temperature": null, "stream_options": null, "model": "other"});
        let body = sent("http://localhost:11434/v1", "llama3.3", extra);
        assert_eq!(body["seed"], 1);
        assert_eq!(body["model"], "other");
        assert!(body.get("temperature").is_none() && body.get("stream_options").is_none());
    }

    #[test]
    fn models_that_reason_are_told_by_their_generation() {
        for model in ["gpt-5.6-luna", "gpt-6-luna", "gpt-10", "gpt-5"] {
            assert!(reasons(model), "{model}");
        }
        for model in ["gpt-4o", "gpt-4.1", "gpt-3.5-turbo", "gpt-oss-20b", "llama3.3", "gpt-"] {
            assert!(!reasons(model), "{model}");
        }
    }
}

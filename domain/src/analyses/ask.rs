//! The model is asked, and once more where its answer is not what was asked for.

use serde_json::Value;
use voice::{
    event::Usage,
    pipeline,
    provider::{FinishReason, LanguageModel, Message, ModelRequest, ProviderError, ResponseFormat},
};

use super::verdict::{self, Verdict};

/// Tokens of an answer: a summary, the fields of a schema of some kilobytes, and a little thought.
const MOST_TOKENS: u32 = 8_000;

/// The answer, and one that is put right.
const ROUNDS: usize = 2;

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(super) enum Trouble {
    Provider(ProviderError),
    /// Not what was asked for, twice.
    Invalid,
    /// It did not come to its end.
    TooLong,
    /// The model would not.
    Refusal,
    /// The provider would not let it.
    ContentFilter,
}

impl Trouble {
    /// Stable name, for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Provider(error) => error.kind.name(),
            Self::Invalid => "invalid_answer",
            Self::TooLong => "answer_too_long",
            Self::Refusal => "model_refused",
            Self::ContentFilter => "content_filter",
        }
    }
}

/// What came of it, and what it took.
pub(super) async fn ask(
    model: &dyn LanguageModel,
    named: Option<String>,
    mut messages: Vec<Message>,
    schema: Value,
) -> (Usage, Result<Verdict, Trouble>) {
    let mut used = Usage::default();
    for _ in 0..ROUNDS {
        let request = ModelRequest {
            messages: messages.clone(),
            tools: Vec::new(),
            model: named.clone(),
            temperature: None,
            max_tokens: MOST_TOKENS,
            format: Some(ResponseFormat { name: "analysis".to_owned(), schema: schema.clone() }),
        };
        let answer = pipeline::ask(model, request).await;
        used += answer.usage;
        let trouble = match answer.end {
            Ok(FinishReason::Stop | FinishReason::ToolCalls) => None,
            Ok(FinishReason::Length) => Some(Trouble::TooLong),
            Ok(FinishReason::Refusal) => Some(Trouble::Refusal),
            Ok(FinishReason::ContentFilter) => Some(Trouble::ContentFilter),
            Err(error) => Some(Trouble::Provider(error)),
        };
        if let Some(trouble) = trouble {
            return (used, Err(trouble));
        }
        match verdict::read(&schema, &answer.text) {
            Ok(verdict) => return (used, Ok(verdict)),
            Err(faults) => messages.extend([
                Message::Assistant { text: answer.text, tool_calls: Vec::new() },
                Message::User {
                    text: format!(
                        "This is not the JSON object that was asked for: {faults}. Write it again, whole and right."
                    ),
                },
            ]),
        }
    }
    (used, Err(Trouble::Invalid))
}

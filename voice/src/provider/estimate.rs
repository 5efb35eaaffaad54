//! Tokens that no provider has counted: of a reply that was given up before its end, which is paid for all the same,
//! and of servers that count nothing.

use super::{Message, ModelRequest};
use crate::event::Usage;

/// Characters in a token: OpenAI's rule of thumb for English. Other languages have more tokens than this makes of them.
const CHARACTERS: u64 = 4;

/// One request to a model, until its provider says what it took.
#[derive(Debug)]
pub struct Asked {
    /// Characters.
    read: u64,
    written: u64,
}

impl Asked {
    pub fn new(request: &ModelRequest) -> Self {
        let messages = request.messages.iter().map(|message| match message {
            Message::System { text } | Message::User { text } | Message::Tool { text, .. } => characters(text),
            Message::Assistant { text, tool_calls } => {
                let calls = tool_calls.iter().map(|call| characters(&call.name) + characters(&call.arguments));
                characters(text) + calls.sum::<u64>()
            }
        });
        let tools = request.tools.iter().map(|tool| {
            characters(&tool.name) + characters(&tool.description) + characters(&tool.parameters.to_string())
        });
        let format = request.format.iter().map(|format| characters(&format.schema.to_string()));
        Self { read: messages.chain(tools).chain(format).sum(), written: 0 }
    }

    /// The model wrote this.
    pub fn wrote(&mut self, text: &str) {
        self.written += characters(text);
    }

    /// What it took, as far as can be told from outside.
    pub fn usage(&self) -> Usage {
        let [prompt_tokens, completion_tokens] = [self.read, self.written].map(|all| all.div_ceil(CHARACTERS));
        Usage { prompt_tokens, completion_tokens, ..Usage::default() }
    }
}

fn characters(text: &str) -> u64 {
    text.chars().count() as u64
}

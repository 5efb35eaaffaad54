//! The functions every agent can be given: to hang up, and to hand the call over.

use serde_json::{Value, json};

use super::Config;
use crate::{
    event::EndReason,
    provider::{ToolCall, ToolSpec},
};

/// Names that no other function may have.
pub const OURS: [&str; 2] = [END_CALL, TRANSFER_CALL];

const END_CALL: &str = "end_call";
const TRANSFER_CALL: &str = "transfer_call";

/// Whether it is one of them, offered or not.
pub fn is_ours(call: &ToolCall) -> bool {
    OURS.contains(&call.name.as_str())
}

/// What the model is offered of them.
pub fn offered(config: &Config) -> Vec<ToolSpec> {
    let spec = |name: &str, description: &str, argument: &str| ToolSpec {
        name: name.to_owned(),
        description: description.to_owned(),
        parameters: json!({
            "type": "object",
            "properties": {argument: {"type": "string", "description": "What to say to the caller before."}},
            "required": [argument],
        }),
    };
    let end = config
        .may_end_call
        .then(|| spec(END_CALL, "Hang up. Only when the caller has said goodbye or wants nothing more.", "farewell"));
    let transfer = config.transfer_to.is_some().then(|| {
        spec(
            TRANSFER_CALL,
            "Connect the caller to a human. When the caller asks for one, or you cannot help.",
            "announcement",
        )
    });
    end.into_iter().chain(transfer).collect()
}

/// What a call of one of them asks for once the reply has been heard; `None`: no function of ours, or one that
/// was not offered.
pub fn consequence(call: &ToolCall, config: &Config) -> Option<EndReason> {
    match call.name.as_str() {
        END_CALL if config.may_end_call => Some(EndReason::AgentHungUp),
        TRANSFER_CALL => config.transfer_to.clone().map(EndReason::Transferred),
        _ => None,
    }
}

/// What to say when the model called the function and said nothing beside it.
pub fn last_words(call: &ToolCall) -> Option<String> {
    let arguments: Value = serde_json::from_str(&call.arguments).unwrap_or_default();
    let given = |name: &str| arguments[name].as_str().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    match call.name.as_str() {
        END_CALL => Some(given("farewell").unwrap_or_else(|| "Goodbye.".to_owned())),
        TRANSFER_CALL => Some(given("announcement").unwrap_or_else(|| "One moment, I'm connecting you.".to_owned())),
        _ => None,
    }
}

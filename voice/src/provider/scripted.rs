//! What answers when no language model is configured: a script, and it says so.

use async_trait::async_trait;
use futures_util::{StreamExt, stream};

use super::{Delta, FinishReason, LanguageModel, Message, ModelRequest, ProviderError, ReplyStream, ToolCall};

const AGAIN: &str = "What else can I do?";
const CONFIRM: &str = "Is that right?";
const DIGITS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/// A language model without a model: it understands a few English phrases, reads back what it is told and calls
/// `end_call` and `transfer_call`. Needs no network and never fails; the same history gives the same reply.
#[derive(Clone, Debug)]
pub struct Scripted {
    agent_name: String,
}

impl Scripted {
    /// `agent_name`: who the responder says it stands in for.
    pub fn new(agent_name: impl Into<String>) -> Self {
        Self { agent_name: agent_name.into() }
    }

    /// The words, and the tool to call after them.
    fn answer(&self, request: &ModelRequest) -> (String, Option<&'static str>) {
        let messages = &request.messages;
        let agent = &self.agent_name;
        let name = messages.iter().rev().find_map(|message| match message {
            Message::User { text } => name_in(text),
            _ => None,
        });
        let to_name = name.as_ref().map(|name| format!(", {name}")).unwrap_or_default();
        let text = match messages.last() {
            Some(Message::User { text }) => text.trim(),
            // A tool has done its work and the words for it were said before.
            Some(Message::Tool { .. }) => return (String::new(), None),
            _ => return (format!("Hello, this is {agent}. How can I help you?"), None),
        };
        let asked = messages.iter().rev().find_map(|message| match message {
            Message::Assistant { text, .. } => Some(text.as_str()),
            _ => None,
        });
        let offers = |tool: &str| request.tools.iter().any(|offered| offered.name == tool);
        let words = plain(text);
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(&format!(" {phrase} ")));
        let is = |phrases: &[&str]| phrases.contains(&words.trim());
        let after = |question: &str| asked.is_some_and(|asked| asked.ends_with(question));

        if says(&["bye", "goodbye", "hang up", "thats all", "that is all", "thats it", "end the call"])
            || (after(AGAIN) && is(&["no", "nothing", "nothing else", "no thanks", "no thank you"]))
        {
            let goodbye = format!("Thank you for calling{to_name}. Goodbye.");
            return (goodbye, offers("end_call").then_some("end_call"));
        }
        if says(&[
            "human",
            "a person",
            "real person",
            "operator",
            "representative",
            "an agent",
            "someone",
            "somebody",
            "transfer me",
        ]) {
            return if offers("transfer_call") {
                ("One moment please, I am connecting you.".to_owned(), Some("transfer_call"))
            } else {
                (format!("I am sorry, nobody is available right now. {AGAIN}"), None)
            };
        }
        let words_only =
            if says(&["who are you", "what are you", "what is this", "whats this", "robot", "are you real"]) {
                format!(
                    "I am the built-in scripted responder of {agent}, not a language model. Whoever runs this service \
                 connects a real one by setting OPENAI_API_KEY, or the base URL of a compatible server. {AGAIN}"
                )
            } else if says(&["whats my name", "what is my name", "remember my name", "know my name"]) {
                match name {
                    Some(name) => format!("Your name is {name}. {AGAIN}"),
                    None => "You have not told me your name yet. What is it?".to_owned(),
                }
            } else if let Some(digits) = number_in(&words) {
                format!("I have the number {digits}. {CONFIRM}")
            } else if says(&["book", "booking", "reserve", "reservation", "appointment", "schedule", "a table"]) {
                format!("Let me read that back{to_name}: {} {CONFIRM}", quoted(text))
            } else if let Some(name) = name_in(text) {
                format!("Nice to meet you, {name}. What can I do for you?")
            } else if after(CONFIRM) && says(&["yes", "yeah", "yep", "correct", "right", "sure"]) && !says(&["not"]) {
                format!("Thank you{to_name}, I have that. {AGAIN}")
            } else if after(CONFIRM) && says(&["no", "nope", "wrong", "not"]) {
                "I am sorry. Please say it once more.".to_owned()
            } else if is(&["hello", "hi", "hey", "hello there", "good morning", "good afternoon", "good evening"]) {
                format!("Hello{to_name}. How can I help you?")
            } else if is(&["thanks", "thank you", "thank you very much", "okay thanks", "great thanks"]) {
                format!("You are welcome{to_name}. {AGAIN}")
            } else if words.trim().is_empty() {
                "I am sorry, I did not catch that. Please say it once more.".to_owned()
            } else {
                format!("You said: {} {AGAIN}", quoted(text))
            };
        (words_only, None)
    }
}

impl Default for Scripted {
    /// One that all agents of a process share; each agent's own greeting says its name.
    fn default() -> Self {
        Self::new("Switchboard")
    }
}

#[async_trait]
impl LanguageModel for Scripted {
    fn name(&self) -> &str {
        "built-in:scripted"
    }

    async fn reply(&self, request: ModelRequest) -> Result<ReplyStream, ProviderError> {
        let (text, tool) = self.answer(&request);
        let words: Vec<&str> = text.split_inclusive(' ').collect();
        // A few words at a time, as a model's tokens come.
        let mut deltas: Vec<_> = words.chunks(3).map(|few| Ok(Delta::Text(few.concat()))).collect();
        deltas.extend(tool.map(|name| {
            Ok(Delta::ToolCall(ToolCall {
                id: format!("scripted_{}", request.messages.len()),
                name: name.to_owned(),
                arguments: "{}".to_owned(),
            }))
        }));
        let reason = if tool.is_some() { FinishReason::ToolCalls } else { FinishReason::Stop };
        deltas.push(Ok(Delta::Finished(reason)));
        Ok(stream::iter(deltas).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        Ok(())
    }
}

/// The words in small letters, without marks, a space before and after each.
fn plain(text: &str) -> String {
    let kept = text.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> = kept.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!(" {} ", words.join(" "))
}

/// The caller's words as a sentence to be read back, at most thirty of them: nobody listens to more.
fn quoted(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(30).collect();
    let text = words.join(" ");
    if text.ends_with(['.', '?', '!']) { text } else { format!("{text}.") }
}

/// The name in "my name is Ann Lee": its first word, and a second one if it is written as a name.
fn name_in(text: &str) -> Option<String> {
    // ASCII only, so that offsets in it hold in `text` too.
    let small = text.to_ascii_lowercase().replace('’', "'");
    let start = ["my name is ", "my name's ", "call me "]
        .iter()
        .find_map(|phrase| small.find(phrase).map(|at| at + phrase.len()))?;
    let mut name = String::new();
    for word in text.replace('’', "'").get(start..)?.split_whitespace().take(2) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let first = bare.chars().next()?;
        if name.is_empty() {
            name = first.to_uppercase().chain(bare.chars().skip(1)).collect();
        } else if first.is_uppercase() && bare != "I" && !bare.starts_with("I'") {
            name = format!("{name} {bare}");
        }
        if word.ends_with(|c: char| !c.is_alphanumeric()) {
            break;
        }
    }
    Some(name).filter(|name| !name.is_empty())
}

/// The digits of a number with five or more, spoken or written, in groups of three: "4 1 5, 5 5 5, 0 1". Shorter
/// ones are times and amounts.
fn number_in(words: &str) -> Option<String> {
    let mut numbers = vec![Vec::new()];
    for word in words.split_whitespace() {
        let run = numbers.last_mut().expect("one at least");
        let spoken = DIGITS.iter().position(|name| *name == word).or((word == "oh").then_some(0));
        match spoken {
            Some(digit) => run.push(digit.to_string()),
            None if word.bytes().all(|byte| byte.is_ascii_digit()) => run.extend(word.chars().map(String::from)),
            None if matches!(word, "uh" | "um" | "dash") => {}
            None => numbers.push(Vec::new()),
        }
    }
    let number = numbers.into_iter().find(|digits| digits.len() >= 5)?;
    Some(number.chunks(3).map(|group| group.join(" ")).collect::<Vec<_>>().join(", "))
}

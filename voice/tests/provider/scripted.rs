use futures_util::StreamExt;
use serde_json::json;
use voice::provider::{Delta, FinishReason, LanguageModel, Message, ModelRequest, ToolSpec, scripted::Scripted};

/// A conversation with the responder, which keeps the history as a call does.
#[derive(Default)]
struct Chat {
    messages: Vec<Message>,
    tools: Vec<ToolSpec>,
}

impl Chat {
    fn with(tools: &[&str]) -> Self {
        let tool = |name: &&str| ToolSpec { name: (*name).into(), description: String::new(), parameters: json!({}) };
        Self { messages: vec![Message::System { text: "Be kind.".into() }], tools: tools.iter().map(tool).collect() }
    }

    /// The reply, and the tool called with it.
    async fn says(&mut self, words: &str) -> (String, Option<String>) {
        self.messages.push(Message::User { text: words.into() });
        self.reply().await
    }

    async fn reply(&mut self) -> (String, Option<String>) {
        let request = ModelRequest {
            messages: self.messages.clone(),
            tools: self.tools.clone(),
            model: None,
            temperature: None,
            max_tokens: 100,
            format: None,
        };
        let deltas: Vec<Delta> =
            Scripted::new("Anna").reply(request).await.unwrap().map(Result::unwrap).collect().await;
        let (mut text, mut call) = (String::new(), None);
        let (last, rest) = deltas.split_last().unwrap();
        for delta in rest {
            match delta {
                Delta::Text(piece) => text += piece,
                Delta::ToolCall(tool) => call = Some(tool.name.clone()),
                other => panic!("{other:?}"),
            }
        }
        let reason = if call.is_some() { FinishReason::ToolCalls } else { FinishReason::Stop };
        assert_eq!(*last, Delta::Finished(reason));
        self.messages.push(Message::Assistant { text: text.clone(), tool_calls: vec![] });
        (text, call)
    }
}

#[tokio::test]
async fn it_greets_and_says_plainly_what_it_is() {
    let mut chat = Chat::with(&[]);
    assert_eq!(chat.reply().await.0, "Hello, this is Anna. How can I help you?");
    let (text, _) = chat.says("Who are you?").await;
    assert!(text.contains("built-in scripted responder") && text.contains("OPENAI_API_KEY"), "{text}");
    assert_eq!(Scripted::new("Anna").name(), "built-in:scripted");
}

#[tokio::test]
async fn it_reads_back_numbers_and_bookings_and_takes_yes_and_no() {
    let mut chat = Chat::with(&[]);
    let (text, _) = chat.says("My number is four one five, uh, five five five 0134.").await;
    assert_eq!(text, "I have the number 4 1 5, 5 5 5, 0 1 3, 4. Is that right?");
    assert_eq!(chat.says("No, that's wrong.").await.0, "I am sorry. Please say it once more.");
    chat.says("(415) 555-0143").await;
    assert_eq!(chat.says("Yes.").await.0, "Thank you, I have that. What else can I do?");
    let (text, _) = chat.says("I'd like to book a table for 4 at 7:30 on 12/05").await;
    assert_eq!(text, "Let me read that back: I'd like to book a table for 4 at 7:30 on 12/05. Is that right?");
}

#[tokio::test]
async fn it_knows_the_name_given_earlier() {
    let mut chat = Chat::with(&["end_call"]);
    assert_eq!(
        chat.says("Hi, my name is ann Lee and I have a question").await.0,
        "Nice to meet you, Ann Lee. What can I do for you?"
    );
    chat.says("What are your opening hours?").await;
    assert_eq!(chat.says("What's my name?").await.0, "Your name is Ann Lee. What else can I do?");
    let (text, call) = chat.says("Thanks, bye!").await;
    assert_eq!((text.as_str(), call.as_deref()), ("Thank you for calling, Ann Lee. Goodbye.", Some("end_call")));
}

#[tokio::test]
async fn it_transfers_and_hangs_up_only_when_it_may() {
    let mut chat = Chat::with(&["transfer_call"]);
    assert_eq!(chat.says("Can I talk to a human?").await.1.as_deref(), Some("transfer_call"));
    let mut chat = Chat::with(&[]);
    let (text, call) = chat.says("Give me an operator").await;
    assert!(text.contains("nobody is available") && call.is_none(), "{text}");
    assert_eq!(chat.says("Nothing else.").await, ("Thank you for calling. Goodbye.".into(), None));
}

#[tokio::test]
async fn it_reflects_the_rest_and_is_not_thrown_by_anything() {
    let mut chat = Chat::with(&[]);
    assert_eq!(chat.says("I lost my parcel").await.0, "You said: I lost my parcel. What else can I do?");
    assert!(chat.says(" … ").await.0.contains("did not catch"));
    assert!(chat.says(&"blah ".repeat(10_000)).await.0.len() < 300);
    for words in ["my name is", "my name is …", "call me \u{130}", "My Name's ’", "\u{1F980}", "İMY NAME IS ß"] {
        assert!(!chat.says(words).await.0.is_empty(), "{words}");
    }
    chat.messages.push(Message::Tool { call_id: "x".into(), text: "done".into() });
    assert_eq!(chat.reply().await, (String::new(), None));
}

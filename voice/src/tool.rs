//! Functions that the model may call in the middle of a turn: what they are, who runs them, what came of it.
//!
//! The engine's own (`end_call`, `transfer_call`) are not among them: they have no result, they end the conversation.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use futures_util::{FutureExt, future};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::provider::{Message, ToolCall, ToolSpec};

/// How often in one turn the model may ask for functions, see their results and ask again.
pub const ROUNDS: u32 = 5;

/// Calls that the model may ask for at once.
const AT_ONCE: usize = 8;

/// What a runner needs beyond a tool's own time: to read its row, to open its secrets.
const GRACE: Duration = Duration::from_secs(2);

/// Runs functions.
#[async_trait]
pub trait ToolRunner: Send + Sync + 'static {
    /// Runs one call and gives what the model is to read: a failure too, so that it can say so or do better.
    /// Dropping the future gives the call up; whether it was done is not known then.
    async fn run(&self, call: &ToolCall) -> Ran;
}

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    pub outcome: Outcome,
    /// For the model; bounded by the runner.
    pub text: String,
}

/// How a call went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It goes on, or whoever waited for it is gone: its process, or who asked over HTTP.
    Running,
    Done,
    /// It was tried and answered with a failure.
    Failed,
    TimedOut,
    /// It was not tried: no such function, wrong arguments, too many calls.
    Refused,
    /// The caller broke in or hung up; it may have been done all the same.
    Abandoned,
}

/// A function as it is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Tool {
    pub spec: ToolSpec,
    /// The runner's own bound; ours lies a little above it.
    pub timeout: Duration,
    /// Said while the caller waits for it; `None`: [`Persona::waiting`](crate::conversation::Persona::waiting), a
    /// little later.
    pub filler: Option<String>,
}

/// One call and what came of it, as it is recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolUse {
    #[serde(flatten)]
    pub call: ToolCall,
    /// Calls of the same round were asked for at once; counts from 0 in each turn.
    #[serde(default)]
    pub round: u32,
    /// `None`: one of the engine's own functions, which has no result.
    #[serde(default)]
    pub outcome: Option<Outcome>,
    /// `None`: it has no result, or not yet.
    #[serde(default)]
    pub latency_ms: Option<u64>,
    /// What the model was told.
    #[serde(default)]
    pub result: Option<String>,
}

/// The functions of one conversation; none by default. A clone counts the same calls.
#[derive(Clone)]
pub struct Tools {
    offered: Arc<[Tool]>,
    runner: Arc<dyn ToolRunner>,
    /// Calls that this conversation may still make.
    left: Arc<AtomicU32>,
}

impl Tools {
    /// `left`: how many calls may be made; a resumed conversation has made some.
    pub fn new(offered: Vec<Tool>, runner: Arc<dyn ToolRunner>, left: u32) -> Self {
        Self { offered: offered.into(), runner, left: Arc::new(AtomicU32::new(left)) }
    }

    /// What the model is told of them.
    pub fn specs(&self) -> impl Iterator<Item = ToolSpec> + '_ {
        self.offered.iter().map(|tool| tool.spec.clone())
    }

    /// What to say while these run.
    pub fn filler(&self, calls: &[ToolCall]) -> Option<String> {
        calls.iter().find_map(|call| self.find(&call.name)?.filler.clone())
    }

    /// Runs the calls of one round, all at once, each to its end or its deadline. `note` is told of each when it
    /// begins and when it ends. Gives them in their order.
    pub async fn run<N, F>(&self, calls: Vec<ToolCall>, round: u32, note: N) -> Vec<ToolUse>
    where
        N: Fn(ToolUse) -> F,
        F: Future<Output = ()>,
    {
        let uses: Vec<_> = calls.into_iter().map(|call| ToolUse::running(call, round)).collect();
        for used in &uses {
            note(used.clone()).await;
        }
        let note = &note;
        let runs = uses.into_iter().enumerate().map(|(at, mut used)| async move {
            let began = Instant::now();
            let ran = if at < AT_ONCE { self.one(&used.call).await } else { refused("too many calls at once") };
            used.outcome = Some(ran.outcome);
            used.latency_ms = Some(began.elapsed().as_millis() as u64);
            used.result = Some(ran.text);
            note(used.clone()).await;
            used
        });
        future::join_all(runs).await
    }

    async fn one(&self, call: &ToolCall) -> Ran {
        let Some(tool) = self.find(&call.name) else { return refused("there is no function of this name") };
        let take = |left: u32| left.checked_sub(1);
        if self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_err() {
            return refused("no more calls are possible in this conversation");
        }
        // A runner that panics fails its call, not the reply.
        let run = std::panic::AssertUnwindSafe(self.runner.run(call)).catch_unwind();
        match tokio::time::timeout(tool.timeout + GRACE, run).await {
            Ok(Ok(ran)) => ran,
            Ok(Err(_)) => Ran { outcome: Outcome::Failed, text: error("the function failed") },
            Err(_) => Ran { outcome: Outcome::TimedOut, text: error("no answer in time") },
        }
    }

    fn find(&self, name: &str) -> Option<&Tool> {
        self.offered.iter().find(|tool| tool.spec.name == name)
    }
}

impl Default for Tools {
    fn default() -> Self {
        struct Nobody;
        #[async_trait]
        impl ToolRunner for Nobody {
            async fn run(&self, _: &ToolCall) -> Ran {
                refused("there is no function of this name")
            }
        }
        Self::new(Vec::new(), Arc::new(Nobody), 0)
    }
}

impl fmt::Debug for Tools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.offered.iter().map(|tool| &tool.spec.name)).finish()
    }
}

impl ToolUse {
    fn running(call: ToolCall, round: u32) -> Self {
        Self { call, round, outcome: Some(Outcome::Running), latency_ms: None, result: None }
    }

    /// A call of one of the engine's own functions.
    pub fn own(call: ToolCall, round: u32) -> Self {
        Self { call, round, outcome: None, latency_ms: None, result: None }
    }

    pub fn is_running(&self) -> bool {
        self.outcome == Some(Outcome::Running)
    }

    /// Nobody waits for it any more.
    pub fn abandon(&mut self) {
        if self.is_running() {
            self.outcome = Some(Outcome::Abandoned);
        }
    }
}

/// An error as the model reads it.
pub fn error(what: &str) -> String {
    serde_json::json!({ "error": what }).to_string()
}

fn refused(why: &str) -> Ran {
    Ran { outcome: Outcome::Refused, text: error(why) }
}

/// A turn's calls as history: for each round the request and, at once after it, every result; chat interfaces refuse
/// one without the other. A call without a result says so.
pub fn messages(uses: &[ToolUse]) -> Vec<Message> {
    let with_result: Vec<_> = uses.iter().filter(|used| used.outcome.is_some()).collect();
    let rounds = with_result.chunk_by(|before, after| before.round == after.round);
    rounds.flat_map(|round| std::iter::once(asked(round)).chain(results(round))).collect()
}

fn asked(round: &[&ToolUse]) -> Message {
    let call = |used: &&ToolUse| ToolCall { arguments: readable(&used.call.arguments), ..used.call.clone() };
    Message::Assistant { text: String::new(), tool_calls: round.iter().map(call).collect() }
}

fn results<'a>(round: &'a [&ToolUse]) -> impl Iterator<Item = Message> + 'a {
    round.iter().map(|used| {
        let unknown = || error("broken off before the result came: whether it was done is not known");
        let text = used.result.clone().unwrap_or_else(unknown);
        Message::Tool { call_id: used.call.id.clone(), text }
    })
}

/// Some servers read the arguments of earlier calls again, and fail on those that are no JSON object.
fn readable(arguments: &str) -> String {
    let is_object = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(arguments).is_ok();
    if is_object { arguments.to_owned() } else { "{}".to_owned() }
}

/// Calls with ids that tell them apart: some servers give none, or the same to all.
pub fn distinct(mut calls: Vec<ToolCall>, round: u32) -> Vec<ToolCall> {
    for at in 0..calls.len() {
        let (before, rest) = calls.split_at_mut(at);
        if rest[0].id.is_empty() || before.iter().any(|call| call.id == rest[0].id) {
            rest[0].id = format!("call_{round}_{at}");
        }
    }
    calls
}

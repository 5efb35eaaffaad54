//! Turns on their way into the database: a task beside the conversation, so that audio never waits for a row.

use std::{collections::HashMap, time::Duration};

use domain::{
    Database, Error, conversations,
    entity::{
        self,
        id::{ConversationId, TenantId, TurnId},
    },
    usage::{self, Served},
};
use tokio::{sync::mpsc, task::JoinHandle, time::timeout};
use voice::event::{Event, Usage};

use crate::AppState;

/// Events between a conversation and its rows: minutes of talk, should the database stall.
const EVENTS: usize = 256;
/// After the conversation: what is still to be written is given this long.
const LAST_ROWS: Duration = Duration::from_secs(10);
/// Waits before the second and the third try of a write: a database that restarts is back after a moment.
const RETRIES: [Duration; 2] = [Duration::from_millis(200), Duration::from_millis(1_500)];

/// Writes the turns of one conversation.
pub(crate) struct Recorder {
    events: mpsc::Sender<Event>,
    task: JoinHandle<()>,
}

impl Recorder {
    /// Starts the task, owned by the state's `tasks`; it ends when all senders are gone.
    pub fn start(state: &AppState, tenant: TenantId, conversation: ConversationId, served: Served) -> Self {
        let (events, received) = mpsc::channel(EVENTS);
        let task = state.tasks.spawn(record(state.database.clone(), tenant, conversation, served, received));
        Self { events, task }
    }

    /// Where events are to be sent.
    pub fn events(&self) -> mpsc::Sender<Event> {
        self.events.clone()
    }

    /// Waits until everything sent has been written. To be called when nobody sends any more.
    pub async fn finish(self) {
        drop(self.events);
        if timeout(LAST_ROWS, self.task).await.is_err() {
            tracing::error!("the last turns of a conversation are not written yet; it goes on being tried");
        }
    }
}

async fn record(
    db: Database,
    tenant: TenantId,
    conversation: ConversationId,
    served: Served,
    mut events: mpsc::Receiver<Event>,
) {
    // Of turns that have begun and not ended, by the engine's number: one, two while a new one takes over.
    let mut open: HashMap<u32, TurnId> = HashMap::new();
    while let Some(event) = events.recv().await {
        let written = match &event {
            Event::TurnStarted { number, prompt } => {
                let id = *open.entry(*number).or_insert_with(TurnId::new);
                persist(|| conversations::turn_started(&db, tenant, conversation, id, prompt)).await.map(drop)
            }
            Event::ToolsUsed { number, uses } => {
                let id = *open.entry(*number).or_insert_with(TurnId::new);
                persist(|| conversations::tools_used(&db, tenant, conversation, id, uses)).await
            }
            Event::TurnEnded(turn) => {
                let id = open.remove(&turn.number).unwrap_or_else(TurnId::new);
                persist(|| conversations::turn_ended(&db, tenant, conversation, id, turn, &served)).await.map(drop)
            }
            Event::Ended { wasted, .. } if *wasted != Usage::default() => {
                persist(|| usage::note(&db, tenant, Some(conversation), &served, wasted, entity::now())).await
            }
            _ => continue,
        };
        if let Err(error) = written {
            tracing::error!(conversation.id = %conversation, error = &error as &dyn std::error::Error, "a turn, or what was used, is lost");
        }
    }
}

/// Tries a write up to three times: what a caller hears or is billed for must not hang on one lost connection.
pub(crate) async fn persist<T, F>(mut write: impl FnMut() -> F) -> Result<T, Error>
where
    F: Future<Output = Result<T, Error>>,
{
    for pause in RETRIES {
        match write().await {
            Err(Error::Database(_)) => tokio::time::sleep(pause).await,
            done => return done,
        }
    }
    write().await
}

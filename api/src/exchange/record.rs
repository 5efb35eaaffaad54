//! What stays of an exchange: its turn at the end, or from the first call of a tool on.

use domain::{
    Database, Error, conversations,
    entity::id::{ConversationId, TenantId, TurnId},
    usage::Served,
};
use tokio::sync::Mutex;
use voice::{
    event::{Prompt, Turn},
    tool::ToolUse,
};

use crate::{live::persist, problem::chain};

/// The row of one exchange.
pub struct Record<'a> {
    db: &'a Database,
    tenant: TenantId,
    conversation: ConversationId,
    turn: TurnId,
    prompt: &'a Prompt,
    /// Held while they are written: calls of one round end at any time, and the last to be written must know all.
    uses: Mutex<Vec<ToolUse>>,
}

impl<'a> Record<'a> {
    pub fn new(db: &'a Database, tenant: TenantId, conversation: ConversationId, prompt: &'a Prompt) -> Self {
        Self { db, tenant, conversation, turn: TurnId::new(), prompt, uses: Mutex::default() }
    }

    /// A tool is called, or its call has ended: written at once, for whoever asked may be gone before the reply. A
    /// failure calls nothing off: the end of the turn writes all of it again.
    pub async fn note(&self, used: ToolUse) {
        let Self { db, tenant, conversation, turn, prompt, .. } = *self;
        let mut uses = self.uses.lock().await;
        let is_first = uses.is_empty();
        match uses.iter_mut().find(|known| (known.round, &known.call.id) == (used.round, &used.call.id)) {
            Some(known) => *known = used,
            None => uses.push(used),
        }
        let written = async {
            if is_first {
                persist(|| conversations::turn_started(db, tenant, conversation, turn, prompt)).await?;
            }
            persist(|| conversations::tools_used(db, tenant, conversation, turn, &uses)).await
        };
        if let Err(error) = written.await {
            tracing::error!(conversation.id = %conversation, error = %chain(&error), "a tool's call is not written yet");
        }
    }

    /// The turn is over.
    pub async fn end(&self, turn: &Turn, served: &Served) -> Result<(), Error> {
        conversations::turn_ended(self.db, self.tenant, self.conversation, self.turn, turn, served).await.map(drop)
    }
}

//! The tools of a running conversation.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_trait::async_trait;
use entity::{
    TenantScoped,
    id::{ConversationId, TenantId, ToolId},
    tool,
};
use sea_orm::{ColumnTrait, QueryFilter};
use voice::{
    provider::{ToolCall, ToolSpec},
    tool::{Outcome, Ran, Tool, ToolRunner, Tools},
};

use super::{Means, call, find_in, open};
use crate::{Database, Error, Result, conversations, outbound::Outbound, vault::Vault};

/// Calls of tools in one conversation: an hour of talk needs fewer, and a model in a circle no more.
pub const MOST_CALLS: u32 = 100;

/// These tools, for one conversation: whatever its channel, its tools come from here. Those that are gone are left out.
pub async fn of_conversation(
    means: Means<'_>,
    tenant: TenantId,
    conversation: ConversationId,
    ids: &[ToolId],
) -> Result<Tools> {
    if ids.is_empty() {
        return Ok(Tools::default());
    }
    let of_it = tool::Entity::of(tenant).filter(tool::Column::Id.is_in(ids.iter().copied()));
    let mut rows = of_it.all(&means.db.of(tenant)).await?;
    rows.sort_by_key(|row| ids.iter().position(|id| *id == row.id));
    let called = conversations::tools_called(means.db, tenant, conversation).await?;
    let runner = Runner {
        db: means.db.clone(),
        vault: Arc::clone(means.vault),
        outbound: means.outbound.clone(),
        tenant,
        ids: rows.iter().map(|row| (row.name.clone(), row.id)).collect(),
    };
    let offered = rows.into_iter().map(offered).collect();
    Ok(Tools::new(offered, Arc::new(runner), MOST_CALLS.saturating_sub(called)))
}

fn offered(row: tool::Model) -> Tool {
    Tool {
        spec: ToolSpec { name: row.name, description: row.description, parameters: row.parameters },
        timeout: Duration::from_millis(row.timeout_ms.unsigned_abs().into()),
        filler: row.speak_while_waiting,
    }
}

struct Runner {
    db: Database,
    vault: Arc<Vault>,
    outbound: Outbound,
    tenant: TenantId,
    ids: Vec<(String, ToolId)>,
}

#[async_trait]
impl ToolRunner for Runner {
    async fn run(&self, call: &ToolCall) -> Ran {
        let Some((_, id)) = self.ids.iter().find(|(name, _)| *name == call.name) else {
            return Ran { outcome: Outcome::Refused, text: voice::tool::error("there is no function of this name") };
        };
        let began = Instant::now();
        let called = match self.call(*id, call).await {
            Ok(called) => called,
            Err(Error::NotFound { .. }) => {
                Ran { outcome: Outcome::Refused, text: voice::tool::error("the function is no longer there") }
            }
            Err(error) => {
                tracing::error!(tool.id = %id, error = &error as &dyn std::error::Error, "a tool could not be called");
                Ran { outcome: Outcome::Failed, text: voice::tool::error("the function does not work right now") }
            }
        };
        tracing::debug!(
            tool.id = %id,
            tool.outcome = ?called.outcome,
            latency.ms = began.elapsed().as_millis() as u64,
            "tool called"
        );
        called
    }
}

impl Runner {
    /// The row is read for each call: a change, a new secret or a new data key holds from the next one on.
    async fn call(&self, id: ToolId, call: &ToolCall) -> Result<Ran> {
        let conn = self.db.of(self.tenant);
        let row = find_in(&conn, self.tenant, id).await?;
        let secrets = open(&conn, &self.vault, &row).await?;
        Ok(call::call(&self.outbound, &row, secrets, &call.arguments).await.into())
    }
}

//! From rows to a running conversation.

use domain::{
    agents::{self, Line},
    conversations,
    entity::{conversation, id::TenantId},
    personas,
};
use voice::conversation::Config;

use crate::AppState;

/// What a conversation is to be told before it starts: its agent, its persona, and all that was said before.
pub(crate) async fn configure(
    state: &AppState,
    tenant: TenantId,
    conversation: &conversation::Model,
    line: &Line,
) -> Result<Config, domain::Error> {
    let db = &state.database;
    let agent = match conversation.agent_id {
        Some(agent) => Some(agents::find(db, tenant, agent).await?),
        None => None,
    };
    let persona = personas::find(&conversation.persona)
        .or_else(|| personas::find(personas::DEFAULT))
        .expect("the default persona exists");
    Ok(Config {
        history: conversations::history(db, tenant, conversation.id).await?,
        first_turn: conversations::next_turn(db, tenant, conversation.id).await?,
        deadlines: state.settings.providers.deadlines(),
        ..agents::conversation_config(agent.as_ref(), persona, line)
    })
}

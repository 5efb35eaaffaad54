//! From rows to a running conversation.

use domain::{
    conversations::{self, Line},
    entity::{conversation, id::TenantId},
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
    let config = conversations::cast(db, tenant, conversation, None).await?.config(line);
    let first_turn = conversations::next_turn(db, tenant, conversation.id).await?;
    Ok(Config {
        history: conversations::history(db, tenant, conversation.id).await?,
        // 0 is the greeting's.
        first_turn: first_turn.max(u32::from(config.greeting.is_none())),
        deadlines: state.settings.providers.deadlines(),
        ..config
    })
}

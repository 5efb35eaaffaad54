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
    Ok(Config {
        history: conversations::history(db, tenant, conversation.id).await?,
        first_turn: conversations::next_turn(db, tenant, conversation.id).await?,
        deadlines: state.settings.providers.deadlines(),
        ..conversations::cast(db, tenant, conversation, None).await?.config(line)
    })
}

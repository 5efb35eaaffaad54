//! From rows to a running conversation.

use domain::{
    conversations::{self, Line},
    entity::{conversation, id::TenantId},
    recordings::Wish,
    tools,
};
use voice::conversation::Config;

use crate::AppState;

/// What is settled before a conversation starts.
pub(crate) struct Configured {
    pub config: Config,
    /// `None`: it is not recorded.
    pub recording: Option<Wish>,
}

/// What a conversation is to be told before it starts: its agent, its persona, its tools, and all that
/// was said before.
pub(crate) async fn configure(
    state: &AppState,
    tenant: TenantId,
    conversation: &conversation::Model,
    line: &Line,
) -> Result<Configured, domain::Error> {
    let db = &state.database;
    let cast = conversations::cast(db, tenant, conversation, None).await?;
    let config = cast.config(line);
    let agent_begins = config.greeting.is_some() || config.announcement.is_some();
    let first_turn = conversations::next_turn(db, tenant, conversation.id).await?;
    let config = Config {
        history: conversations::history(db, tenant, conversation.id).await?,
        // 0 is the greeting's.
        first_turn: first_turn.max(u32::from(!agent_begins)),
        tools: tools::of_conversation(state.means(), tenant, conversation.id, cast.tools()).await?,
        deadlines: state.settings.providers.deadlines(),
        ..config
    };
    Ok(Configured { config, recording: cast.recording() })
}

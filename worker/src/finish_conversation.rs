//! The totals of a conversation that has ended.

use domain::{
    Database, Error, conversations,
    id::{ConversationId, TenantId},
};

pub(crate) async fn run(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<(), Error> {
    let totals = conversations::reckon_totals(db, tenant, conversation).await?;
    tracing::info!(
        tenant.id = %tenant,
        conversation.id = %conversation,
        turns.count = totals.turns,
        duration_ms = totals.duration_ms,
        latency.p50_ms = totals.reply_latency_p50_ms,
        "conversation finished",
    );
    Ok(())
}

//! The totals of a conversation that has ended, and what of its words is kept.

use domain::{
    Database, Error, conversations,
    id::{ConversationId, TenantId},
};

pub(crate) async fn run(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<(), Error> {
    let totals = match conversations::reckon_totals(db, tenant, conversation).await {
        Ok(totals) => totals,
        // Erased with its customer meanwhile.
        Err(Error::NotFound { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    let redacted = conversations::redact_turns(db, tenant, conversation).await?;
    tracing::info!(
        tenant.id = %tenant,
        conversation.id = %conversation,
        turns.count = totals.turns,
        turns.redacted = redacted,
        duration_ms = totals.duration_ms,
        latency.p50_ms = totals.reply_latency_p50_ms,
        "conversation finished",
    );
    Ok(())
}

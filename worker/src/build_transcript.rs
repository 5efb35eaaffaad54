//! The transcript of a conversation that has ended.

use domain::{
    Database, Error,
    id::{ConversationId, TenantId},
    transcripts,
};

pub(crate) async fn run(db: &Database, tenant: TenantId, conversation: ConversationId) -> Result<(), Error> {
    match transcripts::build(db, tenant, conversation).await {
        Ok(Some(row)) => {
            tracing::info!(
                tenant.id = %tenant,
                conversation.id = %conversation,
                lines.count = row.lines.0.len(),
                transcript.revision = row.revision,
                transcript.is_final = row.ready_at.is_some(),
                "transcript built",
            );
            Ok(())
        }
        // Nobody said anything; or it was erased with its customer meanwhile.
        Ok(None) | Err(Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

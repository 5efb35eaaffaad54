//! A tenant's data keys, sealed by the operator's new key.

use domain::{Error, id::TenantId, vault};

use crate::Work;

pub(crate) async fn run(work: &Work, tenant: TenantId) -> Result<(), Error> {
    let data_keys = vault::rewrap(&work.database, &work.vault, tenant).await?;
    tracing::info!(
        tenant.id = %tenant,
        vault.key_id = work.vault.active_key_id(),
        data_keys.count = data_keys,
        "data keys sealed anew",
    );
    Ok(())
}

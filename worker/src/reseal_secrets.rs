//! A tenant's secrets, sealed by its new data key.

use domain::{Error, entity::now, id::TenantId, vault};

use crate::Work;

pub(crate) async fn run(work: &Work, tenant: TenantId) -> Result<(), Error> {
    let done = vault::reseal(&work.database, &work.vault, tenant, now()).await?;
    tracing::info!(
        tenant.id = %tenant,
        secrets.count = done.secrets,
        deleted_keys.count = done.deleted_keys,
        "secrets sealed anew",
    );
    Ok(())
}

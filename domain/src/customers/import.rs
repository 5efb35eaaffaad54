//! Many customers at once: each row by itself, a bad one loses nothing else.

use entity::{TenantScoped, customer, id::TenantId};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, QueryFilter};
use serde_json::Value;

use super::{Change, Checked, NewCustomer, insert, update_in};
use crate::{Database, Error, Result, access::By, audit, error::is_unique_violation};

/// Rows of the longest import.
pub const MOST_ROWS: usize = 10_000;

/// Rows written in one transaction.
const BATCH: usize = 200;

/// Faults told of; more are only counted.
const MOST_FAULTS: usize = 1_000;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub created: u64,
    pub updated: u64,
    pub failed: u64,
    /// Of the first thousand rows that failed: their place, from 0, and why.
    pub faults: Vec<(usize, String)>,
}

/// Makes or changes customers, found by `external_id`, then by `phone`; what a row leaves out stays as it is. Sent
/// again, it changes nothing.
///
/// [`Error::Invalid`]: too many rows. [`Error::Conflict`]: one of them was changed by another at the same moment; what
/// came before is done, and the import can be sent again.
pub async fn import(db: &Database, tenant: TenantId, by: &By, rows: Vec<Value>) -> Result<Imported> {
    if rows.len() > MOST_ROWS {
        return Err(Error::invalid("customers", format!("must be at most {MOST_ROWS}")));
    }
    let mut imported = Imported::default();
    for (batch, rows) in rows.chunks(BATCH).enumerate() {
        let tx = db.write(tenant).await?;
        for (at, row) in rows.iter().enumerate() {
            match put(&tx, tenant, row).await {
                Ok(true) => imported.created += 1,
                Ok(false) => imported.updated += 1,
                Err(fault @ (Error::Invalid { .. } | Error::Conflict { .. })) => {
                    imported.failed += 1;
                    if imported.faults.len() < MOST_FAULTS {
                        imported.faults.push((batch * BATCH + at, fault.to_string()));
                    }
                }
                Err(Error::Database(error)) if is_unique_violation(&error) => {
                    return Err(Error::Conflict { what: "a customer was changed meanwhile: send the import again" });
                }
                Err(error) => return Err(error),
            }
        }
        tx.commit().await?;
    }
    let details = serde_json::json!({
        "created": imported.created, "updated": imported.updated, "failed": imported.failed,
    });
    let tx = db.write(tenant).await?;
    audit::record(&tx, tenant, by, "customers.imported", tenant, Some(details)).await?;
    tx.commit().await?;
    Ok(imported)
}

/// `true`: a new one.
async fn put(tx: &DatabaseTransaction, tenant: TenantId, row: &Value) -> Result<bool> {
    // The row's own text is not repeated: it may be what somebody has said.
    let new: NewCustomer = serde_json::from_value(row.clone())
        .map_err(|_| Error::invalid("row", "must be an object of external_id, phone, name and metadata"))?;
    let checked = Checked::new(new)?;
    let mut known = Condition::any();
    if let Some(external_id) = &checked.external_id {
        known = known.add(customer::Column::ExternalId.eq(external_id));
    }
    if let Some(phone) = &checked.phone {
        known = known.add(customer::Column::Phone.eq(phone));
    }
    let mut found = customer::Entity::of(tenant).filter(known).all(tx).await?;
    match (found.pop(), found.pop()) {
        (None, _) => insert(tx, tenant, checked).await.map(|_| true),
        (Some(row), None) => {
            let change = Change {
                external_id: checked.external_id.map(Some),
                phone: checked.phone.map(Some),
                name: checked.name.map(Some),
                metadata: checked.metadata.map(Some),
            };
            update_in(tx, tenant, row.id, change).await.map(|_| false)
        }
        (Some(_), Some(_)) => Err(Error::Conflict { what: "external_id and phone are two different customers'" }),
    }
}

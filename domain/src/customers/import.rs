//! Many customers at once: each row by itself, a bad one loses nothing else.

use entity::{TenantScoped, customer, id::TenantId};
use sea_orm::{ColumnTrait, Condition, DatabaseTransaction, QueryFilter, QuerySelect};

use super::{
    Change, Checked, NewCustomer, insert,
    rows::{self, Format},
    update_in,
};
use crate::{Database, Error, Result, access::By, audit, error::is_unique_violation};

/// Rows written in one transaction: calls that begin meanwhile wait for some milliseconds.
const BATCH: usize = 200;

/// Faults told of; more are only counted.
const MOST_FAULTS: usize = 1_000;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub created: u64,
    pub updated: u64,
    pub failed: u64,
    /// Of the first thousand rows that failed.
    pub faults: Vec<Fault>,
}

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// That the row begins in, from 1.
    pub line: u64,
    /// For the tenant; no word of the row.
    pub why: String,
}

/// Makes or changes customers, 200 at a time with an audit event each time; found by `external_id`, or else by `phone`; what a row leaves out stays as it is, and
/// metadata is replaced whole. Sent again, it changes nothing.
///
/// [`Error::Invalid`]: too many rows, or a CSV's first line names what is no column; nothing is done then.
/// [`Error::Conflict`]: one of them was changed by another at the same moment; what came before is done, and the import
/// can be sent again.
pub async fn import(db: &Database, tenant: TenantId, by: &By, format: Format, text: &str) -> Result<Imported> {
    let mut rows = rows::read(format, text)?.into_iter();
    let mut imported = Imported::default();
    while !rows.as_slice().is_empty() {
        let tx = db.write(tenant).await?;
        let before = (imported.created, imported.updated, imported.failed);
        for (line, row) in rows.by_ref().take(BATCH) {
            let done = match row {
                Ok(new) => put(&tx, tenant, new).await,
                Err(fault) => Err(fault),
            };
            match done {
                Ok(true) => imported.created += 1,
                Ok(false) => imported.updated += 1,
                Err(fault @ (Error::Invalid { .. } | Error::Conflict { .. })) => {
                    imported.failed += 1;
                    if imported.faults.len() < MOST_FAULTS {
                        imported.faults.push(Fault { line, why: fault.to_string() });
                    }
                }
                Err(Error::Database(error)) if is_unique_violation(&error) => return Err(MEANWHILE),
                Err(Error::NotFound { .. }) => return Err(MEANWHILE),
                Err(error) => return Err(error),
            }
        }
        let counted = serde_json::json!({
            "created": imported.created - before.0,
            "updated": imported.updated - before.1,
            "failed": imported.failed - before.2,
        });
        audit::record(&tx, tenant, by, "customers.imported", tenant, Some(counted)).await?;
        tx.commit().await?;
    }
    Ok(imported)
}

const MEANWHILE: Error = Error::Conflict { what: "a customer was changed meanwhile: send the import again" };

/// `true`: a new one.
async fn put(tx: &DatabaseTransaction, tenant: TenantId, new: NewCustomer) -> Result<bool> {
    let checked = Checked::new(new)?;
    let Some(row) = known(tx, tenant, &checked).await? else {
        return insert(tx, tenant, checked).await.map(|_| true);
    };
    let change = Change {
        external_id: checked.external_id.map(Some),
        phone: checked.phone.map(Some),
        name: checked.name.map(Some),
        metadata: checked.metadata.map(Some),
    };
    update_in(tx, tenant, row.id, change).await.map(|_| false)
}

/// The one whom the row means. A number that several share is one customer's alone: the others are told apart by their
/// external id.
async fn known(tx: &DatabaseTransaction, tenant: TenantId, row: &Checked) -> Result<Option<customer::Model>> {
    let mut either = Condition::any();
    if let Some(external_id) = &row.external_id {
        either = either.add(customer::Column::ExternalId.eq(external_id));
    }
    if let Some(phone) = &row.phone {
        either = either.add(customer::Column::Phone.eq(phone));
    }
    let mut found = customer::Entity::of(tenant).filter(either).lock_exclusive().all(tx).await?;
    let other = Err(Error::Conflict { what: "the phone is another customer's" });
    match (found.pop(), found.pop()) {
        (Some(_), Some(_)) => other,
        (Some(one), None)
            if one.external_id.is_some() && row.external_id.is_some() && one.external_id != row.external_id =>
        {
            other
        }
        (one, _) => Ok(one),
    }
}

//! Erasing a customer: at once nothing of them is found any more; a job removes what they said and whence they called.
//!
//! What was used stays counted: it names a conversation that is no longer there, and nobody.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, call_slot, conversation, customer,
    id::{ConversationId, CustomerId, JobId, TenantId},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, SelectExt,
    sea_query::{Expr, Query},
};

use crate::{
    Database, Error, Result,
    access::By,
    audit,
    jobs::{self, Payload},
    recordings::{self, Recordings},
};

/// Conversations removed in one transaction: seconds at most, with hundreds of turns each.
const BATCH: u64 = 100;

/// By then ten tries have failed.
const GIVEN_UP: TimeDelta = TimeDelta::hours(1);

/// Forgets a customer's name, numbers and metadata now, and orders the removal of their conversations. Gives the job
/// that does it. [`Error::Conflict`]: a call or a socket of theirs is open.
pub async fn erase(db: &Database, tenant: TenantId, by: &By, id: CustomerId) -> Result<JobId> {
    let now = entity::now();
    let tx = db.write(tenant).await?;
    // A call that begins now waits, finds nobody of that number and makes a new customer.
    super::find_locked(&tx, tenant, id).await?;
    let theirs = Query::select()
        .column(conversation::Column::Id)
        .from(conversation::Entity)
        .and_where(conversation::Column::TenantId.eq(tenant))
        .and_where(conversation::Column::CustomerId.eq(id))
        .to_owned();
    let open = call_slot::Entity::of(tenant)
        .filter(call_slot::Column::ExpiresAt.gt(now))
        .filter(call_slot::Column::ConversationId.in_subquery(theirs));
    if open.exists(&tx).await? {
        return Err(Error::Conflict { what: "a call or a voice socket of this customer is open: end it first" });
    }
    customer::Entity::update_of(tenant)
        .col_expr(customer::Column::ExternalId, Expr::value(None::<String>))
        .col_expr(customer::Column::Phone, Expr::value(None::<String>))
        .col_expr(customer::Column::Name, Expr::value(None::<String>))
        .col_expr(customer::Column::Metadata, Expr::value(serde_json::json!({})))
        .col_expr(customer::Column::ErasedAt, Expr::value(now))
        .filter(customer::Column::Id.eq(id))
        .exec(&tx)
        .await?;
    let payload = Payload::EraseCustomer { tenant, customer: id };
    let job = jobs::add_once(&tx, &payload, &id.to_string(), now).await?;
    audit::record(&tx, tenant, by, "customer.erased", id, None).await?;
    tx.commit().await?;
    db.queue().push(job);
    Ok(job.id)
}

/// Orders the removal again where it was given up, an hour or more after it was wished for. Gives their number.
#[expect(clippy::disallowed_methods, reason = "looks after all tenants")]
pub async fn order_erasures(db: &Database, now: DateTime<Utc>) -> Result<usize> {
    let left = customer::Entity::find().filter(customer::Column::ErasedAt.lt(now - GIVEN_UP)).limit(BATCH);
    let left = left.all(&db.platform()).await?;
    for row in &left {
        let payload = Payload::EraseCustomer { tenant: row.tenant_id, customer: row.id };
        jobs::add_once(&db.platform(), &payload, &row.id.to_string(), now).await?;
    }
    Ok(left.len())
}

/// Removes the conversations of a customer who is being erased, with their recordings, turns and calls, then the
/// customer. A second time finds nothing to do.
pub async fn remove_erased(db: &Database, recordings: &Recordings, tenant: TenantId, id: CustomerId) -> Result<()> {
    let erased = customer::Entity::of(tenant)
        .filter(customer::Column::Id.eq(id))
        .filter(customer::Column::ErasedAt.is_not_null());
    if !erased.exists(&db.of(tenant)).await? {
        return Ok(());
    }
    loop {
        let theirs = conversation::Entity::of(tenant).filter(conversation::Column::CustomerId.eq(id));
        let some: Vec<ConversationId> =
            theirs.select_only().column(conversation::Column::Id).limit(BATCH).into_tuple().all(&db.of(tenant)).await?;
        for conversation in &some {
            recordings::remove_of_conversation(db, recordings, tenant, &By::SYSTEM, *conversation).await?;
        }
        let tx = db.write(tenant).await?;
        if some.is_empty() {
            customer::Entity::delete_of(tenant).filter(customer::Column::Id.eq(id)).exec(&tx).await?;
            return Ok(tx.commit().await?);
        }
        // Turns, calls and stream tokens go with it.
        conversation::Entity::delete_of(tenant).filter(conversation::Column::Id.is_in(some)).exec(&tx).await?;
        tx.commit().await?;
    }
}

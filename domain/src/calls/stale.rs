//! Calls that are in progress for us and that nobody holds: Twilio is asked what became of them.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, call, call_slot, conversation,
    id::{CallId, TenantId},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::{Status, StatusUpdate, find, is_live, status};
use crate::{
    Database, Error, Result,
    jobs::{self, Payload},
    phone_numbers,
    twilio::{self, Twilio},
    vault::Vault,
};

/// A call without a line is asked about after this: a stream that broke is back within seconds, a status callback comes
/// within a minute.
const STALE: TimeDelta = TimeDelta::minutes(10);

/// One that goes on is asked about again after this: it was transferred, for example, and Twilio tells of its end itself.
const AGAIN: TimeDelta = TimeDelta::minutes(30);

/// Ordered in one go, every five minutes; what is left waits.
const BATCH: u64 = 100;

/// Orders questions about calls whose line is gone and whose end nobody told. Gives their number.
#[expect(clippy::disallowed_methods, reason = "looks after all tenants")]
pub async fn order_stale(db: &Database, now: DateTime<Utc>) -> Result<usize> {
    let held = call_slot::Entity::find()
        .select_only()
        .column(call_slot::Column::ConversationId)
        .filter(
            Expr::col((call_slot::Entity, call_slot::Column::ConversationId))
                .equals((call::Entity, call::Column::ConversationId)),
        )
        .filter(call_slot::Column::ExpiresAt.gt(now))
        .into_query();
    let silent = conversation::Entity::find()
        .select_only()
        .column(conversation::Column::Id)
        .filter(
            Expr::col((conversation::Entity, conversation::Column::Id))
                .equals((call::Entity, call::Column::ConversationId)),
        )
        .filter(conversation::Column::ActiveAt.lt(now - STALE))
        .into_query();
    let due = Condition::any().add(call::Column::AskedAt.is_null()).add(call::Column::AskedAt.lt(now - AGAIN));
    let rows = call::Entity::find()
        .filter(is_live())
        .filter(call::Column::CreatedAt.lt(now - STALE))
        .filter(due.clone())
        .filter(Expr::exists(silent))
        .filter(Expr::exists(held).not())
        .order_by_asc(call::Column::CreatedAt)
        .limit(BATCH)
        .all(&db.platform())
        .await?;
    let mut ordered = 0;
    for row in rows {
        let (tenant, id) = (row.tenant_id, row.id);
        let tx = db.write(tenant).await?;
        let won = call::Entity::update_of(tenant)
            .col_expr(call::Column::AskedAt, Expr::value(now))
            .filter(call::Column::Id.eq(id))
            .filter(due.clone())
            .exec(&tx)
            .await?;
        if won.rows_affected == 0 {
            // Another process was quicker.
            continue;
        }
        let job = jobs::add_once(&tx, &Payload::CloseStaleCall { tenant, call: id }, &id.to_string(), now).await?;
        tx.commit().await?;
        db.queue().push(job);
        ordered += 1;
    }
    Ok(ordered)
}

/// Asks Twilio what became of a call, and closes it as Twilio says. One that goes on has shown a sign of life.
///
/// [`Error::Twilio`] where asking again may help. Where it does not, the call stays as it is until it is taken for
/// abandoned ([`conversations::end_abandoned`](crate::conversations::end_abandoned)).
pub async fn close_stale(db: &Database, vault: &Vault, twilio: &Twilio, tenant: TenantId, id: CallId) -> Result<()> {
    let call = match find(db, tenant, id).await {
        // Erased meanwhile.
        Err(Error::NotFound { .. }) => return Ok(()),
        found => found?,
    };
    if call.status.is_terminal() {
        return Ok(());
    }
    let credentials = phone_numbers::credentials_of(db, vault, tenant, call.phone_number_id).await?;
    let update = match twilio.call(&credentials, &call.call_sid).await {
        Ok(found) if !found.status.is_terminal() => {
            crate::conversations::touch(&db.of(tenant), tenant, call.conversation_id).await?;
            return Ok(());
        }
        Ok(found) => StatusUpdate { status: found.status, sequence_number: None, duration_s: found.duration_s },
        // Twilio forgets no call of the last year: it was none of this account's.
        Err(twilio::Error::NoSuchNumber) => {
            StatusUpdate { status: Status::Failed, sequence_number: None, duration_s: None }
        }
        Err(error) if error.may_pass() => return Err(error.into()),
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(tenant.id = %tenant, call.id = %id, error, "nobody can say what became of a call");
            return Ok(());
        }
    };
    if status(db, tenant, &call.call_sid, update).await? {
        tracing::info!(tenant.id = %tenant, call.id = %id, call.status = ?update.status, "a stale call is closed");
    }
    Ok(())
}

//! Twilio's status callbacks, which come in any order.

use chrono::TimeDelta;
use entity::{TenantScoped, call, call::Status, id::TenantId};
use sea_orm::{ColumnTrait, Condition, QueryFilter, sea_query::Expr};
use voice::event::EndReason;

use super::{find_by_sid_in, is_live};
use crate::{Database, Result, conversations};

/// How long the process that talked may take to write its last turn: totals are reckoned after it.
const LAST_TURN: TimeDelta = TimeDelta::seconds(10);

/// One status callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusUpdate {
    pub status: Status,
    /// `None`: the callback carried none.
    pub sequence_number: Option<i64>,
    /// `CallDuration`, seconds.
    pub duration_s: Option<i64>,
}

/// Applies a status, and with a last one ends the conversation too (a caller who hung up while no process of ours
/// listened). `false`: it came late and changes nothing.
///
/// A call that is over stays as it is. One that is not takes any end, and otherwise only what has a higher sequence
/// number than the last and does not lead back (`ringing` after `in-progress`).
pub async fn status(db: &Database, tenant: TenantId, call_sid: &str, update: StatusUpdate) -> Result<bool> {
    let tx = db.write(tenant).await?;
    let call = find_by_sid_in(&tx, tenant, call_sid).await?;
    let mut change = call::Entity::update_of(tenant)
        .col_expr(call::Column::Status, Expr::value(update.status))
        .filter(call::Column::Id.eq(call.id))
        .filter(is_live());
    if let Some(number) = update.sequence_number {
        change = change.col_expr(call::Column::SequenceNumber, Expr::value(number));
    }
    if update.status.is_terminal() {
        change = change
            .col_expr(call::Column::EndedAt, Expr::value(entity::now()))
            .col_expr(call::Column::DurationS, Expr::value(update.duration_s));
    } else {
        let earlier = [Status::Queued, Status::Ringing, Status::InProgress].into_iter();
        let earlier = earlier.filter(|status| rank(*status) <= rank(update.status));
        change = change.filter(call::Column::Status.is_in(earlier)).filter(is_newer(update.sequence_number));
    }
    let applied = change.exec(&tx).await?.rows_affected == 1;
    let mut jobs = None;
    if applied && update.status.is_terminal() {
        let finish_at = entity::now() + LAST_TURN;
        jobs = conversations::end_in(&tx, tenant, call.conversation_id, &EndReason::CallerHungUp, finish_at).await?;
    }
    tx.commit().await?;
    db.queue().push_all(jobs.into_iter().flatten());
    Ok(applied)
}

fn is_newer(sequence_number: Option<i64>) -> Condition {
    match sequence_number {
        Some(number) => {
            Condition::any().add(call::Column::SequenceNumber.is_null()).add(call::Column::SequenceNumber.lt(number))
        }
        None => Condition::all(),
    }
}

const fn rank(status: Status) -> u8 {
    match status {
        Status::Queued => 0,
        Status::Ringing => 1,
        Status::InProgress => 2,
        Status::Completed | Status::Busy | Status::Failed | Status::NoAnswer | Status::Canceled => 3,
    }
}

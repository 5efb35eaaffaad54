//! Conversations that nobody will end: their process died and nobody came back.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, call,
    conversation::{self, Channel, Status},
};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use voice::event::EndReason;

use super::end_in;
use crate::{Database, Result, agents::LONGEST_CALL};

/// Ended in one go; what is left waits for the next.
const BATCH: u64 = 100;

/// How long a browser or a program may pause between two turns.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(24);

/// Ends conversations without a sign of life for longer than they can last: calls after four hours,
/// closed as `failed`, others after a day. With [`EndReason::LineBroken`], or with [`EndReason::Silence`] where no line was:
/// whoever writes no more says no good-bye. Gives their number.
#[expect(clippy::disallowed_methods, reason = "a dead process held conversations of all tenants")]
pub async fn end_abandoned(db: &Database, now: DateTime<Utc>) -> Result<usize> {
    let call_limit = TimeDelta::from_std(LONGEST_CALL).expect("four hours fit");
    let is_phone = conversation::Column::Channel.eq(Channel::Phone);
    let silent_call = is_phone.clone().and(conversation::Column::ActiveAt.lt(now - call_limit));
    let silent_other = is_phone.not().and(conversation::Column::ActiveAt.lt(now - LONGEST_PAUSE));
    let abandoned = conversation::Entity::find()
        .filter(conversation::Column::Status.eq(Status::Active))
        .filter(silent_call.or(silent_other))
        .limit(BATCH)
        .all(&db.platform())
        .await?;
    let mut count = 0;
    for conversation in abandoned {
        let tx = db.write(conversation.tenant_id).await?;
        let reason = match conversation.channel {
            // A socket ends by itself, unless its process dies.
            Channel::Phone | Channel::Socket => EndReason::LineBroken,
            Channel::Http => EndReason::Silence,
        };
        let jobs = end_in(&tx, conversation.tenant_id, conversation.id, &reason, now).await?;
        call::Entity::update_of(conversation.tenant_id)
            .col_expr(call::Column::Status, Expr::value(call::Status::Failed))
            .col_expr(call::Column::EndedAt, Expr::value(now))
            .filter(call::Column::ConversationId.eq(conversation.id))
            .filter(call::Column::Status.is_in([call::Status::Queued, call::Status::Ringing, call::Status::InProgress]))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        if let Some(jobs) = jobs {
            db.queue().push_all(jobs);
            count += 1;
        }
    }
    Ok(count)
}

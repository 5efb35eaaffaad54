//! The audit log: who did what to which thing, from where. Append-only: the database refuses changes.

use entity::{
    audit_event,
    id::{AuditEventId, TenantId},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait};
use serde_json::Value;

use crate::{
    Result,
    access::{Actor, By},
};

/// Writes an event into the transaction of the change that it tells of.
///
/// `action` is `thing.done` (`agent.created`, `member.removed`); `target` the id of the thing; `details` names and
/// ids that help a reader, never secrets, speech or telephone numbers.
pub(crate) async fn record(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    by: &By,
    action: &'static str,
    target: impl ToString,
    details: Option<Value>,
) -> Result<()> {
    let (kind, actor) = match by.actor {
        Actor::User(id) => ("user", Some(id.uuid())),
        Actor::Key(id) => ("api_key", Some(id.uuid())),
        Actor::Operator(id) => ("operator", Some(id.uuid())),
        Actor::System => ("system", None),
    };
    let row = audit_event::ActiveModel {
        id: Set(AuditEventId::new()),
        tenant_id: Set(tenant),
        at: Set(entity::now()),
        actor_kind: Set(kind.to_owned()),
        actor_id: Set(actor),
        action: Set(action.to_owned()),
        target_id: Set(Some(target.to_string())),
        details: Set(details),
        address: Set(by.address.map(|address| address.to_string())),
    };
    row.insert(conn).await?;
    Ok(())
}

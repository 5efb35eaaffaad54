//! The audit log: who did what to which thing, from where. Append-only: the database refuses changes.

use std::collections::HashMap;

use chrono::{DateTime, Datelike, Utc};
use entity::{
    TenantScoped, api_key, audit_event,
    id::{AuditEventId, TenantId},
    user,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryTrait};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Database, Error, Result,
    access::By,
    page::{Page, Paging},
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
    let (kind, actor) = by.actor.columns();
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

/// Which events are looked for; `None` asks nothing.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// A user's or key's id.
    pub actor: Option<Uuid>,
    /// As `agent.created`.
    pub action: Option<String>,
    pub target: Option<String>,
    /// The first moment that counts.
    pub from: Option<DateTime<Utc>>,
    /// The first that counts no longer.
    pub to: Option<DateTime<Utc>>,
}

/// Newest first.
pub async fn list(
    db: &Database,
    tenant: TenantId,
    filter: &Filter,
    paging: Paging,
) -> Result<Page<audit_event::Model>> {
    let Filter { actor, action, target, from, to } = filter;
    for (field, text) in [("action", action), ("target_id", target)] {
        // PostgreSQL does not even compare with it.
        if text.as_ref().is_some_and(|text| text.contains('\0')) {
            return Err(Error::invalid(field, "must not contain NUL"));
        }
    }
    for (field, at) in [("from", from), ("to", to)] {
        if at.is_some_and(|at| !is_storable(at)) {
            return Err(Error::invalid(field, "must lie in the years 1 to 9999"));
        }
    }
    let events = audit_event::Entity::of(tenant)
        .apply_if(*actor, |query, actor| query.filter(audit_event::Column::ActorId.eq(actor)))
        .apply_if(action.as_ref(), |query, action| query.filter(audit_event::Column::Action.eq(action)))
        .apply_if(target.as_ref(), |query, target| query.filter(audit_event::Column::TargetId.eq(target)))
        .apply_if(*from, |query, from| query.filter(audit_event::Column::At.gte(from)))
        .apply_if(*to, |query, to| query.filter(audit_event::Column::At.lt(to)));
    paging.newest_first(&db.of(tenant), events, audit_event::Column::Id).await
}

/// Both databases order times of these years alike, and keep them.
pub(crate) fn is_storable(at: DateTime<Utc>) -> bool {
    (1..=9999).contains(&at.year())
}

/// Names of users and of the tenant's keys, for whoever stands in a log or a list by kind and id. Keys that are
/// revoked and users who left have theirs still; operators have none: tenants do not learn who they are.
#[expect(clippy::disallowed_methods, reason = "users are nobody's: a tenant asks for those in its own rows")]
pub async fn names(
    db: &Database,
    tenant: TenantId,
    actors: impl IntoIterator<Item = (&str, Option<Uuid>)>,
) -> Result<HashMap<Uuid, String>> {
    let (mut users, mut keys) = (Vec::new(), Vec::new());
    for (kind, id) in actors {
        match kind {
            "user" => users.extend(id),
            "api_key" => keys.extend(id),
            _ => {}
        }
    }
    let mut names = HashMap::new();
    if !users.is_empty() {
        let found = user::Entity::find().filter(user::Column::Id.is_in(users)).all(&db.of(tenant)).await?;
        names.extend(found.into_iter().map(|user| (user.id.uuid(), user.name)));
    }
    if !keys.is_empty() {
        let found = api_key::Entity::of(tenant).filter(api_key::Column::Id.is_in(keys)).all(&db.of(tenant)).await?;
        names.extend(found.into_iter().map(|key| (key.id.uuid(), key.name)));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use ::entity::tenant;
    use sea_orm::{ActiveValue::Set, EntityTrait, PaginatorTrait};

    use super::*;
    use crate::{tenants, testing::Fresh};

    crate::testing::on_both! {
        async fn what_is_in_the_log_cannot_be_changed(db: Fresh) {
            let tenant = tenants::create(&db, "Ada").await.unwrap().id;
            tenants::rename(&db, tenant, &By::SYSTEM, "Bob").await.unwrap();
            let tx = db.write(tenant).await.unwrap();
            let events = audit_event::Entity::of(tenant).count(&tx).await.unwrap();
            assert!(events > 0, "there is something to change");
            let change = audit_event::Entity::update_of(tenant).col_expr(audit_event::Column::Action, "none".into());
            let refused = change.exec(&tx).await.unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{refused}");
        }

        async fn what_is_in_the_log_stays_for_a_month_or_as_long_as_its_tenant(db: Fresh) {
            let tenant = tenants::create(&db, "Ada").await.unwrap().id;
            tenants::rename(&db, tenant, &By::SYSTEM, "Bob").await.unwrap();
            let refused = audit_event::Entity::delete_of(tenant).exec(&db.of(tenant)).await.unwrap_err();
            assert!(refused.to_string().contains("kept for 30 days"), "{refused}");
            let old = audit_event::ActiveModel {
                at: Set(entity::now() - chrono::TimeDelta::days(31)),
                ..audit_event::Entity::of(tenant).one(&db.of(tenant)).await.unwrap().unwrap().into()
            };
            let old = audit_event::ActiveModel { id: Set(entity::id::AuditEventId::new()), ..old };
            audit_event::Entity::insert(old).exec_without_returning(&db.of(tenant)).await.unwrap();
            let aged = audit_event::Entity::delete_of(tenant)
                .filter(audit_event::Column::At.lt(entity::now() - chrono::TimeDelta::days(30)));
            assert_eq!(aged.exec(&db.of(tenant)).await.unwrap().rows_affected, 1);
            tenant::Entity::delete_of(tenant).exec(&db.of(tenant)).await.unwrap();
            assert_eq!(audit_event::Entity::of(tenant).count(&db.of(tenant)).await.unwrap(), 0);
        }
    }
}

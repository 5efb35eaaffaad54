//! Who is written to when an endpoint is given up: it cannot be told itself.

use chrono::{DateTime, Utc};
use entity::{
    TenantScoped,
    id::{JobId, TenantId, UserId, WebhookEndpointId},
    membership::{self, Role},
};
use sea_orm::{ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    Database, Error, Result,
    jobs::{self, Payload, Ticket},
    mail::{Mail, Outbox},
    members, tenants,
};

/// People who are written to of one endpoint: those who are longest there.
const MOST: u64 = 20;

/// Orders a mail to each of the tenant's owners and admins.
pub(super) async fn order(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    endpoint: WebhookEndpointId,
    now: DateTime<Utc>,
) -> Result<Vec<Ticket>> {
    let people = membership::Entity::of(tenant)
        .filter(membership::Column::Role.is_in([Role::Owner, Role::Admin]))
        .order_by_asc(membership::Column::CreatedAt)
        .order_by_asc(membership::Column::UserId)
        .limit(MOST)
        .all(conn)
        .await?;
    let mut tickets = Vec::with_capacity(people.len());
    for person in people {
        let payload = Payload::MailDisabledWebhook { tenant, endpoint, user: person.user_id };
        // One that still waits for the mail server tells of this time, too.
        let key = format!("{endpoint} {}", person.user_id);
        tickets.push(jobs::add_once(conn, &payload, &key, now).await?);
    }
    Ok(tickets)
}

/// Writes to one of them; not to who has left or has not shown that the address is theirs, nor of an endpoint that is
/// deleted, enabled again or disabled by hand.
pub async fn mail_disabled(
    db: &Database,
    outbox: &Outbox,
    tenant: TenantId,
    endpoint: WebhookEndpointId,
    user: UserId,
    job: JobId,
) -> Result<()> {
    let found = async {
        let endpoint = super::find(db, tenant, endpoint).await?;
        Ok((endpoint, members::find(db, tenant, user).await?, tenants::find(db, tenant).await?))
    };
    let (endpoint, member, tenant) = match found.await {
        Err(Error::NotFound { .. }) => return Ok(()),
        found => found?,
    };
    let why = match endpoint.disabled_reason.as_deref() {
        Some("gone") => "has answered that it is gone (410)",
        Some("failing") => "has failed for days",
        // Somebody has looked after it meanwhile.
        _ => return Ok(()),
    };
    if member.membership.role < Role::Admin || member.user.email_verified_at.is_none() {
        return Ok(());
    }
    Ok(outbox.send(&Mail::webhook_disabled(&member.user, &tenant, &endpoint, why, job)?).await?)
}

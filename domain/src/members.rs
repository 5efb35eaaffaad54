//! Who belongs to a tenant, and as what.
//!
//! What a removed member has made stays, API keys too: revoke those by themselves.

use entity::{
    TenantScoped,
    id::{TenantId, UserId},
    membership::{self, Role},
    tenant, user,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::Expr,
};
use serde_json::json;

use crate::{
    Database, Error, Result,
    access::{By, Permission, Principal},
    audit, invitations,
    page::{Page, Paging},
    sessions, tenants,
};

/// Somebody's place in a tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub user: user::Model,
    pub membership: membership::Model,
}

/// Who signed up last comes first.
pub async fn list(db: &Database, tenant: TenantId, paging: Paging) -> Result<Page<Member>> {
    let conn = db.of(tenant);
    let page = paging.newest_first(&conn, membership::Entity::of(tenant), membership::Column::UserId).await?;
    Ok(Page { items: with_users(&conn, page.items).await?, next_cursor: page.next_cursor })
}

pub async fn find(db: &Database, tenant: TenantId, user: UserId) -> Result<Member> {
    let conn = db.of(tenant);
    with_user(&conn, find_in(&conn, tenant, user).await?).await
}

pub(crate) async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId, user: UserId) -> Result<membership::Model> {
    let place = membership::Entity::of(tenant).filter(membership::Column::UserId.eq(user)).one(conn).await?;
    place.ok_or(Error::NotFound { what: "member" })
}

pub(crate) async fn is_in(conn: &impl ConnectionTrait, tenant: TenantId, user: UserId) -> Result<bool> {
    let places = membership::Entity::of(tenant).filter(membership::Column::UserId.eq(user));
    Ok(places.count(conn).await? > 0)
}

/// Lets somebody in. [`Error::Conflict`]: they are a member already.
pub(crate) async fn add_in(conn: &impl ConnectionTrait, tenant: TenantId, user: UserId, role: Role) -> Result<()> {
    let place = membership::ActiveModel {
        tenant_id: Set(tenant),
        user_id: Set(user),
        role: Set(role),
        created_at: Set(entity::now()),
    };
    place.insert(conn).await.map_err(Error::or_taken("the person is a member already"))?;
    Ok(())
}

/// Gives a member another role. Owners are made and unmade by owners, everybody else by admins too; at least one
/// owner stays ([`Error::LastOwner`]).
pub async fn change_role(db: &Database, maker: &Principal, by: &By, user: UserId, role: Role) -> Result<Member> {
    let tenant = maker.tenant;
    let tx = db.write(tenant).await?;
    // Two owners who unmake each other at once: one of them comes first.
    tenants::lock(&tx, tenant).await?;
    let before = find_in(&tx, tenant, user).await?;
    if !maker.may_make(role) || !may_touch(maker, before.role) {
        return Err(Error::Escalation {
            what: "only an owner makes or unmakes owners, and nobody gives more than they have",
        });
    }
    if before.role == role {
        return with_user(&tx, before).await;
    }
    if before.role == Role::Owner {
        keep_an_owner(&tx, tenant).await?;
    }
    let changed = membership::Entity::update_of(tenant)
        .col_expr(membership::Column::Role, Expr::value(role))
        .filter(membership::Column::UserId.eq(user))
        .exec_with_returning(&tx)
        .await?;
    let place = changed.into_iter().next().ok_or(Error::NotFound { what: "member" })?;
    invitations::withdraw_beyond_in(&tx, tenant, user, Some(role)).await?;
    let details = json!({ "from": before.role, "to": role });
    audit::record(&tx, tenant, by, "member.role_changed", user, Some(details)).await?;
    let member = with_user(&tx, place).await?;
    tx.commit().await?;
    Ok(member)
}

/// Takes a member out; their sessions in this tenant end with it. Owners are removed by owners, everybody else by
/// admins too; at least one owner stays ([`Error::LastOwner`]).
pub async fn remove(db: &Database, maker: &Principal, by: &By, user: UserId) -> Result<()> {
    let tenant = maker.tenant;
    let tx = db.write(tenant).await?;
    tenants::lock(&tx, tenant).await?;
    let place = find_in(&tx, tenant, user).await?;
    if !may_touch(maker, place.role) {
        return Err(Error::Escalation { what: "only an owner removes an owner" });
    }
    remove_in(&tx, &place, by, "member.removed").await?;
    Ok(tx.commit().await?)
}

/// Takes oneself out, whatever one's role; the last owner stays ([`Error::LastOwner`]).
pub async fn leave(db: &Database, tenant: TenantId, by: &By, user: UserId) -> Result<()> {
    let tx = db.write(tenant).await?;
    tenants::lock(&tx, tenant).await?;
    let place = find_in(&tx, tenant, user).await?;
    remove_in(&tx, &place, by, "member.left").await?;
    Ok(tx.commit().await?)
}

async fn remove_in(tx: &impl ConnectionTrait, place: &membership::Model, by: &By, action: &'static str) -> Result<()> {
    let (tenant, user) = (place.tenant_id, place.user_id);
    if place.role == Role::Owner {
        keep_an_owner(tx, tenant).await?;
    }
    membership::Entity::delete_of(tenant).filter(membership::Column::UserId.eq(user)).exec(tx).await?;
    sessions::end_all_in(tx, tenant, user).await?;
    invitations::withdraw_beyond_in(tx, tenant, user, None).await?;
    audit::record(tx, tenant, by, action, user, Some(json!({ "role": place.role }))).await
}

fn may_touch(maker: &Principal, role: Role) -> bool {
    maker.may(if role == Role::Owner { Permission::Own } else { Permission::Administer })
}

/// Refuses to take the last owner; the tenant is locked.
async fn keep_an_owner(tx: &impl ConnectionTrait, tenant: TenantId) -> Result<()> {
    let owners = membership::Entity::of(tenant).filter(membership::Column::Role.eq(Role::Owner)).count(tx).await?;
    if owners > 1 { Ok(()) } else { Err(Error::LastOwner) }
}

/// Where a user belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub tenant: tenant::Model,
    pub role: Role,
}

/// The tenants that the user belongs to, newest first.
#[expect(clippy::disallowed_methods, reason = "a user's own places lie in several tenants")]
pub async fn places(db: &Database, user: UserId, paging: Paging) -> Result<Page<Place>> {
    let conn = db.platform();
    let places = membership::Entity::find().filter(membership::Column::UserId.eq(user));
    let page = paging.newest_first(&conn, places, membership::Column::TenantId).await?;
    let ids = page.items.iter().map(|place| place.tenant_id);
    let rows = tenant::Entity::find().filter(tenant::Column::Id.is_in(ids)).all(&conn).await?;
    let place = |place: &membership::Model| {
        let tenant = rows.iter().find(|row| row.id == place.tenant_id)?.clone();
        Some(Place { tenant, role: place.role })
    };
    Ok(Page { items: page.items.iter().filter_map(place).collect(), next_cursor: page.next_cursor })
}

#[expect(clippy::disallowed_methods, reason = "a user's own places lie in several tenants")]
pub(crate) async fn count_places(conn: &impl ConnectionTrait, user: UserId) -> Result<u64> {
    Ok(membership::Entity::find().filter(membership::Column::UserId.eq(user)).count(conn).await?)
}

async fn with_user(conn: &impl ConnectionTrait, place: membership::Model) -> Result<Member> {
    with_users(conn, vec![place]).await?.pop().ok_or(Error::NotFound { what: "member" })
}

#[expect(clippy::disallowed_methods, reason = "users are nobody's: asked for are the tenant's members")]
async fn with_users(conn: &impl ConnectionTrait, places: Vec<membership::Model>) -> Result<Vec<Member>> {
    let ids = places.iter().map(|place| place.user_id);
    let users = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(conn).await?;
    let member = |membership: membership::Model| {
        let user = users.iter().find(|user| user.id == membership.user_id)?.clone();
        Some(Member { user, membership })
    };
    Ok(places.into_iter().filter_map(member).collect())
}

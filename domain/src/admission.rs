//! Who may begin to talk: places for calls at once, minutes of a month, spending of a day.
//!
//! A slot is taken under a lock of the tenant's row, so that of two processes one gets the last. Whoever has the line
//! renews it ([`renew`]); one that nobody renews counts no longer after [`LEASE`]. A conversation that is going on is
//! never ended for want of a slot: it takes its own back, be there room or not. A conversation may come in over a new
//! line before the old one is gone, in another process too: the slot is then the new one's, and the old one's end does
//! not give it back. Minutes and spending are looked at
//! when a conversation begins, running calls included; what runs when a limit is reached may come to its end, so that
//! a limit is overshot by the rest of the calls that run at that moment, each at most its agent's longest call.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use entity::{
    TenantScoped, call_slot, conversation,
    conversation::Channel,
    id::{ConversationId, LineId, TenantId},
    tenant,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect, SelectExt,
    sea_query::{Expr, Func, LockType, OnConflict},
};

use crate::{Database, Error, Result, limits, limits::Limits, usage};

/// How long a slot counts after the last sign of its line; renewed at a third of this.
pub const LEASE: TimeDelta = TimeDelta::seconds(30);

/// Slots looked after in one statement, two values each: SQLite binds 32,766, PostgreSQL twice as many.
const BATCH: usize = 10_000;

/// What a tenant can run out of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    #[error("as many calls as the tenant may have at once are going on")]
    ConcurrentCalls,
    #[error("the tenant's minutes of this month are used up")]
    MinutesPerMonth,
    #[error("the tenant has spent what it may spend today")]
    SpendPerDay,
}

impl Limit {
    /// As documents and rows call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ConcurrentCalls => "concurrent_calls",
            Self::MinutesPerMonth => "minutes_per_month",
            Self::SpendPerDay => "spend_per_day",
        }
    }
}

/// What a tenant has used of its limits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    pub concurrent_calls: u64,
    /// Of this month, running calls included.
    pub ms_of_month: u64,
    /// Of today, as far as prices are known; millionths of a US dollar.
    pub spend_of_day: u64,
}

/// A line that is there, and whose conversation's slot it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    pub tenant: TenantId,
    pub conversation: ConversationId,
    pub channel: Channel,
    pub line: LineId,
    /// Its last sign: up to here its time is counted, should the slot have been lost.
    pub seen: DateTime<Utc>,
}

/// A conversation that wants a slot.
#[derive(Clone, Copy)]
pub(crate) struct Wish {
    pub tenant: TenantId,
    pub conversation: ConversationId,
    pub channel: Channel,
    /// `None`: announced; whoever holds the slot goes on holding it.
    pub line: Option<LineId>,
}

impl Held {
    fn wish(self) -> Wish {
        let Self { tenant, conversation, channel, line, .. } = self;
        Wish { tenant, conversation, channel, line: Some(line) }
    }
}

/// Takes a slot for the conversation, for [`LEASE`]; the slot it has already is kept, and is this line's from here on.
/// [`Error::LimitReached`]: it may not begin now. `defaults`: see [`limits::of`].
pub async fn take(db: &Database, defaults: &Limits, held: Held, now: DateTime<Utc>) -> Result<()> {
    let tx = db.write(held.tenant).await?;
    take_in(&tx, defaults, held.wish(), now).await?;
    Ok(tx.commit().await?)
}

/// [`take`] within a transaction, which is to be given up when this fails.
pub(crate) async fn take_in(
    conn: &impl ConnectionTrait,
    defaults: &Limits,
    wish: Wish,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = wish.tenant;
    lock(conn, tenant).await?;
    if !unexpired(tenant, now).filter(is(wish.conversation)).exists(conn).await? {
        let limits = limits::of_in(conn, defaults, tenant).await?.effective;
        check_in(conn, tenant, &limits, now).await?;
        if let Some(most) = limits.concurrent_calls
            && unexpired(tenant, now).count(conn).await? >= most
        {
            return Err(Error::LimitReached(Limit::ConcurrentCalls));
        }
        // What an earlier line left is counted before it begins anew.
        close_in(conn, tenant, wish.conversation, now).await?;
    }
    keep_in(conn, wish, now, now, now + LEASE).await
}

/// Whether the tenant may use anything more now, for what has no line. [`Error::LimitReached`]: no.
pub async fn check(db: &Database, defaults: &Limits, tenant: TenantId, now: DateTime<Utc>) -> Result<()> {
    let conn = db.of(tenant);
    let limits = limits::of_in(&conn, defaults, tenant).await?.effective;
    check_in(&conn, tenant, &limits, now).await
}

/// Whether the tenant may spend anything more today, for what costs no minutes.
pub(crate) async fn may_spend(db: &Database, defaults: &Limits, tenant: TenantId, now: DateTime<Utc>) -> Result<bool> {
    let conn = db.of(tenant);
    let most = limits::of_in(&conn, defaults, tenant).await?.effective.spend_per_day;
    let limits = Limits { spend_per_day: most, ..Limits::default() };
    match check_in(&conn, tenant, &limits, now).await {
        Err(Error::LimitReached(_)) => Ok(false),
        checked => checked.map(|()| true),
    }
}

/// What the tenant uses and has used.
pub async fn used(db: &Database, tenant: TenantId, now: DateTime<Utc>) -> Result<Used> {
    let conn = db.of(tenant);
    Ok(Used {
        concurrent_calls: unexpired(tenant, now).count(&conn).await?,
        ms_of_month: ms_of_month(&conn, tenant, now).await?,
        spend_of_day: usage::spent_in(&conn, tenant, now.date_naive()).await?,
    })
}

/// Renews the slots that these lines hold, in one statement. A slot that was lost, while the database could not be
/// reached, is taken back whether there is room or not, and no time of its line is lost. One that another line has
/// taken over stays that one's.
pub async fn renew(db: &Database, held: &[Held], now: DateTime<Utc>) -> Result<()> {
    for held in held.chunks(BATCH) {
        renew_batch(db, held, now).await?;
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "a process has lines of all tenants")]
async fn renew_batch(db: &Database, held: &[Held], now: DateTime<Utc>) -> Result<()> {
    let ids = || held.iter().map(|held| held.conversation);
    let lines = held.iter().map(|held| held.line);
    let renewed = call_slot::Entity::update_many()
        .col_expr(call_slot::Column::RenewedAt, Expr::value(now))
        .col_expr(call_slot::Column::ExpiresAt, Expr::value(now + LEASE))
        .filter(call_slot::Column::ConversationId.is_in(ids()))
        .filter(call_slot::Column::Holder.is_in(lines))
        .exec(&db.platform())
        .await?;
    if renewed.rows_affected == held.len() as u64 {
        return Ok(());
    }
    // Some were swept or taken over, or their conversations have ended since the list was made.
    let known = call_slot::Entity::find().filter(call_slot::Column::ConversationId.is_in(ids()));
    let known: Vec<ConversationId> =
        known.select_only().column(call_slot::Column::ConversationId).into_tuple().all(&db.platform()).await?;
    for lost in held.iter().filter(|held| !known.contains(&held.conversation)) {
        let tx = db.write(lost.tenant).await?;
        // Others who take it wait, and so does whoever ends the conversation.
        lock(&tx, lost.tenant).await?;
        let row = conversation::Entity::of(lost.tenant).filter(conversation::Column::Id.eq(lost.conversation));
        let row = row.lock_shared().one(&tx).await?;
        let is_active = row.is_some_and(|row| row.status == conversation::Status::Active);
        if is_active && !call_slot::Entity::of(lost.tenant).filter(is(lost.conversation)).exists(&tx).await? {
            keep_in(&tx, lost.wish(), lost.seen, now, now + LEASE).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Gives the line's slot back and counts its time. Does nothing a second time, or where another line holds it.
pub async fn release(db: &Database, held: Held, now: DateTime<Utc>) -> Result<()> {
    let tx = db.write(held.tenant).await?;
    close_if(&tx, held.tenant, held.conversation, now, |slot| slot.holder == Some(held.line)).await?;
    Ok(tx.commit().await?)
}

/// Closes the slots that nobody has renewed and counts their time up to the last sign. Gives their number.
#[expect(clippy::disallowed_methods, reason = "dead processes had lines of all tenants")]
pub async fn sweep(db: &Database, now: DateTime<Utc>) -> Result<usize> {
    let expired = call_slot::Entity::find().filter(call_slot::Column::ExpiresAt.lte(now)).limit(BATCH as u64);
    let expired = expired.all(&db.platform()).await?;
    for slot in &expired {
        let tx = db.write(slot.tenant_id).await?;
        // Unless it was renewed in between.
        close_if(&tx, slot.tenant_id, slot.conversation_id, now, |slot| slot.expires_at <= now).await?;
        tx.commit().await?;
    }
    Ok(expired.len())
}

/// The tenant's admissions and limits wait for each other from here to the end of the transaction. SQLite has one
/// writer anyway. Rows that merely belong to the tenant are not held up: hence not the strongest lock.
pub(crate) async fn lock(conn: &impl ConnectionTrait, tenant: TenantId) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the tenant's own row, by its id")]
    let row = tenant::Entity::find_by_id(tenant).lock(LockType::NoKeyUpdate).one(conn).await?;
    row.map(|_| ()).ok_or(Error::NotFound { what: "tenant" })
}

/// Has the conversation's slot count until `until`, whether there is room or not. `since`: of a new one.
pub(crate) async fn keep_in(
    conn: &impl ConnectionTrait,
    wish: Wish,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<()> {
    let row = call_slot::ActiveModel {
        conversation_id: Set(wish.conversation),
        tenant_id: Set(wish.tenant),
        channel: Set(wish.channel),
        holder: Set(wish.line),
        since: Set(since),
        renewed_at: Set(now),
        expires_at: Set(until),
    };
    let new = Expr::col(("excluded", call_slot::Column::Holder));
    let known = Expr::col((call_slot::Entity, call_slot::Column::Holder));
    let again = OnConflict::column(call_slot::Column::ConversationId)
        .update_columns([call_slot::Column::RenewedAt, call_slot::Column::ExpiresAt])
        .value(call_slot::Column::Holder, Func::coalesce([new, known]))
        .to_owned();
    call_slot::Entity::insert(row).on_conflict(again).exec_without_returning(conn).await?;
    Ok(())
}

/// Gives the slot back, whoever holds it: the conversation is over, or begins anew.
pub(crate) async fn close_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: ConversationId,
    now: DateTime<Utc>,
) -> Result<()> {
    close_if(conn, tenant, id, now, |_| true).await
}

async fn close_if(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: ConversationId,
    now: DateTime<Utc>,
    wanted: impl Fn(&call_slot::Model) -> bool,
) -> Result<()> {
    let slot = call_slot::Entity::of(tenant).filter(is(id)).lock_exclusive().one(conn).await?;
    let Some(slot) = slot.filter(wanted) else { return Ok(()) };
    call_slot::Entity::delete_of(tenant).filter(is(id)).exec(conn).await?;
    usage::add_talk_in(conn, tenant, &slot, ended(&slot, now)).await
}

/// When its line was last known to be there.
fn ended(slot: &call_slot::Model, now: DateTime<Utc>) -> DateTime<Utc> {
    if slot.expires_at > now { now } else { slot.renewed_at }
}

fn is(conversation: ConversationId) -> Expr {
    call_slot::Column::ConversationId.eq(conversation)
}

fn unexpired(tenant: TenantId, now: DateTime<Utc>) -> sea_orm::Select<call_slot::Entity> {
    call_slot::Entity::of(tenant).filter(call_slot::Column::ExpiresAt.gt(now))
}

async fn check_in(conn: &impl ConnectionTrait, tenant: TenantId, limits: &Limits, now: DateTime<Utc>) -> Result<()> {
    if let Some(minutes) = limits.minutes_per_month
        && ms_of_month(conn, tenant, now).await? >= minutes * 60_000
    {
        return Err(Error::LimitReached(Limit::MinutesPerMonth));
    }
    if let Some(most) = limits.spend_per_day
        && usage::spent_in(conn, tenant, now.date_naive()).await? >= most
    {
        return Err(Error::LimitReached(Limit::SpendPerDay));
    }
    Ok(())
}

/// Counted, and running now.
async fn ms_of_month(conn: &impl ConnectionTrait, tenant: TenantId, now: DateTime<Utc>) -> Result<u64> {
    let first = NaiveDate::from_ymd_opt(now.year(), now.month(), 1).expect("every month has a first day");
    let counted = usage::talked_since_in(conn, tenant, first).await?;
    let running = call_slot::Entity::of(tenant).all(conn).await?;
    let running = running.iter().map(|slot| (ended(slot, now) - slot.since).num_milliseconds().max(0));
    Ok(counted + running.sum::<i64>().unsigned_abs())
}

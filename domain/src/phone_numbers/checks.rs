//! What Twilio has of a number, compared with what it should: when asked, and every six hours.

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, call,
    id::{PhoneNumberId, TenantId},
    phone_number::{self, CheckOutcome},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, SelectExt,
    sea_query::{Expr, ExprTrait},
};

use super::{auth_token, find, next_check, set, verify};
use crate::{
    Database, Error, Result,
    access::By,
    audit,
    events::{self, Event},
    jobs,
    jobs::Payload,
    twilio::{self, Credentials, Number, Twilio, Webhooks, drift},
    vault::Vault,
};

/// How often a number is looked at without being asked: a change at Twilio's is found within a quarter of a day.
pub const CHECK_EVERY: TimeDelta = TimeDelta::hours(6);

/// Checks ordered in one go, every fifteen seconds: some 30,000 numbers in six hours. What is left waits.
const BATCH: u64 = 20;

/// A webhook that found the number present has its call begun long before.
const SETTLED: TimeDelta = TimeDelta::minutes(1);

/// What one look at a number, or at us, found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable name: `credentials`, `number`, `webhooks`, …
    pub check: &'static str,
    pub verdict: Verdict,
    /// What is wrong and what to do, or what is right, in a sentence or two.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Ok,
    Failed,
    /// It depends on one that failed.
    Skipped,
}

impl Finding {
    pub fn ok(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Ok, message: message.into() }
    }

    pub fn failed(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Failed, message: message.into() }
    }

    pub fn skipped(check: &'static str, message: impl Into<String>) -> Self {
        Self { check, verdict: Verdict::Skipped, message: message.into() }
    }
}

/// Sends the number's calls to us. The row tells what Twilio has now: a trunk or a TwiML application keeps it from
/// changing.
pub async fn configure(
    db: &Database,
    vault: &Vault,
    twilio: &Twilio,
    tenant: TenantId,
    by: &By,
    id: PhoneNumberId,
    webhooks: &Webhooks,
) -> Result<phone_number::Model> {
    let number = find(db, tenant, id).await?;
    let credentials = credentials(db, vault, &number).await?;
    let configured = async {
        let found = verify(twilio, &credentials, &number.e164).await?;
        twilio.configure(&credentials, &found, webhooks).await
    };
    let answer = configured.await;
    let tx = db.write(tenant).await?;
    let noted = note(&tx, &number, &answer, entity::now()).await?;
    if answer.is_ok() {
        audit::record(&tx, tenant, by, "phone_number.configured", id, None).await?;
    }
    tx.commit().await?;
    match answer {
        Ok(_) => noted.ok_or(super::NOT_FOUND),
        Err(error) => Err(error.into()),
    }
}

/// Asks Twilio whether calls to the number would come to us. Gives the number as it was found, and what was found.
pub async fn test(
    db: &Database,
    vault: &Vault,
    twilio: &Twilio,
    tenant: TenantId,
    by: &By,
    id: PhoneNumberId,
    webhooks: &Webhooks,
) -> Result<(phone_number::Model, Vec<Finding>)> {
    let number = find(db, tenant, id).await?;
    let credentials = credentials(db, vault, &number).await?;
    let answer = verify(twilio, &credentials, &number.e164).await;
    let tx = db.write(tenant).await?;
    let noted = note(&tx, &number, &answer, entity::now()).await?;
    audit::record(&tx, tenant, by, "phone_number.tested", id, None).await?;
    tx.commit().await?;
    Ok((noted.unwrap_or(number), findings(&answer, webhooks)))
}

/// What the job does: asks Twilio and notes the answer. One that may be better in a minute is [`Error::Twilio`] and
/// changes nothing; a number that was removed needs no check.
pub async fn check(db: &Database, vault: &Vault, twilio: &Twilio, tenant: TenantId, id: PhoneNumberId) -> Result<()> {
    let number = match find(db, tenant, id).await {
        Err(Error::NotFound { .. }) => return Ok(()),
        found => found?,
    };
    let credentials = credentials(db, vault, &number).await?;
    let answer = verify(twilio, &credentials, &number.e164).await;
    let tx = db.write(tenant).await?;
    let noted = note(&tx, &number, &answer, entity::now()).await?;
    let Some(noted) = noted else { return answer.map(|_| ()).map_err(Error::from) };
    let has_drifted = has_drifted(&number, &noted, twilio.webhooks());
    let mut jobs = Vec::new();
    if has_drifted {
        let drifted = Event::NumberDrifted { phone_number: id };
        jobs = events::add(&tx, tenant, &drifted, entity::now()).await?;
    }
    tx.commit().await?;
    db.queue().push_all(jobs);
    if has_drifted {
        tracing::warn!(tenant.id = %tenant, number.id = %id, outcome = ?noted.check_outcome, "a number changed at Twilio");
    }
    Ok(())
}

/// Whether something is wrong at Twilio that was not when it was last asked. Who does not know what is `wanted` takes
/// every change of the settings for that.
fn has_drifted(before: &phone_number::Model, now: &phone_number::Model, wanted: Option<&Webhooks>) -> bool {
    if now.check_outcome != Some(CheckOutcome::Found) {
        return before.check_outcome != now.check_outcome;
    }
    let Some(wanted) = wanted else { return before.settings != now.settings };
    let wrong = |row: &phone_number::Model| row.settings.as_ref().map(|found| drift(found, wanted)).unwrap_or_default();
    let known = wrong(before);
    wrong(now).iter().any(|drift| !known.contains(drift))
}

/// Orders a [`check`] of numbers that are due. Gives how many.
///
/// A number's next date is set in the transaction that writes its job, so it has one at a time: six hours are longer
/// than all tries of a job.
#[expect(clippy::disallowed_methods, reason = "numbers of all tenants are due")]
pub async fn order_checks(db: &Database, now: DateTime<Utc>) -> Result<usize> {
    let due = phone_number::Column::NextCheckAt.lte(now);
    let rows = phone_number::Entity::find().filter(due.clone()).limit(BATCH).all(&db.platform()).await?;
    let mut ordered = 0;
    for number in rows {
        let tx = db.write(number.tenant_id).await?;
        let won = phone_number::Entity::update_of(number.tenant_id)
            .col_expr(phone_number::Column::NextCheckAt, Expr::value(next_check(now)))
            .filter(phone_number::Column::Id.eq(number.id))
            .filter(due.clone())
            .exec(&tx)
            .await?;
        if won.rows_affected == 0 {
            // Another process was quicker, or it was removed.
            continue;
        }
        let payload = Payload::CheckPhoneNumber { tenant: number.tenant_id, phone_number: number.id };
        let job = jobs::add(&tx, &payload, now).await?;
        tx.commit().await?;
        db.queue().push(job);
        ordered += 1;
    }
    Ok(ordered)
}

/// Forgets the tokens of removed numbers whose last call is over. Gives how many.
#[expect(clippy::disallowed_methods, reason = "numbers of all tenants are removed")]
pub async fn wipe_removed(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let live = call::Entity::find().select_only().column(call::Column::Id).filter(
        Expr::col((call::Entity, call::Column::PhoneNumberId)).equals((phone_number::Entity, phone_number::Column::Id)),
    );
    let live = live.filter(crate::calls::is_live()).into_query();
    let wiped = phone_number::Entity::update_many()
        .col_expr(phone_number::Column::AuthToken, Expr::value(Vec::<u8>::new()))
        .col_expr(phone_number::Column::AuthTokenLast4, Expr::value(None::<String>))
        .filter(phone_number::Column::RemovedAt.lt(now - SETTLED))
        .filter(Expr::cust("LENGTH(auth_token) > 0"))
        .filter(Expr::exists(live).not())
        .exec(&db.platform())
        .await?;
    Ok(wiped.rows_affected)
}

/// Writes down what Twilio said. `None`: nothing that lasts, or the number was removed meanwhile.
async fn note(
    conn: &impl ConnectionTrait,
    number: &phone_number::Model,
    answer: &Result<Number, twilio::Error>,
    now: DateTime<Utc>,
) -> Result<Option<phone_number::Model>> {
    let mut row = phone_number::ActiveModel { ..Default::default() };
    let outcome = match answer {
        Ok(found) => {
            note_found(&mut row, found.clone(), now);
            CheckOutcome::Found
        }
        Err(twilio::Error::WrongCredentials) => CheckOutcome::WrongCredentials,
        Err(twilio::Error::AccountSuspended) => CheckOutcome::AccountSuspended,
        Err(twilio::Error::AccountClosed) => CheckOutcome::AccountClosed,
        Err(twilio::Error::NoSuchNumber | twilio::Error::NoVoice) => CheckOutcome::NumberGone,
        Err(_) => return Ok(None),
    };
    // Twilio was asked with a token that may have been replaced meanwhile by one that it takes.
    let asked_with = phone_number::Column::AuthToken.eq(number.auth_token.clone());
    let row_of = phone_number::Entity::of(number.tenant_id).filter(phone_number::Column::Id.eq(number.id));
    if outcome != CheckOutcome::Found && !row_of.filter(asked_with).exists(conn).await? {
        return Ok(None);
    }
    row.check_outcome = Set(Some(outcome));
    row.checked_at = Set(Some(now));
    match set(conn, number.tenant_id, number.id, row).await {
        Err(Error::NotFound { .. }) => Ok(None),
        noted => noted.map(Some),
    }
}

pub(super) fn note_found(row: &mut phone_number::ActiveModel, found: Number, now: DateTime<Utc>) {
    row.settings = Set(Some(found.settings()));
    row.number_sid = Set(Some(found.sid));
    row.check_outcome = Set(Some(CheckOutcome::Found));
    row.checked_at = Set(Some(now));
    row.next_check_at = Set(Some(next_check(now)));
}

/// The answer in three checks.
fn findings(answer: &Result<Number, twilio::Error>, webhooks: &Webhooks) -> Vec<Finding> {
    let account =
        Finding::ok("credentials", "Twilio takes the account SID and the auth token, and the account is active.");
    let number = Finding::ok("number", "The number is the account's and takes calls.");
    let skipped = |check| Finding::skipped(check, "Twilio has to be asked for this, and that failed.");
    match answer {
        Ok(found) => vec![account, number, in_place(found, webhooks)],
        Err(error @ (twilio::Error::NoSuchNumber | twilio::Error::NoVoice)) => {
            vec![account, Finding::failed("number", told(error)), skipped("webhooks")]
        }
        Err(error) => vec![Finding::failed("credentials", told(error)), skipped("number"), skipped("webhooks")],
    }
}

fn told(error: &twilio::Error) -> String {
    format!("{error}. {}", error.advice())
}

fn in_place(found: &Number, webhooks: &Webhooks) -> Finding {
    let drift = drift(&found.settings(), webhooks);
    if drift.is_empty() {
        return Finding::ok("webhooks", "Twilio sends the number's calls here.");
    }
    let settings: Vec<_> = drift.iter().map(|drift| drift.setting).collect();
    let settings = settings.join(", ");
    let overruled = drift.iter().any(|drift| drift.wanted.is_none());
    let advice = if overruled {
        "A SIP trunk or a TwiML application has the number and overrules its URLs: take the number out of it in Twilio's \
         console, then configure it (POST /phone-numbers/{id}/configure)."
    } else {
        "Enter the addresses in Twilio's console as the number's instructions say, or let it be configured \
         (POST /phone-numbers/{id}/configure)."
    };
    Finding::failed("webhooks", format!("At Twilio these settings are not as they should be: {settings}. {advice}"))
}

/// Of a number, be it removed. [`Error::NotFound`]: its token has been forgotten.
pub(crate) async fn credentials_of(
    db: &Database,
    vault: &Vault,
    tenant: TenantId,
    id: PhoneNumberId,
) -> Result<Credentials> {
    let number = phone_number::Entity::of(tenant).filter(phone_number::Column::Id.eq(id)).one(&db.of(tenant)).await?;
    let number = number.filter(|number| !number.auth_token.as_bytes().is_empty()).ok_or(super::NOT_FOUND)?;
    credentials(db, vault, &number).await
}

async fn credentials(db: &Database, vault: &Vault, number: &phone_number::Model) -> Result<Credentials> {
    Credentials::new(&number.account_sid, &auth_token(db, vault, number).await?)
}

//! What needs somebody's attention: models that go out of service, numbers whose calls may not come here, webhook
//! endpoints that are told nothing any more, jobs that were given up. Read from what rows say; nothing here asks anybody.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use entity::{
    TenantScoped, agent, agent_version,
    id::TenantId,
    job,
    model_warning::{self, Model},
    phone_number::{self, CheckOutcome},
    tenant, webhook_endpoint,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};

use crate::{
    Database, Result,
    events::{self, Event},
    twilio::{self, Webhooks},
    webhooks::Disabled,
};

/// Days before a model's end at which an event tells of it, once each.
pub const TOLD_AT: [i64; 3] = [90, 30, 7];

/// Something that needs attention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    ModelShutdown(Model),
    /// Twilio sends its calls elsewhere: these settings are not as they should be.
    NumberDrifted {
        number: phone_number::Model,
        settings: Vec<&'static str>,
    },
    /// Twilio does not take its credentials any more, or does not have it.
    NumberFailing {
        number: phone_number::Model,
        outcome: CheckOutcome,
    },
    /// An endpoint took nothing for days, or said that it is gone, and is told nothing any more.
    WebhookDisabled(webhook_endpoint::Model),
    /// Jobs that were given up.
    DeadJobs {
        count: u64,
    },
}

/// The tenant's, the most urgent kinds first. `webhooks`: where Twilio is to send calls.
pub async fn list(db: &Database, tenant: TenantId, webhooks: &Webhooks) -> Result<Vec<Warning>> {
    let conn = db.of(tenant);
    let numbers = phone_number::Entity::of(tenant).filter(phone_number::Column::RemovedAt.is_null());
    let numbers = numbers.order_by_asc(phone_number::Column::Id).all(&conn).await?;
    let mut warnings: Vec<_> = numbers.into_iter().filter_map(|number| of_number(number, webhooks)).collect();
    let models = model_warning::Entity::of(tenant).order_by_asc(model_warning::Column::ShutdownDate);
    warnings.extend(models.all(&conn).await?.into_iter().map(Warning::ModelShutdown));
    let disabled = webhook_endpoint::Entity::of(tenant)
        .filter(webhook_endpoint::Column::DisabledAt.is_not_null())
        // By hand is as somebody wants it.
        .filter(webhook_endpoint::Column::DisabledReason.ne(Disabled::ByHand.name()))
        .order_by_asc(webhook_endpoint::Column::Id);
    warnings.extend(disabled.all(&conn).await?.into_iter().map(Warning::WebhookDisabled));
    let dead = job::Entity::of(tenant).filter(job::Column::State.eq(job::State::Dead)).count(&conn).await?;
    warnings.extend((dead > 0).then_some(Warning::DeadJobs { count: dead }));
    Ok(warnings)
}

fn of_number(number: phone_number::Model, webhooks: &Webhooks) -> Option<Warning> {
    match number.check_outcome {
        // Twilio was never asked.
        None => None,
        Some(CheckOutcome::Found) => {
            let drift = twilio::drift(number.settings.as_ref()?, webhooks);
            let settings: Vec<_> = drift.iter().map(|drift| drift.setting).collect();
            (!settings.is_empty()).then_some(Warning::NumberDrifted { number, settings })
        }
        Some(outcome) => Some(Warning::NumberFailing { number, outcome }),
    }
}

/// A model that serves a tenant, with the day on which it goes out of service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// `speech_to_text`, `language_model` or `text_to_speech`.
    pub stage: &'static str,
    pub model: String,
    /// Whether the tenant's own credential names it.
    pub is_own: bool,
    pub shutdown_date: NaiveDate,
}

/// Keeps what was found of the models that serve a tenant, and forgets what was there of these stages and is not any
/// more. Each time that one's end comes within 90, 30 and 7 days, that is an event.
pub async fn note_models(
    db: &Database,
    tenant: TenantId,
    stages: &[&'static str],
    endings: &[Ending],
    now: DateTime<Utc>,
) -> Result<()> {
    let tx = db.write(tenant).await?;
    let known = model_warning::Entity::of(tenant).all(&tx).await?;
    let mut jobs = Vec::new();
    for Ending { stage, model, is_own, shutdown_date } in endings {
        let known = known.iter().find(|row| row.stage == *stage && row.model == *model);
        let days = (*shutdown_date - now.date_naive()).num_days();
        let before = known.filter(|known| known.shutdown_date == *shutdown_date).and_then(|known| known.told_days);
        let due = due(days, before.map(i64::from));
        let row = model_warning::ActiveModel {
            tenant_id: Set(tenant),
            stage: Set((*stage).to_owned()),
            model: Set(model.clone()),
            is_own: Set(*is_own),
            shutdown_date: Set(*shutdown_date),
            told_days: Set(due.and_then(|due| i32::try_from(due).ok()).or(before)),
            seen_at: Set(now),
            told_at: Set(due.map(|_| now).or(known.and_then(|known| known.told_at))),
        };
        let key = [model_warning::Column::TenantId, model_warning::Column::Stage, model_warning::Column::Model];
        let again = OnConflict::columns(key)
            .update_columns([
                model_warning::Column::IsOwn,
                model_warning::Column::ShutdownDate,
                model_warning::Column::ToldDays,
                model_warning::Column::SeenAt,
                model_warning::Column::ToldAt,
            ])
            .to_owned();
        model_warning::Entity::insert(row).on_conflict(again).exec_without_returning(&tx).await?;
        if due.is_some() {
            let (stage, model, shutdown_date) = ((*stage).to_owned(), model.clone(), *shutdown_date);
            jobs.extend(
                events::add(&tx, tenant, &Event::ModelShutdown { stage, model, shutdown_date, days }, now).await?,
            );
        }
    }
    model_warning::Entity::delete_of(tenant)
        .filter(model_warning::Column::Stage.is_in(stages.iter().copied()))
        .filter(model_warning::Column::SeenAt.lt(now))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    db.queue().push_all(jobs);
    Ok(())
}

/// At which of [`TOLD_AT`] an event is due, `days` before the end; `None`: none, or it was told (`before`).
fn due(days: i64, before: Option<i64>) -> Option<i64> {
    // The last that has come.
    let come = TOLD_AT.into_iter().rev().find(|at| (0..=*at).contains(&days))?;
    before.is_none_or(|before| before > come).then_some(come)
}

/// Language models that the tenant's agents name in the versions that answer.
pub async fn models_of_agents(db: &Database, tenant: TenantId) -> Result<Vec<String>> {
    let conn = db.of(tenant);
    let agents = agent::Entity::of(tenant).filter(agent::Column::DeletedAt.is_null()).all(&conn).await?;
    let published: HashMap<_, _> = agents.iter().map(|agent| (agent.id, agent.published)).collect();
    let versions = agent_version::Entity::of(tenant)
        .filter(agent_version::Column::AgentId.is_in(published.keys().copied()))
        .filter(agent_version::Column::Number.is_in(published.values().copied()));
    let named = versions.all(&conn).await?.into_iter().filter(|row| published.get(&row.agent_id) == Some(&row.number));
    let mut models: Vec<_> = named.filter_map(|row| row.settings.model).collect();
    models.sort();
    models.dedup();
    Ok(models)
}

/// Active tenants behind `after`, in the order of their ids; some at a time.
#[expect(clippy::disallowed_methods, reason = "the platform looks after all tenants")]
pub async fn tenants_after(db: &Database, after: Option<TenantId>) -> Result<Vec<TenantId>> {
    let mut some = tenant::Entity::find().filter(tenant::Column::Status.eq(tenant::Status::Active));
    if let Some(after) = after {
        some = some.filter(tenant::Column::Id.gt(after));
    }
    let some = some.select_only().column(tenant::Column::Id).order_by_asc(tenant::Column::Id).limit(500);
    Ok(some.into_tuple().all(&db.platform()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_threshold_is_told_once_and_the_nearest_alone() {
        for (days, before, told) in [
            (91, None, None),
            (90, None, Some(90)),
            (89, Some(90), None),
            (30, Some(90), Some(30)),
            (8, Some(30), None),
            (7, Some(30), Some(7)),
            (0, Some(7), None),
            // Found late.
            (5, None, Some(7)),
            (-1, None, None),
        ] {
            assert_eq!(due(days, before), told, "{days} days, told at {before:?}");
        }
    }
}

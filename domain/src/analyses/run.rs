//! The job: one analysis, begun, asked for, settled.

use entity::{
    TenantScoped,
    analysis::{self, State},
    conversation,
    id::{AnalysisId, TenantId},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{Set, Unchanged},
    ColumnTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, LockType},
};
use voice::{event::Usage, provider::LanguageModel};

use super::{
    OPEN,
    ask::{Trouble, ask},
    find, prompt,
    verdict::Verdict,
};
use crate::{
    Database, Error, Result, admission, conversations,
    events::{self, Event},
    limits::Limits,
    redaction::{redact, redact_json},
    tenants,
    transcripts::{self, Shown},
    usage::{self, Prices, Served},
};

/// Tries at a provider that fails: about ten minutes, unless it asks for more.
const MOST_TRIES: i32 = 9;

/// Asks the model for the analysis and keeps what it says. What is settled, or was erased with its customer, is left
/// alone. `defaults`: see [`crate::limits::of`].
///
/// [`Error::Provider`]: it may heal, and is to be tried again; what was used is counted.
pub async fn run(
    db: &Database,
    defaults: &Limits,
    model: &dyn LanguageModel,
    prices: &Prices,
    tenant: TenantId,
    id: AnalysisId,
) -> Result<()> {
    let Some(row) = begin(db, tenant, id).await? else { return Ok(()) };
    let Shown { conversation, lines, time_zone, .. } = match transcripts::show(db, tenant, row.conversation_id).await {
        Err(Error::NotFound { .. }) => return Ok(()),
        shown => shown?,
    };
    let transcript = prompt::transcript(&conversation, &lines);
    // A script that knows some phrases has no judgement, and says so.
    let skipped = if model.name().starts_with("built-in:") {
        Some("no_language_model")
    } else if !transcript.has_caller {
        Some("nothing_said")
    } else if !admission::may_spend(db, defaults, tenant, entity::now()).await? {
        Some("spend_limit")
    } else {
        None
    };
    let mut settled = analysis::ActiveModel { left_out: Set(transcript.left_out as i32), ..unchanged(&row) };
    if let Some(kind) = skipped {
        settled.state = Set(State::Skipped);
        settled.error_kind = Set(Some(kind.to_owned()));
        return settle(db, &conversation, settled, &Served::default(), &Usage::default()).await;
    }

    let served = prices.of_model(&model.name_with(row.plan.model.as_deref()));
    let messages = prompt::messages(&row.plan, &conversation, time_zone, &transcript);
    let (used, found) = ask(model, row.plan.model.clone(), messages, prompt::schema(&row.plan)).await;

    let stored = |tokens: u64| i64::try_from(tokens).unwrap_or(i64::MAX);
    settled.model = Set(served.model.name.clone());
    settled.prompt_tokens = Set(row.prompt_tokens.saturating_add(stored(used.prompt_tokens)));
    settled.completion_tokens = Set(row.completion_tokens.saturating_add(stored(used.completion_tokens)));
    settled.cost = Set(row.cost.zip(served.model_cost(&used)).map(|(before, now)| before + now));
    let again = match found {
        Ok(verdict) => {
            let redacts = tenants::find_in(&db.of(tenant), tenant).await?.redact_transcripts;
            ready(&mut settled, verdict, redacts)?;
            None
        }
        Err(Trouble::Provider(error)) if error.kind.is_retryable() && row.attempts < MOST_TRIES => {
            settled.state = Set(State::Queued);
            settled.error_kind = Set(Some(error.kind.name().to_owned()));
            Some(error)
        }
        Err(trouble) => {
            tracing::warn!(
                tenant.id = %tenant,
                conversation.id = %conversation.id,
                analysis.id = %id,
                error.kind = trouble.kind(),
                provider.name = served.model.name,
                "a conversation could not be analysed",
            );
            settled.state = Set(State::Failed);
            settled.error_kind = Set(Some(trouble.kind().to_owned()));
            None
        }
    };
    settle(db, &conversation, settled, &served, &used).await?;
    again.map_or(Ok(()), |error| Err(error.into()))
}

/// The row, under way; `None`: there is nothing to do any more.
async fn begin(db: &Database, tenant: TenantId, id: AnalysisId) -> Result<Option<analysis::Model>> {
    let begun = analysis::Entity::update_of(tenant)
        .col_expr(analysis::Column::State, Expr::value(State::Running))
        .col_expr(analysis::Column::Attempts, Expr::col(analysis::Column::Attempts).add(1))
        .filter(analysis::Column::Id.eq(id))
        .filter(analysis::Column::State.is_in(OPEN))
        .exec(&db.of(tenant))
        .await?;
    if begun.rows_affected == 0 {
        return Ok(None);
    }
    match find(db, tenant, id).await {
        Err(Error::NotFound { .. }) => Ok(None),
        found => found.map(Some),
    }
}

fn unchanged(row: &analysis::Model) -> analysis::ActiveModel {
    analysis::ActiveModel { id: Unchanged(row.id), tenant_id: Unchanged(row.tenant_id), ..Default::default() }
}

fn ready(settled: &mut analysis::ActiveModel, mut verdict: Verdict, redacts: bool) -> Result<()> {
    if redacts {
        // Of a conversation that goes on the model has seen all that was said.
        verdict.summary = redact(&verdict.summary).into_owned();
        verdict.fields.iter_mut().for_each(redact_json);
    }
    let plain = |text: &str| text.replace('\0', "");
    settled.state = Set(State::Ready);
    settled.error_kind = Set(None);
    settled.is_current = Set(true);
    settled.summary = Set(Some(plain(verdict.summary.trim())));
    settled.sentiment = Set(Some(verdict.sentiment()));
    settled.outcome = Set(Some(verdict.outcome));
    settled.fields = Set(verdict.fields.map(|fields| conversations::storable_json("fields", fields)).transpose()?);
    settled.ready_at = Set(Some(entity::now()));
    Ok(())
}

/// Writes what came of it and counts what it took, together; nothing where another was quicker.
async fn settle(
    db: &Database,
    conversation: &conversation::Model,
    settled: analysis::ActiveModel,
    served: &Served,
    used: &Usage,
) -> Result<()> {
    let (tenant, id, now) = (conversation.tenant_id, conversation.id, entity::now());
    let tx = db.write(tenant).await?;
    // Of two that become ready at once one is the later.
    let held = conversation::Entity::of(tenant).filter(conversation::Column::Id.eq(id));
    if held.lock(LockType::NoKeyUpdate).one(&tx).await?.is_none() {
        return Ok(());
    }
    let own = settled.id.clone().unwrap();
    let open = analysis::Entity::of(tenant)
        .filter(analysis::Column::Id.eq(own))
        .filter(analysis::Column::State.is_in(OPEN))
        .lock_exclusive();
    if open.one(&tx).await?.is_none() {
        return Ok(());
    }
    if settled.is_current == Set(true) {
        analysis::Entity::update_of(tenant)
            .col_expr(analysis::Column::IsCurrent, Expr::value(false))
            .filter(analysis::Column::ConversationId.eq(id))
            .filter(analysis::Column::IsCurrent.eq(true))
            .exec(&tx)
            .await?;
    }
    let settled = settled.update(&tx).await?;
    if *used != Usage::default() {
        usage::add_in(&tx, tenant, id, conversation.channel, now, served, used).await?;
    }
    let jobs = match settled.state {
        State::Ready => {
            let event = Event::AnalysisReady { conversation: id, analysis: settled.id };
            events::add(&tx, tenant, &event, now).await?
        }
        _ => Vec::new(),
    };
    tx.commit().await?;
    db.queue().push_all(jobs);
    Ok(())
}

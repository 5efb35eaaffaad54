//! Whether models that serve tenants go out of service.

use std::collections::HashMap;

use domain::{
    Error,
    entity::{now, provider_credential::Stage},
    id::TenantId,
    provider_credentials,
    warnings::{self, Ending},
};
use providers::List;

use crate::Work;

pub(crate) async fn run(work: &Work) -> Result<(), Error> {
    let operators = work.serving.operators_lists().await;
    let (mut last, mut warned) = (None, 0);
    loop {
        let tenants = warnings::tenants_after(&work.database, last).await?;
        let Some(end) = tenants.last().copied() else { break };
        last = Some(end);
        for tenant in tenants {
            warned += check(work, tenant, &operators).await?;
        }
    }
    tracing::info!(models.count = warned, "models looked at that go out of service");
    Ok(())
}

async fn check(work: &Work, tenant: TenantId, operators: &HashMap<Stage, List>) -> Result<usize, Error> {
    let db = &work.database;
    // By stage; `None`: nobody has said.
    let mut lists: HashMap<Stage, Option<(List, bool)>> =
        operators.iter().map(|(stage, list)| (*stage, Some((list.clone(), false)))).collect();
    for row in provider_credentials::list(db, tenant).await? {
        lists.insert(row.stage, work.serving.list_of(&row).await?.map(|list| (list, true)));
    }
    let (mut stages, mut endings) = (Vec::new(), Vec::new());
    for (stage, list) in lists {
        let Some((list, is_own)) = list else { continue };
        stages.push(stage.name());
        let mut models = vec![list.model];
        if stage == Stage::LanguageModel {
            models.extend(warnings::models_of_agents(db, tenant).await?);
        }
        models.sort();
        models.dedup();
        let ending = models.into_iter().filter_map(|model| {
            let shutdown_date = list.shutdown_dates.get(&model)?.parse().ok()?;
            Some(Ending { stage: stage.name(), model, is_own, shutdown_date })
        });
        endings.extend(ending);
    }
    if !stages.is_empty() {
        warnings::note_models(db, tenant, &stages, &endings, now()).await?;
    }
    Ok(endings.len())
}

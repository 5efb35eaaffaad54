//! What was said, without numbers and addresses that tell who somebody is.

use entity::{
    TenantScoped,
    conversation::{self, Status},
    id::{ConversationId, TenantId},
    turn,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder, QuerySelect, SelectExt, sea_query::Expr};

use crate::{
    Database, Result,
    redaction::{redact, redact_json},
    tenants,
};

/// Takes them out of the turns of a conversation that has ended, where its tenant wants that: out of what was said on
/// both sides, and what functions were given and gave. Gives how many turns were changed; a second time changes none.
pub async fn redact_turns(db: &Database, tenant: TenantId, id: ConversationId) -> Result<usize> {
    let tx = db.write(tenant).await?;
    let ended = conversation::Entity::of(tenant)
        .filter(conversation::Column::Id.eq(id))
        // While it goes on, the model needs them.
        .filter(conversation::Column::Status.eq(Status::Ended));
    if !tenants::find_in(&tx, tenant).await?.redact_transcripts || !ended.exists(&tx).await? {
        return Ok(0);
    }
    let turns = turn::Entity::of(tenant).filter(turn::Column::ConversationId.eq(id));
    let mut changed = 0;
    for turn in turns.order_by_asc(turn::Column::Number).lock_exclusive().all(&tx).await? {
        let prompt = turn.prompt_text.as_deref().map(|text| redact(text).into_owned());
        let (generated, heard) = (redact(&turn.generated_text).into_owned(), redact(&turn.heard_text).into_owned());
        let mut tools = turn.tool_calls.clone();
        redact_json(&mut tools);
        if (&prompt, &generated, &heard, &tools)
            == (&turn.prompt_text, &turn.generated_text, &turn.heard_text, &turn.tool_calls)
        {
            continue;
        }
        turn::Entity::update_of(tenant)
            .col_expr(turn::Column::PromptText, Expr::value(prompt))
            .col_expr(turn::Column::GeneratedText, Expr::value(generated))
            .col_expr(turn::Column::HeardText, Expr::value(heard))
            .col_expr(turn::Column::ToolCalls, Expr::value(tools))
            .filter(turn::Column::ConversationId.eq(id))
            .filter(turn::Column::Number.eq(turn.number))
            .exec(&tx)
            .await?;
        changed += 1;
    }
    tx.commit().await?;
    Ok(changed)
}

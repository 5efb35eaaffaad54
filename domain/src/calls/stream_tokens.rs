//! Tokens that tie a media stream to the webhook that ordered it: a stream's own messages could come from anybody.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use entity::{
    TenantScoped, call,
    call::Status,
    conversation::{self, Channel},
    id::{CallId, LineId, TenantId},
    phone_number, stream_token,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};
use secrecy::SecretString;

use super::find;
use crate::{
    Database, Error, Result,
    admission::{self, Wish},
    conversations,
    secret_text::{random_base62, sha256},
};

/// 238 random bits.
const TOKEN_LENGTH: usize = 40;

/// What a token gives: the call it was made for, with all that serving it needs.
#[derive(Clone, Debug)]
pub struct Grant {
    pub tenant: TenantId,
    pub call: call::Model,
    pub conversation: conversation::Model,
    pub phone_number: phone_number::Model,
    /// The stream, which holds the call's slot from here on.
    pub line: LineId,
}

/// A token for one stream of the call, good for `ttl`. The secret is not kept.
pub async fn issue_stream_token(db: &Database, tenant: TenantId, id: CallId, ttl: Duration) -> Result<SecretString> {
    let call = find(db, tenant, id).await?;
    let token = random_base62(TOKEN_LENGTH);
    let ttl = TimeDelta::from_std(ttl).map_err(|_| Error::invalid("ttl", "too long"))?;
    let row = stream_token::ActiveModel {
        hash: Set(sha256(&token)),
        tenant_id: Set(call.tenant_id),
        call_id: Set(call.id),
        expires_at: Set(entity::now() + ttl),
        used_at: Set(None),
    };
    // The call's place is kept for as long as its stream may come.
    let tx = db.write(tenant).await?;
    let until = row.expires_at.clone().unwrap();
    row.insert(&tx).await?;
    let now = entity::now();
    admission::keep_in(&tx, wish(&call, None), now, now, until).await?;
    tx.commit().await?;
    Ok(token.into())
}

/// Uses a token up and opens the stream: the call is in progress from here. `None`: unknown, used, expired, another
/// call's, or the call is over. Of two that try at once, one wins.
#[expect(clippy::disallowed_methods, reason = "the token tells the tenant: none is known before")]
pub async fn redeem_stream_token(db: &Database, token: &str, call_sid: &str) -> Result<Option<Grant>> {
    let now = entity::now();
    let hash = sha256(token);
    let tx = db.write_platform().await?;
    let this_call = call::Entity::find().select_only().column(call::Column::Id);
    let this_call = this_call.filter(call::Column::CallSid.eq(call_sid)).filter(super::is_live());
    let used = stream_token::Entity::update_many()
        .col_expr(stream_token::Column::UsedAt, Expr::value(now))
        .filter(stream_token::Column::Hash.eq(&hash))
        .filter(stream_token::Column::UsedAt.is_null())
        .filter(stream_token::Column::ExpiresAt.gt(now))
        .filter(stream_token::Column::CallId.in_subquery(this_call.into_query()))
        .exec(&tx)
        .await?;
    if used.rows_affected == 0 {
        return Ok(None);
    }
    let token = stream_token::Entity::find().filter(stream_token::Column::Hash.eq(&hash)).one(&tx).await?;
    let Some(token) = token else { return Ok(None) };
    let tenant = token.tenant_id;
    let opened = call::Entity::update_of(tenant)
        .col_expr(call::Column::Status, Expr::value(Status::InProgress))
        .col_expr(call::Column::Streams, Expr::col(call::Column::Streams).add(1))
        .filter(call::Column::Id.eq(token.call_id))
        .filter(super::is_live())
        .exec(&tx)
        .await?;
    if opened.rows_affected == 0 {
        // It ended between the two statements.
        return Ok(None);
    }
    let call = call::Entity::of(tenant).filter(call::Column::Id.eq(token.call_id)).one(&tx).await?;
    let call = call.ok_or(Error::NotFound { what: "call" })?;
    conversations::touch(&tx, tenant, call.conversation_id).await?;
    let conversation = conversations::find_in(&tx, tenant, call.conversation_id).await?;
    let number = phone_number::Entity::of(tenant).filter(phone_number::Column::Id.eq(call.phone_number_id));
    let phone_number = number.one(&tx).await?.ok_or(Error::NotFound { what: "phone number" })?;
    let line = LineId::new();
    admission::keep_in(&tx, wish(&call, Some(line)), now, now, now + admission::LEASE).await?;
    tx.commit().await?;
    Ok(Some(Grant { tenant, call, conversation, phone_number, line }))
}

fn wish(call: &call::Model, line: Option<LineId>) -> Wish {
    Wish { tenant: call.tenant_id, conversation: call.conversation_id, channel: Channel::Phone, line }
}

/// Deletes tokens that have expired. Gives their number.
#[expect(clippy::disallowed_methods, reason = "what has expired is of no use to any tenant")]
pub async fn sweep_stream_tokens(db: &Database, now: DateTime<Utc>) -> Result<u64> {
    let expired = stream_token::Entity::delete_many().filter(stream_token::Column::ExpiresAt.lt(now));
    Ok(expired.exec(&db.platform()).await?.rows_affected)
}

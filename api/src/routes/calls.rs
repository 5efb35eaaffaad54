use std::collections::HashMap;

use domain::{
    analyses, calls,
    entity::{
        analysis,
        call::Model,
        id::{CallId, ConversationId},
    },
    page::Paging,
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::Example,
};

use super::{
    Tag,
    analyses::{AnalysisBrief, AnalysisList, Sentiment, page_of},
    turns,
};
use crate::{
    AppState,
    auth::{Can, Converse, Read},
    problem::ApiError,
};

pub struct Calls;

/// A phone call.
#[derive(Object)]
#[oai(example)]
struct Call {
    id: String,
    conversation_id: String,
    /// Twilio's name for it.
    call_sid: String,
    account_sid: String,
    from_number: String,
    to_number: String,
    /// Twilio's `CallStatus`: `ringing`, `in-progress`, `completed`, …
    status: String,
    created_at: chrono::DateTime<chrono::Utc>,
    ended_at: Option<chrono::DateTime<chrono::Utc>>,
    duration_s: Option<i64>,
    /// What came of it, as soon as it is known; null: it is not, see `/calls/{id}/analyses`.
    analysis: Option<AnalysisBrief>,
}

impl Call {
    fn new(row: Model, known: &mut HashMap<ConversationId, analysis::Model>) -> Self {
        use domain::entity::call::Status;
        let status = match row.status {
            Status::Queued => "queued",
            Status::Ringing => "ringing",
            Status::InProgress => "in-progress",
            Status::Completed => "completed",
            Status::Busy => "busy",
            Status::Failed => "failed",
            Status::NoAnswer => "no-answer",
            Status::Canceled => "canceled",
        };
        Self {
            id: row.id.to_string(),
            conversation_id: row.conversation_id.to_string(),
            call_sid: row.call_sid,
            account_sid: row.account_sid,
            from_number: row.from_number,
            to_number: row.to_number,
            status: status.into(),
            created_at: row.created_at,
            ended_at: row.ended_at,
            duration_s: row.duration_s,
            analysis: known.remove(&row.conversation_id).map(AnalysisBrief::from),
        }
    }
}

impl Example for Call {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into(),
            conversation_id: "01936f2e-6a60-7d02-8f6e-5c1f0f1d9a44".into(),
            call_sid: "CA0123456789abcdef0123456789abcdef".into(),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            from_number: "+15005550001".into(),
            to_number: "+15005550006".into(),
            status: "completed".into(),
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            ended_at: Some("2026-11-22T15:05:10.654321Z".parse().expect("a constant that parses")),
            duration_s: Some(65),
            analysis: Some(AnalysisBrief::example()),
        }
    }
}

/// Calls, newest first.
#[derive(Object)]
#[oai(example)]
struct CallList {
    items: Vec<Call>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for CallList {
    fn example() -> Self {
        Self { items: vec![Call::example()], next_cursor: None }
    }
}

/// Where a call is in its life.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum CallState {
    /// Ringing or talking.
    Live,
    Over,
}

#[derive(ApiResponse)]
enum HungUp {
    /// It is over, or will be within seconds
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Calls")]
impl Calls {
    /// Calls, newest first
    #[oai(path = "/calls", method = "get")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// Only the call of this name of Twilio's.
        call_sid: Query<Option<String>>,
        /// Only calls that came to this, by their analyses.
        outcome: Query<Option<String>>,
        /// Only calls whose caller felt so, by their analyses.
        sentiment: Query<Option<Sentiment>>,
        /// Only those of this state.
        #[oai(name = "state")]
        wanted: Query<Option<CallState>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Calls a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<CallList>, ApiError> {
        let paging = Paging::new(cursor.as_deref(), limit.0)?;
        let came_to = analyses::Filter { outcome: outcome.0, sentiment: sentiment.0.map(Into::into) };
        let is_live = wanted.0.map(|state| matches!(state, CallState::Live));
        let filter = calls::Filter { call_sid: call_sid.0, is_live, came_to };
        let (db, tenant) = (&state.database, caller.tenant());
        let page = calls::list(db, tenant, &filter, paging).await?;
        let conversations: Vec<_> = page.items.iter().map(|call| call.conversation_id).collect();
        let mut known = analyses::current(db, tenant, &conversations).await?;
        let page = page.map(|call| Call::new(call, &mut known));
        Ok(Json(CallList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// One call
    #[oai(path = "/calls/:id", method = "get")]
    async fn one(&self, caller: Can<Read>, state: Data<&AppState>, id: Path<String>) -> Result<Json<Call>, ApiError> {
        let (db, tenant) = (&state.database, caller.tenant());
        let call = calls::find(db, tenant, super::id(&id, "call")?).await?;
        let mut known = analyses::current(db, tenant, &[call.conversation_id]).await?;
        Ok(Json(Call::new(call, &mut known)))
    }

    /// Analyses of its conversation, newest first
    #[oai(path = "/calls/:id/analyses", method = "get")]
    async fn analyses(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Analyses a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<AnalysisList>, ApiError> {
        let id: CallId = super::id(&id, "call")?;
        let paging = Paging::new(cursor.as_deref(), limit.0)?;
        Ok(page_of(analyses::of_call(&state.database, caller.tenant(), id, paging).await?))
    }

    /// Its turns, oldest first
    #[oai(path = "/calls/:id/turns", method = "get")]
    async fn turns(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<turns::TurnList>, ApiError> {
        let call = calls::find(&state.database, caller.tenant(), super::id(&id, "call")?).await?;
        turns::of(&state, caller.tenant(), call.conversation_id).await
    }

    /// Hang up
    ///
    /// The agent falls silent and the call ends, whichever process has it. One that is over stays as it is; one that was
    /// transferred is whoever's it went to (409, `call_transferred`).
    #[oai(path = "/calls/:id/hang-up", method = "post")]
    async fn hang_up(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<HungUp, ApiError> {
        let call = calls::hang_up(&state.database, caller.tenant(), super::id(&id, "call")?).await?;
        // The process that talks on it would look within seconds: if it is this one, it need not.
        state.live.end_conversation(call.conversation_id);
        Ok(HungUp::Done)
    }
}

fn page() -> u64 {
    20
}

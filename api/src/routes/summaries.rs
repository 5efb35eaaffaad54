use chrono::{DateTime, Utc};
use domain::{
    analyses,
    conversations::{self, Filter, Summary},
    entity::{
        call,
        conversation::{Channel, Status, Totals},
        id::ConversationId,
    },
    page::Paging,
};
use poem::web::Data;
use poem_openapi::{
    Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::Example,
};

use super::{
    Tag,
    analyses::{AnalysisBrief, Sentiment},
};
use crate::{
    AppState,
    auth::{Can, Read},
    problem::ApiError,
};

pub struct Summaries;

#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum SummaryChannel {
    Phone,
    Socket,
    Http,
}

#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum SummaryStatus {
    Active,
    Ended,
}

/// The phone call that a conversation was.
#[derive(Object)]
struct SummaryCall {
    id: String,
    call_sid: String,
    from_number: String,
    to_number: String,
    phone_number_id: String,
    /// Twilio's `CallStatus`: `ringing`, `in-progress`, `completed`, …
    status: String,
    /// Seconds, as Twilio counts them.
    duration_s: Option<i64>,
}

/// What the turns came to.
#[derive(Object)]
struct SummaryTotals {
    turns: u64,
    /// Turns in which the caller broke in.
    interrupted: u64,
    /// From the start of the conversation to its end.
    duration_ms: u64,
    /// From the caller's last word to the first sound of the reply, half of all are quicker; null: nothing was spoken.
    reply_latency_p50_ms: Option<u64>,
    /// Nineteen of twenty are quicker.
    reply_latency_p95_ms: Option<u64>,
}

/// A conversation, who spoke in it, and what there is of it.
#[derive(Object)]
#[oai(example)]
struct ConversationSummary {
    id: String,
    session_id: String,
    channel: SummaryChannel,
    status: SummaryStatus,
    started_at: DateTime<Utc>,
    ended_at: Option<DateTime<Utc>>,
    /// Why it ended: `{"kind": "caller_hung_up"}`, …; null: it goes on.
    end_reason: Option<serde_json::Value>,
    agent_id: Option<String>,
    /// Also of an agent that has been deleted.
    agent_name: Option<String>,
    agent_version: Option<i32>,
    persona: String,
    customer_id: Option<String>,
    customer_name: Option<String>,
    /// Your own name for them.
    customer_external_id: Option<String>,
    /// Null: it was no phone call.
    call: Option<SummaryCall>,
    /// What came of it; null: it is not known.
    analysis: Option<AnalysisBrief>,
    /// Whether something of it can be played.
    is_recorded: bool,
    /// Reckoned some seconds after the end; null: not yet.
    totals: Option<SummaryTotals>,
}

impl From<call::Model> for SummaryCall {
    fn from(row: call::Model) -> Self {
        use call::Status;
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
            call_sid: row.call_sid,
            from_number: row.from_number,
            to_number: row.to_number,
            phone_number_id: row.phone_number_id.to_string(),
            status: status.into(),
            duration_s: row.duration_s,
        }
    }
}

impl From<Totals> for SummaryTotals {
    fn from(totals: Totals) -> Self {
        Self {
            turns: totals.turns,
            interrupted: totals.interrupted,
            duration_ms: totals.duration_ms,
            reply_latency_p50_ms: totals.reply_latency_p50_ms,
            reply_latency_p95_ms: totals.reply_latency_p95_ms,
        }
    }
}

impl From<Summary> for ConversationSummary {
    fn from(summary: Summary) -> Self {
        let Summary { conversation: row, call, agent_name, customer, analysis, is_recorded } = summary;
        let (customer_name, customer_external_id) = customer.map(|row| (row.name, row.external_id)).unwrap_or_default();
        Self {
            id: row.id.to_string(),
            session_id: row.session_id,
            channel: match row.channel {
                Channel::Phone => SummaryChannel::Phone,
                Channel::Socket => SummaryChannel::Socket,
                Channel::Http => SummaryChannel::Http,
            },
            status: match row.status {
                Status::Active => SummaryStatus::Active,
                Status::Ended => SummaryStatus::Ended,
            },
            started_at: row.started_at,
            ended_at: row.ended_at,
            end_reason: row.end_reason,
            agent_id: row.agent_id.map(|id| id.to_string()),
            agent_name,
            agent_version: row.agent_version,
            persona: row.persona,
            customer_id: row.customer_id.map(|id| id.to_string()),
            customer_name,
            customer_external_id,
            call: call.map(SummaryCall::from),
            analysis: analysis.map(AnalysisBrief::from),
            is_recorded,
            totals: row.totals.map(SummaryTotals::from),
        }
    }
}

impl Example for ConversationSummary {
    fn example() -> Self {
        let at = |text: &str| text.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a60-7d02-8f6e-5c1f0f1d9a44".into(),
            session_id: "01936f2e-6a60-7d02-8f6e-5c1f0f1d9a44".into(),
            channel: SummaryChannel::Phone,
            status: SummaryStatus::Ended,
            started_at: at("2026-11-22T15:04:05.123456Z"),
            ended_at: Some(at("2026-11-22T15:05:10.654321Z")),
            end_reason: Some(serde_json::json!({"kind": "caller_hung_up"})),
            agent_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into()),
            agent_name: Some("Order line".into()),
            agent_version: Some(3),
            persona: "friendly_guide".into(),
            customer_id: None,
            customer_name: None,
            customer_external_id: None,
            call: Some(SummaryCall {
                id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into(),
                call_sid: "CA0123456789abcdef0123456789abcdef".into(),
                from_number: "+15005550001".into(),
                to_number: "+15005550006".into(),
                phone_number_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b12".into(),
                status: "completed".into(),
                duration_s: Some(65),
            }),
            analysis: Some(AnalysisBrief::example()),
            is_recorded: true,
            totals: Some(SummaryTotals {
                turns: 6,
                interrupted: 1,
                duration_ms: 65_531,
                reply_latency_p50_ms: Some(620),
                reply_latency_p95_ms: Some(1_140),
            }),
        }
    }
}

/// Conversations, newest first.
#[derive(Object)]
#[oai(example)]
struct ConversationSummaryList {
    items: Vec<ConversationSummary>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for ConversationSummaryList {
    fn example() -> Self {
        Self { items: vec![ConversationSummary::example()], next_cursor: None }
    }
}

#[OpenApi(tag = "Tag::Conversations")]
impl Summaries {
    /// Conversations on all channels, newest first
    ///
    /// With `phone_number_id` or `from_number`: phone calls alone.
    #[oai(path = "/conversations", method = "get")]
    #[expect(clippy::too_many_arguments, reason = "each is a parameter of the query")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        channel: Query<Option<SummaryChannel>>,
        status: Query<Option<SummaryStatus>>,
        agent_id: Query<Option<String>>,
        customer_id: Query<Option<String>>,
        /// Your number that was called.
        phone_number_id: Query<Option<String>>,
        /// Who called: E.164.
        from_number: Query<Option<String>>,
        /// The kind of `end_reason`: `caller_hung_up`, `agent_hung_up`, `transferred`, `silence`, `max_duration`,
        /// `line_broken`, `failed` or `refused`.
        end_reason: Query<Option<String>>,
        /// Only those that came to this, by their analyses.
        outcome: Query<Option<String>>,
        /// Only those whose caller felt so, by their analyses.
        sentiment: Query<Option<Sentiment>>,
        /// Begun then or later.
        from: Query<Option<DateTime<Utc>>>,
        /// Begun before.
        to: Query<Option<DateTime<Utc>>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Conversations a page.
        #[oai(default = "super::page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<ConversationSummaryList>, ApiError> {
        let filter = Filter {
            channel: channel.0.map(|channel| match channel {
                SummaryChannel::Phone => Channel::Phone,
                SummaryChannel::Socket => Channel::Socket,
                SummaryChannel::Http => Channel::Http,
            }),
            status: status.0.map(|status| match status {
                SummaryStatus::Active => Status::Active,
                SummaryStatus::Ended => Status::Ended,
            }),
            agent: agent_id.0.map(|id| super::id(&id, "agent")).transpose()?,
            customer: customer_id.0.map(|id| super::id(&id, "customer")).transpose()?,
            number: phone_number_id.0.map(|id| super::id(&id, "phone number")).transpose()?,
            from_number: from_number.0,
            end_reason: end_reason.0,
            came_to: analyses::Filter { outcome: outcome.0, sentiment: sentiment.0.map(Into::into) },
            from: from.0,
            to: to.0,
        };
        let paging = Paging::new(cursor.as_deref(), limit.0)?;
        let page = conversations::list(&state.database, caller.tenant(), &filter, paging).await?;
        let page = page.map(ConversationSummary::from);
        Ok(Json(ConversationSummaryList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// One conversation, as the list has it
    #[oai(path = "/conversations/:id/summary", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<ConversationSummary>, ApiError> {
        let id: ConversationId = super::id(&id, "conversation")?;
        Ok(Json(conversations::summary(&state.database, caller.tenant(), id).await?.into()))
    }
}

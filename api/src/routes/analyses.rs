use domain::{
    analyses::{self, Wish},
    entity::{
        analysis::{self, Model, State},
        id::{AnalysisId, ConversationId},
    },
    page::{Page, Paging},
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{Example, MaybeUndefined},
};

use super::{Tag, agents::AnalysisOutcome, wish};
use crate::{
    AppState,
    auth::{Can, Converse, Read},
    problem::ApiError,
};

pub struct Analyses;

/// What a language model made of a conversation.
#[derive(Object)]
#[oai(example)]
struct Analysis {
    id: String,
    conversation_id: String,
    state: AnalysisState,
    /// Whether it is the conversation's: of those that are ready, the last to become so.
    is_current: bool,
    /// Null until it is ready, as are the next three.
    summary: Option<String>,
    /// One of `outcomes`.
    outcome: Option<String>,
    sentiment: Option<Sentiment>,
    /// As `schema` wants them; null: it wants none.
    fields: Option<serde_json::Value>,
    /// What the model was asked beside the server's own words.
    instructions: Option<String>,
    outcomes: Vec<AnalysisOutcome>,
    /// JSON schema of `fields`.
    schema: Option<serde_json::Value>,
    /// Why there is none, where it failed or was skipped, or what the last try met: `no_language_model`, `nothing_said`,
    /// `spend_limit`; `invalid_answer`, `answer_too_long`, `model_refused`, `content_filter`, `lost`; or a provider's
    /// failure: `rate_limited`, `unauthorized`, `quota_exhausted`, …
    error_kind: Option<String>,
    /// Who answered: `openai:gpt-6-luna`.
    model: Option<String>,
    /// Lines in the middle of the transcript that the model was not shown, because it is too long.
    left_out_lines: i32,
    /// Of all tries.
    prompt_tokens: i64,
    completion_tokens: i64,
    /// Estimated, in US dollars; null: some of it has no known price.
    cost_usd: Option<f64>,
    /// `user:…` or `api_key:…` with its id; null: the end of the conversation.
    requested_by: Option<String>,
    created_at: chrono::DateTime<chrono::Utc>,
    ready_at: Option<chrono::DateTime<chrono::Utc>>,
}

/// What came of a conversation, in short.
#[derive(Object)]
#[oai(example)]
pub(super) struct AnalysisBrief {
    id: String,
    summary: Option<String>,
    outcome: Option<String>,
    sentiment: Option<Sentiment>,
}

/// How far it is.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
enum AnalysisState {
    Queued,
    Running,
    Ready,
    /// See `error_kind`.
    Failed,
    /// It was not to be done: see `error_kind`.
    Skipped,
}

/// How the caller felt.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub(super) enum Sentiment {
    Positive,
    Neutral,
    Negative,
    Mixed,
}

impl From<Sentiment> for analysis::Sentiment {
    fn from(sentiment: Sentiment) -> Self {
        match sentiment {
            Sentiment::Positive => Self::Positive,
            Sentiment::Neutral => Self::Neutral,
            Sentiment::Negative => Self::Negative,
            Sentiment::Mixed => Self::Mixed,
        }
    }
}

impl From<analysis::Sentiment> for Sentiment {
    fn from(sentiment: analysis::Sentiment) -> Self {
        match sentiment {
            analysis::Sentiment::Positive => Self::Positive,
            analysis::Sentiment::Neutral => Self::Neutral,
            analysis::Sentiment::Negative => Self::Negative,
            analysis::Sentiment::Mixed => Self::Mixed,
        }
    }
}

impl From<Model> for Analysis {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            conversation_id: row.conversation_id.to_string(),
            state: match row.state {
                State::Queued => AnalysisState::Queued,
                State::Running => AnalysisState::Running,
                State::Ready => AnalysisState::Ready,
                State::Failed => AnalysisState::Failed,
                State::Skipped => AnalysisState::Skipped,
            },
            is_current: row.is_current,
            summary: row.summary,
            outcome: row.outcome,
            sentiment: row.sentiment.map(Sentiment::from),
            fields: row.fields,
            instructions: row.plan.instructions,
            outcomes: row.plan.outcomes.into_iter().map(AnalysisOutcome::from).collect(),
            schema: row.plan.fields,
            error_kind: row.error_kind,
            model: row.model,
            left_out_lines: row.left_out,
            prompt_tokens: row.prompt_tokens,
            completion_tokens: row.completion_tokens,
            cost_usd: row.cost.map(|cost| cost as f64 / 1e6),
            requested_by: row.requested_by,
            created_at: row.created_at,
            ready_at: row.ready_at,
        }
    }
}

impl From<Model> for AnalysisBrief {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            summary: row.summary,
            outcome: row.outcome,
            sentiment: row.sentiment.map(Sentiment::from),
        }
    }
}

const SUMMARY: &str = "The caller ordered a chocolate cake for Saturday and asked for it to be ready at nine.";

impl Example for AnalysisBrief {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b51".into(),
            summary: Some(SUMMARY.into()),
            outcome: Some("ordered".into()),
            sentiment: Some(Sentiment::Positive),
        }
    }
}

impl Example for Analysis {
    fn example() -> Self {
        let at = |text: &str| text.parse().expect("a constant that parses");
        let outcome =
            |name: &str, description: &str| AnalysisOutcome { name: name.into(), description: description.into() };
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b51".into(),
            conversation_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into(),
            state: AnalysisState::Ready,
            is_current: true,
            summary: Some(SUMMARY.into()),
            outcome: Some("ordered".into()),
            sentiment: Some(Sentiment::Positive),
            fields: Some(serde_json::json!({"cake": "chocolate"})),
            instructions: Some("Mind what was said about allergies.".into()),
            outcomes: vec![
                outcome("ordered", "Something was ordered."),
                outcome("not_ordered", "Nothing was ordered."),
            ],
            schema: Some(serde_json::json!({"type": "object", "properties": {"cake": {"type": "string"}}})),
            error_kind: None,
            model: Some("openai:gpt-6-luna".into()),
            left_out_lines: 0,
            prompt_tokens: 1_240,
            completion_tokens: 96,
            cost_usd: Some(0.000_502),
            requested_by: None,
            created_at: at("2026-11-22T15:05:10.654321Z"),
            ready_at: Some(at("2026-11-22T15:05:13.123456Z")),
        }
    }
}

/// Analyses, newest first.
#[derive(Object)]
#[oai(example)]
pub(super) struct AnalysisList {
    items: Vec<Analysis>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for AnalysisList {
    fn example() -> Self {
        Self { items: vec![Analysis::example()], next_cursor: None }
    }
}

pub(super) fn page_of(page: Page<Model>) -> Json<AnalysisList> {
    let page = page.map(Analysis::from);
    Json(AnalysisList { items: page.items, next_cursor: page.next_cursor })
}

/// What is to be asked; what is left out is as the conversation's agent has it today, null is the default.
#[derive(Object)]
#[oai(example)]
struct NewAnalysis {
    /// Said to the model beside the server's own words; up to 5,000 characters.
    instructions: MaybeUndefined<String>,
    /// How the conversation may have ended: at most 20.
    outcomes: MaybeUndefined<Vec<AnalysisOutcome>>,
    /// JSON schema of an object that is filled in from what was said.
    fields: MaybeUndefined<serde_json::Value>,
    /// As the language model's provider calls it.
    model: MaybeUndefined<String>,
}

impl Example for NewAnalysis {
    fn example() -> Self {
        Self {
            instructions: MaybeUndefined::Value("Mind what was said about allergies.".into()),
            outcomes: MaybeUndefined::Undefined,
            fields: MaybeUndefined::Value(serde_json::json!({
                "type": "object",
                "properties": {"allergies": {"type": "array", "items": {"type": "string"}}},
            })),
            model: MaybeUndefined::Undefined,
        }
    }
}

impl From<NewAnalysis> for Wish {
    fn from(new: NewAnalysis) -> Self {
        let outcomes = wish(new.outcomes);
        Self {
            instructions: wish(new.instructions),
            outcomes: outcomes.map(|own| own.unwrap_or_default().into_iter().map(AnalysisOutcome::into).collect()),
            fields: wish(new.fields).map(|fields| fields.filter(|schema| !schema.is_null())),
            model: wish(new.model),
        }
    }
}

#[derive(ApiResponse)]
enum Ordered {
    /// It waits for its turn; look again at `GET /analyses/{id}`
    #[oai(status = 201)]
    Ordered(Json<Analysis>),
}

#[OpenApi(tag = "Tag::Analyses")]
impl Analyses {
    /// Analyses of a conversation, newest first
    #[oai(path = "/conversations/:id/analyses", method = "get")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Analyses a page.
        #[oai(default = "super::page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<AnalysisList>, ApiError> {
        let id: ConversationId = super::id(&id, "conversation")?;
        let paging = Paging::new(cursor.as_deref(), limit.0)?;
        Ok(page_of(analyses::list(&state.database, caller.tenant(), id, paging).await?))
    }

    /// Analyse a conversation, once more or for the first time
    ///
    /// Whether its agent has analyses on or not, and be it over or not. Earlier ones stay; this one becomes the
    /// conversation's when it is ready. Without a language model it is skipped.
    #[oai(path = "/conversations/:id/analyses", method = "post")]
    async fn request(
        &self,
        caller: Can<Converse>,
        state: Data<&AppState>,
        id: Path<String>,
        new: Json<NewAnalysis>,
    ) -> Result<Ordered, ApiError> {
        let id: ConversationId = super::id(&id, "conversation")?;
        let row = analyses::request(&state.database, caller.tenant(), caller.by(), id, new.0.into()).await?;
        Ok(Ordered::Ordered(Json(row.into())))
    }

    /// One analysis
    #[oai(path = "/analyses/:id", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<Analysis>, ApiError> {
        let id: AnalysisId = super::id(&id, "analysis")?;
        Ok(Json(analyses::find(&state.database, caller.tenant(), id).await?.into()))
    }
}

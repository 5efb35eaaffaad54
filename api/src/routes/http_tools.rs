use std::{
    collections::{BTreeMap, HashMap},
    time::Duration,
};

use chrono::{DateTime, Utc};
use domain::{
    entity::tool::{self, Fields, Model},
    page::{Page, Paging},
    tools::{self, Called, Change},
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{Example, MaybeUndefined, Password},
};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::{Tag, page, wish};
use crate::{
    AppState,
    auth::{Can, Configure, Read},
    problem::ApiError,
};

pub struct HttpTools;

/// How the server is asked. Arguments that are not in the address go into the query with `GET` and `DELETE`, into a
/// JSON body with the others.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "UPPERCASE")]
enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl From<Method> for tool::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::Get,
            Method::Post => Self::Post,
            Method::Put => Self::Put,
            Method::Patch => Self::Patch,
            Method::Delete => Self::Delete,
        }
    }
}

impl From<tool::Method> for Method {
    fn from(method: tool::Method) -> Self {
        match method {
            tool::Method::Get => Self::Get,
            tool::Method::Post => Self::Post,
            tool::Method::Put => Self::Put,
            tool::Method::Patch => Self::Patch,
            tool::Method::Delete => Self::Delete,
        }
    }
}

/// A part of the server's answer.
#[derive(Clone, Object)]
struct ResponseField {
    /// As the model reads it: 1–64 letters, digits, `_` and `-`.
    name: String,
    /// Where it stands in the answer, as a JSON pointer (`/order/status`); empty: the whole.
    pointer: String,
}

/// A tool to be made.
#[derive(Object)]
#[oai(example)]
struct NewHttpTool {
    /// As the model calls it: 1–64 letters, digits, `_` and `-`; unique.
    name: String,
    /// For the model: what it does, and when to call it. Up to 1,000 characters.
    description: String,
    /// JSON schema of the arguments, an object. Without references; `type`, `properties`, `required`,
    /// `additionalProperties`, `items`, `anyOf`, `enum`, `const`, bounds, lengths and `pattern` are understood.
    #[oai(default = "no_parameters")]
    parameters: Value,
    method: Method,
    /// `https://`, a public host; may have `{parameter}` in its path for required parameters.
    url: String,
    /// Sent with each request.
    #[oai(default)]
    headers: HashMap<String, String>,
    /// The same, kept sealed and never shown again; not sent on to where the address redirects.
    #[oai(default)]
    secret_headers: HashMap<String, Password>,
    /// For the server's answer: 100–30,000.
    #[oai(default = "timeout_ms")]
    timeout_ms: u32,
    /// What the model sees of a JSON answer; without it the first 8,000 characters of the answer.
    response: Option<Vec<ResponseField>>,
    /// Said while the caller waits; without it "One moment, please." when it takes long. Up to 200 characters.
    speak_while_waiting: Option<String>,
}

impl Example for NewHttpTool {
    fn example() -> Self {
        Self {
            name: "find_order".into(),
            description: "Finds an order by its number. Call it when the caller asks where an order is.".into(),
            parameters: json!({
                "type": "object",
                "properties": {"number": {"type": "string", "pattern": "^[0-9]{4,10}$"}},
                "required": ["number"]
            }),
            method: Method::Get,
            url: "https://api.bakery.example.com/orders/{number}".into(),
            headers: HashMap::from([("X-Shop".into(), "corner".into())]),
            secret_headers: HashMap::from([("Authorization".into(), Password("Bearer a-long-secret".into()))]),
            timeout_ms: 5_000,
            response: Some(vec![ResponseField { name: "status".into(), pointer: "/order/status".into() }]),
            speak_while_waiting: Some("Let me look that up.".into()),
        }
    }
}

/// What shall be different: a field left out stays as it is.
#[derive(Object)]
#[oai(example)]
struct HttpToolChange {
    #[oai(skip_serializing_if_is_none)]
    name: Option<String>,
    #[oai(skip_serializing_if_is_none)]
    description: Option<String>,
    #[oai(skip_serializing_if_is_none)]
    parameters: Option<Value>,
    #[oai(skip_serializing_if_is_none)]
    method: Option<Method>,
    #[oai(skip_serializing_if_is_none)]
    url: Option<String>,
    /// All of them.
    #[oai(skip_serializing_if_is_none)]
    headers: Option<HashMap<String, String>>,
    /// Those named are set, or with null taken away; the others stay. Null for all of it takes all away.
    secret_headers: MaybeUndefined<HashMap<String, Option<Password>>>,
    #[oai(skip_serializing_if_is_none)]
    timeout_ms: Option<u32>,
    /// Null: the model sees the whole answer.
    response: MaybeUndefined<Vec<ResponseField>>,
    /// Null: nothing of its own.
    speak_while_waiting: MaybeUndefined<String>,
}

impl Example for HttpToolChange {
    fn example() -> Self {
        Self {
            name: None,
            description: None,
            parameters: None,
            method: None,
            url: None,
            headers: None,
            secret_headers: MaybeUndefined::Value(HashMap::from([(
                "Authorization".into(),
                Some(Password("Bearer another-secret".into())),
            )])),
            timeout_ms: Some(8_000),
            response: MaybeUndefined::Undefined,
            speak_while_waiting: MaybeUndefined::Null,
        }
    }
}

/// A secret header, without its value.
#[derive(Object)]
struct SecretHeader {
    name: String,
    /// The value's last four characters; null: it is too short to show any.
    last_four: Option<String>,
}

/// An HTTP request that the model may make in the middle of a conversation.
#[derive(Object)]
#[oai(example)]
struct HttpTool {
    id: String,
    name: String,
    description: String,
    parameters: Value,
    method: Method,
    url: String,
    headers: HashMap<String, String>,
    secret_headers: Vec<SecretHeader>,
    timeout_ms: u32,
    response: Option<Vec<ResponseField>>,
    speak_while_waiting: Option<String>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl From<Model> for HttpTool {
    fn from(row: Model) -> Self {
        let secrets = row.secret_names.0.into_iter();
        let field = |field: tool::Field| ResponseField { name: field.name, pointer: field.pointer };
        Self {
            id: row.id.to_string(),
            name: row.name,
            description: row.description,
            parameters: row.parameters,
            method: row.method.into(),
            url: row.url,
            headers: row.headers.0.into_iter().collect(),
            secret_headers: secrets
                .map(|secret| SecretHeader { name: secret.name, last_four: secret.last_four })
                .collect(),
            timeout_ms: row.timeout_ms.unsigned_abs(),
            response: row.response.map(|fields| fields.0.into_iter().map(field).collect()),
            speak_while_waiting: row.speak_while_waiting,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

impl Example for HttpTool {
    fn example() -> Self {
        let new = NewHttpTool::example();
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17".into(),
            name: new.name,
            description: new.description,
            parameters: new.parameters,
            method: new.method,
            url: new.url,
            headers: new.headers,
            secret_headers: vec![SecretHeader { name: "Authorization".into(), last_four: Some("cret".into()) }],
            timeout_ms: new.timeout_ms,
            response: new.response,
            speak_while_waiting: new.speak_while_waiting,
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            updated_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// Tools, newest first.
#[derive(Object)]
#[oai(example)]
struct HttpToolList {
    items: Vec<HttpTool>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for HttpToolList {
    fn example() -> Self {
        Self { items: vec![HttpTool::example()], next_cursor: None }
    }
}

/// Arguments as a model would give them.
#[derive(Object)]
#[oai(example)]
struct Trial {
    /// An object that fits `parameters`.
    arguments: Value,
}

impl Example for Trial {
    fn example() -> Self {
        Self { arguments: json!({ "number": "1042" }) }
    }
}

/// What is wrong.
#[derive(Object)]
struct TrialProblem {
    /// `arguments`, `status` (the server said no), `answer` (it cannot be read), `invalid_address`, `blocked_address`
    /// (not a public network), `dns`, `connect`, `tls`, `timeout`, `too_large`, `redirects` or `unreadable`.
    code: String,
    /// The same for people.
    message: String,
}

/// What came of a call.
#[derive(Object)]
#[oai(example)]
struct TrialResult {
    is_ok: bool,
    /// The server's HTTP status; null: there was no answer.
    status: Option<u16>,
    latency_ms: u64,
    /// The text that a model would read.
    seen_by_model: String,
    /// Null: all went well.
    problem: Option<TrialProblem>,
}

impl From<Called> for TrialResult {
    fn from(called: Called) -> Self {
        let problem = called.problem;
        Self {
            is_ok: problem.is_none(),
            status: called.status,
            latency_ms: called.latency.as_millis() as u64,
            seen_by_model: called.text,
            problem: problem.map(|problem| TrialProblem { code: problem.kind.into(), message: problem.message }),
        }
    }
}

impl Example for TrialResult {
    fn example() -> Self {
        Self {
            is_ok: true,
            status: Some(200),
            latency_ms: 84,
            seen_by_model: r#"{"status":"on its way"}"#.into(),
            problem: None,
        }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<HttpTool>),
}

#[derive(ApiResponse)]
enum Gone {
    /// It is gone
    #[oai(status = 204)]
    Gone,
}

#[OpenApi(tag = "Tag::HttpTools")]
impl HttpTools {
    /// Make a tool
    #[oai(path = "/http-tools", method = "post")]
    async fn create(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        new: Json<NewHttpTool>,
    ) -> Result<Made, ApiError> {
        let new = new.0;
        let secrets = new.secret_headers.into_iter().map(|(name, value)| (name, SecretString::from(value.0)));
        let new = tools::NewTool {
            name: new.name,
            description: new.description,
            parameters: new.parameters,
            method: new.method.into(),
            url: new.url,
            headers: new.headers.into_iter().collect(),
            secret_headers: secrets.collect(),
            timeout: Duration::from_millis(new.timeout_ms.into()),
            response: new.response.map(fields),
            speak_while_waiting: new.speak_while_waiting,
        };
        let row = tools::create(state.means(), caller.tenant(), caller.by(), new).await?;
        Ok(Made::Created(Json(row.into())))
    }

    /// The tools, newest first
    #[oai(path = "/http-tools", method = "get")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// Where the page before ended.
        cursor: Query<Option<String>>,
        /// Tools on the page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<HttpToolList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let Page { items, next_cursor } =
            tools::list(&state.database, caller.tenant(), &paging).await?.map(HttpTool::from);
        Ok(Json(HttpToolList { items, next_cursor }))
    }

    /// One tool
    #[oai(path = "/http-tools/:id", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<HttpTool>, ApiError> {
        Ok(Json(tools::find(&state.database, caller.tenant(), super::id(&id, "tool")?).await?.into()))
    }

    /// Change a tool
    ///
    /// The next call of it is made so, in running conversations too.
    #[oai(path = "/http-tools/:id", method = "patch")]
    async fn update(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        change: Json<HttpToolChange>,
    ) -> Result<Json<HttpTool>, ApiError> {
        let change = change.0;
        let change = Change {
            name: change.name,
            description: change.description,
            parameters: change.parameters,
            method: change.method.map(tool::Method::from),
            url: change.url,
            headers: change.headers.map(|headers| headers.into_iter().collect()),
            secret_headers: wish(change.secret_headers).map(|secrets| secrets.map(changed)),
            timeout: change.timeout_ms.map(|ms| Duration::from_millis(ms.into())),
            response: wish(change.response).map(|response| response.map(fields)),
            speak_while_waiting: wish(change.speak_while_waiting),
        };
        let id = super::id(&id, "tool")?;
        Ok(Json(tools::update(state.means(), caller.tenant(), caller.by(), id, change).await?.into()))
    }

    /// Take a tool away
    ///
    /// Not while an agent's draft, what an agent answers with, or a conversation under way names it (`tool_in_use`).
    #[oai(path = "/http-tools/:id", method = "delete")]
    async fn delete(&self, caller: Can<Configure>, state: Data<&AppState>, id: Path<String>) -> Result<Gone, ApiError> {
        tools::delete(&state.database, caller.tenant(), caller.by(), super::id(&id, "tool")?).await?;
        Ok(Gone::Gone)
    }

    /// Call a tool once, to see what comes of it
    #[oai(path = "/http-tools/:id/test", method = "post")]
    async fn test(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        trial: Json<Trial>,
    ) -> Result<Json<TrialResult>, ApiError> {
        let id = super::id(&id, "tool")?;
        Ok(Json(tools::test(state.means(), caller.tenant(), caller.by(), id, &trial.0.arguments).await?.into()))
    }
}

fn fields(fields: Vec<ResponseField>) -> Fields {
    Fields(fields.into_iter().map(|field| tool::Field { name: field.name, pointer: field.pointer }).collect())
}

fn changed(secrets: HashMap<String, Option<Password>>) -> BTreeMap<String, Option<SecretString>> {
    secrets.into_iter().map(|(name, value)| (name, value.map(|value| SecretString::from(value.0)))).collect()
}

fn no_parameters() -> Value {
    json!({ "type": "object", "properties": {} })
}

fn timeout_ms() -> u32 {
    tools::TIMEOUT.as_millis() as u32
}

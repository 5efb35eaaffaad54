//! One call of a tool: arguments to a request, an answer to what the model reads.

use std::{collections::BTreeMap, time::Duration};

use bytes::Bytes;
use entity::tool::{self, Method};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};
use tokio::time::Instant;
use url::Url;
use voice::tool::{Outcome, Ran};

use super::{address, answer, schema};
use crate::outbound::{Failure, Outbound, Request};

/// Bytes of arguments: more than anybody says.
const LARGEST_ARGUMENTS: usize = 16_000;
/// Bytes of an answer, of which the model sees far less: a tool may pick parts of it.
const LARGEST_ANSWER: usize = 256 * 1024;

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Called {
    pub outcome: Outcome,
    /// What the model reads.
    pub text: String,
    /// `None`: there was no answer.
    pub status: Option<u16>,
    pub latency: Duration,
    /// `None`: all went well.
    pub problem: Option<Problem>,
}

/// What is wrong, for the tenant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable name, for programs: `arguments`, `status`, `answer`, `secrets`, or a [`Failure::kind`].
    pub kind: &'static str,
    pub message: String,
}

impl Called {
    pub(super) fn failed(outcome: Outcome, kind: &'static str, message: String) -> Self {
        let text = voice::tool::error(&message);
        Self { outcome, text, status: None, latency: Duration::ZERO, problem: Some(Problem { kind, message }) }
    }
}

impl From<Called> for Ran {
    fn from(called: Called) -> Self {
        Self { outcome: called.outcome, text: called.text }
    }
}

impl From<Failure> for Called {
    fn from(failure: Failure) -> Self {
        let outcome = if failure == Failure::Timeout { Outcome::TimedOut } else { Outcome::Failed };
        Self::failed(outcome, failure.kind(), failure.to_string())
    }
}

/// Calls it: `arguments` is JSON text as the model wrote it.
pub(super) async fn call(
    outbound: &Outbound,
    row: &tool::Model,
    secrets: BTreeMap<String, SecretString>,
    arguments: &str,
) -> Called {
    let request = match request(outbound, row, &secrets, arguments) {
        Ok(request) => request,
        Err(called) => return *called,
    };
    let began = Instant::now();
    let called = match outbound.send(request).await {
        Ok(answer) => answer::read(&answer, row.response.as_ref(), &secrets),
        Err(failure) => failure.into(),
    };
    Called { latency: began.elapsed(), ..called }
}

fn request(
    outbound: &Outbound,
    row: &tool::Model,
    secrets: &BTreeMap<String, SecretString>,
    arguments: &str,
) -> Result<Request, Box<Called>> {
    let wrong = |message: String| Box::new(Called::failed(Outcome::Refused, "arguments", message));
    if arguments.len() > LARGEST_ARGUMENTS {
        return Err(wrong(format!("the arguments are longer than {LARGEST_ARGUMENTS} bytes")));
    }
    // A function without parameters is called with nothing at all by some models.
    let arguments = if arguments.trim().is_empty() { "{}" } else { arguments };
    let parsed: Value = serde_json::from_str(arguments).map_err(|_| wrong("the arguments are no JSON".to_owned()))?;
    let faults = schema::faults(&row.parameters, &parsed);
    let Value::Object(mut fields) = parsed else { return Err(wrong(faults.join("; "))) };
    if !faults.is_empty() {
        return Err(wrong(faults.join("; ")));
    }
    let mut url = outbound.check(&row.url).map_err(|failure| Box::new(failure.into()))?;
    for name in address::placeholders(&url).unwrap_or_default() {
        let value = fields.remove(&name).and_then(|value| plain(&value));
        if !value.is_some_and(|value| address::fill(&mut url, &name, &value)) {
            return Err(wrong(format!("/{name}: cannot stand in an address")));
        }
    }
    let mut headers = plain_headers(row);
    let method = method(row.method);
    let body = match row.method {
        Method::Get | Method::Delete => {
            add_query(&mut url, fields);
            None
        }
        Method::Post | Method::Put | Method::Patch => {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
            Some(Bytes::from(Value::Object(fields).to_string()))
        }
    };
    Ok(Request {
        method,
        url,
        headers,
        secret_headers: secret_headers(secrets),
        body,
        timeout: Duration::from_millis(row.timeout_ms.unsigned_abs().into()),
        max_bytes: LARGEST_ANSWER,
    })
}

/// What is no object stands in a query by itself, and each item of a list.
fn add_query(url: &mut Url, fields: Map<String, Value>) {
    if fields.is_empty() {
        return;
    }
    let mut query = url.query_pairs_mut();
    for (name, value) in fields {
        match value {
            Value::Array(items) => items.iter().for_each(|item| {
                query.append_pair(&name, &plain(item).unwrap_or_else(|| item.to_string()));
            }),
            value => {
                query.append_pair(&name, &plain(&value).unwrap_or_else(|| value.to_string()));
            }
        }
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

fn plain_headers(row: &tool::Model) -> HeaderMap {
    let given = row
        .headers
        .0
        .iter()
        .filter_map(|(name, value)| Some((HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?)));
    let accepted = (ACCEPT, HeaderValue::from_static("application/json"));
    std::iter::once(accepted).chain(given).collect()
}

fn secret_headers(secrets: &BTreeMap<String, SecretString>) -> HeaderMap {
    let sensitive = |(name, value): (&String, &SecretString)| {
        let mut value = HeaderValue::try_from(value.expose_secret()).ok()?;
        value.set_sensitive(true);
        Some((HeaderName::try_from(name).ok()?, value))
    };
    secrets.iter().filter_map(sensitive).collect()
}

fn method(method: Method) -> reqwest::Method {
    match method {
        Method::Get => reqwest::Method::GET,
        Method::Post => reqwest::Method::POST,
        Method::Put => reqwest::Method::PUT,
        Method::Patch => reqwest::Method::PATCH,
        Method::Delete => reqwest::Method::DELETE,
    }
}

/// What the model reads where the server said no: its own words help it.
pub(super) fn refused(status: u16, words: &str) -> Called {
    let message = format!("the server answered with status {status}");
    let text = json!({ "error": message, "answer": words }).to_string();
    Called { status: Some(status), text, ..Called::failed(Outcome::Failed, "status", message) }
}

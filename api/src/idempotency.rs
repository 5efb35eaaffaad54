//! `Idempotency-Key`: a creating request that is sent again gets the first one's answer.

use std::{any::Any, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use domain::{
    access::Principal,
    entity,
    idempotency::{self, Claim},
};
use futures_util::FutureExt;
use poem::{
    Endpoint, EndpointExt, Request, Response,
    endpoint::BoxEndpoint,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::Instrument;

use crate::{
    AppState, auth,
    problem::{self, ApiError, Problem},
};

/// Chosen by the client, one for each thing to be made.
pub const HEADER: &str = "Idempotency-Key";

/// On an answer that was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Headers that belong to an answer, beside those that every answer gets on its way out.
const KEPT: [HeaderName; 2] = [header::CONTENT_TYPE, header::LOCATION];

/// Longer than a request may take: who has not answered by then has crashed.
const BEYOND_TIMEOUT: Duration = Duration::from_secs(5);

/// The creating operation, done once for each key; without the header as ever.
pub fn once(operation: BoxEndpoint<'static>) -> BoxEndpoint<'static> {
    operation.around(first_or_again).boxed()
}

async fn first_or_again<E>(operation: Arc<E>, mut request: Request) -> poem::Result<Response>
where
    E: Endpoint<Output = Response> + 'static,
{
    let Some(key) = key(&request)? else { return operation.call(request).await };
    let principal = auth::principal(&request).await?;
    let state = request.data::<AppState>().expect("the app carries its state").clone();
    // Bounded by `BodyLimit`.
    let body = request.take_body().into_bytes().await?;
    let asked = Asked { key, fingerprint: fingerprint(&request, &body), principal: principal.clone() };
    request.set_data(principal);
    request.set_body(body);
    // A task of its own: a client that goes away half-way will ask again, and shall be told what became of it.
    let background = state.background.clone();
    let work = async move { answer(&state, asked, operation.call(request)).await };
    match background.spawn(work.in_current_span()).await {
        Ok(Ok(response)) => response,
        Ok(Err(panic)) => std::panic::resume_unwind(panic),
        Err(lost) => Err(ApiError::internal(lost).into()),
    }
}

/// One request with a key.
struct Asked {
    key: String,
    fingerprint: String,
    principal: Principal,
}

type Panic = Box<dyn Any + Send>;

/// The first one's answer, or that of `work`, which is done when there is none and kept.
async fn answer(
    state: &AppState,
    asked: Asked,
    work: impl Future<Output = poem::Result<Response>>,
) -> Result<poem::Result<Response>, Panic> {
    let Asked { key, fingerprint, principal } = asked;
    let (db, vault, tenant) = (&state.database, &state.vault, principal.tenant);
    let timeout = state.settings.http.request_timeout();
    let lease = timeout + BEYOND_TIMEOUT;
    let claim = idempotency::claim(db, vault, &principal, &key, &fingerprint, lease, entity::now()).await;
    let claim = match claim {
        Ok(Claim::Mine(claim)) => claim,
        Ok(Claim::Answered(answer)) => return Ok(again(&answer).map_err(|error| ApiError::internal(error).into())),
        Ok(Claim::Mismatch) => {
            return Ok(Err(conflict("idempotency_mismatch", "another request was sent with this key")));
        }
        Ok(Claim::InProgress) => {
            return Ok(Err(conflict("idempotency_in_progress", "the same request is still at work")));
        }
        Err(domain::Error::Invalid { field, message }) => {
            return Ok(Err(ApiError::bad_request(&format!("{field}: {message}")).into()));
        }
        Err(error) => return Ok(Err(ApiError::from(error).into())),
    };
    // Nobody waits longer, and then nobody must find it claimed.
    let outcome = match tokio::time::timeout(timeout, AssertUnwindSafe(work).catch_unwind()).await {
        Ok(Ok(result)) => Ok(result.unwrap_or_else(problem::map_error)),
        Ok(Err(panic)) => Err(panic),
        Err(_) => Ok(Problem::new(StatusCode::GATEWAY_TIMEOUT, "timeout", "the request took too long").into_http()),
    };
    let (noted, outcome) = match outcome {
        Ok(response) if is_final(response.status()) => {
            let (answer, response) = kept(response).await;
            (idempotency::answered(db, vault, tenant, claim, &answer).await, Ok(Ok(response)))
        }
        outcome => (idempotency::given_up(db, tenant, claim).await, outcome.map(Ok)),
    };
    if let Err(error) = noted {
        tracing::error!(error = %problem::chain(&error), "an idempotency key was left claimed");
    }
    outcome
}

/// What a second try would not change.
fn is_final(status: StatusCode) -> bool {
    !status.is_server_error() && status != StatusCode::TOO_MANY_REQUESTS
}

/// An answer as it is kept, sealed.
#[derive(Serialize, Deserialize)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    /// Base64.
    body: String,
}

/// The answer to keep, and the response it was made of.
async fn kept(response: Response) -> (SecretString, Response) {
    let (parts, body) = response.into_parts();
    let body = body.into_bytes().await.unwrap_or_default();
    let header = |name: &HeaderName| Some((name.to_string(), parts.headers.get(name)?.to_str().ok()?.to_owned()));
    let answer = Answer {
        status: parts.status.as_u16(),
        headers: KEPT.iter().filter_map(header).collect(),
        body: STANDARD.encode(&body),
    };
    let answer = serde_json::to_string(&answer).expect("strings and a number become JSON");
    (answer.into(), Response::from_parts(parts, body.into()))
}

fn again(answer: &SecretString) -> Result<Response, serde_json::Error> {
    use serde::de::Error;
    let answer: Answer = serde_json::from_str(answer.expose_secret())?;
    let body = STANDARD.decode(&answer.body).map_err(Error::custom)?;
    let mut response = Response::builder().status(StatusCode::from_u16(answer.status).map_err(Error::custom)?);
    for (name, value) in answer.headers {
        response = response.header(name, value);
    }
    Ok(response.header(REPLAYED, HeaderValue::from_static("true")).body(body))
}

/// The header's value; what it may be is the domain's to say.
fn key(request: &Request) -> Result<Option<String>, ApiError> {
    let mut given = request.headers().get_all(HEADER).iter();
    match (given.next(), given.next()) {
        (None, _) => Ok(None),
        (Some(key), None) => Ok(Some(String::from_utf8_lossy(key.as_bytes()).into_owned())),
        (Some(_), Some(_)) => Err(ApiError::bad_request("Idempotency-Key: given twice")),
    }
}

/// Tells the request from all others: what is asked, in which words.
fn fingerprint(request: &Request, body: &[u8]) -> String {
    let parts = [
        request.method().as_str().as_bytes(),
        request.uri().to_string().as_bytes(),
        request.content_type().unwrap_or_default().as_bytes(),
        body,
    ]
    .map(|part| ((part.len() as u64).to_be_bytes(), part.to_vec()));
    let mut hash = Sha256::new();
    for (length, part) in parts {
        hash.update(length);
        hash.update(part);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn conflict(code: &str, detail: &str) -> poem::Error {
    poem::Error::from_response(Problem::new(StatusCode::CONFLICT, code, detail).into_http())
}

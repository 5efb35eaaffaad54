//! RFC 9457 problem details: the body of every error.

use domain::{Refusal, twilio};
use poem::{
    IntoResponse, Response,
    http::{HeaderValue, StatusCode, header},
};
use poem_openapi::{ApiResponse, Object, payload::Json};
use voice::provider::{ErrorKind, ProviderError};

/// What went wrong, as `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, Object)]
#[oai(example)]
pub struct Problem {
    /// Always `about:blank`: `code` tells the kinds apart.
    #[oai(rename = "type")]
    pub kind: String,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// Stable name of the kind of failure, for programs: `not_found`, `unauthorized`, `payload_too_large`, …
    pub code: String,
    /// The same for people.
    #[oai(skip_serializing_if_is_none)]
    pub detail: Option<String>,
    /// Names this request in the server's log; also in the header `X-Request-Id`.
    #[oai(skip_serializing_if_is_none)]
    pub request_id: Option<String>,
}

impl poem_openapi::types::Example for Problem {
    fn example() -> Self {
        Self {
            request_id: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b11".into()),
            ..Self::new(StatusCode::NOT_FOUND, "not_found", "conversation not found")
        }
    }
}

impl Problem {
    /// A problem whose `request_id` is filled in on its way out.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").into(),
            status: status.as_u16(),
            code: code.into(),
            detail: Some(detail.into()),
            request_id: None,
        }
    }

    /// The response, for places where a plain one is needed (sockets, webhooks, middleware).
    pub fn into_http(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Json(self).into_response();
        response.set_status(status);
        response.headers_mut().insert(header::CONTENT_TYPE, CONTENT_TYPE);
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

pub(crate) const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");

/// The errors of the documented operations.
#[derive(ApiResponse, Debug)]
pub enum ApiError {
    /// The request cannot be read (`bad_request`)
    #[oai(status = 400, content_type = "application/problem+json")]
    BadRequest(Json<Problem>),
    /// What proves who asks is missing or not accepted (`unauthorized`, `wrong_credentials`, `session_over`)
    #[oai(status = 401, content_type = "application/problem+json")]
    Unauthorized(Json<Problem>),
    /// Who asks may not do this: role or scopes do not allow it (`forbidden`), or not for that role or scope
    /// (`escalation`); or their tenant is suspended (`tenant_suspended`)
    #[oai(status = 403, content_type = "application/problem+json")]
    Forbidden(Json<Problem>),
    /// There is no such thing, or it is another tenant's (`not_found`)
    #[oai(status = 404, content_type = "application/problem+json")]
    NotFound(Json<Problem>),
    /// It is already there, or no longer in the state that this needs (`conflict`, `last_owner`, `number_taken`)
    #[oai(status = 409, content_type = "application/problem+json")]
    Conflict(Json<Problem>),
    /// The body is larger than allowed (`payload_too_large`)
    #[oai(status = 413, content_type = "application/problem+json")]
    TooLarge(Json<Problem>),
    /// The media type, or what the file really holds, is not supported (`unsupported_media`)
    #[oai(status = 415, content_type = "application/problem+json")]
    Unsupported(Json<Problem>),
    /// A field's value is not allowed (`invalid`), or not by Twilio (`twilio_credentials`, `number_not_in_account`, …)
    #[oai(status = 422, content_type = "application/problem+json")]
    Invalid(Json<Problem>),
    /// Too many requests a second (`rate_limited`), tried too often (`throttled`), or the tenant may use no more for
    /// now (`limit_reached`)
    #[oai(status = 429, content_type = "application/problem+json")]
    TooMany(
        Json<Problem>,
        /// Seconds to wait.
        #[oai(header = "Retry-After")]
        u64,
    ),
    /// Our own failure; the log has the cause (`internal`)
    #[oai(status = 500, content_type = "application/problem+json")]
    Internal(Json<Problem>),
    /// A speech or language provider failed (`provider_failed`), or Twilio did (`twilio_unreachable`, …)
    #[oai(status = 502, content_type = "application/problem+json")]
    Provider(Json<Problem>),
    /// It took too long (`timeout`)
    #[oai(status = 504, content_type = "application/problem+json")]
    Timeout(Json<Problem>),
}

impl ApiError {
    pub fn not_found(what: &str) -> Self {
        Self::NotFound(Json(Problem::new(StatusCode::NOT_FOUND, "not_found", format!("{what} not found"))))
    }

    pub fn invalid(field: &str, message: &str) -> Self {
        let detail = format!("{field}: {message}");
        Self::Invalid(Json(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail)))
    }

    pub fn bad_request(detail: &str) -> Self {
        Self::BadRequest(Json(Problem::new(StatusCode::BAD_REQUEST, "bad_request", detail)))
    }

    pub fn unsupported(detail: impl Into<String>) -> Self {
        Self::Unsupported(Json(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media", detail)))
    }

    pub fn conflict(what: &str) -> Self {
        Self::Conflict(Json(Problem::new(StatusCode::CONFLICT, "conflict", what)))
    }

    /// What Twilio has against it, and what to do.
    fn twilio(error: &twilio::Error) -> Self {
        let detail = format!("{error}. {}", error.advice());
        let refused = |code| Self::Invalid(Json(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail.clone())));
        let failed = |code| {
            tracing::warn!(%error, "Twilio failed");
            Self::Provider(Json(Problem::new(StatusCode::BAD_GATEWAY, code, detail.clone())))
        };
        match error {
            twilio::Error::WrongCredentials => refused("twilio_credentials"),
            twilio::Error::AccountSuspended => refused("twilio_account_suspended"),
            twilio::Error::AccountClosed => refused("twilio_account_closed"),
            twilio::Error::NoSuchNumber => refused("number_not_in_account"),
            twilio::Error::NoVoice => refused("number_without_voice"),
            twilio::Error::RateLimited => failed("twilio_rate_limited"),
            twilio::Error::Unreachable(_) => failed("twilio_unreachable"),
            twilio::Error::Failing(_) | twilio::Error::Refused { .. } | twilio::Error::Unreadable => {
                failed("twilio_failed")
            }
        }
    }

    pub fn too_many_streams() -> Self {
        let detail = "the tenant has too many streams of events open: close some";
        Self::TooMany(Json(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many_streams", detail)), LOOK_AGAIN)
    }

    pub fn forbidden(code: &str, detail: impl Into<String>) -> Self {
        Self::Forbidden(Json(Problem::new(StatusCode::FORBIDDEN, code, detail)))
    }

    /// A conflict that programs can tell from others.
    pub fn blocked(code: &str, why: &str) -> Self {
        Self::Conflict(Json(Problem::new(StatusCode::CONFLICT, code, why)))
    }

    /// Logs the cause; the caller learns only that it was ours.
    pub fn internal(cause: impl std::error::Error) -> Self {
        tracing::error!(error = %chain(&cause), "request failed");
        Self::Internal(Json(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", INTERNAL)))
    }
}

impl From<domain::Error> for ApiError {
    fn from(error: domain::Error) -> Self {
        match error {
            domain::Error::NotFound { what } => Self::not_found(what),
            domain::Error::Conflict { what } => Self::conflict(what),
            domain::Error::LastOwner => {
                Self::Conflict(Json(Problem::new(StatusCode::CONFLICT, "last_owner", error.to_string())))
            }
            domain::Error::Escalation { what } => {
                Self::Forbidden(Json(Problem::new(StatusCode::FORBIDDEN, "escalation", what)))
            }
            domain::Error::Blocked { code, why } => Self::blocked(code, &why),
            domain::Error::Invalid { field, message } => Self::invalid(field, &message),
            domain::Error::Refused(refusal) => refusal.into(),
            domain::Error::Throttled { retry_after } => {
                let seconds = retry_after.as_secs_f64().ceil() as u64;
                let detail = format!("tried too often: wait {seconds} s");
                Self::TooMany(Json(Problem::new(StatusCode::TOO_MANY_REQUESTS, "throttled", detail)), seconds)
            }
            domain::Error::NumberTaken => {
                Self::Conflict(Json(Problem::new(StatusCode::CONFLICT, "number_taken", error.to_string())))
            }
            domain::Error::Twilio(error) => Self::twilio(&error),
            domain::Error::Provider(error) => error.into(),
            domain::Error::LimitReached(limit) => {
                let problem = Problem::new(StatusCode::TOO_MANY_REQUESTS, "limit_reached", limit.to_string());
                Self::TooMany(Json(problem), LOOK_AGAIN)
            }
            // Which key is missing is no secret (`GET /vault` names it), and tells whom to ask.
            domain::Error::Vault(domain::vault::Error::KeyLost { ref key_id }) => {
                tracing::error!(error = %chain(&error), "request failed");
                let detail =
                    format!("what was sealed with the operator's vault key `{key_id}` cannot be opened: it is missing");
                Self::Internal(Json(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "vault_key_lost", detail)))
            }
            domain::Error::Database(_)
            | domain::Error::Queue(_)
            | domain::Error::Vault(_)
            | domain::Error::Blobs(_)
            | domain::Error::Mail(_)
            | domain::Error::Stored { .. } => Self::internal(error),
        }
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let unauthorized =
            |code| Self::Unauthorized(Json(Problem::new(StatusCode::UNAUTHORIZED, code, refusal.to_string())));
        match refusal {
            Refusal::WrongCredentials => unauthorized("wrong_credentials"),
            Refusal::SessionOver => unauthorized("session_over"),
            Refusal::RefreshRace => {
                Self::Conflict(Json(Problem::new(StatusCode::CONFLICT, "refresh_race", refusal.to_string())))
            }
            Refusal::TenantSuspended => Self::forbidden("tenant_suspended", refusal.to_string()),
            Refusal::NoTenant => Self::forbidden("no_tenant", refusal.to_string()),
        }
    }
}

impl From<ProviderError> for ApiError {
    fn from(error: ProviderError) -> Self {
        tracing::warn!(provider = error.provider, error.kind = error.kind.name(), %error, "provider failed");
        // The kind is no secret and tells an operator where to look; the provider's own words stay in the log.
        let detail = format!("a speech or language provider failed: {}", error.kind);
        match error.kind {
            ErrorKind::Timeout => Self::Timeout(Json(Problem::new(StatusCode::GATEWAY_TIMEOUT, "timeout", detail))),
            _ => Self::Provider(Json(Problem::new(StatusCode::BAD_GATEWAY, "provider_failed", detail))),
        }
    }
}

/// Seconds after which a tenant's limit may have room again: a call has ended, or an operator has made some.
const LOOK_AGAIN: u64 = 60;

/// All that a caller learns of a failure of ours.
pub(crate) const INTERNAL: &str = "the server failed; its log has the cause";

/// Everything that is not a response yet (no such path, wrong method, unreadable input) as a problem.
pub(crate) fn map_error(error: poem::Error) -> Response {
    if error.is_from_response() {
        return error.into_response();
    }
    let status = error.status();
    if status.is_server_error() {
        tracing::error!(%error, "request failed");
        return Problem::new(status, "internal", INTERNAL).into_http();
    }
    let (status, code) = match status {
        StatusCode::UNAUTHORIZED => return crate::auth::refused().into_response(),
        StatusCode::NOT_FOUND => (status, "not_found"),
        StatusCode::METHOD_NOT_ALLOWED => (status, "method_not_allowed"),
        StatusCode::PAYLOAD_TOO_LARGE => (status, "payload_too_large"),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => (status, "unsupported_media"),
        // Unreadable JSON is 400; JSON of the wrong shape, or a value out of its range, is 422.
        StatusCode::BAD_REQUEST if is_wrong_shape(&error) => (StatusCode::UNPROCESSABLE_ENTITY, "invalid"),
        _ => (status, "bad_request"),
    };
    Problem::new(status, code, error.to_string()).into_http()
}

/// poem-openapi has one type for unreadable JSON and for JSON that does not fit; only the words differ.
fn is_wrong_shape(error: &poem::Error) -> bool {
    use poem_openapi::error::{ParseParamError, ParseRequestPayloadError};
    // serde_json tells where it could not read on.
    let is_unreadable = |text: String| text.contains(" at line ") && text.contains(" column ");
    error.is::<ParseParamError>() || (error.is::<ParseRequestPayloadError>() && !is_unreadable(error.to_string()))
}

/// The error with what caused it, on one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}

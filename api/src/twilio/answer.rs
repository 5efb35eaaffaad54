//! What webhooks are answered with.

use domain::calls::NextStep;
use poem::http::StatusCode;
use poem_openapi::{
    ApiResponse,
    payload::{Json, PlainText},
};

use super::twiml::{self, Verb};
use crate::problem::{INTERNAL, Problem, chain};

/// An answer that Twilio acts on.
#[derive(ApiResponse)]
pub enum Answer {
    /// TwiML: what the call is to do next
    #[oai(status = 200, content_type = "text/xml")]
    Twiml(PlainText<String>),
}

impl Answer {
    pub fn verbs(verbs: &[Verb<'_>]) -> Self {
        Self::Twiml(PlainText(twiml::response(verbs)))
    }

    /// For a call that cannot go on.
    pub fn apology() -> Self {
        const SORRY: &str = "We are sorry. There is a technical problem. Please call again in a few minutes.";
        Self::verbs(&[Verb::Say(SORRY), Verb::Hangup])
    }

    /// For a tenant that an operator has suspended. Its callers need not know.
    pub fn unavailable() -> Self {
        const BYE: &str = "We are sorry. The number you have called is not available at the moment. Good-bye.";
        Self::verbs(&[Verb::Say(BYE), Verb::Hangup])
    }

    /// For a call that the tenant's limits leave no room for: the agent's transfer, where it has one.
    pub fn busy(step: &NextStep) -> Self {
        const BUSY: &str = "We are sorry. All our lines are busy right now. Please call again in a little while.";
        match step {
            NextStep::Transfer(to) => Self::verbs(&[Verb::Dial(to), Verb::Hangup]),
            NextStep::Hangup | NextStep::Continue => Self::verbs(&[Verb::Say(BUSY), Verb::Hangup]),
        }
    }

    pub fn not_in_service() -> Self {
        Self::verbs(&[Verb::Say("The number you have called is not in service."), Verb::Hangup])
    }
}

/// A webhook that is not acted on.
#[derive(ApiResponse, Debug)]
pub enum Refusal {
    /// The request is not signed with the number's own auth token (`bad_signature`)
    #[oai(status = 403, content_type = "application/problem+json")]
    Forbidden(Json<Problem>),
    /// A parameter is not what Twilio sends (`invalid`)
    #[oai(status = 422, content_type = "application/problem+json")]
    Invalid(Json<Problem>),
    /// Our own failure; the log has the cause (`internal`)
    #[oai(status = 500, content_type = "application/problem+json")]
    Internal(Json<Problem>),
    /// This process is stopping or full; another one, or Twilio's next try, may take the call (`unavailable`)
    #[oai(status = 503, content_type = "application/problem+json")]
    Unavailable(Json<Problem>),
}

impl Refusal {
    pub fn bad_signature() -> Self {
        Self::Forbidden(Json(Problem::new(
            StatusCode::FORBIDDEN,
            "bad_signature",
            "X-Twilio-Signature is not what the number's auth token gives for the configured public URL",
        )))
    }

    pub fn unavailable(why: &str) -> Self {
        Self::Unavailable(Json(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", why)))
    }
}

impl From<domain::Error> for Refusal {
    fn from(error: domain::Error) -> Self {
        if let domain::Error::Invalid { .. } = error {
            return Self::Invalid(Json(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", error.to_string())));
        }
        tracing::error!(error = %chain(&error), "a webhook failed");
        Self::Internal(Json(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", INTERNAL)))
    }
}

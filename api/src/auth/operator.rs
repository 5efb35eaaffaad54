use domain::{
    access::{Actor, By},
    id::TenantId,
    operators, users,
};
use poem::{Request, RequestBody, http::StatusCode};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions, registry::Registry};

use super::SignedIn;
use crate::{
    client,
    problem::{ApiError, Problem},
};

/// Somebody who runs the platform (`OPERATOR_EMAILS`): taken by handlers that serve no tenant.
///
/// What [`SignedIn`] refuses, and 403 (`forbidden`) for everybody else, an API key's holder too.
pub struct Operator {
    /// The tenant that they are signed in to.
    pub own: TenantId,
    by: By,
}

impl Operator {
    /// For the audit log of the tenant that they act on.
    pub const fn by(&self) -> &By {
        &self.by
    }
}

impl<'a> ApiExtractor<'a> for Operator {
    const TYPES: &'static [ApiExtractorType] = SignedIn::TYPES;
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        SignedIn::register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        SignedIn::security_schemes()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let person = SignedIn::from_request(request, body, options).await?;
        let state = super::state(request);
        let user = users::find(&state.database, person.user).await.map_err(ApiError::from)?;
        if !operators::is_operator(&user, &state.settings.operators.operator_emails) {
            let detail = "this is for the people who run the platform, with a confirmed e-mail address";
            let problem = Problem::new(StatusCode::FORBIDDEN, "forbidden", detail);
            return Err(poem::Error::from_response(problem.into_http()));
        }
        let by = By { actor: Actor::Operator(person.user), address: client::address(request) };
        Ok(Self { own: person.tenant, by })
    }
}

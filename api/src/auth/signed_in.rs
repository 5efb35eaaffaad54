use domain::{
    access::{Actor, By, Principal, Who},
    entity::membership::Role,
    id::{SessionId, TenantId, UserId},
};
use poem::{Request, RequestBody, http::StatusCode};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions, registry::Registry};

use super::{BearerToken, Proof};
use crate::{client, problem::Problem};

/// A person with a session: taken by handlers that serve them themselves and not their tenant.
///
/// 401 without a valid access token, 403 (`session_needed`) with an API key: it is no person's.
pub struct SignedIn {
    pub user: UserId,
    pub session: SessionId,
    pub tenant: TenantId,
    pub role: Role,
    by: By,
}

impl SignedIn {
    pub fn principal(&self) -> Principal {
        Principal { tenant: self.tenant, who: Who::User { id: self.user, session: self.session, role: self.role } }
    }

    /// For the audit log.
    pub const fn by(&self) -> &By {
        &self.by
    }
}

impl<'a> ApiExtractor<'a> for SignedIn {
    const TYPES: &'static [ApiExtractorType] = BearerToken::TYPES;
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        BearerToken::register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        BearerToken::security_schemes()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let BearerToken(proof) = BearerToken::from_request(request, body, options).await?;
        let Proof::Session(proven) = proof else { return Err(session_needed()) };
        Ok(Self {
            user: proven.user,
            session: proven.session,
            tenant: proven.principal.tenant,
            role: proven.role,
            by: By { actor: Actor::User(proven.user), address: client::address(request) },
        })
    }
}

fn session_needed() -> poem::Error {
    let detail = "this serves a person: sign in (`POST /auth/sign-in`); an API key is nobody's";
    poem::Error::from_response(Problem::new(StatusCode::FORBIDDEN, "session_needed", detail).into_http())
}

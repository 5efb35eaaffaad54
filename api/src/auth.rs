//! Who asks: an API key names the tenant.

use domain::api_keys::Principal;
use poem::{FromRequest, Request, RequestBody, http::StatusCode};
use poem_openapi::{
    SecurityScheme,
    auth::{ApiKey, Bearer},
};

use crate::{AppState, problem::Problem};

/// An API key as `Authorization: Bearer swb_…`
#[derive(SecurityScheme)]
#[oai(rename = "bearer", ty = "bearer", checker = "check_bearer")]
pub struct BearerKey(Principal);

/// An API key as `X-API-Key: swb_…`
#[derive(SecurityScheme)]
#[oai(rename = "api_key", ty = "api_key", key_name = "X-API-Key", key_in = "header", checker = "check_header")]
pub struct HeaderKey(Principal);

/// Either of the two.
// The last one's error is the one that a caller without a key sees.
#[derive(SecurityScheme)]
pub enum Key {
    Header(HeaderKey),
    Bearer(BearerKey),
}

impl Key {
    pub fn principal(&self) -> &Principal {
        match self {
            Self::Header(HeaderKey(principal)) | Self::Bearer(BearerKey(principal)) => principal,
        }
    }

    pub fn tenant(&self) -> domain::id::TenantId {
        self.principal().tenant
    }
}

async fn check_bearer(request: &Request, bearer: Bearer) -> poem::Result<Principal> {
    authenticate(request, &bearer.token).await
}

async fn check_header(request: &Request, key: ApiKey) -> poem::Result<Principal> {
    authenticate(request, &key.key).await
}

/// The principal of a request outside the documented operations (a socket's handshake): the same two headers.
pub struct Caller(pub Principal);

impl<'a> FromRequest<'a> for Caller {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        let bearer = request.header("authorization").and_then(|value| {
            let (scheme, token) = value.split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
        });
        let key = request.header("x-api-key").or(bearer).ok_or_else(refused)?;
        authenticate(request, key).await.map(Self)
    }
}

/// The principal whose key this is; 401 when it is nobody's.
pub async fn authenticate(request: &Request, key: &str) -> poem::Result<Principal> {
    let state = request.data::<AppState>().expect("the app carries its state");
    match domain::api_keys::authenticate(&state.database, key).await {
        Ok(Some(principal)) => Ok(principal),
        Ok(None) => Err(refused()),
        Err(error) => Err(crate::problem::ApiError::from(error).into()),
    }
}

pub(crate) fn refused() -> poem::Error {
    let problem = Problem::new(
        StatusCode::UNAUTHORIZED,
        "unauthorized",
        "an API key is needed: `Authorization: Bearer swb_…` or `X-API-Key: swb_…`",
    );
    poem::Error::from_response(problem.into_http())
}

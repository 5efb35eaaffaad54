//! Who asks: an API key or an access token names the tenant.

pub(crate) mod cookies;
mod operator;
mod signed_in;

use std::marker::PhantomData;

use domain::{
    access::{By, Permission, Principal},
    id::TenantId,
    sessions::{self, Proven},
};
use poem::{Body, Request, RequestBody, http::StatusCode};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions, SecurityScheme,
    auth::{ApiKey, Bearer},
    registry::Registry,
};

pub use self::{operator::Operator, signed_in::SignedIn};
use crate::{
    AppState, client,
    problem::{ApiError, Problem},
    rates,
};

/// An API key or a session's access token as `Authorization: Bearer …`
#[derive(SecurityScheme)]
#[oai(rename = "bearer", ty = "bearer", checker = "check_bearer")]
struct BearerToken(Proof);

/// An API key as `X-API-Key: swb_…`
#[derive(SecurityScheme)]
#[oai(rename = "api_key", ty = "api_key", key_name = "X-API-Key", key_in = "header", checker = "check_header")]
struct HeaderKey(Principal);

/// What somebody proved to be theirs.
enum Proof {
    Key(Principal),
    Session(Proven),
}

impl Proof {
    fn principal(self) -> Principal {
        match self {
            Self::Key(principal) => principal,
            Self::Session(proven) => proven.principal,
        }
    }
}

/// Whoever may do `P`: taken by every handler that serves a tenant, and all that lets a request in.
///
/// 401 without a valid key, 403 (`forbidden`) where it does not permit `P`.
pub struct Can<P> {
    principal: Principal,
    by: By,
    needs: PhantomData<P>,
}

/// What [`Can`] asks for.
pub trait Needs: Send + Sync + 'static {
    const PERMISSION: Permission;
}

macro_rules! needs {
    ($($name:ident)*) => {$(
        #[doc = concat!("[`Permission::", stringify!($name), "`]")]
        pub struct $name;

        impl Needs for $name {
            const PERMISSION: Permission = Permission::$name;
        }
    )*};
}

needs!(Read Converse Configure Administer Own);

impl<P> Can<P> {
    pub fn tenant(&self) -> TenantId {
        self.principal.tenant
    }

    pub const fn principal(&self) -> &Principal {
        &self.principal
    }

    /// For the audit log.
    pub const fn by(&self) -> &By {
        &self.by
    }
}

impl<'a, P: Needs> ApiExtractor<'a> for Can<P> {
    const TYPES: &'static [ApiExtractorType] = BearerToken::TYPES;
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        HeaderKey::register(registry);
        BearerToken::register(registry);
    }

    fn security_schemes() -> Vec<&'static str> {
        [HeaderKey::security_schemes(), BearerToken::security_schemes()].concat()
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let principal = match request.data::<Principal>() {
            Some(proven) => proven.clone(),
            None => prove(request, body, options).await?,
        };
        admit(request, principal)
    }
}

/// Who sends the request. Put it into the request's data, and [`Can`] does not ask again.
///
/// 400 where two prove themselves: operations for tenants would believe the one, operations for people the other.
pub async fn principal(request: &Request) -> poem::Result<Principal> {
    let has = |name: &str| request.headers().contains_key(name);
    if has("x-api-key") && has("authorization") {
        return Err(ApiError::bad_request("send `X-API-Key` or `Authorization`, not both").into());
    }
    prove(request, &mut RequestBody::new(Body::empty()), ExtractParamOptions::default()).await
}

/// A key in its own header counts alone: why it is refused would be lost with a second try.
async fn prove(request: &Request, body: &mut RequestBody, options: ExtractParamOptions<()>) -> poem::Result<Principal> {
    if request.headers().contains_key("x-api-key") {
        let HeaderKey(principal) = HeaderKey::from_request(request, body, options).await?;
        return Ok(principal);
    }
    let BearerToken(proof) = BearerToken::from_request(request, body, options).await?;
    Ok(proof.principal())
}

/// [`Can`] for a request outside the documented operations (a socket's handshake), which proves itself by `token`, a
/// key or an access token, or by the same two headers as the others.
pub async fn can<P: Needs>(request: &Request, token: Option<&str>) -> poem::Result<Can<P>> {
    let bearer = || {
        let (scheme, token) = request.header("authorization")?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    };
    let token = token.or_else(|| request.header("x-api-key")).or_else(bearer).ok_or_else(refused)?;
    admit(request, authenticate(request, token).await?.principal())
}

fn admit<P: Needs>(request: &Request, principal: Principal) -> poem::Result<Can<P>> {
    if !principal.may(P::PERMISSION) {
        return Err(poem::Error::from_response(forbidden(P::PERMISSION).into_http()));
    }
    let by = By { actor: principal.actor(), address: client::address(request) };
    Ok(Can { principal, by, needs: PhantomData })
}

fn forbidden(permission: Permission) -> Problem {
    let detail =
        format!("this needs the permission `{}`: a role or an API key's scope that gives it", permission.name());
    Problem::new(StatusCode::FORBIDDEN, "forbidden", detail)
}

async fn check_bearer(request: &Request, bearer: Bearer) -> poem::Result<Proof> {
    authenticate(request, &bearer.token).await
}

async fn check_header(request: &Request, key: ApiKey) -> poem::Result<Principal> {
    key_owner(request, &key.key).await
}

/// Whose API key or access token this is; 401 when it is nobody's, 429 when they ask too often.
async fn authenticate(request: &Request, token: &str) -> poem::Result<Proof> {
    if token.starts_with("swb_") {
        return key_owner(request, token).await.map(Proof::Key);
    }
    rates::check_stranger(request)?;
    let state = state(request);
    let proven = sessions::authenticate(&state.database, &state.access_tokens, token, domain::entity::now()).await;
    let proven = proven.map_err(ApiError::from)?.ok_or_else(|| stranger(request))?;
    rates::admit(request, proven.principal.tenant).await?;
    Ok(Proof::Session(proven))
}

async fn key_owner(request: &Request, key: &str) -> poem::Result<Principal> {
    rates::check_stranger(request)?;
    let principal = domain::api_keys::authenticate(&state(request).database, key, domain::entity::now()).await;
    let principal = principal.map_err(ApiError::from)?.ok_or_else(|| stranger(request))?;
    rates::admit(request, principal.tenant).await?;
    Ok(principal)
}

fn stranger(request: &Request) -> poem::Error {
    rates::count_stranger(request);
    refused()
}

pub(crate) fn state(request: &Request) -> &AppState {
    request.data::<AppState>().expect("the app carries its state")
}

pub(crate) fn refused() -> poem::Error {
    let problem = Problem::new(
        StatusCode::UNAUTHORIZED,
        "unauthorized",
        "an API key (`Authorization: Bearer swb_…` or `X-API-Key: swb_…`) or a session's access token \
         (`Authorization: Bearer …`, from `POST /auth/sign-in`) is needed",
    );
    poem::Error::from_response(problem.into_http())
}

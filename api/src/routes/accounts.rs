//! Signing up, in and out.

use domain::{
    access::Permission,
    accounts,
    entity::{self, membership::Role, tenant::Status, user},
    members, operators,
    sessions::{self, Opened},
};
use poem::{Request, http::header, web::Data};
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    payload::{Json, Response},
    types::Example,
};
use secrecy::{ExposeSecret, SecretString};

use super::Tag;
use crate::{
    AppState,
    auth::{SignedIn, cookies},
    client::client,
    config,
    problem::ApiError,
};

pub struct Accounts;

/// Somebody new, with a tenant of their own.
#[derive(Object)]
#[oai(example)]
struct SignUp {
    email: String,
    /// 12–128 characters.
    #[oai(validator(max_length = 512))]
    password: String,
    /// 1–200 characters.
    name: String,
    /// 1–200 characters.
    tenant_name: String,
    /// For browsers: the refresh token goes into a cookie and not into the answer.
    #[oai(default)]
    cookies: bool,
}

impl Example for SignUp {
    fn example() -> Self {
        Self {
            email: "ada@example.com".into(),
            password: "correct horse battery".into(),
            name: "Ada Lovelace".into(),
            tenant_name: "Corner Bakery".into(),
            cookies: false,
        }
    }
}

#[derive(Object)]
#[oai(example)]
struct SignIn {
    email: String,
    #[oai(validator(max_length = 512))]
    password: String,
    /// For browsers: the refresh token goes into a cookie and not into the answer.
    #[oai(default)]
    cookies: bool,
}

impl Example for SignIn {
    fn example() -> Self {
        Self { email: "ada@example.com".into(), password: "correct horse battery".into(), cookies: false }
    }
}

/// A refresh token; a browser leaves it out, for it comes in its cookie.
#[derive(Object)]
#[oai(example)]
struct Refresh {
    #[oai(skip_serializing_if_is_none, validator(max_length = 200))]
    refresh_token: Option<String>,
}

impl Example for Refresh {
    fn example() -> Self {
        Self { refresh_token: Some("3fQ9zT0bYw7Lk2RrN5uVxE8sHc1JdGm4PaWoXiKt".into()) }
    }
}

/// What a session is used by.
#[derive(Object)]
#[oai(example)]
pub(super) struct Tokens {
    /// To be sent as `Authorization: Bearer …`.
    access_token: String,
    /// Seconds that it is good for.
    expires_in: i64,
    /// For `POST /auth/refresh`, once; not there when it went into a cookie.
    #[oai(skip_serializing_if_is_none)]
    refresh_token: Option<String>,
    /// When the session is over, unless it is refreshed before.
    session_expires_at: chrono::DateTime<chrono::Utc>,
    session_id: String,
    tenant_id: String,
}

impl Example for Tokens {
    fn example() -> Self {
        Self {
            access_token: "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIi….3t9L…".into(),
            expires_in: 600,
            refresh_token: Refresh::example().refresh_token,
            session_expires_at: "2026-12-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            session_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15".into(),
            tenant_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
        }
    }
}

/// What is left out stays as it is.
#[derive(Object)]
#[oai(example)]
struct ProfileChange {
    /// 1–200 characters.
    name: Option<String>,
}

impl Example for ProfileChange {
    fn example() -> Self {
        Self { name: Some("Ada King".into()) }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<Tokens>),
}

#[derive(ApiResponse)]
enum Done {
    #[oai(status = 204)]
    NoContent,
}

/// Who is signed in, and where.
#[derive(Object)]
#[oai(example)]
struct Me {
    user: User,
    /// The session's.
    tenant: Place,
    /// What the role in it allows: `read`, `calls`, `manage`, `admin`, `own`.
    permissions: Vec<String>,
    /// All that the user belongs to, newest first; at most 100.
    tenants: Vec<Place>,
    session_id: String,
    /// Whether they run the platform (`OPERATOR_EMAILS`).
    is_operator: bool,
}

#[derive(Object)]
#[oai(example)]
struct User {
    id: String,
    email: String,
    name: String,
    /// Null: nobody has followed a link to the address yet.
    email_verified_at: Option<chrono::DateTime<chrono::Utc>>,
    created_at: chrono::DateTime<chrono::Utc>,
}

/// A tenant that the user belongs to.
#[derive(Object)]
#[oai(example)]
struct Place {
    id: String,
    name: String,
    /// `owner`, `admin`, `member` or `viewer`.
    role: String,
    /// `active`, `suspended` or `deleting`.
    status: String,
}

impl From<user::Model> for User {
    fn from(row: user::Model) -> Self {
        Self {
            id: row.id.to_string(),
            email: row.email,
            name: row.name,
            email_verified_at: row.email_verified_at,
            created_at: row.created_at,
        }
    }
}

impl From<members::Place> for Place {
    fn from(place: members::Place) -> Self {
        let role = match place.role {
            Role::Viewer => "viewer",
            Role::Member => "member",
            Role::Admin => "admin",
            Role::Owner => "owner",
        };
        let status = match place.tenant.status {
            _ if place.tenant.delete_at.is_some() => "deleting",
            Status::Active => "active",
            Status::Suspended => "suspended",
        };
        Self { id: place.tenant.id.to_string(), name: place.tenant.name, role: role.into(), status: status.into() }
    }
}

impl Example for Me {
    fn example() -> Self {
        Self {
            user: User::example(),
            tenant: Place::example(),
            permissions: vec!["read".into(), "calls".into(), "manage".into(), "admin".into(), "own".into()],
            tenants: vec![Place::example()],
            session_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b15".into(),
            is_operator: false,
        }
    }
}

impl Example for User {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b14".into(),
            email: "ada@example.com".into(),
            name: "Ada Lovelace".into(),
            email_verified_at: None,
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

impl Example for Place {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
            name: "Corner Bakery".into(),
            role: "owner".into(),
            status: "active".into(),
        }
    }
}

#[OpenApi(tag = "Tag::Accounts")]
impl Accounts {
    /// Sign up
    ///
    /// Makes an account, a tenant that it owns, and a session there. A mail asks to confirm the address. 403
    /// (`sign_up_closed`) where strangers are not taken in; 409 where the address has an account.
    #[oai(path = "/auth/sign-up", method = "post")]
    async fn sign_up(
        &self,
        request: &Request,
        state: Data<&AppState>,
        new: Json<SignUp>,
    ) -> Result<Response<Made>, ApiError> {
        if state.settings.accounts.sign_up == config::SignUp::Closed {
            return Err(ApiError::forbidden("sign_up_closed", "people come in here by invitation"));
        }
        let SignUp { email, password, name, tenant_name, cookies } = new.0;
        if cookies {
            cookies::check_origin(request)?;
        }
        let new = accounts::NewAccount { email, password: password.into(), name, tenant_name };
        let (opened, mail) = accounts::sign_up(&state.database, &client(request), new, entity::now()).await?;
        state.post.send(mail);
        let (tokens, lines) = handed_out(&state, opened, cookies);
        Ok(with_cookies(Response::new(Made::Created(Json(tokens))), lines))
    }

    /// Sign in
    ///
    /// Opens a session in the tenant where the user was last. 401 (`wrong_credentials`) alike for an unknown address
    /// and a wrong password; 429 (`throttled`) when it was tried too often, for the address or from the network.
    #[oai(path = "/auth/sign-in", method = "post")]
    async fn sign_in(
        &self,
        request: &Request,
        state: Data<&AppState>,
        credentials: Json<SignIn>,
    ) -> Result<Response<Json<Tokens>>, ApiError> {
        let SignIn { email, password, cookies } = credentials.0;
        if cookies {
            cookies::check_origin(request)?;
        }
        let password = SecretString::from(password);
        let opened = accounts::sign_in(&state.database, &client(request), &email, &password, entity::now()).await?;
        let (tokens, lines) = handed_out(&state, opened, cookies);
        Ok(with_cookies(Response::new(Json(tokens)), lines))
    }

    /// Go on with a session
    ///
    /// Takes a refresh token, which serves once, and gives another and a new access token: in the body for one in
    /// the body, in the cookie for one in the cookie, which needs the header `X-CSRF-Token` with the value of the
    /// cookie `__Host-switchboard_csrf` (403, `csrf`). A token that was used before ends the session (401,
    /// `session_over`), for somebody else may have it; within ten seconds of its use it is taken for haste and ends
    /// nothing (409, `refresh_race`).
    #[oai(path = "/auth/refresh", method = "post")]
    async fn refresh(
        &self,
        request: &Request,
        state: Data<&AppState>,
        refresh: Json<Refresh>,
    ) -> Result<Response<Json<Tokens>>, ApiError> {
        let (token, is_cookie) = token(request, refresh.0)?;
        let opened = sessions::refresh(&state.database, &token, &client(request), entity::now()).await?;
        let (tokens, lines) = handed_out(&state, opened, is_cookie);
        Ok(with_cookies(Response::new(Json(tokens)), lines))
    }

    /// Sign out
    ///
    /// Ends the session of the refresh token, in the body or in the cookie (with `X-CSRF-Token`), and takes the
    /// cookies away. One that is over already is no error.
    #[oai(path = "/auth/sign-out", method = "post")]
    async fn sign_out(
        &self,
        request: &Request,
        state: Data<&AppState>,
        refresh: Json<Refresh>,
    ) -> Result<Response<Done>, ApiError> {
        let (token, is_cookie) = token(request, refresh.0)?;
        sessions::sign_out(&state.database, &token, &client(request)).await?;
        Ok(with_cookies(Response::new(Done::NoContent), is_cookie.then(cookies::none)))
    }

    /// Who is signed in
    #[oai(path = "/auth/me", method = "get")]
    async fn me(&self, me: SignedIn, state: Data<&AppState>) -> Result<Json<Me>, ApiError> {
        seen(&me, &state).await
    }

    /// Change one's own name
    #[oai(path = "/auth/me", method = "patch")]
    async fn rename(
        &self,
        me: SignedIn,
        state: Data<&AppState>,
        change: Json<ProfileChange>,
    ) -> Result<Json<Me>, ApiError> {
        if let Some(name) = &change.0.name {
            accounts::rename(&state.database, me.user, me.by(), name, entity::now()).await?;
        }
        seen(&me, &state).await
    }
}

async fn seen(me: &SignedIn, state: &AppState) -> Result<Json<Me>, ApiError> {
    let profile = accounts::profile(&state.database, me.tenant, me.user).await?;
    let principal = me.principal();
    let may = Permission::ALL.into_iter().filter(|permission| principal.may(*permission));
    let operators = &state.settings.operators.operator_emails;
    Ok(Json(Me {
        is_operator: operators::is_operator(&profile.user, operators),
        user: profile.user.into(),
        tenant: members::Place { tenant: profile.tenant, role: me.role }.into(),
        permissions: may.map(|permission| permission.name().to_owned()).collect(),
        tenants: profile.places.into_iter().map(Place::from).collect(),
        session_id: me.session.to_string(),
    }))
}

/// The refresh token, and whether it came in the cookie.
fn token(request: &Request, refresh: Refresh) -> Result<(SecretString, bool), ApiError> {
    if let Some(token) = refresh.refresh_token {
        return Ok((token.into(), false));
    }
    let token = cookies::refresh_token(request)?.ok_or(domain::Refusal::SessionOver)?;
    Ok((token, true))
}

/// What the client gets: the refresh token in the body, or in cookies.
pub(super) fn handed_out(state: &AppState, opened: Opened, in_cookies: bool) -> (Tokens, Option<[String; 2]>) {
    let (session, now) = (&opened.session, entity::now());
    let (access_token, lifetime) = state.access_tokens.issue(session.tenant_id, session.user_id, session.id, now);
    let tokens = Tokens {
        access_token: access_token.expose_secret().to_owned(),
        expires_in: lifetime.num_seconds(),
        refresh_token: (!in_cookies).then(|| opened.refresh_token.expose_secret().to_owned()),
        session_expires_at: session.expires_at,
        session_id: session.id.to_string(),
        tenant_id: session.tenant_id.to_string(),
    };
    (tokens, in_cookies.then(|| cookies::of(&opened, now)))
}

pub(super) fn with_cookies<T>(response: Response<T>, lines: Option<[String; 2]>) -> Response<T> {
    lines.into_iter().flatten().fold(response, |response, line| response.header(header::SET_COOKIE, line))
}

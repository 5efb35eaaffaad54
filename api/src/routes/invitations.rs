use chrono::{DateTime, Utc};
use domain::{
    entity::{self, invitation::Model},
    invitations::{self, Newcomer, Offer as Found},
    page::Paging,
    sessions,
    users::Email,
};
use poem::{Request, web::Data};
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::{Json, Response},
    types::{Example, Password},
};

use super::{
    Tag,
    accounts::{Tokens, handed_out, with_cookies},
    members::Role,
    page,
};
use crate::{
    AppState,
    auth::{Administer, Can, SignedIn, cookies},
    client::client,
    problem::ApiError,
};

pub struct Invitations;

/// Somebody to be invited.
#[derive(Object)]
#[oai(example)]
struct NewInvitation {
    /// Whom it is for: nobody with another address can take it.
    email: String,
    /// No more than the caller has.
    role: Role,
}

impl Example for NewInvitation {
    fn example() -> Self {
        Self { email: "bob@example.com".into(), role: Role::Member }
    }
}

/// A place in the tenant that waits for somebody to take it.
#[derive(Object)]
#[oai(example)]
struct Invitation {
    id: String,
    /// Null: it is for whoever has the link.
    email: Option<String>,
    role: Role,
    /// Null: an API key, or the first start.
    invited_by: Option<String>,
    created_at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
}

impl From<Model> for Invitation {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            email: row.email,
            role: row.role.into(),
            invited_by: row.invited_by.map(|user| user.to_string()),
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

impl Example for Invitation {
    fn example() -> Self {
        let at = |time: &str| time.parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b18".into(),
            email: Some("bob@example.com".into()),
            role: Role::Member,
            invited_by: Some("01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b16".into()),
            created_at: at("2026-11-22T15:04:05.123456Z"),
            expires_at: at("2026-11-29T15:04:05.123456Z"),
        }
    }
}

/// Invitations, newest first.
#[derive(Object)]
#[oai(example)]
struct InvitationList {
    items: Vec<Invitation>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for InvitationList {
    fn example() -> Self {
        Self { items: vec![Invitation::example()], next_cursor: None }
    }
}

/// An invitation, and the only sight of its link.
#[derive(Object)]
struct MadeInvitation {
    /// To be passed on where the mail does not come. Good once, for seven days.
    link: Password,
    invitation: Invitation,
}

/// What a link carries.
#[derive(Object)]
#[oai(example)]
struct InvitationToken {
    token: Password,
}

impl Example for InvitationToken {
    fn example() -> Self {
        Self { token: Password("nJ7Zk4mQ0aVb1xXc9LrT2eYw5uHs8dGf3pRiKoAt".into()) }
    }
}

/// What an invitation offers.
#[derive(Object)]
#[oai(example)]
struct InvitationOffer {
    tenant_name: String,
    role: Role,
    /// Null: it is for whoever has the link.
    email: Option<String>,
    /// Whether the address has an account: then one signs in and accepts, else one signs up.
    has_account: bool,
    expires_at: DateTime<Utc>,
}

impl From<Found> for InvitationOffer {
    fn from(offer: Found) -> Self {
        Self {
            tenant_name: offer.tenant_name,
            role: offer.role.into(),
            email: offer.email,
            has_account: offer.has_account,
            expires_at: offer.expires_at,
        }
    }
}

impl Example for InvitationOffer {
    fn example() -> Self {
        Self {
            tenant_name: "Corner Bakery".into(),
            role: Role::Member,
            email: Some("bob@example.com".into()),
            has_account: false,
            expires_at: "2026-11-29T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// Somebody who comes in by an invitation and has no account yet.
#[derive(Object)]
#[oai(example)]
struct InvitedSignUp {
    token: Password,
    /// 1–200 characters.
    name: String,
    /// 12–128 characters.
    password: Password,
    /// Needed where the invitation is for whoever has the link; else the invitation's own counts.
    email: Option<String>,
    /// For browsers: the refresh token comes in a cookie instead of the body.
    #[oai(default)]
    cookies: bool,
}

impl Example for InvitedSignUp {
    fn example() -> Self {
        Self {
            token: InvitationToken::example().token,
            name: "Bob".into(),
            password: Password("a long sentence that nobody guesses".into()),
            email: None,
            cookies: false,
        }
    }
}

/// An invitation that somebody takes who is signed in.
#[derive(Object)]
#[oai(example)]
struct InvitationAcceptance {
    token: Password,
    /// For browsers: the refresh token comes in a cookie instead of the body.
    #[oai(default)]
    cookies: bool,
}

impl Example for InvitationAcceptance {
    fn example() -> Self {
        Self { token: InvitationToken::example().token, cookies: false }
    }
}

/// Where a session is to go.
#[derive(Object)]
#[oai(example)]
struct TenantSwitch {
    tenant_id: String,
    /// For browsers: the refresh token comes in a cookie instead of the body.
    #[oai(default)]
    cookies: bool,
}

impl Example for TenantSwitch {
    fn example() -> Self {
        Self { tenant_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(), cookies: false }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<MadeInvitation>),
}

#[derive(ApiResponse)]
enum SignedUp {
    #[oai(status = 201)]
    Created(Json<Tokens>),
}

#[derive(ApiResponse)]
enum Withdrawn {
    /// It opens nothing any more
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Tenant")]
impl Invitations {
    /// Invite somebody
    ///
    /// By mail, and by the link in this answer, which is shown never again. Both are good for seven days and once. The
    /// one in the mail also proves the address; the one shown here does not, for its reader is somebody else. An
    /// earlier invitation of the address is replaced. 403 (`escalation`) for a role beyond the caller's, 409 for
    /// somebody who is a member already.
    #[oai(path = "/invitations", method = "post")]
    async fn create(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        new: Json<NewInvitation>,
    ) -> Result<Made, ApiError> {
        let NewInvitation { email, role } = new.0;
        let (email, now) = (Email::parse(&email)?, entity::now());
        let made =
            invitations::invite(&state.database, caller.principal(), caller.by(), &email, role.into(), now).await?;
        made.mail.into_iter().for_each(|mail| state.post.send(mail));
        let link = Password(invitations::link(state.post.base(), &made.token));
        Ok(Made::Created(Json(MadeInvitation { link, invitation: made.invitation.into() })))
    }

    /// The invitations that wait, newest first
    #[oai(path = "/invitations", method = "get")]
    async fn list(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Invitations a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<InvitationList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let page = invitations::list(&state.database, caller.tenant(), paging).await?.map(Invitation::from);
        Ok(Json(InvitationList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// Take an invitation back
    #[oai(path = "/invitations/:id", method = "delete")]
    async fn withdraw(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Withdrawn, ApiError> {
        let id = super::id(&id, "invitation")?;
        invitations::withdraw(&state.database, caller.tenant(), caller.by(), id).await?;
        Ok(Withdrawn::Done)
    }

    /// What an invitation offers
    ///
    /// 404 where the token is unknown, expired, used or withdrawn.
    #[oai(path = "/auth/invitations/look-up", method = "post")]
    async fn look_up(
        &self,
        state: Data<&AppState>,
        token: Json<InvitationToken>,
    ) -> Result<Json<InvitationOffer>, ApiError> {
        let token = token.0.token.0.into();
        Ok(Json(invitations::offer(&state.database, &token, entity::now()).await?.into()))
    }

    /// Sign up by an invitation
    ///
    /// Makes an account, gives it its place in the tenant, and opens a session there. 409 where the address has an
    /// account: sign in and accept.
    #[oai(path = "/auth/invitations/sign-up", method = "post")]
    async fn sign_up(
        &self,
        request: &Request,
        state: Data<&AppState>,
        new: Json<InvitedSignUp>,
    ) -> Result<Response<SignedUp>, ApiError> {
        let InvitedSignUp { token, name, password, email, cookies } = new.0;
        if cookies {
            cookies::check_origin(request)?;
        }
        let new = Newcomer { email, name, password: password.0.into() };
        let (db, token) = (&state.database, token.0.into());
        let (opened, mail) = invitations::accept_as_new(db, &token, new, &client(request), entity::now()).await?;
        mail.into_iter().for_each(|mail| state.post.send(mail));
        let (tokens, lines) = handed_out(&state, opened, cookies);
        Ok(with_cookies(Response::new(SignedUp::Created(Json(tokens))), lines))
    }

    /// Accept an invitation
    ///
    /// For whoever is signed in with the address that it is for. The session goes over to the tenant, as by
    /// `POST /auth/switch`. 409 where it is for another address, or one is a member already.
    #[oai(path = "/auth/invitations/accept", method = "post")]
    async fn accept(
        &self,
        me: SignedIn,
        request: &Request,
        state: Data<&AppState>,
        acceptance: Json<InvitationAcceptance>,
    ) -> Result<Response<Json<Tokens>>, ApiError> {
        let InvitationAcceptance { token, cookies } = acceptance.0;
        if cookies {
            cookies::check_origin(request)?;
        }
        let (db, token, client) = (&state.database, token.0.into(), client(request));
        let opened = invitations::accept(db, &token, me.user, me.session, &client, entity::now()).await?;
        let (tokens, lines) = handed_out(&state, opened, cookies);
        Ok(with_cookies(Response::new(Json(tokens)), lines))
    }

    /// Go over to another tenant
    ///
    /// The session goes on there, with a new pair of tokens; the tokens before are refused from now on. 404 where one
    /// is not a member, 403 (`tenant_suspended`) where nobody gets in.
    #[oai(path = "/auth/switch", method = "post")]
    async fn switch(
        &self,
        me: SignedIn,
        request: &Request,
        state: Data<&AppState>,
        switch: Json<TenantSwitch>,
    ) -> Result<Response<Json<Tokens>>, ApiError> {
        let TenantSwitch { tenant_id, cookies } = switch.0;
        if cookies {
            cookies::check_origin(request)?;
        }
        let (to, now) = (super::id(&tenant_id, "tenant")?, entity::now());
        let opened = sessions::switch(&state.database, to, me.by(), me.user, me.session, &client(request), now).await?;
        let (tokens, lines) = handed_out(&state, opened, cookies);
        Ok(with_cookies(Response::new(Json(tokens)), lines))
    }
}

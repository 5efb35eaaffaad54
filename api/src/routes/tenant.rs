use chrono::{DateTime, Utc};
use domain::{
    access::Who,
    accounts,
    entity::{
        now,
        tenant::{Model, Status as Kept},
    },
    members::{self, Place},
    operators,
    page::Paging,
    tenants, users,
};
use poem::{Request, web::Data};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi, param::Query, payload::Json, types::Example};
use secrecy::SecretString;

use super::{Tag, members::Role, page};
use crate::{
    AppState,
    auth::{Can, Own, Read, SignedIn},
    client::client,
    config::SignUp,
    problem::ApiError,
};

pub struct Tenants;

/// Whether a tenant is served.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub enum TenantStatus {
    Active,
    /// By an operator: nobody gets in, and callers are turned away
    Suspended,
    /// As suspended; all of it goes at `delete_at`, unless it is restored before
    Deleting,
}

impl TenantStatus {
    pub fn of(row: &Model) -> Self {
        match row.status {
            _ if row.delete_at.is_some() => Self::Deleting,
            Kept::Active => Self::Active,
            Kept::Suspended => Self::Suspended,
        }
    }
}

/// Whoever has agents, numbers and calls of their own here.
#[derive(Object)]
#[oai(example)]
struct Tenant {
    id: String,
    name: String,
    created_at: DateTime<Utc>,
    /// Whether card numbers, e-mail addresses and telephone numbers are taken out of transcripts and turns once a
    /// conversation has ended. Recordings keep the sound.
    redact_transcripts: bool,
}

impl From<Model> for Tenant {
    fn from(row: Model) -> Self {
        let Model { id, name, created_at, redact_transcripts, .. } = row;
        Self { id: id.to_string(), name, created_at, redact_transcripts }
    }
}

impl Example for Tenant {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
            name: "Corner Bakery".into(),
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            redact_transcripts: false,
        }
    }
}

/// What shall be different about a tenant; a field left out stays as it is.
#[derive(Object)]
#[oai(example)]
struct TenantChange {
    /// 1–200 characters.
    #[oai(skip_serializing_if_is_none)]
    name: Option<String>,
    /// See the tenant's field of this name. Holds for what ends from now on.
    #[oai(skip_serializing_if_is_none)]
    redact_transcripts: Option<bool>,
}

impl Example for TenantChange {
    fn example() -> Self {
        Self { name: Some("Corner Bakery".into()), redact_transcripts: Some(true) }
    }
}

/// What a tenant is called.
#[derive(Object)]
#[oai(example)]
struct TenantName {
    /// 1–200 characters.
    name: String,
}

impl Example for TenantName {
    fn example() -> Self {
        Self { name: "Corner Bakery".into() }
    }
}

/// Who deletes a tenant, and means it.
#[derive(Object)]
#[oai(example)]
struct Deletion {
    /// One's own.
    password: String,
}

impl Example for Deletion {
    fn example() -> Self {
        Self { password: "correct horse battery".into() }
    }
}

/// Who restores a tenant.
#[derive(Object)]
#[oai(example)]
struct Restoration {
    email: String,
    password: String,
    /// Which; may be left out where it is the only one of one's own that is being deleted.
    #[oai(skip_serializing_if_is_none)]
    tenant_id: Option<String>,
}

impl Example for Restoration {
    fn example() -> Self {
        Self {
            email: "ada@example.com".into(),
            password: "correct horse battery".into(),
            tenant_id: Some(Tenant::example().id),
        }
    }
}

/// A tenant that is being deleted.
#[derive(Object)]
#[oai(example)]
struct DeletedTenant {
    tenant_id: String,
    status: TenantStatus,
    /// When all of it goes for good. Null: it was restored.
    delete_at: Option<DateTime<Utc>>,
    /// What happens until then, in a sentence or two.
    notice: String,
}

impl DeletedTenant {
    fn new(row: &Model) -> Self {
        let notice = match row.delete_at {
            Some(_) => {
                "The tenant is suspended: nobody gets in and its callers are turned away. An owner restores it with \
                 `POST /auth/restore-tenant` until the day on which all of it goes. Point its numbers elsewhere at Twilio."
            }
            None => "The tenant is as it was.",
        };
        let status = TenantStatus::of(row);
        Self { tenant_id: row.id.to_string(), status, delete_at: row.delete_at, notice: notice.into() }
    }
}

impl Example for DeletedTenant {
    fn example() -> Self {
        Self {
            tenant_id: Tenant::example().id,
            status: TenantStatus::Deleting,
            delete_at: Some("2026-12-22T15:04:05.123456Z".parse().expect("a constant that parses")),
            notice: "The tenant is suspended …".into(),
        }
    }
}

/// A tenant that one belongs to.
#[derive(Object)]
#[oai(example)]
struct OwnPlace {
    tenant_id: String,
    name: String,
    status: TenantStatus,
    /// What one is there.
    role: Role,
    /// The session's.
    is_current: bool,
}

impl Example for OwnPlace {
    fn example() -> Self {
        Self {
            tenant_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b10".into(),
            name: "Corner Bakery".into(),
            status: TenantStatus::Active,
            role: Role::Owner,
            is_current: true,
        }
    }
}

/// Tenants that one belongs to, newest first.
#[derive(Object)]
#[oai(example)]
struct OwnPlaceList {
    items: Vec<OwnPlace>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for OwnPlaceList {
    fn example() -> Self {
        Self { items: vec![OwnPlace::example()], next_cursor: None }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<Tenant>),
}

#[OpenApi(tag = "Tag::Tenant")]
impl Tenants {
    /// The tenant of the key or session
    #[oai(path = "/tenant", method = "get")]
    async fn one(&self, caller: Can<Read>, state: Data<&AppState>) -> Result<Json<Tenant>, ApiError> {
        Ok(Json(tenants::find(&state.database, caller.tenant()).await?.into()))
    }

    /// Rename the tenant, or say whether transcripts are redacted
    #[oai(path = "/tenant", method = "patch")]
    async fn change(
        &self,
        caller: Can<Own>,
        state: Data<&AppState>,
        change: Json<TenantChange>,
    ) -> Result<Json<Tenant>, ApiError> {
        let TenantChange { name, redact_transcripts } = change.0;
        let change = tenants::Change { name, redact_transcripts };
        Ok(Json(tenants::change(&state.database, caller.tenant(), caller.by(), change).await?.into()))
    }

    /// Delete the tenant
    ///
    /// Asks for one's password once more. The tenant is suspended at once; after a time of grace (30 days, unless the
    /// installation says otherwise) everything goes for good: rows, recordings, keys, and the accounts of people who
    /// belong to no other tenant. Until then an owner takes it back with `POST /auth/restore-tenant`.
    #[oai(path = "/tenant/delete", method = "post")]
    async fn delete(
        &self,
        caller: Can<Own>,
        state: Data<&AppState>,
        deletion: Json<Deletion>,
    ) -> Result<Json<DeletedTenant>, ApiError> {
        let Who::User { id: owner, .. } = caller.principal().who else {
            return Err(ApiError::forbidden("session_needed", "a person deletes a tenant"));
        };
        let (password, grace) = (SecretString::from(deletion.0.password), state.settings.keeping.grace());
        let (tenant, by) = (caller.tenant(), caller.by());
        let row = tenants::delete(&state.database, tenant, by, (owner, &password), grace, now()).await?;
        Ok(Json(DeletedTenant::new(&row)))
    }

    /// Take back a tenant's deletion
    ///
    /// For its owners, who cannot sign in to it. Answers and throttles as `POST /auth/sign-in` does; 404 where none of
    /// one's own is being deleted, 409 where several are and none is named.
    #[oai(path = "/auth/restore-tenant", method = "post")]
    async fn restore(
        &self,
        request: &Request,
        state: Data<&AppState>,
        restoration: Json<Restoration>,
    ) -> Result<Json<DeletedTenant>, ApiError> {
        let Restoration { email, password, tenant_id } = restoration.0;
        let tenant = tenant_id.map(|id| super::id(&id, "tenant")).transpose()?;
        let credentials = (email.as_str(), &SecretString::from(password));
        let row = accounts::restore_tenant(&state.database, &client(request), credentials, tenant, now()).await?;
        Ok(Json(DeletedTenant::new(&row)))
    }

    /// Make another tenant
    ///
    /// Whoever is signed in owns it; `POST /auth/switch` goes there. 403 (`sign_up_closed`) where only operators make
    /// tenants.
    #[oai(path = "/tenants", method = "post")]
    async fn create(&self, me: SignedIn, state: Data<&AppState>, new: Json<TenantName>) -> Result<Made, ApiError> {
        let user = users::find(&state.database, me.user).await?;
        if state.settings.accounts.sign_up == SignUp::Closed
            && !operators::is_operator(&user, &state.settings.operators.operator_emails)
        {
            return Err(ApiError::forbidden("sign_up_closed", "only operators make tenants here"));
        }
        let row = tenants::create_for(&state.database, me.by(), me.user, &new.name).await?;
        Ok(Made::Created(Json(row.into())))
    }

    /// The tenants that one belongs to, newest first
    #[oai(path = "/auth/tenants", method = "get")]
    async fn mine(
        &self,
        me: SignedIn,
        state: Data<&AppState>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Tenants a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<OwnPlaceList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let page = members::places(&state.database, me.user, paging).await?.map(|Place { tenant, role }| OwnPlace {
            is_current: tenant.id == me.tenant,
            status: TenantStatus::of(&tenant),
            tenant_id: tenant.id.to_string(),
            name: tenant.name,
            role: role.into(),
        });
        Ok(Json(OwnPlaceList { items: page.items, next_cursor: page.next_cursor }))
    }
}

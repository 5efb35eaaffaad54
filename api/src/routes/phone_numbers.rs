use domain::{
    agents,
    entity::{id::AgentId, phone_number::Model},
    phone_numbers::{self, NewNumber},
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    payload::Json,
    types::{Example, Password},
};

use super::Tag;
use crate::{
    AppState,
    auth::{Can, Configure, Read},
    config::Settings,
    problem::ApiError,
    twilio,
};

pub struct PhoneNumbers;

/// A Twilio number to be answered.
#[derive(Object)]
#[oai(example)]
struct Registration {
    /// E.164: `+` and up to fifteen digits.
    phone_number: String,
    /// Of the account (or subaccount) that owns the number.
    account_sid: String,
    /// Its primary auth token: sealed, and never shown again.
    auth_token: Password,
    /// Who answers; without it the tenant's first agent.
    agent_id: Option<String>,
}

impl Example for Registration {
    fn example() -> Self {
        Self {
            phone_number: "+15005550006".into(),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            auth_token: Password("0123456789abcdef0123456789abcdef".into()),
            agent_id: None,
        }
    }
}

/// A registered number.
#[derive(Object)]
#[oai(example)]
struct PhoneNumber {
    id: String,
    phone_number: String,
    account_sid: String,
    agent_id: String,
    webhooks: Webhooks,
    created_at: chrono::DateTime<chrono::Utc>,
}

/// What to enter at the number in Twilio's console (*Voice configuration*), each with the method POST.
#[derive(Object)]
struct Webhooks {
    /// *A call comes in*
    voice_url: String,
    /// *Primary handler fails*
    voice_fallback_url: String,
    /// *Call status changes*
    status_callback: String,
}

impl PhoneNumber {
    fn new(row: Model, settings: &Settings) -> Self {
        let webhook = |name| twilio::webhook(settings, name);
        Self {
            id: row.id.to_string(),
            phone_number: row.e164,
            account_sid: row.account_sid,
            agent_id: row.agent_id.to_string(),
            webhooks: Webhooks {
                voice_url: webhook("incoming"),
                voice_fallback_url: webhook("fallback"),
                status_callback: webhook("status"),
            },
            created_at: row.created_at,
        }
    }
}

impl Example for PhoneNumber {
    fn example() -> Self {
        let webhook = |name| format!("https://voice.example.com/webhooks/twilio/{name}");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b12".into(),
            phone_number: "+15005550006".into(),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            agent_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13".into(),
            webhooks: Webhooks {
                voice_url: webhook("incoming"),
                voice_fallback_url: webhook("fallback"),
                status_callback: webhook("status"),
            },
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// All of the tenant's numbers.
#[derive(Object)]
#[oai(example)]
struct PhoneNumberList {
    items: Vec<PhoneNumber>,
}

impl Example for PhoneNumberList {
    fn example() -> Self {
        Self { items: vec![PhoneNumber::example()] }
    }
}

#[derive(ApiResponse)]
enum Registered {
    #[oai(status = 201)]
    Created(Json<PhoneNumber>),
}

#[OpenApi(tag = "Tag::Calls")]
impl PhoneNumbers {
    /// Register a Twilio number
    ///
    /// The answer says which addresses to enter at the number in Twilio's console.
    #[oai(path = "/phone-numbers", method = "post")]
    async fn register(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        new: Json<Registration>,
    ) -> Result<Registered, ApiError> {
        let (db, tenant, new) = (&state.database, caller.tenant(), new.0);
        let agent_id = match &new.agent_id {
            Some(id) => super::id::<AgentId>(id, "agent")?,
            None => agents::first(db, tenant).await?.ok_or_else(|| ApiError::not_found("agent"))?.id,
        };
        let number = NewNumber {
            e164: new.phone_number,
            account_sid: new.account_sid,
            auth_token: new.auth_token.0.into(),
            agent_id,
        };
        let row = phone_numbers::register(db, &state.vault, tenant, caller.by(), number).await?;
        Ok(Registered::Created(Json(PhoneNumber::new(row, &state.settings))))
    }

    /// The registered numbers
    #[oai(path = "/phone-numbers", method = "get")]
    async fn list(&self, caller: Can<Read>, state: Data<&AppState>) -> Result<Json<PhoneNumberList>, ApiError> {
        let rows = phone_numbers::list(&state.database, caller.tenant()).await?;
        let items = rows.into_iter().map(|row| PhoneNumber::new(row, &state.settings)).collect();
        Ok(Json(PhoneNumberList { items }))
    }
}

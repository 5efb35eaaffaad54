mod answer;

use domain::{
    entity::id::{AgentId, PhoneNumberId},
    page::Paging,
    phone_numbers::{self, Change, NewNumber},
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{Example, MaybeUndefined, Password},
};

use self::answer::{PhoneNumber, PhoneNumberList, Recorder, TestReport, TwilioConfiguration};
use super::Tag;
use crate::{
    AppState,
    auth::{Can, Configure, Read},
    problem::ApiError,
    twilio,
};

pub struct PhoneNumbers;

/// A Twilio number to be answered.
#[derive(Object)]
#[oai(example)]
struct Registration {
    /// International, however it is written: `+1 (500) 555-0006`, `+15005550006`.
    phone_number: String,
    /// Of the account (or subaccount) that owns the number: `AC` and 32 hexadecimal digits.
    account_sid: String,
    /// Its primary auth token: verified at Twilio, sealed, and never shown again but for its last four characters.
    auth_token: Password,
    /// Who answers; without it the tenant's oldest agent.
    agent_id: Option<String>,
    /// What you call it: 1–100 characters.
    label: Option<String>,
    /// Who records its calls, where the agent wants them recorded.
    #[oai(default = "ourselves")]
    recorded_by: Recorder,
    /// Who tells Twilio where to send the calls.
    #[oai(default = "manual")]
    configure: Configuration,
}

/// Who enters the webhooks at Twilio.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
enum Configuration {
    /// We do, with the credentials given, and read back what Twilio has then.
    Automatic,
    /// You do: the answer has the addresses and says where they go.
    Manual,
}

impl Example for Registration {
    fn example() -> Self {
        Self {
            phone_number: "+1 (500) 555-0006".into(),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            auth_token: Password("0123456789abcdef0123456789abcdef".into()),
            agent_id: None,
            label: Some("Front desk".into()),
            recorded_by: Recorder::Switchboard,
            configure: Configuration::Automatic,
        }
    }
}

/// What shall be different: a field left out stays as it is.
#[derive(Object)]
#[oai(example)]
struct PhoneNumberChange {
    /// Who answers from the next call on.
    #[oai(skip_serializing_if_is_none)]
    agent_id: Option<String>,
    /// 1–100 characters; null: none.
    label: MaybeUndefined<String>,
    /// Who records its calls from the next one on.
    #[oai(skip_serializing_if_is_none)]
    recorded_by: Option<Recorder>,
    /// The account's new primary auth token: verified at Twilio like the first.
    #[oai(skip_serializing_if_is_none)]
    auth_token: Option<Password>,
}

impl Example for PhoneNumberChange {
    fn example() -> Self {
        Self { agent_id: None, label: MaybeUndefined::Value("Night line".into()), recorded_by: None, auth_token: None }
    }
}

#[derive(ApiResponse)]
enum Registered {
    #[oai(status = 201)]
    Created(Json<PhoneNumber>),
}

#[derive(ApiResponse)]
enum Removed {
    /// It answers no new call
    #[oai(status = 204)]
    Done,
}

#[OpenApi(tag = "Tag::Calls")]
impl PhoneNumbers {
    /// Register a Twilio number
    ///
    /// Twilio is asked first whether the credentials are right, the account is active and the number is its own; what
    /// it has against that is a 422 whose `code` says what is wrong (`twilio_credentials`, `twilio_account_suspended`,
    /// `twilio_account_closed`, `number_not_in_account`, `number_without_voice`). The answer says which addresses to
    /// enter at the number in Twilio's console, unless `configure` is `automatic` (409 `public_url_missing` where the
    /// server does not know its own address).
    #[oai(path = "/phone-numbers", method = "post")]
    async fn register(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        new: Json<Registration>,
    ) -> Result<Registered, ApiError> {
        let (new, webhooks) = (new.0, twilio::webhooks(&state.settings));
        let number = NewNumber {
            number: new.phone_number,
            account_sid: new.account_sid,
            auth_token: new.auth_token.0.into(),
            agent_id: new.agent_id.map(|id| super::id::<AgentId>(&id, "agent")).transpose()?,
            label: new.label,
            recorded_by: new.recorded_by.into(),
        };
        let is_automatic = new.configure == Configuration::Automatic;
        let reachable = is_automatic.then(|| twilio::reachable_webhooks(&state.settings)).transpose()?;
        let configure = reachable.as_ref();
        let (db, by) = (&state.database, caller.by());
        let row =
            phone_numbers::register(db, &state.vault, &state.twilio, caller.tenant(), by, number, configure).await?;
        Ok(Registered::Created(Json(PhoneNumber::new(row, &webhooks))))
    }

    /// The registered numbers, newest first
    #[oai(path = "/phone-numbers", method = "get")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Numbers a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<PhoneNumberList>, ApiError> {
        let (paging, webhooks) = (Paging::new(cursor.as_deref(), limit.0)?, twilio::webhooks(&state.settings));
        let page = phone_numbers::list(&state.database, caller.tenant(), paging).await?;
        let page = page.map(|row| PhoneNumber::new(row, &webhooks));
        Ok(Json(PhoneNumberList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// How this server and Twilio reach each other
    #[oai(path = "/twilio/configuration", method = "get")]
    async fn configuration(&self, _caller: Can<Read>, state: Data<&AppState>) -> Json<TwilioConfiguration> {
        let settings = &state.settings;
        let public_url = settings.calls.public_url.as_ref().map(|_| twilio::base(settings));
        let can_configure = twilio::reachable_webhooks(settings).is_ok();
        let (webhooks, stream) = (twilio::webhooks(settings), twilio::stream_url(settings));
        Json(TwilioConfiguration::new(public_url, can_configure, &webhooks, stream))
    }

    /// One registered number
    #[oai(path = "/phone-numbers/:id", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<PhoneNumber>, ApiError> {
        let row = phone_numbers::find(&state.database, caller.tenant(), number_id(&id)?).await?;
        Ok(Json(PhoneNumber::new(row, &twilio::webhooks(&state.settings))))
    }

    /// Change a number's agent, label, recorder or auth token
    #[oai(path = "/phone-numbers/:id", method = "patch")]
    async fn update(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        change: Json<PhoneNumberChange>,
    ) -> Result<Json<PhoneNumber>, ApiError> {
        let (id, change) = (number_id(&id)?, change.0);
        let change = Change {
            agent_id: change.agent_id.map(|id| super::id::<AgentId>(&id, "agent")).transpose()?,
            label: match change.label {
                MaybeUndefined::Undefined => None,
                MaybeUndefined::Null => Some(None),
                MaybeUndefined::Value(label) => Some(Some(label)),
            },
            recorded_by: change.recorded_by.map(Into::into),
            auth_token: change.auth_token.map(|token| token.0.into()),
        };
        let (db, by) = (&state.database, caller.by());
        let row = phone_numbers::update(db, &state.vault, &state.twilio, caller.tenant(), by, id, change).await?;
        Ok(Json(PhoneNumber::new(row, &twilio::webhooks(&state.settings))))
    }

    /// Remove a number
    ///
    /// It answers no new call, and can be registered anew, here or elsewhere. Live calls go on, past calls stay. What
    /// is entered at Twilio stays there.
    #[oai(path = "/phone-numbers/:id", method = "delete")]
    async fn remove(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Removed, ApiError> {
        phone_numbers::remove(&state.database, caller.tenant(), caller.by(), number_id(&id)?).await?;
        Ok(Removed::Done)
    }

    /// Send a number's calls here
    ///
    /// Sets voice URL, fallback URL and status callback at Twilio and reads them back: see `twilio.drift` for what did
    /// not take, because a SIP trunk or a TwiML application has the number.
    #[oai(path = "/phone-numbers/:id/configure", method = "post")]
    async fn configure(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<PhoneNumber>, ApiError> {
        let (id, webhooks) = (number_id(&id)?, twilio::reachable_webhooks(&state.settings)?);
        let (db, by) = (&state.database, caller.by());
        let row = phone_numbers::configure(db, &state.vault, &state.twilio, caller.tenant(), by, id, &webhooks).await?;
        Ok(Json(PhoneNumber::new(row, &webhooks)))
    }

    /// Test whether calls would come through
    ///
    /// Asks Twilio for the account, the number and its settings, and ourselves, from outside, for our public address,
    /// its certificate and a signed webhook. Each check says what is wrong and what to do.
    #[oai(path = "/phone-numbers/:id/test", method = "post")]
    async fn test(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<TestReport>, ApiError> {
        let (id, webhooks) = (number_id(&id)?, twilio::webhooks(&state.settings));
        let (db, by) = (&state.database, caller.by());
        let (row, mut findings) =
            phone_numbers::test(db, &state.vault, &state.twilio, caller.tenant(), by, id, &webhooks).await?;
        findings.extend(twilio::probe(&state, &row).await?);
        Ok(Json(TestReport::new(row, &webhooks, findings)))
    }
}

fn number_id(text: &str) -> Result<PhoneNumberId, ApiError> {
    super::id(text, "phone number")
}

fn ourselves() -> Recorder {
    Recorder::Switchboard
}

fn manual() -> Configuration {
    Configuration::Manual
}

fn page() -> u64 {
    20
}

//! The part of Twilio's REST API that voice applications call: the account, its numbers, live calls.

use std::{io, sync::Arc};

use base64::{Engine, engine::general_purpose::STANDARD};
use poem::{
    EndpointExt, FromRequest, IntoResponse, Request, RequestBody, Response, Result, Route, get, handler,
    http::{StatusCode, header::AUTHORIZATION},
    web::{Form, Json, Path, Query},
};
use serde_json::{Value, json};
use tokio::net::ToSocketAddrs;

use super::{
    account::{Account, Control, Number},
    twiml::{Callback, Method},
};
use crate::serving::{Lines, Serving};

/// A running REST API of some accounts. Stops when dropped.
#[derive(Debug)]
pub struct Rest {
    serving: Serving,
}

impl Rest {
    /// Serves `accounts` on any free port of this machine.
    pub async fn start(accounts: impl IntoIterator<Item = Account>) -> io::Result<Self> {
        Self::start_at("127.0.0.1:0", accounts).await
    }

    /// Serves `accounts` at this address.
    pub async fn start_at(
        address: impl ToSocketAddrs,
        accounts: impl IntoIterator<Item = Account>,
    ) -> io::Result<Self> {
        let accounts: Arc<[Account]> = accounts.into_iter().collect();
        let routes = Route::new()
            .at("/2010-04-01/Accounts/:sid", get(show_account))
            .at("/2010-04-01/Accounts/:sid/IncomingPhoneNumbers.json", get(list_numbers))
            .at("/2010-04-01/Accounts/:sid/IncomingPhoneNumbers/:number", get(show_number).post(configure_number))
            .at("/2010-04-01/Accounts/:sid/Recordings/:file", get(play_recording).delete(delete_recording))
            .at("/2010-04-01/Accounts/:sid/Calls/:call", get(show_call).post(update_call))
            .data(accounts)
            .catch_error(|_: poem::error::NotFoundError| async { refuse(StatusCode::NOT_FOUND, 20_404, "not found") });
        Ok(Self { serving: Serving::start(address, Lines::default(), routes).await? })
    }

    /// What stands in for `https://api.twilio.com`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.serving.address)
    }

    /// Until the server ends: for ever, unless it fails.
    pub async fn ended(&self) {
        self.serving.ended().await;
    }
}

/// An error as Twilio puts it.
fn refuse(status: StatusCode, code: u32, message: &str) -> Response {
    let more = format!("https://www.twilio.com/docs/errors/{code}");
    let body = json!({ "code": code, "message": message, "more_info": more, "status": status.as_u16() });
    Json(body).with_status(status).into_response()
}

fn refused(status: StatusCode, code: u32, message: &str) -> poem::Error {
    poem::Error::from_response(refuse(status, code, message))
}

/// The account that the request authenticates as, which must be the one it is about.
impl<'a> FromRequest<'a> for Account {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> Result<Self> {
        let accounts: &Arc<[Self]> = request.data().expect("the routes carry the accounts");
        let account = authenticated(accounts, request);
        let account = account.ok_or_else(|| refused(StatusCode::UNAUTHORIZED, 20_003, "Authenticate"))?;
        match account.take_failure().and_then(|status| StatusCode::from_u16(status).ok()) {
            Some(StatusCode::TOO_MANY_REQUESTS) => {
                Err(refused(StatusCode::TOO_MANY_REQUESTS, 20_429, "Too Many Requests"))
            }
            Some(status) => Err(refused(status, 20_500, "asked for by the test")),
            None => Ok(account),
        }
    }
}

fn authenticated(accounts: &[Account], request: &Request) -> Option<Account> {
    let encoded = request.headers().get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let plain = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
    let sid = request.raw_path_param("sid")?.trim_end_matches(".json");
    let is_it = |account: &&Account| account.sid() == sid && format!("{sid}:{}", account.auth_token()) == plain;
    accounts.iter().find(is_it).cloned()
}

#[handler]
fn show_account(Path(sid): Path<String>, account: Account) -> Result<Response> {
    if !sid.ends_with(".json") {
        return Err(refused(StatusCode::NOT_FOUND, 20_404, "only JSON is simulated: ask for .json"));
    }
    let body = json!({
        "sid": account.sid(),
        "friendly_name": "Simulated account",
        "status": account.status().name(),
        "type": "Full",
        "owner_account_sid": account.sid(),
        "uri": format!("/2010-04-01/Accounts/{}.json", account.sid()),
    });
    Ok(Json(body).into_response())
}

#[derive(serde::Deserialize)]
struct NumberQuery {
    #[serde(rename = "PhoneNumber")]
    phone_number: Option<String>,
}

/// The digits asked for are a pattern: they may stand anywhere in a number.
#[handler]
fn list_numbers(account: Account, Query(query): Query<NumberQuery>) -> Json<Value> {
    let wanted = query.phone_number.unwrap_or_default();
    let wanted = wanted.trim_start_matches('+');
    let found: Vec<_> = account
        .numbers()
        .iter()
        .filter(|number| number.number.contains(wanted))
        .map(|number| number_json(&account, number))
        .collect();
    Json(json!({ "incoming_phone_numbers": found, "page": 0, "page_size": 50, "next_page_uri": null }))
}

#[handler]
fn show_number(Path((_, number)): Path<(String, String)>, account: Account) -> Result<Json<Value>> {
    answer_number(&account, account.change_number(number.trim_end_matches(".json"), |_| {}))
}

#[handler]
fn configure_number(
    Path((_, number)): Path<(String, String)>,
    account: Account,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Json<Value>> {
    let has_voice = |number: &Number| {
        number.voice.is_some() || fields.iter().any(|(name, value)| name == "VoiceUrl" && !value.is_empty())
    };
    let sets_fallback = fields.iter().any(|(name, value)| name == "VoiceFallbackUrl" && !value.is_empty());
    let sid = number.trim_end_matches(".json");
    let known = account.numbers().into_iter().find(|number| number.sid == sid);
    if sets_fallback && known.as_ref().is_some_and(|number| !has_voice(number)) {
        return Err(refused(StatusCode::BAD_REQUEST, 21_405, "VoiceFallbackUrl needs a VoiceUrl"));
    }
    let changed = account.change_number(sid, |number| {
        if number.voice_application_sid.is_some() || number.trunk_sid.is_some() {
            return;
        }
        for (slot, url, method) in [
            (&mut number.voice, "VoiceUrl", "VoiceMethod"),
            (&mut number.voice_fallback, "VoiceFallbackUrl", "VoiceFallbackMethod"),
            (&mut number.status_callback, "StatusCallback", "StatusCallbackMethod"),
        ] {
            set_callback(slot, field(&fields, url), field(&fields, method));
        }
    });
    answer_number(&account, changed)
}

fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
}

fn set_callback(slot: &mut Option<Callback>, url: Option<&str>, method: Option<&str>) {
    match url {
        Some("") => *slot = None,
        Some(url) => *slot = Some(Callback { url: url.to_owned(), method: Method::Post }),
        None => {}
    }
    if let (Some(callback), Some(method)) = (slot, method.and_then(Method::parse)) {
        callback.method = method;
    }
}

fn answer_number(account: &Account, number: Option<Number>) -> Result<Json<Value>> {
    let number = number.ok_or_else(|| refused(StatusCode::NOT_FOUND, 20_404, "no such number"))?;
    Ok(Json(number_json(account, &number)))
}

fn number_json(account: &Account, number: &Number) -> Value {
    let url = |callback: &Option<Callback>| callback.as_ref().map(|callback| callback.url.clone());
    let method = |callback: &Option<Callback>| callback.as_ref().map_or("POST", |callback| callback.method.name());
    json!({
        "sid": number.sid,
        "account_sid": account.sid(),
        "phone_number": number.number,
        "friendly_name": number.number,
        "voice_url": url(&number.voice),
        "voice_method": method(&number.voice),
        "voice_fallback_url": url(&number.voice_fallback),
        "voice_fallback_method": method(&number.voice_fallback),
        "status_callback": url(&number.status_callback),
        "status_callback_method": method(&number.status_callback),
        "voice_application_sid": number.voice_application_sid,
        "trunk_sid": number.trunk_sid,
        "capabilities": { "voice": number.voice_capable, "sms": false, "mms": false },
    })
}

#[handler]
fn play_recording(Path((_, file)): Path<(String, String)>, account: Account) -> Result<Response> {
    let missing = || refused(StatusCode::NOT_FOUND, 20_404, "no such recording; only .wav is simulated");
    let wav = file.strip_suffix(".wav").and_then(|sid| account.recording(sid)).ok_or_else(missing)?;
    Ok(Response::builder().content_type("audio/x-wav").body(wav))
}

#[handler]
fn delete_recording(Path((_, file)): Path<(String, String)>, account: Account) -> Result<StatusCode> {
    match file.strip_suffix(".json").is_some_and(|sid| account.delete_recording(sid)) {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(refused(StatusCode::NOT_FOUND, 20_404, "no such recording")),
    }
}

#[handler]
fn show_call(Path((_, call)): Path<(String, String)>, account: Account) -> Result<Json<Value>> {
    let call = call.trim_end_matches(".json");
    let state = account.call(call);
    let state = state.ok_or_else(|| refused(StatusCode::NOT_FOUND, 20_404, "The requested resource was not found"))?;
    // Twilio writes numbers as text here.
    let duration = state.duration_s.map(|seconds| seconds.to_string());
    Ok(Json(json!({ "sid": call, "account_sid": account.sid(), "status": state.status, "duration": duration })))
}

#[handler]
fn update_call(
    Path((_, call)): Path<(String, String)>,
    account: Account,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Json<Value>> {
    let call = call.trim_end_matches(".json");
    let control = match (field(&fields, "Status"), field(&fields, "Url"), field(&fields, "Twiml")) {
        (Some("completed" | "canceled"), None, None) => Control::Complete,
        (None, Some(url), None) => {
            let method = field(&fields, "Method").and_then(Method::parse).unwrap_or_default();
            Control::Fetch(Callback { url: url.to_owned(), method })
        }
        (None, None, Some(twiml)) if twiml.chars().count() <= 4_000 => Control::Twiml(twiml.to_owned()),
        _ => return Err(refused(StatusCode::BAD_REQUEST, 21_218, "exactly one of Status, Url and Twiml")),
    };
    let status = if control == Control::Complete { "completed" } else { "in-progress" };
    if !account.control(call, control) {
        let message = "The requested resource was not found: no such live call";
        return Err(refused(StatusCode::NOT_FOUND, 20_404, message));
    }
    Ok(Json(json!({ "sid": call, "account_sid": account.sid(), "status": status })))
}

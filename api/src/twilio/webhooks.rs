//! What Twilio asks over HTTP.

use std::time::Duration;

use chrono::DateTime;
use domain::{
    calls::{self, Incoming, NextStep, Status, StatusUpdate},
    conversations,
    entity::{
        call,
        id::{CallId, TenantId},
        now, phone_number,
        recording::Source,
    },
    phone_numbers,
    recordings::{self, Announced},
    tenants,
};
use poem::{Request, web::Data};
use poem_openapi::{ApiResponse, Object, OpenApi, param::Header, payload::PlainText};
use secrecy::SecretString;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::{
    address,
    answer::{Answer, Refusal},
    form::TwilioForm,
    signature::{self, Sent},
    twiml::Verb,
    warm,
};
use crate::AppState;

/// A stream token is used a second or two after it is issued; Twilio's slowest handshake takes fifteen.
const TOKEN_TTL: Duration = Duration::from_secs(60);
/// Streams of one call: a call that loses more than this is on a line, or a server, that does not get better.
const MAX_STREAMS: i32 = 10;
/// Streams ordered in a row of which none came: Twilio cannot reach the socket's address.
const MAX_TRIES: u32 = 5;

/// What Twilio posts when a call begins or its stream has ended.
#[derive(Debug, Deserialize, Object)]
#[oai(rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct CallForm {
    /// Twilio's name for the call
    #[serde(deserialize_with = "call_sid")]
    call_sid: String,
    /// The account that owns the number
    account_sid: String,
    /// The caller
    from: String,
    /// The number called
    to: String,
}

/// What Twilio posts when a call's state changes.
#[derive(Debug, Deserialize, Object)]
#[oai(rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct StatusForm {
    /// Twilio's name for the call
    #[serde(deserialize_with = "call_sid")]
    call_sid: String,
    /// The number called
    to: String,
    /// `queued`, `ringing`, `in-progress`, `completed`, `busy`, `failed`, `no-answer` or `canceled`
    call_status: String,
    /// Orders callbacks that overtake each other
    #[serde(default)]
    sequence_number: Option<i64>,
    /// Seconds, once the call is over
    #[serde(default)]
    call_duration: Option<i64>,
}

/// What Twilio posts when a recording's state changes.
#[derive(Debug, Deserialize, Object)]
#[oai(rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct RecordingForm {
    /// Twilio's name for the call
    #[serde(deserialize_with = "call_sid")]
    call_sid: String,
    /// Its name for the recording
    recording_sid: String,
    /// `completed`, or `absent`: too short, or silent
    recording_status: String,
    /// RFC 2822
    #[serde(default)]
    recording_start_time: Option<String>,
}

/// What the test of a number posts.
#[derive(Debug, Deserialize, Object)]
#[oai(rename_all = "PascalCase")]
#[serde(rename_all = "PascalCase")]
struct TestForm {
    /// The number that is tested
    to: String,
    /// Letters and digits, made anew for each test
    #[serde(deserialize_with = "call_sid")]
    nonce: String,
}

/// A CallSid. It goes into the log before anything is known of its sender, so nothing but a name may stand there;
/// Twilio's have 34 characters.
fn call_sid<'de, D: Deserializer<'de>>(form: D) -> Result<String, D::Error> {
    let sid = String::deserialize(form)?;
    let is_name = (1..=64).contains(&sid.len()) && sid.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_name.then_some(sid).ok_or_else(|| D::Error::custom("CallSid must be 1 to 64 letters and digits"))
}

#[derive(ApiResponse)]
enum Proof {
    /// Arrived as it was signed: what only the holder of the token can make of the nonce
    #[oai(status = 200)]
    Made(PlainText<String>),
}

/// The answer to a test that shows that it came to us.
pub(super) fn proof(token: &SecretString, nonce: &str) -> String {
    // No URL begins like this: it is nobody's signature.
    signature::sign(token, &format!("arrived:{nonce}"), &[])
}

#[derive(ApiResponse)]
enum Noted {
    /// Noted
    #[oai(status = 204)]
    Done,
}

/// The webhooks to be entered at Twilio.
///
/// All are signed but `fallback`: it is static, tells nothing and must work when all else fails. A repetition
/// (`I-Twilio-Idempotency-Token`) needs no memory of tokens: a call is begun once by its CallSid.
pub(crate) struct Webhooks;

#[OpenApi(prefix_path = "/webhooks/twilio", tag = "crate::routes::Tag::Twilio")]
impl Webhooks {
    /// A call comes in
    ///
    /// The number's voice webhook ("A call comes in"). Answers with TwiML that opens a media stream. Safe to
    /// repeat: a call is begun once, whatever `I-Twilio-Idempotency-Token` a repetition carries.
    #[oai(path = "/incoming", method = "post")]
    async fn incoming(
        &self,
        Data(state): Data<&AppState>,
        request: &Request,
        #[oai(name = "X-Twilio-Signature")] Header(signature): Header<Option<String>>,
        form: TwilioForm<CallForm>,
    ) -> Result<Answer, Refusal> {
        if state.draining.is_cancelled() {
            // Not "busy": another process can take the call, and the fallback URL can at least say sorry.
            return Err(Refusal::unavailable("this process is stopping"));
        }
        let call = &form.fields;
        let Some(number) = phone_numbers::find_by_e164(&state.database, &call.to).await? else {
            tracing::warn!(call.sid = call.call_sid, "a call to a number that nobody has registered");
            return Ok(Answer::not_in_service());
        };
        check(state, request, &number, &form.parameters, signature.as_deref(), &call.call_sid).await?;
        if tenants::is_suspended(&state.database, number.tenant_id).await? {
            tracing::info!(call.sid = call.call_sid, tenant.id = %number.tenant_id, "a call to a suspended tenant is turned away");
            return Ok(Answer::unavailable());
        }
        if state.live.reserve(&call.call_sid, state.settings.calls.max_calls).is_err() {
            tracing::warn!(call.sid = call.call_sid, tenant.id = %number.tenant_id, "a call is rejected: the house is full");
            return Ok(Answer::verbs(&[Verb::RejectBusy]));
        }
        let incoming = Incoming {
            call_sid: call.call_sid.clone(),
            account_sid: call.account_sid.clone(),
            from: call.from.clone(),
            to: call.to.clone(),
        };
        let begun = calls::begin(&state.database, &number, incoming).await?;
        tracing::info!(call.id = %begun.call.id, call.sid = call.call_sid, call.is_new = begun.is_new, "a call comes in");
        let defaults = state.settings.limits.defaults();
        if let Some(step) = calls::admit(&state.database, &defaults, &begun, now()).await? {
            state.live.unreserve(&call.call_sid);
            tracing::warn!(call.id = %begun.call.id, tenant.id = %number.tenant_id, "a call is turned away: the tenant's limits");
            return Ok(Answer::busy(&step));
        }
        let tenant = number.tenant_id;
        warm::start(state, tenant, &begun.conversation);
        let is_twilios = number.recorded_by == Source::Twilio
            && conversations::cast(&state.database, tenant, &begun.conversation, None).await?.recording().is_some();
        let status_callback = is_twilios.then(|| address::webhook(&state.settings, "recording"));
        let record = status_callback.as_deref().map(|status_callback| Verb::Record { status_callback });
        connect(state, tenant, begun.call.id, record).await
    }

    /// A call's stream has ended: what next?
    ///
    /// Twilio comes here by the TwiML of `incoming`. The agent hung up: `<Hangup/>`; it transferred: `<Dial>`;
    /// otherwise the stream was lost, and a new one takes the conversation up where it stopped.
    #[oai(path = "/continue", method = "post")]
    async fn next(
        &self,
        Data(state): Data<&AppState>,
        request: &Request,
        #[oai(name = "X-Twilio-Signature")] Header(signature): Header<Option<String>>,
        form: TwilioForm<CallForm>,
    ) -> Result<Answer, Refusal> {
        let call_sid = form.fields.call_sid.as_str();
        let Some(number) = phone_numbers::find_by_call(&state.database, call_sid, &form.fields.to).await? else {
            tracing::warn!(call.sid = call_sid, "a call goes on whose number is registered no longer");
            return Ok(Answer::not_in_service());
        };
        check(state, request, &number, &form.parameters, signature.as_deref(), call_sid).await?;
        let tenant = number.tenant_id;
        let call = match calls::find_by_sid(&state.database, tenant, call_sid).await {
            Err(domain::Error::NotFound { .. }) => {
                tracing::warn!(call.sid = call_sid, "a call goes on that was never begun here");
                return Ok(Answer::apology());
            }
            found => found?,
        };
        if tenants::is_suspended(&state.database, tenant).await? {
            tracing::info!(call.id = %call.id, tenant.id = %tenant, "a call of a suspended tenant is ended");
            return Ok(Answer::unavailable());
        }
        match call.next_step.clone().unwrap_or_default() {
            NextStep::Hangup => Ok(Answer::verbs(&[Verb::Hangup])),
            NextStep::Transfer(to) => Ok(Answer::verbs(&[Verb::Dial(&to), Verb::Hangup])),
            NextStep::Continue if call.status.is_terminal() => Ok(Answer::verbs(&[Verb::Hangup])),
            NextStep::Continue => resume(state, tenant, &call).await,
        }
    }

    /// A call's state has changed
    ///
    /// The number's status callback. Callbacks may overtake each other: an older one changes nothing, and a call
    /// that is over stays over.
    #[oai(path = "/status", method = "post")]
    async fn status(
        &self,
        Data(state): Data<&AppState>,
        request: &Request,
        #[oai(name = "X-Twilio-Signature")] Header(signature): Header<Option<String>>,
        form: TwilioForm<StatusForm>,
    ) -> Result<Noted, Refusal> {
        let StatusForm { call_sid, to, call_status, sequence_number, call_duration } = &form.fields;
        let db = &state.database;
        let Some(number) = phone_numbers::find_by_call(db, call_sid, to).await? else {
            tracing::warn!(call.sid = call_sid, "the state of a call to a number that nobody has registered");
            return Ok(Noted::Done);
        };
        check(state, request, &number, &form.parameters, signature.as_deref(), call_sid).await?;
        let Ok(status) = serde_json::from_value::<Status>(call_status.as_str().into()) else {
            tracing::warn!(call.sid = call_sid, "a call status that this version does not know");
            return Ok(Noted::Done);
        };
        let tenant = number.tenant_id;
        let update = StatusUpdate { status, sequence_number: *sequence_number, duration_s: *call_duration };
        match calls::status(db, tenant, call_sid, update).await {
            // A call that was rejected because the house was full has no row.
            Err(domain::Error::NotFound { .. }) => {
                tracing::info!(call.sid = call_sid, "the state of a call that was not taken");
                return Ok(Noted::Done);
            }
            applied => tracing::debug!(call.sid = call_sid, call.status = ?status, applied = applied?, "call state"),
        }
        Ok(Noted::Done)
    }

    /// A recording is complete
    ///
    /// Where Twilio records a number's calls (`recorded_by: twilio`): the callback of the recording that `incoming`
    /// started. It is fetched by a job and deleted at Twilio. Safe to repeat.
    #[oai(path = "/recording", method = "post")]
    async fn recording(
        &self,
        Data(state): Data<&AppState>,
        request: &Request,
        #[oai(name = "X-Twilio-Signature")] Header(signature): Header<Option<String>>,
        form: TwilioForm<RecordingForm>,
    ) -> Result<Noted, Refusal> {
        let RecordingForm { call_sid, recording_sid, recording_status, recording_start_time } = &form.fields;
        let db = &state.database;
        // It names no number: the call tells.
        let number = phone_numbers::find_by_call(db, call_sid, "").await?.ok_or_else(Refusal::bad_signature)?;
        check(state, request, &number, &form.parameters, signature.as_deref(), call_sid).await?;
        if recording_status != "completed" {
            // Too short, or silent: Twilio keeps nothing of it.
            tracing::info!(call.sid = call_sid, "Twilio recorded nothing of a call");
            return Ok(Noted::Done);
        }
        let started_at = DateTime::parse_from_rfc2822(recording_start_time.as_deref().unwrap_or_default()).ok();
        let made = Announced { sid: recording_sid.clone(), started_at: started_at.map(|at| at.to_utc()) };
        let call = calls::find_by_sid(db, number.tenant_id, call_sid).await?;
        recordings::announced(db, number.tenant_id, &call, made).await?;
        Ok(Noted::Done)
    }

    /// A number is tested
    ///
    /// Not Twilio's: `POST /phone-numbers/{id}/test` posts it to our own public address, signed as Twilio signs, to
    /// find what a proxy on the way changes. It does nothing.
    #[oai(path = "/test", method = "post")]
    async fn test(
        &self,
        Data(state): Data<&AppState>,
        request: &Request,
        #[oai(name = "X-Twilio-Signature")] Header(signature): Header<Option<String>>,
        form: TwilioForm<TestForm>,
    ) -> Result<Proof, Refusal> {
        let TestForm { to, nonce } = &form.fields;
        // Whether a number is registered is nobody's business who cannot sign for it.
        let number = phone_numbers::find_by_e164(&state.database, to).await?.ok_or_else(Refusal::bad_signature)?;
        check(state, request, &number, &form.parameters, signature.as_deref(), nonce).await?;
        let token = phone_numbers::auth_token(&state.database, &state.vault, &number).await?;
        Ok(Proof::Made(PlainText(proof(&token, nonce))))
    }

    /// Something went wrong
    ///
    /// The number's fallback webhook: asks for nothing, apologises and hangs up.
    #[oai(path = "/fallback", method = "get")]
    async fn fallback(&self) -> Answer {
        tracing::info!("the fallback is asked for: by Twilio, when a webhook failed or could not be reached");
        Answer::apology()
    }

    /// Something went wrong
    ///
    /// The same by POST.
    #[oai(path = "/fallback", method = "post")]
    async fn fallback_post(&self) -> Answer {
        self.fallback().await
    }
}

/// Refuses what is not signed with the number's own token.
async fn check(
    state: &AppState,
    request: &Request,
    number: &phone_number::Model,
    parameters: &[(String, String)],
    signature: Option<&str>,
    call_sid: &str,
) -> Result<(), Refusal> {
    let token = phone_numbers::auth_token(&state.database, &state.vault, number).await?;
    let url = address::asked_for(&state.settings, request);
    if signature.is_some_and(|signature| signature::is_valid(&token, &url, Sent::Form(parameters), signature)) {
        return Ok(());
    }
    tracing::warn!(
        call.sid = call_sid,
        http.path = request.original_uri().path(),
        signature.is_there = signature.is_some(),
        "a webhook with a wrong signature; is PUBLIC_URL the address that Twilio calls, and the auth token the primary one?"
    );
    Err(Refusal::bad_signature())
}

/// A new stream for a call that lost the last one.
async fn resume(state: &AppState, tenant: TenantId, call: &call::Model) -> Result<Answer, Refusal> {
    if state.draining.is_cancelled() {
        return Err(Refusal::unavailable("this process is stopping"));
    }
    if call.streams >= MAX_STREAMS {
        tracing::error!(call.id = %call.id, call.streams = call.streams, "a call lost too many streams and is given up");
        return Ok(Answer::apology());
    }
    // It is in mid-call and cannot be rejected: 503 lets another process, or the next try, take it.
    let reserved = state.live.reserve(&call.call_sid, state.settings.calls.max_calls);
    let tries = reserved.map_err(|_| Refusal::unavailable("this process is full"))?;
    if tries > MAX_TRIES {
        tracing::error!(call.id = %call.id, "a call's stream does not reach us and the call is given up");
        return Ok(Answer::apology());
    }
    tracing::warn!(call.id = %call.id, call.streams = call.streams, "a call lost its stream and is taken up again");
    // What Twilio records it goes on recording.
    connect(state, tenant, call.id, None).await
}

/// TwiML that brings the call's audio here, and Twilio back when that ends.
async fn connect(state: &AppState, tenant: TenantId, call: CallId, first: Option<Verb<'_>>) -> Result<Answer, Refusal> {
    use secrecy::ExposeSecret;

    let token = calls::issue_stream_token(&state.database, tenant, call, TOKEN_TTL).await?;
    let (stream, next) = (address::stream(&state.settings), address::next(&state.settings));
    let verbs = [Verb::Stream { url: &stream, token: token.expose_secret() }, Verb::Redirect { url: &next }];
    Ok(Answer::verbs(&first.into_iter().chain(verbs).collect::<Vec<_>>()))
}

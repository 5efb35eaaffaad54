//! Numbers as they are shown.

use domain::{
    entity::{
        phone_number::{CheckOutcome, Model},
        recording::Source,
    },
    phone_numbers::{self, Dialable, Finding},
    twilio::{self, Webhooks as Wanted},
};
use poem_openapi::{Enum, Object, types::Example};

/// A registered number.
#[derive(Object)]
#[oai(example)]
pub(super) struct PhoneNumber {
    id: String,
    /// E.164.
    phone_number: String,
    /// As it is written in its country.
    national_format: String,
    /// ISO 3166-1, two letters; null: of no country.
    country: Option<String>,
    label: Option<String>,
    account_sid: String,
    /// Null: the token is too short to show any of it.
    auth_token_last4: Option<String>,
    /// Twilio's name for the number; null: Twilio was never asked, as for the demo number.
    number_sid: Option<String>,
    agent_id: String,
    recorded_by: Recorder,
    webhooks: Webhooks,
    /// What to do in Twilio's console, step by step; `POST /phone-numbers/{id}/configure` does it for you.
    instructions: Vec<String>,
    twilio: AtTwilio,
    created_at: chrono::DateTime<chrono::Utc>,
}

/// Who records a number's calls.
#[derive(Clone, Copy, Enum)]
#[oai(rename_all = "snake_case")]
pub(super) enum Recorder {
    /// The server, as it hears them.
    Switchboard,
    /// Twilio, which takes a fee a minute for it; fetched afterwards and deleted there.
    Twilio,
}

impl From<Source> for Recorder {
    fn from(source: Source) -> Self {
        match source {
            Source::Switchboard => Self::Switchboard,
            Source::Twilio => Self::Twilio,
        }
    }
}

impl From<Recorder> for Source {
    fn from(recorder: Recorder) -> Self {
        match recorder {
            Recorder::Switchboard => Self::Switchboard,
            Recorder::Twilio => Self::Twilio,
        }
    }
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

impl Webhooks {
    fn new(wanted: &Wanted) -> Self {
        Self {
            voice_url: wanted.voice_url.clone(),
            voice_fallback_url: wanted.voice_fallback_url.clone(),
            status_callback: wanted.status_callback.clone(),
        }
    }
}

/// How this server and Twilio reach each other.
#[derive(Object)]
#[oai(example)]
pub(super) struct TwilioConfiguration {
    /// `PUBLIC_URL`; null: the server does not know where it can be reached from outside.
    public_url: Option<String>,
    /// Whether a number can be configured automatically: not without `public_url`, unless Twilio is a simulated one.
    can_configure: bool,
    webhooks: Webhooks,
    /// Where Twilio streams a call's audio.
    stream_url: String,
}

impl TwilioConfiguration {
    pub fn new(public_url: Option<String>, can_configure: bool, wanted: &Wanted, stream_url: String) -> Self {
        Self { public_url, can_configure, webhooks: Webhooks::new(wanted), stream_url }
    }
}

impl Example for TwilioConfiguration {
    fn example() -> Self {
        let at = |name: &str| format!("https://your-domain.com/webhooks/twilio/{name}");
        Self {
            public_url: Some("https://your-domain.com".into()),
            can_configure: true,
            webhooks: Webhooks {
                voice_url: at("incoming"),
                voice_fallback_url: at("fallback"),
                status_callback: at("status"),
            },
            stream_url: "wss://your-domain.com/webhooks/twilio/stream".into(),
        }
    }
}

/// What Twilio has of the number, as of the last check: every six hours, and whenever it is configured or tested.
#[derive(Object)]
struct AtTwilio {
    state: State,
    /// Null: never.
    checked_at: Option<chrono::DateTime<chrono::Utc>>,
    /// Settings that keep calls from coming here; empty unless `drifted`.
    drift: Vec<Drift>,
}

#[derive(Enum)]
#[oai(rename_all = "snake_case")]
enum State {
    NotChecked,
    AsConfigured,
    /// See `drift`.
    Drifted,
    WrongCredentials,
    AccountSuspended,
    AccountClosed,
    /// The account has it no longer.
    NumberGone,
}

/// A setting that is not as it should be.
#[derive(Object)]
struct Drift {
    /// Its name in Twilio's API.
    setting: String,
    /// Null: nothing should stand there.
    wanted: Option<String>,
    /// Null: nothing stands there.
    found: Option<String>,
}

impl AtTwilio {
    fn new(row: &Model, wanted: &Wanted) -> Self {
        let settings = row.settings.as_ref().filter(|_| row.check_outcome == Some(CheckOutcome::Found));
        let drift = settings.map(|found| twilio::drift(found, wanted)).unwrap_or_default();
        let state = match row.check_outcome {
            None => State::NotChecked,
            Some(CheckOutcome::Found) if drift.is_empty() => State::AsConfigured,
            Some(CheckOutcome::Found) => State::Drifted,
            Some(CheckOutcome::WrongCredentials) => State::WrongCredentials,
            Some(CheckOutcome::AccountSuspended) => State::AccountSuspended,
            Some(CheckOutcome::AccountClosed) => State::AccountClosed,
            Some(CheckOutcome::NumberGone) => State::NumberGone,
        };
        let drift = drift.into_iter().map(|twilio::Drift { setting, wanted, found }| Drift {
            setting: setting.into(),
            wanted,
            found,
        });
        Self { state, checked_at: row.checked_at, drift: drift.collect() }
    }
}

impl PhoneNumber {
    pub fn new(row: Model, wanted: &Wanted) -> Self {
        let shown = Dialable::parse("phone_number", &row.e164).ok();
        let national_format = shown.as_ref().map_or(row.e164.as_str(), Dialable::national).to_owned();
        Self {
            id: row.id.to_string(),
            instructions: instructions(&national_format, &row.e164, wanted),
            country: shown.as_ref().and_then(Dialable::country).map(str::to_owned),
            national_format,
            twilio: AtTwilio::new(&row, wanted),
            phone_number: row.e164,
            label: row.label,
            account_sid: row.account_sid,
            auth_token_last4: row.auth_token_last4,
            number_sid: row.number_sid,
            agent_id: row.agent_id.to_string(),
            recorded_by: row.recorded_by.into(),
            webhooks: Webhooks::new(wanted),
            created_at: row.created_at,
        }
    }
}

fn instructions(national: &str, e164: &str, wanted: &Wanted) -> Vec<String> {
    let Wanted { voice_url, voice_fallback_url, status_callback } = wanted;
    vec![
        format!(
            "Open https://console.twilio.com/us1/develop/phone-numbers/manage/incoming (Phone Numbers → Manage → \
             Active numbers) and click on {national} ({e164})."
        ),
        "Under Voice Configuration, choose to configure with webhooks; leave a SIP trunk or TwiML app empty."
            .to_owned(),
        format!("A call comes in: Webhook, {voice_url}, HTTP POST."),
        format!("Primary handler fails: Webhook, {voice_fallback_url}, HTTP POST."),
        format!("Call status changes: {status_callback}, HTTP POST."),
        "Save the configuration, have it tested (POST /phone-numbers/{id}/test), and call the number.".to_owned(),
    ]
}

impl Example for PhoneNumber {
    fn example() -> Self {
        let webhook = |name| format!("https://voice.example.com/webhooks/twilio/{name}");
        let wanted = Wanted {
            voice_url: webhook("incoming"),
            voice_fallback_url: webhook("fallback"),
            status_callback: webhook("status"),
        };
        let at = "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses");
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b12".into(),
            phone_number: "+15005550006".into(),
            national_format: "(500) 555-0006".into(),
            country: Some("US".into()),
            label: Some("Front desk".into()),
            account_sid: "AC0123456789abcdef0123456789abcdef".into(),
            auth_token_last4: Some("cdef".into()),
            number_sid: Some("PN0123456789abcdef0123456789abcdef".into()),
            agent_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b13".into(),
            recorded_by: Recorder::Switchboard,
            instructions: instructions("(500) 555-0006", "+15005550006", &wanted),
            twilio: AtTwilio {
                state: State::Drifted,
                checked_at: Some(at),
                drift: vec![Drift {
                    setting: "voice_url".into(),
                    wanted: Some(wanted.voice_url.clone()),
                    found: Some("https://demo.twilio.com/welcome/voice/".into()),
                }],
            },
            webhooks: Webhooks::new(&wanted),
            created_at: at,
        }
    }
}

/// A page of the tenant's numbers, newest first.
#[derive(Object)]
#[oai(example)]
pub(super) struct PhoneNumberList {
    pub items: Vec<PhoneNumber>,
    /// Ask for the next page with it; null: this is the last.
    pub next_cursor: Option<String>,
}

impl Example for PhoneNumberList {
    fn example() -> Self {
        Self { items: vec![PhoneNumber::example()], next_cursor: None }
    }
}

/// What a test found.
#[derive(Object)]
#[oai(example)]
pub(super) struct TestReport {
    /// Every check is `ok`: a call would come through.
    passed: bool,
    /// In the order in which they are worth mending.
    checks: Vec<Check>,
    phone_number: PhoneNumber,
}

/// One check.
#[derive(Object)]
struct Check {
    /// `credentials`, `number`, `webhooks`, `public_url`, `reachable` or `signature`.
    check: String,
    verdict: Verdict,
    /// What is right, or what is wrong and what to do.
    message: String,
}

#[derive(Enum)]
#[oai(rename_all = "snake_case")]
enum Verdict {
    Ok,
    Failed,
    /// It depends on one that failed.
    Skipped,
}

impl TestReport {
    pub fn new(row: Model, wanted: &Wanted, findings: Vec<Finding>) -> Self {
        let checks: Vec<_> = findings.into_iter().map(Check::from).collect();
        let passed = checks.iter().all(|check| matches!(check.verdict, Verdict::Ok));
        Self { passed, checks, phone_number: PhoneNumber::new(row, wanted) }
    }
}

impl From<Finding> for Check {
    fn from(finding: Finding) -> Self {
        let verdict = match finding.verdict {
            phone_numbers::Verdict::Ok => Verdict::Ok,
            phone_numbers::Verdict::Failed => Verdict::Failed,
            phone_numbers::Verdict::Skipped => Verdict::Skipped,
        };
        Self { check: finding.check.into(), verdict, message: finding.message }
    }
}

impl Example for TestReport {
    fn example() -> Self {
        let check = Check {
            check: "credentials".into(),
            verdict: Verdict::Ok,
            message: "Twilio takes the account SID and the auth token, and the account is active.".into(),
        };
        Self { passed: false, checks: vec![check], phone_number: PhoneNumber::example() }
    }
}

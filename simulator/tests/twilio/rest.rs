//! The REST API.

use std::time::Duration;

use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use simulator::twilio::{Account, CallReport, EndReason, Number, Script, Status, StreamEnd, rest::Rest};

use super::app::{App, NUMBER};

const CALL: &str = "CA00000000000000000000000000000001";

/// An account's owner, at the API.
struct Api {
    base: String,
    account: Account,
    client: reqwest::Client,
    _rest: Rest,
}

impl Api {
    async fn of(account: &Account) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let rest = Rest::start([account.clone()]).await.unwrap();
        let base = format!("{}/2010-04-01/Accounts/{}", rest.base_url(), account.sid());
        Self { base, account: account.clone(), client: reqwest::Client::new(), _rest: rest }
    }

    async fn send(&self, request: RequestBuilder) -> Response {
        request.basic_auth(self.account.sid(), Some(self.account.auth_token())).send().await.unwrap()
    }

    async fn get(&self, path: &str) -> Value {
        self.send(self.client.get(format!("{}{path}", self.base))).await.json().await.unwrap()
    }

    async fn post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        self.send(self.client.post(format!("{}{path}", self.base)).form(form)).await.json().await.unwrap()
    }

    /// The path of the number with these digits.
    async fn number(&self) -> String {
        let found = self.get("/IncomingPhoneNumbers.json?PhoneNumber=%2B15550100").await;
        format!("/IncomingPhoneNumbers/{}.json", found["incoming_phone_numbers"][0]["sid"].as_str().unwrap())
    }

    /// A call that is changed so in its midst.
    async fn during_a_call(&self, app: &App, form: &[(&str, &str)]) -> CallReport {
        let call = app.caller(Script::new().stay(5_000)).call_sid(CALL).place();
        let change = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            assert_eq!(self.post(&format!("/Calls/{CALL}.json"), form).await["sid"], CALL);
        };
        tokio::join!(call, change).0
    }
}

#[tokio::test]
async fn rest_hangs_up_and_replaces_the_twiml_of_a_live_call() {
    let app = App::listening().await;
    app.connects("");
    app.page("/elsewhere", "<Dial>+15550177</Dial>");
    let api = Api::of(&app.account).await;
    for (field, end) in [
        (("Status", "completed"), EndReason::CompletedByRest),
        (("Twiml", "<Response><Hangup/></Response>"), EndReason::HungUp),
    ] {
        let report = api.during_a_call(&app, &[field]).await;
        assert_eq!((report.end, report.streams[0].end), (end, StreamEnd::Rest));
    }
    let elsewhere = format!("{}/elsewhere", app.http);
    assert_eq!(api.during_a_call(&app, &[("Url", &elsewhere)]).await.dialled, ["+15550177"]);
    let over = api.post(&format!("/Calls/{CALL}.json"), &[("Status", "completed")]).await;
    assert_eq!((&over["status"], &over["code"]), (&json!(404), &json!(20_404)));
}

#[tokio::test]
async fn who_is_not_the_account_is_refused() {
    let account = Account::random();
    let api = Api::of(&account).await;
    let request = api.client.get(format!("{}.json", api.base)).basic_auth(account.sid(), Some("wrong"));
    let refused = request.send().await.unwrap();
    assert_eq!(refused.status(), 401);
    assert_eq!(refused.json::<Value>().await.unwrap()["code"], 20_003);
}

#[tokio::test]
async fn rest_shows_the_account_as_it_stands_and_fails_when_told_to() {
    let account = Account::random();
    let api = Api::of(&account).await;
    for (status, name) in [(Status::Active, "active"), (Status::Suspended, "suspended"), (Status::Closed, "closed")] {
        account.set_status(status);
        assert_eq!(api.get(".json").await["status"], name);
    }
    account.fail_next(1, 429);
    assert_eq!(api.get(".json").await["code"], 20_429);
    assert_eq!(api.get(".json").await["status"], "closed");
}

#[tokio::test]
async fn rest_configures_a_number() {
    let account = Account::random();
    account.add(Number::new(NUMBER));
    let api = Api::of(&account).await;
    let number = api.number().await;
    assert_eq!(api.post(&number, &[("VoiceFallbackUrl", "https://a/f")]).await["code"], 21_405);
    let form = [("VoiceUrl", "https://a/v"), ("VoiceMethod", "GET"), ("StatusCallback", "https://a/s")];
    let changed = api.post(&number, &form).await;
    assert_eq!((&changed["voice_url"], &changed["voice_method"]), (&json!("https://a/v"), &json!("GET")));
    assert_eq!(api.get(&number).await, changed);
    assert_eq!(account.number(NUMBER).unwrap().status_callback.unwrap().url, "https://a/s");
}

#[tokio::test]
async fn what_a_trunk_or_an_application_has_cannot_be_configured() {
    let account = Account::random();
    let application = Number { voice_application_sid: Some("AP1".to_owned()), ..Number::new(NUMBER) };
    for number in [Number::new(NUMBER).trunk("TK1"), application] {
        account.add(number);
        let api = Api::of(&account).await;
        let unchanged = api.post(&api.number().await, &[("VoiceUrl", "https://a/v")]).await;
        assert_eq!((&unchanged["code"], &unchanged["voice_url"]), (&Value::Null, &Value::Null));
    }
}

#[tokio::test]
async fn rest_tells_what_became_of_a_call() {
    let account = Account::random();
    let api = Api::of(&account).await;
    let path = format!("/Calls/{CALL}.json");
    assert_eq!(api.get(&path).await["code"], 20_404);
    account.tell_of_call(CALL, "in-progress", None);
    assert_eq!(api.get(&path).await["duration"], Value::Null);
    account.tell_of_call(CALL, "no-answer", Some(0));
    let told = api.get(&path).await;
    assert_eq!((&told["sid"], &told["status"], &told["duration"]), (&json!(CALL), &json!("no-answer"), &json!("0")));
}

#[tokio::test]
async fn rest_tells_of_a_call_that_was_placed_while_it_goes_on_and_when_it_is_over() {
    let app = App::listening().await;
    let api = Api::of(&app.account).await;
    let path = format!("/Calls/{CALL}.json");
    let call = app.caller(Script::new().stay(1_000)).call_sid(CALL).place();
    let asking = async {
        loop {
            let told = api.get(&path).await;
            if told["status"] == "in-progress" {
                return;
            }
        }
    };
    tokio::join!(call, asking);
    let told = api.get(&path).await;
    assert_eq!(told["status"], "completed");
    assert!(told["duration"].as_str().unwrap().parse::<u64>().unwrap() < 60);
}

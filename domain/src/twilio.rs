//! Twilio's REST API: whether an account's credentials are right, whether a number is its own, where its calls go, and
//! what became of one.
//!
//! Facts: Twilio's OpenAPI file (`twilio_api_v2010.json`). The address is configured, so a simulated Twilio can stand
//! in for it (`simulator twilio`).

mod error;
mod number;

use std::{sync::Arc, time::Duration};

use entity::call::Status;
use rand::RngExt;
use reqwest::{RequestBuilder, Response, redirect::Policy};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

pub use error::Error;
pub use number::{Drift, Number, Webhooks, drift};

/// One try: Twilio answers within a second, from the other side of the world within two.
const PATIENCE: Duration = Duration::from_secs(8);
/// All tries of one question: several must fit into a request's time.
const TOTAL: Duration = Duration::from_secs(12);
/// Asked again after 200 ms, then after 400 ms.
const RETRIES: u32 = 2;
const BACKOFF: Duration = Duration::from_millis(200);
/// Four hours of a call, half a gigabyte, over a slow line.
const DOWNLOAD: Duration = Duration::from_secs(600);
/// Bytes of an answer: an account or a page of numbers has some kilobytes.
const MAX_ANSWER: usize = 1 << 20;

/// What Twilio says of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallState {
    pub status: Status,
    /// `None`: it is not over.
    pub duration_s: Option<i64>,
}

/// What a request proves itself by.
#[derive(Clone, Debug)]
pub struct Credentials {
    account_sid: String,
    auth_token: SecretString,
}

impl Credentials {
    /// `account_sid`: `AC` and 32 hexadecimal digits; `auth_token`: up to 128 visible characters.
    pub fn new(account_sid: &str, auth_token: &SecretString) -> crate::Result<Self> {
        let hexadecimal = account_sid.strip_prefix("AC").unwrap_or_default();
        if hexadecimal.len() != 32 || !hexadecimal.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(crate::Error::invalid("account_sid", "must be AC and 32 hexadecimal digits"));
        }
        let token = auth_token.expose_secret();
        if !(1..=128).contains(&token.len()) || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(crate::Error::invalid("auth_token", "must be 1 to 128 visible characters long"));
        }
        Ok(Self { account_sid: account_sid.to_owned(), auth_token: auth_token.clone() })
    }
}

/// The way to Twilio, or to what stands in for it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Twilio {
    http: reqwest::Client,
    base: Url,
    webhooks: Option<Arc<Webhooks>>,
}

impl Twilio {
    /// # Panics
    /// When the system has no certificate store.
    pub fn new(base: Url) -> Self {
        // An error means that the program has installed a provider already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .user_agent(concat!("switchboard/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(3))
            .timeout(PATIENCE)
            // A redirect would carry credentials to an address nobody configured.
            .redirect(Policy::none())
            .referer(false)
            .build()
            .expect("a rustls provider is installed and the system has certificates");
        Self { http, base, webhooks: None }
    }

    /// The same, with the addresses by which numbers are to call us.
    pub fn calling(self, webhooks: Webhooks) -> Self {
        Self { webhooks: Some(Arc::new(webhooks)), ..self }
    }

    /// By which addresses numbers are to call us; `None`: nobody has told.
    pub fn webhooks(&self) -> Option<&Webhooks> {
        self.webhooks.as_deref()
    }

    /// The client by which it is reached: patient for eight seconds, deaf to redirects.
    pub const fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// Whether the account takes these credentials and is active.
    pub async fn check_account(&self, credentials: &Credentials) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Account {
            status: String,
        }
        let account: Account = self.get(credentials, ".json", &[]).await?;
        match account.status.as_str() {
            "active" => Ok(()),
            "suspended" => Err(Error::AccountSuspended),
            "closed" => Err(Error::AccountClosed),
            _ => Err(Error::Unreadable),
        }
    }

    /// The account's number with these digits, as it is configured now; [`Error::NoSuchNumber`] where the account has
    /// none (a parent account has not its subaccounts' numbers).
    pub async fn find_number(&self, credentials: &Credentials, e164: &str) -> Result<Number, Error> {
        #[derive(Deserialize)]
        struct Page {
            incoming_phone_numbers: Vec<Number>,
        }
        let page: Page = self.get(credentials, "/IncomingPhoneNumbers.json", &[("PhoneNumber", e164)]).await?;
        // Twilio takes the digits as a pattern, which longer numbers fit too.
        let found = page.incoming_phone_numbers.into_iter().find(|number| number.phone_number == e164);
        let found = found.ok_or(Error::NoSuchNumber)?;
        found.is_well_named().then_some(found).ok_or(Error::Unreadable)
    }

    /// Sends the number's calls to us, and reads back what it says now: Twilio takes the wish and ignores it where a
    /// SIP trunk or a TwiML application has the number.
    pub async fn configure(
        &self,
        credentials: &Credentials,
        number: &Number,
        webhooks: &Webhooks,
    ) -> Result<Number, Error> {
        let url = self.url(credentials, &format!("/IncomingPhoneNumbers/{}.json", number.sid));
        let request = self.http.post(url).form(&webhooks.form());
        let _: Number = self.send(authorized(request, credentials)).await?;
        self.find_number(credentials, &number.phone_number).await
    }

    /// A recording of a call as a WAV file, each side on a channel: the caller left. Read it within ten minutes.
    ///
    /// [`Error::Refused`] with status 404: there is none, or it was deleted; with 400: it has one channel only.
    pub async fn recording(&self, credentials: &Credentials, sid: &str) -> Result<Response, Error> {
        let url = self.url(credentials, &format!("/Recordings/{sid}.wav"));
        let request = self.http.get(url).query(&[("RequestedChannels", "2")]).timeout(DOWNLOAD);
        let response = authorized(request, credentials).send().await.map_err(Error::of_transport)?;
        match response.status().as_u16() {
            200..300 => Ok(response),
            status => Err(Error::of_answer(status, &body(response).await?)),
        }
    }

    /// Deletes a recording; one that is not there is fine.
    pub async fn delete_recording(&self, credentials: &Credentials, sid: &str) -> Result<(), Error> {
        let url = self.url(credentials, &format!("/Recordings/{sid}.json"));
        let response = authorized(self.http.delete(url), credentials).send().await.map_err(Error::of_transport)?;
        match response.status().as_u16() {
            200..300 | 404 => Ok(()),
            status => Err(Error::of_answer(status, &body(response).await?)),
        }
    }

    /// What became of a call; [`Error::NoSuchNumber`]: the account has no such call.
    pub async fn call(&self, credentials: &Credentials, call_sid: &str) -> Result<CallState, Error> {
        #[derive(Deserialize)]
        struct Call {
            status: Status,
            /// Seconds, as text; none until it is over.
            duration: Option<String>,
        }
        if !call_sid.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            // Nothing that could stand in a path was ever Twilio's.
            return Err(Error::NoSuchNumber);
        }
        let call: Call = self.get(credentials, &format!("/Calls/{call_sid}.json"), &[]).await?;
        let duration_s = call.duration.and_then(|seconds| seconds.parse().ok());
        Ok(CallState { status: call.status, duration_s })
    }

    /// Asks, and asks again where that may help.
    async fn get<T: DeserializeOwned>(
        &self,
        credentials: &Credentials,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<T, Error> {
        let url = self.url(credentials, path);
        let asking = async {
            for retry in 0.. {
                let request = authorized(self.http.get(url.clone()).query(query), credentials);
                match self.send(request).await {
                    Err(error) if error.may_pass() && retry < RETRIES => {
                        let jitter = rand::rng().random_range(0.5..1.5);
                        tokio::time::sleep((BACKOFF * 2_u32.pow(retry)).mul_f64(jitter)).await;
                    }
                    outcome => return outcome,
                }
            }
            unreachable!("the last try returns")
        };
        let late = || Err(Error::Unreachable("no answer in time".to_owned()));
        tokio::time::timeout(TOTAL, asking).await.unwrap_or_else(|_| late())
    }

    async fn send<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        let response = request.send().await.map_err(Error::of_transport)?;
        let status = response.status().as_u16();
        let body = body(response).await?;
        if !(200..300).contains(&status) {
            return Err(Error::of_answer(status, &body));
        }
        serde_json::from_slice(&body).map_err(|_| Error::Unreadable)
    }

    /// `path` below the account.
    fn url(&self, credentials: &Credentials, path: &str) -> Url {
        let mut url = self.base.clone();
        let root = self.base.path().trim_end_matches('/');
        url.set_path(&format!("{root}/2010-04-01/Accounts/{}{path}", credentials.account_sid));
        url
    }
}

async fn body(mut response: Response) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Error::of_transport)? {
        if body.len() + chunk.len() > MAX_ANSWER {
            return Err(Error::Unreadable);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn authorized(request: RequestBuilder, credentials: &Credentials) -> RequestBuilder {
    // reqwest marks the header as sensitive: it is in no log.
    request.basic_auth(&credentials.account_sid, Some(credentials.auth_token.expose_secret()))
}

/// The address of a REST API, as it is configured: `https://api.twilio.com`, `http://127.0.0.1:4010`. The error is for
/// whoever configures it.
pub fn base_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("not a URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return Err("must be a URL such as https://api.twilio.com".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err("must carry no user name, password, query or fragment".to_owned());
    }
    Ok(url)
}

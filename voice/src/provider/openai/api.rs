//! One exchange with an endpoint: what the three capabilities share.

use std::{error::Error, time::SystemTime};

use bytes::Bytes;
use reqwest::{
    Client, RequestBuilder, Response,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap},
};
use tokio::time::timeout;
use url::Url;

use super::{
    Endpoint,
    failure::{self, AboutFormat, Failure},
};
use crate::provider::{ErrorKind, ProviderError};

/// Most of an answer that is read at once: a transcript or an error is some kilobytes; the rest is not for us.
const MAX_BODY: usize = 1 << 20;

/// An endpoint, the client it is reached by, and the one route it is asked on.
pub(super) struct Api {
    client: Client,
    pub endpoint: Endpoint,
    pub name: String,
    url: Url,
}

/// No good answer.
pub(super) struct Refused {
    pub error: ProviderError,
    /// `None`: that is not why.
    pub about_format: Option<AboutFormat>,
}

impl From<ProviderError> for Refused {
    fn from(error: ProviderError) -> Self {
        Self { error, about_format: None }
    }
}

impl From<Refused> for ProviderError {
    fn from(refused: Refused) -> Self {
        refused.error
    }
}

impl Api {
    pub fn new(client: Client, endpoint: Endpoint, path: &str) -> Self {
        Self { client, name: endpoint.name(), url: endpoint.url(path), endpoint }
    }

    /// A request to the route, with the key.
    pub fn post(&self) -> RequestBuilder {
        self.authorized(self.client.post(self.url.clone()))
    }

    /// One that asks the route for what it has, with the key.
    pub fn get(&self) -> RequestBuilder {
        self.authorized(self.client.get(self.url.clone()))
    }

    /// Sends a JSON body; see [`Self::send`].
    pub async fn send_json(&self, body: &impl serde::Serialize) -> Result<Response, Refused> {
        self.exchange(self.post().header(CONTENT_TYPE, "application/json").body(self.endpoint.body(body))).await
    }

    /// The answer, its status good and its body still to come.
    pub async fn send(&self, request: RequestBuilder) -> Result<Response, ProviderError> {
        Ok(self.exchange(request).await?)
    }

    async fn exchange(&self, request: RequestBuilder) -> Result<Response, Refused> {
        let response = match timeout(self.endpoint.timeout, request.send()).await {
            Err(_) => return Err(self.error(ErrorKind::Timeout, "no answer in time").into()),
            Ok(Err(error)) => return Err(self.transport(error).into()),
            Ok(Ok(response)) => response,
        };
        if response.status().is_success() {
            return Ok(response);
        }
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        // The kind can be told without the body, if that does not come.
        let body = self.body(response).await.unwrap_or_default();
        let failure = failure::of_answer(status, &headers, &body, SystemTime::now());
        let about_format = failure.about_format;
        Err(Refused { error: self.failed(failure), about_format })
    }

    /// The next piece of a body; `None` after the last.
    pub async fn chunk(&self, response: &mut Response) -> Result<Option<Bytes>, ProviderError> {
        match timeout(self.endpoint.timeout, response.chunk()).await {
            Err(_) => Err(self.error(ErrorKind::Timeout, "the answer stopped coming")),
            Ok(Err(error)) => Err(self.cut(error)),
            Ok(Ok(chunk)) => Ok(chunk),
        }
    }

    /// The whole of a short body, in the time of one piece: one that drips does not hold the caller for hours.
    pub async fn body(&self, mut response: Response) -> Result<Vec<u8>, ProviderError> {
        let mut body = Vec::with_capacity(response.content_length().unwrap_or(0).min(MAX_BODY as u64) as usize);
        let read = async {
            while let Some(chunk) = self.chunk(&mut response).await? {
                if body.len() + chunk.len() > MAX_BODY {
                    return Err(self.error(ErrorKind::Garbled, "the answer is far too long"));
                }
                body.extend_from_slice(&chunk);
            }
            Ok(())
        };
        match timeout(self.endpoint.timeout, read).await {
            Ok(outcome) => outcome.map(|()| body),
            Err(_) => Err(self.error(ErrorKind::Timeout, "the answer came too slowly")),
        }
    }

    /// What to say of a good status whose body is not what was asked for: the error in it, if it holds one.
    pub async fn misfit(&self, response: Response) -> ProviderError {
        let headers = response.headers().clone();
        let found = format!("an answer of type {}", content_type(&headers));
        match self.body(response).await.ok().and_then(|body| failure::find(&body)) {
            Some(error) => self.failed(failure::of_object(&error, &headers)),
            None => self.error(ErrorKind::Garbled, found),
        }
    }

    /// Asks for the list of models, which every server answers at no cost. One that has no such list but answers
    /// is reachable.
    pub async fn check(&self) -> Result<(), ProviderError> {
        let request = self.authorized(self.client.get(self.endpoint.url("/models")));
        let response = timeout(self.endpoint.timeout, request.send())
            .await
            .map_err(|_| self.error(ErrorKind::Timeout, "no answer in time"))?
            .map_err(|error| self.transport(error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        if status.is_success() && content_type(&headers) == "text/html" {
            return Err(self.error(ErrorKind::Garbled, "a web page at the base URL, which may lack its /v1"));
        }
        // Read to its end, or else an HTTP/1.1 connection cannot be used again and nothing was warmed.
        let body = self.body(response).await?;
        if status.is_success() || matches!(status.as_u16(), 404 | 405) {
            return Ok(());
        }
        Err(self.failed(failure::of_answer(status.as_u16(), &headers, &body, SystemTime::now())))
    }

    pub fn error(&self, kind: ErrorKind, message: impl Into<String>) -> ProviderError {
        ProviderError { provider: self.name.clone(), kind, message: message.into(), retry_after: None }
    }

    pub fn failed(&self, failure: Failure) -> ProviderError {
        let Failure { kind, message, retry_after, .. } = failure;
        ProviderError { provider: self.name.clone(), kind, message, retry_after }
    }

    fn authorized(&self, request: RequestBuilder) -> RequestBuilder {
        match self.endpoint.authorization() {
            Some(value) => request.header(AUTHORIZATION, value),
            None => request,
        }
    }

    /// Nothing came back.
    fn transport(&self, error: reqwest::Error) -> ProviderError {
        let kind = match &error {
            error if error.is_connect() => ErrorKind::Connect,
            error if error.is_timeout() => ErrorKind::Timeout,
            _ => ErrorKind::Cut,
        };
        self.error(kind, chain(error))
    }

    /// The body broke off.
    fn cut(&self, error: reqwest::Error) -> ProviderError {
        let kind = if error.is_timeout() { ErrorKind::Timeout } else { ErrorKind::Cut };
        self.error(kind, chain(error))
    }
}

/// The media type without parameters, in small letters; empty when the server names none.
pub(super) fn content_type(headers: &HeaderMap) -> String {
    let whole = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    whole.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// An error with its causes, without the URL.
fn chain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

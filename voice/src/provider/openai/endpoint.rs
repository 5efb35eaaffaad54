//! Where one capability is served, and how to ask for it.

use std::time::Duration;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use url::Url;

/// The server of one stage. Its `Debug` shows no key.
#[derive(Clone, Debug)]
pub struct Endpoint {
    base_url: Url,
    authorization: Option<HeaderValue>,
    pub(super) model: String,
    /// Whose it is, where several have one at the same address: part of the name, so that what is remembered by name
    /// (clips) is not taken for another's.
    pub owner: Option<String>,
    /// Longest wait for the head of an answer, and then for each next piece of it. A last resort, 10 s unless
    /// set: a live turn has tighter deadlines, see [`Budget`](crate::provider::policy::Budget).
    pub timeout: Duration,
    /// How a chat server wants the bound on a reply's length to be called.
    pub token_limit: TokenLimit,
    /// Fields added to every request, over ours where the names meet; `null` takes one of ours away. In a
    /// multipart request a list becomes one `name[]` field an item.
    pub extra: Map<String, Value>,
}

/// The name of the field that bounds a reply's length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenLimit {
    /// `max_completion_tokens`: OpenAI's newer models refuse the older name. The default for OpenAI's hosts.
    MaxCompletionTokens,
    /// `max_tokens`: what every compatible server knows (Ollama and older vLLM and llama.cpp ignore the newer
    /// name, and then talk without end). The default for every other host.
    MaxTokens,
}

/// What is wrong with an endpoint's configuration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    #[error("the base URL {0}")]
    BaseUrl(&'static str),
    #[error("the key holds characters that no HTTP header can carry")]
    Key,
    #[error("the model has no name")]
    Model,
}

impl Endpoint {
    /// An endpoint at `base_url` (`https://api.openai.com/v1`, `http://localhost:11434/v1`). `key`: sent as bearer
    /// token; `None` or blank: none is sent.
    pub fn new(base_url: &str, key: Option<SecretString>, model: &str) -> Result<Self, EndpointError> {
        let base_url =
            Url::parse(base_url.trim().trim_end_matches('/')).map_err(|_| EndpointError::BaseUrl("is not a URL"))?;
        if !matches!(base_url.scheme(), "http" | "https") || !base_url.has_host() {
            return Err(EndpointError::BaseUrl("must begin with http:// or https://"));
        }
        if !base_url.username().is_empty() || base_url.password().is_some() {
            return Err(EndpointError::BaseUrl("must not hold a key or password: it is shown in logs"));
        }
        if base_url.query().is_some() || base_url.fragment().is_some() {
            return Err(EndpointError::BaseUrl("must end with its path"));
        }
        let authorization = match key.as_ref().map(|key| key.expose_secret().trim()) {
            None | Some("") => None,
            Some(key) => {
                let mut value = HeaderValue::try_from(format!("Bearer {key}")).map_err(|_| EndpointError::Key)?;
                value.set_sensitive(true);
                Some(value)
            }
        };
        let model = model.trim();
        if model.is_empty() {
            return Err(EndpointError::Model);
        }
        let mut endpoint = Self {
            base_url,
            authorization,
            model: model.to_owned(),
            owner: None,
            timeout: Duration::from_secs(10),
            token_limit: TokenLimit::MaxTokens,
            extra: Map::new(),
        };
        if endpoint.is_openai() {
            endpoint.token_limit = TokenLimit::MaxCompletionTokens;
        }
        Ok(endpoint)
    }

    /// The model asked for.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// Whether this is OpenAI itself (or its service on Azure) rather than a compatible server.
    pub(super) fn is_openai(&self) -> bool {
        let host = self.base_url.host_str().unwrap_or_default();
        ["openai.com", "openai.azure.com"]
            .iter()
            .any(|domain| host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
    }

    /// `openai:gpt-transcribe`, or `openai@localhost:8090:whisper-tiny` for a compatible server; `…#owner`.
    pub(super) fn name(&self) -> String {
        self.name_with(None)
    }

    /// [`name`](Self::name) for another model.
    pub(super) fn name_with(&self, model: Option<&str>) -> String {
        let owner = self.owner.as_ref().map(|owner| format!("#{owner}")).unwrap_or_default();
        self.server(model.unwrap_or(&self.model)) + &owner
    }

    fn server(&self, model: &str) -> String {
        if self.is_openai() {
            return format!("openai:{model}");
        }
        let host = self.base_url.host_str().unwrap_or_default();
        match self.base_url.port() {
            Some(port) => format!("openai@{host}:{port}:{model}"),
            None => format!("openai@{host}:{model}"),
        }
    }

    pub(super) fn url(&self, path: &str) -> Url {
        let mut url = self.base_url.clone();
        url.set_path(&format!("{}{path}", self.base_url.path().trim_end_matches('/')));
        url
    }

    pub(super) fn authorization(&self) -> Option<HeaderValue> {
        self.authorization.clone()
    }

    /// `ours` as JSON, with [`extra`](Self::extra) laid over it.
    pub(super) fn body(&self, ours: &impl serde::Serialize) -> Vec<u8> {
        const PLAIN: &str = "request bodies are plain structures with text keys";
        if self.extra.is_empty() {
            return serde_json::to_vec(ours).expect(PLAIN);
        }
        let mut body = serde_json::to_value(ours).expect(PLAIN);
        for (name, value) in &self.extra {
            body[name] = value.clone();
        }
        if let Value::Object(fields) = &mut body {
            fields.retain(|name, value| !(value.is_null() && self.extra.contains_key(name)));
        }
        serde_json::to_vec(&body).expect(PLAIN)
    }
}

//! Language model: `POST /chat/completions`, streamed.

mod reply;
mod request;

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use reqwest::Client;

use super::{
    Endpoint,
    api::{Api, content_type},
};
use crate::provider::{LanguageModel, ModelRequest, ProviderError, ReplyStream};

/// A language model over HTTP.
///
/// A reply costs the request's JSON (written without copying the history first, unless the endpoint has extra
/// fields), one boxed stream with a buffer of an event's length, and one `String` for each piece of text.
#[derive(Clone)]
pub struct ChatCompletions {
    api: Arc<Api>,
}

impl ChatCompletions {
    pub fn new(client: Client, endpoint: Endpoint) -> Self {
        Self { api: Arc::new(Api::new(client, endpoint, "/chat/completions")) }
    }
}

#[async_trait]
impl LanguageModel for ChatCompletions {
    fn name(&self) -> &str {
        &self.api.name
    }

    /// Gives the stream when the server has answered with a good status.
    async fn reply(&self, request: ModelRequest) -> Result<ReplyStream, ProviderError> {
        let response = self.api.send_json(&request::body(&self.api.endpoint, &request)).await?;
        // Whoever ignores `stream`, or fails with status 200, answers in one of these.
        if matches!(content_type(response.headers()).as_str(), "application/json" | "text/html") {
            return Err(self.api.misfit(response).await);
        }
        let reply = reply::Reply::new(self.api.clone(), response);
        Ok(stream::unfold(reply, |mut reply| async { Some((reply.next().await?, reply)) }).boxed())
    }

    async fn check(&self) -> Result<(), ProviderError> {
        self.api.check().await
    }
}

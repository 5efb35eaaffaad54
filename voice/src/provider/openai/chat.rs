//! Language model: `POST /chat/completions`, streamed.

mod format;
mod reply;
mod request;
mod strict;

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::{StreamExt, stream};
use reqwest::Client;

use self::format::{Form, Known};
use super::{
    Endpoint,
    api::{Api, content_type},
    failure::AboutFormat,
};
use crate::provider::{LanguageModel, ModelRequest, ProviderError, ReplyStream};

/// A language model over HTTP.
///
/// A reply costs the request's JSON (written without copying the history first, unless the endpoint has extra
/// fields), one boxed stream with a buffer of an event's length, and one `String` for each piece of text.
#[derive(Clone)]
pub struct ChatCompletions {
    api: Arc<Api>,
    known: Arc<Known>,
}

impl ChatCompletions {
    pub fn new(client: Client, endpoint: Endpoint) -> Self {
        Self { api: Arc::new(Api::new(client, endpoint, "/chat/completions")), known: Arc::default() }
    }

    /// The server's answer, in the best form that it takes: one that it does not know is not asked for again.
    async fn send(&self, request: &ModelRequest) -> Result<reqwest::Response, ProviderError> {
        let api = &self.api;
        let Some(wanted) = &request.format else {
            return Ok(api.send_json(&request::body(&api.endpoint, request, &Form::Text)).await?);
        };
        let model = request.model.as_deref().unwrap_or(api.endpoint.model());
        let (mut rank, mut lesson) = (self.known.best(model), None);
        loop {
            let form = rank.form(wanted);
            let refused = match api.send_json(&request::body(&api.endpoint, request, &form)).await {
                Ok(response) => {
                    if let Some(rank) = lesson {
                        self.known.learn(model, rank);
                    }
                    return Ok(response);
                }
                Err(refused) => refused,
            };
            let (Some(about), Some(next)) = (refused.about_format, rank.next()) else { return Err(refused.error) };
            tracing::debug!(provider.name = %api.name, form = ?rank, "a form of answer is not taken, and left out");
            rank = next;
            // One tenant's schema says nothing of what the server knows.
            lesson = (about == AboutFormat::Unknown).then_some(rank);
        }
    }
}

#[async_trait]
impl LanguageModel for ChatCompletions {
    fn name(&self) -> &str {
        &self.api.name
    }

    fn name_with(&self, model: Option<&str>) -> String {
        self.api.endpoint.name_with(model)
    }

    /// Gives the stream when the server has answered with a good status.
    async fn reply(&self, request: ModelRequest) -> Result<ReplyStream, ProviderError> {
        let response = self.send(&request).await?;
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

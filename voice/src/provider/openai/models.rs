//! The models that a server offers.

use reqwest::Client;
use serde::Deserialize;

use super::{Endpoint, api::Api};
use crate::provider::{ErrorKind, ProviderError};

/// A model in a server's list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Listed {
    pub id: String,
    /// The day on which it goes out of service, `2027-01-14`; `None`: nobody has said, which is so of most servers.
    #[serde(default)]
    pub shutdown_date: Option<String>,
}

/// `GET /models` of the endpoint's server.
pub async fn models(client: Client, endpoint: Endpoint) -> Result<Vec<Listed>, ProviderError> {
    #[derive(Deserialize)]
    struct List {
        data: Vec<Listed>,
    }
    let api = Api::new(client, endpoint, "/models");
    let response = api.send(api.get()).await?;
    let body = api.body(response).await?;
    let list: List =
        serde_json::from_slice(&body).map_err(|_| api.error(ErrorKind::Garbled, "the answer is no list of models"))?;
    Ok(list.data)
}

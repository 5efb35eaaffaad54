//! Which models the providers offer, and until when.

use std::{collections::HashMap, time::Duration};

use domain::{
    Error,
    entity::provider_credential::{Model, Stage},
    provider_credentials,
};
use tokio::time::timeout;
use voice::provider::openai::{self, Endpoint};

use crate::Serving;

/// Longest wait for a list.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a server says of its models.
#[derive(Clone, Debug, Default)]
pub struct List {
    /// The one that is asked for where nobody names another.
    pub model: String,
    /// When those go out of service that do: `2027-01-14`.
    pub shutdown_dates: HashMap<String, String>,
}

impl Serving {
    /// The same, knowing the operator's servers.
    #[must_use]
    pub fn knowing(mut self, servers: Vec<(Stage, Endpoint)>) -> Self {
        self.servers = servers.into();
        self
    }

    /// The operator's by stage; without those that give none, which the log tells of.
    pub async fn operators_lists(&self) -> HashMap<Stage, List> {
        let mut lists = HashMap::new();
        for (stage, endpoint) in self.servers.iter() {
            let asked = ask(openai::client(), endpoint.clone()).await;
            lists.extend(asked.map(|list| (*stage, list)));
        }
        lists
    }

    /// That of a tenant's own provider; `None`: it gives none.
    pub async fn list_of(&self, row: &Model) -> Result<Option<List>, Error> {
        let endpoint = provider_credentials::endpoint(&self.database, &self.vault, &self.outbound, row).await;
        match endpoint {
            Ok(endpoint) => Ok(ask(self.client.clone(), endpoint).await),
            // The tenant is told of that elsewhere.
            Err(Error::Invalid { .. } | Error::Vault(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

async fn ask(client: reqwest::Client, endpoint: Endpoint) -> Option<List> {
    let model = endpoint.model().to_owned();
    let listed = match timeout(PATIENCE, openai::models(client, endpoint)).await {
        Ok(Ok(listed)) => listed,
        Ok(Err(error)) => {
            tracing::debug!(error = &error as &dyn std::error::Error, "a provider gives no list of its models");
            return None;
        }
        Err(_) => return None,
    };
    let dated = listed.into_iter().filter_map(|model| Some((model.id, model.shutdown_date?)));
    Some(List { model, shutdown_dates: dated.collect() })
}

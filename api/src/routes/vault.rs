use chrono::{DateTime, Utc};
use domain::{
    entity::{
        data_key::{Model, State},
        now,
    },
    vault,
};
use poem::web::Data;
use poem_openapi::{ApiResponse, Object, OpenApi, payload::Json, types::Example};

use super::Tag;
use crate::{
    AppState,
    auth::{Administer, Can, Own},
    problem::ApiError,
};

pub struct Vault;

/// One of the tenant's keys, never its material.
#[derive(Object)]
#[oai(example)]
struct DataKey {
    id: String,
    /// Which of the operator's keys seals it.
    operator_key_id: String,
    created_at: DateTime<Utc>,
    /// Null: it is the one that seals. Otherwise since when it only opens; it goes an hour later, or when nothing is
    /// sealed by it any more.
    retired_at: Option<DateTime<Utc>>,
}

impl From<Model> for DataKey {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            operator_key_id: row.ring_key_id,
            created_at: row.created_at,
            retired_at: row.retired_at.filter(|_| row.state == State::Retired),
        }
    }
}

impl Example for DataKey {
    fn example() -> Self {
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b20".into(),
            operator_key_id: "k1".into(),
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
            retired_at: None,
        }
    }
}

/// What seals the tenant's secrets.
#[derive(Object)]
#[oai(example)]
struct DataKeys {
    /// Newest first, some twenty at most; none before the first secret.
    items: Vec<DataKey>,
}

impl Example for DataKeys {
    fn example() -> Self {
        Self { items: vec![DataKey::example()] }
    }
}

#[derive(ApiResponse)]
enum Made {
    #[oai(status = 201)]
    Created(Json<DataKey>),
}

#[OpenApi(tag = "Tag::Tenant")]
impl Vault {
    /// The tenant's data keys, newest first
    #[oai(path = "/vault", method = "get")]
    async fn data_keys(&self, caller: Can<Administer>, state: Data<&AppState>) -> Result<Json<DataKeys>, ApiError> {
        let rows = vault::list(&state.database, caller.tenant()).await?;
        Ok(Json(DataKeys { items: rows.into_iter().map(DataKey::from).collect() }))
    }

    /// Seal by a new data key
    ///
    /// A job seals all the tenant's secrets anew, while they are in use. By itself it happens once a year.
    #[oai(path = "/vault/rotate", method = "post")]
    async fn rotate(&self, caller: Can<Own>, state: Data<&AppState>) -> Result<Made, ApiError> {
        let row = vault::rotate(&state.database, &state.vault, caller.tenant(), caller.by(), now()).await?;
        Ok(Made::Created(Json(row.into())))
    }
}

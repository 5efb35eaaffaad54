//! Tenants' own providers: for each stage a server and the key to it. The operator's serve where there is none.

use entity::{
    TenantScoped,
    id::{ProviderCredentialId, TenantId},
    provider_credential::{self, Model, Stage},
    sealed,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;
use voice::provider::openai::{Endpoint, EndpointError};

use crate::{
    Database, Error, Result,
    access::By,
    audit,
    outbound::Outbound,
    vault::{Place, Vault},
};

/// Longest address; browsers take about as much.
const MAX_URL: usize = 2_000;
const MAX_MODEL: usize = 200;
/// Tokens of clouds that are signed documents come near it.
const MAX_KEY: usize = 4_096;

/// A shorter key does not show its end: four characters would be too much of it.
const LEAST_TO_SHOW: usize = 16;

/// A stage's server.
#[derive(Clone, Debug)]
pub struct NewCredential {
    /// `https://api.openai.com/v1`; http within networks that the operator allows.
    pub base_url: String,
    /// As the server calls it.
    pub model: String,
    /// `None`: the key stays as it is, as long as the base URL does. `Some(None)`: the server asks for none.
    pub api_key: Option<Option<SecretString>>,
}

/// Takes the place of the stage's server and key, or of the operator's.
pub async fn put(
    db: &Database,
    vault: &Vault,
    outbound: &Outbound,
    tenant: TenantId,
    by: &By,
    stage: Stage,
    new: NewCredential,
) -> Result<Model> {
    let base_url = new.base_url.trim().trim_end_matches('/').to_owned();
    check(outbound, &base_url, &new)?;
    let tx = db.write(tenant).await?;
    let old = find_in(&tx, tenant, stage).await?;
    let api_key = match (new.api_key, &old) {
        (Some(key), _) => key,
        // Else who may change the address could have the key sent to himself.
        (None, Some(old)) if old.api_key.is_some() && old.base_url != base_url => {
            return Err(Error::invalid("api_key", "must be given again with another base_url"));
        }
        (None, Some(old)) => open_in(&tx, vault, old).await?,
        (None, None) => None,
    };
    if let Some(old) = &old {
        let delete = provider_credential::Entity::delete_of(tenant);
        delete.filter(provider_credential::Column::Id.eq(old.id)).exec(&tx).await?;
    }
    let id = ProviderCredentialId::new();
    let sealed = match &api_key {
        Some(key) => Some(vault.seal(&tx, place(tenant, id), key).await?),
        None => None,
    };
    let row = provider_credential::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        stage: Set(stage),
        base_url: Set(base_url),
        model: Set(new.model.trim().to_owned()),
        api_key: Set(sealed),
        last_four: Set(api_key.as_ref().and_then(last_four)),
        created_at: Set(entity::now()),
    };
    let row = row.insert(&tx).await.map_err(Error::or_taken("the stage is being changed already"))?;
    let details = json!({ "stage": stage.name() });
    audit::record(&tx, tenant, by, "provider_credential.set", id, Some(details)).await?;
    tx.commit().await?;
    Ok(row)
}

fn check(outbound: &Outbound, base_url: &str, new: &NewCredential) -> Result<()> {
    let key = new.api_key.clone().flatten();
    if base_url.len() > MAX_URL {
        return Err(Error::invalid("base_url", format!("must have at most {MAX_URL} characters")));
    }
    if new.model.chars().count() > MAX_MODEL || new.model.chars().any(char::is_control) {
        return Err(Error::invalid("model", format!("must be a name of at most {MAX_MODEL} characters")));
    }
    if let Some(key) = key.as_ref().map(ExposeSecret::expose_secret)
        && (key.trim().is_empty() || key.len() > MAX_KEY)
    {
        return Err(Error::invalid("api_key", format!("must have 1 to {MAX_KEY} characters, or be null")));
    }
    outbound.check(base_url).map_err(|failure| Error::invalid("base_url", failure.to_string()))?;
    Endpoint::new(base_url, key, &new.model).map(drop).map_err(|error| {
        let field = match error {
            EndpointError::BaseUrl(_) => "base_url",
            EndpointError::Key => "api_key",
            EndpointError::Model => "model",
        };
        Error::invalid(field, error.to_string())
    })
}

/// The tenant's own, at most one a stage, in the order of their making.
pub async fn list(db: &Database, tenant: TenantId) -> Result<Vec<Model>> {
    let rows = provider_credential::Entity::of(tenant).order_by_asc(provider_credential::Column::Id);
    Ok(rows.all(&db.of(tenant)).await?)
}

pub async fn find(db: &Database, tenant: TenantId, stage: Stage) -> Result<Model> {
    find_in(&db.of(tenant), tenant, stage).await?.ok_or(Error::NotFound { what: "provider credential" })
}

/// The operator's serve the stage again.
pub async fn remove(db: &Database, tenant: TenantId, by: &By, stage: Stage) -> Result<()> {
    let tx = db.write(tenant).await?;
    let row = find_in(&tx, tenant, stage).await?.ok_or(Error::NotFound { what: "provider credential" })?;
    let delete = provider_credential::Entity::delete_of(tenant);
    delete.filter(provider_credential::Column::Id.eq(row.id)).exec(&tx).await?;
    let details = json!({ "stage": stage.name() });
    audit::record(&tx, tenant, by, "provider_credential.removed", row.id, Some(details)).await?;
    Ok(tx.commit().await?)
}

/// Where the stage is served, with the key, as far as it opens; with the row's id in its name.
///
/// [`Error::Invalid`]: the operator does not allow the address any more.
pub async fn endpoint(db: &Database, vault: &Vault, outbound: &Outbound, row: &Model) -> Result<Endpoint> {
    outbound.check(&row.base_url).map_err(|failure| Error::invalid("base_url", failure.to_string()))?;
    let key = open_in(&db.of(row.tenant_id), vault, row).await?;
    let endpoint = Endpoint::new(&row.base_url, key, &row.model);
    let mut endpoint = endpoint.map_err(|error| Error::invalid("provider_credential", error.to_string()))?;
    endpoint.owner = Some(row.id.to_string());
    Ok(endpoint)
}

async fn find_in(conn: &impl ConnectionTrait, tenant: TenantId, stage: Stage) -> Result<Option<Model>> {
    let row = provider_credential::Entity::of(tenant).filter(provider_credential::Column::Stage.eq(stage));
    Ok(row.one(conn).await?)
}

async fn open_in(conn: &impl ConnectionTrait, vault: &Vault, row: &Model) -> Result<Option<SecretString>> {
    match &row.api_key {
        Some(sealed) => vault.open(conn, place(row.tenant_id, row.id), sealed).await.map(Some),
        None => Ok(None),
    }
}

fn last_four(key: &SecretString) -> Option<String> {
    let key: Vec<char> = key.expose_secret().trim().chars().collect();
    (key.len() >= LEAST_TO_SHOW).then(|| key[key.len() - 4..].iter().collect())
}

fn place(tenant: TenantId, id: ProviderCredentialId) -> Place {
    Place { tenant, column: sealed::PROVIDER_CREDENTIAL_API_KEY, row: id.uuid() }
}

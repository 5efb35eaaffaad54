//! A function of the tenant's that the model may call: an HTTP request.

use std::collections::BTreeMap;

use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    Sealed,
    id::{TenantId, ToolId},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tools")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ToolId,
    pub tenant_id: TenantId,
    /// As the model calls it; unique in the tenant.
    pub name: String,
    /// For the model: what it does, and when to call it.
    #[sea_orm(column_type = "Text")]
    pub description: String,
    /// JSON schema of an object.
    #[sea_orm(column_type = "JsonBinary")]
    pub parameters: Json,
    pub method: Method,
    /// With `{parameter}` in its path.
    #[sea_orm(column_type = "Text")]
    pub url: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub headers: Headers,
    /// The secret headers, a JSON object; `None`: there are none.
    pub secret_headers: Option<Sealed>,
    #[sea_orm(column_type = "JsonBinary")]
    pub secret_names: SecretNames,
    pub timeout_ms: i32,
    /// What the model sees of the answer; `None`: all of it.
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub response: Option<Fields>,
    /// Said while the caller waits for it.
    pub speak_while_waiting: Option<String>,
    pub created_at: DateTimeUtc,
    pub updated_at: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))", rename_all = "UPPERCASE")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// Values by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Headers(pub BTreeMap<String, String>);

/// What is known of the secret headers without opening them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct SecretNames(pub Vec<SecretName>);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretName {
    pub name: String,
    /// `None`: the value is too short to show any of it.
    pub last_four: Option<String>,
}

/// A part of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// As the model reads it.
    pub name: String,
    /// Where it stands in the answer (RFC 6901); empty: the whole.
    pub pointer: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Fields(pub Vec<Field>);

/// Joins are not used: a query stays within its tenant.
#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

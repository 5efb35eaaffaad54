mod rows;

use chrono::{DateTime, Utc};
use domain::{
    customers::{self, Change, Filter, Imported, NewCustomer},
    entity::customer::Model,
    page::Paging,
};
use poem::web::Data;
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
    types::{Example, MaybeUndefined},
};
use serde_json::{Value, json};

use self::rows::Rows;
use super::{Tag, conversations::Conversation, page, wish};
use crate::{
    AppState,
    auth::{Administer, Can, Configure, Read},
    problem::ApiError,
};

pub struct Customers;

/// Somebody whom agents talk to.
#[derive(Object)]
#[oai(example)]
struct Customer {
    id: String,
    /// Your own name for them, unique.
    external_id: Option<String>,
    /// Unique. E.164; of somebody who called, as the line names it.
    phone: Option<String>,
    name: Option<String>,
    /// An object: `{{customer.metadata.plan}}` in an agent's texts.
    metadata: Value,
    created_at: DateTime<Utc>,
}

impl From<Model> for Customer {
    fn from(row: Model) -> Self {
        Self {
            id: row.id.to_string(),
            external_id: row.external_id,
            phone: row.phone,
            name: row.name,
            metadata: row.metadata,
            created_at: row.created_at,
        }
    }
}

impl Example for Customer {
    fn example() -> Self {
        let new = CustomerCreation::example();
        Self {
            id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b17".into(),
            external_id: new.external_id,
            phone: new.phone,
            name: new.name,
            metadata: new.metadata.unwrap_or_default(),
            created_at: "2026-11-22T15:04:05.123456Z".parse().expect("a constant that parses"),
        }
    }
}

/// A customer to be noted down, with an external id, a phone number, or both.
#[derive(Object)]
#[oai(example, rename = "NewCustomer")]
struct CustomerCreation {
    /// 1–200 characters.
    #[oai(skip_serializing_if_is_none)]
    external_id: Option<String>,
    /// International, however it is written.
    #[oai(skip_serializing_if_is_none)]
    phone: Option<String>,
    /// 1–200 characters.
    #[oai(skip_serializing_if_is_none)]
    name: Option<String>,
    /// An object of at most 50 keys and 8 KiB.
    #[oai(skip_serializing_if_is_none)]
    metadata: Option<Value>,
}

impl Example for CustomerCreation {
    fn example() -> Self {
        Self {
            external_id: Some("c-17".into()),
            phone: Some("+14155550100".into()),
            name: Some("Ann Lee".into()),
            metadata: Some(json!({"plan": "gold"})),
        }
    }
}

/// What shall be different: a field left out stays as it is, null takes it away.
#[derive(Object)]
#[oai(example)]
struct CustomerChange {
    external_id: MaybeUndefined<String>,
    phone: MaybeUndefined<String>,
    name: MaybeUndefined<String>,
    /// The whole of it.
    metadata: MaybeUndefined<Value>,
}

impl Example for CustomerChange {
    fn example() -> Self {
        let metadata = MaybeUndefined::Value(json!({"plan": "silver"}));
        let (external_id, phone) = (MaybeUndefined::Undefined, MaybeUndefined::Undefined);
        Self { external_id, phone, name: MaybeUndefined::Value("Ann Lee-Miller".into()), metadata }
    }
}

/// Customers, newest first.
#[derive(Object)]
#[oai(example)]
struct CustomerList {
    items: Vec<Customer>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

impl Example for CustomerList {
    fn example() -> Self {
        Self { items: vec![Customer::example()], next_cursor: None }
    }
}

/// Conversations on any channel, newest first.
#[derive(Object)]
struct CustomerConversations {
    items: Vec<Conversation>,
    /// For the next page; null: this was the last.
    next_cursor: Option<String>,
}

/// What came of an import.
#[derive(Object)]
#[oai(example)]
struct CustomerImport {
    created: u64,
    updated: u64,
    failed: u64,
    /// Of the first thousand rows that failed.
    faults: Vec<ImportFault>,
}

/// Why a row was left out; the others stand.
#[derive(Object)]
struct ImportFault {
    /// That the row begins in, from 1.
    line: u64,
    why: String,
}

impl From<Imported> for CustomerImport {
    fn from(Imported { created, updated, failed, faults }: Imported) -> Self {
        let faults = faults.into_iter().map(|fault| ImportFault { line: fault.line, why: fault.why }).collect();
        Self { created, updated, failed, faults }
    }
}

impl Example for CustomerImport {
    fn example() -> Self {
        let why = "phone: must be an international number that can be dialled: +1 (415) 555-0199".into();
        Self { created: 41, updated: 3, failed: 1, faults: vec![ImportFault { line: 7, why }] }
    }
}

/// The job that removes what is left.
#[derive(Object)]
#[oai(example)]
struct Erasure {
    job_id: String,
}

impl Example for Erasure {
    fn example() -> Self {
        Self { job_id: "01936f2e-6a5e-7c1a-9d39-0f3d8c8f4b18".into() }
    }
}

#[derive(ApiResponse)]
enum Created {
    #[oai(status = 201)]
    Customer(Json<Customer>),
}

#[derive(ApiResponse)]
enum Erased {
    /// Their name, numbers and metadata are gone; a job removes what was said
    #[oai(status = 202)]
    Accepted(Json<Erasure>),
}

#[OpenApi(tag = "Tag::Customers")]
impl Customers {
    /// Note a customer down
    ///
    /// Whoever calls or is named by a session is noted down by itself.
    #[oai(path = "/customers", method = "post")]
    async fn create(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        new: Json<CustomerCreation>,
    ) -> Result<Created, ApiError> {
        let CustomerCreation { external_id, phone, name, metadata } = new.0;
        let new = NewCustomer { external_id, phone, name, metadata };
        let row = customers::create(&state.database, caller.tenant(), caller.by(), new).await?;
        Ok(Created::Customer(Json(row.into())))
    }

    /// Customers, newest first
    #[oai(path = "/customers", method = "get")]
    #[expect(clippy::too_many_arguments, reason = "one for each field of the query")]
    async fn list(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        /// Only the one whom you call so.
        external_id: Query<Option<String>>,
        /// Only the one of this number.
        phone: Query<Option<String>>,
        /// Only those whose name begins so; small letters or capitals.
        name: Query<Option<String>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Customers a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<CustomerList>, ApiError> {
        let paging = Paging::new(cursor.0.as_deref(), limit.0)?;
        let filter = Filter { external_id: external_id.0, phone: phone.0, name: name.0 };
        let page = customers::list(&state.database, caller.tenant(), filter, paging).await?.map(Customer::from);
        Ok(Json(CustomerList { items: page.items, next_cursor: page.next_cursor }))
    }

    /// Import customers
    ///
    /// Each row makes a customer or changes the one of that `external_id`, or else of that `phone`; what it leaves out
    /// stays as it is. A row at fault is left out and told of. The same import sent again changes nothing.
    ///
    /// CSV has a first line that names the columns: `external_id`, `phone`, `name`, and `metadata.` with any name.
    #[oai(path = "/customers/import", method = "post")]
    async fn import(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        rows: Rows,
    ) -> Result<Json<CustomerImport>, ApiError> {
        let Rows { format, text } = rows;
        Ok(Json(customers::import(&state.database, caller.tenant(), caller.by(), format, &text).await?.into()))
    }

    /// One customer
    #[oai(path = "/customers/:id", method = "get")]
    async fn one(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Json<Customer>, ApiError> {
        let row = customers::find(&state.database, caller.tenant(), super::id(&id, "customer")?).await?;
        Ok(Json(row.into()))
    }

    /// Change a customer
    #[oai(path = "/customers/:id", method = "patch")]
    async fn update(
        &self,
        caller: Can<Configure>,
        state: Data<&AppState>,
        id: Path<String>,
        change: Json<CustomerChange>,
    ) -> Result<Json<Customer>, ApiError> {
        let CustomerChange { external_id, phone, name, metadata } = change.0;
        let change =
            Change { external_id: wish(external_id), phone: wish(phone), name: wish(name), metadata: wish(metadata) };
        let id = super::id(&id, "customer")?;
        Ok(Json(customers::update(&state.database, caller.tenant(), caller.by(), id, change).await?.into()))
    }

    /// Erase a customer
    ///
    /// For good, and all that they said and were told on any channel. Their name, numbers and metadata are gone with the
    /// answer, the rest within minutes; answers kept for an `Idempotency-Key` go within a day. What was used stays
    /// counted, without their name. Not while a call or a voice socket of theirs is open (`conflict`). Whoever calls
    /// again later is a new customer.
    #[oai(path = "/customers/:id", method = "delete")]
    async fn erase(
        &self,
        caller: Can<Administer>,
        state: Data<&AppState>,
        id: Path<String>,
    ) -> Result<Erased, ApiError> {
        let id = super::id(&id, "customer")?;
        let job = customers::erase(&state.database, caller.tenant(), caller.by(), id).await?;
        Ok(Erased::Accepted(Json(Erasure { job_id: job.to_string() })))
    }

    /// A customer's conversations on any channel, newest first
    #[oai(path = "/customers/:id/conversations", method = "get")]
    async fn conversations(
        &self,
        caller: Can<Read>,
        state: Data<&AppState>,
        id: Path<String>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Conversations a page.
        #[oai(default = "page", validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<u64>,
    ) -> Result<Json<CustomerConversations>, ApiError> {
        let (id, paging) = (super::id(&id, "customer")?, Paging::new(cursor.0.as_deref(), limit.0)?);
        let page = customers::conversations(&state.database, caller.tenant(), id, paging).await?;
        let page = page.map(Conversation::from);
        Ok(Json(CustomerConversations { items: page.items, next_cursor: page.next_cursor }))
    }
}

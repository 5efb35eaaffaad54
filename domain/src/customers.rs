//! Whom agents talk to: found by what the channel knows of them, made when new.

mod erasure;
mod import;
mod rows;

use entity::{
    TenantScoped, conversation, customer,
    id::{CustomerId, TenantId},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveValue, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Func, LockType, OnConflict},
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    Database, Error, Result,
    access::By,
    audit, name,
    page::{Page, Paging},
    phone_numbers::{Dialable, is_e164},
};

pub use erasure::{erase, order_erasures, remove_erased};
pub use import::{Fault, Imported, import};
pub use rows::{Format, MOST_ROWS};

/// Keys of a customer's metadata.
const MOST_KEYS: usize = 50;

/// Bytes of it as JSON.
const LARGEST_METADATA: usize = 8 << 10;

/// A customer to be made: with an external id, a phone number, or both.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewCustomer {
    /// 1–200 characters.
    pub external_id: Option<String>,
    /// International, however it is written.
    pub phone: Option<String>,
    /// 1–200 characters.
    pub name: Option<String>,
    /// An object of at most 50 keys and 8 KiB.
    pub metadata: Option<Value>,
}

/// What shall be different; `None` stays as it is, `Some(None)` is known no longer.
#[derive(Clone, Debug, Default)]
pub struct Change {
    pub external_id: Option<Option<String>>,
    pub phone: Option<Option<String>>,
    pub name: Option<Option<String>>,
    /// The whole of it.
    pub metadata: Option<Option<Value>>,
}

/// Which customers; `None`: whichever.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    pub external_id: Option<String>,
    /// International, however it is written; or as the line named it.
    pub phone: Option<String>,
    /// How the name begins; capitals or not does not matter.
    pub name: Option<String>,
}

/// A new customer. [`Error::Conflict`]: there is one of that external id or number.
pub async fn create(db: &Database, tenant: TenantId, by: &By, new: NewCustomer) -> Result<customer::Model> {
    let checked = Checked::new(new)?;
    let tx = db.write(tenant).await?;
    let row = insert(&tx, tenant, checked).await.map_err(taken)?;
    audit::record(&tx, tenant, by, "customer.created", row.id, None).await?;
    tx.commit().await?;
    Ok(row)
}

/// The customer, changed. [`Error::Conflict`]: another has that external id or number.
pub async fn update(
    db: &Database,
    tenant: TenantId,
    by: &By,
    id: CustomerId,
    change: Change,
) -> Result<customer::Model> {
    let tx = db.write(tenant).await?;
    let row = find_locked(&tx, tenant, id).await?;
    let left = |change: &Option<Option<String>>, now: &Option<String>| change.as_ref().unwrap_or(now).is_some();
    if !left(&change.external_id, &row.external_id) && !left(&change.phone, &row.phone) {
        return Err(nameless());
    }
    let row = update_in(&tx, tenant, id, change).await.map_err(taken)?;
    audit::record(&tx, tenant, by, "customer.changed", id, None).await?;
    tx.commit().await?;
    Ok(row)
}

/// The tenant's customers, newest first.
pub async fn list(db: &Database, tenant: TenantId, filter: Filter, paging: Paging) -> Result<Page<customer::Model>> {
    let mut rows = customer::Entity::of(tenant).filter(customer::Column::ErasedAt.is_null());
    if let Some(external_id) = filter.external_id {
        rows = rows.filter(customer::Column::ExternalId.eq(name::parse("external_id", &external_id)?));
    }
    if let Some(phone) = filter.phone {
        rows = rows.filter(customer::Column::Phone.eq(phone_of(&phone).unwrap_or(phone)));
    }
    if let Some(beginning) = filter.name {
        let beginning = name::parse("name", &beginning)?;
        let length = i32::try_from(beginning.chars().count()).unwrap_or(i32::MAX);
        let own = Func::cust("SUBSTR").args([Expr::col(customer::Column::Name), 1.into(), length.into()]);
        rows = rows.filter(Expr::from(Func::lower(own)).eq(Func::lower(Expr::value(beginning))));
    }
    paging.newest_first(&db.of(tenant), rows, customer::Column::Id).await
}

/// The customer's conversations on any channel, newest first.
pub async fn conversations(
    db: &Database,
    tenant: TenantId,
    id: CustomerId,
    paging: Paging,
) -> Result<Page<conversation::Model>> {
    find(db, tenant, id).await?;
    let theirs = conversation::Entity::of(tenant).filter(conversation::Column::CustomerId.eq(id));
    paging.newest_first(&db.of(tenant), theirs, conversation::Column::Id).await
}

/// One who is not being erased.
pub async fn find(db: &Database, tenant: TenantId, id: CustomerId) -> Result<customer::Model> {
    known(tenant, id).one(&db.of(tenant)).await?.ok_or(Error::NotFound { what: "customer" })
}

async fn find_locked(conn: &impl ConnectionTrait, tenant: TenantId, id: CustomerId) -> Result<customer::Model> {
    known(tenant, id).lock_exclusive().one(conn).await?.ok_or(Error::NotFound { what: "customer" })
}

fn known(tenant: TenantId, id: CustomerId) -> sea_orm::Select<customer::Entity> {
    let row = customer::Entity::of(tenant).filter(customer::Column::Id.eq(id));
    row.filter(customer::Column::ErasedAt.is_null())
}

/// A [`NewCustomer`] that can be written.
struct Checked {
    external_id: Option<String>,
    phone: Option<String>,
    name: Option<String>,
    metadata: Option<Value>,
}

impl Checked {
    fn new(new: NewCustomer) -> Result<Self> {
        if new.external_id.is_none() && new.phone.is_none() {
            return Err(nameless());
        }
        Ok(Self {
            external_id: new.external_id.map(|text| name::parse("external_id", &text)).transpose()?,
            phone: new.phone.map(|text| phone_of(&text)).transpose()?,
            name: new.name.map(|text| name::parse("name", &text)).transpose()?,
            metadata: new.metadata.map(metadata).transpose()?,
        })
    }
}

fn nameless() -> Error {
    Error::invalid("external_id", "must be given where there is no phone: a customer is found by one of the two")
}

fn taken(error: Error) -> Error {
    match error {
        Error::Database(error) => Error::or_taken("another customer has this external_id or phone")(error),
        error => error,
    }
}

fn phone_of(text: &str) -> Result<String> {
    Dialable::parse("phone", text).map(|number| number.e164().to_owned())
}

fn metadata(value: Value) -> Result<Value> {
    let refused = || {
        let largest = LARGEST_METADATA >> 10;
        Error::invalid(
            "metadata",
            format!("must be an object of at most {MOST_KEYS} keys and {largest} KiB, without NUL"),
        )
    };
    let keys = value.as_object().ok_or_else(refused)?.len();
    let text = value.to_string();
    // PostgreSQL's `jsonb` refuses NUL in strings.
    let is_right = keys <= MOST_KEYS && text.len() <= LARGEST_METADATA && !text.contains("\\u0000");
    if is_right { Ok(value) } else { Err(refused()) }
}

async fn insert(conn: &impl ConnectionTrait, tenant: TenantId, new: Checked) -> Result<customer::Model> {
    let row = customer::ActiveModel {
        id: Set(CustomerId::new()),
        tenant_id: Set(tenant),
        external_id: Set(new.external_id),
        phone: Set(new.phone),
        name: Set(new.name),
        created_at: Set(entity::now()),
        metadata: Set(new.metadata.unwrap_or_else(|| json!({}))),
        erased_at: Set(None),
    };
    Ok(row.insert(conn).await?)
}

async fn update_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    id: CustomerId,
    change: Change,
) -> Result<customer::Model> {
    let parsed = |field, change: Option<Option<String>>| -> Result<Option<Option<String>>> {
        change.map(|text| text.map(|text| name::parse(field, &text)).transpose()).transpose()
    };
    let phone = change.phone.map(|text| text.map(|text| phone_of(&text)).transpose()).transpose()?;
    let metadata = change.metadata.map(|value| metadata(value.unwrap_or_else(|| json!({})))).transpose()?;
    let row = customer::ActiveModel {
        id: NotSet,
        // Writes the same again: a change without a field is one, too.
        tenant_id: Set(tenant),
        external_id: parsed("external_id", change.external_id)?.into_active_value(),
        phone: phone.into_active_value(),
        name: parsed("name", change.name)?.into_active_value(),
        created_at: NotSet,
        metadata: metadata.into_active_value(),
        erased_at: NotSet,
    };
    let changed = customer::Entity::update_of(tenant).set(row).filter(customer::Column::Id.eq(id));
    let changed = changed.filter(customer::Column::ErasedAt.is_null());
    let changed = changed.exec_with_returning(conn).await?;
    changed.into_iter().next().ok_or(Error::NotFound { what: "customer" })
}

/// The customer whom the tenant calls so (1–200 characters), found or made.
pub async fn by_external_id(db: &Database, tenant: TenantId, external_id: &str) -> Result<customer::Model> {
    by_external_id_in(&db.of(tenant), tenant, external_id).await
}

pub(crate) async fn by_external_id_in(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    external_id: &str,
) -> Result<customer::Model> {
    let external_id = name::parse("customer_id", external_id)?;
    find_or_make(conn, tenant, customer::Column::ExternalId, &external_id).await
}

/// The customer with this E.164 number, found or made.
pub async fn by_phone(db: &Database, tenant: TenantId, phone: &str) -> Result<customer::Model> {
    by_phone_in(&db.of(tenant), tenant, phone).await
}

pub(crate) async fn by_phone_in(conn: &impl ConnectionTrait, tenant: TenantId, phone: &str) -> Result<customer::Model> {
    if !is_e164(phone) {
        return Err(Error::invalid("phone", "must be a + and 2 to 15 digits, the first not 0"));
    }
    find_or_make(conn, tenant, customer::Column::Phone, phone).await
}

/// `key` is one of the two columns that are unique within a tenant.
async fn find_or_make(
    conn: &impl ConnectionTrait,
    tenant: TenantId,
    key: customer::Column,
    value: &str,
) -> Result<customer::Model> {
    // Until the conversation is written that they have, nobody erases them.
    let found = || customer::Entity::of(tenant).filter(key.eq(value)).lock(LockType::KeyShare).one(conn);
    if let Some(row) = found().await? {
        return Ok(row);
    }
    let is_phone = matches!(key, customer::Column::Phone);
    let row = customer::ActiveModel {
        id: Set(CustomerId::new()),
        tenant_id: Set(tenant),
        external_id: Set((!is_phone).then(|| value.to_owned())),
        phone: Set(is_phone.then(|| value.to_owned())),
        name: Set(None),
        created_at: Set(entity::now()),
        metadata: Set(json!({})),
        erased_at: Set(None),
    };
    // Another may have been quicker: then theirs is the one.
    let taken = OnConflict::columns([customer::Column::TenantId, key]).do_nothing().to_owned();
    customer::Entity::insert(row).on_conflict(taken).exec_without_returning(conn).await?;
    found().await?.ok_or(Error::NotFound { what: "customer" })
}

//! Secrets at rest: each tenant has a data key for them, and the operator's ring of keys seals the data keys.
//!
//! A sealed secret is `2 ‖ data key id (16) ‖ nonce (12) ‖ ciphertext and tag`, AES-256-GCM, bound to the tenant,
//! table, column and row that it belongs to. Nothing is kept in plain text: there is no vault without a key.

mod cache;
mod cipher;
mod data_keys;
mod key_file;
mod ring;
mod rotation;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use entity::{
    Sealed, data_key,
    id::{DataKeyId, TenantId},
    sealed::SealedColumn,
};
use sea_orm::ConnectionTrait;
use secrecy::{ExposeSecret, SecretString};
use tokio::time::Instant;
use uuid::Uuid;

use self::{cache::Cache, cipher::Cipher, ring::Ring};
pub use self::{
    ring::Derived,
    rotation::{KeyInUse, Resealed, keys_in_use, list, order_due, order_upgrades, reseal, rewrap, rotate},
};
use crate::Result;

/// Layout of a sealed secret; a later one gets another number.
const VERSION: u8 = 2;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Sealed with one of the operator's keys that is not among the given ones: put it back. Only what that key has
    /// sealed is lost; other tenants go on.
    #[error("the vault key `{key_id}` is not there: put it back into VAULT_KEYS")]
    KeyLost { key_id: String },
    /// Not sealed for this place, not with this key, or damaged.
    #[error("the key `{key_id}` does not open it here")]
    Refused { key_id: String },
    #[error("the tenant has no data key {id}: sealed for another tenant, or the key's row is gone")]
    NoDataKey { id: DataKeyId },
    #[error("no sealed secret: damaged or of a later version")]
    Malformed,
    #[error("vault keys: {0}")]
    Keys(String),
    #[error("vault key file {}", path.display())]
    File { path: PathBuf, source: std::io::Error },
}

/// Where a secret belongs. It opens nowhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub tenant: TenantId,
    /// One of [`entity::sealed`].
    pub column: SealedColumn,
    pub row: Uuid,
}

impl Place {
    /// Unambiguous, because the parts of variable length carry it.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.tenant.uuid().as_bytes().to_vec();
        for name in [self.column.table, self.column.column] {
            bytes.extend((name.len() as u64).to_be_bytes());
            bytes.extend(name.as_bytes());
        }
        bytes.extend(self.row.as_bytes());
        bytes
    }
}

/// The operator's keys, and the tenants' that were opened lately. Not cloned: share it by `Arc`.
pub struct Vault {
    ring: Ring,
    opened: Cache,
}

impl Vault {
    /// Reads the keys of a file, one `id:base64` a line, active first. A file that is not there is made with one
    /// new key, readable by its owner alone; one that others can read is refused.
    pub fn from_key_file(path: &Path) -> Result<Self, Error> {
        let keys = key_file::read_or_create(path)?;
        Self::from_keys(&keys)
    }

    /// `id:base64,id:base64`, active first; each key 32 bytes. Line breaks serve as commas.
    pub fn from_keys(keys: &SecretString) -> Result<Self, Error> {
        Ok(Self { ring: Ring::parse(keys)?, opened: Cache::default() })
    }

    /// The id of the operator's key that seals data keys.
    pub fn active_key_id(&self) -> &str {
        self.ring.active_key_id()
    }

    /// A key for `purpose` from each key of the ring (HKDF-SHA256), the active one first. Who knows one of them learns
    /// nothing of the ring's, nor of another purpose's.
    pub fn derive(&self, purpose: &str) -> Vec<Derived> {
        self.ring.derive(purpose)
    }

    /// Seals with the tenant's active data key, which is made on first use. `conn` sees the tenant's rows and may
    /// write; write the result in the same transaction, or at once.
    pub(crate) async fn seal(
        &self,
        conn: &impl ConnectionTrait,
        place: Place,
        secret: &SecretString,
    ) -> Result<Sealed> {
        let (id, key) = self.active(conn, place.tenant).await?;
        Ok(seal_with(id, &key, place, secret))
    }

    /// Opens what [`seal`](Self::seal) made for the same place. Mostly without a query.
    pub(crate) async fn open(
        &self,
        conn: &impl ConnectionTrait,
        place: Place,
        sealed: &Sealed,
    ) -> Result<SecretString> {
        let plain = match sealed.as_bytes() {
            [ring::VERSION, ..] => self.ring.open(&place.bytes(), sealed)?,
            _ => {
                let (id, boxed) = split(sealed).ok_or(Error::Malformed)?;
                let key = self.by_id(conn, place.tenant, id).await?;
                let refused = || Error::Refused { key_id: id.to_string() };
                key.open(&place.bytes(), boxed).ok_or_else(refused)?
            }
        };
        let text = str::from_utf8(&plain).map_err(|_| Error::Malformed)?;
        Ok(SecretString::from(text))
    }

    /// The key that seals. Always asked of the database: another process may have put a new one in its place, and one
    /// made in a transaction that failed must not seal anything. What is remembered is how to open it.
    async fn active(&self, conn: &impl ConnectionTrait, tenant: TenantId) -> Result<(DataKeyId, Arc<Cipher>)> {
        let row = data_keys::active_or_new(conn, &self.ring, tenant).await?;
        Ok((row.id, self.opened(&row)?))
    }

    async fn by_id(&self, conn: &impl ConnectionTrait, tenant: TenantId, id: DataKeyId) -> Result<Arc<Cipher>> {
        if let Some(key) = self.opened.get(tenant, id, Instant::now()) {
            return Ok(key);
        }
        let row = data_keys::find(conn, tenant, id).await?.ok_or(Error::NoDataKey { id })?;
        Ok(self.opened(&row)?)
    }

    fn opened(&self, row: &data_key::Model) -> Result<Arc<Cipher>, Error> {
        let (tenant, id) = (row.tenant_id, row.id);
        if let Some(key) = self.opened.get(tenant, id, Instant::now()) {
            return Ok(key);
        }
        let key = Arc::new(data_keys::open(&self.ring, row)?);
        self.opened.put(tenant, id, Arc::clone(&key), Instant::now());
        Ok(key)
    }
}

fn seal_with(id: DataKeyId, key: &Cipher, place: Place, secret: &SecretString) -> Sealed {
    let mut bytes = prefix(id);
    key.seal(&place.bytes(), secret.expose_secret().as_bytes(), &mut bytes);
    Sealed::from_bytes(bytes)
}

/// How everything begins that a data key has sealed.
fn prefix(id: DataKeyId) -> Vec<u8> {
    let mut bytes = vec![VERSION];
    bytes.extend(id.uuid().as_bytes());
    bytes
}

/// The data key's id, and what it opens.
fn split(sealed: &Sealed) -> Option<(DataKeyId, &[u8])> {
    let [VERSION, rest @ ..] = sealed.as_bytes() else { return None };
    let (id, boxed) = rest.split_first_chunk::<16>()?;
    Some((Uuid::from_bytes(*id).into(), boxed))
}

#[cfg(test)]
mod tests;

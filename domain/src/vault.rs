//! Secrets at rest: AES-256-GCM, each bound to the row and column it belongs to.
//!
//! A sealed secret is `1 ‖ length of key id ‖ key id ‖ nonce (12) ‖ ciphertext and tag`. The first key seals; all
//! keys open, so that a key is changed by putting a new one in front.

mod key_file;

use std::path::{Path, PathBuf};

use aes_gcm::{
    Aes256Gcm, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use entity::{Sealed, id::TenantId};
use hkdf::Hkdf;
use rand::{TryRng, rngs::SysRng};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use uuid::Uuid;
use zeroize::Zeroizing;

/// Layout of a sealed secret; a later one gets another number.
const VERSION: u8 = 1;
const NONCE_LENGTH: usize = 12;
const KEY_LENGTH: usize = 32;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Sealed with a key that is not among the given ones: put it back.
    #[error("the key `{key_id}` is not there")]
    KeyLost { key_id: String },
    /// Not sealed for this place, not with this key, or damaged.
    #[error("the key `{key_id}` does not open it here")]
    Refused { key_id: String },
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
    pub table: &'static str,
    pub column: &'static str,
    pub row: Uuid,
}

impl Place {
    /// Unambiguous, because the parts of variable length carry it.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = self.tenant.uuid().as_bytes().to_vec();
        for name in [self.table, self.column] {
            bytes.extend((name.len() as u64).to_be_bytes());
            bytes.extend(name.as_bytes());
        }
        bytes.extend(self.row.as_bytes());
        bytes
    }
}

/// The keys. Not cloned: share it by `Arc`.
pub struct Vault {
    keys: Vec<Key>,
}

struct Key {
    id: String,
    cipher: Aes256Gcm,
    /// For [`Vault::derive`].
    root: Hkdf<Sha256>,
}

/// A key for another purpose, from the ring's key of the same id.
pub struct Derived {
    pub id: String,
    pub key: Zeroizing<[u8; KEY_LENGTH]>,
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
        let parts = keys.expose_secret().split([',', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let keys = parts.map(parse_key).collect::<Result<Vec<_>, _>>()?;
        if keys.is_empty() {
            return Err(Error::Keys("none given".to_owned()));
        }
        for (at, key) in keys.iter().enumerate() {
            if keys[..at].iter().any(|other| other.id == key.id) {
                return Err(Error::Keys(format!("`{}` is there twice", key.id)));
            }
        }
        Ok(Self { keys })
    }

    /// A key for `purpose` from each key of the ring (HKDF-SHA256), the active one first. Who knows one of them learns
    /// nothing of the ring's, nor of another purpose's.
    pub fn derive(&self, purpose: &str) -> Vec<Derived> {
        let derive = |key: &Key| {
            let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
            key.root.expand(purpose.as_bytes(), &mut *bytes).expect("fails only beyond 255 hashes");
            Derived { id: key.id.clone(), key: bytes }
        };
        self.keys.iter().map(derive).collect()
    }

    /// Seals with the active key.
    pub fn seal(&self, place: Place, secret: &SecretString) -> Sealed {
        let key = &self.keys[0];
        let mut nonce = [0; NONCE_LENGTH];
        SysRng.try_fill_bytes(&mut nonce).expect("the operating system gives random bytes once it is up");
        let payload = Payload { msg: secret.expose_secret().as_bytes(), aad: &place.bytes() };
        let ciphertext =
            key.cipher.encrypt(&Nonce::from(nonce), payload).expect("fails only beyond 64 GiB of plain text");
        let id_length = u8::try_from(key.id.len()).expect("ids are at most 32 bytes, see `parse_key`");
        let mut bytes = vec![VERSION, id_length];
        bytes.extend(key.id.as_bytes());
        bytes.extend(nonce);
        bytes.extend(ciphertext);
        Sealed::from_bytes(bytes)
    }

    /// Opens what [`seal`](Self::seal) made for the same place.
    pub fn open(&self, place: Place, sealed: &Sealed) -> Result<SecretString, Error> {
        let [VERSION, id_length, rest @ ..] = sealed.as_bytes() else { return Err(Error::Malformed) };
        let (id, rest) = rest.split_at_checked(usize::from(*id_length)).ok_or(Error::Malformed)?;
        let key_id = String::from_utf8(id.to_vec()).map_err(|_| Error::Malformed)?;
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_LENGTH>().ok_or(Error::Malformed)?;
        let Some(key) = self.keys.iter().find(|key| key.id == key_id) else { return Err(Error::KeyLost { key_id }) };
        let payload = Payload { msg: ciphertext, aad: &place.bytes() };
        let Ok(plain) = key.cipher.decrypt(&Nonce::from(*nonce), payload) else {
            return Err(Error::Refused { key_id });
        };
        String::from_utf8(plain).map(SecretString::from).map_err(|_| Error::Malformed)
    }
}

fn parse_key(text: &str) -> Result<Key, Error> {
    let (id, key) = text.split_once(':').ok_or_else(|| Error::Keys("each must be `id:base64`".to_owned()))?;
    let is_id_right = (1..=32).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_id_right {
        return Err(Error::Keys("an id must be 1 to 32 letters, digits and dashes".to_owned()));
    }
    let bytes = STANDARD.decode(key).map(Zeroizing::new);
    let bytes = bytes.map_err(|_| Error::Keys(format!("`{id}` is not base64")))?;
    if bytes.len() != KEY_LENGTH {
        return Err(Error::Keys(format!("`{id}` must be {KEY_LENGTH} bytes long")));
    }
    let cipher = Aes256Gcm::new_from_slice(&bytes).expect("the length was checked");
    Ok(Key { id: id.to_owned(), cipher, root: Hkdf::new(None, &bytes) })
}

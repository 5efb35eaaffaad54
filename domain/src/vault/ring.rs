//! The operator's keys: the first seals, all open, so that a key is changed by putting a new one in front.
//!
//! What they seal is `1 ‖ length of key id ‖ key id ‖ nonce (12) ‖ ciphertext and tag`: data keys, and the secrets of
//! databases from before there were any.

use base64::{Engine, engine::general_purpose::STANDARD};
use entity::Sealed;
use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::{
    Error,
    cipher::{Cipher, KEY_LENGTH},
};

/// Layout of what a ring has sealed.
pub(super) const VERSION: u8 = 1;

pub(super) struct Ring {
    keys: Vec<Key>,
}

struct Key {
    id: String,
    cipher: Cipher,
    /// For [`Ring::derive`].
    root: Hkdf<Sha256>,
}

/// A key for another purpose, from the ring's key of the same id.
pub struct Derived {
    pub id: String,
    pub key: Zeroizing<[u8; KEY_LENGTH]>,
}

impl Ring {
    pub(super) fn parse(keys: &SecretString) -> Result<Self, Error> {
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

    /// The id of the key that seals.
    pub(super) fn active_key_id(&self) -> &str {
        &self.keys[0].id
    }

    pub(super) fn key_ids(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|key| key.id.as_str())
    }

    pub(super) fn derive(&self, purpose: &str) -> Vec<Derived> {
        let derive = |key: &Key| {
            let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
            key.root.expand(purpose.as_bytes(), &mut *bytes).expect("fails only beyond 255 hashes");
            Derived { id: key.id.clone(), key: bytes }
        };
        self.keys.iter().map(derive).collect()
    }

    pub(super) fn seal(&self, place: &[u8], plain: &[u8]) -> Sealed {
        let key = &self.keys[0];
        let id_length = u8::try_from(key.id.len()).expect("ids are at most 32 bytes, see `parse_key`");
        let mut bytes = vec![VERSION, id_length];
        bytes.extend(key.id.as_bytes());
        key.cipher.seal(place, plain, &mut bytes);
        Sealed::from_bytes(bytes)
    }

    pub(super) fn open(&self, place: &[u8], sealed: &Sealed) -> Result<Zeroizing<Vec<u8>>, Error> {
        let (key_id, boxed) = split(sealed)?;
        let Some(key) = self.keys.iter().find(|key| key.id == key_id) else {
            return Err(Error::KeyLost { key_id: key_id.to_owned() });
        };
        key.cipher.open(place, boxed).ok_or_else(|| Error::Refused { key_id: key_id.to_owned() })
    }
}

/// The id of the key that sealed it, and what that key opens.
pub(super) fn split(sealed: &Sealed) -> Result<(&str, &[u8]), Error> {
    let [VERSION, id_length, rest @ ..] = sealed.as_bytes() else { return Err(Error::Malformed) };
    let (id, boxed) = rest.split_at_checked(usize::from(*id_length)).ok_or(Error::Malformed)?;
    Ok((str::from_utf8(id).map_err(|_| Error::Malformed)?, boxed))
}

fn parse_key(text: &str) -> Result<Key, Error> {
    let (id, key) = text.split_once(':').ok_or_else(|| Error::Keys("each must be `id:base64`".to_owned()))?;
    let is_id_right = (1..=32).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    if !is_id_right {
        return Err(Error::Keys("an id must be 1 to 32 letters, digits and dashes".to_owned()));
    }
    let bytes = STANDARD.decode(key).map(Zeroizing::new);
    let bytes = bytes.map_err(|_| Error::Keys(format!("`{id}` is not base64")))?;
    let cipher = Cipher::new(&bytes).ok_or_else(|| Error::Keys(format!("`{id}` must be {KEY_LENGTH} bytes long")))?;
    Ok(Key { id: id.to_owned(), cipher, root: Hkdf::new(None, &bytes) })
}

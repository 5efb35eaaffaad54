//! A secret as it lies in the database.

use std::fmt;

use sea_orm::DeriveValueType;

/// Ciphertext with the id of its key; only the vault makes it and opens it.
///
/// It cannot be serialized, and `Debug` prints none of it.
#[derive(Clone, PartialEq, Eq, DeriveValueType)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    pub const fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed")
    }
}

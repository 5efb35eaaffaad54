//! Secrets as they lie in the database, and where they do.

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

/// A column of [`Sealed`] in a table with a `tenant_id` and a UUID named `id`. Made in this file alone, so that the
/// vault can walk all there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SealedColumn {
    pub table: &'static str,
    pub column: &'static str,
}

/// Where the vault keeps tenants' data keys, sealed by the operator's: not walked with the secrets.
pub const DATA_KEY: SealedColumn = SealedColumn { table: "data_keys", column: "sealed" };

macro_rules! sealed_columns {
    ($($name:ident = $table:literal . $column:literal;)*) => {
        $(pub const $name: SealedColumn = SealedColumn { table: $table, column: $column };)*

        /// Every column of secrets: what is sealed anew when a tenant's data key changes.
        pub const ALL: &[SealedColumn] = &[$($name),*];
    };
}

// A new column of secrets gets a line here, and its place (`domain::vault::Place`) from it.
sealed_columns! {
    IDEMPOTENCY_ANSWER = "idempotency_keys"."answer";
    PHONE_NUMBER_AUTH_TOKEN = "phone_numbers"."auth_token";
    PROVIDER_CREDENTIAL_API_KEY = "provider_credentials"."api_key";
    TOOL_SECRET_HEADERS = "tools"."secret_headers";
    WEBHOOK_SECRET = "webhook_endpoints"."secret";
    WEBHOOK_PREVIOUS_SECRET = "webhook_endpoints"."previous_secret";
}

use clap::Args;
use domain::vault::Vault;
use secrecy::SecretString;

/// The keys that seal tenants' secrets.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Vault")]
pub struct VaultConfig {
    /// Keys as `id:base64,id:base64` (32 bytes each), the one that seals first; needed with PostgreSQL. Without
    /// it a key is made on first start at DATA_DIR/vault.key
    #[arg(long = "vault-keys", env = "VAULT_KEYS", value_name = "KEYS", value_parser = keys)]
    pub keys: Option<SecretString>,
}

fn keys(text: &str) -> Result<SecretString, String> {
    let keys = SecretString::from(text);
    Vault::from_keys(&keys).map_err(|error| crate::problem::chain(&error))?;
    Ok(keys)
}

use clap::Args;
use secrecy::SecretString;

/// The keys that seal tenants' secrets.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Vault")]
pub struct VaultConfig {
    /// Keys as `id:base64,id:base64` (32 bytes each), the one that seals first; needed with PostgreSQL. Without
    /// it a key is made on first start at DATA_DIR/vault.key
    #[arg(long = "vault-keys", env = "VAULT_KEYS", value_name = "KEYS", value_parser = crate::config::secret)]
    pub keys: Option<SecretString>,
}

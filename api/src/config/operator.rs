use clap::Args;
use domain::users::Email;

/// The people who run the platform.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Operators")]
pub struct OperatorConfig {
    /// E-mail addresses, with commas between, of accounts that may list, suspend and reactivate tenants; each only
    /// once its owner has confirmed the address
    #[arg(long, env = "OPERATOR_EMAILS", value_name = "ADDRESSES", value_delimiter = ',', value_parser = email)]
    pub operator_emails: Vec<Email>,
}

fn email(text: &str) -> Result<Email, String> {
    Email::parse(text).map_err(|_| "must be e-mail addresses with commas between".to_owned())
}

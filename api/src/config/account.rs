use clap::{Args, ValueEnum};

/// Who may come in.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Accounts")]
pub struct AccountConfig {
    /// Whether strangers may sign up and make a tenant; when closed, people come in by invitation
    #[arg(long, env = "SIGN_UP", default_value = "open", value_name = "WHO")]
    pub sign_up: SignUp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignUp {
    Open,
    Closed,
}

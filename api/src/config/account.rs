use clap::{Args, ValueEnum};
use lettre::message::Mailbox;
use secrecy::SecretString;
use url::{Host, Url};

use super::Invalid;

/// Who may come in, and how they are written to.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Accounts")]
pub struct AccountConfig {
    /// Whether strangers may sign up and make a tenant; when closed, people come in by invitation
    #[arg(long, env = "SIGN_UP", default_value = "open", value_name = "WHO")]
    pub sign_up: SignUp,
    /// Mail server, as `smtps://user:password@host` (TLS) or `smtp://…` (STARTTLS; on this machine none); without
    /// it, with SQLite, links are logged instead of mailed
    #[arg(long, env = "SMTP_URL", value_name = "URL", value_parser = smtp_url)]
    pub smtp_url: Option<SecretString>,
    /// Sender of mails, as `Switchboard <no-reply@example.com>`; needed with SMTP_URL
    #[arg(long, env = "MAIL_FROM", value_name = "ADDRESS", value_parser = mailbox)]
    pub mail_from: Option<Mailbox>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SignUp {
    Open,
    Closed,
}

impl AccountConfig {
    pub(super) fn check(&self) -> Result<(), Invalid> {
        if self.smtp_url.is_some() && self.mail_from.is_none() {
            return Err(Invalid::new("MAIL_FROM", "must be given with SMTP_URL: mails need a sender"));
        }
        Ok(())
    }
}

/// The URL as lettre reads it, with TLS asked for where it would send the password, and the links, in the clear. No
/// error repeats the text: it may carry a password.
fn smtp_url(text: &str) -> Result<SecretString, String> {
    let mut url = Url::parse(text).map_err(|error| format!("not a URL: {error}"))?;
    if !matches!(url.scheme(), "smtp" | "smtps") || url.host().is_none() {
        return Err("must be smtps://user:password@host[:port] or smtp://…".to_owned());
    }
    let is_this_machine = match url.host() {
        // Schemes that the URL standard does not know have plain names for hosts.
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
        }
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let says_how = url.query_pairs().any(|(name, _)| name == "tls");
    if url.scheme() == "smtp" && !is_this_machine && !says_how {
        url.query_pairs_mut().append_pair("tls", "required");
    }
    let url = SecretString::from(String::from(url));
    crate::mail::transport(&url).map_err(|_| "is nothing that mail can be sent through".to_owned())?;
    Ok(url)
}

fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| "must be an address as `no-reply@example.com` or `Name <no-reply@example.com>`".to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_password_is_sent_in_the_clear_to_this_machine_alone() {
        for (given, becomes) in [
            ("smtp://u:p@mail.example.com:587", "smtp://u:p@mail.example.com:587?tls=required"),
            ("smtp://u:p@mail.example.com?tls=opportunistic", "smtp://u:p@mail.example.com?tls=opportunistic"),
            ("smtps://u:p@mail.example.com", "smtps://u:p@mail.example.com"),
            ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
            ("smtp://localhost:2525", "smtp://localhost:2525"),
            ("smtp://[::1]:2525", "smtp://[::1]:2525"),
        ] {
            assert_eq!(smtp_url(given).unwrap().expose_secret(), becomes);
        }
        for bad in ["mail.example.com", "http://u:hunter2@host", "smtp://", "smtp://u:hunter2@host?tls=perhaps"] {
            assert!(!smtp_url(bad).unwrap_err().contains("hunter2"), "{bad}");
        }
    }
}

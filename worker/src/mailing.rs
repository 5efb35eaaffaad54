use clap::Args;
use domain::mail::{self, MailError, Mailbox, Outbox};
use secrecy::SecretString;

/// How people are written to. Servers and workers are told the same.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Mail")]
pub struct MailConfig {
    /// Mail server, as `smtps://user:password@host` (TLS) or `smtp://…` (STARTTLS; on this machine none); without
    /// it, with SQLite, links are logged instead of mailed
    #[arg(long, env = "SMTP_URL", value_name = "URL", hide_env_values = true, value_parser = mail::smtp_url)]
    pub smtp_url: Option<SecretString>,
    /// Sender of mails, as `Switchboard <no-reply@example.com>`; needed with SMTP_URL
    #[arg(long, env = "MAIL_FROM", value_name = "ADDRESS", value_parser = mail::mailbox)]
    pub mail_from: Option<Mailbox>,
}

impl MailConfig {
    /// Why mails cannot be sent like this.
    pub fn check(&self) -> Result<(), &'static str> {
        match (&self.smtp_url, &self.mail_from) {
            (Some(_), None) => Err("must be given with SMTP_URL: mails need a sender"),
            _ => Ok(()),
        }
    }

    /// By SMTP where it is configured; otherwise to the log where the database `is_embedded`, and nowhere with PostgreSQL.
    /// Links begin with `base`.
    pub fn outbox(&self, is_embedded: bool, base: &str) -> Result<Outbox, MailError> {
        match (&self.smtp_url, &self.mail_from) {
            (Some(url), Some(from)) => Outbox::smtp(url, from.clone(), base),
            _ if is_embedded => Ok(Outbox::log(base)),
            _ => Ok(Outbox::nowhere(base)),
        }
    }
}

//! The way of a mail out of the house.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, message::header::ContentType, transport::smtp,
};
use secrecy::{ExposeSecret, SecretString};
use url::{Host, Url};

use super::Mail;

pub use lettre::message::Mailbox;

/// For one attempt. Greylisting servers answer at once; a dead one does not hold a task for long.
const TIMEOUT: Duration = Duration::from_secs(20);

type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// Hands mails over; cheap to clone.
#[derive(Clone)]
pub struct Outbox {
    mailer: Arc<dyn Mailer>,
    /// What links begin with.
    base: Arc<str>,
}

/// What keeps a mail here. The text holds no address; its source may.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("the mail cannot be written")]
    Unwritable(#[from] lettre::error::Error),
    #[error("an address cannot be written to")]
    Address(#[from] lettre::address::AddressError),
    #[error("the mail server did not take it")]
    Smtp(#[from] smtp::Error),
}

impl MailError {
    /// Whether another try may help.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Smtp(error) if !error.is_permanent())
    }
}

impl Outbox {
    /// Through a mail server, as [`smtp_url`] has read it. `base` is the address of the servers: what links begin with.
    pub fn smtp(url: &SecretString, from: Mailbox, base: &str) -> Result<Self, MailError> {
        Ok(Self::of(Smtp { transport: transport(url)?, from }, base))
    }

    /// Into the log: on somebody's own machine, who reads it.
    pub fn log(base: &str) -> Self {
        Self::of(Log, base)
    }

    /// Nowhere; the log says each time that there was one.
    pub fn nowhere(base: &str) -> Self {
        Self::of(Nowhere, base)
    }

    fn of(mailer: impl Mailer + 'static, base: &str) -> Self {
        Self { mailer: Arc::new(mailer), base: base.trim_end_matches('/').into() }
    }

    /// The servers' address, without a slash at its end.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// One attempt.
    pub async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        self.mailer.send(mail, &self.base).await
    }
}

/// A way to the addressee.
#[async_trait]
trait Mailer: Send + Sync {
    async fn send(&self, mail: &Mail, base: &str) -> Result<(), MailError>;
}

struct Smtp {
    transport: Transport,
    from: Mailbox,
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, mail: &Mail, base: &str) -> Result<(), MailError> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, mail.to.as_str().parse()?))
            .subject(&mail.subject)
            // One that is sent again because nobody knows whether it went is the same one.
            .message_id(Some(format!("<{}@{}>", mail.id, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.text(base))?;
        self.transport.send(message).await?;
        Ok(())
    }
}

/// The only place where a link is printed.
struct Log;

#[async_trait]
impl Mailer for Log {
    async fn send(&self, mail: &Mail, base: &str) -> Result<(), MailError> {
        tracing::info!(mail.about = %mail.about, mail.link = mail.link(base), "no SMTP_URL: this would be mailed");
        Ok(())
    }
}

struct Nowhere;

#[async_trait]
impl Mailer for Nowhere {
    async fn send(&self, mail: &Mail, _: &str) -> Result<(), MailError> {
        tracing::warn!(mail.about = %mail.about, "no SMTP_URL: a mail was not sent");
        Ok(())
    }
}

/// The connection that a URL describes; made anew for each mail, for they are few.
fn transport(url: &SecretString) -> Result<Transport, smtp::Error> {
    Ok(Transport::from_url(url.expose_secret())?.timeout(Some(TIMEOUT)).build())
}

/// The URL of a mail server, with TLS asked for where it would send the password, and the links, in the clear. No error
/// repeats the text: it may carry a password.
pub fn smtp_url(text: &str) -> Result<SecretString, String> {
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
    transport(&url).map_err(|_| "is nothing that mail can be sent through".to_owned())?;
    Ok(url)
}

/// A sender: an address, with or without a name.
pub fn mailbox(text: &str) -> Result<Mailbox, String> {
    text.parse().map_err(|_| "must be an address as `no-reply@example.com` or `Name <no-reply@example.com>`".to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

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

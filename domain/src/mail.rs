//! What is said by mail, a few words and a link, and its way out.

mod sending;

use entity::{
    id::{InvitationId, JobId},
    tenant, user, webhook_endpoint,
};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{Result, users::Email};

pub use sending::{MailError, Mailbox, Outbox, mailbox, smtp_url};

/// A message with one link. Neither the address nor the link is printed by `Debug`.
#[derive(Clone, Debug)]
pub struct Mail {
    /// What it is recognised by when it comes twice.
    pub(crate) id: Uuid,
    pub to: Email,
    /// The id that may stand in a log line in place of the address: a user's, an invitation's.
    pub about: Uuid,
    pub subject: String,
    before: String,
    after: String,
    /// Path and query.
    link: SecretString,
}

impl Mail {
    /// To a new account: the address is theirs.
    pub(crate) fn verification(user: &user::Model, token: &SecretString) -> Result<Self> {
        Ok(Self {
            id: Uuid::now_v7(),
            to: Email::parse(&user.email)?,
            about: user.id.uuid(),
            subject: "Confirm your e-mail address".to_owned(),
            before: format!("Hello {},\n\nplease confirm that this address is yours:", user.name),
            after: "The link is good for 48 hours. If you did not sign up, ignore this message.".to_owned(),
            link: link("/ui/verify", token),
        })
    }

    /// To an account whose password was forgotten.
    pub(crate) fn password_reset(user: &user::Model, token: &SecretString) -> Result<Self> {
        Ok(Self {
            id: Uuid::now_v7(),
            to: Email::parse(&user.email)?,
            about: user.id.uuid(),
            subject: "Choose a new password".to_owned(),
            before: format!("Hello {},\n\nsomebody, hopefully you, forgot your password. Choose another:", user.name),
            after: "The link is good for one hour and for one use. If it was not you, ignore this message: your \
                    password stays as it is."
                .to_owned(),
            link: link("/ui/reset", token),
        })
    }

    /// To somebody who is to have a place in the tenant.
    pub(crate) fn invitation(
        to: Email,
        invitation: InvitationId,
        tenant: &tenant::Model,
        token: &SecretString,
    ) -> Self {
        Self {
            id: Uuid::now_v7(),
            to,
            about: invitation.uuid(),
            subject: format!("You are invited to {}", tenant.name),
            before: format!("Hello,\n\nyou are invited to {}. Take your place there:", tenant.name),
            after: "The link is good for seven days and for one use. If you do not know who invites you, ignore this \
                    message."
                .to_owned(),
            link: link("/ui/invitation", token),
        }
    }

    /// To somebody who looks after a tenant's webhooks: one of them was given up, as it `why`. `job` sends it.
    pub(crate) fn webhook_disabled(
        user: &user::Model,
        tenant: &tenant::Model,
        endpoint: &webhook_endpoint::Model,
        why: &str,
        job: JobId,
    ) -> Result<Self> {
        // No lines of their own in a mail of ours.
        let url: String = endpoint.url.chars().filter(|letter| !letter.is_control()).collect();
        Ok(Self {
            id: job.uuid(),
            to: Email::parse(&user.email)?,
            about: endpoint.id.uuid(),
            subject: format!("A webhook of {} is disabled", tenant.name),
            before: format!(
                "Hello {},\n\na webhook endpoint of {} {why}, and is told of nothing any more:\n\n{}\n\nWhat happened, and \
                 how to enable it again:",
                user.name, tenant.name, url
            ),
            after: "Events of the meantime are kept and can be replayed once it is enabled.".to_owned(),
            link: format!("/ui/webhooks/{}", endpoint.id).into(),
        })
    }

    /// The whole link; `base` is the server's address without a slash at its end.
    pub fn link(&self, base: &str) -> String {
        format!("{base}{}", self.link.expose_secret())
    }

    /// What is sent, with the link on a line of its own.
    pub fn text(&self, base: &str) -> String {
        format!("{}\n\n{}\n\n{}\n", self.before, self.link(base), self.after)
    }
}

/// A link that is shown and not mailed.
pub(crate) fn link_from(base: &str, path: &str, token: &SecretString) -> String {
    format!("{base}{}", link(path, token).expose_secret())
}

/// Tokens are letters and digits: nothing is to be escaped.
fn link(path: &str, token: &SecretString) -> SecretString {
    format!("{path}?token={}", token.expose_secret()).into()
}

//! What is said by mail: a few words and a link.

use entity::{id::InvitationId, tenant, user};
use secrecy::{ExposeSecret, SecretString};
use uuid::Uuid;

use crate::{Result, users::Email};

/// A message with one link. Neither the address nor the link is printed by `Debug`.
#[derive(Clone, Debug)]
pub struct Mail {
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

//! What can go wrong with Twilio, and what to do about it. No error holds a URL, which names numbers, nor Twilio's
//! free text.

use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// 401, or Twilio's code 20003.
    #[error("Twilio does not take this account SID with this auth token")]
    WrongCredentials,
    #[error("the Twilio account is suspended")]
    AccountSuspended,
    #[error("the Twilio account is closed")]
    AccountClosed,
    #[error("the Twilio account has no such number")]
    NoSuchNumber,
    /// It is one for messages or fax.
    #[error("the number takes no voice calls")]
    NoVoice,
    #[error("Twilio wants fewer requests")]
    RateLimited,
    /// No connection, no answer, or it broke off.
    #[error("Twilio cannot be reached: {0}")]
    Unreachable(String),
    #[error("Twilio fails with status {0}")]
    Failing(u16),
    /// A request that Twilio does not take; `code` is its own.
    #[error("Twilio refuses with status {status}, code {}", .code.map_or_else(|| "none".to_owned(), |code| code.to_string()))]
    Refused { status: u16, code: Option<u32> },
    #[error("Twilio's answer cannot be understood")]
    Unreadable,
}

impl Error {
    /// What whoever owns the number can do, in a sentence.
    pub const fn advice(&self) -> &'static str {
        match self {
            Self::WrongCredentials => {
                "Copy both from Twilio's console (Account Info): the account that owns the number (a subaccount has its \
                 own SID and token), and its primary auth token, not an API key's secret."
            }
            Self::AccountSuspended => {
                "Settle what Twilio's console asks for (mostly the balance); until then it connects no call."
            }
            Self::AccountClosed => "A closed account stays closed: use the number's new account.",
            Self::NoSuchNumber => {
                "Look at Active Numbers in Twilio's console. A number of a subaccount is registered with the \
                 subaccount's own SID and auth token, not with its parent's."
            }
            Self::NoVoice => "Choose a number with the capability Voice.",
            Self::RateLimited => "Try again in a minute.",
            Self::Unreachable(_) => {
                "Try again. An operator looks whether this server may reach the internet; TWILIO_API_URL points it at \
                 a simulated Twilio (`simulator twilio`) where there is none."
            }
            Self::Failing(_) => "Try again later; https://status.twilio.com says how Twilio is.",
            Self::Refused { .. } => "https://www.twilio.com/docs/api/errors explains the code.",
            Self::Unreadable => "An operator looks whether TWILIO_API_URL is really Twilio's.",
        }
    }

    /// Whether it may be over soon by itself.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::RateLimited | Self::Unreachable(_) | Self::Failing(_))
    }

    /// An answer with an error status: `{"code": 20003, "message": …}`.
    pub(super) fn of_answer(status: u16, body: &[u8]) -> Self {
        #[derive(Default, Deserialize)]
        struct Body {
            code: Option<u32>,
        }
        let code = serde_json::from_slice::<Body>(body).unwrap_or_default().code;
        match (status, code) {
            (429, _) | (_, Some(20_429)) => Self::RateLimited,
            (401, _) | (_, Some(20_003)) => Self::WrongCredentials,
            (404, Some(20_404)) => Self::NoSuchNumber,
            (500.., _) => Self::Failing(status),
            _ => Self::Refused { status, code },
        }
    }

    pub(crate) fn of_transport(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            return Self::Unreachable("no answer in time".to_owned());
        }
        let error = error.without_url();
        let mut innermost: &dyn std::error::Error = &error;
        while let Some(cause) = innermost.source() {
            innermost = cause;
        }
        Self::Unreachable(innermost.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twilios_answers_have_their_kinds() {
        for (status, body, error) in [
            (401, r#"{"code":20003,"message":"Authenticate"}"#, Error::WrongCredentials),
            (403, r#"{"code":20003}"#, Error::WrongCredentials),
            (401, "", Error::WrongCredentials),
            (404, r#"{"code":20404}"#, Error::NoSuchNumber),
            (404, "<html>", Error::Refused { status: 404, code: None }),
            (429, r#"{"code":20429}"#, Error::RateLimited),
            (503, "<html>", Error::Failing(503)),
            (400, r#"{"code":21405,"message":"+14155550199"}"#, Error::Refused { status: 400, code: Some(21_405) }),
            (301, "", Error::Refused { status: 301, code: None }),
        ] {
            assert_eq!(Error::of_answer(status, body.as_bytes()), error, "{status} {body}");
        }
        assert!(Error::RateLimited.may_pass() && Error::Failing(500).may_pass());
        assert!(!Error::WrongCredentials.may_pass() && !Error::NoSuchNumber.may_pass());
    }
}

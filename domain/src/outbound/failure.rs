//! Why a request to a tenant's address came to nothing, as the tenant may know it.

use std::{error::Error, io};

/// For the tenant: it says what to look at, and never which address a name has in our network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// What is wrong with the address's text.
    #[error("the address {0}")]
    Address(&'static str),
    #[error("the address leads into a network that is not public")]
    BlockedAddress,
    #[error("the host's name cannot be resolved")]
    Dns,
    #[error("no connection to the host")]
    Connect,
    #[error("no secure connection: the certificate or the protocol was not accepted")]
    Tls,
    #[error("no answer in time")]
    Timeout,
    #[error("the answer is too large")]
    TooLarge,
    /// Too many, one without an address, or one that takes the body to another origin.
    #[error("it redirects too often, or with the request's body to another host")]
    Redirects,
    /// Cut off, not HTTP, or compressed though we asked for it plain.
    #[error("the answer cannot be read")]
    Unreadable,
}

impl Failure {
    /// Stable name, for programs.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Address(_) => "invalid_address",
            Self::BlockedAddress => "blocked_address",
            Self::Dns => "dns",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Timeout => "timeout",
            Self::TooLarge => "too_large",
            Self::Redirects => "redirects",
            Self::Unreadable => "unreadable",
        }
    }

    /// What an error of a [guarded](super::Outbound::guard) client means.
    pub fn of(error: &reqwest::Error) -> Self {
        let mut causes = std::iter::successors(error.source(), |cause: &&(dyn Error + 'static)| (*cause).source());
        if causes.clone().any(|cause| cause.is::<Blocked>()) {
            return Self::BlockedAddress;
        }
        if causes.any(is_tls) {
            return Self::Tls;
        }
        match () {
            () if error.is_timeout() => Self::Timeout,
            () if error.is_dns() => Self::Dns,
            () if error.is_connect() => Self::Connect,
            () => Self::Unreadable,
        }
    }
}

fn is_tls(cause: &(dyn Error + 'static)) -> bool {
    // An `io::Error` is not the source of what it wraps, and connectors wrap twice.
    match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(wrapped) => is_tls(wrapped),
        None => cause.is::<rustls::Error>(),
    }
}

/// The resolver's answer where a name leads where it must not.
#[derive(Debug, thiserror::Error)]
#[error("the name leads into a network that is not public")]
pub(super) struct Blocked;

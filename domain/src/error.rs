//! What can go wrong in this crate.

use sea_orm::{DbErr, SqlErr};

use crate::vault;

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such row, or another tenant's.
    #[error("no such {what}")]
    NotFound { what: &'static str },
    /// It exists already, or its state forbids the change.
    #[error("conflict: {what}")]
    Conflict { what: &'static str },
    /// The tenant would be left without an owner.
    #[error("a tenant keeps at least one owner")]
    LastOwner,
    /// The caller would give more than they have, or touch somebody who has more; `what` is for the caller.
    #[error("escalation: {what}")]
    Escalation { what: &'static str },
    /// The caller's input; `message` is for the caller.
    #[error("{field}: {message}")]
    Invalid { field: &'static str, message: String },
    /// For the log; the caller can only try again.
    #[error("database")]
    Database(#[from] DbErr),
    /// For the operator: a key is missing or wrong.
    #[error("vault")]
    Vault(#[from] vault::Error),
    /// A JSON column holds what this version does not understand.
    #[error("stored data: {what}")]
    Stored { what: &'static str, source: serde_json::Error },
}

impl Error {
    pub(crate) fn invalid(field: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid { field, message: message.into() }
    }

    /// A broken unique index as [`Error::Conflict`], everything else as it is.
    pub(crate) fn or_taken(what: &'static str) -> impl FnOnce(DbErr) -> Self {
        move |error| if is_unique_violation(&error) { Self::Conflict { what } } else { Self::Database(error) }
    }
}

pub(crate) fn is_unique_violation(error: &DbErr) -> bool {
    matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_)))
}
